"""Bring a catalog up to the English: keyed by unit id, so a translation never lands at another sentence.

New units come empty; reworded ones keep their text, marked fuzzy, with the English it was made for; units that are gone
become obsolete, and come back as they were. (``msgmerge`` and ``pybabel update`` guess by likeness instead: measured,
they put the translation of one legal sentence under another.)
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from fieldguide.catalog import Catalog, Entry
from fieldguide.items import Tier, Unit
from fieldguide.markup import link_targets, placeholders
from fieldguide.review import (
    NEEDS_WORK,
    REVIEWED,
    Review,
    is_outdated,
    iter_reviews,
    mark_outdated,
    parse_review,
    stamp,
    unmark_outdated,
)

_DIGITS = re.compile(r"\d+")


def note_of(unit: Unit) -> str:
    """What a translator is told about a unit: its tier and the author's note."""
    return f"[{unit.tier}] {unit.note}".strip()


def sync(units: Iterable[Unit], catalog: Catalog) -> Catalog:
    """The catalog with one entry a unit, in the order of the units. Doing it twice changes nothing more."""
    obsolete = list(catalog.obsolete)
    entries: dict[str, Entry] = {}
    for unit in units:
        entry = catalog.entries.get(unit.id)
        if entry is None or not entry.text:  # a tool may have put an empty entry beside the old text
            entry = _revive(unit, obsolete) or entry
        entries[unit.id] = _with_note(_follow(unit, entry), unit)
    gone = (entry for entry in catalog.entries.values() if entry.id not in entries and entry.text)
    obsolete += [replace(entry, previous="") for entry in gone]
    return Catalog(catalog.tag, entries, tuple(replace(entry, note="") for entry in obsolete), catalog.header)


def in_order(units: Iterable[Unit], catalog: Catalog) -> Catalog:
    """The catalog with its own entries and nothing changed but their order, notes and Unicode form."""
    units = [unit for unit in units if unit.id in catalog.entries]
    known = {unit.id: _with_note(catalog.entries[unit.id], unit) for unit in units}
    entries = {**known, **{key: entry for key, entry in catalog.entries.items() if key not in known}}
    return replace(catalog, entries={key: _composed(entry) for key, entry in entries.items()})


def _with_note(entry: Entry, unit: Unit) -> Entry:
    note = note_of(unit)
    return entry if entry.note == note else replace(entry, note=note)


def _composed(entry: Entry) -> Entry:
    if unicodedata.is_normalized("NFC", entry.text):
        return entry
    return replace(entry, text=unicodedata.normalize("NFC", entry.text))


def _revive(unit: Unit, obsolete: list[Entry]) -> Entry | None:
    candidates = [entry for entry in obsolete if entry.id == unit.id]
    if not candidates:
        return None
    same = [entry for entry in candidates if entry.english == unit.text]
    revived = (same or candidates)[-1]
    obsolete.remove(revived)
    return revived


def _follow(unit: Unit, entry: Entry | None) -> Entry:
    if entry is None or not entry.text:
        comments = entry.comments if entry else ()
        return Entry(unit.id, unit.text, "", comments=comments)
    if entry.english != unit.text:
        return _reworded(unit, entry)
    if is_outdated(entry):
        return replace(entry, fuzzy=True)  # whoever cleared the flag changed nothing
    return entry if entry.fuzzy else replace(unmark_outdated(entry), previous="")


def _reworded(unit: Unit, entry: Entry) -> Entry:
    if is_outdated(entry):
        if entry.fuzzy and entry.previous == unit.text:  # the English went back to what this very text was made for
            return replace(unmark_outdated(entry), english=unit.text, fuzzy=False, previous="")
        # two wordings behind: what it was made for must not be taken for what stood here last
        return replace(entry, english=unit.text, fuzzy=True, previous="")
    # a text that was in doubt already is never cleared by itself: it keeps no English to go back to
    previous = "" if entry.fuzzy else entry.english
    return replace(mark_outdated(entry), english=unit.text, fuzzy=True, previous=previous)


def carry_objection(unit: Unit | None, entry: Entry | None) -> str:
    """Why a translation may not be carried to a new wording as if nothing had changed; "" when it may."""
    if unit is None:
        return "no unit has this id; mend its spelling"
    if unit.tier is Tier.VITAL:
        return "is vital; each new wording is translated and checked again"
    old = _made_for(unit, entry)
    if not old:
        return ""
    if _hard_parts(old) != _hard_parts(unit.text):
        return "its numbers, placeholders or links have changed, so its meaning has; translate it again"
    return ""


def can_carry(unit: Unit, entry: Entry | None) -> bool:
    """True when the entry's text was made for another wording of this unit and nobody has doubted it."""
    return bool(_made_for(unit, entry))


def carry(unit: Unit, entry: Entry, alias: str) -> Entry:
    """The entry moved to the unit's new wording, which ``alias`` says means the same; what was said of it moves too."""
    made_for = replace(entry, english=_made_for(unit, entry))
    old, new = (stamp(unit.id, english, entry.text) for english in (made_for.english, unit.text))
    held = set(iter_reviews(made_for))
    lines = [_renewed(line, held, old, new) for line in unmark_outdated(entry).comments]
    said = f"carried: {alias}"
    comments = tuple(lines if said in lines else [*lines, said])
    return replace(entry, english=unit.text, fuzzy=False, previous="", comments=comments)


def _renewed(line: str, held: set[Review], old: str, new: str) -> str:
    name, _, value = line.partition(":")
    if name.strip() == NEEDS_WORK and value.split()[:1] == [old]:
        return line.replace(old, new, 1)
    review = parse_review(value) if name.strip() == REVIEWED else None
    return str(replace(review, stamp=new, carried=True)) if review in held and review else line


def _made_for(unit: Unit, entry: Entry | None) -> str:
    """The other wording that the text was made for, or ""."""
    if entry is None or not entry.text:
        return ""
    if is_outdated(entry):
        return entry.previous if entry.english == unit.text else ""
    return "" if entry.fuzzy or entry.english == unit.text else entry.english


def _hard_parts(english: str) -> tuple[list[str], ...]:
    return sorted(_DIGITS.findall(english)), sorted(placeholders(english)), sorted(link_targets(english))
