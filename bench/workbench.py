"""The workbench: how long people wait for its pages and saves

Twelve languages of about 1,500 sentences.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from bench.figures import Figure, median
from fieldguide.load import TRANSLATIONS
from fieldguide.reader import CONTENT
from fieldguide.workbench.app import Settings, application
from fieldguide.workbench.desk import Desk, Opened, seen_of

LANGUAGES = 12
SAVES = 20
UNIT = "worker.pay.title"
WHO = "by=ana&role=native-speaker"
HERE = "http://127.0.0.1"


def report() -> Iterator[Figure]:
    """One figure a kind of waiting, in milliseconds of the clock."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "translations"
        shutil.copytree(TRANSLATIONS, folder)
        desk = Desk(CONTENT, folder)
        client = application(desk, Settings(), lambda: date(2026, 1, 1)).test_client()
        whole = [one.tag for one in desk.work().ingredients.registry if one.status == "complete"][:LANGUAGES]
        first = [_time(lambda tag=tag: desk.open(tag)) for tag in whole]
        counts = sorted(len(desk.open(tag).units) for tag in whole)
        note = f"{counts[0]:,} to {counts[-1]:,} sentences"
        yield median("a language opened for the first time", first, "ms", note=note)
        yield median("the list", [_time(lambda tag=tag: _get(client, f"/en/{tag}/?{WHO}")) for tag in whole], "ms")
        sentences = [f"/en/{tag}/{UNIT}/?{WHO}" for tag in whole]
        yield median("a sentence", [_time(lambda page=page: _get(client, page)) for page in sentences], "ms")
        pages = [f"/guide/{tag}/w/pay/?lit={UNIT}&text=x" for tag in whole]
        yield median("the page beside it", [_time(lambda page=page: _get(client, page)) for page in pages], "ms")
        saves = [_time(_saving(desk, tag, number)) for tag in whole for number in range(SAVES)]
        yield median("a save", saves, "ms")


def _saving(desk: Desk, tag: str, number: int) -> Callable[[], object]:
    def save() -> object:
        opened: Opened = desk.open(tag)
        entry = opened.catalog.entries[UNIT]
        return desk.change(tag, UNIT, seen_of(entry), lambda _, now: replace(now, text=f"{now.text} {number}"))

    return save


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path, base_url=HERE)
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status}")


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
