"""A deployment's own contacts: whom a worker or an officer can call near here. What they are, and where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fieldguide.hours import Hours
from fieldguide.items import Unit
from fieldguide.model import Audience, Guide, Page, Section
from fieldguide.phones import Number
from fieldguide.problems import Problem
from fieldguide.structure import CONVERTER, member

FREE = "free"
INTERPRETER = "interpreter"
"""Among the languages of a contact: whoever answers gets an interpreter for others."""

PAGES = ("worker/help", "officer/call-first")
"""Where they are shown: the workers' page of numbers, and the officers' page of whom to call."""

NEAR = "near"
"""The id and kind of their section."""


class Role(StrEnum):
    """What a contact is there for, in the order in which pages show them."""

    EMERGENCY = "emergency"
    HOTLINE = "hotline"
    LABOR_STANDARDS = "labor-standards"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    ADVOCATE = "advocate-after-hours"
    SHELTER = "shelter"
    LEGAL_AID = "legal-aid"
    WORKER_CENTRE = "worker-centre"
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign-language"
    CHILD_PROTECTION = "child-protection"


class Share(StrEnum):
    """Does a call bring in, or inform, the police or immigration enforcement?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Takes(StrEnum):
    """Whom a shelter takes in."""

    WOMEN = "women"
    MEN = "men"
    FAMILIES = "families"
    CHILDREN = "children"


for _enum in (Role, Share, Takes):
    CONVERTER.register_structure_hook(_enum, member)

WORKER_ROLES = frozenset(
    {
        Role.HOTLINE,
        Role.LABOR_STANDARDS,
        Role.ADVOCATE,
        Role.SHELTER,
        Role.LEGAL_AID,
        Role.WORKER_CENTRE,
        Role.SIGN_LANGUAGE,
    }
)
"""Workers have 911 on their page of numbers. Police, prosecutor, child protection and an interpreter line, which an
agency pays for, are called by officers."""


@dataclass(frozen=True, kw_only=True)
class LocalContact:
    """A contact that a deployment names.

    ``name`` is as the deployer writes it in English, ``names`` by language tag; names are not translated. ``languages``
    are registry tags or names, and `INTERPRETER`; ``fees`` is `FREE`, other words, or "". ``relay``: does it reach a
    language through a second one, ``wait``: usual minutes until an interpreter is there. ``file`` and ``place`` say
    where it was read.
    """

    id: str
    role: Role
    name: str
    names: Mapping[str, str]
    description: str
    area: str
    number: Number | None
    text: Number | None
    tty: Number | None
    url: str
    hours: Hours
    languages: tuple[str, ...]
    fees: str
    takes: tuple[Takes, ...]
    relay: bool | None
    wait: int | None
    may_share_police: Share
    may_share_immigration: Share
    seen_on: date
    source: str
    dialed_on: date | None
    dialed_by: str
    review_by: date
    file: str
    place: str

    @property
    def checked_on(self) -> date:
        """The last day of which somebody says that the number was right; a clock before it is wrong."""
        return self.dialed_on or self.seen_on

    @property
    def for_workers(self) -> bool:
        """True when workers may read it: it tells immigration nothing; of a labor office that is unknown, and said."""
        known = {Share.NO, Share.UNKNOWN} if self.role is Role.LABOR_STANDARDS else {Share.NO}
        return self.role in WORKER_ROLES and self.may_share_immigration in known


@dataclass(frozen=True, kw_only=True)
class Dialed:
    """A deployment's word that it called a number of the guide itself; ``review_by`` is its new day, if it sets one."""

    id: str
    dialed_on: date
    dialed_by: str
    review_by: date | None
    file: str
    place: str


@dataclass(frozen=True)
class Contacts:
    """What the files of one deployment say: its own contacts by role, and the numbers of the guide that it dialed."""

    local: tuple[LocalContact, ...] = ()
    dialed: tuple[Dialed, ...] = ()

    def on(self, page: Page) -> tuple[LocalContact, ...]:
        """Those that a page shows: all for officers, for workers what nobody passes on to immigration."""
        if page.id not in PAGES:
            return ()
        return tuple(one for one in self.local if one.for_workers or page.audience is Audience.OFFICER)

    @property
    def zones(self) -> frozenset[str]:
        """The time zones in which some keep their hours."""
        return frozenset(contact.hours.zone for contact in self.local if contact.hours.openings)

    def iter_held_back(self) -> Iterator[Problem]:
        """A warning for each contact that workers could use and that only officers see."""
        for contact in self.local:
            if contact.role in WORKER_ROLES and not contact.for_workers:
                message = f"shown to officers only, since may_share_immigration is {contact.may_share_immigration}"
                yield Problem(contact.file, contact.place, f"{message}; workers see it once it is no", contact.id)


def with_dialed(guide: Guide, contacts: Contacts) -> Guide:
    """The guide whose own contacts carry when the deployment dialed them. Unknown ids are left to the checks."""
    found = dict(guide.contacts)
    for one in contacts.dialed:
        if one.id in found:
            review_by = one.review_by or found[one.id].review_by
            changed = replace(found[one.id], dialed_on=one.dialed_on, dialed_by=one.dialed_by, review_by=review_by)
            found[one.id] = changed
    return replace(guide, contacts=found)


def with_near(guide: Guide, contacts: Contacts, title: Unit) -> Guide:
    """The guide with a section of what is near on the pages that show any, after their first warnings and numbers."""
    pages = {page_id: page for page_id, page in guide.pages.items() if contacts.on(page)}
    near = Section(NEAR, NEAR, title, ())
    for page_id, page in pages.items():
        kinds = [section.kind for section in page.sections]
        at = next((n for n, kind in enumerate(kinds) if kind not in ("warning", "contacts")), len(kinds))
        pages[page_id] = replace(page, sections=(*page.sections[:at], near, *page.sections[at:]))
    return replace(guide, pages={**guide.pages, **pages})
