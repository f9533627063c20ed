"""A person's recordings taken into a language's, and taken away again: what is agreed, and which words were said.

The command line and the workbench share it, so that both keep the same and refuse the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fieldguide.artifact import revision_of
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.recordings import FOLDER, SUFFIX, TABLE, Recording, Recordings, Voice, serialise
from fieldguide.writer import replace_file


@dataclass(frozen=True)
class Speaker:
    """Who speaks, by an alias, with what they agreed to, and the day on which they were recorded."""

    alias: str
    voice: Voice
    on: date


def voice_of(before: Recordings, alias: str, consent: date | None, licence: str) -> Voice:
    """The consent and licence of an alias: told now, or (None, "") known from an earlier time.

    Raises `ProblemsError` where neither is, and where both differ: what was agreed to first holds.
    """
    known = before.voices.get(alias)
    consent = consent or (known.consent if known else None)
    licence = licence or (known.licence if known else "")
    if consent is None or not licence:
        message = f"{alias} is a new voice: name the day of their consent and the licence they agreed to"
        raise ProblemsError([Problem(before.name, f"voices.{alias}", message)])
    if known and known != Voice(consent, licence):
        message = f"{alias} agreed to {known.licence} on {known.consent}; anything else needs another alias"
        raise ProblemsError([Problem(before.name, f"voices.{alias}", message)])
    return Voice(consent, licence)


def with_sounds(
    before: Recordings, speaker: Speaker, sounds: Mapping[str, bytes], words: Mapping[str, str]
) -> Recordings:
    """The recordings of a language with these, by unit id, each bound to the hash of the words that were read.

    A sound that was taken before stays as it was told then. Raises `ProblemsError` where its words have changed since.
    """
    held = {unit_id for unit_id, sound in sounds.items() if _is_held(before, unit_id, sound)}
    raise_if_any(
        Problem(before.name, "", "is the sound that was taken before the text changed; record it again", unit_id)
        for unit_id in sorted(held)
        if before.entries[unit_id].words != words[unit_id]
    )
    new = {unit_id: sound for unit_id, sound in sounds.items() if unit_id not in held}
    entries = {
        unit_id: Recording(speaker.alias, speaker.on, words[unit_id], revision_of(sound))
        for unit_id, sound in new.items()
    }
    return replace(
        before,
        voices={**before.voices, speaker.alias: speaker.voice},
        entries={**before.entries, **entries},
        sounds={**before.sounds, **new},
    )


def _is_held(before: Recordings, unit_id: str, sound: bytes) -> bool:
    """True for a sound that was taken before: its speaker, day and words stay as they were told then."""
    entry = before.entries.get(unit_id)
    return entry is not None and entry.sound == revision_of(sound)


def withdrawn(before: Recordings, unit_ids: Collection[str]) -> Recordings:
    """The recordings of a language without these, and without a voice that is in no other."""
    after = before.without(unit_ids)
    gone = {entry.voice for unit_id, entry in before.entries.items() if unit_id in unit_ids}
    gone -= {entry.voice for entry in after.entries.values()}
    return replace(after, voices={alias: voice for alias, voice in after.voices.items() if alias not in gone})


def write_recordings(translations: Path, before: Recordings, after: Recordings) -> None:
    """Bring the files of a language from what was read to what it is to be: first the sounds, the table last.

    Whatever ends the program between the two, `audio check` names it, and doing the same again mends it. A sound that
    is taken away is gone before anything else is.
    """
    folder = translations / after.tag / FOLDER
    for unit_id in before.sounds.keys() - after.sounds.keys():
        (folder / f"{unit_id}{SUFFIX}").unlink(missing_ok=True)
    for unit_id, sound in after.sounds.items():
        if before.sounds.get(unit_id) != sound:
            replace_file(folder / f"{unit_id}{SUFFIX}", sound)
    replace_file(folder / TABLE, serialise(after).encode("utf-8"))
