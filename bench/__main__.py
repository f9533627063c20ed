"""Run the benchmarks that are named, or all; print each figure beside its bar; write ``docs/benchmarks.md``."""

import argparse
import importlib
import sys
from collections.abc import Iterator, Mapping

from bench.document import line, write_document
from bench.figures import Figure, NotMeasuredError
from bench.reasons import check_reasons, load_reasons
from bench.record import Run, begin_run, end_run, load_record, write_record

NAMES = (
    "sizes",
    "build",
    "growth",
    "others",
    "translations",
    "long_texts",
    "workbench",
    "serve",
    "observatory",
    "lighthouse",
    "search",
    "paint",
    "keep",
    "links",
)
"""The modules, in the order of the document; ``links`` takes about half an hour, the others some minutes each."""
IN_ROUNDS = frozenset({"build", "others", "serve", "lighthouse", "paint", "links"})
"""Those that measure in turns, as often as asked for."""
ROUNDS = 5


def title_of(name: str) -> str:
    """What a benchmark is called: the first sentence of its module."""
    return importlib.import_module(f"bench.{name}").__doc__.splitlines()[0].rstrip(".")


def measure(name: str, rounds: int) -> Iterator[Figure]:
    """Measure, and tell each figure when it is there. Raises `NotMeasuredError`."""
    report = importlib.import_module(f"bench.{name}").report
    for figure in report(rounds) if name in IN_ROUNDS else report():
        print(f"{name}: {line(figure)}", flush=True)
        yield figure


def main() -> int:
    """Each benchmark is written when it has ended, so that a run that is stopped leaves what it has measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; none: all of them")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"{ROUNDS} unless said; of {', '.join(sorted(IN_ROUNDS))}"
    )
    parser.add_argument("--write", action="store_true", help="measure nothing; write the document of the last figures")
    wanted = parser.parse_args()
    names = wanted.names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if wanted.rounds < 1:
        parser.error("--rounds: at least 1")
    runs = load_record()
    for name in () if wanted.write else names:
        run = begin_run()
        try:
            figures = tuple(measure(name, wanted.rounds))
        except NotMeasuredError as error:
            print(f"{name}: not measured; {error}", flush=True)
            continue
        runs[name] = end_run(run, figures)
        write_record(runs)
        _write(runs)
    _write(runs)
    problems = list(check_reasons(runs, load_reasons()))
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def _write(runs: Mapping[str, Run]) -> None:
    write_document(runs, {name: title_of(name) for name in NAMES}, load_reasons())


if __name__ == "__main__":
    sys.exit(main())
