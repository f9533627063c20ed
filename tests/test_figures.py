"""The benchmarks' figures: beside their bars, kept, and written down."""

import os
from datetime import date
from math import inf
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.document import DOCUMENT, build_document, line, write_document
from bench.figures import Figure, median
from bench.reasons import check_reasons, load_reasons
from bench.record import Run, busy_cores, load_record, write_record

SPEED = Figure("pages", 300, "a second", 1000, "more")
SIZE = Figure("first view", 9_000, "bytes", 14_000, note="/es/")


TITLES = {"build": "Building", "sizes": "Sizes", "keep": "Keeping"}


def run(*figures: Figure, others: float = 0.1) -> Run:
    return Run(date(2026, 11, 27), "abc1234", (1.2, 1.6), (others, 0), "a machine", {"Python": "3.11"}, figures)


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
    """And says so where nobody has written a reason, and where nothing was measured."""
    runs = {"sizes": run(SIZE), "build": run(SPEED, Figure("memory", 900, "MB", 500))}
    text = "\n".join(build_document(runs, TITLES, {"build": {"pages": "It also checks."}}))
    assert "| pages | 300 a second | ≥ 1,000 a second | **no** | build |" in text
    assert "- pages: 300 a second, the bar is ≥ 1,000 a second. It also checks." in text
    assert "- memory: 900 MB, the bar is ≤ 500 MB. no reason is written yet." in text
    assert "| first view | 9,000 bytes | ≤ 14,000 bytes | yes | sizes |" in text
    assert "`python -m bench sizes`, 2026-11-27, commit `abc1234`, load 1.2–1.6, others 0.1–0.0 cores" in text
    assert "Not measured yet: keep." in text
    assert text.index("## Building") < text.index("## Sizes")


def test_times_from_a_busy_machine_are_a_trial():
    """They are marked, and are to be taken anew; bytes say the same on any machine."""
    runs = {"build": run(SPEED, Figure("memory", 900, "MB", 500), others=1.5)}
    text = "\n".join(build_document(runs, TITLES, {}))
    assert "| pages | 300 a second* |" in text
    assert "to be measured again: pages." in text
    assert "- pages" not in text
    assert "- memory: 900 MB" in text
    (problem,) = check_reasons(runs, {})
    assert problem.startswith("build: memory: 900 MB misses its bar of ≤ 500 MB")


def test_a_miss_without_a_reason_is_named_with_its_remedy():
    """And so is a reason for what is not measured. One for a bar met today may stand: tomorrow it may be missed."""
    runs = {"build": run(SPEED), "sizes": run(SIZE)}
    assert list(check_reasons(runs, {})) == [
        "build: pages: 300 a second misses its bar of ≥ 1,000 a second; mend it, or write the reason into"
        ' bench/reasons.toml: [build], "pages" = "…"'
    ]
    told = {"build": {"pages": "It also checks."}, "sizes": {"first view": "Words.", "gone": "Words."}}
    assert list(check_reasons(runs, told)) == [
        'bench/reasons.toml: [sizes] "gone": no figure is called so; take the line out'
    ]


def test_what_others_do_is_seen(monkeypatch: pytest.MonkeyPatch):
    """A look at the machine while this process waits: never less than nothing, never more than its cores."""
    monkeypatch.setattr("bench.record.LOOK", 0.2)
    assert 0 <= busy_cores() <= (os.cpu_count() or 1) + 0.5


def test_a_line_names_the_bar():
    """Whoever waits for a benchmark sees at once what is missed."""
    assert line(SPEED) == "pages: 300 a second (bar ≥ 1,000 a second: MISSED)"
    assert line(SIZE) == "first view: 9,000 bytes (bar ≤ 14,000 bytes: met); /es/"


def test_the_document_is_the_one_of_the_record(tmp_path: Path):
    """Nobody edits a figure by hand."""
    titles = {name: bench.title_of(name) for name in bench.NAMES}
    write_document(load_record(), titles, load_reasons(), tmp_path / "benchmarks.md")
    assert (tmp_path / "benchmarks.md").read_text() == DOCUMENT.read_text()


def test_every_missed_bar_has_a_reason():
    """A number alone does not say whether anybody thought about it."""
    assert list(check_reasons(load_record(), load_reasons())) == []


def test_names_of_figures_are_told_apart():
    """A reason is found by the name of its figure."""
    for name, one in load_record().items():
        names = [figure.name for figure in one.figures]
        assert len(names) == len(set(names)), name
