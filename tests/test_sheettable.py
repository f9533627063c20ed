"""The table of a review sheet: nothing in it runs, and whatever a spreadsheet makes of it is read."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldguide.problems import ProblemsError
from fieldguide.sheettable import DELIMITERS, Table, disarm, load_table, rearm, write_table

from .paper import ENGLISH, read, write

HEAD = [("Language", "ar"), ("Your alias", "ana")]
ROWS = [
    ("1", "a.b", "vital", "c0123456789ab", "Do not sign.", "لا توقع.", "Right", "", "two\r\nlines"),
    ("2", "a.c", "normal", "c0000000000e1", '"Quoted"; and, so', "1\tx", "", "-", "=1+1"),
]
FORMULAS = "=+-@＝＋－＠"
CELL = st.text(st.sampled_from("=+-@＝＠'\",; \t\r\nab"), max_size=12)


def table(tmp_path: Path, data: bytes) -> Table:
    path = tmp_path / "back.csv"
    path.write_bytes(data)
    return load_table(path)


def problems(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(ProblemsError) as caught:
        table(tmp_path, data)
    return str(caught.value)


@given(CELL)
@example("=1+1")
@example("'=1+1")
@example("a;=1+1")
@example('a,"-1')
def test_a_disarmed_text_comes_back_letter_for_letter(text: str) -> None:
    """Whatever apostrophes the text has itself."""
    assert rearm(disarm(text)) == text


@given(st.lists(CELL, min_size=1, max_size=4))
def test_no_cell_can_run(cells: list[str]) -> None:
    """In no spreadsheet, also not where another country's program divides the same file by semicolons."""
    text = write_table([], [cells]).decode("utf-8-sig")
    for delimiter in DELIMITERS:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert cell.lstrip(' \t\r\n"')[:1] not in tuple(FORMULAS)


def test_plain_texts_are_written_as_they_are() -> None:
    """No apostrophe where none is needed; hyphens inside of words are no formulas."""
    for text in ("Don't sign.", "'Hurt' = injured.", "H-2A, T-visa", "a = b", "{phone.line}"):
        assert disarm(text) == text


def test_a_spreadsheet_that_hides_the_apostrophe(tmp_path: Path) -> None:
    """Whoever types the cell anew in Excel saves it without the apostrophe: the same text."""
    assert rearm("=1+1") == "=1+1"


def test_the_file_opens_in_a_spreadsheet() -> None:
    """UTF-8 that says so, lines as Windows ends them, the rows of the head and an empty one before the table."""
    data = write_table(HEAD, [ENGLISH, *ROWS])
    assert data.startswith(b'\xef\xbb\xbf"Language","ar"\r\n')
    assert read(data)[2:4] == [[""], list(ENGLISH)]


@pytest.mark.parametrize(
    ("delimiter", "encoding", "quoting"),
    [
        (",", "utf-8-sig", csv.QUOTE_ALL),
        (",", "utf-8", csv.QUOTE_MINIMAL),
        (";", "utf-8-sig", csv.QUOTE_MINIMAL),
        (";", "utf-8", csv.QUOTE_ALL),
        ("\t", "utf-16", csv.QUOTE_MINIMAL),
        ("\t", "utf-16-le", csv.QUOTE_MINIMAL),
        (";", "utf-16-be", csv.QUOTE_ALL),
    ],
)
def test_every_way_of_saving_is_read(tmp_path: Path, delimiter: str, encoding: str, quoting: int) -> None:
    """Commas, semicolons and tabs; UTF-8 with and without a mark; UTF-16 as Excel writes it, and without its mark."""
    plain = table(tmp_path, write_table(HEAD, [ENGLISH, *ROWS]))
    data = write(read(write_table(HEAD, [ENGLISH, *ROWS])), delimiter, encoding, quoting)
    found = table(tmp_path, data)
    assert (found.head, found.lines) == (plain.head, plain.lines)
    assert found.head == {"language": "ar", "alias": "ana"}
    assert found.lines[0].cells["translation"] == "لا توقع."
    assert found.lines[1].cells["comment"] == "=1+1"
    assert found.lines[1].cells["better"] == "-"


def test_utf_16_from_the_other_end(tmp_path: Path) -> None:
    """Big-endian with its mark."""
    data = "\ufeff".encode("utf-16-be") + write(read(write_table(HEAD, [ENGLISH, *ROWS])), ";", "utf-16-be")
    assert len(table(tmp_path, data).lines) == 2


def test_columns_in_another_order_and_empty_rows(tmp_path: Path) -> None:
    """The names of the columns say what they are; a note in a column of the reviewer's own is passed over."""
    order = [6, 1, 8, 3, 5, 4, 7]
    rows = [["", ""], list(HEAD[0]), [], ["Mine", *(ENGLISH[index] for index in order)], []]
    rows += [["my note", *(row[index] for index in order)] for row in ROWS]
    rows.insert(6, [" ", "", ""])
    found = table(tmp_path, write(rows, ";"))
    plain = table(tmp_path, write_table(HEAD, [ENGLISH, *ROWS]))
    bare = {"number": "", "tier": ""}
    assert [line.cells for line in found.lines] == [{**line.cells, **bare} for line in plain.lines]


def test_lines_are_told_as_an_editor_counts_them(tmp_path: Path) -> None:
    """A row begins where it begins, also after a cell of two lines."""
    assert [line.number for line in table(tmp_path, write_table(HEAD, [ENGLISH, *ROWS])).lines] == [5, 7]


def test_names_of_columns_in_every_language_of_sheets(tmp_path: Path) -> None:
    """Spanish and Haitian Creole, in any case, with accents or without."""
    for names in (
        "id;código;REVISION;texto mejor;comentario",
        "ID;Kòd;revizyon;Pi bon tèks;kòmantè",
    ):
        (line,) = table(tmp_path, f"{names}\na.b;c1;x;y;z\n".encode()).lines
        found = [line.cells[key] for key in ("id", "check", "verdict", "better", "comment")]
        assert found == ["a.b", "c1", "x", "y", "z"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 sheet.xlsx", "is a spreadsheet; save it there as “CSV UTF-8”"),
        (b"\xef\xbb\xbf<!doctype html>", "is the page; open it, touch Save"),
        ("ID;Code;Verdict\nä".encode("latin-1"), "is neither UTF-8 nor UTF-16"),
        (b"", "has no row with the names of the columns (id, check, verdict, better, comment)"),
        (b"name,age\nana,3\n", "has no row with the names of the columns"),
        (b"ID,Code,Verdict\na.b,c1,Right\n", "line 1: the column better is missing; put it back"),
        (
            b"ID,Code,Verdict,Better wording,Comment,Comment\n",
            "line 1: the column comment is there more than once; keep one",
        ),
        (b'ID,Code,Verdict,Better wording,Comment\n"a.b,c1,', "is cut off or its quotes are broken"),
    ],
)
def test_what_is_no_table_of_a_sheet(tmp_path: Path, data: bytes, message: str) -> None:
    """Each says what it is instead, and what to do."""
    said = problems(tmp_path, data)
    assert message in said
    assert said.startswith(str(tmp_path / "back.csv"))


def test_all_missing_columns_at_once(tmp_path: Path) -> None:
    """One run tells all there is to mend."""
    said = problems(tmp_path, b"ID,Code\n")
    assert [line.split("column ")[1].split()[0] for line in said.splitlines()] == ["better", "comment", "verdict"]
