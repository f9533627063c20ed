"""Nothing runs that a page does not vouch for; a page whose scripts do not come is read, with its styles, and heals."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fieldguide.artifact import Artifact
from fieldguide.deployment import Deployment
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from ..conftest import fixture_ingredients
from ..faults.server import FaultServer
from ..sites import load_build
from .conftest import Phone
from .engines import ENGINES, Engine
from .scenes import keep as kept
from .scenes import store_of as of_store
from .store import keep, store_of, until

pytestmark = pytest.mark.browser

APP, KEEP, STYLE = "static/js/app.js", "static/js/lazy/keep.js", "static/css/guide.css"
NEWER = "async (edition) => (await (await caches.match('/_/active')).json()).core.edition === edition"
RUNS = "() => Boolean(self.fg?.app_js)"
STYLED = "() => document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 20"
LOADED = "() => document.readyState === 'complete'"
on_all = pytest.mark.parametrize("engine", ENGINES, indirect=True)


def with_bodies(site: Site, bodies: Mapping[str, bytes]) -> Site:
    """The site on a host that has other bytes in some places."""
    changed = {url: replace(site.artifacts[url], body=body) for url, body in bodies.items()}
    return replace(site, artifacts={**site.artifacts, **changed})


def one_byte(site: Site, url: str) -> Site:
    """One byte of a script is another, and the script would still run."""
    return with_bodies(site, {url: site.artifacts[url].body + b";"})


@on_all
def test_a_script_of_which_one_byte_is_another_does_not_run(engine: Engine, server: FaultServer, site: Site) -> None:
    """The page is read, with its styles and its numbers, and offers nothing; when the host has the right bytes again
    they are asked for, and run."""
    server.site = one_byte(site, APP)
    assert engine.open(server.url("en/"))
    engine.wait(LOADED)
    assert engine.run(STYLED)
    assert engine.run("() => document.querySelector('h1').getClientRects().length") == 1
    assert engine.run("() => document.querySelector('section.keep').hidden") is True
    assert engine.run(RUNS) is False
    server.site = site
    engine.wait(RUNS)


@on_all
def test_a_later_script_of_which_one_byte_is_another_does_not_run(
    engine: Engine, server: FaultServer, site: Site
) -> None:
    """The control that it would start is not offered until the right bytes come."""
    server.site = one_byte(site, KEEP)
    assert engine.open(server.url("en/"))
    engine.wait(RUNS)
    engine.wait("() => !document.querySelector('[data-module=night]').hidden")
    while KEEP not in [asked.path for asked in server.asked]:
        engine.run("() => new Promise((resume) => setTimeout(resume, 50))")
    assert engine.run("() => document.querySelector('section.keep').hidden") is True
    server.site = site
    engine.wait("() => document.querySelector('section.keep').dataset.state === 'offer'")


@on_all
def test_a_script_that_names_no_bytes_does_not_run(engine: Engine, server: FaultServer, site: Site) -> None:
    """Somebody put it into the page and its file onto the host: the page's own scripts run, that one does not."""
    element = b'<script src="/static/sneaked.js"></script></head>'
    sneaked = Artifact("static/sneaked.js", b"self.isSneaked = true;", "text/javascript")
    changed = with_bodies(site, {"en/": site.artifacts["en/"].body.replace(b"</head>", element)})
    server.site = replace(changed, artifacts={**changed.artifacts, sneaked.url: sneaked})
    assert engine.open(server.url("en/"))
    engine.wait(RUNS)
    engine.wait(LOADED)
    assert engine.run("() => self.isSneaked ?? false") is False


def edition(number: int) -> Site:
    """The tiny guide of an edition in which each script and style is another, on a host that has no English pages
    for workers to keep."""
    ingredients = fixture_ingredients(Deployment(edition=number))
    assets = tuple(
        replace(asset, body=asset.body + f"/* {number} */".encode())
        if asset.url in (APP, STYLE, "static/js/left.js")
        else asset
        for asset in ingredients.assets
    )
    site = build_site(replace(ingredients, assets=assets))
    return replace(site, artifacts={url: found for url, found in site.artifacts.items() if "text.en.json" not in url})


@pytest.mark.parametrize("first", ["now", "1.0.0"])
def test_a_kept_page_has_its_styles_and_scripts_when_newer_ones_came_twice(
    phone: Phone, site: Site, first: str
) -> None:
    """Its own renewal never comes. With no network it is as it was, styled, and its scripts run."""
    old = site if first == "now" else load_build(first, site)
    server = FaultServer(old)
    with phone.open() as context:
        page = context.new_page()
        page.goto(server.url("en/"))
        keep(page)
    for number in (8, 9):
        server.site = edition(number)
        with phone.open() as context:
            page = context.new_page()
            page.goto(server.url("en/ready/"))
            page.locator("[data-do=update] >> visible=true").click()
            until(page, NEWER, number)
    server.stop()
    with phone.open() as context:
        page = context.new_page()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        answer = page.goto(server.url("en/"))
        assert answer is not None
        assert answer.body() == old.artifacts["en/"].body
        until(page, RUNS)
        assert page.evaluate(STYLED)
        until(page, "() => ['kept', 'offer'].includes(document.querySelector('section.keep').dataset.state)")
        state = store_of(page)
        assert state is not None
        assert state["active"]["text.en"]["edition"] < state["active"]["core"]["edition"] == 9
        if first == "now":
            assert [url for url in failed if "/static/" in url] == []


@on_all
def test_each_browser_tells_the_worker_script_which_bytes_a_page_names(engine: Engine, server: FaultServer) -> None:
    """The host has no newer pages for workers, but newer scripts and styles: with no network, the kept page has those
    that it names."""
    assert engine.open(server.url("en/"))
    assert kept(engine) == "kept"
    server.site = edition(8)
    assert engine.open(server.url("en/ready/"))
    engine.click("[data-do=update]")
    engine.wait(NEWER, 8)
    server.stop()
    assert engine.open(server.url("en/w/money/"))
    engine.wait(RUNS)
    engine.wait(STYLED, seconds=20)
    active = of_store(engine)["active"]
    assert (active["text.en"]["edition"], active["core"]["edition"]) == (7, 8)
