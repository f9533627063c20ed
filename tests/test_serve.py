"""``serve`` as it runs: slow visitors, broken requests, and what is written down about visitors."""

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest

from fieldguide.headers import SECURITY_HEADERS, TRANSPORT_SECURITY

from .conftest import ROOT

pytestmark = pytest.mark.timeout(300)  # the whole guide is checked and built before the first answer

SLOW = 150
MARK = "Mark-7f3a"
"""Stands in everything that a visitor could be known by."""


@dataclass(frozen=True)
class Running:
    """A server, and the file that holds all it has written."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path

    def connect(self, receive: int | None = None) -> socket.socket:
        """A connection; ``receive`` bytes wait at our end, at most about twice that."""
        connection = socket.socket()
        try:
            if receive:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
            connection.settimeout(20)
            connection.connect(("127.0.0.1", self.port))
        except OSError:
            connection.close()
            raise
        return connection

    def exchange(self, sent: bytes) -> bytes:
        """All that is answered to these bytes, until the server closes."""
        with closing(self.connect()) as connection:
            connection.sendall(sent)
            return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def get(path: str, *headers: str, close: bool = True) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, *(["Connection: close"] if close else [])]
    return "\r\n".join([*lines, "", ""]).encode()


@contextmanager
def started(command: list[str], port: int, folder: Path, path: str = "/", **environ: str) -> Iterator[Running]:
    """A server, once it has answered with the page of this path."""
    output = folder / "output"
    with (
        output.open("wb") as log,
        subprocess.Popen(command, cwd=folder, env={**os.environ, **environ}, stdout=log, stderr=log) as process,
    ):
        try:
            server = Running(process, port, output)
            while not listens(server, path):
                with suppress(subprocess.TimeoutExpired):
                    pytest.fail(f"it ended with {process.wait(0.2)}: {output.read_text()}")
            yield server
        finally:
            process.terminate()


@contextmanager
def served(folder: Path) -> Iterator[Running]:
    """``serve`` on a free port; English alone, which is ready soonest."""
    port = free_port()
    (folder / "deployment.toml").write_text('languages = ["en"]\n')
    command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(port)]
    with started([*command, "--deployment", "deployment.toml"], port, folder) as server:
        yield server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with served(tmp_path_factory.mktemp("served")) as server:
        yield server


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listens(server: Running, path: str = "/") -> bool:
    """True once a page was answered."""
    try:
        return server.exchange(get(path)).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def is_open(connection: socket.socket) -> bool:
    """True while the server has neither answered to the end nor hung up."""
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_slow_visitors_do_not_stop_it(running: Running) -> None:
    """150 that never end their headers and 150 that do not read what they asked for: five others are answered.

    A slow reader asks for far more than buffers hold, and gets all of it once it reads.
    """
    pages = 60
    many = get("/en/o/agriculture/", close=False) * pages + get("/en/o/agriculture/")
    with ExitStack() as stack:
        unfinished = [stack.enter_context(closing(running.connect())) for _ in range(SLOW)]
        readers = [stack.enter_context(closing(running.connect(receive=1024))) for _ in range(SLOW)]
        for connection in unfinished:
            connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        for connection in readers:
            connection.sendall(many)
        for _ in range(5):
            answer = running.exchange(get("/en/o/agriculture/"))
            assert answer.startswith(b"HTTP/1.1 200")
            assert answer.endswith(b"</html>")
        assert all(map(is_open, unfinished))
        assert all(map(is_open, readers))
        slow = readers[0]
        slow.settimeout(20)
        slow.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20
        )  # its window was too small for what comes in one piece
        assert read_all(slow).count(b"HTTP/1.1 200") == pages + 1


def test_a_thousand_idle_visitors_do_not_stop_it(running: Running) -> None:
    """1,100 connections that say nothing at all: one more is answered."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    with ExitStack() as stack:
        for _ in range(1100):
            stack.enter_context(closing(running.connect()))
        assert code(running.exchange(get("/en/"))) == 200


def post(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join(["POST /en/ HTTP/1.1", "Host: x", "Connection: close", *lines, "", ""]).encode() + body


WEBSOCKET = ("Upgrade: websocket", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13")
BROKEN = {
    "no protocol": b"GET /\r\n\r\n",
    "a tab in a name": post("X\tY: x"),
    "two lengths": post("Content-Length: 1", "Content-Length: 2"),
    "a length that is none": post("Content-Length: x"),
    "length and chunks": post("Content-Length: 3", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    "bytes of TLS": bytes([22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]) + bytes(200),
    "HTTP/2 by force": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a proxy's request": get("http://evil.example/"),
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "the whole server": b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "up and up": get("/../../../../etc/passwd"),
    "up, written otherwise": get("/%2e%2e/%2e%2e/..%2f..%2fetc/passwd"),
    "bytes of no alphabet": get("/%ff%fe%00%0d%0aX:1"),
    "a body": b"GET /en/ HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
    "a body in chunks": post("Transfer-Encoding: chunked", body=b"1\r\nx\r\n0\r\n\r\n"),
    "a body asked for first": post("Content-Length: 4", "Expect: 100-continue"),
    "a websocket": get("/en/", *WEBSOCKET),
    "a long address": get("/" + "a" * 3000),
    "an address beyond all": get("/" + "a" * 70_000),
    "a long header": get("/en/", f"Cookie: {'a' * 20_000}"),
    "a header beyond all": get("/en/", f"Cookie: {'a' * 100_000}"),
    "headers without number": get("/en/", *(f"X-{number}: 1" for number in range(500))),
}
CODES = {200, 206, 302, 304, 308, 400, 404, 405, 414, 416, 431}


def test_broken_requests_are_refused_and_nothing_is_written_down(running: Running) -> None:
    """Each gets a known code or a closed connection; the log has no address, agent, query, referrer."""
    known = [f"User-Agent: {MARK}", f"Referer: https://{MARK}.example/", f"X-Forwarded-For: {MARK}", f"Cookie: {MARK}"]
    for path in ("/en/", f"/{MARK}", f"/en/?{MARK}", f"/{MARK}/../%2e%2e"):
        assert running.exchange(get(path, *known)).startswith((b"HTTP/1.1 200", b"HTTP/1.1 404"))
    answers = {name: answer_to(running, sent) for name, sent in BROKEN.items()}
    strange = {name: answer for name, answer in answers.items() if code(answer) not in CODES | {None}}
    assert strange == {}
    assert {code(answers[name]) for name in ("a body", "a body in chunks", "a body asked for first")} == {400}
    assert code(answers["up and up"]) == code(answers["up, written otherwise"]) == 404
    assert code(running.exchange(get("/en/"))) == 200
    written = running.output.read_text()
    assert written.startswith("Field Guide: ")
    assert written.count("127.0.0.1") == written.count(f"http://127.0.0.1:{running.port}"), "other than its own address"
    for word in (MARK, "evil", "passwd", "Traceback", "GET "):
        assert word not in written


def test_a_large_body_is_not_read(running: Running) -> None:
    """A visitor who sends without end is answered 400 and cut off."""
    with closing(running.connect()) as connection:
        connection.sendall(b"POST /en/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(bytes(500_000_000))
    assert code(running.exchange(get("/en/"))) == 200


def answer_to(server: Running, sent: bytes) -> bytes:
    """The answer; empty where the server only hung up."""
    try:
        return server.exchange(sent)
    except ConnectionError:
        return b""


def code(answer: bytes) -> int | None:
    """The status of an answer, None for no answer."""
    words = answer.split(b" ", 2)
    return int(words[1]) if answer.startswith(b"HTTP/") else None


@pytest.mark.full
def test_caddy_in_front_tells_nobody_about_visitors(tmp_path: Path) -> None:
    """``deploy/Caddyfile`` as it ships: the guide's headers, the one of TLS, no log, also when the guide is away."""
    assert shutil.which("caddy"), "caddy is missing; `make test-server` installs it"
    behind, before = tmp_path / "behind", tmp_path / "before"
    behind.mkdir()
    before.mkdir()
    port = free_port()
    command = ["caddy", "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    with served(behind) as guide:
        environ = {"SITE_ADDRESS": f"http://localhost:{port}", "GUIDE": f"127.0.0.1:{guide.port}", "HOME": str(before)}
        environ |= {"HTTP_PORT": str(free_port()), "HTTPS_PORT": str(free_port())}
        with started(command, port, before, **environ) as caddy:
            answer = caddy.exchange(get(f"/en/?{MARK}", f"User-Agent: {MARK}", f"Referer: https://{MARK}.example/"))
            headers = message_from_bytes(answer.partition(b"\r\n\r\n")[0].partition(b"\r\n")[2])
            for name, value in {**SECURITY_HEADERS, "Strict-Transport-Security": TRANSPORT_SECURITY}.items():
                assert headers.get_all(name) == [value]
            assert headers["Server"] is None
            guide.process.terminate()
            guide.process.wait(20)
            assert code(caddy.exchange(get(f"/{MARK}", f"User-Agent: {MARK}"))) == 502
    written = caddy.output.read_text()
    assert written
    assert MARK not in written + guide.output.read_text()
    assert "remote" not in written
