"""Scripts and invisible characters: what belongs to a writing system, and what nobody sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.checks.scripts import (
    count_letters,
    han_of_the_other_kind,
    iter_hidden,
    iter_words,
    kinds_in,
    strange_letters,
    words_in,
)

ALPHABETS = {
    "Latn": "añẍ'",
    "Arab": "ابپ؟",
    "Deva": "कखग।",
    "Guru": "ਕਖਗ।",
    "Beng": "কখগ।",
    "Hans": "护照。",
    "Hant": "護照。",
    "Kore": "여권護.",
    "Jpan": "パすン護。",
    "Cyrl": "яїґ.",
    "Thai": "กขค.",
    "Khmr": "កខគ។",
    "Mymr": "ကခဂ။",
    "Ethi": "ሀለሐ።",
}
HIDDEN = (
    *"\x00\x07\t\n\x1b\x7f\x85\x9b\xad",
    *"\u034f\u061c\u115f\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202d\u202e",
    *"\u2060\u2061\u2066\u2069\u206a\u2800\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\U000e0001\U000e0041\U000e0101",
    *"\ue000\U000f0000\ufdd0\u0378\u0334\u0335\u0336\u0337\u0338\u20d0\u20e0\u20e3\u20ff",
)


def hidden(text: str, script: str = "Latn") -> list[str]:
    return list(iter_hidden(text, script))


@pytest.mark.parametrize("letter", HIDDEN, ids=lambda letter: f"U+{ord(letter):04X}")
def test_hidden_character_is_found(letter: str):
    """Controls, fillers, direction marks, unassigned letters and strokes through others are found in a word."""
    assert hidden(f"wo{letter}rd") == [letter]


@pytest.mark.parametrize("letter", "\u200b\u200c\u200d\u202e\ufeff")
def test_hidden_character_is_found_again(letter: str):
    """A letter that was looked up once is still hidden in the next text."""
    assert [hidden(letter), hidden("a" + letter), hidden(letter + letter)] == [[letter]] * 3


def test_hidden_characters_come_once_and_sorted():
    """Each is named once, however often it stands there."""
    assert hidden("\u202ea\u00ad\u202eb\u00ad") == ["\u00ad", "\u202e"]


def test_surrogate_is_hidden():
    """Half of a letter that no file can hold is none."""
    assert hidden("a\ud800") == ["\ud800"]


@pytest.mark.parametrize("script", ALPHABETS)
def test_own_letters_are_not_hidden(script: str):
    """The letters and full stops of every script are visible, and so are ordinary spaces and typographic signs."""
    assert hidden(ALPHABETS[script] + " \u00a0\u3000\u2019\u201c\u2013…·", script) == []


@pytest.mark.parametrize("script", ["Arab", "Beng", "Deva", "Guru", "Mymr", "Sinh", "Taml"])
def test_joiners_stay_where_letters_join(script: str):
    """Scripts whose letters join are written with the zero-width joiner and non-joiner."""
    assert hidden("\u200c\u200d", script) == []


@pytest.mark.parametrize("script", ["Latn", "Cyrl", "Hans", "Hant", "Kore", "Thai", "Khmr"])
def test_joiners_have_no_place_elsewhere(script: str):
    """In other scripts a joiner only hides something."""
    assert hidden("\u200c\u200d", script) == ["\u200c", "\u200d"]


def test_zero_width_space_stays_where_words_have_no_spaces():
    """Scripts without spaces between words mark where a line may break; no other script does."""
    free = [script for script in (*ALPHABETS, "Laoo", "Tibt") if not hidden("\u200b", script)]
    assert sorted(free) == ["Khmr", "Laoo", "Mymr", "Thai", "Tibt"]


def test_same_letter_is_judged_by_the_script_of_each_text():
    """A joiner that one text may have is not forgiven in the next."""
    assert hidden("\u200c", "Arab") == []
    assert hidden("\u200c", "Latn") == ["\u200c"]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(), st.sampled_from(HIDDEN), st.text())
def test_no_text_around_it_hides_a_hidden_character(before: str, letter: str, after: str):
    """A hidden character is found whatever stands around it."""
    assert letter in hidden(before + letter + after)


@pytest.mark.parametrize("script", ALPHABETS)
def test_letters_are_own_to_their_script(script: str):
    """The letters of a script are own to it; its full stops are no letters."""
    assert count_letters(ALPHABETS[script], script) == {"own": len(ALPHABETS[script]) - 1, "": 1}
    assert kinds_in(ALPHABETS[script], script) == {"own"}


@pytest.mark.parametrize("script", [script for script in ALPHABETS if script not in ("Hant", "Kore", "Jpan", "Hans")])
def test_letters_are_strange_to_another_script(script: str):
    """Letters of a third script are strange; Latin ones are only Latin, as names and addresses are written in them."""
    others = [letters for other, letters in ALPHABETS.items() if other not in (script, "Latn")]
    for letters in others:
        assert kinds_in(letters, script) == {"strange"}
    assert kinds_in("abc", script) == {"own" if script == "Latn" else "latin"}


@pytest.mark.parametrize(
    ("text", "script", "kinds"),
    [
        ("паспoрт", "Cyrl", {"own", "latin"}),
        ("pаsaporte", "Latn", {"own", "strange"}),
        ("护照 passport яπ", "Hans", {"own", "latin", "strange"}),
        ("護パ", "Hans", {"own", "strange"}),
        ("X", "Jpan", {"latin"}),
        ("여護", "Kore", {"own"}),
        ("12 (3) … ٣ ३", "Thai", set()),
        ("", "Latn", set()),
        ("e\u0301", "Latn", {"own"}),
    ],
)
def test_kinds_of_a_text(text: str, script: str, kinds: set[str]):
    """Look-alikes of another script make two kinds; digits, signs and accents are of no kind."""
    assert kinds_in(text, script) == kinds


def test_letters_are_counted_by_kind():
    """Each letter counts, as often as it is there; whatever is no letter counts as none of the kinds."""
    assert count_letters("яя abc π1.", "Cyrl") == {"own": 2, "latin": 3, "strange": 1, "": 4}


def test_strange_letters_come_once_and_sorted():
    """Only letters of neither the script nor Latin are named, each once."""
    assert strange_letters("הπяab הπ", "Cyrl") == ["π", "ה"]
    assert strange_letters("яab 1", "Cyrl") == []


@pytest.mark.parametrize(
    ("text", "script", "found"),
    [
        ("請保管護照", "Hans", ["請", "護"]),
        ("请保管护照", "Hant", ["护", "请"]),
        ("请保管护照", "Hans", []),
        ("請保管護照", "Hant", []),
        ("請請", "Hans", ["請"]),
        ("人口工作", "Hans", []),
        ("𠮷", "Hans", []),
        ("𠮷", "Hant", []),
        ("人口工作", "Hant", []),
        ("。，12 passport", "Hans", []),
        ("。，12 passport", "Hant", []),
    ],
)
def test_characters_of_the_other_form_are_found(text: str, script: str, found: list[str]):
    """Characters that only the other written form has are named once; those of both forms or of neither never."""
    assert han_of_the_other_kind(text, script) == found


def test_words_hold_marks_digits_and_inner_hyphens():
    """A word keeps its vowel signs, digits, hyphens, points and apostrophes; signs around it are none of it."""
    text = "«Q'anjob'al», mother-in-law’s U.S. 24h हिन्दी। 护照。 K’iche’"
    words = ["Q'anjob'al", "mother-in-law’s", "U.S", "24h", "हिन्दी", "护照", "K’iche"]
    assert list(iter_words(text)) == words
    assert words_in(text) == set(words)


def test_words_come_in_order_with_doubles():
    """A text's words come as they stand; the set of an English text has each once."""
    assert list(iter_words("go, go now")) == ["go", "go", "now"]
    assert words_in("go, go now") == {"go", "now"}
    assert list(iter_words(" … ")) == []
