"""What the workbench works on: the English, and each catalog as its file lies now.

Other tools work on the same files meanwhile. So nothing is kept that the disk does not confirm: a file that has changed
is read again, and a sentence is only written by someone who has seen what stands there.
"""

import fcntl
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.checks.translations import Gate
from fieldguide.coverage import has_text, iter_groups
from fieldguide.interface import TEMPLATES, interface_units
from fieldguide.items import Unit
from fieldguide.languages import Language
from fieldguide.sync import sync
from fieldguide.translations import Work, load_work
from fieldguide.writer import replace_file

Mark = tuple[object, ...]
"""What tells a file, or a folder of files, from an earlier state of it."""


class ConflictError(Exception):
    """Someone has changed the sentence since it was shown. ``entry`` is how it stands now."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(entry.id)


@dataclass(frozen=True, eq=False)
class Opened:
    """A language's catalog as its file lies now, brought up to the English. What is reckoned from one holds for it."""

    language: Language
    groups: tuple[tuple[str, tuple[Unit, ...]], ...]
    catalog: Catalog
    gate: Gate
    mark: Mark

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units of the language in document order."""
        return {unit.id: unit for _, units in self.groups for unit in units}


def seen_of(entry: Entry) -> str:
    """Stands for exactly this entry: a form carries it, and whoever saves has seen what they save over."""
    parts = (entry.english, entry.text, entry.previous, str(entry.fuzzy), *entry.comments)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:16]


class Desk:
    """The files under the hands of everyone who works in this run, and what each save of it has replaced."""

    def __init__(self, content: Path, folder: Path) -> None:
        """``folder`` holds the catalogs. Raises `ProblemsError` with everything that cannot be read."""
        self._content, self.folder = content, folder
        self._mark = self._english_mark()
        self._work = load_work(content, folder)
        self._opened: dict[str, Opened] = {}
        self._wrote: dict[str, tuple[bytes, Catalog]] = {}
        self._replaced: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
        self._lock = threading.RLock()

    def look(self) -> None:
        """Read the English again if it has changed. Once a request is enough: it means asking some hundred files.

        Raises `ProblemsError`.
        """
        with self._lock:
            mark = self._english_mark()
            if mark != self._mark:
                interface_units.cache_clear()
                self._work, self._mark = load_work(self._content, self.folder), mark

    def work(self) -> Work:
        """Everything as it was when somebody last looked."""
        return self._work

    def tags(self) -> list[str]:
        """The languages that have sentences to work on."""
        return [language.tag for language in self.work().ingredients.registry if has_text(language)]

    def open(self, tag: str) -> Opened:
        """A language as it stands now. Raises `ProblemsError` when its file is broken, or it has none to have."""
        with self._lock:
            language = self._work.language(tag)
            mark = (self._mark, mark_of(catalog_path(self.folder, tag)))
            held = self._opened.get(tag)
            if held is None or held.mark != mark:
                held = self._opened[tag] = self._read(language, mark)
            return held

    def change(self, tag: str, unit_id: str, seen: str, make: Callable[[Unit, Entry], Entry]) -> Entry:
        """Put what ``make`` makes of a sentence into its file, in one step.

        Raises `ConflictError` when the sentence is not as it was ``seen``, and whatever ``make`` raises; the file is
        then as it was.
        """
        with self.alone():
            opened = self.open(tag)
            entry = opened.catalog.entries[unit_id]
            if seen != seen_of(entry):
                raise ConflictError(entry)
            after = make(opened.units[unit_id], entry)
            if after != entry:
                self._write(opened, after)
                self._replaced.setdefault((tag, unit_id), []).append((entry, seen_of(after)))
            return after

    def undoable(self, tag: str, unit_id: str) -> str:
        """What the sentence must still be (see `seen_of`) for its last save of this run to be undone; "" for none."""
        replaced = self._replaced.get((tag, unit_id))
        return replaced[-1][1] if replaced else ""

    def undo(self, tag: str, unit_id: str) -> Entry:
        """Bring back what the last save of this run has replaced. Raises `ConflictError` if others changed it since."""
        with self.alone():
            opened = self.open(tag)
            entry = opened.catalog.entries[unit_id]
            replaced = self._replaced.get((tag, unit_id))
            if not replaced or replaced[-1][1] != seen_of(entry):
                raise ConflictError(entry)
            before, _ = replaced.pop()
            self._write(opened, before)
            return before

    def _read(self, language: Language, mark: Mark) -> Opened:
        """The catalog as it lies. What this run wrote is known already, if exactly that lies there."""
        path = catalog_path(self.folder, language.tag)
        known, catalog = self._wrote.get(language.tag, (b"", Catalog(language.tag, {})))
        if not path.exists():
            catalog = Catalog(language.tag, {})
        elif path.read_bytes() != known:
            catalog = load_catalog(path, language.tag)
        guide = self._work.ingredients.guide
        groups = tuple((name, tuple(units)) for name, units in iter_groups(language, guide, interface_units()))
        return Opened(language, groups, sync(self._work.units(language.tag), catalog), Gate.of(guide), mark)

    def _write(self, opened: Opened, entry: Entry) -> None:
        catalog = replace(opened.catalog, entries={**opened.catalog.entries, entry.id: entry})
        body = serialise_catalog(catalog).encode("utf-8")
        replace_file(catalog_path(self.folder, catalog.tag), body)
        self._wrote[catalog.tag] = body, catalog

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No one else of this run writes meanwhile, nor does another workbench on the same folder."""
        with self._lock:
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                self.look()
                yield
            finally:
                os.close(folder)

    def _english_mark(self) -> Mark:
        files = (*self._content.rglob("*.toml"), *TEMPLATES.rglob("*.html"), self.folder / "glossary.toml")
        return tuple((str(path), *mark_of(path)) for path in sorted(files))


def mark_of(path: Path) -> Mark:
    """What tells a file from an earlier state of it; empty for none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino
