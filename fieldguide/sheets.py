"""A review sheet: one file for people without the program, who read translations beside their English and say what is
wrong. As a page that opens from a disk, on paper, and as a table for spreadsheets; all from the same rows.

A sheet is a working paper, written beside the checkout and never into the guide.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from fieldguide.catalog import Catalog
from fieldguide.context import PAPERS, paper
from fieldguide.coverage import iter_groups
from fieldguide.decks import Card
from fieldguide.items import Tier, Unit, item_units
from fieldguide.languages import Language
from fieldguide.markup import PLACEHOLDER, placeholders
from fieldguide.model import Fact, Guide
from fieldguide.problems import Problem, ProblemsError
from fieldguide.review import Role, State, stamp, state_of
from fieldguide.sheettable import write_table
from fieldguide.sheetwords import Verdict, Words

_ALWAYS = "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


@dataclass(frozen=True)
class Place:
    """Where a text stands: ``kind`` is one of the drawings, ``card`` the card it is on, ``picture`` its pictogram."""

    kind: str
    card: Card | None = None
    picture: str = ""


@dataclass(frozen=True)
class Row:
    """One text to be checked. ``check`` binds what is said about it to exactly these two texts."""

    number: int
    unit: Unit
    text: str
    state: State
    place: Place

    @property
    def check(self) -> str:
        """The code of this row."""
        return check_code(self.unit.id, self.unit.text, self.text)

    @property
    def slots(self) -> tuple[str, ...]:
        """The placeholders of the English, each once."""
        return tuple(dict.fromkeys(placeholders(self.unit.text)))


@dataclass(frozen=True)
class Sheet:
    """All rows of one sheet, in groups as they stand in the guide."""

    language: Language
    edition: int
    words: Words
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of its number."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def code(self) -> str:
        """Tells this sheet from another one, so that a paper is typed into the file it belongs to."""
        checks = "".join(row.check for row in self.rows)
        return f"s{hashlib.sha256(checks.encode()).hexdigest()[:6]}"

    @property
    def head(self) -> dict[str, str]:
        """What stands before the table, by key; the reviewer writes the last two."""
        said = {"language": self.language.tag, "edition": str(self.edition), "sheet": self.code}
        return {key: said.get(key, "") for key in self.words.head}


def check_code(unit_id: str, english: str, text: str) -> str:
    """What binds a row to a unit, its English and its translation as they are now.

    It begins with a letter, or a spreadsheet would take some of them for numbers and round them.
    """
    return f"c{stamp(unit_id, english, text)}"


def build_sheet(
    guide: Guide, interface: Iterable[Unit], language: Language, catalog: Catalog, *, words: Words, only: "Only"
) -> Sheet:
    """The sheet of what is translated and not yet checked. Raises `ProblemsError` when nothing is left to check, or for
    a page that is not there."""
    groups = [(title, list(units)) for title, units in iter_groups(language, guide, interface)]
    only.check({_name(title) for title, _ in groups})
    places = {unit.id: place for unit, place in _iter_places(guide)}
    found: list[tuple[str, tuple[Row, ...]]] = []
    number = 0
    for title, units in groups:
        rows: list[Row] = []
        for unit in units if only.wants_page(title) else ():
            entry = catalog.entries.get(unit.id)
            state = state_of(unit, entry)
            if entry and state in (State.DRAFT, State.STALE) and only.wants_tier(unit.tier):
                number += 1
                rows.append(Row(number, unit, entry.text, state, places.get(unit.id, Place("label"))))
        if rows:
            found.append((title, tuple(rows)))
    if not found:
        message = f"nothing in {language.english_name} is translated and waits for a check here"
        raise ProblemsError([Problem("translations", language.tag, message)])
    return Sheet(language, guide.edition, words, tuple(found))


@dataclass(frozen=True)
class Only:
    """Which texts a sheet is about: all, those of some pages, vital ones."""

    pages: tuple[str, ...] = ()
    vital: bool = False

    def check(self, known: Iterable[str]) -> None:
        """Raise `ProblemsError` for pages that the language has not."""
        names = sorted(known)
        wrong = [page for page in self.pages if page not in names]
        if wrong:
            raise ProblemsError(
                Problem("--page", page, f"is no page of this language; there are: {', '.join(names)}") for page in wrong
            )

    def wants_page(self, title: str) -> bool:
        """Whether texts of this group are wanted."""
        return not self.pages or _name(title) in self.pages

    def wants_tier(self, tier: Tier) -> bool:
        """Whether texts of this tier are wanted."""
        return tier is Tier.VITAL or not self.vital


def _name(title: str) -> str:
    """A group as ``--page`` names it: ``worker/pay``, ``cards/needs`` for both sides of the cards, ``interface``."""
    return title.partition(",")[0].casefold()


def _iter_places(guide: Guide) -> Iterator[tuple[Unit, Place]]:
    for unit in guide.names.values():
        yield unit, Place("name")
    for page in guide.pages.values():
        yield page.title, Place("title")
        yield page.summary, Place("summary")
        for section in page.sections:
            if section.title is not None:
                yield section.title, Place("heading")
            for item in section.items:
                for unit in item_units(item):
                    yield unit, Place("text")
    for deck in guide.decks:
        yield deck.title, Place("deck")
        yield deck.summary, Place("deck")
        for card in deck.cards:
            yield card.text, Place("card", card)
            for choice, picture in zip(card.choices, card.pictures, strict=True):
                yield choice, Place("answer", card, picture)
            for unit in filter(None, (card.why, card.caution)):
                yield unit, Place("officer", card)
    for like in guide.like:
        yield like.words, Place("search")


def sheet_table(sheet: Sheet) -> bytes:
    """The sheet as a table: what a spreadsheet opens, and what `fieldguide.takeback` reads."""
    words = sheet.words
    rows = [
        (str(row.number), row.unit.id, words.tiers[row.unit.tier], row.check, row.unit.text, row.text, "", "", "")
        for row in sheet.rows
    ]
    head = [(words.head[key], value) for key, value in sheet.head.items()]
    return write_table(head, [tuple(words.columns.values()), *rows])


def sheet_page(sheet: Sheet, guide: Guide, catalog: Catalog, symbols: Mapping[str, str]) -> str:
    """The sheet as one HTML file that needs nothing else. Its policy allows its own style and script, by their hashes.

    ``symbols`` are the pictograms that stand beside answers; those that are used are put into the page.
    """
    style, script = ((PAPERS / name).read_text(encoding="utf-8") for name in ("sheet.css", "sheet.js"))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; {_ALWAYS}"
    used = {picture for row in sheet.rows if row.place.card for picture in row.place.card.pictures}
    drawn = "\n".join(symbols[name].replace('id="', 'id="p-', 1) for name in sorted(used & symbols.keys()))
    texts = {entry.id: entry.text for entry in catalog.entries.values() if entry.text}
    return paper(
        "sheet.html",
        sheet=sheet,
        words=sheet.words,
        language=sheet.language,
        policy=policy,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        symbols=Markup(drawn),  # noqa: S704 - drawings of ours
        values=_values(guide),
        slotted=slotted,
        texts=texts,
        cards=_first_rows(sheet.rows),
        numbers={row.unit.id: row.number for row in sheet.rows},
        titles=_titles(guide),
        verdicts=list(Verdict),
        roles=list(Role),
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _first_rows(rows: Sequence[Row]) -> dict[int, Card]:
    """The cards with choices, which are drawn whole, by the number of the first row of the worker's side of each."""
    cards: dict[str, tuple[int, Card]] = {}
    for row in rows:
        if row.place.card and row.place.card.choices and row.place.kind != "officer":
            cards.setdefault(row.place.card.code, (row.number, row.place.card))
    return dict(cards.values())


def _titles(guide: Guide) -> dict[str, str]:
    """The English names of the groups."""
    decks = {f"cards/{deck.id}": deck.title.text for deck in guide.decks}
    return {**{page.id: page.title.text for page in guide.pages.values()}, **decks}


def slotted(text: str) -> Markup:
    """A text as it is written, with each placeholder held together, also in a line that runs from right to left."""
    return Markup(PLACEHOLDER.sub(r'<bdi dir="ltr" class="slot">\g<0></bdi>', str(escape(text))))  # noqa: S704


def _values(guide: Guide) -> Mapping[str, str]:
    """What placeholders stand for, in English: shown beside a text, so that nobody has to guess."""
    return {
        **{f"names.{key}": unit.text for key, unit in guide.names.items()},
        **{f"phone.{key}": contact.phone for key, contact in guide.contacts.items()},
        **{f"sms.{key}": contact.sms for key, contact in guide.contacts.items()},
        **{f"fact.{key}": _fact(fact) for key, fact in guide.facts.items()},
    }


def _fact(fact: Fact) -> str:
    if isinstance(fact.value, date):
        return fact.value.isoformat()[: {"year": 4, "month": 7}.get(fact.precision, 10)]
    return f"${fact.value}" if fact.kind == "money" else fact.value
