"""Words that harm are refused with the unit they stand in."""

from pathlib import Path

import pytest

from fieldguide.checks.words import check_words, iter_sign_faults, iter_word_faults
from fieldguide.model import Audience
from fieldguide.problems import Problem
from fieldguide.reader import load_guide

from .conftest import edit


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("We rescue people.", Audience.OFFICER),
        ("Modern slavery is here.", Audience.NEIGHBOR),
        ("They prey on workers.", Audience.OFFICER),
        ("Illegal workers live there.", Audience.OFFICER),
        ("The pages are gone for ever.", Audience.SHARED),
        ("You will get a visa.", Audience.WORKER),
        ("You cannot be deported.", Audience.WORKER),
        ("A possible victim calls.", Audience.NEIGHBOR),
        ("You are a victim.", Audience.WORKER),
        ("This is trafficking.", Audience.WORKER),
        ("It does not depend on your status.", Audience.WORKER),
        ("The call is confidential.", Audience.WORKER),
        ("The hotline is private.", Audience.WORKER),
        ("The lawyers there are safe.", Audience.WORKER),
    ],
)
def test_harmful_words_are_refused(text: str, audience: Audience) -> None:
    """Labels, promises, and assurances about others that nobody can give."""
    assert len(list(iter_word_faults(text, audience))) == 1


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("A possible victim calls.", Audience.OFFICER),
        ("Say 'possible victim' in reports.", Audience.OFFICER),
        ("It is illegal to keep pay.", Audience.WORKER),
        ("Pick a safe time and place.", Audience.WORKER),
        ("Talk to a free lawyer first, if it is safe to wait.", Audience.WORKER),
        ("Call the {names.hotline}.", Audience.WORKER),
        ("The law names slavery.", Audience.OFFICER),
    ],
)
def test_plain_words_pass(text: str, audience: Audience) -> None:
    """What the guide needs to say can be said."""
    assert list(iter_word_faults(text, audience)) == []


@pytest.mark.parametrize(
    "text",
    [
        "All are Mexican.",
        "Workers from Guatemala.",
        "They look foreign.",
        "A strong accent.",
        "Their nationality differs.",
    ],
)
def test_a_sign_names_no_people_country_or_looks(text: str) -> None:
    """Language, skin, papers or nationality are not signs."""
    assert len(list(iter_sign_faults(text))) == 1


def test_a_sign_may_name_papers_and_an_address() -> None:
    """What is done with papers is a sign; the United States is where all of it happens."""
    assert list(iter_sign_faults("The crew leader keeps everyone's passports.")) == []
    assert list(iter_sign_faults("A visa for another employer in the United States.")) == []


@pytest.mark.parametrize(
    ("immigration", "says"), [("yes", "may inform immigration"), ("unknown", "what line shares is unknown")]
)
def test_contacts_that_may_inform_immigration_are_on_no_workers_page(
    guide_copy: Path, immigration: str, says: str
) -> None:
    """Only the emergency line is excepted; the hotline and labor agencies need their caution."""
    edit(
        guide_copy / "content/facts.toml",
        'police = "no"\nimmigration = "no"',
        f'police = "no"\nimmigration = "{immigration}"',
    )
    (problem, *others) = check_words(load_guide(guide_copy / "content"))
    assert says in problem.message
    assert (problem.unit, problem.file) == ("worker.start.call.line", "content/worker/start.toml")
    assert all(says in other.message or "needs its caution" in other.message for other in others)
    assert {other.unit for other in others} >= {"worker.pay.owed.rate"}  # its number stands in a sentence, too


def test_review_and_test_calls_cannot_be_claimed_in_content(guide_copy: Path) -> None:
    """The format of shipped content has no key for what only people can do."""
    from fieldguide.problems import ProblemsError

    edit(guide_copy / "content/worker/pay.toml", 'slug = "money"', 'slug = "money"\nreviewed_by = "someone"')
    edit(guide_copy / "content/facts.toml", 'phone = "911"', 'phone = "911"\ndialed_on = 2026-01-01')
    with pytest.raises(ProblemsError) as caught:
        load_guide(guide_copy / "content")
    assert {p.message for p in caught.value.problems} == {
        "unknown key reviewed_by; remove it or mend its spelling",
        "unknown key dialed_on; remove it or mend its spelling",
    }


PAY, START, FARM = "content/worker/pay.toml", "content/worker/start.toml", "content/officer/farm.toml"
RATE, LINE = "worker.pay.owed.rate", "worker.start.call.line"
NO_PLACE = "{!r} has no place on a worker's page; use boss, pay, debt, threat, papers, help"


@pytest.mark.parametrize(
    ("text", "audience", "fault"),
    [
        ("We rescue people.", Audience.OFFICER, "'rescue' is not a word of this guide; say plainly what is meant"),
        ("A Possible Victim calls.", Audience.SHARED, "'possible victim' stands on officers' pages only"),
        ("Ask for your status.", Audience.WORKER, NO_PLACE.format("status")),
        (
            "They say: here it is safe.",
            Audience.WORKER,
            "nobody can promise that a third party is safe; say what they do",
        ),
        ("All are Mexican.", None, "'Mexican' names a people, a country or looks; none of these is a sign"),
    ],
)
def test_a_harmful_word_is_told_with_what_to_write(text: str, audience: Audience | None, fault: str) -> None:
    """The very word, and what mends it."""
    assert list(iter_word_faults(text, audience) if audience else iter_sign_faults(text)) == [fault]


def test_a_placeholder_is_no_word() -> None:
    """The id of a contact or a fact is read by nobody; around it every word still counts."""
    assert list(iter_word_faults("Call {names.victims} of {fact.status}.", Audience.WORKER)) == []
    assert list(iter_word_faults("Call {names.x} a vic{names.x}tim.", Audience.WORKER)) == [NO_PLACE.format("victim")]
    assert list(iter_word_faults("Your status {names.x} private.", Audience.WORKER)) == [NO_PLACE.format("status")]


def test_who_is_safe_stands_in_one_sentence() -> None:
    """A place that is safe, or a sentence about somebody else before, promises nothing of anybody."""
    assert list(iter_word_faults("Is it safe? Call the police.", Audience.WORKER)) == []
    assert list(iter_word_faults("Call the police. Wait where it is safe.", Audience.WORKER)) == []
    assert list(iter_word_faults("It is safe where the police are.", Audience.WORKER)) == []
    assert list(iter_word_faults("Call the police! They are safe", Audience.WORKER)) != []


def test_every_text_of_an_item_is_read_with_its_place(guide_copy: Path) -> None:
    """What stands beside a sign is read as well, and a page's second section as well as its first."""
    edit(guide_copy / FARM, "It keeps animals in.", "We rescue animals.")
    edit(guide_copy / FARM, "A fence is locked.", "A Mexican fence is locked.")
    edit(guide_copy / PAY, "Sam writes down each hour.", "Sam is a victim.")
    word = "'rescue' is not a word of this guide; say plainly what is meant"
    sign = "'Mexican' names a people, a country or looks; none of these is a sign"
    assert sorted(check_words(load_guide(guide_copy / "content"))) == [
        Problem(FARM, "sections[2].items[1]", sign, "officer.farm.signs.fence"),
        Problem(FARM, "sections[2].items[1]", word, "officer.farm.signs.fence.innocent"),
        Problem(PAY, "sections[1].items[0]", NO_PLACE.format("victim"), "worker.pay.story.one"),
    ]


def shared(guide_copy: Path, *, immigration: str, name: str = "line") -> list[Problem]:
    """What is said of the guide when its line, under this id, shares with immigration."""
    facts = guide_copy / "content/facts.toml"
    edit(facts, 'police = "no"\nimmigration = "no"', f'police = "no"\nimmigration = "{immigration}"')
    for path in (facts, *(guide_copy / "content").rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        text = text.replace('id = "line"\nphone', f'id = "{name}"\nphone').replace(
            'contact = "line"', f'contact = "{name}"'
        )
        path.write_text(
            text.replace("{phone.line}", f"{{phone.{name}}}").replace("\nline =", f"\n{name} ="), encoding="utf-8"
        )
    return sorted(check_words(load_guide(guide_copy / "content")))


def test_a_line_that_informs_immigration_is_told_wherever_it_stands(guide_copy: Path) -> None:
    """Where it is listed, and where its number stands in a sentence; officers' pages may name it."""
    said = "line may inform immigration; no worker's page names it"
    assert shared(guide_copy, immigration="yes") == [
        Problem(PAY, "sections[0].items[0]", said, RATE),
        Problem(START, "sections[0].items[1]", said, LINE),
    ]


def test_a_line_of_which_nobody_knows_is_left_out(guide_copy: Path) -> None:
    """Its number in a message counts too; and where it is listed all the same, the caution is asked for."""
    edit(guide_copy / PAY, "Sam writes down each hour.", "Sam writes to {sms.line}.")
    said = "what line shares is unknown; workers' pages leave it out"
    caution = "line needs its caution on a worker's page; add it"
    assert shared(guide_copy, immigration="unknown") == [
        Problem(PAY, "sections[0].items[0]", said, RATE),
        Problem(PAY, "sections[1].items[0]", said, "worker.pay.story.one"),
        Problem(START, "sections[0].items[1]", caution, LINE),
        Problem(START, "sections[0].items[1]", said, LINE),
    ]


def test_the_hotline_needs_its_caution_alone(guide_copy: Path) -> None:
    """What it shares is unknown, and it is the only one there is at night: it stands there with a word about that."""
    caution = Problem(START, "sections[0].items[1]", "hotline needs its caution on a worker's page; add it", LINE)
    assert shared(guide_copy, immigration="unknown", name="hotline") == [caution]
    edit(guide_copy / START, 'text = "For questions."', 'text = "For questions."\n  caution = "Ask first."')
    assert list(check_words(load_guide(guide_copy / "content"))) == []


def test_a_relay_only_connects(guide_copy: Path) -> None:
    """As a phone company does: whom it connects to is asked, not the relay."""
    assert shared(guide_copy, immigration="unknown", name="relay") == []
