"""What a site is made of, read from disk beforehand, and every check of it that needs no rendering."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from fieldguide.artifact import Artifact
from fieldguide.assets import symbols
from fieldguide.catalog import Catalog, catalog_name
from fieldguide.checks.agency import check_agency_words
from fieldguide.checks.cards import check_cards
from fieldguide.checks.contacts import check_contacts
from fieldguide.checks.content import check_content, check_pictograms
from fieldguide.checks.deploy import check_fit, check_released
from fieldguide.checks.forms import check_forms
from fieldguide.checks.promises import check_promises, check_titles
from fieldguide.checks.translations import check_translations
from fieldguide.checks.words import check_words
from fieldguide.colours import check_contrast
from fieldguide.contacts import Contacts
from fieldguide.coverage import Progress, check_listed, check_whole, has_text, iter_language_units, progress
from fieldguide.deployment import Deployment
from fieldguide.glossary import Glossary
from fieldguide.interface import interface_units
from fieldguide.items import Unit
from fieldguide.languages import Registry
from fieldguide.localize import localize
from fieldguide.model import Guide, iter_units
from fieldguide.overlay import Overlay, check_overlay_stale, gone_from, merge, merge_catalogs
from fieldguide.problems import Problem
from fieldguide.recordings import Recordings, Words, check_recordings, check_stale
from fieldguide.review import State, state_of
from fieldguide.security_txt import check_expires


@dataclass(frozen=True)
class Ingredients:
    """Everything a site is made of, read from disk beforehand. A pilot says on every page that it is one."""

    guide: Guide
    registry: Registry
    catalogs: Mapping[str, Catalog]
    deployment: Deployment
    assets: tuple[Artifact, ...]
    workers: Mapping[str, str]
    glossary: Glossary
    recordings: Mapping[str, Recordings] = field(default_factory=dict)
    contacts: Contacts = field(default_factory=Contacts)
    overlay: Overlay = field(default_factory=Overlay)
    overtaken: tuple[Problem, ...] = ()
    """What the overlay replaces although the guide's own text has changed since."""
    is_pilot: bool = False

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of interface and content, in document order."""
        return (*interface_units(), *iter_units(self.guide))

    @property
    def released_on(self) -> date | None:
        """The day of the edition, written where its number is; None where nobody wrote it."""
        stands = self.guide if self.deployment.edition is None else self.deployment
        return self.deployment.released_on or stands.released_on

    @property
    def titles(self) -> tuple[int, str, str]:
        """The edition, and the names of the guide and of the agency."""
        deployment = self.deployment
        return deployment.edition or self.guide.edition, deployment.name or self.guide.name, deployment.agency

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


def overlaid(ingredients: Ingredients, overlay: Overlay) -> Ingredients:
    """The ingredients with an agency's overlay. Raises `ProblemsError` with all that does not fit the guide."""
    guide = ingredients.guide
    merged = merge(guide, overlay)
    gone = gone_from(guide, merged)
    return replace(
        ingredients,
        guide=merged,
        catalogs=merge_catalogs(ingredients.catalogs, overlay, gone),
        recordings={tag: found.without(gone) for tag, found in ingredients.recordings.items()},
        overlay=overlay,
        overtaken=tuple(check_overlay_stale(overlay, guide)),
    )


def check(ingredients: Ingredients) -> Iterator[Problem]:
    """Every problem of content, translations and deployment that can be found before rendering."""
    yield from map(ingredients.overlay.located, _check(ingredients))


def _check(ingredients: Ingredients) -> Iterator[Problem]:
    guide, registry, deployment = ingredients.guide, ingredients.registry, ingredients.deployment
    yield from check_content(guide)
    yield from check_pictograms(guide, symbols(ingredients.assets))
    yield from check_forms(guide)
    yield from check_words(guide)
    yield from check_promises(guide, ingredients.units)
    yield from check_titles(guide)
    yield from check_cards(guide)
    yield from check_translations(guide, ingredients.units, registry, ingredients.catalogs)
    unknown = [tag for tag in deployment.languages if tag not in registry]
    read = registry if unknown else ingredients.chosen  # what nobody reads need not be translated
    yield from check_listed(guide, interface_units(), read, ingredients.catalogs)
    yield from check_contacts(ingredients.contacts, guide, registry)
    yield from check_recordings(ingredients.recordings.values(), registry, guide)
    yield from check_agency_words(deployment, registry)
    yield from check_contrast(deployment.colours, ingredients.assets, "deployment")
    for key, tags in (("languages", deployment.languages), ("leave.labels", deployment.leave.labels)):
        for tag in tags:
            if tag not in registry:
                yield Problem("deployment", key, f"unknown language {tag!r}; known: {', '.join(registry.languages)}")
    if deployment.languages and "en" not in deployment.languages:
        yield Problem("deployment", "languages", "'en' is missing; English is what every fallback ends in")


def check_parts(ingredients: Ingredients) -> Iterator[Problem]:
    """What whoever adds a page or a language can forget and no reader should find: a start or an industry that a
    language does not have. A build for trying out goes on without."""
    guide, registry, own = ingredients.guide, ingredients.chosen, ingredients.overlay.own
    yield from check_whole(guide, registry, ingredients.catalogs, own)


def check_release(ingredients: Ingredients, today: date) -> Iterator[Problem]:
    """What may be tried out but not put before readers: translations of an English that has changed since, own texts in
    the place of one that has changed, a contact for faults that is out of date, and, unless it is a pilot, a copy that
    nobody answers for."""
    yield from check_expires(ingredients.deployment, today)
    yield from check_parts(ingredients)
    yield from ingredients.overtaken
    if not ingredients.is_pilot:
        yield from check_fit(ingredients.deployment, ingredients.contacts, today)
        yield from check_released(ingredients.released_on, today)
    for tag, unit_ids in ingredients.in_state(State.STALE).items():
        for unit_id in unit_ids:
            yield Problem(catalog_name(tag), "", "its English has changed; translate it again, or empty it", unit_id)
