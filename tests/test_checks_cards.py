"""Cards that ask what no card may ask, or lack a stop or a switch, are named and stop the build."""

from dataclasses import replace

import pytest

from fieldguide.checks.cards import LONGEST, STOPS, check_cards
from fieldguide.decks import Answers, Card, Deck, Switch
from fieldguide.items import Unit
from fieldguide.model import Guide
from fieldguide.problems import Problem
from fieldguide.reader import load_guide

GUIDE = load_guide()


def deck_of(code: str) -> Deck:
    return next(deck for deck in GUIDE.decks for card in deck.cards if card.code == code)


def problems(which: str, **changes: object) -> list[str]:
    """What the check says when one card of the real guide is changed."""
    return [problem.message for problem in found(which, **changes)]


def found(which: str, **changes: object) -> list[Problem]:
    deck = deck_of(which)
    cards = tuple(replace(card, **changes) if card.code == which else card for card in deck.cards)
    decks = tuple(replace(deck, cards=cards) if one is deck else one for one in GUIDE.decks)
    return list(check_cards(replace(GUIDE, decks=decks)))


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


def unit(text: str, note: str = "What matters.") -> Unit:
    return Unit("cards.hello.x", text, note=note)


CONSENT = "no card asks for consent, a confession, a name or papers; leave it to people and paper"


@pytest.mark.parametrize(
    ("code", "changes", "key", "message"),
    [
        ("A7", {"code": "7"}, "code", "'7' is no code of group A; write it like A1"),
        ("A7", {"code": "B70"}, "code", "'B70' is no code of group A; write it like A1"),
        ("A7", {"text": unit("Are you safe?", "")}, "note", "a card needs a note for the translator: who speaks"),
        ("A8", {"text": unit("x" * (LONGEST + 1))}, "text", "91 characters; a card has at most 90"),
        (
            "A8",
            {"text": unit("Here? Now?")},
            "text",
            "two questions on one card cannot be answered with one touch; split",
        ),
        ("A8", {"text": unit("What is your name?")}, "text", CONSENT),
        ("A8", {"answers": Answers.CHOICES}, "choices", 'choices stand with answers = "choices", and only there'),
        ("P1", {"answers": Answers.YES_NO}, "choices", 'choices stand with answers = "choices", and only there'),
        ("A8", {"stops": ("maybe",)}, "stops", "'maybe' is no answer of this card"),
        ("A7", {"stops": ()}, "stops", "the stops of A7 are ['yes']; no others"),
        ("A8", {"stops": ("yes",)}, "stops", "the stops of A8 are []; no others"),
        ("A3", {"switch": None}, "switch", "A3 needs the switch A3"),
        ("C3d", {"switch": Switch.A3}, "switch", "C3d needs the switch C3"),
        ("A8", {"switch": Switch.A3}, "switch", "A8 needs the switch none"),
    ],
)
def test_a_broken_card_is_found_by_file_table_and_text(code: str, changes: dict, key: str, message: str):
    """Whoever mends it finds the deck, the card in it, the key, and the text in every catalog."""
    deck = deck_of(code)
    at, card = next((at, card) for at, card in enumerate(deck.cards) if card.code == code)
    text = changes.get("text", card.text)
    (first, *others) = [one for one in found(code, **changes) if one.place == f"cards[{at}].{key}"]
    assert first == Problem(deck.file, f"cards[{at}].{key}", first.message, text.id)
    assert first.message.startswith(message)
    assert all(other.message.startswith("the stops of") for other in others)


def test_a_card_may_have_all_its_length_and_a_quoted_mark():
    """Ninety characters with one question are good."""
    assert problems("A8", text=unit("x" * (LONGEST - 1) + "?")) == []


def test_wrong_answers_are_named_one_by_one():
    """In the order of the alphabet, each with the remedy of its own."""
    said = problems("A8", stops=("yes", "c", "b"))
    assert said[:2] == ["'b' is no answer of this card", "'c' is no answer of this card"]


def test_a_code_or_an_id_of_two_cards_names_both():
    """A report cites the code; the translations are found by the id."""
    code = "A8 is the code of two cards; a report cites it"
    assert [one for one in found("A7", code="A8") if one.place.endswith("code")] == [
        Problem("content/cards/hello.toml", f"cards[{at}].code", code) for at in (9, 10)
    ]
    card = next(card for card in deck_of("A8").cards if card.code == "A8")
    twice = "'watched-now' is there more than once; keep one"
    assert found("A7", id="watched-now", text=card.text) == [
        Problem("content/cards/hello.toml", f"cards[{at}].id", twice, card.text.id) for at in (9, 10)
    ]


def test_every_deck_is_read_and_every_source_of_a_card():
    """What is wrong in the last deck is told as well as in the first, with the card's text."""
    card = next(card for card in deck_of("W1").cards if card.code == "W1")
    claim = replace(card.claim, sources=("nobody", "ovc-eguide-interview", "no-one"))
    assert found("W1", claim=claim) == [
        Problem("content/cards/worker.toml", "cards[0].sources", f"unknown source {name!r}", card.text.id)
        for name in ("nobody", "no-one")
    ]


def test_words_of_both_readers_are_read():
    """A card says to a worker what a worker's page may say; the officer's words may name a possible victim."""
    said = "'victim' has no place on a worker's page; use boss, pay, debt, threat, papers, help"
    assert found("A8", text=unit("A victim.")) == [Problem("content/cards/hello.toml", "", said, "cards.hello.x")]
    assert found("A8", why=unit("A possible victim.")) == []
    typed = "a phone number is typed into the text ('911'); write {phone.<contact>}"
    assert found("A8", why=unit("Call 911.")) == [Problem("content/cards/hello.toml", "", typed, "cards.hello.x")]
    assert found("A8", why=unit("See [it](worker/help) of {names.whd}.")) == []


def test_a_sign_without_its_card_is_found_by_page_and_text():
    """Every sign that leads nowhere is named, and none that leads to a card."""
    guide = replace(GUIDE, decks=tuple(deck for deck in GUIDE.decks if deck.id != "daily"))
    signs = [problem for problem in check_cards(guide) if problem.place == "ask"]
    first = next(problem for problem in signs if "'D2'" in problem.message)
    assert first == Problem(first.file, "ask", "no card has the code 'D2'; mend it", first.unit)
    assert first.file.startswith("content/officer/")
    assert first.unit.startswith(first.file.removeprefix("content/").removesuffix(".toml").replace("/", "."))
    assert {problem.message.split("'")[1][0] for problem in signs} == {"D"}
    assert list(check_cards(replace(GUIDE, decks=()))) == []
