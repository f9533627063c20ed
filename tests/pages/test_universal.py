"""What holds for every page of the tiny guide and of the real one."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fieldguide.artifact import Artifact
from fieldguide.ingredients import Ingredients
from fieldguide.site import render_site
from fieldguide.snapshot import Site
from fieldguide.workers import workers_alone

HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="session")
def workers_site(ingredients: Ingredients) -> Site:
    return render_site(workers_alone(ingredients))


@pytest.fixture(params=["tiny", "workers", "real"])
def any_site(request: pytest.FixtureRequest, site: Site, workers_site: Site, real_site: Site) -> Site:
    return {"tiny": site, "workers": workers_site, "real": real_site}[request.param]


def pages(site: Site) -> list[Artifact]:
    return [artifact for artifact in site if artifact.media_type.startswith("text/html")]


@cache
def parsed(artifact: Artifact) -> Element:
    """Parse as a browser does, and fail on everything that a browser would have to mend."""
    return html5lib.HTMLParser(strict=True).parse(artifact.body.decode("utf-8"))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def tags(tree: Element, name: str) -> list[Element]:
    return list(tree.iter(HTML + name))


def links(tree: Element) -> Iterator[tuple[Element, str]]:
    for element in tree.iter():
        for name in ("href", "src"):
            if name in element.attrib:
                yield element, element.attrib[name]


def test_every_page_parses_strictly_and_has_one_heading_that_is_its_title(any_site: Site) -> None:
    """A page is valid HTML with one h1, and the browser tab says the same words."""
    for page in pages(any_site):
        tree = parsed(page)
        headings = tags(tree, "h1")
        assert len(headings) == 1, page.url
        assert text_of(tags(tree, "title")[0]) == text_of(headings[0]) != "", page.url


def test_ids_are_unique(any_site: Site) -> None:
    """An id names one place of a page, so a link into it cannot go astray."""
    for page in pages(any_site):
        ids = [element.attrib["id"] for element in parsed(page).iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), page.url


def test_language_and_direction_are_named(any_site: Site) -> None:
    """Every page names the language and direction of its folder, so a reader's phone speaks and lays it out rightly."""
    for page in pages(any_site):
        tree = parsed(page)
        tag = page.url.partition("/")[0] if "/" in page.url else "en"
        chain = any_site.registry.chain(any_site.registry[tag])
        written = next(language for language in chain if language.status != "spoken")
        assert (tree.attrib["lang"], tree.attrib["dir"]) == (written.lang, written.dir), page.url
        for element in tree.iter():
            if "lang" in element.attrib and text_of(element) != "Language":
                assert "dir" in element.attrib, page.url


def test_nothing_is_shown_as_if_written_in_a_spoken_language(any_site: Site) -> None:
    """A language that is only spoken lends its name to lists and to its one page; no other word is marked with it."""
    spoken = {language.lang: language.endonym for language in any_site.registry if language.status == "spoken"}
    for page in pages(any_site):
        for element in parsed(page).iter():
            lang = element.attrib.get("lang", "")
            if lang in spoken:
                assert text_of(element) == spoken[lang], page.url
    for language in any_site.registry:
        if language.status == "spoken":
            assert [url for url in any_site.artifacts if url.startswith(f"{language.tag}/")] == [f"{language.tag}/"]


def test_nothing_is_inline(any_site: Site) -> None:
    """The strictest policy allows no inline script, style or handler; a page that has one would break under it."""
    for page in pages(any_site):
        tree = parsed(page)
        assert not tags(tree, "style"), page.url
        for element in tree.iter():
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")], page.url
        for script in tags(tree, "script"):
            assert script.attrib.get("src"), page.url
            assert not (script.text or "").strip(), page.url


def test_links_resolve_and_lead_to_no_other_origin(any_site: Site) -> None:
    """Every link of a page leads to something that is there; only the list of sources links outside."""
    for page in pages(any_site):
        tree = parsed(page)
        ids = {element.attrib.get("id") for element in tree.iter()}
        outside = {id(a) for list_ in tags(tree, "ol") if list_.attrib.get("class") == "sources" for a in list_.iter()}
        for element, link in links(tree):
            parts = urlsplit(link)
            if parts.scheme in ("tel", "sms"):
                continue
            if parts.scheme:
                assert id(element) in outside, (page.url, link)
                assert element.attrib["rel"] == "noreferrer noopener external", (page.url, link)
                continue
            assert not parts.netloc, (page.url, link)
            if not link:
                assert page.url.endswith("404.html"), page.url  # asks again for whatever was not there
            elif parts.path:
                assert target_of(page, parts.path) in any_site.artifacts, (page.url, link)
            else:
                assert parts.fragment in ids, (page.url, link)


def target_of(page: Artifact, path: str) -> str:
    """The site-relative URL a link path leads to."""
    full = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.url), path))
    return (full + "/" if path.endswith("/") and full != "/" else full).lstrip("/")


def test_workers_pages_link_to_nothing_outside(any_site: Site) -> None:
    """A tap on a worker's page can never open another site, which would leave a trace elsewhere."""
    for page in pages(any_site):
        if re.fullmatch(r"[^/]+/(w/.*)?", page.url):
            assert b"https:" not in page.body, page.url
            assert b"http:" not in page.body, page.url


def test_the_edition_stands_on_two_small_pages_only(site: Site) -> None:
    """A page carries nothing that changes without it, so a new edition changes two small pages a language."""
    for page in pages(site):
        assert ("Edition 7." in page.body.decode()) == page.url.endswith(("/about/", "/ready/")), page.url


def test_every_number_is_isolated_from_the_direction_around_it(any_site: Site) -> None:
    """In a right-to-left line a bare number is shown back to front; each is a left-to-right link around a bdi."""
    for page in pages(any_site):
        for link in tags(parsed(page), "a"):
            if link.attrib.get("href", "").startswith(("tel:", "sms:")):
                assert link.attrib["dir"] == "ltr", page.url
                assert [child.tag for child in link] == [HTML + "bdi"], page.url
        visible = re.sub(r"<[^>]+>", "", re.sub(r"<bdi>.*?</bdi>", "", page.body.decode("utf-8")))
        assert not re.search(r"\d-\d{3}-\d{3}-\d{4}", visible), page.url


def test_leave_is_the_first_thing_of_every_page(any_site: Site) -> None:
    """Leave and the plain page behind it are in every page, before the guide itself."""
    for page in pages(any_site):
        body = parsed(page).find(HTML + "body")
        assert body is not None
        first, second = list(body)[:2]
        assert (first.attrib["id"], second.attrib["id"]) == ("units", "page"), page.url
        assert any(link == "#units" for _, link in links(body)), page.url


def test_pictograms_never_stand_alone(any_site: Site) -> None:
    """Hidden from screen readers, and always with words in the same heading or link."""
    for page in pages(any_site):
        tree = parsed(page)
        parents = {child: parent for parent in tree.iter() for child in parent}
        for drawing in (element for element in tree.iter() if element.tag.endswith("svg")):
            assert drawing.attrib["aria-hidden"] == "true", page.url
            assert text_of(parents[drawing]), page.url


HEARD = re.compile(r' (?:aria-label|alt|placeholder|title)="([^"]+)"')
SIGNS = {"°F", "°C", "lb", "kg", "mi", "km"}


def test_names_that_are_only_heard_are_in_the_language_of_the_page(real_site: Site) -> None:
    """What a screen reader says of a list or a field cannot be marked as English, so it never is."""
    english = {name for page in pages(real_site) if page.url.startswith("en/") for name in heard(page)} - SIGNS
    assert english >= {"Cards", "On this page", "Pages", "This guide"}
    tags = {language.tag for language in real_site.registry if language.status != "spoken"} - {"en"}
    own = [(page.url.partition("/")[0], heard(page)) for page in pages(real_site)]
    same = {(tag, name) for tag, names in own if tag in tags for name in english & names}
    assert same == set()


def heard(page: Artifact) -> set[str]:
    return set(HEARD.findall(page.body.decode("utf-8")))


def test_the_first_script_is_asked_for_before_all_that_it_mends(any_site: Site) -> None:
    """It asks again for styles and scripts that a broken link did not bring: none may fail before it is there."""
    for page in pages(any_site):
        fetched = [
            element
            for element in tags(parsed(page), "head")[0].iter()
            if element.get("src") or element.get("rel") in ("preload", "modulepreload", "stylesheet")
        ]
        assert "static/js/left.js?" in fetched[0].get("src", ""), page.url
