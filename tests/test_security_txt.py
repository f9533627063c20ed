"""Whom to tell of a fault: the file that RFC 9116 describes."""

from datetime import date
from pathlib import Path

import pytest

from fieldguide.deployment import Deployment, load_deployment
from fieldguide.ingredients import check_release
from fieldguide.problems import ProblemsError
from fieldguide.security_txt import check_expires
from fieldguide.site import build_site

from .conftest import fixture_ingredients

DAY = date(2027, 5, 31)
URL = ".well-known/security.txt"


def test_the_file_says_whom_to_tell_until_when() -> None:
    """Contact, day, languages and its own address, as the deployment gives them."""
    deployment = Deployment(
        security_contact="security@example.org",
        security_expires=DAY,
        security_languages=("en", "es"),
        origin="https://guide.example.org",
    )
    file = build_site(fixture_ingredients(deployment)).artifacts[URL]
    assert file.media_type == "text/plain; charset=utf-8"
    assert file.body.decode() == (
        "Contact: mailto:security@example.org\n"
        "Expires: 2027-05-31T00:00:00Z\n"
        "Preferred-Languages: en, es\n"
        "Canonical: https://guide.example.org/.well-known/security.txt\n"
    )


def test_a_page_may_be_the_contact_and_the_origin_may_be_unknown() -> None:
    """Contact is an address of either kind; an address of the file that nobody gave is not made up."""
    deployment = Deployment(security_contact="https://example.org/report", security_expires=DAY)
    text = build_site(fixture_ingredients(deployment)).artifacts[URL].body.decode()
    assert "Contact: https://example.org/report\n" in text
    assert "Canonical" not in text


def test_without_a_contact_there_is_no_file() -> None:
    """A file that leads to nobody would be worse than none."""
    assert URL not in build_site(fixture_ingredients()).artifacts


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ('security_contact = "nobody"\nsecurity_expires = 2027-05-31', "security_contact", "is neither a mail address"),
        ('security_contact = "http://a.org/"\nsecurity_expires = 2027-05-31', "security_contact", "nor an https page"),
        ('security_contact = "a@b.org"', "security_expires", "is missing; write the day"),
        ("security_expires = 2027-05-31", "security_contact", "is missing; name whom to tell"),
        ('security_expires = "soon"', "security_expires", "expected a date, found text"),
        ("security_languages = []", "security_languages", "is empty"),
        ('security_languages = ["en\\nCanonical: x"]', "security_languages", "is no language tag"),
        ('origin = "https://example.org/guide/"', "origin", "with no path"),
        ('origin = "http://example.org"', "origin", "write it like https://guide.example.org"),
        ('origin = "https://example.org\\n"', "origin", "is no origin"),
    ],
)
def test_a_contact_that_cannot_be_reached_is_refused(tmp_path: Path, text: str, place: str, says: str) -> None:
    """Each mistake with its key; no value can add a line of its own."""
    path = tmp_path / "deployment.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_deployment(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("deployment.toml", place)
    assert says in problem.message


@pytest.mark.parametrize(
    ("expires", "good"),
    [
        (date(2026, 11, 27), False),
        (date(2026, 11, 28), True),
        (date(2027, 11, 28), True),
        (date(2027, 12, 1), False),
        (None, True),
    ],
)
def test_a_release_names_a_day_within_a_year(expires: date | None, good: bool) -> None:
    """A contact that is out of date is not to be trusted (RFC 9116, 2.5.5); a build by itself reads no clock."""
    deployment = Deployment(security_contact="a@example.org" if expires else "", security_expires=expires)
    problems = list(check_expires(deployment, date(2026, 11, 27)))
    assert not problems if good else problems[0].place == "security_expires"
    assert set(problems) <= set(check_release(fixture_ingredients(deployment), date(2026, 11, 27)))
