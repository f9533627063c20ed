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

from ..hosts import SOON
from .engines import ENGINES, Engine, EngineError
from .modules import MODULE

pytestmark = pytest.mark.browser

SNEAKED = b"<script>document.documentElement.dataset.sneaked = 'yes';</script></body>"

LOADED = "() => document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done(true)))"
"""WebKit says earlier that a page is open; its modules have run when it is loaded."""

CAME = """async () => {
  const lacks = () => [
    ...[...document.querySelectorAll("link[rel=stylesheet]")].filter(({ sheet }) => !sheet).map(({ href }) => href),
    ...["app", ...[...document.querySelectorAll("[data-module]")].map(({ dataset }) => dataset.module)]
      .filter((name) => !self.fg?.[`${name}_js`]),
  ];
  for (let at = 0; at < 200 && lacks().length; at += 1) await new Promise((resume) => setTimeout(resume, 20));
  return lacks();
}"""
"""What of a page's styles and scripts a browser has not taken: by their bytes, all of them are right."""


class Host:
    """Serves a site with another policy in the header, "" for no header of ours; takes the reports of browsers."""

    def __init__(self, site: Site, policy: str) -> None:
        self.app = application(site, compresses=False)
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
                kept.append(("Integrity-Policy", SECURITY_HEADERS["Integrity-Policy"]))
            start_response(status, kept)

        body = b"".join(self.app(environ, started))  # type: ignore[arg-type]
        return [body.replace(b"</body>", SNEAKED) if self.sneaks else body]


@contextmanager
def hosted(site: Site, policy: str) -> Iterator[tuple[Host, str]]:
    """A host on a free port, and the address of its root."""
    host = Host(site, policy)
    server = make_server("127.0.0.1", 0, host, threaded=True)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    yield host, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


FEW = {"", "404.html", "ar", "th"}
"""Where pages of every kind for workers are: right to left, and of a language without a side for officers."""

ALL = [pytest.param(name, "all", marks=pytest.mark.full) for name in ENGINES]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("engine", "share"), [("chromium", "few"), *ALL], indirect=["engine"])
def test_no_page_breaks_the_policy(engine: Engine, real_site: Site, share: str) -> None:
    """Every page of the guide in each browser: none reports anything; and each does report a script that somebody put
    into a page. Few of them in `make test`."""
    pages = [
        url
        for url, artifact in real_site.artifacts.items()
        if artifact.media_type.startswith("text/html") and (share == "all" or url.partition("/")[0] in FEW)
    ]
    assert len(pages) > (800 if share == "all" else 60)
    with hosted(real_site, f"{CONTENT_SECURITY_POLICY}; report-uri /reports") as (host, address):
        for url in pages:
            assert engine.open(address + url)
            assert engine.run(LOADED)
            assert engine.run(CAME) == [], url
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
        assert engine.run(f"async () => typeof (await {MODULE}('hash')).hashOf") == "function"
