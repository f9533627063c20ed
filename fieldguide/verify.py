"""What is online beside the file list of its release: other bytes, missing and extra files, answers without headers.

A folder shows everything that it holds. A host shows only what it is asked for: of files that no list names, it can
only be asked for listings of folders, and for one address that no build has ever had.
"""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from fieldguide.artifact import Artifact, Caching
from fieldguide.compression import SUFFIXES, unpack
from fieldguide.filelist import FileList, Listed, listed
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.online import TIMEOUT, Answer, NoAnswerError, fetch, named
from fieldguide.problems import Problem
from fieldguide.urls import CLEAR, file_name
from fieldguide.writer import MARKER

AT_ONCE = 8
"""Requests under way at one time."""

SILENT = 16
"""Files for which a host gives no answer, after which it is left alone."""

SLACK = 65_536
"""Bytes by which a compressed answer may be longer than what it holds."""

_AS_BROWSERS = "br, gzip"
_SCRIPTS = frozenset({"text/javascript", "application/javascript"})

_CHANGED = "not the bytes of the list; find out who changed them, and upload them again"
_PACKED = "other bytes than the list has, where they come compressed; upload the .br and .gz files again"
_MISSING = "in the list and not there; upload them"
_EXTRA = "not in the list; find out who put them there, and remove them"
_LISTING = "an answer at an address that is no page; switch listings of folders off, and answer 404"
_SILENT = f"not asked for any more, after {SILENT} files without an answer; try again when the host is well"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with one file; findings of equal words share a line."""

    word: str
    message: str
    url: str


def check_folder(root: str, found: FileList, beside: Iterable[Artifact]) -> Iterator[Problem]:
    """Every difference between a folder and the list that lies in it; ``beside`` are that list and its signature."""
    findings = _iter_folder(Path(root), (*found.files, *found.for_host, *map(listed, beside)))
    return _grouped(findings, root, "")


def _iter_folder(root: Path, files: tuple[Listed, ...]) -> Iterator[Finding]:
    known = {MARKER}
    for file in files:
        name = file_name(file.url)
        known |= {name, *(name + suffix for suffix in SUFFIXES.values())}
        if not (root / name).is_file():
            yield Finding("missing", _MISSING, name)
        elif not file.matches(_load(root / name, file.size)):
            yield Finding("changed", _CHANGED, name)
        for coding, suffix in SUFFIXES.items():
            packed = root / (name + suffix)
            body = _load(packed, file.size + SLACK) if packed.is_file() else None
            if body is not None and not file.matches(unpack(coding, body, file.size)):
                yield Finding("changed", _PACKED, name + suffix)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name not in known and (path.is_symlink() or not path.is_dir()):
            yield Finding("extra", _EXTRA, name)


def _load(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit + 1)


def check_host(root: str, found: FileList, beside: Iterable[Artifact], timeout: float = TIMEOUT) -> Iterator[Problem]:
    """Every difference between what a host answers and its list, and every header that it leaves out.

    Each file is asked for twice: plain, and as browsers ask for it. Several requests run at once.
    """
    path = urlsplit(root).path
    if path != found.base:
        told = f"the list is for {found.base!r}, this is {path!r}; build with --base {path}, or name the guide's root"
        yield Problem(root, "base", told)
    host = _Host(root, timeout)
    files = (*found.files, *map(listed, beside))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        findings = [finding for part in pool.map(host.check_file, files) for finding in part]
        findings += [finding for part in pool.map(host.check_absent, _absent(files)) for finding in part]
    yield from _grouped(findings, root, found.base)


class _Host:
    """Asks one host, until it has been silent too often."""

    def __init__(self, root: str, timeout: float) -> None:
        self.root = root
        self.is_secure = urlsplit(root).scheme.lower() == "https"
        self.fetch = partial(fetch, timeout=timeout)
        self.silent: list[str] = []

    def check_file(self, file: Listed) -> list[Finding]:
        """What is wrong with the answers to a listed address."""
        return list(self._iter_file(file))

    def check_absent(self, url: str) -> list[Finding]:
        """An answer where none may be; a host that does not answer at all was told of before."""
        try:
            is_there = len(self.silent) < SILENT and self.fetch(self.root + url, limit=0).is_good
        except NoAnswerError:
            is_there = False
        return [Finding("extra", _LISTING, url)] if is_there else []

    def _iter_file(self, file: Listed) -> Iterator[Finding]:
        if len(self.silent) >= SILENT:
            yield Finding("silent", _SILENT, file.url)
            return
        try:
            plain = self.fetch(self.root + file.url, limit=file.size + SLACK)
            packed = self.fetch(self.root + file.url, limit=file.size + SLACK, coding=_AS_BROWSERS)
        except NoAnswerError as error:
            self.silent.append(file.url)
            yield Finding("silent", f"cannot be read: {error}; mend that", file.url)
            return
        refusal = next((answer for answer in (plain, packed) if not answer.is_good), None)
        if refusal:
            yield _refused(file, refusal)
        elif not file.matches(_body(plain, file)):
            yield Finding("changed", _CHANGED, file.url)
        elif not file.matches(_body(packed, file)):
            yield Finding("changed", _PACKED, file.url)
        else:
            yield from _iter_headers(file, packed, self.is_secure)


def _refused(file: Listed, answer: Answer) -> Finding:
    led = answer.headers.get("Location")
    if answer.status in (404, 410):
        return Finding("missing", _MISSING, file.url)
    if led:
        return Finding("redirect", f"led to {led!r}, where phones do not follow; answer with the file itself", file.url)
    return Finding("refused", f"answered {answer.status}; mend the host", file.url)


def _body(answer: Answer, file: Listed) -> bytes | None:
    coding = answer.headers.get("Content-Encoding", "").strip().lower()
    return answer.body if coding in ("", "identity") else unpack(coding, answer.body, file.size)


def _iter_headers(file: Listed, answer: Answer, is_secure: bool) -> Iterator[Finding]:
    """The headers that an answer must have and has not."""
    for name, value in SECURITY_HEADERS.items():
        if " ".join(answer.headers.get(name, "").split()) != value:
            yield Finding("headers", f"without `{name}: {value}`; let the host send it", file.url)
    due = {"Strict-Transport-Security": is_secure, "Clear-Site-Data": file.url == CLEAR}
    for name in (name for name, is_due in due.items() if is_due and name not in answer.headers):
        yield Finding("headers", f"without {name}; let the host send it", file.url)
    if file.caching == Caching.NEVER and "no-store" not in answer.headers.get("Cache-Control", ""):
        told = "without `Cache-Control: no-store`, so browsers keep them on their disk; let the host send it"
        yield Finding("headers", told, file.url)
    kinds = [re.split(r"\s*;", kind)[0].lower() for kind in (file.type, answer.headers.get("Content-Type", ""))]
    if len(set(kinds)) > 1 and not _SCRIPTS.issuperset(kinds):
        yield Finding(
            "headers", f"not of the type {kinds[0]}, so browsers may not use them; let the host send it", file.url
        )


def _absent(files: tuple[Listed, ...]) -> list[str]:
    """Addresses that no file has: the folders without a page, and a name that no build ever gives."""
    urls = {file.url for file in files}
    folders = {f"{folder.as_posix()}/" for url in urls for folder in list(PurePosixPath(file_name(url)).parents)[:-1]}
    return [*sorted(folders - urls), "_/no-such-file.txt"]


def _grouped(findings: Iterable[Finding], place: str, base: str) -> Iterator[Problem]:
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        groups.setdefault((finding.word, finding.message), []).append(base + finding.url)
    for (word, message), urls in groups.items():
        yield Problem(place, word, f"{named(urls)}: {message}")
