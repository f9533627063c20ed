"""An agency's own pages and words, laid over the guide without a copy of it.

The overlay is merged right after reading, so that every check sees the guide that readers get. A vital text can be
replaced and never hidden; the words of the program and of the cards' policy are chosen in the deployment file.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from fieldguide import schema
from fieldguide.catalog import Catalog, catalog_name, load_catalog
from fieldguide.items import Tier, Unit, item_units
from fieldguide.model import Audience, Guide, Page, Source, iter_units, page_units
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.reader import load_page, load_sources
from fieldguide.structure import load_toml

SIDES = (Audience.OFFICER, Audience.WORKER, Audience.NEIGHBOR)
UNITS, SOURCES, TRANSLATIONS = "units.toml", "sources.toml", "translations"
_KNOWN = frozenset({UNITS, SOURCES, TRANSLATIONS, "README.md", *SIDES})
_STAMP = re.compile(r"[0-9a-f]{12}")

T = TypeVar("T")


@dataclass(frozen=True)
class Overlay:
    """What an agency lays over the guide. ``name`` is its folder, as problems name it.

    ``replaced`` are other texts for units of the guide, each with the stamp of the text it was written for; ``hidden``
    are ids of items, and of sections by their headings.
    """

    name: str = ""
    pages: Mapping[str, Page] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    replaced: Mapping[str, schema.ReplacementTable] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)

    @property
    def units_file(self) -> str:
        """How problems name the file of replaced and hidden units."""
        return f"{self.name}/{UNITS}"

    @property
    def own(self) -> frozenset[str]:
        """The ids of the units whose words are the agency's."""
        return frozenset(self.replaced) | {unit.id for page in self.pages.values() for unit in page_units(page)}

    def located(self, problem: Problem) -> Problem:
        """The problem, where it is one of the agency's words, with the file in which they can be mended."""
        for tag, catalog in self.catalogs.items():
            if problem.file == catalog_name(tag) and problem.unit in catalog.entries:
                return replace(problem, file=f"{self.name}/{problem.file}")
        if problem.unit in self.replaced and problem.file.startswith("content/"):
            return replace(problem, file=self.units_file, place=f'replace."{problem.unit}"')
        return problem


def stamp_of(text: str) -> str:
    """Twelve hexadecimal digits that stand for exactly this English text."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()[:12]


def load_overlay(folder: Path) -> Overlay:
    """Read an overlay. Raises `ProblemsError` with the mistakes of all its files together."""
    if not folder.is_dir():
        raise ProblemsError([Problem("deployment", "overlay", f"{folder} is no folder; make it or mend the name")])
    name = folder.name
    problems: list[Problem] = []

    def read(load: Callable[[], T], nothing: T) -> T:
        try:
            return load()
        except ProblemsError as error:
            problems.extend(error.problems)
            return nothing

    for path in sorted(folder.iterdir()):
        if path.name not in _KNOWN and not path.name.startswith("."):
            problems.append(
                Problem(f"{name}/{path.name}", "", f"is nothing of an overlay; it has {', '.join(_LISTED)}")
            )
    pages: dict[str, Page | None] = {}
    for side in SIDES:
        for path in sorted((folder / side).glob("*.toml")):
            pages[f"{side}/{path.stem}"] = read(partial(load_page, path, side, f"{name}/{side}/{path.name}"), None)
    units, sources, catalogs = schema.OverlayTable(), dict[str, Source](), dict[str, Catalog]()
    if (folder / UNITS).exists():
        units = read(partial(load_toml, folder / UNITS, schema.OverlayTable, f"{name}/{UNITS}"), units)
    if (folder / SOURCES).exists():
        sources = read(partial(load_sources, folder / SOURCES, f"{name}/{SOURCES}"), sources)
    for path in sorted((folder / TRANSLATIONS).glob("*/messages.po")):
        tag = path.parent.name
        catalogs[tag] = read(partial(load_catalog, path, tag, f"{name}/{catalog_name(tag)}"), Catalog(tag, {}))
    raise_if_any(problems)
    found = {page_id: page for page_id, page in pages.items() if page}
    return Overlay(name, found, sources, units.replace, units.hide, catalogs)


_LISTED = ("officer/", "worker/", "neighbor/", UNITS, SOURCES, f"{TRANSLATIONS}/<tag>/messages.po", "README.md")


def merge(guide: Guide, overlay: Overlay) -> Guide:
    """The guide with the overlay. Raises `ProblemsError` with everything in it that does not fit the guide."""
    raise_if_any(_check(guide, overlay))
    hidden = frozenset(overlay.hidden)
    merged = replace(
        guide,
        pages={**{page.id: _without(page, hidden) for page in guide.pages.values()}, **overlay.pages},
        sources={**guide.sources, **overlay.sources},
        like=tuple(like for like in guide.like if like.words.id not in hidden),
    )
    texts = {unit_id: found.text for unit_id, found in overlay.replaced.items()}
    return _reworded(merged, texts) if texts else merged


def gone_from(guide: Guide, merged: Guide) -> frozenset[str]:
    """The ids of the units that an overlay hides."""
    return frozenset(unit.id for unit in iter_units(guide)) - {unit.id for unit in iter_units(merged)}


def merge_catalogs(catalogs: Mapping[str, Catalog], overlay: Overlay, gone: Collection[str]) -> dict[str, Catalog]:
    """The catalogs with the overlay's own translations.

    Those of texts that it replaces are taken out, since they are of other words, and those of units that are ``gone``.
    """
    gone = {*gone, *overlay.replaced}
    found = {}
    for tag in [*catalogs, *(tag for tag in overlay.catalogs if tag not in catalogs)]:
        catalog, ours = catalogs.get(tag, Catalog(tag, {})), overlay.catalogs.get(tag, Catalog(tag, {}))
        kept = {unit_id: entry for unit_id, entry in catalog.entries.items() if unit_id not in gone}
        found[tag] = replace(catalog, entries={**kept, **ours.entries})
    return found


def check_overlay_stale(overlay: Overlay, guide: Guide) -> Iterator[Problem]:
    """Every replaced unit whose text in the guide itself has changed since: a new law may stand in it."""
    for unit in iter_units(guide):
        found = overlay.replaced.get(unit.id)
        now = stamp_of(unit.text)
        if found and found.was != now:
            message = f'the guide now says {unit.text!r}; read it, mend your text, and write was = "{now}"'
            yield Problem(overlay.units_file, f'replace."{unit.id}".was', message, unit.id)


def _check(guide: Guide, overlay: Overlay) -> Iterator[Problem]:
    for page_id, page in overlay.pages.items():
        if page_id in guide.pages:
            yield Problem(page.file, "", f"{page_id} is a page of the guide; choose another name, or replace its units")
    for source in overlay.sources:
        if source in guide.sources:
            yield Problem(f"{overlay.name}/{SOURCES}", source, "is a source of the guide; choose another id")
    units = {unit.id: unit for unit in iter_units(guide)}
    for unit_id in [*overlay.replaced, *dict.fromkeys(overlay.hidden)]:
        if unit_id not in units:
            place = f'replace."{unit_id}"' if unit_id in overlay.replaced else "hide"
            yield Problem(overlay.units_file, place, _unknown(unit_id, units), unit_id)
    yield from _check_replaced(units, overlay)
    yield from _check_hidden(guide, units, overlay)
    yield from _check_catalogs(overlay)


def _unknown(unit_id: str, units: Collection[str]) -> str:
    if unit_id.startswith("ui."):
        return "is a word of the program, not of a page; the deployment file says what can be chosen"
    near = get_close_matches(unit_id, units, 1)
    return f"no unit of the guide has this id{f'; did you mean {near[0]}?' if near else ''}"


def _check_replaced(units: Mapping[str, Unit], overlay: Overlay) -> Iterator[Problem]:
    for unit_id, found in overlay.replaced.items():
        if unit_id in overlay.hidden:
            yield Problem(overlay.units_file, f'replace."{unit_id}"', "is replaced and hidden; keep one", unit_id)
        if unit_id in units and not _STAMP.fullmatch(found.was):
            text = units[unit_id].text
            message = f'say which text of the guide it replaces: was = "{stamp_of(text)}" stands for {text!r}'
            yield Problem(overlay.units_file, f'replace."{unit_id}".was', message, unit_id)


def _check_hidden(guide: Guide, units: Mapping[str, Unit], overlay: Overlay) -> Iterator[Problem]:
    groups = dict(_hideable(guide))
    for unit_id in dict.fromkeys(overlay.hidden):
        vital = [unit.id for unit in groups.get(unit_id, ()) if unit.tier is Tier.VITAL]
        if unit_id in units and unit_id not in groups:
            yield Problem(overlay.units_file, "hide", _reason(unit_id), unit_id)
        elif vital:
            message = f"rights, safety or consent: can be replaced, never hidden ({', '.join(vital)})"
            yield Problem(overlay.units_file, "hide", message, unit_id)


def _reason(unit_id: str) -> str:
    if unit_id.startswith("cards."):
        return "cards are switched off by cards_off in the deployment file"
    if unit_id.startswith(("names.", "shared.")):
        return "other texts and the scripts need it; it can be replaced, not hidden"
    return "is no item by itself; hide the item or the section's title that it belongs to, or replace it"


def _hideable(guide: Guide) -> Iterator[tuple[str, list[Unit]]]:
    """What can be hidden, by its id, with all units that would go: items, sections, words of the search."""
    for side in SIDES:
        for page in guide.pages_for(side):
            for section in page.sections:
                items = [list(item_units(item)) for item in section.items]
                if section.title:
                    yield section.title.id, [section.title, *(unit for units in items for unit in units)]
                yield from ((units[0].id, units) for units in items)
    for like in guide.like:
        yield like.words.id, [like.words]


def _check_catalogs(overlay: Overlay) -> Iterator[Problem]:
    own = overlay.own
    for tag, catalog in overlay.catalogs.items():
        for unit_id in catalog.entries:
            if unit_id not in own:
                message = "the overlay neither adds nor replaces this unit; its translation is the guide's own"
                yield Problem(f"{overlay.name}/{catalog_name(tag)}", "", message, unit_id)


def _without(page: Page, hidden: Collection[str]) -> Page:
    """The page without hidden items; a section of which nothing is left goes too."""
    sections = []
    for section in page.sections:
        items = tuple(item for item in section.items if item.text.id not in hidden)
        is_hidden = section.title is not None and section.title.id in hidden
        if not is_hidden and (items or not section.items):
            sections.append(replace(section, items=items))
    return replace(page, sections=tuple(sections))


def _reworded(value: T, texts: Mapping[str, str]) -> T:
    """Any part of a guide with other texts in its units, wherever they stand."""
    found: object = value
    if isinstance(value, Unit):
        found = replace(value, text=texts.get(value.id, value.text))
    elif isinstance(value, tuple):
        found = tuple(_reworded(one, texts) for one in value)
    elif isinstance(value, Mapping):
        found = {key: _reworded(one, texts) for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{part.name: _reworded(getattr(value, part.name), texts) for part in fields(value)})
    return cast(T, found)
