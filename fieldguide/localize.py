"""Guide + catalogs -> the text that is really shown in a language, with the language, direction and state it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fieldguide.catalog import Catalog
from fieldguide.deployment import Drafts
from fieldguide.items import Tier, Unit
from fieldguide.languages import Language, Registry
from fieldguide.review import State, state_of


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


def named(localized: Localized, unit_id: str, text: str) -> Localized:
    """The same texts with one that the deployment wrote itself."""
    shown = replace(localized.texts[unit_id], text=text, language=localized.language, state=State.SOURCE, source="")
    return replace(localized, texts={**localized.texts, unit_id: shown})


def localize(
    units: Iterable[Unit],
    language: Language,
    registry: Registry,
    catalogs: Mapping[str, Catalog],
    drafts: Drafts = "mark",
) -> Localized:
    """Look every unit up by (id, English) along the language's fallback chain; English itself ends the chain.

    ``drafts`` says whether a text that nobody checked is shown: always, not if it is vital, or never.
    """
    chain = registry.chain(language)
    return Localized(language, {unit.id: _shown(unit, chain, catalogs, drafts) for unit in units})


def _shown(unit: Unit, chain: tuple[Language, ...], catalogs: Mapping[str, Catalog], drafts: Drafts) -> Shown:
    for candidate in chain:
        if candidate.status == "source":
            return Shown(unit, unit.text, candidate, State.SOURCE)
        catalog = catalogs.get(candidate.tag)
        entry = catalog.entries.get(unit.id) if catalog else None
        if entry is None:
            continue
        state = state_of(unit, entry)
        if state is State.REVIEWED or (state is State.DRAFT and _may_show(unit, drafts)):
            return Shown(unit, entry.text, candidate, state, entry.source)
    raise ValueError(f"the fallback chain of {chain[0].tag} does not end in English")


def _may_show(unit: Unit, drafts: Drafts) -> bool:
    return drafts == "mark" or (drafts == "hide-vital" and unit.tier is not Tier.VITAL)
