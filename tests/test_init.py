"""From an empty folder to a copy of one's own: the questions, and the file they give."""

import io
from dataclasses import fields
from pathlib import Path

import pytest

from fieldguide.cli import main
from fieldguide.colours import Colours
from fieldguide.deployment import Deployment, Leave, load_deployment
from fieldguide.init import BLANK, CONTACTS, FILE, filled
from fieldguide.items import Law
from fieldguide.load import load_ingredients
from fieldguide.site import build_site

from .conftest import FIXTURE, ROOT


def answer(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> Deployment:
    """Answer the questions from a file, as a script does, and read what was written."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    assert main(["init", str(folder)]) == 0
    return load_deployment(folder / FILE)


def test_the_answers_stand_in_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each answer arrives, quotes and backslashes too; English is added where somebody forgot it."""
    folder = tmp_path / "new" / "folder"
    lines = ('Ana "Sol" \\ Co.', "Heat Pages", "es, hi es", "officer", "https://guide.alder.gov/heat", "ana@alder.gov")
    found = answer(monkeypatch, folder, *lines)
    assert (found.agency, found.name, found.opens) == ('Ana "Sol" \\ Co.', "Heat Pages", "officer")
    assert found.languages == ("en", "es", "hi")
    assert (found.origin, found.base, found.mistakes) == ("https://guide.alder.gov", "/heat/", "ana@alder.gov")
    assert sorted(path.name for path in folder.iterdir()) == [CONTACTS, FILE]


def test_no_answer_takes_what_is_in_brackets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody who only presses Enter, or has no more lines, has a copy that builds."""
    found = answer(monkeypatch, tmp_path, "", "")
    assert (found.agency, found.name, found.languages, found.opens) == ("", "Field Guide", (), "worker")
    assert (found.base, found.origin, found.mistakes) == ("/", "", "")
    assert set(found.state or ()) == set(Law)
    ingredients = load_ingredients(found, FIXTURE / "content", FIXTURE / "translations", folder=tmp_path)
    assert build_site(ingredients)
    assert ingredients.contacts.local == ()


def test_a_bad_answer_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what is wrong; the good answer after it counts."""
    bad_then_good = ("", "", "xx", "es", "nobody", "worker", "http://a.org/", "a b", "/g/", "nobody", "a@b.org")
    found = answer(monkeypatch, tmp_path, *bad_then_good)
    assert (found.languages, found.base, found.origin, found.mistakes) == (("en", "es"), "/g/", "", "a@b.org")
    told = capsys.readouterr().out
    for message in (
        "xx is not on the list",
        "write worker or officer",
        "'http://a.org' is no origin",
        "'a b/' is not a base path",
        "'nobody' is no mail address",
    ):
        assert message in told


@pytest.mark.parametrize("name", [FILE, CONTACTS])
def test_a_file_that_is_there_stays(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody loses a file that took an afternoon."""
    (tmp_path / name).write_text("mine")
    assert main(["init", str(tmp_path)]) == 1
    assert f"{name}: is there already; change it, or name another folder" in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("document", [BLANK, ROOT / "README.md"], ids=["file", "readme"])
def test_every_key_is_explained(document: Path) -> None:
    """What a deployment may say stands in the file that `init` writes, and in the README."""
    text = document.read_text(encoding="utf-8")
    tables = {"leave": Leave, "colours": Colours}
    for key in (field.name for field in fields(Deployment)):
        expected = f"[{key}]" if key in (*tables, "state") else f"{key} = "
        assert expected in text, key
    for table in tables.values():
        for key in (field.name for field in fields(table)):
            assert f"{key} = " in text, key


def test_every_law_has_its_line() -> None:
    """The blank table can be kept as it is: it is whole, and unknown."""
    assert load_deployment(BLANK).state == dict.fromkeys(Law, "unknown")


def test_a_key_that_has_no_line_is_a_fault() -> None:
    """A question whose answer went nowhere would be worse than none."""
    with pytest.raises(ValueError, match=r"no line for colour"):
        filled(BLANK.read_text(encoding="utf-8"), {"colour": "blue"})
