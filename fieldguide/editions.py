"""The number of an edition, as phones take it: whole, within a range, and not far above the one they have."""

from typing import TypeGuard

from fieldguide.problems import Problem

LARGEST = 2**31
"""The highest number; static/js/edition.js has it too."""

STEP = 1000
"""How far above its own a phone takes a number. A false one that were taken would keep every later edition away."""


def is_edition(value: object) -> TypeGuard[int]:
    """True for a whole number from 1 to `LARGEST`; 1.0, "1" and True are none."""
    return type(value) is int and 1 <= value <= LARGEST


def edition_problem(edition: int, file: str) -> Problem | None:
    """What is wrong with the number that a file says, if anything."""
    if is_edition(edition):
        return None
    return Problem(file, "edition", f"{edition} is out of range; write a whole number from 1 to {LARGEST:,}")
