"""Bringing what is kept up to date: a newer edition, never an older one, and the kill switch."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fieldguide.snapshot import Site

from ..faults.server import Faults, FaultServer
from ..sites import newer, rebuilt
from .modules import MODULE
from .store import hashes_of, keep, store_of, until, wait_for_state

pytestmark = pytest.mark.browser


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


def test_an_index_that_grew_old_while_it_waited_rolls_nothing_back(
    page: Page, server: FaultServer, guide_copy: Path
) -> None:
    """The size was asked for, another tab kept a newer edition meanwhile, then came the yes: the newer one stays."""
    page.goto(server.url("en/w/money/"))
    keep_both = f"async (taken) => {{ await (await {MODULE}('loop')).keep(['core', 'text.en'], () => {{}}, taken); }}"
    page.evaluate(keep_both, None)
    taken = page.evaluate_handle(
        f"""async () => {{
          const {{ takeIndexes }} = await {MODULE}("edition");
          const {{ Gate }} = await {MODULE}("net");
          return await takeIndexes(new Gate(), ["core", "text.en"], {{}});
        }}"""
    )
    server.site = newer(guide_copy)
    page.evaluate(keep_both, None)
    now = store_of(page)
    page.evaluate(keep_both, taken)
    after = store_of(page)
    assert now is not None
    assert after is not None
    assert [index["edition"] for index in after["active"].values()] == [8, 8]
    assert hashes_of(after["active"]) == hashes_of(now["active"])


def test_who_was_overtaken_commits_nothing(page: Page, server: FaultServer) -> None:
    """Another tab takes the lock while the last bytes are under way: they come, are whole, and are not made what opens.

    One file came wrong before, so that the end of the run can be seen: it then notes how many it refused.
    """
    asked: list[str] = []

    def wrong_once_then_held(path: str) -> bool:
        if path.endswith(".txt"):
            asked.append(path)
            if len(asked) == 2:
                server.hold.clear()
        return len(asked) == 1 and path == asked[0]

    server.faults = Faults("misrouted", at=wrong_once_then_held)
    page.goto(server.url("en/w/money/"))
    other = page.context.new_page()
    other.goto(server.url("en/w/money/"))
    page.evaluate(
        f"() => {{ {MODULE}('loop').then(({{ keep }}) => keep(['core'])).catch(() => (self.isOvertaken = true)); }}"
    )
    while len(asked) < 2:
        page.wait_for_timeout(50)
    other.evaluate(
        """() => new Promise((resume) => {
          navigator.locks.request("fg /", { steal: true }, () => { resume(); return new Promise(() => {}); });
        })"""
    )
    until(page, "() => self.isOvertaken")
    server.hold.set()
    until(page, "async () => Boolean(await caches.match('/_/refused'))")
    state = store_of(page)
    assert state is not None
    assert hashes_of(state["next"]) <= set(state["bodies"])
    assert state["active"] == {}


def test_what_was_just_kept_opens_at_once(page: Page, server: FaultServer) -> None:
    """The worker script reads what is kept anew as soon as a page says so, also within its memory of seconds."""
    page.goto(server.url("en/"))
    keep(page)
    page.goto(server.url("en/w/money/"))
    widths = page.evaluate(
        """async () => {
          const module = MODULE;
          const { openStore } = await module("store");
          const { answers } = await module("worker");
          const widthOf = (time) => new Promise((resume, refuse) => {
            const image = new Image();
            image.onload = () => resume(image.naturalWidth);
            image.onerror = refuse;
            image.src = `/static/icons/icon-192.png?${time}`;
          });
          const before = await widthOf(1);
          const kept = await openStore();
          const active = await kept.packs("active");
          const fileOf = (name) => active.core.files.find(([url]) => url === `static/icons/${name}.png`);
          fileOf("icon-192")[1] = fileOf("icon-512")[1];
          await kept.setPacks("active", active);
          await answers(); // messages are read in their order: what was said before this was heard
          return [before, await widthOf(2)];
        }""".replace("MODULE", MODULE)
    )
    assert widths == [192, 512]


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
    until(page, "() => caches.match('/_/active').then((found) => found.json()).then(({ core }) => core.edition === 8)")
    assert wait_for_state(page, "listed", "current", "foreign") == "listed"  # not *newest*: Arabic is as it was
    state = store_of(page)
    assert state is not None
    assert {name: index["edition"] for name, index in state["active"].items()} == {
        "core": 8,
        "text.ar": 7,
        "text.en": 8,
    }


def test_the_kill_switch_removes_store_and_worker(page: Page, server: FaultServer) -> None:
    """sw-off.js in the place of sw.js deletes what was kept and unregisters itself."""
    page.goto(server.url("en/"))
    keep(page)
    killer = server.site.artifacts["sw-off.js"]
    server.site = replace(server.site, artifacts={**server.site.artifacts, "sw.js": replace(killer, url="sw.js")})
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    until(page, "() => caches.has('fg /').then(kept => !kept)")
    until(page, "() => navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")


RENEW = """async ([after, entries]) => {
  const cache = await caches.open("fg /");
  const put = ([name, value]) => cache.put(`/_/${name}`, new Response(JSON.stringify(value)));
  await Promise.all(Object.entries(entries).map(put));
  return (await MODULE("renew")).renewKept({ now: Date.now() + after });
}""".replace("MODULE", MODULE)
HOUR = 3_600_000  # ms


def test_what_waiting_does_not_mend_is_tried_again_hourly(page: Page, server: FaultServer, guide_copy: Path) -> None:
    """Wrong bytes for what had begun: not asked for at every page opened, but again after an hour."""
    page.goto(server.url("en/"))
    keep(page)
    server.site = newer(guide_copy)
    server.faults = Faults("garbled", at=lambda path: path.endswith((".txt", "/")) and path != "en/ready/")
    page.goto(server.url("en/ready/"))
    page.locator("[data-do=update]").click()
    assert wait_for_state(page, "wrong", "current") == "wrong"
    server.faults = Faults()
    server.asked.clear()
    assert page.evaluate(RENEW, [HOUR // 2, {}]) is False
    assert server.fetched() == []
    assert page.evaluate(RENEW, [2 * HOUR, {}]) is True
    state = store_of(page)
    assert state is not None
    assert {index["edition"] for index in state["active"].values()} == {8}


def test_an_edition_that_had_no_room_is_not_fetched_daily(page: Page, server: FaultServer) -> None:
    """The phone was full: the same build is not loaded each day to be thrown away; the next one is tried."""
    page.goto(server.url("en/"))
    keep(page)
    old = store_of(page)
    money = server.site.artifacts["en/w/money/"]
    grown = replace(money, body=money.body + b"<!-- " + random.Random(1).randbytes(150_000).hex().encode() + b" -->")
    server.site = rebuilt(server.site, {money.url: grown}, edition=8)
    used = page.evaluate("async () => (await navigator.storage.estimate()).usage")
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": used + 100_000})
    assert page.evaluate(RENEW, [48 * HOUR, {}]) is False
    now = store_of(page)
    assert old is not None
    assert now is not None
    assert (now["active"], now["next"], now["wrong"]) == (old["active"], {}, [])
    server.asked.clear()
    assert page.evaluate(RENEW, [96 * HOUR, {}]) is False
    assert server.fetched() == ["_/edition.json"]
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.address})
    assert page.evaluate(RENEW, [144 * HOUR, {"full": "another build"}]) is True


def test_what_is_kept_stands_before_what_has_begun(page: Page, server: FaultServer) -> None:
    """A pack on its way holds other words for an address: they are not mixed into what is kept."""
    page.goto(server.url("en/"))
    keep(page)
    state = store_of(page)
    assert state is not None
    kept = state["active"]["text.en"]
    [money] = [row for row in kept["files"] if row[0] == "en/w/money/"]
    [start] = [row for row in kept["files"] if row[0] == "en/"]
    begun = {"officer.en": {**kept, "files": [[money[0], *start[1:]]]}}
    page.evaluate(RENEW, [0, {"next": begun, "tried": 4_000_000_000_000}])
    server.stop()
    answer = page.goto(server.url("en/w/money/"))
    assert answer is not None
    assert answer.body() == server.site.artifacts["en/w/money/"].body


def test_spoilt_entries_are_as_if_they_were_not_there(page: Page, server: FaultServer) -> None:
    """No JSON where the store notes what had begun and when: renewal and *ready* go on."""
    page.goto(server.url("en/"))
    keep(page)
    spoil = (
        "async (names) => { for (const name of names) await (await caches.open('fg /')).put(name, new Response('{')); }"
    )
    page.evaluate(spoil, ["/_/next", "/_/prev", "/_/checked", "/_/tried", "/_/refused", "/_/full"])
    page.goto(server.url("en/ready/"))
    wait_for_state(page, "listed")
    page.locator("[data-do=update]").click()
    wait_for_state(page, "current")
    assert page.locator("[data-light]:visible").get_attribute("data-light") == "green"
