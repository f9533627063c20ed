"""Reading what is online: a host that may be anybody's, or the folder that was uploaded.

One request at a time, bounded in time and bytes; no redirect is followed.
"""

import re
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from fieldguide.problems import Problem, ProblemsError

TIMEOUT = 20.0
"""Seconds for which a host may be silent."""

LIMIT = 20_000_000
"""Bytes of one answer at most, far more than any index has."""

NAMED = 10
"""URLs that a line names; the others it counts."""

ALIEN = "is not of this guide; something else answers, such as a login page: name the root of the guide that is online"


class NoAnswerError(Exception):
    """No answer came, or half of one; says why."""


@dataclass(frozen=True)
class Answer:
    """What a host answered. The body of a refusal is not read; one that is longer than allowed is cut one byte behind
    that."""

    status: int
    headers: Message
    body: bytes = b""

    @property
    def is_good(self) -> bool:
        """True for an answer with a body that was asked for."""
        return 200 <= self.status < 300


class _Refusing(HTTPRedirectHandler):
    """Follows no redirect: phones follow none either, and it could lead to anybody."""

    def redirect_request(self, *_: object) -> None:
        return None


def is_address(place: str) -> bool:
    """True for what is asked of a host, false for a folder or file."""
    return bool(re.match("https?:/", place, re.IGNORECASE))


def fetch(address: str, timeout: float = TIMEOUT, limit: int = LIMIT, coding: str = "identity") -> Answer:
    """Ask a host. ``coding`` is the Accept-Encoding; the body comes as it was sent. Raises `NoAnswerError`."""
    # not what a cache on the way has; and some hosts turn Python's own name away
    headers = {"Cache-Control": "no-cache", "User-Agent": "field-guide", "Accept-Encoding": coding}
    try:
        with build_opener(_Refusing).open(Request(address, headers=headers), timeout=timeout) as answer:  # noqa: S310
            body: bytes = answer.read(limit + 1)
            if len(body) <= limit and answer.length:
                raise IncompleteRead(body, answer.length)
            return Answer(answer.status, answer.headers, body)
    except HTTPError as error:
        error.close()
        return Answer(error.code, error.headers)
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(str(getattr(error, "reason", None) or error)) from error


def read(place: str, timeout: float = TIMEOUT) -> bytes | None:
    """The bytes of an address or file, or None where nothing is. Raises `ProblemsError`, or OSError for a file."""
    if not is_address(place):
        return _load_file(place)
    try:
        answer = fetch(place, timeout)
    except NoAnswerError as error:
        raise stop(place, f"cannot be read: {error}; mend that, or name the folder that was put online") from error
    if answer.status in (404, 410):
        return None
    if not answer.is_good:
        led = answer.headers.get("Location")
        told = f"leads to {led!r}; name that root if it is the guide's" if led else "mend the host, or name a folder"
        raise stop(place, f"answers {answer.status}: {told}")
    if len(answer.body) > LIMIT:
        raise stop(place, ALIEN)
    return answer.body


def _load_file(place: str) -> bytes | None:
    try:
        return Path(place).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def stop(place: str, message: str) -> ProblemsError:
    """The one problem after which nothing more can be said of a place."""
    return ProblemsError([Problem(place, "", message)])


def named(urls: list[str]) -> str:
    """The first of some URLs, and how many more there are."""
    more = f" and {len(urls) - NAMED} more" if len(urls) > NAMED else ""
    return ", ".join(quote(url, errors="replace") for url in urls[:NAMED]) + more  # a stranger's may hold anything
