"""The files of contacts that a deployment names: what is read, and every mistake at once with its place."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.contact_files import load_contacts
from fieldguide.contacts import Contacts, Role, Share, Takes
from fieldguide.hours import Hours
from fieldguide.phones import Number
from fieldguide.problems import ProblemsError

from .nearby import changed, shelter, write_toml


def load(tmp_path: Path, *contacts: dict[str, Any], dialed: tuple[dict[str, Any], ...] = ()) -> Contacts:
    write_toml(tmp_path / "near.toml", *contacts, dialed=dialed)
    return load_contacts(["near.toml"], tmp_path, is_example=True)


def problems(tmp_path: Path, *contacts: dict[str, Any], dialed: tuple[dict[str, Any], ...] = ()) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        load(tmp_path, *contacts, dialed=dialed)
    return [str(problem) for problem in caught.value.problems]


def test_every_key_is_read(tmp_path: Path):
    """Each key arrives: numbers parsed, hours in minutes, words as they were written."""
    line = changed(
        id="line",
        role="interpreter",
        names={"ar": "خط"},
        description="Say the account first.",
        extension="7",
        text="212-555-0151",
        tty="711",
        url="https://line.example.org/",
        languages=["en", "Akateko", "interpreter"],
        fees_description="by the minute",
        relay=True,
        wait=5,
        dialed_on="2026-10-02",
        dialed_by="J. R.",
        may_share_police="unknown",
    )
    (contact,) = load(tmp_path, line).local
    assert contact.role is Role.INTERPRETER
    assert contact.number == Number("1-212-555-0150 x7", "+12125550150,7")
    assert contact.text == Number("1-212-555-0151", "+12125550151")
    assert contact.tty == Number("711", "711")
    assert contact.hours.minutes.startswith("540-1020 1980-2460")
    assert (contact.names, contact.languages) == ({"ar": "خط"}, ("en", "Akateko", "interpreter"))
    assert (contact.fees, contact.relay, contact.wait) == ("by the minute", True, 5)
    assert (contact.may_share_police, contact.may_share_immigration) == (Share.UNKNOWN, Share.NO)
    assert (str(contact.dialed_on), contact.dialed_by) == ("2026-10-02", "J. R.")
    assert contact.checked_on == contact.dialed_on
    assert (contact.file, contact.place) == ("near.toml", "contacts[0]")


def test_contacts_stand_by_role(tmp_path: Path):
    """In the order of the closed list, and within a role as the file has them; whom a shelter takes is in order too."""
    found = load(tmp_path, changed(id="b"), shelter(), changed(id="a"), changed(id="p", role="police")).local
    assert [contact.id for contact in found] == ["p", "hill-house", "b", "a"]
    assert found[1].takes == (Takes.MEN, Takes.FAMILIES)
    assert found[1].hours == Hours(always=True)


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ({"role": "lawyer"}, "role", "'lawyer' is not one of: emergency, hotline, labor-standards"),
        ({"phone": "911"}, "", "unknown key phone"),
        ({"seen_on": None}, "seen_on", "required key is missing"),
        ({"may_share_immigration": "maybe"}, "may_share_immigration", "is not one of: yes, no, unknown"),
        ({"id": "Hill Legal"}, "id", "lower-case-words-with-hyphens"),
        ({"name": " "}, "name", "is empty"),
        ({"name": "x" * 81}, "name", "81 letters; at most 80"),
        ({"names": {"ar": "x" * 81}}, "names.ar", "81 letters; at most 80"),
        ({"source": ""}, "source", "is empty"),
        ({"number": "212-555-014"}, "number", "no number that a phone can reach"),
        ({"number": "+1 212 555 0142 x5"}, "number", "an extension apart"),
        ({"number": None}, "number", "nobody can be called or texted"),
        ({"number": None, "text": "233733", "extension": "5"}, "extension", "is an extension of no number"),
        ({"text": "HELP"}, "text", "is no phone number"),
        ({"url": "http://example.org"}, "url", "is no https address"),
        ({"url": "javascript:alert(1)"}, "url", "is no https address"),
        ({"hours": "always"}, "hours", "is 'always' and there are times too"),
        ({"schedules": None}, "hours", 'is missing; write "always", "unknown", or times'),
        ({"hours": "weekdays", "schedules": None}, "hours", "is not one of"),
        ({"timezone": None}, "timezone", "is no time zone; write its IANA name"),
        ({"timezone": "EST-5"}, "timezone", "is no time zone"),
        (
            {"schedules": [{"byday": "MO", "opens_at": "9", "closes_at": "17:00"}]},
            "schedules[0]",
            "'9' is no time; write it like 09:00",
        ),
        ({"review_by": "2026-10-01"}, "review_by", "is not after the day on which the number was seen"),
        ({"dialed_on": "2027-11-01", "dialed_by": "J."}, "review_by", "is not after"),
        ({"dialed_on": "2026-10-02"}, "dialed_by", "is missing; write who called"),
        ({"dialed_by": "J."}, "dialed_on", "is missing; write the day of the call"),
        ({"takes": ["men"]}, "takes", "belongs to shelters"),
        ({"role": "shelter"}, "takes", "write whom the shelter takes: women, men, families, children"),
        ({"wait": 5}, "wait", "belongs to interpreters"),
        ({"relay": False}, "relay", "belongs to interpreters"),
        ({"role": "interpreter", "wait": 601}, "wait", "601 is out of range"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, changes: dict[str, Any], place: str, says: str):
    """File, table, key, what is wrong and what mends it; and it is the only thing that is wrong."""
    (line,) = problems(tmp_path, shelter(), changed(**changes))
    assert line.startswith(f"near.toml: contacts[1]{'.' if place else ''}{place}: ")
    assert says in line
    assert ";" in line or "is not one of" in line


def test_all_mistakes_come_at_once(tmp_path: Path):
    """Of all contacts and of all files, one that is not there among them."""
    write_toml(tmp_path / "near.toml", changed(number="12", url="x"), shelter(takes=None))
    (tmp_path / "more.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_contacts(["near.toml", "gone.toml", "more.csv", "list.xlsx"], tmp_path, is_example=True)
    found = {(problem.file, problem.place) for problem in caught.value.problems}
    assert found == {
        ("near.toml", "contacts[0].number"),
        ("near.toml", "contacts[0].url"),
        ("near.toml", "contacts[1].takes"),
        ("gone.toml", ""),
        ("more.csv", "line 1"),
        ("list.xlsx", ""),
    }


def test_an_invented_number_is_for_examples_only(tmp_path: Path):
    """A copy of an example that somebody forgot to fill in would send a worker to nobody."""
    write_toml(tmp_path / "near.toml", changed(text="787-555-0100"))
    with pytest.raises(ProblemsError) as caught:
        load_contacts(["near.toml"], tmp_path)
    assert [(problem.place, "write the real number" in problem.message) for problem in caught.value.problems] == [
        ("contacts[0].number", True),
        ("contacts[0].text", True),
    ]
    assert load_contacts(["near.toml"], tmp_path, is_example=True).local


def test_an_id_is_there_once(tmp_path: Path):
    """In all files together; the message says where the other one is."""
    write_toml(tmp_path / "near.toml", changed())
    write_toml(tmp_path / "more.toml", shelter(), changed())
    with pytest.raises(ProblemsError, match=r"^more\.toml: contacts\[1\]\.id: 'hill-legal' is there already") as caught:
        load_contacts(["near.toml", "more.toml"], tmp_path, is_example=True)
    assert "in near.toml, contacts[0]" in str(caught.value)


def test_numbers_of_the_guide_can_be_dialed(tmp_path: Path):
    """Under [[dialed]]: when and by whom, and when to look again."""
    line = {"id": "line", "dialed_on": "2026-11-02", "dialed_by": "J.", "review_by": "2027-11-02"}
    (dialed,) = load(tmp_path, dialed=(line,)).dialed
    assert (dialed.id, str(dialed.dialed_on), str(dialed.review_by)) == ("line", "2026-11-02", "2027-11-02")
    found = problems(tmp_path, dialed=({**line, "dialed_by": " ", "review_by": "2026-11-02"}, {"id": "x", "role": "y"}))
    assert any("dialed[1]" in one and "unknown key role" in one for one in found)
    found = problems(tmp_path, dialed=({**line, "dialed_by": " ", "review_by": "2026-11-02"},))
    assert [one.partition(": ")[2].partition(":")[0] for one in found] == ["dialed[0].dialed_by", "dialed[0].review_by"]


def test_no_files_mean_no_contacts(tmp_path: Path):
    """The guide as it ships names none."""
    assert load_contacts([], tmp_path) == Contacts()
