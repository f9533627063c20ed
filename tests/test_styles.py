"""The style sheets: every colour of every look is told apart, nothing moves, and they are small."""

import re
from itertools import product
from pathlib import Path

import brotli
import pytest

from fieldguide.assets import STATIC

SHEETS = sorted((STATIC / "css").glob("*.css"))
SHEET = (STATIC / "css" / "guide.css").read_text(encoding="utf-8")
LOOKS = {"light": r"^:root \{", "dark": r"^  :root \{", "night": r"^  \.night \{"}

TEXT = 7  # to 1: WCAG 2.2, 1.4.6, level AAA
PARTS = 3  # to 1: borders of what is touched, and the ring of the focus; 1.4.11 and 2.4.13
GROUNDS = ("paper", "soft", "warn-soft")
PAIRS = [
    *((TEXT, *pair) for pair in product(("ink", "muted", "link", "warn"), GROUNDS)),
    (TEXT, "ink", "mark"),
    (TEXT, "on-call", "call"),
    (TEXT, "on-leave", "leave"),
    *((PARTS, *pair) for pair in product(("line", "good"), GROUNDS)),
]


def colours(look: str) -> dict[str, str]:
    """The named colours of a look."""
    found = re.search(LOOKS[look] + r"(.*?)\}", SHEET, re.MULTILINE | re.DOTALL)
    assert found is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1]))


def light_of(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How many to one, as WCAG defines it."""
    dark, bright = sorted((light_of(one), light_of(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    """Black on white is 21 to 1; #767676 on white is the darkest grey that passes 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
def test_every_colour_stands_out(look: str) -> None:
    """Text 7 to 1 on whatever it may stand on, parts of controls 3 to 1."""
    named = colours(look)
    low = {
        f"{front} on {ground}": round(contrast(named[front], named[ground]), 2)
        for bar, front, ground in PAIRS
        if contrast(named[front], named[ground]) < bar
    }
    assert low == {}


def test_night_has_no_blue_and_no_bright_ground() -> None:
    """What an eye used to the dark would lose it by: blue light, and areas that shine."""
    named = colours("night")
    for name, colour in named.items():
        red, blue = int(colour[1:3], 16), int(colour[5:7], 16)
        assert blue <= 0.7 * red, name
    for ground in (*GROUNDS, "call", "leave"):
        assert light_of(named[ground]) < 0.02, ground


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_nothing_moves_and_no_colour_stands_outside_the_looks(path: Path) -> None:
    """There is no motion that a person would have to switch off; a colour that no look knows would stay in the dark."""
    sheet = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(animation|transition|scroll-behavior)\b", sheet)
    rules = re.sub(r"--[\w-]+: [^;]+;", "", sheet)
    assert not re.search(r"#[0-9a-f]{3,8}\b(?=[ ;])|rgba?\(", rules)


def test_the_sheets_are_small() -> None:
    """All of them together are a second of a bad link."""
    assert sum(len(brotli.compress(path.read_bytes(), quality=11)) for path in SHEETS) <= 8_000
