"""The format of the content files: one dataclass a TOML table."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fieldguide.decks import Answers, Switch
from fieldguide.items import Confidence, Indicator, Law, Means, Tier, Weight, Where
from fieldguide.languages import Language
from fieldguide.structure import CONVERTER, member, strict, word_for


@dataclass(frozen=True, kw_only=True)
class UnitTable:
    id: str
    text: str
    tier: Tier = Tier.NORMAL
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LineTable(UnitTable):
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    legal: bool = False
    ages: bool = False


@dataclass(frozen=True, kw_only=True)
class EvidenceTable(LineTable):
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class SignTable(LineTable):
    where: Where
    weight: Weight
    ilo: Indicator
    why: str
    innocent: str
    means: tuple[Means, ...] | None = None
    question: str = ""
    collect: str = ""
    htcds: str = ""
    ask: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionTable(LineTable):
    why: str


@dataclass(frozen=True, kw_only=True)
class AdviceTable(LineTable):
    side: Literal["do", "dont"]


@dataclass(frozen=True, kw_only=True)
class ReferralTable(LineTable):
    contact: str
    caution: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureTable(LineTable):
    year: int
    caveat: str


@dataclass(frozen=True, kw_only=True)
class ChoiceTable(UnitTable):
    best: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class FindingTable(UnitTable):
    sign: str


@dataclass(frozen=True, kw_only=True)
class ElementTable(UnitTable):
    means: Means | Literal["none"]
    evidence: str


@dataclass(frozen=True, kw_only=True)
class SectionTable:
    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class TextSection(SectionTable):
    kind: Literal["text", "warning", "steps"]
    items: tuple[LineTable, ...]


@dataclass(frozen=True, kw_only=True)
class EvidenceSection(SectionTable):
    kind: Literal["evidence"]
    items: tuple[EvidenceTable, ...]


@dataclass(frozen=True, kw_only=True)
class SignsSection(SectionTable):
    kind: Literal["signs"]
    items: tuple[SignTable, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionsSection(SectionTable):
    kind: Literal["questions", "check"]
    items: tuple[QuestionTable, ...]


@dataclass(frozen=True, kw_only=True)
class AdviceSection(SectionTable):
    kind: Literal["dodont"]
    items: tuple[AdviceTable, ...]


@dataclass(frozen=True, kw_only=True)
class ContactsSection(SectionTable):
    kind: Literal["contacts"]
    items: tuple[ReferralTable, ...]


@dataclass(frozen=True, kw_only=True)
class StorySection(SectionTable):
    kind: Literal["story"]
    items: tuple[UnitTable, ...]


@dataclass(frozen=True, kw_only=True)
class FiguresSection(SectionTable):
    kind: Literal["figures"]
    items: tuple[FigureTable, ...]


@dataclass(frozen=True, kw_only=True)
class ChoicesSection(SectionTable):
    kind: Literal["choices"]
    items: tuple[ChoiceTable, ...]


@dataclass(frozen=True, kw_only=True)
class FindingsSection(SectionTable):
    kind: Literal["findings"]
    items: tuple[FindingTable, ...]


@dataclass(frozen=True, kw_only=True)
class ElementsSection(SectionTable):
    kind: Literal["elements"]
    items: tuple[ElementTable, ...]


@dataclass(frozen=True, kw_only=True)
class SourcesSection:
    id: str
    kind: Literal["sources"]


@dataclass(frozen=True, kw_only=True)
class StateSection:
    id: str
    kind: Literal["state"]
    laws: tuple[Law, ...]


SECTIONS: dict[str, type] = {
    "text": TextSection,
    "warning": TextSection,
    "steps": TextSection,
    "evidence": EvidenceSection,
    "signs": SignsSection,
    "questions": QuestionsSection,
    "check": QuestionsSection,
    "dodont": AdviceSection,
    "contacts": ContactsSection,
    "story": StorySection,
    "figures": FiguresSection,
    "choices": ChoicesSection,
    "findings": FindingsSection,
    "elements": ElementsSection,
    "state": StateSection,
    "sources": SourcesSection,
}

AnySection = (
    TextSection
    | EvidenceSection
    | SignsSection
    | QuestionsSection
    | AdviceSection
    | ContactsSection
    | StorySection
    | FiguresSection
    | ChoicesSection
    | FindingsSection
    | ElementsSection
    | StateSection
    | SourcesSection
)


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
    worker: tuple[str, ...]
    officer: tuple[str, ...]
    shared: tuple[str, ...]
    neighbor: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    groups: dict[Literal["industries", "practice", "work", "visas"], tuple[str, ...]] = field(default_factory=dict)
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


def _section(value: object, _: object) -> object:
    if not isinstance(value, dict):
        raise TypeError(f"expected a table, found {word_for(type(value))}")
    kind = value.get("kind")
    if kind not in SECTIONS:
        raise ValueError(f"kind {kind!r} is not one of: {', '.join(SECTIONS)}")
    return CONVERTER.structure(value, SECTIONS[kind])


def _means(value: object, _: object) -> object:
    return value if value == "none" else member(value, Means)


for _enum in (
    Answers,
    Confidence,
    Indicator,
    Law,
    Means,
    Switch,
    Tier,
    Weight,
    Where,
):  # one by one: to cattrs a StrEnum is a str first
    CONVERTER.register_structure_hook(_enum, member)
CONVERTER.register_structure_hook(str | date, strict(str, date))
CONVERTER.register_structure_hook(Means | Literal["none"], _means)
CONVERTER.register_structure_hook(AnySection, _section)
