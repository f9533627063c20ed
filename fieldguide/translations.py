"""The verbs of ``build_pwa.py translations``: what translators, reviewers and their tools need.

Every verb reads all it needs, decides, and only then writes whole files: a refused one leaves every file as it was.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldguide.assets import symbols
from fieldguide.catalog import Catalog, Entry, catalog_name, catalog_path, serialise_catalog, serialise_template
from fieldguide.checks.doubts import check_doubts
from fieldguide.checks.translations import Gate, check_translations, iter_objections
from fieldguide.context import context_page
from fieldguide.coverage import check_coverage, has_text, iter_language_units, progress
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.items import Tier, Unit
from fieldguide.languages import Language
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.reader import CONTENT
from fieldguide.review import State, add_review, iter_reviews, state_of
from fieldguide.sheets import Only, build_sheet, sheet_page, sheet_table
from fieldguide.sheetwords import words_for
from fieldguide.sync import can_carry, carry, carry_objection, in_order, note_of, sync
from fieldguide.takeback import describe, load_answers
from fieldguide.takeback import take as take_answers
from fieldguide.writer import replace_file

TEMPLATE = "messages.pot"
_STATES = (State.REVIEWED, State.DRAFT, State.STALE, State.MISSING)


@dataclass(frozen=True)
class Work:
    """Everything a verb works on."""

    ingredients: Ingredients
    folder: Path

    def language(self, tag: str) -> Language:
        """The listed language of a tag. Raises `ProblemsError` when it has no catalog to work on."""
        registry = self.ingredients.registry
        if tag not in registry or not has_text(registry[tag]):
            known = ", ".join(language.tag for language in registry if has_text(language))
            message = f"{tag!r} is no language with text; add it to languages.toml (there are: {known})"
            raise ProblemsError([Problem("languages.toml", "", message)])
        return registry[tag]

    def units(self, tag: str) -> list[Unit]:
        """The units of a language's catalog."""
        return list(iter_language_units(self.language(tag), self.ingredients.guide, interface_units()))

    def chosen(self, tags: Sequence[str]) -> dict[str, Catalog]:
        """The catalogs of the named languages, or all. Raises `ProblemsError`."""
        for tag in tags:
            self.language(tag)
        missing = [tag for tag in tags if tag not in self.ingredients.catalogs]
        raise_if_any(Problem(catalog_name(tag), "", f"does not exist; run `translations add {tag}`") for tag in missing)
        found = self.ingredients.catalogs
        for tag in found:
            self.language(tag)
        return {tag: found[tag] for tag in tags or found}

    def write(self, catalogs: Iterable[Catalog]) -> list[str]:
        """Write catalogs whose text differs from what lies there; returns their tags."""
        texts = {catalog.tag: serialise_catalog(catalog) for catalog in catalogs}
        changed = [tag for tag, text in texts.items() if text != self._written(tag)]
        for tag in changed:
            replace_file(catalog_path(self.folder, tag), texts[tag].encode("utf-8"))
        return changed

    def _written(self, tag: str) -> str:
        catalog = self.ingredients.catalogs.get(tag)
        return catalog.written if catalog else ""


def load_work(content: Path = CONTENT, folder: Path = TRANSLATIONS) -> Work:
    """Read content and catalogs. Raises `ProblemsError`."""
    return Work(load_ingredients(Deployment(), content, folder), folder)


def add(options: argparse.Namespace) -> None:
    """Start the catalog of a language that languages.toml lists."""
    work = load_work()
    language = work.language(options.tag)
    if language.tag in work.ingredients.catalogs:
        raise ProblemsError(
            [Problem(catalog_name(language.tag), "", "is there already; `translations sync` renews it")]
        )
    work.write([sync(work.units(language.tag), Catalog(language.tag, {}))])
    print(f"{catalog_path(work.folder, language.tag)}: {len(work.units(language.tag))} texts to translate")


def sync_all(options: argparse.Namespace) -> None:
    """Bring every catalog up to the English, by unit id."""
    work = load_work()
    before = work.chosen(())
    carried = _carry(work, options.same_meaning, options.by) if options.same_meaning else before
    after = {tag: sync(work.units(tag), catalog) for tag, catalog in carried.items()}
    template = work.folder / TEMPLATE
    pot = serialise_template(Entry(unit.id, unit.text, "", note=note_of(unit)) for unit in work.ingredients.units)
    has_old_pot = template.exists() and template.read_bytes() != pot.encode("utf-8")
    if options.check:
        raise_if_any(_behind(before, after))
        if has_old_pot:
            raise ProblemsError([Problem(f"translations/{TEMPLATE}", "", "is old; run `translations sync`")])
        print(f"in step with the English: {', '.join(after)}")
        return
    work.write(after.values())
    if options.pot or has_old_pot:
        replace_file(template, pot.encode("utf-8"))
        print(f"{template}: {len(work.ingredients.units)} texts")
    for tag, catalog in after.items():
        print(f"{tag}: {_difference(before[tag], catalog)}")


def _behind(before: dict[str, Catalog], after: dict[str, Catalog]) -> Iterator[Problem]:
    for tag, catalog in after.items():
        if serialise_catalog(catalog) != before[tag].written:
            what = _difference(before[tag], catalog)
            yield Problem(catalog_name(tag), "", f"is behind the English ({what}); run `translations sync`")


def _difference(before: Catalog, after: Catalog) -> str:
    new = after.entries.keys() - before.entries.keys()
    reworded = [key for key in after.entries.keys() - new if after.entries[key].english != before.entries[key].english]
    gone = before.entries.keys() - after.entries.keys()
    if not (new or reworded or gone):
        return "nothing new" if serialise_catalog(after) == before.written else "layout or marks"
    return f"{len(new)} new, {len(reworded)} reworded, {len(gone)} gone"


def _carry(work: Work, ids: Sequence[str], alias: str) -> dict[str, Catalog]:
    """The catalogs with the named units carried to their new wording. Raises `ProblemsError` for what may not be."""
    units = {unit.id: unit for unit in work.ingredients.units}
    problems: list[Problem] = []
    catalogs = dict(work.chosen(()))
    for unit_id in ids:
        unit = units.get(unit_id)
        held = {tag: catalog.entries.get(unit_id) for tag, catalog in catalogs.items()}
        objections = {carry_objection(unit, entry) for entry in (*held.values(), None)} - {""}
        moving = {tag: entry for tag, entry in held.items() if unit and entry and can_carry(unit, entry)}
        if not objections and not moving:
            objections = {"has the same English everywhere; there is nothing to carry"}
        problems += [Problem("translations", "", objection, unit_id) for objection in objections]
        for tag, entry in moving.items() if unit and not objections else ():
            entries = {**catalogs[tag].entries, unit_id: carry(unit, entry, alias)}  # type: ignore[arg-type]
            catalogs[tag] = replace(catalogs[tag], entries=entries)
    raise_if_any(problems)
    return catalogs


def status(options: argparse.Namespace) -> None:
    """Count the texts of every language by tier and state."""
    work = load_work()
    found = {tag: progress(work.units(tag), catalog) for tag, catalog in work.chosen(()).items()}
    if options.json:
        table = {
            tag: {tier.value: {state.value: one.counts[tier].get(state, 0) for state in _STATES} for tier in Tier}
            for tag, one in found.items()
        }
        print(json.dumps(table, indent=2))
        return
    print(f"{'language':<10}{'tier':<8}" + "".join(f"{state.value:>10}" for state in _STATES))
    for tag, one in found.items():
        for tier in Tier:
            counts = "".join(f"{one.counts[tier].get(state, 0):>10}" for state in _STATES)
            print(f"{tag:<10}{tier.value:<8}{counts}")


def check(options: argparse.Namespace) -> None:
    """Run every gate; print warnings, stop with errors."""
    work = load_work()
    catalogs = work.chosen(options.tags)
    guide, registry = work.ingredients.guide, work.ingredients.registry
    for warning in check_doubts(work.ingredients.units, registry, catalogs, work.ingredients.glossary):
        print(f"warning: {warning}")
    registry = registry.subset(["en", *catalogs])
    raise_if_any(
        [
            *check_translations(guide, work.ingredients.units, registry, catalogs),
            *check_coverage(guide, interface_units(), registry, catalogs),
        ]
    )
    print(f"good: {', '.join(catalogs)}")


def review(options: argparse.Namespace) -> None:
    """Record that a person read these texts beside their English and found them right."""
    work = load_work()
    language, catalog = work.language(options.tag), work.chosen([options.tag])[options.tag]
    units = {unit.id: unit for unit in work.units(options.tag)}
    file, gate = catalog_name(options.tag), Gate.of(work.ingredients.guide)
    entries = dict(catalog.entries)
    problems: list[Problem] = []
    for unit_id in dict.fromkeys(options.ids):
        unit, entry = units.get(unit_id), entries.get(unit_id)
        if unit is None:
            problems.append(Problem(file, "", "no unit of this language has this id; mend its spelling", unit_id))
            continue
        objections = list(iter_objections(unit, entry, options.by, options.role, language=language, gate=gate))
        problems += [Problem(file, "", objection, unit_id) for objection in objections]
        if entry and not objections:
            entries[unit_id] = add_review(entry, options.by, options.role, options.on)
    raise_if_any(problems)
    work.write([replace(catalog, entries=entries)])
    for unit_id in dict.fromkeys(options.ids):
        _print_review(units[unit_id], entries[unit_id])


def _print_review(unit: Unit, entry: Entry) -> None:
    print(f"{unit.id}\n  English:     {unit.text}\n  translation: {entry.text}")
    done = ", ".join(f"{review.alias} ({review.role})" for review in iter_reviews(entry))
    waits = "" if state_of(unit, entry) is State.REVIEWED else "; vital, so a second person with another role is needed"
    print(f"  checked by {done}{waits}")


def fmt(options: argparse.Namespace) -> None:
    """Bring catalogs into the usual layout: order, notes, no wrapping, no dates; no text changes."""
    work = load_work()
    catalogs = work.chosen(options.tags)
    changed = work.write(in_order(work.units(tag), catalog) for tag, catalog in catalogs.items())
    for tag in catalogs:
        print(f"{tag}: {'mended' if tag in changed else 'as it should be'}")


def context(options: argparse.Namespace) -> None:
    """Write one page a language: every text in its place, English beside translation, with its state."""
    work = load_work()
    for tag, catalog in work.chosen(options.tags).items():
        page = context_page(work.ingredients.guide, interface_units(), work.language(tag), catalog)
        path = options.out / f"{tag}.html"
        replace_file(path, page.encode("utf-8"))
        print(path)


def sheet(options: argparse.Namespace) -> None:
    """Write a review sheet: a page to open or print, and a table, for people without this program."""
    work = load_work()
    language, ingredients = work.language(options.tag), work.ingredients
    catalog = work.chosen([options.tag])[options.tag]
    words = words_for(ingredients.registry.chain(language))
    only = Only(tuple(options.page), options.vital)
    found = build_sheet(ingredients.guide, interface_units(), language, catalog, words=words, only=only)
    page = sheet_page(found, ingredients.guide, catalog, symbols(ingredients.assets))
    for path, body in (
        (options.out / f"{options.tag}.html", page.encode("utf-8")),
        (options.out / f"{options.tag}.csv", sheet_table(found)),
    ):
        replace_file(path, body)
        print(f"{path}: {len(found.rows)} texts")


def take(options: argparse.Namespace) -> None:
    """Take a review sheet that came back: its ticks become reviews, its wordings drafts, its doubts comments."""
    work = load_work()
    answers = load_answers(options.file, options.alias, options.role)
    language, catalog = work.language(answers.tag), work.chosen([answers.tag])[answers.tag]
    gate = Gate.of(work.ingredients.guide)
    taken, outcomes = take_answers(
        answers, work.units(answers.tag), catalog, language=language, gate=gate, on=options.on
    )
    work.write([taken])
    print(describe(answers, outcomes))
