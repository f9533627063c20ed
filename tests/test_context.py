"""The translators' paper: every text in its place, English beside translation, each with its state."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from fieldguide.catalog import Catalog, Entry
from fieldguide.context import context_page
from fieldguide.coverage import iter_language_units
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.items import Unit
from fieldguide.review import Role, add_review, state_of
from fieldguide.snapshot import Site
from fieldguide.sync import sync

from .conftest import edit, fixture_ingredients

HOSTILE = '</td><script>alert("x")</script><img src=x onerror=alert(1)> & "\' {{ 7 * 7 }}'


def units_of(ingredients: Ingredients, tag: str) -> list[Unit]:
    return list(iter_language_units(ingredients.registry[tag], ingredients.guide, interface_units()))


def paper(ingredients: Ingredients, tag: str, catalog: Catalog | None = None) -> str:
    catalog = catalog or ingredients.catalogs[tag]
    return context_page(ingredients.guide, interface_units(), ingredients.registry[tag], catalog)


def rows(page: str) -> dict[str, tuple]:
    """The two cells of every text, by its unit id; the page must be good HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return {row.get("id"): tuple(row.findall("td")) for row in tree.iter("tr") if row.get("id")}


def words(cell) -> str:
    return "".join(cell.itertext())


@pytest.mark.parametrize("tag", ["ar", "mam", "fil"])
def test_every_text_is_on_the_paper_once(ingredients: Ingredients, tag: str):
    """Each unit of the language has its row, in document order, and no other unit has one."""
    page = paper(ingredients, tag)
    assert list(rows(page)) == [unit.id for unit in units_of(ingredients, tag)]
    assert all(page.count(f'<tr id="{unit.id}">') == 1 for unit in units_of(ingredients, tag))


def test_translation_stands_beside_its_english(ingredients: Ingredients):
    """A row has English, id, tier and note on one side, text and maker on the other."""
    english, arabic = rows(paper(ingredients, "ar"))["ui.leave"]
    assert (english.text, arabic.findall("span")[1].text) == ("Leave", "خروج")
    assert "ui.leave [normal] Button that hides the guide at once." in words(english)
    assert "from: machine 2026-01-03" in words(arabic)
    english, arabic = rows(paper(ingredients, "ar"))["officer.farm.what.law"]
    assert "[vital] States the law." in words(english)
    assert arabic.findall("span")[1].text is None


def test_state_is_told_by_word_and_class(ingredients: Ingredients):
    """The states are not told by colour alone, and they are those that readers get."""
    units, catalog = units_of(ingredients, "ar"), ingredients.catalogs["ar"]
    checked = add_review(catalog.entries["names.line"], "ana", Role.LAWYER, date(2026, 2, 1))
    catalog = replace(catalog, entries={**catalog.entries, "names.line": checked})
    page = paper(ingredients, "ar", catalog)
    found = rows(page)
    states = {unit.id: state_of(unit, catalog.entries.get(unit.id)).value for unit in units}
    assert set(states.values()) == {"missing", "stale", "draft", "reviewed"}
    for unit_id, state in states.items():
        mark = found[unit_id][1].find("span")
        assert (mark.text, mark.get("class")) == (state, f"state {state}")
    for state in set(states.values()):
        number = list(states.values()).count(state)
        assert f'<span class="state {state}">{state}</span> {number}\n' in page
    assert "checked: ana, lawyer, 2026-02-01" in words(found["names.line"][1])
    assert "checked:" not in words(found["ui.leave"][1])


def test_older_english_is_told(ingredients: Ingredients):
    """A stale text shows the English it was made for, before and after the catalog is brought up to the English."""
    catalog = ingredients.catalogs["ar"]
    for one in (catalog, sync(units_of(ingredients, "ar"), catalog)):
        english, _ = rows(paper(ingredients, "ar", one))["worker.pay.summary"]
        assert english.text == "What you are owed."
        assert "was: What they must give you." in words(english)


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("mam", "ltr")])
def test_translations_have_their_language_and_direction(ingredients: Ingredients, tag: str, direction: str):
    """A browser and a screen reader know which language each side is in."""
    page = paper(ingredients, tag)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    for english, translated in rows(page).values():
        span = translated.findall("span")[1]
        assert (span.get("lang"), span.get("dir")) == (tag, direction)
        assert english.get("lang") is None


def test_hostile_text_is_only_text(guide_copy: Path):
    """Markup in an English text, a note, a translation, a maker or an older English runs nothing and moves nothing."""
    edit(guide_copy / "content/officer/farm.toml", 'note = "States the law."', f"note = '''{HOSTILE}'''")
    ingredients = fixture_ingredients(root=guide_copy)
    catalog = ingredients.catalogs["ar"]
    hostile = Entry("ui.leave", HOSTILE, HOSTILE, True, (f"source: human {HOSTILE}",), HOSTILE)
    page = paper(ingredients, "ar", replace(catalog, entries={**catalog.entries, "ui.leave": hostile}))
    assert "<script" not in page
    assert "<img" not in page
    english, arabic = rows(page)["ui.leave"]
    assert arabic.findall("span")[1].text == HOSTILE
    assert f"from: human {HOSTILE}" in words(arabic)
    assert f"was: {HOSTILE}" in words(english)
    assert HOSTILE in words(rows(page)["officer.farm.what.law"][0])


def test_paper_needs_nothing_else(ingredients: Ingredients):
    """One file: no script, no style sheet, no picture and no address outside of itself."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(paper(ingredients, "ar"))
    assert not [element.tag for element in tree.iter() if element.tag in ("script", "link", "img", "iframe")]
    links = [link.get("href") for link in tree.iter("a")]
    assert links
    targets = {element.get("id") for element in tree.iter() if element.get("id")}
    assert all(link.startswith("#") and link[1:] in targets for link in links)


def test_nothing_of_the_paper_is_in_the_guide(ingredients: Ingredients, site: Site):
    """Readers get neither the paper nor the notes and comments it shows."""
    page = paper(ingredients, "ar")
    title = page.partition("<title>")[2].partition("</title>")[0]
    pieces = [title, "every text beside its English", 'class="state ', "States the law.", "from: machine"]
    for piece in pieces:
        assert piece in page
        assert not [artifact.url for artifact in site if piece.encode() in artifact.body], piece
    assert not [artifact.url for artifact in site if "context" in artifact.url]
