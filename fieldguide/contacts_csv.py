"""Contacts from a spreadsheet: a CSV file -> the tables that a TOML file would hold, each with its line.

Spreadsheets differ: a byte order mark, semicolons for commas, an apostrophe before what shall stay text. Columns have
the names of Open Referral (HSDS 3.0) where it has one; docs/contacts.md lists them.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path

from fieldguide.contact_tables import ContactTable, DialedTable, Entry, OpeningTable
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.structure import structure

_OPENING = tuple(one.name for one in fields(OpeningTable))
COLUMNS = (*(one.name for one in fields(ContactTable) if one.name not in ("names", "schedules")), *_OPENING)
"""Every column, beside ``name.<tag>`` for the name in another language."""

_REQUIRED = tuple(one.name for one in fields(ContactTable) if one.default is MISSING and one.default_factory is MISSING)
_LISTS = ("languages", "takes")
_DATES = {"seen_on": date.min, "dialed_on": date.min, "review_by": date.max}
"""With what stands for one that cannot be read, so that it is not found missing too."""
_NAME = re.compile(r"name\.[A-Za-z0-9-]+")


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, str]

    def has(self, *columns: str) -> bool:
        return any(column in self.cells for column in columns)


@dataclass(frozen=True)
class _Group:
    """The row of one contact, and rows after it that only add opening hours to it."""

    file: str
    rows: list[_Row]

    def where(self, key: str) -> str:
        """The line and column of a key of the table."""
        line = self.rows[0].line
        opening = re.fullmatch(r"schedules\[(\d+)\](?:\.(\w+))?", key)
        if opening:
            line, key = self._openings[int(opening[1])].line, opening[2] or "byday"
        column = re.sub(r"\[\d+\]", "", key).replace("names.", "name.")
        return f"line {line}, {column}" if column else f"line {line}"

    @property
    def is_dialed(self) -> bool:
        """True for a row about a number of the guide itself: an id and a call, and nothing of a contact."""
        return not self.rows[0].has("role", "name") and self.rows[0].has("dialed_on")

    @property
    def _openings(self) -> list[_Row]:
        return [row for row in self.rows if row.has(*_OPENING)]

    def table(self, problems: list[Problem]) -> dict[str, object]:
        """What a TOML file would hold."""
        cells = self.rows[0].cells
        found: dict[str, object] = {
            column: self._value(column, cell, problems)
            for column, cell in cells.items()
            if column not in _OPENING and not _NAME.fullmatch(column)
        }
        names = {column.partition(".")[2]: cell for column, cell in cells.items() if _NAME.fullmatch(column)}
        schedules = [{c: row.cells[c] for c in _OPENING if c in row.cells} for row in self._openings]
        return found | ({"names": names} if names else {}) | ({"schedules": schedules} if schedules else {})

    def _value(self, column: str, cell: str, problems: list[Problem]) -> object:
        wrong = ""
        if column in _LISTS:
            return [part.strip() for part in re.split("[,;]", cell) if part.strip()]
        if column in _DATES:
            try:
                return date.fromisoformat(cell)
            except ValueError:
                wrong = "is no date that reads one way only; write it like 2026-05-31, in a column of text"
        elif column == "wait":
            if cell.isdecimal():
                return int(cell)
            wrong = "is no number of minutes; write it like 5"
        elif column == "relay":
            if cell.lower() in ("yes", "no"):
                return cell.lower() == "yes"
            wrong = "is neither yes nor no; write one of them, or leave the cell empty"
        if wrong:
            problems.append(Problem(self.file, self.where(column), f"{cell!r} {wrong}"))
        return _DATES.get(column) if wrong else cell


def load_csv(path: Path, file: str) -> list[Entry]:
    """The entries of a CSV file, called ``file`` in messages. Raises `ProblemsError` with every mistake, by line."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    for group in _iter_groups(_iter_rows(_text(path, file), file), file, problems):
        try:
            found = group.table(problems)
            table = structure(found, DialedTable, file) if group.is_dialed else structure(found, ContactTable, file)
            entries.append(Entry(table, file, group.where))
        except ProblemsError as error:
            problems += (Problem(file, group.where(problem.place), problem.message) for problem in error.problems)
    raise_if_any(problems)
    return entries


def _text(path: Path, file: str) -> str:
    try:
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise ProblemsError([Problem(file, "", "the file does not exist; add it")]) from error
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        message = "not UTF-8; save it from the spreadsheet as CSV UTF-8"
        raise ProblemsError([Problem(file, f"line {line}", message)]) from error


def _iter_rows(text: str, file: str) -> Iterator[_Row]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    line = 1
    try:
        for found in reader:
            cells = [cell.strip().removeprefix("'").strip() for cell in found]
            if not columns:
                columns = _columns(cells, file)
            elif any(cells[len(columns) :]):
                message = f"{len(cells)} cells under {len(columns)} columns; put a cell with a {delimiter!r} in quotes"
                raise ProblemsError([Problem(file, f"line {line}", message)])
            elif any(cells):
                yield _Row(line, {column: cell for column, cell in zip(columns, cells, strict=False) if cell})
            line = reader.line_num + 1
    except csv.Error as error:
        raise ProblemsError([Problem(file, f"line {line}", f"not valid CSV: {error}; look at its quotes")]) from error
    if not columns:
        raise ProblemsError([Problem(file, "", "is empty; its first line names the columns (docs/contacts.md)")])


def _columns(cells: list[str], file: str) -> list[str]:
    columns = [cell if _NAME.fullmatch(cell) else cell.lower() for cell in cells]
    problems = [
        Problem(file, f"line 1, {column}", "no such column; remove it or mend its spelling (docs/contacts.md)")
        for column in columns
        if column and column not in COLUMNS and not _NAME.fullmatch(column)
    ]
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        problems.append(Problem(file, f"line 1, {column}", "is there more than once; keep one"))
    for column in _REQUIRED:
        if column not in columns:
            problems.append(Problem(file, "line 1", f"the column {column} is missing; add it"))
    raise_if_any(problems)
    return columns


def _iter_groups(rows: Iterable[_Row], file: str, problems: list[Problem]) -> Iterator[_Group]:
    group: list[_Row] = []
    for row in rows:
        if group and _adds_hours(row, group[0]):
            for column in row.cells.keys() - {*_OPENING, "id"}:
                message = "this line only adds hours to the contact above; leave the cell empty"
                problems.append(Problem(file, f"line {row.line}, {column}", message))
            group.append(row)
            continue
        if group:
            yield _Group(file, group)
        group = [row]
    if group:
        yield _Group(file, group)


def _adds_hours(row: _Row, contact: _Row) -> bool:
    is_same = row.cells.get("id", contact.cells.get("id")) == contact.cells.get("id")
    return is_same and row.has(*_OPENING) and not row.has("role", "name")
