"""What a language's catalog holds, what its status promises, and how far it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import Catalog, Entry
from fieldguide.coverage import (
    check_coverage,
    check_listed,
    check_whole,
    has_text,
    iter_language_units,
    iter_promised_units,
    progress,
)
from fieldguide.ingredients import Ingredients
from fieldguide.items import Tier, Unit
from fieldguide.languages import Language, Registry
from fieldguide.model import Guide, page_units
from fieldguide.review import Role, State, add_review

from .conftest import edit, fixture_ingredients

INTERFACE = (Unit("ui.go", "Go"), Unit("ui.stop", "Stop"))
HELP = """title = "Numbers"
summary = "Call {phone.line}."
written_on = 2026-01-03

[[sections]]
id = "call"
kind = "contacts"
title = "Call now"

  [[sections.items]]
  id = "emergency"
  contact = "emergency"
  text = "For danger now. Ask for {names.office}."
  confidence = "practice"
"""


@pytest.fixture
def guide(guide_copy: Path) -> Guide:
    """The tiny guide with a page of numbers, which it does not have."""
    edit(guide_copy / "content/site.toml", 'worker = ["start", "pay"]', 'worker = ["start", "help", "pay"]')
    (guide_copy / "content/worker/help.toml").write_text(HELP, encoding="utf-8")
    return fixture_ingredients(root=guide_copy).guide


def language(status: str, *audiences: str) -> Language:
    return Language("xx", "Xx", "Xx", "Latn", "en", status=status, audiences=audiences or ("worker",))


def ids(units) -> list[str]:
    return [unit.id for unit in units]


def sides(unit_ids: list[str]) -> list[str]:
    return list(dict.fromkeys(unit_id.partition(".")[0] for unit_id in unit_ids))


@pytest.mark.parametrize(
    ("audiences", "expected"),
    [
        (("worker",), ["ui", "names", "worker", "shared"]),
        (("officer",), ["ui", "names", "officer", "shared"]),
        (("officer", "worker"), ["ui", "names", "officer", "worker", "shared"]),
        (("neighbor",), ["ui", "names", "shared"]),
    ],
)
def test_catalog_holds_the_sides_of_its_language(ingredients: Ingredients, audiences: tuple, expected: list[str]):
    """Interface and names first, then the pages of the language's own sides and the shared ones, in document order."""
    found = ids(iter_language_units(language("help", *audiences), ingredients.guide, INTERFACE))
    assert sides(found) == expected
    assert len(found) == len(set(found))
    everything = [*ids(INTERFACE), *(unit.id for unit in ingredients.units if not unit.id.startswith("ui."))]
    if audiences == ("worker",):  # the list of sources belongs to the sides that cite them
        everything = [unit_id for unit_id in everything if not unit_id.startswith("shared.sources.")]
    assert found == [unit_id for unit_id in everything if unit_id.partition(".")[0] in expected]


def test_complete_promises_the_whole_catalog(guide: Guide):
    """A complete language has everything on its sides."""
    one = language("complete", "officer")
    assert ids(iter_promised_units(one, guide, INTERFACE)) == ids(iter_language_units(one, guide, INTERFACE))


@pytest.mark.parametrize("audiences", [("worker",), ("officer", "worker")])
def test_help_promises_the_page_of_numbers(guide: Guide, audiences: tuple[str, ...]):
    """Interface, start, that page, and the names they print through a contact or a placeholder; no other name."""
    assert ids(iter_promised_units(language("help", *audiences), guide, INTERFACE)) == [
        "ui.go",
        "ui.stop",
        "names.emergency",
        "names.line",
        "names.office",
        *(unit.id for unit in page_units(guide.pages["worker/start"])),
        "worker.help.title",
        "worker.help.summary",
        "worker.help.call.title",
        "worker.help.call.emergency",
    ]


def test_help_without_that_page_promises_interface_and_start(ingredients: Ingredients):
    """In a guide without a page of numbers the start is left, to which a QR code leads."""
    promised = ids(iter_promised_units(language("help"), ingredients.guide, INTERFACE))
    assert promised[:2] == ["ui.go", "ui.stop"]
    assert {unit_id for unit_id in promised if unit_id.startswith("worker.")} == {
        unit.id for unit in page_units(ingredients.guide.pages["worker/start"])
    }


def test_language_is_not_listed_without_its_banners_and_numbers(guide: Guide):
    """The mark on drafts and the page of numbers: whatever of them is missing is named, whatever else is not."""
    interface = (*INTERFACE, Unit("ui.vital.draft-machine", "A computer wrote this.", Tier.VITAL))
    one = language("complete")
    registry = Registry({"en": Language("en", "English", "English", "Latn", "en", status="source"), "xx": one})
    missing = [problem.unit for problem in check_listed(guide, interface, registry, {})]
    assert missing[:3] == ["ui.vital.draft-machine", "names.emergency", "names.office"]
    assert missing[3:] == [unit.id for unit in page_units(guide.pages["worker/help"])]
    spoken = Registry({**registry.languages, "xx": language("spoken")})
    assert list(check_listed(guide, interface, spoken, {})) == []


@pytest.mark.parametrize(
    ("status", "audiences", "has_industry"),
    [
        ("complete", ("officer", "worker"), True),
        ("complete", ("worker",), False),
        ("help", ("officer", "worker"), False),
    ],
)
def test_a_language_is_whole_with_its_start_and_its_officers_industries(
    guide: Guide, status: str, audiences: tuple[str, ...], *, has_industry: bool
):
    """The start of every language, and each industry where officers have all pages; not what is stale, nor an agency's
    own words."""
    guide = replace(guide, groups={"industries": ("officer/farm",)})
    registry = Registry({"xx": language(status, *audiences)})
    pages = ("worker/start", "officer/farm") if has_industry else ("worker/start",)
    wanted = {unit.id for page in pages for unit in page_units(guide.pages[page])} | {"names.emergency", "names.line"}
    wanted |= {"names.office"} if has_industry else set()
    missing = [problem.unit for problem in check_whole(guide, registry, {})]
    assert set(missing) == wanted
    assert len(missing) == len(wanted)
    own = frozenset({"worker.start.title"})
    assert {problem.unit for problem in check_whole(guide, registry, {}, own)} == wanted - own
    title = Entry("worker.start.title", "Begin", "Xx", fuzzy=True)
    stale = {"xx": Catalog("xx", {title.id: title})}
    assert {problem.unit for problem in check_whole(guide, registry, stale)} == wanted - own
    spoken = Registry({"xx": language("spoken", *audiences)})
    assert list(check_whole(guide, spoken, {})) == []


@pytest.mark.parametrize("status", ["spoken", "source"])
def test_language_without_text_promises_nothing(guide: Guide, status: str):
    """A spoken language has no text, and English is the source."""
    assert list(iter_promised_units(language(status), guide, INTERFACE)) == []
    assert not has_text(language(status))


def test_written_language_has_text():
    """Complete and help languages have a catalog."""
    assert has_text(language("complete"))
    assert has_text(language("help"))


def entries(guide: Guide, one: Language) -> dict[str, Entry]:
    return {unit.id: Entry(unit.id, unit.text, "text") for unit in iter_language_units(one, guide, INTERFACE)}


@pytest.mark.parametrize("status", ["complete", "help"])
def test_each_missing_and_stale_unit_is_named(guide: Guide, status: str):
    """A text that is not there, empty, made for other English or doubted is a problem with its id and its English."""
    one = language(status)
    registry = Registry({"en": Language("en", "English", "English", "Latn", "en", status="source"), "xx": one})
    good = entries(guide, one)
    assert list(check_coverage(guide, INTERFACE, registry, {"xx": Catalog("xx", good)})) == []
    broken = {key: entry for key, entry in good.items() if key != "ui.go"}
    broken["ui.stop"] = replace(broken["ui.stop"], text=" ")
    broken["names.office"] = replace(broken["names.office"], english="Old office")
    broken["worker.help.title"] = replace(broken["worker.help.title"], fuzzy=True)
    broken["worker.pay.title"] = replace(broken["worker.pay.title"], text="")
    found = list(check_coverage(guide, INTERFACE, registry, {"xx": Catalog("xx", broken)}))
    expected = {"ui.go": "missing", "ui.stop": "missing", "names.office": "stale", "worker.help.title": "stale"}
    if status == "complete":
        expected["worker.pay.title"] = "missing"
    assert {problem.unit: problem.message.split()[1] for problem in found} == expected
    assert len(found) == len(expected)
    assert {problem.file for problem in found} == {"translations/xx/messages.po"}
    assert found[0].message == f"is missing in a language whose status is {status!r}; draft it: 'Go'"


def test_language_without_its_catalog_lacks_everything(guide: Guide):
    """A language whose file does not exist lacks all it promises; a draft of everything is enough."""
    one = language("help")
    registry = Registry({"xx": one})
    promised = ids(iter_promised_units(one, guide, INTERFACE))
    assert [problem.unit for problem in check_coverage(guide, INTERFACE, registry, {})] == promised


A, B, C, D = (Unit("p.a", "A"), Unit("p.b", "B", Tier.VITAL), Unit("p.c", "C", Tier.VITAL), Unit("p.d", "D"))


def test_progress_counts_by_tier_and_state():
    """Each unit is counted once, in its tier and its state; entries of no unit are not counted."""
    one = {unit.id: Entry(unit.id, unit.text, "text") for unit in (A, B, C)}
    one["p.a"] = add_review(one["p.a"], "ana", Role.LAWYER, date(2026, 1, 1))
    one["p.b"] = add_review(one["p.b"], "ana", Role.LAWYER, date(2026, 1, 1))
    one["p.c"] = replace(one["p.c"], fuzzy=True)
    one["p.gone"] = Entry("p.gone", "Gone", "text")
    found = progress([A, B, C, D], Catalog("xx", one))
    assert dict(found.counts[Tier.NORMAL]) == {State.REVIEWED: 1, State.MISSING: 1}
    assert dict(found.counts[Tier.VITAL]) == {State.DRAFT: 1, State.STALE: 1}
    assert found.total == 4
    assert found.count(State.REVIEWED, State.DRAFT) == 2
    assert found.count(State.STALE) == 1
    assert found.count(State.SOURCE) == 0


def test_the_newest_check_by_role_is_kept():
    """For each role the latest date, whatever the order in the file; roles in the order of the list."""
    one = {unit.id: Entry(unit.id, unit.text, "text") for unit in (A, B, D)}
    one["p.a"] = add_review(one["p.a"], "ana", Role.LAWYER, date(2026, 3, 1))
    one["p.b"] = add_review(one["p.b"], "ben", Role.LAWYER, date(2026, 1, 1))
    one["p.b"] = add_review(one["p.b"], "cat", Role.NATIVE_SPEAKER, date(2025, 5, 5))
    one["p.d"] = add_review(one["p.d"], "ana", Role.LAWYER, date(2026, 2, 1))
    found = progress([A, B, D], Catalog("xx", one))
    assert list(found.checked.items()) == [
        (Role.NATIVE_SPEAKER, date(2025, 5, 5)),
        (Role.LAWYER, date(2026, 3, 1)),
    ]


def test_only_a_check_that_holds_has_a_date():
    """A review of other words, of a doubted text, or copied from another unit says nothing about this language."""
    checked = add_review(Entry("p.a", "A", "text"), "ana", Role.LAWYER, date(2026, 3, 1))
    assert progress([A], Catalog("xx", {"p.a": checked})).checked == {Role.LAWYER: date(2026, 3, 1)}
    for entry in (
        replace(checked, text="other text"),
        replace(checked, fuzzy=True),
        replace(checked, english="Older"),
        replace(checked, comments=("reviewed: 0123456789ab ana lawyer 2026-03-01",)),
    ):
        assert progress([A], Catalog("xx", {"p.a": entry})).checked == {}
    copied = replace(checked, id="p.d", english="D")
    assert progress([D], Catalog("xx", {"p.d": copied})).checked == {}
