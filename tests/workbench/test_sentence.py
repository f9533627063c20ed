"""What helps to judge a sentence: what changed, the words of the glossary, and what the gates say."""

import pytest

from fieldguide.catalog import Entry
from fieldguide.checks.doubts import iter_doubts
from fieldguide.checks.translations import iter_faults
from fieldguide.glossary import Glossary, GlossarySource, Rendering, Standing, Term
from fieldguide.review import Role
from fieldguide.workbench.sentence import Change, Findings, build_sentence, difference, findings

from .conftest import TITLE, Bench

SOURCE = GlossarySource("Pay stubs", "https://example.org/pay")
GLOSSARY = Glossary(
    (
        Term(
            "pay",
            ("pay",),
            {"ar": Rendering(Standing.OFFICIAL, ("الأجر",), never=("راتب",), why="A salary.", sources=("one",))},
        ),
    ),
    {"one": SOURCE},
)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("You can go.", "You can go.", [("same", "You can go.")]),
        ("You can go.", "You must go.", [("same", "You "), ("gone", "can"), ("new", "must"), ("same", " go.")]),
        ("You must go.", "They may go.", [("gone", "You must"), ("new", "They may"), ("same", " go.")]),
        ("", "Go now", [("new", "Go now")]),
        ("Primero", "Segundo", [("gone", "Primero"), ("new", "Segundo")]),
        ("您可以走。", "您必须走。", [("same", "您"), ("gone", "可以"), ("new", "必须"), ("same", "走。")]),
    ],
)
def test_difference(old: str, new: str, pieces: list[tuple[str, str]]):
    """Word by word; letter by letter where there are no spaces. Both texts can be read from it."""
    found = difference(old, new)
    assert [(kind.value, words) for kind, words in found] == pieces
    assert "".join(words for kind, words in found if kind is not Change.NEW) == old
    assert "".join(words for kind, words in found if kind is not Change.GONE) == new


def test_words_of_the_glossary(bench: Bench):
    """The official word, the page it is from, and what would mislead."""
    found = build_sentence(bench.desk.open("ar"), TITLE, GLOSSARY, alias="ana", role=Role.LAWYER)
    (word,) = found.wordings
    assert (word.english, word.say, word.never, word.why, word.sources) == (
        "pay",
        ("الأجر",),
        ("راتب",),
        "A salary.",
        (SOURCE,),
    )


def test_the_gates_are_those_of_the_command(bench: Bench):
    """The very faults and doubts of `translations check`, on the text as typed; nothing about an empty field."""
    opened = bench.desk.open("ar")
    text = "راتب <b> 5"
    entry = Entry(TITLE, "Pay", text)
    found = findings(opened, TITLE, text, GLOSSARY)
    assert found.faults == tuple(iter_faults(entry, opened.language, opened.gate))
    assert found.doubts == tuple(message for _, message in iter_doubts(entry, opened.language, GLOSSARY))
    assert found.faults
    assert any("راتب" in doubt for doubt in found.doubts)
    assert findings(opened, TITLE, "  ", GLOSSARY) == Findings()


def test_a_waived_doubt_is_silent(bench: Bench):
    """Who has said why a doubt does not hold is not asked again, here either."""
    bench.put(Entry(TITLE, "Pay", "راتب", comments=("source: human ben", "waived: glossary said so here")))
    assert findings(bench.desk.open("ar"), TITLE, "راتب", GLOSSARY).doubts == ()
