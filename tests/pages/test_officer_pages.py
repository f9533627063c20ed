"""Officers' pages: finding one's way, practice without script, reporting a mistake."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fieldguide.deployment import Deployment
from fieldguide.load import load_ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site


def tree(site: Site, url: str) -> Element:
    found: Element = html5lib.parse(site.artifacts[url].body, namespaceHTMLElements=False)
    return found


def links(element: Element) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def practice(real_site: Site) -> list[str]:
    """The addresses of the practice cases."""
    return [url for url in real_site.artifacts if url.startswith("en/o/case-")]


def test_there_are_twelve_cases(practice: list[str]):
    """Enough of them that an officer meets what is not trafficking too."""
    assert len(practice) == 12


def test_case_covers_its_answers_until_they_are_opened(real_site: Site, practice: list[str]):
    """Signs, means and first move stand behind one fold, each choice's reason behind its own; without script."""
    for url in practice:
        page = tree(real_site, url)
        (reveal,) = [fold for fold in page.iter("details") if fold.get("class") == "reveal"]
        assert {section.get("id") for section in reveal.iter("section")} == {"signs", "means", "first", "other"}, url
        (choices,) = [section for section in page.iter("section") if section.get("id") == "next"]
        folds = list(choices.iter("details"))
        assert len(folds) >= 3, url
        assert all(fold.get("open") is None for fold in (*folds, reveal))
        answers = {"A good next step." in words(fold) for fold in folds}
        assert answers == {True, False}, url


def test_findings_lead_to_their_signs(real_site: Site, practice: list[str]):
    """Each finding of a case links to the very sign it shows."""
    for url in practice:
        (reveal,) = [fold for fold in tree(real_site, url).iter("details") if fold.get("class") == "reveal"]
        targets = [link for link in links(reveal) if "#officer." in link]
        assert len(targets) >= 3, url
        for target in targets:
            page, _, place = target.partition("#")
            other = "en/o/" + page.removeprefix("../").removeprefix("./")
            assert f'id="{place}"'.encode() in real_site.artifacts[other].body, (url, target)


def test_start_lists_industries_first(real_site: Site):
    """The officers' start page has the industries under its key box, and three groups below."""
    page = tree(real_site, "en/o/")
    (contents,) = [nav for nav in page.iter("nav") if nav.get("class") == "contents"]
    assert links(contents)[:2] == ["agriculture/", "construction/"]
    (doors,) = [nav for nav in page.iter("nav") if nav.get("class") == "doors"]
    assert [words(heading) for heading in doors.iter("h2")] == ["By industry", "Pages", "Practice"]
    listed = links(doors)
    assert len(listed) == len(set(listed))
    assert "case-sign/" in listed


def test_call_leads_to_the_list_and_never_dials(real_site: Site):
    """The bar of every officers' page has a link to the numbers; workers' pages have none."""
    for url, artifact in real_site.artifacts.items():
        if artifact.media_type.startswith("text/html") and url.startswith(("en/", "es/")) and "404" not in url:
            called = [a.get("href", "") for a in tree(real_site, url).iter("a") if a.get("class") == "bar__call"]
            officer = url[3:].startswith("o/")
            assert len(called) == 2 * officer, url  # Talk and Call
            assert not any(link.startswith(("tel:", "sms:")) for link in called)


def test_every_sign_names_a_question_on_industry_pages(real_site: Site):
    """On each industry page most signs lead to a question and to what to collect."""
    body = real_site.artifacts["en/o/hotels/"].body.decode()
    assert body.count("data-ask") >= body.count('class="tick"') * 0.8


def test_mistake_is_reported_by_mail_with_page_and_section():
    """Where the deployment gives an address, each section of an officers' page has a mail that names it."""
    deployment = Deployment(mistakes="guide@county.example", languages=("en",))
    site = build_site(load_ingredients(deployment))
    found = [link for link in links(tree(site, "en/o/law/")) if link.startswith("mailto:")]
    assert "mailto:guide@county.example?subject=Field%20Guide%3A%20officer.law.not-reached%20%28en%29" in found
    assert b"mailto:" not in site.artifacts["en/w/pay/"].body


def test_without_an_address_there_is_no_mail(real_site: Site):
    """Nothing offers a mail that nobody reads."""
    assert all(b"mailto:" not in artifact.body for artifact in real_site)


def test_time_until_ticks_are_cleared_is_the_deployments(ingredients):
    """The page says, and the script reads, the minutes of the deployment."""
    body = build_site(replace(ingredients, deployment=Deployment(clear_after=15))).artifacts["en/o/farm/"].body
    assert b'data-clear-after="15"' in body
    assert b"after it was out of sight for 15 minutes" in body
