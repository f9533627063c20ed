"""The page about an icon, and the browser's own prompt, which never comes by itself."""

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from .conftest import PHONE
from .store import keep

pytestmark = pytest.mark.browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
AGENTS = {
    "chrome": "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "samsung": "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Mobile",
    "firefox": "Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0",
    "iphone": f"{IPHONE} Version/16.6 Safari/604.1",
    "inside": f"{IPHONE} [FBAN/FBIOS;FBAV/440.0]",
    "computer": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
}
# The event that Chrome sends when it would put the guide among the apps; no headless browser sends it.
EVENT = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = async () => { window.prompted = true; };
  dispatchEvent(event);
  return event.defaultPrevented;
}"""


@pytest.fixture
def hosted(real_site: Site) -> Site:
    return real_site


@pytest.mark.parametrize("section", list(AGENTS))
def test_the_browser_in_hand_comes_first(chromium: Browser, server: FaultServer, section: str) -> None:
    """Its section stands after what is to be known before, marked; the others follow."""
    with chromium.new_context(viewport=PHONE, user_agent=AGENTS[section]) as context:
        page = context.new_page()
        page.goto(server.url("es/icon/"))
        expect(page.locator("[data-part=here]")).to_be_visible()
        sections = page.locator("main section.block").evaluate_all("(all) => all.map((one) => one.id)")
        assert sections[:2] == ["about", section]
        assert sorted(sections) == ["about", "chrome", "computer", "firefox", "inside", "iphone", "samsung"]


def test_all_ways_stand_there_without_a_script(chromium: Browser, server: FaultServer) -> None:
    """Every browser by its name, none marked as the one in hand."""
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(server.url("es/icon/"))
        expect(page.locator("#iphone")).to_be_visible()
        expect(page.locator("[data-part=here]")).to_be_hidden()


def test_a_workers_page_never_prompts(page: Page, server: FaultServer) -> None:
    """Not before keeping, not after it: whoever holds the phone sees an icon. The page about it is one tap away."""
    page.goto(server.url("es/"))
    assert page.evaluate(EVENT)
    keep(page)
    assert page.evaluate(EVENT)
    expect(page.locator("[data-part=prompt]")).to_have_count(0)
    expect(page.locator(".keep a[href='icon/']")).to_be_visible()


def test_an_officers_page_offers_the_prompt_after_keeping(page: Page, server: FaultServer) -> None:
    """Only then there is something that an icon could open."""
    page.goto(server.url("en/o/"))
    assert page.evaluate(EVENT)
    expect(page.locator("[data-part=prompt]")).to_be_hidden()
    keep(page)
    page.locator("[data-part=prompt] button").click()
    expect(page.locator("[data-part=prompt]")).to_be_hidden()
    assert page.evaluate("prompted")
