"""People who say sentences aloud at the workbench, in a real browser with a microphone that hears a made sound."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Playwright, expect

from fieldguide.catalog import Catalog, catalog_path, load_catalog, serialise_catalog
from fieldguide.deployment import Deployment
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.mp3 import seconds
from fieldguide.reader import CONTENT
from fieldguide.recordings import Voice, load_recordings
from fieldguide.site import build_site

from ..benches import DAY, served
from ..faults.server import FaultServer
from ..sound import loudness, sound_url, spoken
from .conftest import CHROMIUM, FLAGS, PHONE, Phone
from .store import keep
from .test_accessibility import RULES
from .test_sound import C1, WATCH, keep_sound, listen, needs, until_heard
from .test_workbench import alt

pytestmark = pytest.mark.browser

LINE, RATE = "worker.start.call.line", "worker.pay.owed.rate"
WHO = "by=ana&role=native-speaker"
BEFORE, VOICE = 0.6, 2.0
"""Seconds: what the microphone hears first is nobody, then a voice; then nobody any more."""
WATCHED = """
window.streams = [];
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await real(wish);
  streams.push(stream);
  return stream;
};
"""
IS_OFF = "() => streams.every((stream) => stream.getTracks().every((track) => track.readyState === 'ended'))"


@pytest.fixture(scope="module")
def speaking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose microphone hears the voice each time that it is switched on."""
    sound = tmp_path_factory.mktemp("microphone") / "voice.wav"
    sound.write_bytes(spoken((BEFORE, 0), (VOICE, 0.5), (5, 0)))
    flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={sound}%noloop"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """ffmpeg and the program share the machine with the browser: what takes a second may take many."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def page(speaking: Browser) -> Iterator[Page]:
    """A phone whose owner lets pages use the microphone; nothing breaks the policy there, and no script fails."""
    wrong: list[str] = []
    with speaking.new_context(viewport=PHONE, permissions=["microphone"]) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(WATCHED)
        page.on("console", lambda told: wrong.append(told.text) if "Security Policy" in told.text else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
    assert wrong == []


@pytest.fixture
def address(guide_copy: Path) -> Iterator[str]:
    """A workbench over the tiny guide."""
    with served(guide_copy / "content", guide_copy / "translations") as found:
        yield found


def say(page: Page) -> None:
    """Record: until the voice was heard, and a little longer."""
    page.locator("#go").click()
    expect(page.locator("#go")).to_have_text("Stop", use_inner_text=True)
    page.wait_for_function("() => level.value > 0.5")
    page.wait_for_function("() => level.value < 0.2")
    page.locator("#go").click()
    expect(page.locator("#listen")).to_be_visible(timeout=30_000)


def mark(page: Page, which: str) -> float:
    return float(page.locator(f"#{which}").input_value())


@pytest.mark.timeout(300)  # the shipped guide is read, recorded in, and built, and a browser starts three times
def test_a_voice_becomes_a_card_that_plays_with_no_signal(page: Page, phone: Phone, tmp_path: Path):
    """By touch: record, cut, listen, agree, keep. The guide that is built of it plays her, with the server gone."""
    translations = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS / "es", translations / "es")
    shutil.copy(TRANSLATIONS / "glossary.toml", translations)
    with served(CONTENT, translations) as address:
        page.goto(f"{address}/en/es/{C1}/record?{WHO}")
        say(page)
        assert page.evaluate(IS_OFF)
        assert abs(mark(page, "begin") - (BEFORE - 0.25)) < 0.5
        assert abs(mark(page, "end") - mark(page, "begin") - (VOICE + 0.5)) < 0.5
        box = page.locator("#begin").bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] * 0.02, box["y"] + box["height"] / 2)
        assert mark(page, "begin") < 0.2
        page.locator("#listen").click()
        expect(page.locator("#listen")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#listen")).not_to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("alert")).to_contain_text("Tick that you agree.")
        page.get_by_label("This is my voice.").check()
        length = mark(page, "end") - mark(page, "begin")
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator(".told")).to_contain_text("Recorded: Are you hurt or sick?")
    found = load_recordings(translations, "es")
    assert found.voices == {"ana": Voice(DAY, "CC-BY-4.0")}
    assert abs(seconds(found.sounds[C1]) - length) < 0.15
    assert 0.2 < loudness(translations / f"es/audio/{C1}.mp3") < 0.8
    ingredients = load_ingredients(Deployment(languages=("en", "es")), CONTENT, translations)
    name = sound_url(ingredients, "es", C1).rpartition("/")[2]
    server = FaultServer(build_site(ingredients))
    with phone.open() as context:
        kept = context.new_page()
        kept.goto(server.url("en/o/"))
        keep(kept)
        keep_sound(kept, server.url("en/ready/"))
    server.stop()
    with phone.open() as context:
        kept = context.new_page()
        kept.add_init_script(WATCH)
        needs(kept, server)
        listen(kept, "C1")
        until_heard(kept, f"playing {name}", f"ended {name}")


def test_all_of_it_by_keys(page: Page, address: str, guide_copy: Path):
    """Record, stop, cut with the arrows, listen, agree, keep, and on to the next: no pointer is needed."""
    page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
    alt(page, "r")
    page.wait_for_function("() => level.value > 0.5")
    page.wait_for_function("() => level.value < 0.2")
    alt(page, "r")
    expect(page.locator("#listen")).to_be_focused(timeout=30_000)
    page.keyboard.press("Tab")
    expect(page.locator("#begin")).to_be_focused()
    before = mark(page, "begin")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert mark(page, "begin") == pytest.approx(before + 0.1)
    expect(page.locator("#begin")).to_have_attribute("aria-valuetext", f"{before + 0.1:.2f} s")
    page.keyboard.press("End")
    assert mark(page, "begin") == pytest.approx(mark(page, "end") - 0.3, abs=0.051)
    page.keyboard.press("Home")
    alt(page, "l")
    expect(page.locator("#listen")).to_have_attribute("aria-pressed", "true")
    alt(page, "c")
    expect(page.get_by_label("This is my voice.")).to_be_checked()
    alt(page, "s")
    expect(page.locator(".told")).to_contain_text("Recorded: For questions.")
    assert load_recordings(guide_copy / "translations", "ar").entries.keys() == {LINE}


def test_a_sentence_changes_under_a_recording(page: Page, address: str, guide_copy: Path):
    """The difference is shown, what was said is gone, and the new words are said."""
    page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
    say(page)
    page.get_by_label("This is my voice.").check()
    path = catalog_path(guide_copy / "translations", "ar")
    catalog = load_catalog(path, "ar")
    entry = replace(catalog.entries[LINE], text="للأسئلة الآن.")
    path.write_text(serialise_catalog(Catalog("ar", {**catalog.entries, LINE: entry})), encoding="utf-8")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("The sentence has been changed since you opened it.")
    expect(page.get_by_role("alert").locator("ins")).not_to_have_count(0)
    expect(page.locator("#read")).to_have_text(entry.text)
    expect(page.get_by_role("button", name="Keep it")).to_be_hidden()
    assert not (guide_copy / "translations/ar/audio").exists()
    say(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".told")).to_contain_text("Recorded: For questions.")


def test_silence_is_told_while_and_after(page: Page, address: str, guide_copy: Path):
    """While the microphone hears nobody for two seconds, and where nobody is between the marks."""
    page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
    page.locator("#go").click()
    expect(page.locator("#quiet")).to_be_visible(timeout=30_000)
    page.locator("#go").click()
    expect(page.locator("#listen")).to_be_visible(timeout=30_000)
    page.get_by_label("This is my voice.").check()
    page.locator("#begin").fill("0")
    page.locator("#end").fill("0.4")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing can be heard between the two marks.")
    assert not (guide_copy / "translations/ar/audio").exists()


def test_out_of_sight_the_microphone_is_off(page: Page, address: str):
    """Another app, a locked screen: it records no more, and what was said so far is there."""
    page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
    page.locator("#go").click()
    page.wait_for_function("() => level.value > 0.5")
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(page.locator("#listen")).to_be_visible(timeout=30_000)
    page.wait_for_function(IS_OFF)


def test_leaving_with_a_recording_asks(page: Page, address: str):
    """A slip of the finger on *List* loses nothing."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
    say(page)
    page.get_by_role("link", name="List").click(no_wait_after=True)
    expect(page.locator("#listen")).to_be_visible()
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"]


def test_the_workbench_ends_meanwhile(page: Page, guide_copy: Path):
    """It is said, and the recording stays; nothing else of the page is lost."""
    with served(guide_copy / "content", guide_copy / "translations") as address:
        page.goto(f"{address}/en/ar/{LINE}/record?{WHO}")
        say(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("The workbench does not answer.")
    page.locator("#listen").click()
    expect(page.locator("#listen")).to_have_attribute("aria-pressed", "true")


def test_without_leave_to_use_the_microphone(speaking: Browser, address: str):
    """What to do about it, in words."""
    with speaking.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{address}/es/ar/{LINE}/record?{WHO}")
        page.get_by_role("button", name="Grabar").click()
        expect(page.get_by_role("alert")).to_contain_text("El navegador no puede usar el micrófono.")


def test_a_recording_is_heard_and_taken_away(page: Page, address: str, guide_copy: Path):
    """From the sentence to where it is said, and back; what was kept plays on the page, and two touches delete it."""
    page.goto(f"{address}/en/ar/{LINE}/?{WHO}")
    page.get_by_role("link", name="Say it aloud").click()
    say(page)
    page.get_by_label("This is my voice.").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".told")).to_contain_text("Recorded: For questions.")
    page.locator(".told a").click()
    page.get_by_role("link", name="Hear it, or say it again").click()
    page.evaluate("document.querySelector('audio').play()")
    page.wait_for_function("() => document.querySelector('audio').ended")
    page.get_by_text("Take it away", exact=True).click()
    page.get_by_role("button", name="Delete this recording").click()
    expect(page.locator(".told")).to_contain_text("The recording is taken away: For questions.")
    assert list((guide_copy / "translations/ar/audio").iterdir()) == [guide_copy / "translations/ar/audio/audio.toml"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(speaking: Browser, address: str, scheme: str):
    """WCAG 2.2 AA before, while and after recording, with everything told; nothing wider than 320 pixels."""
    size = {"width": 320, "height": 640}
    with speaking.new_context(viewport=size, color_scheme=scheme, permissions=["microphone"]) as context:
        page = context.new_page()
        for words in ("en", "es", "ht"):
            page.goto(f"{address}/{words}/ar/{RATE}/record?{WHO}")
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            fits(page)
        page.locator("#go").click()
        page.wait_for_function("() => level.value > 0.5")
        fits(page)
        page.locator("#go").click()
        expect(page.locator("#listen")).to_be_visible(timeout=30_000)
        page.evaluate("document.querySelectorAll('#refused, [data-refused]').forEach(one => { one.hidden = false; })")
        fits(page)


def fits(page: Page) -> None:
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main [type=range], header a").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 48
