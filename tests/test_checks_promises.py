"""Promises that no page keeps, and titles that say too much, are refused with their place."""

from dataclasses import replace

import pytest

from fieldguide.checks.promises import check_promises, check_titles
from fieldguide.ingredients import Ingredients
from fieldguide.items import Unit
from fieldguide.problems import Problem


@pytest.mark.parametrize(
    "text",
    [
        "Leave leaves no trace.",
        "This erases what you read.",
        "Your visit is private.",
        "Nobody can see what you read here.",
        "The page cannot be traced.",
        "This hides your visit.",
        "It removes everything from the phone.",
        "Your answers stay secret.",
        "It is safe to read here.",
        "Your boss cannot see this.",
        "Nobody knows what you read.",
        "You are safe here.",
        "It leaves nothing on the phone.",
    ],
)
def test_a_promise_is_refused(ingredients: Ingredients, text: str) -> None:
    """On a worker's page and in the interface, with the unit."""
    for unit_id in ("worker.pay.x", "shared.about.x", "ui.leave", "cards.needs.x"):
        [problem] = check_promises(ingredients.guide, [Unit(unit_id, text)])
        assert problem.unit == unit_id


@pytest.mark.parametrize(
    "text",
    [
        "Pick a place where nobody can see your hands.",
        "Some phones have a hidden program.",
        "A private window forgets the list.",
        "Safari: touch **Delete**.",
        "Social Security",
        "The whole list stays.",
    ],
)
def test_what_is_true_passes(ingredients: Ingredients, text: str) -> None:
    """Limits, names of buttons, and what happens."""
    assert list(check_promises(ingredients.guide, [Unit("worker.pay.x", text)])) == []


def test_officers_pages_are_not_looked_at(ingredients: Ingredients) -> None:
    """There *secure the scene* is ordinary work."""
    assert list(check_promises(ingredients.guide, [Unit("officer.law.x", "Secure the scene.")])) == []


def test_a_loud_title_is_refused(ingredients: Ingredients) -> None:
    """Title and address alike: others see them in the tab and in the history."""
    guide = ingredients.guide
    page = guide.pages["worker/pay"]
    loud = replace(page, title=replace(page.title, text="Forced labor"), slug="your-rights")
    problems = list(check_titles(replace(guide, pages={**guide.pages, page.id: loud})))
    mine = [problem for problem in problems if problem.file == page.file]
    assert [problem.place for problem in mine] == ["title", "slug"]
    assert "forced, labor" in mine[0].message


SAID = "{!r} promises what no page can keep; say what happens, and what stays"


def test_every_promise_is_told_by_its_page_and_text(ingredients: Ingredients) -> None:
    """Officers' texts before and between are passed over; the interface has no page, and a text of many parts has."""
    text = "It leaves no trace. It is private."
    ids = ["officer.law.x", "worker.pay.owed.rate", "ui.officer.x", "cards.officer.x", "names.x", "ui.leave"]
    found = list(check_promises(ingredients.guide, [Unit(unit_id, text) for unit_id in ids]))
    assert found == [
        Problem("content/worker/pay.toml", "", SAID.format("leaves no trace"), "worker.pay.owed.rate"),
        Problem("", "", SAID.format("leaves no trace"), "ui.leave"),
    ]


def test_a_loud_title_is_told_by_its_words(ingredients: Ingredients) -> None:
    """Plain words pass in any case and in an address with hyphens; a shared page is seen by others as well."""
    pages = ingredients.guide.pages
    page = replace(pages["shared/about"], title=replace(pages["shared/about"].title, text="About Your Rights"))
    page = replace(page, slug="pay-and-freedom")
    said = "{}: not among the plain words of checks/promises.py; a title is seen by others"
    assert list(
        check_titles(replace(ingredients.guide, pages={"officer/farm": pages["officer/farm"], page.id: page}))
    ) == [
        Problem(page.file, "title", said.format("your, rights")),
        Problem(page.file, "slug", said.format("freedom")),
    ]
