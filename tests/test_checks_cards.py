"""Cards that ask what no card may ask, or lack a stop or a switch, are named and stop the build."""

from dataclasses import replace

import pytest

from fieldguide.checks.cards import STOPS, check_cards
from fieldguide.decks import Answers, Card, Deck, Switch
from fieldguide.items import Unit
from fieldguide.model import Guide
from fieldguide.reader import load_guide

GUIDE = load_guide()


def deck_of(code: str) -> Deck:
    return next(deck for deck in GUIDE.decks for card in deck.cards if card.code == code)


def problems(which: str, **changes: object) -> list[str]:
    """What the check says when one card of the real guide is changed."""
    deck = deck_of(which)
    cards = tuple(replace(card, **changes) if card.code == which else card for card in deck.cards)
    decks = tuple(replace(deck, cards=cards) if one is deck else one for one in GUIDE.decks)
    return [problem.message for problem in check_cards(replace(GUIDE, decks=decks))]


def worded(code: str, text: str) -> list[str]:
    card = next(card for card in deck_of(code).cards if card.code == code)
    return problems(code, text=replace(card.text, text=text))


def test_the_shipped_cards_are_good():
    """The pages that other tests break have no problem themselves."""
    assert list(check_cards(GUIDE)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Do you agree that we look in your bag?",
        "May we search this room?",
        "Do you give your consent?",
        "Did you steal from your boss?",
        "Please sign here.",
        "Do you admit that you did it?",
        "You have the right to remain silent.",
        "What is your name?",
        "Where were you born?",
        "Do you have immigration papers?",
        "Are you a citizen?",
    ],
)
def test_no_card_asks_for_consent_a_confession_or_who_she_is(text: str):
    """Consent through a card was thrown out of court; a name or papers on a screen frighten and help nobody."""
    assert any("no card asks for consent" in message for message in worded("A2", text))


@pytest.mark.parametrize(
    "text", ["You do not need to give your name.", "I am not here to check your immigration papers."]
)
def test_a_statement_may_say_that_they_are_not_asked_for(text: str):
    """Only a question asks."""
    assert worded("A2", text) == []


@pytest.mark.parametrize("code", sorted(STOPS))
def test_each_stop_is_held(code: str):
    """A card that lost its stop would lead on where somebody is hurt or in danger."""
    assert any(f"the stops of {code} are" in message for message in problems(code, stops=()))


def test_no_other_card_stops():
    """A stop where none belongs would end the talk for nothing."""
    assert any("the stops of A8 are []" in message for message in problems("A8", stops=("yes",)))


@pytest.mark.parametrize("code", ["A3", "A5", "B4", "C2", "C3a", "C6", "C9"])
def test_each_switch_is_held(code: str):
    """Words that only an agency can vouch for are never shown by themselves."""
    assert any("needs the switch" in message for message in problems(code, switch=None))
    assert any("needs the switch none" in message for message in problems("A2", switch=Switch.A3))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "A8"}, "is the code of two cards"),
        ({"code": "B2"}, "no code of group A"),
        ({"answers": Answers.CHOICES}, "choices stand with"),
        ({"stops": ("head",)}, "'head' is no answer of this card"),
    ],
)
def test_broken_card_is_named(changes: dict, says: str):
    """With its file and unit, like every other problem."""
    assert any(says in message for message in problems("A7", **changes))


def test_two_questions_and_long_texts_are_named():
    """One touch cannot answer two questions, and two seconds do not read a paragraph."""
    assert any("two questions" in message for message in worded("A7", "Are you hurt? Are you sick?"))
    assert any("at most 90" in message for message in worded("A7", "Are you in danger now or " * 5 + "?"))


def test_card_without_a_note_or_with_an_unknown_source_is_named():
    """A translator who does not know who speaks to whom guesses."""
    card: Card = next(card for card in deck_of("A7").cards if card.code == "A7")
    assert any("needs a note" in message for message in problems("A7", text=Unit(card.text.id, card.text.text)))
    claim = replace(card.claim, sources=("nobody",))
    assert any("unknown source 'nobody'" in message for message in problems("A7", claim=claim))


def test_sign_that_names_no_card_is_named():
    """From a sign the officer comes to the card that asks about it."""
    guide: Guide = replace(GUIDE, decks=tuple(deck for deck in GUIDE.decks if deck.id != "daily"))
    assert any("no card has the code 'D2'" in problem.message for problem in check_cards(guide))
