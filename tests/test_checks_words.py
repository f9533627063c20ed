"""Words that harm are refused with the unit they stand in."""

from pathlib import Path

import pytest

from fieldguide.checks.words import check_words, iter_sign_faults, iter_word_faults
from fieldguide.model import Audience
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
