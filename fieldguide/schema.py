"""The format of the content files: one dataclass a TOML table; a page's sections are in `fieldguide.sections`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fieldguide.decks import Answers, Switch
from fieldguide.items import Confidence
from fieldguide.languages import Language
from fieldguide.sections import AnySection
from fieldguide.structure import CONVERTER, member, strict


@dataclass(frozen=True, kw_only=True)
class PageTable:
    title: str
    summary: str
    written_on: date
    sections: tuple[AnySection, ...]
    slug: str | None = None
    pictogram: str = ""
    sources_seen_to: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    id: str
    text: str
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class CardTable:
    id: str
    code: str
    text: str
    note: str
    answers: Answers
    why: str
    confidence: Confidence
    caution: str = ""
    stops: tuple[str, ...] = ()
    switch: Switch | None = None
    sources: tuple[str, ...] = ()
    choices: tuple[AnswerTable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeckTable:
    title: str
    summary: str
    letter: Literal["A", "B", "C", "D", "E", "F", "H", "P", "W"]
    written_on: date
    cards: tuple[CardTable, ...]


@dataclass(frozen=True, kw_only=True)
class LikeTable:
    id: str
    page: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SiteTable:
    name: str
    edition: int
    released_on: date | None = None
    worker: tuple[str, ...]
    officer: tuple[str, ...]
    shared: tuple[str, ...]
    neighbor: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    groups: dict[Literal["industries", "pages", "practice", "work", "visas"], tuple[str, ...]] = field(
        default_factory=dict
    )
    like: tuple[LikeTable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NameTable:
    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactTable:
    id: str
    phone: str
    hours: Literal["always", "weekdays", "unknown"]
    languages: Literal["interpreter", "unknown"]
    police: Literal["yes", "no", "unknown"]
    immigration: Literal["yes", "no", "unknown"]
    seen_on: date
    review_by: date
    sources: tuple[str, ...]
    confidence: Confidence
    undated: bool = False
    sms: str = ""
    sms_word: str = ""


@dataclass(frozen=True, kw_only=True)
class FactTable:
    kind: Literal["citation", "date", "money", "site"]
    value: str | date
    source: str
    precision: Literal["day", "month", "year"] = "day"


@dataclass(frozen=True, kw_only=True)
class FactsTable:
    names: dict[str, NameTable]
    contacts: tuple[ContactTable, ...]
    facts: dict[str, FactTable]


@dataclass(frozen=True, kw_only=True)
class SourceTable:
    id: str
    title: str
    publisher: str
    kind: Literal["statute", "regulation", "agency", "court", "research", "copy", "press"]
    seen_to: date
    url: str = ""
    undated: bool = False


@dataclass(frozen=True, kw_only=True)
class SourcesTable:
    sources: tuple[SourceTable, ...]


@dataclass(frozen=True, kw_only=True)
class ReplacementTable:
    text: str
    was: str = ""


@dataclass(frozen=True, kw_only=True)
class OverlayTable:
    hide: tuple[str, ...] = ()
    replace: dict[str, ReplacementTable] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LanguagesTable:
    languages: tuple[Language, ...]


for _enum in (Answers, Switch):
    CONVERTER.register_structure_hook(_enum, member)
CONVERTER.register_structure_hook(str | date, strict(str, date))
