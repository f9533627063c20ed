"""The last figures as ``docs/benchmarks.md``: first all bars, then every benchmark with all that it measured."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.record import ROOT, Run
from fieldguide.writer import replace_file

DOCUMENT = ROOT / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

Written by `make bench`; `python -m bench NAME…` measures some anew and keeps the last figures of the others. The bars
were set before the guide was built. *load* is the load average when a run began and when it ended: above 1, others kept
the machine busy, times are no more than a trial (marked *), and only bytes and ratios within one run count.
"""


def write_document(runs: Mapping[str, Run], titles: Mapping[str, str], path: Path = DOCUMENT) -> None:
    """Write the document; ``titles`` are the benchmarks in their order."""
    replace_file(path, ("\n".join(build_document(runs, titles)) + "\n").encode())


def build_document(runs: Mapping[str, Run], titles: Mapping[str, str]) -> Iterator[str]:
    """The lines of the document."""
    there = {name: runs[name] for name in titles if name in runs}
    yield _HEAD
    yield from _iter_machine(there)
    yield "\n## Bars\n"
    yield "| what | figure | bar | met | measured |"
    yield "|---|---|---|---|---|"
    barred = [(run, figure) for run in there.values() for figure in run.figures if figure.bar is not None]
    for run, figure in barred:
        met = "yes" if figure.met else "**no**"
        yield f"| {figure.name} | {figure.told} | {figure.bar_told} | {met} | {_measured(run)} |"
    missed = [figure for _, figure in barred if not figure.met]
    if missed:
        yield "\n### Missed, and why\n"
        yield from (
            f"- {figure.name}, {figure.told}: {figure.reason or 'no reason is written yet.'}" for figure in missed
        )
    unmeasured = [name for name in titles if name not in runs]
    if unmeasured:
        yield f"\nNot measured yet: {', '.join(unmeasured)}."
    for name, run in there.items():
        yield f"\n## {titles[name]}\n"
        yield f"`python -m bench {name}`, {run.on}, commit `{run.commit}`, load {_load(run)}\n"
        yield "| what | figure | note |"
        yield "|---|---|---|"
        yield from (f"| {figure.name} | {figure.told} | {figure.note} |" for figure in run.figures)


def _iter_machine(runs: Mapping[str, Run]) -> Iterator[str]:
    """Each machine once, with the versions of the newest run on it."""
    newest: dict[str, Run] = {}
    for run in sorted(runs.values(), key=lambda run: run.on):
        newest[run.machine] = run
    for machine, run in newest.items():
        on_it = (
            "" if len(newest) == 1 else f" ({', '.join(name for name, one in runs.items() if one.machine == machine)})"
        )
        yield f"- Machine{on_it}: {machine}"
        yield f"- Versions: {', '.join(f'{name} {version}' for name, version in run.versions.items())}"


def _measured(run: Run) -> str:
    return f"{run.on}, `{run.commit}`, load {_load(run)}"


def _load(run: Run) -> str:
    return f"{run.load[0]:.1f}–{run.load[1]:.1f}{'*' if run.is_busy else ''}"


def line(figure: Figure) -> str:
    """A figure as one line for whoever waits for it."""
    verdict = "" if figure.met is None else f" (bar {figure.bar_told}: {'met' if figure.met else 'MISSED'})"
    return f"{figure.name}: {figure.told}{verdict}{f'; {figure.note}' if figure.note else ''}"
