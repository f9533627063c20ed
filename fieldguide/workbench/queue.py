"""What is to do in a language, and in which order: sentences about rights and safety first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit
from fieldguide.review import Role, State, find_objection, is_doubted, is_outdated, state_of
from fieldguide.workbench.desk import Opened
from fieldguide.workbench.studio import Sound


class Need(StrEnum):
    """What a sentence needs next, in the order in which they are worked off.

    ``WAITING``: of another person than the one who looks; ``CHECKED``: of nobody.
    """

    MISSING = "missing"
    CHANGED = "changed"
    MENDING = "mending"
    UNCHECKED = "unchecked"
    WAITING = "waiting"
    CHECKED = "checked"


_ORDER = {need: number for number, need in enumerate(Need)}
_MINE = (Need.MISSING, Need.CHANGED, Need.MENDING, Need.UNCHECKED)
"""What one person can do something about."""


@dataclass(frozen=True)
class Row:
    """One sentence of a queue. ``group`` is where it stands, ``place`` its number in the language.

    ``sound``: whether it is heard; None for one that cannot be, or not yet, since it is not translated.
    """

    unit: Unit
    entry: Entry
    need: Need
    group: str
    place: int
    sound: Sound | None = None

    @cached_property
    def rank(self) -> tuple[bool, int, int]:
        """Vital before others, then by need, then as in the guide."""
        return self.unit.tier is not Tier.VITAL, _ORDER[self.need], self.place


@dataclass(frozen=True)
class Wish:
    """What a person wants to see: of one group or all, of one need or all that they can do, with these words in it.

    ``blind``: only sentences that are translated, since only the translation is shown. ``aloud``: those that nobody has
    recorded, and those that have changed since, whatever else they need.
    """

    group: str = ""
    need: Need | None = None
    words: str = ""
    blind: bool = False
    aloud: bool = False

    def takes(self, row: Row) -> bool:
        """Whether a row is wished for."""
        if self.group and row.group != self.group:
            return False
        if self.blind and not row.entry.text.strip():
            return False
        if self.aloud and row.sound not in (Sound.NONE, Sound.CHANGED):
            return False
        if self.need is not None and row.need is not self.need:
            return False
        words = self.words.casefold().strip()
        if words:
            return any(words in text.casefold() for text in (row.unit.text, row.entry.text, row.unit.id))
        return self.aloud or self.need is not None or row.need in _MINE


def need_of(unit: Unit, entry: Entry, alias: str, role: Role) -> Need:
    """What a sentence needs next, as one person sees it."""
    state = state_of(unit, entry)
    if state is State.MISSING:
        return Need.MISSING
    if state is State.STALE:
        return Need.CHANGED if is_outdated(entry) or entry.previous else Need.MENDING
    if is_doubted(entry):
        return Need.MENDING
    if state is State.REVIEWED:
        return Need.CHECKED
    return Need.WAITING if find_objection(unit, entry, alias, role) else Need.UNCHECKED


@lru_cache(maxsize=16)
def build_rows(opened: Opened, alias: str, role: Role) -> tuple[Row, ...]:
    """Every sentence of a language, as in the guide; built once for a person and a state of the file."""
    places = ((group, unit) for group, units in opened.groups for unit in units)
    entries = opened.catalog.entries
    return tuple(
        Row(unit, entries[unit.id], need_of(unit, entries[unit.id], alias, role), group, place)
        for place, (group, unit) in enumerate(places)
    )


def with_sounds(rows: Iterable[Row], sounds: Mapping[str, Sound]) -> list[Row]:
    """The rows, with whether they are heard."""
    return [replace(row, sound=sounds[row.unit.id]) if row.unit.id in sounds else row for row in rows]


def build_queue(rows: Iterable[Row], wish: Wish) -> list[Row]:
    """The rows that are wished for, most important first."""
    return sorted((row for row in rows if wish.takes(row)), key=lambda row: row.rank)


def around(queue: Sequence[Row], row: Row) -> tuple[Row | None, Row | None]:
    """The rows before and after one, which need not be in the queue itself: a checked sentence has left it."""
    before = [other for other in queue if other.rank < row.rank and other.unit.id != row.unit.id]
    after = [other for other in queue if other.rank > row.rank and other.unit.id != row.unit.id]
    return before[-1] if before else None, after[0] if after else None


@dataclass(frozen=True)
class Progress:
    """How far a group is: how many of its sentences are checked, how many wait for another person, how many it has."""

    group: str
    checked: int
    waiting: int
    total: int


def progress_of(rows: Iterable[Row]) -> list[Progress]:
    """How far each group is, as in the guide."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [
        Progress(
            group,
            sum(row.need is Need.CHECKED for row in found),
            sum(row.need is Need.WAITING for row in found),
            len(found),
        )
        for group, found in groups.items()
    ]
