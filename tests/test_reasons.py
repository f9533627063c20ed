"""Each reason why labor trafficking is missed has its answer in the guide. A row that empties fails."""

import pytest

from fieldguide.model import iter_units
from fieldguide.reader import load_guide

IDS = {unit.id for unit in iter_units(load_guide())}

REASONS = {
    "awareness": (
        "officer.agriculture.what.",
        "officer.construction.what.",
        "officer.restaurants.what.",
        "officer.domestic.what.",
    ),
    "training": ("officer.first-thirty.", "officer.interview.before.", "officer.interview.ask."),
    "fear and not self-identifying": (
        "officer.control.",
        "officer.when-no.",
        "worker.threats.",
        "officer.interview.memory.",
    ),
    "language": ("officer.interview.interpreters.", "officer.interview.language.", "worker.interpreters."),
    "resources": ("officer.call-first.silence.", "officer.call-first.report."),
    "coordination": ("officer.call-first.", "officer.agriculture.partners."),
    "services": ("officer.tonight.", "worker.lawyers."),
    "prosecution": ("officer.agriculture.collect.", "officer.construction.collect.", "officer.may."),
    "misconceptions": ("officer.agriculture.balance.", "officer.domestic.balance.", "officer.agriculture.what."),
    "public awareness": ("neighbor.start.", "neighbor.agriculture.notice.", "neighbor.domestic.do."),
}
"""Prefixes of the units that answer a reason so far. Data (counting it the same way) has no page yet."""


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_has_its_answer(reason: str) -> None:
    """Every prefix of a row still names units."""
    for prefix in REASONS[reason]:
        assert [unit_id for unit_id in IDS if unit_id.startswith(prefix)], prefix
