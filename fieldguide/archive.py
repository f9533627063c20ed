"""What the cards said: kept with every build, so that a report that cites ``D2·es·4f2a`` can be read years later.

One file a build, in plain JSON, read from the pages of cards as they go online. Nothing in it is about a person.
"""

import argparse
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.said import Said, hash_of, iter_said
from fieldguide.snapshot import Site
from fieldguide.structure import structure
from fieldguide.urls import cards_url
from fieldguide.writer import replace_file

FORMAT = 1

_BETWEEN = re.compile(r"[·.:/ ]+")


@dataclass(frozen=True)
class Archived:
    """The cards of one build. ``archived_on`` is the day, as in ISO 8601, on which these words were first archived."""

    format: int
    edition: int
    name: str
    agency: str
    archived_on: str
    cards: tuple[Said, ...]

    @property
    def file(self) -> str:
        """The edition and the hash of all words: the same words under the same edition are one file."""
        words = json.dumps([asdict(card) for card in self.cards], ensure_ascii=False)
        return f"{self.edition}-{hash_of(words)[:16]}.json"


def build_archived(site: Site, edition: int, name: str, agency: str, today: date) -> Archived:
    """The words of every card that a site shows, in every language; cards that policy bars are not in it."""
    pages = (site.artifacts.get(cards_url(language)) for language in site.registry)
    cards: list[Said] = []
    for page, language in zip(pages, site.registry, strict=True):
        for said in iter_said(page.body.decode("utf-8"), language.tag) if page else ():
            if said not in cards:
                cards.append(said)
    return Archived(FORMAT, edition, name, agency, today.isoformat(), tuple(cards))


def check_archive_folder(folder: Path, out: Path) -> None:
    """Raise `ProblemsError` when the archive would lie where the next build takes everything away."""
    if folder.absolute().resolve().is_relative_to(out.absolute().resolve()):
        raise ProblemsError([Problem(str(folder), "", f"lies in {out}, which is replaced; choose another --archive")])


def check_archive(archived: Archived, folder: Path) -> None:
    """Raise `ProblemsError` when the archive holds another file under the name of this one."""
    path = folder / archived.file
    if path.exists() and _load(path).cards != archived.cards:
        raise ProblemsError([_changed(path)])


def write_archive(archived: Archived, folder: Path) -> Path:
    """Write one build's words; where they are already archived, their file and its day stay."""
    path = folder / archived.file
    if not path.exists():
        replace_file(path, (json.dumps(asdict(archived), ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return path


def card(options: argparse.Namespace) -> None:
    """Print the exact words of a card that a report cites, from the files of `build --archive`."""
    archive = _load_all(options.archive)
    code, tag, digits = _cited(options.code, options.tag)
    near = [(said, of) for of in archive for said in of.cards if said.code == code and tag in ("", said.tag)]
    versions: dict[str, list[tuple[Said, Archived]]] = {}
    for said, of in near:
        if said.sha256.startswith(digits):
            versions.setdefault(json.dumps(asdict(said)), []).append((said, of))
    if not versions:
        known = ", ".join(sorted({said.cited for said, _ in near})) or "none of this code and language"
        message = f"holds no card {'·'.join(part for part in (code, tag, digits) if part)}; there is {known}"
        raise ProblemsError([Problem(str(options.archive), "", message)])
    print("\n\n".join(_told(same) for same in versions.values()))


def _cited(code: str, tag: str | None) -> tuple[str, str, str]:
    parts = [part for part in _BETWEEN.split(code) if part]
    parts += [""] * (3 - len(parts))
    return parts[0], tag or parts[1], parts[2].lower()


def _told(same: Iterable[tuple[Said, Archived]]) -> str:
    (said, *_), builds = zip(*same, strict=True)
    lines = [said.cited, *(f"  edition {of.edition}, archived on {of.archived_on}, {of.file}" for of in builds)]
    lines += [said.text, *(f"  - {answer}" for answer in said.answers)]
    lines += [f"{tag}: {text}" for tag, text in said.officer.items()]
    return "\n".join(lines)


def _load_all(folder: Path) -> list[Archived]:
    archive: list[Archived] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.json")):
        try:
            archive.append(_load(path))
        except ProblemsError as error:
            problems += error.problems
    raise_if_any(problems)
    if not archive:
        raise ProblemsError([Problem(str(folder), "", "holds no archive; name the folder of `build --archive`")])
    return sorted(archive, key=lambda of: (of.archived_on, of.edition))


def _load(path: Path) -> Archived:
    """One file, if it is as it was written: its name is made of its words, and each hash of its text."""
    try:
        archived = structure(json.loads(path.read_text(encoding="utf-8")), Archived, path.name)
    except ValueError as error:
        raise ProblemsError([_changed(path)]) from error
    if archived.format != FORMAT:
        message = f"is of format {archived.format}, this checkout reads {FORMAT}; read it with a newer one"
        raise ProblemsError([Problem(str(path), "", message)])
    wrong = any(hash_of(said.text) != said.sha256 for said in archived.cards)
    if wrong or archived.file != path.name:
        raise ProblemsError([_changed(path)])
    return archived


def _changed(path: Path) -> Problem:
    return Problem(str(path), "", "was changed after it was written; bring the old file back")
