"""Reviews: which count, what state follows from them, and who may give one."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit
from fieldguide.review import (
    Objection,
    Review,
    Role,
    State,
    add_review,
    find_objection,
    is_doubted,
    is_outdated,
    is_reviewed,
    is_usable,
    iter_reviews,
    mark_outdated,
    parse_review,
    review_objection,
    stamp,
    state_of,
    unmark_outdated,
)

DAY = date(2026, 5, 31)
NORMAL = Unit("worker.pay.title", "Pay")
VITAL = Unit("worker.pay.title", "Pay", Tier.VITAL)
ENTRY = Entry("worker.pay.title", "Pay", "الأجر", comments=("source: machine 2026-01-03",))
STAMP = stamp("worker.pay.title", "Pay", "الأجر")
DRAFTS = (State.DRAFT, State.DRAFT)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def with_comments(*comments: str) -> Entry:
    return replace(ENTRY, comments=comments)


def states(entry: Entry) -> tuple[State, State]:
    return state_of(NORMAL, entry), state_of(VITAL, entry)


@pytest.mark.parametrize(
    "other",
    [("worker.pay.titles", "Pay", "الأجر"), ("worker.pay.title", "Pay.", "الأجر"), ("worker.pay.title", "Pay", "أجر")],
)
def test_stamp_changes_with_id_english_and_text(other: tuple[str, str, str]):
    """A stamp stands for one id, one English and one text: it differs when any of them does."""
    assert len(STAMP) == 12
    assert set(STAMP) <= set("0123456789abcdef")
    assert stamp(*other) != STAMP


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.tuples(texts, texts, texts), st.tuples(texts, texts, texts))
def test_stamps_are_equal_for_equal_texts_only(one: tuple[str, str, str], other: tuple[str, str, str]):
    """Two stamps are equal exactly when id, English and text are the same to a reader, however they are composed."""
    same = [unicodedata.normalize("NFC", part) for part in one] == [unicodedata.normalize("NFC", p) for p in other]
    assert (stamp(*one) == stamp(*other)) is same
    assert stamp(*one) == stamp(*(unicodedata.normalize("NFD", part) for part in one))


def test_stamp_keeps_its_parts_apart():
    """Letters that wander from the English into the text change the stamp."""
    assert stamp("a.b", "xy", "z") != stamp("a.b", "x", "yz")
    assert stamp("a.b", "x", "") != stamp("a.b", "", "x")


def test_review_of_a_decomposed_text_holds_after_composing():
    """Joining letters and accents voids no review."""
    apart = replace(ENTRY, text=unicodedata.normalize("NFD", "não é o salário"))
    assert apart.text != unicodedata.normalize("NFC", apart.text)
    checked = add_review(apart, "ana", Role.LAWYER, DAY)
    composed = replace(checked, text=unicodedata.normalize("NFC", apart.text))
    assert state_of(NORMAL, composed) is State.REVIEWED


def test_good_review_counts():
    """One review with the right stamp makes a normal text reviewed, and a vital one not yet."""
    entry = with_comments("source: machine 2026-01-03", f"reviewed: {STAMP} ana lawyer 2026-05-31")
    assert list(iter_reviews(entry)) == [Review(STAMP, "ana", Role.LAWYER, DAY)]
    assert states(entry) == (State.REVIEWED, State.DRAFT)


@pytest.mark.parametrize(
    "value",
    [
        f"{'0' * 12} ana lawyer 2026-05-31",
        f"{STAMP[:-1]} ana lawyer 2026-05-31",
        f"{STAMP} ana notary 2026-05-31",
        f"{STAMP} ana Lawyer 2026-05-31",
        f"{STAMP} ana lawyer 2026-02-30",
        f"{STAMP} ana lawyer yesterday",
        f"{STAMP} ana lawyer",
        f"{STAMP} lawyer 2026-05-31",
        f"{STAMP} ana maria lawyer 2026-05-31",
        f"{STAMP} ana lawyer 2026-05-31 copied",
        f"{STAMP} ana lawyer 2026-05-31 carried twice",
        f"{STAMP} {'a' * 41} lawyer 2026-05-31",
        f"{STAMP} <b>ana lawyer 2026-05-31",
        "carried",
        "",
    ],
)
def test_wrong_review_counts_for_nothing(value: str):
    """A wrong stamp, an unknown role, an impossible date or a missing word: the text stays a draft."""
    assert states(with_comments(f"reviewed: {value}")) == DRAFTS
    good = with_comments(f"reviewed: {STAMP} ben survivor 2026-05-31", f"reviewed: {value}")
    assert states(good) == (State.REVIEWED, State.DRAFT)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    st.from_regex(r"[\w.-]{1,40}", fullmatch=True),
    st.sampled_from(Role),
    st.dates(),
    st.booleans(),
)
def test_review_is_read_as_it_was_written(mark: str, alias: str, role: Role, on: date, carried: bool):
    """Whatever the alias, role and date, the comment that a review spells is read as that review."""
    review = Review(mark, alias, role, on, carried)
    name, _, value = str(review).partition(":")
    assert name == "reviewed"
    assert parse_review(value) == review


@pytest.mark.parametrize(
    ("reviews", "enough"),
    [
        ((), False),
        ((("ana", "lawyer"),), False),
        ((("ana", "lawyer"), ("ana", "native-speaker")), False),
        ((("ana", "lawyer"), ("ben", "lawyer")), False),
        ((("ana", "lawyer"), ("ben", "lawyer"), ("cy", "lawyer")), False),
        ((("ana", "lawyer"), ("ana", "lawyer")), False),
        ((("ana", "lawyer"), ("Ana", "native-speaker")), False),
        ((("ANA", "lawyer"), ("ana", "native-speaker"), ("Ana", "survivor")), False),
        ((("Ana", "lawyer"), ("Ben", "native-speaker")), True),
        ((("ana", "lawyer"), ("ben", "native-speaker")), True),
        ((("ana", "lawyer"), ("ana", "survivor"), ("ben", "lawyer")), True),
    ],
)
def test_vital_text_needs_two_people_in_two_roles(reviews: tuple[tuple[str, str], ...], enough: bool):
    """A vital text is reviewed by two aliases in two roles; neither two of one alone will do. A name in capitals is the
    same person."""
    entry = with_comments(*(f"reviewed: {STAMP} {alias} {role} 2026-05-31" for alias, role in reviews))
    assert is_reviewed(entry, Tier.VITAL) is enough
    assert state_of(VITAL, entry) is (State.REVIEWED if enough else State.DRAFT)
    assert is_reviewed(entry, Tier.NORMAL) is bool(reviews)


def test_a_void_review_does_not_help_a_vital_text():
    """Of two reviews, one for an earlier text: a vital text is still a draft."""
    old = stamp(ENTRY.id, ENTRY.english, "أجر")
    entry = with_comments(f"reviewed: {old} ana lawyer 2026-05-31", f"reviewed: {STAMP} ben survivor 2026-05-31")
    assert [review.alias for review in iter_reviews(entry)] == ["ben"]
    assert states(entry) == (State.REVIEWED, State.DRAFT)


def test_a_complaint_takes_earlier_reviews_away():
    """What is shown as checked has no open complaint: each tier is a draft until it was checked as often as before."""
    complaint = f"needs-work: {STAMP} dan survivor 2026-05-31 Too formal."
    old = complaint.replace(STAMP, "000000000000")
    twice = (f"reviewed: {STAMP} ana lawyer 2026-05-31", f"reviewed: {STAMP} ben native-speaker 2026-05-31")
    assert states(with_comments(*twice, complaint)) == (State.DRAFT, State.DRAFT)
    assert states(with_comments(*twice, complaint, twice[0])) == (State.REVIEWED, State.DRAFT)
    assert states(with_comments(complaint, *twice)) == (State.REVIEWED, State.REVIEWED)
    assert states(with_comments(*twice, old)) == (State.REVIEWED, State.REVIEWED)
    doubted = with_comments(*twice, complaint)
    assert find_objection(VITAL, doubted, "ana", Role.LAWYER) is None
    assert is_doubted(doubted)
    assert not is_doubted(with_comments(complaint, twice[0]))


@pytest.mark.parametrize("remark", ["", " Too formal.", " Too formal: say it: so.", " reviewed: twice"])
def test_a_complaint_holds_whatever_its_remark(remark: str):
    """Without a remark it is still no review, and colons in a remark do not hide it."""
    checked = add_review(ENTRY, "ana", Role.LAWYER, DAY)
    doubted = replace(checked, comments=(*checked.comments, f"needs-work: {STAMP} dan survivor 2026-05-31{remark}"))
    assert list(iter_reviews(doubted)) == []
    assert is_doubted(doubted)
    assert states(doubted) == DRAFTS


def test_only_drafts_and_checked_texts_are_shown():
    """A text that is missing, in doubt or of another English is never put before readers."""
    checked = add_review(ENTRY, "ana", Role.LAWYER, DAY)
    assert is_usable(NORMAL, ENTRY)
    assert is_usable(NORMAL, checked)
    for entry in (None, replace(ENTRY, text=""), replace(checked, fuzzy=True), replace(ENTRY, english="Wages")):
        assert not is_usable(NORMAL, entry)


@pytest.mark.parametrize("change", [{"english": "Pays"}, {"text": "الأجور"}, {"id": "worker.pay.summary"}])
def test_review_voids_itself(change: dict[str, str]):
    """A changed English, a changed text, or the comments copied to another id: no review is left."""
    checked = add_review(ENTRY, "ana", Role.LAWYER, DAY)
    assert state_of(NORMAL, checked) is State.REVIEWED
    moved = replace(checked, **change)
    assert list(iter_reviews(moved)) == []
    assert state_of(Unit(moved.id, moved.english), moved) is State.DRAFT


def test_objection_to_a_second_review_of_one_person_or_role():
    """The same alias or the same role again is refused, for every tier; another of both is welcome."""
    checked = add_review(ENTRY, "ana", Role.LAWYER, DAY)
    for unit in (NORMAL, VITAL):
        for name in ("ana", "Ana", "ANA"):
            assert find_objection(unit, checked, name, Role.SURVIVOR) is Objection.TWICE
        role = find_objection(unit, checked, "ben", Role.LAWYER)
        assert role is Objection.ROLE
        assert find_objection(unit, checked, "ben", Role.SURVIVOR) is None
        assert find_objection(unit, ENTRY, "ana", Role.LAWYER) is None


def test_a_void_review_hinders_nobody():
    """Who checked an earlier text may check the new one, in the same role."""
    changed = replace(add_review(ENTRY, "ana", Role.LAWYER, DAY), text="الأجور")
    assert find_objection(VITAL, changed, "ana", Role.LAWYER) is None


def test_nobody_checks_their_own_vital_text():
    """Who wrote a vital text does not check it; a normal one they may, and others may check either."""
    own = with_comments("source: human ana")
    assert find_objection(VITAL, own, "ana", Role.LAWYER) is Objection.OWN
    assert find_objection(VITAL, own, "Ana", Role.LAWYER) is Objection.OWN
    assert find_objection(NORMAL, own, "ana", Role.LAWYER) is None
    assert find_objection(VITAL, own, "ben", Role.LAWYER) is None


@pytest.mark.parametrize(
    ("unit", "entry", "says"),
    [
        (VITAL, None, "is not translated yet; translate it first"),
        (VITAL, replace(ENTRY, english="Wages"), "its English has changed since; run sync, then read it again"),
        (VITAL, with_comments("source: human dora"), "dora wrote this vital text; two other people check it"),
        (
            NORMAL,
            add_review(ENTRY, "dora", Role.SURVIVOR, DAY),
            "dora has checked this text already; another person is needed",
        ),
        (
            NORMAL,
            add_review(ENTRY, "ana", Role.LAWYER, DAY),
            "somebody has checked this text as lawyer already; a person with another role is needed",
        ),
        (NORMAL, with_comments("source: human dora"), ""),
    ],
)
def test_an_objection_names_the_person_the_role_and_the_way_out(unit: Unit, entry: Entry | None, says: str):
    """Whoever may not check a text reads why, and who may."""
    assert review_objection(unit, entry, "dora", Role.LAWYER) == says


@pytest.mark.parametrize("entry", [None, replace(ENTRY, text=""), replace(ENTRY, text=" \n")])
def test_nothing_to_check_is_refused(entry: Entry | None):
    """A text that is not there is missing, and cannot be checked."""
    assert state_of(NORMAL, entry) is State.MISSING
    assert find_objection(NORMAL, entry, "ana", Role.LAWYER) is Objection.MISSING


def test_a_text_for_an_earlier_english_cannot_be_checked():
    """Before a sync the entry has the old English; nobody can say yes to a sentence they do not see."""
    old = replace(ENTRY, english="Wages")
    assert state_of(NORMAL, old) is State.STALE
    assert find_objection(NORMAL, old, "ana", Role.LAWYER) is Objection.ENGLISH


def test_fuzzy_is_stale_whatever_its_reviews():
    """A text marked as unsure is stale, though two people checked it."""
    checked = add_review(add_review(ENTRY, "ana", Role.LAWYER, DAY), "ben", Role.SURVIVOR, DAY)
    assert states(checked) == (State.REVIEWED, State.REVIEWED)
    assert states(replace(checked, fuzzy=True)) == (State.STALE, State.STALE)


def test_outdated_text_is_stale_without_its_flag():
    """A tool that clears the fuzzy flag and changes nothing does not bring the text back."""
    marked = mark_outdated(ENTRY)
    assert not marked.fuzzy
    assert is_outdated(marked)
    assert states(marked) == (State.STALE, State.STALE)
    assert mark_outdated(marked) == marked
    assert unmark_outdated(marked) == ENTRY


def test_outdated_mark_holds_for_its_own_text_only():
    """The mark copied to another id means nothing there, and it goes by itself when the text changes."""
    marked = mark_outdated(ENTRY)
    copied = replace(marked, id="worker.pay.summary")
    assert state_of(Unit("worker.pay.summary", "Pay"), copied) is State.DRAFT
    assert state_of(NORMAL, replace(marked, text="الأجور")) is State.DRAFT
    assert state_of(NORMAL, replace(marked, text=unicodedata.normalize("NFD", marked.text))) is State.STALE


def test_outdated_mark_yields_to_a_review():
    """A person who says that the old text is right for the new English ends the doubt and both its marks."""
    doubted = replace(mark_outdated(ENTRY), fuzzy=True, previous="Wages")
    checked = add_review(doubted, "ana", Role.LAWYER, DAY)
    assert (checked.fuzzy, checked.previous, is_outdated(checked)) == (False, "", False)
    assert checked.comments == (*ENTRY.comments, f"reviewed: {STAMP} ana lawyer 2026-05-31")
    assert states(checked) == (State.REVIEWED, State.DRAFT)


def test_entry_of_another_unit_is_stale():
    """A text never answers for another id, whatever its English."""
    assert state_of(Unit("worker.pay.summary", "Pay"), ENTRY) is State.STALE


@pytest.mark.parametrize(
    "comments",
    [
        ("source: human ana 2026-11-24",),
        ("source:  human  Ana",),
        ("source: machine 2026-01-01", "source: human ana"),
    ],
)
def test_author_of_a_vital_text_never_counts(comments: tuple[str, ...]):
    """However the source is spelled, the person who wrote a vital text is none of its two reviewers."""
    unit = Unit("a.one", "Go.", Tier.VITAL, "A right.")
    entry = Entry("a.one", "Go.", "Vaya.", comments=comments)
    assert find_objection(unit, entry, "ana", Role.LAWYER)
    both = add_review(add_review(entry, "ana", Role.LAWYER, date(2026, 3, 1)), "bo", Role.SURVIVOR, date(2026, 3, 2))
    assert state_of(unit, both) is State.DRAFT
