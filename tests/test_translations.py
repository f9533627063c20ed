"""The verbs of ``translations``: what they print, what they write, and that a refused one writes nothing."""

import functools
import json
import re
import unicodedata
from pathlib import Path

import pytest

import fieldguide.translations
from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.cli import main
from fieldguide.review import stamp
from fieldguide.translations import load_work

from .conftest import edit

DAY = "2026-05-31"
LINE = "worker.start.call.line"
LAW = "officer.farm.what.law"
RATE = "worker.pay.owed.rate"
LAW_AR = "القانون هو {fact.act}، *منذ* {fact.since}."
VERBS = [
    ["add", "fil"],
    ["sync"],
    ["sync", "--pot"],
    ["sync", "--check"],
    ["sync", "--same-meaning", RATE, "--by", "ana"],
    ["status"],
    ["status", "--json"],
    ["check"],
    ["check", "fil"],
    ["review", "ar", LINE, "--by", "ana", "--as", "lawyer", "--on", DAY],
    ["fmt"],
    ["fmt", "fil"],
    ["context", "--out", "OUT"],
    ["sheet", "ar", "--out", "OUT"],
]


@pytest.fixture
def folder(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The translations of a copy of the tiny guide, on which the verbs work."""
    here = guide_copy / "translations"
    monkeypatch.setattr(
        fieldguide.translations, "load_work", functools.partial(load_work, guide_copy / "content", here)
    )
    monkeypatch.chdir(guide_copy)
    return here


@pytest.fixture
def content(folder: Path) -> Path:
    return folder.parent / "content"


def run(*words: str) -> int:
    return main(["translations", *words])


def catalog(folder: Path, tag: str = "ar") -> Catalog:
    return load_catalog(catalog_path(folder, tag), tag)


def put(folder: Path, entry: Entry, tag: str = "ar") -> None:
    """Write one entry of a catalog."""
    before = catalog(folder, tag)
    after = Catalog(tag, {**before.entries, entry.id: entry}, before.obsolete)
    catalog_path(folder, tag).write_text(serialise_catalog(after), encoding="utf-8", newline="\n")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of the whole guide, byte for byte."""
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for path in folder.parent.rglob("*")
        if path.is_file()
    }


def review(*ids: str, by: str = "ana", role: str = "lawyer", tag: str = "ar", on: str = DAY) -> int:
    return run("review", tag, *ids, "--by", by, "--as", role, "--on", on)


def vital(folder: Path, source: str = "machine 2026-01-03") -> Entry:
    """A vital text in the Arabic catalog."""
    entry = Entry(LAW, "The law is {fact.act}, *since* {fact.since}.", LAW_AR, comments=(f"source: {source}",))
    put(folder, entry)
    return entry


def test_add_listed_language(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A language of languages.toml gets a catalog with every text of its sides, all empty."""
    path = catalog_path(folder, "fil")
    path.unlink()
    before = snapshot(folder)
    assert run("add", "fil") == 0
    entries = catalog(folder, "fil").entries
    assert capsys.readouterr().out == f"{path}: {len(entries)} texts to translate\n"
    assert {entry.text for entry in entries.values()} == {""}
    assert {"ui.leave", "names.line", "worker.pay.title", "shared.about.title"} <= entries.keys()
    assert not any(unit_id.startswith("officer.") for unit_id in entries)
    assert {name for name in snapshot(folder) if name not in before} == {"translations/fil/messages.po"}
    assert run("sync", "--check") == 1
    assert "translations/fil" not in capsys.readouterr().err


@pytest.mark.parametrize("tag", ["en", "tlh", "es-x"])
def test_add_unlisted_language(folder: Path, capsys: pytest.CaptureFixture[str], tag: str):
    """English and languages that are not listed are refused, and the listed ones named."""
    before = snapshot(folder)
    assert run("add", tag) == 1
    err = capsys.readouterr().err
    assert f"{tag!r} is no language with text; add it to languages.toml (there are: ar, mam, fil)" in err
    assert snapshot(folder) == before


def test_add_spoken_language(folder: Path, content: Path, capsys: pytest.CaptureFixture[str]):
    """A language that is only spoken has no catalog."""
    catalog_path(folder, "fil").unlink()
    edit(content / "languages.toml", 'aliases = ["tl"]\nstatus = "help"', 'aliases = ["tl"]\nstatus = "spoken"')
    assert run("add", "fil") == 1
    assert "'fil' is no language with text" in capsys.readouterr().err
    assert not catalog_path(folder, "fil").exists()


def test_add_existing_language(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A catalog that is there is left as it is."""
    before = snapshot(folder)
    assert run("add", "ar") == 1
    assert "translations/ar/messages.po: is there already; `translations sync` renews" in capsys.readouterr().err
    assert snapshot(folder) == before


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


@pytest.fixture
def some_of_each(folder: Path) -> None:
    """One text reviewed and one vital draft; drafts, stale and missing ones are there already."""
    vital(folder)
    assert review(LINE) == 0


@pytest.mark.usefixtures("some_of_each")
def test_status_table(folder: Path, capsys: pytest.CaptureFixture[str]):
    """One line a language and tier, with the number of texts in each state; nothing is written."""
    before = snapshot(folder)
    capsys.readouterr()
    assert run("status") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["language", "tier", "reviewed", "draft", "stale", "missing"]
    assert [line[:2] for line in lines[1:]] == [[tag, t] for tag in ("ar", "fil", "mam") for t in ("vital", "normal")]
    units = load_work(folder.parent / "content", folder).units("ar")
    vitals = sum(unit.tier.value == "vital" for unit in units)
    assert lines[1] == ["ar", "vital", "0", "5", "0", str(vitals - 5)]
    assert lines[2] == ["ar", "normal", "1", "5", "2", str(len(units) - vitals - 8)]
    assert snapshot(folder) == before


@pytest.mark.usefixtures("some_of_each")
def test_status_json(capsys: pytest.CaptureFixture[str]):
    """The same numbers for programs."""
    capsys.readouterr()
    assert run("status") == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert run("status", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["ar", "fil", "mam"]
    states = ("reviewed", "draft", "stale", "missing")
    assert [
        [tag, tier, *(str(counts[state]) for state in states)]
        for tag, tiers in found.items()
        for tier, counts in tiers.items()
    ] == table


def complete(folder: Path, tag: str = "mam") -> None:
    """Give a language all that it promises, word for word the English: good for the gates, doubtful for people."""
    for unit in load_work(folder.parent / "content", folder).units(tag):
        put(folder, Entry(unit.id, unit.text, unit.text, comments=("source: human anna",)), tag)
    run("fmt", tag)


def test_check_good_language(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Warnings are printed and stop nothing."""
    complete(folder)
    before = snapshot(folder)
    capsys.readouterr()
    assert run("check", "mam") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "good: mam"
    warnings = out[:-1]
    assert any("is the same as the English; translate it" in line for line in warnings)
    assert all(line.startswith("warning: translations/mam/messages.po: ") for line in warnings)
    assert snapshot(folder) == before


def test_check_error(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A fault that a gate sees ends in 1, with the unit; warnings are printed all the same."""
    complete(folder)
    edit(catalog_path(folder, "mam"), 'msgstr "You get at least {fact.rate}.', 'msgstr "You get at least.')
    capsys.readouterr()
    assert run("check", "mam") == 1
    said = capsys.readouterr()
    assert "warning: " in said.out
    assert "good:" not in said.out
    (problem, _) = said.err.splitlines()
    assert "the placeholders differ from the English" in problem
    assert problem.endswith(f"[{RATE}]")


def test_check_missing_text(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A promised text that is missing or stale is an error; of other languages nothing is said."""
    complete(folder)
    edit(catalog_path(folder, "mam"), 'msgid "Leave"\nmsgstr "Leave"', 'msgid "Leave"\nmsgstr ""')
    capsys.readouterr()
    assert run("check", "mam") == 1
    (problem, _) = capsys.readouterr().err.splitlines()
    assert "is missing in a language whose status is 'help'" in problem
    assert problem.endswith("[ui.leave]")


def test_check_all_languages(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Without a tag every catalog is checked."""
    complete(folder)
    assert run("check") == 1
    err = capsys.readouterr().err
    assert "translations/ar/messages.po: " in err
    assert "translations/fil/messages.po: " in err
    assert "translations/mam/messages.po: " not in err


def test_review_normal_text(folder: Path, capsys: pytest.CaptureFixture[str]):
    """The stamp is written with name, role and date; both texts and the names are printed."""
    before = catalog(folder).entries
    assert review(LINE, on="2026-02-28") == 0
    after = catalog(folder).entries
    mark = stamp(LINE, "For questions.", "للأسئلة.")
    assert after[LINE].comments == ("source: machine 2026-01-03", f"reviewed: {mark} ana lawyer 2026-02-28")
    assert {**after, LINE: before[LINE]} == dict(before)
    assert capsys.readouterr().out == (
        f"{LINE}\n  English:     For questions.\n  translation: للأسئلة.\n  checked by ana (lawyer)\n"
    )


def test_review_vital_text(folder: Path, capsys: pytest.CaptureFixture[str]):
    """The first review of a vital text says that a second person is needed; the second says no more."""
    vital(folder)
    assert review(LAW) == 0
    assert "  checked by ana (lawyer); vital, so a second person with another role is needed" in (
        capsys.readouterr().out
    )
    assert review(LAW, by="ben", role="survivor") == 0
    assert capsys.readouterr().out.endswith("\n  checked by ana (lawyer), ben (survivor)\n")
    assert len(list(catalog(folder).entries[LAW].iter_comments("reviewed"))) == 2


def test_review_several_texts(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Several ids get one review each, an id given twice only one."""
    assert review(LINE, "worker.pay.title", LINE) == 0
    entries = catalog(folder).entries
    counts = [len(list(entries[key].iter_comments("reviewed"))) for key in (LINE, "worker.pay.title")]
    assert counts == [1, 1]
    assert capsys.readouterr().out.count("checked by ana (lawyer)") == 2


def test_review_ends_doubt(folder: Path):
    """The old text that is right for the new English too: the review clears both marks."""
    run("sync")
    assert review("worker.pay.summary") == 0
    entry = catalog(folder).entries["worker.pay.summary"]
    mark = stamp("worker.pay.summary", "What you are owed.", entry.text)
    assert (entry.fuzzy, entry.previous) == (False, "")
    assert entry.comments[-1] == f"reviewed: {mark} ana lawyer {DAY}"
    assert not list(entry.iter_comments("outdated"))
    assert run("sync", "--check") == 0


@pytest.mark.parametrize(
    "case",
    [
        (LAW, "ana", "survivor", "ana has checked this text already; another person is needed"),
        (LAW, "ben", "lawyer", "somebody has checked this text as lawyer already; a person with another role"),
        (LAW, "carla", "survivor", "carla wrote this vital text; two other people check it"),
        ("worker.pay.story.title", "ben", "survivor", "is not translated yet; translate it first"),
        ("worker.pay.summary", "ben", "survivor", "its English has changed since; run sync, then read it again"),
        ("worker.pay.titel", "ben", "survivor", "no unit of this language has this id; mend its spelling"),
    ],
)
def test_review_refused(folder: Path, capsys: pytest.CaptureFixture[str], case: tuple[str, str, str, str]):
    """One id that may not be checked, and none of the ids given is: nothing is written."""
    unit_id, by, role, message = case
    vital(folder, "human carla")
    assert review(LAW) == 0
    before = snapshot(folder)
    capsys.readouterr()
    assert review(LINE, unit_id, "worker.pay.title", by=by, role=role) == 1
    said = capsys.readouterr()
    assert message in said.err
    assert f"[{unit_id}]" in said.err
    assert said.err.endswith("1 problem(s). Nothing was written.\n")
    assert said.out == ""
    assert snapshot(folder) == before


def test_review_side_that_a_language_has_not(folder: Path, capsys: pytest.CaptureFixture[str]):
    """An officers' text cannot be checked in a language that has no officers' side."""
    before = snapshot(folder)
    assert review(LAW, tag="mam") == 1
    assert "no unit of this language has this id" in capsys.readouterr().err
    assert snapshot(folder) == before


def test_review_gate_fault(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A text that a gate refuses cannot be called right, and all faults come at once."""
    edit(catalog_path(folder, "ar"), "اتصل بالرقم {phone.line}.", "اتصل بالرقم 911.")
    before = snapshot(folder)
    assert review(LINE, RATE) == 1
    err = capsys.readouterr().err
    assert "the placeholders differ from the English: ['fact.rate'] for ['fact.rate', 'phone.line']" in err
    assert "a phone number is typed into the text" in err
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ["ar", LINE, "--as", "lawyer"],
        ["ar", LINE, "--by", "ana"],
        ["ar", LINE, "--by", "ana maria", "--as", "lawyer"],
        ["ar", LINE, "--by", "", "--as", "lawyer"],
        ["ar", LINE, "--by", "ana", "--as", "notary"],
        ["ar", LINE, "--by", "ana", "--as", "lawyer", "--on", "2026-02-30"],
        ["ar", "--by", "ana", "--as", "lawyer"],
    ],
)
def test_review_wrong_usage(folder: Path, words: list[str]):
    """No name, no role, no id, or an impossible name, role or date: 2, and nothing is written."""
    before = snapshot(folder)
    with pytest.raises(SystemExit) as caught:
        run("review", *words)
    assert caught.value.code == 2
    assert snapshot(folder) == before


def in_pieces(line: re.Match[str]) -> str:
    """A long msgid over several lines, as tools write it."""
    return "\n".join(['msgid ""', *(f'"{piece}"' for piece in re.findall(".{1,30}", line[1]))])


def test_fmt_rewrapped_file(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A file that a tool wrapped, dated and ordered anew gets the usual layout back, with the same texts."""
    run("sync")
    assert review(LINE) == 0
    path = catalog_path(folder, "ar")
    good, before = path.read_bytes(), catalog(folder)
    header, *blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    wrapped = [re.sub(r'^msgid "([^"\\]{60,})"$', in_pieces, block, flags=re.MULTILINE) for block in blocks[::-1]]
    assert wrapped != blocks[::-1]
    dated = header + '\n"PO-Revision-Date: 2026-05-31 10:00+0000\\n"\n"Last-Translator: Somebody\\n"'
    path.write_text("\n\n".join([dated, *wrapped]) + "\n", encoding="utf-8", newline="\r\n")
    assert catalog(folder).entries == before.entries
    others = {name: body for name, body in snapshot(folder).items() if "/ar/" not in name}
    capsys.readouterr()
    assert run("fmt", "ar") == 0
    assert capsys.readouterr().out == "ar: mended\n"
    assert path.read_bytes() == good
    assert {name: body for name, body in snapshot(folder).items() if "/ar/" not in name} == others
    assert run("fmt", "ar") == 0
    assert capsys.readouterr().out == "ar: as it should be\n"


def test_fmt_no_text_changes(folder: Path, content: Path):
    """Entries that are behind, unsure, unknown or obsolete stay as they are: that is for sync to follow."""
    with catalog_path(folder, "ar").open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "x.gone"\nmsgid "Gone"\nmsgstr "ذهب"\n\n#~ msgctxt "x.old"\n#~ msgid "Old"\n')
        file.write('#~ msgstr "قديم"\n')
    before = catalog(folder)
    assert run("fmt") == 0
    after = catalog(folder)
    assert (dict(after.entries), after.obsolete) == (dict(before.entries), before.obsolete)
    assert list(after.entries)[-1] == "x.gone"
    assert after.entries["worker.pay.summary"].english == "What they must give you."


def test_fmt_letters_are_joined(folder: Path):
    """Letters and accents that stand apart are joined, and a review of the text holds."""
    apart = unicodedata.normalize("NFD", "Para sa señora")
    put(folder, Entry(LINE, "For questions.", apart), "fil")
    put(
        folder,
        Entry(
            LINE,
            "For questions.",
            apart,
            comments=(f"reviewed: {stamp(LINE, 'For questions.', apart)} ana lawyer {DAY}",),
        ),
        "fil",
    )
    assert run("fmt", "fil") == 0
    text = catalog(folder, "fil").entries[LINE].text
    assert text == unicodedata.normalize("NFC", apart) != apart
    assert stamp(LINE, "For questions.", text) in catalog(folder, "fil").entries[LINE].comment("reviewed")
    assert review(LINE, tag="fil") == 1


def test_context_page(folder: Path, capsys: pytest.CaptureFixture[str]):
    """One page a language with every unit id once, both texts, and each state as a word."""
    assert review(LINE) == 0
    before = snapshot(folder)
    capsys.readouterr()
    assert run("context", "ar", "--out", "papers") == 0
    assert capsys.readouterr().out == f"{Path('papers/ar.html')}\n"
    page = (folder.parent / "papers/ar.html").read_text(encoding="utf-8")
    for unit in load_work(folder.parent / "content", folder).units("ar"):
        assert page.count(f'<tr id="{unit.id}">') == 1
    rows = {row.partition('"')[0]: row for row in page.split('<tr id="')[1:]}
    for unit_id, state in [
        (LINE, "reviewed"),
        ("ui.leave", "draft"),
        ("worker.pay.summary", "stale"),
        ("worker.pay.story.one", "stale"),
        ("worker.pay.story.title", "missing"),
    ]:
        assert f">{state}</span>" in rows[unit_id]
    assert "For questions." in rows[LINE]
    assert "للأسئلة." in rows[LINE]
    assert f"ana, lawyer, {DAY}" in rows[LINE]
    assert "was: What they must give you." in rows["worker.pay.summary"]
    written = snapshot(folder)
    assert written.pop("papers/ar.html")
    assert written == before


def test_context_all_languages(folder: Path):
    """Without a tag every language that has a catalog gets its page."""
    assert run("context", "--out", "papers") == 0
    assert sorted(path.name for path in Path("papers").iterdir()) == ["ar.html", "fil.html", "mam.html"]


def test_context_markup_in_texts_is_escaped(folder: Path):
    """A translation, a comment or an old English can never become a tag of the page."""
    bad = "<script>alert(1)</script>"
    put(folder, Entry(LINE, f"Old {bad}", f"نص {bad}", comments=(f"source: human {bad}",)))
    assert run("context", "ar", "--out", "papers") == 0
    page = Path("papers/ar.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 3


@pytest.mark.parametrize("tag", ["ar", "fil", "mam"])
@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_a_broken_catalog_stops_every_verb(
    folder: Path, content: Path, capsys: pytest.CaptureFixture[str], tag: str, words: list[str]
):
    """One file with a broken line, whichever language it is, and no verb writes anything anywhere."""
    edit(content / "worker/pay.toml", "You get at least", "You get, at least")
    (folder / "messages.pot").write_text("old\n", encoding="utf-8")
    if words[0] == "add" and tag != "fil":
        catalog_path(folder, "fil").unlink()
    with catalog_path(folder, tag).open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "ui.skip"\nmsgid "Skip"\nmsgstr "broken\n')
    before = snapshot(folder)
    assert run(*words) == 1
    said = capsys.readouterr()
    assert f"translations/{tag}/messages.po: line " in said.err
    assert said.err.endswith("Nothing was written.\n")
    assert said.out == ""
    assert snapshot(folder) == before


def test_the_verbs_of_the_last_test_write_otherwise(folder: Path, content: Path):
    """With whole catalogs the same verbs do write, so that the test before this one can fail."""
    for words in (["sync", "--pot"], ["review", "ar", LINE, "--by", "ana", "--as", "lawyer", "--on", DAY]):
        before = snapshot(folder)
        assert run(*words) == 0
        assert snapshot(folder) != before
    edit(content / "worker/pay.toml", "You get at least", "You get, at least")
    before = snapshot(folder)
    assert run("sync", "--same-meaning", RATE, "--by", "ana") == 0
    assert snapshot(folder) != before


@pytest.mark.parametrize("verb", ["check", "fmt", "context"])
def test_language_without_a_catalog_is_named(folder: Path, capsys: pytest.CaptureFixture[str], verb: str):
    """A listed language that has no file yet, and one that is not listed, are refused by name."""
    catalog_path(folder, "fil").unlink()
    before = snapshot(folder)
    assert run(verb, "fil") == 1
    assert "translations/fil/messages.po: does not exist; run `translations add fil`" in capsys.readouterr().err
    assert run(verb, "tlh") == 1
    assert "'tlh' is no language with text" in capsys.readouterr().err
    assert snapshot(folder) == before


def test_catalog_of_an_unlisted_language_stops_sync(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A folder that no listed language owns is named, not silently left out."""
    catalog_path(folder, "tlh").parent.mkdir()
    catalog_path(folder, "tlh").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    before = snapshot(folder)
    assert run("sync") == 1
    assert "'tlh' is no language with text" in capsys.readouterr().err
    assert snapshot(folder) == before


def test_a_verb_is_needed(capsys: pytest.CaptureFixture[str]):
    """``translations`` alone is wrong usage, 2."""
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 2
    assert "VERB" in capsys.readouterr().err
