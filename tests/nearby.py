"""Contacts that a deployment names, for tests: files of them, and the tiny guide with the pages that show them."""

from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.model import page_units
from fieldguide.reader import load_guide

from .conftest import edit

LEGAL: dict[str, Any] = {
    "id": "hill-legal",
    "role": "legal-aid",
    "name": "Hill Legal Aid",
    "area": "Hill County",
    "number": "212-555-0150",
    "timezone": "America/New_York",
    "schedules": [{"byday": "MO-FR", "opens_at": "09:00", "closes_at": "17:00"}],
    "languages": ["en", "ar"],
    "fees_description": "free",
    "may_share_police": "no",
    "may_share_immigration": "no",
    "seen_on": "2026-10-01",
    "source": "the group's own page",
    "review_by": "2027-10-01",
}
"""A contact that nothing is wrong with; dates are text here."""

_HELP = """
title = "Numbers"
summary = "Whom to call."
slug = "numbers"
written_on = 2026-01-03
sources_seen_to = 2026-01-02

[[sections]]
id = "now"
kind = "contacts"
title = "Call now"

  [[sections.items]]
  id = "line"
  contact = "line"
  text = "For questions."
  confidence = "practice"

[[sections]]
id = "then"
kind = "text"
title = "And then"

  [[sections.items]]
  id = "rest"
  text = "Take a rest."
  confidence = "practice"
"""


def changed(**changes: Any) -> dict[str, Any]:
    """`LEGAL` with other values; None leaves a key out."""
    return {key: value for key, value in {**LEGAL, **changes}.items() if value is not None}


def shelter(**changes: Any) -> dict[str, Any]:
    """A shelter for men and families that answers day and night."""
    same = {"id": "hill-house", "role": "shelter", "takes": ["families", "men"], "hours": "always"}
    return changed(**{**same, "timezone": None, "schedules": None, **changes})


def write_toml(path: Path, *contacts: dict[str, Any], dialed: tuple[dict[str, Any], ...] = ()) -> Path:
    """A file of contacts."""
    tables = {"contacts": [*map(_dated, contacts)], "dialed": [*map(_dated, dialed)]}
    path.write_text(tomli_w.dumps(tables), encoding="utf-8")
    return path


def _dated(table: dict[str, Any]) -> dict[str, Any]:
    days = ("seen_on", "dialed_on", "review_by")
    return {key: date.fromisoformat(value) if key in days else value for key, value in table.items()}


def _draft(root: Path) -> None:
    """No language is listed without its page of numbers."""
    guide = load_guide(root / "content")
    units = [guide.names["line"], *page_units(guide.pages["worker/help"])]
    for tag, text in (("ar", "كلمات"), ("fil", "Mga salita"), ("mam", "Qyol")):
        path = catalog_path(root / "translations", tag)
        known = load_catalog(path, tag).entries
        drafts = {unit.id: Entry(unit.id, unit.text, text, comments=("source: human anna",)) for unit in units}
        path.write_text(serialise_catalog(Catalog(tag, {**drafts, **known})), encoding="utf-8", newline="")


def near_ingredients(root: Path, *contacts: dict[str, Any], dialed: tuple[dict[str, Any], ...] = ()) -> Ingredients:
    """The tiny guide, a copy that a test may change, with a page of numbers, *whom to call*, and these contacts."""
    if not (root / "content/worker/help.toml").exists():
        (root / "content/worker/help.toml").write_text(_HELP, encoding="utf-8")
        text = f'{_HELP}\n[[sections]]\nid = "src"\nkind = "sources"\n'
        (root / "content/officer/call-first.toml").write_text(text.replace("numbers", "call-first"), encoding="utf-8")
        edit(root / "content/site.toml", '"start", "farm"', '"start", "farm", "call-first"')
        edit(root / "content/site.toml", '"start", "pay"', '"start", "help", "pay"')
        _draft(root)
    write_toml(root / "contacts.toml", *contacts, dialed=dialed)
    chosen = Deployment(contacts=("contacts.toml",), example=True)
    return load_ingredients(chosen, root / "content", root / "translations", folder=root)
