"""The verbs of the ``contacts`` command: which numbers somebody must look at or call again."""

import argparse
from collections.abc import Iterator
from datetime import date

from fieldguide.contacts import LocalContact
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_deployed
from fieldguide.model import Contact
from fieldguide.problems import Problem, raise_if_any

SHIPPED = "content/facts.toml"
NEVER = "911"
"""Whoever calls it to try it holds up a call for help."""


def due(options: argparse.Namespace) -> None:
    """List every number, own and the guide's, to look at again before a day or never called; fail if there is any."""
    raise_if_any(check_due(load_deployed(options.deployment), options.before))
    print(f"good: every number was called, and is to be looked at again on {options.before} or later")


def check_due(ingredients: Ingredients, before: date) -> Iterator[Problem]:
    """A problem for each contact whose ``review_by`` is before a day, and for each but 911 that nobody dialed."""
    own = "call it, and write dialed_on, dialed_by and a new review_by"
    for contact in ingredients.contacts.local:
        is_never = contact.number is not None and contact.number.dial == NEVER
        yield from _due(contact, before, contact.file, f"{contact.place} ({contact.id})", own, is_never=is_never)
    shipped = "call it, and write id, dialed_on, dialed_by and review_by under [[dialed]] in a file of contacts"
    for known in ingredients.guide.contacts.values():
        yield from _due(known, before, SHIPPED, f"contacts ({known.id})", shipped, is_never=known.dial == NEVER)


def _due(
    contact: Contact | LocalContact, before: date, file: str, place: str, remedy: str, *, is_never: bool
) -> Iterator[Problem]:
    found = [] if contact.dialed_on or is_never else ["never dialed"]
    if contact.review_by < before:
        found.append(f"to be looked at again by {contact.review_by}")
    if found:
        remedy = "look whether it is still right, and write a new review_by" if is_never else remedy
        yield Problem(file, place, f"{' and '.join(found)}; {remedy}")
