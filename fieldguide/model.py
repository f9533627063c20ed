"""What a guide is. Frozen dataclasses only: no I/O, no HTML, no language but the English source.

Pages hold sections, a section holds one block, a block holds items (`fieldguide.items`), and an item holds units.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fieldguide.decks import Deck, iter_officer_units, iter_worker_units
from fieldguide.items import Confidence, Item, Law, Referral, Sign, Unit, item_units


class Audience(StrEnum):
    """For whom a page is written. ``SHARED`` pages speak about the guide itself."""

    OFFICER = "officer"
    WORKER = "worker"
    NEIGHBOR = "neighbor"
    SHARED = "shared"


@dataclass(frozen=True)
class Section:
    """A heading and its one block. ``kind`` picks the template ``blocks/<kind>.html``.

    ``laws`` are those of the reader's state that the block prints, if the deployment has filled them in.
    """

    id: str
    kind: str
    title: Unit | None
    items: tuple[Item, ...]
    laws: tuple[Law, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page of the guide. ``id`` is ``<audience>/<name>``; ``slug`` is its last URL part, "" for a start page.

    ``pictogram`` names a symbol of ``static/icons/pictograms.svg``, which stands beside the page's key message.
    """

    id: str
    audience: Audience
    slug: str
    title: Unit
    summary: Unit
    sections: tuple[Section, ...]
    written_on: date
    sources_seen_to: date | None
    review_by: date | None
    file: str
    pictogram: str = ""


@dataclass(frozen=True)
class Contact:
    """A phone line. ``seen_on`` is the date of the page that showed the number; ``undated`` says that page bears none.

    ``immigration`` answers: does a call bring in or inform immigration enforcement? ``dialed_on`` and ``dialed_by``:
    a deployment called it (alias); what the guide ships has neither.
    """

    id: str
    name: Unit
    phone: str
    hours: str
    languages: str
    police: str
    immigration: str
    seen_on: date
    review_by: date
    sources: tuple[str, ...]
    confidence: Confidence
    undated: bool = False
    sms: str = ""
    sms_word: str = ""
    dialed_on: date | None = None
    dialed_by: str = ""

    @property
    def checked_on(self) -> date:
        """The last day of which somebody says that the number was right; a clock before it is wrong."""
        return self.dialed_on or self.seen_on

    @property
    def dial(self) -> str:
        """The number as a phone dials it: E.164 for long numbers, short codes as they are."""
        digits = self.phone.replace("-", "")
        return digits if len(digits) <= 6 else "+" + digits


@dataclass(frozen=True)
class Fact:
    """A value that enters text only as ``{fact.<id>}``. ``precision`` belongs to dates."""

    id: str
    kind: str
    value: str | date
    source: str
    precision: str = "day"


@dataclass(frozen=True)
class Source:
    """What a claim rests on. Only primary and research sources carry an address that readers see."""

    id: str
    title: str
    publisher: str
    kind: str
    seen_to: date
    url: str = ""
    undated: bool = False

    @property
    def primary(self) -> bool:
        """True for the issuing body or a court: only these may carry a legal claim."""
        return self.kind in {"statute", "regulation", "agency", "court"}

    @property
    def shown(self) -> bool:
        """True when readers see it; newspapers stay in the files."""
        return self.kind != "press"


SEARCH = "search."
"""The beginning of the ids of the words that people type: lists for a search, no translations of each other."""


@dataclass(frozen=True)
class Like:
    """Words that people type when they look for a page: an id, and a list with commas."""

    page: str
    words: Unit


@dataclass(frozen=True)
class Guide:
    """The whole English source of one guide. ``groups`` are the ids of pages that a start page lists together, ``like``
    the words that people type when they look for a page, ``released_on`` the day of the edition."""

    name: str
    edition: int
    pages: Mapping[str, Page]
    names: Mapping[str, Unit]
    contacts: Mapping[str, Contact]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decks: tuple[Deck, ...] = ()
    like: tuple[Like, ...] = ()
    released_on: date | None = None

    def pages_for(self, audience: Audience) -> Iterator[Page]:
        """Pages of one audience in the order of ``site.toml``."""
        return (page for page in self.pages.values() if page.audience == audience)


def page_units(page: Page) -> Iterator[Unit]:
    """The units of one page, in reading order."""
    yield page.title
    yield page.summary
    for section in page.sections:
        if section.title is not None:
            yield section.title
        for item in section.items:
            yield from item_units(item)


def iter_units(guide: Guide) -> Iterator[Unit]:
    """Every content unit of the guide in document order: names first, then page by page, cards, search."""
    yield from guide.names.values()
    for page in guide.pages.values():
        yield from page_units(page)
    for deck in guide.decks:
        yield from iter_worker_units(deck)
        yield from iter_officer_units(deck)
    yield from (like.words for like in guide.like)


def page_sources(page: Page, guide: Guide) -> list[Source]:
    """The sources a page rests on, in the order in which they first appear, contacts included; press is left out."""
    keys: dict[str, None] = {}
    for section in page.sections:
        for item in section.items:
            claim = item.claim
            keys.update(dict.fromkeys(claim.sources if claim else ()))
            if isinstance(item, Referral):
                keys.update(dict.fromkeys(guide.contacts[item.contact].sources))
    return [guide.sources[key] for key in keys if guide.sources[key].shown]


def find_signs(guide: Guide) -> dict[str, tuple[Page, Sign]]:
    """Every sign of the guide by its unit id, with the page it stands on."""
    return {
        item.text.id: (page, item)
        for page in guide.pages.values()
        for section in page.sections
        for item in section.items
        if isinstance(item, Sign)
    }


LABELS = {"label.leave": "ui.leave"}
"""Placeholders for the names of buttons, which a deployment may choose: the interface string of each."""


def known_placeholders(guide: Guide) -> frozenset[str]:
    """The closed list: every placeholder that a text may carry."""
    names = {f"names.{key}" for key in guide.names}
    phones = {f"phone.{key}" for key in guide.contacts}
    messages = {f"sms.{key}" for key, contact in guide.contacts.items() if contact.sms}
    facts = {f"fact.{key}" for key in guide.facts}
    return frozenset(names | phones | messages | facts | LABELS.keys())
