"""Review sheets as people and their spreadsheets give them back."""

import csv
import functools
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

import fieldguide.translations
from fieldguide.catalog import Catalog, catalog_path, load_catalog
from fieldguide.translations import load_work

DAY = "2026-05-31"
LINE = "worker.start.call.line"
RATE = "worker.pay.owed.rate"
PAY = "worker.pay.title"
BANNER = "ui.vital.draft-human"
ENGLISH = ("No.", "ID", "Importance", "Code", "English", "Translation", "Verdict", "Better wording", "Comment")


def work_on(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the verbs work on a copy of the tiny guide; returns its translations."""
    here = copy / "translations"
    loaded = functools.partial(load_work, copy / "content", here)
    monkeypatch.setattr(fieldguide.translations, "load_work", loaded)
    monkeypatch.chdir(copy)
    return here


def catalog(folder: Path, tag: str = "ar") -> Catalog:
    return load_catalog(catalog_path(folder, tag), tag)


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
