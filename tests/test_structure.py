"""Reading one TOML file strictly: whatever is wrong with it is said with file, place and what was expected."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from fieldguide.items import Tier
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.structure import load_toml, member, strict, structure


@dataclass(frozen=True, kw_only=True)
class Leaf:
    word: str
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Tree:
    name: str
    size: int = 1
    open: bool = False
    day: date = date(2026, 1, 1)
    tags: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf] | None = None


def load(tmp_path: Path, text: str | bytes) -> Tree:
    path = tmp_path / "tree.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_toml(path, Tree, "content/tree.toml")


def mistakes(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        load(tmp_path, text)
    return caught.value.problems


def test_good_file_becomes_its_table(tmp_path: Path):
    """Every kind of value arrives as written, and what is left out has its default."""
    text = 'name = "Oak"\nsize = 3\nday = 2025-02-01\ntags = ["a", "b"]\n[[leaves]]\nword = "é"\n'
    expected = Tree(name="Oak", size=3, day=date(2025, 2, 1), tags=("a", "b"), leaves=(Leaf(word="é"),))
    assert load(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("name = 3", "name", "expected text, found a whole number"),
        ('name = "a"\nsize = "3"', "size", "expected a whole number, found text"),
        ('name = "a"\nsize = true', "size", "expected a whole number, found true or false"),
        ('name = "a"\nsize = 1.5', "size", "expected a whole number, found a decimal number"),
        ('name = "a"\nopen = 1', "open", "expected true or false, found a whole number"),
        ('name = "a"\nopen = "yes"', "open", "expected true or false, found text"),
        ('name = "a"\nday = "2026-01-01"', "day", "expected a date, found text"),
        ('name = "a"\nday = 2026-01-01T10:00:00', "day", "expected a date, found a date with a time"),
        ('name = "a"\ntags = ["a", 2]', "tags[1]", "expected text, found a whole number"),
        ('name = ["a"]', "name", "expected text, found a list"),
        ('[name]\na = "b"', "name", "expected text, found a table"),
        ('name = "a"\n[[leaves]]\nword = "x"\n[[leaves]]\nword = 2', "leaves[1].word", "expected text, found a whole"),
        ('name = "a"\n[named.first]\nword = true', "named['first'].word", "expected text, found true or false"),
        ("size = 3", "name", "required key is missing; add it"),
        ('name = "a"\n[[leaves]]\ncount = 1', "leaves[0].word", "required key is missing; add it"),
        ('name = "a"\ncolour = "x"', "", "unknown key colour; remove it or mend its spelling"),
        ('name = "a"\nb = 1\na = 2', "", "unknown key a, b; remove it or mend its spelling"),
        ('name = "a"\n[[leaves]]\nword = "x"\nwrod = "y"', "leaves[0]", "unknown key wrod; remove it or mend"),
    ],
)
def test_mistake_is_named_with_its_place(tmp_path: Path, text: str, place: str, message: str):
    """A wrong type, a missing key and an unknown key say where they are and what mends them."""
    (problem,) = mistakes(tmp_path, text)
    assert (problem.file, problem.place) == ("content/tree.toml", place)
    assert message in problem.message


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('name = "Oak\nsize = 1', "", "not valid TOML: .*line 1, column"),
        ('name = "a"\nname = "b"', "", "not valid TOML: .*(line 2, column|end of document)"),
        ('name = "a"\n[leaves', "", "not valid TOML: .*(line 2, column|end of document)"),
        ('name = "a"\n<<<<<<< HEAD\n', "", "not valid TOML: .*line 2, column 1"),
        (b'\xef\xbb\xbfname = "a"', "", "not valid TOML: .*line 1, column 1"),
        (b'name = "\xff"', "byte 8", "not UTF-8; save the file as UTF-8"),
        ('name = "é"'.encode("latin-1"), "byte 8", "not UTF-8; save the file as UTF-8"),
        ('name = "a"'.encode("utf-16"), "byte 0", "not UTF-8; save the file as UTF-8"),
    ],
)
def test_unreadable_file_is_a_problem(tmp_path: Path, text: str | bytes, place: str, message: str):
    """A file that is no TOML or no UTF-8 is named with the spot where reading stopped."""
    (problem,) = mistakes(tmp_path, text)
    assert (problem.file, problem.place) == ("content/tree.toml", place)
    assert re.search(message, problem.message), problem.message


def test_missing_file_is_a_problem(tmp_path: Path):
    """A file that is not there is named, with what to do."""
    with pytest.raises(ProblemsError) as caught:
        load_toml(tmp_path / "none.toml", Tree, "content/none.toml")
    assert caught.value.problems == (Problem("content/none.toml", "", "the file does not exist; add it"),)


def test_all_mistakes_of_a_file_come_at_once(tmp_path: Path):
    """Nobody has to run the checks once for every mistake."""
    found = mistakes(tmp_path, 'name = 1\nsize = "x"\nextra = 1\n[[leaves]]\ncount = "y"\n')
    assert {problem.place for problem in found} == {"name", "size", "", "leaves[0].word", "leaves[0].count"}
    assert len(found) == 5


def test_text_is_not_taken_for_a_list(tmp_path: Path):
    """``tags = "act"`` is one mistake of type, not the three tags a, c and t."""
    (problem,) = mistakes(tmp_path, 'name = "a"\ntags = "act"\n')
    assert (problem.file, problem.place) == ("content/tree.toml", "tags")
    assert "list" in problem.message


def test_structure_keeps_the_place_of_a_message_with_at_sign():
    """An ``@`` inside the value does not cut the message or the place."""
    with pytest.raises(ProblemsError) as caught:
        structure({"name": "a", "x @ y": 1}, Tree, "f.toml")
    (problem,) = caught.value.problems
    assert problem.place == ""
    assert "x @ y" in problem.message


@pytest.mark.parametrize(("kind", "value"), [(date, datetime(2026, 1, 1)), (int, True), (bool, 1), (str, 1)])
def test_strict_takes_exactly_its_type(kind: type, value: object):
    """A subclass is not the type: a datetime is no date, true is no number."""
    with pytest.raises(TypeError, match="expected"):
        strict(kind)(value, kind)


def test_strict_takes_each_of_several_types():
    """A fact is text or a date; both pass unchanged, anything else is told both."""
    hook = strict(str, date)
    assert hook("x", None) == "x"
    assert hook(date(2026, 1, 1), None) == date(2026, 1, 1)
    with pytest.raises(TypeError, match="expected text or a date, found a whole number"):
        hook(3, None)


def test_member_says_what_is_allowed():
    """A word outside an enum is answered with all the words of the enum."""
    assert member("vital", Tier) is Tier.VITAL
    with pytest.raises(ValueError, match="'urgent' is not one of: vital, normal"):
        member("urgent", Tier)


def test_problem_reads_as_one_line():
    """File, place, message and unit stand in one line; empty parts leave no trace."""
    assert str(Problem("a.toml", "x[0]", "mend it", "w.a.b")) == "a.toml: x[0]: mend it [w.a.b]"
    assert str(Problem("a.toml", "", "mend it")) == "a.toml: mend it"


def test_problems_are_sorted_and_told_once():
    """The error carries every problem in the order of files, without doubles, and prints each on its line."""
    first, second = Problem("a.toml", "", "one"), Problem("b.toml", "", "two")
    error = ProblemsError([second, first, second])
    assert error.problems == (first, second)
    assert str(error) == "a.toml: one\nb.toml: two"


def test_no_problem_raises_nothing():
    """An empty run passes; a generator with one problem does not."""
    raise_if_any(iter(()))
    with pytest.raises(ProblemsError):
        raise_if_any(iter((Problem("a", "", "b"),)))
