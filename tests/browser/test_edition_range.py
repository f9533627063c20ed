"""The number of an edition: out of range or far above the phone's own, it is refused, said, and pins no phone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from ..sites import newer
from .modules import MODULE
from .store import keep, store_of, until, wait_for_state

pytestmark = pytest.mark.browser

NONE = ["1e300", 2**53, 2**31 + 1, -1, 0, 1.5, "7", None, True, [7]]
"""Values that are no edition; the text "1e300" stands for the number, which Python would write out otherwise."""

RENEW = f"async (after) => (await {MODULE}('renew')).renewKept({{ now: Date.now() + after }})"
DAYS = 86_400_000  # ms


def saying(site: Site, edition: Any, *names: str) -> Site:
    """The site with another edition in its edition file and indexes, or in those that are named."""
    changed = {}
    for url, artifact in site.artifacts.items():
        if url.startswith("_/") and url.endswith(".json") and (not names or url in names):
            body = json.dumps({**json.loads(artifact.body), "edition": edition}).replace('"1e300"', "1e300")
            changed[url] = replace(artifact, body=body.encode())
    assert changed
    return replace(site, artifacts={**site.artifacts, **changed})


@pytest.fixture
def kept(page: Page, server: FaultServer) -> Page:
    """A phone that keeps edition 7, on its *ready* page."""
    page.goto(server.url("en/"))
    keep(page)
    page.goto(server.url("en/ready/"))
    wait_for_state(page, "listed")
    return page


def editions(page: Page) -> set[Any]:
    """The editions that a phone keeps."""
    state = store_of(page)
    assert state is not None
    return {index["edition"] for index in state["active"].values()}


def update(page: Page) -> str:
    page.evaluate("() => { document.querySelector('section.keep').dataset.state = 'not touched yet'; }")
    page.locator("[data-do=update]").click()
    return wait_for_state(page, "current", "foreign", "lower", "higher")


@pytest.mark.parametrize("edition", NONE, ids=repr)
@pytest.mark.parametrize("names", [(), ("_/core.json",), ("_/text.en.json",)], ids=["all", "core", "text"])
def test_no_edition_is_refused_and_the_next_one_taken(
    kept: Page, server: FaultServer, guide_copy: Path, edition: Any, names: tuple[str, ...]
) -> None:
    """An index that says 1e300 and the like is not ours; what is kept stays, and edition 8 comes after it."""
    right = newer(guide_copy)
    server.site = saying(right, edition, *names)
    assert update(kept) == "foreign"
    assert editions(kept) == {7}
    server.site = right
    assert update(kept) == "current"
    assert editions(kept) == {8}


@pytest.mark.parametrize("edition", NONE, ids=repr)
def test_no_edition_is_kept_first(page: Page, server: FaultServer, edition: Any) -> None:
    """A phone that has nothing yet does not begin with a number that nothing can follow."""
    server.site = saying(server.site, edition)
    page.goto(server.url("en/"))
    page.locator("[data-when=offer] [data-do=ask]").click()
    assert wait_for_state(page, "asking", "foreign") == "foreign"


def test_a_thousand_above_is_taken(kept: Page, server: FaultServer, guide_copy: Path) -> None:
    """A maker may leave numbers out."""
    server.site = newer(guide_copy, edition=1007)
    assert update(kept) == "current"
    assert editions(kept) == {1007}


def test_far_above_is_refused_in_words_and_removing_is_the_way_out(
    kept: Page, server: FaultServer, guide_copy: Path
) -> None:
    """More than a thousand above: the page names the reason; who trusts the site removes, and keeps again."""
    server.site = newer(guide_copy, edition=1008)
    assert update(kept) == "higher"
    assert editions(kept) == {7}
    expect(kept.locator("[data-when=higher]:visible")).to_contain_text("far above the one on this phone")
    kept.locator("[data-do=ask] >> visible=true").click()
    kept.locator("[data-do=remove]").click()
    wait_for_state(kept, "removed")
    kept.goto(server.url("en/"))
    keep(kept)
    assert editions(kept) == {1008}


@pytest.mark.parametrize(("edition", "state"), [(1008, "higher"), (6, "lower")])
def test_what_renewing_by_itself_refuses_is_said_on_the_page(
    kept: Page, server: FaultServer, guide_copy: Path, edition: int, state: str
) -> None:
    """Nobody touches *Update*: the page says why nothing newer comes, until something does, and asks once a day."""
    server.site = newer(guide_copy, edition=edition)
    assert kept.evaluate(RENEW, 2 * DAYS) is False
    server.asked.clear()
    assert kept.evaluate(RENEW, 2 * DAYS + 1000) is False
    assert server.fetched() == []
    kept.reload()
    assert wait_for_state(kept, "listed", state) == state
    server.site = saying(server.site, 8)
    assert kept.evaluate(RENEW, 4 * DAYS) is True
    kept.reload()
    assert wait_for_state(kept, "listed", state) == "listed"
    assert editions(kept) == {8}


def test_keeping_more_names_the_reason_and_leads_on(kept: Page, server: FaultServer, guide_copy: Path) -> None:
    """The control on the start page of another language says it too, with the link to where it can be removed."""
    server.site = newer(guide_copy, edition=1008)
    kept.goto(server.url("ar/"))
    kept.locator("[data-when=offer] [data-do=ask]").click()
    assert wait_for_state(kept, "asking", "higher") == "higher"
    expect(kept.locator("[data-when~=higher] a[href$='ready/']")).to_be_visible()


def test_a_phone_that_was_pinned_by_earlier_code_goes_on(kept: Page, server: FaultServer, guide_copy: Path) -> None:
    """What took 1e300 before this range was there takes edition 8, by the scripts of the host."""
    pin = """async () => {
      const cache = await caches.open("fg /");
      const active = await (await cache.match("/_/active")).text();
      await cache.put("/_/active", new Response(active.replaceAll('"edition":7', '"edition":1e300')));
      navigator.serviceWorker.controller.postMessage("kept");
    }"""
    kept.evaluate(pin)
    server.site = newer(guide_copy)
    server.asked.clear()
    kept.goto(server.url("en/ready/"))
    wait_for_state(kept, "listed")
    until(kept, "() => navigator.serviceWorker.controller !== null")
    assert "static/js/app.js" in [asked.path for asked in server.asked]
    assert update(kept) == "current"
    assert editions(kept) == {8}
