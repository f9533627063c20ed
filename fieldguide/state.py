"""What the law of the reader's own state says, as the deployment's lawyer or prosecutor filled it in.

The guide itself reads no state law: officers' pages print these texts where they are needed, or say that nobody did.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldguide.items import Law
from fieldguide.problems import Problem
from fieldguide.structure import CONVERTER, member, word_for

LONGEST = 600
"""Letters of one text: what an officer can read on a phone beside a road."""

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/%?=&+:,;()#-]*)?")


@dataclass(frozen=True, kw_only=True)
class LawText:
    """A text of the deployment's own, in English; ``source`` is an https address or the title of a law, ``seen_on`` the
    day on which somebody read it there."""

    text: str
    source: str
    seen_on: date

    @property
    def url(self) -> str:
        """The source where it is an address, else ""."""
        return self.source if _ADDRESS.fullmatch(self.source) else ""


Told = LawText | Literal["unknown"]
"""A law, or the word that says that nobody looked: an empty line would not tell the two apart."""

State = Mapping[Law, Told]
"""The whole table of a deployment that has one."""


def law_text(state: State | None, law: Law) -> LawText | None:
    """The text for a law, None where nobody filled it in."""
    told = (state or {}).get(law, "unknown")
    return None if told == "unknown" else told


def check_state(state: State, file: str) -> Iterator[Problem]:
    """Every law that a table leaves out, and every text that says nothing or no source."""
    for law in Law:
        told = state.get(law)
        if told is None:
            yield Problem(file, f"state.{law}", 'is missing; write its text, source and seen_on, or "unknown"')
        elif told != "unknown":
            yield from _check_text(told, file, f"state.{law}")


def _check_text(told: LawText, file: str, place: str) -> Iterator[Problem]:
    if not 1 <= len(told.text.strip()) <= LONGEST:
        message = f'has {len(told.text.strip())} letters; write 1 to {LONGEST}, or "unknown" for the whole key'
        yield Problem(file, f"{place}.text", message)
    if not told.source.strip() or (told.source.startswith("http") and not told.url):
        message = f"{told.source!r} is no source; write the https address of the law, or its title"
        yield Problem(file, f"{place}.source", message)


def _told(value: object, _: object) -> object:
    if value == "unknown":
        return value
    if not isinstance(value, dict):
        raise TypeError(f'expected a table with text, source and seen_on, or "unknown", found {word_for(type(value))}')
    return CONVERTER.structure(value, LawText)


CONVERTER.register_structure_hook(Law, member)
CONVERTER.register_structure_hook(Told, _told)
