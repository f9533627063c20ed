"""Reads ``deployment.toml`` into a `Deployment`: what one agency or organization decides for its own copy."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from fieldguide.colours import Colours, check_format
from fieldguide.decks import Switch
from fieldguide.editions import edition_problem
from fieldguide.problems import Problem, raise_if_any
from fieldguide.state import State, check_state
from fieldguide.structure import load_toml

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PAGE = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/%?=&+-]*)?")
_ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LABEL = 16
BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")

Opens = Literal["worker", "officer"]
"""For whom the list of languages at the root is first of all."""

Drafts = Literal["mark", "hide-vital", "hide"]
"""What happens to translations that nobody checked: shown with a mark, hidden where they are vital, or all hidden."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What *Leave* does after the plain page: ``page`` is an https address that is opened where there is a network, ""
    for none; ``labels`` are other words for the button, by language tag."""

    page: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The choices of one copy of the guide.

    ``agency`` is named on the about page; ``languages`` are registry tags in the order wanted, empty for all;
    ``base`` is the path under which the folder is served; ``negotiate`` lets Flask answer ``/`` with the language the
    browser asks for; ``edition`` overrides that of ``site.toml``, ``released_on`` is the day of it; ``drafts`` says
    whether unchecked translations are shown; ``clear_after`` after how many minutes out of sight an officer's ticks
    are cleared; ``mistakes`` is the mail address to which officers report one; ``cards_on`` and ``cards_off`` are the
    cards whose words the agency's policy allows or forbids; ``a3_approved_by`` names who approved *I am not here to
    check your immigration papers*; ``leave`` says what *Leave* is called and opens; ``own_origin`` is true where
    nothing else lives on this host.
    ``contacts`` are the files of its own contacts, relative to its own; ``example`` is true for an invented copy, whose
    numbers may be invented too, and which nobody may release.
    ``origin`` is where the copy is online, without a path, ``worker_origin`` where the workers' side is online alone;
    ``security_contact`` is a mail address or https page to tell
    of a fault, good until ``security_expires``, where people read ``security_languages``.
    ``overlay`` is a folder of own pages and words, as seen from the deployment file; "" for none.
    ``icon`` is a PNG beside the file; ``opens`` the side that ``/`` is for; ``state`` what the law of the state says;
    ``accountable_person`` answers for this copy, ``counsel_reviewed_on`` is the day on which the agency's lawyer had
    read it. ``listed`` is false where no search engine is to list any page of this copy; workers' pages never are.
    """

    agency: str = ""
    name: str = ""
    icon: str = ""
    colours: Colours = field(default_factory=Colours)
    opens: Opens = "worker"
    languages: tuple[str, ...] = ()
    base: str = "/"
    negotiate: bool = False
    edition: int | None = None
    released_on: date | None = None
    drafts: Drafts = "mark"
    clear_after: int = 60
    mistakes: str = ""
    cards_on: tuple[Switch, ...] = ()
    cards_off: tuple[Switch, ...] = ()
    a3_approved_by: str = ""
    leave: Leave = Leave()
    own_origin: bool = False
    contacts: tuple[str, ...] = ()
    example: bool = False
    origin: str = ""
    worker_origin: str = ""
    security_contact: str = ""
    security_expires: date | None = None
    security_languages: tuple[str, ...] = ("en",)
    overlay: str = ""
    state: State | None = None
    accountable_person: str = ""
    counsel_reviewed_on: date | None = None
    listed: bool = True


def load_deployment(path: Path | None) -> Deployment:
    """Read a deployment file, or give the defaults for None. Raises `ProblemsError`."""
    if path is None:
        return Deployment()
    deployment = load_toml(path, Deployment, path.name)
    raise_if_any(_problems(deployment, path.name))
    return deployment


def _problems(deployment: Deployment, file: str) -> Iterator[Problem]:
    yield from check_format(deployment.colours, file)
    yield from check_state(deployment.state, file) if deployment.state is not None else ()
    base = base_problem(deployment.base, file)
    if base:
        yield base
    edition = None if deployment.edition is None else edition_problem(deployment.edition, file)
    if edition:
        yield edition
    if not 1 <= deployment.clear_after <= 600:
        yield Problem(file, "clear_after", f"{deployment.clear_after} is out of range; write minutes from 1 to 600")
    for switch in sorted(set(deployment.cards_on) & set(deployment.cards_off)):
        yield Problem(file, "cards_off", f"{switch} is on and off; write it once")
    if Switch.A3 in deployment.cards_on and not deployment.a3_approved_by:
        message = "card A3 promises what an agency may not keep; name who approved it, or leave A3 out of cards_on"
        yield Problem(file, "a3_approved_by", message)
    yield from _leave_problems(deployment.leave, file)
    yield from _security_problems(deployment, file)
    mail = mail_problem(deployment.mistakes, file) if deployment.mistakes else None
    if mail:
        yield mail


def _leave_problems(leave: Leave, file: str) -> Iterator[Problem]:
    if leave.page and not _PAGE.fullmatch(leave.page):
        message = f"{leave.page!r} is no https address; name a plain page that many people open, like https://www.weather.gov/"
        yield Problem(file, "leave.page", message)
    for tag, label in leave.labels.items():
        if not 1 <= len(label.strip()) <= _LABEL:
            message = f"{label!r} does not fit the button; write 1 to {_LABEL} letters"
            yield Problem(file, f"leave.labels.{tag}", message)


def _security_problems(deployment: Deployment, file: str) -> Iterator[Problem]:
    contact, expires = deployment.security_contact, deployment.security_expires
    for key, origin in (("origin", deployment.origin), ("worker_origin", deployment.worker_origin)):
        problem = origin_problem(origin, file, key) if origin else None
        if problem:
            yield problem
    if deployment.worker_origin and deployment.worker_origin == deployment.origin:
        yield Problem(file, "worker_origin", "is the origin too; name another domain, or leave it out")
    if contact and not (_ADDRESS.fullmatch(contact) or _PAGE.fullmatch(contact)):
        message = f"{contact!r} is neither a mail address nor an https page; write it like security@example.org"
        yield Problem(file, "security_contact", message)
    if contact and expires is None:
        message = "is missing; write the day until which security_contact is good, within a year, like 2027-05-31"
        yield Problem(file, "security_expires", message)
    if expires is not None and not contact:
        yield Problem(file, "security_contact", "is missing; name whom to tell, or leave security_expires out")
    if not deployment.security_languages:
        yield Problem(file, "security_languages", 'is empty; name what the contact reads, like ["en", "es"]')
    for tag in deployment.security_languages:
        if not _LANGUAGE.fullmatch(tag):
            yield Problem(file, "security_languages", f"{tag!r} is no language tag; write it like en or es-MX")


def mail_problem(address: str, file: str) -> Problem | None:
    """What is wrong with the mail address for mistakes, if anything."""
    if _ADDRESS.fullmatch(address):
        return None
    return Problem(file, "mistakes", f"{address!r} is no mail address; write it like name@example.org")


def origin_problem(origin: str, file: str, key: str = "origin") -> Problem | None:
    """What is wrong with an origin, if anything: it has no path."""
    if _ORIGIN.fullmatch(origin):
        return None
    return Problem(file, key, f"{origin!r} is no origin; write it like https://guide.example.org, with no path")


def base_problem(base: str, file: str) -> Problem | None:
    """What is wrong with a base path, if anything: it must be ``/`` or ``/name/``, without dots that climb."""
    if BASE.fullmatch(base):
        return None
    return Problem(file, "base", f"{base!r} is not a base path; write it like /guide/ (no '..', no spaces, no host)")
