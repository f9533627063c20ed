"""The hand-on file: one language in one HTML file that leads nowhere out of itself."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fieldguide.deployment import Deployment, Leave
from fieldguide.handon import BAR, build_handon, check_handon, file_name
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.site import build_renderer, build_site
from fieldguide.snapshot import Site

from .conftest import fixture_ingredients

HTML = "{http://www.w3.org/1999/xhtml}"
LEADS = (
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "data-sound",
    "data-outside",
    "data-href",
)


def files(ingredients: Ingredients, site: Site) -> dict[str, bytes]:
    """The files of all written languages."""
    written = [language.tag for language in site.registry if language.status != "spoken"]
    return build_handon(written, site, build_renderer(ingredients))


@pytest.fixture(scope="module")
def tiny(ingredients: Ingredients, site: Site) -> dict[str, bytes]:
    return files(ingredients, site)


@pytest.fixture(scope="module")
def real(real_site: Site) -> dict[str, bytes]:
    """Of the shipped guide in four scripts."""
    return build_handon(["en", "ar", "hi", "th"], real_site, build_renderer(load_ingredients(Deployment())))


@pytest.fixture(scope="module")
def whole(real_site: Site) -> dict[str, bytes]:
    """Of the shipped guide in all languages."""
    return files(load_ingredients(Deployment()), real_site)


@pytest.fixture(scope="module", params=["tiny", "real", pytest.param("whole", marks=pytest.mark.full)])
def all_files(request: pytest.FixtureRequest) -> dict[str, Element]:
    """The files of one guide."""
    return {name: parsed(body) for name, body in request.getfixturevalue(request.param).items()}


def parsed(body: bytes) -> Element:
    """As a browser reads it, and strictly."""
    return html5lib.HTMLParser(strict=True).parse(body.decode("utf-8"))


def with_attribute(tree: Element, name: str) -> Iterator[tuple[Element, str]]:
    for element in tree.iter():
        if name in element.attrib:
            yield element, element.attrib[name]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.full
def test_every_language_is_a_file_that_a_phone_can_take(whole: dict[str, bytes]) -> None:
    """One file a written language, under a name that says nothing, of at most a megabyte."""
    assert len(whole) == 22
    for name, body in whole.items():
        assert re.fullmatch(r"guide-[A-Za-z-]+\.html", name)
        assert 10_000 < len(body) <= BAR, f"{name}: {len(body)} bytes"


def test_nothing_leads_out_and_every_link_leads_somewhere(all_files: dict[str, Element]) -> None:
    """Ids are unique, every fragment names one of them, and the rest dials; words refer only to ids that are there."""
    for name, tree in all_files.items():
        ids = Counter(value for _, value in with_attribute(tree, "id"))
        assert {one: count for one, count in ids.items() if count > 1} == {}, name
        for key in LEADS:
            for element, value in with_attribute(tree, key):
                assert value[1:] in ids if value.startswith("#") else value.startswith(("tel:", "sms:")), (name, value)
                assert element.tag != "a" or value != "#", name
        for key in ("for", "form", "aria-labelledby", "aria-describedby"):
            for _, value in with_attribute(tree, key):
                assert set(value.split()) <= ids.keys(), (name, value)
        for kind in ("link", "img", "iframe", "object", "base", "audio"):
            assert list(tree.iter(HTML + kind)) == [], name
        assert all(form.get("method") == "dialog" for form in tree.iter(HTML + "form")), name


def test_every_page_can_be_reached_from_the_start(all_files: dict[str, Element]) -> None:
    """By links alone; and each has the one heading that its page has."""
    for name, tree in all_files.items():
        chapters = {element.attrib["id"]: element for element in tree.iter() if element.get("class") == "chapter"}
        links = {
            home: {value[1:] for element, value in with_attribute(chapter, "href") if element.tag == HTML + "a"}
            for home, chapter in chapters.items()
        }
        inside = {value: home for home, chapter in chapters.items() for _, value in with_attribute(chapter, "id")}
        reached, ahead = set(), ["start"]
        while ahead:
            home = ahead.pop()
            if home not in reached:
                reached.add(home)
                ahead += [inside[fragment] for fragment in links[home] if fragment in inside]
        assert reached == chapters.keys(), name
        for home, chapter in chapters.items():
            assert [text_of(heading) != "" for heading in chapter.iter(HTML + "h1")] == [True], (name, home)


def test_only_its_own_scripts_and_styles_run(all_files: dict[str, Element]) -> None:
    """The policy names the hash of each script and style of the file, and nothing else."""
    for name, tree in all_files.items():
        (policy,) = (
            element.attrib["content"]
            for element in tree.iter(HTML + "meta")
            if element.get("http-equiv") == "Content-Security-Policy"
        )
        allowed = dict(part.split(" ", 1) for part in policy.split("; "))
        assert allowed["default-src"] == "'none'"
        assert allowed["require-trusted-types-for"] == "'script'"
        assert "unsafe" not in policy, name
        for key, tag in (("script-src", "script"), ("style-src", "style")):
            texts = [element.text or "" for element in tree.iter(HTML + tag)]
            hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
            assert allowed[key].split() == [f"'sha256-{one}'" for one in hashes], name
        assert not [
            element for element in tree.iter() for key in element.attrib if key == "style" or key.startswith("on")
        ]


def test_it_says_what_the_site_says(real: dict[str, bytes], real_site: Site) -> None:
    """Texts, marks, languages and dates of a chapter are those of the page it was cut from."""
    for tag in ("en", "ar", "th"):
        chapters = {element.get("data-url"): element for element in parsed(real[file_name(tag)]).iter()}
        for url in (f"{tag}/w/pay/", f"{tag}/w/numbers/", f"{tag}/cards/"):
            page = next(parsed(real_site.artifacts[url].body).iter(HTML + "main"))
            for kind in ("h1", "h2", "h3", "p", "li", "aside"):
                here = Counter(
                    (text_of(one), one.get("lang"), one.get("dir")) for one in chapters[url].iter(HTML + kind)
                )
                there = Counter((text_of(one), one.get("lang"), one.get("dir")) for one in page.iter(HTML + kind))
                gone = {text for text, _, _ in there - here}
                assert kind in ("aside", "p", "li") or not gone, (url, kind, gone)
                assert len(gone) <= 30, (url, kind, gone)  # other languages, and links out of the file
            assert chapters[url].get("data-until") == page.get("data-until")
            assert len(list(chapters[url].iter(HTML + "aside"))) == len(list(page.iter(HTML + "aside")))


def test_no_page_for_officers_and_no_way_to_keep_is_in_it(real: dict[str, bytes]) -> None:
    """Who finds the file on a worker's phone finds what workers read; what it leaves is said at its start."""
    text = real[file_name("en")].decode("utf-8")
    tree = parsed(real[file_name("en")])
    urls = [element.get("data-url") or "" for element in tree.iter() if element.get("class") == "chapter"]
    assert len(urls) == 27 + 2 + 1
    assert not [url for url in urls if "/o/" in url or "/n/" in url]
    for word in ("For professionals", "Keep on this phone", "With no signal", "All languages", "prosecutor come first"):
        assert word not in text, word
    (start,) = (element for element in tree.iter() if element.get("id") == "start")
    assert "Files that you saved or sent stay where they are. Look in Downloads too." in text_of(start)


def test_no_outside_page_opens_from_it() -> None:
    """Where the deployment names a page to open after *Leave*, the file stays with its own plain page."""
    ingredients = fixture_ingredients(
        Deployment(leave=Leave(page="https://www.weather.gov/", labels={"en": "Weather"}))
    )
    site = build_site(ingredients)
    assert b"weather.gov" in site.artifacts["en/"].body
    (body,) = build_handon(["en"], site, build_renderer(ingredients)).values()
    assert b"weather.gov" not in body
    assert b">Weather</a>" in body


def test_same_guide_same_bytes(tiny: dict[str, bytes], ingredients: Ingredients, site: Site) -> None:
    """Two builds give the same file."""
    assert files(ingredients, site) == tiny


def test_languages_without_a_file_are_all_named(real_site: Site) -> None:
    """One that is not in this copy, and one that is only spoken."""
    problems = [str(problem) for problem in check_handon(["es", "tlh", "mam"], real_site.registry)]
    assert len(problems) == 2
    assert "tlh: no language of this copy; it has: en, es," in problems[0]
    assert "mam: has no written texts" in problems[1]
