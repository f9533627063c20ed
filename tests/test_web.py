"""How the server answers, beyond the bytes of the pages."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from fieldguide.deployment import Deployment
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.web import _without_request_lines, application

from .conftest import fixture_ingredients
from .sound import TONE, recorded, sound_url


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[FlaskClient]:
    app = application(site, cache=None)
    assert app.extensions["field_guide"].compressed.wait(60)
    return app.test_client()


@pytest.mark.parametrize(
    ("url", "caching"),
    [
        ("/", "no-store"),
        ("/en/", "no-store"),
        ("/ar/w/money/", "no-store"),
        ("/en/keeps/", "no-store"),
        ("/en/o/", "no-cache"),
        ("/en/o/farm/", "no-cache"),
        ("/en/sources/", "no-cache"),
        ("/static/css/guide.css", "max-age=3600"),
    ],
)
def test_what_a_browser_may_keep(client: FlaskClient, url: str, caching: str) -> None:
    """Workers' pages leave nothing in the browser's disk cache; officers' pages are asked for again; assets an hour."""
    assert client.get(url).headers["Cache-Control"] == caching


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    """Pages, redirects, refusals and missing pages alike."""
    for answer in (client.get("/en/"), client.get("/en"), client.get("/nowhere"), client.post("/en/")):
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers[name] == value
        assert "Set-Cookie" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers
    secure = client.get("/en/", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_strong_etags_answer_304(client: FlaskClient) -> None:
    """Each coding has its own strong tag; a browser that has the bytes gets none again."""
    plain = client.get("/en/o/farm/")
    packed = client.get("/en/o/farm/", headers={"Accept-Encoding": "br"})
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")
    again = client.get("/en/o/farm/", headers={"If-None-Match": f'"x", {plain.headers["ETag"]}'})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/en/o/farm/", headers={"If-None-Match": '"x"'}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "coding"),
    [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_codings_follow_accept_encoding(client: FlaskClient, accept: str, coding: str | None) -> None:
    """A phone gets the smallest coding that it asked for, and never one that it refused."""
    answer = client.get("/en/o/farm/", headers={"Accept-Encoding": accept})
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_only_get_and_head(client: FlaskClient) -> None:
    """HEAD has the headers and no body; everything else is refused, OPTIONS and TRACE too."""
    head = client.head("/en/")
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(client.get("/en/").data)
    for method in ("post", "put", "delete", "patch", "options", "trace"):
        answer = getattr(client, method)("/en/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_addresses_people_type_lead_to_the_page(client: FlaskClient) -> None:
    """Without the slash, with index.html, with a query: the same page."""
    assert client.get("/en/w/money").status_code == client.get("/index.html").status_code == 308
    assert client.get("/en/w/money").headers["Location"] == "/en/w/money/"
    assert client.get("/en/w/money/index.html").headers["Location"] == "/en/w/money/"
    assert client.get("/index.html").headers["Location"] == "/"
    assert client.get("/en/w/money/?utm=1").data == client.get("/en/w/money/").data


@pytest.mark.parametrize(
    ("url", "lang"), [("/nowhere", "en-US"), ("/ar/nowhere/x", "ar"), ("/mam/o/farm/", "mam"), ("/static/no", "en-US")]
)
def test_a_missing_page_answers_in_the_language_of_its_folder(client: FlaskClient, url: str, lang: str) -> None:
    """404 in every language; links on it are absolute, since it is shown at every depth."""
    answer = client.get(url)
    assert answer.status_code == 404
    assert f'<html lang="{lang}"' in answer.text
    assert 'href="/static/css/guide.css?' in answer.text


def test_oversized_requests_are_refused(client: FlaskClient) -> None:
    """URLs over 2 KB are 414, headers over 16 KB are 431: before anything of them is parsed."""
    assert client.get("/" + "a" * 2048).status_code == 414
    assert client.get("/?" + "a" * 2048).status_code == 414
    assert client.get("/en/", headers={"Accept-Language": "en," * 6000}).status_code == 431
    assert client.get("/en/", headers={"Accept-Language": "en," * 100}).status_code == 200


def test_the_language_screen_negotiates_only_where_a_deployment_wants_it(site: Site, client: FlaskClient) -> None:
    """/ is the list of languages; with negotiate it is a redirect to the language asked for, if we have it."""
    assert client.get("/", headers={"Accept-Language": "ar"}).status_code == 200
    negotiating = application(site, negotiating=True, compresses=False).test_client()
    answer = negotiating.get("/", headers={"Accept-Language": "tl, en;q=0.5"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fil/")
    assert (answer.headers["Vary"], answer.headers["Cache-Control"]) == ("Accept-Language", "no-store")
    assert negotiating.get("/", headers={"Accept-Language": "xx"}).status_code == 200
    assert negotiating.get("/").status_code == 200


def test_under_a_base_path_nothing_else_is_served() -> None:
    """With base /guide/, pages stand below it, and / leads there."""
    site = build_site(fixture_ingredients(replace(Deployment(), base="/guide/")))
    client = application(site, compresses=False).test_client()
    assert client.get("/guide/en/").status_code == 200
    assert client.get("/guide/en").headers["Location"] == "/guide/en/"
    assert client.get("/").headers["Location"] == "/guide/"
    assert client.get("/en/").status_code == 404
    assert 'href="/guide/static/css/guide.css?' in client.get("/guide/nowhere").text


@pytest.mark.parametrize(("message", "kept"), [('127.0.0.1 - - [24/Nov/2026] "%s" %s %s', False), ("Running", True)])
def test_no_addresses_in_logs(message: str, kept: bool) -> None:
    """The development server's request lines, which begin with the visitor's address, are dropped."""
    record = logging.LogRecord("werkzeug", logging.INFO, "", 0, message, (), None)
    assert _without_request_lines(record) is kept


def test_a_fault_of_ours_tells_nobody_what_was_read(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """500 in plain words; the log has the kind of the fault and its place, and nothing of the request."""
    less = {url: artifact for url, artifact in site.artifacts.items() if not url.endswith("404.html")}
    app = application(replace(site, artifacts=less), cache=None)
    assert app.extensions["field_guide"].compressed.wait(60)
    answer = app.test_client().get("/ar/secret?secret", headers={"User-Agent": "secret"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (500, "no-store")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Traceback" not in answer.text
    assert re.fullmatch(r"ERROR .*KeyError in web\.py, line \d+\n", caplog.text)


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, len(TONE)),
        ("bytes=0-1", 206, 0, 2),
        ("bytes=6000-", 206, 6000, len(TONE)),
        ("bytes=-100", 206, len(TONE) - 100, len(TONE)),
        ("bytes=-99999", 206, 0, len(TONE)),
        ("bytes=0-99999", 206, 0, len(TONE)),
        ("bytes=5-2", 200, 0, len(TONE)),
        ("bytes=0-1,5-6", 200, 0, len(TONE)),
        ("lines=1-2", 200, 0, len(TONE)),
    ],
)
def test_sound_is_sent_in_the_ranges_asked_for(asked: str | None, status: int, first: int, last: int) -> None:
    """An iPhone plays nothing from a server that does not (RFC 9110, 14.2)."""
    line = "worker.start.call.line"
    ingredients = recorded(fixture_ingredients(), "ar", [line])
    app = application(build_site(ingredients), cache=None)
    answer = app.test_client().get(f"/{sound_url(ingredients, 'ar', line)}", headers={"Range": asked} if asked else {})
    assert (answer.status_code, answer.data) == (status, TONE[first:last])
    assert (answer.headers["Accept-Ranges"], answer.headers["Cache-Control"]) == ("bytes", "no-store")
    assert answer.headers["Content-Type"] == "audio/mpeg"
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(TONE)}"


def test_a_range_beyond_the_end_is_refused() -> None:
    """416 with the length, as a player expects."""
    line = "worker.start.call.line"
    ingredients = recorded(fixture_ingredients(), "ar", [line])
    app = application(build_site(ingredients), cache=None)
    answer = app.test_client().get(f"/{sound_url(ingredients, 'ar', line)}", headers={"Range": "bytes=99999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(TONE)}"


def test_a_guide_for_officers_leads_there() -> None:
    """Where `/` opens on officers, who asks for a language of theirs gets their start; others the workers' one."""
    site = build_site(fixture_ingredients(Deployment(opens="officer")))
    client = application(site, negotiating=True, opens="officer", compresses=False).test_client()
    led = {tag: client.get("/", headers={"Accept-Language": tag}).location for tag in ("en", "ar", "fil")}
    assert led == {"en": "/en/o/", "ar": "/ar/o/", "fil": "/fil/"}
