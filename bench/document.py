"""The last figures as ``docs/benchmarks.md``: first all bars, then every benchmark with all that it measured."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.reasons import Reasons, is_trial, iter_missed
from bench.record import ROOT, Run
from fieldguide.writer import replace_file

DOCUMENT = ROOT / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

Written by `make bench`; `python -m bench NAME…` measures some anew and keeps the last figures of the others, and
`python -m bench --write` only writes this page again. The bars were set before the guide was built; why one is missed
stands in `bench/reasons.toml`. *load* is the load average when a run began and when it ended, *others* how many cores
other processes kept busy just before and after it. Where that is more than 0.2, times are no more than a trial, marked
*; only bytes and ratios within one run count.
"""


def write_document(runs: Mapping[str, Run], titles: Mapping[str, str], reasons: Reasons, path: Path = DOCUMENT) -> None:
    """Write the document; ``titles`` are the benchmarks in their order."""
    replace_file(path, ("\n".join(build_document(runs, titles, reasons)) + "\n").encode())


def build_document(runs: Mapping[str, Run], titles: Mapping[str, str], reasons: Reasons) -> Iterator[str]:
    """The lines of the document."""
    there = {name: runs[name] for name in titles if name in runs}
    yield _HEAD
    yield from _iter_machine(there)
    yield from _bars(there)
    yield from _missed(there, reasons)
    unmeasured = [name for name in titles if name not in runs]
    if unmeasured:
        yield f"\nNot measured yet: {', '.join(unmeasured)}."
    for name, run in there.items():
        yield f"\n## {titles[name]}\n"
        yield f"`python -m bench {name}`, {run.on}, commit `{run.commit}`, {_circumstances(run)}\n"
        yield "| what | figure | note |"
        yield "|---|---|---|"
        yield from (f"| {figure.name} | {_told(run, figure)} | {figure.note} |" for figure in run.figures)


def _bars(runs: Mapping[str, Run]) -> Iterator[str]:
    yield "\n## Bars\n"
    yield "| what | figure | bar | met | measured by |"
    yield "|---|---|---|---|---|"
    for name, run in runs.items():
        for figure in run.figures:
            if figure.bar is not None:
                met = "yes" if figure.met else "**no**"
                yield f"| {figure.name} | {_told(run, figure)} | {figure.bar_told} | {met} | {name} |"


def _missed(runs: Mapping[str, Run], reasons: Reasons) -> Iterator[str]:
    missed = list(iter_missed(runs))
    if missed:
        yield "\n### Missed, and why\n"
    for name, figure in missed:
        reason = reasons.get(name, {}).get(figure.name, "no reason is written yet.")
        yield f"- {figure.name}: {figure.told}, the bar is {figure.bar_told}. {reason}"
    trials = [(figure, run) for run in runs.values() for figure in run.figures if is_trial(run, figure)]
    again = [figure.name for figure, _ in trials if figure.met is False]
    if again:
        yield f"\nMissed on a busy machine, to be measured again: {'; '.join(again)}."


def _iter_machine(runs: Mapping[str, Run]) -> Iterator[str]:
    """Each machine once, with the versions of the newest run on it."""
    newest: dict[str, Run] = {}
    for run in sorted(runs.values(), key=lambda run: run.on):
        newest[run.machine] = run
    for machine, run in newest.items():
        here = [name for name, one in runs.items() if one.machine == machine]
        which = f" ({', '.join(here)})" if len(newest) > 1 else ""
        yield f"- Machine{which}: {machine}"
        yield f"- Versions: {', '.join(f'{name} {version}' for name, version in run.versions.items())}"


def _told(run: Run, figure: Figure) -> str:
    return f"{figure.told}{'*' if is_trial(run, figure) else ''}"


def _circumstances(run: Run) -> str:
    return f"load {run.load[0]:.1f}–{run.load[1]:.1f}, others {run.others[0]:.1f}–{run.others[1]:.1f} cores"


def line(figure: Figure) -> str:
    """A figure as one line for whoever waits for it."""
    verdict = "" if figure.met is None else f" (bar {figure.bar_told}: {'met' if figure.met else 'MISSED'})"
    return f"{figure.name}: {figure.told}{verdict}{f'; {figure.note}' if figure.note else ''}"
