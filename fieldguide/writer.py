"""Site -> a folder that any web host can serve.

All or nothing: the new tree is made beside the old and then swapped in.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from fieldguide.beside import bring_back, clear, flush, flush_all, moved_away, new_folder
from fieldguide.compression import SUFFIXES, Variants
from fieldguide.hosts import caddy_file, nginx_file
from fieldguide.problems import Problem, ProblemsError
from fieldguide.snapshot import Site
from fieldguide.urls import file_name

MARKER = ".field-guide"
"""A file of this name says that the folder is ours to replace."""
_OURS = b"This folder is written by build_pwa.py; a build replaces all of it.\n"


@dataclass(frozen=True)
class Written:
    """What a write did, in files."""

    changed: int
    unchanged: int
    removed: int


def check_folder(out: Path) -> None:
    """Raise `ProblemsError` unless ``out`` is absent, empty, or a folder that an earlier build wrote."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ProblemsError([Problem(str(out), "", "is not a folder; choose another --out")])
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise ProblemsError([Problem(str(out), "", "holds files that are not ours; choose an empty folder for --out")])


def write_site(site: Site, variants: Mapping[str, Variants], out: Path) -> Written:
    """Write the site and its compressed variants. Unchanged files keep their inode and time; extra files go."""
    check_folder(out)
    files = _files(site, variants)
    return replace_tree(out, files)


def write_files(folder: Path, files: Mapping[str, bytes]) -> Written:
    """Write files that are not served. What an earlier build left in their folder goes: no old copy is handed on."""
    check_folder(folder)
    return replace_tree(folder, {MARKER: _OURS, **files})


def check_hosts_folder(hosts: Path, out: Path) -> None:
    """Raise `ProblemsError` when the configurations of servers would lie where a server serves them as pages."""
    if hosts.absolute().resolve().is_relative_to(out.absolute().resolve()):
        raise ProblemsError([Problem(str(hosts), "", f"lies in {out}, which is served; choose another --hosts")])


def write_hosts(site: Site, hosts: Path) -> None:
    """Write what nginx and Caddy include to send the headers of this very build."""
    replace_file(hosts / "nginx.conf", nginx_file(site).encode("utf-8"))
    replace_file(hosts / "Caddyfile", caddy_file(site).encode("utf-8"))


def _files(site: Site, variants: Mapping[str, Variants]) -> dict[str, bytes]:
    files = {
        MARKER: _OURS,
        **{artifact.url: artifact.body for artifact in site.for_host},
    }
    for artifact in site:
        name = file_name(artifact.url)
        files[name] = artifact.body
        found = variants.get(artifact.revision)
        for coding, data in found.codings.items() if found else ():
            files[name + SUFFIXES[coding]] = data
    return files


def replace_tree(out: Path, files: Mapping[str, bytes]) -> Written:
    """Make ``out`` hold exactly ``files``, in one swap. Whatever fails before the swap leaves ``out`` as it was.

    What earlier builds left beside it that were killed goes as well.
    """
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    bring_back(out)
    with new_folder(out) as fresh:
        changed = sum(_place(out / name, fresh / name, body) for name, body in sorted(files.items()))
        for folder in (*(path for path in fresh.rglob("*") if path.is_dir()), fresh):
            folder.chmod(0o755)  # whatever the umask: a web host must be able to read it
        flush_all(fresh)
        before = _names(out) if out.is_dir() else set()
        _swap(fresh, out)
    clear(out)
    return Written(changed, len(files) - changed, len(before - files.keys()))


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _place(old: Path, new: Path, body: bytes) -> bool:
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_file() and old.read_bytes() == body:
        _link(old, new)
        return False
    new.write_bytes(body)
    new.chmod(0o644)
    return True


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)


def _swap(fresh: Path, out: Path) -> None:
    with moved_away(out) if out.exists() else nullcontext():
        os.replace(fresh, out)
        flush(out.parent)


def replace_file(path: Path, body: bytes) -> None:
    """Write one file in one step: readers see the old bytes or the new, never half of them, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
        part.chmod(0o644)
        flush(part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    flush(path.parent)
