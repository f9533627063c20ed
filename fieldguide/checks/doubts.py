"""What may be right in a translation but is worth a second look: warnings, not errors.

A person who looked writes ``# waived: <rule> <reason>`` at the entry, and the warning is silent until the text changes
hands: the waiver stays with the entry, the reason with the waiver.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from fieldguide.catalog import Catalog, Entry, catalog_name, serialise_catalog
from fieldguide.checks.finding import Finding, Rule
from fieldguide.checks.numbers import numbers, words_of
from fieldguide.checks.scripts import han_of_the_other_kind, iter_words, kinds_in, words_in
from fieldguide.glossary import Glossary
from fieldguide.items import Unit
from fieldguide.languages import Language, Registry
from fieldguide.model import SEARCH
from fieldguide.problems import Problem
from fieldguide.review import REVIEWED, is_usable, parse_review
from fieldguide.sync import in_order

WAIVED = "waived"
_DENSE = {"Hans", "Hant", "Jpan", "Kore"}
_QUESTION = "?？؟;՞፧"
_WITHOUT_QUESTION_MARK = {"Thai", "Laoo"}


class Doubt(StrEnum):
    """The rules, by the names that waivers use."""

    LENGTH = "length"
    UNCHANGED = "unchanged"
    QUESTION = "question"
    SCRIPT = "script"
    NUMBER = "number"
    GLOSSARY = "glossary"


def check_doubts(
    units: Iterable[Unit], registry: Registry, catalogs: Mapping[str, Catalog], glossary: Glossary
) -> Iterator[Problem]:
    """Every warning of every catalog, layout first."""
    units = list(units)
    current = {unit.id: unit for unit in units}
    for tag, catalog in catalogs.items():
        if tag not in registry:
            continue
        file = catalog_name(tag)
        if catalog.written and catalog.written.replace("\r\n", "\n") != serialise_catalog(in_order(units, catalog)):
            yield Problem(file, "", f"its layout is not the usual one; `translations fmt {tag}` mends it")
        for entry in catalog.entries.values():
            for message in _comment_doubts(entry):
                yield Problem(file, "", message, entry.id)
            if entry.id in current and is_usable(current[entry.id], entry):
                waivers = (value.partition(" ") for value in entry.iter_comments(WAIVED))
                waived = {rule for rule, _, reason in waivers if reason.strip()}
                for rule, message in iter_doubts(entry, registry[tag], glossary):
                    if rule.value not in waived:
                        yield Problem(file, rule, message, entry.id)


def _comment_doubts(entry: Entry) -> Iterator[str]:
    for value in entry.iter_comments(WAIVED):
        rule, _, reason = value.partition(" ")
        if rule not in set(Doubt) or not reason.strip():
            yield f"the waiver {value!r} needs a rule ({', '.join(Doubt)}) and a reason"
    for value in entry.iter_comments(REVIEWED):
        if parse_review(value) is None:
            yield f"the review {value!r} cannot be read and counts for nothing; write it with `translations review`"


def iter_doubts(entry: Entry, language: Language, glossary: Glossary) -> Iterator[tuple[Doubt, Finding]]:
    """What is worth a look in one translation, each with the rule it breaks."""
    english, text = words_of(entry.english), words_of(entry.text)
    is_list = entry.id.startswith(SEARCH)  # other words in every language, and as many as people there type
    if not is_list:
        yield from _length_doubts(english, text, language)
    if entry.text == entry.english and len(words_in(english)) > 2:
        sentence = "is the same as the English; translate it, or waive it if it is a name"
        yield Doubt.UNCHANGED, Finding(Rule.UNCHANGED, sentence)
    if language.script not in _WITHOUT_QUESTION_MARK and _asks(english) != _asks(text):
        sentence = "one is a question and the other is not; look at the ending"
        yield Doubt.QUESTION, Finding(Rule.QUESTION, sentence)
    if not numbers(entry.english) and numbers(entry.text):
        found = ", ".join(numbers(entry.text))
        yield Doubt.NUMBER, Finding(Rule.ADDED, f"has numbers that the English has not: {found}", found=found)
    yield from _script_doubts(english, text, language)
    folded = entry.text.casefold()
    for term, rendering in glossary.iter_terms(english, language.tag):
        for trap in rendering.traps_in(folded):
            sentence = f"{trap!r} for {term.english[0]!r} misleads: {rendering.why}"
            yield Doubt.GLOSSARY, Finding(Rule.TRAP, sentence, found=trap, term=term.english[0], why=rendering.why)
        if not is_list and not rendering.is_in(folded):
            sentence = f"{term.english[0]!r} is rendered {' or '.join(rendering.say)} elsewhere"
            say = " / ".join(rendering.say)
            yield Doubt.GLOSSARY, Finding(Rule.ELSEWHERE, sentence, term=term.english[0], say=say)


def _length_doubts(english: str, text: str, language: Language) -> Iterator[tuple[Doubt, Finding]]:
    shortest, longest = (0.1, 1.0) if language.script in _DENSE else (0.4, 2.2)
    if len(english) >= 40 and not shortest <= len(text) / len(english) <= longest:
        sentence = f"{len(text)} characters for {len(english)} of English; is something lost or added?"
        yield Doubt.LENGTH, Finding(Rule.LENGTH, sentence)


def _asks(text: str) -> bool:
    return text.rstrip(" *)»”\"'.。」』").endswith(tuple(_QUESTION))


def _script_doubts(english: str, text: str, language: Language) -> Iterator[tuple[Doubt, Finding]]:
    if kinds_in(text, language.script) - {"own"}:
        copied = words_in(english)
        words = [word for word in iter_words(text) if word not in copied]
        mixed = [word for word in words if len(kinds_in(word, language.script)) > 1]
        if mixed:
            found = ", ".join(mixed)
            yield Doubt.SCRIPT, Finding(Rule.MIXED, f"letters of two scripts in one word: {found}", found=found)
        latin = [word for word in words if "latin" in kinds_in(word, language.script) and word not in mixed]
        if latin:
            found = ", ".join(latin)
            sentence = f"words in Latin letters that the English has not: {found}"
            yield Doubt.SCRIPT, Finding(Rule.LATIN_WORDS, sentence, found=found)
    if language.script in ("Hans", "Hant"):
        other = han_of_the_other_kind(text, language.script)
        if other:
            found = " ".join(other)
            sentence = f"characters of the other written form of Chinese: {found}"
            yield Doubt.SCRIPT, Finding(Rule.CHINESE, sentence, found=found)
