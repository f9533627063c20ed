"""What may never stand in a translation: each of these can send a reader astray or hide something from a reviewer.

A lost *not* or a *can* for a *must* cannot be seen from here; only a person who knows both languages sees it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from fieldguide.catalog import Catalog, Entry, catalog_name
from fieldguide.checks.addresses import iter_addresses
from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.numbers import added_numbers, iter_long_rows, missing_numbers, numbers, scattered, words_of
from fieldguide.checks.scripts import (
    count_letters,
    han_of_the_other_kind,
    iter_words,
    kinds_in,
    strange_letters,
    words_in,
)
from fieldguide.checks.text import LONGEST_TRANSLATION, iter_text_faults
from fieldguide.checks.touching import iter_touching
from fieldguide.items import Unit
from fieldguide.languages import Language, Registry
from fieldguide.markup import EM, STRONG, link_targets, placeholders
from fieldguide.model import Guide, known_placeholders
from fieldguide.problems import Problem
from fieldguide.review import Role, is_usable, review_objection

_SIGN = regex.compile(r"[[\p{S}@%\\#/_&]--[<>]]", flags=regex.V1)
"""Signs that no translation needs beside its English; < and > have a rule of their own."""


@dataclass(frozen=True)
class Gate:
    """What the gates must know besides the two texts."""

    placeholders: frozenset[str]
    pages: frozenset[str]

    @classmethod
    def of(cls, guide: Guide) -> "Gate":
        """The gate of one guide."""
        return cls(known_placeholders(guide), frozenset(guide.pages))


def check_translations(
    guide: Guide, units: Iterable[Unit], registry: Registry, catalogs: Mapping[str, Catalog]
) -> Iterator[Problem]:
    """Every problem of every catalog. Stale entries are left alone: they are never shown."""
    by_id = {unit.id: unit for unit in units}
    gate = Gate.of(guide)
    for tag, catalog in catalogs.items():
        file = catalog_name(tag)
        if tag not in registry or registry[tag].status in ("source", "spoken"):
            yield Problem(file, "", f"{tag!r} is no language with text; add it to languages.toml or remove the file")
            continue
        for entry in catalog.entries.values():
            if entry.id not in by_id:
                yield Problem(file, "", "no unit has this id; run sync, or mend the msgctxt", entry.id)
            elif is_usable(by_id[entry.id], entry):
                yield from (Problem(file, "", fault, entry.id) for fault in iter_faults(entry, registry[tag], gate))


def iter_faults(entry: Entry, language: Language, gate: Gate) -> Iterator[Finding]:
    """What is wrong with one translation, each as a sentence with its remedy."""
    english, text = entry.english, entry.text
    theirs = placeholders(english)
    known = gate.placeholders if gate.placeholders.issuperset(theirs) else gate.placeholders | set(theirs)
    yield from iter_text_faults(text, known, gate.pages, language.script, LONGEST_TRANSLATION)
    if len(text) > LONGEST_TRANSLATION:
        return
    ours = placeholders(text)
    if sorted(ours) != sorted(theirs):
        sentence = f"the placeholders differ from the English: {ours} for {theirs}; keep each as often as there"
        yield Finding(Rule.PLACEHOLDERS, sentence, ours=_braced(ours), theirs=_braced(theirs))
    if sorted(link_targets(text)) != sorted(link_targets(english)):
        yield Finding(Rule.LINKS, "the links differ from the English; keep each page id as it is")
    yield from _number_faults(english, text, language)
    yield from _sign_faults(english, text, language)
    yield from _script_faults(english, text, language)


def _braced(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in names)


def iter_objections(
    unit: Unit, entry: Entry | None, alias: str, role: Role, *, language: Language, gate: Gate
) -> Iterator[str]:
    """Why this person may not call this text right: the rules of reviews, then the gates. Nothing when they may."""
    objection = review_objection(unit, entry, alias, role)
    if objection:
        yield objection
    elif entry:
        yield from iter_faults(entry, language, gate)


def _number_faults(english: str, text: str, language: Language) -> Iterator[Finding]:
    """Each number of a translation corresponds to one of its English, and no row of them is longer than there."""
    if missing_numbers(english, text) or added_numbers(english, text):
        ours, theirs = numbers(text), numbers(english)
        sentence = f"the numbers differ from the English: {ours} for {theirs}; write them in digits as there"
        yield Finding(Rule.NUMBERS, sentence, ours=" ".join(ours), theirs=" ".join(theirs))
        return
    rows = dict.fromkeys(" ".join(row.words) for row in iter_long_rows(english, text, language))
    for found in rows or dict.fromkeys([" ".join(scattered(english, text, language))]):
        if found:
            sentence = f"more numbers than the English has: {found}; say only those that stand there"
            yield Finding(Rule.SPELLED, sentence, found=found)


def _sign_faults(english: str, text: str, language: Language) -> Iterator[Finding]:
    words, theirs = words_of(text), unicodedata.normalize("NFKC", english)
    plain = unicodedata.normalize("NFKC", words).replace("٪", "%")
    for sign in sorted(set(_SIGN.findall(plain))):
        if plain.count(sign) > theirs.count(sign):
            yield Finding(Rule.SIGN, f"{sign!r} stands where the English has none; remove it", found=sign)
    for found in dict.fromkeys(iter_addresses(words, language.tag, language.script, english)):
        sentence = f"{found!r} looks like a web address; put a space after the full stop"
        yield Finding(Rule.HOST, sentence, found=found)
    for found in iter_touching(english, text, language):
        sentence = f"{found!r} touches a placeholder; put a space between them"
        yield Finding(Rule.TOUCHING, sentence, found=found)
    if _marks(text) != _marks(english):
        sentence = "the **strong** and *em* marks differ from the English; keep each pair once, around the same words"
        yield Finding(Rule.MARKS, sentence)


def _marks(text: str) -> tuple[int, int, int]:
    if "*" not in text:
        return 0, 0, 0
    without_strong, strong = STRONG.subn(r"\1", text)
    without_any, em = EM.subn(r"\1", without_strong)
    return strong, em, without_any.count("*")


def _has_words(english: str) -> bool:
    return bool(kinds_in(words_of(english), "Latn"))


def _script_faults(english: str, text: str, language: Language) -> Iterator[Finding]:
    script = language.script
    words = words_of(text)
    kinds = kinds_in(words, script)
    if not kinds and _has_words(english):
        yield Finding(Rule.WORDLESS, "no word is left of the English; translate it")
    if script == "Kore" and "own" in kinds_in(words, "Hani") and "own" not in kinds_in(words, "Hang"):
        yield Finding(Rule.HANGUL, "no Hangul in it; Korean is written in Hangul")
    if kinds - {"own"}:
        copied = words_in(english)
        words = " ".join(word for word in iter_words(words) if word not in copied)
        counts = count_letters(words, script)
        if counts["strange"]:
            strange = " ".join(strange_letters(words, script))
            sentence = f"letters of a script that {language.english_name} is not written in: {strange}; remove them"
            yield Finding(Rule.STRANGE, sentence, found=strange)
        elif counts["latin"] > counts["own"]:
            sentence = f"most of it is in Latin letters; {language.english_name} is written in its own script here"
            yield Finding(Rule.LATIN, sentence)
    if script in ("Hans", "Hant"):
        other = "Hant" if script == "Hans" else "Hans"
        ours, theirs = han_of_the_other_kind(words, other), han_of_the_other_kind(words, script)
        if len(theirs) > len(ours):
            found = " ".join(theirs)
            sentence = f"characters of the other written form of Chinese: {found}; write them in this one"
            yield Finding(Rule.CHINESE, sentence, found=found)
