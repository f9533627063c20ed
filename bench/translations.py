"""Translations: reading, syncing, checking and telling the state of many catalogs"""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.checks.doubts import check_doubts
from fieldguide.checks.translations import check_translations
from fieldguide.coverage import progress
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.items import Unit
from fieldguide.languages import Language, Registry
from fieldguide.load import load_ingredients
from fieldguide.sync import sync

BAR = 5.0


def report() -> Iterator[Figure]:
    """Two sizes: seconds from files on disk to synced, checked and counted."""
    ingredients = load_ingredients(Deployment())
    for languages, units in ((20, 3000), (40, 6000)):
        reading, working = _measure(ingredients, languages, units)
        size = f"{languages} × {units:,} units"
        yield Figure(f"{size} synced, checked and counted", working, "s", BAR if languages == 20 else None)
        yield Figure(f"{size} read from disk", reading, "s")


def _measure(ingredients: Ingredients, languages: int, count: int) -> tuple[float, float]:
    """Seconds of reading, and of everything else."""
    units = _units(ingredients, count)
    registry = Registry({"en": ingredients.registry["en"], **{tag: _language(tag) for tag in _tags(languages)}})
    with tempfile.TemporaryDirectory() as folder:
        spanish = ingredients.catalogs["es"].entries
        for tag in _tags(languages):
            entries = {unit.id: _entry(unit, spanish[unit.id.partition("~")[0]]) for unit in units}
            path = catalog_path(Path(folder), tag)
            path.parent.mkdir()
            path.write_text(serialise_catalog(sync(units, Catalog(tag, entries))), encoding="utf-8")
        changed = [*units[:-50], *_reworded(units[-50:])]
        start = time.perf_counter()
        read = {tag: load_catalog(catalog_path(Path(folder), tag), tag) for tag in _tags(languages)}
        middle = time.perf_counter()
        synced = {tag: sync(changed, catalog) for tag, catalog in read.items()}
        for catalog in synced.values():
            serialise_catalog(catalog)
            progress(changed, catalog)
        problems = list(check_translations(ingredients.guide, changed, registry, synced))
        list(check_doubts(changed, registry, synced, ingredients.glossary))
        end = time.perf_counter()
    if problems:
        raise AssertionError(problems[0])
    return middle - start, end - middle


def _tags(count: int) -> list[str]:
    return [f"x{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(count)]


def _language(tag: str) -> Language:
    return Language(tag, tag, tag, "Latn", "es_US", status="complete")


def _units(ingredients: Ingredients, count: int) -> list[Unit]:
    translated = [unit for unit in ingredients.units if unit.id in ingredients.catalogs["es"].entries]
    random.Random(1).shuffle(translated)
    copies = -(-count // len(translated))
    units = [Unit(f"{unit.id}~{n}", unit.text, unit.tier, unit.note) for n in range(copies) for unit in translated]
    return units[:count]


def _entry(unit: Unit, known: Entry) -> Entry:
    return Entry(unit.id, unit.text, known.text, comments=known.comments)


def _reworded(units: list[Unit]) -> list[Unit]:
    return [Unit(unit.id, f"{unit.text} Again.", unit.tier, unit.note) for unit in units]
