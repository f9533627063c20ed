"""How a language writes numbers and addresses: what the tables of CLDR and our own file say together."""

import pytest

from fieldguide.checks.writing import folded, longest_spelling, without_marks, writing_of


def test_texts_are_compared_in_one_form():
    """Wide letters, capitals, apostrophes of any kind and spaces that nobody sees make no other word."""
    assert folded("ＡB\u200bcʼd’E'①") == "abc'd'e'1"


def test_accents_are_dropped_from_latin_letters_only():
    """*dós* is *dos*; a vowel sign of another script is part of its letter."""
    assert [without_marks(word) for word in ("Ñandú", "dos", "", "क़ि", "яй")] == ["Nandu", "dos", "", "क़ि", "яй"]
    assert writing_of("es").plain("dós") == "dos"
    assert writing_of("es").keeps_marks is False


def test_vietnamese_keeps_its_accents():
    """*chín* is nine and *chin* is nothing; *mười* is ten."""
    vietnamese = writing_of("vi")
    assert vietnamese.keeps_marks is True
    assert (vietnamese.plain("chín"), vietnamese.numbers["chín"], vietnamese.numbers["mười"]) == ("chín", 9, 10)
    assert "chin" not in vietnamese.numbers


@pytest.mark.parametrize(
    ("tag", "word", "value"),
    [
        ("en", "zero", 0),
        ("en", "ninety", 90),
        ("es", "veintidos", 22),
        ("es", "cien", 100),
        ("es", "mil", 1000),
        ("es", "treinta", 30),
        ("fr", "vingt", 20),
        ("fr", "cent", 100),
        ("pt-BR", "vinte", 20),
        ("zh-Hant", "九", 9),
        ("ar", "تسعة", 9),
    ],
)
def test_a_number_word_has_its_value(tag: str, word: str, value: int):
    """Of every language that CLDR spells; a tag with a country or a script is spelled as its language is."""
    assert writing_of(tag).numbers[word] == value


def test_a_word_of_our_own_file_is_a_number_without_a_value():
    """*hundred* stands in no number by itself, and *oh* is said for zero; joining words are no numbers."""
    english = writing_of("en")
    assert [english.numbers[word] for word in ("hundred", "thousand", "oh", "double")] == [None] * 4
    assert english.weak >= {"one", "once"}
    assert english.joiners == {"and", "then"}
    assert not english.joiners & english.numbers.keys()
    assert "y" not in writing_of("es").numbers
    assert writing_of("es").joiners == {"y", "e", "luego"}
    assert (writing_of("es").dot, writing_of("es").at) == ({"punto"}, {"arroba"})
    assert writing_of("es").domains >= {"gob", "com"}
    assert "gob" not in writing_of("en").domains


def test_particles_stand_on_their_own_side():
    """Amharic sets its particles before a word, Korean behind it."""
    amharic, korean = writing_of("am"), writing_of("ko")
    assert ("ከ" in amharic.before, amharic.after) == (True, frozenset())
    assert (korean.before, "에" in korean.after) == (frozenset(), True)


def test_a_language_that_no_table_knows_has_what_all_share():
    """Its translations are read for the words of English and Spanish all the same."""
    unknown = writing_of("xx")
    assert (unknown.numbers, unknown.weak, unknown.dot, unknown.before) == ({}, frozenset(), frozenset(), frozenset())
    assert unknown.domains == writing_of("en").domains
    assert unknown.keeps_marks is False


@pytest.mark.parametrize(
    ("value", "tag", "words"),
    [
        (0, "en", 1),
        (99, "fr", 4),
        (90, "fr", 3),
        (31, "es", 2),
        (99, "pt-BR", 2),
        (9999, "fr", 8),
        (10_000, "fr", 1),
        (5, "mam", 1),
        (99, "xx", 1),
    ],
)
def test_the_longest_spelling_of_a_number(value: int, tag: str, words: int):
    """In number words, without those that join them: 99 is *quatre-vingt-dix-neuf*."""
    assert longest_spelling(value, tag) == words
