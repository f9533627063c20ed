"""Requests a second of the guide and of a same-size hello-world, on the same server, in turns."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
REQUESTS = 3000
CONNECTIONS = 8


async def _client(port: int, path: str, count: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = 0
    for _ in range(count):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        received += len(await reader.readexactly(length))
    writer.close()
    return received


async def _load(port: int, path: str) -> tuple[float, float]:
    begin = time.perf_counter()
    sizes = await asyncio.gather(*(_client(port, path, REQUESTS // CONNECTIONS) for _ in range(CONNECTIONS)))
    seconds = time.perf_counter() - begin
    return REQUESTS / seconds, sum(sizes) / REQUESTS


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _serve(target: str, port: int) -> subprocess.Popen[bytes]:
    code = (
        "from granian.server import Server; from granian.constants import Interfaces;"
        f"Server({target!r}, factory=True, interface=Interfaces.WSGI, port={port}, blocking_threads=4,"
        " websockets=False).serve()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            continue
        return server


def report() -> Iterator[str]:
    """Alternate between the two, so that whatever else the machine does falls on both."""
    ports = {"fieldguide.web:create_app": _free_port(), "bench.hello:create_app": _free_port()}
    servers = [_serve(target, port) for target, port in ports.items()]
    guide, hello = ports.values()
    rates: dict[str, list[float]] = {"guide": [], "hello": []}
    size = 0.0
    try:
        for _ in range(4):
            rate, size = asyncio.run(_load(guide, "/es/w/numbers/"))
            rates["guide"].append(rate)
            rates["hello"].append(asyncio.run(_load(hello, "/"))[0])
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    ours, best = max(rates["guide"]), max(rates["hello"])
    yield f"serve: {ours:,.0f} requests a second ({size:,.0f} bytes each), {ours / best:.0%} of hello-world (bar 70 %)"
