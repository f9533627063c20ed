"""A network that is connected and says nothing: kept pages never wait, others end in words, the kill switch comes.

The host holds its sockets open until a test lets go: without an end of our own, no page would come at all.
"""

from contextlib import suppress

import pytest

from ..faults.faults import HANGS
from ..faults.server import Faults, FaultServer
from .conftest import ON_ALL
from .engines import ENGINES, Engine, EngineError
from .scenes import check_opens, keep, shown
from .test_hosts import switched_off

pytestmark = pytest.mark.browser

EACH = [
    pytest.param(
        engine, hang, marks=() if (engine, hang) in {("chromium", hang), ("firefox", "silent")} else pytest.mark.full
    )
    for engine in ENGINES
    for hang in HANGS
]
"""Each engine with each way of saying nothing; some of it takes long, and is left to `make test-faults`."""

TITLE = "() => document.querySelector('h1').textContent"
GONE = """async () => {
  return !(await caches.has("fg /")) && (await navigator.serviceWorker.getRegistrations()).length === 0;
}"""
AGAIN = "() => [...document.querySelectorAll('main a')].some((link) => link.textContent === 'Try again')"


def falls_silent(server: FaultServer, hang: str, *, but: str = "") -> None:
    """From now on, also on connections that are open; ``but`` is the path that is answered."""
    server.asked.clear()
    server.faults = Faults(hang, at=lambda path: path != but)


@pytest.fixture
def kept(engine: Engine, server: FaultServer) -> Engine:
    """A phone that keeps English, with a network."""
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    return engine


@pytest.mark.parametrize(("engine", "hang"), EACH, indirect=["engine"])
def test_kept_pages_open_and_others_end_in_words(kept: Engine, server: FaultServer, hang: str) -> None:
    """What is kept asks nobody. What is not says why it does not come, and *Try again* asks once more."""
    falls_silent(server, hang)
    pages = ["en/w/money/", "en/", ""]
    check_opens(kept, server, pages, server.site)
    assert not {*pages} & {asked.path for asked in server.asked}

    kept.open(server.url("en/no/such/"))
    assert kept.run(TITLE) == "Not here"
    assert "the network may not answer now" in kept.run("() => document.querySelector('main').textContent")
    assert kept.run(AGAIN)
    assert "en/no/such/" in [asked.path for asked in server.asked]


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_again_brings_the_page_when_the_network_is_back(kept: Engine, server: FaultServer) -> None:
    """The page of a language that is not kept: its address stays, and is asked for again by a touch."""
    falls_silent(server, "silent")
    kept.open(server.url("ar/w/money/"))
    assert kept.run(AGAIN) or kept.run("() => document.querySelectorAll('main a[href=\"\"]').length")
    server.faults = Faults()
    kept.click("main a[href='']")
    kept.wait("() => document.documentElement.lang === 'ar' && location.pathname === '/ar/w/money/'")
    kept.wait("() => document.querySelector('main h1') && !document.querySelector('main a[href=\"\"]')")


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_a_slow_link_is_no_silent_one(kept: Engine, server: FaultServer) -> None:
    """Ten seconds for a page, with bytes in between: it is waited for."""
    server.faults = Faults("trickle", at=lambda path: path == "ar/w/money/")
    check_opens(kept, server, ["ar/w/money/"], server.site)


@pytest.mark.parametrize(("engine", "hang"), EACH, indirect=["engine"])
def test_the_kill_switch_comes_beside_pages_that_hang(kept: Engine, server: FaultServer, hang: str) -> None:
    """One page opened that hangs, the script alone answers: store and worker are gone all the same."""
    server.site = switched_off(server.site)
    falls_silent(server, hang, but="sw.js")
    kept.open(server.url("en/no/such/"))
    kept.wait(GONE)


@pytest.mark.parametrize(("engine", "hang"), EACH, indirect=["engine"])
def test_the_kill_switch_comes_when_the_network_is_back(kept: Engine, server: FaultServer, hang: str) -> None:
    """All of it hung, the worker script too; a page with a network, or the next, clears the phone.

    WebKit may take the first for the question that just broke off.
    """
    falls_silent(server, hang)
    kept.open(server.url("en/w/money/"))
    kept.open(server.url("en/no/such/"))
    server.site = switched_off(server.site)
    server.faults = Faults()
    server.hang_up()
    kept.open(server.url("en/w/money/"))
    with suppress(EngineError):
        kept.wait(GONE, seconds=10)
    kept.open(server.url("en/w/money/"))
    kept.wait(GONE)
    assert kept.open(server.url("en/"))
    shown(kept, "offer")


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_removing_waits_for_no_network(kept: Engine, server: FaultServer) -> None:
    """Nothing answers, and what was kept is gone at a touch."""
    falls_silent(server, "silent")
    kept.open(server.url("en/ready/"))
    shown(kept, "listed")
    kept.click("section.keep [data-do=ask]")
    shown(kept, "removing")
    kept.click("[data-do=remove]")
    shown(kept, "removed")
    assert not kept.run("() => caches.has('fg /')")
