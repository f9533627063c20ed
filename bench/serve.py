"""The guide and a hello-world of the same size on the same server, in turns: requests a second, and CPU a request."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = "/es/w/numbers/"
ROUNDS = 4
SECONDS = 4
CONNECTIONS = 8
BAR = 0.70


@dataclass(frozen=True)
class Load:
    """What one round of wrk did to a server."""

    rate: float  # requests a second
    cpu: float  # seconds of CPU that the server spent on one request


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _served(factory: str, path: str, **environ: str) -> Iterator[tuple[int, str]]:
    """A running server: its process id, and an address that it has answered."""
    port = _free_port()
    code = f"from fieldguide.cli import server; server({factory!r}, '127.0.0.1', {port}).serve()"
    url = f"http://127.0.0.1:{port}{path}"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(url):
                if process.poll() is not None:
                    raise RuntimeError(f"{factory} ended with {process.returncode}")
            yield process.pid, url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as answer:
            return bool(answer.read())
    except OSError:
        return False


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process and of those it has started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(child)) for child in children)


def _load(pid: int, url: str) -> Load:
    before = _cpu(pid)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url], check=True, capture_output=True, text=True
    )
    spent = _cpu(pid) - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    count, rate = re.search(r"(\d+) requests in ", done.stdout), re.search(r"Requests/sec: +([\d.]+)", done.stdout)
    assert count
    assert rate
    return Load(float(rate[1]), spent / int(count[1]))


def report() -> Iterator[str]:
    """Alternate between the two, so that what else the machine does falls on both; the best round of each counts."""
    if shutil.which("wrk") is None:
        yield "serve: not measured; `apt-get install wrk`"
        return
    with _served("fieldguide.web:create_app", PAGE) as (guide, page):
        with urllib.request.urlopen(page) as answer:
            size = len(answer.read())
        with _served("bench.hello:create_app", "/", HELLO_BYTES=str(size)) as (hello, greeting):
            rounds = [(_load(guide, page), _load(hello, greeting)) for _ in range(ROUNDS)]
    ours, best = max(load.rate for load, _ in rounds), max(load.rate for _, load in rounds)
    beside = f"{ours / best:.0%} of hello-world (bar {BAR:.0%})"
    yield f"serve: {ours:,.0f} requests a second ({size:,} bytes each), {beside}"
    cpu, least = min(load.cpu for load, _ in rounds), min(load.cpu for _, load in rounds)
    yield f"serve: {cpu * 1e6:.0f} µs of CPU a request, hello-world {least * 1e6:.0f} µs"
