"""What a card and a deck of cards are. Frozen dataclasses: no I/O, no HTML.

A card is read by two people: the worker, in a language of the guide, and the officer, in English or Spanish.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldguide.items import Claim, Indicator, Unit


class Answers(StrEnum):
    """How a card is answered: not at all, with yes or no, or with one of its own choices."""

    NONE = "none"
    YES_NO = "yes-no"
    CHOICES = "choices"


class Switch(StrEnum):
    """Cards that an agency's policy decides on, by their group and number."""

    A3 = "A3"
    A5 = "A5"
    B4 = "B4"
    C2 = "C2"
    C3 = "C3"
    C6 = "C6"
    C9 = "C9"


ON = frozenset({Switch.C2, Switch.C3, Switch.C6})
"""Shown until a deployment says no; the others only when it says yes."""

DETAILED = frozenset({"D", "E"})
"""Groups of detailed questions: better with an interpreter, and never with somebody under 18."""


CARD_OF = {
    Indicator.ABUSE_OF_VULNERABILITY: "D8",
    Indicator.DECEPTION: "D7",
    Indicator.RESTRICTION_OF_MOVEMENT: "D11a",
    Indicator.ISOLATION: "D11b",
    Indicator.VIOLENCE: "D10",
    Indicator.INTIMIDATION: "D9",
    Indicator.RETENTION_OF_DOCUMENTS: "D2",
    Indicator.WITHHOLDING_OF_WAGES: "D3a",
    Indicator.DEBT_BONDAGE: "D5",
    Indicator.ABUSIVE_CONDITIONS: "D12",
    Indicator.EXCESSIVE_OVERTIME: "C3d",
}
"""The card that asks about a sign, by the indicator the sign bears on; a sign may name another one."""


@dataclass(frozen=True)
class Card:
    """One card. ``text`` and ``choices`` are the worker's; ``why`` and ``caution`` the officer's.

    ``pictures`` are the names of the choices' pictograms, "" for none.
    ``stops`` are the answers that end the questions: "yes", or ids of choices.
    """

    id: str
    code: str
    text: Unit
    answers: Answers
    choices: tuple[Unit, ...]
    pictures: tuple[str, ...]
    why: Unit
    caution: Unit | None
    stops: tuple[str, ...]
    switch: Switch | None
    claim: Claim


@dataclass(frozen=True)
class Deck:
    """Cards of one subject. ``letter`` is their group."""

    id: str
    letter: str
    title: Unit
    summary: Unit
    cards: tuple[Card, ...]
    written_on: date
    file: str

    @property
    def asks_first(self) -> bool:
        """True for groups whose drafts are shown only after the officer has read that no speaker checked them."""
        return self.letter in {"A", "C", "D", "F"}

    @property
    def promises(self) -> bool:
        """True for the group that says who the officer is and what will happen: what to mind stands on the card itself,
        also where a phone has nothing else of the officers' side."""
        return self.letter == "A"


def iter_worker_units(deck: Deck) -> Iterator[Unit]:
    """What the worker reads: needed in every written language."""
    for card in deck.cards:
        yield card.text
        yield from card.choices


def iter_officer_units(deck: Deck) -> Iterator[Unit]:
    """What the officer reads beside it."""
    yield deck.title
    yield deck.summary
    for card in deck.cards:
        yield card.why
        if card.caution is not None:
            yield card.caution


def is_on(card: Card, yes: Iterable[str], no: Iterable[str]) -> bool:
    """Whether a deployment that says yes and no to these switches shows the card."""
    if card.switch is None:
        return True
    return card.switch in yes or (card.switch in ON and card.switch not in no)


def beside_card(deck: Deck, card: Card) -> list[Unit]:
    """What the officers' pack adds to a card: why it is asked, and what to mind unless that stands on the card."""
    return [card.why, *([card.caution] if card.caution and not deck.promises else [])]


def cited(card: Card, lang: str, words: str) -> str:
    """What a report cites, like ``D2·es·4f2a``: the card, the language of the words, the first four hex digits of their
    SHA-256. A script writes the same on a phone's screen (``static/js/card.js``)."""
    return f"{card.code}·{lang}·{hashlib.sha256(words.encode('utf-8')).hexdigest()[:4]}"
