"""The verbs of ``build_pwa.py audio``: take recordings, check them, tell how far they are.

Taking decides on every file before the first is written: a refused one leaves the folder as it was.
"""

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fieldguide.deployment import Deployment
from fieldguide.encode import as_sound
from fieldguide.ingredients import Ingredients
from fieldguide.languages import Language
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.localize import localize
from fieldguide.mp3 import NotSoundError, seconds
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.reader import CONTENT
from fieldguide.recordings import FOLDER, Recordings, Words, check_recordings, iter_current
from fieldguide.voices import Speaker, voice_of, with_sounds, write_recordings


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
    before, language = work.recordings(tag), work.ingredients.registry[tag]
    speaker = Speaker(options.by, voice_of(before, options.by, options.consent, options.licence or ""), options.on)
    found, said = _sounds(options.dir, work, language), work.words(language)
    after = with_sounds(before, speaker, found, {unit_id: said.of(unit_id) for unit_id in found})
    raise_if_any(check_recordings([after], work.ingredients.registry, work.ingredients.guide))
    write_recordings(work.folder, before, after)
    sounds = [found[unit_id] for unit_id in found if after.entries[unit_id] != before.entries.get(unit_id)]
    told = f"{len(sounds)} recordings taken, {sum(map(seconds, sounds)):.0f} s, {sum(map(len, sounds))} bytes"
    print(f"{work.folder / tag / FOLDER}: {told}; {len(found) - len(sounds)} were there")


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
