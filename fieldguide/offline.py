"""What a phone needs to keep the guide: edition file, indexes and parts of packs, web manifests, worker scripts.

A *pack* travels whole, or in *parts* on a link that breaks: the concatenated bodies of its files. The *index* says
which URL is which hash, and where to cut. All of it lies under ``_/``, which the worker script never answers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import brotli

from fieldguide import urls
from fieldguide.artifact import Artifact, Caching, revision_of
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.languages import Language, Registry
from fieldguide.model import Guide

FORMAT = 1
"""The format of edition file and index; phones refuse another one."""

PART = 18_000
"""Bytes of a part at most, by a fast compression: about 16 KB as served, so that a link cut every 25 KB passes it."""

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"  # a type that hosts compress
_SCRIPT = "text/javascript; charset=utf-8"
_MANIFEST = "application/manifest+json"

CORE = "core"


@dataclass(frozen=True)
class Pack:
    """Files that are kept together, in the order in which they travel."""

    name: str
    files: tuple[Artifact, ...]


def text_pack(language: Language) -> str:
    """The name of the pack that holds a language's pages."""
    return f"text.{language.tag}"


def build_packs(guide: Guide, registry: Registry, artifacts: Iterable[Artifact]) -> tuple[Pack, ...]:
    """Core (styles, scripts, icons, language screen, every language's help page), then each language's other pages.

    A language that is only spoken has no pack: its one page is in core.
    """
    files = {artifact.url: artifact for artifact in artifacts}
    written = [language for language in registry if language.status != "spoken"]
    spoken = [language for language in registry if language.status == "spoken"]
    core = {urls.page_url(language, guide.pages[urls.START]) for language in spoken}
    core |= {urls.LANGUAGE_SCREEN, urls.not_found_url(None), *(url for url in files if url.startswith("static/"))}
    if "worker/help" in guide.pages:
        core |= {urls.page_url(language, guide.pages["worker/help"]) for language in written}
    assets_first = sorted((url for url in files if url in core), key=lambda url: not url.startswith("static/"))
    packs = [Pack(CORE, tuple(files[url] for url in assets_first))]  # so a half-kept page already has its styles
    for language in written:
        own = (artifact for url, artifact in files.items() if url.startswith(f"{language.tag}/") and url not in core)
        packs.append(Pack(text_pack(language), tuple(own)))
    return tuple(packs)


def build_offline(packs: Iterable[Pack], edition: int, base: str) -> Iterator[Artifact]:
    """The edition file, and every pack's index and parts. Raises nothing; equal input gives equal bytes."""
    packs = tuple(packs)
    build = _build(packs)
    yield _json("_/edition.json", {"format": FORMAT, "base": base, "edition": edition, "build": build})
    for pack in packs:
        parts = list(_parts(pack))
        whole = _Part(b"".join(part.body for part in parts), len(pack.files))
        yield _json(
            f"_/{pack.name}.json",
            {
                "format": FORMAT,
                "base": base,
                "edition": edition,
                "build": build,
                "pack": pack.name,
                **_listed(pack),
                "parts": [part.row for part in parts],
                "whole": whole.row[:3] if len(parts) > 1 else None,
            },
        )
        for part in (*parts, *((whole,) if len(parts) > 1 else ())):
            yield Artifact(f"_/{part.revision}.txt", part.body, _TEXT, Caching.NEVER)


def travelling(pack: Pack) -> Iterator[str]:
    """The URLs of what a phone takes to keep a pack: its index and its parts."""
    yield f"_/{pack.name}.json"
    for part in _parts(pack):
        yield f"_/{part.revision}.txt"


def _build(packs: tuple[Pack, ...]) -> str:
    """One hash of everything that can be kept: an equal edition with another build is a correction."""
    lines = [f"{pack.name} {file.url} {file.revision} {file.media_type}\n" for pack in packs for file in pack.files]
    return revision_of("".join(lines).encode())


def _listed(pack: Pack) -> dict[str, object]:
    types = list(dict.fromkeys(file.media_type for file in pack.files))
    rows = [[file.url, file.revision, len(file.body), types.index(file.media_type)] for file in pack.files]
    return {"types": types, "files": rows}


@dataclass(frozen=True)
class _Part:
    body: bytes
    count: int

    @property
    def revision(self) -> str:
        return revision_of(self.body)

    @property
    def row(self) -> list[object]:
        """Hash, bytes, compressed bytes (about), number of files."""
        return [self.revision, len(self.body), _packed(self.body), self.count]


def _packed(body: bytes) -> int:
    # a fast estimate, about a tenth above what is served: a phone only plans and tells sizes with it
    return len(brotli.compress(body, quality=5))


def _parts(pack: Pack) -> Iterator[_Part]:
    """Fill parts up to their size, cut at file boundaries, in one pass over the bodies."""
    held: list[bytes] = []
    compressor, size = brotli.Compressor(quality=5), 0
    for file in pack.files:
        added = len(compressor.process(file.body)) + len(compressor.flush())
        if held and size + added > PART:
            yield _Part(b"".join(held), len(held))
            held, compressor, size = [], brotli.Compressor(quality=5), 0
            added = len(compressor.process(file.body)) + len(compressor.flush())
        held.append(file.body)
        size += added
    if held:
        yield _Part(b"".join(held), len(held))


def _json(url: str, value: Mapping[str, object], media_type: str = _JSON) -> Artifact:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Artifact(url, text.encode("utf-8"), media_type, Caching.NEVER)


def build_workers(sources: Mapping[str, str], base: str) -> Iterator[Artifact]:
    """The worker scripts, constants prepended: ``sw.js``, and the kill switch that takes its place in an emergency."""
    constants = f"const BASE = {json.dumps(base)};\nconst HEADERS = {json.dumps(SECURITY_HEADERS)};\n"
    for name, source in sources.items():
        yield Artifact(name, (constants + source).encode("utf-8"), _SCRIPT, Caching.ASK)


def build_manifests(guide: Guide, registry: Registry, name: str, base: str) -> Iterator[Artifact]:
    """One web manifest for each language and side. All are one app to a phone: same id, scope, name and icons."""
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
                    "theme_color": "#3d5a73",
                    "icons": [
                        {"src": f"{base}static/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
                        {"src": f"{base}static/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
                    ],
                },
                _MANIFEST,
            )
