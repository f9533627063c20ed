"""Debian's nginx and Caddy, told by our files, send what Flask sends; they are asked, not believed."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldguide.compression import iter_variants
from fieldguide.deployment import Deployment
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.web import application
from fieldguide.writer import write_hosts, write_site

from .conftest import fixture_ingredients
from .servers import BROTLI, CADDY, NGINX, Server, caddy, nginx
from .sound import TONE, recorded, sound_url

LINE = "worker.start.call.line"
COMPARED = (*SECURITY_HEADERS, "Cache-Control", "Content-Type", "Strict-Transport-Security", "Clear-Site-Data")
PAGES = ("", "en/", "ar/w/money/", "en/keeps/", "en/o/", "en/o/farm/", "en/sources/", "mam/")
FILES = ("static/css/guide.css", "static/js/app.js", "static/icons/icon.svg", "static/icons/icon-192.png", "sw.js")
OFFLINE = ("_/edition.json", "_/clear.txt", "en/app.webmanifest", "ar/o/app.webmanifest", ".well-known/security.txt")
UNKNOWN = ("nowhere", "ar/nowhere/x", "mam/o/", "static/no.js", "_/no.json", "ar/no.webmanifest")


class Case:
    """One server and Flask, with the same site."""

    def __init__(self, server: Server, client: FlaskClient, site: Site, sound: str) -> None:
        self.server, self.client, self.site, self.sound = server, client, site, sound

    def compare(self, url: str, *, tls: bool = True, **headers: str) -> None:
        """Ask both for one address."""
        path = self.site.base + url
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        flask = self.client.get(path, base_url=f"http{'s' if tls else ''}://localhost", headers=named)
        answer = self.server.ask(path, tls=tls, **headers)
        assert answer.status == flask.status_code, path
        for name in (*COMPARED, "Content-Encoding"):
            assert answer.headers.get(name.lower()) == flask.headers.get(name), (path, name)
        assert answer.body == flask.data, path


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def kind(request: pytest.FixtureRequest) -> str:
    needed = (NGINX, BROTLI) if request.param == "nginx" else (CADDY,)
    if not all(path.is_file() for path in needed):
        reason = f"{request.param} is not there; run tests/unpack_servers.sh"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return str(request.param)


@pytest.fixture(scope="module", params=["/", "/a/guide/"])
def case(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    base = request.param
    deployment = Deployment(
        base=base, own_origin=True, security_contact="a@example.org", security_expires=date(2027, 5, 31)
    )
    ingredients = recorded(fixture_ingredients(deployment), "ar", [LINE])
    site = build_site(ingredients)
    folder: Path = tmp_path_factory.mktemp(kind)
    root = folder / "root"
    write_site(site, {found.revision: found for found in iter_variants(site, None)}, root / base.strip("/"))
    write_hosts(site, folder / "hosts")
    app = application(site, cache=None)
    assert app.extensions["field_guide"].compressed.wait(60)
    run = nginx if kind == "nginx" else caddy
    with run(root, folder / "hosts", folder) as server:
        yield Case(server, app.test_client(), site, sound_url(ingredients, "ar", LINE))


def test_every_kind_of_file_comes_as_from_flask(case: Case) -> None:
    """Status, security headers, caching, type and bytes; in the language of the folder where there is no page."""
    for url in (*PAGES, *FILES, *OFFLINE, *UNKNOWN, case.sound):
        case.compare(url)


def test_compressed_files_come_as_from_flask(case: Case) -> None:
    """The bytes that the build compressed, never others; also of the page about a page that is not there."""
    for url in (*PAGES, *FILES, *OFFLINE, *UNKNOWN, case.sound):
        for coding in ("br", "gzip", "gzip, br", "identity"):
            case.compare(url, Accept_Encoding=coding)
    answer = case.server.ask(f"{case.site.base}en/", Accept_Encoding="br")
    assert "accept-encoding" in answer.headers["vary"].lower()


def test_transport_security_over_tls_only(case: Case) -> None:
    """RFC 6797: never over plain http."""
    case.compare("en/", tls=False)
    assert "strict-transport-security" not in case.server.ask(f"{case.site.base}en/", tls=False).headers


def test_pages_by_the_names_of_their_files_leave_no_more(case: Case) -> None:
    """A worker's page that is asked for with index.html is kept by no browser either."""
    for url in ("en/", "ar/w/money/", "en/o/", ""):
        answer = case.server.ask(f"{case.site.base}{url}index.html")
        assert answer.headers["cache-control"] in (case.site.artifacts[url].caching, "no-store")


def test_what_is_no_page_is_not_served(case: Case) -> None:
    """The mark of our folder, the rules for other hosts, variants under their own names."""
    assert case.server.ask(f"{case.site.base}en/", Accept_Encoding="br").headers["content-encoding"] == "br"
    for url in (".field-guide", "_headers", "en/index.html.br", "static/css/guide.css.gz", "en/.x"):
        answer = case.server.ask(case.site.base + url)
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-store"), url
        assert answer.body.startswith(b"<!doctype html>")


def test_a_folder_without_its_slash_leads_to_the_page(case: Case) -> None:
    """To a path of the same host, whatever name the host was asked by."""
    for host in ("localhost", "evil.example", "evil.example:99"):
        answer = case.server.ask(f"{case.site.base}en/w/money", tls=False, Host=host)
        if answer.status == 200 and not answer.body:  # Caddy, which answers the names that it was given
            continue
        assert answer.status in (301, 308)
        assert answer.headers["location"] in (f"{case.site.base}en/w/money/", "money/")
    answer = case.server.ask(f"{case.site.base}en/w/money")
    assert answer.headers["location"] in (f"{case.site.base}en/w/money/", "money/")
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]


def test_other_methods_are_refused(case: Case) -> None:
    """With the security headers, as everything."""
    for method in ("POST", "PUT", "DELETE"):
        answer = case.server.ask(f"{case.site.base}en/", method)
        assert answer.status == 405
        assert answer.headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]
    head = case.server.ask(f"{case.site.base}en/", "HEAD")
    assert (head.status, head.body) == (200, b"")


def test_sound_comes_in_ranges(case: Case) -> None:
    """As an iPhone asks for it."""
    answer = case.server.ask(case.site.base + case.sound, Range="bytes=0-1")
    assert (answer.status, answer.body) == (206, TONE[:2])


def test_no_request_is_logged(case: Case) -> None:
    """No address, no page, no browser: neither of what is there nor of what is not."""
    for url in ("en/", "no-such-page", ".field-guide"):
        case.server.ask(case.site.base + url, User_Agent="a-browser-of-its-own", Referer="https://a.referrer.example/")
    for word in ("no-such-page", "field-guide", "a-browser-of-its-own", "referrer", "client:", "remote_ip"):
        assert word not in case.server.written
