"""The choices of one copy: what may stand in ``deployment.toml``."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from fieldguide.deployment import Deployment, base_problem, load_deployment
from fieldguide.ingredients import check_release
from fieldguide.load import load_deployed
from fieldguide.problems import ProblemsError
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .conftest import ROOT, fixture_ingredients


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "deployment.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_the_defaults():
    """Without a file the guide names no agency, has every language and lives at the root."""
    assert load_deployment(None) == Deployment(
        agency="", name="", languages=(), base="/", negotiate=False, edition=None
    )


def test_every_choice_is_read(tmp_path: Path):
    """Each key of the file arrives, languages in the order written."""
    text = 'agency = "A"\nname = "N"\nlanguages = ["fil", "en"]\nbase = "/g/v1.2/"\nnegotiate = true\nedition = 9\n'
    assert load_deployment(write(tmp_path, text)) == Deployment(
        agency="A", name="N", languages=("fil", "en"), base="/g/v1.2/", negotiate=True, edition=9
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("agency = 1", "agency", "expected text, found a whole number"),
        ('languages = ["en", 1]', "languages[1]", "expected text, found a whole number"),
        ('languages = "en"', "languages", "list"),
        ("edition = true", "edition", "expected a whole number, found true or false"),
        ('edition = "seven"', "edition", "expected a whole number, found text"),
        ("edition = 0", "edition", "0 is out of range; write a whole number from 1 to 2,147,483,648"),
        ("edition = -1", "edition", "-1 is out of range"),
        ("edition = 2147483649", "edition", "2147483649 is out of range"),
        ("edition = 9007199254740992", "edition", "9007199254740992 is out of range"),
        ("edition = 1e300", "edition", "expected a whole number, found"),
        ("edition = 1.5", "edition", "expected a whole number, found"),
        ('released_on = "2027-01-15"', "released_on", "expected a date"),
        ('negotiate = "yes"', "negotiate", "expected true or false, found text"),
        ('agnecy = "x"', "", "unknown key agnecy; remove it or mend its spelling"),
        ("agency =", "", "not valid TOML"),
        ('[leave]\npage = "http://example.org/"', "leave.page", "is no https address"),
        ('[leave]\npage = "javascript:alert(1)"', "leave.page", "is no https address"),
        ('[leave]\nlabels = { en = "" }', "leave.labels.en", "does not fit the button"),
        ('[leave]\nlabels = { en = "Look at the weather now" }', "leave.labels.en", "does not fit the button"),
        ("[leave]\nlabel = {}", "leave", "unknown key label"),
    ],
)
def test_mistake_names_file_and_place(tmp_path: Path, text: str, place: str, message: str):
    """A mistake in the file is named with the file's own name, its key and what was expected."""
    with pytest.raises(ProblemsError) as caught:
        load_deployment(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("deployment.toml", place)
    assert message in problem.message


def test_where_leave_leads_and_what_it_is_called(tmp_path: Path):
    """Both are read; a label for a language that the guide has not is a problem of the build."""
    text = '[leave]\npage = "https://www.weather.gov/"\nlabels = { en = "Weather", xx = "Wx" }\n'
    deployment = load_deployment(write(tmp_path, text))
    assert deployment.leave.page == "https://www.weather.gov/"
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(deployment))
    (problem,) = caught.value.problems
    assert (problem.place, problem.message.partition(";")[0]) == ("leave.labels", "unknown language 'xx'")


def test_missing_file_is_a_problem(tmp_path: Path):
    """A deployment file that was asked for and is not there is no silent default."""
    with pytest.raises(ProblemsError, match=r"^mine\.toml: the file does not exist; add it$"):
        load_deployment(tmp_path / "mine.toml")


@pytest.mark.parametrize("base", ["/", "/guide/", "/a/b/c/", "/~user/x_y-z/", "/v1.2/", "/a../"])
def test_good_base(base: str):
    """A base path begins and ends with a slash and may have several parts."""
    assert base_problem(base, "deployment.toml") is None


@pytest.mark.parametrize(
    "base",
    [
        "",
        "guide/",
        "/guide",
        "//",
        "//host/",
        "/a//b/",
        "/../",
        "/a/../b/",
        "/a/./b/",
        "/.hidden/",
        "/a b/",
        "/a/\n",
        "/a?b/",
        "/a#b/",
        "/a%2e%2e/",
        "/a\\b/",
        '/a"b/',
        "/<x>/",
        "https://host/",
        "/é/",
    ],
)
def test_bad_base_is_refused_with_an_example(tmp_path: Path, base: str):
    """Dots that climb, hosts, spaces, quotes and queries cannot become part of every 404 page's links."""
    with pytest.raises(ProblemsError) as caught:
        load_deployment(write(tmp_path, f"base = {json.dumps(base)}"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("deployment.toml", "base")
    assert repr(base) in problem.message
    assert "write it like /guide/" in problem.message


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (("en", "xx"), "unknown language 'xx'; known: en, ar, mam, fil"),
        (("ar",), "'en' is missing; English is what every fallback ends in"),
    ],
)
def test_impossible_choice_of_languages_is_refused(languages: tuple[str, ...], message: str):
    """A language nobody has, or a copy without English, stops the build before anything is rendered."""
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(Deployment(languages=languages)))
    (problem,) = caught.value.problems
    assert (problem.file, problem.place, problem.message) == ("deployment", "languages", message)


def test_chosen_languages_are_built_and_no_other():
    """The copy has the languages chosen, in the order chosen, and no page of another."""
    site = build_site(fixture_ingredients(Deployment(languages=("fil", "en"))))
    assert [language.tag for language in site.registry] == ["fil", "en"]
    tags = {url.partition("/")[0] for url in site.artifacts if url.endswith("/")}
    assert tags == {"fil", "en"}


EXAMPLES = sorted((ROOT / "deploy" / "examples").glob("*/deployment.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_builds_and_is_never_released(path: Path):
    """What we show an agency works as it stands, with invented numbers on its pages; nobody can release it."""
    ingredients = load_deployed(path)
    site = build_site(replace(ingredients, deployment=replace(ingredients.deployment, languages=("en", "es"))))
    refused = {problem.place: problem.message for problem in check_release(ingredients, date(2026, 11, 27))}
    assert "this is an example" in refused["example"]
    assert "nobody has called" in refused["contacts"]
    assert not any(contact.dialed_on for contact in ingredients.contacts.local)
    page = site.artifacts["en/w/numbers/"].body.decode()
    assert re.search(r"\b\d{3}-555-01\d\d\b", page)
    assert ingredients.deployment.agency in unescape(site.artifacts["en/about/"].body.decode())


def test_the_examples_are_three():
    """A sheriff, lawyers, a labor department: whoever reads them finds one that is near."""
    assert [path.parent.name for path in EXAMPLES] == ["farmworker-legal-aid", "labor-department", "sheriff"]


def test_the_first_page_can_be_for_officers(site: Site):
    """Professionals first, and every language for workers under it; otherwise the other way round."""
    own = build_site(fixture_ingredients(Deployment(opens="officer"))).artifacts[""].body.decode()
    links = re.findall(r'<a href="(\./)?([a-z]+/(?:o/)?)"', own)
    assert [url for _, url in links] == ["en/o/", "ar/o/", "en/", "ar/", "mam/", "fil/"]
    assert own.index("For professionals") < own.index("For workers") < own.index('href="fil/"')
    plain = re.findall(r'<a href="([a-z]+/(?:o/)?)"', site.artifacts[""].body.decode())
    assert plain == ["en/", "ar/", "mam/", "fil/", "en/o/", "ar/o/"]


def test_a_pilot_says_so_on_every_page(site: Site):
    """The pages behind *Not here* too; a copy that is no pilot has the word nowhere."""
    pilot = build_site(replace(fixture_ingredients(), is_pilot=True))
    pages = [artifact for artifact in pilot if artifact.media_type.startswith("text/html")]
    assert len(pages) > 20
    for page in pages:
        assert re.search(r'<p class="pilot small">(<span [^>]*>)?Pilot(</span>)?</p>', page.body.decode()), page.url
    assert not any(b"Pilot" in artifact.body for artifact in site)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("clear_after = 0", "clear_after: 0 is out of range; write minutes from 1 to 600"),
        ("clear_after = 601", "clear_after: 601 is out of range"),
        ('mistakes = "nobody"', "mistakes: 'nobody' is no mail address; write it like name@example.org"),
        ('mistakes = "a@b.c?bcc=d@e.f"', "is no mail address"),
        ('drafts = "show"', "drafts: 'show' is not one of: mark, hide-vital, hide"),
    ],
)
def test_choice_out_of_range_is_refused(tmp_path: Path, line: str, message: str):
    """Each choice says what it may be."""
    path = tmp_path / "deployment.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ProblemsError, match=re.escape(message)):
        load_deployment(path)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ('cards_on = ["A3"]', "a3_approved_by", "name who approved it"),
        ('cards_on = ["A5"]\ncards_off = ["A5"]', "cards_off", "A5 is on and off"),
        ('cards_on = ["Z9"]', "cards_on[0]", "'Z9' is not one of"),
    ],
)
def test_switches_of_cards_are_checked(tmp_path: Path, text: str, place: str, says: str):
    """A promise that an agency may not keep needs somebody who approved it."""
    with pytest.raises(ProblemsError) as caught:
        load_deployment(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert says in problem.message
    assert problem.place == place


def test_an_approved_promise_is_taken(tmp_path: Path):
    """With a name behind it, A3 is shown."""
    deployment = load_deployment(write(tmp_path, 'cards_on = ["A3", "B4"]\na3_approved_by = "the sheriff"'))
    assert deployment.cards_on == ("A3", "B4")
