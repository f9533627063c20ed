"""Sheets as Chromium prints them: nothing is cut off in any language, pages are as many as meant, codes can be read."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from fieldguide.print_sheets import OFFICER, WORKER
from fieldguide.snapshot import Site

from ..prints import ORIGIN, sheets
from .conftest import Running, start

pytestmark = pytest.mark.browser

PAGES = {"cards": 2}
"""How many pages a sheet has; the others have one."""

BOX = {"width": 718, "height": 980}
"""190 by 259 mm at 96 dots an inch: what is inside the margins on both Letter and A4."""

FEW = {("en", "Letter"), ("ar", "A4"), ("zh-Hans", "Letter")}
"""Those of `make test`; the build of every language is printed in `make test-faults`."""

# What does not fit into its box, in CSS pixels, with its first words.
_OVERFLOW = """() =>
  [...document.querySelectorAll(".paper, .panel, .face, .cell, .cells, .grid td, .grid th, .answers li")]
  .map((box) => [box.className || box.tagName, box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight,
    box.innerText.slice(0, 40)])
  .filter(([, wide, high]) => wide > 1 || high > 1)"""

_ALL_CODES = """() => {
  const codes = [...document.querySelectorAll(".card code")];
  return codes.length && codes.every((code) => code.textContent);
}"""


@pytest.fixture(scope="module")
def paper() -> Site:
    """All sheets in all languages, where the guide is online."""
    return sheets(origin=ORIGIN)


@pytest.fixture(scope="module")
def printed(paper: Site) -> Iterator[Running]:
    """The sheets, served."""
    running = start(paper)
    yield running
    running.stop()


@pytest.fixture
def sheet(chromium: Browser) -> Iterator[Page]:
    """A page as wide as the paper's inside, laid out for a printer."""
    with chromium.new_context(viewport=BOX, device_scale_factor=4) as context:  # as fine as a printer
        page = context.new_page()
        page.emulate_media(media="print")
        yield page


def urls(site: Site) -> list[str]:
    return [url for url in site.artifacts if "/print/" in url and url.endswith("/")]


@pytest.mark.full
def test_nothing_is_cut_off_in_any_language(paper: Site, printed: Running, sheet: Page) -> None:
    """Every box of every sheet holds its words, with the longest languages, right to left, and the tallest letters."""
    found = urls(paper)
    assert len(found) == 22 * len(WORKER) + 2 * len(OFFICER)
    for url in found:
        sheet.goto(f"{printed.address}/{url}")
        assert sheet.evaluate(_OVERFLOW) == [], url


def test_text_that_does_not_fit_is_found(printed: Running, sheet: Page) -> None:
    """The measure above can fail: one more sentence is too much for a panel."""
    sheet.goto(f"{printed.address}/es/w/print/heat/")
    sheet.evaluate("document.querySelector('.panel p').textContent = 'más palabras '.repeat(60)")
    assert [box[0] for box in sheet.evaluate(_OVERFLOW)] == ["panel"]


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        pytest.param(tag, size, marks=() if (tag, size) in FEW else pytest.mark.full)
        for tag in ("en", "es", "ar", "zh-Hans", "am", "ur", "ru")
        for size in ("Letter", "A4")
    ],
)
def test_a_sheet_has_the_pages_it_is_meant_to_have(
    printed: Running, sheet: Page, tmp_path: Path, tag: str, size: str
) -> None:
    """On both sizes of paper, one layout: no page more for a line that went over, none with a blank side."""
    names = [f"w/print/{name}" for name in WORKER] + [f"o/print/{name}" for name in OFFICER if tag in ("en", "es")]
    for name in names:
        url = f"{tag}/{name}/"
        sheet.goto(f"{printed.address}/{url}")
        sheet.pdf(path=tmp_path / "sheet.pdf", format=size)
        pages = PdfReader(tmp_path / "sheet.pdf").pages
        assert len(pages) == PAGES.get(url.split("/")[-2], 1), url
        assert all(page.extract_text().strip() for page in pages), url


def test_the_bar_is_not_printed(printed: Running, sheet: Page, tmp_path: Path) -> None:
    """Nothing that is only of use on a screen comes onto paper."""
    sheet.goto(f"{printed.address}/en/w/print/heat/")
    sheet.pdf(path=tmp_path / "sheet.pdf", format="A4")
    words = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text().split()
    assert "dizzy" in words
    assert "Leave" not in words
    assert "Field" not in words


@pytest.mark.full
def test_every_code_is_read_back(paper: Site, printed: Running, sheet: Page, tmp_path: Path) -> None:
    """Each code as Chromium draws it for a printer leads to the address that stands beside it."""
    read = 0
    for url in urls(paper):
        sheet.goto(f"{printed.address}/{url}")
        for code in sheet.locator(".qr").all():
            code.screenshot(path=tmp_path / "code.png")
            said = subprocess.run(
                ["zbarimg", "--quiet", "--raw", tmp_path / "code.png"], capture_output=True, text=True, check=True
            ).stdout.strip()
            beside = sheet.locator(".end bdi[translate=no]").last.inner_text()
            assert said == f"https://{beside}", url
            assert said.startswith(f"{ORIGIN}/{url.partition('/')[0]}/"), url
            read += 1
    assert read == 22 * len(WORKER) + 2 * 2


def test_codes_on_paper_are_those_on_the_phone(real: Running, chromium: Browser, sheet: Page) -> None:
    """What a report cites is the same for the same words, printed or shown; the phone's own script says it."""
    for tag in ("ar", "en", "zh-Hant"):
        sheet.goto(f"{real.address}/{tag}/w/print/cards/")
        on_paper = sheet.locator(".cited").all_inner_texts()
        with chromium.new_context() as context:
            phone = context.new_page()
            phone.goto(f"{real.address}/{tag}/cards/")
            phone.wait_for_function(_ALL_CODES)
            assert set(on_paper) <= set(phone.locator(".card code").all_text_contents())
        assert len(on_paper) > 30
