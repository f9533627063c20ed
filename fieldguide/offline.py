"""What a phone needs to keep the guide: edition file, indexes and parts of packs, web manifests, worker scripts.

The *index* of a pack says which URL is which hash, and where to cut its parts. All of it lies under ``_/``, which the
worker script never answers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from fieldguide import urls
from fieldguide.artifact import TEXT, Artifact, Caching, revision_of
from fieldguide.coverage import HELP
from fieldguide.deployment import Deployment
from fieldguide.editions import LARGEST
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.icon import app_icons
from fieldguide.languages import Registry
from fieldguide.model import Audience, Guide
from fieldguide.packs import SOUND, Pack, iter_parts, whole_of

FORMAT = 2
"""The format of edition file and index; phones refuse another one."""

_JSON = "application/json"
_SCRIPT = "text/javascript; charset=utf-8"
_MANIFEST = "application/manifest+json"


def build_offline(
    packs: Iterable[Pack], edition: int, base: str, released_on: date | None = None
) -> Iterator[Artifact]:
    """The edition file, and every pack's index and parts. Raises nothing; equal input gives equal bytes."""
    packs = tuple(packs)
    released = released_on.isoformat() if released_on else None
    build = _build(packs, released or "")
    travelling: set[str] = set()  # two packs may share a part: it is one file
    yield _json("_/edition.json", {"format": FORMAT, "base": base, "edition": edition, "build": build})
    for pack in packs:
        parts = list(iter_parts(pack))
        whole = whole_of(pack, parts[0]) if len(parts) > 1 and not pack.is_sound else None
        yield _json(
            f"_/{pack.name}.json",
            {
                "format": FORMAT,
                "base": base,
                "edition": edition,
                "build": build,
                "released": released,
                "pack": pack.name,
                **_listed(pack),
                "fold": (pack.base.revision if pack.base else "") if pack.is_folded else None,
                "parts": [part.row for part in parts],
                "whole": whole.row[:3] if whole else None,
            },
        )
        for part in (*parts, *((whole,) if whole else ())):
            if part.revision in travelling:
                continue
            travelling.add(part.revision)
            yield Artifact(f"_/{part.revision}.txt", part.body, SOUND if pack.is_sound else TEXT, Caching.NEVER)


def _build(packs: tuple[Pack, ...], released: str) -> str:
    """One hash of everything that can be kept, and of its day: an equal edition with another build is a correction."""
    lines = [f"{pack.name} {file.url} {file.revision} {file.media_type}\n" for pack in packs for file in pack.files]
    return revision_of("".join([released, *lines]).encode())


def _listed(pack: Pack) -> dict[str, object]:
    types = list(dict.fromkeys(file.media_type for file in pack.files))
    rows = [[file.url, file.revision, len(file.body), types.index(file.media_type)] for file in pack.files]
    return {"types": types, "files": rows}


def _json(url: str, value: Mapping[str, object], media_type: str = _JSON, caching: Caching = Caching.NEVER) -> Artifact:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Artifact(url, text.encode("utf-8"), media_type, caching)


def build_workers(guide: Guide, sources: Mapping[str, str], base: str) -> Iterator[Artifact]:
    """The worker scripts, constants prepended: ``sw.js``, and the kill switch that takes its place in an emergency.

    ``HELP`` is where a language's page of numbers lies in its folder, ``FORMAT`` that of the indexes,
    ``LARGEST`` the highest edition.
    """
    page = guide.pages.get(HELP)
    values = {
        "BASE": base,
        "HELP": urls.place_of(page) if page else "404.html",
        "FORMAT": FORMAT,
        "LARGEST": LARGEST,
        "HEADERS": SECURITY_HEADERS,
    }
    constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
    for name, source in sources.items():
        yield Artifact(name, (constants + source).encode("utf-8"), _SCRIPT, Caching.ASK)


def build_manifests(guide: Guide, registry: Registry, deployment: Deployment) -> Iterator[Artifact]:
    """One web manifest for each language and side. All are one app to a phone: same id, scope, name and icons."""
    base, name = deployment.base, deployment.name or guide.name
    icons = [
        {"src": f"{base}{url}", "sizes": sizes, "type": "image/png"}
        for sizes, url in app_icons(is_own=bool(deployment.icon)).items()
    ]
    for language in registry:
        for page_id in ("worker/start", "officer/start", "neighbor/start"):
            page = guide.pages.get(page_id)
            if page is None or language.status == "spoken" or not urls.has_page(language, page):
                continue
            start = urls.page_url(language, page)
            yield _json(
                urls.manifest_url(language, page.audience),
                {
                    "id": base,
                    "name": name,
                    "short_name": name,
                    "lang": language.lang,
                    "dir": language.dir,
                    "start_url": base + start,
                    "scope": base,
                    "display": "standalone",
                    "background_color": "#ffffff",
                    "theme_color": deployment.colours.accent.lower() or "#3d5a73",
                    "icons": icons,
                },
                _MANIFEST,
                Caching.NEVER if page.audience is Audience.WORKER else Caching.ASK,  # as the pages beside it
            )
