"""What may stand in a text, English or translated: no fact typed by hand, no unknown placeholder, no HTML."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from fieldguide.markup import LINK, PLACEHOLDER, placeholders

LIMIT = 300
"""Characters of one unit: one idea each."""

_FACTS = (
    (
        re.compile(r"\d[\d\s().*/·\u2010-\u2015-]{5,}\d|\b\d{5,}\b|\b911\b|\b9-1-1\b|\b1-8\d\d-"),
        "a phone number",
        "write {phone.<contact>}",
    ),
    (re.compile(r"(?i)https?:|www\.|\b[a-z0-9-]+\.(?:gov|org|com|net|us|edu|info)\b"), "a web address", "write a fact"),
    (re.compile(r"\S@\S"), "an e-mail address", "write a fact"),
    (re.compile(r"(?i)\d+\s*(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R)|§"), "a statute number", "write {fact.<id>}"),
    (re.compile(r"\b(?:19|20)\d\d\b"), "a year", "write {fact.<id>}"),
    (re.compile(r"(?i)\$\s?\d|\bUSD\b|\d\s(?:US\s)?dollars"), "an amount of money", "write {fact.<id>}"),
)


_JOINERS = {"\u200c", "\u200d"}  # scripts such as Persian and Devanagari are written with them


def _is_hidden(letter: str) -> bool:
    return letter not in _JOINERS and not letter.isspace() and unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cs")


def iter_text_faults(text: str, known: Collection[str], pages: Collection[str]) -> Iterator[str]:
    """What is wrong with one text, each as a sentence with its remedy."""
    if not text.strip():
        yield "the text is empty; write it"
    if len(text) > LIMIT:
        yield f"{len(text)} characters; at most {LIMIT}: one idea a unit"
    for letter in sorted({letter for letter in text if _is_hidden(letter)}):
        yield f"the invisible character U+{ord(letter):04X} has no place in a text; remove it"
    if "<" in text or ">" in text or "&#" in text:
        yield "HTML has no place in a text; use **strong**, *em* or [text](page)"
    for name in placeholders(text):
        if name not in known:
            yield f"unknown placeholder {{{name}}}; add it to facts.toml or mend its spelling"
    rest = PLACEHOLDER.sub(" ", text)
    if "{" in rest or "}" in rest:
        yield "a brace without its partner; a placeholder is written {names.osha}"
    for target in (target for _, target in LINK.findall(text)):
        if target not in pages:
            yield f"links to a page that does not exist: {target}; write an id such as worker/help"
    folded = "".join(str(unicodedata.decimal(letter, letter)) for letter in rest)
    address = False
    for pattern, what, remedy in _FACTS:
        found = pattern.search(folded)
        if found:
            typed = rest[found.start() : found.end()].strip()
            yield f"{what} is typed into the text ({typed!r}); {remedy}"
            address = address or what == "a web address"
    if "](" in LINK.sub("", text) and not address:
        yield "a malformed link; it is written [words](worker/help)"
