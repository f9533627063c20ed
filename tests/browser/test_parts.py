"""How packs travel: whole, in parts after a cut, file by file where no part is right, packed where a host does not."""

from dataclasses import replace
from threading import Event

import pytest
from playwright.sync_api import Page

from fieldguide.snapshot import Site

from ..faults.server import Faults, FaultServer, is_part
from ..sites import index_of, rebuilt
from .conftest import Phone
from .store import hashes_of, keep, store_of, tap_keep, until, wait_for_state

pytestmark = pytest.mark.browser


def test_after_a_cut_the_rest_comes_in_folded_parts(phone: Phone, real_site: Site) -> None:
    """The stream of a language breaks once: what follows are parts that refer to what has come, and all is right."""
    server = FaultServer(real_site)
    index = index_of(real_site, "officer.es")
    whole = f"_/{index['whole'][0]}.txt"
    server.faults = Faults("cut", lambda path: path == whole, times=1)
    first = [row[1] for row in index["files"][: index["parts"][0][3]]]

    held = Event()

    def hold(_: int) -> None:
        if any(
            asked.path == whole and asked.sent > len(server.site.artifacts[whole].body) // 2 for asked in server.asked
        ):
            server.line.on_sent = None
            server.hold.clear()
            held.set()

    server.line.on_sent = hold
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/o/"))
        tap_keep(page)
        held.wait()
        stored = "(keys) => Promise.all(keys.map((key) => caches.match(key))).then((all) => all.every(Boolean))"
        until(page, stored, [f"/_/{name}" for name in first])  # a reader that is cut loses what it has not yet read
        server.hold.set()
        until(page, "() => document.querySelector('section.keep').dataset.state === 'kept'")
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []
        assert set(state["active"]) == {"core", "text.es", "cards", "officer.es"}
    parts = [f"_/{row[0]}.txt" for row in index["parts"]]
    asked = [path for path in server.fetched() if path in parts]
    assert asked == sorted(asked, key=parts.index)  # each part after those it refers to
    assert 0 < len(asked) < len(parts)  # what had come before the cut is not fetched again
    server.stop()


def test_the_numbers_in_ones_own_language_come_before_those_of_others(page: Page, real_site: Site) -> None:
    """A link that carries no part of core: they come by themselves, and open when the network is gone."""
    server = FaultServer(real_site, faults=Faults("reset", is_part))
    numbers = real_site.artifacts["ar/w/numbers/"]
    page.goto(server.url("ar/"))
    tap_keep(page)
    until(page, "(key) => caches.match(key).then(Boolean)", f"/_/{numbers.revision}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    state = store_of(page)
    assert state is not None
    assert state["active"] == {}
    core = {row[0] for row in index_of(real_site, "core")["files"]}
    begun = server.fetched()[server.fetched().index("_/core.json") :]
    assert next(path for path in begun if path in core) == numbers.url
    server.stop()
    answer = page.goto(server.url(numbers.url), wait_until="commit")
    assert answer is not None
    assert answer.body() == numbers.body


def test_what_every_page_shows_is_first_in_core(real_site: Site) -> None:
    """A page that came before the rest of core has its styles soon."""
    files = [row[0] for row in index_of(real_site, "core")["files"]]
    assert (
        files.index("static/css/guide.css") < files.index("static/js/left.js") < files.index("static/js/lazy/cards.js")
    )
    assert files.index("static/js/lazy/ready.js") < files.index("404.html") < files.index("en/w/numbers/")


def test_parts_that_bring_nothing_are_taken_file_by_file(page: Page, server: FaultServer) -> None:
    """A link carries less than one part before it breaks, every time: it ends in *kept*, and all is right."""
    server.faults = Faults("barren", is_part)
    page.goto(server.url("en/"))
    keep(page)
    state = store_of(page)
    assert state is not None
    assert state["wrong"] == []
    assert set(state["active"]) == {"core", "text.en"}
    parts = [path for path in server.fetched() if is_part(path)]
    assert max(map(parts.count, parts)) <= 2


@pytest.mark.full
def test_parts_of_which_no_byte_comes_are_too(page: Page, real_site: Site) -> None:
    """Each breaks the link for a while. One may have met a link that was down; two just after a file came have not."""
    core = index_of(real_site, "core")
    parts = [f"_/{row[0]}.txt" for row in (core["whole"], *core["parts"])]
    first = [f"/_/{row[1]}" for row in core["files"][: core["parts"][0][3]]]
    dead = 0

    def breaks(path: str) -> bool:
        nonlocal dead
        dead = 4 if path in parts else max(0, dead - 1)
        return dead > 0

    server = FaultServer(real_site, faults=Faults("hang-up", breaks))
    page.goto(server.url("es/"))
    tap_keep(page)
    until(page, "(keys) => Promise.all(keys.map((key) => caches.match(key))).then((all) => all.every(Boolean))", first)
    server.stop()


def test_a_part_that_refers_to_a_changed_file_is_taken_apart(phone: Phone, real_site: Site) -> None:
    """Something on this phone spoilt an earlier page: the part's files come by themselves, nothing wrong is stored."""
    server = FaultServer(real_site)
    core, text = index_of(real_site, "core"), index_of(real_site, "text.es")
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
        changed = {
            url: replace(real_site.artifacts[url], body=real_site.artifacts[url].body + b"<!-- new -->")
            for url, *_ in text["files"][-30:]
        }
        server.site = rebuilt(real_site, changed)
        spoil = "([key]) => caches.open('fg /').then((cache) => cache.put(key, new Response('spoilt')))"
        page.evaluate(spoil, [server.url(f"_/{text['fold']}")])
        server.asked.clear()
        page.goto(server.url("es/ready/"))
        page.locator("[data-do=update]").click()
        wait_for_state(page, "current")
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []
        assert "es/w/numbers/" in server.fetched()
    assert core["fold"] is None
    server.stop()


def test_a_host_that_does_not_compress_is_asked_for_the_packed_copies(page: Page, server: FaultServer) -> None:
    """Where answers come unencoded, the .gz copies are read instead, and are as right."""
    server.compresses = False
    page.goto(server.url("en/"))
    keep(page)
    parts = [path for path in server.fetched() if ".txt" in path]
    assert parts
    assert all(path.endswith(".gz") for path in parts)
    state = store_of(page)
    assert state is not None
    assert (state["wrong"], hashes_of(state["active"])) == ([], set(state["bodies"]))
