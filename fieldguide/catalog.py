"""PO files: the translations of one language. The only user of polib, and it only reads and serialises."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from fieldguide.problems import Problem, ProblemsError

_MSGID = re.compile(r"^(?:#~[ \t]*)?msgid\s", re.MULTILINE)
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})")
_STRING = r'"[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*+"[ \t\r]*'
_KEYWORD = r"(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?)[ \t]+)?"
_WRONG_LINE = re.compile(rf"^(?!#(?!~)|#~\||(?:#~[ \t]*)?(?:[ \t\r]*$|{_KEYWORD}{_STRING}$))", re.MULTILINE)
_BREAK = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n|$)")
_STICKY = re.compile(r"^#=", re.MULTILINE)
_CHARSET = re.compile(r"charset=([\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One translation: of the unit ``id`` as it stood when its English was ``english``.

    ``comments`` are the translator's lines (``# …``): who made it, who checked it. ``note`` is the author's line
    (``#. …``), ``previous`` the English that a fuzzy text was made for.
    """

    id: str
    english: str
    text: str
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    previous: str = ""
    note: str = field(default="", compare=False)

    def comment(self, name: str) -> str:
        """The value of the first comment ``name: value``, or "" where there is none."""
        return next(self.iter_comments(name), "")

    def iter_comments(self, name: str) -> Iterator[str]:
        """The values of all comments ``name: value``."""
        for line in self.comments:
            found, colon, value = line.partition(":")
            if colon and found.strip() == name:
                yield value.strip()

    @property
    def source(self) -> str:
        """Where the text came from: ``machine <date>`` or ``human <alias>``."""
        return self.comment("source")


@dataclass(frozen=True)
class Catalog:
    """All translations of one language, by unit id. ``obsolete`` are those whose unit is gone,
    ``header`` the comment at the head of the file.

    ``written`` is the file as it lies, to tell whether its layout is the canonical one.
    """

    tag: str
    entries: Mapping[str, Entry]
    obsolete: tuple[Entry, ...] = ()
    header: str = ""
    written: str = field(default="", compare=False, repr=False)


def catalog_name(tag: str) -> str:
    """How problems name the catalog of a language."""
    return f"translations/{tag}/messages.po"


def catalog_path(translations: Path, tag: str) -> Path:
    """Where the catalog of a language lies."""
    return translations / tag / "messages.po"


def load_catalog(path: Path, tag: str, file: str = "") -> Catalog:
    """Read one PO file, which problems name ``file``.

    Raises `ProblemsError` when it is broken, has lost entries, or has two for one unit.
    """
    file = file or catalog_name(tag)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsError([Problem(file, f"byte {error.start}", "not UTF-8; save the file as UTF-8")]) from error
    problems = list(_line_problems(text, file))
    if problems:
        raise ProblemsError(problems)
    try:
        # gettext 1.0 writes some flags after "#=", which polib takes for a mistake
        parsed = polib.pofile(_STICKY.sub("#,", text) if "#=" in text else text, wrapwidth=0)
    except (OSError, ValueError, AttributeError, IndexError) as error:
        raise ProblemsError([Problem(file, "", f"not a PO file: {error}; mend what stands there")]) from error
    problems = [*_header_problems(parsed, file, tag), *_entry_problems(parsed, text, file)]
    if problems:
        raise ProblemsError(problems)
    current = (_entry(entry) for entry in parsed if not entry.obsolete)
    gone = tuple(_entry(entry) for entry in parsed if entry.obsolete)
    return Catalog(tag, {entry.id: entry for entry in current}, gone, parsed.header, text)


def _entry(entry: polib.POEntry) -> Entry:
    comments = tuple(entry.tcomment.splitlines())
    previous = entry.previous_msgid or ""
    fuzzy = "fuzzy" in (flag.strip().casefold() for flag in entry.flags)
    return Entry(entry.msgctxt, entry.msgid, entry.msgstr, fuzzy, comments, previous, entry.comment)


def _line_problems(text: str, file: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(file, "line 1", "starts with a byte order mark; save the file as UTF-8 without BOM")
    if not (_WRONG_LINE.search(text) or _BREAK.search(text)):
        return
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        hidden = _BREAK.search(line)
        if hidden:  # polib would take it for the end of the line
            yield Problem(file, f"line {number}", f"the invisible line break U+{ord(hidden[0]):04X}; remove it")
        elif _CONFLICT.match(line):
            yield Problem(file, f"line {number}", "a merge conflict is left in the file; resolve it")
        elif _WRONG_LINE.match(line):
            # polib drops such a line, or cuts its last letter off, without a word
            yield Problem(file, f"line {number}", "no PO line; mend its keyword, quotes or escapes")


def _header_problems(parsed: polib.POFile, file: str, tag: str) -> Iterator[Problem]:
    charset = _CHARSET.search(parsed.metadata.get("Content-Type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        yield Problem(file, "header", f"says charset={charset[1]}; save the file as UTF-8 and write charset=UTF-8")
    said = parsed.metadata.get("Language", "").replace("_", "-").partition("-")[0].lower()
    if said and said != tag.partition("-")[0].lower():
        yield Problem(file, "header", f"says Language: {parsed.metadata['Language']}; the folder is {tag}'s")


def _entry_problems(parsed: polib.POFile, text: str, file: str) -> Iterator[Problem]:
    kept = len(parsed) + 1  # the header is a msgid too
    written = len(_MSGID.findall(text))
    if written < kept:
        yield Problem(file, "", 'the header is missing; begin the file with msgid "" and msgstr ""')
    elif kept < written:
        yield Problem(file, "", f"{written} entries are written, {kept} can be read; mend the quotes of the others")
    elif not _survive(parsed):
        yield Problem(file, "", "entries change when the file is written again; mend its quotes and escapes")
    seen: set[str] = set()
    for entry in parsed:
        place = f"line {entry.linenum}"
        if not entry.msgctxt:
            yield Problem(file, place, f"no msgctxt for {entry.msgid!r}; every entry carries its unit id")
        elif entry.obsolete:
            continue
        elif entry.msgid_plural or entry.msgstr_plural:
            yield Problem(file, place, "has plural forms; a unit is one text, so keep msgid and msgstr", entry.msgctxt)
        elif entry.msgctxt in seen:
            yield Problem(file, place, "a second entry for this unit; keep one", entry.msgctxt)
        seen.add(entry.msgctxt or "")


def _survive(parsed: polib.POFile) -> bool:
    """Whether the entries are the same after writing and reading them again; only escapes can make a difference."""
    tricky = polib.POFile(wrapwidth=0)
    tricky.extend(entry for entry in parsed if any(map(_has_escapes, _key(entry))))
    again = polib.pofile(str(tricky), wrapwidth=0) if tricky else tricky
    return [_key(entry) for entry in tricky] == [_key(entry) for entry in again]


def _has_escapes(text: str | None) -> bool:
    return text is not None and ("\\" in text or not text.isprintable())


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgstr


def compile_catalog(entries: Iterable[Entry]) -> bytes:
    """A binary gettext catalog in memory, for gettext's own classes; nothing is written to disk."""
    compiled = polib.POFile()
    compiled.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for entry in entries:
        compiled.append(polib.POEntry(msgctxt=entry.id, msgid=entry.english, msgstr=entry.text))
    binary: bytes = compiled.to_binary()
    return binary


def serialise_catalog(catalog: Catalog) -> str:
    """The canonical text of a catalog: its entries in their order, unwrapped, without line numbers and dates."""
    written = polib.POFile(wrapwidth=0)
    written.header = catalog.header
    written.metadata = {
        "Language": catalog.tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    written.extend(_written(entry) for entry in catalog.entries.values())
    written.extend(_written(entry, obsolete=True) for entry in catalog.obsolete)
    return str(written).rstrip("\n") + "\n"


def serialise_template(entries: Iterable[Entry]) -> str:
    """The POT file: every entry without a translation, for tools that start a new language from a template."""
    empty = Catalog("", {entry.id: Entry(entry.id, entry.english, "", note=entry.note) for entry in entries})
    return serialise_catalog(empty)


def _written(entry: Entry, *, obsolete: bool = False) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.id,
        msgid=entry.english,
        msgstr=entry.text,
        comment=entry.note,
        tcomment="\n".join(entry.comments),
        flags=["fuzzy"] if entry.fuzzy else [],
        previous_msgid=entry.previous or None,
        obsolete=obsolete,
    )
