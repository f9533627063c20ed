"""Whether a copy is fit to be put before readers: who answers for it, whom it names, and who has called them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from fieldguide.contacts import Contacts, LocalContact, Role, Takes
from fieldguide.deployment import Deployment
from fieldguide.items import Law
from fieldguide.problems import Problem
from fieldguide.state import law_text

NEEDED: tuple[tuple[Role, Takes | None, str], ...] = (
    (Role.LEGAL_AID, None, "a legal aid office"),
    (Role.INTERPRETER, None, "an interpreter line"),
    (Role.ADVOCATE, None, "an advocate who answers after hours"),
    (Role.SHELTER, Takes.MEN, "a shelter that takes men"),
    (Role.SHELTER, Takes.FAMILIES, "a shelter that takes families"),
)
"""Role, whom it must take, and what a person calls it: whom an officer needs at night, and looks for in vain by day."""

QUIET = timedelta(days=120)
"""After so long without a newer edition phones say so; static/js/lights.js has it too."""

_RESERVED = re.compile(r"(?:^|[@/.])(?:example\.(?:com|net|org)|[a-z0-9-]+\.(?:example|invalid|test))(?=$|[/:])")


def check_fit(deployment: Deployment, contacts: Contacts, today: date) -> Iterator[Problem]:
    """Everything for which a release is refused."""
    yield from _check_needed(contacts.local)
    yield from _check_examples(deployment)
    yield from _check_people(deployment, today)
    if not deployment.leave.page:
        message = "is blank; name a plain page that many people open, like https://www.weather.gov/"
        yield Problem("deployment", "leave.page", message)
    for law, told in (deployment.state or {}).items():
        if told != "unknown" and told.seen_on > today:
            yield Problem("deployment", f"state.{law}.seen_on", f"{told.seen_on} is still to come; mend the date")


def check_released(released_on: date | None, today: date) -> Iterator[Problem]:
    """Whether a release says its day: by it phones tell for how long nothing was heard from who makes the guide."""
    if released_on is None:
        message = "is missing; write the day of this release beside `edition`, like 2027-01-15"
        yield Problem("deployment", "released_on", message)
    elif released_on > today:
        yield Problem("deployment", "released_on", f"{released_on} is still to come; write the day of this release")
    elif today - released_on > QUIET:
        message = f"{released_on} is over {QUIET.days} days ago, phones would warn; write the day of this release"
        yield Problem("deployment", "released_on", message)


def _check_needed(contacts: Iterable[LocalContact]) -> Iterator[Problem]:
    for role, whom, called in NEEDED:
        found = [one for one in contacts if one.role is role and (whom is None or whom in one.takes)]
        if not found:
            yield Problem("deployment", "contacts", f"{called} is missing; add one with the role {role.value!r}")
        elif not any(one.dialed_on for one in found):
            ids = ", ".join(one.id for one in found)
            yield Problem("deployment", "contacts", f"nobody has called {called} ({ids}); call, and write dialed_on")


def _check_examples(deployment: Deployment) -> Iterator[Problem]:
    if deployment.example:
        yield Problem("deployment", "example", "this is an example of an invented place; make your own with `init`")
    for key in ("mistakes", "origin", "security_contact"):
        if _RESERVED.search(getattr(deployment, key)):
            message = f"{getattr(deployment, key)!r} is an address for examples; write a real one"
            yield Problem("deployment", key, message)


def _check_people(deployment: Deployment, today: date) -> Iterator[Problem]:
    reviewed = deployment.counsel_reviewed_on
    if not deployment.agency:
        yield Problem("deployment", "agency", "is blank; name who puts this copy online")
    if not deployment.accountable_person:
        yield Problem("deployment", "accountable_person", "is blank; name who answers for this copy")
    if reviewed is None:
        yield Problem("deployment", "counsel_reviewed_on", "is blank; write the day on which your lawyer had read it")
    elif reviewed > today:
        yield Problem("deployment", "counsel_reviewed_on", f"{reviewed} is still to come; write the day it was read")


def iter_blank(deployment: Deployment) -> Iterator[str]:
    """What is left blank and stops no release, one line a kind: readers see that nobody filled it in."""
    keys = [key for key in ("name", "icon", "mistakes", "origin", "security_contact") if not getattr(deployment, key)]
    if keys:
        yield f"choices: {', '.join(keys)}"
    laws = [law for law in Law if law_text(deployment.state, law) is None]
    if laws:
        yield f"state: {', '.join(laws)}"
