"""What may stand in a text, English or translated: no fact typed by hand, no unknown placeholder, no HTML."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.scripts import iter_hidden
from fieldguide.markup import LINK, PLACEHOLDER, placeholders

LIMIT = 300
"""Characters of one unit: one idea each."""

_FACTS = (
    (
        re.compile(
            r"\d[\d\s().*/·\u2010-\u2015-]{5,}\d|(?:\d(?:[^\w\s;]{1,3}|[\s_])?){6,}\d"
            r"|(?<!\d)(?:\d{5,}|9[\s.·-]?1[\s.·-]?1)(?!\d)|(?<!\d)1-8\d\d-"
        ),
        "a phone number",
        "write {phone.<contact>}",
    ),
    (
        re.compile(
            r"(?i)(?<![a-z])(?:https?|ftp|tel|sms|mailto|javascript|data|file|intent|whatsapp):(?=\S)|www\."
            r"|\bt\.me\b|\b[a-z0-9-]+\.(?:gov|org|com|net|us|edu|info|mil|io|co|app|mx)\b"
        ),
        "a web address",
        "write a fact",
    ),
    (re.compile(r"\S@\S"), "an e-mail address", "write a fact"),
    (re.compile(r"(?i)\d+\s*(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R)|§"), "a statute number", "write {fact.<id>}"),
    (re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), "a year", "write {fact.<id>}"),
    (re.compile(r"(?i)\$\s?\d|\bUSD\b|\d\s(?:US\s)?dollars"), "an amount of money", "write {fact.<id>}"),
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
    for pattern, what, remedy in _FACTS:
        found = pattern.search(folded)
        if found:
            typed = text[found.start() : found.end()].strip()
            sentence = f"{what} is typed into the text ({typed!r}); {remedy}"
            yield what, Finding(Rule.TYPED, sentence, found=typed)
