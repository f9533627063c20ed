"""The text that is really shown: never blank, never out of date, never unmarked."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from fieldguide.catalog import Catalog, Entry
from fieldguide.deployment import Drafts
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.items import Tier, Unit
from fieldguide.localize import Localized, Shown, localize
from fieldguide.model import iter_units
from fieldguide.review import Role, State, add_review, mark_outdated

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
    assert seen(localized(ingredients, "fil").texts["worker.start.title"]) == ("Start", "en", State.SOURCE)
    assert seen(localized(ingredients, "fil").texts["ui.leave"]) == ("Umalis", "fil", State.DRAFT)


def test_mam_falls_back_to_arabic_and_then_to_english(ingredients: Ingredients):
    """Along the chain each text has the language it is really in, and the maker of that translation."""
    mam = localized(ingredients, "mam")
    assert seen(mam.texts["worker.start.call.line"]) == ("Te qe xjel.", "mam", State.DRAFT)
    assert mam.texts["worker.start.call.line"].source == "human anna"
    assert seen(mam.texts["worker.start.title"]) == ("البداية", "ar", State.DRAFT)
    assert mam.texts["worker.start.title"].language.dir == "rtl"
    assert mam.texts["worker.start.title"].source == "machine 2026-01-03"
    assert seen(mam.texts["worker.start.summary"]) == ("Pages about work.", "en", State.SOURCE)
    assert mam.texts["worker.start.summary"].source == ""


def test_reworded_english_never_shows_the_old_translation(ingredients: Ingredients):
    """The fixture's Arabic of ``worker.pay.summary`` translates an older English: the new English is shown."""
    assert ingredients.catalogs["ar"].entries["worker.pay.summary"].english == "What they must give you."
    for tag in ("ar", "mam"):
        assert seen(localized(ingredients, tag).texts["worker.pay.summary"]) == (
            "What you are owed.",
            "en",
            State.SOURCE,
        )


def test_rewording_takes_the_translation_away(guide_copy: Path):
    """One changed letter of the English and the translation that was shown before is shown no more."""
    before = localized(fixture_ingredients(root=guide_copy), "ar").texts["worker.pay.owed.rate"]
    assert before.state is State.DRAFT
    edit(guide_copy / "content/worker/pay.toml", "You get at least", "You must get at least")
    after = localized(fixture_ingredients(root=guide_copy), "ar").texts["worker.pay.owed.rate"]
    assert seen(after) == ("You must get at least {fact.rate}. Call {phone.line}.", "en", State.SOURCE)


def test_fuzzy_translation_is_never_shown(ingredients: Ingredients):
    """A translation marked as unsure is not shown, not even as the fallback of another language."""
    for tag in ("ar", "mam"):
        assert seen(localized(ingredients, tag).texts["worker.pay.story.one"]) == (
            "Sam writes down each hour.",
            "en",
            State.SOURCE,
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
        State.SOURCE,
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
    assert {(shown.language.tag, shown.state) for shown in texts.values()} == {("en", State.SOURCE)}


def test_registry_without_english_is_refused(ingredients: Ingredients):
    """A chain that does not end in English is said, not shown as a blank."""
    registry = ingredients.registry.subset(["ar"])
    with pytest.raises(ValueError, match="the fallback chain of ar does not end in English"):
        localize([Unit("a.b", "Nothing")], registry["ar"], registry, ingredients.catalogs)


ANY, VITAL = Unit("p.any", "Any text"), Unit("p.vital", "Vital text", Tier.VITAL)
DRAFTS = get_args(Drafts)


def shown_in(ingredients: Ingredients, drafts: Drafts, tag: str, **catalogs: list[Entry]) -> dict[str, Shown]:
    """The two units in a language, from catalogs with these entries."""
    made = {key: Catalog(key, {entry.id: entry for entry in entries}) for key, entries in catalogs.items()}
    registry = ingredients.registry
    return dict(localize([ANY, VITAL], registry[tag], registry, made, drafts).texts)


def draft(unit: Unit, text: str) -> Entry:
    return Entry(unit.id, unit.text, text, comments=("source: machine 2026-01-03",))


def checked(unit: Unit, text: str, *roles: Role) -> Entry:
    entry = draft(unit, text)
    for number, role in enumerate(roles or (Role.LAWYER, Role.SURVIVOR)):
        entry = add_review(entry, f"person{number}", role, date(2026, 2, 1))
    return entry


def test_there_are_three_ways_with_drafts():
    """The tests below try every way that a deployment may choose."""
    assert DRAFTS == ("mark", "hide-vital", "hide")


@pytest.mark.parametrize("drafts", DRAFTS)
def test_checked_text_is_shown_whatever_is_done_with_drafts(ingredients: Ingredients, drafts: Drafts):
    """What people have checked is shown in every copy of the guide."""
    found = shown_in(ingredients, drafts, "ar", ar=[checked(ANY, "أي"), checked(VITAL, "مهم")])
    assert seen(found["p.any"]) == ("أي", "ar", State.REVIEWED)
    assert seen(found["p.vital"]) == ("مهم", "ar", State.REVIEWED)


@pytest.mark.parametrize(
    ("drafts", "plain", "vital"), [("mark", "ar", "ar"), ("hide-vital", "ar", "en"), ("hide", "en", "en")]
)
def test_drafts_are_shown_as_the_deployment_says(ingredients: Ingredients, drafts: Drafts, plain: str, vital: str):
    """Marked, or hidden where they are vital, or all hidden; what is hidden is shown in English, as the source."""
    found = shown_in(ingredients, drafts, "ar", ar=[draft(ANY, "أي"), draft(VITAL, "مهم")])
    assert found["p.any"].language.tag == plain
    assert found["p.vital"].language.tag == vital
    for unit, text in ((ANY, "أي"), (VITAL, "مهم")):
        shown = found[unit.id]
        in_english = shown.language.tag == "en"
        assert (shown.text, shown.state) == ((unit.text, State.SOURCE) if in_english else (text, State.DRAFT))
        assert shown.source == ("" if in_english else "machine 2026-01-03")


@pytest.mark.parametrize(("drafts", "tag"), [("mark", "ar"), ("hide-vital", "en"), ("hide", "en")])
def test_half_checked_vital_text_is_a_draft(ingredients: Ingredients, drafts: Drafts, tag: str):
    """One person's word is not enough for a vital text, so it is hidden like any vital draft."""
    found = shown_in(ingredients, drafts, "ar", ar=[checked(VITAL, "مهم", Role.LAWYER)])
    assert found["p.vital"].language.tag == tag


@pytest.mark.parametrize("drafts", DRAFTS)
def test_hidden_draft_falls_back_to_a_checked_text(ingredients: Ingredients, drafts: Drafts):
    """Where the Mam draft is hidden the checked Arabic comes before the English."""
    found = shown_in(
        ingredients,
        drafts,
        "mam",
        mam=[draft(ANY, "mam any"), draft(VITAL, "mam vital")],
        ar=[checked(ANY, "أي"), checked(VITAL, "مهم")],
    )
    own, other = ("mam any", "mam", State.DRAFT), ("أي", "ar", State.REVIEWED)
    assert seen(found["p.any"]) == (other if drafts == "hide" else own)
    own, other = ("mam vital", "mam", State.DRAFT), ("مهم", "ar", State.REVIEWED)
    assert seen(found["p.vital"]) == (own if drafts == "mark" else other)


@pytest.mark.parametrize(
    ("drafts", "plain", "vital"), [("mark", "ar", "ar"), ("hide-vital", "ar", "en"), ("hide", "en", "en")]
)
def test_draft_of_a_fallback_is_hidden_too(ingredients: Ingredients, drafts: Drafts, plain: str, vital: str):
    """A draft that readers of Arabic do not get is no fallback for readers of Mam."""
    found = shown_in(ingredients, drafts, "mam", ar=[draft(ANY, "أي"), draft(VITAL, "مهم")])
    assert (found["p.any"].language.tag, found["p.vital"].language.tag) == (plain, vital)


@pytest.mark.parametrize("drafts", DRAFTS)
@pytest.mark.parametrize("way", ["fuzzy", "reworded", "outdated", "moved"])
def test_stale_text_is_never_shown(ingredients: Ingredients, drafts: Drafts, way: str):
    """Not even a text that was checked: doubted, of other English, marked as outdated, or of another unit."""
    good = checked(ANY, "أي")
    stale = {
        "fuzzy": replace(good, fuzzy=True),
        "reworded": replace(good, english="Any older text"),
        "outdated": mark_outdated(draft(ANY, "أي")),
        "moved": replace(good, id="p.other"),
    }[way]
    registry = ingredients.registry
    for tag in ("ar", "mam"):
        made = {"ar": Catalog("ar", {ANY.id: stale})}
        shown = localize([ANY], registry[tag], registry, made, drafts)[ANY]
        assert seen(shown) == ("Any text", "en", State.SOURCE)
