"""What is to do, in which order, and for whom."""

from dataclasses import replace
from datetime import date

import pytest

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit
from fieldguide.review import NEEDS_WORK, Role, add_review, mark_outdated
from fieldguide.revise import comment
from fieldguide.workbench.queue import Need, Row, Wish, around, build_queue, need_of, progress_of

DAY = date(2026, 5, 31)
UNIT = Unit("worker.pay.title", "Pay", Tier.VITAL)
DRAFT = Entry(UNIT.id, "Pay", "الأجر", comments=("source: machine 2026-01-03",))
ONCE = add_review(DRAFT, "ben", Role.LAWYER, DAY)
TWICE = add_review(ONCE, "carla", Role.SURVIVOR, DAY)
DOUBTED = comment(DRAFT, NEEDS_WORK, "Too formal.", alias="ana", role=Role.NATIVE_SPEAKER, on=DAY)


def row(place: int, need: Need, tier: Tier = Tier.NORMAL, group: str = "worker/pay", text: str = "نص") -> Row:
    unit = Unit(f"worker.pay.{place}", f"English {place}", tier)
    return Row(unit, Entry(unit.id, unit.text, "" if need is Need.MISSING else text), need, group, place)


ROWS = [
    row(0, Need.CHECKED),
    row(1, Need.UNCHECKED),
    row(2, Need.MISSING),
    row(3, Need.UNCHECKED, Tier.VITAL),
    row(4, Need.CHANGED),
    row(5, Need.WAITING, Tier.VITAL),
    row(6, Need.MENDING, group="worker/debt"),
    row(7, Need.MISSING, Tier.VITAL, text=""),
]


def places(rows: list[Row]) -> list[int]:
    return [found.place for found in rows]


@pytest.mark.parametrize(
    ("entry", "need"),
    [
        (replace(DRAFT, text=""), Need.MISSING),
        (replace(mark_outdated(DRAFT), fuzzy=True, previous="Wages"), Need.CHANGED),
        (replace(mark_outdated(DRAFT), fuzzy=True), Need.CHANGED),
        (replace(DRAFT, fuzzy=True), Need.MENDING),
        (DOUBTED, Need.MENDING),
        (comment(TWICE, NEEDS_WORK, "No.", alias="dan", role=Role.SURVIVOR, on=DAY), Need.MENDING),
        (add_review(DOUBTED, "ben", Role.LAWYER, DAY), Need.UNCHECKED),
        (DRAFT, Need.UNCHECKED),
        (ONCE, Need.UNCHECKED),
        (TWICE, Need.CHECKED),
        (replace(DRAFT, comments=("source: human Ana",)), Need.WAITING),
        (add_review(DRAFT, "ana", Role.LAWYER, DAY), Need.WAITING),
        (add_review(DRAFT, "ben", Role.NATIVE_SPEAKER, DAY), Need.WAITING),
    ],
)
def test_what_a_sentence_needs(entry: Entry, need: Need):
    """As Ana, a native speaker, sees a vital text: what she wrote or checked, or her role did, waits for others."""
    assert need_of(UNIT, entry, "ana", Role.NATIVE_SPEAKER) is need


def test_vital_first_then_by_need_then_as_in_the_guide():
    """What a person can do: rights and safety before all else; missing, changed, needs work, unchecked."""
    assert places(build_queue(ROWS, Wish())) == [7, 3, 2, 4, 6, 1]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(need=Need.WAITING), [5]),
        (Wish(need=Need.CHECKED), [0]),
        (Wish(group="worker/debt"), [6]),
        (Wish(words="english 5"), [5]),
        (Wish(words=" WORKER.PAY.0 "), [0]),
        (Wish(words="نص", need=Need.UNCHECKED), [3, 1]),
        (Wish(words="nothing"), []),
        (Wish(blind=True), [3, 4, 6, 1]),
    ],
)
def test_a_wish_narrows_the_queue(wish: Wish, found: list[int]):
    """By need, page or words; words look at everything, and without the English only what is translated counts."""
    assert places(build_queue(ROWS, wish)) == found


def test_the_way_through_the_queue():
    """Before and after a sentence, also one that has left the queue."""
    queue = build_queue(ROWS, Wish())
    before, after = around(queue, queue[2])
    assert (before, after) == (queue[1], queue[3])
    assert around(queue, queue[0]) == (None, queue[1])
    assert around(queue, queue[-1]) == (queue[-2], None)
    assert around(queue, ROWS[5]) == (queue[1], queue[2])
    assert around([], ROWS[0]) == (None, None)


def test_progress_of_each_page():
    """Checked of all, in the guide's order."""
    pay, debt = progress_of(ROWS)
    assert (pay.group, pay.checked, pay.total) == ("worker/pay", 1, 7)
    assert (debt.group, debt.checked, debt.total) == ("worker/debt", 0, 1)
