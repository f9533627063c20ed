"""The folder that a web host serves is written all or nothing."""

import os
from pathlib import Path

import pytest

from fieldguide.problems import ProblemsError
from fieldguide.writer import MARKER, check_folder, replace_file, replace_tree, write_files


def test_unchanged_files_keep_their_inode_and_time(tmp_path: Path) -> None:
    """A rebuild touches only what changed, so uploads and backups stay small; files that are gone go."""
    out = tmp_path / "dist"
    replace_tree(out, {"a/one": b"1", "two": b"2", "old": b"x"})
    before = (out / "a" / "one").stat()
    written = replace_tree(out, {"a/one": b"1", "two": b"22", "new": b"3"})
    after = (out / "a" / "one").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()} == {"one": b"1", "two": b"22", "new": b"3"}
    assert (written.changed, written.unchanged, written.removed) == (2, 1, 1)


def test_a_failed_write_leaves_the_old_tree_and_no_rest(tmp_path: Path) -> None:
    """Whatever fails before the swap, the old folder is as it was and nothing half-made lies beside it."""
    out = tmp_path / "dist"
    replace_tree(out, {"one": b"1"})
    with pytest.raises(OSError, match="name too long"):
        replace_tree(out, {"one": b"2", "x" * 300: b"too long a name"})
    assert (out / "one").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """Someone's own files are never replaced by a wrong --out."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ProblemsError, match="not ours"):
        check_folder(tmp_path)


def test_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    """--out names a folder, not a file and not a link to somewhere else."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    for name in ("file", "link"):
        with pytest.raises(ProblemsError, match="not a folder"):
            check_folder(tmp_path / name)


def test_empty_absent_and_earlier_folders_are_taken(tmp_path: Path) -> None:
    """A first build makes the folder, a second replaces its own."""
    check_folder(tmp_path / "absent")
    check_folder(tmp_path)
    (tmp_path / MARKER).touch()
    (tmp_path / "index.html").touch()
    check_folder(tmp_path)


def test_replace_file_writes_in_one_step(tmp_path: Path) -> None:
    """The new bytes are there, readable by a host, and no part file is left."""
    path = tmp_path / "a" / "file"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(path.parent) == ["file"]  # noqa: PTH208 - hidden parts must show too
    assert path.stat().st_mode & 0o777 == 0o644


def test_files_to_hand_on_replace_those_of_an_earlier_build(tmp_path: Path) -> None:
    """No copy of an older edition is left beside the new one; a folder of somebody else is left alone."""
    folder = tmp_path / "dist-files"
    write_files(folder, {"guide-ar.html": b"old", "guide-es.html": b"old"})
    write_files(folder, {"guide-es.html": b"new"})
    assert {path.name for path in folder.iterdir()} == {MARKER, "guide-es.html"}
    assert (folder / "guide-es.html").read_bytes() == b"new"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis").write_text("mine")
    with pytest.raises(ProblemsError, match="holds files that are not ours"):
        write_files(tmp_path / "mine", {"guide-es.html": b"new"})
