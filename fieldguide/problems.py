"""One finding of a check, and the exception that carries all of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """Something that must be mended before the guide can be built.

    ``file`` is relative to the checkout, ``place`` a table and key such as ``sections[2].items[0].text``,
    ``unit`` the unit id where there is one, ``message`` says what is wrong and what mends it.
    """

    file: str
    place: str
    message: str
    unit: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        unit = f" [{self.unit}]" if self.unit else ""
        return f"{self.file}: {place}{self.message}{unit}"


class ProblemsError(Exception):
    """Raised with *all* problems found, so that one run shows everything there is to mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `ProblemsError` when ``problems`` is not empty."""
    found = list(problems)
    if found:
        raise ProblemsError(found)


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """What a block finds wrong joins ``problems``, and the work goes on to find what else is."""
    try:
        yield
    except ProblemsError as error:
        problems += error.problems
