"""Debian's nginx and Caddy with what the build writes for them, for one test: started, asked, stopped."""

import http.client
import os
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.tls import certificate, free_port

from .conftest import ROOT

UNPACKED = ROOT / ".cache" / "servers"
NGINX = UNPACKED / "usr/sbin/nginx"
BROTLI = UNPACKED / "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
CADDY = UNPACKED / "usr/bin/caddy"


@dataclass(frozen=True)
class Answer:
    """What came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server on this machine, over TLS and without, and the files it wrote about requests."""

    plain: int
    secure: int
    cert: Path
    logs: Path

    def ask(self, path: str, method: str = "GET", *, tls: bool = True, **headers: str) -> Answer:
        """One request. Underscores in the names of headers become dashes; none is sent that is not named."""
        if tls:
            context = ssl.create_default_context(cafile=str(self.cert))
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                "localhost", self.secure, context=context, timeout=30
            )
        else:
            connection = http.client.HTTPConnection("localhost", self.plain, timeout=30)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            found = connection.getresponse()
            names = [name for name, _ in found.getheaders()]
            assert len(names) == len(set(map(str.lower, names))), f"a header twice: {names}"
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    @property
    def written(self) -> str:
        """Everything that was logged."""
        return "".join(path.read_text() for path in self.logs.glob("*"))


@contextmanager
def nginx(root: Path, hosts: Path, folder: Path) -> Iterator[Server]:
    """nginx as an operator would set it up: its own main file, and ours included in the server block."""
    server = _server(folder)
    block = """
        server {{
            server_name localhost;
            root {root};
            listen 127.0.0.1:{plain};
            listen 127.0.0.1:{secure} ssl;
            ssl_certificate {cert};
            ssl_certificate_key {key};
            include {include};
        }}"""
    scratch = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    filled = block.format(
        root=root, plain=server.plain, secure=server.secure, cert=server.cert, key=folder / "key.pem",
        include=hosts / "nginx.conf",
    )  # fmt: skip
    config = folder / "main.conf"
    config.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\nload_module {BROTLI};\npid {folder}/pid;\n"
        f"error_log {server.logs}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log {server.logs}/access.log;\n{scratch}{filled}\n}}\n"
    )
    # it goes into the background once it listens
    subprocess.run([NGINX, "-e", server.logs / "error.log", "-c", config], check=True, timeout=60)
    with _stopped(folder / "pid"):
        yield server


@contextmanager
def caddy(root: Path, hosts: Path, folder: Path) -> Iterator[Server]:
    """Caddy as an operator would set it up: a site with a root and a certificate, and our file imported."""
    server = _server(folder)
    config = folder / "main.caddy"
    sites = (
        (f"http://localhost:{server.plain}", ""),
        (f"https://localhost:{server.secure}", f"tls {server.cert} {folder}/key.pem"),
    )
    blocks = [f"{at} {{\nbind 127.0.0.1\n{tls}\nroot * {root}\nimport {hosts}/Caddyfile\n}}\n" for at, tls in sites]
    config.write_text(f"{{\nadmin off\nauto_https disable_redirects\nskip_install_trust\n}}\n{''.join(blocks)}")
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [CADDY, "start", "--config", config, "--adapter", "caddyfile", "--pidfile", folder / "pid"]
    with (server.logs / "caddy.log").open("wb") as log:  # a pipe would stay open as long as it runs
        subprocess.run(command, env={**os.environ, **homes}, stdout=log, stderr=log, check=True, timeout=60)
    with _stopped(folder / "pid"):
        yield server


def _server(folder: Path) -> Server:
    _, cert = certificate(folder)
    (folder / "logs").mkdir()
    return Server(free_port(), free_port(), cert, folder / "logs")


@contextmanager
def _stopped(pid: Path) -> Iterator[None]:
    number = int(pid.read_text())
    try:
        yield
    finally:
        os.kill(number, signal.SIGTERM)
