"""The scripts of ``static/js`` as browsers get them: one file for every page, and a few that it loads when wanted.

A page names the hash of the first, and the first those of the others, so that nothing runs that the page does not vouch
for. An ``import`` could carry no hash; between files there is none.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from fieldguide.artifact import integrity_of
from fieldguide.joined import join, needed

FIRST = "left"
"""Runs before anything of a page is seen, as it is written."""

ENTRY = "app"

LATER: Mapping[str, tuple[str, ...]] = {
    "cards": ("sound",),
    "checklist": (),
    "icon": (),
    "keep": (),
    "open": (),
    "ready": ("keep", "tools"),
    "search": ("keep",),
    "sound": (),
    "talk": (),
    "tools": ("keep",),
}
"""The modules with which a file of its own begins, and the files that must run before it."""

FOLDER = "lazy"
"""Where they lie: no script of an earlier release, which imports modules by name, takes one for a module it knows."""


def read_scripts(folder: Path) -> dict[str, str]:
    """The sources by name, without ``.js``."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}


def iter_scripts(sources: Mapping[str, str], bare: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Each file by its name, without what ``bare`` takes away; nothing where there are no scripts.

    Raises ValueError for what cannot be joined.
    """
    if not sources:
        return
    yield f"{FIRST}.js", bare(sources[FIRST])
    entry = set(needed(ENTRY, sources))
    table: dict[str, tuple[str, ...]] = {}
    for name, before in LATER.items():
        joined = join(name, sources, entry.union(*(needed(other, sources) for other in before)))
        text = bare(f"export default (all) => {{\n{joined}}};\n")
        yield f"{FOLDER}/{name}.js", text
        table[name] = (integrity_of(text.encode("utf-8")), *before)
    constants = f"const FILES = {json.dumps(table)};\nconst all = {{}};\nself.fg = all;\n"
    yield f"{ENTRY}.js", bare(constants + join(ENTRY, sources))
