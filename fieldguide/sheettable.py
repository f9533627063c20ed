"""The table of a review sheet as a file that spreadsheets open: CSV out, and CSV in as they save it.

Out: UTF-8 with a byte order mark, commas, every cell in quotes. In: that, or UTF-16, semicolons, tabs, columns in
another order, empty rows. No cell can run as a formula, and each comes back letter for letter.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldguide.problems import Problem, ProblemsError
from fieldguide.sheetwords import COLUMN_NAMES, COLUMNS, HEAD_NAMES, plain

NEEDED = ("id", "check", "verdict", "better", "comment")
"""The columns without which a sheet says nothing; numbers and texts are there for the eye."""

DELIMITERS = (",", ";", "\t")

_START = r"(^|[,;\t\r\n])([ \t\r\n\u00a0\"]*)('*)"
_FORMULA = r"(?=[=+\-@＝＋－＠])"
_BARE = re.compile(_START + _FORMULA)
_DISARMED = re.compile(_START + "'" + _FORMULA)

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def disarm(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe before what would start one.

    Also inside of the text, behind anything that a spreadsheet of another country takes for the end of a cell.
    """
    return _BARE.sub(r"\1\2\3'", text)


def rearm(cell: str) -> str:
    """The text that `disarm` was given; also where a spreadsheet has taken the apostrophe away itself."""
    return _DISARMED.sub(r"\1\2\3", cell)


def write_table(head: Iterable[tuple[str, str]], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a file: the rows before the table, an empty one, then the table, names of columns first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([disarm(cell) for cell in row] for row in (*head, ("",), *rows))
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Line:
    """One row of a table: where it begins in the file, and its cells by the key of their column."""

    number: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """How problems name it."""
        return f"line {self.number}"


@dataclass(frozen=True)
class Table:
    """A file that came back. ``head`` is what stood before the table, by key."""

    file: str
    head: Mapping[str, str]
    lines: tuple[Line, ...]


def load_table(path: Path) -> Table:
    """Read a file that came back. Raises `ProblemsError` for one that is no table of a sheet, or is broken."""
    file = str(path)
    text = _decode(path.read_bytes(), file)
    try:
        rows = list(_rows(text, _delimiter(text)))
    except csv.Error as error:
        message = f"is cut off or its quotes are broken ({error}); save it again as “CSV UTF-8”"
        raise ProblemsError([Problem(file, "", message)]) from error
    start = next((index for index, (_, cells) in enumerate(rows) if _is_header(cells)), None)
    if start is None:
        message = f"has no row with the names of the columns ({', '.join(NEEDED)}); take the CSV file of a review sheet"
        raise ProblemsError([Problem(file, "", message)])
    number, header = rows[start]
    keys = [COLUMN_NAMES.get(plain(cell), "") for cell in header]
    twice = [key for key in COLUMNS if keys.count(key) > 1]
    missing = [key for key in NEEDED if key not in keys]
    if twice or missing:
        raise ProblemsError(
            [Problem(file, f"line {number}", f"the column {key} is there more than once; keep one") for key in twice]
            + [Problem(file, f"line {number}", f"the column {key} is missing; put it back") for key in missing]
        )
    lines = [Line(number, _cells(keys, cells)) for number, cells in rows[start + 1 :] if any(map(str.strip, cells))]
    return Table(file, _head(cells for _, cells in rows[:start]), tuple(lines))


def _decode(data: bytes, file: str) -> str:
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")
    if not encoding and b"\0" in data[:2]:  # UTF-16 without a mark: a sheet begins with an ASCII letter or quote
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    remedy = ""
    if data.startswith(b"PK"):
        remedy = "is a spreadsheet; save it there as “CSV UTF-8” and take that file"
    elif data.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(b"<"):
        remedy = "is the page; open it, touch Save, and take the file that makes"
    else:
        try:
            return data.decode(encoding or "utf-8")
        except UnicodeDecodeError:
            remedy = "is neither UTF-8 nor UTF-16; save it as “CSV UTF-8”"
    raise ProblemsError([Problem(file, "", remedy)])


def _delimiter(text: str) -> str:
    """What divides the cells: the sign with which a row of column names can be read."""
    for delimiter in DELIMITERS:
        try:
            if any(_is_header(cells) for _, cells in _rows(text, delimiter)):
                return delimiter
        except csv.Error:
            continue
    return DELIMITERS[0]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _is_header(cells: Iterable[str]) -> bool:
    return {"id", "check"} <= {COLUMN_NAMES.get(plain(cell), "") for cell in cells}


def _cells(keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = dict.fromkeys(COLUMNS, "")
    for key, cell in zip(keys, cells, strict=False):
        if key:  # the two texts are compared letter for letter, so nothing of them is trimmed
            found[key] = rearm(cell) if key in ("english", "translation") else rearm(cell).strip()
    return found


def _head(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    head: dict[str, str] = {}
    for cells in rows:
        key = HEAD_NAMES.get(plain(cells[0]), "") if cells else ""
        if key:
            head[key] = next((rearm(cell).strip() for cell in cells[1:] if cell.strip()), "")
    return head
