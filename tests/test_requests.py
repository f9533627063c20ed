"""Odd requests: whatever is asked, the answer is one of a few, carries the headers, and opens no file."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldguide.deployment import Deployment
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.site import Site, build_site
from fieldguide.web import application

from .conftest import fixture_ingredients
from .sound import recorded, sound_url

CODES = {200, 206, 302, 304, 308, 400, 404, 405, 414, 416, 431}
"""All that the server answers. A fault of its own would be 500, and no request may lead to one."""

REACHES_OUT = ("open", "os.", "shutil.", "socket.", "subprocess.", "import", "exec", "compile", "ctypes.")
"""Audit events of the interpreter: files, folders, network, programs, code."""

LINE = "worker.start.call.line"
BASE = "/guide/"


@dataclass(frozen=True)
class Asked:
    """A request as a WSGI server hands it over: texts of bytes 0 to 255."""

    method: str
    path: str
    query: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back, and what the interpreter did meanwhile."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    reached: list[str]


class Watch:
    """What a thread reaches for while watched. An audit hook stays for the life of the process: there is one."""

    def __init__(self) -> None:
        self.thread = 0
        self.events: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if threading.get_ident() == self.thread and event.startswith(REACHES_OUT):
            self.events.append(f"{event} {arguments!r}")

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        self.events = []
        self.thread = threading.get_ident()
        try:
            yield self.events
        finally:
            self.thread = 0


WATCH = Watch()


@pytest.fixture(scope="module")
def guide() -> Site:
    """The tiny guide with a recording, below a path."""
    return build_site(recorded(fixture_ingredients(replace(Deployment(), base=BASE)), "ar", [LINE]))


@pytest.fixture(scope="module")
def ask(guide: Site) -> Callable[[Asked], Answer]:
    app = application(guide, negotiating=True, cache=None)
    assert app.extensions["field_guide"].compressed.wait(60)

    def send(asked: Asked) -> Answer:
        environ = {
            "REQUEST_METHOD": asked.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": asked.path,
            "QUERY_STRING": asked.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(b"never read"),
            "wsgi.errors": sys.stderr,
            **asked.headers,
        }
        heads: list[tuple[int, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
            heads.append((int(status[:3]), headers))
            return bytes

        with WATCH.watching() as reached:
            body = b"".join(app(environ, start_response))
        assert environ["wsgi.input"].tell() == 0
        ((status, headers),) = heads
        return Answer(status, headers, body, list(reached))

    send(Asked("GET", "/", "", {}))  # what is imported at a first request, is imported now
    send(Asked("GET", "/nowhere", "", {}))
    return send


SITE_PATHS = st.sampled_from(
    ["", "en/", "ar/w/money/", "en/o/farm/", "en", "index.html", "static/css/guide.css", "sw.js"]
)
PIECES = st.sampled_from(
    [
        "..",
        ".",
        "%2e%2e",
        "//",
        "/",
        "\\",
        "%",
        "%00",
        "\x00",
        "\n",
        "?",
        ";",
        "en",
        "etc/passwd",
        "static",
        "\xff",
        "~",
        ":",
    ]
)
BYTES = st.text(st.characters(max_codepoint=255), max_size=60)
PATHS = st.one_of(
    SITE_PATHS.map(BASE.__add__),
    st.builds(lambda one, two, three: f"{BASE}{one}{two}{three}", SITE_PATHS, PIECES, SITE_PATHS),
    st.lists(PIECES, max_size=8).map(lambda pieces: "/" + "".join(pieces)),
    BYTES.map("/".__add__),
    BYTES,
    st.integers(2000, 5000).map(lambda count: "/" + "a" * count),
)
METHODS = st.one_of(
    st.sampled_from(
        ["GET"] * 6 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", ""]
    ),
    st.text(st.sampled_from("GETHADPOS-_!#x"), max_size=12),
)
NAMES = """
ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE AUTHORIZATION COOKIE EXPECT FORWARDED HOST IF_MATCH IF_MODIFIED_SINCE
IF_NONE_MATCH IF_RANGE IF_UNMODIFIED_SINCE ORIGIN RANGE REFERER TE TRANSFER_ENCODING UPGRADE USER_AGENT
X_FORWARDED_FOR X_FORWARDED_HOST X_FORWARDED_PROTO X_HTTP_METHOD_OVERRIDE X_ORIGINAL_URL
"""
VALUES = st.one_of(
    st.sampled_from(
        ["*", '"x"', 'W/"x"', "br", "gzip;q=0, br;q=nan", "identity;q=0, *;q=0", "ar, tl;q=0.5", "en" * 400, ""]
    ),
    st.sampled_from(
        [
            "bytes=0-1",
            "bytes=-1",
            "bytes=-0",
            "bytes=99999-",
            "bytes=5-2",
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=" + "9" * 99,
        ]
    ),
    st.sampled_from(
        [
            "Fri, 27 Nov 2026 00:00:00 GMT",
            "evil.example",
            "[::1",
            "a:99999",
            "chunked",
            "0",
            "-1",
            "1",
            "h2c",
            "," * 900,
        ]
    ),
    st.integers(16_000, 17_000).map(lambda count: "x" * count),
    BYTES.map(lambda text: text.translate({0: None, 10: None, 13: None})),
)
HEADERS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES.split()).map("HTTP_".__add__), st.sampled_from(["CONTENT_LENGTH", "CONTENT_TYPE"])),
    VALUES,
    max_size=5,
)
REQUESTS = st.builds(Asked, METHODS, PATHS, BYTES, HEADERS)


def judge(asked: Asked, answer: Answer) -> None:
    """What holds for every answer."""
    assert answer.status in CODES, asked
    assert answer.reached == []
    headers = {name.title(): value for name, value in answer.headers}
    assert len(headers) == len(answer.headers), "a header twice"
    for name, value in SECURITY_HEADERS.items():
        assert headers[name.title()] == value
    assert "Set-Cookie" not in headers
    for value in headers.values():
        assert value.isascii()
        assert value.isprintable()
    if answer.status in (302, 308):
        assert headers["Location"].startswith(BASE)
    assert ("Location" in headers) == (answer.status in (302, 308))
    if asked.method == "HEAD" or answer.status == 304:
        assert answer.body == b""
    elif answer.status >= 400 and answer.status != 404:
        assert len(answer.body) < 100
        assert headers["Cache-Control"] == "no-store"


@given(asked=REQUESTS)
@example(asked=Asked("GET", "//evil.example/%2e%2e", "", {}))
@example(asked=Asked("GET", "", "", {"HTTP_HOST": "evil.example"}))
@example(asked=Asked("GET", f"{BASE}en/", "", {"HTTP_IF_MATCH": '"x"'}))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_an_odd_request_gets_one_of_a_few_answers(ask: Callable[[Asked], Answer], asked: Asked) -> None:
    """Paths, methods, headers of any kind: a known code, the security headers, no redirect away, and no file opened."""
    judge(asked, ask(asked))


@pytest.mark.full
@pytest.mark.timeout(1800)
@given(asked=REQUESTS)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_odd_requests(ask: Callable[[Asked], Answer], asked: Asked) -> None:
    """The same, for longer."""
    judge(asked, ask(asked))


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (200, Asked("GET", "en/", "", {})),
        (206, Asked("GET", "sound", "", {"HTTP_RANGE": "bytes=0-1"})),
        (200, Asked("HEAD", "sound", "", {"HTTP_RANGE": "bytes=0-1"})),
        (200, Asked("GET", "sound", "", {"HTTP_RANGE": "bytes=0-1", "HTTP_IF_RANGE": '"x"'})),
        (416, Asked("GET", "sound", "", {"HTTP_RANGE": "bytes=9999999-"})),
        (302, Asked("GET", "", "", {"HTTP_ACCEPT_LANGUAGE": "ar"})),
        (304, Asked("GET", "en/", "", {"HTTP_IF_NONE_MATCH": "*"})),
        (308, Asked("GET", "en", "", {})),
        (200, Asked("GET", "en/", "", {"CONTENT_LENGTH": "0", "HTTP_IF_MATCH": '"x"'})),
        (400, Asked("GET", "en/", "", {"CONTENT_LENGTH": "1"})),
        (400, Asked("POST", "en/", "", {"HTTP_TRANSFER_ENCODING": "chunked"})),
        (404, Asked("GET", "/en/", "", {})),
        (404, Asked("GET", "../../etc/passwd", "", {})),
        (405, Asked("POST", "en/", "", {})),
        (414, Asked("GET", "en/", "a" * 2048, {})),
        (431, Asked("GET", "en/", "", {"HTTP_COOKIE": "a" * 17_000})),
    ],
)
def test_each_answer_is_reached(guide: Site, ask: Callable[[Asked], Answer], status: int, asked: Asked) -> None:
    """The odd requests above are not all refused at the door: every code has a request that leads to it."""
    below = asked.path
    if below == "sound":
        below = sound_url(recorded(fixture_ingredients(), "ar", [LINE]), "ar", LINE)
        assert below in guide.artifacts
    whole = replace(asked, path=f"{BASE}{below}")
    answer = ask(whole)
    judge(whole, answer)
    assert answer.status == status


def test_the_watch_sees_what_is_opened() -> None:
    """A file and a folder, so that "nothing was opened" means something."""
    from pathlib import Path

    with WATCH.watching() as reached:
        Path(__file__).read_bytes()
        list(Path(__file__).parent.iterdir())
    assert any(event.startswith("open ") for event in reached)
    assert any(event.startswith("os.") for event in reached)
