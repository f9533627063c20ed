"""One answer of the fault server, byte by byte as a fault wants it."""

import asyncio
import gzip
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fieldguide.artifact import Artifact
from fieldguide.headers import SECURITY_HEADERS

CHUNK = 256
"""Bytes written at once, so that a fault can begin between any two of them."""


@dataclass
class Asked:
    """One request as it arrived, and how many bytes of its body were sent."""

    path: str
    destination: str
    sent: int = 0
    range: str = ""


@dataclass
class Line:
    """What all answers of a server share: a gate that holds bodies back, and what hears of every byte sent."""

    hold: threading.Event = field(default_factory=threading.Event)
    sent: int = 0
    on_sent: Callable[[int], None] | None = None

    async def open(self) -> None:
        """Wait while the line is held."""
        while not self.hold.is_set():
            await asyncio.sleep(0.01)

    def passes(self, size: int) -> None:
        """So many bytes of kept files went over the line."""
        self.sent += size
        if self.on_sent:
            self.on_sent(self.sent)


@dataclass
class Reply:
    """The answer to one request. ``closes`` says that no other follows on the same connection."""

    asked: Asked
    artifact: Artifact
    base: str
    line: Line
    writer: asyncio.StreamWriter
    takes_gzip: bool
    number: int
    closes: bool = False

    @property
    def body(self) -> bytes:
        """What a good server would send."""
        return self.artifact.body

    async def send(
        self,
        body: bytes | None = None,
        status: str = "200 OK",
        *,
        media_type: str | None = None,
        missing: int = 0,
        measured: bool = True,
        coded: bool = True,
        pause: float = 0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send ``body``, by default the right one.

        ``missing`` bytes at its end are never sent; ``coded`` compresses where the browser takes it; without
        ``measured`` its length is not told; each of the first bytes waits ``pause`` seconds.
        """
        data = self.body if body is None else body
        names_hashes = b" integrity=" in data
        gives_gzip = coded and self.takes_gzip
        if gives_gzip:
            data = gzip.compress(data, 6)
        head = {"Content-Type": media_type or self.artifact.media_type}
        head |= SECURITY_HEADERS
        if not names_hashes:  # a page of earlier code, whose host sent no such header
            del head["Integrity-Policy"]
        head |= {"Content-Encoding": "gzip"} if gives_gzip else {}
        head |= {"Content-Length": str(len(data))} if measured else {"Connection": "close"}
        self.closes = self.closes or not measured or missing > 0
        self.head(status, {**head, **(headers or {})})
        await self.write(data[: len(data) - missing], pause)

    def head(self, status: str, headers: Mapping[str, str]) -> None:
        """The status line and the headers."""
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items() if value)]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())

    async def write(self, data: bytes, pause: float = 0) -> None:
        """Bytes of the body; with a ``pause`` in seconds after each of the first twenty."""
        slow = 20 if pause else 0
        is_kept = self.asked.path.startswith("_/")
        for start in [*range(min(slow, len(data))), *range(slow, len(data), CHUNK)]:
            if is_kept:
                await self.line.open()
            chunk = data[start : start + (1 if start < slow else CHUNK)]
            self.writer.write(chunk)
            await self.writer.drain()
            self.asked.sent += len(chunk)
            if is_kept:
                self.line.passes(len(chunk))
            if start < slow:
                await asyncio.sleep(pause)

    def redirect(self, location: str, status: str = "302 Found") -> None:
        """Send the browser somewhere else."""
        self.head(status, {"Location": location, "Content-Length": "0"})

    def hang_up(self) -> None:
        """End the connection as a link does that is gone: with a reset."""
        self.closes = True
        found = self.writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
