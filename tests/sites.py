"""Sites that tests put in each other's place: changed ones, newer ones, and those that earlier code wrote."""

import io
import json
import mimetypes
import re
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldguide.artifact import Artifact
from fieldguide.catalog import Entry, load_catalog, serialise_catalog
from fieldguide.ingredients import check_parts
from fieldguide.offline import build_offline
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.urls import file_name
from tests.conftest import edit, fixture_ingredients

FOLDER = Path(__file__).parent / "fixtures" / "builds"

BUILDS = sorted(
    (path.name.removesuffix(".tar.xz") for path in FOLDER.glob("*.tar.xz")),
    key=lambda name: ("." in name, [int(number) for number in re.split("[.-]", name)]),  # days, then releases
)
"""The tiny guide as earlier code wrote it, code and all: what phones hold that were not opened since. Oldest first."""


def load_build(name: str, like: Site) -> Site:
    """An earlier build as a site that can be served; it has no packs, which only builders need."""
    artifacts = {}
    with tarfile.open(FOLDER / f"{name}.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            url = member.name.removeprefix("./")
            if file and not url.startswith("."):
                media_type = mimetypes.guess_type(url)[0] or "application/octet-stream"
                url = url if url.startswith("_/") else url.removesuffix("index.html")
                artifacts[url] = Artifact(url, file.read(), media_type)
    return replace(like, artifacts=artifacts, packs=())


def save_build(name: str, site: Site) -> Path:
    """Write the tiny guide of a release beside the earlier ones: ``python -m tests.sites 1.0.0``."""
    path = FOLDER / f"{name}.tar.xz"
    with tarfile.open(path, "w:xz", preset=9) as archive:
        for artifact in site:
            member = tarfile.TarInfo(file_name(artifact.url))
            member.size = len(artifact.body)
            archive.addfile(member, io.BytesIO(artifact.body))
    return path


def newer(guide_copy: Path, edition: int = 8) -> Site:
    """The tiny guide with another edition and one sentence changed."""
    edit(guide_copy / "content/worker/pay.toml", "Sam writes", "Sam notes")
    edit(guide_copy / "content/site.toml", "edition = 7", f"edition = {edition}")
    return build_site(fixture_ingredients(root=guide_copy))


def draft_start(root: Path) -> None:
    """Give each language of the tiny guide what its start lacks: what is checked before a release has a start."""
    words = {"ar": "نص البداية", "mam": "Te qe xjel", "fil": "Simula"}
    ingredients = fixture_ingredients(root=root)
    for problem in list(check_parts(ingredients)):
        path = root / problem.file
        catalog = load_catalog(path, path.parent.name)
        english = next(unit.text for unit in ingredients.units if unit.id == problem.unit)
        entry = Entry(problem.unit, english, words[catalog.tag], comments=("source: machine 2026-01-03",))
        drafted = replace(catalog, entries={**catalog.entries, entry.id: entry})
        path.write_text(serialise_catalog(drafted), encoding="utf-8", newline="\n")


def rebuilt(site: Site, changed: Mapping[str, Artifact], edition: int = 2) -> Site:
    """The site as another edition with some pages changed."""
    kept = {**site.artifacts, **changed}
    packs = tuple(
        replace(pack, files=tuple(kept[file.url] for file in pack.files), base=pack.base and kept[pack.base.url])
        for pack in site.packs
    )
    offline = {artifact.url: artifact for artifact in build_offline(packs, edition, site.base)}
    return replace(site, artifacts={**kept, **offline}, packs=packs)


def index_of(site: Site, pack: str) -> dict[str, Any]:
    """The index of a pack."""
    index: dict[str, Any] = json.loads(site.artifacts[f"_/{pack}.json"].body)
    return index


def edition_of(site: Site) -> dict[str, Any]:
    """What the edition file says: format, edition, build."""
    edition: dict[str, Any] = json.loads(site.artifacts["_/edition.json"].body)
    return edition


def pages_of(site: Site, *packs: str) -> list[str]:
    """The addresses of the pages of packs."""
    urls = [row[0] for pack in packs for row in index_of(site, pack)["files"]]
    return [url for url in urls if url == "" or url.endswith("/")]


if __name__ == "__main__":
    print(save_build(sys.argv[1], build_site(fixture_ingredients())))
