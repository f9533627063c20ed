"""From nothing to kept over slow and broken links: new phones, ours and Workbox's in turns, through the same shaper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Playwright

from bench.apps import TAG
from bench.figures import Figure, median
from bench.phone import CORE, TEXT, Kept, install, phone
from bench.workbox import Ready, ready
from tests.faults.shaper import EDGE, FLAKY, GPRS, VERY_FLAKY, Link

LIMIT = 300.0
"""Seconds after which a person has put the phone away, whatever it keeps."""


@dataclass(frozen=True)
class Course:
    """A link, and the bars of the design for it; ``last`` is the pack that a run ends with."""

    link: Link
    core: float | None = None
    text: float | None = None
    kb: float | None = None
    openings: float | None = None
    last: str = TEXT


COURSES = (
    Course(EDGE, core=7.5, text=12),
    Course(FLAKY, text=60, kb=150, openings=1),
    Course(VERY_FLAKY, core=15, last=CORE),
    Course(GPRS, text=25),
)


def report(playwright: Playwright, port: int, rounds: int) -> Iterator[Figure]:
    """Every link, for ours and for Workbox, in so many rounds each."""
    for course in COURSES:
        ours: list[Kept] = []
        theirs: list[Ready] = []
        for _ in range(rounds):
            with phone(playwright, course.link, port) as one:
                ours.append(install(one, LIMIT, course.last))
            if course.last == TEXT:
                with phone(playwright, course.link, port) as one:
                    theirs.append(ready(one, LIMIT))
        yield from _ours(course, ours)
        if theirs:
            yield from _theirs(course.link.name, theirs)


def _ours(course: Course, runs: Sequence[Kept]) -> Iterator[Figure]:
    link = course.link.name
    yield median(f"{link}: first view", [run.seen for run in runs], "s")
    yield median(f"{link}: help pages kept", [run.core for run in runs], "s", course.core)
    yield median(f"{link}: the same on the wire", [run.core_kb for run in runs], "KB")
    if course.last == TEXT:
        yield median(f"{link}: {TAG} kept and checked", [run.text for run in runs], "s", course.text)
        yield median(f"{link}: all of it on the wire", [run.kb for run in runs], "KB", course.kb)
    yield median(f"{link}: openings", [run.openings for run in runs], "", course.openings)


def _theirs(link: str, runs: Sequence[Ready]) -> Iterator[Figure]:
    yield median(f"{link}, Workbox: ready", [run.seconds for run in runs], "s")
    yield median(f"{link}, Workbox: on the wire", [run.kb for run in runs], "KB")
    yield median(f"{link}, Workbox: openings", [run.openings for run in runs], "")
