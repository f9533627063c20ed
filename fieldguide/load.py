"""Reads everything a site is made of from disk, and builds it: what ``build``, ``check``, ``serve`` and Flask share."""

from dataclasses import replace
from pathlib import Path

from fieldguide.artifact import Artifact
from fieldguide.assets import STATIC, load_assets, load_workers
from fieldguide.catalog import Catalog, load_catalog
from fieldguide.contact_files import load_contacts
from fieldguide.contacts import Contacts, with_dialed
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.glossary import Glossary, load_glossary
from fieldguide.icon import with_icon
from fieldguide.ingredients import Ingredients, overlaid
from fieldguide.overlay import Overlay, load_overlay
from fieldguide.problems import Problem, ProblemsError, collected
from fieldguide.reader import CONTENT, load_guide, load_registry
from fieldguide.recordings import FOLDER, Recordings, load_recordings
from fieldguide.site import build_site
from fieldguide.snapshot import Site

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def load_ingredients(
    deployment: Deployment,
    content: Path = CONTENT,
    translations: Path = TRANSLATIONS,
    static: Path = STATIC,
    folder: Path = Path(),
) -> Ingredients:
    """Read content, translations, assets, and the deployment's files, whose paths are relative to ``folder``. Raises
    `ProblemsError` with the problems of all of them."""
    problems: list[Problem] = []
    guide = registry = None
    catalogs: dict[str, Catalog] = {}
    recordings: dict[str, Recordings] = {}
    glossary, contacts, overlay = Glossary(), Contacts(), Overlay()
    assets: tuple[Artifact, ...] = ()
    with collected(problems):
        guide = load_guide(content)
    with collected(problems):
        registry = load_registry(content)
    for path in sorted(translations.glob("*/messages.po")):
        with collected(problems):
            catalogs[path.parent.name] = load_catalog(path, path.parent.name)
    for path in sorted(translations.glob(f"*/{FOLDER}")):
        with collected(problems):
            recordings[path.parent.name] = load_recordings(translations, path.parent.name)
    with collected(problems):
        glossary = load_glossary(translations / "glossary.toml")
    with collected(problems):
        assets = load_assets(static)
        assets = with_icon(assets, folder / deployment.icon) if deployment.icon else assets
    with collected(problems):
        contacts = load_contacts(deployment.contacts, folder, is_example=deployment.example)
    with collected(problems):
        overlay = load_overlay(folder / deployment.overlay) if deployment.overlay else overlay
    if guide is None or registry is None or problems:
        raise ProblemsError(problems)
    workers = load_workers(static)
    guide = with_dialed(guide, contacts)
    found = Ingredients(guide, registry, catalogs, deployment, assets, workers, glossary, recordings, contacts)
    return overlaid(found, overlay) if deployment.overlay else found


def load_deployed(deployment_file: Path | None = None, base: str | None = None) -> Ingredients:
    """Read this checkout with an agency's choices; ``base`` overrides theirs. Raises `ProblemsError`."""
    deployment = load_deployment(deployment_file)
    folder = deployment_file.parent if deployment_file else Path()
    return load_ingredients(deployment if base is None else replace(deployment, base=base), folder=folder)


def load_site(deployment_file: Path | None = None) -> tuple[Site, Deployment]:
    """Read and build the guide of this checkout. Raises `ProblemsError`."""
    ingredients = load_deployed(deployment_file)
    return build_site(ingredients), ingredients.deployment
