"""The folder that a web host serves is written all or nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.beside import new_folder
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


KILLED = """
import os, signal, sys
from pathlib import Path
from fieldguide.writer import replace_tree

out, left = Path(sys.argv[1]), [int(sys.argv[2])]
TOUCHES = {"open", "os.mkdir", "os.rename", "os.link", "os.chmod", "os.rmdir", "os.remove", "tempfile.mkdtemp"}


def count(event, _):
    if event in TOUCHES:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(count)
replace_tree(out, {".field-guide": b"", "a/one": b"1", "a/two": b"new", "b/three": b"new"})
sys.stdout.write("whole")
"""
OLD = {".field-guide": b"", "a/one": b"1", "a/two": b"old", "gone": b"old"}
NEW = {".field-guide": b"", "a/one": b"1", "a/two": b"new", "b/three": b"new"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_killed_at_any_step_leaves_the_old_tree_or_the_new(tmp_path: Path) -> None:
    """Also at the one moment without a folder: the next build finds the old one and goes on from there. In the end
    nothing lies beside it."""
    missing = 0
    for step in range(1, 200):
        out = tmp_path / str(step) / "dist"
        replace_tree(out, OLD)
        done = subprocess.run([sys.executable, "-c", KILLED, str(out), str(step)], capture_output=True, check=False)
        if done.stdout == b"whole":
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        missing += not out.exists()
        assert not out.exists() or contents(out) in (OLD, NEW), step
        written = replace_tree(out, NEW)
        assert contents(out) == NEW
        assert written.unchanged in (2, 4), f"{step}: the old folder was lost"
        assert os.listdir(out.parent) == ["dist"], step  # noqa: PTH208 - hidden folders must show too
    assert step > 25
    assert missing == 1


def test_what_carries_another_name_or_is_being_made_stays(tmp_path: Path) -> None:
    """Only folders of killed builds of this very folder go: no file, no link, no neighbor, none that a build holds."""
    out = tmp_path / "dist"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "thesis").write_text("mine")
    others = [".dist.personal", ".dist.building-mine", ".dist-files.building-abcd1234", "dist.building-abcd1234"]
    for name in others:
        (tmp_path / name).mkdir()
    (tmp_path / ".dist.building-aaaaaaaa").write_text("a file")
    (tmp_path / ".dist.before-bbbbbbbb").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / ".dist.building-cccccccc" / "w").mkdir(parents=True)
    with new_folder(out) as running:
        before = {path.name for path in tmp_path.iterdir()}
        replace_tree(out, OLD)
        assert {path.name for path in tmp_path.iterdir()} == before - {".dist.building-cccccccc"} | {"dist"}
        assert running.is_dir()
    assert not running.exists()
    assert (tmp_path / "elsewhere" / "thesis").read_text() == "mine"


def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is flushed and what is renamed from now on, by the names at that moment."""
    seen = []
    flush, rename = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        seen.append(("flush", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        flush(descriptor)

    def replace(source: Path, target: Path) -> None:
        seen.append(("rename", str(source)))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    return seen


def test_a_tree_is_on_the_disk_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each new file and each folder with its names, then the new name in the folder around: a power cut leaves the old
    tree or the new, never files without their bytes."""
    out = tmp_path / "dist"
    replace_tree(out, OLD)
    seen = calls(monkeypatch)
    replace_tree(out, NEW)
    at = next(at for at, (kind, path) in enumerate(seen) if kind == "rename" and ".building-" in path)
    fresh = seen[at][1]
    flushed = {path for kind, path in seen[:at] if kind == "flush"}
    assert {f"{fresh}{name}" for name in ("", "/a", "/b", "/a/two", "/b/three")} <= flushed
    assert seen[at + 1 :] == [("flush", str(tmp_path))]


def test_a_file_is_on_the_disk_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes, and then its name."""
    seen = calls(monkeypatch)
    replace_file(tmp_path / "file", b"x")
    (first, part), (second, renamed), last = seen
    assert (first, second, part) == ("flush", "rename", renamed)
    assert last == ("flush", str(tmp_path))


def test_a_file_that_cannot_be_written_leaves_no_part(tmp_path: Path) -> None:
    """What stands where the file should go stays, and nothing lies beside it."""
    (tmp_path / "file").mkdir()
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path / "file", b"x")
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 - hidden parts must show too
