"""The style sheets: every colour of every look is told apart, nothing moves, and they are small."""

import re
from itertools import product
from pathlib import Path

import brotli
import pytest

from fieldguide.assets import STATIC, bare, source
from fieldguide.colours import contrast

SHEETS = sorted((STATIC / "css").glob("*.css"))
SHEET = source(STATIC / "css" / "guide.css")
LOOKS = {"light": r"^:root \{", "dark": r"^  :root \{", "night": r"^  :root\.night \{"}

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
        assert contrast(named[ground], "#000000") < 1.4, ground


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_nothing_moves(path: Path) -> None:
    """There is no motion that a person would have to switch off."""
    assert not re.search(r"\b(animation|transition|scroll-behavior)\b", source(path))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_colour_stands_outside_the_looks(path: Path) -> None:
    """A colour that no look knows would shine in the dark; paper is white, and so is the ground of a QR code."""
    rules = re.sub(r"--[\w-]+: [^;]+;", "", source(path))
    own = re.findall(r"#[0-9a-f]{3,8}\b(?=[ ;])|rgba?\(", rules)
    assert set(own) <= ({"#fff", "#000", "#777"} if path.name == "print-sheets.css" else set())


def test_the_sheets_are_small() -> None:
    """As they are sent, all of them together are a second of a bad link."""
    sent = (bare(source(path), ".css") for path in SHEETS)
    assert sum(len(brotli.compress(text.encode("utf-8"), quality=11)) for text in sent) <= 8_000
