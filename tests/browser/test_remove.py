"""*Remove* in three browsers: a warning first, then nothing of ours is left and nothing of a neighbour is touched."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from .conftest import start
from .engines import ENGINES, Engine
from .modules import MODULE
from .scenes import keep, shown
from .store import keep as keep_on
from .store import until

pytestmark = pytest.mark.browser

on_all = pytest.mark.parametrize("engine", ENGINES, indirect=True)

# Another guide on the same host, as a county and a state may have.
NEIGHBOR = """async () => {
  const address = new URL("/sw.js", location.origin).href;
  const { trust } = await MODULE("files");
  await navigator.serviceWorker.register(trust(address), { scope: "/neighbor/" });
  await (await caches.open("fg /neighbor/")).put("/neighbor/_/active", new Response("{}"));
  localStorage.setItem("neighbor", "1");
  await new Promise((resume) => (indexedDB.open("neighbor").onsuccess = ({ target }) => resume(target.result.close())));
}""".replace("MODULE", MODULE)
LEFT = """async () => ({
  workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname).sort(),
  caches: await caches.keys(),
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
})"""
THEIRS = {
    "workers": ["/neighbor/"],
    "caches": ["fg /neighbor/"],
    "local": ["neighbor"],
    "session": [],
    "databases": ["neighbor"],
}


@on_all
@pytest.mark.parametrize("network", ["online", "airplane"])
def test_nothing_of_ours_is_left(engine: Engine, server: FaultServer, network: str) -> None:
    """No registration, cache, database or key of ours; all of the neighbour's; with a network and without."""
    engine.open(server.url("en/"))
    engine.run(NEIGHBOR)
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    if network == "airplane":
        server.stop()
    engine.open(server.url("en/ready/"))
    shown(engine, "listed")
    engine.click("[data-do=ask]")
    shown(engine, "removing")
    assert "a sudden change can be noticed" in engine.run("() => document.querySelector('section.keep').innerText")
    engine.click("[data-do=no]")
    shown(engine, "listed")
    assert "fg /" in engine.run("() => caches.keys()")
    engine.click("[data-do=ask]")
    shown(engine, "removing")
    engine.click("[data-do=remove]")
    shown(engine, "removed")
    assert engine.run(LEFT) == THEIRS
    said = engine.run("() => document.querySelector('section.keep').innerText")
    assert "The list of pages you opened is still in the browser" in said


def test_what_stays_is_said_for_this_browser(page: Page, real_site: Site) -> None:
    """History, icon, calls, files, hidden programs; how to take a page off the history in Chromium, and in no other."""
    running = start(real_site)
    page.goto(f"{running.address}/en/ready/")
    expect(page.locator("#left")).to_contain_text("hidden program")
    one = page.locator("#one")
    expect(one).to_contain_text("Chrome: touch the three dots")
    for other in ("Safari:", "Firefox:", "Samsung"):
        expect(one.get_by_text(other)).to_be_hidden()
    running.stop()


def test_all_browsers_are_named_where_this_one_is_another(page: Page, real_site: Site) -> None:
    """A browser that is built on Chrome has other menus."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 Chrome/150 Safari/537 Edg/150' })"
    )
    running = start(real_site)
    page.goto(f"{running.address}/en/ready/")
    for name in ("Chrome:", "Safari:", "Firefox:", "Samsung"):
        expect(page.locator("#one").get_by_text(name)).to_be_visible()
    running.stop()


@pytest.mark.parametrize("owns", [True, False])
def test_the_origin_is_cleared_only_where_it_is_all_ours(page: Page, ingredients: Ingredients, owns: bool) -> None:
    """``own_origin``: the browser itself clears everything of the host; elsewhere the file is not even there."""
    running = start(build_site(replace(ingredients, deployment=Deployment(own_origin=owns))))
    page.goto(f"{running.address}/en/")
    page.evaluate("() => { localStorage.setItem('neighbor', '1'); document.cookie = 'neighbor=1'; }")
    keep_on(page)
    page.goto(f"{running.address}/en/ready/")
    page.locator("[data-do=ask]").click()
    page.locator("[data-do=remove]").click()
    expect(page.locator("[data-when=removed]")).to_be_visible()
    assert page.evaluate("() => document.activeElement.dataset.when") == "removed"
    if owns:
        until(page, "() => Object.keys(localStorage).length === 0")
    assert page.evaluate("() => Object.keys(localStorage)") == ([] if owns else ["neighbor"])
    answer = page.request.get(f"{running.address}/_/clear.txt")
    told = (answer.status, answer.headers.get("clear-site-data"))
    assert told == ((200, '"cache", "storage"') if owns else (404, None))
    assert "clear-site-data" not in page.request.get(f"{running.address}/en/").headers
    running.stop()
