"""Assets: what of ``static/`` is served, and how it is sent."""

from pathlib import Path

import pytest

from fieldguide.assets import load_assets
from fieldguide.problems import ProblemsError


def test_a_style_sheet_is_sent_as_one_file(tmp_path: Path) -> None:
    """What it imports stands in its place, in its order, and is no file of its own."""
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide.css").write_text('@import "guide/a.css";\n@import "guide/b.css";\np {\n  margin: 0;\n}\n')
    (tmp_path / "guide" / "a.css").write_text("/* First. */\nb {\n  margin: 1px;\n}\n")
    (tmp_path / "guide" / "b.css").write_text("i {\n  margin: 2px;\n}\n")
    (sheet,) = load_assets(tmp_path)
    assert sheet.url == "static/guide.css"
    assert sheet.body == b"b{margin:1px}i{margin:2px}p{margin:0}"


def test_every_file_that_cannot_be_sent_is_told(tmp_path: Path) -> None:
    """A kind that has no media type, an import of what is not there: with the file and what to do."""
    (tmp_path / "photo.bmp").write_bytes(b"BM")
    (tmp_path / "guide.css").write_text('@import "guide/a.css";\n')
    with pytest.raises(ProblemsError) as caught:
        load_assets(tmp_path)
    assert [(problem.file, problem.place) for problem in caught.value.problems] == [
        ("static/guide.css", "a.css"),
        ("static/photo.bmp", ""),
    ]


def test_hidden_files_and_worker_scripts_are_no_assets(tmp_path: Path) -> None:
    """What an editor leaves behind is not served; worker scripts are, at the root."""
    for name in (".note.css.swp", "sw.js", "sw-off.js"):
        (tmp_path / name).write_text("x")
    assert load_assets(tmp_path) == ()
