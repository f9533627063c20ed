"""Ticks beside the signs: they name, never count; they live in the page alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import PHONE, Phone, Running
from .store import keep

pytestmark = pytest.mark.browser

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
TRACES = """async () => ({
  local: Object.entries(localStorage),
  session: Object.entries(sessionStorage),
  bases: (await indexedDB.databases()).map((base) => base.name),
  caches: await caches.keys(),
  cookies: document.cookie,
  url: location.href,
  history: history.length,
  state: history.state,
})"""
FARM = "/en/o/agriculture/"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, real: Running) -> Page:
    page = context.new_page()
    page.goto(real.address + FARM)
    page.locator(".tick:not([hidden])").first.wait_for()
    return page


def tick(page: Page, sign: str) -> None:
    page.locator(f"input[aria-describedby='officer.agriculture.signs.{sign}']").check()


def touched(page: Page, kind: str) -> list[str]:
    return page.locator(f"#touched [data-{kind}]:visible").all_inner_texts()


def traces(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(TRACES)
    return found


def test_ticks_name_indicators_means_and_the_next_question(page: Page):
    """What is ticked names its indicators and means once each, and the question to ask; no number is shown."""
    summary = page.locator("#touched")
    expect(summary).to_be_hidden()
    tick(page, "papers-kept")
    tick(page, "locked-in")
    expect(summary).to_be_visible()
    assert sorted(touched(page, "ilo")) == ["Restriction of movement", "Retention of identity documents"]
    assert touched(page, "means")
    assert page.locator("#touched [data-asks] li").count() >= 1
    expect(summary).to_contain_text("This is no score and no verdict. No sign is proof either way.")
    counted = page.locator("#touched").inner_text().replace("60 minutes", "").replace("NIBRS 64B", "")
    assert not any(letter.isdigit() for letter in counted)
    page.locator("input[aria-describedby='officer.agriculture.signs.papers-kept']").uncheck()
    page.locator("input[aria-describedby='officer.agriculture.signs.locked-in']").uncheck()
    expect(summary).to_be_hidden()


def test_signs_alone_that_bear_on_no_means_say_so(page: Page):
    """A sign of poor housing touches an indicator and none of the means."""
    tick(page, "poor-camp")
    assert touched(page, "means") == ["none by these signs alone"]


def test_nothing_is_stored_by_ticking_and_copying(page: Page, context: BrowserContext):
    """After every box is ticked and the list copied, storage, cookies, address and history are as before."""
    before = traces(page), context.cookies()
    for box in page.locator(".tick input").all():
        box.check()
    page.locator("#touched [data-do=copy]").click()
    page.get_by_text("Copied. Whatever you paste it into keeps it.").wait_for()
    assert (traces(page), context.cookies()) == before


def test_copied_text_has_codes_and_warnings_and_no_names(page: Page):
    """The plain text has the ticked signs with their codes, the means, and that it may be a record."""
    tick(page, "papers-kept")
    page.locator("#touched [data-do=copy]").click()
    page.get_by_text("Copied. Whatever you paste it into keeps it.").wait_for()
    text = page.evaluate("() => navigator.clipboard.readText()")
    lines = text.splitlines()
    assert lines[0] == "Agriculture"
    assert [line for line in lines if "Retention of identity documents" in line and line.startswith("- ")]
    assert "HTCDS" in text
    assert "NIBRS 64B" in text
    assert "No sign is proof either way." in text
    assert "It may be a record that your agency must keep." in text


def test_a_link_away_opens_beside_the_ticks(page: Page, context: BrowserContext):
    """With ticks on the page a link opens a new tab, so that they stay; without ticks it does not."""
    tick(page, "papers-kept")
    with context.expect_page() as opened:
        page.locator(".bar__call").last.click()
    assert opened.value.url.endswith("/en/o/call-first/")
    expect(page.locator("#touched")).to_be_visible()


def test_leaving_takes_the_ticks_along(page: Page, context: BrowserContext):
    """The way out stays in this tab whatever is ticked."""
    tick(page, "papers-kept")
    page.locator(".bar__leave").click()
    expect(page.locator("#units")).to_be_visible()
    assert len(context.pages) == 1


def test_clearing_warns_first(page: Page):
    """Before the ticks go, the officer is told to write them down."""
    tick(page, "papers-kept")
    page.locator("#touched [data-do=clear]").click()
    expect(page.locator("#touched [data-when=warning]")).to_contain_text("Write now, in your agency's notes")
    expect(page.locator(".tick input:checked")).to_have_count(1)
    page.locator("#touched [data-do=really]").click()
    expect(page.locator(".tick input:checked")).to_have_count(0)
    expect(page.get_by_text("The ticks are cleared.")).to_be_visible()


@pytest.mark.parametrize(("minutes", "left"), [(59, 1), (60, 0)])
def test_out_of_sight_for_an_hour_clears(context: BrowserContext, real: Running, minutes: int, left: int):
    """A phone that was pocketed keeps its ticks; one that was out of sight for an hour does not."""
    page = context.new_page()
    page.clock.install(time="2026-06-01T08:00:00")
    page.goto(real.address + FARM)
    page.locator(".tick:not([hidden])").first.wait_for()
    tick(page, "papers-kept")
    page.evaluate(HIDE, True)
    page.clock.fast_forward(minutes * 60_000)
    page.evaluate(HIDE, False)
    expect(page.locator(".tick input:checked")).to_have_count(left)


def test_reload_forgets(page: Page):
    """Ticks die with the page."""
    tick(page, "papers-kept")
    page.reload()
    page.locator(".tick:not([hidden])").first.wait_for()
    expect(page.locator(".tick input:checked")).to_have_count(0)
    expect(page.locator("#touched")).to_be_hidden()


def test_without_script_there_are_no_boxes(chromium: Browser, real: Running):
    """Without JavaScript the list is read, not ticked; everything in it opens."""
    with chromium.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(real.address + FARM)
        expect(page.locator(".tick:visible")).to_have_count(0)
        page.locator(".signs summary").first.click()
        expect(page.locator(".signs .innocent").first).to_be_visible()


def test_farm_road_with_no_signal(phone: Phone, real: Running):
    """Kept, network cut: industry, four signs, what they touch, the question and the call list in under twelve taps."""
    page = phone.open().new_page()
    page.goto(real.address + "/en/o/")
    keep(page)
    real.stop()
    page.goto(real.address + "/en/o/")
    taps = 0

    def tap(what: Any) -> None:
        nonlocal taps
        what.click()
        taps += 1

    tap(page.locator(".contents a", has_text="Agriculture").first)
    page.locator(".tick:not([hidden])").first.wait_for()
    tap(page.locator(".contents a", has_text="Signs").first)
    for sign in ("papers-kept", "locked-in", "debt-grows", "threat-law"):
        tap(page.locator(f"input[aria-describedby='officer.agriculture.signs.{sign}']"))
    expect(page.locator("#touched [data-asks] li").first).to_be_visible()
    with page.context.expect_page() as opened:
        tap(page.locator(".bar__call").last)
    call = opened.value
    expect(call.locator(".number").first).to_be_visible()
    assert taps < 12
    expect(page.locator(".tick input:checked")).to_have_count(4)


def test_boxes_are_reached_and_ticked_by_keyboard(page: Page):
    """Tab reaches a box, the space bar ticks it, Tab goes on to the sign, Enter opens it."""
    box = page.locator(".tick input").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".signs .innocent").first).to_be_visible()


def test_kitchen_inspector_by_keyboard_with_no_signal(phone: Phone, real: Running):
    """Kept, network cut, no touch: restaurants, a sign with its question, a second one, the summary, the call list."""
    page = phone.open().new_page()
    page.goto(real.address + "/en/o/")
    keep(page)
    real.stop()
    page.goto(real.address + "/en/o/")

    def press(what: Any, key: str) -> None:
        what.focus()
        page.keyboard.press(key)

    press(page.locator(".contents a", has_text="Restaurants").first, "Enter")
    boxes = page.locator(".tick:not([hidden]) input")
    boxes.first.wait_for()
    press(boxes.nth(0), "Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".signs li").first.locator(".innocent")).to_be_visible()
    expect(page.locator(".signs li").first.locator("[data-ask]")).to_be_visible()
    press(boxes.nth(3), "Space")
    expect(page.locator("#touched")).to_be_visible()
    with page.context.expect_page() as opened:
        press(page.locator(".bar__call").last, "Enter")
    expect(opened.value.locator(".number").first).to_be_visible()
    expect(page.locator(".tick input:checked")).to_have_count(2)
