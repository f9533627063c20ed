"""Hosts that were changed halfway, back, by hand or not everywhere: the phone stays whole, old or new."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from ..sites import edition_of, newer, pages_of
from .conftest import ON_ALL, Phone
from .engines import ENGINES, Engine
from .scenes import check_opens, check_whole, keep, shown, store_of, update
from .store import keep as keep_page

pytestmark = pytest.mark.browser

Half = Callable[[Site, Site], Site]


def only_indexes(old: Site, new: Site) -> Site:
    """The new indexes are there, the files that they name are not yet."""
    indexes = {url: file for url, file in new.artifacts.items() if url.endswith(".json")}
    return replace(old, artifacts={**old.artifacts, **indexes})


def no_indexes(old: Site, new: Site) -> Site:
    """Every file is new, the indexes are old."""
    indexes = {url: file for url, file in old.artifacts.items() if url.endswith(".json")}
    return replace(new, artifacts={**new.artifacts, **indexes})


def one_index(old: Site, new: Site) -> Site:
    """One pack's index is new, the other's is old."""
    return replace(new, artifacts={**new.artifacts, "_/core.json": old.artifacts["_/core.json"]})


def edited(old: Site, _: Site) -> Site:
    """Somebody mended a page by hand, in place: it is no longer what the index says."""
    page = old.artifacts["en/w/money/"]
    by_hand = replace(page, body=page.body.replace(b"Sam writes", b"Sam wrote"))
    return replace(old, artifacts={**old.artifacts, page.url: by_hand})


def other_base(_: Site, new: Site) -> Site:
    """Built for another path of the host."""
    moved = {
        url: replace(file, body=file.body.replace(b'"base":"/"', b'"base":"/guide/"'))
        for url, file in new.artifacts.items()
    }
    return replace(new, artifacts=moved)


def later_format(_: Site, new: Site) -> Site:
    """Written by code of the future."""
    later = {
        url: replace(file, body=file.body.replace(b'"format":2', b'"format":9')) for url, file in new.artifacts.items()
    }
    return replace(new, artifacts=later)


def switched_off(site: Site) -> Site:
    """The site of somebody who put sw-off.js in the place of sw.js."""
    switch = replace(site.artifacts["sw-off.js"], url="sw.js")
    return replace(site, artifacts={**site.artifacts, "sw.js": switch})


HALVES: dict[Half, tuple[str, ...]] = {
    only_indexes: ("wrong", "foreign"),
    no_indexes: ("current",),
    one_index: ("wrong",),
    edited: ("current",),
    other_base: ("foreign",),
    later_format: ("foreign",),
}
"""How a host can be between two builds, and what *Update* then says."""


GROUPS = [
    [half for half in HALVES if half is not one_index],
    pytest.param([one_index], marks=pytest.mark.full),  # asked for again and again, for fourteen seconds
]


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
@pytest.mark.parametrize("halves", GROUPS, ids=["most", "one-index"])
def test_a_host_between_two_builds(engine: Engine, server: FaultServer, guide_copy: Path, halves: list[Half]) -> None:
    """Whatever is half there: what was kept stays, all of it, in words; when the host is whole again all is new."""
    old, new = server.site, newer(guide_copy)
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    engine.open(server.url("en/ready/"))
    for half in halves:
        server.site = half(old, new)
        assert update(engine) in HALVES[half], half.__doc__
        store = store_of(engine)
        check_whole(store)
        assert {index["build"] for index in store["active"].values()} == {edition_of(old)["build"]}, half.__doc__
    server.site = new
    assert update(engine) == "current"
    check_whole(store_of(engine))
    server.stop()
    check_opens(engine, server, pages_of(new, "core", "text.en"), new)


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_a_host_that_went_back_is_refused_in_words(engine: Engine, server: FaultServer, guide_copy: Path) -> None:
    """A lower edition never replaces a higher one, whatever is touched; and the page says so."""
    old, lower = server.site, newer(guide_copy, edition=6)
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    engine.open(server.url("en/ready/"))
    server.site = lower
    assert update(engine) == "lower"
    assert "older edition" in engine.run("() => document.querySelector('section.keep').innerText")
    check_whole(store_of(engine))
    server.stop()
    check_opens(engine, server, ["en/w/money/"], old)


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_the_kill_switch_clears_within_one_opening(engine: Engine, server: FaultServer) -> None:
    """sw-off.js in the place of sw.js: one page opened with a network, and store and worker are gone."""
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    server.site = switched_off(server.site)
    engine.open(server.url("en/w/money/"))
    engine.wait("() => caches.has('fg /').then((kept) => !kept)")
    engine.wait("() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    assert engine.open(server.url("en/"))
    shown(engine, "offer")


@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_a_host_that_lost_its_worker_script(engine: Engine, server: FaultServer) -> None:
    """sw.js answers 404 from now on: what is kept goes on to open offline."""
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    left = {url: file for url, file in server.site.artifacts.items() if url != "sw.js"}
    server.site = replace(server.site, artifacts=left)
    engine.open(server.url("en/w/money/"))
    engine.run("() => navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => {})")
    server.stop()
    check_opens(engine, server, ["en/w/money/", "en/"], server.site)


@pytest.mark.full
@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_a_wrong_worker_script_is_no_kept(engine: Engine, server: FaultServer) -> None:
    """A script that is none of ours was registered: never *kept*, never *ready*, and a right one mends it."""
    good = server.site
    wrong = replace(good.artifacts["sw.js"], body=b"// another script\n")
    server.site = replace(good, artifacts={**good.artifacts, "sw.js": wrong})
    engine.open(server.url("en/"))
    assert keep(engine) == "failed"
    engine.open(server.url("en/ready/"))
    engine.wait("() => document.querySelector('[data-light=red]:not([hidden])')")
    server.site = good
    assert update(engine) == "current"
    server.stop()
    check_opens(engine, server, ["en/w/money/"], good)


def test_a_host_whose_name_is_gone(phone: Phone, server: FaultServer) -> None:
    """The name of the host is not found any more: every page of what is kept opens."""
    address = f"http://guide.localhost:{server.port}/"
    with phone.open() as context:
        page = context.new_page()
        page.goto(f"{address}en/")
        keep_page(page)
    with phone.open("--host-resolver-rules=MAP guide.localhost ~NOTFOUND") as context:
        page = context.new_page()
        for url in pages_of(server.site, "core", "text.en"):
            answer = page.goto(address + url)
            assert answer is not None
            assert answer.body() == server.site.artifacts[url].body
        assert "en/w/money/" not in [asked.path for asked in server.asked]
