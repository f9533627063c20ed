"""What stands in a section: units, the claims behind them, and every kind of item.

A *unit* is one translatable text with an id that names one meaning for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """``VITAL`` texts touch rights, safety, consent or what an officer may promise."""

    VITAL = "vital"
    NORMAL = "normal"


class Confidence(StrEnum):
    """How well a claim is supported; ``PRACTICE`` is shown as advice, never as law."""

    HIGH = "high"
    MEDIUM = "medium"
    PRACTICE = "practice"


class Where(StrEnum):
    """Where a sign is met."""

    OUTSIDE = "outside"
    ON_SITE = "on-site"
    PAPERWORK = "paperwork"
    CONVERSATION = "conversation"


class Weight(StrEnum):
    """How much a sign says: by itself, together with others, or only as context."""

    ALONE = "alone"
    WITH_OTHERS = "with-others"
    CONTEXT = "context"


class Indicator(StrEnum):
    """The eleven indicators of forced labor of the International Labour Organization."""

    ABUSE_OF_VULNERABILITY = "abuse-of-vulnerability"
    DECEPTION = "deception"
    RESTRICTION_OF_MOVEMENT = "restriction-of-movement"
    ISOLATION = "isolation"
    VIOLENCE = "physical-and-sexual-violence"
    INTIMIDATION = "intimidation-and-threats"
    RETENTION_OF_DOCUMENTS = "retention-of-identity-documents"
    WITHHOLDING_OF_WAGES = "withholding-of-wages"
    DEBT_BONDAGE = "debt-bondage"
    ABUSIVE_CONDITIONS = "abusive-working-and-living-conditions"
    EXCESSIVE_OVERTIME = "excessive-overtime"


class Means(StrEnum):
    """The four means of forced labor, 18 USC 1589(a)(1)-(4)."""

    FORCE = "force"
    SERIOUS_HARM = "serious-harm"
    LAW_ABUSE = "law-abuse"
    SCHEME = "scheme"


class Law(StrEnum):
    """What every state rules in its own way, and an officer needs."""

    TRAFFICKING_STATUTE = "trafficking_statute"
    UT_CERTIFICATION = "ut_certification"
    CHILD_REPORTING = "child_reporting"
    VULNERABLE_ADULT_REPORTING = "vulnerable_adult_reporting"
    INTERPRETER_LAW = "interpreter_law"
    RECORDING_CONSENT = "recording_consent"
    VACATUR = "vacatur"
    VICTIM_RIGHTS_CARD = "victim_rights_card"
    REQUIRED_POSTERS = "required_posters"
    WAGE_LIENS = "wage_liens"
    HEAT_RULE = "heat_rule"


@dataclass(frozen=True)
class Unit:
    """One translatable text. ``id`` names one meaning for ever: a new meaning gets a new id."""

    id: str
    text: str
    tier: Tier = Tier.NORMAL
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """What stands behind a statement: its confidence and source ids, whether it states the law, and whether it ages.

    ``ages`` marks law, immigration and benefits: past the page's ``review_by`` it folds behind a warning.
    """

    confidence: Confidence
    sources: tuple[str, ...] = ()
    legal: bool = False
    ages: bool = False


@dataclass(frozen=True)
class Line:
    """A statement of a text, warning, steps, evidence or story block; ``why`` is a second unit of evidence."""

    text: Unit
    claim: Claim | None = None
    why: Unit | None = None


@dataclass(frozen=True)
class Sign:
    """Something an officer may notice. Every sign carries its ordinary, innocent explanation.

    ``means`` are those of forced labor that it bears on; ``question`` and ``collect`` are the unit ids of
    the question to ask next and of what to collect, on the same page, or "".
    """

    text: Unit
    why: Unit
    innocent: Unit
    where: Where
    weight: Weight
    ilo: Indicator
    claim: Claim
    means: tuple[Means, ...] | None = None
    question: str = ""
    collect: str = ""
    htcds: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Question:
    """A question to a worker about daily life; ``why`` says what a worrying answer points to."""

    text: Unit
    why: Unit
    claim: Claim


@dataclass(frozen=True)
class Advice:
    """One thing to do, or not to do."""

    text: Unit
    do: bool
    claim: Claim


@dataclass(frozen=True)
class Referral:
    """A contact as a page presents it: what it is for, and what to know before calling."""

    text: Unit
    contact: str
    claim: Claim
    caution: Unit | None = None


@dataclass(frozen=True)
class Figure:
    """A counted figure, with the year it is of and what it does not say."""

    text: Unit
    year: int
    caveat: Unit
    claim: Claim


@dataclass(frozen=True)
class Choice:
    """One thing an officer could do next in a practice scenario, and why that helps or harms."""

    text: Unit
    best: bool
    why: Unit
    claim: None = None


@dataclass(frozen=True)
class Finding:
    """What in a scenario's story shows a sign; ``sign`` is that sign's unit id."""

    text: Unit
    sign: str
    claim: None = None


@dataclass(frozen=True)
class Element:
    """What in a scenario's story bears on one of the means, or on none, and the evidence that would show it."""

    text: Unit
    means: Means | None
    evidence: Unit
    claim: None = None


Item = Line | Sign | Question | Advice | Referral | Figure | Choice | Finding | Element


def item_units(item: Item) -> Iterator[Unit]:
    """The units of one item, in reading order."""
    yield item.text
    for name in ("why", "innocent", "caution", "caveat", "evidence"):
        unit = getattr(item, name, None)
        if unit is not None:
            yield unit
