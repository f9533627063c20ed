"""The workbench's own pages are HTML as the standard has it."""

from pathlib import Path

import pytest

from ..validator import errors_of
from .conftest import LINE, RATE, TITLE, Bench, put_recording

pytestmark = [pytest.mark.a11y, pytest.mark.timeout(300)]

PATHS = ("", "ar/", "ar/names", f"ar/{TITLE}/", f"ar/{LINE}/", f"ar/{TITLE}/blind", f"ar/{RATE}/record")


@pytest.mark.parametrize("words", ["en", "es", "ht"])
def test_every_page(bench: Bench, tmp_path: Path, words: str) -> None:
    """In each of its languages, with a draft, a checked sentence and a recording, and after what was refused."""
    put_recording(bench, RATE)
    pages = {f"{number}.html": bench.get(f"/{words}/{path}").text for number, path in enumerate(PATHS)}
    pages["refused.html"] = bench.act(LINE, "save", "{x}").text
    pages["start.html"] = bench.get(f"/{words}/", again="1").text
    assert all(page.startswith("<!doctype html>") for page in pages.values()), pages
    assert errors_of(pages, tmp_path / "pages") == []
