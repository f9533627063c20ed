"""Guide + catalogs -> the text that is really shown in a language, with the language, direction and state it has."""

from collections.abc import Iterable, Iterator, Mapping
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
    return next(iter_localized(units, [language], registry, catalogs, drafts))


def iter_localized(
    units: Iterable[Unit],
    languages: Iterable[Language],
    registry: Registry,
    catalogs: Mapping[str, Catalog],
    drafts: Drafts = "mark",
) -> Iterator[Localized]:
    """The same in several languages. What none of a chain has is English, and so the same for all of them."""
    by_id = {unit.id: unit for unit in units}
    in_english: dict[str, Shown] = {}
    own: dict[str, dict[str, Shown]] = {}
    for language in languages:
        *chain, last = registry.chain(language)
        if last.status != "source":
            raise ValueError(f"the fallback chain of {language.tag} does not end in English")
        in_english = in_english or {unit.id: Shown(unit, unit.text, last, State.SOURCE) for unit in by_id.values()}
        texts = dict(in_english)
        for candidate in reversed(chain):  # each lays its own over those that come after it
            if candidate.tag not in own:
                own[candidate.tag] = dict(_iter_own(by_id, candidate, catalogs, drafts))
            texts.update(own[candidate.tag])
        yield Localized(language, texts)


def _iter_own(
    units: Mapping[str, Unit], language: Language, catalogs: Mapping[str, Catalog], drafts: Drafts
) -> Iterator[tuple[str, Shown]]:
    """What a language has and may show, by unit id."""
    entries = catalogs[language.tag].entries if language.tag in catalogs else {}
    for unit_id, entry in entries.items():
        unit = units.get(unit_id)
        state = state_of(unit, entry) if unit else State.MISSING
        if unit and (state is State.REVIEWED or (state is State.DRAFT and _may_show(unit, drafts))):
            yield unit_id, Shown(unit, entry.text, language, state, entry.source)


def _may_show(unit: Unit, drafts: Drafts) -> bool:
    return drafts == "mark" or (drafts == "hide-vital" and unit.tier is not Tier.VITAL)
