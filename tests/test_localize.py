"""The text that is really shown: never blank, never out of date, never unmarked."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.interface import interface_units
from fieldguide.localize import Localized, Shown, State, localize
from fieldguide.model import Unit, iter_units
from fieldguide.site import Ingredients

from .conftest import edit, fixture_ingredients


def localized(ingredients: Ingredients, tag: str) -> Localized:
    units = (*interface_units(), *iter_units(ingredients.guide))
    return localize(units, ingredients.registry[tag], ingredients.registry, ingredients.catalogs)


def seen(shown: Shown) -> tuple[str, str, State]:
    return shown.text, shown.language.tag, shown.state


def test_translation_is_shown_as_a_draft_with_its_maker(ingredients: Ingredients):
    """A translation is in the language asked for, a draft, and says who made it."""
    shown = localized(ingredients, "ar").texts["worker.start.title"]
    assert seen(shown) == ("البداية", "ar", State.DRAFT)
    assert shown.source == "machine 2026-01-03"
    assert shown.unit.text == "Start"


def test_english_is_the_source(ingredients: Ingredients):
    """In English every unit is its own text, and no draft or fallback."""
    english = localized(ingredients, "en")
    assert {shown.state for shown in english.texts.values()} == {State.SOURCE}
    assert all(shown.text == shown.unit.text for shown in english.texts.values())
    assert all(shown.language is ingredients.registry["en"] for shown in english.texts.values())


def test_untranslated_text_falls_back_to_english(ingredients: Ingredients):
    """What a language has not translated is shown in English and says so."""
    assert seen(localized(ingredients, "fil").texts["worker.start.title"]) == ("Start", "en", State.FALLBACK)
    assert seen(localized(ingredients, "fil").texts["ui.leave"]) == ("Umalis", "fil", State.DRAFT)


def test_mam_falls_back_to_arabic_and_then_to_english(ingredients: Ingredients):
    """Along the chain each text has the language it is really in, and the maker of that translation."""
    mam = localized(ingredients, "mam")
    assert seen(mam.texts["worker.start.call.line"]) == ("Te qe xjel.", "mam", State.DRAFT)
    assert mam.texts["worker.start.call.line"].source == "human anna"
    assert seen(mam.texts["worker.start.title"]) == ("البداية", "ar", State.FALLBACK)
    assert mam.texts["worker.start.title"].language.dir == "rtl"
    assert mam.texts["worker.start.title"].source == "machine 2026-01-03"
    assert seen(mam.texts["worker.start.summary"]) == ("Pages about work.", "en", State.FALLBACK)
    assert mam.texts["worker.start.summary"].source == ""


def test_reworded_english_never_shows_the_old_translation(ingredients: Ingredients):
    """The fixture's Arabic of ``worker.pay.summary`` translates an older English: the new English is shown."""
    assert ("worker.pay.summary", "What they must give you.") in ingredients.catalogs["ar"].entries
    for tag in ("ar", "mam"):
        assert seen(localized(ingredients, tag).texts["worker.pay.summary"]) == (
            "What you are owed.",
            "en",
            State.FALLBACK,
        )


def test_rewording_takes_the_translation_away(guide_copy: Path):
    """One changed letter of the English and the translation that was shown before is shown no more."""
    before = localized(fixture_ingredients(root=guide_copy), "ar").texts["worker.pay.owed.rate"]
    assert before.state is State.DRAFT
    edit(guide_copy / "content/worker/pay.toml", "You get at least", "You must get at least")
    after = localized(fixture_ingredients(root=guide_copy), "ar").texts["worker.pay.owed.rate"]
    assert seen(after) == ("You must get at least {fact.rate}. Call {phone.line}.", "en", State.FALLBACK)


def test_fuzzy_translation_is_never_shown(ingredients: Ingredients):
    """A translation marked as unsure is not shown, not even as the fallback of another language."""
    for tag in ("ar", "mam"):
        assert seen(localized(ingredients, tag).texts["worker.pay.story.one"]) == (
            "Sam writes down each hour.",
            "en",
            State.FALLBACK,
        )


def test_fuzzy_and_old_text_appear_nowhere(ingredients: Ingredients):
    """Neither the unsure nor the outdated Arabic is among the texts of any language."""
    for language in ingredients.registry:
        texts = {shown.text for shown in localized(ingredients, language.tag).texts.values()}
        assert not texts & {"غير مؤكد", "ما يجب أن يعطوك."}


def test_empty_translation_is_never_shown(guide_copy: Path):
    """A translator's empty line is no blank on the page."""
    edit(guide_copy / "translations/ar/messages.po", 'msgstr "البداية"', 'msgstr ""')
    assert seen(localized(fixture_ingredients(root=guide_copy), "ar").texts["worker.start.title"]) == (
        "Start",
        "en",
        State.FALLBACK,
    )


def test_every_unit_has_a_text_in_every_language(ingredients: Ingredients):
    """No language leaves a unit out or blank."""
    units = (*interface_units(), *iter_units(ingredients.guide))
    for language in ingredients.registry:
        texts = localized(ingredients, language.tag)
        assert texts.language is language
        assert all(texts[unit].text.strip() for unit in units)
        assert texts.texts.keys() == {unit.id for unit in units}


def test_language_without_a_catalog_falls_back(ingredients: Ingredients):
    """A language that has no file yet is wholly English."""
    texts = localized(replace(ingredients, catalogs={}), "ar").texts
    assert {(shown.language.tag, shown.state) for shown in texts.values()} == {("en", State.FALLBACK)}


def test_registry_without_english_is_refused(ingredients: Ingredients):
    """A chain that does not end in English is said, not shown as a blank."""
    registry = ingredients.registry.subset(["ar"])
    with pytest.raises(ValueError, match="the fallback chain of ar does not end in English"):
        localize([Unit("a.b", "Nothing")], registry["ar"], registry, ingredients.catalogs)
