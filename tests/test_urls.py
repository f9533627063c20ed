"""Where pages live, and that every relative link leads there."""

import posixpath
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide import urls
from fieldguide.ingredients import Ingredients
from fieldguide.model import Audience
from fieldguide.snapshot import Site

_tags = st.sampled_from(["en", "ar", "zh-hans", "mam"])
_slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
_letters = st.sampled_from(sorted(urls.LETTERS.values()))
made_urls = st.one_of(
    st.just(urls.LANGUAGE_SCREEN),
    st.just("404.html"),
    st.builds("{}/".format, _tags),
    st.builds("{}/404.html".format, _tags),
    st.builds("{}/{}".format, _tags, _letters).map(lambda url: url.rstrip("/") + "/"),
    st.builds("{}/{}{}/".format, _tags, _letters, _slugs),
    st.sampled_from(["static/app.css", "static/fonts/a.woff2", "sw.js"]),
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(made_urls, made_urls)
def test_relative_link_leads_there(here: str, there: str):
    """Joined to the folder it stands in, a relative link is the URL it was made for."""
    link = urls.relative(here, there)
    assert link
    assert not link.startswith("/")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), link)) == posixpath.normpath(there)
    assert link.endswith("/") == (there == "" or there.endswith("/"))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(made_urls, made_urls, st.sampled_from(["/", "/guide/", "/a/b/"]))
def test_browser_resolves_the_link_under_any_base(here: str, there: str, base: str):
    """The rules of a browser lead to the same page wherever the folder is served."""
    root = f"https://host.example{base}"
    assert urljoin(root + here, urls.relative(here, there)) == root + there


def test_links_between_all_pages_of_a_site_lead_there(site: Site):
    """The same, for the URLs that the tiny guide really has."""
    for here in site.artifacts:
        for there in site.artifacts:
            assert urljoin(f"https://host.example/g/{here}", urls.relative(here, there)) == (
                f"https://host.example/g/{there}"
            )


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "en/", "en/"),
        ("en/", "", "../"),
        ("en/", "en/", "./"),
        ("", "", "./"),
        ("en/w/money/", "en/", "../../"),
        ("en/w/money/", "ar/w/money/", "../../../ar/w/money/"),
        ("en/o/", "static/app.css", "../../static/app.css"),
        ("static/app.css", "static/b.css", "b.css"),
    ],
)
def test_relative_link_is_short(here: str, there: str, link: str):
    """Links are as short as they can be, and folders end with their slash."""
    assert urls.relative(here, there) == link


@pytest.mark.parametrize(
    ("page_id", "url"),
    [
        ("worker/start", "ar/"),
        ("worker/pay", "ar/w/money/"),
        ("officer/start", "ar/o/"),
        ("officer/farm", "ar/o/farm/"),
        ("shared/about", "ar/about/"),
    ],
)
def test_page_url(ingredients: Ingredients, page_id: str, url: str):
    """A worker's start is the language's own folder; other sides have a letter, shared pages none."""
    assert urls.page_url(ingredients.registry["ar"], ingredients.guide.pages[page_id]) == url


def test_neighbor_pages_have_their_letter(ingredients: Ingredients):
    """The third side does not share a folder with another."""
    page = replace(ingredients.guide.pages["worker/pay"], audience=Audience.NEIGHBOR)
    assert urls.page_url(ingredients.registry["en"], page) == "en/n/money/"
    assert urls.page_url(ingredients.registry["en"], replace(page, slug="")) == "en/n/"


def test_language_without_a_side_leads_along_its_fallbacks(ingredients: Ingredients):
    """Mam has no officers' side, so its door there is its fallback's, and Filipino's is English."""
    registry, pages = ingredients.registry, ingredients.guide.pages
    mam = registry["mam"]
    assert not urls.has_page(mam, pages["officer/farm"])
    assert urls.has_page(mam, pages["worker/pay"])
    assert urls.has_page(mam, pages["shared/about"])
    assert urls.door(mam, pages["officer/farm"], registry) is registry["ar"]
    assert urls.door(registry["fil"], pages["officer/farm"], registry) is registry["en"]
    assert urls.door(mam, pages["worker/pay"], registry) is mam
    assert urls.door(registry["ar"], pages["officer/farm"], registry) is registry["ar"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "index.html"),
        ("en/", "en/index.html"),
        ("en/w/a/", "en/w/a/index.html"),
        ("404.html", "404.html"),
        ("static/app.css", "static/app.css"),
    ],
)
def test_file_name(url: str, name: str):
    """A folder's URL is its index file; a file's URL is the file."""
    assert urls.file_name(url) == name


def test_not_found_page_lies_at_every_root(ingredients: Ingredients):
    """There is one for the whole and one for each language, linked from the base path."""
    assert urls.not_found_url(None) == "404.html"
    assert urls.not_found_url(ingredients.registry["fil"]) == "fil/404.html"
    assert urls.absolute("/guide/", "en/") == "/guide/en/"
