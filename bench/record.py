"""The figures of the last run of every benchmark, in ``docs/benchmarks.json``: where and when each was measured."""

import json
import os
import platform
import re
import subprocess
import time
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
    "xz": ["xz", "--version"],
    "Hugo": [str(ROOT / "bench/hugo.sh"), "version"],
    "MkDocs Material": [str(ROOT / ".cache/mkdocs/bin/pip"), "show", "mkdocs-material"],
    "nginx": [str(ROOT / ".cache/servers/usr/sbin/nginx"), "-v"],
    "wrk": ["wrk", "-v"],
}
_LOCKED = {
    "Workbox": ("workbox", "workbox-build"),
    "Observatory": ("observatory", "@mdn/mdn-http-observatory"),
    "Lighthouse": ("lighthouse", "lighthouse"),
}


@dataclass(frozen=True)
class Run:
    """One run of one benchmark.

    ``load`` is the load average of a minute before it began and when it had ended, so the second holds the run itself.
    ``others`` is how many cores others kept busy just before and just after it.
    """

    on: date
    commit: str
    load: tuple[float, float]
    others: tuple[float, float]
    machine: str
    versions: Mapping[str, str]
    figures: tuple[Figure, ...]

    @property
    def is_busy(self) -> bool:
        """True when others kept the machine busy: its times are no more than a trial."""
        return max(self.others) > BUSY


BUSY = 0.2
"""Cores. What ran before on an idle machine is long gone from it, and still in its load average."""
LOOK = 3.0
"""Seconds of the look at what others do."""


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
    pairs = {name: tuple(told[name]) for name in ("load", "others")}
    return Run(**{**told, **pairs, "on": date.fromisoformat(told["on"]), "figures": tuple(figures)})


def begin_run() -> Run:
    """Where and when a run begins."""
    versions_ = versions()  # asks programs, which keeps a core busy
    return Run(date.today(), commit(), (_load(), 0.0), (busy_cores(), 0.0), machine(), versions_, ())


def end_run(run: Run, figures: tuple[Figure, ...]) -> Run:
    """The run with what was measured."""
    rounded = tuple(replace(figure, value=round(figure.value, 4)) for figure in figures)
    return replace(run, load=(run.load[0], _load()), others=(run.others[0], busy_cores()), figures=rounded)


def _load() -> float:
    return round(os.getloadavg()[0], 2)


def busy_cores() -> float:
    """How many cores are busy while this process waits for `LOOK`."""
    before = _worked()
    time.sleep(LOOK)
    return round((_worked() - before) / LOOK, 2)


def _worked() -> float:
    """Seconds of CPU of all processes since the machine started."""
    user, nice, system, _idle, _wait, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split(maxsplit=9)[1:9])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


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
