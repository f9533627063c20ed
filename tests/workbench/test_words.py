"""The words of the workbench itself: plain, whole in three languages, and no business of the guide's translators."""

import re

import pytest

from fieldguide.catalog import serialise_catalog
from fieldguide.checks.translations import Gate, iter_faults
from fieldguide.interface import interface_units
from fieldguide.sync import sync
from fieldguide.workbench.words import LANGUAGES, load_words, workbench_units

PROGRAM = re.compile(r"\b(units?|stale|fuzzy|drafts?|msgid|msgstr|catalogs?|sync|entry|strings?)\b", re.IGNORECASE)
"""Words of programs and their makers."""


def test_its_words_are_those_of_people():
    """Sentences, checked, changed since; nothing of programs."""
    units = workbench_units()
    assert len(units) > 80
    assert [unit.text for unit in units if PROGRAM.search(unit.text)] == []
    assert PROGRAM.search("A stale unit.")


def test_the_guide_has_none_of_them():
    """Ids of its own, so that no language of the guide must have them."""
    assert all(unit.id.startswith("workbench.") for unit in workbench_units())
    assert not any(unit.id.startswith("workbench.") for unit in interface_units())


@pytest.mark.parametrize("tag", ["es", "ht"])
def test_its_languages_are_whole_and_in_step(tag: str):
    """Every string, for the English of now, past the gates, in a file as ``python -m`` writes it; all by machine."""
    catalog, units = load_words()[tag], workbench_units()
    assert serialise_catalog(sync(units, catalog)) == catalog.written
    gate = Gate(frozenset(), frozenset())
    for unit in units:
        entry = catalog.entries[unit.id]
        assert entry.text
        assert not entry.fuzzy
        assert list(iter_faults(entry, LANGUAGES[tag], gate)) == [], unit.id
        assert entry.source.startswith(("machine ", "human "))
