"""Why a bar is missed: ``bench/reasons.toml``, by benchmark and figure, so that a reason needs no new measurement."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.record import Run

REASONS = Path(__file__).parent / "reasons.toml"

Reasons = Mapping[str, Mapping[str, str]]
"""By the name of a benchmark and of its figure."""


def load_reasons(path: Path = REASONS) -> Reasons:
    """Read the reasons."""
    return tomllib.loads(path.read_text())


def iter_missed(runs: Mapping[str, Run]) -> Iterator[tuple[str, Figure]]:
    """What misses its bar, with its benchmark; not times from a busy machine, which are to be taken anew."""
    for name, run in runs.items():
        for figure in run.figures:
            if figure.met is False and not is_trial(run, figure):
                yield name, figure


def is_trial(run: Run, figure: Figure) -> bool:
    """True for what others on the machine made slower."""
    return run.is_busy and figure.is_timed


def check_reasons(runs: Mapping[str, Run], reasons: Reasons) -> Iterator[str]:
    """One line for each miss that nobody has explained, and for each reason that explains nothing that is measured."""
    for name, figure in iter_missed(runs):
        if not reasons.get(name, {}).get(figure.name):
            yield (
                f"{name}: {figure.name}: {figure.told} misses its bar of {figure.bar_told}; mend it, or write the"
                f' reason into bench/reasons.toml: [{name}], "{figure.name}" = "…"'
            )
    for name, told in reasons.items():
        measured = {figure.name for figure in runs[name].figures} if name in runs else set(told)
        for unknown in sorted(set(told) - measured):
            yield f'bench/reasons.toml: [{name}] "{unknown}": no figure is called so; take the line out'
