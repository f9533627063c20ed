"""One build of the guide into a folder, as big as asked for: ``python -m bench.plain OUT --pages 4 --languages 12``.

Without compression, as other makers of pages write theirs.
"""

import argparse
import itertools
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from fieldguide.catalog import Catalog
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.items import Unit
from fieldguide.languages import Registry
from fieldguide.load import load_ingredients
from fieldguide.model import Page, page_units
from fieldguide.render import TEMPLATE_OF
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.writer import write_site

COPIED = "es"
PRIVATE = [
    "q" + "".join(letters) for letters in itertools.product("abcdefghijklmnopqrst", "abcdefghijklmnopqrstuvwxyz")
]
"""The tags that ISO 639 leaves to whoever wants one."""
MORE = ["-".join(words) for words in itertools.product(("two", "more", "other", "ten"), repeat=2)]
"""What distinguishes the addresses of copies: words that titles of workers' pages may be made of."""


def in_many_languages(ingredients: Ingredients, count: int) -> Ingredients:
    """English, and what workers read in Spanish as if it were so many languages more, less one."""
    spanish = replace(ingredients.registry[COPIED], audiences=("worker",), aliases=(), bcp47=COPIED)
    tags = PRIVATE[: count - 1]
    registry = Registry({"en": ingredients.registry["en"], **{tag: replace(spanish, tag=tag) for tag in tags}})
    catalogs = {tag: replace(ingredients.catalogs[COPIED], tag=tag) for tag in tags}
    return replace(ingredients, registry=registry, catalogs=catalogs, recordings={})


def with_many_pages(ingredients: Ingredients, times: int) -> Ingredients:
    """Every page that has the usual form so many times, under other addresses, with translations of its own."""
    guide, catalogs = ingredients.guide, ingredients.catalogs
    for more in MORE[: times - 1]:
        copied = [page for page in ingredients.guide.pages.values() if page.slug and page.id not in TEMPLATE_OF]
        ids = {unit.id: _copy_id(unit.id, more) for page in copied for unit in page_units(page)}
        copies = {f"{page.id}-{more}": _copy(page, more, ids) for page in copied}
        guide = replace(guide, pages={**guide.pages, **copies})
        catalogs = {tag: _with_copies(catalog, ids) for tag, catalog in catalogs.items()}
    return replace(ingredients, guide=guide, catalogs=catalogs)


def _copy_id(unit_id: str, more: str) -> str:
    side, name, rest = unit_id.split(".", 2)
    return f"{side}.{name}-{more}.{rest}"


def _copy(page: Page, more: str, ids: Mapping[str, str]) -> Page:
    return replace(_renamed(page, ids), id=f"{page.id}-{more}", slug=f"{page.slug}-{more}")


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """The same with every unit in it, and every mention of one, under its new id."""
    if isinstance(value, Unit):
        return replace(value, id=ids.get(value.id, value.id))
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(one, ids) for one in value)
    if is_dataclass(value):
        return replace(value, **{field.name: _renamed(getattr(value, field.name), ids) for field in fields(value)})
    return value


def _with_copies(catalog: Catalog, ids: Mapping[str, str]) -> Catalog:
    copies = {new: replace(catalog.entries[old], id=new) for old, new in ids.items() if old in catalog.entries}
    return replace(catalog, entries={**catalog.entries, **copies})


def count_pages(site: Site) -> int:
    """How many pages of HTML a site has."""
    return sum(artifact.media_type.startswith("text/html") for artifact in site)


def main() -> None:
    """Build, write, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=1, help="how often each page is there")
    parser.add_argument("--languages", type=int, default=0, help="how many languages; 0: those of the guide")
    wanted = parser.parse_args()
    ingredients = with_many_pages(load_ingredients(Deployment()), wanted.pages)
    site = build_site(in_many_languages(ingredients, wanted.languages) if wanted.languages else ingredients)
    write_site(site, {}, wanted.out)


if __name__ == "__main__":
    main()
