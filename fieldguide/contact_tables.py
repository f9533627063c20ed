"""A contact as a file has it -> a contact, and everything that is wrong with it at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fieldguide.contacts import FREE, LocalContact, Role, Share, Takes
from fieldguide.hours import Hours, build_hours, check_zone, parse_opening
from fieldguide.phones import Number, is_fictional, parse_number
from fieldguide.problems import Problem

LONGEST = 80
"""Letters of a name or an area: it stands on a phone, beside the number."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::\d{1,5})?(?:/[A-Za-z0-9._~/%?=&+-]*)?")

Say = Callable[[str, str], None]
"""Takes a key and what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class OpeningTable:
    """One row of opening hours, as a file has it."""

    byday: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class ContactTable:
    """One contact as a file has it. The keys are those of Open Referral where it has one (docs/contacts.md)."""

    id: str
    role: Role
    name: str
    area: str
    may_share_police: Share
    may_share_immigration: Share
    seen_on: date
    source: str
    review_by: date
    names: dict[str, str] = field(default_factory=dict)
    description: str = ""
    number: str = ""
    extension: str = ""
    text: str = ""
    tty: str = ""
    url: str = ""
    hours: Literal["always", "unknown"] | None = None
    schedules: tuple[OpeningTable, ...] = ()
    timezone: str = ""
    languages: tuple[str, ...] = ()
    fees_description: str = ""
    takes: tuple[Takes, ...] = ()
    relay: bool | None = None
    wait: int | None = None
    dialed_on: date | None = None
    dialed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class DialedTable:
    """A number of the guide itself that the deployment called, as a file has it."""

    id: str
    dialed_on: date
    dialed_by: str
    review_by: date | None = None


@dataclass(frozen=True)
class Entry:
    """What a file says in one place; ``where`` tells the place of a key of it: "contacts[2].url", "line 5, url"."""

    table: ContactTable | DialedTable
    file: str
    where: Callable[[str], str]


def build_contact(
    table: ContactTable, file: str, where: Callable[[str], str], *, is_example: bool
) -> tuple[LocalContact, list[Problem]]:
    """One contact from its table, and everything that is wrong with it; the contact is of use only if nothing is.

    ``is_example`` lets invented numbers pass.
    """
    problems: list[Problem] = []

    def say(key: str, message: str) -> None:
        problems.append(Problem(file, where(key), message))

    for check in (_check_words, _check_dates, _check_role, _check_reach):
        check(table, say)
    return _contact(table, file, where(""), say, is_example), problems


def _contact(table: ContactTable, file: str, place: str, say: Say, is_example: bool) -> LocalContact:
    return LocalContact(
        id=table.id,
        role=table.role,
        name=table.name,
        names=table.names,
        description=table.description,
        area=table.area,
        number=_number(table, "number", say, is_example),
        text=_number(table, "text", say, is_example),
        tty=_number(table, "tty", say, is_example),
        url=table.url,
        hours=_hours(table, say),
        languages=table.languages,
        fees=FREE if table.fees_description.strip().lower() == FREE else table.fees_description,
        takes=tuple(takes for takes in Takes if takes in table.takes),
        relay=table.relay,
        wait=table.wait,
        may_share_police=table.may_share_police,
        may_share_immigration=table.may_share_immigration,
        seen_on=table.seen_on,
        source=table.source,
        dialed_on=table.dialed_on,
        dialed_by=table.dialed_by,
        review_by=table.review_by,
        file=file,
        place=place,
    )


def _number(table: ContactTable, key: str, say: Say, is_example: bool) -> Number | None:
    written = getattr(table, key).strip()
    if not written:
        return None
    try:
        number = parse_number(written, table.extension if key == "number" else "", is_text=key == "text")
    except ValueError as error:
        say(key, str(error))
        return None
    if is_fictional(number) and not is_example:
        say(key, f"{written} belongs to invented examples, and nobody answers; write the real number")
    return number


def _hours(table: ContactTable, say: Say) -> Hours:
    if table.hours and table.schedules:
        say("hours", f"is {table.hours!r} and there are times too; keep one of the two")
    if not table.hours and not table.schedules:
        say("hours", 'is missing; write "always", "unknown", or times in byday, opens_at and closes_at')
    openings = []
    for index, row in enumerate(table.schedules):
        try:
            openings.append(parse_opening(row.byday, row.opens_at, row.closes_at))
        except ValueError as error:
            say(f"schedules[{index}]", str(error))
    if table.timezone or table.schedules:
        try:
            check_zone(table.timezone)
        except ValueError as error:
            say("timezone", str(error))
    return Hours(always=True) if table.hours == "always" else build_hours(tuple(openings), table.timezone)


def _check_words(table: ContactTable, say: Say) -> None:
    if not _ID.fullmatch(table.id):
        say("id", f"{table.id!r} is malformed; use lower-case-words-with-hyphens")
    for key in ("name", "area", "source"):
        if not getattr(table, key).strip():
            say(key, "is empty; write it")
    for key, text in _iter_texts(table):
        if len(text) > LONGEST:
            say(key, f"{len(text)} letters; at most {LONGEST}: it stands beside a number on a phone")
    if table.url and not _URL.fullmatch(table.url):
        say("url", f"{table.url!r} is no https address; write it like https://www.example.org/")


def _iter_texts(table: ContactTable) -> Iterator[tuple[str, str]]:
    yield from ((key, getattr(table, key)) for key in ("name", "area", "fees_description"))
    yield from ((f"names.{tag}", name) for tag, name in table.names.items())
    yield from (("languages", language) for language in table.languages)


def _check_dates(table: ContactTable, say: Say) -> None:
    if table.review_by <= max(table.seen_on, table.dialed_on or table.seen_on):
        say("review_by", "is not after the day on which the number was seen or dialed; write when to look again")
    if table.dialed_on and not table.dialed_by.strip():
        say("dialed_by", "is missing; write who called the number, an alias will do")
    if table.dialed_by and not table.dialed_on:
        say("dialed_on", "is missing; write the day of the call, or leave dialed_by out")


def _check_role(table: ContactTable, say: Say) -> None:
    is_shelter, is_interpreter = table.role is Role.SHELTER, table.role is Role.INTERPRETER
    if is_shelter and not table.takes:
        say("takes", f"is missing; write whom the shelter takes: {', '.join(Takes)}")
    if table.takes and not is_shelter:
        say("takes", "belongs to shelters; remove it")
    for key in ("relay", "wait"):
        if getattr(table, key) is not None and not is_interpreter:
            say(key, "belongs to interpreters; remove it")
    if table.wait is not None and not 0 <= table.wait <= 600:
        say("wait", f"{table.wait} is out of range; write the usual minutes, 0 to 600")


def _check_reach(table: ContactTable, say: Say) -> None:
    if not (table.number or table.text or table.tty):
        say("number", "nobody can be called or texted; write a number, text or tty")
    if table.extension and not table.number:
        say("extension", "is an extension of no number; write the number")
