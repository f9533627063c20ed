"""What a language's catalog holds, what its status promises, and how far it is."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldguide.catalog import Catalog, catalog_name
from fieldguide.decks import iter_officer_units, iter_worker_units
from fieldguide.items import Referral, Tier, Unit
from fieldguide.languages import Language, Registry
from fieldguide.markup import placeholders
from fieldguide.model import Guide, Page, page_units
from fieldguide.problems import Problem
from fieldguide.review import Role, State, iter_reviews, state_of
from fieldguide.urls import START, has_page

OFFICER = "officer"
INDUSTRIES = "industries"
HELP = "worker/help"
"""The page of numbers; with the start, to which a QR code leads, what a language has at least."""

BANNERS = ("ui.vital.draft", "ui.vital.not-here")
"""The beginnings of the ids of the mark on unchecked translations."""


def has_text(language: Language) -> bool:
    """True for a language that has a catalog: not English, and none that is only spoken."""
    return language.status not in ("source", "spoken")


def iter_language_units(language: Language, guide: Guide, interface: Iterable[Unit]) -> Iterator[Unit]:
    """The units of a language's catalog, in document order."""
    for _, units in iter_groups(language, guide, interface):
        yield from units


def iter_groups(language: Language, guide: Guide, interface: Iterable[Unit]) -> Iterator[tuple[str, Iterable[Unit]]]:
    """The same, by where they stand: interface, names, the pages of the sides a language has, the cards."""
    yield "Interface", _own(language, interface)
    yield "Names", guide.names.values()
    for page in guide.pages.values():
        if has_page(language, page):
            yield page.id, page_units(page)
    for deck in guide.decks:
        yield f"cards/{deck.id}", iter_worker_units(deck)
        if OFFICER in language.audiences:
            yield f"cards/{deck.id}, for officers", iter_officer_units(deck)
    yield "Search", (like.words for like in guide.like)


def _own(language: Language, interface: Iterable[Unit]) -> Iterator[Unit]:
    """The interface strings of the sides a language has: ``ui.officer.…`` is for officers only."""
    return (unit for unit in interface if OFFICER in language.audiences or not unit.id.startswith("ui.officer."))


def iter_promised_units(language: Language, guide: Guide, interface: Iterable[Unit]) -> Iterator[Unit]:
    """The units that a language of this status must have at least as a draft.

    ``complete``: all of its sides; ``help``: interface, start, numbers and names on them, cards; ``spoken``: none.
    """
    if language.status == "complete":
        yield from iter_language_units(language, guide, interface)
    elif language.status == "help":
        yield from _own(language, interface)
        yield from _iter_pages(guide, (START, HELP))
        for deck in guide.decks:
            yield from iter_worker_units(deck)


def iter_listed_units(guide: Guide, interface: Iterable[Unit]) -> Iterator[Unit]:
    """The units without which no language with text can be listed: the banners, and the page of numbers."""
    yield from (unit for unit in interface if unit.id.startswith(BANNERS))
    yield from _iter_pages(guide, (HELP,))


def _iter_pages(guide: Guide, page_ids: Iterable[str]) -> Iterator[Unit]:
    pages = [guide.pages[page_id] for page_id in page_ids if page_id in guide.pages]
    yield from {unit.id: unit for page in pages for unit in _names(page, guide)}.values()
    for page in pages:
        yield from page_units(page)


def _names(page: Page, guide: Guide) -> list[Unit]:
    """The names that a page prints, through placeholders and contacts."""
    said = {name for unit in page_units(page) for name in placeholders(unit.text)}
    called = [item.contact for section in page.sections for item in section.items if isinstance(item, Referral)]
    numbers = {guide.contacts[contact].name.id for contact in called}
    return [unit for unit in guide.names.values() if unit.id in said or unit.id in numbers]


def check_coverage(
    guide: Guide, interface: Sequence[Unit], registry: Registry, catalogs: Mapping[str, Catalog]
) -> Iterator[Problem]:
    """Every unit that a language promises and does not have, by its id."""
    for language in registry:
        yield from _check_units(iter_promised_units(language, guide, interface), language, catalogs)


def check_listed(
    guide: Guide, interface: Sequence[Unit], registry: Registry, catalogs: Mapping[str, Catalog]
) -> Iterator[Problem]:
    """Every unit without which a language cannot be listed: its readers would look for a number in another language."""
    for language in filter(has_text, registry):
        yield from _check_units(iter_listed_units(guide, interface), language, catalogs)


def check_whole(
    guide: Guide, registry: Registry, catalogs: Mapping[str, Catalog], own: Container[str] = ()
) -> Iterator[Problem]:
    """Every unit that was never drafted of the start, to which a QR code leads, and of an industry in a language whose
    officers have all pages. Texts whose English has changed since are a release's matter; ``own`` are an agency's."""
    industries = guide.groups.get(INDUSTRIES, ())
    for language in filter(has_text, registry):
        is_whole = language.status == "complete" and OFFICER in language.audiences
        units = _iter_pages(guide, (START, *industries) if is_whole else (START,))
        listed = (unit for unit in units if unit.id not in own)
        yield from _check_units(listed, language, catalogs, {State.MISSING})


def _check_units(
    units: Iterable[Unit],
    language: Language,
    catalogs: Mapping[str, Catalog],
    refused: Container[State] = frozenset({State.MISSING, State.STALE}),
) -> Iterator[Problem]:
    catalog = catalogs.get(language.tag, Catalog(language.tag, {}))
    for unit in units:
        state = state_of(unit, catalog.entries.get(unit.id))
        if state in refused:
            message = f"is {state} in a language whose status is {language.status!r}; draft it: {unit.text!r}"
            yield Problem(catalog_name(language.tag), "", message, unit.id)


@dataclass(frozen=True)
class Progress:
    """How many units of each tier are in each state, and who checked, by role, when last."""

    counts: Mapping[Tier, Mapping[State, int]]
    checked: Mapping[Role, date]

    def count(self, *states: State) -> int:
        """How many units are in one of these states."""
        return sum(tier.get(state, 0) for tier in self.counts.values() for state in states)

    @property
    def total(self) -> int:
        """How many units there are."""
        return self.count(*State)


def progress(units: Iterable[Unit], catalog: Catalog) -> Progress:
    """The state of every unit in one language, counted."""
    counts: dict[Tier, Counter[State]] = {tier: Counter() for tier in Tier}
    checked: dict[Role, date] = {}
    for unit in units:
        entry = catalog.entries.get(unit.id)
        state = state_of(unit, entry)
        counts[unit.tier][state] += 1
        if entry and state in (State.DRAFT, State.REVIEWED):
            for review in iter_reviews(entry):
                checked[review.role] = max(review.on, checked.get(review.role, review.on))
    return Progress(counts, {role: checked[role] for role in Role if role in checked})
