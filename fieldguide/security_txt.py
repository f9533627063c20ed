"""Whom to tell of a fault, where those who look for faults look: ``/.well-known/security.txt`` (RFC 9116)."""

from collections.abc import Iterator
from datetime import date, timedelta

from fieldguide import urls
from fieldguide.artifact import TEXT, Artifact
from fieldguide.deployment import Deployment
from fieldguide.problems import Problem

LASTS = timedelta(days=366)
"""How far ahead the day may be until which the contact is good: whoever reads it trusts that somebody looked lately."""


def build_security_txt(deployment: Deployment) -> Iterator[Artifact]:
    """The file, where the deployment names a contact."""
    contact, expires = deployment.security_contact, deployment.security_expires
    if not contact or expires is None:
        return
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(deployment.security_languages)}",
    ]
    if deployment.origin:
        lines.append(f"Canonical: {deployment.origin}/{urls.SECURITY_TXT}")
    body = "".join(f"{line}\n" for line in lines)
    yield Artifact(urls.SECURITY_TXT, body.encode("utf-8"), TEXT)


def check_expires(deployment: Deployment, today: date) -> Iterator[Problem]:
    """Whether a release made ``today`` names a day that is to come, and not far off."""
    expires = deployment.security_expires
    if expires is not None and not today < expires <= today + LASTS:
        message = f"{expires} is past or over a year away; ask the contact again and write a day within a year"
        yield Problem("deployment", "security_expires", message)
