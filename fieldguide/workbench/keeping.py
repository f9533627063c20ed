"""What becomes of a recording that a person keeps or takes away. It is judged as a whole; nothing is written here."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from fieldguide.encode import Cut, NoConverterError, SilentError, TooLongError, TooShortError, as_sound
from fieldguide.languages import Registry
from fieldguide.mp3 import NotSoundError
from fieldguide.problems import raise_if_any
from fieldguide.recordings import Recordings, check_recordings
from fieldguide.review import ALIAS
from fieldguide.voices import Speaker, voice_of, with_sounds, withdrawn
from fieldguide.workbench.studio import Spoken

LICENCES = ("CC-BY-4.0", "CC0-1.0")
"""What a new voice may choose from; the guide itself is under the first."""


class Refusal(StrEnum):
    """Why a recording is not kept; the page has a sentence for each."""

    CONSENT = "consent"
    ALIAS = "alias"
    LICENCE = "licence"
    CHANGED = "changed"
    TAKEN = "taken"
    EMPTY = "empty"
    SILENT = "silent"
    SHORT = "short"
    LONG = "long"
    NO_SOUND = "no-sound"
    NO_CONVERTER = "no-converter"


_KINDS: Mapping[type[NotSoundError], Refusal] = {
    SilentError: Refusal.SILENT,
    TooShortError: Refusal.SHORT,
    TooLongError: Refusal.LONG,
    NoConverterError: Refusal.NO_CONVERTER,
}


class NotKeptError(Exception):
    """A recording that is not kept, and everything that speaks against it."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__(", ".join(refusals))


@dataclass(frozen=True)
class Told:
    """What a person says with a recording. ``seen`` is the hash of the words that they read, ``over`` that of the sound
    which they saw to be there before."""

    alias: str
    licence: str
    is_agreed: bool
    seen: str
    over: str


@dataclass(frozen=True)
class Made:
    """What became of the sound that was sent: as the guide ships it, or why there is none."""

    sound: bytes = b""
    refusals: tuple[Refusal, ...] = ()


def made(body: bytes, cut: Cut | None) -> Made:
    """A sound of a browser as the guide ships it. It lies on the disk only while it is read."""
    if not body:
        return Made(refusals=(Refusal.EMPTY,))
    with tempfile.TemporaryDirectory(prefix="workbench.") as folder:
        path = Path(folder) / "sound"
        path.write_bytes(body)
        try:
            return Made(as_sound(path, cut))
        except NotSoundError as error:
            return Made(refusals=(_KINDS.get(type(error), Refusal.NO_SOUND),))


def kept(spoken: Spoken, unit_id: str, told: Told, made: Made, today: date) -> Recordings:
    """The recordings of a language with this one. Raises `NotKeptError`, or `ProblemsError` for what the files say."""
    before, over = spoken.recordings, spoken.entry(unit_id)
    known = before.voices.get(told.alias)
    against = {
        Refusal.CHANGED: told.seen != spoken.words.of(unit_id),
        Refusal.TAKEN: told.over != (over.sound if over else ""),
        Refusal.CONSENT: not told.is_agreed,
        Refusal.ALIAS: not ALIAS.fullmatch(told.alias),
        Refusal.LICENCE: told.licence != known.licence if known else told.licence not in LICENCES,
    }
    refusals = (*(refusal for refusal, is_so in against.items() if is_so), *made.refusals)
    if refusals:
        raise NotKeptError(refusals)
    voice = voice_of(before, told.alias, known.consent if known else today, told.licence)
    after = with_sounds(before, Speaker(told.alias, voice, today), {unit_id: made.sound}, {unit_id: told.seen})
    registry = Registry({spoken.language.tag: spoken.language})
    raise_if_any(check_recordings([_only(after, unit_id)], registry, spoken.words.guide))
    return after


def _only(recordings: Recordings, unit_id: str) -> Recordings:
    """One recording by itself: what is wrong elsewhere keeps nobody from theirs."""
    voice = recordings.entries[unit_id].voice
    return Recordings(
        recordings.tag,
        {voice: recordings.voices[voice]},
        {unit_id: recordings.entries[unit_id]},
        {unit_id: recordings.sounds[unit_id]},
    )


def taken_away(spoken: Spoken, unit_id: str, over: str, *, is_all: bool) -> Recordings:
    """The recordings of a language without this one, or without all of its voice; as they are where it is another."""
    entry = spoken.entry(unit_id)
    if entry is None or entry.sound != over:
        return spoken.recordings
    entries = spoken.recordings.entries
    gone = [other for other in entries if entries[other].voice == entry.voice] if is_all else [unit_id]
    return withdrawn(spoken.recordings, gone)
