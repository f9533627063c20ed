"""What workers' pages and cards leave behind, read from the built site: nothing unasked, and no word that tells.

Read by patterns: to parse a thousand pages as a browser does takes minutes, and that they are well formed is tested
elsewhere.
"""

import re

import pytest

from fieldguide.artifact import Artifact, Caching
from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.snapshot import Site

from .test_universal import pages

LOUD = {"human-trafficking", "smuggling", "labor-trafficking", "forced-labor", "debt-bondage"}
PREVIEWS = {"description", "keywords", "author"}
DIALS = re.compile(r'href="(?:tel|sms):')


def read_by_workers(site: Site) -> list[Artifact]:
    """Workers' pages, cards, shared pages, the list of languages, 404; not the sources, which belong to who cites."""
    found = [page for page in pages(site) if re.fullmatch(r"(?:[^/]+/)?(?:w/.*|404\.html|[a-z]*/?)", page.url)]
    return [page for page in found if not re.search(r"/(?:o|n|sources)/", page.url)]


def html(page: Artifact) -> str:
    return page.body.decode("utf-8")


@pytest.mark.parametrize("which", ["site", "real_site"])
def test_a_browser_keeps_no_copy_and_is_offered_nothing(request: pytest.FixtureRequest, which: str) -> None:
    """``no-store``, no manifest to install, no preview for whoever gets the link, no script but ours."""
    site: Site = request.getfixturevalue(which)
    found = read_by_workers(site)
    assert len(found) >= 20
    for page in found:
        assert page.caching is Caching.NEVER, page.url
        assert 'rel="manifest"' not in html(page), page.url
        assert not PREVIEWS & set(re.findall(r'<meta name="([^"]+)"', html(page))), page.url
        assert not re.search(r"og:|twitter:|<meta property", html(page)), page.url
        assert not re.search(r'<(?:script|link)[^>]*(?:src|href)="[^"]*:', html(page)), page.url


def test_titles_and_addresses_tell_nothing_in_any_language(real_site: Site) -> None:
    """No rendering of a loud word; English titles are moreover made of few words (`fieldguide.checks.promises`)."""
    glossary = load_ingredients(Deployment()).glossary
    terms = [term for term in glossary.terms if term.id in LOUD]
    assert len(terms) >= 3
    for page in read_by_workers(real_site):
        tag = page.url.partition("/")[0]
        (title,) = re.findall(r"<title>(.*?)</title>", html(page))
        for term in terms:
            said = term.languages.get(tag)
            for word in (
                term.id,
                term.id.replace("-", " "),
                *(said.say if said else ()),
                *(said.stems if said else ()),
            ):
                assert word.casefold() not in title.casefold(), page.url


def test_no_file_is_named_after_the_subject(real_site: Site) -> None:
    """Addresses, drawings, scripts, manifests and packs: they stand in histories and lists of downloads. Officers' own
    pages say what they are about."""
    for url in real_site.artifacts:
        assert re.fullmatch(r"[a-zA-Z0-9_/.-]*", url), url
        if not re.search(r"/(?:o|n|sources)/", url):
            assert not re.search(r"traffick|rights|victim|police|escape|help\b|hotline|slave|forced", url), url


def test_the_bar_never_dials(real_site: Site) -> None:
    """A thumb that slips calls nobody."""
    for page in pages(real_site):
        (bar,) = re.findall(r'<header class="bar">.*?</header>', html(page), re.DOTALL)
        assert not DIALS.search(bar), page.url


def test_beside_every_number_stands_what_calling_leaves(real_site: Site) -> None:
    """In each section and on each card with a number that a touch calls or texts: the call list, and the bill."""
    seen = 0
    for page in read_by_workers(real_site):
        for block in re.split(r"<(?:section|article)\b", html(page).partition("<main")[2])[1:]:
            if DIALS.search(block) and "/w/print/" not in page.url:  # paper dials nothing; it says it where it folds
                assert "data-trace" in block, (page.url, block[:80])
                seen += 1
    assert seen > 100
