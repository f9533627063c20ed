"""Each reason why labor trafficking is missed has its answer in the guide. A row that empties fails."""

import pytest

from fieldguide.model import iter_units
from fieldguide.reader import load_guide

GUIDE = load_guide()
IDS = {unit.id for unit in iter_units(GUIDE)}
INDUSTRIES = [name.partition("/")[2] for name in GUIDE.groups["industries"]]

REASONS = {
    "awareness": tuple(f"officer.{name}.what." for name in INDUSTRIES),
    "training": (
        "officer.first-thirty.",
        "officer.interview.ask.",
        "officer.law.",
        "officer.ilo.",
        "officer.roll-call.",
    ),
    "fear and not self-identifying": (
        "officer.control.",
        "officer.when-no.",
        "worker.threats.",
        "officer.interview.memory.",
    ),
    "language": (
        "officer.interview.interpreters.",
        "officer.interview.language.",
        "officer.deaf-disabled.",
        "worker.interpreters.",
    ),
    "resources": ("officer.one-officer.", "officer.call-first.silence.", "officer.call-first.report."),
    "coordination": (
        "officer.who-does-what.",
        "officer.call-first.",
        "officer.inspectors.",
        "officer.agriculture.partners.",
    ),
    "services": ("officer.tonight.", "officer.immigration-tools.", "officer.clinics.", "worker.lawyers."),
    "prosecution": ("officer.law.not-reached.", "officer.write-and-photograph.", "officer.agriculture.collect."),
    "misconceptions": ("officer.myths.", "officer.agriculture.balance.", "officer.domestic.balance."),
    "public awareness": (
        "neighbor.start.",
        "neighbor.agriculture.notice.",
        "neighbor.domestic.do.",
        "officer.schools.",
    ),
    "data": ("officer.counting.", "officer.figures."),
}
"""The eleven reasons, each with prefixes of the units that answer it."""


def test_there_are_eleven_reasons() -> None:
    """The page that explains why cases are missed names as many."""
    assert len(REASONS) == 11
    assert [unit_id for unit_id in IDS if unit_id.startswith("officer.why-missed.")]


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_has_its_answer(reason: str) -> None:
    """Every prefix of a row still names units."""
    for prefix in REASONS[reason]:
        assert [unit_id for unit_id in IDS if unit_id.startswith(prefix)], prefix
