"""What becomes of an entry when a person saves, checks, doubts or says back a sentence. Nothing is written here."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from fieldguide.catalog import Entry
from fieldguide.checks.finding import Finding
from fieldguide.checks.translations import iter_faults
from fieldguide.items import Unit
from fieldguide.review import NEEDS_WORK, Objection, Role, add_review, find_objection
from fieldguide.revise import SAID_BACK, comment, reword
from fieldguide.workbench.desk import Opened

_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
"""Breaks of lines, and tabs; not the spaces that some languages put before a question mark."""


class RefusedError(Exception):
    """A text that is not taken: an ``objection`` to the person or, without one, ``faults`` that the gates name."""

    def __init__(self, objection: Objection | None, faults: tuple[Finding, ...] = ()) -> None:
        self.objection, self.faults = objection, faults
        super().__init__(objection.name if objection else "; ".join(faults))


@dataclass(frozen=True)
class Hand:
    """Who writes into which language, as what, and on which day."""

    opened: Opened
    alias: str
    role: Role
    today: date


def cleaned(typed: str) -> str:
    """What was typed into a field, as a text of a catalog: one line in Unicode's usual form."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", typed).strip())


def worded(unit: Unit, entry: Entry, text: str, alias: str) -> Entry:
    """The entry with a text by this person. The same text changes nothing, so nobody has written it."""
    return entry if text == entry.text else reword(unit, entry, text, alias)


def saved(hand: Hand, unit: Unit, entry: Entry, text: str) -> Entry:
    """The entry with the text as a draft. Raises `RefusedError` for none, and for one that would stop every build."""
    if not text and entry.text:
        raise RefusedError(Objection.MISSING)
    written = worded(unit, entry, text, hand.alias)
    faults = () if written is entry else tuple(iter_faults(written, hand.opened.language, hand.opened.gate))
    if faults:
        raise RefusedError(None, faults)
    return written


def checked(hand: Hand, unit: Unit, entry: Entry, text: str) -> Entry:
    """The entry with the text and this person's word for it. Raises `RefusedError`."""
    written = worded(unit, entry, text, hand.alias)
    objection = find_objection(unit, written, hand.alias, hand.role)
    faults = () if objection else tuple(iter_faults(written, hand.opened.language, hand.opened.gate))
    if objection or faults:
        raise RefusedError(objection, faults)
    return add_review(written, hand.alias, hand.role, hand.today)


def doubted(hand: Hand, unit: Unit, entry: Entry, text: str, words: str) -> Entry:
    """The entry with what this person says is wrong. Another text is taken too; a faulty one is kept in the words."""
    try:
        written = saved(hand, unit, entry, text or entry.text)
    except RefusedError:
        written, words = entry, f"suggests “{text}”; {words}"
    return comment(written, NEEDS_WORK, words, alias=hand.alias, role=hand.role, on=hand.today)


def said_back(hand: Hand, entry: Entry, words: str) -> Entry:
    """The entry with what its text says to this person."""
    return comment(entry, SAID_BACK, words, alias=hand.alias, role=hand.role, on=hand.today)
