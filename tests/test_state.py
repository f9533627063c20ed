"""What a deployment says about the law of its state, and what officers read where it says nothing."""

from pathlib import Path

import pytest

from fieldguide.deployment import Deployment, load_deployment
from fieldguide.items import Law
from fieldguide.problems import ProblemsError
from fieldguide.reader import load_guide
from fieldguide.site import build_site

from .conftest import edit, fixture_ingredients

SECTION = '[[sections]]\nid = "state-law"\nkind = "state"\nlaws = ["vacatur", "heat_rule"]\n\n[[sections]]\nid = "src"'
VACATUR = '{ text = "A <b>judge</b> decides.", source = "https://law.example.org/12?a=1&b=2", seen_on = 2026-03-04 }'


def table(**told: str) -> str:
    """The whole table, with what is told; the rest unknown."""
    return "[state]\n" + "".join(f"{law} = {told.get(law, chr(34) + 'unknown' + chr(34))}\n" for law in Law)


def deployed(tmp_path: Path, text: str) -> Deployment:
    path = tmp_path / "deployment.toml"
    path.write_text(text, encoding="utf-8")
    return load_deployment(path)


def farm(guide_copy: Path, deployment: Deployment, tag: str = "en") -> str:
    """The officers' page of the tiny guide that names two laws."""
    edit(guide_copy / "content/officer/farm.toml", '[[sections]]\nid = "src"', SECTION)
    return build_site(fixture_ingredients(deployment, guide_copy)).artifacts[f"{tag}/o/farm/"].body.decode()


def test_text_source_and_day_are_printed(tmp_path: Path, guide_copy: Path) -> None:
    """An officer reads the deployment's own words, never as markup, with a link to where they stand and the day."""
    page = farm(guide_copy, deployed(tmp_path, table(vacatur=VACATUR)))
    assert "<span>A &lt;b&gt;judge&lt;/b&gt; decides.</span>" in page
    address = "https://law.example.org/12?a=1&amp;b=2"
    assert f'<a href="{address}" rel="noreferrer noopener external" lang="en" dir="ltr">{address}</a>' in page
    assert "Seen on March 4, 2026." in page


def test_title_of_a_law_is_no_link(tmp_path: Path, guide_copy: Path) -> None:
    """A source may be a title; elsewhere than on English pages it is marked as English, like the text."""
    told = '{ text = "Drink.", source = "Heat Act, part 2", seen_on = 2026-03-04 }'
    page = farm(guide_copy, deployed(tmp_path, table(heat_rule=told)), "ar")
    assert '<span lang="en" dir="ltr">Drink.</span>' in page
    assert '<span lang="en" dir="ltr">Heat Act, part 2</span>' in page


@pytest.mark.parametrize("text", ["", table()], ids=["no table", "unknown"])
def test_what_nobody_filled_in_is_said(tmp_path: Path, guide_copy: Path, text: str) -> None:
    """Without a table, and where it says "unknown", each law has its line and sends to the prosecutor."""
    page = farm(guide_copy, deployed(tmp_path, text))
    assert page.count("Your state: not filled in, ask your prosecutor.") == 2
    assert "Heat at work:" in page


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            table().replace('vacatur = "unknown"\n', ""),
            "state.vacatur",
            "is missing; write its text, source and seen_on",
        ),
        (table(vacatur='"none"'), "state['vacatur']", 'or "unknown", found text'),
        (table(vacatur='{ text = "x", source = "y" }'), "state['vacatur'].seen_on", "required key is missing"),
        (table(vacatur=VACATUR.replace("https", "http")), "state.vacatur.source", "write the https address of the law"),
        (
            table(vacatur=VACATUR.replace("https://law.example.org/12?a=1&b=2", " ")),
            "state.vacatur.source",
            "no source",
        ),
        (table(vacatur=VACATUR.replace("A <b>", "A " * 600)), "state.vacatur.text", "letters; write 1 to 600"),
        (table() + 'eviction = "unknown"\n', "state['eviction']", "'eviction' is not one of: trafficking_statute"),
    ],
)
def test_mistake_is_named(tmp_path: Path, text: str, place: str, message: str) -> None:
    """Each mistake has its key and a remedy."""
    with pytest.raises(ProblemsError) as caught:
        deployed(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("deployment.toml", place)
    assert message in problem.message


def test_an_empty_table_lacks_every_law(tmp_path: Path) -> None:
    """Whoever begins the table finishes it: all missing keys are named at once."""
    with pytest.raises(ProblemsError) as caught:
        deployed(tmp_path, "[state]\n")
    assert [problem.place for problem in caught.value.problems] == sorted(f"state.{law}" for law in Law)


def test_every_law_stands_on_an_officers_page() -> None:
    """What a deployment fills in is read somewhere."""
    pages = load_guide().pages.values()
    assert {law for page in pages for section in page.sections for law in section.laws} == set(Law)


def test_workers_pages_print_no_state_law(guide_copy: Path) -> None:
    """The block belongs to officers; elsewhere, or with no law, it is refused."""
    edit(guide_copy / "content/worker/pay.toml", "[[sections]]", SECTION.partition("\n\n")[0] + "\n\n[[sections]]")
    edit(
        guide_copy / "content/officer/farm.toml",
        '[[sections]]\nid = "src"',
        SECTION.replace('"vacatur", "heat_rule"', ""),
    )
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(root=guide_copy))
    assert [problem.file for problem in caught.value.problems] == [
        "content/officer/farm.toml",
        "content/worker/pay.toml",
    ]
