"""``glossary.toml``: how official pages render the words that matter, and the renderings that would mislead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from fieldguide.problems import Problem, raise_if_any
from fieldguide.structure import CONVERTER, load_toml, member


class Standing(StrEnum):
    """Where a rendering comes from: an official page, usage that nobody official confirms, or nowhere yet."""

    OFFICIAL = "official"
    USUAL = "usual"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class GlossarySource:
    """A page on which official renderings were found."""

    title: str
    url: str


@dataclass(frozen=True)
class Rendering:
    """A term in one language. ``stems`` are what an inflected rendering is recognised by, ``never`` the traps."""

    standing: Standing
    say: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    why: str = ""
    sources: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """True when the text holds the rendering, whatever its ending."""
        return not self.say or any(form.casefold() in text for form in (*self.say, *self.stems))

    def traps_in(self, text: str) -> list[str]:
        """The renderings in the text that would mislead."""
        return [trap for trap in self.never if trap.casefold() in text]


@dataclass(frozen=True)
class Term:
    """A word of the English source that is to be rendered alike everywhere."""

    id: str
    english: tuple[str, ...]
    languages: Mapping[str, Rendering]
    note: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the term in an English text."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.english))})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Glossary:
    """All terms, and the pages they rest on."""

    terms: tuple[Term, ...] = ()
    sources: Mapping[str, GlossarySource] = field(default_factory=dict)

    def iter_terms(self, english: str, tag: str) -> Iterator[tuple[Term, Rendering]]:
        """The terms that an English text holds and that have an entry in this language."""
        if english not in self._found:
            self._found[english] = tuple(term for term in self.terms if term.pattern.search(english))
        for term in self._found[english]:
            if tag in term.languages:
                yield term, term.languages[tag]

    @cached_property
    def _found(self) -> dict[str, tuple[Term, ...]]:
        return {}  # each English text is searched once for all languages


CONVERTER.register_structure_hook(Standing, member)


def load_glossary(path: Path) -> Glossary:
    """Read the glossary; one that does not exist is empty. Raises `ProblemsError` with every mistake in it."""
    if not path.exists():
        return Glossary()
    file = f"{path.parent.name}/{path.name}"
    glossary = load_toml(path, Glossary, file)
    raise_if_any(_problems(glossary, file))
    return glossary


def _problems(glossary: Glossary, file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for term in glossary.terms:
        if term.id in seen:
            yield Problem(file, term.id, "a second term of this id; keep one")
        seen.add(term.id)
        if not term.english:
            yield Problem(file, term.id, "has no English words; add them")
        for tag, rendering in term.languages.items():
            for message in _faults(rendering, glossary):
                yield Problem(file, f"{term.id}.{tag}", message)


def _faults(rendering: Rendering, glossary: Glossary) -> Iterator[str]:
    if (rendering.standing is Standing.UNKNOWN) == bool(rendering.say):
        yield "an unknown rendering has an empty 'say', every other has one; mend either"
    if (rendering.standing is Standing.OFFICIAL) != bool(rendering.sources):
        yield "an official rendering names its sources, any other has none; mend either"
    if rendering.never and not rendering.why:
        yield "a trap needs its 'why'; add it"
    for source in rendering.sources:
        if source not in glossary.sources:
            yield f"unknown source {source!r}; add it under [sources]"
