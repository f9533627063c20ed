"""Recordings: a person says a text of a language aloud. Each is bound to the exact words that were said.

``translations/<tag>/audio/`` holds one MP3 a text, named by its unit id, and ``audio.toml``: who spoke, what they
agreed to, and the hash of the words. When the words change, the recording no longer fits and is left out.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tomli_w

from fieldguide.artifact import revision_of
from fieldguide.languages import Registry
from fieldguide.localize import Localized
from fieldguide.markup import to_plain
from fieldguide.model import Guide
from fieldguide.mp3 import NotSoundError, seconds
from fieldguide.problems import Problem, raise_if_any
from fieldguide.structure import load_toml

FOLDER = "audio"
TABLE = "audio.toml"
SUFFIX = ".mp3"
NAME = "language.name"
"""The id of the recording of a language's own name, for the list that is turned to a worker who may not read."""

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
    table = load_toml(audio / TABLE, _Table, name)
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


def words_of(unit_id: str, localized: Localized, guide: Guide) -> str:
    """The hash of the words of a unit as a language shows them, numbers and names in their place; "" for a unit that
    is not in this language itself."""
    if unit_id == NAME:
        return _hash(localized.language.endonym)
    shown = localized.texts.get(unit_id)
    if shown is None or shown.language is not localized.language:
        return ""
    return _hash(to_plain(shown.text, _Spoken(guide, localized)))


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]


class _Spoken(dict[str, str]):
    """What a placeholder stands for, in the form that changes when the thing does."""

    def __init__(self, guide: Guide, localized: Localized) -> None:
        super().__init__({f"names.{key}": localized[unit].text for key, unit in guide.names.items()})
        self.update({f"phone.{key}": contact.phone for key, contact in guide.contacts.items()})
        self.update({f"sms.{key}": contact.sms for key, contact in guide.contacts.items()})
        self.update({f"fact.{key}": str(fact.value) for key, fact in guide.facts.items()})


def iter_current(recordings: Recordings, localized: Localized, guide: Guide) -> Iterator[str]:
    """The ids of the texts whose recording says what the guide now shows."""
    for unit_id, recording in recordings.entries.items():
        if recording.words and recording.words == words_of(unit_id, localized, guide):
            yield unit_id


def check_stale(recordings: Recordings, localized: Localized, guide: Guide) -> Iterator[Problem]:
    """Recordings that are left out since their text has changed: worth a look, no reason to stop."""
    current = set(iter_current(recordings, localized, guide))
    for unit_id in recordings.entries:
        if unit_id not in current:
            message = "the text has changed since it was recorded; it is left out until it is recorded again"
            yield Problem(recordings.name, f"recordings.{unit_id}", message, unit_id)


def check_recordings(
    found: Iterable[Recordings], registry: Registry, units: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """Every recording that cannot be right: of no unit, of no voice, or not the sound that was taken.

    ``units`` are the ids of the texts of each language.
    """
    for recordings in found:
        if recordings.tag not in registry:
            yield Problem(recordings.name, "", "is of no listed language; add it to languages.toml or remove it")
            continue
        known = {NAME, *units.get(recordings.tag, ())}
        for unit_id in sorted(recordings.entries.keys() | recordings.sounds.keys()):
            for place, message in _faults(unit_id, recordings, known):
                yield Problem(recordings.name, f"recordings.{unit_id}{place}", message, unit_id)
        for alias, voice in recordings.voices.items():
            if not voice.licence.strip():
                yield Problem(recordings.name, f"voices.{alias}.licence", "is empty; write what the speaker agreed to")


def _faults(unit_id: str, recordings: Recordings, known: set[str]) -> Iterator[tuple[str, str]]:
    recording, sound = recordings.entries.get(unit_id), recordings.sounds.get(unit_id)
    if unit_id not in known:
        yield "", "no text of this language has this id; mend its spelling or remove the recording"
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
