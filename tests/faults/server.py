"""A small server of a site that can be made to fail as links, portals and hosts do."""

import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fieldguide.headers import SECURITY_HEADERS
from fieldguide.site import Site

PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Please log in to use this network."


@dataclass
class Asked:
    """One request as it arrived, and how many bytes of its body were sent."""

    path: str
    destination: str
    sent: int = 0


@dataclass
class Faults:
    """What goes wrong. ``at`` picks the paths; ``kind`` is one of the names in `Handler.do_GET`."""

    kind: str = ""
    at: Callable[[str], bool] = lambda path: path.startswith("_/") and path.endswith(".txt")
    times: int = 1_000_000

    def takes(self, path: str) -> bool:
        """True, and used up once, when this request is to fail."""
        if not self.kind or self.times <= 0 or not self.at(path):
            return False
        self.times -= 1
        return True


@dataclass
class FaultServer:
    """Serves ``site``, which may be swapped while it runs; logs what was asked and sent."""

    site: Site
    compresses: bool = True
    faults: Faults = field(default_factory=Faults)
    asked: list[Asked] = field(default_factory=list)
    sent: int = 0
    on_sent: Callable[[int], None] | None = None
    hold: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hold.set()
        handler = type("Bound", (Handler,), {"faulty": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def url(self, path: str) -> str:
        """The address of a site-relative URL."""
        return f"{self.address}{self.site.base}{path}"

    def stop(self) -> None:
        """Cut the network: every later request is refused."""
        self.hold.set()
        self._server.shutdown()
        self._server.server_close()

    def fetched(self) -> list[str]:
        """What the loop asked for: requests without a destination."""
        return [asked.path for asked in self.asked if asked.destination == "empty"]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    faulty: FaultServer

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:  # noqa: PLR0912 - one case a fault
        """Answer, or fail as told."""
        faulty = self.faulty
        path = self.path.partition("?")[0].removeprefix(faulty.site.base)
        asked = Asked(path, self.headers.get("Sec-Fetch-Dest", ""))
        faulty.asked.append(asked)
        artifact = faulty.site.artifacts.get(path)
        kind = faulty.faults.kind if faulty.faults.takes(path) else ""
        if path.endswith(".gz") and not kind:
            return self._packed(asked, path)
        if artifact is None:
            return self._send(asked, b"not here", 404)
        body, media_type = artifact.body, artifact.media_type
        match kind:
            case "redirect":
                self.send_response(302)
                self.send_header("Location", f"{faulty.site.base}404.html")
                self.end_headers()
            case "portal":
                self._send(asked, PORTAL, media_type="text/html")
            case "hang-up":
                self.close_connection = True
                self.connection.close()
            case "error":
                self._send(asked, b"", 503)
            case "flip":
                self._send(asked, bytes([body[0] ^ 1]) + body[1:], media_type=media_type)
            case "flip-end":
                self._send(asked, body[:-1] + bytes([body[-1] ^ 1]), media_type=media_type)
            case "garbled":
                self._send(asked, bytes(byte ^ 1 for byte in body), media_type=media_type)
            case "short":
                self._send(asked, body[: len(body) * 2 // 3], media_type=media_type, length=None)
            case "cut":
                self._send(asked, body[: len(body) * 2 // 3], media_type=media_type, length=len(body), coded=False)
            case "longer":
                self._send(asked, body + b" ", media_type=media_type)
            case _:
                self._send(asked, body, media_type=media_type)
        return None

    def _packed(self, asked: Asked, path: str) -> None:
        name = path.removesuffix(".gz").removesuffix("index.html")
        artifact = self.faulty.site.artifacts.get(name)
        if artifact is None:
            return self._send(asked, b"not here", 404)
        return self._send(asked, gzip.compress(artifact.body), media_type="application/gzip", coded=False)

    def _send(
        self,
        asked: Asked,
        body: bytes,
        status: int = 200,
        *,
        media_type: str = "text/plain",
        length: int | None = -1,
        coded: bool = True,
    ) -> None:
        coded = coded and self.faulty.compresses and "gzip" in self.headers.get("Accept-Encoding", "")
        if coded:
            body = gzip.compress(body, 6)
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in SECURITY_HEADERS.items():
            self.send_header(name, value)
        if coded:
            self.send_header("Content-Encoding", "gzip")
        if length is not None:
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        try:
            for start in range(0, len(body), 256):
                if asked.path.startswith("_/"):
                    self.faulty.hold.wait()
                chunk = body[start : start + 256]
                self.wfile.write(chunk)
                asked.sent += len(chunk)
                if asked.path.startswith("_/"):
                    self.faulty.sent += len(chunk)
                    if self.faulty.on_sent:
                        self.faulty.on_sent(self.faulty.sent)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
