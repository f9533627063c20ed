"""Browsers fill in again what stood in a form. What an officer ticked does not come back, by the page alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldguide.artifact import Artifact
from fieldguide.snapshot import Site

from .conftest import Running, start
from .engines import ENGINES, Engine
from .scenes import reload

pytestmark = pytest.mark.browser

on_all = pytest.mark.parametrize("engine", ENGINES, indirect=True)
FARM, CARDS = "en/o/agriculture/", "es/cards/"
BOXES = "input[type=checkbox]"
LEFT_TO_BROWSERS = "en/nothing/"
TICK = """(boxes) => {
  for (const box of document.querySelectorAll(boxes)) box.click();
  return document.querySelectorAll(`:is(${boxes}):checked`).length;
}"""
TICKED = "(boxes) => document.querySelectorAll(`:is(${boxes}):checked`).length"
FOCUS = """(boxes) => {
  const box = document.querySelector(boxes);
  if (box.checkVisibility({ visibilityProperty: true })) box.focus();
  return document.activeElement === box;
}"""


def without_scripts(site: Site) -> Site:
    """A site whose scripts do nothing, as before they have come, and a page whose boxes are left to the browser."""
    idle = {
        url: Artifact(url, b"", artifact.media_type) for url, artifact in site.artifacts.items() if url.endswith(".js")
    }
    bare = site.artifacts[FARM].body.replace(b' form="ticks"', b"")
    left = Artifact(LEFT_TO_BROWSERS, bare, site.artifacts[FARM].media_type)
    return replace(site, artifacts={**site.artifacts, **idle, left.url: left})


@pytest.fixture
def idle(real_site: Site) -> Iterator[Running]:
    running = start(without_scripts(real_site))
    yield running
    running.stop()


def reload_whole(engine: Engine) -> None:
    """Load the page anew, and wait until all of it is there: with it comes what a browser fills in."""
    reload(engine)
    engine.wait("() => document.readyState === 'complete'")


@on_all
@pytest.mark.parametrize("page", [FARM, CARDS])
def test_ticks_do_not_come_back_before_any_script_has_run(engine: Engine, idle: Running, page: str) -> None:
    """Reloaded: not one box is ticked, in the list of signs and on the cards."""
    assert engine.open(f"{idle.address}/{page}")
    assert engine.run(TICK, BOXES)
    reload_whole(engine)
    assert engine.run(TICKED, BOXES) == 0


@pytest.mark.parametrize("engine", ["firefox"], indirect=True)
def test_without_that_firefox_ticks_again(engine: Engine, idle: Running) -> None:
    """What the test above holds is no accident: boxes that belong to nothing come back."""
    assert engine.open(f"{idle.address}/{LEFT_TO_BROWSERS}")
    ticked = engine.run(TICK, BOXES)
    reload_whole(engine)
    assert engine.run(TICKED, BOXES) == ticked > 0


@on_all
@pytest.mark.parametrize("page", [FARM, CARDS])
def test_enter_on_a_box_leaves_the_page_as_it_is(engine: Engine, real: Running, page: str) -> None:
    """The form is sent nowhere: no new address, no new page, and the tick stays."""
    assert engine.open(f"{real.address}/{page}")
    if page == CARDS:
        engine.click("[data-do=understood]")
    before = engine.run("() => [location.href, history.length, performance.timeOrigin]")
    assert engine.wait(FOCUS, BOXES)
    engine.press(" ", "Enter", "Enter")
    assert engine.wait(TICKED, BOXES) == 1
    assert engine.run("() => [location.href, history.length, performance.timeOrigin]") == before
