"""What goes wrong on the phone itself: things are thrown away, changed, forbidden or set to another year."""

from pathlib import Path

import pytest

from ..faults.server import FaultServer
from ..sites import newer, pages_of
from .conftest import ON_ALL, ready
from .engines import ENGINES, Engine, Unsupported
from .modules import MODULE
from .scenes import check_opens, check_whole, keep, shown, store_of, update

pytestmark = pytest.mark.browser

on_all = pytest.mark.parametrize("engine", ENGINES, indirect=True)
on_one = pytest.mark.parametrize("engine", ON_ALL, indirect=True)

PUT = """async ([key, body]) => {
  const cache = await caches.open("fg /");
  await cache.put(key, new Response(body, { headers: { "content-type": "text/html" } }));
}"""
DROP = "async ([key]) => (await caches.open('fg /')).delete(key)"


def kept(engine: Engine, server: FaultServer) -> None:
    """A phone on which English is kept."""
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"


def key(server: FaultServer, url: str) -> str:
    """Where the body of a page lies in the store."""
    return server.url(f"_/{server.site.artifacts[url].revision}")


@on_all
def test_a_changed_body_is_never_shown(engine: Engine, server: FaultServer) -> None:
    """Another program wrote into the store: the page is as if it were not there; *Test now* takes it away."""
    kept(engine, server)
    engine.run(PUT, [key(server, "en/w/money/"), "<title>Pay</title><main>Pay your boss $500.</main>"])
    engine.open(server.url("en/w/money/"))
    assert "$500" not in engine.run("() => document.body.innerText")  # from the host, while there is one
    server.stop()
    engine.open(server.url("en/w/money/"))
    assert "$500" not in engine.run("() => document.body.innerText")
    check_opens(engine, server, ["en/", "en/about/"], server.site)
    engine.open(server.url("en/ready/"))
    shown(engine, "listed")
    engine.click("[data-do=test]")
    assert shown(engine, "unsound", "sound") == "unsound"
    check_whole({**store_of(engine), "active": {}})


@on_all
def test_a_lost_body_is_fetched_again(engine: Engine, server: FaultServer) -> None:
    """The browser threw one file away: *ready* is not green, and *Update* brings it back alone."""
    kept(engine, server)
    engine.run(DROP, [key(server, "en/w/money/")])
    engine.open(server.url("en/ready/"))
    engine.wait("() => document.querySelector('[data-why=missing]:not([hidden])')")
    server.asked.clear()
    assert update(engine) == "current"
    check_whole(store_of(engine))
    assert [asked.path for asked in server.asked if asked.path.endswith(".txt")] == []


@on_one
def test_an_emptied_store_behind_a_living_worker(engine: Engine, server: FaultServer) -> None:
    """The person cleared the data, or the phone did: nothing is kept, nothing comes back unasked, pages read online."""
    kept(engine, server)
    engine.run("() => caches.delete('fg /')")
    engine.open(server.url("en/w/money/"))
    engine.open(server.url("en/"))
    assert shown(engine, "offer", "kept") == "offer"
    assert store_of(engine)["bodies"] == []
    assert keep(engine) == "kept"
    server.stop()
    check_opens(engine, server, pages_of(server.site, "core", "text.en"), server.site)


@on_one
def test_a_lost_commit_costs_no_file(engine: Engine, server: FaultServer) -> None:
    """The entry that says what is kept is gone: it is not called kept, and keeping again fetches no part."""
    kept(engine, server)
    engine.run(DROP, [server.url("_/active")])
    engine.open(server.url("en/"))
    assert shown(engine, "offer", "kept") == "offer"
    server.asked.clear()
    assert keep(engine) == "kept"
    assert [asked.path for asked in server.asked if asked.path.endswith(".txt")] == []
    check_whole(store_of(engine))


@on_one
def test_a_worker_that_is_gone_comes_back(engine: Engine, server: FaultServer) -> None:
    """The browser forgot the worker script and kept the store: the next page with a network registers it again."""
    kept(engine, server)
    engine.run("() => navigator.serviceWorker.getRegistration().then((found) => found.unregister())")
    engine.open(server.url("en/w/money/"))
    engine.wait("() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))")
    server.stop()
    check_opens(engine, server, pages_of(server.site, "core", "text.en"), server.site)


@on_one
@pytest.mark.parametrize("now", [0, 4_100_000_000_000])
def test_a_clock_at_1970_or_2099(engine: Engine, server: FaultServer, guide_copy: Path, now: int) -> None:
    """Milliseconds since 1970: a wrong clock stops no renewal, neither while it is wrong nor when it is mended."""
    kept(engine, server)
    renew = f"async (now) => (await {MODULE}('renew')).renewKept(now === null ? {{}} : {{ now }})"
    server.site = newer(guide_copy, edition=8)
    assert engine.run(renew, now) is True
    assert {index["edition"] for index in store_of(engine)["active"].values()} == {8}
    assert engine.run(renew, now) is False
    engine.run(PUT, [server.url("_/checked"), str(now)])
    server.asked.clear()
    engine.run(renew, None)
    assert "_/edition.json" in [asked.path for asked in server.asked]


@on_all
def test_two_tabs_of_two_editions(engine: Engine, server: FaultServer, guide_copy: Path) -> None:
    """What is being read does not change under the reader; the next page that is opened is new, in both tabs."""
    kept(engine, server)
    engine.open(server.url("en/w/money/"))
    first = engine.tab
    server.site = newer(guide_copy)
    engine.new_tab()
    engine.open(server.url("en/ready/"))
    assert update(engine) == "current"
    engine.use_tab(first)
    assert "Sam writes" in engine.run("() => document.body.textContent")
    server.stop()
    check_opens(engine, server, ["en/w/money/"], server.site)
    assert "Sam notes" in engine.run("() => document.body.textContent")


SETTINGS = [
    pytest.param(name, setting, marks=() if name == "chromium" or setting == "private" else pytest.mark.full)
    for name in ENGINES
    for setting in ("no-script", "no-storage", "private", "no-workers")
]


@pytest.mark.parametrize(("name", "setting"), SETTINGS)
def test_a_browser_that_keeps_nothing(server: FaultServer, tmp_path: Path, name: str, setting: str) -> None:
    """Scripts or storage forbidden, a private window, no workers: every page reads, and no button promises anything."""
    try:
        engine = ready(name, tmp_path, setting)
    except Unsupported as reason:
        pytest.skip(str(reason))
    try:
        for url in ("en/", "en/w/money/", "en/ready/"):
            assert engine.open(server.url(url))
        engine.open(server.url("en/"))
        if setting == "no-script":
            assert engine.run("() => document.querySelector('section.keep').hidden")
        elif setting == "private":
            assert shown(engine, "offer", "unable") == "unable" or keep(engine) in ("kept", "failed", "unable")
            engine.quit()
            engine.start()
            engine.open(server.url("en/"))
            assert store_of(engine)["bodies"] == []
        else:
            assert shown(engine, "offer", "unable") == "unable"
        engine.open(server.url("en/w/money/"))
        check_opens(engine, server, ["en/w/money/"], server.site)
    finally:
        engine.quit()
