"""Building: the whole command, and pages a second before compression"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, median
from bench.plain import count_pages
from bench.record import ROOT
from bench.spent import spend
from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.site import build_site


def report(rounds: int) -> Iterator[Figure]:
    """Checks, rendering and packs of the whole guide; the command a second time, when compressed files are kept."""
    ingredients = load_ingredients(Deployment())
    speeds, busy = [], []
    for _ in range(rounds):
        begin, used = time.perf_counter(), time.process_time()
        pages = count_pages(build_site(ingredients))
        speeds.append(pages / (time.perf_counter() - begin))
        busy.append(pages / (time.process_time() - used))
    note = f"{pages} pages with checks and packs; {statistics.median(busy):,.0f} a second of CPU"
    yield median("pages before compression", speeds, "a second", 1000, "more", note=note)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, ROOT / "build_pwa.py", "build", "--out", Path(folder) / "dist"]
        first, again = spend(command), spend(command)
    yield Figure("memory of `build` at its peak", first.memory, "MB", 500)
    yield Figure("`build` again, nothing changed", again.seconds, "s", note=f"{again.cpu:.1f} s of CPU")
