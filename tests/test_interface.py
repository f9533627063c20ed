"""The words of the templates: how they are found, and how gettext gets them from memory."""

from pathlib import Path

import pytest
from flask import Flask, g
from flask_babel import Babel, pgettext

from fieldguide.ingredients import Ingredients
from fieldguide.interface import CatalogDomain, interface_units
from fieldguide.items import Tier, Unit
from fieldguide.localize import localize


def template(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_words_are_found_with_tier_and_note(tmp_path: Path):
    """Both functions are read, with or without values and notes; the id alone makes a text vital."""
    template(
        tmp_path,
        "page.html",
        """
        <p>{{ t("ui.one", "One", "A note.") }}</p>
        {% if x %}<a title="{{ plain("ui.two", "Two {n}", n=3) }}">{{ t('ui.vital.three', "It's") }}</a>{% endif %}
        {{ other("ui.no", "No") }} {# t("ui.comment", "Comment") #}
        """,
    )
    assert interface_units(tmp_path) == (
        Unit("ui.one", "One", Tier.NORMAL, "A note."),
        Unit("ui.two", "Two {n}"),
        Unit("ui.vital.three", "It's", Tier.VITAL),
    )


def test_order_is_that_of_the_names(tmp_path: Path):
    """Units come by the names of the templates, folders too, so that a catalog has one order everywhere."""
    template(tmp_path, "b.html", '{{ t("ui.b", "B") }}')
    template(tmp_path, "a.html", '{{ t("ui.z", "Z") }}{{ t("ui.a", "A") }}')
    template(tmp_path, "blocks/c.html", '{{ t("ui.c", "C") }}')
    template(tmp_path, "notes.txt", '{{ t("ui.d", "D") }}')
    assert [unit.id for unit in interface_units(tmp_path)] == ["ui.z", "ui.a", "ui.b", "ui.c"]


def test_same_words_twice_are_one_unit(tmp_path: Path):
    """A translator is asked once for words that stand in two templates."""
    template(tmp_path, "a.html", '{{ t("ui.a", "A", "First note.") }}')
    template(tmp_path, "b.html", '{{ plain("ui.a", "A") }}')
    assert interface_units(tmp_path) == (Unit("ui.a", "A", note="First note."),)


def test_one_id_with_two_texts_is_an_error(tmp_path: Path):
    """An id names one text; the error says the template, the id and both texts."""
    template(tmp_path, "a.html", '{{ t("ui.a", "A") }}')
    template(tmp_path, "b.html", '{{ t("ui.a", "B") }}')
    with pytest.raises(ValueError, match=r"^b\.html: ui\.a has two English texts: 'A' and 'B'$"):
        interface_units(tmp_path)


def test_real_templates_keep_the_rules():
    """Every interface id begins with ``ui.``, has text, and vital ones have a note for the translator."""
    units = interface_units()
    assert len(units) > 20
    assert all(unit.id.startswith("ui.") and unit.text.strip() for unit in units)
    assert {unit.id for unit in units if unit.tier is Tier.VITAL} == {
        unit.id for unit in units if unit.id.startswith(("ui.vital.", "ui.officer.vital."))
    }
    assert [unit.id for unit in units if unit.tier is Tier.VITAL and not unit.note] == []


def test_gettext_speaks_the_language_in_hand(ingredients: Ingredients):
    """pgettext answers in the language that is being rendered, Mam included, and in English where nothing is there."""
    units = interface_units()
    localized = {
        language.tag: localize(units, language, ingredients.registry, ingredients.catalogs)
        for language in ingredients.registry
    }
    app = Flask("interface", static_folder=None)
    Babel(app).domain_instance = CatalogDomain(localized, units)
    expected = {"en": "Leave", "ar": "خروج", "mam": "خروج", "fil": "Umalis"}
    with app.app_context():
        for tag, text in expected.items():
            g.language = ingredients.registry[tag]
            assert pgettext("ui.leave", "Leave") == text
            assert pgettext("ui.to-start", "To the start") == "To the start"
            assert pgettext("ui.other", "Leave") == "Leave"
