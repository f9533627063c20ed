"""Every page that is sent or handed on is HTML as the standard has it, by the Nu validator."""

from pathlib import Path

import pytest

from fieldguide.assets import symbols
from fieldguide.context import context_page
from fieldguide.deployment import Deployment
from fieldguide.handon import build_handon
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.load import load_ingredients
from fieldguide.sheets import Only, build_sheet, sheet_page
from fieldguide.sheetwords import words_for
from fieldguide.site import build_renderer
from fieldguide.snapshot import Site

from .validator import errors_of

pytestmark = [pytest.mark.a11y, pytest.mark.timeout(900)]

SHEETS = ("ar", "es", "zh-Hans")
"""Languages of the review sheets that are checked: right to left, one of the sheets' own words, and another script."""


@pytest.fixture(scope="module")
def real() -> Ingredients:
    """What the shipped guide is made of."""
    return load_ingredients(Deployment())


def pages_of(site: Site) -> dict[str, str]:
    """Its pages, by the names of their files."""
    return {
        f"{url}index.html" if url.endswith("/") or not url else url: artifact.body.decode("utf-8")
        for url, artifact in site.artifacts.items()
        if artifact.media_type.startswith("text/html")
    }


def test_every_page_of_the_guide(real_site: Site, tmp_path: Path) -> None:
    """All of them, in every language: no error."""
    pages = pages_of(real_site)
    assert len(pages) > 900
    assert errors_of(pages, tmp_path) == []


def test_every_page_of_the_tiny_guide(site: Site, tmp_path: Path) -> None:
    """It has items that the shipped guide does not have everywhere, and English inside of Arabic."""
    assert errors_of(pages_of(site), tmp_path) == []


def test_every_hand_on_file(real: Ingredients, real_site: Site, tmp_path: Path) -> None:
    """One language in one file: pages made into chapters still have ids of their own."""
    written = [language.tag for language in real_site.registry if language.status != "spoken"]
    files = build_handon(written, real_site, build_renderer(real))
    assert errors_of({name: body.decode("utf-8") for name, body in files.items()}, tmp_path) == []


def test_what_translators_get(real: Ingredients, tmp_path: Path) -> None:
    """Their review sheet, and the page that has English beside their language."""
    pages = {}
    for tag in SHEETS:
        language, catalog = real.registry[tag], real.catalogs[tag]
        words = words_for(real.registry.chain(language))
        sheet = build_sheet(real.guide, interface_units(), language, catalog, words=words, only=Only())
        pages[f"sheet-{tag}.html"] = sheet_page(sheet, real.guide, catalog, symbols(real.assets))
        pages[f"context-{tag}.html"] = context_page(real.guide, interface_units(), language, catalog)
    assert errors_of(pages, tmp_path) == []
