"""Hosts on a free port of this machine, as good and as bad as real ones."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fieldguide.headers import SECURITY_HEADERS
from fieldguide.snapshot import Site
from fieldguide.urls import file_name

SOON = 0.01
"""Seconds after which a server sees that it should stop; left to itself it takes half a second at the end of a test."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # with five, what is asked at once waits a second for its second try


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A host on a free port, over TLS if there is a context for it; gives its address."""
    with _Server(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(SOON,))
        thread.start()
        try:
            yield f"http{'s' if context else ''}://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class Folder(SimpleHTTPRequestHandler):
    """Serves a folder, and notes what was asked for."""

    asked: list[str]

    def log_request(self, *_: object) -> None:
        self.asked.append(self.path)

    def log_error(self, *_: object) -> None:
        """Say nothing."""


def folder(path: Path, asked: list[str] | None = None) -> Callable[..., BaseHTTPRequestHandler]:
    """A handler for one folder."""
    bound = type("Bound", (Folder,), {"asked": [] if asked is None else asked})
    return partial(bound, directory=str(path))


def answering(status: int = 200, body: bytes = b"", **headers: str) -> type[BaseHTTPRequestHandler]:
    """A handler that answers every address alike."""

    class Alike(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Alike


def hosting(
    site: Site, root: Path, drop: str = "", others: Mapping[str, tuple[int, Mapping[str, str]]] | None = None
) -> type[BaseHTTPRequestHandler]:
    """A handler for the written folder of a site that sends types and headers as it should, but for one header that it
    drops and for ``others``: addresses with a status and headers of their own. It answers ``.br`` where a browser asks.
    """

    class Host(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            url = self.path.removeprefix(site.base)
            path = root / file_name(url)
            status, more = (others or {}).get(url, (200 if path.is_file() else 404, {}))
            body = path.read_bytes() if path.is_file() else b""
            headers = {"Cache-Control": "no-store", **SECURITY_HEADERS}
            if url in site.artifacts:
                headers["Content-Type"] = site.artifacts[url].media_type
            packed = root / f"{file_name(url)}.br"
            if "br" in self.headers["Accept-Encoding"] and packed.is_file():
                headers["Content-Encoding"] = "br"
                body = packed.read_bytes()
            headers.pop(drop, None)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Host
