"""What pages say of the bytes of scripts and styles: nothing runs that a page does not vouch for."""

import json
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fieldguide.artifact import integrity_of
from fieldguide.colours import Colours
from fieldguide.deployment import Deployment
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.scripts import FOLDER, LATER
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .conftest import fixture_ingredients

LAZY = f"static/js/{FOLDER}/"


@pytest.fixture(scope="module", params=["tiny", "coloured", "real"])
def built(request: pytest.FixtureRequest, site: Site, real_site: Site) -> Site:
    """The tiny guide, one with an agency's own colors in its style sheet, the shipped guide."""
    if request.param == "coloured":
        return build_site(fixture_ingredients(Deployment(colours=Colours(accent="#123456"))))
    return site if request.param == "tiny" else real_site


def heads(site: Site) -> Iterator[tuple[str, Element]]:
    """The head of each page by its address."""
    for artifact in site:
        if artifact.media_type.startswith("text/html"):
            text = artifact.body.decode("utf-8").partition("</head>")[0]
            tree = html5lib.parse(text, namespaceHTMLElements=False)
            yield artifact.url, tree.find("head")


def test_every_script_and_style_of_a_page_is_named_by_its_bytes(built: Site) -> None:
    """With the address of what has these bytes, which is another when they change, so that no browser takes what it
    kept of an earlier one. A script that is no module is asked for so that browsers compare it at all."""
    count = 0
    for url, head in heads(built):
        for element in (*head.iter("script"), *head.iter("link")):
            if element.tag == "link" and element.get("rel") != "stylesheet":
                assert element.get("rel") in ("icon", "manifest"), url
                continue
            address = urlsplit(urljoin(f"https://x{built.base}{url}", element.get("src") or element.get("href")))
            integrity = integrity_of(built.artifacts[address.path.removeprefix(built.base)].body)
            assert element.get("integrity") == integrity, (url, address)
            assert integrity[7:].startswith(address.query)
            assert len(address.query) == 22
            if element.tag == "script":
                assert element.get("type") == "module" or element.get("crossorigin") == "", url
            count += 1
    assert count > 60


def test_nothing_in_a_page_runs_but_what_its_head_names(built: Site) -> None:
    """No script element stands in a body."""
    for artifact in built:
        if artifact.media_type.startswith("text/html"):
            assert b"<script" not in artifact.body.partition(b"</head>")[2], artifact.url


def test_the_first_file_names_the_bytes_of_all_others(built: Site) -> None:
    """Each file that is loaded later, with those that must run before it, which are files too."""
    entry = built.artifacts["static/js/app.js"].body.decode("utf-8")
    (table,) = re.findall(r"^const FILES=(\{.*?\});", entry)
    files = {f"{LAZY}{name}.js": found for name, found in json.loads(table).items()}
    assert files.keys() == {url for url in built.artifacts if url.startswith(LAZY)}
    for url, (integrity, *before) in files.items():
        assert integrity == integrity_of(built.artifacts[url].body)
        assert {f"{LAZY}{name}.js" for name in before} <= files.keys()
    assert set(re.findall(r'files_js\.load\("(\w+)"\)', " ".join(texts(built)))) <= LATER.keys()


def texts(site: Site) -> list[str]:
    """All scripts of pages."""
    return [found.body.decode("utf-8") for found in site if found.media_type.startswith("text/javascript")]


def test_no_script_imports_what_nobody_vouches_for(built: Site) -> None:
    """An import carries no hash: there is none but of what a script element has brought."""
    scripts = [text for text in texts(built) if "HEADERS" not in text]  # the worker script is no page's
    found = [one for text in scripts for one in re.findall(r"\bimport\b(?!\.meta)\W[^\n]{0,20}", text)]
    assert [one.partition(")")[0] for one in found] == ["import(src"]


def test_the_cards_name_the_bytes_of_their_notes(built: Site) -> None:
    """Reasons and cautions are a script of the officers' side: of each language in which officers read."""
    for url, artifact in built.artifacts.items():
        for found in re.findall(rb'data-officers="([^"]+)"', artifact.body):
            for notes in found.decode("ascii").split(" "):
                tag, integrity = notes.split(":")
                assert integrity == integrity_of(built.artifacts[f"{tag}/o/cards.js"].body), posixpath.dirname(url)


def test_browsers_refuse_a_script_without() -> None:
    """On a host that sends our headers, also one that somebody puts beside ours."""
    assert SECURITY_HEADERS["Integrity-Policy"] == "blocked-destinations=(script)"
