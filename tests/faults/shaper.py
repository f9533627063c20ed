"""A TCP proxy as slow, and as broken, as a mobile link. Page-level throttling does not reach a service worker."""

import asyncio
import threading
from dataclasses import dataclass, field
from types import TracebackType


@dataclass(frozen=True)
class Link:
    """Kilobits a second down and up, round trip in seconds; ``cut`` bytes after which all drops for ``dead`` s."""

    name: str
    down: float
    up: float
    trip: float
    cut: int = 0
    dead: float = 4.0


EDGE = Link("EDGE", 240, 200, 0.84)
GPRS = Link("GPRS", 50, 20, 0.5)
FLAKY = Link("EDGE cut every 25 KB", 240, 200, 0.84, cut=25_000)
VERY_FLAKY = Link("EDGE cut every 12 KB", 240, 200, 0.84, cut=12_000)
NONE = Link("no shaping", 1e6, 1e6, 0.0)


@dataclass
class Shaper:
    """Runs in a thread of its own; counts the bytes that passed, both ways.

    ``target`` is the port of the server behind; where it is set anew, later connections go there.
    """

    link: Link
    target: int
    passed: int = 0
    port: int = 0
    _since_cut: int = 0
    _dead_until: float = 0.0
    _free: dict[str, float] = field(default_factory=lambda: {"down": 0.0, "up": 0.0})
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __enter__(self) -> "Shaper":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> "Shaper":
        """Listen on ``port``, or on a free one where it is 0."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main(ready)), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def stop(self) -> None:
        """No network any more: open connections break, and every later one is refused. May be said twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join()

    async def _main(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopped.wait()
        server.close()
        self._break()

    def _break(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # a task of our own: asyncio would report those of its server as failed when the link is stopped
        task = asyncio.create_task(self._pass(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._loop.time() < self._dead_until:
            writer.transport.abort()
            return
        self._writers.add(writer)
        await asyncio.sleep(self.link.trip)  # the handshake
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
        else:
            self._writers.add(back)
            await asyncio.gather(self._pump(reader, back, "up"), self._pump(there, writer, "down"))
            self._writers.remove(back)
        self._writers.remove(writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        rate = (self.link.down if way == "down" else self.link.up) * 125  # bytes a second
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        deliver = asyncio.create_task(self._deliver(queue, writer, way))
        try:
            while chunk := await reader.read(1400):
                now = self._loop.time()
                start = max(now, self._free[way])
                self._free[way] = start + len(chunk) / rate
                await queue.put((self._free[way] + self.link.trip / 2, chunk))
                if self._free[way] - now > 0.5:
                    await asyncio.sleep(self._free[way] - now - 0.5)
        except OSError:
            pass
        await queue.put((0, b""))
        await deliver

    async def _deliver(self, queue: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, way: str) -> None:
        try:
            while (item := await queue.get())[1]:
                await asyncio.sleep(max(0, item[0] - self._loop.time()))
                writer.write(item[1])
                await writer.drain()
                self._count(len(item[1]), way)
            writer.close()
        except OSError:
            writer.transport.abort()
            while (await queue.get())[1]:  # else what still comes from the other side would wait for ever
                continue

    def _count(self, size: int, way: str) -> None:
        self.passed += size
        if not self.link.cut or way == "up":
            return
        self._since_cut += size
        if self._since_cut >= self.link.cut:
            self._since_cut = 0
            self._dead_until = self._loop.time() + self.link.dead
            self._break()
