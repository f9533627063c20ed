"""An agency's words about itself pass the gate that all other words pass."""

from dataclasses import replace
from datetime import date

import pytest

from fieldguide.checks.agency import KEYS, check_agency_words
from fieldguide.checks.text import iter_entered_faults
from fieldguide.deployment import Deployment, Leave
from fieldguide.ingredients import Ingredients, check
from fieldguide.problems import Problem

BAD = [
    "County\x00Sheriff",
    "County\x07Sheriff",
    "County \u202eSheriff",
    "County {phone.line}",
    "County {x",
    "County 1-212-555-0142",
    "County nine one one, zero zero",
    "help.example.org",
    "m.me/county",
    "County @sheriff",
    "County tg://sheriff",
    "<b>County</b>",
    "\u200b\u200b",
    "\u0301\u0301",
    "   ",
]
INVISIBLE = ["\u200b", "\u2060 \u200d", "\u3164", "\u0301", "\u00a0", "\u2800"]


@pytest.mark.parametrize("text", BAD, ids=ascii)
@pytest.mark.parametrize("key", KEYS)
def test_names_of_the_agency_pass_the_gate(ingredients: Ingredients, key: str, text: str):
    """No number to dial, address, control, direction mark, placeholder or invisible name enters by a deployment."""
    deployment = replace(Deployment(), **{key: text})
    found = [problem for problem in check(replace(ingredients, deployment=deployment)) if problem.place == key]
    assert found


@pytest.mark.parametrize("label", [*BAD, *INVISIBLE], ids=ascii)
def test_a_leave_that_nobody_can_see_is_refused(ingredients: Ingredients, label: str):
    """Spaces, zero-width letters and marks without a letter make a button that no worker finds."""
    deployment = replace(Deployment(), leave=Leave(labels={"en": label}))
    problems = check(replace(ingredients, deployment=deployment))
    assert [problem for problem in problems if problem.place == "leave.labels.en"]


@pytest.mark.parametrize(
    "text", ["Example County Sheriff's Office", "District 7 – Night & Day", "Oficina de José", "1st Precinct"]
)
def test_ordinary_names_pass(text: str):
    """What agencies are called."""
    assert list(iter_entered_faults(text)) == []


def test_a_label_in_another_script_passes(ingredients: Ingredients):
    """A label in the letters of its language."""
    deployment = replace(Deployment(), leave=Leave(labels={"ar": "خروج"}), counsel_reviewed_on=date(2026, 1, 1))
    problems = check(replace(ingredients, deployment=deployment))
    assert not [problem for problem in problems if problem.place.startswith("leave")]


def said(ingredients: Ingredients, **choices: object) -> list[Problem]:
    deployment = replace(Deployment(), **choices)  # type: ignore[arg-type]
    return list(check_agency_words(deployment, ingredients.registry))


def test_a_fault_names_its_key_and_its_remedy(ingredients: Ingredients):
    """Every key that is wrong, in one run; blank keys are no fault here."""
    fault = "a phone number is typed into the text ('911'); write {phone.<contact>}"
    assert said(ingredients) == []
    found = said(ingredients, name="Guide 911", accountable_person="R. Okafor 911")
    assert found == [Problem("deployment", key, fault) for key in ("name", "accountable_person")]
    found = said(ingredients, leave=Leave(labels={"ar": "911", "en": "Leave"}))
    assert found == [Problem("deployment", "leave.labels.ar", fault)]


def test_a_label_is_read_in_the_script_of_its_language(ingredients: Ingredients):
    """A joiner belongs into Arabic letters; in those of a language that is not here nobody needs it."""
    label = "خروج\u200cفوری"
    assert said(ingredients, leave=Leave(labels={"ar": label})) == []
    hidden = "the invisible character U+200C has no place in a text; remove it"
    found = said(ingredients, leave=Leave(labels={"xx": label, "en": label}))
    assert found == [Problem("deployment", f"leave.labels.{tag}", hidden) for tag in ("xx", "en")]
