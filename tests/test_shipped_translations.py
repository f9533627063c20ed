"""The shipped translations of the shipped English: in step, canonical, without an error or an unanswered warning."""

import json

import pytest

from fieldguide.catalog import Catalog, serialise_catalog
from fieldguide.checks.doubts import check_doubts
from fieldguide.checks.translations import check_translations
from fieldguide.cli import main
from fieldguide.coverage import check_coverage, has_text, iter_language_units
from fieldguide.deployment import Deployment
from fieldguide.glossary import load_glossary
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.items import Tier, Unit
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.problems import Problem
from fieldguide.snapshot import Site
from fieldguide.sync import in_order, sync

TAGS = sorted(path.parent.name for path in TRANSLATIONS.glob("*/messages.po"))


@pytest.fixture(scope="module")
def shipped() -> Ingredients:
    return load_ingredients(Deployment())


def units_of(shipped: Ingredients, tag: str) -> list[Unit]:
    return list(iter_language_units(shipped.registry[tag], shipped.guide, interface_units()))


def listed(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def changed(before: Catalog, after: Catalog) -> list[str]:
    """The ids whose entries differ in anything, notes included."""
    ids = dict.fromkeys([*before.entries, *after.entries])
    pairs = {unit_id: (before.entries.get(unit_id), after.entries.get(unit_id)) for unit_id in ids}
    return [key for key, (old, new) in pairs.items() if old != new or (old and new and old.note != new.note)]


def test_languages_and_how_much_of_the_guide_they_have(shipped: Ingredients):
    """Twelve are complete for workers, nine have start, numbers and interface, five are spoken and have no text."""
    by_status: dict[str, set[str]] = {}
    for language in shipped.registry:
        by_status.setdefault(language.status, set()).add(language.tag)
    assert by_status["complete"] == {
        "es", "zh-Hans", "ht", "pt-BR", "fil", "vi", "ar", "hi", "pa", "ko", "ru", "fr",
    }  # fmt: skip
    assert by_status["help"] == {"zh-Hant", "ne", "bn", "ur", "uk", "th", "id", "am", "pl"}
    assert by_status["spoken"] == {"quc", "mam", "kjb", "mxv", "zap"}
    assert set(TAGS) == by_status["complete"] | by_status["help"]


def test_status_and_the_guide_tell_the_same(real_site: Site, capsys: pytest.CaptureFixture[str]):
    """The numbers of ``translations status`` are those on the page *Translations*, language by language."""
    assert main(["translations", "status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == set(TAGS)
    body = real_site.artifacts["en/translations/"].body.decode("utf-8")
    for tag, tiers in told.items():
        language = real_site.registry[tag]
        start = body.index(f'<h3><span lang="{language.lang}"')
        block = body[start : body.index("</ul>", start)]
        counts = {state: sum(tier[state] for tier in tiers.values()) for state in ("draft", "reviewed")}
        without = sum(tier["missing"] + tier["stale"] for tier in tiers.values())
        assert f"Drafts that nobody has checked: {counts['draft']} texts." in block, tag
        assert ("Checked by people: nothing yet." in block) == (counts["reviewed"] == 0), tag
        assert (f"Not in this language yet: {without} texts." in block) == (without > 0), tag


def test_the_guide_says_that_no_speaker_has_checked_it(real_site: Site):
    """The page *Translations* and docs/translation-quality.md open with it as long as it is so."""
    says = "Written and back-translated by computer. No speaker has checked it."
    body = real_site.artifacts["en/translations/"].body.decode("utf-8")
    assert body.index("</h1>") < body.index(says) < body.index("<h2")
    doc = (TRANSLATIONS.parent / "docs/translation-quality.md").read_text(encoding="utf-8")
    assert doc.index(says) < doc.index("\n\n", doc.index(says))
    for tag in TAGS:
        assert f"(`{tag}`)" in doc


@pytest.mark.parametrize("tag", TAGS)
def test_catalog_is_in_step(shipped: Ingredients, tag: str):
    """``translations sync`` would change no byte."""
    before = shipped.catalogs[tag]
    after = sync(units_of(shipped, tag), before)
    ids = changed(before, after)
    assert not ids, f"run `translations sync`; it changes {ids}"
    assert serialise_catalog(after) == before.written, "run `translations sync`; order, layout or obsolete entries"


@pytest.mark.parametrize("tag", TAGS)
def test_catalog_is_canonical(shipped: Ingredients, tag: str):
    """``translations fmt`` would change no byte."""
    catalog = shipped.catalogs[tag]
    mended = in_order(units_of(shipped, tag), catalog)
    ids = changed(catalog, mended)
    assert serialise_catalog(mended) == catalog.written, f"run `translations fmt {tag}`; it changes {ids or 'layout'}"


def test_no_translation_has_an_error(shipped: Ingredients):
    """Every gate lets every text pass."""
    found = list(check_translations(shipped.guide, shipped.units, shipped.registry, shipped.catalogs))
    assert not found, listed(found)


def test_no_translation_has_an_unanswered_warning(shipped: Ingredients):
    """Somebody looked at each warning and mended the text or wrote down why it is right."""
    found = list(check_doubts(shipped.units, shipped.registry, shipped.catalogs, shipped.glossary))
    assert not found, listed(found)


def test_every_language_has_what_it_promises(shipped: Ingredients):
    """Nothing that a language's status promises is missing or stale."""
    found = list(check_coverage(shipped.guide, interface_units(), shipped.registry, shipped.catalogs))
    assert not found, listed(found)


def test_every_catalog_has_a_listed_language(shipped: Ingredients):
    """No catalog lies there that no reader is offered, and no written language lacks its catalog."""
    assert set(TAGS) == {language.tag for language in shipped.registry if has_text(language)}


def test_every_vital_text_has_a_note(shipped: Ingredients):
    """Whoever translates a vital text is told what matters in it."""
    vital = [unit for unit in shipped.units if unit.tier is Tier.VITAL]
    assert vital
    bare = [unit.id for unit in vital if not unit.note.strip()]
    assert not bare, f"{len(bare)} vital texts without a note: {bare}"


def test_glossary_is_good(shipped: Ingredients):
    """The glossary loads, and each language with text has renderings of its terms."""
    glossary = load_glossary(TRANSLATIONS / "glossary.toml")
    assert glossary == shipped.glossary
    rendered = {tag for term in glossary.terms for tag in term.languages}
    assert set(TAGS) <= rendered
