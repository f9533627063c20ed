"""``contacts due``: the numbers that somebody must look at or call again."""

from datetime import date
from pathlib import Path

import pytest

from fieldguide.cli import main
from fieldguide.due import check_due

from .nearby import changed, near_ingredients

CALLED = {"dialed_on": "2026-10-02", "dialed_by": "J. R."}
LINE = {"id": "line", **CALLED, "review_by": "2027-11-02"}


def due(root: Path, before: str, *contacts: dict[str, str]) -> list[str]:
    ingredients = near_ingredients(root, *contacts, dialed=(LINE,))
    return [str(problem) for problem in check_due(ingredients, date.fromisoformat(before))]


def test_own_numbers_and_those_of_the_guide(guide_copy: Path):
    """What is to be looked at before the day, and what was never called; a number that is neither is left out."""
    found = due(
        guide_copy,
        "2027-02-01",
        changed(id="fine", **CALLED),
        changed(id="old", **CALLED, review_by="2027-01-31"),
        changed(id="on-the-day", **CALLED, review_by="2027-02-01"),
        changed(id="never"),
        changed(id="both", review_by="2026-12-01"),
    )
    assert [line.partition(";")[0] for line in found] == [
        "contacts.toml: contacts[1] (old): to be looked at again by 2027-01-31",
        "contacts.toml: contacts[3] (never): never dialed",
        "contacts.toml: contacts[4] (both): never dialed and to be looked at again by 2026-12-01",
        "content/facts.toml: contacts (emergency): to be looked at again by 2027-01-01",
    ]
    assert all("; call it, and write" in line for line in found[:3])


def test_nobody_is_sent_to_try_911(guide_copy: Path):
    """A call to try it holds up a call for help; it only has to be looked at."""
    mine = changed(id="mine", role="emergency", number="911", review_by="2026-12-01")
    assert due(guide_copy, "2026-06-01", mine) == []
    found = due(guide_copy, "2027-06-01", mine)
    assert len(found) == 2
    assert not any("call" in line for line in found)


def test_the_command_ends_with_1_if_anything_is_due(
    guide_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """And with 0 and a sentence if not, so that a calendar can run it."""
    monkeypatch.setattr("fieldguide.due.load_deployed", lambda _: near_ingredients(guide_copy, dialed=(LINE,)))
    assert main(["contacts", "due", "--before", "2026-12-01"]) == 0
    assert "good: every number was called" in capsys.readouterr().out
    assert main(["contacts", "due", "--before", "2028-01-01"]) == 1
    assert "contacts (line): to be looked at again by 2027-11-02" in capsys.readouterr().err


def test_the_file_is_read_beside_the_deployment(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Paths are relative to the deployment file, wherever the command runs; a mistake stops it."""
    (tmp_path / "mine.toml").write_text('contacts = ["near/list.toml"]\n', encoding="utf-8")
    assert main(["contacts", "due", "--before", "2026-12-01", "--deployment", str(tmp_path / "mine.toml")]) == 1
    assert "near/list.toml: the file does not exist; add it" in capsys.readouterr().err


def test_a_day_is_needed(capsys: pytest.CaptureFixture[str]):
    """Without one, or with one that reads two ways, it is wrong usage."""
    for words in ([], ["--before", "1/2/2027"]):
        with pytest.raises(SystemExit) as caught:
            main(["contacts", "due", *words])
        assert caught.value.code == 2
    assert "is not a date" in capsys.readouterr().err
