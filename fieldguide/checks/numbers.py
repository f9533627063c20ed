"""The numbers that a text says, in signs or in words: none may stand in a translation that its English has not.

A phone number that somebody slips in is a row of numbers, whatever it is written with. So every sign that Unicode calls
a number counts (digits of all scripts, circled, superscript, Roman, Ethiopic), and so do number words.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

import regex

from fieldguide.checks.writing import SHARED, SPACELESS, Writing, folded, longest_spelling, writing_of
from fieldguide.languages import Language
from fieldguide.markup import LINK, PLACEHOLDER

_DIALED = "\ue000"
_NUMERIC_PLACEHOLDER = regex.compile(r"\{(?:phone|sms)\.[^{}]*\}")
_SIGNS = regex.compile(r"\p{Nd}+|[\p{No}\p{Nl}]+")
_DISGUISED = regex.compile(r"[\p{No}\p{Nl}--[\p{Script=Ethiopic}\p{Script=Han}]]+", flags=regex.V1)
"""Circled, superscript, Roman and other numerals that no language of the guide counts with."""
_TOKEN = regex.compile(rf"{_DIALED}|[\p{{N}}]+|[\p{{L}}\p{{M}}]+(?:'[\p{{L}}\p{{M}}]+)*")
_HANGUL = regex.compile(r"\p{Hangul}")
_HANGUL_DIGITS = regex.compile("[공영일이삼사오육칠팔구]+")
_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
_WORD_VALUES = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "once": Fraction(1),
    "first": Fraction(1),
    "twice": Fraction(2),
    "second": Fraction(2),
    "both": Fraction(2),
    "couple": Fraction(2),
    "third": Fraction(3),
    "dozen": Fraction(12),
}
_MULTIPLES = {"hundred": 100, "thousand": 1000}
"""What CLDR spells only together with another word."""
_SCATTERED = 2
"""How many more number words than its English a text may have, far from each other. A phone number has three."""


@dataclass(frozen=True)
class Row:
    """Numbers that follow each other with nothing between but punctuation and joining words."""

    words: tuple[str, ...]
    strong: int

    @property
    def is_number(self) -> bool:
        """False for two words that only may be numbers, such as *this day* in Korean."""
        return len(self.words) > 2 or self.strong > 1


def words_of(text: str) -> str:
    """The text without placeholders and link targets: what a reader reads."""
    return PLACEHOLDER.sub(" ", LINK.sub(r"\1", text)) if "{" in text or "](" in text else text


def numbers(text: str) -> list[str]:
    """The numbers that a text writes in signs, sorted, each in ASCII; those of placeholders and page ids left out."""
    return sorted(_value(run) for run in _SIGNS.findall(words_of(text)))


def _value(run: str) -> str:
    """A run of signs in ASCII: digits one by one, other numerals by what they are worth together."""
    if unicodedata.category(run[0]) == "Nd":
        return "".join(str(unicodedata.digit(sign)) for sign in run)
    values = [Fraction(unicodedata.numeric(sign)).limit_denominator(1000) for sign in run]
    if len(values) == 1 or not _adds_up(values):
        return "".join(str(value) for value in values)
    total = current = Fraction(0)
    for value in values:
        if value >= 100:
            total, current = total + (current or 1) * value, Fraction(0)
        else:
            current += value
    return str(total + current)


def _adds_up(values: list[Fraction]) -> bool:
    """Tens, ones, or both, with hundreds after what they count (Ethiopic): anything else is read sign by sign."""
    below = Fraction(100)
    for value in values:
        if value >= 100:
            below = Fraction(100)
        elif not 1 <= value < below:
            return False
        else:
            below = Fraction(10) if value >= 10 else Fraction(1)
    return True


def added_numbers(english: str, text: str) -> list[str]:
    """The numbers in signs that correspond to none of the English, whether it writes its own in signs or in words."""
    disguised = [run for run in _DISGUISED.findall(words_of(text)) if run not in english]
    left = Counter(numbers(text)) - _english_signs(english) + Counter(disguised)
    if not left:
        return []
    said = Counter(str(value) for value in _english_values(english))
    return sorted((left - said).elements())


def missing_numbers(english: str, text: str) -> list[str]:
    """The numbers that the English writes in signs and the text does not."""
    left = _english_signs(english) - Counter(numbers(text))
    return sorted(left.elements())


@cache
def _english_signs(english: str) -> Counter[str]:
    return Counter(numbers(english))


@cache
def _english_values(english: str) -> tuple[Fraction, ...]:
    """What the number words of an English text are worth; two that stand together also as one (*four hundred*)."""
    words = {**writing_of("en").numbers, **_MULTIPLES}
    found: list[Fraction] = []
    for row in iter_rows(english, "Latn", writing_of("en"), shortest=1):
        values = [value for word in row.words if (value := words.get(word)) is not None]
        found += map(Fraction, values)
        if len(values) == 2:
            found.append(Fraction(values[0] * values[1] if values[1] >= 100 else values[0] + values[1]))
    tokens = _TOKEN.findall(folded(words_of(english)))
    return (*found, *(_WORD_VALUES[token] for token in tokens if token in _WORD_VALUES))


def iter_rows(text: str, script: str, writing: Writing, shortest: int = 2) -> Iterator[Row]:
    """The rows of numbers of a text, in signs or in the words of a language."""
    row: list[str] = []
    strong = 0
    for token, kind in _tokens(text, script, writing):
        if kind == "joiner":
            continue
        if kind == "other":
            if len(row) >= shortest:
                yield Row(tuple(row), strong)
            row, strong = [], 0
            continue
        row.append(token)
        strong += kind == "strong"
    if len(row) >= shortest:
        yield Row(tuple(row), strong)


def _tokens(text: str, script: str, writing: Writing) -> Iterator[tuple[str, str]]:
    text = _NUMERIC_PLACEHOLDER.sub(f" {_DIALED} ", LINK.sub(r"\1", text))
    for token in _TOKEN.findall(folded(PLACEHOLDER.sub(" · q · ", text))):
        yield from _kinds(token, script, writing)


def _kinds(token: str, script: str, writing: Writing) -> Iterator[tuple[str, str]]:
    if token == _DIALED or _SIGNS.match(token):
        yield token, "strong"
        return
    plain = writing.plain(token)
    kind = _kind(plain, writing)
    if kind == "other" and script == "Arab" and token[0] in "وبل":
        kind = _kind(token[1:], writing)
    if kind == "other" and script in SPACELESS:
        yield from _inside(plain, writing)
        return
    yield token, kind


def _kind(word: str, writing: Writing) -> str:
    if word in writing.weak or word in _ROMAN:
        return "weak"
    if word in writing.numbers:
        return "strong"
    return "joiner" if word in writing.joiners else "other"


def _inside(token: str, writing: Writing) -> Iterator[tuple[str, str]]:
    """Number words inside a stretch of letters, the longest first.

    In Korean, where each syllable of a number is part of other words too, only what begins a word or is all of it.
    """
    head = _HANGUL_DIGITS.match(token)
    if _HANGUL.match(token) and not (head and (len(head[0]) > 2 or head[0] == token)):
        yield token, _kind(token, writing)
        return
    longest = max(map(len, writing.numbers), default=0)
    start = 0
    while start < len(token):
        for end in range(min(len(token), start + longest), start, -1):
            kind = _kind(token[start:end], writing)
            if kind != "other":
                yield token[start:end], kind
                break
        else:
            end = start + 1
            yield token[start], "other"
        start = end


@lru_cache(maxsize=8)
def _rows(text: str, script: str, tag: str) -> tuple[Row, ...]:
    """All rows of a text, single numbers too; asked for twice in a row."""
    return tuple(iter_rows(text, script, writing_of(tag), 1))


def iter_long_rows(english: str, text: str, language: Language) -> Iterator[Row]:
    """The rows of numbers that are longer than any of the English, in the words of the language or of one that its
    readers are likely to know."""
    for tag in dict.fromkeys((language.tag, *SHARED)):
        allowed = _allowed(english, tag)
        if tag != language.tag:
            allowed = max(allowed, 2)  # a word of one language may mean something else in another
        for row in _rows(text, language.script, tag):
            if row.is_number and len(row.words) > allowed:
                yield row


@cache
def _allowed(english: str, tag: str) -> int:
    """The length of the longest row of the English, or of one of its numbers spelled out in the language."""
    longest = max((len(row.words) for row in iter_rows(english, "Latn", writing_of("en"), 1)), default=1)
    values = [int(run) for run in _english_signs(english) if run.isdigit() and len(run) < 5]
    values += [int(value) for value in _english_values(english)]
    return max(longest, *(longest_spelling(value, tag) for value in values), 1)


def scattered(english: str, text: str, language: Language) -> list[str]:
    """The number words of a text, where it has so many more than its English that they may spell a number in pieces."""
    rows = _rows(text, language.script, language.tag)
    found = [word for row in rows for word in row.words if _is_strong_word(word, writing_of(language.tag))]
    return found if len(found) > _english_count(english) + _SCATTERED else []


def _is_strong_word(word: str, writing: Writing) -> bool:
    plain = writing.plain(word)
    return plain in writing.numbers and plain not in writing.weak


@cache
def _english_count(english: str) -> int:
    words = sum(len(row.words) for row in iter_rows(english, "Latn", writing_of("en"), 1))
    return words + sum(token in _WORD_VALUES for token in _TOKEN.findall(folded(words_of(english))))
