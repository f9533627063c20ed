"""Folding against what a phone has: nothing is lost, only what is known is referred to, and it is small."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.fold import MARK, Folder, unfold

_words = st.lists(st.sampled_from(["<p>", "pay ", "أجر ", "工资", "</p>\n", 'href="../w/pay/"', "x"]), max_size=60)
bodies = _words.map(lambda words: "".join(words).encode("utf-8"))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(bodies, max_size=4), st.lists(bodies, max_size=4))
def test_what_is_folded_unfolds_to_the_same_bytes(known: list[bytes], part: list[bytes]):
    """Whatever came before and whatever comes now; the files of a part are one stream."""
    folder = Folder()
    for body in known:
        folder.know(body)
    folded = b"".join(folder.fold(body) for body in part)
    assert unfold(folded, b"".join(known)) == b"".join(part)


def test_known_words_are_referred_to():
    """A sentence that the phone has costs a few bytes; one that it has not stands there as it is."""
    sentence = b"<p>The law says your boss must pay you for the work you did.</p>\n"
    folder = Folder()
    folder.know(b"<h1>Pay</h1>\n" + sentence)
    folded = folder.fold(b"<h1>Papers</h1>\n" + sentence + b"<p>New.</p>\n")
    assert b"The law says" not in folded
    assert b"<h1>Papers</" in folded
    assert b"<p>New.</p>" in folded
    assert len(folded) < 50


def test_nothing_known_changes_nothing():
    """Without earlier files a body travels as it is."""
    assert Folder().fold(b"<p>a b c d e f g h i j k l m n o p</p>") == b"<p>a b c d e f g h i j k l m n o p</p>"


def test_a_new_part_counts_its_references_from_the_start():
    """A phone may fetch a part without the one before it, so references go on within a part only."""
    one, two = b"a b c d e f g h i j k l m n o p q r s t u v ", b"A B C D E F G H I J K L M N O P Q R S T U V "
    folder = Folder()
    folder.know(one)
    assert unfold(folder.fold(one) + folder.fold(one), one) == one + one
    folder.know(two)
    assert unfold(folder.fold(two) + folder.fold(one), one + two) == two + one


@settings(deadline=None, derandomize=True)
@given(bodies, st.lists(bodies, max_size=4), st.lists(bodies, max_size=4))
def test_folding_goes_on_where_another_folder_ended(known: bytes, first: list[bytes], rest: list[bytes]):
    """What was folded already need not be folded again: the stream that it begins is the same to the byte."""
    one, other = Folder(), Folder()
    one.know(known)
    other.know(known)
    begun = b"".join(one.fold(body) for body in first)
    other.resume(begun)
    assert [other.fold(body) for body in rest] == [one.fold(body) for body in rest]


@pytest.mark.parametrize("words", [6, 21, 22, 23, 38, 100])
def test_a_match_ends_where_the_words_differ(words: int):
    """However long it is: no word too many, and none too few."""
    same = b"".join(b"word%d " % number for number in range(words))
    folder = Folder()
    folder.know(same + b"known ")
    assert folder.fold(same + b"new ") == b"\x010,%x;new " % len(same)


def test_the_mark_itself_is_refused():
    """A body that contains it could be read as a reference."""
    with pytest.raises(ValueError, match="may not contain"):
        Folder().fold(b"a" + MARK + b"b")
