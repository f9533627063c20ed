"""Which headers go with which addresses, in few patterns: what the configuration of every web host is made of.

A pattern is a path in which ``:language`` stands for any one segment, and a ``*`` at the end for any rest. No two
patterns of one header meet at an address, since some hosts would then send both values.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fieldguide.artifact import Artifact
from fieldguide.headers import own_headers
from fieldguide.packs import SOUND
from fieldguide.snapshot import Site
from fieldguide.urls import file_name

LANGUAGE = ":language"

GUESSED_WRONG = frozenset({".ico", ".js", ".mp3", ".webmanifest"})
"""Files of which some host does not know the type, or names an older one."""

_Segments = tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A pattern, and the headers that go with its addresses."""

    pattern: str
    headers: Mapping[str, str]

    @property
    def expression(self) -> str:
        """The pattern as a regular expression that nginx, Go and Python read alike."""
        whole = re.escape(self.pattern.removesuffix("*")).replace(LANGUAGE, "[^/]+")
        return f"^{whole}" if self.pattern.endswith("*") else f"^{whole}$"


def build_rules(site: Site) -> tuple[Rule, ...]:
    """The rules of a site, most of them for caching; the security headers go with everything and are not in them."""
    headers: dict[str, dict[str, str]] = {}
    for name in ("Cache-Control", "Clear-Site-Data", "Content-Type"):
        for pattern, value in _patterns(site, _value_of(name)):
            headers.setdefault(pattern, {})[name] = value
    return tuple(Rule(pattern, found) for pattern, found in headers.items())


def media_types(site: Site) -> dict[str, str]:
    """The media type of each kind of file, by its suffix.

    Parts of sound are named like other parts, and a phone reads their bytes whatever their type.
    """
    types: dict[str, str] = {}
    for artifact in site:
        suffix = suffix_of(artifact)
        if artifact.media_type == SOUND and suffix != ".mp3":
            continue
        if types.setdefault(suffix, artifact.media_type) != artifact.media_type:
            raise ValueError(f"{artifact.url} is {artifact.media_type}, other {suffix} files are {types[suffix]}")
    return types


def suffix_of(artifact: Artifact) -> str:
    """The end of the file's name that tells its type, with the dot."""
    return f".{file_name(artifact.url).rpartition('.')[2]}"


def _value_of(name: str) -> Callable[[Artifact], str | None]:
    if name == "Content-Type":
        return lambda artifact: artifact.media_type if suffix_of(artifact) in GUESSED_WRONG else None
    return lambda artifact: own_headers(artifact).get(name)


def _patterns(site: Site, value_of: Callable[[Artifact], str | None]) -> Iterator[tuple[str, str]]:
    """Patterns that together give each artifact its value; where that is None, no pattern meets it."""
    tags = site.registry.languages
    values: dict[_Segments, str | None] = {}
    for artifact in site:
        for address in dict.fromkeys((artifact.url, file_name(artifact.url))):
            first, *others = address.split("/")
            segments = (LANGUAGE if first in tags and others else first, *others)
            if values.setdefault(segments, value_of(artifact)) != value_of(artifact):
                raise ValueError(f"{artifact.url} is not sent like its page in other languages")
    for segments, value in _folded(values):
        if segments == (LANGUAGE, ""):
            # a placeholder alone is met by every file of the root on hosts that do not mind the last slash
            yield from ((f"{site.base}{tag}/", value) for tag in tags)
        else:
            yield site.base + "/".join(segments), value


def _folded(values: Mapping[_Segments, str | None], above: _Segments = ()) -> Iterator[tuple[_Segments, str]]:
    """The addresses with their values; a folder in which all have one is a single pattern."""
    folders: dict[str, dict[_Segments, str | None]] = {}
    for segments, value in values.items():
        folders.setdefault(segments[0], {})[segments[1:]] = value
    for name, inside in folders.items():
        here, (first, *others) = (*above, name), dict.fromkeys(inside.values())
        if others or (name == LANGUAGE and () not in inside):
            yield from _folded(inside, here)
        elif first is not None:
            yield (here if () in inside else (*here, "*")), first
