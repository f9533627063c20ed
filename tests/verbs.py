"""The verbs of ``translations``, as tests run them on a copy of the tiny guide; and what its catalogs hold."""

import functools
from pathlib import Path

import pytest

import fieldguide.translations
from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.cli import main
from fieldguide.translations import load_work

DAY = "2026-05-31"
LINE = "worker.start.call.line"
LAW = "officer.farm.what.law"
RATE = "worker.pay.owed.rate"


def work_on(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the verbs work on a copy of the tiny guide; returns its translations."""
    here = copy / "translations"
    loaded = functools.partial(load_work, copy / "content", here)
    monkeypatch.setattr(fieldguide.translations, "load_work", loaded)
    monkeypatch.chdir(copy)
    return here


def run(*words: str) -> int:
    return main(["translations", *words])


def catalog(folder: Path, tag: str = "ar") -> Catalog:
    return load_catalog(catalog_path(folder, tag), tag)


def put(folder: Path, entry: Entry, tag: str = "ar") -> None:
    """Write one entry of a catalog."""
    before = catalog(folder, tag)
    after = Catalog(tag, {**before.entries, entry.id: entry}, before.obsolete)
    catalog_path(folder, tag).write_text(serialise_catalog(after), encoding="utf-8", newline="\n")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of the whole guide, byte for byte."""
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in folder.parent.rglob("*")
        if path.is_file()
    }


def review(*ids: str, by: str = "ana", role: str = "lawyer", tag: str = "ar", on: str = DAY) -> int:
    return run("review", tag, *ids, "--by", by, "--as", role, "--on", on)


def vital(folder: Path, source: str = "machine 2026-01-03") -> Entry:
    """A vital text in the Arabic catalog."""
    text = "القانون هو {fact.act}، *منذ* {fact.since}."
    entry = Entry(LAW, "The law is {fact.act}, *since* {fact.since}.", text, comments=(f"source: {source}",))
    put(folder, entry)
    return entry
