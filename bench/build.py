"""Sizes of a first view, pages a second, and peak memory of a build."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli

from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.languages import Registry
from fieldguide.load import load_ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site

ROOT = Path(__file__).parent.parent


def first_view(site: Site, url: str) -> int:
    """Brotli bytes of a page and everything it needs before it can be read: its style sheet."""
    page = site.artifacts[url].body
    critical = {"static/css/guide.css"} if b"guide.css" in page else set()
    bodies = [page, *(site.artifacts[name].body for name in critical)]
    return sum(len(brotli.compress(body, quality=11)) for body in bodies)


def in_many_languages(ingredients: Ingredients, count: int) -> Ingredients:
    """The guide as if Spanish were ``count`` languages: fixed costs then weigh what they will weigh in the end."""
    spanish = ingredients.registry["es"]
    copies = {f"es-{number:03}": replace(spanish, tag=f"es-{number:03}", bcp47="es") for number in range(count)}
    catalogs = {tag: replace(ingredients.catalogs["es"], tag=tag) for tag in copies}
    registry = Registry({**ingredients.registry.languages, **copies})
    return replace(ingredients, registry=registry, catalogs={**ingredients.catalogs, **catalogs})


def report() -> Iterator[str]:
    """First views of every kind of page, rendering speed, and memory of the whole command."""
    ingredients = load_ingredients(Deployment())
    site = build_site(ingredients)
    for url in ("", "es/", "es/w/farm/", "es/w/numbers/", "en/o/", "en/o/agriculture/", "en/o/interview/"):
        yield f"first view /{url}: {first_view(site, url):,} bytes compressed (bar 14 KB)"
    many = in_many_languages(ingredients, 30)
    begin = time.perf_counter()
    pages = [artifact for artifact in build_site(many) if artifact.media_type.startswith("text/html")]
    seconds = time.perf_counter() - begin
    yield f"checks and rendering: {len(pages) / seconds:,.0f} pages a second, {len(pages)} pages (bar 1,000)"
    subprocess.run(
        [sys.executable, str(ROOT / "build_pwa.py"), "build", "--out", "/tmp/field-guide-bench"],
        check=True,
        capture_output=True,
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield f"full build: {peak:.0f} MB at most (bar 500 MB)"
