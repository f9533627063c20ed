"""Keeping the guide on a phone: everything opens with no signal, and each step says what it does."""

import gzip
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.site import build_site

from ..faults.server import Faults, FaultServer
from ..sites import index_of, newer
from .conftest import Phone
from .modules import MODULE
from .store import PAUSE, hashes_of, keep, state_of, store_of, tap_keep, until, wait_for_state

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("base", [pytest.param("/", marks=pytest.mark.full), "/guide/"])
def test_every_page_opens_after_a_restart_with_the_server_gone(phone: Phone, base: str) -> None:
    """Spanish, Keep, server stopped, browser closed and started: every page, never visited, is the server's bytes."""
    site = build_site(load_ingredients(Deployment(base=base, languages=("en", "es"))))
    server = FaultServer(site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/"))
        keep(page)
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        pages = [file for pack in site.packs if pack.name in ("core", "text.es") for file in pack.files]
        for artifact in pages:
            if artifact.media_type.startswith("text/html"):
                answer = page.goto(server.url(artifact.url), wait_until="commit")
                assert answer is not None
                assert answer.body() == artifact.body, artifact.url
                assert "content-security-policy" in answer.headers
        for typed in ("es/w/farm", "es/w/farm/index.html", "es/w/farm/?from=card", "es/w/farm"):
            answer = page.goto(server.url(typed))
            assert answer is not None
            assert (answer.status, answer.body()) == (200, site.artifacts["es/w/farm/"].body), typed
        lost = page.goto(server.url("es/w/nowhere/"))
        assert lost is not None
        assert (lost.status, lost.body()) == (404, site.artifacts["es/404.html"].body)


def test_nothing_is_kept_before_the_person_says_yes(page: Page, server: FaultServer) -> None:
    """Reading, and even asking for the size, registers nothing and stores nothing."""
    page.goto(server.url("en/w/money/"))
    page.goto(server.url("en/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    wait_for_state(page, "asking")
    expect(page.locator("[data-when=asking]")).to_contain_text("A private window forgets all of it")
    parts = [row for pack in ("core", "text.en") for row in index_of(server.site, pack)["parts"]]
    most = sum(packed + 1200 for _, _, packed, _ in parts)
    said = int(page.locator(".keep [data-fill=kb]").inner_text())
    assert 0.5 * most < said * 1000 < 1.1 * most
    page.locator("[data-do=no]").click()
    assert state_of(page) == "offer"
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.locator("link[rel=manifest]").count() == 0
    keep(page)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 1
    assert page.locator("link[rel=manifest]").get_attribute("href") == "app.webmanifest"


@pytest.mark.parametrize("kind", ["flip-end", "portal", "redirect", "short"])
def test_an_index_that_is_not_ours_is_refused(page: Page, server: FaultServer, kind: str) -> None:
    """A captive portal instead of the index: *what came is not this guide*."""
    server.faults = Faults(kind, at=lambda path: path == "_/core.json")
    page.goto(server.url("en/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    assert wait_for_state(page, "asking", "foreign", "failed", "waiting") == "foreign"
    assert store_of(page) is None


def test_a_tap_during_the_first_keep_is_answered_from_what_is_stored(page: Page, server: FaultServer) -> None:
    """While the rest is still coming, a page that has arrived opens at once, without a request."""
    text = index_of(server.site, "text.en")
    part = f"_/{(text['whole'] or text['parts'][0])[0]}.txt"
    body = server.site.artifacts[part].body
    page_there = server.site.artifacts[text["files"][0][0]]
    come = text["files"][0][2]  # what stands after it is still coming when the line is held
    most = (len(gzip.compress(body, 6)) + len(gzip.compress(body[:come], 6))) // 2
    page.goto(server.url("en/"))

    def hold(_: int) -> None:
        if any(asked.path == part and asked.sent > most for asked in server.asked):
            server.hold.clear()

    server.line.on_sent = hold
    tap_keep(page)
    until(page, "(key) => caches.match(key).then(Boolean)", f"/_/{page_there.revision}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    state = store_of(page)
    assert state is not None
    assert "text.en" not in state["active"]
    answer = page.goto(server.url(page_there.url), wait_until="commit")
    assert answer is not None
    assert answer.from_service_worker
    assert answer.body() == page_there.body
    server.line.on_sent = None
    server.hold.set()


def test_a_worker_script_that_did_not_come_is_asked_for_again(page: Page, server: FaultServer) -> None:
    """While the rest is still coming: what has come must open with no network already."""
    server.faults = Faults("reset", lambda path: path == "sw.js", times=1)
    index = index_of(server.site, "text.en")
    text = {f"_/{row[0]}.txt" for row in (*index["parts"], index["whole"]) if row}
    page.goto(server.url("en/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    wait_for_state(page, "asking")
    server.hold.clear()
    page.locator("[data-do=keep]").click()
    while all(asked.path != "sw.js" for asked in server.asked):
        page.wait_for_timeout(PAUSE)

    held = Event()

    def hold(_: int) -> None:
        if text.intersection(server.fetched()):
            server.line.on_sent = None
            server.hold.clear()
            held.set()

    server.line.on_sent = hold
    server.hold.set()
    held.wait()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    state = store_of(page)
    assert state is not None
    assert "text.en" not in state["active"]
    server.hold.set()
    wait_for_state(page, "kept")


def test_evicted_files_are_noticed_and_fetched_again(page: Page, server: FaultServer) -> None:
    """A browser that threw files away, or a damaged body: *test* finds it and brings it back."""
    page.goto(server.url("en/"))
    keep(page)
    lost = server.site.artifacts["en/w/money/"].revision
    damaged = server.site.artifacts["en/"].revision
    page.evaluate(
        """async ([lost, damaged]) => {
            const cache = await caches.open("fg /");
            await cache.delete(`/_/${lost}`);
            await cache.put(`/_/${damaged}`, new Response("damaged"));
        }""",
        [lost, damaged],
    )
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=test]").click()
    wait_for_state(page, "current")
    page.locator("[data-do=test]").click()
    assert wait_for_state(page, "sound", "unsound") == "sound"


def test_remove_takes_everything_of_ours_with_no_network(page: Page, server: FaultServer) -> None:
    """Caches and registration are gone, another store of the same origin stays, and the words promise no more."""
    page.goto(server.url("en/"))
    keep(page)
    page.goto(server.url("en/ready/"))
    page.evaluate("caches.open('somebody else')")
    wait_for_state(page, "listed")
    server.stop()
    page.locator("[data-when~=listed] [data-do=ask]").click()
    page.locator("[data-do=remove]").click()
    wait_for_state(page, "removed")
    assert page.evaluate("caches.keys()") == ["somebody else"]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    expect(page.get_by_text("The list of pages you opened is still in the browser")).to_be_visible()


def test_no_room_ends_in_words_and_reading_online(page: Page, server: FaultServer) -> None:
    """A full phone: how much is needed is said, nothing is half kept as whole, the guide still reads."""
    page.goto(server.url("en/"))
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 20_000})
    tap_keep(page)
    assert wait_for_state(page, "room", "kept") == "room"
    expect(page.get_by_text("There is not enough room. It needs")).to_be_visible()
    assert page.goto(server.url("en/w/money/")) is not None
    state = store_of(page)
    assert state is None or state["bodies"] == []  # nothing half kept goes on filling the phone
    expect(page.locator("[data-do=less]")).to_be_hidden()


def test_on_a_full_phone_what_came_is_told(phone: Phone, server: FaultServer) -> None:
    """The numbers fitted, the rest did not: both are said, it is not called *kept*, and the numbers open offline."""
    core = sum(row[2] for row in index_of(server.site, "core")["files"])
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        session = context.new_cdp_session(page)
        quota = core + 50_000  # with what a browser needs beside bodies; it tells pages another number
        session.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": quota})
        tap_keep(page)
        assert wait_for_state(page, "room numbers", "room", "kept") == "room numbers"
        expect(page.get_by_text("Only the phone numbers are kept.")).to_be_visible()
        expect(page.get_by_text("It opens with no signal.")).to_be_hidden()
        expect(page.locator("[data-do=less]")).to_be_hidden()
        state = store_of(page)
        assert state is not None
        assert (set(state["active"]), state["next"]) == ({"core"}, {})
        page.goto(server.url("en/"))
        assert wait_for_state(page, "offer", "kept") == "offer"
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        answer = page.goto(server.url(""))
        assert answer is not None
        assert answer.body() == server.site.artifacts[""].body


def test_where_a_browser_tells_its_room_less_can_be_chosen(page: Page, server: FaultServer) -> None:
    """Too little for all, enough for the numbers: they are offered with their size, and kept alone."""
    core = sum(row[2] for row in index_of(server.site, "core")["files"])
    page.add_init_script(f"StorageManager.prototype.estimate = async () => ({{ quota: {3 * core}, usage: 0 }})")
    page.goto(server.url("en/"))
    tap_keep(page)
    assert wait_for_state(page, "room", "kept") == "room"
    told = int(page.locator("[data-do=less] [data-fill=less]").inner_text())
    assert told * 1000 < core  # what comes is compressed
    page.locator("[data-do=less]").click()
    wait_for_state(page, "numbers")
    expect(page.get_by_text("Only the phone numbers are kept.")).to_be_visible()
    state = store_of(page)
    assert state is not None
    assert (set(state["active"]), state["next"], state["wrong"]) == ({"core"}, {}, [])


def test_a_lower_edition_is_refused_by_keep_too(page: Page, server: FaultServer, guide_copy: Path) -> None:
    """Something of edition 8 is kept, the host has 7: keeping more never takes the older one."""
    good = server.site
    server.site = newer(guide_copy)
    page.goto(server.url("en/"))
    keep(page)
    server.site = good
    page.goto(server.url("ar/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    assert wait_for_state(page, "asking", "lower") == "lower"


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ("Object.defineProperty(window, 'isSecureContext', { get: () => false })", "insecure"),
        ("delete Navigator.prototype.serviceWorker", "unable"),
        ("delete Navigator.prototype.locks", "unable"),
        ("delete window.caches", "unable"),
    ],
)
def test_where_the_browser_cannot_keep_the_page_says_why(
    page: Page, server: FaultServer, script: str, state: str
) -> None:
    """Plain http, a private window, an old browser: a sentence and reading online, not a dead button."""
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(script)
    page.goto(server.url("en/"))
    assert wait_for_state(page, "insecure", "unable", "offer") == state
    page.goto(server.url("en/ready/"))
    assert wait_for_state(page, "insecure", "unable", "none") == state
    assert errors == []


def test_no_network_waits_and_goes_on(page: Page, server: FaultServer) -> None:
    """The server fails for a while: what has come stays, and the same tap ends with everything kept."""
    server.faults = Faults("error", times=2)
    page.goto(server.url("en/"))
    keep(page)
    state = store_of(page)
    assert state is not None
    assert hashes_of(state["active"]) == set(state["bodies"])


def test_a_second_try_on_the_same_page_succeeds(page: Page, server: FaultServer) -> None:
    """Wrong bytes, then a mended host: *Try again* and *Yes* keep everything, without a reload."""
    server.faults = Faults("garbled", at=lambda path: path.endswith((".txt", "/")) and path != "en/")
    page.goto(server.url("en/"))
    tap_keep(page)
    assert wait_for_state(page, "wrong", "kept") == "wrong"
    server.faults = Faults()
    page.locator("[data-do=ask] >> visible=true").click()
    wait_for_state(page, "asking")
    page.locator("[data-do=keep]").click()
    assert wait_for_state(page, "kept", "waiting", "failed") == "kept"


def test_a_network_that_comes_back_stores_nothing_unasked(page: Page, server: FaultServer) -> None:
    """Only the size was asked when the network broke, or *Not now* was said: nothing goes on by itself."""
    page.goto(server.url("en/"))
    page.evaluate(f"{MODULE}('loop').then(() => true)")
    server.faults = Faults("hang-up", at=lambda path: path.startswith("_/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    wait_for_state(page, "waiting", "foreign", "failed")
    server.faults = Faults()
    server.asked.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("[data-do=ask] >> visible=true").click()
    wait_for_state(page, "asking")
    page.locator("[data-do=no]").click()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.evaluate("new Promise((resume) => requestIdleCallback(resume))")
    assert state_of(page) == "offer"
    assert [path for path in server.fetched() if path.endswith(".txt")] == []
    assert store_of(page) is None


def test_without_its_worker_it_is_not_called_kept(page: Page, server: FaultServer) -> None:
    """The worker script cannot be fetched: everything is stored, but the page does not say that it opens offline."""
    server.faults = Faults("error", at=lambda path: path == "sw.js")
    page.goto(server.url("en/"))
    tap_keep(page)
    assert wait_for_state(page, "kept", "waiting", "failed") != "kept"
    server.faults = Faults()
    page.locator("[data-do=ask] >> visible=true").click()
    wait_for_state(page, "asking")
    page.locator("[data-do=keep]").click()
    wait_for_state(page, "kept")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 1


def test_two_tabs_fetch_nothing_twice(page: Page, server: FaultServer) -> None:
    """Both tabs keep at once: one works, the other waits and finds everything there."""
    page.goto(server.url("en/"))
    other = page.context.new_page()
    other.goto(server.url("en/"))
    for tab in (page, other):
        tap_keep(tab)
    for tab in (page, other):
        wait_for_state(tab, "kept")
    parts = [path for path in server.fetched() if path.endswith(".txt")]
    assert len(parts) == len(set(parts))
