"""One page a language for translators: every text in its place, English beside translation, each with its state.

It is a working paper, written beside the checkout and never into the guide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fieldguide.catalog import Catalog, Entry
from fieldguide.coverage import iter_groups
from fieldguide.items import Unit
from fieldguide.languages import Language
from fieldguide.model import Guide
from fieldguide.review import Review, State, iter_reviews, state_of

PAPERS = Path(__file__).parent / "papers"
"""The templates of working papers, with the style and script of those that have some."""


@dataclass(frozen=True)
class Row:
    """One text of the paper."""

    unit: Unit
    entry: Entry
    state: State
    reviews: tuple[Review, ...]


def context_page(guide: Guide, interface: Iterable[Unit], language: Language, catalog: Catalog) -> str:
    """The whole paper as one HTML file that needs nothing else."""
    groups = [(title, list(_rows(units, catalog))) for title, units in iter_groups(language, guide, interface)]
    counts = {state: sum(row.state is state for _, rows in groups for row in rows) for state in State}
    return paper("context.html", language=language, groups=groups, counts=counts)


def paper(template: str, **things: object) -> str:
    """A working paper as HTML; nothing that a text says becomes a tag."""
    env = Environment(loader=FileSystemLoader(PAPERS), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page: str = env.get_template(template).render(things)
    return page


def _rows(units: Iterable[Unit], catalog: Catalog) -> Iterator[Row]:
    for unit in units:
        entry = catalog.entries.get(unit.id, Entry(unit.id, unit.text, ""))
        yield Row(unit, entry, state_of(unit, entry), tuple(iter_reviews(entry)))
