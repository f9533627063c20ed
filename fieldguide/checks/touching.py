"""What may touch a placeholder: a digit set beside a phone number makes it another one.

Allowed are spaces, punctuation, and the particles and case endings that the language's own row of ``writing.toml``
lists; in scripts without spaces, the letters of the script itself, except its numerals.
"""

from collections.abc import Iterator

import regex

from fieldguide.checks.writing import SPACELESS, Writing, folded, writing_of
from fieldguide.languages import Language
from fieldguide.markup import PLACEHOLDER

_WORDLIKE = r"[\p{L}\p{M}\p{N}\p{S}\p{Pc}\p{Pd}@#%&/\\+]"
_BEFORE = regex.compile(rf"{_WORDLIKE}{{1,24}}$")
_AFTER = regex.compile(rf"{_WORDLIKE}{{1,24}}")
_NUMERAL = regex.compile(r"\p{N}")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_EUROPEAN = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}]")


def iter_touching(english: str, text: str, language: Language) -> Iterator[str]:
    """What touches a placeholder of a translation and may not; what touches the same one in the English may."""
    allowed = set(_touches(english))
    writing = writing_of(language.tag)
    for side, found in _touches(text):
        if (side, found) in allowed or _is_particle(side, found, writing):
            continue
        nearest = found[-1] if side == "before" else found[0]
        if language.script in SPACELESS and _is_own_letter(nearest, writing):
            continue
        yield found


def _touches(text: str) -> Iterator[tuple[str, str]]:
    for match in PLACEHOLDER.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
        after = _AFTER.match(text, match.end())
        if before:
            yield "before", before[0]
        if after:
            yield "after", after[0]


def _is_particle(side: str, found: str, writing: Writing) -> bool:
    return folded(found) in (writing.before if side == "before" else writing.after)


def _is_own_letter(letter: str, writing: Writing) -> bool:
    if _NUMERAL.match(letter) or _EUROPEAN.match(letter) or not _LETTER.match(letter):
        return False
    return letter not in writing.numbers
