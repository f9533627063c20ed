"""What a build changes for phones that keep the one online: that one is read, both are compared, nothing is written.

Phones refuse a lower edition. An equal one with other bytes they take, as a correction; a release raises it, so that
two phones that show the same edition show the same guide.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from fieldguide.artifact import revision_of
from fieldguide.assets import WORKERS
from fieldguide.editions import LARGEST, STEP, is_edition
from fieldguide.offline import FORMAT
from fieldguide.online import ALIEN, TIMEOUT, named, read, stop
from fieldguide.packs import CARDS, CORE
from fieldguide.problems import Problem
from fieldguide.snapshot import Site

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
    elif ours.edition > online.edition + STEP:
        told = f"{online.edition} is online, phones refuse {ours.edition}"
        message = f"{told}, more than {STEP:,} above it; write {online.edition + 1}"
        yield Problem(place, "edition", message)
    gone = sorted(online.files.keys() - ours.files)
    pages = [online.base + url for url in gone if online.files[url][1].startswith("text/html")]
    if pages:
        message = f"would be gone: {named(pages)}; people noted these addresses: keep them, or redirect them there"
        yield Problem(place, "pages", message)


def describe(ours: Shipped, online: Shipped) -> str:
    """One line about a build that may go online."""
    raised = f" -> {ours.edition}" if ours.edition != online.edition else ""
    return f"edition {online.edition}{raised}: {_told(ours, online)}"


def _told(ours: Shipped, online: Shipped) -> str:
    found = compare(ours, online)
    return ", ".join(f"{len(urls)} {word}: {named(urls)}" for word, urls in found.items() if urls) or "nothing changed"


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
    reading = partial(read, timeout=timeout)
    address = f"{root}_/edition.json"
    match _load_json(address, reading):
        case {"format": int(newer)} if newer > FORMAT:
            raise stop(address, f"is of format {newer}, this checkout writes {FORMAT}; release from a newer checkout")
        case {"format": int(), "base": str(), "edition": other, "build": str()} if not is_edition(other):
            raise stop(address, f"says edition {str(other)[:20]}, no phone takes it; write one from 1 to {LARGEST:,}")
        case {"format": int(), "base": str(base), "edition": int(edition), "build": str(build)}:
            is_ours = build == shipped_of(site).build  # then its files are ours: no index needs fetching
            kept = _kept_of(site) if is_ours else _load_kept(root, reading, site, build)
            scripts = {name: (revision_of(body), "") for name in WORKERS if (body := reading(root + name)) is not None}
            return Shipped(base, edition, build, kept | scripts)
        case found:
            raise stop(address, _ABSENT if found is None else ALIEN)


def _load_kept(root: str, read: Read, site: Site, build: str) -> Files:
    """The files of our packs, and of the languages that only the host has; it lists its packs nowhere."""
    kept = _load_index(f"{root}_/{CORE}.json", read, build)
    if not kept:
        raise stop(f"{root}_/{CORE}.json", _ABSENT)
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
                    raise stop(address, _TORN)
                return {str(url): (str(revision), str(types[at])) for url, revision, _, at in rows}
    except (TypeError, ValueError, IndexError) as error:
        raise stop(address, ALIEN) from error
    raise stop(address, ALIEN)


def _load_json(address: str, read: Read) -> dict[str, object] | None:
    body = read(address)
    if body is None:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise stop(address, ALIEN) from error
    return found if isinstance(found, dict) else {}
