"""What may stand in a text, English or translated: no fact typed by hand, no unknown placeholder, no HTML."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator

from fieldguide.checks.addresses import iter_addresses
from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.numbers import iter_rows, words_of
from fieldguide.checks.scripts import iter_hidden
from fieldguide.checks.writing import writing_of
from fieldguide.markup import LINK, PLACEHOLDER, placeholders

LIMIT = 300
"""Characters of one unit: one idea each."""

LONGEST_TRANSLATION = 4 * LIMIT
"""Characters of one translation. The longest script writes twice as much as English."""

_GAP = r"[\s().*/·\u2010-\u2015-]"
_GROUPS = re.compile(rf"\d(?:{_GAP}*\d)*")
_SPREAD = re.compile(r"\d(?:(?:[^\w\s;]{1,3}|[\s_])?\d)*")
_SHORT = re.compile(r"(?<!\d)(?:\d{5,}|9[\s.·-]?1[\s.·-]?1(?!\d)|1-8\d\d-)")
_ENDINGS = r"(?:gov|org|com|net|us|edu|info|mil|io|co|app|mx)\b"
_URL = re.compile(
    r"(?i)(?<![a-z])(?:https?|ftp|tel|sms|mailto|javascript|data|file|intent|whatsapp):(?=\S)|www\."
    rf"|\bt\.me\b|(?<=[a-z0-9-])\.{_ENDINGS}"
)
_STATUTE = re.compile(r"(?i)(?<=\d)\s{0,4}(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R)|§")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONEY = re.compile(r"(?i)\$\s?\d|\bUSD\b|\d\s(?:US\s)?dollars")
PHONE, WEB, MAIL = "a phone number", "a web address", "an e-mail address"

Span = tuple[int, int]


def _phone(text: str) -> Span | None:
    """Where something stands that can be dialed: seven figures or signs between figures, or a known short number.

    Each pattern takes what it finds whole and goes on behind it: no figure is looked at from two starts.
    """
    found = [match.span() for match in _GROUPS.finditer(text) if len(match[0]) > 6]
    found = found or [match.span() for match in _SPREAD.finditer(text) if sum(map(str.isdigit, match[0])) > 6]
    found = found or [match.span() for match in _SHORT.finditer(text)]
    return found[0] if found else None


def _web(text: str) -> Span | None:
    found = _URL.search(text)
    if found is None:
        return None
    start = found.start()
    if found[0].startswith("."):
        while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
    return start, found.end()


def _statute(text: str) -> Span | None:
    found = _STATUTE.search(text)
    if found is None:
        return None
    start = found.start()
    while start and text[start - 1].isdigit():
        start -= 1
    return start, found.end()


def _by(pattern: re.Pattern[str]) -> Callable[[str], Span | None]:
    def search(text: str) -> Span | None:
        found = pattern.search(text)
        return found.span() if found else None

    return search


_FACTS: tuple[tuple[Callable[[str], Span | None], str, str], ...] = (
    (_phone, PHONE, "write {phone.<contact>}"),
    (_web, WEB, "write a fact"),
    (_by(re.compile(r"\S@\S")), MAIL, "write a fact"),
    (_statute, "a statute number", "write {fact.<id>}"),
    (_by(_YEAR), "a year", "write {fact.<id>}"),
    (_by(_MONEY), "an amount of money", "write {fact.<id>}"),
)


_SIGN = re.compile(r"[\d@§$]")
_JOINED = re.compile(r"[.。]\w|:[^\s\"”»*'’)]")


def _may_hold_a_fact(text: str) -> bool:
    """False for most folded texts: they have nothing that any pattern above needs, and are not searched further."""
    if _SIGN.search(text) or _JOINED.search(text):
        return True
    lower = text.lower()
    return "www" in lower or "usd" in lower


_HTML = re.compile(r"[<>＜＞﹤﹥]|&(?:#|[A-Za-z][A-Za-z0-9]*;)")


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that is filled as letters are met; ``plain`` are those that stay what they are."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: set[str] = set()

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        narrow = "." if letter == "｡" else unicodedata.normalize("NFKC", letter)
        self[code] = str(unicodedata.digit(letter, narrow if len(narrow) == 1 else letter))
        if self[code] == letter:
            self.plain.add(letter)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text with ASCII digits and plain letters for full-width and circled ones; as long as before."""
    if text.isascii() or _FOLDING.plain.issuperset(text):
        return text
    return text.translate(_FOLDING)


def iter_text_faults(
    text: str, known: Collection[str], pages: Collection[str], script: str = "Latn", limit: int | None = LIMIT
) -> Iterator[Finding]:
    """What is wrong with one text, each as a sentence with its remedy."""
    if not text.strip():
        yield Finding(Rule.EMPTY, "the text is empty; write it")
        return
    if limit and len(text) > limit:
        yield Finding(Rule.LONG, f"{len(text)} characters; at most {limit}: one idea a unit")
        return  # no pattern reads a text of any length that somebody cares to send
    yield from _letter_faults(text, script)
    for name in placeholders(text):
        if name not in known:
            sentence = f"unknown placeholder {{{name}}}; add it to facts.toml or mend its spelling"
            yield Finding(Rule.PLACEHOLDER, sentence, found=f"{{{name}}}")
    for target in (target for _, target in LINK.findall(text)):
        if target not in pages:
            sentence = f"links to a page that does not exist: {target}; write an id such as worker/help"
            yield Finding(Rule.PAGE, sentence, found=target)
    rest = PLACEHOLDER.sub(" ", text)
    if "{" in rest or "}" in rest:
        yield Finding(Rule.BRACE, "a brace without its partner; a placeholder is written {names.osha}")
    facts = dict(iter_typed_facts(rest))
    yield from facts.values()
    if "](" in LINK.sub("", text) and "a web address" not in facts:
        yield Finding(Rule.LINK, "a malformed link; it is written [words](worker/help)")


def iter_own_faults(
    text: str, known: Collection[str], pages: Collection[str], script: str = "Latn", limit: int | None = LIMIT
) -> Iterator[Finding]:
    """What is wrong with a text that has no English beside it: our own, or an agency's."""
    faults = list(iter_text_faults(text, known, pages, script, limit))
    yield from faults
    if any(fault.rule in (Rule.LONG, Rule.EMPTY) for fault in faults):
        return
    rest = words_of(text)
    if not any(fault.rule is Rule.TYPED for fault in faults):
        for found in iter_addresses(rest, script=script, english=text):
            yield Finding(Rule.HOST, f"{found!r} looks like an address; write a fact", found=found)
    for row in iter_rows(rest, script, writing_of("en"), shortest=3):
        if row.strong > 2 and not any(word.isdigit() for word in row.words):
            found = " ".join(row.words)
            yield Finding(Rule.SPELLED, f"a number in words: {found}; write {{phone.<contact>}}", found=found)


_PRINTED = re.compile(r"[\w!-/:-@\[-`{-~]")


def iter_entered_faults(text: str, script: str = "Latn") -> Iterator[Finding]:
    """What is wrong with words that an agency enters about itself: names, notes, labels. They hold no placeholder, no
    number to call and no address, for which there are keys of their own, and nothing that cannot be seen."""
    faults = list(iter_own_faults(text, (), (), script))
    yield from (fault for fault in faults if fault.rule is not Rule.TYPED)
    if len(text) > LIMIT:
        return
    for what, fault in iter_typed_facts(text):
        if what in (PHONE, WEB, MAIL):
            yield fault
    hidden = set(iter_hidden(text, script))
    if text.strip() and not any(_PRINTED.match(letter) for letter in text if letter not in hidden):
        yield Finding(Rule.EMPTY, "nothing of the text can be seen; write words")


def _letter_faults(text: str, script: str) -> Iterator[Finding]:
    for letter in iter_hidden(text, script):
        code = f"U+{ord(letter):04X}"
        yield Finding(Rule.HIDDEN, f"the invisible character {code} has no place in a text; remove it", found=code)
    if not unicodedata.is_normalized("NFC", text):
        yield Finding(Rule.COMPOSED, "not in Unicode's usual form (NFC); `translations fmt` mends it")
    if _HTML.search(text):
        yield Finding(Rule.HTML, "HTML has no place in a text; use **strong**, *em* or [text](page)")


def iter_typed_facts(text: str) -> Iterator[tuple[str, Finding]]:
    """What is typed into a text that is data: what it is, and a sentence with the remedy."""
    folded = fold(text)
    if not _may_hold_a_fact(folded):
        return
    for search, what, remedy in _FACTS:
        found = search(folded)
        if found:
            typed = text[slice(*found)].strip()
            sentence = f"{what} is typed into the text ({typed!r}); {remedy}"
            yield what, Finding(Rule.TYPED, sentence, found=typed)
