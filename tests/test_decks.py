"""What a card is: its code, its switch, and who reads which of its words."""

from dataclasses import replace
from datetime import date

import pytest

from fieldguide.decks import Answers, Card, Deck, Switch, is_on, iter_officer_units, iter_worker_units
from fieldguide.items import Claim, Confidence, Unit

CARD = Card(
    id="danger-now",
    code="A7",
    text=Unit("cards.hello.danger-now", "Are you in danger right now?"),
    answers=Answers.YES_NO,
    choices=(),
    pictures=(),
    why=Unit("cards.hello.danger-now.why", "It decides what follows."),
    caution=None,
    stops=("yes",),
    switch=None,
    claim=Claim(Confidence.PRACTICE),
)


@pytest.mark.parametrize(
    ("switch", "yes", "no", "shown"),
    [
        (None, (), (), True),
        (Switch.A3, (), (), False),
        (Switch.A3, (Switch.A3,), (), True),
        (Switch.A5, (Switch.A3,), (), False),
        (Switch.C2, (), (), True),
        (Switch.C2, (), (Switch.C2,), False),
        (Switch.C9, (), (), False),
        (Switch.B4, (Switch.B4,), (), True),
    ],
)
def test_switches(switch: Switch | None, yes: tuple, no: tuple, shown: bool):
    """A3, A5, B4 and C9 wait for a yes of the agency; C2, C3 and C6 are there until it says no."""
    assert is_on(replace(CARD, switch=switch), yes, no) is shown


def test_worker_and_officer_read_different_words():
    """Every written language needs the worker's; reasons and cautions are for officers only."""
    choice = Unit("cards.x.y.head", "Head")
    deck = Deck(
        id="x",
        letter="A",
        title=Unit("cards.x.title", "X"),
        summary=Unit("cards.x.summary", "S"),
        cards=(replace(CARD, choices=(choice,), pictures=("",), caution=Unit("c", "Caution")),),
        written_on=date(2026, 1, 1),
        file="cards/x.toml",
    )
    assert [unit.text for unit in iter_worker_units(deck)] == ["Are you in danger right now?", "Head"]
    assert [unit.text for unit in iter_officer_units(deck)] == ["X", "S", "It decides what follows.", "Caution"]
    assert deck.asks_first
    assert not replace(deck, letter="E").asks_first
