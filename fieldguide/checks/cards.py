"""Cards: what no card may ask, and the stops and switches that protect the person who reads them."""

import re
from collections import Counter
from collections.abc import Iterator

from fieldguide.checks.text import iter_own_faults
from fieldguide.checks.words import iter_word_faults
from fieldguide.decks import CARD_OF, Answers, Card, Deck, Switch, iter_officer_units, iter_worker_units
from fieldguide.model import Audience, Guide, find_signs, known_placeholders
from fieldguide.problems import Problem

LONGEST = 90
"""Characters of a card: what is read at arm's length in two seconds."""

STOPS = {
    "A7": {"yes"},
    "C1": {"yes"},
    "C2": {"yes"},
    "C8": {"yes"},
    "D8": {"hurt", "family-hurt"},
    "D10": {"yes"},
}
"""The answers that end the questions, by card: these and no others."""

_ASKS_TOO_MUCH = re.compile(
    r"""(?ix)\b(
    consent | agree | permission | search | look\s+(?:in|through)\s+your | sign\s+(?:this|here)
    | confess | admit | guilty | statement | did\s+you\s+(?:steal|break|commit|do\s+it)
    | rights?\s+to\s+remain | waive
    )\b"""
)
_ASKS_WHO = re.compile(
    r"(?i)\b(your\s+(?:full\s+)?name|born|nationality|citizens?(?:hip)?|immigration papers?|status)\b"
)
_CODE = re.compile(r"([A-Z])[A-Z]?\d+[a-z]?")


def check_cards(guide: Guide) -> Iterator[Problem]:
    """Every problem of the decks."""
    codes = Counter(card.code for deck in guide.decks for card in deck.cards)
    known = set(guide.sources)
    yield from _check_signs(guide, set(codes))
    for deck in guide.decks:
        ids = Counter(card.id for card in deck.cards)
        for index, card in enumerate(deck.cards):
            place = f"cards[{index}]"
            if codes[card.code] > 1:
                yield Problem(deck.file, f"{place}.code", f"{card.code} is the code of two cards; a report cites it")
            if ids[card.id] > 1:
                yield Problem(deck.file, f"{place}.id", f"{card.id!r} is there more than once; keep one", card.text.id)
            for source in card.claim.sources:
                if source not in known:
                    yield Problem(deck.file, f"{place}.sources", f"unknown source {source!r}", card.text.id)
            yield from _check_card(card, deck, place)
        yield from _check_words(deck, guide)


def _check_signs(guide: Guide, codes: set[str]) -> Iterator[Problem]:
    """A sign leads to the card that asks about it."""
    for page, sign in find_signs(guide).values() if guide.decks else ():
        code = sign.ask or CARD_OF[sign.ilo]
        if code not in codes:
            yield Problem(page.file, "ask", f"no card has the code {code!r}; mend it", sign.text.id)


def _check_card(card: Card, deck: Deck, place: str) -> Iterator[Problem]:
    def problem(key: str, message: str) -> Problem:
        return Problem(deck.file, f"{place}.{key}", message, card.text.id)

    match = _CODE.fullmatch(card.code)
    if not match or match[1] != deck.letter:
        yield problem("code", f"{card.code!r} is no code of group {deck.letter}; write it like {deck.letter}1")
    if not card.text.note:
        yield problem("note", "a card needs a note for the translator: who speaks to whom, and what matters")
    if len(card.text.text) > LONGEST:
        yield problem("text", f"{len(card.text.text)} characters; a card has at most {LONGEST}")
    if card.text.text.count("?") > 1:
        yield problem("text", "two questions on one card cannot be answered with one touch; split it")
    if _ASKS_TOO_MUCH.search(card.text.text) or _asks_who(card.text.text):
        yield problem("text", "no card asks for consent, a confession, a name or papers; leave it to people and paper")
    if (card.answers is Answers.CHOICES) != bool(card.choices):
        yield problem("choices", 'choices stand with answers = "choices", and only there')
    allowed = {"yes"} if card.answers is Answers.YES_NO else {unit.id.rpartition(".")[2] for unit in card.choices}
    for answer in sorted(set(card.stops) - allowed):
        yield problem("stops", f"{answer!r} is no answer of this card")
    if set(card.stops) != STOPS.get(card.code, set()):
        yield problem("stops", f"the stops of {card.code} are {sorted(STOPS.get(card.code, set()))}; no others")
    wanted = {switch for switch in Switch if re.fullmatch(rf"{switch}[a-z]?", card.code)}
    if {card.switch} - {None} != wanted:
        yield problem("switch", f"{card.code} needs the switch {', '.join(sorted(wanted)) or 'none'}")


def _asks_who(text: str) -> bool:
    found = _ASKS_WHO.search(text)
    return bool(found and "?" in text[found.end() :])


def _check_words(deck: Deck, guide: Guide) -> Iterator[Problem]:
    for audience, units in ((Audience.WORKER, iter_worker_units(deck)), (Audience.OFFICER, iter_officer_units(deck))):
        for unit in units:
            text_faults = iter_own_faults(unit.text, known_placeholders(guide), guide.pages)
            for fault in (*text_faults, *iter_word_faults(unit.text, audience)):
                yield Problem(deck.file, "", fault, unit.id)
