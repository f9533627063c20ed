"""A workbench over a copy of the tiny guide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.recordings import Recordings
from fieldguide.voices import write_recordings
from fieldguide.workbench.app import Settings, application
from fieldguide.workbench.desk import Desk

from ..conftest import fixture_ingredients
from ..sound import recorded

DAY = date(2026, 5, 31)
HERE = "http://127.0.0.1:8001"
ANA, BEN = {"by": "ana", "role": "native-speaker"}, {"by": "ben", "role": "lawyer"}

TITLE, LAW = "worker.pay.title", "officer.farm.what.law"
LINE, RATE = "worker.start.call.line", "worker.pay.owed.rate"
LAW_ENGLISH = "The law is {fact.act}, *since* {fact.since}."
LAW_AR = "القانون هو {fact.act}، *منذ* {fact.since}."


@dataclass
class Bench:
    """A running workbench, asked as a browser would, and the files under it."""

    root: Path
    desk: Desk
    client: FlaskClient

    def get(self, path: str, **query: str) -> TestResponse:
        """Open a page as Ana."""
        return self.client.get(path, base_url=HERE, query_string={**ANA, **query}, buffered=True)

    def post(self, path: str, who: dict[str, str] = ANA, **fields: object) -> TestResponse:
        """Send a form as one of us, from the workbench's own page."""
        stamp = value_of(self.get("/en/ar/worker.pay.title/").text, "stamp")
        return self.client.post(path, base_url=HERE, query_string=who, data={"stamp": stamp, **fields})

    def act(self, unit_id: str, do: str, text: str, who: dict[str, str] = ANA, **fields: str) -> TestResponse:
        """Press a button of a sentence that was just opened."""
        fields = {"seen": self.seen(unit_id), **fields}
        return self.post(f"/en/ar/{unit_id}/", who, do=do, text=text, **fields)

    def seen(self, unit_id: str) -> str:
        """What the form of a sentence carries now."""
        return value_of(self.get(f"/en/ar/{unit_id}/").text, "seen")

    @property
    def path(self) -> Path:
        """The Arabic catalog."""
        return catalog_path(self.root / "translations", "ar")

    def catalog(self) -> Catalog:
        """The Arabic catalog as it lies."""
        return load_catalog(self.path, "ar")

    def entry(self, unit_id: str) -> Entry:
        """One entry as it lies."""
        return self.catalog().entries[unit_id]

    def put(self, entry: Entry) -> None:
        """Write an entry by hand, as another tool does."""
        before = self.catalog()
        after = Catalog("ar", {**before.entries, entry.id: entry}, before.obsolete)
        self.path.write_text(serialise_catalog(after), encoding="utf-8", newline="\n")


def put_recording(bench: Bench, *unit_ids: str) -> None:
    """Recordings by the voice *ana* of the words as they are now, as `audio take` writes them."""
    made = recorded(fixture_ingredients(root=bench.root), "ar", unit_ids).recordings["ar"]
    write_recordings(bench.root / "translations", Recordings("ar"), made)


def value_of(page: str, name: str) -> str:
    """The value of a hidden field."""
    (found,) = {field.get("value") for field in tree(page).iter("input") if field.get("name") == name}
    return found


def tree(page: str):
    """A page as a browser parses it; it must be good HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def words(element) -> str:
    """What an element says."""
    return " ".join("".join(element.itertext()).split())


def by_class(page: str, name: str) -> list[str]:
    """What the elements of a class say."""
    return [words(found) for found in tree(page).iter() if name in str(found.get("class", "")).split()]


Start = Callable[..., Bench]


@pytest.fixture
def start(guide_copy: Path) -> Start:
    """Starts a workbench over the copy, with the settings named."""

    def started(**settings) -> Bench:
        desk = Desk(guide_copy / "content", guide_copy / "translations")
        app = application(desk, Settings(**settings), lambda: DAY)
        return Bench(guide_copy, desk, app.test_client())

    return started


@pytest.fixture
def bench(start: Start) -> Bench:
    """A workbench for everyone."""
    return start()
