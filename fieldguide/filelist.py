"""The file list: size and whole SHA-256 of every file that users can fetch.

Whoever has a list that they trust can compare a host with it, byte by byte. Phones use the indexes of packs instead,
whose shorter hashes are enough against accidents and cost a phone less.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldguide.artifact import TEXT, Artifact, Caching
from fieldguide.editions import is_edition
from fieldguide.online import LIMIT
from fieldguide.urls import FILE_LIST, SIGNATURE

FORMAT = 1
"""The format of the list."""

_URL = re.compile(r"(?:[A-Za-z0-9_~.-]+/)*(?:[A-Za-z0-9_~.-]+)?")
_HASH = re.compile(r"[0-9a-f]{64}")


class NotAListError(Exception):
    """Bytes that are no file list; says why."""


@dataclass(frozen=True)
class Listed:
    """One file: its site-relative URL, bytes, SHA-256 in hex, and how a host must send it."""

    url: str
    size: int
    sha256: str
    type: str
    caching: str

    def matches(self, body: bytes | None) -> bool:
        """True for exactly the bytes that were built."""
        return body is not None and len(body) == self.size and hashlib.sha256(body).hexdigest() == self.sha256


@dataclass(frozen=True)
class FileList:
    """What a release consists of: the path it is made for, its edition, the hash of what phones keep, its files, and
    those that lie beside them for the host alone, such as its header file: it reads them and need not serve them."""

    base: str
    edition: int
    build: str
    files: tuple[Listed, ...]
    for_host: tuple[Listed, ...] = ()


def listed(artifact: Artifact) -> Listed:
    """The row of an artifact."""
    digest = hashlib.sha256(artifact.body).hexdigest()
    return Listed(artifact.url, len(artifact.body), digest, artifact.media_type, artifact.caching.value)


def build_file_list(artifacts: Mapping[str, Artifact], for_host: Iterable[Artifact] = ()) -> Artifact:
    """The list of everything that a site holds, by URL; one file a line, so that two lists can be compared by eye."""
    told = json.loads(artifacts["_/edition.json"].body)
    head = json.dumps({"format": FORMAT, **{word: told[word] for word in ("base", "edition", "build")}})
    files, unserved = _rows(artifacts.values()), _rows(for_host)
    return list_artifact(f'{head[:-1]}, "files": [{files}\n], "for_host": [{unserved}]}}\n'.encode())


def _rows(artifacts: Iterable[Artifact]) -> str:
    ordered = sorted(map(listed, artifacts), key=lambda file: file.url)
    return ",".join(f"\n{json.dumps(vars(file))}" for file in ordered)


def list_artifact(body: bytes) -> Artifact:
    """The bytes of a list as the file that it cannot hold itself."""
    return Artifact(FILE_LIST, body, "application/json", Caching.NEVER)


def signature_artifact(body: bytes) -> Artifact:
    """The signature of a list as a file."""
    return Artifact(SIGNATURE, body, TEXT, Caching.NEVER)


def read_file_list(body: bytes) -> FileList:
    """The list in some bytes, which may be anybody's. Raises `NotAListError`."""
    told = "is no file list of a guide; something else lies there"
    try:
        match json.loads(body):
            case {"format": int(newer)} if newer > FORMAT:
                told = f"is of format {newer}, this checkout reads {FORMAT}; use a newer checkout"
            case {
                "base": str(base),
                "edition": int(edition),
                "build": str(build),
                "files": list(rows),
                "for_host": list(more),
            } if is_edition(edition):
                _files([*rows, *more])
                return FileList(base, edition, build, _files(rows), _files(more))
    except (ValueError, RecursionError):
        pass
    raise NotAListError(told)


def _files(rows: list[object]) -> tuple[Listed, ...]:
    files = tuple(_row(row) for row in rows)
    if len({file.url for file in files}) < len(files):
        raise ValueError("one file is named twice")
    return files


def _row(row: object) -> Listed:
    match row:
        case {"url": str(url), "size": int(size), "sha256": str(sha256), "type": str(kind), "caching": str(caching)}:
            climbs = any(part in (".", "..") for part in url.split("/"))
            if _URL.fullmatch(url) and not climbs and 0 <= size <= LIMIT and _HASH.fullmatch(sha256):
                return Listed(url, size, sha256, kind, caching)
    raise ValueError(row)
