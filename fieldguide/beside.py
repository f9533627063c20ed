"""Folders in the making, beside the one that they become; and those that a killed build left there.

A folder is held by a lock of the system on it, which ends with its process however that ends: what nobody holds, nobody
is making. Whatever is renamed into place is on the disk before, so that a power cut leaves the old or the new.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

_MADE, _BEFORE = "building", "before"
_TREE = "tree"
_AT_A_TIME = 16


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """An empty folder beside ``out``, ours until the end. Unless it was renamed it goes with all that is in it."""
    with _held(out, _MADE) as folder:
        yield folder


@contextmanager
def moved_away(out: Path) -> Iterator[None]:
    """``out`` is out of the way. When all goes well it is thrown away, otherwise it is back."""
    with _held(out, _BEFORE) as folder:
        os.replace(out, folder / _TREE)
        try:
            yield
        except BaseException:
            os.replace(folder / _TREE, out)
            raise


def clear(out: Path) -> None:
    """Take away what builds of ``out`` left that were killed. What is still being made stays, and so does all else."""
    for folder in _left(out, f"{_MADE}|{_BEFORE}"):
        shutil.rmtree(folder, ignore_errors=True)


def bring_back(out: Path) -> None:
    """Where a build was killed with ``out`` out of the way, put it back."""
    for folder in _left(out, _BEFORE):
        if not out.exists() and (folder / _TREE).is_dir():
            os.replace(folder / _TREE, out)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises `OSError` for a file.

    A folder that may not be read, or a file system that has no such thing for folders, stops nothing.
    """
    with suppress(OSError) if path.is_dir() else nullcontext():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def flush_all(folder: Path) -> None:
    """Wait until a folder and all that is in it are on the disk: many at a time, which takes a third of the time."""
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(flush, (*folder.rglob("*"), folder)))


@contextmanager
def _held(out: Path, kind: str) -> Iterator[Path]:
    folder, lock = _claimed(out, kind)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _claimed(out: Path, kind: str) -> tuple[Path, int]:
    """A new folder and our hold on it. Another build may clear it away before we hold it: then the next one."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.{kind}-", dir=out.parent))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            with suppress(OSError):  # a file system without locks: nothing on it is ever cleared
                fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.is_dir():
                return folder, lock
            os.close(lock)


def _left(out: Path, kinds: str) -> Iterator[Path]:
    """The folders of these kinds that nobody holds, the newest first; each is held while it is looked at."""
    name = re.compile(rf"\.{re.escape(out.name)}\.(?:{kinds})-[a-z0-9_]{{8}}")
    found = [path for path in out.parent.iterdir() if name.fullmatch(path.name) and path.is_dir()]
    for folder in sorted(found, key=lambda path: path.lstat().st_mtime_ns, reverse=True):
        with suppress(OSError):  # a link, somebody else's, held, or gone meanwhile
            lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield folder
            finally:
                os.close(lock)
