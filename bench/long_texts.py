"""Long texts: what twice the text costs each check that reads what people wrote

The square would be four times. Texts are one sign or word over and over, of 30 and of 120 KB or more; the worst counts.
"""

import math
import time
from collections.abc import Callable, Iterator

from bench.figures import Figure
from fieldguide.checks.addresses import iter_addresses
from fieldguide.checks.cards import _asks_who
from fieldguide.checks.numbers import added_numbers, iter_long_rows, scattered
from fieldguide.checks.promises import _PROMISE
from fieldguide.checks.text import iter_own_faults, iter_text_faults
from fieldguide.checks.touching import iter_touching
from fieldguide.checks.words import iter_sign_faults, iter_word_faults
from fieldguide.languages import Language
from fieldguide.markup import EM, LINK, PLACEHOLDER, STRONG
from fieldguide.model import Audience

BAR = 2.6
"""What twice the text may cost: twice, and what a busy machine adds."""

SIZES = (30, 120)
CLEAR = 0.004
"""Seconds that the clock tells apart well."""

SPANISH = Language("es", "es", "es", "Latn", "es_US")
KOREAN = Language("ko", "ko", "ko", "Kore", "ko_KR")

SIGNS = ["7", "7 ", "7-", ".", "a.", "(", "[", "[a](", " ", "\u0301", "{", "{a", "}", "*", "**a", "a-", "a:", "@", "&a"]
FILLERS = [*SIGNS, "one ", "they ", "born ", "일", "x/", "9.1.", "no trace", "punto "]
"""What the texts are made of."""

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
"""Each check without its limit of length, which refuses such texts before any pattern reads them."""


def long_text(filler: str, kilobytes: int) -> str:
    """So much of it, in characters."""
    return filler * (kilobytes * 1000 // len(filler))


def cost(check: Callable[[str], object], text: str) -> float:
    """Seconds of this process."""
    start = time.process_time()
    check(text)
    return time.process_time() - start


def twice(check: Callable[[str], object], filler: str) -> tuple[float, float]:
    """What twice the text costs, and seconds for 120 KB. Where those are too few to be told apart, texts are longer."""
    small, large = (least(check, long_text(filler, size)) for size in SIZES)
    scale = 1 if large >= CLEAR else 16
    if scale > 1:
        small, large = (least(check, long_text(filler, size * scale)) for size in SIZES)
    return math.sqrt(large / small), large / scale


def least(check: Callable[[str], object], text: str) -> float:
    """Seconds, the least of five times: others use the machine too."""
    return min(cost(check, text) for _ in range(5))


def report() -> Iterator[Figure]:
    """Of each check, the worst filler."""
    for name, check in CHECKS.items():
        found = {ascii(filler): twice(check, filler) for filler in FILLERS}
        worst = max(found, key=lambda filler: found[filler][0])
        longest = max(seconds for _, seconds in found.values())
        note = f"120 KB take at most {longest * 1000:.1f} ms; the worst is {worst}"
        yield Figure(f"{name}: twice the text costs", found[worst][0], "times", BAR, note=note)
