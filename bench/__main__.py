"""Run the benchmarks that are named, or all; print each figure beside its bar; write ``docs/benchmarks.md``."""

import argparse
import importlib
from collections.abc import Iterator

from bench.document import line, write_document
from bench.figures import Figure, NotMeasuredError
from bench.record import begin_run, end_run, load_record, write_record

NAMES = ("sizes", "build", "growth", "others", "translations", "workbench", "serve", "observatory", "search", "keep")
"""The modules, in the order of the document; ``keep`` takes an hour."""


def title_of(name: str) -> str:
    """What a benchmark is called: the first sentence of its module."""
    return importlib.import_module(f"bench.{name}").__doc__.splitlines()[0].rstrip(".")


def measure(name: str) -> Iterator[Figure]:
    """Measure, and tell each figure when it is there. Raises `NotMeasuredError`."""
    for figure in importlib.import_module(f"bench.{name}").report():
        print(f"{name}: {line(figure)}", flush=True)
        yield figure


def main() -> None:
    """Each benchmark is written when it has ended, so that a run that is stopped leaves what it has measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; none: all of them")
    names = parser.parse_args().names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    runs, titles = load_record(), {name: title_of(name) for name in NAMES}
    for name in names:
        run = begin_run()
        try:
            figures = tuple(measure(name))
        except NotMeasuredError as error:
            print(f"{name}: not measured; {error}", flush=True)
            continue
        runs[name] = end_run(run, figures)
        write_record(runs)
        write_document(runs, titles)


if __name__ == "__main__":
    main()
