"""From nothing to kept over slow and broken links: new phones, ours and Workbox's in turns, through the same shaper."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from playwright.sync_api import Playwright

from bench.apps import TAG
from bench.phone import CORE, TEXT, Kept, install, phone
from bench.workbox import Ready, ready
from tests.faults.shaper import EDGE, FLAKY, GPRS, VERY_FLAKY, Link

LIMIT = 300.0
"""Seconds after which a person has put the phone away, whatever it keeps."""


@dataclass(frozen=True)
class Course:
    """A link, and the bars of the design for it; ``last`` is the pack that a run ends with."""

    link: Link
    core: str = ""
    text: str = ""
    kb: str = ""
    openings: str = ""
    last: str = TEXT


COURSES = (
    Course(EDGE, core="7.5", text="12"),
    Course(FLAKY, text="60", kb="150", openings="1"),
    Course(VERY_FLAKY, core="15", last=CORE),
    Course(GPRS, text="25"),
)


def report(playwright: Playwright, port: int, rounds: int) -> Iterator[str]:
    """One line a link for ours and one for Workbox, of so many rounds each."""
    for course in COURSES:
        ours: list[Kept] = []
        theirs: list[Ready] = []
        for _ in range(rounds):
            with phone(playwright, course.link, port) as one:
                ours.append(install(one, LIMIT, course.last))
            if course.last == TEXT:
                with phone(playwright, course.link, port) as one:
                    theirs.append(ready(one, LIMIT))
        yield f"{course.link.name}: {', '.join(_ours(course, ours))}"
        if theirs:
            yield f"{course.link.name}, Workbox: {', '.join(_theirs(theirs))}"


def _ours(course: Course, runs: Sequence[Kept]) -> Iterator[str]:
    yield f"first view {spread([run.seen for run in runs], 's')}"
    yield f"help pages kept {spread([run.core for run in runs], 's', course.core)}"
    yield spread([run.core_kb for run in runs], "KB")
    if course.last == TEXT:
        yield f"{TAG} kept and checked {spread([run.text for run in runs], 's', course.text)}"
        yield f"{spread([run.kb for run in runs], 'KB', course.kb)} on the wire"
    yield f"openings {spread([run.openings for run in runs], '', course.openings)}"


def _theirs(runs: Sequence[Ready]) -> Iterator[str]:
    yield f"ready {spread([run.seconds for run in runs], 's')}"
    yield f"{spread([run.kb for run in runs], 'KB')} on the wire"
    yield f"openings {spread([run.openings for run in runs], '')}"


def spread(values: Sequence[float], unit: str, bar: str = "") -> str:
    """The median, the least and the most, and the bar; a run that the limit ended counts as longer than all others."""
    done = [value for value in values if value < inf]
    digits = 1 if unit == "s" else 0
    middle = statistics.median(values)
    told = f"{middle:.{digits}f}" if middle < inf else f"over {LIMIT:.0f}"
    around = [f"{min(done):.{digits}f}-{max(done):.{digits}f}"] if done else []
    if len(done) < len(values):
        around.append(f"{len(done)} of {len(values)} finished")
    if bar:
        around.append(f"bar {bar}")
    return f"{told} {unit}".strip() + f" ({'; '.join(around)})"
