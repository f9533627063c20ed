"""The benchmarks' figures: beside their bars, kept, and written down."""

from datetime import date
from math import inf
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.document import DOCUMENT, build_document, line, write_document
from bench.figures import Figure, median
from bench.record import Run, load_record, write_record

SPEED = Figure("pages", 300, "a second", 1000, "more", reason="it also checks")
SIZE = Figure("first view", 9_000, "bytes", 14_000, note="/es/")


def run(*figures: Figure, load: float = 0.2) -> Run:
    return Run(date(2026, 11, 27), "abc1234", (load, 0.3), "a machine", {"Python": "3.11"}, figures)


@pytest.mark.parametrize(("better", "low", "high"), [("less", True, False), ("more", False, True)])
def test_a_bar_is_met_on_its_side_and_at_it(better, low, high):
    """What is exactly at the bar meets it."""
    assert [Figure("x", value, "s", 5, better).met for value in (4, 5, 6)] == [low, True, high]
    assert Figure("x", 4, "s").met is None


def test_a_run_that_never_ended_is_longer_than_all_others():
    """The median of five phones of which three did not come to the end is *never*, and misses any bar."""
    figure = median("kept", [10, inf, 12, inf, inf], "s", 60)
    assert (figure.told, figure.met) == ("never", False)
    assert "10 to 12" in figure.note
    assert "2 finished" in figure.note


def test_figures_are_kept_as_they_are(tmp_path: Path):
    """Also those without a bar, and those that never ended."""
    runs = {"sizes": run(SIZE, Figure("x", inf, "s")), "build": run(SPEED)}
    write_record(runs, tmp_path / "record.json")
    assert load_record(tmp_path / "record.json") == runs
    assert load_record(tmp_path / "none.json") == {}


def test_the_document_tells_what_is_missed_and_why():
    """And says so where nobody has written a reason, where nothing was measured, and where a machine was busy."""
    runs = {"sizes": run(SIZE, load=7.5), "build": run(SPEED, Figure("memory", 900, "MB", 500))}
    text = "\n".join(build_document(runs, {"build": "Building", "sizes": "Sizes", "keep": "Keeping"}))
    assert "| pages | 300 a second | ≥ 1,000 a second | **no** | 2026-11-27, `abc1234`, load 0.2–0.3 |" in text
    assert "- pages, 300 a second: it also checks" in text
    assert "- memory, 900 MB: no reason is written yet." in text
    assert "| first view | 9,000 bytes | ≤ 14,000 bytes | yes | 2026-11-27, `abc1234`, load 7.5–0.3* |" in text
    assert "Not measured yet: keep." in text
    assert text.index("## Building") < text.index("## Sizes")


def test_a_line_names_the_bar():
    """Whoever waits for a benchmark sees at once what is missed."""
    assert line(SPEED) == "pages: 300 a second (bar ≥ 1,000 a second: MISSED)"
    assert line(SIZE) == "first view: 9,000 bytes (bar ≤ 14,000 bytes: met); /es/"


def test_the_document_is_the_one_of_the_record(tmp_path: Path):
    """Nobody edits a figure by hand."""
    write_document(load_record(), {name: bench.title_of(name) for name in bench.NAMES}, tmp_path / "benchmarks.md")
    assert (tmp_path / "benchmarks.md").read_text() == DOCUMENT.read_text()


def test_every_missed_bar_has_a_reason():
    """A number alone does not say whether anybody thought about it. What was measured on a busy machine is a trial."""
    missed = [
        figure.name
        for run in load_record().values()
        for figure in run.figures
        if figure.met is False and not figure.reason and not run.is_busy
    ]
    assert not missed
