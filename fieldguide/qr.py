"""An address as a QR code that can stand in a page: inline SVG without a style. The only user of segno."""

from itertools import groupby

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around a code; without them a phone does not see where it begins."""


def qr_svg(address: str) -> Markup:
    """The QR code of an address, black on white, with its quiet zone; it is read with 15 % of it dirty or creased."""
    code = segno.make_qr(address, error="m")
    size, _ = code.symbol_size(border=QUIET)
    path = "".join(_iter_runs([list(row) for row in code.matrix_iter(border=QUIET)]))
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true">'
        '<path class="qr__paper" d="M0 0h{0}v{0}h-{0}z"/><path d="{1}"/></svg>'
    ).format(size, path)


def _iter_runs(rows: list[list[int]]) -> list[str]:
    return [
        f"M{run[0][0]} {y}h{len(run)}v1h-{len(run)}z"
        for y, row in enumerate(rows)
        for dark, group in groupby(enumerate(row), key=lambda cell: bool(cell[1]))
        if dark and (run := list(group))
    ]
