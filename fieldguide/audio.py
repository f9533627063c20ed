"""The verbs of ``build_pwa.py audio``: take recordings, check them, tell how far they are.

Taking decides on every file before the first is written: a refused one leaves the folder as it was.
"""

import argparse
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from fieldguide.artifact import revision_of
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.languages import Language
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.localize import localize
from fieldguide.mp3 import KBPS, NotSoundError, seconds, strip
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.reader import CONTENT
from fieldguide.recordings import (
    FOLDER,
    SUFFIX,
    TABLE,
    Recording,
    Recordings,
    Voice,
    Words,
    check_recordings,
    iter_current,
    serialise,
    sound_fault,
)
from fieldguide.writer import replace_file

_TO_MP3 = f"-ac 1 -ar 24000 -c:a libmp3lame -b:a {KBPS}k -map_metadata -1 -id3v2_version 0 -write_xing 0 -f mp3".split()


@dataclass(frozen=True)
class Work:
    """Everything a verb works on."""

    ingredients: Ingredients
    folder: Path

    def recordings(self, tag: str) -> Recordings:
        """What is recorded in a language so far."""
        return self.ingredients.recordings.get(tag, Recordings(tag))

    def words(self, language: Language) -> Words:
        """The words of a language, drafts too: a speaker reads what the page shows."""
        found = self.ingredients
        return Words(localize(found.units, language, found.registry, found.catalogs), found.guide)


def load_work(content: Path = CONTENT, folder: Path = TRANSLATIONS) -> Work:
    """Read content, catalogs and recordings. Raises `ProblemsError`."""
    return Work(load_ingredients(Deployment(), content, folder), folder)


def take(options: argparse.Namespace) -> None:
    """Take a folder of recordings, each named by the id of its text, into the guide."""
    work = load_work()
    tag = options.language or options.dir.absolute().name
    if tag not in work.ingredients.registry:
        raise ProblemsError([Problem(str(options.dir), "", f"{tag!r} is no listed language; name it with --language")])
    before, guide = work.recordings(tag), work.ingredients.guide
    voices = {**before.voices, options.by: _voice(options, before)}
    found = _sounds(options.dir, work, work.ingredients.registry[tag])
    said = work.words(work.ingredients.registry[tag])
    words = {unit_id: said.of(unit_id) for unit_id in found}
    held = {unit_id for unit_id, sound in found.items() if _is_held(before, unit_id, sound)}
    raise_if_any(
        Problem(str(options.dir), "", "is the sound that was taken before the text changed; record it again", unit_id)
        for unit_id in sorted(held)
        if before.entries[unit_id].words != words[unit_id]
    )
    sounds = {unit_id: sound for unit_id, sound in found.items() if unit_id not in held}
    entries = {
        unit_id: Recording(options.by, options.on, words[unit_id], revision_of(sound))
        for unit_id, sound in sounds.items()
    }
    after = replace(before, voices=voices, entries={**before.entries, **entries}, sounds={**before.sounds, **sounds})
    raise_if_any(check_recordings([after], work.ingredients.registry, guide))
    folder = work.folder / tag / FOLDER
    for unit_id, sound in sounds.items():
        replace_file(folder / f"{unit_id}{SUFFIX}", sound)
    replace_file(folder / TABLE, serialise(after).encode("utf-8"))
    played = sum(seconds(sound) for sound in sounds.values())
    size = sum(map(len, sounds.values()))
    print(f"{folder}: {len(sounds)} recordings taken, {played:.0f} s, {size} bytes; {len(held)} were there")


def _is_held(before: Recordings, unit_id: str, sound: bytes) -> bool:
    """True for a sound that was taken before: its speaker, day and words stay as they were told then."""
    entry = before.entries.get(unit_id)
    return entry is not None and entry.sound == revision_of(sound)


def _voice(options: argparse.Namespace, before: Recordings) -> Voice:
    """The speaker with consent and licence: told now, or known from an earlier time."""
    known = before.voices.get(options.by)
    consent = options.consent or (known.consent if known else None)
    licence = options.licence or (known.licence if known else "")
    if consent is None or not licence:
        message = f"{options.by} is a new voice: name the day of their consent and the licence they agreed to"
        raise ProblemsError([Problem(before.name, f"voices.{options.by}", message)])
    if known and known != Voice(consent, licence):
        message = f"{options.by} agreed to {known.licence} on {known.consent}; anything else needs another alias"
        raise ProblemsError([Problem(before.name, f"voices.{options.by}", message)])
    return Voice(consent, licence)


def _sounds(folder: Path, work: Work, language: Language) -> dict[str, bytes]:
    """The recordings of a folder by unit id, as the guide ships them. Raises `ProblemsError` with all that is wrong."""
    if not folder.is_dir():
        raise ProblemsError([Problem(str(folder), "", "is no folder of recordings")])
    files = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    problems = [] if files else [Problem(str(folder), "", "holds no recording")]
    problems += [Problem(str(path), "", "is no file") for path in files if not path.is_file()]
    files = [path for path in files if path.is_file()]
    twice = [stem for stem, count in Counter(path.stem for path in files).items() if count > 1]
    problems += [Problem(str(folder), stem, "is recorded in two files; keep one", stem) for stem in twice]
    words, sounds = work.words(language), dict[str, bytes]()
    for path in files:
        try:
            sounds[path.stem] = as_sound(path)
        except NotSoundError as error:
            problems.append(Problem(str(path), "", str(error), path.stem))
        if not words.of(path.stem):
            message = f"{language.tag} has no such text to be heard; name the file by the id of the text that was read"
            problems.append(Problem(str(path), "", message, path.stem))
    raise_if_any(problems)
    return sounds


def as_sound(path: Path) -> bytes:
    """A recording as the guide ships it: its own frames if they fit, else converted by ffmpeg where that is there.

    Raises `NotSoundError`.
    """
    body = path.read_bytes()
    try:
        sound = strip(body)
        fault = sound_fault(sound)
    except NotSoundError as error:
        sound, fault = b"", str(error)
    if not fault:
        return sound
    if shutil.which("ffmpeg") is None:
        raise NotSoundError(f"{fault}; install ffmpeg, or give MP3, mono, {KBPS} kbit/s")
    made = _converted(path)
    still = sound_fault(made)
    if still:
        raise NotSoundError(still)
    return made


def _converted(path: Path) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", f"file:{path}", "-vn", *_TO_MP3, "pipe:1"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the name is after "file:"
    if done.returncode or not done.stdout:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotSoundError(f"ffmpeg cannot read it: {why[-1] if why else 'it holds no sound'}")
    return done.stdout


def check(options: argparse.Namespace) -> None:
    """Name every recording that is wrong, and those that are left out since their text has changed."""
    work = load_work()
    found = work.ingredients
    raise_if_any(check_recordings(found.recordings.values(), found.registry, found.guide))
    for problem in found.iter_stale():
        print(f"warning: {problem}")
    print(f"good: {', '.join(found.recordings) or 'nothing is recorded yet'}")


def status(options: argparse.Namespace) -> None:
    """Count the texts of cards and pages that are recorded, by language."""
    work = load_work()
    print(f"{'language':<10}{'voices':>8}{'cards':>14}{'pages':>14}{'left out':>10}{'KB':>8}")
    for language in work.ingredients.registry:
        print(_row(work, language))


def _row(work: Work, language: Language) -> str:
    recordings, words = work.recordings(language.tag), work.words(language)
    current = set(iter_current(recordings, words))
    texts = {unit_id: kind for unit_id, kind in words.heard.items() if words.of(unit_id)}
    totals, counts = Counter(texts.values()), Counter(texts[unit_id] for unit_id in current)
    told = "".join(f"{f'{counts[kind]} of {totals[kind]}':>14}" for kind in ("cards", "pages"))
    size = sum(len(sound) for unit_id, sound in recordings.sounds.items() if unit_id in current) // 1000
    return f"{language.tag:<10}{len(recordings.voices):>8}{told}{len(recordings.entries) - len(current):>10}{size:>8}"
