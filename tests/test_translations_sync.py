"""``translations sync``: catalogs follow the English, a translation whose meaning stays is carried, and ``--check``."""

from pathlib import Path

import pytest

from fieldguide.catalog import catalog_path, load_catalog
from fieldguide.review import stamp

from .conftest import edit
from .verbs import DAY, LAW, LINE, RATE, catalog, review, run, snapshot, vital


def test_sync_writes_every_catalog(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Every catalog gets the missing texts; what is there stays; a second run writes nothing."""
    before = {tag: catalog(folder, tag) for tag in ("ar", "fil", "mam")}
    assert run("sync") == 0
    new = {tag: len(catalog(folder, tag).entries) - len(before[tag].entries) for tag in before}
    out = capsys.readouterr().out.splitlines()
    assert out == [
        f"ar: {new['ar']} new, 1 reworded, 0 gone",
        *(f"{tag}: {new[tag]} new, 0 reworded, 0 gone" for tag in ("fil", "mam")),
    ]
    for tag, old in before.items():
        now = catalog(folder, tag).entries
        assert {key: now[key].text for key in old.entries} == {key: one.text for key, one in old.entries.items()}
    assert catalog(folder).entries["worker.pay.summary"].previous == "What they must give you."
    assert not (folder / "messages.pot").exists()
    written = snapshot(folder)
    assert run("sync") == 0
    assert capsys.readouterr().out == "ar: nothing new\nfil: nothing new\nmam: nothing new\n"
    assert snapshot(folder) == written


def test_every_verb_that_writes_keeps_what_is_obsolete(folder: Path, content: Path):
    """A deleted sentence's translation stays in the file through syncs, reviews, carrying and a new layout."""
    line = catalog(folder).entries[LINE]
    old = (content / "worker/start.toml").read_text(encoding="utf-8")
    edit(content / "worker/start.toml", 'id = "line"', 'id = "line-two"')
    assert run("sync") == 0
    assert catalog(folder).obsolete == (line,)
    edit(content / "worker/pay.toml", 'title = "Pay"', 'title = "Pay!"')
    assert run("sync", "--same-meaning", "worker.pay.title", "--by", "dora") == 0
    assert review("worker.pay.title") == 0
    assert run("fmt") == 0
    assert run("sync") == 0
    assert catalog(folder).obsolete == (line,)
    (content / "worker/start.toml").write_text(old, encoding="utf-8")
    assert run("sync") == 0
    assert (catalog(folder).entries[LINE], catalog(folder).obsolete) == (line, ())


def test_sync_unchanged_catalog_is_not_written(folder: Path, content: Path):
    """A catalog that is in step keeps its file: nothing is swapped in."""
    run("sync")
    inodes = {tag: catalog_path(folder, tag).stat().st_ino for tag in ("ar", "fil")}
    edit(content / "officer/farm.toml", "Stop and look.", "Stop and look around.")
    assert run("sync") == 0
    assert catalog_path(folder, "fil").stat().st_ino == inodes["fil"]
    assert catalog(folder).entries["officer.farm.moves.stop"].english == "Stop and look around."


def test_sync_check_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]):
    """``--check`` ends in 1 and names every catalog that is behind; nothing is written."""
    before = snapshot(folder)
    assert run("sync", "--check") == 1
    err = capsys.readouterr().err
    for tag in ("ar", "fil", "mam"):
        assert f"translations/{tag}/messages.po: is behind the English (" in err
    assert snapshot(folder) == before
    assert run("sync") == 0
    written = snapshot(folder)
    capsys.readouterr()
    assert run("sync", "--check") == 0
    assert capsys.readouterr().out == "in step with the English: ar, fil, mam\n"
    assert snapshot(folder) == written


def test_sync_check_notices_a_reworded_unit(folder: Path, content: Path, capsys: pytest.CaptureFixture[str]):
    """One changed sentence is enough to be behind."""
    run("sync")
    edit(content / "worker/pay.toml", "You get at least", "You must get at least")
    before = snapshot(folder)
    assert run("sync", "--check") == 1
    assert "translations/fil/messages.po: is behind the English (0 new, 1 reworded, 0 gone)" in (
        capsys.readouterr().err
    )
    assert snapshot(folder) == before


def test_sync_gone_unit_is_kept_aside(folder: Path, content: Path, capsys: pytest.CaptureFixture[str]):
    """A unit that is deleted leaves its text as obsolete, and it comes back with the unit."""
    run("sync")
    before = snapshot(folder)
    capsys.readouterr()
    farm = content / "worker/start.toml"
    text = farm.read_text(encoding="utf-8")
    item = '\n  [[sections.items]]\n  id = "line"\n  contact = "line"\n  text = "For questions."\n'
    edit(farm, item + '  confidence = "practice"\n', "")
    assert run("sync") == 0
    assert "ar: 0 new, 0 reworded, 1 gone" in capsys.readouterr().out
    assert [(entry.id, entry.text) for entry in catalog(folder).obsolete] == [(LINE, "للأسئلة.")]
    farm.write_text(text, encoding="utf-8")
    assert run("sync") == 0
    assert snapshot(folder) == before


def test_sync_template(folder: Path, content: Path, capsys: pytest.CaptureFixture[str]):
    """``--pot`` writes the template; later syncs renew it, and ``--check`` notices an old one."""
    pot = folder / "messages.pot"
    assert run("sync", "--pot") == 0
    first = pot.read_bytes()
    template = load_catalog(pot, "ar")
    assert template.entries.keys() >= catalog(folder).entries.keys()
    assert {entry.text for entry in template.entries.values()} == {""}
    assert template.entries[LAW].note == "[vital] States the law."
    assert f"{pot}: {len(template.entries)} texts" in capsys.readouterr().out
    assert run("sync", "--check") == 0
    pot.write_bytes(first.replace(b"For questions.", b"For answers."))
    old = snapshot(folder)
    capsys.readouterr()
    assert run("sync", "--check") == 1
    assert "translations/messages.pot: is old; run `translations sync`" in capsys.readouterr().err
    assert snapshot(folder) == old
    assert run("sync") == 0
    assert pot.read_bytes() == first


def test_sync_spoilt_template_is_renewed(folder: Path):
    """A template that is no text at all is written anew, too; nothing in it is anybody's work."""
    run("sync", "--pot")
    good = (folder / "messages.pot").read_bytes()
    (folder / "messages.pot").write_bytes(b"\xff\xfe spoilt")
    assert run("sync", "--check") == 1
    assert run("sync") == 0
    assert (folder / "messages.pot").read_bytes() == good


@pytest.mark.parametrize("synced", [False, True])
def test_same_meaning_text_and_review_move(folder: Path, content: Path, synced: bool):
    """Before or after a plain sync: the text is made for the new wording, the review holds and says carried."""
    assert review(LINE) == 0
    edit(content / "worker/start.toml", "For questions.", "For questions!")
    if synced:
        assert run("sync") == 0
        assert catalog(folder).entries[LINE].fuzzy
    assert run("sync", "--same-meaning", LINE, "--by", "dora") == 0
    entry = catalog(folder).entries[LINE]
    mark = stamp(LINE, "For questions!", "للأسئلة.")
    assert (entry.english, entry.text, entry.fuzzy) == ("For questions!", "للأسئلة.", False)
    assert entry.comments == (
        "source: machine 2026-01-03",
        f"reviewed: {mark} ana lawyer {DAY} carried",
        "carried: dora",
    )
    mam = catalog(folder, "mam").entries[LINE]
    assert (mam.english, mam.fuzzy, mam.comments) == (
        "For questions!",
        False,
        ("source: human anna", "carried: dora"),
    )
    assert run("sync", "--check") == 0


def test_same_meaning_others_are_only_synced(folder: Path, content: Path):
    """A unit that is not named becomes fuzzy as always."""
    edit(content / "worker/start.toml", "For questions.", "For questions!")
    edit(content / "worker/pay.toml", 'title = "Pay"', 'title = "Pay!"')
    assert run("sync", "--same-meaning", LINE, "--by", "dora") == 0
    assert catalog(folder).entries["worker.pay.title"].fuzzy


def test_same_meaning_check_writes_nothing(folder: Path, content: Path):
    """With ``--check`` nothing is carried on disk."""
    run("sync")
    edit(content / "worker/start.toml", "For questions.", "For questions!")
    before = snapshot(folder)
    assert run("sync", "--check", "--same-meaning", LINE, "--by", "dora") == 1
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    "case",
    [
        ("officer/farm", "The law is", "The law, is", LAW, "is vital; each new wording is translated and checked"),
        ("worker/pay", "at least {fact.rate}", "at least 7 {fact.rate}", RATE, "its numbers, placeholders or"),
        ("worker/pay", "Call {phone.line}", "Call {names.line}", RATE, "its numbers, placeholders or links"),
        ("worker/pay", "Call {phone.line}", "Call [us](worker/start)", RATE, "its numbers, placeholders or"),
        ("worker/pay", "at least {fact.rate}", "at least  {fact.rate}", "worker.pay.rate", "no unit has this id"),
        ("worker/pay", 'title = "Owed"', 'title = "Owed!"', "worker.pay.owed.title", "there is nothing to carry"),
        ("worker/pay", 'title = "Pay"', 'title = "Pay"', "worker.pay.title", "there is nothing to carry"),
    ],
)
@pytest.mark.parametrize("synced", [False, True])
def test_same_meaning_refused(
    folder: Path, content: Path, capsys: pytest.CaptureFixture[str], *, case: tuple[str, ...], synced: bool
):
    """Vital units, changed numbers, placeholders or links, unknown ids and nothing to carry: nothing is written."""
    file, old, new, unit_id, message = case
    vital(folder)
    edit(content / "worker/start.toml", "For questions.", "For questions!")
    edit(content / f"{file}.toml", old, new)
    if synced:
        run("sync")
    before = snapshot(folder)
    capsys.readouterr()
    assert run("sync", "--same-meaning", LINE, unit_id, "--by", "dora") == 1
    err = capsys.readouterr().err
    assert message in err
    assert f"[{unit_id}]" in err
    assert f"[{LINE}]" not in err
    assert snapshot(folder) == before


def test_same_meaning_needs_a_name(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Nobody says that the meaning is the same: wrong usage, 2."""
    before = snapshot(folder)
    with pytest.raises(SystemExit) as caught:
        run("sync", "--same-meaning", LINE)
    assert caught.value.code == 2
    assert "--same-meaning needs --by ALIAS" in capsys.readouterr().err
    assert snapshot(folder) == before
