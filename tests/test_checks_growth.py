"""The time of every check grows with its text, not with the square of it: a long line must not stop a build."""

import time
from collections.abc import Callable

import pytest

from fieldguide.catalog import Entry
from fieldguide.checks.addresses import iter_addresses
from fieldguide.checks.cards import _asks_who
from fieldguide.checks.numbers import added_numbers, iter_long_rows, scattered
from fieldguide.checks.promises import _PROMISE
from fieldguide.checks.text import iter_entered_faults, iter_own_faults, iter_text_faults
from fieldguide.checks.touching import iter_touching
from fieldguide.checks.translations import Gate, iter_faults
from fieldguide.checks.words import iter_sign_faults, iter_word_faults
from fieldguide.languages import Language
from fieldguide.markup import EM, LINK, PLACEHOLDER, STRONG
from fieldguide.model import Audience

SPANISH = Language("es", "es", "es", "Latn", "es_US")
KOREAN = Language("ko", "ko", "ko", "Kore", "ko_KR")
FILLERS = [
    "7",
    "7 ",
    "7-",
    ".",
    "a.",
    "(",
    "[",
    "[a](",
    " ",
    "\u0301",
    "{",
    "{a",
    "}",
    "*",
    "**a",
    "a-",
    "a:",
    "@",
    "&a",
    "one ",
]
FILLERS += ["they ", "born ", "일", "x/", "9.1.", "no trace", "punto "]
SIZE = 30_000
MOST = 2.6
"""What twice the text may cost: twice, and what a busy machine adds. The square would be four times."""

CHECKS: dict[str, Callable[[str], object]] = {
    "own text": lambda text: list(iter_own_faults(text, (), (), limit=None)),
    "any text": lambda text: list(iter_text_faults(text, (), (), "Arab", limit=None)),
    "numbers": lambda text: (added_numbers("", text), list(iter_long_rows("", text, SPANISH))),
    "scattered": lambda text: scattered("", text, KOREAN),
    "addresses": lambda text: list(iter_addresses(text, "es")),
    "touching": lambda text: list(iter_touching("", text, SPANISH)),
    "words": lambda text: (list(iter_word_faults(text, Audience.WORKER)), list(iter_sign_faults(text))),
    "cards": _asks_who,
    "promises": _PROMISE.search,
    "markup": lambda text: [pattern.sub("", text) for pattern in (LINK, STRONG, EM, PLACEHOLDER)],
}


def cost(check: Callable[[str], object], text: str) -> float:
    """Seconds of this process."""
    start = time.process_time()
    check(text)
    return time.process_time() - start


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
@pytest.mark.parametrize("name", CHECKS)
def test_twice_the_text_costs_twice_the_time(name: str, filler: str):
    """From 30 to 60 to 120 KB each check costs at most 2.6 times as much a step; a busy machine is asked again."""
    texts = [filler * (SIZE * factor // len(filler)) for factor in (1, 4)]
    least = [float("inf"), float("inf")]
    for _ in range(7):
        least = [min(before, cost(CHECKS[name], text)) for before, text in zip(least, texts, strict=True)]
        if least[1] < 0.02 or least[1] <= MOST**2 * least[0]:
            return
    small, large = least
    pytest.fail(f"{name}: {small:.4f} s, then {large:.4f} s for four times the text")


@pytest.mark.parametrize("filler", FILLERS, ids=ascii)
def test_a_long_text_is_refused_unread(filler: str):
    """Behind its length nothing else is said of a text: no pattern has read it."""
    text = filler * (SIZE // len(filler))
    found = [*iter_faults(Entry("x", "Help.", text), SPANISH, Gate(frozenset(), frozenset()))]
    found += [*iter_entered_faults(text), *iter_own_faults(text, (), ())]
    assert {fault.rule for fault in found} <= {"long", "empty"}
