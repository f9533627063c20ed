"""Nothing in the guide breaks its own policy, and the policy holds also where only the pages carry it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.serving import make_server

from fieldguide.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from fieldguide.snapshot import Site
from fieldguide.web import application

from .conftest import ON_ALL
from .engines import ENGINES, Engine, EngineError

pytestmark = pytest.mark.browser

SNEAKED = b"<script>document.documentElement.dataset.sneaked = 'yes';</script></body>"

LOADED = "() => document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done(true)))"
"""WebKit says earlier that a page is open; its modules have run when it is loaded."""


class Host:
    """Serves a site with another policy in the header, "" for no header of ours; takes the reports of browsers."""

    def __init__(self, site: Site, policy: str) -> None:
        self.app = application(site, cache=None)
        self.policy = policy
        self.sneaks = False
        self.reports: list[bytes] = []
        self.reported = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            self.reports.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            self.reported.set()
            start_response("204 No Content", [])
            return []
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        kept: list[tuple[str, str]] = []

        def started(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            left_out = SECURITY_HEADERS.keys() | {"Content-Length"}
            kept.extend((name, value) for name, value in headers if name not in left_out)
            if self.policy:
                kept.append(("Content-Security-Policy", self.policy))
            start_response(status, kept)

        body = b"".join(self.app(environ, started))  # type: ignore[arg-type]
        return [body.replace(b"</body>", SNEAKED) if self.sneaks else body]


@contextmanager
def hosted(site: Site, policy: str) -> Iterator[tuple[Host, str]]:
    """A host on a free port, and the address of its root."""
    host = Host(site, policy)
    server = make_server("127.0.0.1", 0, host, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield host, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ON_ALL, indirect=True)
def test_no_page_breaks_the_policy(engine: Engine, real_site: Site) -> None:
    """Every page of English and Arabic, and of a language without a side for officers, in each browser: no browser
    reports anything; and it does report a script that somebody put into a page."""
    pages = [
        url
        for url, artifact in real_site.artifacts.items()
        if artifact.media_type.startswith("text/html") and url.partition("/")[0] in ("", "404.html", "en", "ar", "th")
    ]
    assert len(pages) > 120
    with hosted(real_site, f"{CONTENT_SECURITY_POLICY}; report-uri /reports") as (host, address):
        for url in pages:
            assert engine.open(address + url)
            assert engine.run(LOADED)
        host.sneaks = True
        assert engine.open(f"{address}en/")
        assert host.reported.wait(30)
        assert engine.run("() => document.documentElement.dataset.sneaked ?? 'no'") == "no"
        assert all(b"script" in report for report in host.reports)
        assert len(host.reports) == 1


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_a_page_defends_itself_on_a_host_that_sends_no_headers(engine: Engine, site: Site) -> None:
    """A script inside the page does not run, text does not become markup, no other host is asked; the guide's own
    scripts do run."""
    with hosted(site, "") as (host, address):
        host.sneaks = True
        assert engine.open(f"{address}en/")
        assert engine.run("() => document.documentElement.dataset.sneaked ?? 'no'") == "no"
        with pytest.raises(EngineError, match="TypeError"):
            engine.run("() => { document.querySelector('main').innerHTML = '<b>x</b>'; }")
        elsewhere = address.replace("127.0.0.1", "localhost")
        asked = engine.run("url => fetch(url, { mode: 'no-cors' }).then(() => 'came', () => 'refused')", elsewhere)
        assert asked == "refused"
        assert engine.run("async () => typeof (await import('/static/js/hash.js')).hashOf") == "function"
