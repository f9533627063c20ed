"""The phone's own voice: only where it lies on the phone and speaks the card's language, and never by itself."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Running

pytestmark = pytest.mark.browser

FAKE = """
window.said = [];
const voices = %s;
Object.defineProperty(window, "speechSynthesis", {
  value: { getVoices: () => voices, speak: (words) => said.push([words.text, words.lang]), cancel() {} },
});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def open_with(page: Page, real: Running, tag: str, voices: str) -> None:
    page.add_init_script(FAKE % voices)
    page.goto(f"{real.address}/{tag}/cards/#en")
    page.locator("[data-do=understood]").click()
    page.locator("[data-deck=needs]").click()
    expect(page.locator("#C1")).to_be_visible()


@pytest.mark.parametrize(
    ("tag", "voices"),
    [
        pytest.param("ht", "[]", marks=pytest.mark.full),
        ("ht", "[{ lang: 'en-US', localService: true }, { lang: 'fr-FR', localService: true }]"),
        ("ar", "[{ lang: 'ar-SA', localService: false }]"),
        ("zh-Hans", "[{ lang: 'zh-TW', localService: true }]"),
        pytest.param("zh-Hant", "[{ lang: 'zh_CN', localService: true }]", marks=pytest.mark.full),
        pytest.param("pt-BR", "[{ lang: 'pt-PT', localService: true }]", marks=pytest.mark.full),
    ],
)
def test_no_button_without_a_voice_that_fits(page: Page, real: Running, tag: str, voices: str) -> None:
    """Another language, the other Chinese, or a voice that needs a network: nothing is offered."""
    open_with(page, real, tag, voices)
    expect(page.locator(".listen")).to_have_count(0)


@pytest.mark.parametrize(
    ("tag", "voice"),
    [
        ("ar", "ar_EG"),
        ("zh-Hant", "zh-HK"),
        pytest.param("es", "es-MX", marks=pytest.mark.full),
        pytest.param("zh-Hans", "zh-CN", marks=pytest.mark.full),
        pytest.param("pt-BR", "pt_BR", marks=pytest.mark.full),
    ],
)
def test_a_voice_of_the_phone_reads_the_card_at_the_second_touch(
    page: Page, real: Running, tag: str, voice: str
) -> None:
    """First *others can hear*, then the card, in that voice; nothing before a touch."""
    open_with(page, real, tag, f"[{{ lang: 'en-US', localService: true }}, {{ lang: '{voice}', localService: true }}]")
    button = page.locator("#C1 .listen button")
    warning = page.locator("#C1 [data-part=others-hear]")
    expect(warning).to_be_hidden()
    button.click()
    expect(warning).to_be_visible()
    assert page.evaluate("said") == []
    page.wait_for_timeout(750)  # a second touch of the same finger is no answer to *others can hear*
    button.click()
    assert page.evaluate("said") == [[page.locator("#C1 .card__text").inner_text(), voice]]


def test_a_third_touch_stops_the_voice(page: Page, real: Running) -> None:
    """A phone that speaks must be silent at a touch, and not begin again."""
    open_with(page, real, "es", "[{ lang: 'es-MX', localService: true }]")
    button = page.locator("#C1 .listen button")
    button.click()
    page.wait_for_timeout(750)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).not_to_have_attribute("aria-pressed", "true")
    assert len(page.evaluate("said")) == 1


def test_the_voice_is_called_what_it_is(page: Page, real: Running) -> None:
    """Nobody takes it for a recorded person."""
    open_with(page, real, "es", "[{ lang: 'es-MX', localService: true }]")
    expect(page.locator("#C1 .listen")).to_contain_text("Voz del teléfono")
