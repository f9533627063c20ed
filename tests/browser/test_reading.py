"""Reading, calling and leaving need no script and, once a page is open, no network."""

import pytest
from playwright.sync_api import Browser, expect

from fieldguide.snapshot import Site

from .conftest import PHONE, Running

pytestmark = pytest.mark.browser

PAGES = ["/", "/en/", "/es/", "/en/w/farm/", "/es/w/numbers/", "/en/o/", "/es/o/agriculture/", "/en/o/interview/"]


@pytest.mark.parametrize("url", PAGES)
def test_leave_works_without_script_and_without_network(chromium: Browser, real: Running, url: str) -> None:
    """On a first visit, scripts off and the server gone, one tap leaves only the plain page on the screen."""
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(real.address + url)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("#units")).to_be_hidden()
        real.stop()
        page.locator(".bar__leave").click()
        expect(page.locator("#units")).to_be_visible()
        expect(page.locator("#page")).to_be_hidden()


def test_leave_stays_in_reach(chromium: Browser, real: Running) -> None:
    """However far one has read, Leave is on the screen."""
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(real.address + "/en/o/agriculture/#partners")
        expect(page.locator(".bar__leave")).to_be_in_viewport()
        expect(page.locator("#partners h2")).to_be_in_viewport()


def test_everything_reads_without_script(chromium: Browser, real: Running) -> None:
    """Scripts off: a sign opens, a number is a link that dials, a page of the other side is one tap away."""
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(real.address + "/")
        page.get_by_role("link", name="English").click()
        number = page.locator(".call .number").nth(1)
        assert number.get_attribute("href") == "tel:+18883737888"
        page.get_by_role("link", name="For professionals").click()
        page.get_by_role("link", name="Agriculture").first.click()
        sign = page.locator(".signs details").first
        expect(sign.locator(".innocent")).to_be_hidden()
        sign.locator("summary").click()
        expect(sign.locator(".innocent")).to_be_visible()


def test_no_language_scrolls_sideways_on_a_narrow_phone(chromium: Browser, real: Running, real_site: Site) -> None:
    """Long words, other scripts, right to left: start, numbers and pay of every language fit 320 px."""
    with chromium.new_context(viewport={"width": 320, "height": 600}) as context:
        page = context.new_page()
        for tag in real_site.registry.languages:
            for url in (f"{tag}/", f"{tag}/w/numbers/", f"{tag}/w/pay/"):
                if url in real_site.artifacts:
                    page.goto(f"{real.address}/{url}")
                    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
                    assert page.evaluate("document.documentElement.scrollWidth") <= 320, url


@pytest.mark.parametrize("url", PAGES)
def test_nothing_scrolls_sideways_on_a_narrow_phone(chromium: Browser, real: Running, url: str) -> None:
    """At 320 px, which is also a desktop window at 400 % zoom, no page is wider than the screen."""
    with chromium.new_context(viewport={"width": 320, "height": 600}) as context:
        page = context.new_page()
        page.goto(real.address + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_number_in_a_right_to_left_line_reads_left_to_right(chromium: Browser, tiny: Running) -> None:
    """The first digit of the number is left of the last, in an Arabic sentence."""
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(tiny.address + "/ar/w/money/")
        left, right = page.evaluate(
            """() => {
                const text = document.querySelector('#owed .number bdi').firstChild;
                const place = (from) => {
                    const range = document.createRange();
                    range.setStart(text, from);
                    range.setEnd(text, from + 1);
                    return range.getBoundingClientRect().left;
                };
                return [place(0), place(text.length - 1)];
            }"""
        )
        assert left < right


def test_pages_ask_no_other_origin_and_keep_nothing(chromium: Browser, real: Running) -> None:
    """Reading sends requests to this server only, sets no cookie and stores nothing in the browser."""
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for url in PAGES:
            page.goto(real.address + url)
        assert asked
        assert not [url for url in asked if not url.startswith(real.address)]
        assert context.storage_state() == {"cookies": [], "origins": []}
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
