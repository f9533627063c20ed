"""Keeping the guide on a phone: everything opens with no signal, and nothing wrong is ever stored."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.offline import build_offline
from fieldguide.site import Site, build_site

from ..conftest import edit, fixture_ingredients
from ..faults.server import Faults, FaultServer
from .conftest import PHONE, Phone
from .store import hashes_of, keep, state_of, store_of, tap_keep, until, wait_for_state

pytestmark = pytest.mark.browser


@pytest.fixture
def server(site: Site) -> Iterator[FaultServer]:
    running = FaultServer(site)
    yield running
    running.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a phone of its own, whose store goes with it."""
    with chromium.new_context(viewport=PHONE) as context:
        yield context.new_page()


def newer(guide_copy: Path, edition: int = 8) -> Site:
    """The tiny guide with another edition and one sentence changed."""
    edit(guide_copy / "content/worker/pay.toml", "Sam writes", "Sam notes")
    edit(guide_copy / "content/site.toml", "edition = 7", f"edition = {edition}")
    return build_site(fixture_ingredients(root=guide_copy))


@pytest.mark.parametrize("base", ["/", "/guide/"])
def test_every_page_opens_after_a_restart_with_the_server_gone(phone: Phone, base: str) -> None:
    """Spanish, Keep, server stopped, browser closed and started: every page, never visited, is the server's bytes."""
    site = build_site(load_ingredients(replace(Deployment(), base=base)))
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
                answer = page.goto(server.url(artifact.url))
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


@pytest.mark.parametrize("kind", ["flip", "flip-end", "short", "cut", "longer", "portal", "redirect"])
def test_wrong_bytes_are_refused_then_fetched_right(page: Page, server: FaultServer, kind: str) -> None:
    """A part that comes truncated, flipped, redirected or from a portal once: nothing wrong is stored, then all is."""
    server.faults = Faults(kind, times=1)
    page.goto(server.url("en/"))
    keep(page)
    state = store_of(page)
    assert state is not None
    assert state["wrong"] == []
    assert hashes_of(state["active"]) == set(state["bodies"])


@pytest.mark.parametrize("kind", ["flip", "portal", "redirect"])
def test_bytes_that_stay_wrong_end_in_words(page: Page, server: FaultServer, kind: str) -> None:
    """Wrong for ever: said in words, nothing wrong stored, never a false *kept*."""
    server.faults = Faults(kind, at=lambda path: path.endswith((".txt", "/")) and path != "en/")
    page.goto(server.url("en/"))
    tap_keep(page)
    assert wait_for_state(page, "wrong", "foreign", "kept") == "wrong"
    expect(page.get_by_text("Something came back wrong.")).to_be_visible()
    state = store_of(page)
    assert state is not None
    assert (state["wrong"], state["active"]) == ([], {})


@pytest.mark.parametrize("kind", ["flip-end", "portal", "redirect", "short"])
def test_an_index_that_is_not_ours_is_refused(page: Page, server: FaultServer, kind: str) -> None:
    """A captive portal instead of the index: *what came is not this guide*."""
    server.faults = Faults(kind, at=lambda path: path == "_/core.json")
    page.goto(server.url("en/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    assert wait_for_state(page, "asking", "foreign", "failed", "waiting") == "foreign"
    assert store_of(page) is None


def test_a_wrong_update_keeps_the_old_one(page: Page, server: FaultServer, guide_copy: Path) -> None:
    """While the new edition comes wrong, every old page stays as it was, and the page says so."""
    page.goto(server.url("en/"))
    keep(page)
    old = store_of(page)
    assert old is not None
    server.site = newer(guide_copy)
    server.faults = Faults("garbled", at=lambda path: path.endswith((".txt", "/")) and path != "en/ready/")
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=update]").click()
    assert wait_for_state(page, "wrong", "current") == "wrong"
    now = store_of(page)
    assert now is not None
    assert (now["active"], now["wrong"]) == (old["active"], [])
    answer = page.goto(server.url("en/w/money/"))
    assert answer is not None
    assert b"Sam writes" in answer.body()


def test_an_update_reaches_the_server_although_the_worker_runs(
    page: Page, server: FaultServer, real_site: Site
) -> None:
    """The loop's own requests pass the worker by; a changed page costs that page and two indexes, no part."""
    server.site = real_site
    page.goto(server.url("es/"))
    keep(page)
    page.goto(server.url("es/ready/"))
    farm = real_site.artifacts["es/w/farm/"]
    server.site = rebuilt(real_site, {farm.url: replace(farm, body=farm.body.replace(b"</main>", b"<p>new</main>"))})
    server.asked.clear()
    page.locator("[data-do=update]").click()
    wait_for_state(page, "current")
    assert sorted(server.fetched()) == ["_/core.json", "_/text.es.json", "es/w/farm/"]
    state = store_of(page)
    assert state is not None
    assert {index["edition"] for index in state["active"].values()} == {2}
    assert {index["edition"] for index in state["prev"].values()} == {1}
    assert hashes_of(state["active"]) | hashes_of(state["prev"]) == set(state["bodies"])


def test_a_lower_edition_is_refused(page: Page, server: FaultServer, guide_copy: Path) -> None:
    """A host rolled back to an older edition does not roll the phone back."""
    page.goto(server.url("en/"))
    keep(page)
    old = store_of(page)
    server.site = newer(guide_copy, edition=6)
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=update]").click()
    assert wait_for_state(page, "lower", "current") == "lower"
    now = store_of(page)
    assert old is not None
    assert now is not None
    assert now["active"] == old["active"]


def test_an_equal_edition_with_other_bytes_is_a_correction(page: Page, server: FaultServer, guide_copy: Path) -> None:
    """A mended host under the same edition is taken."""
    page.goto(server.url("en/"))
    keep(page)
    server.site = newer(guide_copy, edition=7)
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=update]").click()
    wait_for_state(page, "current")
    state = store_of(page)
    assert state is not None
    assert hashes_of(state["active"]) >= {server.site.artifacts["en/w/money/"].revision}


def test_a_tap_during_the_first_keep_is_answered_from_what_is_stored(page: Page, server: FaultServer) -> None:
    """While the rest is still coming, a page that has arrived opens at once, without a request."""
    screen = server.site.artifacts[""]
    core = index_of(server.site, "core")
    assert core["files"][-2][1] == screen.revision
    part = f"_/{(core['whole'] or core['parts'][0])[0]}.txt"
    body = server.site.artifacts[part].body
    last = core["files"][-1][2]  # the one file after the screen is still coming when the line is held
    most = (len(gzip.compress(body, 6)) + len(gzip.compress(body[:-last], 6))) // 2
    page.goto(server.url("en/"))

    def hold(_: int) -> None:
        if any(asked.path == part and asked.sent > most for asked in server.asked):
            server.hold.clear()

    server.on_sent = hold
    tap_keep(page)
    until(page, "(key) => caches.match(key).then(Boolean)", f"/_/{screen.revision}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    state = store_of(page)
    assert state is not None
    assert state["active"] == {}
    answer = page.goto(server.url(""), wait_until="commit")
    assert answer is not None
    assert answer.from_service_worker
    assert answer.body() == screen.body
    server.on_sent = None
    server.hold.set()


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
    page.locator("[data-do=remove]").click()
    wait_for_state(page, "removed")
    assert page.evaluate("caches.keys()") == ["somebody else"]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    expect(page.get_by_text("The list of pages you opened is still in the browser")).to_be_visible()


def test_the_kill_switch_removes_store_and_worker(page: Page, server: FaultServer) -> None:
    """sw-off.js in the place of sw.js deletes what was kept and unregisters itself."""
    page.goto(server.url("en/"))
    keep(page)
    killer = server.site.artifacts["sw-off.js"]
    server.site = replace(server.site, artifacts={**server.site.artifacts, "sw.js": replace(killer, url="sw.js")})
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    until(page, "() => caches.has('fg /').then(kept => !kept)")
    until(page, "() => navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")


def test_no_room_ends_in_words_and_reading_online(page: Page, server: FaultServer) -> None:
    """A full phone: how much is needed is said, nothing is half kept as whole, the guide still reads."""
    page.goto(server.url("en/"))
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 20_000})
    tap_keep(page)
    assert wait_for_state(page, "room", "kept") == "room"
    expect(page.get_by_text("There is not enough room. It needs")).to_be_visible()
    assert page.goto(server.url("en/w/money/")) is not None


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
    page.evaluate("import('/static/js/loop.js')")
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


def test_a_language_taken_from_the_site_does_not_stop_updates(
    page: Page, server: FaultServer, guide_copy: Path
) -> None:
    """Arabic is no longer offered: core and English are renewed all the same, the kept Arabic stays."""
    for tag in ("ar", "en"):
        page.goto(server.url(f"{tag}/"))
        keep(page)
    server.site = newer(guide_copy)
    left = {url: a for url, a in server.site.artifacts.items() if url != "_/text.ar.json"}
    server.site = replace(server.site, artifacts=left)
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=update]").click()
    assert wait_for_state(page, "current", "foreign") == "current"
    state = store_of(page)
    assert state is not None
    assert {name: index["edition"] for name, index in state["active"].items()} == {
        "core": 8,
        "text.ar": 7,
        "text.en": 8,
    }


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


def test_after_a_cut_the_rest_comes_in_folded_parts(phone: Phone, real_site: Site) -> None:
    """The stream of a language breaks once: what follows are parts that refer to what has come, and all is right."""
    server = FaultServer(real_site)
    index = index_of(real_site, "officer.es")
    whole = f"_/{index['whole'][0]}.txt"
    server.faults = Faults("cut", lambda path: path == whole, times=1)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("es/o/"))
        keep(page)
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []
        assert set(state["active"]) == {"core", "text.es", "cards", "officer.es"}
    parts = [f"_/{row[0]}.txt" for row in index["parts"]]
    asked = [path for path in server.fetched() if path in parts]
    assert asked == sorted(asked, key=parts.index)  # each part after those it refers to
    assert 0 < len(asked) < len(parts)  # what had come before the cut is not fetched again
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


_random = random.Random(20261124)
POINTS = [round(_random.random(), 3) for _ in range(10)]


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_of_install(phone: Phone, real_site: Site, point: float) -> None:
    """SIGKILL at a random byte: nothing wrong or half is active; the next start fetches only what is missing."""
    killed_then_resumed(phone, FaultServer(real_site), "es", point)


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_of_update(phone: Phone, real_site: Site, point: float) -> None:
    """SIGKILL at a random byte of an update: all pages old, or all new, and the next start ends with all new."""
    old = FaultServer(real_site)
    with phone.open() as context:
        page = context.new_page()
        page.goto(old.url("es/"))
        keep(page)
    changed = {
        url: replace(artifact, body=artifact.body.replace(b"</main>", b"<p>new</p></main>"))
        for url, artifact in real_site.artifacts.items()
        if url.startswith("es/") and artifact.media_type.startswith("text/html")
    }
    old.site = rebuilt(real_site, changed)
    killed_then_resumed(phone, old, "es", point, update=True)


def rebuilt(site: Site, changed: dict) -> Site:
    """The site as a new edition with some pages changed."""
    kept = {**site.artifacts, **changed}
    packs = tuple(
        replace(pack, files=tuple(kept[file.url] for file in pack.files), base=pack.base and kept[pack.base.url])
        for pack in site.packs
    )
    offline = {artifact.url: artifact for artifact in build_offline(packs, 2, site.base)}
    return replace(site, artifacts={**kept, **offline}, packs=packs)


def killed_then_resumed(phone: Phone, server: FaultServer, tag: str, point: float, update: bool = False) -> None:
    total = sum(len(server.site.artifacts[f"_/{row[0]}.txt"].body) for row in rows(server.site, tag)) // 5
    sent = server.sent

    def kill(now: int) -> None:
        if now - sent > total * point:
            server.on_sent = None
            phone.kill()

    context = phone.open()
    page = context.new_page()
    page.goto(server.url(f"{tag}/ready/" if update else f"{tag}/"))
    server.on_sent = kill
    try:
        if update:
            page.locator("[data-do=update]").click()
            wait_for_state(page, "current")
        else:
            keep(page)
        context.close()
    except PlaywrightError:
        pass  # the browser died under the test, as it was meant to
    server.on_sent = None
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("_/edition.json"))  # no script of ours runs here, so the store is as the kill left it
        before = store_of(page)
        if before is not None:
            assert before["wrong"] == []
            assert hashes_of(before["active"]) <= set(before["bodies"])
            assert len({index["build"] for index in before["active"].values()}) <= 1
        server.asked.clear()
        page.goto(server.url(f"{tag}/ready/"))
        if update or (before is not None and before["active"]):
            page.locator("[data-do=update]").click()
            wait_for_state(page, "current")
        if not update:
            page.goto(server.url(f"{tag}/"))
            if wait_for_state(page, "offer", "kept") == "offer":
                keep(page)
        after = store_of(page)
        assert after is not None
        assert after["wrong"] == []
        assert {index["build"] for index in after["active"].values()} == {build(server.site)}
        assert set(after["active"]) == {"core", f"text.{tag}"}
        stored = set(before["bodies"]) if before else set()
        for row in rows(server.site, tag):
            if f"_/{row[0]}.txt" in server.fetched():
                assert not set(row[4]) <= stored, "a part was fetched again although every file of it was there"
    server.stop()


def index_of(site: Site, pack: str) -> dict:
    """The index of a pack."""
    return json.loads(site.artifacts[f"_/{pack}.json"].body)


def rows(site: Site, tag: str) -> list[list]:
    """The parts of core and a language, each with the hashes of its files."""
    found = []
    for pack in ("core", f"text.{tag}"):
        index = index_of(site, pack)
        files = iter(index["files"])
        for part in index["parts"]:
            found.append([*part, [next(files)[1] for _ in range(part[3])]])
    return found


def build(site: Site) -> str:
    """The build that the edition file of a site names."""
    return json.loads(site.artifacts["_/edition.json"].body)["build"]
