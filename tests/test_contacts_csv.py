"""Contacts from a spreadsheet, as people really save them; every mistake by its line and column."""

import re
from pathlib import Path

import pytest

from fieldguide.contact_files import load_contacts
from fieldguide.contacts import Contacts
from fieldguide.contacts_csv import COLUMNS
from fieldguide.problems import ProblemsError

from .conftest import ROOT

HEAD = "id,role,name,area,number,timezone,byday,opens_at,closes_at,languages,hours,takes"
HEAD += ",may_share_police,may_share_immigration,seen_on,source,review_by"
LEGAL = 'legal,legal-aid,Hill Legal Aid,Hill County,212-555-0150,America/New_York,"MO,TU",09:00,17:00,"en, es",,'
LEGAL += ",no,no,2026-10-01,a page,2027-10-01"
HOUSE = "house,shelter,Hill House,Hill County,212-555-0151,,,,,,always,men; families"
HOUSE += ",unknown,no,2026-10-01,a visit,2027-01-01"


def load(tmp_path: Path, text: str, encoding: str = "utf-8") -> Contacts:
    (tmp_path / "near.csv").write_bytes(text.encode(encoding))
    return load_contacts(["near.csv"], tmp_path, is_example=True)


def problems(tmp_path: Path, *lines: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        load(tmp_path, "\n".join(lines))
    return [str(problem) for problem in caught.value.problems]


def semicolons(text: str) -> str:
    """As a spreadsheet saves it where the comma is a decimal point."""
    return re.sub(r'"[^"]*"|,', lambda found: ";" if found[0] == "," else found[0], text.replace("; ", ", "))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    "form", [str, semicolons, lambda text: text.replace(",2026", ",'2026").replace(",212", ",'212")]
)
def test_a_spreadsheet_is_read_however_it_was_saved(tmp_path: Path, form: type[str], encoding: str, end: str):
    """With and without byte order mark, with semicolons, with the apostrophe that keeps Excel from changing a date."""
    text = end.join([HEAD, LEGAL, HOUSE.replace("men; families", '"men, families"'), ""])
    house, legal = load(tmp_path, form(text), encoding).local
    assert legal.name == "Hill Legal Aid"
    assert legal.number is not None
    assert legal.number.dial == "+12125550150"
    assert legal.languages == ("en", "es")
    assert legal.hours.minutes == "540-1020 1980-2460"
    assert house.hours.always
    assert house.takes == ("men", "families")
    assert str(house.review_by) == "2027-01-01"


def test_it_says_the_same_as_toml(tmp_path: Path):
    """Names in other languages, numbers and flags have their columns."""
    text = "\n".join(
        (
            f"{HEAD},name.ar,name.zh-Hans,text,extension,relay,wait,dialed_on,dialed_by,fees_description,url,tty,description",
            f"{LEGAL.replace('legal-aid', 'interpreter')},خط,热线,233733,7,yes,5,2026-10-02,J. R.,Free,"
            'https://x.example.org/,711,"Ask for Ann, please"',
        )
    )
    (contact,) = load(tmp_path, text).local
    assert contact.names == {"ar": "خط", "zh-Hans": "热线"}
    assert contact.number is not None
    assert contact.number.dial == "+12125550150,7"
    assert (contact.relay, contact.wait, contact.fees, contact.description) == (True, 5, "free", "Ask for Ann, please")
    assert (str(contact.dialed_on), contact.dialed_by) == ("2026-10-02", "J. R.")


def test_further_lines_add_hours(tmp_path: Path):
    """One line an opening, as Open Referral has them; the id may be repeated or left out."""
    more = ",,,,,,SA,9:00 AM,12:00 PM,,,,,,,,"
    (contact,) = load(
        tmp_path, "\n".join([HEAD, LEGAL, more, more.replace("SA", "SU").replace(",", "legal,", 1)])
    ).local
    assert list(contact.hours.by_day()) == [((0, 1), ((540, 1020),)), ((5, 6), ((540, 720),))]


def test_a_number_of_the_guide_has_a_line_too(tmp_path: Path):
    """An id and a call, and nothing of a contact."""
    text = f"{HEAD},dialed_on,dialed_by\n{LEGAL},,\nhotline,,,,,,,,,,,,,,,,2027-03-01,2026-10-02,J. R.\n"
    found = load(tmp_path, text)
    assert [(one.id, str(one.dialed_on), one.place) for one in found.dialed] == [("hotline", "2026-10-02", "line 3")]
    assert len(found.local) == 1


def test_mistakes_are_named_by_line_and_column(tmp_path: Path):
    """All of them at once, a quoted line break counted; each with what mends it."""
    found = problems(
        tmp_path,
        HEAD,
        LEGAL.replace("Hill Legal Aid", '"Hill\nLegal Aid"').replace("2026-10-01", "10/1/2026"),
        HOUSE.replace("shelter", "hostel").replace("house", "inn"),
        "",
        HOUSE.replace("212-555-0151", "212-555").replace("men; families", "men; dogs"),
        LEGAL.replace("legal,", "other,").replace("America/New_York", "-5"),
        ",,,,,,SA,nine,12:00,,,,,,,,",
        ",,,,,,SX,09:00,12:00,,,,no,,,,",
    )
    assert [line.partition("; ")[0] for line in found] == [
        "near.csv: line 2, seen_on: '10/1/2026' is no date that reads one way only",
        "near.csv: line 4, role: 'hostel' is not one of: emergency, hotline, labor-standards, police, prosecutor, "
        "advocate-after-hours, shelter, legal-aid, worker-centre, interpreter, sign-language, child-protection",
        "near.csv: line 6, takes: 'dogs' is not one of: women, men, families, children",
        "near.csv: line 9, may_share_police: this line only adds hours to the contact above",
    ]
    found = problems(
        tmp_path,
        HEAD,
        HOUSE.replace("212-555-0151", "212-555"),
        LEGAL.replace("legal,", "other,").replace("America/New_York", "-5"),
        ",,,,,,SA,nine,12:00,,,,,,,,",
        ",,,,,,SX,09:00,12:00,,,,,,,,",
    )
    assert [line.partition(": ")[2].partition(": ")[0] for line in found] == [
        "line 2, number",
        "line 3, timezone",
        "line 4, byday",
        "line 5, byday",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "near.csv: is empty; its first line names the columns"),
        ("id,role\nx,police\n", "near.csv: line 1: the column name is missing; add it"),
        (f"{HEAD},phone\n", "near.csv: line 1, phone: no such column"),
        (f"{HEAD},number\n", "near.csv: line 1, number: is there more than once; keep one"),
        (f"{HEAD}\n{LEGAL},more\n", "near.csv: line 2: 18 cells under 17 columns; put a cell with a ',' in quotes"),
        (f'{HEAD}\n{LEGAL}\nx,"never closed', "near.csv: line 3: not valid CSV: unexpected end of data"),
        (f"{HEAD},wait\n{LEGAL},soon\n", "near.csv: line 2, wait: 'soon' is no number of minutes"),
        (f"{HEAD},relay\n{LEGAL},often\n", "near.csv: line 2, relay: 'often' is neither yes nor no"),
    ],
)
def test_a_broken_sheet_is_refused(tmp_path: Path, text: str, says: str):
    """Its form and its columns; nothing is guessed."""
    assert says in "\n".join(problems(tmp_path, text))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_named(tmp_path: Path, encoding: str):
    """What older spreadsheets save by default; the line of the first letter that cannot be read is said."""
    text = "\n".join([HEAD, LEGAL, HOUSE.replace("Hill House", "Casa del Ángel")])
    with pytest.raises(ProblemsError) as caught:
        load(tmp_path, text, encoding)
    line = 3 if encoding == "cp1252" else 1
    assert str(caught.value) == f"near.csv: line {line}: not UTF-8; save it from the spreadsheet as CSV UTF-8"


def test_every_column_is_in_the_docs():
    """Whoever fills in a sheet finds each column in docs/contacts.md, and no other."""
    page = (ROOT / "docs/contacts.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`[^`|]+`(?:, )?)+) \|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert named == {*COLUMNS, "name.<tag>"}
