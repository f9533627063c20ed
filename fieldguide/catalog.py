"""PO files: the translations of one language. The only user of polib, and it only reads and serialises."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from fieldguide.problems import Problem, ProblemsError

_MSGID = re.compile(r"^msgid\s", re.MULTILINE)
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})")
_LINE = re.compile(r'(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\[abfnrtv"\\])*"\s*')


@dataclass(frozen=True)
class Entry:
    """One translation: of the unit ``id`` as it stood when its English was ``english``."""

    id: str
    english: str
    text: str
    fuzzy: bool = False
    source: str = ""


@dataclass(frozen=True)
class Catalog:
    """All translations of one language, by unit id and English: a reworded English never shows an old translation."""

    tag: str
    entries: Mapping[tuple[str, str], Entry]

    def lookup(self, unit_id: str, english: str) -> Entry | None:
        """The usable translation of this very English text: not empty, not fuzzy."""
        entry = self.entries.get((unit_id, english))
        return entry if entry and entry.text and not entry.fuzzy else None


def catalog_path(translations: Path, tag: str) -> Path:
    """Where the catalog of a language lies."""
    return translations / tag / "messages.po"


def load_catalog(path: Path, tag: str) -> Catalog:
    """Read one PO file. Raises `ProblemsError` when it is broken, has lost entries, or has two for one unit."""
    file = f"translations/{tag}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsError([Problem(file, f"byte {error.start}", "not UTF-8; save the file as UTF-8")]) from error
    problems = list(_layout_problems(text, file))
    if problems:
        raise ProblemsError(problems)
    try:
        parsed = polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, AttributeError, IndexError) as error:
        raise ProblemsError([Problem(file, "", f"not a PO file: {error}")]) from error
    problems = list(_entry_problems(parsed, text, file))
    if problems:
        raise ProblemsError(problems)
    entries = (_entry(entry) for entry in parsed if not entry.obsolete)
    return Catalog(tag, {(entry.id, entry.english): entry for entry in entries})


def _entry(entry: polib.POEntry) -> Entry:
    return Entry(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy, _source(entry.tcomment))


def _source(comment: str) -> str:
    for line in comment.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "source":
            return value.strip()
    return ""


def _layout_problems(text: str, file: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(file, "line 1", "starts with a byte order mark; save the file as UTF-8 without BOM")
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if _CONFLICT.match(line):
            yield Problem(file, f"line {number}", "a merge conflict is left in the file; resolve it")
        elif line.strip() and not line.startswith("#") and not _LINE.fullmatch(line):
            # polib drops such a line, or cuts its last letter off, without a word
            yield Problem(file, f"line {number}", "no PO line; mend its keyword, quotes or escapes")


def _entry_problems(parsed: polib.POFile, text: str, file: str) -> Iterator[Problem]:
    kept = len([entry for entry in parsed if not entry.obsolete]) + 1  # the header is a msgid too
    written = len(_MSGID.findall(text))
    if kept != written:
        yield Problem(file, "", f"{written} entries are written, {kept} can be read; mend the quotes of the others")
    elif _keys(parsed) != _keys(polib.pofile(str(parsed), wrapwidth=0)):
        yield Problem(file, "", "entries change when the file is written again; mend its quotes and escapes")
    seen: set[str] = set()
    for entry in parsed:
        if entry.obsolete:
            continue
        place = f"line {entry.linenum}"
        if not entry.msgctxt:
            yield Problem(file, place, f"no msgctxt for {entry.msgid!r}; every entry carries its unit id")
        elif entry.msgctxt in seen:
            yield Problem(file, place, "a second entry for this unit; keep one", entry.msgctxt)
        seen.add(entry.msgctxt or "")


def _keys(file: polib.POFile) -> list[tuple[str | None, str, str]]:
    return [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in file if not entry.obsolete]


def compile_catalog(entries: Iterable[Entry]) -> bytes:
    """A binary gettext catalog in memory, for gettext's own classes; nothing is written to disk."""
    compiled = polib.POFile()
    compiled.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for entry in entries:
        compiled.append(polib.POEntry(msgctxt=entry.id, msgid=entry.english, msgstr=entry.text))
    binary: bytes = compiled.to_binary()
    return binary


def serialise_catalog(tag: str, entries: Iterable[tuple[Entry, str]]) -> str:
    """The canonical text of a catalog: document order, unwrapped, no dates. Each entry comes with its note."""
    written = polib.POFile(wrapwidth=0)
    written.metadata = {
        "Language": tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for entry, note in entries:
        comment = f"source: {entry.source}" if entry.source else ""
        flags = ["fuzzy"] if entry.fuzzy else []
        written.append(
            polib.POEntry(
                msgctxt=entry.id, msgid=entry.english, msgstr=entry.text, comment=note, tcomment=comment, flags=flags
            )
        )
    return f"{written}\n"
