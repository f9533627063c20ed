"""*Night* in three browsers: black before anything is seen, for the pages of this tab, with nothing stored."""

from base64 import b64decode
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from ..faults.server import FaultServer
from .conftest import ON_ALL, PHONE, Running
from .engines import Engine
from .scenes import reload
from .store import STORED

pytestmark = pytest.mark.browser

on_each = pytest.mark.parametrize("engine", ON_ALL, indirect=True)
NIGHT = "[data-module=night]"
BLACK = "rgb(0, 0, 0)"
SLOW = 400  # ms that a style sheet takes: in them a browser shows what it has

# What a person sees: the colour behind the page, whether the button is pressed, what the phone's bars are told.
LOOK = """() => ({
  paper: getComputedStyle(document.documentElement).backgroundColor,
  pressed: document.querySelector("[data-module=night]")?.getAttribute("aria-pressed"),
  bars: document.querySelector("meta[name=theme-color]")?.content,
})"""
BRIGHTEST = """async (bytes) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${bytes}`)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  let bright = 0;
  for (let at = 0; at < data.length; at += 4) bright += data[at + 2] > 0x60; // no colour of the night is so blue
  return bright / (data.length / 4);
}"""


def is_night(engine: Engine) -> bool:
    """Whether the page looks like night, once its scripts run; all that shows it agrees."""
    engine.wait("() => document.querySelector('[data-module=night]:not([hidden])')")
    look = engine.run(LOOK)
    is_black = look["paper"] == BLACK
    assert look == {"paper": look["paper"], "pressed": str(is_black).lower(), "bars": "#000" if is_black else None}
    return is_black


def follow(engine: Engine, link: str) -> None:
    """Touch a link of the page, and wait for the page that it leads to."""
    before = engine.run("() => performance.timeOrigin")
    engine.click(link)
    engine.wait("(before) => performance.timeOrigin !== before && document.readyState === 'complete'", before)


@on_each
def test_it_holds_for_the_pages_of_this_tab(engine: Engine, server: FaultServer) -> None:
    """Chosen once, every page that is opened from there is black; given back, none is. A new tab is as it was."""
    engine.open(server.url("en/"))
    assert not is_night(engine)
    engine.click(NIGHT)
    assert is_night(engine)
    follow(engine, ".doors a")
    assert is_night(engine)
    follow(engine, ".foot__links a")
    assert is_night(engine)
    reload(engine)
    assert is_night(engine)
    first = engine.tab
    second = engine.new_tab()
    engine.open(server.url("en/"))
    assert not is_night(engine)
    engine.use_tab(first)
    engine.click(NIGHT)
    assert not is_night(engine)
    follow(engine, ".foot__links a")
    assert not is_night(engine)
    engine.use_tab(second)


@on_each
def test_pages_that_were_read_before_follow(engine: Engine, server: FaultServer) -> None:
    """Back in a dark car dazzles nobody, also over an anchor; and forward, after it was given back, day is day."""
    engine.open(server.url("en/o/"))
    follow(engine, ".doors a[href*=farm]")
    engine.click(NIGHT)
    engine.click(".contents a")
    engine.wait("() => location.hash")
    engine.back()
    engine.back()
    assert is_night(engine)
    engine.click(NIGHT)
    assert not is_night(engine)
    for look in (False, True):
        engine.run("() => { setTimeout(() => history.forward(), 0); }")
        engine.wait("() => location.pathname.includes('farm')")
        assert is_night(engine) is look
        engine.click(NIGHT)
        engine.back()
        assert is_night(engine) is not look


@on_each
def test_leaving_dazzles_nobody(engine: Engine, server: FaultServer) -> None:
    """The plain page is black too, after a reload and after Back; and the guide, opened anew in that tab."""
    engine.open(server.url("en/"))
    follow(engine, ".doors a")
    engine.click(NIGHT)
    engine.click(".bar__leave")
    assert engine.run(LOOK)["paper"] == BLACK
    reload(engine)
    assert engine.run(LOOK)["paper"] == BLACK
    engine.back()
    engine.wait("() => document.querySelector('.plain')?.checkVisibility() && !document.getElementById('page')")
    assert engine.run(LOOK)["paper"] == BLACK
    engine.open(server.url("en/w/money/"))
    assert is_night(engine)


@on_each
def test_nothing_is_stored(engine: Engine, server: FaultServer) -> None:
    """No store, no key, no cookie, no word in the address: the tab knows it, and goes."""
    engine.open(server.url("en/"))
    before = engine.run(STORED)
    engine.click(NIGHT)
    assert engine.run(STORED) == before


def frames_of(session: CDPSession) -> list[str]:
    """What the screen shows from now on, picture by picture, as base64 of PNG."""
    frames: list[str] = []

    def take(event: dict[str, str]) -> None:
        frames.append(event["data"])
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", take)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    return frames


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_frame_is_bright(chromium: Browser, server: FaultServer, scheme: str, tmp_path: Path) -> None:
    """From page to page on a slow link and back: no picture of the screen has a bright area, also where the system
    asks for light."""

    def late(route: Route) -> None:
        page.wait_for_timeout(SLOW)
        route.continue_()

    with chromium.new_context(viewport=PHONE, color_scheme=scheme) as context:
        page, judge = context.new_page(), context.new_page()
        page.bring_to_front()
        page.goto(server.url("en/"))
        page.locator(NIGHT).click()
        page.route("**/*.css", late)
        frames = frames_of(context.new_cdp_session(page))
        page.locator(".doors a").first.click()
        page.wait_for_url("**/w/**")
        page.goto(server.url("en/404.html"))
        page.wait_for_timeout(SLOW)
        page.go_back()
        page.go_back()
        page.wait_for_timeout(SLOW)
        assert len(frames) >= 3
        for number, frame in enumerate(frames):
            share = judge.evaluate(BRIGHTEST, frame)
            if share >= 0.05:
                (tmp_path / f"{number}.png").write_bytes(b64decode(frame))
            assert share < 0.05, f"picture {number} of {len(frames)}: {share:.0%} of it is bright; see {tmp_path}"


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_without_scripts_the_system_decides(
    chromium: Browser, tiny: Running, scheme: Literal["light", "dark"], is_dark: bool
) -> None:
    """Dark where the system is dark; no button that does nothing; its place stays, so that the words do not jump."""
    with chromium.new_context(viewport=PHONE, color_scheme=scheme, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{tiny.address}/en/")
        assert (page.evaluate(LOOK)["paper"] != "rgb(255, 255, 255)") is is_dark
        expect(page.locator(NIGHT)).to_be_hidden()
        top = page.locator("h1").bounding_box()
    with chromium.new_context(viewport=PHONE, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{tiny.address}/en/")
        expect(page.locator(NIGHT)).to_be_visible()
        assert page.locator("h1").bounding_box() == top


def test_words_are_larger_and_paper_stays_white(page: Page, tiny: Running) -> None:
    """What is read in the dark is read at arm's length; what is printed is printed as ever."""
    size = "() => parseFloat(getComputedStyle(document.querySelector('main li')).fontSize)"
    page.goto(f"{tiny.address}/en/o/farm/")
    before = page.evaluate(size)
    page.locator(NIGHT).click()
    assert page.evaluate(size) >= before * 1.15
    page.emulate_media(media="print")
    assert page.evaluate(LOOK)["paper"] == "rgb(255, 255, 255)"
    expect(page.locator(NIGHT)).to_be_hidden()


def test_cards_in_the_dark(page: Page, real: Running) -> None:
    """One tap on the officers' start, and the cards are black; what was touched stays when it is given back."""
    page.goto(f"{real.address}/en/o/")
    page.locator(NIGHT).click()
    page.locator(".bar__call").first.click()
    page.locator(".tongues--talk a[href*='/es/']").click()
    page.locator("[data-do=understood]").click()
    assert page.evaluate(LOOK)["paper"] == BLACK
    page.locator("#A8 [data-answer=no] button").click()
    page.locator(NIGHT).click()
    assert page.evaluate(LOOK)["paper"] != BLACK
    expect(page.locator("#A8 [data-answer=no] button")).to_have_attribute("aria-pressed", "true")
