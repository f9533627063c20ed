"""Recordings: a person says a text of a language aloud. Each is bound to the exact words that were said.

``translations/<tag>/audio/`` holds one MP3 a text, named by its unit id, and ``audio.toml``: who spoke, what they
agreed to, and the hash of the words. When the words change, the recording no longer fits and is left out.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import tomli_w

from fieldguide.artifact import revision_of
from fieldguide.decks import iter_worker_units
from fieldguide.items import item_units
from fieldguide.languages import Registry
from fieldguide.localize import Localized
from fieldguide.markup import to_plain
from fieldguide.model import LABELS, Audience, Guide
from fieldguide.mp3 import NotSoundError, seconds
from fieldguide.problems import Problem, raise_if_any
from fieldguide.structure import load_toml

FOLDER = "audio"
TABLE = "audio.toml"
SUFFIX = ".mp3"
NAME = "language.name"
"""The id of the recording of a language's own name, for the list that is turned to a worker who may not read."""

HEARD = (
    "ui.card.yes",
    "ui.card.no",
    "ui.card.dont-know",
    "ui.card.dont-say",
    "ui.card.stop",
    "ui.vital.hand.before",
)
"""What can be heard of the interface: the answers of the cards, and what stands before a phone is handed over."""

SHORTEST, LONGEST = 0.3, 60.0
"""Seconds: shorter is a slip of the finger, longer is no single text."""


@dataclass(frozen=True)
class Voice:
    """A person who speaks, by an alias. ``consent`` is the day on which they agreed to be heard in the guide,
    ``licence`` what they agreed to."""

    consent: date
    licence: str


@dataclass(frozen=True)
class Recording:
    """One recording: the voice, the day, the hash of the words that were said and that of the sound."""

    voice: str
    on: date
    words: str
    sound: str


@dataclass(frozen=True)
class _Table:
    voices: dict[str, Voice] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)


@dataclass(frozen=True)
class Recordings:
    """All recordings of one language; ``sounds`` are the files that lie there, by unit id."""

    tag: str
    voices: Mapping[str, Voice] = field(default_factory=dict)
    entries: Mapping[str, Recording] = field(default_factory=dict)
    sounds: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def without(self, unit_ids: Collection[str]) -> "Recordings":
        """The recordings of all texts but these."""
        entries = {unit_id: entry for unit_id, entry in self.entries.items() if unit_id not in unit_ids}
        return replace(
            self, entries=entries, sounds={key: self.sounds[key] for key in self.sounds if key not in unit_ids}
        )

    @property
    def name(self) -> str:
        """How problems name the file of a language."""
        return f"translations/{self.tag}/{FOLDER}/{TABLE}"


def load_recordings(folder: Path, tag: str) -> Recordings:
    """Read the recordings of a language under ``translations/``; none if it has none. Raises `ProblemsError`."""
    audio = folder / tag / FOLDER
    if not audio.is_dir():
        return Recordings(tag)
    name = Recordings(tag).name
    table = load_toml(audio / TABLE, _Table, name) if (audio / TABLE).exists() else _Table()
    files = [path for path in sorted(audio.iterdir()) if path.name != TABLE and not path.name.startswith(".")]
    wrong = [path for path in files if path.suffix != SUFFIX]
    raise_if_any(
        Problem(f"translations/{tag}/{FOLDER}/{path.name}", "", f"is no recording; `audio take` makes {SUFFIX} of it")
        for path in wrong
    )
    return Recordings(tag, table.voices, table.recordings, {path.stem: path.read_bytes() for path in files})


def serialise(recordings: Recordings) -> str:
    """``audio.toml`` of these recordings: voices and recordings in the order of their names."""

    def rows(table: Mapping[str, Voice | Recording]) -> dict[str, dict[str, object]]:
        return {key: dict(vars(table[key])) for key in sorted(table)}

    return tomli_w.dumps({"voices": rows(recordings.voices), "recordings": rows(recordings.entries)})


def heard_ids(guide: Guide) -> dict[str, str]:
    """The ids of all texts that can be heard, and where: "cards" or "pages". Titles and links have no button."""
    heard = dict.fromkeys((NAME, *HEARD), "cards")
    heard.update((unit.id, "cards") for deck in guide.decks for unit in iter_worker_units(deck))
    items = (item for page in guide.pages_for(Audience.WORKER) for section in page.sections for item in section.items)
    heard.update((unit.id, "pages") for item in items for unit in item_units(item))
    return heard


@dataclass(frozen=True)
class Words:
    """The words of a language's texts as they are shown, numbers and names in their place."""

    localized: Localized
    guide: Guide

    def of(self, unit_id: str) -> str:
        """The hash of the words of a text; "" for one that cannot be heard, or is not in this language itself."""
        if unit_id == NAME:
            return _hash(self.localized.language.endonym)
        shown = self.localized.texts.get(unit_id)
        if unit_id not in self.heard or shown is None or shown.language is not self.localized.language:
            return ""
        return _hash(to_plain(shown.text, self._values))

    @cached_property
    def heard(self) -> dict[str, str]:
        """What `heard_ids` says."""
        return heard_ids(self.guide)

    @cached_property
    def _values(self) -> dict[str, str]:
        # in the form that changes when the thing does
        guide = self.guide
        values = {f"names.{key}": self.localized[unit].text for key, unit in guide.names.items()}
        values.update((key, self.localized.texts[unit_id].text) for key, unit_id in LABELS.items())
        values.update((f"phone.{key}", contact.phone) for key, contact in guide.contacts.items())
        values.update((f"sms.{key}", contact.sms) for key, contact in guide.contacts.items())
        values.update((f"fact.{key}", f"{fact.value} {fact.precision}") for key, fact in guide.facts.items())
        return values


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]


def iter_current(recordings: Recordings, words: Words) -> Iterator[str]:
    """The ids of the texts whose recording says what the guide now shows."""
    for unit_id, recording in recordings.entries.items():
        if recording.words and recording.words == words.of(unit_id):
            yield unit_id


def check_stale(recordings: Recordings, words: Words) -> Iterator[Problem]:
    """Recordings that are left out since their text has changed: worth a look, no reason to stop."""
    current = set(iter_current(recordings, words))
    for unit_id in recordings.entries:
        if unit_id not in current:
            message = "the text has changed since it was recorded; it is left out until it is recorded again"
            yield Problem(recordings.name, f"recordings.{unit_id}", message, unit_id)


def check_recordings(found: Iterable[Recordings], registry: Registry, guide: Guide) -> Iterator[Problem]:
    """Every recording that cannot be right: of no text to be heard, of no voice, or not the sound that was taken."""
    for recordings in found:
        if recordings.tag not in registry:
            yield Problem(recordings.name, "", "is of no listed language; add it to languages.toml or remove it")
            continue
        known = {NAME} if registry[recordings.tag].status == "spoken" else set(heard_ids(guide))
        for unit_id in sorted(recordings.entries.keys() | recordings.sounds.keys()):
            for place, message in _faults(unit_id, recordings, known):
                yield Problem(recordings.name, f"recordings.{unit_id}{place}", message, unit_id)
        for alias, voice in recordings.voices.items():
            if not voice.licence.strip():
                yield Problem(recordings.name, f"voices.{alias}.licence", "is empty; write what the speaker agreed to")


def _faults(unit_id: str, recordings: Recordings, known: set[str]) -> Iterator[tuple[str, str]]:
    recording, sound = recordings.entries.get(unit_id), recordings.sounds.get(unit_id)
    if unit_id not in known:
        yield "", "no text that can be heard has this id; mend its spelling or remove the recording"
    if recording is None:
        yield "", f"{unit_id}{SUFFIX} lies there, but nothing says who spoke; use `audio take`"
        return
    if sound is None:
        yield "", f"{unit_id}{SUFFIX} is not there; record it again or remove the entry"
        return
    if revision_of(sound) != recording.sound:
        yield ".sound", f"{unit_id}{SUFFIX} is not the sound that was taken; use `audio take`"
    fault = sound_fault(sound)
    if fault:
        yield "", f"{unit_id}{SUFFIX} {fault}"
    voice = recordings.voices.get(recording.voice)
    if voice is None:
        yield ".voice", f"{recording.voice!r} is no voice of this file; add its consent and licence"
    elif voice.consent > recording.on:
        yield ".on", f"{recording.on} is before the consent of {recording.voice} on {voice.consent}"


def sound_fault(sound: bytes) -> str:
    """What is wrong with a recording's bytes, "" when nothing is."""
    try:
        length = seconds(sound)
    except NotSoundError as error:
        return str(error)
    if length < SHORTEST:
        return f"plays for {length:.1f} s; a recording has at least {SHORTEST} s"
    return f"plays for {length:.0f} s; a recording has at most {LONGEST:.0f} s" if length > LONGEST else ""
