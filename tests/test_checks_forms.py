"""Industries, scenarios, signs and figures keep to their forms, or the build says where they do not."""

from pathlib import Path

import pytest

from fieldguide.checks.forms import INDUSTRY, PRINTED, check_forms
from fieldguide.ingredients import Ingredients
from fieldguide.problems import Problem, ProblemsError
from fieldguide.reader import load_guide

from .conftest import edit

FARM = "officer/farm.toml"
SITE = "site.toml"
CASE = """title = "A case"
summary = "What is seen."
written_on = 2026-01-03
sources_seen_to = 2026-01-02

[[sections]]
id = "story"
kind = "story"
title = "What you see"
items = [{ id = "one", text = "A gate is locked." }]

[[sections]]
id = "next"
kind = "choices"
title = "What do you do next?"
items = [
  { id = "ask", text = "Ask apart.", best = true, why = "It is safe." },
  { id = "go", text = "Drive on.", best = false, why = "Nobody asks again." },
]

[[sections]]
id = "signs"
kind = "findings"
title = "Signs"
items = [{ id = "gate", text = "The gate.", sign = "officer.farm.signs.fence" }]

[[sections]]
id = "means"
kind = "elements"
title = "Means"
items = [{ id = "none", text = "Nothing yet.", means = "none", evidence = "The key." }]

[[sections]]
id = "first"
kind = "text"
title = "First"
items = [{ id = "move", text = "Ask who has the key.", confidence = "practice" }]

[[sections]]
id = "other"
kind = "text"
title = "Other"
items = [{ id = "animals", text = "It keeps animals in.", confidence = "practice" }]

[[sections]]
id = "src"
kind = "sources"
"""
FIGURE = """
[[sections]]
id = "counted"
kind = "figures"
title = "Counted"

  [[sections.items]]
  id = "cases"
  text = "One case."
  year = 2020
  caveat = "Only those that were found."
  confidence = "practice"
"""


@pytest.fixture
def content(guide_copy: Path) -> Path:
    """The tiny guide with a scenario, listed under practice."""
    folder = guide_copy / "content"
    (folder / "officer/case.toml").write_text(CASE, encoding="utf-8")
    edit(folder / SITE, '"farm"]', '"farm", "case"]')
    edit(folder / SITE, '"sources"]', '"sources"]\n[groups]\npages = ["officer/farm"]\npractice = ["officer/case"]')
    return folder


def problems(content: Path) -> list[Problem]:
    return list(check_forms(load_guide(content)))


def test_tiny_guide_keeps_to_the_forms(ingredients: Ingredients, content: Path):
    """The pages that other tests break have no problem themselves."""
    assert list(check_forms(ingredients.guide)) == []
    assert problems(content) == []


def test_industry_without_a_part_is_named(guide_copy: Path):
    """Each missing part of an industry is named with the page's file."""
    edit(guide_copy / "content" / SITE, '"sources"]', '"sources"]\n[groups]\nindustries = ["officer/farm"]')
    found = problems(guide_copy / "content")
    assert {problem.file for problem in found} == {"content/officer/farm.toml"}
    missing = {part for part in INDUSTRY if any(f"{part!r}" in problem.message for problem in found)}
    assert missing == {"where", "control", "paper", "partners", "balance"}


def test_industry_part_of_another_kind_is_named(guide_copy: Path):
    """A section that has the id but not the kind of its part does not stand for it."""
    edit(guide_copy / "content" / SITE, '"sources"]', '"sources"]\n[groups]\nindustries = ["officer/farm"]')
    edit(guide_copy / "content" / FARM, 'kind = "warning"', 'kind = "text"')
    assert any("'first' of kind 'warning'" in problem.message for problem in problems(guide_copy / "content"))


def test_group_names_pages_only(guide_copy: Path):
    """A name in a group that is no page stops the reading."""
    edit(guide_copy / "content" / SITE, '"sources"]', '"sources"]\n[groups]\nindustries = ["officer/sea"]')
    with pytest.raises(ProblemsError, match="'officer/sea' is no page; list it under its side too"):
        load_guide(guide_copy / "content")


@pytest.mark.parametrize("part", ["story", "next", "signs", "means", "first", "other"])
def test_scenario_without_a_part_is_named(content: Path, part: str):
    """Each part of a scenario is required under its id."""
    edit(content / "officer/case.toml", f'id = "{part}"\nkind', f'id = "{part}-x"\nkind')
    (problem,) = problems(content)
    assert problem.file == "content/officer/case.toml"
    assert f"a scenario needs a section '{part}'" in problem.message


@pytest.mark.parametrize("best", ["true", "false"])
def test_scenario_needs_a_good_and_a_bad_choice(content: Path, best: str):
    """Where every choice is right, or none, there is nothing to decide."""
    other = "false" if best == "true" else "true"
    edit(content / "officer/case.toml", f"best = {other}", f"best = {best}")
    (problem,) = problems(content)
    assert (problem.place, "that is best and one that is not" in problem.message) == ("next", True)


def test_scenario_whose_sign_does_not_exist_is_named(content: Path):
    """A finding leads to a sign of the guide, by its unit id."""
    edit(content / "officer/case.toml", "officer.farm.signs.fence", "officer.farm.signs.fance")
    (problem,) = problems(content)
    assert (problem.unit, problem.place) == ("officer.case.signs.gate", "sign")
    assert "no sign has the id 'officer.farm.signs.fance'" in problem.message


def test_element_without_evidence_is_named(content: Path):
    """What bears on the law needs what would show it."""
    edit(content / "officer/case.toml", 'evidence = "The key."', 'evidence = ""')
    (problem,) = problems(content)
    assert (problem.unit, problem.place) == ("officer.case.means.none", "evidence")


def test_element_of_unknown_means_is_refused(content: Path):
    """There are four means in the law, and none."""
    edit(content / "officer/case.toml", 'means = "none"', 'means = "fear"')
    with pytest.raises(ProblemsError, match="'fear' is not one of: force, serious-harm, law-abuse, scheme"):
        load_guide(content)


def test_sign_without_its_means_is_named(guide_copy: Path):
    """An officers' sign says which means it bears on, or that it bears on none."""
    edit(guide_copy / "content" / FARM, "  means = []\n", "")
    (problem,) = problems(guide_copy / "content")
    assert (problem.unit, problem.place) == ("officer.farm.signs.fence", "means")


@pytest.mark.parametrize(("key", "word"), [("question", "day"), ("collect", "stubs")])
def test_sign_that_leads_nowhere_is_named(guide_copy: Path, key: str, word: str):
    """The question to ask next and what to collect stand on the same page."""
    edit(guide_copy / "content" / FARM, f'{key} = "{word}"', f'{key} = "gone"')
    (problem,) = problems(guide_copy / "content")
    assert (problem.unit, problem.place) == ("officer.farm.signs.papers", key)


@pytest.mark.parametrize(("old", "new"), [("year = 2020", "year = 20"), ('"Only those that were found."', '""')])
def test_figure_without_year_or_caveat_is_named(guide_copy: Path, old: str, new: str):
    """A figure has the year it is of, and says what it does not say."""
    path = guide_copy / "content" / FARM
    edit(path, '[[sections]]\nid = "src"', FIGURE.lstrip() + '\n[[sections]]\nid = "src"')
    assert problems(guide_copy / "content") == []
    edit(path, old, new)
    (problem,) = problems(guide_copy / "content")
    assert (problem.unit, problem.place) == ("officer.farm.counted.cases", "year")


def test_figure_without_a_year_is_refused(guide_copy: Path):
    """The year is a required key."""
    path = guide_copy / "content" / FARM
    edit(path, '[[sections]]\nid = "src"', FIGURE.replace("  year = 2020\n", "") + '\n[[sections]]\nid = "src"')
    with pytest.raises(ProblemsError, match="year: required key is missing; add it"):
        load_guide(guide_copy / "content")


def test_scenario_out_of_order_is_named(content: Path):
    """What is covered until the reader decides stands after the choices."""
    path = content / "officer/case.toml"
    head, *sections = path.read_text(encoding="utf-8").split("[[sections]]")
    moved = [sections[0], *sections[2:], sections[1]]
    path.write_text("[[sections]]".join([head, *moved]), encoding="utf-8")
    (problem,) = problems(content)
    assert "stand in this order: story, next, signs, means, first, other" in problem.message


PAGE = "content/officer/farm.toml"
STUBS, ASKED = "officer.farm.collect.stubs", "officer.farm.ask.day"


def test_every_part_is_told_with_its_kind_and_its_page(guide_copy: Path):
    """Each in a sentence of its own, in the order in which they are written; pages of other groups are no industry."""
    site = guide_copy / "content" / SITE
    edit(site, '"sources"]', '"sources"]\n[groups]\npages = ["officer/start"]\nindustries = ["officer/farm"]')
    missing = {part: INDUSTRY[part] for part in ("where", "control", "paper", "partners", "balance")}
    assert problems(guide_copy / "content") == [
        Problem(PAGE, "sections", f"an industry needs a section {part!r} of kind {kind!r}; write it")
        for part, kind in missing.items()
    ]


CASE_PAGE, CASE_ID = "content/officer/case.toml", "officer.case"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            'id = "story"\nkind',
            'id = "tale"\nkind',
            ("sections", "a scenario needs a section 'story' of kind 'story'; write it"),
        ),
        (
            "best = false",
            "best = true",
            ("next", "a scenario needs a choice that is best and one that is not; mend them"),
        ),
        (
            ".fence",
            ".fance",
            ("sign", "no sign has the id 'officer.farm.signs.fance'; mend it", f"{CASE_ID}.signs.gate"),
        ),
        (
            '"The key."',
            '""',
            ("evidence", "what would show it? write the evidence", f"{CASE_ID}.means.none"),
        ),
    ],
)
def test_a_fault_of_a_scenario_is_told_whole(content: Path, old: str, new: str, found: tuple[str, ...]):
    """Its file, the key, what mends it, and the text where it is one."""
    edit(content / "officer/case.toml", old, new)
    assert problems(content) == [Problem(CASE_PAGE, *found)]


def test_a_scenario_out_of_order_is_told_by_its_page(content: Path):
    """With the whole order; other sections may stand between."""
    path = content / "officer/case.toml"
    text = path.read_text(encoding="utf-8")
    head, *sections = text.split("[[sections]]")
    path.write_text("[[sections]]".join([head, *sections[:-2], sections[-1], sections[-2]]), encoding="utf-8")
    assert problems(content) == []
    path.write_text("[[sections]]".join([head, *sections[:4], sections[5], sections[4], sections[6]]), encoding="utf-8")
    order = "a scenario's parts stand in this order: story, next, signs, means, first, other"
    assert problems(content) == [Problem("content/officer/case.toml", "sections", order)]


def test_a_page_without_choices_is_no_scenario(content: Path):
    """A story alone, such as on a worker's page, keeps to no form."""
    edit(content / "officer/case.toml", 'kind = "choices"', 'kind = "questions"')
    text = (content / "officer/case.toml").read_text(encoding="utf-8")
    path = content / "officer/case.toml"
    path.write_text(text.replace(", best = true", "").replace(", best = false", ""), encoding="utf-8")
    assert problems(content) == []


FENCE, PAPERS = "officer.farm.signs.fence", "officer.farm.signs.papers"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  means = []\n", "", ("means", "which means does the sign bear on? write them, or [] for none", FENCE)),
        ('"day"', '"stubs"', ("question", "'stubs' is no question of this page", PAPERS)),
        ('"day"', f'"{STUBS}"', ("question", f"'{STUBS}' is no question of this page", PAPERS)),
        ('"stubs"', '"day"', ("collect", "'day' is nothing to collect on this page", PAPERS)),
        ('"stubs"', f'"{ASKED}"', ("collect", f"'{ASKED}' is nothing to collect on this page", PAPERS)),
    ],
)
def test_a_fault_of_a_sign_is_told_whole(guide_copy: Path, old: str, new: str, found: tuple[str, ...]):
    """A sign leads to a question and to something to collect, not the other way round, not by its whole id either."""
    edit(guide_copy / "content" / FARM, old, new)
    assert problems(guide_copy / "content") == [Problem(PAGE, *found)]


@pytest.mark.parametrize(("year", "is_good"), [(1989, False), (1990, True), (2100, True), (2101, False)])
def test_a_year_of_a_figure_is_one_of_our_time(guide_copy: Path, year: int, is_good: bool):
    """A year that was mistyped is named, with the figure."""
    path = guide_copy / "content" / FARM
    figure = FIGURE.replace("2020", str(year))
    edit(path, '[[sections]]\nid = "src"', figure.lstrip() + '\n[[sections]]\nid = "src"')
    said = "a figure needs the year it is of and a caveat; write both"
    expected = [] if is_good else [Problem(PAGE, "year", said, "officer.farm.counted.cases")]
    assert problems(guide_copy / "content") == expected


def test_the_sheets_need_their_pages(guide_copy: Path):
    """Every page whose words stand on paper is named where it is not there, by the page that lists the sheets."""
    text = 'title = "Sheets"\nsummary = "For paper."\nwritten_on = 2026-01-03\nsources_seen_to = 2026-01-02\n'
    section = '\n[[sections]]\nid = "src"\nkind = "sources"\n'
    (guide_copy / "content/officer/print.toml").write_text(text + section, encoding="utf-8")
    edit(guide_copy / "content" / SITE, '"farm"]', '"farm", "print"]')
    assert problems(guide_copy / "content") == [
        Problem(
            "content/officer/print.toml",
            "",
            f"the sheets have words of {page}, which is not there; list it, or leave this page out",
        )
        for page in PRINTED
    ]
