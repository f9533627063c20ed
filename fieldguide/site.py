"""build_site(): the whole guide as one immutable snapshot, which Flask serves and the writer writes.

Pure: no I/O of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fieldguide import urls
from fieldguide.artifact import Artifact, Caching
from fieldguide.assets import symbols
from fieldguide.catalog import Catalog, catalog_name
from fieldguide.checks.cards import check_cards
from fieldguide.checks.content import check_content, check_pictograms
from fieldguide.checks.forms import check_forms
from fieldguide.checks.promises import check_promises, check_titles
from fieldguide.checks.translations import check_translations
from fieldguide.checks.words import check_words
from fieldguide.coverage import Progress, check_listed, has_text, iter_language_units, progress
from fieldguide.decks import is_on
from fieldguide.deployment import Deployment
from fieldguide.filelist import build_file_list
from fieldguide.glossary import Glossary
from fieldguide.interface import interface_units
from fieldguide.items import Unit
from fieldguide.languages import Registry
from fieldguide.localize import Localized, localize, named
from fieldguide.model import LABELS, Guide, iter_units
from fieldguide.offline import build_manifests, build_offline, build_workers
from fieldguide.packs import SOUND, Pack, build_packs
from fieldguide.problems import Problem, raise_if_any
from fieldguide.recordings import Recordings, Words, check_recordings, check_stale, iter_current
from fieldguide.render import Renderer
from fieldguide.review import State, state_of


@dataclass(frozen=True)
class Ingredients:
    """Everything a site is made of, read from disk beforehand."""

    guide: Guide
    registry: Registry
    catalogs: Mapping[str, Catalog]
    deployment: Deployment
    assets: tuple[Artifact, ...]
    workers: Mapping[str, str]
    glossary: Glossary
    recordings: Mapping[str, Recordings] = field(default_factory=dict)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of interface and content, in document order."""
        return (*interface_units(), *iter_units(self.guide))

    @property
    def chosen(self) -> Registry:
        """The languages of this deployment. Raises `UnknownLanguageError`."""
        return self.registry.subset(self.deployment.languages or self.registry.languages)

    def iter_stale(self) -> Iterator[Problem]:
        """The recordings that are left out because their text has changed."""
        for tag, recordings in self.recordings.items():
            if tag in self.registry:
                localized = localize(self.units, self.registry[tag], self.registry, self.catalogs)
                yield from check_stale(recordings, Words(localized, self.guide))

    def progress(self) -> dict[str, Progress]:
        """How far each chosen language with text is."""
        return {
            language.tag: progress(
                iter_language_units(language, self.guide, interface_units()),
                self.catalogs.get(language.tag, Catalog(language.tag, {})),
            )
            for language in self.chosen
            if has_text(language)
        }

    def in_state(self, state: State) -> dict[str, list[str]]:
        """The ids of the units that are in a state, by the tag of each chosen language that has any."""
        found = {
            language.tag: [
                unit.id
                for unit in iter_language_units(language, self.guide, interface_units())
                if state_of(unit, self.catalogs[language.tag].entries.get(unit.id)) is state
            ]
            for language in self.chosen
            if language.tag in self.catalogs and has_text(language)
        }
        return {tag: unit_ids for tag, unit_ids in found.items() if unit_ids}


@dataclass(frozen=True)
class Site:
    """Every URL that users can fetch, and its artifact. ``base`` is the path it is made for."""

    artifacts: Mapping[str, Artifact]
    registry: Registry
    base: str
    packs: tuple[Pack, ...]

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.artifacts.values())


def check(ingredients: Ingredients) -> Iterator[Problem]:
    """Every problem of content, translations and deployment that can be found before rendering."""
    guide, registry, deployment = ingredients.guide, ingredients.registry, ingredients.deployment
    yield from check_content(guide)
    yield from check_pictograms(guide, symbols(ingredients.assets))
    yield from check_forms(guide)
    yield from check_words(guide)
    yield from check_promises(guide, ingredients.units)
    yield from check_titles(guide)
    yield from check_cards(guide)
    yield from check_translations(guide, ingredients.units, registry, ingredients.catalogs)
    yield from check_listed(guide, interface_units(), registry, ingredients.catalogs)
    yield from check_recordings(ingredients.recordings.values(), registry, guide)
    for key, tags in (("languages", deployment.languages), ("leave.labels", deployment.leave.labels)):
        for tag in tags:
            if tag not in registry:
                yield Problem("deployment", key, f"unknown language {tag!r}; known: {', '.join(registry.languages)}")
    if deployment.languages and "en" not in deployment.languages:
        yield Problem("deployment", "languages", "'en' is missing; English is what every fallback ends in")


def check_release(ingredients: Ingredients) -> Iterator[Problem]:
    """What may be tried out but not put before readers: translations of an English that has changed since."""
    for tag, unit_ids in ingredients.in_state(State.STALE).items():
        for unit_id in unit_ids:
            yield Problem(catalog_name(tag), "", "its English has changed; translate it again, or empty it", unit_id)


def build_site(ingredients: Ingredients) -> Site:
    """Check everything, then render everything once. Raises `ProblemsError` with all problems before rendering."""
    raise_if_any(check(ingredients))
    guide, deployment = ingredients.guide, ingredients.deployment
    registry = ingredients.chosen
    interface, units = interface_units(), ingredients.units
    localized: dict[str, Localized] = {  # of every language: one that is left out can still be the fallback of another
        language.tag: localize(units, language, ingredients.registry, ingredients.catalogs, deployment.drafts)
        for language in ingredients.registry
    }
    for tag, label in deployment.leave.labels.items():
        localized[tag] = named(localized[tag], LABELS["label.leave"], label)
    sounds = _current_sounds(ingredients, localized)
    renderer = Renderer(
        guide, registry, localized, interface, deployment=deployment, progress=ingredients.progress(), sounds=sounds
    )
    spoken = _iter_sounds(ingredients, sounds)
    kept = (*renderer.iter_pages(), *renderer.iter_notes(), *ingredients.assets, *spoken)
    packs = build_packs(guide, registry, kept)
    offline = (
        *build_offline(packs, deployment.edition or guide.edition, deployment.base),
        *build_manifests(guide, registry, renderer.name, deployment.base),
        *build_workers(guide, ingredients.workers, deployment.base),
    )
    clear = (Artifact(urls.CLEAR, b"cleared\n", "text/plain", Caching.NEVER),) if deployment.own_origin else ()
    artifacts = _by_url((*kept, *offline, *clear))
    listing = build_file_list(artifacts)
    return Site({**artifacts, listing.url: listing}, registry, deployment.base, packs)


def _current_sounds(ingredients: Ingredients, localized: Mapping[str, Localized]) -> dict[str, dict[str, str]]:
    """The texts that each chosen language can say aloud, with the hash of their words; no card that policy bars."""
    yes, no = ingredients.deployment.cards_on, ingredients.deployment.cards_off
    cards = (card for deck in ingredients.guide.decks for card in deck.cards if not is_on(card, yes, no))
    off = {unit.id for card in cards for unit in (card.text, *card.choices)}
    chosen = {tag: found for tag, found in ingredients.recordings.items() if tag in ingredients.chosen}
    return {
        tag: {
            unit_id: found.entries[unit_id].words
            for unit_id in iter_current(found, Words(localized[tag], ingredients.guide))
            if unit_id not in off
        }
        for tag, found in chosen.items()
    }


def _iter_sounds(ingredients: Ingredients, sounds: Mapping[str, Mapping[str, str]]) -> Iterator[Artifact]:
    for tag, texts in sounds.items():
        for unit_id, words in texts.items():
            url = urls.sound_url(ingredients.registry[tag], unit_id, words)
            yield Artifact(url, ingredients.recordings[tag].sounds[unit_id], SOUND, Caching.NEVER)


def _by_url(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    by_url: dict[str, Artifact] = {}
    for artifact in artifacts:
        if artifact.url in by_url:
            raise ValueError(f"two artifacts claim {artifact.url!r}")
        by_url[artifact.url] = artifact
    return by_url
