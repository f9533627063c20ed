"""What a page says about its translation: drafts, vital texts in another language, and who checked what."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from fieldguide.catalog import Catalog, Entry
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.review import Role, add_review
from fieldguide.site import build_site

from ..conftest import edit, fixture_ingredients

PAY = "ar/w/money/"
RATE = "worker.pay.owed.rate"
MARK = "كتب حاسوب هذا باللغة"
ENGLISH_MARK = "A computer wrote this in"
ELSEWHERE = "The most important parts of this page are not in العربية yet. They are in English here."
IN_FILIPINO = "Wala pa sa Filipino ang pinakamahalagang bahagi ng pahinang ito. Nasa English muna ang mga ito."


def page(ingredients: Ingredients, url: str) -> str:
    """The text of a page, without tags, in single spaces."""
    tree = html5lib.parse(build_site(ingredients).artifacts[url].body, namespaceHTMLElements=False)
    main = next(tree.iter("main"))
    return " ".join("".join(main.itertext()).split())


def with_entries(ingredients: Ingredients, tag: str, *entries: Entry) -> Ingredients:
    catalog = ingredients.catalogs.get(tag, Catalog(tag, {}))
    changed = replace(catalog, entries={**catalog.entries, **{entry.id: entry for entry in entries}})
    return replace(ingredients, catalogs={**ingredients.catalogs, tag: changed})


def checked(ingredients: Ingredients) -> Ingredients:
    """Every Arabic entry that is shown, reviewed by two people."""
    done = [
        add_review(
            add_review(entry, "ana", Role.LAWYER, date(2026, 3, 4)), "ben", Role.NATIVE_SPEAKER, date(2026, 5, 6)
        )
        for entry in ingredients.catalogs["ar"].entries.values()
        if not entry.fuzzy
    ]
    return with_entries(ingredients, "ar", *done)


def test_draft_carries_its_mark_and_the_english_page(ingredients: Ingredients):
    """A page with an unchecked text says so above it, and English is one link away."""
    assert MARK in page(ingredients, PAY)
    assert b'href="../../../en/w/money/" lang="en"' in build_site(ingredients).artifacts[PAY].body
    assert ENGLISH_MARK not in page(ingredients, "en/w/money/")


def test_checked_page_carries_no_mark(ingredients: Ingredients):
    """When people checked every translated text of a page, the mark is gone."""
    assert MARK not in page(checked(ingredients), PAY)


def test_draft_of_a_fallback_language_is_marked_with_that_language(ingredients: Ingredients):
    """A Mam page that shows an Arabic draft says that a computer wrote the Arabic."""
    assert "Jun computadora ma tz'ib'an tuj العربية." in page(ingredients, "mam/w/money/")


def test_page_whose_vital_texts_all_fell_back_says_so(guide_copy: Path):
    """Rights and safety texts that are all in another language are announced, with that language's name."""
    edit(guide_copy / "content/worker/pay.toml", "legal = true", 'legal = true\n  tier = "vital"\n  note = "A right."')
    ingredients = fixture_ingredients(root=guide_copy)
    vital = [unit for unit in ingredients.units if unit.tier == "vital" and unit.id.startswith("worker.pay.")]
    assert [unit.id for unit in vital] == [RATE]
    assert ELSEWHERE not in page(ingredients, PAY)
    hidden = replace(ingredients, deployment=Deployment(drafts="hide-vital"))
    assert ELSEWHERE in page(hidden, PAY)
    assert IN_FILIPINO in page(ingredients, "fil/w/money/")


@pytest.fixture
def with_page(guide_copy: Path) -> Ingredients:
    """The tiny guide with the page about translations."""
    edit(guide_copy / "content/site.toml", '"ready", "sources"]', '"ready", "translations", "sources"]')
    text = (guide_copy / "content/shared/about.toml").read_text(encoding="utf-8")
    (guide_copy / "content/shared/translations.toml").write_text(text, encoding="utf-8")
    return fixture_ingredients(root=guide_copy)


def test_page_about_translations_counts_drafts(with_page: Ingredients):
    """Per language it says how many texts are drafts, checked and missing; no review is made up."""
    text = page(with_page, "en/translations/")
    arabic = text[text.rindex("العربية") : text.rindex("Qyol Mam")]
    assert "Drafts that nobody has checked: 10 texts." in arabic
    assert "Checked by people: nothing yet." in arabic
    assert "Not in this language yet:" in arabic
    assert "No person who lived through this has read it yet." in arabic
    assert "It has not been tried with readers yet." in arabic
    assert "No voice has been recorded yet." in arabic
    assert "lawyer" not in arabic


def test_page_about_translations_names_roles_and_months(with_page: Ingredients):
    """Who checked is told by role and month, never by alias."""
    ingredients = checked(with_page)
    text = page(ingredients, "en/translations/")
    assert "A lawyer: March 2026." in text
    assert "A person who grew up with this language: May 2026." in text
    assert "ana" not in text.split()
    assert "Drafts that nobody has checked: 10" not in text


def test_page_about_translations_is_not_kept_by_the_browser(with_page: Ingredients):
    """Workers read it, so it leaves nothing in the browser's own cache."""
    assert build_site(with_page).artifacts["en/translations/"].caching.value == "no-store"
