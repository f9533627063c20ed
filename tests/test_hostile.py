"""Hostile and broken translations in many scripts: the gates refuse them, and none of them ever becomes HTML."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from markupsafe import Markup

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.checks.translations import Gate, iter_faults
from fieldguide.ingredients import Ingredients
from fieldguide.languages import Language
from fieldguide.markup import to_html
from fieldguide.problems import ProblemsError
from fieldguide.site import build_site

from .conftest import edit, fixture_ingredients

SCRIPTS = {
    "ar": "Arab",
    "bn": "Beng",
    "es": "Latn",
    "fa": "Arab",
    "fil": "Latn",
    "hi": "Deva",
    "km": "Khmr",
    "ko": "Kore",
    "mam": "Latn",
    "my": "Mymr",
    "ne": "Deva",
    "pa": "Guru",
    "ru": "Cyrl",
    "th": "Thai",
    "uk": "Cyrl",
    "ur": "Arab",
    "vi": "Latn",
    "zh-Hans": "Hans",
    "zh-Hant": "Hant",
}
UNIT, ENGLISH = "worker.start.call.line", "For questions."
"""The text of the tiny guide that the builds below reword."""


@dataclass(frozen=True)
class Case:
    """One translation of the file; ``what`` names the attack, and is empty for a good one."""

    language: str
    english: str
    text: str
    what: str = ""
    catchable: bool = False


_FILE = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text(encoding="utf-8"))
HOSTILE = [Case(**table) for table in _FILE["cases"]]
GOOD = [Case(**table) for table in _FILE["good"]]
CATCHABLE = [case for case in HOSTILE if case.catchable]
SAMPLE = [
    case for tag in ("ar", "fil", "mam") for case in [case for case in CATCHABLE if case.language == tag][::5][:4]
]


def name(case: Case) -> str:
    return f"{case.language}: {case.what or case.english}"


def faults(case: Case, ingredients: Ingredients) -> list[str]:
    language = Language(case.language, case.language, case.language, SCRIPTS[case.language], "en_US")
    return list(iter_faults(Entry(UNIT, case.english, case.text), language, Gate.of(ingredients.guide)))


def test_file_is_large_and_wide():
    """At least 200 hostile texts in at least 10 scripts, and good ones in every one of those scripts."""
    assert len(HOSTILE) >= 220
    scripts = {SCRIPTS[case.language] for case in CATCHABLE}
    assert len(scripts) >= 10
    assert {SCRIPTS[case.language] for case in GOOD} == scripts
    assert len(GOOD) >= 40


def test_no_text_stands_twice():
    """Every text of the file is there once, so that the counts mean something."""
    texts = [(case.language, case.english, case.text) for case in (*HOSTILE, *GOOD)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("case", CATCHABLE, ids=name)
def test_hostile_text_is_refused(case: Case, ingredients: Ingredients):
    """Each hostile text that a program can see has at least one fault, as a sentence with its remedy."""
    found = faults(case, ingredients)
    assert found
    assert all("; " in fault for fault in found)


@pytest.mark.parametrize("case", [case for case in HOSTILE if not case.catchable], ids=name)
def test_what_only_a_person_can_see_passes(case: Case, ingredients: Ingredients):
    """The texts that the guide says no gate can see do pass: reviews are for them. One that is caught moves up."""
    assert faults(case, ingredients) == []


@pytest.mark.parametrize("case", GOOD, ids=name)
def test_good_translation_has_no_fault(case: Case, ingredients: Ingredients):
    """A correct translation passes, with the joiners, digits and full stops that its script is written with."""
    assert faults(case, ingredients) == []


@pytest.mark.parametrize("case", [*HOSTILE, *GOOD], ids=name)
def test_text_never_becomes_other_html(case: Case):
    """Even past the gates, a text gives no element but strong, em, links to pages and what placeholders stand for."""
    values = defaultdict(lambda: Markup("<bdi>value</bdi>"))
    html = to_html(case.text, values, lambda page_id: f"/page/{page_id}")
    tree = html5lib.parseFragment(f"<p>{html}</p>", treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in ("p", "strong", "em", "a", "bdi")
        assert set(element.keys()) == ({"href"} if element.tag == "a" else set())
        assert element.get("href", "/page/").startswith("/page/")
    assert len(tree) == 1


def build(guide_copy: Path, case: Case) -> None:
    """Build the copy with the case's English as a text of the guide, and its translation in a real PO file."""
    quoted = case.english.replace("\\", "\\\\").replace('"', '\\"')
    edit(guide_copy / "content/worker/start.toml", ENGLISH, quoted)
    path = catalog_path(guide_copy / "translations", case.language)
    entry = Entry(UNIT, case.english, case.text, comments=("source: human anna",))
    catalog = Catalog(case.language, {**load_catalog(path, case.language).entries, UNIT: entry})
    path.write_text(serialise_catalog(catalog), encoding="utf-8", newline="")
    build_site(fixture_ingredients(root=guide_copy))


@pytest.mark.parametrize("case", SAMPLE, ids=name)
def test_hostile_text_stops_the_build(guide_copy: Path, case: Case):
    """A hostile text in a real PO file builds no guide; the problem names the file."""
    with pytest.raises(ProblemsError) as caught:
        build(guide_copy, case)
    assert {problem.file for problem in caught.value.problems} == {f"translations/{case.language}/messages.po"}


@pytest.mark.parametrize("tag", ["ar", "fil", "mam"])
def test_good_text_builds(guide_copy: Path, tag: str):
    """The same way of building lets a good text through, so the builds above stop because of the text."""
    build(guide_copy, next(case for case in GOOD if case.language == tag))
