"""Scripts and invisible characters: what a text in one writing system may be made of.

Unicode's own properties, read through the ``regex`` library (UAX 24 for scripts, UAX 44 for the rest).
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import regex

_PARTS = {"Hans": ("Hani",), "Hant": ("Hani",), "Kore": ("Hang", "Hani"), "Jpan": ("Hira", "Kana", "Hani")}
_JOINED = {"Arab", "Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Mymr", "Orya", "Sinh", "Syrc", "Taml", "Telu"}
_SPACELESS = {"Khmr", "Laoo", "Mymr", "Thai", "Tibt"}
_JOINERS, _ZERO_WIDTH_SPACE = "\u200c\u200d", "\u200b"

_HIDDEN = regex.compile(
    r"[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Me}"
    r"\u0334-\u0338\u20d0-\u20ff\u2800\ufffc\ufffd]"
)
_VISIBLE: set[str] = set()
"""Letters that were looked up once and are not hidden."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}]+(?:[-'’ʼ.][\p{L}\p{M}\p{Nd}]+)*")
_LETTER = regex.compile(r"[\p{L}--[\p{Script=Common}\p{Script=Inherited}]]", flags=regex.V1)
_LATIN = regex.compile(r"\p{Script_Extensions=Latn}")


def iter_hidden(text: str, script: str) -> Iterator[str]:
    """Characters that no reader sees or that strike others out, each once; those the script needs are left out."""
    new = set(text) - _VISIBLE
    if not new:
        return
    hidden = {letter for letter in new if _HIDDEN.match(letter)}
    _VISIBLE.update(new - hidden)
    needed = (_JOINERS if script in _JOINED else "") + (_ZERO_WIDTH_SPACE if script in _SPACELESS else "")
    yield from sorted(hidden - set(needed))


class _Kinds(dict[str, str]):
    """What each letter is to a script: own, latin or strange; "" for digits, signs and marks. Filled as it is met."""

    def __init__(self, script: str) -> None:
        super().__init__()
        parts = "".join(rf"\p{{Script_Extensions={part}}}" for part in _PARTS.get(script, (script,)))
        self._own = regex.compile(f"[{parts}]")

    def __missing__(self, letter: str) -> str:
        if not _LETTER.match(letter):
            self[letter] = ""
        elif self._own.match(letter):
            self[letter] = "own"
        else:
            self[letter] = "latin" if _LATIN.match(letter) else "strange"
        return self[letter]


_kinds = cache(_Kinds)


@cache
def words_in(text: str) -> frozenset[str]:
    """The words of an English text, once for all languages."""
    return frozenset(_WORD.findall(text))


def iter_words(text: str) -> Iterator[str]:
    """The words of a text; in scripts without spaces, whole stretches."""
    yield from _WORD.findall(text)


def count_letters(text: str, script: str) -> Counter[str]:
    """How many letters are ``own`` to the script, ``latin``, and ``strange``: of neither."""
    kinds = _kinds(script)
    return Counter(kinds[letter] for letter in text)


def strange_letters(text: str, script: str) -> list[str]:
    """The letters, each once, that are neither of the script nor Latin."""
    kinds = _kinds(script)
    return sorted(letter for letter in set(text) if kinds[letter] == "strange")


def kinds_in(text: str, script: str) -> set[str]:
    """Which of ``own``, ``latin`` and ``strange`` the letters of a text are. Two in one word: a look-alike may hide."""
    kinds = _kinds(script)
    return {kinds[letter] for letter in set(text)} - {""}


def han_of_the_other_kind(text: str, script: str) -> list[str]:
    """Chinese characters, each once, that only the other of the two written forms has.

    Told by the national character sets: GB 2312 has the simplified form only, Big5 the traditional form only.
    """
    ours, theirs = ("gb2312", "big5") if script == "Hans" else ("big5", "gb2312")
    kinds = _kinds(script)
    return sorted(letter for letter in set(text) if kinds[letter] == "own" and _only_in(letter, theirs, ours))


@cache
def _only_in(letter: str, charset: str, other: str) -> bool:
    return _fits(letter, charset) and not _fits(letter, other)


def _fits(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
