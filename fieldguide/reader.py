"""Reads ``content/`` into a `Guide`. With `fieldguide.schema` the only module that knows the file format."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import locale_identifiers

from fieldguide import schema, sections
from fieldguide.decks import Card, Deck
from fieldguide.editions import edition_problem
from fieldguide.items import (
    Advice,
    Choice,
    Claim,
    Element,
    Figure,
    Finding,
    Item,
    Line,
    Means,
    Question,
    Referral,
    Sign,
    Tier,
    Unit,
)
from fieldguide.languages import Registry
from fieldguide.model import SEARCH, Audience, Contact, Fact, Guide, Like, Page, Section, Source
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.structure import T, load_toml

CONTENT = Path(__file__).parent / "content"

_LIKE = (
    "Words and short phrases that people type when they look for this, with commas between. Write what people would"
    " type in this language, not a translation word by word."
)


def load_guide(content: Path = CONTENT) -> Guide:
    """Read every content file. Raises `ProblemsError` with the mistakes of all files together."""
    problems: list[Problem] = []
    site = _load(content / "site.toml", schema.SiteTable, content, problems)
    facts = _load(content / "facts.toml", schema.FactsTable, content, problems)
    sources = _load(content / "sources.toml", schema.SourcesTable, content, problems)
    pages = _load_pages(site, content, problems) if site else {}
    decks = _load_decks(site, content, problems) if site else ()
    if site is None or facts is None or sources is None:
        raise ProblemsError(problems)
    problems += _nameless(facts, _relative(content / "facts.toml", content))
    problems += _doubled([c.id for c in facts.contacts], _relative(content / "facts.toml", content), "contacts")
    problems += _doubled([s.id for s in sources.sources], _relative(content / "sources.toml", content), "sources")
    problems += _unknown_in_site(site, _relative(content / "site.toml", content))
    problems += _check_groups(site, _relative(content / "site.toml", content))
    problems += filter(None, [edition_problem(site.edition, _relative(content / "site.toml", content))])
    problems += _doubled([one.id for one in site.like], _relative(content / "site.toml", content), "like")
    raise_if_any(problems)
    units = {key: Unit(f"names.{key}", table.text, note=table.note) for key, table in facts.names.items()}
    return Guide(
        name=site.name,
        edition=site.edition,
        released_on=site.released_on,
        pages=pages,
        names=units,
        contacts={c.id: Contact(name=units[c.id], **vars(c)) for c in facts.contacts},
        facts={key: Fact(id=key, **vars(fact)) for key, fact in facts.facts.items()},
        sources={s.id: Source(**vars(s)) for s in sources.sources},
        decks=decks,
        like=tuple(Like(one.page, Unit(f"{SEARCH}{one.id}", one.words, note=_LIKE)) for one in site.like),
        groups={str(name): page_ids for name, page_ids in site.groups.items()},
    )


def load_page(path: Path, audience: Audience, file: str) -> Page:
    """Read the file of one page, which problems name ``file``. Raises `ProblemsError`."""
    return _page(load_toml(path, schema.PageTable, file), audience, path.stem, file)


def load_sources(path: Path, file: str) -> dict[str, Source]:
    """Read a list of sources, which problems name ``file``. Raises `ProblemsError`, also for doubled ids."""
    sources = load_toml(path, schema.SourcesTable, file).sources
    raise_if_any(_doubled([source.id for source in sources], file, "sources"))
    return {source.id: Source(**vars(source)) for source in sources}


def load_registry(content: Path = CONTENT) -> Registry:
    """Read ``languages.toml``. Raises `ProblemsError`, also for doubled tags and fallbacks that do not exist."""
    path = content / "languages.toml"
    file = _relative(path, content)
    languages = load_toml(path, schema.LanguagesTable, file).languages
    tags = [language.tag for language in languages]
    problems = list(_doubled(tags, file, "languages"))
    for index, language in enumerate(languages):
        if language.format_locale not in locale_identifiers():
            message = f"Babel has no data for {language.format_locale!r}; name a locale whose dates its readers know"
            problems.append(Problem(file, f"languages[{index}].format_locale", message))
        for code in language.countries:
            if code not in Locale("en").territories or not re.fullmatch("[A-Z]{2}", code):
                message = f"{code!r} is no country; write its two letters of ISO 3166-1"
                problems.append(Problem(file, f"languages[{index}].countries", message))
        if len(language.months) not in (0, 12):
            problems.append(Problem(file, f"languages[{index}].months", "a year has 12 months; name them all or none"))
        if len(language.days) not in (0, 7):
            problems.append(Problem(file, f"languages[{index}].days", "a week has 7 days; name them all or none"))
        for tag in language.fallback:
            if tag not in tags:
                problems.append(Problem(file, f"languages[{index}].fallback", f"{tag!r} is not a language of the list"))
    if not languages or languages[0].tag != "en" or languages[0].status != "source":
        problems.append(Problem(file, "languages[0]", 'the first language is English, tag "en", status "source"'))
    elif not {"officer", "worker"} <= set(languages[0].audiences):
        message = 'English has both sides, and all others fall back to it; write "officer" and "worker"'
        problems.append(Problem(file, "languages[0].audiences", message))
    raise_if_any(problems)
    return Registry({language.tag: language for language in languages})


def _load_pages(site: schema.SiteTable, content: Path, problems: list[Problem]) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    for audience in Audience:
        names = getattr(site, audience.value)
        problems += _unlisted(content, audience, names)
        for name in names:
            path = content / audience / f"{name}.toml"
            table = _load(path, schema.PageTable, content, problems)
            if table:
                pages[f"{audience}/{name}"] = _page(table, audience, name, _relative(path, content))
    return pages


def _load_decks(site: schema.SiteTable, content: Path, problems: list[Problem]) -> tuple[Deck, ...]:
    decks: list[Deck] = []
    problems += _unlisted(content, "cards", site.cards)
    for name in site.cards:
        path = content / "cards" / f"{name}.toml"
        table = _load(path, schema.DeckTable, content, problems)
        if table:
            decks.append(_deck(table, name, _relative(path, content)))
    return tuple(decks)


def _load(path: Path, kind: type[T], content: Path, problems: list[Problem]) -> T | None:
    try:
        return load_toml(path, kind, _relative(path, content))
    except ProblemsError as error:
        problems += error.problems
        return None


def _relative(path: Path, content: Path) -> str:
    return (Path(content.name) / path.relative_to(content)).as_posix()


def _unlisted(content: Path, audience: str, names: tuple[str, ...]) -> Iterator[Problem]:
    for path in sorted((content / audience).glob("*.toml")):
        if path.stem not in names:
            yield Problem(_relative(path, content), "", f"not listed under {audience} in site.toml; list or remove it")
    yield from _doubled(list(names), f"{content.name}/site.toml", audience)


def _unknown_in_site(site: schema.SiteTable, file: str) -> Iterator[Problem]:
    known = {f"{audience}/{name}" for audience in Audience for name in getattr(site, audience.value)}
    named = [(f"groups.{group}", page_id) for group, page_ids in site.groups.items() for page_id in page_ids]
    named += [(f"like[{index}].page", one.page) for index, one in enumerate(site.like)]
    for place, page_id in named:
        if page_id not in known:
            yield Problem(file, place, f"{page_id!r} is no page; list it under its side too")


def _check_groups(site: schema.SiteTable, file: str) -> Iterator[Problem]:
    """Each page of a side that has groups stands in one of them: what its kind asks of it is then checked."""
    grouped = Counter(page_id for page_ids in site.groups.values() for page_id in page_ids)
    for side in sorted({page_id.partition("/")[0] for page_id in grouped} & set(Audience)):
        for page_id in (f"{side}/{name}" for name in getattr(site, side)):
            if page_id not in grouped and page_id != f"{side}/start":
                yield Problem(file, "groups", f'{page_id!r} is in no group; list it in one ("pages" for no kind)')
            if grouped[page_id] > 1:
                yield Problem(file, "groups", f"{page_id!r} is in groups more than once; keep one")


def _nameless(facts: schema.FactsTable, file: str) -> Iterator[Problem]:
    for index, contact in enumerate(facts.contacts):
        if contact.id not in facts.names:
            yield Problem(file, f"contacts[{index}].id", f"no name for {contact.id!r}; add it under [names]")


def _doubled(ids: list[str], file: str, place: str) -> Iterator[Problem]:
    for key in sorted({key for key in ids if ids.count(key) > 1}):
        yield Problem(file, place, f"{key!r} is there more than once; keep one")


def _page(table: schema.PageTable, audience: Audience, name: str, file: str) -> Page:
    prefix = f"{audience}.{name}"
    slug = "" if name == "start" else name
    return Page(
        id=f"{audience}/{name}",
        audience=audience,
        slug=slug if table.slug is None else table.slug,
        title=Unit(f"{prefix}.title", table.title),
        summary=Unit(f"{prefix}.summary", table.summary),
        sections=tuple(_section(section, prefix, _homes(table, prefix)) for section in table.sections),
        written_on=table.written_on,
        sources_seen_to=table.sources_seen_to,
        review_by=table.review_by,
        file=file,
        pictogram=table.pictogram,
    )


def _deck(table: schema.DeckTable, name: str, file: str) -> Deck:
    prefix = f"cards.{name}"
    return Deck(
        id=name,
        letter=table.letter,
        title=Unit(f"{prefix}.title", table.title),
        summary=Unit(f"{prefix}.summary", table.summary),
        cards=tuple(_card(card, f"{prefix}.{card.id}") for card in table.cards),
        written_on=table.written_on,
        file=file,
    )


def _card(table: schema.CardTable, unit_id: str) -> Card:
    about = f"For the officer, about the card: {table.text}"
    return Card(
        id=table.id,
        code=table.code,
        text=Unit(unit_id, table.text, Tier.VITAL, table.note),
        answers=table.answers,
        choices=tuple(
            Unit(f"{unit_id}.{one.id}", one.text, Tier.VITAL, f"{one.note} (answer to: {table.text})".strip())
            for one in table.choices
        ),
        pictures=tuple(one.picture for one in table.choices),
        why=Unit(f"{unit_id}.why", table.why, Tier.VITAL, about),
        caution=Unit(f"{unit_id}.caution", table.caution, Tier.VITAL, about) if table.caution else None,
        stops=table.stops,
        switch=table.switch,
        claim=Claim(table.confidence, table.sources),
    )


def _homes(table: schema.PageTable, prefix: str) -> dict[tuple[str, str], str]:
    """The unit id of each item of a page, by the kind of its section and its own id: signs name others by these."""
    return {
        (section.kind, item.id): f"{prefix}.{section.id}.{item.id}"
        for section in table.sections
        if isinstance(section, sections.SectionTable)
        for item in section.items
    }


def _section(table: sections.AnySection, prefix: str, homes: dict[tuple[str, str], str]) -> Section:
    prefix = f"{prefix}.{table.id}"
    if isinstance(table, sections.SourcesSection):
        return Section(table.id, table.kind, None, ())
    if isinstance(table, sections.StateSection):
        return Section(table.id, table.kind, None, (), table.laws)
    items = tuple(_item(item, prefix, homes) for item in table.items)
    return Section(table.id, table.kind, Unit(f"{prefix}.title", table.title), items)


def _item(table: sections.UnitTable, prefix: str, homes: dict[tuple[str, str], str]) -> Item:
    def unit(part: str = "") -> Unit:
        name = f"{prefix}.{table.id}" + (f".{part}" if part else "")
        return Unit(name, getattr(table, part) if part else table.text, table.tier, table.note)

    match table:
        case sections.ChoiceTable():
            return Choice(unit(), table.best, unit("why"))
        case sections.FindingTable():
            return Finding(unit(), table.sign)
        case sections.ElementTable():
            return Element(unit(), table.means if isinstance(table.means, Means) else None, unit("evidence"))
    if not isinstance(table, sections.LineTable) or table.confidence is None:
        return Line(unit())  # a story, or a page about the guide itself; checks.content refuses it elsewhere
    claim = Claim(table.confidence, table.sources, table.legal, ages=table.legal or table.ages)
    item: Item = Line(unit(), claim)
    match table:
        case sections.SignTable():
            keys = ("where", "weight", "ilo", "means", "htcds", "ask")
            extra: dict[str, Any] = {key: getattr(table, key) for key in keys}
            extra |= {
                "question": homes.get(("questions", table.question), table.question),
                "collect": homes.get(("evidence", table.collect), table.collect),
            }
            item = Sign(text=unit(), why=unit("why"), innocent=unit("innocent"), claim=claim, **extra)
        case sections.QuestionTable():
            item = Question(unit(), unit("why"), claim)
        case sections.AdviceTable():
            item = Advice(unit(), table.side == "do", claim)
        case sections.ReferralTable():
            item = Referral(unit(), table.contact, claim, unit("caution") if table.caution else None)
        case sections.FigureTable():
            item = Figure(unit(), table.year, unit("caveat"), claim)
        case sections.EvidenceTable():
            item = Line(unit(), claim, unit("why") if table.why else None)
    return item
