"""Promises that neither the law nor a browser keeps, and titles that say too much. Checks of the English source."""

import re
from collections.abc import Iterable, Iterator

from fieldguide.items import Unit
from fieldguide.model import Audience, Guide, Page
from fieldguide.problems import Problem

_PROMISE = re.compile(
    r"""(?ix)\b(
    (?:leaves?\ )?no\ traces? | eras(?:e|es|ed|ing) | wip(?:e|es|ed|ing) | secure(?:ly)? | encrypt\w*
    | invisible | untraceable | secretly | guarantee\w* | completely | fully | 100\ ?%
    | (?:stays?|is|are|be)\ (?:private|secret|hidden|confidential|anonymous)
    | cannot\ be\ (?:seen|traced|tracked|found|read|opened|undone)
    | (?:nobody|no\ one|your\ boss|they)\ (?:can|will|could|cannot|can't|will\ never)\ (?:ever\ )?
      (?:see|find|know|read|trace)\ (?:you|this|it|that|what)
    | (?:nobody|no\ one)\ (?:sees|knows|finds|reads)\ (?:what\ you|your) | you\ are\ safe\ here | leaves?\ nothing\ on
    | (?:hides?|protects?)\ (?:you|your|this|it|everything) | safe\ to\ (?:read|use|open)
    | (?:deletes?|removes?|clears?)\ (?:everything|all)
    )\b"""
)
"""None of it is true of a phone: history, backups, shared accounts, hidden programs and the people around are out of a
page's reach (docs/threat-model.md)."""

_WORDS = """
start numbers this phone ten questions pay wages tips and charges papers money you owe owed changing change
jobs hard words small steps care danger at work ride bed young workers deaf or disabled lawyers languages farm
building kitchen house visa visas for h-2a h-2b j-1 h2a h2b j1 two other about guide the page more what keeps
with no signal ready an icon on translations sources print heat cards
"""
DULL = frozenset(_WORDS.split())
"""The words that titles of workers' pages may be made of: true, and of no interest to whoever looks over a shoulder or
reads the browser's history. A new one is added here, with a thought for that."""


def check_promises(guide: Guide, units: Iterable[Unit]) -> Iterator[Problem]:
    """Promises in what workers read: their pages, the shared ones, the cards, the interface."""
    pages = {page.id: page for page in guide.pages.values() if page.audience in (Audience.WORKER, Audience.SHARED)}
    for unit in units:
        side, _, rest = unit.id.partition(".")
        page = pages.get(f"{side}/{rest.partition('.')[0]}")
        if page is None and (side not in ("ui", "cards") or rest.startswith("officer.")):
            continue
        found = _PROMISE.search(unit.text)
        if found:
            message = f"{found[0]!r} promises what no page can keep; say what happens, and what stays"
            yield Problem(page.file if page else "", "", message, unit.id)


def check_titles(guide: Guide) -> Iterator[Problem]:
    """Titles and addresses of workers' pages that say more than `DULL` words."""
    for page in guide.pages.values():
        if page.audience in (Audience.WORKER, Audience.SHARED):
            yield from _loud(page, "title", page.title.text)
            yield from _loud(page, "slug", page.slug.replace("-", " "))


def _loud(page: Page, place: str, text: str) -> Iterator[Problem]:
    loud = [word for word in text.lower().split() if word not in DULL]
    if loud:
        message = f"{', '.join(loud)}: not among the plain words of checks/promises.py; a title is seen by others"
        yield Problem(page.file, place, message)
