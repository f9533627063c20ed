"""The words of the templates: their units, and gettext catalogs for flask-babel that never touch the disk.

A template says ``t("ui.leave", "Leave", "note to the translator")``. The unit id is the gettext context, so interface
and content share one catalog and one rule: a translation belongs to an id *and* its English text.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.support import Translations
from flask import g
from flask_babel import Domain
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from fieldguide.catalog import Entry, compile_catalog
from fieldguide.items import Tier, Unit
from fieldguide.localize import Localized

TEMPLATES = Path(__file__).parent / "templates"
FUNCTIONS = ("t", "plain", "o")


@cache
def interface_units(templates: Path = TEMPLATES) -> tuple[Unit, ...]:
    """Every interface string in the order of the templates' names. Those with ``.vital.`` in their id are vital."""
    units: dict[str, Unit] = {}
    for path in sorted(templates.rglob("*.html")):
        tree = Environment().parse(path.read_text(encoding="utf-8"))  # noqa: S701 - parsed for its words, never rendered
        for _, _, arguments in extract_from_ast(tree, FUNCTIONS, babel_style=False):
            words = [word for word in arguments or () if isinstance(word, str)]
            unit = Unit(words[0], words[1], _tier(words[0]), words[2] if len(words) > 2 else "")
            known = units.setdefault(unit.id, unit)
            if known.text != unit.text:
                raise ValueError(f"{path.name}: {unit.id} has two English texts: {known.text!r} and {unit.text!r}")
    return tuple(units.values())


def _tier(unit_id: str) -> Tier:
    return Tier.VITAL if ".vital." in unit_id else Tier.NORMAL


class CatalogDomain(Domain):  # type: ignore[misc]  # flask-babel is not typed
    """flask-babel's domain fed from memory. It reads our tag from ``g``; Babel never hears of Mam."""

    def __init__(self, localized: Mapping[str, Localized], units: tuple[Unit, ...]) -> None:
        super().__init__()
        self._translations = {tag: _translations(text, units) for tag, text in localized.items()}

    def get_translations(self) -> Translations:
        """The catalog of the language that is being rendered."""
        return self._translations[g.language.tag]


def _translations(localized: Localized, units: tuple[Unit, ...]) -> Translations:
    entries = [Entry(unit.id, unit.text, localized[unit].text) for unit in units]
    return Translations(BytesIO(compile_catalog(entries)))
