"""A small server of a site that can be made to fail as links, portals and hosts do."""

import asyncio
import contextlib
import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from fieldguide.artifact import Artifact, Caching
from fieldguide.snapshot import Site
from tests.faults.faults import FAULTS
from tests.faults.reply import Asked, Line, Reply

NOT_HERE = Artifact("404", b"not here", "text/plain", Caching.NEVER)


def is_part(path: str) -> bool:
    """The parts that packs travel in."""
    return path.startswith("_/") and path.endswith(".txt")


@dataclass
class Faults:
    """What goes wrong: ``kind`` is a name in `FAULTS`, ``at`` picks the paths, ``times`` how often."""

    kind: str = ""
    at: Callable[[str], bool] = is_part
    times: int = 1_000_000

    def takes(self, path: str) -> bool:
        """True, and used up once, when this request is to fail."""
        if not self.kind or self.times <= 0 or not self.at(path):
            return False
        self.times -= 1
        return True


@dataclass
class FaultServer:
    """Serves ``site``, which may be swapped while it runs, from a thread; logs what was asked and sent."""

    site: Site
    port: int = 0
    compresses: bool = True
    faults: Faults = field(default_factory=Faults)
    asked: list[Asked] = field(default_factory=list)
    line: Line = field(default_factory=Line)

    _ports: ClassVar[set[int]] = set()
    """Those that were used before: a browser that goes on would find under one of them what another test has kept."""

    def __post_init__(self) -> None:
        self.line.hold.set()
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    @property
    def hold(self) -> threading.Event:
        """Cleared, it holds back the bodies of what is kept."""
        return self.line.hold

    def url(self, path: str) -> str:
        """The address of a site-relative URL."""
        return f"{self.address}{self.site.base}{path}"

    def stop(self) -> None:
        """Cut the network: what is under way is cut, every later request is refused."""
        if not self._loop.is_running():
            return
        self.hold.set()
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def hang_up(self) -> None:
        """Reset every connection, as a phone does that changes its network; new ones are answered."""
        for writer in list(self._connections.values()):
            self._loop.call_soon_threadsafe(writer.transport.abort)

    def fetched(self) -> list[str]:
        """What the loop asked for: requests without a destination."""
        return [asked.path for asked in self.asked if asked.destination == "empty"]

    async def _listen(self) -> asyncio.Server:
        while True:
            server = await asyncio.start_server(self._converse, "127.0.0.1", self.port)
            port = server.sockets[0].getsockname()[1]
            if self.port or port not in self._ports:
                self._ports.add(port)
                return server
            server.close()
            await server.wait_closed()

    async def _end(self) -> None:
        for listener in self._server.sockets:
            self._loop.remove_reader(listener.fileno())
        await asyncio.sleep(0)  # what was just accepted begins; once the server is closed, nobody would close it
        self._server.close()
        while others := asyncio.all_tasks() - {
            asyncio.current_task()
        }:  # one may just be accepted, and must be closed too
            for task, writer in list(self._connections.items()):
                writer.transport.abort()
                task.cancel()
            await asyncio.wait(others, timeout=0.05)
        await asyncio.sleep(0)  # for the last socket to be closed

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not (await self._answer(await reader.readuntil(b"\r\n\r\n"), writer)).closes:
                pass
        writer.close()
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()  # as long as the browser does not read what was sent; `stop` cuts that too
        del self._connections[task]

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> Reply:
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        path = first.split(" ")[1].partition("?")[0].removeprefix(self.site.base)
        asked = Asked(path, headers.get("sec-fetch-dest", ""), range=headers.get("range", ""))
        self.asked.append(asked)
        takes_gzip = self.compresses and "gzip" in headers.get("accept-encoding", "")
        artifact = self._artifact(path)
        reply = Reply(asked, artifact or NOT_HERE, self.site.base, self.line, writer, takes_gzip, len(self.asked))
        if self.faults.takes(path):
            await FAULTS[self.faults.kind](reply)
        elif artifact is None:
            await reply.send(status="404 Not Found")
        else:
            await reply.send(coded=not path.endswith(".gz"))
        return reply

    def _artifact(self, path: str) -> Artifact | None:
        found = self.site.artifacts.get(path)
        if found or not path.endswith(".gz"):
            return found
        plain = self.site.artifacts.get(path.removesuffix(".gz").removesuffix("index.html"))
        return plain and Artifact(path, gzip.compress(plain.body), "application/gzip", Caching.NEVER)
