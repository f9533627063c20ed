"""How a language writes numbers and addresses: its number words, and what may touch a placeholder.

Number words are those of CLDR's spell-out rules (UTS 35, part 3, rule-based number formatting), read through the
``unicode_rbnf`` library, and what ``writing.toml`` adds to them. The file is part of the program: no translator's tool
opens it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import regex
from unicode_rbnf import FormatPurpose, RbnfEngine

from fieldguide.structure import load_toml

_FILE = Path(__file__).parent / "writing.toml"
_SPELLED = (*range(100), 100, 1000)
_APART = regex.compile(r"[\s\p{Pd}\u00ad\u200b]+")
_DOMAINS = frozenset(
    "com org net gov edu info io app link site online biz xyz me co ly gd tv us mx".split()  # noqa: SIM905 - read as words
)

SHARED = ("en", "es")
"""Languages whose number words and addresses readers of every other language of the guide are likely to know."""

SPACELESS = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai", "Laoo", "Khmr", "Mymr"})
"""Scripts in which a number word is found inside a stretch of letters."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One language's row of the file, as it is written there."""

    numbers: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    dot: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The whole file, by language tag."""

    languages: dict[str, Table] = field(default_factory=dict)


@dataclass(frozen=True)
class Writing:
    """The habits of one language.

    ``numbers`` gives each number word its value, None where it has none by itself; ``weak`` words are numbers only
    where three stand in a row; ``before`` and ``after`` are all that may touch a placeholder, beside punctuation.
    """

    numbers: Mapping[str, int | None]
    weak: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    dot: frozenset[str] = frozenset()
    at: frozenset[str] = frozenset()
    domains: frozenset[str] = _DOMAINS
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    keeps_marks: bool = False

    def plain(self, word: str) -> str:
        """The word as the tables have it: accents are dropped, except where they tell one word from another."""
        return word if self.keeps_marks else without_marks(word)


def folded(text: str) -> str:
    """A text in the one form in which words are compared: compatibility forms, case and invisible marks gone."""
    return unicodedata.normalize("NFKC", text).casefold().replace("\u200b", "").replace("ʼ", "'").replace("’", "'")


def without_marks(word: str) -> str:
    """A word in Latin letters without its accents; one in any other script as it is."""
    if word.isascii() or not unicodedata.name(word[0], "").startswith("LATIN"):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def writing_of(tag: str) -> Writing:
    """The habits of a language, by its tag; of one that no table knows, what all languages share."""
    table = _tables().languages.get(tag, Table())
    keeps_marks = tag == "vi"

    def plain(word: str) -> str:
        return folded(word) if keeps_marks else without_marks(folded(word))

    def listed(words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(plain, words))

    joiners = listed(table.joiners)
    numbers: dict[str, int | None] = {}
    for value, spelled in _spelled(tag):
        words = [plain(word) for word in _APART.split(folded(spelled)) if word]
        if len(words) == 1:
            numbers[words[0]] = value
        for word in words:
            numbers.setdefault(word, None)
    numbers |= {word: numbers.get(word) for word in listed(table.numbers)}
    return Writing(
        {word: value for word, value in numbers.items() if word not in joiners},
        listed(table.weak),
        joiners,
        listed(table.dot),
        listed(table.at),
        _DOMAINS | listed(table.domains),
        listed(table.before),
        listed(table.after),
        keeps_marks,
    )


@cache
def longest_spelling(value: int, tag: str) -> int:
    """How many number words a language may need for a number; 1 where CLDR does not know."""
    engine, writing = _engine(tag), writing_of(tag)
    if engine is None or value >= 10_000:
        return 1
    texts = engine.format_number(value, FormatPurpose.CARDINAL).text_by_ruleset.values()
    counts = [sum(writing.plain(word) in writing.numbers for word in _APART.split(folded(text))) for text in texts]
    return max(1, *counts)


@cache
def _tables() -> Tables:
    return load_toml(_FILE, Tables, "checks/writing.toml")


@cache
def _engine(tag: str) -> RbnfEngine | None:
    for name in (tag.replace("-", "_"), tag.partition("-")[0]):
        try:
            return RbnfEngine.for_language(name)
        except ValueError:
            continue
    return None


def _spelled(tag: str) -> Iterator[tuple[int, str]]:
    engine = _engine(tag)
    if engine is None:
        return
    for value in _SPELLED:
        for text in engine.format_number(value, FormatPurpose.CARDINAL).text_by_ruleset.values():
            yield value, text
