"""What search engines and browsers ask of the root of a host, and which pages are to be listed."""

from dataclasses import replace
from pathlib import Path
from urllib.robotparser import RobotFileParser

import html5lib
import pytest

from fieldguide.artifact import Caching
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.filelist import read_file_list
from fieldguide.hosts import caddy_file, nginx_file
from fieldguide.icon import ICONS, with_icon
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST
from fieldguide.web import application

from .conftest import ROOT, fixture_ingredients

OWN_ICON = ROOT / "deploy/examples/sheriff/icon.png"


def asked_of(site: Site, url: str) -> str | None:
    """What a page says to search engines in its head, None where it says nothing."""
    tree = html5lib.parse(site.artifacts[url].body.decode("utf-8"), namespaceHTMLElements=False)
    told = [meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "robots"]
    assert len(told) <= 1
    return told[0] if told else None


def pages(site: Site) -> list[str]:
    return [url for url, artifact in site.artifacts.items() if artifact.media_type.startswith("text/html")]


def may_read(site: Site, url: str) -> bool:
    parser = RobotFileParser()
    parser.parse(site.artifacts["robots.txt"].body.decode("ascii").splitlines())
    return parser.can_fetch("AnyBot", f"https://guide.example.org/{url}")


def test_pages_that_no_browser_stores_are_not_listed(real_site: Site) -> None:
    """Workers' pages, cards, the list of languages and 404 pages ask not to be listed or archived, and may be read, or
    nobody would see that they ask; officers' and neighbors' pages may be listed."""
    quiet = [url for url in pages(real_site) if real_site.artifacts[url].caching is Caching.NEVER]
    found = [url for url in pages(real_site) if asked_of(real_site, url) is None]
    assert {"", "404.html", "es/", "es/w/pay/", "es/cards/", "en/keeps/", "en/w/print/heat/"} <= set(quiet)
    assert all(asked_of(real_site, url) == "noindex, noarchive" for url in quiet)
    assert {"en/o/", "en/o/agriculture/", "es/n/", "en/n/construction/"} <= set(found)
    assert not set(found) & set(quiet)
    assert all(may_read(real_site, url) for url in pages(real_site))
    text = real_site.artifacts["robots.txt"].body.decode("ascii")
    assert "/w/" not in text
    assert "cards" not in text


def test_a_deployment_can_refuse_all(tmp_path: Path) -> None:
    """In robots.txt, and in every page for hosts on which that lies below a path, where nobody looks."""
    file = tmp_path / "deployment.toml"
    file.write_text('listed = false\nbase = "/guide/"\n', encoding="utf-8")
    site = build_site(fixture_ingredients(load_deployment(file)))
    assert not any(may_read(site, url) for url in ["", *pages(site), "static/js/app.js"])
    assert {asked_of(site, url) for url in pages(site)} == {"noindex, noarchive"}


@pytest.mark.parametrize("url", ["robots.txt", "favicon.ico"])
def test_both_files_answer_with_type_and_headers(site: Site, url: str) -> None:
    """From Flask, and in the file list, which `verify` compares with a folder or host; every host names their types."""
    kind = {"robots.txt": "text/plain; charset=utf-8", "favicon.ico": "image/png"}[url]
    answer = application(site, compresses=False).test_client().get(f"/{url}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (listed,) = (file for file in read_file_list(site.artifacts[FILE_LIST].body).files if file.url == url)
    assert listed.type == kind
    assert listed.matches(answer.data)
    if url == "favicon.ico":
        told = (site.for_host[0].body.decode(), nginx_file(site), caddy_file(site))
        assert "/favicon.ico\n  Cache-Control: max-age=3600\n  Content-Type: image/png\n" in told[0]
        assert all("image/png" in one for one in told)


def test_the_icon_is_the_guides_or_the_deployments(site: Site) -> None:
    """A whole PNG: the small one of the guide, or the one picture that a deployment has."""
    assert site.artifacts["favicon.ico"].body == site.artifacts[f"{ICONS}-192.png"].body
    ingredients = fixture_ingredients()
    own = replace(ingredients, deployment=Deployment(icon="icon.png"), assets=with_icon(ingredients.assets, OWN_ICON))
    assert build_site(own).artifacts["favicon.ico"].body == OWN_ICON.read_bytes()
