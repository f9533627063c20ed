"""One sentence with everything that helps to judge it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

import regex

from fieldguide.catalog import Entry
from fieldguide.checks.doubts import iter_doubts
from fieldguide.checks.finding import Finding
from fieldguide.checks.translations import iter_faults
from fieldguide.glossary import Glossary, GlossarySource, Standing
from fieldguide.items import Unit
from fieldguide.markup import placeholders
from fieldguide.review import NEEDS_WORK, Objection, Review, Role, find_objection, is_doubted, iter_reviews
from fieldguide.revise import REMARK, SAID_BACK, Said, authors, iter_said
from fieldguide.workbench.desk import Opened, seen_of
from fieldguide.workbench.queue import Need, need_of
from fieldguide.workbench.save import worded

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_PART = regex.compile(rf"\s+|[{_SPACELESS}]|[^\s{_SPACELESS}]+")
"""A stretch of space, a letter of a script without spaces, or a word."""


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Findings:
    """What the gates say about a text: ``faults`` keep it from being saved, ``doubts`` are worth a second look."""

    faults: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Wording:
    """A word of the English that is said alike everywhere: how, by whom it is so said, and what would mislead."""

    english: str
    say: tuple[str, ...]
    standing: Standing
    never: tuple[str, ...]
    why: str
    note: str
    sources: tuple[GlossarySource, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence as one person sees it. ``text`` is what stands in the field, which may not be saved yet.

    ``parts`` are the placeholders of the English, as they are written; ``doubted`` tells whether a complaint is open.
    """

    unit: Unit
    entry: Entry
    text: str
    need: Need
    seen: str
    parts: tuple[str, ...]
    changes: tuple[tuple[Change, str], ...]
    wordings: tuple[Wording, ...]
    findings: Findings
    authors: tuple[str, ...]
    reviews: tuple[Review, ...]
    doubted: bool
    doubts: tuple[Said, ...]
    remarks: tuple[Said, ...]
    said_back: tuple[Said, ...]
    objection: Objection | None


def build_sentence(
    opened: Opened, unit_id: str, glossary: Glossary, *, alias: str, role: Role, text: str | None = None
) -> Sentence:
    """One sentence; ``text`` is what a person has typed and not saved, None for what stands in the file."""
    unit, entry = opened.units[unit_id], opened.catalog.entries[unit_id]
    typed = entry.text if text is None else text
    return Sentence(
        unit,
        entry,
        typed,
        need_of(unit, entry, alias, role),
        seen_of(entry),
        tuple(f"{{{name}}}" for name in dict.fromkeys(placeholders(unit.text))),
        difference(entry.previous, unit.text) if entry.previous else (),
        tuple(_iter_wordings(unit, glossary, opened.language.tag)),
        findings(opened, unit_id, typed, glossary),
        tuple(authors(entry)),
        tuple(iter_reviews(entry)),
        is_doubted(entry),
        tuple(iter_said(entry, NEEDS_WORK)),
        tuple(iter_said(entry, REMARK)),
        tuple(iter_said(entry, SAID_BACK)),
        find_objection(unit, worded(unit, entry, typed, alias), alias, role) if typed.strip() else None,
    )


def findings(opened: Opened, unit_id: str, text: str, glossary: Glossary) -> Findings:
    """What the gates of `translations check` say about a text for a unit; nothing about an empty one."""
    if not text.strip():
        return Findings()
    unit = opened.units[unit_id]
    entry = replace(opened.catalog.entries[unit_id], english=unit.text, text=text)
    waived = {value.partition(" ")[0] for value in entry.iter_comments("waived")}
    doubts = (found for rule, found in iter_doubts(entry, opened.language, glossary) if rule.value not in waived)
    return Findings(tuple(iter_faults(entry, opened.language, opened.gate)), tuple(doubts))


def difference(old: str, new: str) -> tuple[tuple[Change, str], ...]:
    """What was taken out and put in, word by word; letter by letter in scripts that have no spaces between words."""
    before, after = _PART.findall(old), _PART.findall(new)
    pieces: list[tuple[Change, str]] = []
    gone = come = ""
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        ours, theirs = "".join(before[start:end]), "".join(after[first:last])
        if kind == "equal" and not ((gone or come) and ours.isspace()):  # a space between two changes belongs to both
            pieces += [*_changed(gone, come), (Change.SAME, ours)]
            gone = come = ""
        else:
            gone, come = gone + ours, come + theirs
    return (*pieces, *_changed(gone, come))


def _changed(gone: str, come: str) -> Iterator[tuple[Change, str]]:
    if gone:
        yield Change.GONE, gone
    if come:
        yield Change.NEW, come


def _iter_wordings(unit: Unit, glossary: Glossary, tag: str) -> Iterator[Wording]:
    for term, rendering in glossary.iter_terms(unit.text, tag):
        sources = tuple(glossary.sources[source] for source in rendering.sources)
        yield Wording(
            ", ".join(term.english),
            rendering.say,
            rendering.standing,
            rendering.never,
            rendering.why,
            term.note,
            sources,
        )
