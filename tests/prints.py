"""The sheets for paper without the rest of the site, which takes most of a build's time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from fieldguide.deployment import Deployment, Drafts
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.load import load_ingredients
from fieldguide.localize import Localized, localize
from fieldguide.print_sheets import iter_sheets
from fieldguide.render import Renderer
from fieldguide.snapshot import Site

ORIGIN = "https://guide.example.org"


def sheets(languages: Sequence[str] = (), **choices: object) -> Site:
    """Every sheet of the real guide, and the assets, as a site that can be served."""
    deployment = replace(Deployment(languages=tuple(languages)), **choices)
    found = replace(_ingredients(), deployment=deployment)
    localized = _localized(deployment.drafts)
    renderer = Renderer(
        found.guide,
        found.chosen,
        localized,
        interface_units(),
        deployment=deployment,
        progress={},
        sounds={},
        contacts=found.contacts,
    )
    artifacts = {artifact.url: artifact for artifact in (*iter_sheets(renderer), *found.assets)}
    return Site(artifacts, found.chosen, deployment.base, ())


@cache
def _ingredients() -> Ingredients:
    return load_ingredients(Deployment())


@cache
def _localized(drafts: Drafts) -> Mapping[str, Localized]:
    found = _ingredients()
    return {one.tag: localize(found.units, one, found.registry, found.catalogs, drafts) for one in found.registry}
