"""Guide + catalogs -> the text that is really shown in a language, with the language, direction and state it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldguide.catalog import Catalog
from fieldguide.languages import Language, Registry
from fieldguide.model import Unit


class State(StrEnum):
    """Where a shown text comes from. The review states join when reviews do."""

    SOURCE = "source"
    DRAFT = "draft"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class Shown:
    """One unit as a reader of one language gets it: never blank, never in an unmarked other language."""

    unit: Unit
    text: str
    language: Language
    state: State
    source: str = ""

    @property
    def is_human(self) -> bool:
        """True when a person wrote it; a page with any machine text says that a computer wrote it."""
        return self.source.startswith("human")


@dataclass(frozen=True)
class Localized:
    """Every unit of the guide and its interface in one language."""

    language: Language
    texts: Mapping[str, Shown]

    def __getitem__(self, unit: Unit) -> Shown:
        return self.texts[unit.id]


def localize(
    units: Iterable[Unit], language: Language, registry: Registry, catalogs: Mapping[str, Catalog]
) -> Localized:
    """Look every unit up by (id, English) along the language's fallback chain; English itself ends the chain."""
    chain = registry.chain(language)
    return Localized(language, {unit.id: _shown(unit, language, chain, catalogs) for unit in units})


def _shown(unit: Unit, language: Language, chain: tuple[Language, ...], catalogs: Mapping[str, Catalog]) -> Shown:
    for candidate in chain:
        if candidate.status == "source":
            state = State.SOURCE if candidate is language else State.FALLBACK
            return Shown(unit, unit.text, candidate, state)
        catalog = catalogs.get(candidate.tag)
        entry = catalog.lookup(unit.id, unit.text) if catalog else None
        if entry:
            state = State.DRAFT if candidate is language else State.FALLBACK
            return Shown(unit, entry.text, candidate, state, entry.source)
    raise ValueError(f"the fallback chain of {language.tag} does not end in English")
