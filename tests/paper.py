"""Review sheets as people and their spreadsheets give them back."""

import csv
import io
from collections.abc import Mapping

PAY = "worker.pay.title"
BANNER = "ui.vital.draft-human"
ENGLISH = ("No.", "ID", "Importance", "Code", "English", "Translation", "Verdict", "Better wording", "Comment")


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    """The cells of a file as a spreadsheet sees them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def write(
    rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8-sig", quoting: int = csv.QUOTE_ALL
) -> bytes:
    """Cells as a spreadsheet saves them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def filled(
    data: bytes, answers: Mapping[str, tuple[str, str, str]], alias: str = "ana", role: str = "native speaker"
) -> list[list[str]]:
    """The cells of a sheet with verdict, better wording and comment written in, by unit id; and who wrote them."""
    rows = read(data)
    for row in rows:
        if row[0] in ("Your alias", "Su alias"):
            row[1] = alias
        elif row[0] in ("You are a", "Usted es"):
            row[1] = role
        elif len(row) > 1 and row[1] in answers:
            row[6:9] = answers[row[1]]
    assert set(answers) <= {row[1] for row in rows if len(row) > 1}
    return rows
