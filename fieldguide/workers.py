"""The workers' side alone, for a domain of its own: no page, link or card there is for officers or neighbors."""

from dataclasses import replace

from fieldguide.ingredients import Ingredients
from fieldguide.languages import Registry
from fieldguide.model import Audience

_THEIRS = frozenset({Audience.WORKER, Audience.SHARED})


def workers_alone(ingredients: Ingredients) -> Ingredients:
    """The ingredients of the workers' domain, at its root. They were checked as part of the whole guide.

    The agency stays on the page about the guide: readers may know whose it is. Nobody said that the host is all ours.
    """
    guide = ingredients.guide
    pages = {page_id: page for page_id, page in guide.pages.items() if page.audience in _THEIRS}
    registry = Registry(
        {tag: replace(found, audiences=("worker",)) for tag, found in ingredients.registry.languages.items()}
    )
    deployment = ingredients.deployment
    own = replace(deployment, origin=deployment.worker_origin, base="/", opens="worker", own_origin=False)
    return replace(ingredients, guide=replace(guide, pages=pages, decks=()), registry=registry, deployment=own)
