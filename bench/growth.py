"""Growth: the same build with more pages and more languages

A figure a page that stays where it is means that twice as much takes twice as long.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.record import ROOT
from bench.spent import spend

PAGES = (1, 4, 16)
LANGUAGES = (1, 12, 40)


def report() -> Iterator[Figure]:
    """Copies of all pages in all languages, then copies of one language; each build in a process of its own."""
    for times in PAGES:
        yield from _built(f"pages × {times}", "--pages", str(times))
    for count in LANGUAGES:
        yield from _built(f"{count} languages" if count > 1 else "1 language", "--languages", str(count))


def _built(name: str, *options: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        spent = spend([sys.executable, "-m", "bench.plain", folder + "/dist", *options], ROOT)
        pages = sum(1 for _ in Path(folder).rglob("*.html"))
    note = f"{pages:,} pages, {spent.seconds:.1f} s, {spent.cpu:.1f} s of CPU"
    yield Figure(f"{name}: CPU a page", spent.cpu / pages * 1000, "ms", note=note)
    yield Figure(f"{name}: memory at its peak", spent.memory, "MB")
