"""Whether a copy is fit for readers: what a release is refused for, and what is only told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fieldguide.checks.deploy import QUIET, check_fit, check_released, iter_blank
from fieldguide.contact_files import load_contacts
from fieldguide.deployment import Deployment, Leave
from fieldguide.items import Law
from fieldguide.state import LawText

from .nearby import changed, shelter, write_toml

TODAY = date(2026, 11, 27)
DAY = date(2026, 11, 1)

FIT = Deployment(
    agency="Alder County",
    mistakes="guide@alder.gov",
    accountable_person="R. Okafor",
    counsel_reviewed_on=DAY,
    leave=Leave(page="https://www.weather.gov/"),
)
CALLED = {"dialed_on": "2026-11-01", "dialed_by": "J."}
PEOPLE = (
    changed(id="lawyers", role="legal-aid", **CALLED),
    changed(id="voices", role="interpreter", **CALLED),
    changed(id="night", role="advocate-after-hours", **CALLED),
    shelter(id="house", **CALLED),
)
Rows = tuple[dict[str, Any], ...]


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """The problems of a copy and its contacts, as place and message."""

    def told(deployment: Deployment = FIT, contacts: Rows = PEOPLE) -> list[str]:
        write_toml(tmp_path / "contacts.toml", *contacts)
        found = load_contacts(["contacts.toml"], tmp_path, is_example=True)
        problems = list(check_fit(deployment, found, TODAY))
        assert {(problem.file, problem.unit) for problem in problems} <= {("deployment", "")}
        return [f"{problem.place}: {problem.message}" for problem in problems]

    return told


def test_a_copy_that_has_everything_passes(told: Callable[..., list[str]]) -> None:
    """Nothing more is asked of it than what is named here."""
    assert told() == []


def test_a_blank_copy_is_told_all_at_once(told: Callable[..., list[str]]) -> None:
    """Whoever begins sees the whole way."""
    assert sorted(line.partition(":")[0] for line in told(Deployment(), ())) == [
        "accountable_person",
        "agency",
        *["contacts"] * 5,
        "counsel_reviewed_on",
        "leave.page",
    ]


@pytest.mark.parametrize("index", range(4))
def test_each_contact_is_needed(told: Callable[..., list[str]], index: int) -> None:
    """Without a lawyer, an interpreter, an advocate at night or a bed, the guide promises help that is not there."""
    missing = told(contacts=PEOPLE[:index] + PEOPLE[index + 1 :])
    assert len(missing) == (2 if PEOPLE[index]["role"] == "shelter" else 1)
    assert all(f"is missing; add one with the role '{PEOPLE[index]['role']}'" in line for line in missing)


@pytest.mark.parametrize("index", range(4))
def test_each_contact_was_called(told: Callable[..., list[str]], index: int) -> None:
    """A number that nobody has called may ring in an empty room."""
    silent = {key: value for key, value in PEOPLE[index].items() if key not in CALLED} | {"id": "silent"}
    lines = told(contacts=(*PEOPLE[:index], silent, *PEOPLE[index + 1 :]))
    assert lines
    assert all("(silent); call, and write dialed_on" in line for line in lines)
    assert told(contacts=(*PEOPLE, silent)) == []


def test_a_house_for_women_alone_is_not_enough(told: Callable[..., list[str]]) -> None:
    """Most beds are for women; a man and a family have to sleep too."""
    women = PEOPLE[3] | {"takes": ["women", "families"]}
    assert told(contacts=(*PEOPLE[:3], women)) == [
        "contacts: a shelter that takes men is missing; add one with the role 'shelter'"
    ]


def test_examples_are_refused(told: Callable[..., list[str]]) -> None:
    """An invented place, and addresses that nobody reads, never reach readers."""
    example = replace(FIT, example=True, mistakes="a@county.example", origin="https://guide.example.org")
    assert [line.partition(":")[0] for line in told(example)] == ["example", "mistakes", "origin"]
    assert told(replace(FIT, origin="https://example.alder.gov", mistakes="example@alder.org")) == []


def test_a_day_to_come_is_no_day(told: Callable[..., list[str]]) -> None:
    """Nobody has read anything tomorrow."""
    later = date(2026, 11, 28)
    law = LawText(text="…", source="…", seen_on=later)
    state = dict.fromkeys(Law, "unknown") | {Law.VACATUR: law}
    lines = told(replace(FIT, counsel_reviewed_on=later, state=state))
    assert [line.partition(":")[0] for line in lines] == ["counsel_reviewed_on", "state.vacatur.seen_on"]
    assert told(replace(FIT, counsel_reviewed_on=TODAY)) == []


def test_what_stops_nothing_is_told_by_kind() -> None:
    """Blank choices in one line, laws that nobody filled in in another; a full copy has neither."""
    assert list(iter_blank(FIT)) == [
        "choices: name, icon, origin, security_contact",
        f"state: {', '.join(Law)}",
    ]
    law = LawText(text="…", source="…", seen_on=DAY)
    keys = {"name": "N", "icon": "i.png", "origin": "https://a.org", "security_contact": "a@b.org"}
    assert list(iter_blank(replace(FIT, **keys, state=dict.fromkeys(Law, law)))) == []  # type: ignore[arg-type]


def test_a_release_says_its_day() -> None:
    """Of today or of the last 120 days: from it phones count for how long nothing was heard."""
    for day in (TODAY, DAY, TODAY - QUIET):
        assert list(check_released(day, TODAY)) == []


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (None, "is missing; write the day of this release beside `edition`, like 2027-01-15"),
        (date(2026, 11, 28), "2026-11-28 is still to come; write the day of this release"),
        (date(2026, 7, 29), "2026-07-29 is over 120 days ago, phones would warn; write the day of this release"),
    ],
)
def test_a_release_without_its_day_is_refused(day: date | None, message: str) -> None:
    """Missing, to come, or so long ago that phones would begin with a warning."""
    assert [str(problem) for problem in check_released(day, TODAY)] == [f"deployment: released_on: {message}"]


def test_what_is_blank_is_told_whole(told: Callable[..., list[str]]) -> None:
    """Each with the key of the deployment file, and what to write there."""
    assert told(Deployment(), ()) == [
        "contacts: a legal aid office is missing; add one with the role 'legal-aid'",
        "contacts: an interpreter line is missing; add one with the role 'interpreter'",
        "contacts: an advocate who answers after hours is missing; add one with the role 'advocate-after-hours'",
        "contacts: a shelter that takes men is missing; add one with the role 'shelter'",
        "contacts: a shelter that takes families is missing; add one with the role 'shelter'",
        "agency: is blank; name who puts this copy online",
        "accountable_person: is blank; name who answers for this copy",
        "counsel_reviewed_on: is blank; write the day on which your lawyer had read it",
        "leave.page: is blank; name a plain page that many people open, like https://www.weather.gov/",
    ]


def test_whom_nobody_has_called_is_told_by_id(told: Callable[..., list[str]]) -> None:
    """All of them that could be called for it."""
    silent = [
        {key: value for key, value in PEOPLE[0].items() if key not in CALLED} | {"id": name} for name in ("a", "b")
    ]
    assert told(contacts=(*silent, *PEOPLE[1:])) == [
        "contacts: nobody has called a legal aid office (a, b); call, and write dialed_on"
    ]


def test_what_is_invented_is_told_whole(told: Callable[..., list[str]]) -> None:
    """The address itself, and what to do about it."""
    keys = {"mistakes": "a@county.example", "origin": "https://guide.example.org", "security_contact": "a@b.invalid"}
    assert told(replace(FIT, example=True, **keys)) == [  # type: ignore[arg-type]
        "example: this is an example of an invented place; make your own with `init`",
        *(f"{key}: {address!r} is an address for examples; write a real one" for key, address in keys.items()),
    ]


def test_a_day_to_come_is_told_whole(told: Callable[..., list[str]]) -> None:
    """Tomorrow is refused, today is a day on which somebody may have read it."""
    later = date(2026, 11, 28)
    state = dict.fromkeys(Law, "unknown")
    told_later = {**state, Law.VACATUR: LawText(text="…", source="…", seen_on=later)}
    assert told(replace(FIT, counsel_reviewed_on=later, state=told_later)) == [
        "counsel_reviewed_on: 2026-11-28 is still to come; write the day it was read",
        "state.vacatur.seen_on: 2026-11-28 is still to come; mend the date",
    ]
    told_today = {**state, Law.VACATUR: LawText(text="…", source="…", seen_on=TODAY)}
    assert told(replace(FIT, state=told_today)) == []
