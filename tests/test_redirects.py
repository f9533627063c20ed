"""Where a redirect leads is a path of the host that was asked: a request's ``Host`` is whatever its sender wrote."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fieldguide.snapshot import Site
from fieldguide.web import application

from .conftest import ROOT
from .servers import CADDY
from .test_serve import Running, code, free_port, started

HOSTS = (
    "evil.example",
    "evil.example:99",
    "",
    "a b",
    "[::1",
    "ev/il",
    "//evil.example",
    "<script>",
    "user@evil.example",
)
BASE = "/guide/"
KINDS = {
    "/": BASE,
    "//": BASE,
    BASE: f"{BASE}es/",
    f"{BASE}es": f"{BASE}es/",
    f"{BASE}es/w/pay": f"{BASE}es/w/pay/",
    f"{BASE}es/o": f"{BASE}es/o/",
    f"{BASE}es/w/pay?next=//evil.example/": f"{BASE}es/w/pay/",
    f"{BASE}es/w/pay/index.html": f"{BASE}es/w/pay/",
    f"{BASE}index.html": BASE,
}
"""Every kind of redirect: to the base path, to the browser's language, to the slash, from a file's name."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """``serve`` under a base path, choosing languages."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    (folder / "deployment.toml").write_text(f'languages = ["en", "es"]\nbase = "{BASE}"\nnegotiate = true\n')
    command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(port)]
    with started([*command, "--deployment", "deployment.toml"], port, folder, path=f"{BASE}en/") as server:
        yield server


def asked(path: str, host: str, *headers: str) -> bytes:
    """A request as anybody can send it."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Language: es", *headers, "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode()


def location(answer: bytes) -> str:
    """Where an answer leads."""
    found = re.search(rb"^location: (.*)\r$", answer.partition(b"\r\n\r\n")[0], re.IGNORECASE | re.MULTILINE)
    return found[1].decode() if found else ""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("host", HOSTS)
def test_redirects_are_paths_whatever_the_host(running: Running, host: str) -> None:
    """Every kind, by every odd name; and pages come by any name, since a copy may have names that nobody told it."""
    forwarded = ("X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Forwarded-Prefix: //evil.example")
    for headers in ((), forwarded):
        found = {path: location(running.exchange(asked(path, host, *headers))) for path in KINDS}
        assert found == KINDS
    assert code(running.exchange(asked(f"{BASE}es/w/pay/", host))) == 200


@pytest.mark.timeout(300)
def test_a_request_that_names_a_whole_address_gets_a_path(running: Running) -> None:
    """As a proxy would be asked."""
    answer = running.exchange(asked(f"http://evil.example{BASE}es", "evil.example"))
    assert location(answer) in ("", f"{BASE}es/")
    assert b"evil" not in answer


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", "user@evil.example"])
def test_what_the_framework_redirects_is_a_path_too(site: Site, host: str) -> None:
    """A route that a later change adds: its missing slash is Flask's redirect, which repeats the name."""
    app = application(site, compresses=False)
    app.add_url_rule("/added/later/", "added", lambda: "")
    answer = app.test_client().get("/added/later?x=1", environ_overrides={"HTTP_HOST": host})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/added/later/?x=1")


def redirected(address: str, path: str, host: str) -> str:
    """Where a path leads by this name; the status if it leads nowhere."""
    with closing(http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.headers["Location"] or str(answer.status)


def test_caddy_leads_to_the_names_of_the_site_alone(tmp_path: Path) -> None:
    """``deploy/Caddyfile`` as it ships, asked without TLS by its own name and by another."""
    if not CADDY.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("caddy is not there; run tests/unpack_servers.sh")
    plain, secure = free_port(), free_port()
    environ = {**os.environ, "HOME": str(tmp_path), "HTTP_PORT": str(plain), "HTTPS_PORT": str(secure)}
    command = [CADDY, "run", "--config", ROOT / "deploy" / "Caddyfile", "--adapter", "caddyfile"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=log, stderr=log) as caddy,
    ):
        try:
            while not up(plain) and caddy.poll() is None:
                pass
            for host in ("localhost", f"localhost:{plain}", "evil.example", "evil.example:99"):
                found = redirected(f"127.0.0.1:{plain}", "/es/w/pay?x=1", host)
                assert found == "https://localhost/es/w/pay?x=1", (host, (tmp_path / "log").read_text())
        finally:
            caddy.terminate()


def up(port: int) -> bool:
    """True once something answers there."""
    try:
        redirected(f"127.0.0.1:{port}", "/", "localhost")
    except OSError:
        return False
    return True
