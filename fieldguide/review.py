"""Who checked a translation, and the state that follows from it. State is computed each time, never stored.

A review is a translator's comment, ``reviewed: <stamp> <alias> <role> <date>``. The stamp is a hash of the unit id, the
English and the translation, so a review voids itself when either side changes, and one that a tool copied to another
entry counts for nothing there. So does one made before somebody said ``needs-work: <stamp> …`` of the same text: what
is shown as checked has no open complaint.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit

REVIEWED, OUTDATED, NEEDS_WORK = "reviewed", "outdated", "needs-work"
ALIAS = re.compile(r"[\w.-]{1,40}")


class Role(StrEnum):
    """As what a person checked a text. ``READER_TESTED``: people who read this language understood it."""

    NATIVE_SPEAKER = "native-speaker"
    COURT_INTERPRETER = "court-interpreter"
    LAWYER = "lawyer"
    SURVIVOR = "survivor"
    READER_TESTED = "reader-tested"


class State(StrEnum):
    """Where a text stands. ``SOURCE`` is the English itself; only the first three are ever shown."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    DRAFT = "draft"
    STALE = "stale"
    MISSING = "missing"


class Objection(StrEnum):
    """What can stand against one person's checking of a text, each as a sentence with its remedy."""

    MISSING = "is not translated yet; translate it first"
    ENGLISH = "its English has changed since; run sync, then read it again"
    OWN = "{alias} wrote this vital text; two other people check it"
    TWICE = "{alias} has checked this text already; another person is needed"
    ROLE = "somebody has checked this text as {role} already; a person with another role is needed"


@dataclass(frozen=True)
class Review:
    """One person's word that a translation says what its English says. ``carried``: moved to a mended spelling."""

    stamp: str
    alias: str
    role: Role
    on: date
    carried: bool = False

    def __str__(self) -> str:
        words = [REVIEWED + ":", self.stamp, self.alias, self.role.value, self.on.isoformat()]
        return " ".join([*words, "carried"] if self.carried else words)


def stamp(unit_id: str, english: str, text: str) -> str:
    """Twelve hexadecimal digits that stand for exactly this text as the translation of exactly this English."""
    parts = (unicodedata.normalize("NFC", part) for part in (unit_id, english, text))
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:12]


def parse_review(value: str) -> Review | None:
    """The review that a comment's value spells, or None when it spells none."""
    words = value.split()
    carried = words[4:] == ["carried"]
    if len(words) != (5 if carried else 4) or not ALIAS.fullmatch(words[1]):
        return None
    try:
        return Review(words[0], words[1], Role(words[2]), date.fromisoformat(words[3]), carried)
    except ValueError:
        return None


def iter_reviews(entry: Entry) -> Iterator[Review]:
    """The reviews that hold: of this id, this English and this text, made since the last complaint about it."""
    for kind, value in _since_complaint(entry):
        review = parse_review(value) if kind == REVIEWED else None
        if review:
            yield review


def is_doubted(entry: Entry) -> bool:
    """True when somebody said that this text needs work, and nobody has checked it since."""
    kinds = {kind for kind, _ in _since_complaint(entry)}
    return NEEDS_WORK in kinds and REVIEWED not in kinds


def _since_complaint(entry: Entry) -> list[tuple[str, str]]:
    """The last complaint about exactly this text, if there is one, and the reviews after it, as kinds and values."""
    found: list[tuple[str, str]] = []
    expected = ""
    for line in entry.comments:
        kind, _, value = line.partition(":")
        kind, value = kind.strip(), value.strip()
        if kind in (REVIEWED, NEEDS_WORK):
            expected = expected or stamp(entry.id, entry.english, entry.text)
            if value.split()[:1] == [expected]:
                found = [*(() if kind == NEEDS_WORK else found), (kind, value)]
    return found


def is_reviewed(entry: Entry, tier: Tier) -> bool:
    """True for one review, or for a vital unit two by different people in different roles, none of them its author."""
    reviews = list(iter_reviews(entry))
    if tier is not Tier.VITAL:
        return bool(reviews)
    others = [review for review in reviews if not _wrote(review.alias, entry)]
    people = {review.alias.casefold() for review in others}
    return min(len(people), len({review.role for review in others})) >= 2


def _wrote(alias: str, entry: Entry) -> bool:
    sources = (source.casefold().split() for source in entry.iter_comments("source"))
    return any(words[:1] == ["human"] and alias.casefold() in words for words in sources)


def is_outdated(entry: Entry) -> bool:
    """True for a text that was made for an earlier English and has been neither changed nor reviewed since.

    The mark holds without the fuzzy flag, which tools clear for a whole file at a touch.
    """
    marks = set(entry.iter_comments(OUTDATED))
    return bool(marks) and stamp(entry.id, "", entry.text) in marks and not any(iter_reviews(entry))


def state_of(unit: Unit, entry: Entry | None) -> State:
    """The state of a unit's translation in one language."""
    if entry is None or not entry.text.strip():
        return State.MISSING
    if entry.id != unit.id or entry.english != unit.text or entry.fuzzy or is_outdated(entry):
        return State.STALE
    return State.REVIEWED if is_reviewed(entry, unit.tier) else State.DRAFT


def is_usable(unit: Unit, entry: Entry | None) -> bool:
    """True for a text that may be shown, as a draft or reviewed."""
    return state_of(unit, entry) in (State.DRAFT, State.REVIEWED)


def mark_outdated(entry: Entry) -> Entry:
    """The entry with the mark that its present text was made for an earlier English."""
    mark = f"{OUTDATED}: {stamp(entry.id, '', entry.text)}"
    return replace(unmark_outdated(entry), comments=(*unmark_outdated(entry).comments, mark))


def unmark_outdated(entry: Entry) -> Entry:
    """The entry without that mark."""
    comments = tuple(line for line in entry.comments if line.partition(":")[0].strip() != OUTDATED)
    return replace(entry, comments=comments)


def find_objection(unit: Unit, entry: Entry | None, alias: str, role: Role) -> Objection | None:
    """Why this person may not check this text as it stands; None when nothing stands against it."""
    if entry is None or not entry.text.strip():
        return Objection.MISSING
    if entry.english != unit.text:
        return Objection.ENGLISH
    if unit.tier is Tier.VITAL and _wrote(alias, entry):
        return Objection.OWN
    reviews = list(iter_reviews(entry))
    if any(review.alias.casefold() == alias.casefold() for review in reviews):
        return Objection.TWICE
    if any(review.role is role for review in reviews):
        return Objection.ROLE
    return None


def review_objection(unit: Unit, entry: Entry | None, alias: str, role: Role) -> str:
    """The same as a sentence with the remedy; "" when nothing stands against it."""
    found = find_objection(unit, entry, alias, role)
    return found.value.format(alias=alias, role=role) if found else ""


def add_review(entry: Entry, alias: str, role: Role, on: date) -> Entry:
    """The entry with one more review, and without what said that its text is in doubt."""
    review = Review(stamp(entry.id, entry.english, entry.text), alias, role, on)
    sure = unmark_outdated(entry)
    return replace(sure, comments=(*sure.comments, str(review)), fuzzy=False, previous="")
