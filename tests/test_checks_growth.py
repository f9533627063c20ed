"""The time of every check grows with its text, not with the square of it: a long line must not stop a build."""

import pytest

from bench.long_texts import BAR, CHECKS, FILLERS, SPANISH, cost, long_text
from fieldguide.catalog import Entry
from fieldguide.checks.text import iter_entered_faults, iter_own_faults
from fieldguide.checks.translations import Gate, iter_faults


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
@pytest.mark.parametrize("name", CHECKS)
def test_twice_the_text_costs_twice_the_time(name: str, filler: str):
    """From 30 to 60 to 120 KB each check costs at most 2.6 times as much a step; a busy machine is asked again."""
    texts = [long_text(filler, size) for size in (30, 120)]
    least = [float("inf"), float("inf")]
    for _ in range(7):
        least = [min(before, cost(CHECKS[name], text)) for before, text in zip(least, texts, strict=True)]
        if least[1] < 0.02 or least[1] <= BAR**2 * least[0]:
            return
    small, large = least
    pytest.fail(f"{name}: {small:.4f} s, then {large:.4f} s for four times the text")


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
def test_a_long_text_is_refused_unread(filler: str):
    """Behind its length nothing else is said of a text: no pattern has read it."""
    text = long_text(filler, 30)
    found = [*iter_faults(Entry("x", "Help.", text), SPANISH, Gate(frozenset(), frozenset()))]
    found += [*iter_entered_faults(text), *iter_own_faults(text, (), ())]
    assert {fault.rule for fault in found} <= {"long", "empty"}
