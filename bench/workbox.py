"""The same pages kept by Workbox's generateSW (npm), over the same links: what others would need."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from bench.apps import TAG
from bench.phone import CORE, TEXT, THOUGHT, Phone, open_first
from bench.tls import served
from fieldguide.snapshot import Site
from fieldguide.urls import file_name

HERE = Path(__file__).parent / "workbox"

# Workbox keeps all it precached when an install fails, and goes on with it when the page is opened again.
REGISTER = """async (limit) => {
  const policy = trustedTypes.createPolicy("fg", { createScriptURL: (text) => text });
  const found = await navigator.serviceWorker.register(policy.createScriptURL("/wb.js"));
  const worker = found.installing ?? found.waiting ?? found.active;
  return new Promise((resolve) => {
    const look = () => ["activated", "redundant"].includes(worker.state) && resolve(worker.state);
    worker.addEventListener("statechange", look);
    setTimeout(resolve, limit, "late");
    look();
  });
}"""


@contextmanager
def served_beside(site: Site) -> Iterator[int]:
    """Install the npm packages, make Workbox's worker of the pages of two packs, serve the guide beside it.

    Yields the port. Raises `AssertionError` when Workbox would keep more or fewer files than the guide.
    """
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=HERE, check=True)
    files = [file for pack in site.packs if pack.name in (CORE, TEXT) for file in pack.files]
    with tempfile.TemporaryDirectory() as name:
        folder, worker = Path(name) / "dist", Path(name) / "wb.js"
        for file in files:
            path = folder / file_name(file.url)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.body)
        command = ["node", "generate.cjs", str(folder), str(worker)]
        told = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True).stdout
        if not told.startswith(f"{len(files)} files,"):
            raise AssertionError(f"Workbox keeps {told.strip()}; the guide keeps {len(files)} files of {TAG}")
        os.environ["FIELD_GUIDE_WORKBOX"] = str(worker)
        with served("bench.apps:beside_workbox") as host:
            yield host.port


@dataclass(frozen=True)
class Ready:
    """Every file in Workbox's cache: seconds since the page was asked for, ``inf`` where the limit came first."""

    seconds: float
    kb: float
    openings: int


def ready(one: Phone, limit: float) -> Ready:
    """From nothing to all files; an install that broke is begun again, after a thought, by opening the page again."""
    openings, state = 0, ""
    with one.opened() as context:
        page = context.new_page()
        begin = time.time()
        while (left := begin + limit - time.time()) > 0:
            openings += 1
            if not open_first(page, one.start, left):
                continue
            with suppress(PlaywrightError):  # the worker script itself did not come
                state = page.evaluate(REGISTER, (begin + limit - time.time()) * 1000)
            if state == "activated":
                return Ready(time.time() - begin, one.shaper.passed / 1000, openings)
            time.sleep(THOUGHT)
    return Ready(inf, one.shaper.passed / 1000, openings)
