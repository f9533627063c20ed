"""The format of a page's sections, and of what stands in them: one dataclass a TOML table."""

from dataclasses import dataclass
from typing import Literal

from fieldguide.items import Confidence, Indicator, Law, Means, Tier, Weight, Where
from fieldguide.structure import CONVERTER, member, table_of, word_for


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


def _section(value: object, _: object) -> object:
    kind = table_of(value).get("kind")
    if not isinstance(kind, str) or kind not in SECTIONS:
        said = repr(kind) if isinstance(kind, str | None) else word_for(type(kind))
        raise ValueError(f"kind {said} is not one of: {', '.join(SECTIONS)}")
    return CONVERTER.structure(value, SECTIONS[kind])


def _means(value: object, _: object) -> object:
    return value if value == "none" else member(value, Means)


for _enum in (Confidence, Indicator, Law, Means, Tier, Weight, Where):  # one by one: to cattrs a StrEnum is a str first
    CONVERTER.register_structure_hook(_enum, member)
CONVERTER.register_structure_hook(Means | Literal["none"], _means)
CONVERTER.register_structure_hook(AnySection, _section)
