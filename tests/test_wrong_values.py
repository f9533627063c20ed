"""Anything in the place of any value of any TOML file: taken, or refused in lines that name file, place and remedy."""

import copy
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from fieldguide import schema
from fieldguide.contact_files import load_contacts
from fieldguide.deployment import load_deployment
from fieldguide.glossary import load_glossary
from fieldguide.load import TRANSLATIONS
from fieldguide.model import Audience
from fieldguide.overlay import load_overlay
from fieldguide.problems import ProblemsError
from fieldguide.reader import CONTENT, load_page, load_registry, load_sources
from fieldguide.recordings import load_recordings
from fieldguide.sections import SECTIONS
from fieldguide.structure import load_toml

from .conftest import ROOT

Load = Callable[[Path], object]

WRONG = [
    *({"a": {"b": {"c": 1}}}, {}, [], [{"a": {"b": []}}], "x", "", 7, 10**18, 1.5, float("nan"), True),
    *(date(2026, 1, 1), datetime(2026, 1, 1, 1), time(1)),
]
PYTHON = re.compile(
    r"unhashable|object|NoneType|dict\b|class|attribute|\bint\b|\bstr\b|instance|iterable|argument|recursion"
)
"""Words that tell a programmer something, and nobody else."""

DEPLOYMENT = """
agency = "Sheriff"
name = "Guide"
icon = "icon.png"
opens = "worker"
languages = ["en", "ar"]
base = "/"
negotiate = false
edition = 3
drafts = "mark"
clear_after = 60
mistakes = "name@example.org"
cards_on = ["A3"]
cards_off = ["A5"]
a3_approved_by = "ana"
own_origin = false
contacts = ["contacts.toml"]
example = true
origin = "https://a.example.org"
worker_origin = "https://b.example.org"
security_contact = "name@example.org"
security_expires = 2027-01-01
security_languages = ["en"]
overlay = "overlay"
accountable_person = "ana"
counsel_reviewed_on = 2026-01-01
[leave]
page = "https://www.weather.gov/"
[leave.labels]
en = "Go"
[colours]
accent = "#123456"
[state]
ut_certification = "unknown"
[state.trafficking_statute]
text = "text"
source = "source"
seen_on = 2026-01-01
"""
AUDIO = """
[voices.ana]
consent = 2026-01-01
licence = "CC-BY-4.0"
[recordings."worker.pay.title"]
voice = "ana"
on = 2026-01-02
words = "012345678901"
sound = "0123"
"""
UNITS = """
hide = ["worker.pay.owed.rate"]
[replace."worker.pay.title"]
text = "Pay"
was = "012345678901"
"""


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fewer(value: Any) -> Any:
    """A table with one item of each make: its kind and its keys."""
    if isinstance(value, dict):
        return {key: fewer(one) for key, one in value.items()}
    if isinstance(value, list):
        return list({make_of(one): fewer(one) for one in reversed(value)}.values())
    return value


def make_of(value: Any) -> object:
    return (str(value.get("kind")), *sorted(value)) if isinstance(value, dict) else type(value)


def few_keys(table: dict[str, Any]) -> dict[str, Any]:
    """The first row of each make of a table whose keys are names."""
    return {
        key: row for key, row in table.items() if key in {make_of(one): name for name, one in table.items()}.values()
    }


def every_section() -> dict[str, Any]:
    """A page with one section of each kind, from the guide's own pages."""
    pages = [read(path) for side in Audience for path in sorted((CONTENT / side).glob("*.toml"))]
    kinds = {section["kind"]: section for page in pages for section in page["sections"]}
    assert kinds.keys() == SECTIONS.keys()
    return fewer({**pages[0], "slug": "x", "sources_seen_to": date(2026, 1, 1), "sections": list(kinds.values())})


def facts() -> dict[str, Any]:
    table = fewer(read(CONTENT / "facts.toml"))
    return {**table, "names": few_keys(table["names"]), "facts": few_keys(table["facts"])}


def glossary() -> dict[str, Any]:
    table = read(TRANSLATIONS / "glossary.toml")
    terms = [{**term, "languages": few_keys(term["languages"])} for term in table["terms"][:2]]
    return {**table, "terms": terms, "sources": few_keys(table["sources"])}


def deployment() -> dict[str, Any]:
    return tomllib.loads(DEPLOYMENT)


def contacts() -> dict[str, Any]:
    return fewer(read(ROOT / "deploy/examples/farmworker-legal-aid/contacts.toml"))


FILES: dict[str, tuple[Callable[[], dict[str, Any]], Load]] = {
    "content/site.toml": (lambda: fewer(read(CONTENT / "site.toml")), lambda p: load_toml(p, schema.SiteTable, p.name)),
    "content/facts.toml": (facts, lambda path: load_toml(path, schema.FactsTable, path.name)),
    "content/sources.toml": (lambda: fewer(read(CONTENT / "sources.toml")), lambda path: load_sources(path, path.name)),
    "content/languages.toml": (
        lambda: fewer(read(CONTENT / "languages.toml")),
        lambda path: load_registry(path.parent),
    ),
    "content/page.toml": (every_section, lambda path: load_page(path, Audience.OFFICER, path.name)),
    "content/cards.toml": (
        lambda: fewer(read(CONTENT / "cards" / "daily.toml")),
        lambda path: load_toml(path, schema.DeckTable, path.name),
    ),
    "translations/glossary.toml": (glossary, load_glossary),
    "translations/ar/audio/audio.toml": (
        lambda: tomllib.loads(AUDIO),
        lambda path: load_recordings(path.parents[2], "ar"),
    ),
    "deployment.toml": (deployment, load_deployment),
    "contacts.toml": (contacts, lambda path: load_contacts([path.name], path.parent, is_example=True)),
    "overlay/units.toml": (lambda: tomllib.loads(UNITS), lambda path: load_overlay(path.parent)),
}


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of a table."""
    if path:
        yield path
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(one, (*path, key))


def changed(table: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    table = copy.deepcopy(table)
    inner: Any = table
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return table


@pytest.mark.parametrize("name", FILES)
def test_every_value_of_every_file(name: str, tmp_path: Path) -> None:
    """Tables, lists and scalars of every type, in the place of each: no traceback, and lines for people."""
    table, load = FILES[name][0](), FILES[name][1]
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    refused = 0
    for path in places(table):
        for wrong in WRONG:
            file.write_text(tomli_w.dumps(changed(table, path, wrong)), encoding="utf-8")
            try:
                load(file)
            except ProblemsError as error:
                refused += 1
                for problem in error.problems:
                    said = problem.message.replace(repr(wrong), "")
                    assert problem.file.endswith(file.name), (path, wrong, problem)
                    assert problem.place or len(path) == 1, (path, wrong, problem)
                    assert not PYTHON.search(said), (path, wrong, problem)
    assert refused > 50


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("deep", ["x = " + "[" * 9000 + "]" * 9000, "x = " + "{a=" * 9000 + "1" + "}" * 9000])
def test_what_is_nested_without_end(name: str, deep: str, tmp_path: Path) -> None:
    """One line for the file, in whatever file it stands."""
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(deep, encoding="utf-8")
    with pytest.raises(ProblemsError, match="stand in one another too deeply") as caught:
        FILES[name][1](file)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].file.endswith(file.name)


def test_a_deep_key_is_refused_like_any_other(tmp_path: Path) -> None:
    """Dotted keys can be deep where nothing else is: still one line, with the place."""
    file = tmp_path / "deployment.toml"
    file.write_text("agency" + ".a" * 20_000 + " = 1", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"deployment\.toml: agency: expected text, found a table"):
        load_deployment(file)
