"""The words of review sheets: complete in each language, and never to be taken for one another."""

from dataclasses import fields

import pytest

from fieldguide.languages import Registry
from fieldguide.reader import load_registry
from fieldguide.review import Role
from fieldguide.sheetwords import (
    ALL,
    COLUMN_NAMES,
    ENGLISH,
    HEAD_NAMES,
    ROLE_NAMES,
    VERDICT_NAMES,
    Verdict,
    Words,
    plain,
    words_for,
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("tag", "lang"), [("es", "es"), ("ht", "ht"), ("ar", "en"), ("zh-Hant", "en"), ("mam", "es"), ("en", "en")]
)
def test_words_follow_the_fallback_chain(registry: Registry, tag: str, lang: str) -> None:
    """Spanish and Haitian Creole sheets have their own words, languages that fall back to Spanish too."""
    assert words_for(registry.chain(registry[tag])).lang == lang


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.lang)
def test_every_word_is_there(words: Words) -> None:
    """The same keys in the same order as in English: the file's columns are the same in each."""
    for field in fields(Words):
        ours, english = getattr(words, field.name), getattr(ENGLISH, field.name)
        assert ours
        if isinstance(english, dict):
            assert list(ours) == list(english)
            assert all(ours.values())
        elif isinstance(english, tuple):
            assert len(ours) == len(english)


def test_no_word_means_two_things() -> None:
    """Across the three languages: a verdict, a role or a column is one and the same, whoever reads it."""
    for kind, names in (("columns", COLUMN_NAMES), ("head", HEAD_NAMES), ("roles", ROLE_NAMES)):
        for words in ALL:
            assert {plain(name): key for key, name in getattr(words, kind).items()}.items() <= names.items()
    for words in ALL:
        for verdict, said in words.verdicts.items():
            assert {VERDICT_NAMES[plain(name)] for name in said} == {verdict}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Right", Verdict.RIGHT),
        (" right. ", Verdict.RIGHT),
        ("CORRECTO", Verdict.RIGHT),
        ("Korek", Verdict.RIGHT),
        ("Wrong!", Verdict.WRONG),
        ("incorrecto", Verdict.WRONG),
        ("Pa  bon", Verdict.WRONG),
        ("No se", Verdict.UNSURE),
        ("mwen pa sèten", Verdict.UNSURE),
        ("?", Verdict.UNSURE),
    ],
)
def test_verdicts_as_people_write_them(said: str, verdict: Verdict) -> None:
    """Case, accents, spaces and a mark at the end do not matter."""
    assert VERDICT_NAMES[plain(said)] is verdict


@pytest.mark.parametrize("said", ["yes", "no", "x", "si", "right?"])
def test_what_could_be_meant_otherwise_is_no_verdict(said: str) -> None:
    """*No* may answer another question, and a doubt is no tick: a person must look."""
    assert plain(said) not in VERDICT_NAMES


def test_roles_by_name_and_by_id() -> None:
    """As the sheet prints them, and as the command takes them."""
    assert ROLE_NAMES[plain("court-interpreter")] is Role.COURT_INTERPRETER
    assert ROLE_NAMES[plain("Intérprete judicial")] is Role.COURT_INTERPRETER
    assert set(ROLE_NAMES.values()) == set(Role)
