"""What a save makes of an entry: who wrote it, what is in doubt, and what readers get."""

from dataclasses import replace

import pytest

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit
from fieldguide.review import State, mark_outdated, state_of
from fieldguide.workbench.save import cleaned, worded

UNIT = Unit("worker.pay.title", "Pay", Tier.VITAL)
ENTRY = Entry(UNIT.id, "Pay", "الأجر", comments=("source: machine 2026-01-03", "waived: length short"))


def test_a_corrected_text_names_its_author_in_front():
    """The machine's line goes, other comments stay; the review of the old words no longer holds by itself."""
    found = worded(UNIT, ENTRY, "الأجور", "ana")
    assert found.comments == ("source: human ana", "waived: length short")
    assert (found.text, found.english, found.fuzzy, found.previous) == ("الأجور", "Pay", False, "")


def test_the_same_text_changes_nothing():
    """A save without a change says nothing about who wrote it, nor that a doubt is over."""
    doubted = replace(mark_outdated(ENTRY), fuzzy=True, previous="Wages")
    assert worded(UNIT, ENTRY, "الأجر", "ana") is ENTRY
    assert worded(UNIT, doubted, "الأجر", "ana") is doubted


def test_a_new_text_is_in_doubt_no_more():
    """It was written beside the English of now."""
    doubted = replace(mark_outdated(ENTRY), fuzzy=True, previous="Wages")
    assert state_of(UNIT, doubted) is State.STALE
    found = worded(UNIT, doubted, "الأجور", "ana")
    assert state_of(UNIT, found) is State.DRAFT
    assert not found.comment("outdated")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" الأجر \r\n", "الأجر"),
        ("one\r\n\ttwo\u2028three", "one two three"),
        ("C\u2019est vrai\u202f? Oui\u00a0!", "C\u2019est vrai\u202f? Oui\u00a0!"),
        ("e\u0301", "é"),
    ],
)
def test_what_is_typed_becomes_one_line(typed: str, text: str):
    """Breaks become spaces, letters their usual form; the narrow spaces of French stay."""
    assert cleaned(typed) == text
