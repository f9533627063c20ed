"""Files under several hands: what is saved is whole, what others did stays, and a kill leaves the old or the new."""

import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from fieldguide.catalog import load_catalog
from fieldguide.workbench.desk import ConflictError, Desk, seen_of

from ..conftest import ROOT
from .conftest import TITLE, Bench

SAVING = """
import sys
from dataclasses import replace
from pathlib import Path
from fieldguide.workbench.desk import Desk, seen_of
root = Path(sys.argv[1])
desk = Desk(root / "content", root / "translations")
for number in range(10**6):
    entry = desk.open("ar").catalog.entries[sys.argv[2]]
    desk.change("ar", entry.id, seen_of(entry), lambda unit, now: replace(now, text=f"{number} " * 400))
    print(number, flush=True)
"""


def test_an_entry_is_known_by_everything_in_it(bench: Bench):
    """Text, English, marks and comments: any of them changed is another state of the sentence."""
    entry = bench.entry(TITLE)
    changes = [{"text": "x"}, {"english": "x"}, {"fuzzy": True}, {"previous": "x"}, {"comments": ()}]
    assert len({seen_of(entry), *(seen_of(replace(entry, **change)) for change in changes)}) == 6
    assert seen_of(replace(entry, note="x")) == seen_of(entry)


def test_a_make_that_fails_leaves_the_file(bench: Bench):
    """Whatever goes wrong while a text is made, the file and the memory of saves are as they were."""
    before = bench.path.read_bytes()

    def fails(*_: object):
        raise KeyError("no")

    with pytest.raises(KeyError, match="no"):
        bench.desk.change("ar", TITLE, seen_of(bench.desk.open("ar").catalog.entries[TITLE]), fails)
    assert bench.path.read_bytes() == before
    assert bench.desk.undoable("ar", TITLE) == ""


def test_two_workbenches_on_one_folder(bench: Bench):
    """Two runs that save at the same time, each its own sentence, lose nothing of the other; the same one conflicts."""
    other = Desk(bench.root / "content", bench.root / "translations")
    hands = [(bench.desk, TITLE), (other, "worker.start.title")]

    def work(desk: Desk, unit_id: str) -> None:
        for number in range(25):
            entry = desk.open("ar").catalog.entries[unit_id]
            desk.change("ar", unit_id, seen_of(entry), lambda _, now, text=f"نص {number}": replace(now, text=text))

    threads = [threading.Thread(target=work, args=hand) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [bench.entry(unit_id).text for _, unit_id in hands] == ["نص 24", "نص 24"]
    seen = seen_of(bench.desk.open("ar").catalog.entries[TITLE])
    other.change("ar", TITLE, seen, lambda _, now: replace(now, text="هذا"))
    with pytest.raises(ConflictError) as conflict:
        bench.desk.change("ar", TITLE, seen, lambda _, now: replace(now, text="ذاك"))
    assert conflict.value.entry.text == "هذا"


@pytest.mark.parametrize("saves", [1, 2, 3, 5, 8])
def test_a_kill_leaves_the_old_or_the_new(bench: Bench, saves: int):
    """SIGKILL somewhere in a save: the file can be read, and holds one of the two texts, whole."""
    command = [sys.executable, "-c", SAVING, str(bench.root), TITLE]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as saving:
        assert saving.stdout
        done = [saving.stdout.readline() for _ in range(saves)]
        saving.kill()
    assert saving.returncode == -9
    number, *rest = load_catalog(bench.path, "ar").entries[TITLE].text.split()
    assert set(rest) == {number}
    assert len(rest) == 399
    assert int(number) >= int(done[-1])


def test_a_catalog_is_brought_up_to_the_english(bench: Bench):
    """What `translations sync` would do is done before anything is shown, and written with the first save only."""
    before = bench.path.read_bytes()
    opened = bench.desk.open("ar")
    assert list(opened.catalog.entries) == list(opened.units)
    assert opened.catalog.entries["worker.pay.summary"].previous == "What they must give you."
    assert bench.path.read_bytes() == before
    assert bench.desk.open("ar") is opened
