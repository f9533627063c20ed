"""A text as a page shows it: names, numbers and dates in the place of braces, bold words in that of stars."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from fieldguide.coverage import has_text
from fieldguide.localize import localize
from fieldguide.markup import LINK, to_html
from fieldguide.model import LABELS
from fieldguide.values import html_values
from fieldguide.workbench.desk import Desk


class _Values(dict[str, Markup]):
    """What stands for each placeholder; for one that only a page can fill, its name."""

    def __missing__(self, name: str) -> Markup:
        return Markup('<bdi lang="en">‹{}›</bdi>').format(name)


@dataclass(frozen=True)
class Reading:
    """Reads texts of one language. Nothing in them dials or leads anywhere."""

    values: Mapping[str, Markup]

    def __call__(self, text: str) -> Markup:
        """The text as HTML, each placeholder isolated from the direction of the words around it."""
        return to_html(LINK.sub(r"\1", text), self.values)


def build_reading(desk: Desk, tag: str) -> Reading:
    """The reading of a language, or of English. Needs an application context."""
    found = desk.work().ingredients
    language = found.registry[tag]
    chain = found.registry.chain(language)
    catalogs = {one.tag: desk.open(one.tag).catalog for one in chain if has_text(one)}
    wanted = {*LABELS.values(), *(unit.id for unit in found.guide.names.values())}
    localized = localize((unit for unit in found.units if unit.id in wanted), language, found.registry, catalogs)
    values = html_values(found.guide, localized)
    return Reading(_Values({key: Markup("<bdi>{}</bdi>").format(html.striptags()) for key, html in values.items()}))
