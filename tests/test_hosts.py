"""What a host sends that was told by our files, by the rules of each form, is what Flask sends."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fieldguide.deployment import Deployment
from fieldguide.headers import SECURITY_HEADERS, own_headers
from fieldguide.hosts import caddy_file, headers_file, nginx_file
from fieldguide.problems import ProblemsError
from fieldguide.rules import GUESSED_WRONG, suffix_of
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.urls import file_name
from fieldguide.web import application
from fieldguide.writer import check_hosts_folder, write_hosts, write_site

from .conftest import fixture_ingredients
from .sound import recorded

Headers = dict[str, str]

DAY = date(2027, 5, 31)


def netlify_expression(pattern: str) -> str:
    """Slashes at the end do not count, a placeholder is one segment, a star at the end is any rest or none."""
    expression = ""
    for part in filter(None, pattern.split("/")):
        if part == "*":
            expression += "(/.*)?"
        else:
            expression += "/[^/]+" if part.startswith(":") else f"/{re.escape(part)}"
    return f"(?i){expression or '/'}/?"


def cloudflare_expression(pattern: str) -> str:
    """A star is any text, a placeholder is text without a slash, everything else stands for itself."""
    escaped = re.escape(pattern).replace(r"\*", ".*")
    return re.sub(r":[A-Za-z]\w*", "[^/]+", escaped)


def rules_of(text: str) -> list[tuple[str, Headers]]:
    """The rules of a ``_headers`` file: a path at the beginning of a line, its headers indented below."""
    rules: list[tuple[str, Headers]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            assert name not in rules[-1][1]
            rules[-1][1][name] = value
        else:
            assert line.startswith("#")
    return rules


def sent(rules: list[tuple[str, Headers]], address: str, expression: Callable[[str], str]) -> Headers:
    """What a host sends: all rules that meet the address, and the values of one header joined by commas."""
    headers: Headers = {}
    for pattern, found in rules:
        if re.fullmatch(expression(pattern), address):
            for name, value in found.items():
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def same_as_flask(site: Site, expression: Callable[[str], str]) -> None:
    """Compare what the file gives with what Flask sends, for every artifact at its address."""
    rules = rules_of(headers_file(site))
    client = application(site, compresses=False).test_client()
    for artifact in site:
        address = site.base + artifact.url
        flask = client.get(address, base_url="https://localhost").headers
        host = sent(rules, address, expression)
        if suffix_of(artifact) in GUESSED_WRONG:
            assert host.pop("Content-Type") == flask["Content-Type"], address
        assert "Content-Type" not in host, address
        assert host == {name: flask[name] for name in host}, address
        assert SECURITY_HEADERS.keys() | own_headers(artifact).keys() | {"Strict-Transport-Security"} == host.keys()
        by_file = sent(rules, site.base + file_name(artifact.url), expression)
        assert by_file["Cache-Control"] == host["Cache-Control"], address


FORMS = pytest.mark.parametrize("expression", [netlify_expression, cloudflare_expression])


@FORMS
@pytest.mark.parametrize("base", ["/", "/guide/"])
def test_the_headers_file_gives_what_flask_sends(base: str, expression: Callable[[str], str]) -> None:
    """For every file of the tiny guide with recordings, a contact and an origin of its own, on both hosts."""
    deployment = Deployment(
        base=base, own_origin=True, security_contact="a@example.org", security_expires=DAY, origin="https://example.org"
    )
    ingredients = recorded(fixture_ingredients(deployment), "ar", ["worker.start.call.line"])
    site = build_site(ingredients)
    assert {".mp3", ".webmanifest", ".js"} <= {suffix_of(artifact) for artifact in site}
    same_as_flask(site, expression)


@FORMS
def test_the_headers_file_of_the_shipped_guide_gives_what_flask_sends(
    real_site: Site, expression: Callable[[str], str]
) -> None:
    """For every file of the guide in all its languages."""
    same_as_flask(real_site, expression)


def test_the_headers_file_keeps_the_limits_of_hosts(real_site: Site) -> None:
    """Cloudflare reads a hundred rules of lines up to 2,000 letters."""
    text = headers_file(real_site)
    assert len(rules_of(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


def test_an_unknown_address_is_met_by_the_security_headers_alone(site: Site) -> None:
    """Error pages carry them too; a page that is not there names no time to be kept."""
    rules = rules_of(headers_file(site))
    for expression in (netlify_expression, cloudflare_expression):
        found = sent(rules, "/nowhere/else", expression)
        assert found.keys() == SECURITY_HEADERS.keys() | {"Strict-Transport-Security"}


def first_match(text: str, line: str, address: str, default: str) -> str:
    """The value of the last line of a configuration whose expression meets the address."""
    value = default
    for expression, found in re.findall(line, text):
        if re.search(expression, address):
            value = found
    return value


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (nginx_file, r'if \(\$uri ~ "([^"]+)"\) \{ set \$guide_caching "([^"]+)"; \}'),
        (caddy_file, r"`~([^`]+)` `((?:no-|max-age)[^`]+)`"),
    ],
)
@pytest.mark.parametrize("shipped", [False, True])
def test_servers_are_told_the_same_caching(
    file: Callable[[Site], str], line: str, shipped: bool, site: Site, real_site: Site
) -> None:
    """For every file, by its address and by its name: what no line names is kept by no browser."""
    chosen = real_site if shipped else site
    text = file(chosen)
    for artifact in chosen:
        for address in (artifact.url, file_name(artifact.url)):
            assert first_match(text, line, f"/{address}", "no-store") == artifact.caching, address
    assert first_match(text, line, "/static.html", "no-store") == "no-store"


def test_the_folder_has_the_headers_file_and_no_configuration(site: Site, tmp_path: Path) -> None:
    """What lies in the folder may be served by any host; nginx and Caddy read theirs elsewhere."""
    write_site(site, {}, tmp_path / "dist")
    write_hosts(site, tmp_path / "hosts")
    assert (tmp_path / "dist" / "_headers").read_text() == headers_file(site)
    written = {path.name: path.read_text() for path in (tmp_path / "hosts").iterdir()}
    assert written == {"nginx.conf": nginx_file(site), "Caddyfile": caddy_file(site)}


def test_configurations_are_not_written_where_they_are_served(tmp_path: Path) -> None:
    """A folder inside the one that is built would be served, and gone with the next build."""
    for inside in ("dist", "dist/hosts", "dist/../dist/x"):
        with pytest.raises(ProblemsError, match="which is served; choose another --hosts"):
            check_hosts_folder(tmp_path / inside, tmp_path / "dist")
    check_hosts_folder(tmp_path / "dist.hosts", tmp_path / "dist")
