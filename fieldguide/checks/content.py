"""Checks of the English source."""

import re
from collections import Counter
from collections.abc import Container, Iterator
from datetime import date

from fieldguide.checks.text import iter_own_faults
from fieldguide.items import Item, Referral, Sign, Tier, Unit, item_units
from fieldguide.model import Audience, Fact, Guide, Page, Section, known_placeholders
from fieldguide.problems import Problem

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MONEY = re.compile(r"\d+(?:\.\d\d)?")
_RESERVED = {"units", "page", "main", "pages", "edition", "outdated", "plain-title", "near"}  # ids of the templates
_FOLDERS = {"o", "w", "n", "cards"}
_MADE_UP = {"story", "choices", "findings", "elements"}
_SHARED_KINDS = {"text", "warning", "steps", "sources"}


def check_content(guide: Guide) -> Iterator[Problem]:
    """Every problem of the guide's English source."""
    yield from _check_facts(guide)
    yield from _check_urls(guide)
    for page in guide.pages.values():
        yield from _check_page(page, guide)


def check_pictograms(guide: Guide, symbols: Container[str]) -> Iterator[Problem]:
    """Every page, and every choice of a card, that names a pictogram nobody drew."""
    for page in guide.pages.values():
        if page.pictogram and page.pictogram not in symbols:
            yield Problem(page.file, "pictogram", f"no symbol {page.pictogram!r} in pictograms.svg; draw it or mend it")
    for deck in guide.decks:
        for card in deck.cards:
            for unit, name in zip(card.choices, card.pictures, strict=True):
                if name and name not in symbols:
                    message = f"no symbol {name!r} in pictograms.svg; draw it or mend it"
                    yield Problem(deck.file, "picture", message, unit.id)


def _check_facts(guide: Guide) -> Iterator[Problem]:
    file = "content/facts.toml"
    for unit in guide.names.values():
        yield from _check_plain(unit, file, unit.id, guide)
    for contact in guide.contacts.values():
        if not contact.sources:
            yield Problem(file, f"contacts.{contact.id}.sources", "a number needs a source; add it")
        yield from _check_sources(contact.sources, file, f"contacts.{contact.id}", guide)
        if contact.sms and not contact.sms_word:
            yield Problem(file, f"contacts.{contact.id}", "has sms but no sms_word; add the word to send")
    for fact in guide.facts.values():
        fault = _value_fault(fact)
        if fault:
            yield Problem(file, f"facts.{fact.id}.value", fault)
        yield from _check_sources((fact.source,), file, f"facts.{fact.id}", guide)
    for source in guide.sources.values():
        if source.url and source.kind in ("copy", "press"):
            yield Problem(
                "content/sources.toml", source.id, f"a {source.kind} is named without an address; remove its url"
            )


def _value_fault(fact: Fact) -> str:
    if (fact.kind == "date") != isinstance(fact.value, date):
        shown = repr(fact.value) if isinstance(fact.value, str) else fact.value.isoformat()
        return f"a {fact.kind} cannot be {shown}; a date is written 2026-11-24, everything else in quotes"
    if fact.kind == "money" and not _MONEY.fullmatch(str(fact.value)):
        return f"{fact.value!r} is no amount; write dollars and cents like 7.25"
    return ""


def _check_urls(guide: Guide) -> Iterator[Problem]:
    count = Counter((page.audience, page.slug) for page in guide.pages.values())
    for page in guide.pages.values():
        if count[page.audience, page.slug] > 1:
            yield Problem(page.file, "slug", f"{page.slug!r} is the slug of two pages; choose another")
        if page.slug and not _ID.fullmatch(page.slug):
            yield Problem(page.file, "slug", f"{page.slug!r} is malformed; use lower-case-words-with-hyphens")
        if page.audience is Audience.SHARED and page.slug in _FOLDERS:
            yield Problem(page.file, "slug", f"{page.slug!r} is the folder of a side; choose another")
    for start in ("worker/start", "officer/start"):
        if start not in guide.pages:
            yield Problem("content/site.toml", start.partition("/")[0], f"the page {start} is missing; list it")


def _check_page(page: Page, guide: Guide) -> Iterator[Problem]:
    yield from _check_plain(page.title, page.file, "title", guide)
    yield from _check_text(page.summary, page.file, "summary", guide)
    yield from _doubled_ids([section.id for section in page.sections], page.file, "sections")
    if page.audience is not Audience.SHARED and not page.sources_seen_to:
        yield Problem(page.file, "sources_seen_to", "required key is missing; add it")
    if page.audience in (Audience.OFFICER, Audience.NEIGHBOR) and "sources" not in {s.kind for s in page.sections}:
        yield Problem(page.file, "sections", 'the page cites sources and lists none; add a section of kind "sources"')
    for index, section in enumerate(page.sections):
        yield from _check_section(section, page, guide, f"sections[{index}]")


def _check_section(section: Section, page: Page, guide: Guide, place: str) -> Iterator[Problem]:
    if not _ID.fullmatch(section.id):
        yield Problem(page.file, f"{place}.id", f"{section.id!r} is malformed; use lower-case-words-with-hyphens")
    if section.id in _RESERVED:
        yield Problem(page.file, f"{place}.id", f"{section.id!r} is an id of the page itself; choose another")
    if page.audience is Audience.SHARED and section.kind not in _SHARED_KINDS:
        yield Problem(page.file, f"{place}.kind", f"{section.kind} has no place on a page about the guide itself")
    if section.kind == "state" and (page.audience is not Audience.OFFICER or not section.laws):
        yield Problem(page.file, f"{place}.laws", "state law stands on officers' pages; name one law or more there")
    if section.title is None:
        return
    yield from _check_text(section.title, page.file, f"{place}.title", guide)
    if not section.items:
        yield Problem(page.file, f"{place}.items", "the section is empty; write its items or remove it")
    yield from _doubled_ids([item.text.id.rpartition(".")[2] for item in section.items], page.file, place)
    for index, item in enumerate(section.items):
        yield from _check_item(item, section, page, guide, f"{place}.items[{index}]")


def _check_item(item: Item, section: Section, page: Page, guide: Guide, place: str) -> Iterator[Problem]:
    unit_id = item.text.id
    prefix = f"{page.audience}.{page.id.partition('/')[2]}.{section.id}."
    if not _ID.fullmatch(unit_id.removeprefix(prefix)):
        yield Problem(page.file, f"{place}.id", "malformed id; use lower-case-words-with-hyphens", unit_id)
    if unit_id == f"{prefix}title":
        yield Problem(page.file, f"{place}.id", "'title' is the id of the section's heading; choose another", unit_id)
    if item.text.tier is Tier.VITAL and not item.text.note:
        yield Problem(page.file, f"{place}.note", "a vital unit needs a note for the translator; add it", unit_id)
    for unit in item_units(item):
        yield from _check_text(unit, page.file, place, guide)
    if isinstance(item, Sign) and not item.innocent.text:
        yield Problem(page.file, f"{place}.innocent", "a sign needs its ordinary explanation; add it", unit_id)
    if isinstance(item, Referral) and item.contact not in guide.contacts:
        yield Problem(page.file, f"{place}.contact", f"unknown contact {item.contact!r}", unit_id)
    if section.kind not in _MADE_UP and page.audience is not Audience.SHARED:
        yield from _check_claim(item, page, guide, place)


def _check_claim(item: Item, page: Page, guide: Guide, place: str) -> Iterator[Problem]:
    unit_id = item.text.id
    claim = item.claim
    if claim is None:
        yield Problem(page.file, f"{place}.confidence", "a claim needs its confidence; add it", unit_id)
        return
    if not claim.sources and claim.confidence.value != "practice":
        yield Problem(page.file, f"{place}.sources", f"{claim.confidence} confidence needs a source; add it", unit_id)
    yield from _check_sources(claim.sources, page.file, place, guide, unit_id)
    known = [guide.sources[key] for key in claim.sources if key in guide.sources]
    if claim.legal and not any(source.primary for source in known):
        yield Problem(
            page.file,
            f"{place}.sources",
            "a legal claim needs a primary source (statute, regulation, agency, court); add one or leave it out",
            unit_id,
        )


def _check_sources(keys: tuple[str, ...], file: str, place: str, guide: Guide, unit: str = "") -> Iterator[Problem]:
    for key in keys:
        if key not in guide.sources:
            yield Problem(file, f"{place}.sources", f"unknown source {key!r}; add it to sources.toml", unit)


def _check_plain(unit: Unit, file: str, place: str, guide: Guide) -> Iterator[Problem]:
    if set(unit.text) & set("{}*[]"):
        yield Problem(file, place, "no placeholder and no markup here; write plain words", unit.id)
    yield from _check_text(unit, file, place, guide)


def _check_text(unit: Unit, file: str, place: str, guide: Guide) -> Iterator[Problem]:
    for fault in iter_own_faults(unit.text, known_placeholders(guide), guide.pages):
        yield Problem(file, place, fault, unit.id)


def _doubled_ids(ids: list[str], file: str, place: str) -> Iterator[Problem]:
    for key in sorted({key for key in ids if ids.count(key) > 1}):
        yield Problem(file, place, f"the id {key!r} is there more than once; an id names one meaning for ever")
