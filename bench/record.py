"""The figures of the last run of every benchmark, in ``docs/benchmarks.json``: where and when each was measured."""

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import inf
from pathlib import Path

from bench.figures import Figure
from fieldguide.writer import replace_file

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "docs" / "benchmarks.json"

_TOLD_BY = {
    "Chromium": ["chromium", "--version"],
    "node": ["node", "--version"],
    "Hugo": [str(ROOT / "bench/hugo.sh"), "version"],
    "MkDocs Material": [str(ROOT / ".cache/mkdocs/bin/pip"), "show", "mkdocs-material"],
    "nginx": [str(ROOT / ".cache/servers/usr/sbin/nginx"), "-v"],
    "wrk": ["wrk", "-v"],
}
_LOCKED = {"Workbox": ("workbox", "workbox-build"), "Observatory": ("observatory", "@mdn/mdn-http-observatory")}


@dataclass(frozen=True)
class Run:
    """One run of one benchmark. ``load`` is the load average of a minute before it began and when it had ended: with
    more than one process a core on the machine, seconds say little."""

    on: date
    commit: str
    load: tuple[float, float]
    machine: str
    versions: Mapping[str, str]
    figures: tuple[Figure, ...]

    @property
    def is_busy(self) -> bool:
        """True when others kept the machine busy when it began: its times are no more than a trial."""
        return self.load[0] > BUSY


BUSY = 1.0


def load_record(path: Path = RECORD) -> dict[str, Run]:
    """The last run of each benchmark by its name; none where nothing was measured yet."""
    return {name: _run(told) for name, told in json.loads(path.read_text()).items()} if path.is_file() else {}


def write_record(runs: Mapping[str, Run], path: Path = RECORD) -> None:
    """Write the runs."""
    told = {name: {**asdict(run), "on": run.on.isoformat(), "figures": _figures(run)} for name, run in runs.items()}
    replace_file(path, f"{json.dumps(told, indent=1, ensure_ascii=False)}\n".encode())


def _figures(run: Run) -> list[dict[str, object]]:
    """What says nothing is left out; ``null`` is a figure whose end never came."""
    found = [{key: value for key, value in asdict(figure).items() if value not in ("", None)} for figure in run.figures]
    return [{**figure, "value": None if figure["value"] == inf else figure["value"]} for figure in found]


def _run(told: dict) -> Run:
    figures = [
        Figure(**{**figure, "value": inf if figure["value"] is None else figure["value"]}) for figure in told["figures"]
    ]
    return Run(**{**told, "on": date.fromisoformat(told["on"]), "load": tuple(told["load"]), "figures": tuple(figures)})


def begin_run() -> Run:
    """Where and when a run begins."""
    return Run(date.today(), commit(), (os.getloadavg()[0], 0.0), machine(), versions(), ())


def end_run(run: Run, figures: tuple[Figure, ...]) -> Run:
    """The run with what was measured."""
    rounded = tuple(replace(figure, value=round(figure.value, 4)) for figure in figures)
    return replace(run, load=(round(run.load[0], 2), round(os.getloadavg()[0], 2)), figures=rounded)


def commit() -> str:
    """The commit of the checkout, with ``+`` when files of the program are not as it has them."""
    found = _told(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"])
    changed = _told(["git", "-C", str(ROOT), "status", "--porcelain", "--", ".", ":!docs"])
    return f"{found}+" if changed else found


def machine() -> str:
    """Processor, cores, memory, kernel."""
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    name = names[0] if names else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, Linux {platform.release()}"


def versions() -> dict[str, str]:
    """Of what is measured with and beside; those that are not there are left out."""
    found = {"Python": platform.python_version()}
    for name, command in _TOLD_BY.items():
        number = re.search(r"\d+(?:\.\d+)+", _told(command))
        found |= {name: number[0]} if number else {}
    for name, (folder, package) in _LOCKED.items():
        lock = json.loads((ROOT / "bench" / folder / "package-lock.json").read_text())
        found[name] = lock["packages"][f"node_modules/{package}"]["version"]
    return found


def _told(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout + done.stderr).strip()
