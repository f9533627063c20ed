"""What workers' pages and cards leave behind, read from the built site: nothing unasked, and no word that tells."""

import re

import pytest

from fieldguide.artifact import Artifact, Caching
from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.site import Site

from .test_universal import HTML, pages, parsed, tags, text_of

LOUD = {"human-trafficking", "smuggling", "labor-trafficking", "forced-labor", "debt-bondage"}
PREVIEWS = {"description", "keywords", "author", "twitter:card", "twitter:title", "twitter:description"}


def read_by_workers(site: Site) -> list[Artifact]:
    """Workers' pages, cards, and the shared pages; not the list of sources, which belongs to those who cite."""
    found = [page for page in pages(site) if re.fullmatch(r"[^/]+/(?:w/.*|[a-z]*/?)", page.url)]
    return [page for page in found if not re.search(r"/(?:o|n|sources)/", page.url)]


@pytest.mark.parametrize("which", ["site", "real_site"])
def test_a_browser_keeps_no_copy_and_is_offered_nothing(request: pytest.FixtureRequest, which: str) -> None:
    """``no-store``, no manifest to install, no preview for whoever gets the link, no script but ours."""
    site: Site = request.getfixturevalue(which)
    found = read_by_workers(site)
    assert len(found) >= 20
    for page in found:
        assert page.caching is Caching.NEVER, page.url
        tree = parsed(page)
        assert [link for link in tags(tree, "link") if "manifest" in link.attrib["rel"]] == [], page.url
        names = {meta.attrib.get("name") for meta in tags(tree, "meta")}
        assert not names & PREVIEWS, page.url
        assert not any("property" in meta.attrib for meta in tags(tree, "meta")), page.url  # Open Graph
        assert all("://" not in script.attrib["src"] for script in tags(tree, "script")), page.url


def test_titles_and_addresses_tell_nothing_in_any_language(real_site: Site) -> None:
    """No rendering of a loud word; English titles are moreover made of few words (`fieldguide.checks.promises`)."""
    glossary = load_ingredients(Deployment()).glossary
    terms = [term for term in glossary.terms if term.id in LOUD]
    assert len(terms) >= 3
    for page in read_by_workers(real_site):
        tag = page.url.partition("/")[0]
        title = text_of(tags(parsed(page), "title")[0]).casefold()
        for term in terms:
            words = {term.id, term.id.replace("-", " ")}
            if tag in term.languages:
                words |= {*term.languages[tag].say, *term.languages[tag].stems}
            for word in words:
                assert word.casefold() not in title, page.url
        assert re.fullmatch(r"[a-zA-Z0-9/-]*", page.url)
        assert not re.search(r"traffick|rights|victim|police|escape|help\b|hotline|slave|forced", page.url), page.url


def test_the_bar_never_dials(real_site: Site) -> None:
    """A thumb that slips calls nobody."""
    for page in pages(real_site):
        [bar] = [header for header in tags(parsed(page), "header") if header.attrib["class"] == "bar"]
        assert all(not link.attrib["href"].startswith(("tel:", "sms:")) for link in bar.iter(HTML + "a")), page.url


def test_beside_every_number_stands_what_calling_leaves(real_site: Site) -> None:
    """In each section and on each card with a number that a touch calls or texts: the call list, and the bill."""
    seen = 0
    for page in read_by_workers(real_site):
        main = parsed(page).find(f".//{HTML}main")
        assert main is not None
        for block in (*main.iter(HTML + "section"), *main.iter(HTML + "article")):
            if (
                block.attrib.get("class", "").startswith(("deck", "listen"))
                or block.find(f".//{HTML}article") is not None
            ):
                continue
            links = [link.attrib.get("href", "") for link in block.iter(HTML + "a")]
            if any(link.startswith(("tel:", "sms:")) for link in links):
                marks = [part for part in block.iter(HTML + "p") if "data-trace" in part.attrib]
                assert marks, (page.url, block.attrib)
                seen += 1
    assert seen > 100
