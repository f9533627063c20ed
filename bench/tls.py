"""The guide over TLS on this machine, so that Chromium speaks brotli and HTTP/2 as it does with a real host."""

import http.client
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAST = "/sw.js"
"""Variants are made in the order of the site, and worker scripts end it: when this one is compressed, all is."""


@dataclass(frozen=True)
class Served:
    """A server that runs: its port, and the certificate to trust."""

    port: int
    certificate: Path


@contextmanager
def served(target: str, port: int | None = None) -> Iterator[Served]:
    """Run an application, at any port unless one is named; yields once it answers compressed, as a host that was
    deployed does. Raises `RuntimeError` with the server's log when it ends instead.
    """
    port = port or free_port()
    with tempfile.TemporaryDirectory() as name:
        key, cert = certificate(Path(name))
        code = (
            "from granian.server import Server; from granian.constants import Interfaces; from pathlib import Path;"
            f"Server({target!r}, factory=True, interface=Interfaces.WSGI, port={port}, blocking_threads=4,"
            f"websockets=False, ssl_cert=Path({str(cert)!r}), ssl_key=Path({str(key)!r})).serve()"
        )
        with (Path(name) / "log").open("wb") as log:
            server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=log, stderr=log)
        try:
            while not _is_compressed(port, cert):
                if server.poll() is not None:
                    raise RuntimeError((Path(name) / "log").read_text())
                time.sleep(0.2)
            yield Served(port, cert)
        finally:
            server.terminate()
            server.wait()


def _is_compressed(port: int, cert: Path) -> bool:
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl.create_default_context(cafile=str(cert)))
    try:
        connection.request("GET", LAST, headers={"Accept-Encoding": "br"})
        return connection.getresponse().getheader("Content-Encoding") == "br"
    except OSError:
        return False  # it is still building the site
    finally:
        connection.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a key and a self-signed certificate for 127.0.0.1."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([*command, *names, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return key, cert


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
