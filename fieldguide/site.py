"""build_site(): the whole guide as one immutable snapshot, which Flask serves and the writer writes.

Pure: no I/O of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldguide.artifact import Artifact
from fieldguide.catalog import Catalog
from fieldguide.checks.content import check_content
from fieldguide.checks.translations import check_translations
from fieldguide.checks.words import check_words
from fieldguide.deployment import Deployment
from fieldguide.interface import interface_units
from fieldguide.languages import Registry
from fieldguide.localize import localize
from fieldguide.model import Guide, iter_units
from fieldguide.offline import Pack, build_manifests, build_offline, build_packs, build_workers
from fieldguide.problems import Problem, raise_if_any
from fieldguide.render import Renderer


@dataclass(frozen=True)
class Ingredients:
    """Everything a site is made of, read from disk beforehand."""

    guide: Guide
    registry: Registry
    catalogs: Mapping[str, Catalog]
    deployment: Deployment
    assets: tuple[Artifact, ...]
    workers: Mapping[str, str]


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
    guide, registry = ingredients.guide, ingredients.registry
    yield from check_content(guide)
    yield from check_words(guide)
    units = (*interface_units(), *iter_units(guide))
    yield from check_translations(guide, units, registry, ingredients.catalogs)
    for tag in ingredients.deployment.languages:
        if tag not in registry:
            yield Problem(
                "deployment", "languages", f"unknown language {tag!r}; known: {', '.join(registry.languages)}"
            )
    if ingredients.deployment.languages and "en" not in ingredients.deployment.languages:
        yield Problem("deployment", "languages", "'en' is missing; English is what every fallback ends in")


def build_site(ingredients: Ingredients) -> Site:
    """Check everything, then render everything once. Raises `ProblemsError` with all problems before rendering."""
    raise_if_any(check(ingredients))
    guide, deployment = ingredients.guide, ingredients.deployment
    chosen = deployment.languages or tuple(ingredients.registry.languages)
    registry = ingredients.registry.subset(chosen)
    interface = interface_units()
    units = (*interface, *iter_units(guide))
    localized = {  # of every language: one that is left out can still be the fallback of another
        language.tag: localize(units, language, ingredients.registry, ingredients.catalogs)
        for language in ingredients.registry
    }
    renderer = Renderer(guide, registry, localized, interface, deployment)
    kept = (*renderer.iter_pages(), *ingredients.assets)
    packs = build_packs(guide, registry, kept)
    offline = (
        *build_offline(packs, deployment.edition or guide.edition, deployment.base),
        *build_manifests(guide, registry, renderer.name, deployment.base),
        *build_workers(ingredients.workers, deployment.base),
    )
    return Site(_by_url((*kept, *offline)), registry, deployment.base, packs)


def _by_url(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    by_url: dict[str, Artifact] = {}
    for artifact in artifacts:
        if artifact.url in by_url:
            raise ValueError(f"two artifacts claim {artifact.url!r}")
        by_url[artifact.url] = artifact
    return by_url
