"""The shipped decks: readable, complete in every written language, and small enough to keep."""

import re

import pytest
import textstat

from fieldguide.checks.cards import STOPS
from fieldguide.coverage import has_text
from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.review import State, state_of
from fieldguide.sizes import pack_size
from fieldguide.snapshot import Site

INGREDIENTS = load_ingredients(Deployment())
DECKS = INGREDIENTS.guide.decks
CARDS = [card for deck in DECKS for card in deck.cards]
TAGS = [language.tag for language in INGREDIENTS.registry if has_text(language)]
GRADE = 4.5
"""Flesch-Kincaid; the sheet's own words *immigration papers* and *police or immigration* are above it."""

ABOVE = {"A3", "D9"}
SAME = {"EH7"}
"""*Your own family*: the same as D11b in a language that has no other word; they stand in different decks."""


def test_decks_are_complete():
    """Practice, the groups A to F, four industries of at least eight cards, access, and what the worker shows."""
    assert [deck.letter for deck in DECKS] == ["P", "A", "B", "C", "D", "E", "E", "E", "E", "F", "H", "W"]
    assert all(len(deck.cards) >= 8 for deck in DECKS if deck.letter == "E")
    assert len(next(deck for deck in DECKS if deck.letter == "W").cards) >= 20
    assert set(STOPS) <= {card.code for card in CARDS}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_card_is_within_the_fourth_grade(card):
    """Read at arm's length, in fear, in two seconds."""
    text = re.sub(r"\{[^}]*\}", "number", card.text.text)
    assert card.code in ABOVE or textstat.flesch_kincaid_grade(text) <= GRADE


@pytest.mark.parametrize("tag", TAGS)
def test_every_card_is_there_in_every_written_language(tag: str):
    """Text and answers, as a draft at least, so that no card falls back where an officer has nothing else."""
    entries = INGREDIENTS.catalogs[tag].entries
    units = [unit for card in CARDS for unit in (card.text, *card.choices)]
    missing = [unit.id for unit in units if state_of(unit, entries.get(unit.id)) in (State.MISSING, State.STALE)]
    assert missing == []


def test_no_word_of_a_card_is_also_a_word_of_the_interface():
    """*Back* was a part of the body and a button, and every language had got the button: one English, one meaning."""
    interface = {unit.text for unit in INGREDIENTS.units if unit.id.startswith("ui.")}
    shared = {unit.text for card in CARDS for unit in (card.text, *card.choices)} & interface
    assert shared == {"I don't know", "Listen", "Night", "Sign language"}  # which mean the same in both places


def test_no_card_of_a_language_says_two_things_alike():
    """Two cards or two answers of one card with the same words cannot be told apart."""
    for tag in TAGS:
        entries = INGREDIENTS.catalogs[tag].entries
        for card in CARDS:
            words = [entries[unit.id].text for unit in card.choices]
            assert len(words) == len(set(words)), (tag, card.code)
        texts = [entries[card.text.id].text for card in CARDS if card.code not in SAME]
        doubled = {text for text in texts if texts.count(text) > 1}
        assert not doubled, (tag, doubled)


def test_every_page_shows_every_card_with_its_code(real_site: Site):
    """The code ends in the hash of the very words that stand there."""
    for language in INGREDIENTS.registry:
        if language.status == "spoken":
            continue
        body = real_site.artifacts[f"{language.tag}/cards/"].body.decode("utf-8")
        shown = re.findall(r'<article class="card" id="([^"]+)"', body)
        switched = [card.code for card in CARDS if card.switch in ("A3", "A5", "B4", "C9")]
        assert shown == [card.code for card in CARDS if card.code not in switched], language.tag


def test_the_pack_of_all_cards_is_small(real_site: Site):
    """All decks of all languages in at most 100 KB, so that whoever kept the guide can talk to anyone."""
    import brotli

    pack = next(pack for pack in real_site.packs if pack.name == "cards")
    size = pack_size(pack, real_site, lambda artifact: len(brotli.compress(artifact.body, quality=11)))
    assert size.stream <= 100_000
