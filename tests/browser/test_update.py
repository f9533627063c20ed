"""Bringing what is kept up to date: a newer edition, never an older one, and the kill switch."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fieldguide.site import Site

from ..faults.server import Faults, FaultServer
from ..sites import newer, rebuilt
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
