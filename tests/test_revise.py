"""What a person does to a translation, as lines that cannot pass for something else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import Catalog, Entry, load_catalog, serialise_catalog
from fieldguide.items import Tier, Unit
from fieldguide.review import (
    NEEDS_WORK,
    Role,
    State,
    add_review,
    is_doubted,
    iter_reviews,
    mark_outdated,
    review_objection,
    stamp,
    state_of,
)
from fieldguide.revise import REMARK, SAID_BACK, Said, comment, iter_said, one_line, reword

UNIT = Unit("a.b", "You can leave.", Tier.VITAL)
ENTRY = Entry("a.b", "You can leave.", "Puede salir.", comments=("source: machine 2026-01-03",))
DAY = date(2026, 5, 1)
STAMP = stamp("a.b", ENTRY.english, ENTRY.text)


def said(entry: Entry, kind: str, words: str, on: date = DAY) -> Entry:
    return comment(entry, kind, words, alias="ana", role=Role.LAWYER, on=on)


def test_reword_is_a_draft_by_a_person() -> None:
    """A new text has a new maker, and reviews of the old one do not hold."""
    after = reword(UNIT, add_review(ENTRY, "carla", Role.LAWYER, DAY), "Puede irse.", "ana")
    assert (after.text, list(after.iter_comments("source"))) == ("Puede irse.", ["human ana"])
    assert list(iter_reviews(after)) == []
    assert state_of(UNIT, after) is State.DRAFT


def test_who_wrote_it_before_stays_its_author() -> None:
    """Another hand changes a word: neither of the two may check the vital text as a stranger."""
    carla = reword(UNIT, ENTRY, "Puede irse ya.", "carla")
    both = reword(
        UNIT, Entry("a.b", UNIT.text, carla.text, comments=("source: human carla 2026-05-01",)), "Váyase.", "ana"
    )
    assert list(both.iter_comments("source")) == ["human carla ana"]
    for alias in ("carla", "ana"):
        assert f"{alias} wrote this vital text" in review_objection(UNIT, both, alias, Role.LAWYER)
    assert list(reword(UNIT, both, "Puede salir.", "ana").iter_comments("source")) == ["human carla ana"]


def test_reword_is_for_the_english_as_it_is() -> None:
    """A text for an earlier English is no longer in doubt when it was written anew."""
    old = mark_outdated(Entry("a.b", "You may go.", "Puede salir.", fuzzy=True, previous="Go."))
    after = reword(UNIT, old, "Puede irse.", "ana")
    assert (after.english, after.fuzzy, after.previous) == (UNIT.text, False, "")
    assert state_of(UNIT, after) is State.DRAFT


def test_reword_joins_letters() -> None:
    """Letters and accents that stand apart, as some keyboards write them, are joined."""
    assert reword(UNIT, ENTRY, "Adio\u0301s", "ana").text == "Adiós"


def test_a_comment_is_bound_to_the_text_it_is_about() -> None:
    """Who reads it later sees by the stamp whether the text is still the same."""
    after = said(ENTRY, NEEDS_WORK, "Too formal.")
    assert after.comments == (*ENTRY.comments, f"needs-work: {STAMP} ana lawyer 2026-05-01 Too formal.")
    assert after == Entry("a.b", ENTRY.english, ENTRY.text, comments=after.comments)


@pytest.mark.parametrize("space", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\t", "\x1c"])
def test_a_comment_is_one_line(tmp_path: Path, space: str) -> None:
    """Whatever somebody typed: a second line could be another person's review, or break the file."""
    review = str(next(iter_reviews(add_review(ENTRY, "carla", Role.LAWYER, DAY))))
    after = said(ENTRY, NEEDS_WORK, f"bad{space}{review}\x00")
    assert after.comments[1].endswith(f" bad {review}")
    path = tmp_path / "messages.po"
    path.write_text(serialise_catalog(Catalog("es", {"a.b": after})), encoding="utf-8")
    read = load_catalog(path, "es").entries["a.b"]
    assert read.comments == after.comments
    assert list(iter_reviews(read)) == []


def test_the_same_comment_once() -> None:
    """Who takes a sheet twice, also on another day, adds nothing; other words and another kind are added."""
    once = said(ENTRY, REMARK, "good")
    assert said(once, REMARK, " good\n", date(2026, 6, 1)) == once
    assert len(said(once, REMARK, "very good").comments) == 3
    assert len(said(once, NEEDS_WORK, "good").comments) == 3


def test_joiners_of_scripts_stay() -> None:
    """Hindi and Persian words are written with letters that nobody sees."""
    assert one_line("می\u200cروم") == "می\u200cروم"


def test_what_was_said_comes_back() -> None:
    """Alias, role, day and words, of exactly this text; of another text, or of another kind, nothing."""
    entry = said(said(ENTRY, SAID_BACK, "You may go: out."), NEEDS_WORK, "Too curt.")
    assert list(iter_said(entry, SAID_BACK)) == [Said("ana", Role.LAWYER, DAY, "You may go: out.")]
    assert [one.words for one in iter_said(entry, NEEDS_WORK)] == ["Too curt."]
    assert list(iter_said(entry, REMARK)) == []
    assert list(iter_said(replace(entry, text="Váyase."), SAID_BACK)) == []


@pytest.mark.parametrize("value", ["", "ana", f"{STAMP} ana king 2026-05-01 x", f"{STAMP} ana lawyer 2026-13-01 x"])
def test_what_cannot_be_read_was_not_said(value: str) -> None:
    """A comment that somebody wrote by hand is left alone."""
    assert list(iter_said(replace(ENTRY, comments=(f"{NEEDS_WORK}: {value}",)), NEEDS_WORK)) == []


def test_a_check_ends_a_doubt() -> None:
    """Doubted until somebody checks the very text; doubted again by a later word, never by one about another text."""
    doubted = said(ENTRY, NEEDS_WORK, "Too curt.")
    checked = add_review(doubted, "carla", Role.SURVIVOR, DAY)
    again = said(checked, NEEDS_WORK, "Still.", date(2026, 5, 2))
    entries = (ENTRY, doubted, checked, again, replace(doubted, text="Váyase."), said(ENTRY, REMARK, "Nice."))
    assert [is_doubted(entry) for entry in entries] == [False, True, False, True, False, False]


def test_the_same_complaint_after_a_check_is_a_new_one() -> None:
    """It is about the check. Before one, the same words twice are one complaint."""
    doubted = said(ENTRY, NEEDS_WORK, "Too curt.")
    checked = add_review(doubted, "carla", Role.SURVIVOR, DAY)
    again = said(checked, NEEDS_WORK, "Too curt.")
    assert again.comments == (*checked.comments, doubted.comments[-1])
    assert is_doubted(again)
    assert said(again, NEEDS_WORK, "Too curt.") == again
