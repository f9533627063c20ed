"""What a build changes for phones that keep the one online: that one is read, both are compared, nothing is written.

Phones refuse a lower edition. An equal one with other bytes they take, as a correction; a release raises it, so that
two phones that show the same edition show the same guide.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from fieldguide.artifact import revision_of
from fieldguide.assets import WORKERS
from fieldguide.offline import FORMAT
from fieldguide.packs import CARDS, CORE
from fieldguide.problems import Problem, ProblemsError
from fieldguide.site import Site

TIMEOUT = 20.0
"""Seconds for which a host may be silent."""

LIMIT = 20_000_000
"""Bytes of one answer at most, far more than any index has."""

NAMED = 10
"""URLs that a line names; the others it counts."""

_ALIEN = "is not of this guide; something else answers, such as a login page: name the root of the guide that is online"
_ABSENT = "is not there; name the root of the guide that is online, or leave --against out of a first release"
_TORN = "is of another build than edition.json beside it; finish that upload, or remove there what an older one left"

Read = Callable[[str], bytes | None]
"""The bytes at an address, or None where nothing is. Raises `ProblemsError`, or OSError for a file."""

Files = dict[str, tuple[str, str]]
"""Hash and media type by site-relative URL; a worker script has no type here."""


@dataclass(frozen=True)
class Shipped:
    """What tells one build from another: its edition file, and every file that phones keep or run."""

    base: str
    edition: int
    build: str
    files: Files


def compare(ours: Shipped, online: Shipped) -> dict[str, list[str]]:
    """The addresses that are changed, added and gone, by these words; all three are empty when nothing differs."""
    new, old = ours.files, online.files
    changed = {url for url in new.keys() & old if new[url] != old[url]}
    if new == old and ours.build != online.build:
        changed = {"_/edition.json"}  # the same files in other packs
    groups = {"changed": changed, "added": new.keys() - old, "gone": old.keys() - new}
    return {word: [online.base + url for url in sorted(urls)] for word, urls in groups.items()}


def check_against(ours: Shipped, online: Shipped, place: str) -> Iterator[Problem]:
    """What must be mended before a build may take the place of the one online; ``place`` says where that is."""
    if ours.base != online.base:
        message = f"{online.base!r} is online, this build is for {ours.base!r}; name its --deployment or --base"
        yield Problem(place, "base", message)
        return
    raised = f"raise `edition` in the deployment file or site.toml to {online.edition + 1} ({_told(ours, online)})"
    if ours.edition < online.edition:
        yield Problem(place, "edition", f"{online.edition} is online, phones refuse the lower {ours.edition}; {raised}")
    elif ours.edition == online.edition and any(compare(ours, online).values()):
        yield Problem(place, "edition", f"{online.edition} is online too, with other bytes; {raised}")
    gone = sorted(online.files.keys() - ours.files)
    pages = [online.base + url for url in gone if online.files[url][1].startswith("text/html")]
    if pages:
        message = f"would be gone: {_named(pages)}; people noted these addresses: keep them, or redirect them there"
        yield Problem(place, "pages", message)


def describe(ours: Shipped, online: Shipped) -> str:
    """One line about a build that may go online."""
    raised = f" -> {ours.edition}" if ours.edition != online.edition else ""
    return f"edition {online.edition}{raised}: {_told(ours, online)}"


def _told(ours: Shipped, online: Shipped) -> str:
    found = compare(ours, online)
    return ", ".join(f"{len(urls)} {word}: {_named(urls)}" for word, urls in found.items() if urls) or "nothing changed"


def _named(urls: list[str]) -> str:
    more = f" and {len(urls) - NAMED} more" if len(urls) > NAMED else ""
    return ", ".join(quote(url, errors="replace") for url in urls[:NAMED]) + more  # a stranger's may hold anything


def shipped_of(site: Site) -> Shipped:
    """A build as phones will see it."""
    told = json.loads(site.artifacts["_/edition.json"].body)
    scripts = {name: (site.artifacts[name].revision, "") for name in WORKERS}
    return Shipped(site.base, told["edition"], told["build"], _kept_of(site) | scripts)


def _kept_of(site: Site) -> Files:
    return {file.url: (file.revision, file.media_type) for pack in site.packs for file in pack.files}


def load_online(place: str, site: Site, timeout: float = TIMEOUT) -> Shipped:
    """Read what is online: the folder of an earlier build, or the http(s) address of the guide's root.

    Raises `ProblemsError` at the first thing that cannot be read, and OSError for a file that may not be read.
    """
    root = place.rstrip("/") + "/"
    read: Read = partial(_fetch, timeout=timeout) if re.match("https?://", place, re.IGNORECASE) else _load_file
    address = f"{root}_/edition.json"
    match _load_json(address, read):
        case {"format": int(newer)} if newer > FORMAT:
            raise _stop(address, f"is of format {newer}, this checkout writes {FORMAT}; release from a newer checkout")
        case {"format": int(), "base": str(base), "edition": int(edition), "build": str(build)}:
            is_ours = build == shipped_of(site).build  # then its files are ours: no index needs fetching
            kept = _kept_of(site) if is_ours else _load_kept(root, read, site, build)
            scripts = {name: (revision_of(body), "") for name in WORKERS if (body := read(root + name)) is not None}
            return Shipped(base, edition, build, kept | scripts)
        case found:
            raise _stop(address, _ABSENT if found is None else _ALIEN)


def _load_kept(root: str, read: Read, site: Site, build: str) -> Files:
    """The files of our packs, and of the languages that only the host has; it lists its packs nowhere."""
    kept = _load_index(f"{root}_/{CORE}.json", read, build)
    if not kept:
        raise _stop(f"{root}_/{CORE}.json", _ABSENT)
    names = {pack.name for pack in site.packs}
    tags = {name.partition(".")[2] for name in names if "." in name}
    tags |= {url.partition("/")[0] for url in kept if "/w/" in url}  # core holds the numbers of every language
    names |= {CARDS, *(f"{kind}.{tag}" for kind in ("text", "officer") for tag in tags)}
    for name in sorted(names - {CORE}):
        kept |= _load_index(f"{root}_/{name}.json", read, build)
    return kept


def _load_index(address: str, read: Read, build: str) -> Files:
    found = _load_json(address, read)
    if found is None:
        return {}
    try:
        match found:
            case {"build": str(other), "files": list(rows), "types": list(types)}:
                if other != build:
                    raise _stop(address, _TORN)
                return {str(url): (str(revision), str(types[at])) for url, revision, _, at in rows}
    except (TypeError, ValueError, IndexError) as error:
        raise _stop(address, _ALIEN) from error
    raise _stop(address, _ALIEN)


def _load_json(address: str, read: Read) -> dict[str, object] | None:
    body = read(address)
    if body is None:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _stop(address, _ALIEN) from error
    return found if isinstance(found, dict) else {}


def _load_file(address: str) -> bytes | None:
    try:
        return Path(address).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


class _Refusing(HTTPRedirectHandler):
    """Follows no redirect: phones follow none either, and it could lead to anybody."""

    def redirect_request(self, *_: object) -> None:
        return None


def _fetch(address: str, timeout: float) -> bytes | None:
    # not what a cache on the way has; and some hosts turn Python's own name away
    headers = {"Cache-Control": "no-cache", "User-Agent": "field-guide"}
    try:
        with build_opener(_Refusing).open(Request(address, headers=headers), timeout=timeout) as answer:  # noqa: S310
            body: bytes = answer.read(LIMIT + 1)
            if len(body) <= LIMIT and answer.length:
                raise IncompleteRead(body, answer.length)
    except HTTPError as error:
        error.close()
        if error.code in (404, 410):
            return None
        led = error.headers.get("Location")
        told = f"leads to {led!r}; name that root if it is the guide's" if led else "mend the host, or name a folder"
        raise _stop(address, f"answers {error.code}: {told}") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise _stop(address, f"cannot be read: {reason}; mend that, or name the folder that was put online") from error
    if len(body) > LIMIT:
        raise _stop(address, _ALIEN)
    return body


def _stop(address: str, message: str) -> ProblemsError:
    return ProblemsError([Problem(address, "", message)])
