"""What placeholders stand for, as HTML in the language around them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from markupsafe import Markup

from fieldguide.ingredients import Ingredients
from fieldguide.languages import Language
from fieldguide.localize import Localized, localize
from fieldguide.model import Fact, known_placeholders
from fieldguide.problems import ProblemsError
from fieldguide.site import build_site
from fieldguide.values import date_text, fact_html, html_values, marked, phone_link, sms_link

from .conftest import edit, fixture_ingredients


@pytest.fixture(scope="module", autouse=True)
def application() -> Iterator[None]:
    """Dates are written inside an application that has flask-babel."""
    app = Flask("values", static_folder=None)
    Babel(app)
    with app.app_context():
        yield


def localized(ingredients: Ingredients, tag: str) -> Localized:
    return localize(ingredients.units, ingredients.registry[tag], ingredients.registry, ingredients.catalogs)


def test_closed_list_of_placeholders(ingredients: Ingredients):
    """Names, phones and facts of the guide, and a message number only for the line that has one."""
    assert known_placeholders(ingredients.guide) == {
        "names.emergency",
        "names.line",
        "names.office",
        "phone.emergency",
        "phone.line",
        "sms.line",
        "fact.act",
        "fact.since",
        "fact.rate",
        "fact.page",
        "label.leave",
    }


@pytest.mark.parametrize("tag", ["en", "ar", "mam", "fil"])
def test_every_known_placeholder_has_a_value(ingredients: Ingredients, tag: str):
    """What the checks let through can be rendered in every language."""
    values = html_values(ingredients.guide, localized(ingredients, tag))
    assert values.keys() == known_placeholders(ingredients.guide)
    assert all(isinstance(value, Markup) and value for value in values.values())


def test_phone_number_is_isolated_and_dialled(ingredients: Ingredients):
    """A number reads left to right in every line, is never translated, and dials with its country."""
    contacts = ingredients.guide.contacts
    assert phone_link(contacts["line"]) == (
        '<a class="number" href="tel:+12125550142" dir="ltr" translate="no"><bdi>1-212-555-0142</bdi></a>'
    )
    assert phone_link(contacts["emergency"]) == (
        '<a class="number" href="tel:911" dir="ltr" translate="no"><bdi>911</bdi></a>'
    )
    assert sms_link(contacts["line"]) == (
        '<a class="number" href="sms:55501" dir="ltr" translate="no"><bdi>55501</bdi></a>'
    )


def test_name_is_marked_where_it_fell_back(ingredients: Ingredients):
    """A translated name stands bare in its language; one that fell back carries the language it is in."""
    values = html_values(ingredients.guide, localized(ingredients, "ar"))
    assert values["names.line"] == "خط الاختبار"
    assert values["names.office"] == '<span lang="en-US" dir="ltr">Test Office</span>'
    mam = html_values(ingredients.guide, localized(ingredients, "mam"))
    assert mam["names.line"] == '<span lang="ar" dir="rtl">خط الاختبار</span>'


def test_marked_text_is_escaped(ingredients: Ingredients):
    """A name with an ampersand or a tag is text in both cases; HTML that is already made stays."""
    en, ar = ingredients.registry["en"], ingredients.registry["ar"]
    assert marked("<A & B>", en, en) == "&lt;A &amp; B&gt;"
    assert marked("<A & B>", en, ar) == '<span lang="en-US" dir="ltr">&lt;A &amp; B&gt;</span>'
    assert marked(Markup("<b>x</b>"), en, ar) == '<span lang="en-US" dir="ltr"><b>x</b></span>'


def test_citation_and_site_are_isolated_and_escaped(ingredients: Ingredients):
    """A citation is the same in every language and cannot break a right-to-left line or the HTML."""
    for tag in ("en", "ar"):
        language = ingredients.registry[tag]
        assert fact_html(ingredients.guide.facts["act"], language) == ('<bdi dir="ltr" translate="no">99 USC 1</bdi>')
        assert fact_html(Fact("x", "site", "<a&b>", "act"), language) == (
            '<bdi dir="ltr" translate="no">&lt;a&amp;b&gt;</bdi>'
        )


@pytest.mark.parametrize("tag", ["en", "ar", "mam", "fil"])
def test_an_amount_is_printed_as_on_a_pay_slip(ingredients: Ingredients, tag: str):
    """In every language as United States papers print it, isolated from the direction around it."""
    found = fact_html(ingredients.guide.facts["rate"], ingredients.registry[tag])
    assert found == '<bdi dir="ltr" translate="no">$7.25</bdi>'


@pytest.mark.parametrize(
    ("tag", "precision", "text"),
    [
        ("en", "day", "September 30, 2025"),
        ("en", "month", "September 2025"),
        ("en", "year", "2025"),
        ("mam", "day", "30 de septiembre de 2025"),
        ("mam", "month", "septiembre de 2025"),
        ("fil", "month", "Setyembre 2025"),
    ],
)
def test_date_has_its_precision_and_language(ingredients: Ingredients, tag: str, precision: str, text: str):
    """A date says no more than is known, in the locale the registry names, also where Babel knows no such tag."""
    assert date_text(date(2025, 9, 30), ingredients.registry[tag], precision) == text


def test_date_fact_uses_its_precision(ingredients: Ingredients):
    """A fact known to the month never prints a day, in Arabic either."""
    since = ingredients.guide.facts["since"]
    assert fact_html(since, ingredients.registry["en"]) == "September 2025"
    arabic = fact_html(since, ingredients.registry["ar"])
    assert "سبتمبر" in arabic
    assert "30" not in arabic
    assert "٣٠" not in arabic
    assert fact_html(replace(since, precision="year"), ingredients.registry["en"]) == "2025"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts.toml", 'value = "7.25"', 'value = "seven"'),
        ("facts.toml", 'kind = "date", value = 2025-09-30', 'kind = "date", value = "autumn"'),
        ("languages.toml", 'format_locale = "es_GT"', 'format_locale = "mam"'),
    ],
)
def test_value_that_cannot_be_written_is_a_problem(guide_copy: Path, file: str, old: str, new: str):
    """An amount that is no number, a date that is none, or a locale unknown to Babel is a problem with its file."""
    edit(guide_copy / "content" / file, old, new)
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(root=guide_copy))
    (problem,) = caught.value.problems
    assert problem.file == f"content/{file}"


def test_months_of_the_registry_stand_before_those_of_babel():
    """Babel gives Haitian Creole the French months; the registry's own are printed, day month year."""
    months = ("janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè", "out", "septanm", "oktòb", "novanm", "desanm")
    creole = Language("ht", "Kreyòl ayisyen", "Haitian Creole", "Latn", "ht", months=months)
    assert date_text(date(2026, 9, 3), creole) == "3 septanm 2026"
    assert date_text(date(2026, 9, 3), creole, "month") == "septanm 2026"
    assert date_text(date(2026, 9, 3), creole, "year") == "2026"
