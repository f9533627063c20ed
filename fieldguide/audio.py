"""The verbs of ``build_pwa.py audio``: take recordings, check them, tell how far they are.

Taking decides on every file before the first is written: a refused one leaves the folder as it was.
"""

import argparse
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fieldguide.artifact import revision_of
from fieldguide.coverage import iter_groups
from fieldguide.deployment import Deployment
from fieldguide.interface import interface_units
from fieldguide.languages import Language
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.localize import Localized, localize
from fieldguide.mp3 import KBPS, NotSoundError, seconds, strip
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.reader import CONTENT
from fieldguide.recordings import (
    FOLDER,
    NAME,
    SUFFIX,
    TABLE,
    Recording,
    Recordings,
    Voice,
    check_recordings,
    iter_current,
    serialise,
    sound_fault,
    words_of,
)
from fieldguide.site import Ingredients
from fieldguide.writer import replace_file

_TO_MP3 = f"-ac 1 -ar 24000 -c:a libmp3lame -b:a {KBPS}k -map_metadata -1 -id3v2_version 0 -write_xing 0 -f mp3".split()

_COUNTED = {"cards": "cards", "worker": "pages"}
"""What `status` counts: what workers read. Any other text may be recorded too."""


@dataclass(frozen=True)
class Work:
    """Everything a verb works on."""

    ingredients: Ingredients
    folder: Path

    def recordings(self, tag: str) -> Recordings:
        """What is recorded in a language so far."""
        return self.ingredients.recordings.get(tag, Recordings(tag))

    def localized(self, language: Language) -> Localized:
        """The texts of a language, drafts too: a speaker reads what the page shows."""
        found = self.ingredients
        return localize(found.units, language, found.registry, found.catalogs)


def load_work(content: Path = CONTENT, folder: Path = TRANSLATIONS) -> Work:
    """Read content, catalogs and recordings. Raises `ProblemsError`."""
    return Work(load_ingredients(Deployment(), content, folder), folder)


def take(options: argparse.Namespace) -> None:
    """Take a folder of recordings, each named by the id of its text, into the guide."""
    work = load_work()
    tag = options.language or options.dir.absolute().name
    if tag not in work.ingredients.registry:
        raise ProblemsError([Problem(str(options.dir), "", f"{tag!r} is no listed language; name it with --language")])
    before = work.recordings(tag)
    voices = {**before.voices, options.by: _voice(options, before)}
    sounds = _sounds(options.dir, work, work.ingredients.registry[tag])
    localized = work.localized(work.ingredients.registry[tag])
    entries = {
        unit_id: Recording(
            options.by, options.on, words_of(unit_id, localized, work.ingredients.guide), revision_of(sound)
        )
        for unit_id, sound in sounds.items()
    }
    after = replace(before, voices=voices, entries={**before.entries, **entries}, sounds={**before.sounds, **sounds})
    raise_if_any(check_recordings([after], work.ingredients.registry, work.ingredients.unit_ids()))
    folder = work.folder / tag / FOLDER
    for unit_id, sound in sounds.items():
        replace_file(folder / f"{unit_id}{SUFFIX}", sound)
    replace_file(folder / TABLE, serialise(after).encode("utf-8"))
    played = sum(seconds(sound) for sound in sounds.values())
    print(f"{folder}: {len(sounds)} recordings taken, {played:.0f} s, {sum(map(len, sounds.values()))} bytes")


def _voice(options: argparse.Namespace, before: Recordings) -> Voice:
    """The speaker with consent and licence: told now, or known from an earlier time."""
    known = before.voices.get(options.by)
    consent = options.consent or (known.consent if known else None)
    licence = options.licence or (known.licence if known else "")
    if consent is None or not licence:
        message = f"{options.by} is a new voice: name the day of their consent and the licence they agreed to"
        raise ProblemsError([Problem(before.name, f"voices.{options.by}", message)])
    return Voice(consent, licence)


def _sounds(folder: Path, work: Work, language: Language) -> dict[str, bytes]:
    """The recordings of a folder by unit id, as the guide ships them. Raises `ProblemsError` with all that is wrong."""
    if not folder.is_dir():
        raise ProblemsError([Problem(str(folder), "", "is no folder of recordings")])
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    problems: list[Problem] = [] if files else [Problem(str(folder), "", "holds no recording")]
    twice = [stem for stem, count in Counter(path.stem for path in files).items() if count > 1]
    problems += [Problem(str(folder), stem, "is recorded in two files; keep one", stem) for stem in twice]
    localized, sounds = work.localized(language), dict[str, bytes]()
    for path in files:
        try:
            sounds[path.stem] = as_sound(path)
        except NotSoundError as error:
            problems.append(Problem(str(path), "", str(error), path.stem))
        if not words_of(path.stem, localized, work.ingredients.guide):
            message = f"there is no such text in {language.tag}; name the file by the id of the text that was read"
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
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", f"file:{path}", *_TO_MP3, "pipe:1"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the name is after "file:"
    if done.returncode or not done.stdout:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotSoundError(f"ffmpeg cannot read it: {why[-1] if why else 'it holds no sound'}")
    return done.stdout


def check(options: argparse.Namespace) -> None:
    """Name every recording that is wrong, and those that are left out since their text has changed."""
    work = load_work()
    found = work.ingredients
    raise_if_any(check_recordings(found.recordings.values(), found.registry, found.unit_ids()))
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
    recordings, guide = work.recordings(language.tag), work.ingredients.guide
    current = set(iter_current(recordings, work.localized(language), guide))
    counts = {kind: len(ids & current) for kind, ids in _texts(work, language).items()}
    totals = {kind: len(ids) for kind, ids in _texts(work, language).items()}
    told = "".join(f"{f'{counts[kind]} of {totals[kind]}':>14}" for kind in ("cards", "pages"))
    size = sum(len(sound) for unit_id, sound in recordings.sounds.items() if unit_id in current) // 1000
    return f"{language.tag:<10}{len(recordings.voices):>8}{told}{len(recordings.entries) - len(current):>10}{size:>8}"


def _texts(work: Work, language: Language) -> dict[str, set[str]]:
    texts: dict[str, set[str]] = {"cards": {NAME}, "pages": set()}
    for kind, unit_id in _iter_texts(work, language):
        texts[kind].add(unit_id)
    return texts


def _iter_texts(work: Work, language: Language) -> Iterator[tuple[str, str]]:
    if language.status == "spoken":
        return
    for group, units in iter_groups(language, work.ingredients.guide, interface_units()):
        side = group.partition("/")[0]
        if side in _COUNTED and not group.endswith("officers"):
            yield from ((_COUNTED[side], unit.id) for unit in units)
