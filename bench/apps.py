"""What the benchmarks of keeping serve, by the guide's own code: it and Workbox's worker, and its next edition."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from flask import Flask

from fieldguide.artifact import Artifact, Caching
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_deployed, load_site
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.web import application

TAG = "es"
CHANGED = ("pay", "papers", "agriculture")
NEWS = "Escríbalo cada día, con la fecha y la hora."
SCRIPT = "static/js/app.js"


@cache
def guide() -> Site:
    """The guide as it is, built once however many benchmarks ask for it."""
    return load_site()[0]


def beside_workbox() -> Flask:
    """The guide, and beside it as ``wb.js`` the worker that ``FIELD_GUIDE_WORKBOX`` names."""
    site = guide()
    body = Path(os.environ["FIELD_GUIDE_WORKBOX"]).read_bytes()
    worker = Artifact("wb.js", body, "text/javascript; charset=utf-8", Caching.ASK)
    return application(replace(site, artifacts={**site.artifacts, "wb.js": worker}))


def next_edition() -> Flask:
    """The guide as it may be a week later."""
    return application(build_next())


def next_script() -> Flask:
    """The guide as it may be another week later."""
    return application(build_next_script())


def build_next() -> Site:
    """The next edition: on three pages of one language a text says one sentence more."""
    return build_site(_next())


def build_next_script() -> Site:
    """The edition after it: one script is another, and nothing else."""
    ingredients = _next()
    assets = [
        replace(asset, body=asset.body + b"self.isNew = true;\n") if asset.url == SCRIPT else asset
        for asset in ingredients.assets
    ]
    edition = (ingredients.deployment.edition or 0) + 1
    deployment = replace(ingredients.deployment, edition=edition)
    return build_site(replace(ingredients, assets=tuple(assets), deployment=deployment))


def _next() -> Ingredients:
    ingredients = load_deployed()
    catalog = ingredients.catalogs[TAG]
    entries = dict(catalog.entries)
    for page in CHANGED:
        own = [entry for entry in entries.values() if entry.id.startswith(f"worker.{page}.")]
        longest = max(own, key=lambda entry: len(entry.text))
        entries[longest.id] = replace(longest, text=f"{longest.text} {NEWS}")
    edition = (ingredients.deployment.edition or ingredients.guide.edition) + 1
    return replace(
        ingredients,
        catalogs={**ingredients.catalogs, TAG: replace(catalog, entries=entries)},
        deployment=replace(ingredients.deployment, edition=edition),
    )
