"""axe-core finds no violation of WCAG 2.2 AA on any kind of page, in English, Spanish and Arabic, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .conftest import PHONE, Running

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

REAL = [
    "",
    "o/",
    "o/agriculture/",
    "o/interview/",
    "o/talk/",
    "o/print/",
    "o/print/contacts/",
    "w/print/cards/",
    "w/print/heat/",
    "cards/",
    "w/farm/",
    "w/numbers/",
    "n/",
    "n/domestic/",
    "about/",
    "keeps/",
    "ready/",
    "sources/",
    "404.html",
]
TINY = ["", "o/", "o/farm/", "w/money/", "about/", "404.html"]


@pytest.mark.parametrize(
    ("tag", "scheme"),
    [
        ("es", "light"),
        ("en", "dark"),
        *(pytest.param(*rest, marks=pytest.mark.full) for rest in (("en", "light"), ("es", "dark"))),
    ],
)
def test_the_real_guide(chromium: Browser, real: Running, tag: str, scheme: str) -> None:
    """One page of each kind in English and Spanish, the language screen, and the page behind Leave."""
    check(chromium, real, scheme, ["/", f"/{tag}/#units", *(f"/{tag}/{page}" for page in REAL)])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_arabic_fixture(chromium: Browser, tiny: Running, scheme: str) -> None:
    """Right to left, with English fallbacks inside."""
    check(chromium, tiny, scheme, [f"/ar/{page}" for page in TINY])


def check(chromium: Browser, running: Running, scheme: str, urls: list[str]) -> None:
    with chromium.new_context(viewport=PHONE, color_scheme=scheme) as context:
        page = context.new_page()
        for url in urls:
            page.goto(running.address + url)
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            results = Axe().run(page, options=RULES)
            assert results.violations_count == 0, f"{url}\n{results.generate_report()}"
