"""The verbs of ``translations``: what they print, what they write, and that a refused one writes nothing."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from fieldguide.catalog import Entry, catalog_path
from fieldguide.review import stamp
from fieldguide.translations import load_work

from .conftest import edit
from .verbs import DAY, LAW, LINE, RATE, catalog, put, review, run, snapshot, vital

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
