"""A sheet that comes back: ticks become reviews, wordings drafts, doubts comments; what does not hold is left out."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import Entry, catalog_path
from fieldguide.cli import main
from fieldguide.review import Role, iter_reviews, stamp, state_of
from fieldguide.translations import load_work

from .conftest import edit
from .paper import BANNER, PAY, filled, read, write
from .verbs import DAY, LINE, RATE, catalog, put, work_on

BETTER = "تتقاضى {fact.rate} على الأقل. اتصل بالرقم {phone.line}."
RIGHT = ("Right", "", "")


@pytest.fixture
def folder(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = work_on(guide_copy, monkeypatch)
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 0
    return here


def back(answers: dict[str, tuple[str, str, str]], alias: str = "ana", role: str = "native speaker") -> Path:
    """The sheet as it comes back."""
    path = Path("back.csv")
    path.write_bytes(write(filled(Path("out/ar.csv").read_bytes(), answers, alias, role)))
    return path


def take(path: Path | str = "back.csv", *words: str, on: str = DAY) -> int:
    return main(["translations", "take", str(path), "--on", on, *words])


def state(folder: Path, unit_id: str) -> str:
    work = load_work(folder.parent / "content", folder)
    unit = next(unit for unit in work.units("ar") if unit.id == unit_id)
    return state_of(unit, work.ingredients.catalogs["ar"].entries[unit_id]).value


def test_every_kind_of_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Right is a review, wrong with a wording a draft by a person, the rest a comment; all others stay as they were."""
    before = catalog(folder).entries
    back(
        {
            LINE: ("Right", "", "Short and clear."),
            RATE: ("Wrong", BETTER, ""),
            PAY: ("Wrong", "", "Too formal."),
            "worker.start.title": ("Unsure", "بداية", ""),
            "ui.leave": ("", "", "Is this the button?"),
        }
    )
    capsys.readouterr()
    assert take() == 0
    unanswered = len(read(Path("out/ar.csv").read_bytes())) - 7 - 5
    assert capsys.readouterr().out == (
        "ar, by ana (native-speaker): 1 checked, 1 reworded, 3 needs work, 0 left out; "
        f"{unanswered} without an answer\n"
    )
    after = catalog(folder).entries
    (review,) = iter_reviews(after[LINE])
    assert (review.alias, review.role, review.on) == ("ana", Role.NATIVE_SPEAKER, date.fromisoformat(DAY))
    assert state(folder, LINE) == "reviewed"
    assert after[LINE].comment("remark").endswith(f" ana native-speaker {DAY} Short and clear.")
    assert (after[RATE].text, after[RATE].comments) == (BETTER, ("source: human ana",))
    assert state(folder, RATE) == "draft"
    source = before[PAY].comments
    for unit_id, words in (
        (PAY, "wrong; Too formal."),
        ("worker.start.title", "unsure; suggests “بداية”"),
        ("ui.leave", "unsure; Is this the button?"),
    ):
        english, text = before[unit_id].english, before[unit_id].text
        line = f"needs-work: {stamp(unit_id, english, text)} ana native-speaker {DAY} {words}"
        assert after[unit_id] == replace(before[unit_id], comments=(*source, line))
    changed = {LINE, RATE, PAY, "worker.start.title", "ui.leave"}
    assert {key: entry for key, entry in after.items() if key not in changed} == {
        key: entry for key, entry in before.items() if key not in changed
    }


def test_the_same_review_as_by_the_command(folder: Path) -> None:
    """A tick on a sheet and ``translations review`` leave the same file."""
    before = catalog_path(folder, "ar").read_bytes()
    back({LINE: RIGHT})
    assert take() == 0
    by_sheet = catalog_path(folder, "ar").read_bytes()
    catalog_path(folder, "ar").write_bytes(before)
    words = ["review", "ar", LINE, "--by", "ana", "--as", "native-speaker", "--on", DAY]
    assert main(["translations", *words]) == 0
    assert catalog_path(folder, "ar").read_bytes() == by_sheet != before


def test_changed_since_the_sheet_was_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a tick nor a wording is taken for a text, or an English, that the reviewer never saw; the rest is."""
    put(folder, Entry(LINE, "For questions.", "للسؤال."))
    edit(folder.parent / "content/worker/pay.toml", "You get at least {fact.rate}.", "You must get {fact.rate}.")
    back({LINE: RIGHT, RATE: ("Wrong", BETTER, ""), PAY: RIGHT})
    before = catalog(folder).entries
    capsys.readouterr()
    assert take() == 0
    out = capsys.readouterr().out
    assert "1 checked, 0 reworded, 0 needs work, 2 left out" in out
    for unit_id in (LINE, RATE):
        assert f"left out: has changed since the sheet was written [{unit_id}]" in out
        assert catalog(folder).entries[unit_id] == before[unit_id]
    assert state(folder, PAY) == "reviewed"


def test_a_wording_that_a_gate_refuses_is_kept_as_a_comment(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says something, but it must not reach readers: a number typed, a placeholder lost."""
    back({RATE: ("Wrong", "اتصل على 911.", "No one says the old one.")})
    text = catalog(folder).entries[RATE].text
    capsys.readouterr()
    assert take() == 0
    out = capsys.readouterr().out
    assert "0 reworded, 1 needs work" in out
    assert "the better wording is kept as a comment, since " in out
    assert "a phone number is typed into the text" in out
    entry = catalog(folder).entries[RATE]
    assert (entry.text, entry.source) == (text, "machine 2026-01-03")
    assert entry.comment("needs-work").endswith(f"{DAY} wrong; suggests “اتصل على 911.”; No one says the old one.")


def test_a_text_that_a_gate_refuses_is_not_right(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with the command."""
    put(folder, Entry(RATE, "You get at least {fact.rate}. Call {phone.line}.", "اتصل على 911."))
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 0
    back({RATE: RIGHT})
    capsys.readouterr()
    assert take() == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "left out: " in line)
    assert "the placeholders differ from the English" in line
    assert list(iter_reviews(catalog(folder).entries[RATE])) == []


def test_vital_needs_two_and_not_the_author(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rules of reviews hold on paper too: another person, another role, not whoever wrote it."""
    entry = catalog(folder).entries[BANNER]
    put(folder, Entry(BANNER, entry.english, entry.text, comments=("source: human carla",)))
    said = []
    for alias, role in (
        ("carla", "lawyer"),
        ("ana", "native speaker"),
        ("ana", "lawyer"),
        ("ben", "native-speaker"),
        ("ben", "abogado o abogada"),
    ):
        back({BANNER: RIGHT}, alias, role)
        capsys.readouterr()
        assert take() == 0
        said.append((capsys.readouterr().out, state(folder, BANNER)))
    assert "carla wrote this vital text; two other people check it" in said[0][0]
    assert "1 checked" in said[1][0]
    assert "ana has checked this text already; another person is needed" in said[2][0]
    assert "somebody has checked this text as native-speaker already" in said[3][0]
    assert [where for _, where in said] == ["draft", "draft", "draft", "draft", "reviewed"]


def test_who_worded_a_vital_text_cannot_check_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The wording from one sheet, the tick from the next."""
    text = "لم يراجع هذا شخص ثان. قد يحتوي على أخطاء. اسأل شخصا قبل أن تتصرف."
    back({BANNER: ("Wrong", text, "")})
    assert take() == 0
    assert catalog(folder).entries[BANNER].text == text
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 0
    back({BANNER: RIGHT}, "Ana")
    capsys.readouterr()
    assert take() == 0
    assert "Ana wrote this vital text" in capsys.readouterr().out


def test_taken_twice_is_taken_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same file again changes nothing and says why."""
    back({LINE: RIGHT, RATE: ("Wrong", BETTER, ""), PAY: ("Unsure", "", "Hm.")})
    assert take() == 0
    once = catalog_path(folder, "ar").read_bytes()
    capsys.readouterr()
    assert take(on="2026-06-30") == 0
    out = capsys.readouterr().out
    assert f"left out: ana has checked this text already; another person is needed [{LINE}]" in out
    assert f"left out: reads as the sheet asks already [{RATE}]" in out
    assert catalog_path(folder, "ar").read_bytes() == once


def test_a_text_for_an_earlier_english(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its mending is taken as it stands; its tick only when the catalog has been brought up to the English."""
    back({"worker.pay.summary": RIGHT, "worker.pay.story.one": ("Wrong", "يكتب سام كل ساعة.", "")})
    capsys.readouterr()
    assert take() == 0
    assert "left out: its English has changed since; run sync, then read it again" in capsys.readouterr().out
    assert state(folder, "worker.pay.story.one") == "draft"
    assert main(["translations", "sync"]) == 0
    assert take() == 0
    assert state(folder, "worker.pay.summary") == "reviewed"


def test_a_copied_text_is_no_better_wording(folder: Path) -> None:
    """Whoever copied it to mend it and then did not: a doubt, and the text stays."""
    text = catalog(folder).entries[LINE].text
    back({LINE: ("Wrong", text, ""), PAY: ("Right", catalog(folder).entries[PAY].text, "")})
    assert take() == 0
    entry = catalog(folder).entries[LINE]
    assert (entry.text, entry.comment("needs-work").split()[-1]) == (text, "wrong")
    assert state(folder, PAY) == "reviewed"


def test_a_wording_over_two_lines_becomes_one(folder: Path) -> None:
    """A spreadsheet lets people break lines; a text has none."""
    back({PAY: ("Wrong", "الراتب\r\nكله", "")})
    assert take() == 0
    assert catalog(folder).entries[PAY].text == "الراتب كله"


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8"), ("\t", "utf-8-sig")]
)
def test_as_spreadsheets_save_it(folder: Path, delimiter: str, encoding: str) -> None:
    """Semicolons, tabs, UTF-16, another order, empty rows, Spanish and Haitian words: the same reviews."""
    rows = filled(
        Path("out/ar.csv").read_bytes(),
        {LINE: ("Correcto", "", ""), PAY: ("bon", "", ""), RATE: ("PA BON", BETTER, "=1+1")},
    )
    turned = [[*rows[6][:0:-1]], *(row[:0:-1] for row in rows[7:]), []]
    path = Path("excel.csv")
    path.write_bytes(write([*rows[:6], ["", ""], *turned], delimiter, encoding, csv.QUOTE_MINIMAL))
    assert take(path) == 0
    entries = catalog(folder).entries
    assert [review.alias for unit_id in (LINE, PAY) for review in iter_reviews(entries[unit_id])] == ["ana", "ana"]
    assert (entries[RATE].text, entries[RATE].comment("remark").split()[-1]) == (BETTER, "=1+1")


def test_alias_and_role_from_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a paper that somebody types in, and before what the file says."""
    back({LINE: RIGHT}, "", "")
    assert take("back.csv", "--as", "ben", "--role", "court-interpreter") == 0
    (review,) = iter_reviews(catalog(folder).entries[LINE])
    assert (review.alias, review.role) == ("ben", Role.COURT_INTERPRETER)
    back({PAY: RIGHT}, "ana", "lawyer")
    assert take("back.csv", "--as", "dora", "--role", "survivor") == 0
    assert "ar, by dora (survivor)" in capsys.readouterr().out


def test_a_name_of_two_words_is_one_alias(folder: Path) -> None:
    """As people write themselves."""
    back({LINE: RIGHT}, "Ana María")
    assert take() == 0
    assert [review.alias for review in iter_reviews(catalog(folder).entries[LINE])] == ["Ana-María"]


def test_all_that_cannot_be_read_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every row with its line; one of them, and nothing of the file is taken."""
    rows = filled(
        Path("out/ar.csv").read_bytes(),
        {LINE: RIGHT, PAY: ("Good", "", ""), RATE: ("Right", BETTER, "")},
        "ana/ben",
        "notary",
    )
    by_id = {row[1]: row for row in rows if len(row) > 1}
    by_id["ui.leave"][5] = "غادر"
    by_id["names.line"][1] = ""
    rows.append(list(by_id[LINE]))
    lines = {row[1]: number for number, row in enumerate(rows, 1) if len(row) > 1}
    Path("back.csv").write_bytes(write(rows))
    before = catalog_path(folder, "ar").read_bytes()
    capsys.readouterr()
    assert take() == 1
    err = capsys.readouterr().err
    for message in (
        "back.csv: 'ana/ben' is no alias; use --as",
        "back.csv: 'notary' is no role; use --role with one of: native-speaker, court-interpreter",
        f"back.csv: line {lines[PAY]}: 'Good' is no verdict; write one of: Right, Wrong, Unsure; Correcto",
        f"back.csv: line {lines[RATE]}: is called right and has a better wording; keep one of the two [{RATE}]",
        f"back.csv: line {lines['ui.leave']}: English, translation or code are not as they were written",
        "has no ID; put it back, or empty the row",
        f"back.csv: line {len(rows)}: is there a second time, after line ",
        "7 problem(s). Nothing was written.",
    ):
        assert message in err
    assert catalog_path(folder, "ar").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[1:], "does not say its language; put the rows before the table back"),
        (lambda rows: [["Language", "tlh"], *rows[1:]], "'tlh' is no language with text"),
        (lambda rows: [["Language", "fil"], *rows[1:]], "no text of this language has this ID"),
        (lambda rows: rows[:7], "has no answer; fill it in and save it, then take it"),
        (lambda rows: [*rows[:3], ["Your alias", ""], *rows[4:]], "nobody's alias stands in it; use --as"),
        (lambda rows: [*rows[:4], *rows[5:]], "does not say as what the reviewer read it; use --role"),
    ],
)
def test_a_file_that_is_not_whole(folder: Path, capsys: pytest.CaptureFixture[str], change, message: str) -> None:
    """What the head should say, and answers of another language, which may not have that text."""
    answers = {LINE: RIGHT, "officer.farm.title": RIGHT}
    put(folder, Entry("officer.farm.title", "Farm", "مزرعة"))
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 0
    back(answers)
    Path("back.csv").write_bytes(write(change(read(Path("back.csv").read_bytes()))))
    before = {tag: catalog_path(folder, tag).read_bytes() for tag in ("ar", "fil")}
    capsys.readouterr()
    assert take() == 1
    assert message in capsys.readouterr().err
    assert {tag: catalog_path(folder, tag).read_bytes() for tag in ("ar", "fil")} == before


def test_letters_that_a_program_lost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Excel's plain CSV writes a question mark for every Arabic letter: seen before anything is taken."""
    path = back({LINE: RIGHT})
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(text.encode("ascii", "replace"))
    capsys.readouterr()
    assert take() == 1
    assert "changed by hand, or spoilt in saving" in capsys.readouterr().err


def test_a_comment_cannot_be_a_review(folder: Path) -> None:
    """A line break in a cell, and then what looks like another person's word."""
    stamp = next(row for row in read(Path("out/ar.csv").read_bytes()) if row[1:2] == [LINE])[3][1:]
    back({LINE: ("Unsure", "", f"hm\nreviewed: {stamp} carla lawyer {DAY}")})
    assert take() == 0
    assert list(iter_reviews(catalog(folder).entries[LINE])) == []
    assert state(folder, LINE) == "draft"


def test_a_file_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The name, and that it is not there."""
    assert folder.is_dir()
    assert take("nothing.csv") == 1
    assert "nothing.csv: No such file or directory" in capsys.readouterr().err


def test_a_check_on_paper_ends_no_complaint(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever ticked *Right* has not read what another person says is wrong; nor does taking a sheet again."""
    back({LINE: RIGHT}, "ana", "native-speaker")
    assert take() == 0
    first = Path("back.csv").read_bytes()
    back({LINE: ("Unsure", "", "Too formal.")}, "ben", "lawyer")
    assert take() == 0
    assert state(folder, LINE) == "draft"
    Path("back.csv").write_bytes(first)
    capsys.readouterr()
    assert take() == 0
    assert "left out: somebody said that it needs work" in capsys.readouterr().out
    assert state(folder, LINE) == "draft"
