"""Serving: the guide, a hello-world of the same size on the same server, and nginx with the guide's files, in turns"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.apps import guide
from bench.figures import Figure, NotMeasuredError
from bench.tls import free_port
from fieldguide.writer import write_hosts, write_site
from tests.servers import BROTLI, NGINX, nginx

ROOT = Path(__file__).parent.parent
PAGE = "/es/w/numbers/"
SECONDS = 4
CONNECTIONS = 8
BAR = 0.70
START_BAR = 5.0


@dataclass(frozen=True)
class Target:
    """A running server: its process id, and an address that it has answered."""

    pid: int
    url: str


@dataclass(frozen=True)
class Load:
    """What one round of wrk did to a server."""

    rate: float  # requests a second
    cpu: float  # seconds of CPU that the server spent on one request


@contextmanager
def _served(factory: str, path: str, **environ: str) -> Iterator[tuple[Target, float]]:
    """A running server, and the seconds until its first answer."""
    port = free_port()
    code = (
        "from fieldguide.ports import LOCAL, held_port; from fieldguide.serve import server;"
        f"server({factory!r}, held_port(LOCAL, {port}, '')).serve()"
    )
    url = f"http://127.0.0.1:{port}{path}"
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(url):
                if process.poll() is not None:
                    raise RuntimeError(f"{factory} ended with {process.returncode}")
            yield Target(process.pid, url), time.perf_counter() - begin
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


def _load(target: Target) -> Load:
    before = _cpu(target.pid)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", target.url], check=True, capture_output=True, text=True
    )
    spent = _cpu(target.pid) - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    count, rate = re.search(r"(\d+) requests in ", done.stdout), re.search(r"Requests/sec: +([\d.]+)", done.stdout)
    assert count
    assert rate
    return Load(float(rate[1]), spent / int(count[1]))


@contextmanager
def _nginx() -> Iterator[Target]:
    """nginx as an operator would set it up, over plain HTTP, with the files that the build writes."""
    site = guide()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers may be another user
        write_site(site, {}, folder / "root")
        write_hosts(site, folder / "hosts")
        with nginx(folder / "root", folder / "hosts", folder) as server:
            yield Target(int((folder / "pid").read_text()), f"http://localhost:{server.plain}{PAGE}")


def report(rounds: int) -> Iterator[Figure]:
    """Alternate between all, so that what else the machine does falls on each; the best round of each counts.

    Raises `NotMeasuredError`.
    """
    if shutil.which("wrk") is None:
        raise NotMeasuredError("`apt-get install wrk`")
    if not (NGINX.is_file() and BROTLI.is_file()):
        raise NotMeasuredError("run `sh tests/unpack_servers.sh`")
    with _served("fieldguide.web:create_app", PAGE) as (ours, start), _nginx() as files:
        with urllib.request.urlopen(ours.url) as answer:
            size = len(answer.read())
        with _served("bench.hello:create_app", "/", HELLO_BYTES=str(size)) as (hello, _):
            targets = {"the guide": ours, "hello-world": hello, "nginx": files}
            runs = [{name: _load(target) for name, target in targets.items()} for _ in range(rounds)]
    best = {name: max(loads[name].rate for loads in runs) for name in targets}
    yield Figure("first answer, all languages", start, "s", START_BAR)
    yield Figure("the guide beside hello-world", best["the guide"] / best["hello-world"] * 100, "%", BAR * 100, "more")
    for name, rate in best.items():
        cpu = min(loads[name].cpu for loads in runs) * 1e6
        yield Figure(f"{name}: requests", rate, "a second", note=f"{size:,} bytes each, uncompressed")
        yield Figure(f"{name}: CPU a request", cpu, "µs")
