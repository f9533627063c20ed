"""build_site(): the whole guide as one immutable snapshot, which Flask serves and the writer writes.

Pure: no I/O of its own.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from fieldguide import urls
from fieldguide.artifact import TEXT, Artifact, Caching
from fieldguide.colours import coloured
from fieldguide.contacts import with_near
from fieldguide.decks import is_on
from fieldguide.filelist import build_file_list, list_artifact, signature_artifact
from fieldguide.hosts import HEADERS_FILE, headers_file
from fieldguide.ingredients import Ingredients, check
from fieldguide.interface import interface_units
from fieldguide.localize import Localized, iter_localized, named
from fieldguide.model import LABELS
from fieldguide.offline import build_manifests, build_offline, build_workers
from fieldguide.packs import SOUND, build_packs
from fieldguide.print_sheets import STYLES, iter_sheets
from fieldguide.problems import raise_if_any
from fieldguide.recordings import Words, iter_current
from fieldguide.render import Renderer
from fieldguide.robots import build_robots
from fieldguide.security_txt import build_security_txt
from fieldguide.snapshot import Site


def build_site(ingredients: Ingredients) -> Site:
    """Check everything, then render everything once. Raises `ProblemsError` with all problems before rendering."""
    with _uncollected():
        raise_if_any(check(ingredients))
        return render_site(ingredients)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Garbage in cycles is looked for afterwards: a build makes little, and spent a tenth of its time looking."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def render_site(ingredients: Ingredients) -> Site:
    """Render ingredients that were checked."""
    guide, deployment, registry = ingredients.guide, ingredients.deployment, ingredients.chosen
    renderer = build_renderer(ingredients)
    spoken = _iter_sounds(ingredients, renderer.sounds)
    assets = [asset for asset in coloured(ingredients.assets, deployment.colours) if asset.url != STYLES]
    sheets = tuple(iter_sheets(renderer))
    paper = (*sheets, *(asset for asset in ingredients.assets if sheets and asset.url == STYLES))
    kept = (*renderer.iter_pages(), *renderer.notes, *assets, *spoken)
    packs = build_packs(guide, registry, kept)
    offline = (
        *build_offline(packs, ingredients.titles[0], deployment.base, ingredients.released_on),
        *build_manifests(guide, registry, deployment),
        *build_workers(guide, ingredients.workers, deployment.base),
    )
    clear = Artifact(urls.CLEAR, b"cleared\n", TEXT, Caching.NEVER)
    chosen = (
        *([clear] if deployment.own_origin else ()),
        *build_security_txt(deployment),
        *build_robots(deployment, assets),
    )
    return _listed(Site(_by_url((*kept, *paper, *offline, *chosen)), registry, deployment.base, packs))


def build_renderer(ingredients: Ingredients) -> Renderer:
    """What renders the pages of ingredients that were checked: every text in every chosen language."""
    deployment = ingredients.deployment
    units, registry = ingredients.units, ingredients.registry
    in_all = iter_localized(units, registry, registry, ingredients.catalogs, deployment.drafts)
    localized = {text.language.tag: text for text in in_all}  # a language that is left out can still be a fallback
    for tag, label in deployment.leave.labels.items():
        localized[tag] = named(localized[tag], LABELS["label.leave"], label)
    near = next(unit for unit in interface_units() if unit.id == "ui.near.title")
    return Renderer(
        with_near(ingredients.guide, ingredients.contacts, near),
        ingredients.chosen,
        localized,
        interface_units(),
        deployment=deployment,
        progress=ingredients.progress(),
        sounds=_current_sounds(ingredients, localized),
        contacts=ingredients.contacts,
        assets=coloured(ingredients.assets, deployment.colours),
        is_pilot=ingredients.is_pilot,
    )


def _listed(site: Site) -> Site:
    """The site with the rules for its host and the list of its files.

    The list holds the rules, and the rules name the addresses of the list and its signature, but not their bytes.
    """
    told = {artifact.url: artifact for artifact in (list_artifact(b""), signature_artifact(b""))}
    rules = headers_file(replace(site, artifacts={**site.artifacts, **told})).encode("utf-8")
    for_host = (Artifact(HEADERS_FILE, rules, TEXT, Caching.NEVER),)
    listing = build_file_list(site.artifacts, for_host)
    return replace(site, artifacts={**site.artifacts, listing.url: listing}, for_host=for_host)


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
