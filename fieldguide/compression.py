"""br and gzip variants of bodies. The slow part of a build, so each is kept by content hash: only changed bytes are
compressed again. Threads are enough: both libraries let go of the interpreter lock while they work."""

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident

import brotli

from fieldguide.artifact import Artifact

CACHE = Path(__file__).parent.parent / ".cache" / "compressed"

SUFFIXES = {"br": ".br", "gzip": ".gz"}
_COMPRESSED_ALREADY = {"image/png", "audio/mpeg"}


@dataclass(frozen=True)
class Variants:
    """The compressed forms of one body, by content coding; a coding that would not shorten it is left out."""

    revision: str
    codings: Mapping[str, bytes]


def compressible(artifact: Artifact) -> bool:
    """False for media that are compressed by nature."""
    return artifact.media_type not in _COMPRESSED_ALREADY


def brotli_size(variants: Mapping[str, Variants], artifact: Artifact) -> int:
    """Bytes of an artifact as brotli has it, or as it is where that would not shorten it."""
    found = variants.get(artifact.revision)
    return len(found.codings.get("br", artifact.body)) if found else len(artifact.body)


def iter_variants(artifacts: Iterable[Artifact], cache: Path | None = CACHE) -> Iterator[Variants]:
    """The variants of every compressible artifact, as they get ready. ``cache`` None keeps nothing on disk."""
    wanted = {artifact.revision: artifact.body for artifact in artifacts if compressible(artifact)}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(lambda pair: _variants(pair[0], pair[1], cache), wanted.items())


def _variants(revision: str, body: bytes, cache: Path | None) -> Variants:
    codings = {coding: _kept(revision, coding, body, cache) for coding in SUFFIXES}
    return Variants(revision, {coding: data for coding, data in codings.items() if len(data) < len(body)})


def _kept(revision: str, coding: str, body: bytes, cache: Path | None) -> bytes:
    path = cache / f"{revision}{SUFFIXES[coding]}" if cache else None
    if path and path.is_file():
        data = path.read_bytes()
        if unpack(coding, data, len(body)) == body:  # what a disk has damaged must never reach a phone
            return data
    data = _compress(coding, body)
    if path:
        with suppress(OSError):  # a disk that is full or may only be read keeps nothing, and stops nothing
            _keep(path, data)
    return data


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _compress(coding: str, body: bytes) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(body, quality=11))
    return gzip.compress(body, 9, mtime=0)


def unpack(coding: str, data: bytes, limit: int) -> bytes | None:
    """What compressed bytes hold, or None where they are damaged or of no coding of ours. Beyond ``limit`` bytes little
    is unpacked, so that a small answer cannot fill the memory."""
    try:
        match coding:
            case "br":
                return bytes(brotli.Decompressor().process(data, output_buffer_limit=limit + 1))
            case "gzip":
                return zlib.decompressobj(wbits=31).decompress(data, limit + 1)
    except (brotli.error, zlib.error):
        pass
    return None
