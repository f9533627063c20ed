"""What a benchmark yields: one figure, beside the bar that it should pass."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

TIMED = frozenset({"s", "ms", "µs", "a second", "points of speed"})
"""Units of what depends on the clock. Bytes do not, and ratios are taken within one run."""


class NotMeasuredError(Exception):
    """What a benchmark needs is not there; the message says what, and how it gets there."""


@dataclass(frozen=True)
class Figure:
    """One figure. ``value`` is ``inf`` where the end never came.

    ``bar`` was set before the guide was built; a figure without one is there to compare with. ``note`` is what a reader
    needs to judge the figure.
    """

    name: str
    value: float
    unit: str = ""
    bar: float | None = None
    better: Literal["less", "more"] = "less"
    note: str = ""

    @property
    def is_timed(self) -> bool:
        """True where the figure is worse when others use the machine too."""
        return self.unit in TIMED

    @property
    def met(self) -> bool | None:
        """Whether the bar is passed; None without a bar."""
        if self.bar is None:
            return None
        return self.value <= self.bar if self.better == "less" else self.value >= self.bar

    @property
    def told(self) -> str:
        """The figure with its unit."""
        return number(self.value) if self.value == inf else f"{number(self.value)} {self.unit}".rstrip()

    @property
    def bar_told(self) -> str:
        """The bar with its direction; "" without one."""
        sign = "≤" if self.better == "less" else "≥"
        return "" if self.bar is None else f"{sign} {number(self.bar)} {self.unit}".rstrip()


def median(
    name: str,
    values: Sequence[float],
    unit: str,
    bar: float | None = None,
    better: Literal["less", "more"] = "less",
    *,
    note: str = "",
) -> Figure:
    """The median of some runs, with the least and the most; one that a limit ended counts as longer than all others."""
    done = [value for value in values if value < inf]
    spread = [f"median of {len(values)}"]
    if done:
        spread.append(f"{number(min(done))} to {number(max(done))}")
    if len(done) < len(values):
        spread.append(f"{len(done)} finished")
    notes = "; ".join(filter(None, (", ".join(spread), note)))
    return Figure(name, statistics.median(values), unit, bar, better, notes)


def number(value: float) -> str:
    """Three digits of what is small, every digit before the point of what is not."""
    if value == inf:
        return "never"
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
