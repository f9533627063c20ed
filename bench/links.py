"""From nothing to kept over slow and broken links; Workbox beside it, in turns, through the same shaper

New phones in a real Chromium, over TLS with brotli. All links at once: each is its own, and waits longer than it works.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from math import inf
from multiprocessing import get_context

from playwright.sync_api import sync_playwright

from bench.apps import TAG, guide
from bench.figures import Figure, median
from bench.phone import CARDS, CORE, HELP_WAY, OFFICER, OFFICER_WAY, OWN, TEXT, WORKER_WAY, Kept, Way, install, phone
from bench.workbox import Ready, ready, served_beside
from tests.faults.shaper import EDGE, FLAKY, GPRS, VERY_FLAKY, Link

LIMIT = 300.0
"""Seconds after which a person has put the phone away, whatever it keeps."""

KEPT = {
    OWN: f"numbers in {TAG} open with no network",
    CORE: "numbers of all languages kept",
    TEXT: f"{TAG} kept and checked",
    CARDS: "ready with all cards",
    OFFICER: "officers' pages kept and checked",
}
"""What it means that a pack is there."""


@dataclass(frozen=True)
class Course:
    """A link, a way to take over it, and the bars of the design: seconds of packs, KB of all, openings."""

    link: Link
    way: Way
    seconds: Mapping[str, float] = field(default_factory=dict)
    kb: float | None = None
    openings: float | None = None

    @property
    def name(self) -> str:
        """What its figures begin with."""
        return f"{self.link.name}, an officer" if self.way == OFFICER_WAY else self.link.name


COURSES = (
    Course(EDGE, WORKER_WAY, {OWN: 7.5, CORE: 7.5, TEXT: 12}),
    Course(EDGE, OFFICER_WAY, {CARDS: 18}),
    Course(FLAKY, WORKER_WAY, {TEXT: 60}, kb=150, openings=1),
    Course(VERY_FLAKY, HELP_WAY, {OWN: 15, CORE: 15}),
    Course(GPRS, WORKER_WAY, {TEXT: 25}),
)


def report(rounds: int, courses: Sequence[Course] = COURSES) -> Iterator[Figure]:
    """Every course, and Workbox on the links where a worker keeps a language."""
    site = guide()
    packs = [pack for pack in site.packs if pack.name in (CORE, TEXT)]
    pages = sum(file.media_type.startswith("text/html") for pack in packs for file in pack.files)
    yield Figure(f"pages of {TAG} that are kept", pages, "", note="the bars are for 60")
    with served_beside(site) as port, ProcessPoolExecutor(len(courses), get_context("spawn")) as pool:
        for figures in pool.map(partial(run, rounds=rounds, port=port), courses):
            yield from figures


def run(course: Course, rounds: int, port: int) -> list[Figure]:
    """One course, in so many rounds, to the server at a port."""
    ours: list[Kept] = []
    theirs: list[Ready] = []
    with sync_playwright() as playwright:
        for _ in range(rounds):
            with phone(playwright, course.link, port) as one:
                ours.append(install(one, LIMIT, course.way))
            if course.way == WORKER_WAY:
                with phone(playwright, course.link, port) as one:
                    theirs.append(ready(one, LIMIT))
    return [*_ours(course, ours), *(_beside(course, ours, theirs) if theirs else ())]


def _beside(course: Course, ours: Sequence[Kept], theirs: Sequence[Ready]) -> Iterator[Figure]:
    yield from _theirs(course.link.name, theirs)
    finished = [(own.seconds(TEXT), other.seconds) for own, other in zip(ours, theirs, strict=True)]
    ratios = [other / own if own < inf else 0.0 for own, other in finished]
    yield median(f"{course.name}: how much longer Workbox takes", ratios, "times")


def _ours(course: Course, runs: Sequence[Kept]) -> Iterator[Figure]:
    yield median(f"{course.name}: first view", [run.seen for run in runs], "s")
    for pack, told in KEPT.items():
        if pack in course.seconds or pack == course.way.last:
            wire = sum(run.wire(pack) for run in runs) / len(runs)
            note = f"{wire:.0f} KB on the wire until then"
            seconds = [run.seconds(pack) for run in runs]
            yield median(f"{course.name}: {told}", seconds, "s", course.seconds.get(pack), note=note)
    yield median(f"{course.name}: all of it on the wire", [run.kb for run in runs], "KB", course.kb)
    yield median(f"{course.name}: openings", [run.openings for run in runs], "", course.openings)


def _theirs(link: str, runs: Sequence[Ready]) -> Iterator[Figure]:
    yield median(f"{link}, Workbox: ready", [run.seconds for run in runs], "s")
    yield median(f"{link}, Workbox: on the wire", [run.kb for run in runs], "KB")
    yield median(f"{link}, Workbox: openings", [run.openings for run in runs], "")
