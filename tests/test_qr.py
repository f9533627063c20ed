"""An address as a QR code: what a browser draws of it is read back in `tests/browser/test_print_sheets.py`."""

import re
from xml.etree import ElementTree

import segno

from fieldguide.qr import QUIET, qr_svg

ADDRESS = "https://guide.example.org/es/"


def dark_cells(svg: str) -> set[tuple[int, int]]:
    """The dark squares, from the path."""
    path = ElementTree.fromstring(svg).findall("path")[-1].attrib["d"]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{m}z" for x, y, n, m in runs) == path
    return {(x, int(y)) for left, y, wide, _ in runs for x in range(int(left), int(left) + int(wide))}


def test_the_drawing_has_the_squares_of_the_code() -> None:
    """Each dark square is drawn once, and nothing else, with four squares of white around."""
    matrix = segno.make_qr(ADDRESS, error="m").matrix
    wanted = {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell}
    assert dark_cells(qr_svg(ADDRESS)) == wanted


def test_the_drawing_has_no_style() -> None:
    """A page's policy allows no inline style; colours come from the sheet of styles."""
    assert not re.search(r"style|stroke|fill", qr_svg(ADDRESS))
