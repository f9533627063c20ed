"""The words of the workbench itself, in three languages: those in which whoever starts it is likely to read.

They are no part of the guide, so its gates and its translators have nothing to do with them. The Spanish and the
Haitian Creole are drafts by machine; ``python -m fieldguide.workbench.words`` brings both up to the English.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flask import g, get_template_attribute
from flask_babel import pgettext
from markupsafe import Markup, escape

from fieldguide.catalog import Catalog, load_catalog, serialise_catalog
from fieldguide.checks.finding import Finding
from fieldguide.interface import CatalogDomain, interface_units
from fieldguide.items import Unit
from fieldguide.languages import Language, Registry
from fieldguide.localize import localize
from fieldguide.markup import to_html, to_plain
from fieldguide.problems import ProblemsError
from fieldguide.sync import sync
from fieldguide.writer import replace_file

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = Path(__file__).parent / "words"

LANGUAGES = Registry(
    {
        "en": Language("en", "English", "English", "Latn", "en_US", status="source"),
        "es": Language("es", "Español", "Spanish", "Latn", "es_US", status="complete"),
        "ht": Language("ht", "Kreyòl ayisyen", "Haitian Creole", "Latn", "fr_HT", status="complete"),
    }
)


def workbench_units() -> tuple[Unit, ...]:
    """Every string of the workbench's templates."""
    return interface_units(TEMPLATES)


def load_words() -> Mapping[str, Catalog]:
    """The translations of the workbench itself. Raises `ProblemsError`."""
    return {tag: _load(tag) for tag in LANGUAGES.languages if tag != "en"}


def _load(tag: str) -> Catalog:
    path = FOLDER / f"{tag}.po"
    try:
        return load_catalog(path, tag) if path.exists() else Catalog(tag, {})
    except ProblemsError as error:
        raise ProblemsError(replace(problem, file=str(path)) for problem in error.problems) from error


def words_domain() -> CatalogDomain:
    """flask-babel's domain of the workbench; it reads the language from ``g``."""
    units, catalogs = workbench_units(), load_words()
    return CatalogDomain({one.tag: localize(units, one, LANGUAGES, catalogs) for one in LANGUAGES}, units)


def t(unit_id: str, english: str, _note: str = "", **values: object) -> Markup:
    """A string of the workbench as HTML, in the language of ``g``; what fills its placeholders is escaped."""
    return to_html(pgettext(unit_id, english), {key: escape(value) for key, value in values.items()})


def plain(unit_id: str, english: str, _note: str = "", **values: object) -> str:
    """The same for titles and attributes."""
    return to_plain(pgettext(unit_id, english), {key: str(value) for key, value in values.items()})


def isolated(values: Mapping[str, str]) -> Mapping[str, str]:
    """What fills a sentence, each kept from turning the words around it; a dash for nothing."""
    return {key: f"\u2068{value or '–'}\u2069" for key, value in values.items()}


def told(finding: Finding) -> str:
    """What a check found, in the language of ``g``."""
    said: Markup = get_template_attribute("findings.html", "say")(finding)
    return str(said.unescape()).strip()


def words_language(tag: str) -> None:
    """Choose the language of the strings of this answer."""
    g.language = LANGUAGES[tag]


if __name__ == "__main__":
    for tag, catalog in load_words().items():
        replace_file(FOLDER / f"{tag}.po", serialise_catalog(sync(workbench_units(), catalog)).encode("utf-8"))
