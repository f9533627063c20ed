"""The registry of languages, and choosing one from an Accept-Language header.

Our own registry decides, not Babel: Babel knows nothing of Mam or Q'anjob'al and silently turns Tagalog into fil_PH.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

HEADER_LIMIT = 200
"""Characters of an Accept-Language header that are looked at: a 60 KB header costs 69-152 ms to parse (measured)."""

Status = Literal["source", "complete", "help", "spoken"]


@dataclass(frozen=True)
class Language:
    """One language of the guide.

    ``tag`` is its place in every URL; ``bcp47`` what the pages say in ``lang``; ``format_locale`` a locale that Babel
    knows, for dates; ``fallback`` the tags tried in order before English; ``aliases`` other tags that mean it;
    ``months`` its names of the months where Babel writes those of another language (day month year), ``days`` those of
    the weekdays from Monday; ``countries`` are ISO codes of countries where many speak it, no more than likely;
    ``said`` how its English name sounds;
    ``audiences`` the sides it has; ``status`` how much of the guide it must cover.
    """

    tag: str
    endonym: str
    english_name: str
    script: str
    format_locale: str
    bcp47: str = ""
    dir: Literal["ltr", "rtl"] = "ltr"
    aliases: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    said: str = ""
    audiences: tuple[Literal["officer", "worker", "neighbor"], ...] = ("worker",)
    status: Status = "help"

    @property
    def lang(self) -> str:
        """The value of the ``lang`` attribute."""
        return self.bcp47 or self.tag


class UnknownLanguageError(KeyError):
    """A tag that no registry entry has."""


@dataclass(frozen=True)
class Registry:
    """The languages in the order in which readers see them. English, the source, is always there."""

    languages: Mapping[str, Language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self.languages.values())

    def __contains__(self, tag: str) -> bool:
        return tag in self.languages

    def __getitem__(self, tag: str) -> Language:
        try:
            return self.languages[tag]
        except KeyError:
            raise UnknownLanguageError(tag) from None

    def chain(self, language: Language) -> tuple[Language, ...]:
        """The language itself, its fallbacks, and at the end English."""
        tags = dict.fromkeys((language.tag, *language.fallback, "en"))
        return tuple(self.languages[tag] for tag in tags if tag in self.languages)

    def find(self, tag: str) -> Language | None:
        """The language meant by a BCP 47 tag or alias, ignoring case; longest prefix first (RFC 4647 lookup)."""
        names = self._names()
        parts = tag.lower().replace("_", "-").split("-")
        while parts:
            found = names.get("-".join(parts))
            if found:
                return found
            parts.pop()
        return None

    def _names(self) -> dict[str, Language]:
        names: dict[str, Language] = {}
        for language in self:
            for name in (language.tag, language.lang, *language.aliases):
                names.setdefault(name.lower(), language)
        return names

    def subset(self, tags: Iterable[str]) -> "Registry":
        """A registry of the given tags in the given order. Raises `UnknownLanguageError`."""
        return Registry({tag: self[tag] for tag in tags})


def negotiate(header: str, registry: Registry) -> Language | None:
    """The language an Accept-Language header asks for first, or None when it asks for none that we have."""
    wishes: list[tuple[float, int, str]] = []
    parts = header[:HEADER_LIMIT].split(",")
    if header[HEADER_LIMIT : HEADER_LIMIT + 1] not in ("", ","):
        parts.pop()  # cut in the middle, "arn" would ask for Arabic
    for index, part in enumerate(parts):
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter)
        if tag and tag != "*" and weight > 0:
            wishes.append((-weight, index, tag.strip()))
    for _, _, tag in sorted(wishes):
        found = registry.find(tag)
        if found:
            return found
    return None


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
