"""Two agencies' copies on one host, each under a path of its own."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from fieldguide.deployment import Deployment
from fieldguide.site import build_site
from fieldguide.web import application

from ..conftest import fixture_ingredients
from ..hosts import SOON
from .store import keep

pytestmark = pytest.mark.browser

BASES = ("/north/", "/south/")


def test_two_copies_on_one_origin_do_not_touch_each_other(page: Page) -> None:
    """Each is kept and opens with the network cut; *Remove* of one leaves the other whole."""
    sites = [build_site(fixture_ingredients(replace(Deployment(), base=base, agency=base))) for base in BASES]
    apps = {site.base: application(site, compresses=False) for site in sites}

    def both(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        base = next((base for base in BASES if environ["PATH_INFO"].startswith(base)), BASES[0])
        return apps[base](environ, start_response)  # type: ignore[arg-type]

    server = make_server("127.0.0.1", 0, both, threaded=True)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for base in BASES:
        page.goto(f"{address}{base}en/")
        keep(page)
    server.shutdown()
    server.server_close()
    assert sorted(page.evaluate("() => caches.keys()")) == ["fg /north/", "fg /south/"]
    for site in sites:
        opens(page, address, site.base, site.artifacts["en/about/"].body)
    page.goto(f"{address}{BASES[0]}en/ready/")
    page.locator("[data-do=ask] >> visible=true").click()
    page.locator("[data-do=remove]").click()
    page.wait_for_function("async () => (await caches.keys()).length === 1")
    assert page.evaluate("() => caches.keys()") == ["fg /south/"]
    opens(page, address, BASES[1], sites[1].artifacts["en/about/"].body)


def opens(page: Page, address: str, base: str, body: bytes) -> None:
    """With the server gone, the page of this copy, byte for byte: it names its agency."""
    answer = page.goto(f"{address}{base}en/about/")
    assert answer is not None
    assert answer.body() == body
    assert f"Put online by {base}".encode() in body
