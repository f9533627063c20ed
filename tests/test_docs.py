"""The documentation is tested: what it names exists, and what exists is named."""

import argparse
import re
from collections.abc import Iterator

import pytest

from fieldguide.cli import build_parser
from fieldguide.deployment import Deployment
from fieldguide.items import Tier
from fieldguide.load import load_ingredients
from fieldguide.review import is_usable
from fieldguide.sections import SECTIONS

from .conftest import ROOT
from .faults.faults import FAULTS

PAGES = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
MADE = ("deploy/ours/",)
"""Folders that a person makes."""


def test_every_command_and_option_is_in_the_readme() -> None:
    """A command or option that the README does not name cannot ship."""
    readme = (ROOT / "README.md").read_text()
    found = dict(_commands(build_parser()))
    assert {"build", "serve", "translations", "translations sync"} <= found.keys()
    for words, parser in found.items():
        (line,) = re.findall(rf"^\| `python build_pwa\.py {words}(?= [\[…A-Z]|`).*$", readme, re.MULTILINE)
        for action in parser._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or option in line, (words, option)


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield f"{before}{word}", inner
                yield from _commands(inner, f"{before}{word} ")


def test_every_kind_of_section_is_in_the_style_guide() -> None:
    """An author finds every block kind in one table."""
    style = (ROOT / "docs" / "content-style.md").read_text()
    for kind in SECTIONS:
        assert f"`{kind}`" in style


def test_paths_named_in_the_readme_exist() -> None:
    """The table "to change X, edit Y" leads to files that are there."""
    readme = (ROOT / "README.md").read_text()
    paths = re.findall(r"`((?:fieldguide|static|docs|translations|tests)/[\w./-]*)`", readme)
    paths += re.findall(r"\]\(([\w./-]+)\)", readme)
    assert len(paths) > 15
    for path in paths:
        assert (ROOT / path).exists(), path


def test_every_fault_is_in_the_page_about_offline() -> None:
    """What is tried stands there, and what stands there is tried."""
    page = (ROOT / "docs" / "offline.md").read_text()
    named = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert sorted(named) == sorted(FAULTS)


@pytest.mark.parametrize("name", ["offline.md", "operate.md", "threat-model.md", "supply.md", "workbench.md"])
def test_every_test_that_a_page_names_exists(name: str) -> None:
    """A line that is said to hold is held by a test of that name, in that file."""
    page = (ROOT / "docs" / name).read_text()
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert named
    for test in named:
        assert f"def {test}(" in tests, test
    for path in re.findall(r"`((?:fieldguide|static|tests)/[\w./-]*)`", page):
        assert (ROOT / path).exists(), path


def test_key_sentences_are_vital_in_every_language() -> None:
    """The ten that readers say back: about rights or safety, and translated wherever there is a catalog."""
    ingredients = load_ingredients(Deployment())
    table = re.findall(r"^\| (\d+) \| `([\w.-]+)` \|", (ROOT / "docs/testing.md").read_text(), re.MULTILINE)
    assert [int(number) for number, _ in table] == list(range(1, 11))
    units = {unit.id: unit for unit in ingredients.units}
    for _, unit_id in table:
        assert units[unit_id].tier is Tier.VITAL, unit_id
        for tag, catalog in ingredients.catalogs.items():
            assert is_usable(units[unit_id], catalog.entries.get(unit_id)), f"{tag}: {unit_id}"


def test_every_page_is_in_the_index() -> None:
    """Whoever looks into ``docs/`` finds every page in one table, and no line leads nowhere."""
    index = (ROOT / "docs" / "README.md").read_text()
    linked = {(ROOT / "docs" / path).resolve() for path in re.findall(r"\]\(([\w./-]+)\)", index)}
    pages = {path.resolve() for path in (ROOT / "docs").glob("*.md")} - {(ROOT / "docs" / "README.md").resolve()}
    assert pages <= linked
    assert all(path.exists() for path in linked)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "translations/README.md", *PAGES])
def test_links_and_paths_of_pages_lead_somewhere(name: str) -> None:
    """A link to a file, and a path in the repository that a page names, are there."""
    page = ROOT / name
    text = page.read_text()
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    for path in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", prose):
        assert (page.parent / path).exists(), path
    for path in re.findall(r"`((?:fieldguide|static|docs|tests|deploy|bench)/[\w./-]*)`", text):
        assert (ROOT / path).exists() or path in MADE, path


def test_the_readme_is_short() -> None:
    """Under 200 lines, so that people read it."""
    assert len((ROOT / "README.md").read_text().splitlines()) < 200


def test_every_make_target_is_in_its_help() -> None:
    """``make help`` lists what a person may run."""
    makefile = (ROOT / "Makefile").read_text()
    targets = makefile.partition(".PHONY: help ")[2].splitlines()[0].split()
    assert len(targets) > 8
    for target in targets:
        assert f"make {target} " in makefile
