"""Killed at any byte of keeping or renewing: the next start finds all old, nothing, or all new; no orphan stays."""

import gzip
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from ..sites import edition_of, index_of, pages_of, rebuilt
from .conftest import ready
from .engines import ENGINES, Engine, EngineError
from .scenes import check_opens, check_whole, keep, say_yes, shown, store_of, update
from .store import hashes_of

pytestmark = pytest.mark.browser

_random = random.Random(20261127)
POINTS = [round(_random.random() * 1.05, 3) for _ in range(20)]
"""Shares of all bytes; beyond 1 the last byte has come, and what came is being read back or committed."""

PACKS = ("core", "text.en")


def cases(**few: int) -> list[object]:
    """All points in all engines; the first few of each belong to `make test`."""
    return [
        pytest.param(name, point, marks=() if at < few[name] else pytest.mark.full, id=f"{name}-{point}")
        for name in ENGINES
        for at, point in enumerate(POINTS)
    ]


@pytest.fixture
def phone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A browser of its own, since it is going to be killed."""
    engine = ready(request.param, tmp_path / "profile")
    yield engine
    engine.quit()


def bytes_of(site: Site, *packs: str) -> int:
    """What these packs are on the way."""
    indexes = [index_of(site, pack) for pack in packs]
    streams = [row for index in indexes for row in ([index["whole"]] if index["whole"] else index["parts"])]
    return sum(len(gzip.compress(site.artifacts[f"_/{row[0]}.txt"].body, 6)) for row in streams)


def kill_at(phone: Engine, server: FaultServer, limit: float) -> None:
    """Stop the line at a byte, kill the browser, start it again. Where nothing more comes, kill it there."""
    begin = server.line.sent

    def stop(sent: int) -> None:
        if sent - begin >= limit:
            server.line.hold.clear()

    server.line.on_sent = stop
    with suppress(EngineError):
        phone.wait("() => document.querySelector('section.keep').dataset.state !== 'keeping'", seconds=1.5)
    phone.kill()
    server.line.on_sent = None
    server.line.hold.set()
    phone.start()


def check_after(phone: Engine, server: FaultServer, *builds: Site) -> dict:
    """What the kill left, seen from a page on which no script of ours runs."""
    phone.open(server.url("static/css/guide.css"))
    store = store_of(phone)
    check_whole(store)
    found = {index["build"] for index in store["active"].values()}
    assert found <= {edition_of(build)["build"] for build in builds}
    return store


def check_no_orphans(store: dict) -> None:
    """Every stored body is named by a generation."""
    named = set().union(*(hashes_of(store[generation]) for generation in ("active", "next", "prev")))
    assert set(store["bodies"]) == named


@pytest.mark.parametrize(("phone", "point"), cases(chromium=1, firefox=0, webkit=1), indirect=["phone"])
def test_killed_while_keeping(phone: Engine, server: FaultServer, point: float) -> None:
    """Nothing wrong or half is active; the next try fetches only what is missing, and nothing is left over."""
    phone.open(server.url("en/"))
    shown(phone, "offer")
    say_yes(phone)
    kill_at(phone, server, bytes_of(server.site, *PACKS) * point)
    before = check_after(phone, server, server.site)
    server.asked.clear()
    phone.open(server.url("en/"))
    phone.wait("() => document.querySelector('section.keep').dataset.state")
    if shown(phone, "offer", "kept", "keeping") == "offer":
        assert keep(phone) == "kept"
    store = store_of(phone)
    check_whole(store)
    check_no_orphans(store)
    assert set(store["active"]) == set(PACKS)
    for pack in PACKS:
        index = index_of(server.site, pack)
        for row in ([index["whole"]] if index["whole"] else []) + index["parts"]:
            if f"_/{row[0]}.txt" in server.fetched():
                assert not {file[1] for file in index["files"]} <= set(before["bodies"]), "was all there, came again"
    server.stop()
    check_opens(phone, server, pages_of(server.site, *PACKS), server.site)


@pytest.mark.parametrize(("phone", "point"), cases(chromium=1, firefox=1, webkit=0), indirect=["phone"])
def test_killed_while_renewing(phone: Engine, server: FaultServer, point: float) -> None:
    """With no network all pages are the old ones, or all are new; the next touch ends with all new."""
    old = server.site
    changed = {
        url: replace(old.artifacts[url], body=old.artifacts[url].body.replace(b"</main>", b"<p>new</p></main>"))
        for url in pages_of(old, *PACKS)
    }
    new = rebuilt(old, changed, edition=8)
    phone.open(server.url("en/"))
    assert keep(phone) == "kept"
    phone.open(server.url("en/ready/"))
    shown(phone, "listed")
    server.site = new
    phone.click("[data-do=update]")
    kill_at(phone, server, sum(len(gzip.compress(file.body, 6)) for file in changed.values()) * point)
    check_after(phone, server, old, new)
    port = server.port
    server.stop()
    pages = [url for url in pages_of(old, *PACKS) if not url.endswith("ready/")]
    check_opens(phone, server, pages, old, new)
    server = FaultServer(new, port=port)
    phone.open(server.url("en/ready/"))
    assert update(phone) == "current"
    store = store_of(phone)
    check_whole(store)
    check_no_orphans(store)
    assert {index["build"] for index in store["active"].values()} == {edition_of(new)["build"]}
    server.stop()
    check_opens(phone, server, pages, new)
