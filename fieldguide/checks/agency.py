"""The words that an agency writes about itself in its deployment file: read by the gate that reads all other words."""

from collections.abc import Iterator

from fieldguide.checks.text import iter_entered_faults
from fieldguide.deployment import Deployment
from fieldguide.languages import Registry
from fieldguide.problems import Problem

KEYS = ("agency", "name", "a3_approved_by", "accountable_person")
"""The keys of the deployment file whose values are words of a person's own."""


def check_agency_words(deployment: Deployment, registry: Registry) -> Iterator[Problem]:
    """Every fault of the agency's names and labels. A *Leave* that nobody can see keeps a worker on the page."""
    for key in KEYS:
        text = getattr(deployment, key)
        for fault in iter_entered_faults(text) if text else ():
            yield Problem("deployment", key, fault)
    for tag, label in deployment.leave.labels.items():
        script = registry[tag].script if tag in registry else "Latn"
        for fault in iter_entered_faults(label, script):
            yield Problem("deployment", f"leave.labels.{tag}", fault)
