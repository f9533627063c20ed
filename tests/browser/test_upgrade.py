"""Phones that kept the guide with earlier code: it opens, it is renewed, it opens again."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from ..sites import BUILDS, edition_of, load_build, pages_of
from .conftest import Phone
from .store import PAUSE, keep, store_of, until

pytestmark = pytest.mark.browser

WAITS = "() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.waiting))"


def opens_all(page: Page, server: FaultServer, site: Site, *packs: str) -> None:
    """With the server gone, every page of some packs is what this site sends."""
    for url in pages_of(site, *packs):
        answer = page.goto(server.url(url), wait_until="commit")
        assert answer is not None
        assert answer.body() == site.artifacts[url].body, url


def until_sent(page: Page, address: str, body: bytes) -> None:
    """Open a page until it is the one wanted: the worker reads its indexes again after two seconds."""
    while (answer := page.goto(address)) is None or answer.body() != body:
        page.wait_for_timeout(PAUSE)


LAST = BUILDS[-2]  # the newest is what ships


@pytest.mark.parametrize("name", [LAST, *(pytest.param(one, marks=pytest.mark.full) for one in BUILDS if one != LAST)])
def test_what_earlier_code_kept_is_renewed_and_opens(phone: Phone, site: Site, name: str) -> None:
    """Kept on the officers' side; offline, two openings online, offline: old pages, then new ones, officers' too."""
    old = load_build(name, site)
    server = FaultServer(old)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/o/"))
        keep(page)
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        state = store_of(page) if page.goto(server.url("en/o/")) else None
        assert state is not None
        opens_all(page, server, old, *state["active"])
    server = FaultServer(site, port=server.port)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/o/"))
        if old.artifacts["sw.js"].body != site.artifacts["sw.js"].body:
            until(page, WAITS)  # the newer program waits until the pages are closed
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/ready/"))
        if edition_of(old)["format"] == edition_of(site)["format"]:  # else it is renewed untouched
            page.locator("[data-do=update] >> visible=true").click()
        renewed = """async (build) => {
          const active = await (await caches.match("/_/active")).json();
          return "officer.en" in active && Object.values(active).every((index) => index.build === build);
        }"""
        until(page, renewed, edition_of(site)["build"])
        state = store_of(page)
        assert state is not None
        assert state["wrong"] == []
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        opens_all(page, server, site, *state["active"])
        assert page.evaluate("() => caches.keys()") == ["fg /"]


def test_an_earlier_format_is_renewed_without_a_touch(phone: Phone, site: Site) -> None:
    """Its scripts cannot read the new indexes: at the second opening those of the host come, and bring the rest."""
    old = load_build(BUILDS[0], site)
    server = FaultServer(old)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        keep(page)
    server.site = site
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        until(page, WAITS)
    with phone.open() as context:
        page = context.new_page()
        answer = page.goto(server.url("en/w/money/"))
        assert answer is not None
        assert answer.body() == old.artifacts["en/w/money/"].body  # what is read does not change under the reader
        renewed = "async (build) => (await (await caches.match('/_/active')).json()).core.build === build"
        until(page, renewed, edition_of(site)["build"])
        until_sent(page, server.url("en/w/money/"), site.artifacts["en/w/money/"].body)
    server.stop()


def test_a_phone_that_an_edition_pinned_goes_on(phone: Phone, site: Site) -> None:
    """1.0.0 took 1e300 and would take nothing after it: by the scripts of the host it takes edition 7."""
    old = load_build("1.0.0", site)
    pinned = {
        url: replace(file, body=file.body.replace(b'"edition":7', b'"edition":1e300'))
        if url.endswith(".json")
        else file
        for url, file in old.artifacts.items()
    }
    server = FaultServer(replace(old, artifacts=pinned))
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        keep(page)
        state = store_of(page)
        assert state is not None
        assert {index["edition"] for index in state["active"].values()} == {1e300}
    server.site = site
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        until(page, WAITS)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/ready/"))
        page.locator("[data-do=update] >> visible=true").click()
        renewed = """async () => {
          const active = await (await caches.match("/_/active")).json();
          return Object.values(active).every(({ edition }) => edition === 7);
        }"""
        until(page, renewed)
    server.stop()
    with phone.open() as context:
        opens_all(context.new_page(), server, site, "core", "text.en")
