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
from fieldguide.ingredients import Ingredients
from fieldguide.problems import Problem, ProblemsError
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
    try:
        guide = load_guide(content)
    except ProblemsError as error:
        problems += error.problems
    try:
        registry = load_registry(content)
    except ProblemsError as error:
        problems += error.problems
    for path in sorted(translations.glob("*/messages.po")):
        try:
            catalogs[path.parent.name] = load_catalog(path, path.parent.name)
        except ProblemsError as error:
            problems += error.problems
    recordings: dict[str, Recordings] = {}
    for path in sorted(translations.glob(f"*/{FOLDER}")):
        try:
            recordings[path.parent.name] = load_recordings(translations, path.parent.name)
        except ProblemsError as error:
            problems += error.problems
    glossary = Glossary()
    try:
        glossary = load_glossary(translations / "glossary.toml")
    except ProblemsError as error:
        problems += error.problems
    assets: tuple[Artifact, ...] = ()
    try:
        assets = load_assets(static)
    except ProblemsError as error:
        problems += error.problems
    if deployment.icon:
        try:
            assets = with_icon(assets, folder / deployment.icon)
        except ProblemsError as error:
            problems += error.problems
    contacts = Contacts()
    try:
        contacts = load_contacts(deployment.contacts, folder, is_example=deployment.example)
    except ProblemsError as error:
        problems += error.problems
    if guide is None or registry is None or problems:
        raise ProblemsError(problems)
    workers = load_workers(static)
    guide = with_dialed(guide, contacts)
    return Ingredients(guide, registry, catalogs, deployment, assets, workers, glossary, recordings, contacts)


def load_deployed(deployment_file: Path | None = None, base: str | None = None) -> Ingredients:
    """Read this checkout with an agency's choices; ``base`` overrides theirs. Raises `ProblemsError`."""
    deployment = load_deployment(deployment_file)
    folder = deployment_file.parent if deployment_file else Path()
    return load_ingredients(deployment if base is None else replace(deployment, base=base), folder=folder)


def load_site(deployment_file: Path | None = None) -> tuple[Site, Deployment]:
    """Read and build the guide of this checkout. Raises `ProblemsError`."""
    ingredients = load_deployed(deployment_file)
    return build_site(ingredients), ingredients.deployment
