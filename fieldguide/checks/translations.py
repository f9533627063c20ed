"""Checks of translations against the units they translate."""

from collections.abc import Iterable, Iterator, Mapping

from fieldguide.catalog import Catalog, Entry
from fieldguide.checks.text import iter_text_faults
from fieldguide.languages import Registry
from fieldguide.markup import link_targets, placeholders
from fieldguide.model import Guide, Unit, known_placeholders
from fieldguide.problems import Problem


def check_translations(
    guide: Guide, units: Iterable[Unit], registry: Registry, catalogs: Mapping[str, Catalog]
) -> Iterator[Problem]:
    """Every problem of every catalog. Stale entries are left alone: they are never shown."""
    by_id = {unit.id: unit for unit in units}
    known = known_placeholders(guide)
    for tag, catalog in catalogs.items():
        file = f"translations/{tag}/messages.po"
        if tag not in registry or registry[tag].status in ("source", "spoken"):
            yield Problem(file, "", f"{tag!r} is no language with text; add it to languages.toml or remove the file")
            continue
        for entry in catalog.entries.values():
            if entry.id not in by_id:
                yield Problem(file, "", "no unit has this id; run sync, or mend the msgctxt", entry.id)
            elif entry.text and by_id[entry.id].text == entry.english:
                own = known | set(placeholders(by_id[entry.id].text))
                yield from (Problem(file, "", fault, entry.id) for fault in _faults(entry, own, guide))


def _faults(entry: Entry, known: set[str] | frozenset[str], guide: Guide) -> Iterator[str]:
    yield from (fault for fault in iter_text_faults(entry.text, known, guide.pages) if "at most" not in fault)
    if sorted(placeholders(entry.text)) != sorted(placeholders(entry.english)):
        ours, theirs = placeholders(entry.text), placeholders(entry.english)
        yield f"the placeholders differ from the English: {ours} for {theirs}; keep each as often as there"
    if sorted(link_targets(entry.text)) != sorted(link_targets(entry.english)):
        yield "the links differ from the English; keep each page id as it is"
