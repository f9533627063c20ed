"""A deployment's contacts beside the guide: what is wrong with them is told by file, table and contact."""

from dataclasses import replace
from datetime import date

import pytest

from fieldguide.checks.contacts import check_contacts
from fieldguide.contact_files import load_contacts
from fieldguide.contacts import Contacts, Dialed
from fieldguide.ingredients import Ingredients
from fieldguide.problems import Problem

from .nearby import changed, shelter, write_toml

HIDDEN = "the invisible character U+{} has no place in it; remove it"
NO_TAG = "languages: {!r} is no tag of languages.toml; write that, or the language's English name"


@pytest.fixture
def good(tmp_path_factory: pytest.TempPathFactory) -> Contacts:
    """Two contacts as a file has them; the first is a lawyer, the second a shelter."""
    folder = tmp_path_factory.mktemp("contacts")
    write_toml(folder / "near.toml", shelter(), changed())
    return load_contacts(["near.toml"], folder, is_example=True)


def told(good: Contacts, ingredients: Ingredients, **changes: object) -> list[str]:
    """What is said of the second contact with these values; each must name the file, the table and the contact."""
    wrong, fine = sorted(good.local, key=lambda contact: contact.place, reverse=True)
    contacts = replace(good, local=(fine, replace(wrong, **changes)))  # type: ignore[arg-type]
    found = list(check_contacts(contacts, ingredients.guide, ingredients.registry))
    unit = str(changes.get("id", "hill-legal"))
    assert all(problem == Problem("near.toml", "contacts[1]", problem.message, unit) for problem in found)
    return [problem.message for problem in found]


def test_good_contacts_have_no_problem(good: Contacts, ingredients: Ingredients):
    """Names in the guide's languages, tags and English names of languages, a source with a phone."""
    assert told(good, ingredients) == []
    names = {"ar": "خط\u200cقانون", "mam": "Qyol"}
    languages = ("en", "ar", "tl", "interpreter", "Akateko", "Sign language")
    assert told(good, ingredients, names=names, languages=languages, source="asked at 212-555-0150, a.example") == []
    assert told(good, ingredients, fees="", description="") == []


def test_a_number_that_the_guide_has_not_cannot_be_dialed(ingredients: Ingredients):
    """The message lists the ones there are, so that a misspelled id is mended at once."""
    line = Dialed(
        id="line",
        dialed_on=date(2026, 11, 1),
        dialed_by="J. R.",
        review_by=None,
        file="near.toml",
        place="dialed[0]",
    )
    dialed = (line, replace(line, id="lien", place="dialed[1]"))
    message = "'lien' is no number of the guide; known: emergency, line"
    assert list(check_contacts(Contacts(dialed=dialed), ingredients.guide, ingredients.registry)) == [
        Problem("near.toml", "dialed[1]", message)
    ]


def test_an_id_of_the_guide_is_taken(good: Contacts, ingredients: Ingredients):
    """Two contacts of one id would be one to every page."""
    message = "a number of the guide has this id; choose another, or say under [[dialed]] that you called that one"
    assert told(good, ingredients, id="line") == [message]


@pytest.mark.parametrize("tag", ["en", "xx"])
def test_a_name_stands_in_a_language_beside_english(good: Contacts, ingredients: Ingredients, tag: str):
    """Its English is the name itself; in a language that nobody reads here it is shown to nobody."""
    message = f"a name in {tag!r}: not a language beside English; known: ar, mam, fil"
    assert told(good, ingredients, names={tag: "Name"}) == [message]


def test_what_looks_like_a_tag_is_one(good: Contacts, ingredients: Ingredients):
    """*sp* is no language; whoever meant Spanish would be sent to nobody who speaks it."""
    assert told(good, ingredients, languages=("sp", "ar", "xx-Latn")) == [NO_TAG.format("sp"), NO_TAG.format("xx-Latn")]


@pytest.mark.parametrize("key", ["name", "area", "fees", "description"])
def test_no_number_hides_in_words(good: Contacts, ingredients: Ingredients, key: str):
    """A number in a name is on nobody's list of calls, and no phone dials it."""
    fault = "a phone number is typed into the text ('911'); write {phone.<contact>}"
    assert told(good, ingredients, **{key: "Call 911"}) == [f"{key}: {fault}"]


def test_no_number_hides_in_names_and_languages(good: Contacts, ingredients: Ingredients):
    """The same in a name of another language, and among the languages that are spoken there."""
    fault = "a phone number is typed into the text ('911'); write {phone.<contact>}"
    assert told(good, ingredients, names={"ar": "خط 911"}) == [f"name.ar: {fault}"]
    assert told(good, ingredients, languages=("Call 911",)) == [f"languages: {fault}"]


def test_what_nobody_sees_is_named_by_its_code(good: Contacts, ingredients: Ingredients):
    """A joiner belongs into Arabic letters, and into no English ones; a source is looked at too."""
    assert told(good, ingredients, source="a\u200cb\u0007") == [
        "source: " + HIDDEN.format("0007"),
        "source: " + HIDDEN.format("200C"),
    ]
    in_text = "the invisible character U+200C has no place in a text; remove it"
    assert told(good, ingredients, area="a\u200cb") == [f"area: {in_text}"]
    assert told(good, ingredients, languages=("a\u200cb",)) == [f"languages: {in_text}"]
    assert told(good, ingredients, names={"mam": "a\u200cb"}) == [f"name.mam: {in_text}"]
