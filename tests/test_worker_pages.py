"""What workers' pages of the real guide keep to: pictograms, the order of the first things, the ten questions."""

import posixpath
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.assets import load_assets, symbols
from fieldguide.checks.content import check_pictograms
from fieldguide.items import Question, Referral
from fieldguide.markup import link_targets
from fieldguide.model import Audience, Page, page_units
from fieldguide.reader import load_guide, load_registry
from fieldguide.snapshot import Site

GUIDE = load_guide()
WORKER = list(GUIDE.pages_for(Audience.WORKER))
ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("page", WORKER, ids=lambda page: page.id)
def test_every_page_has_its_pictogram_and_the_docs_list_it(page: Page) -> None:
    """A key message has one drawing, and docs/accessibility.md says that no reader has tested it."""
    assert page.pictogram in symbols(load_assets())
    assert f"| `{page.pictogram}` | {page.title.text} |" in (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")


def test_no_two_pages_share_a_pictogram() -> None:
    """A drawing that stands for two things helps with neither."""
    assert len({page.pictogram for page in WORKER}) == len(WORKER)


def test_unknown_pictogram_is_named() -> None:
    """A pictogram that nobody drew stops the build, with the page's file."""
    pay = replace(GUIDE.pages["worker/pay"], pictogram="comet")
    (problem,) = check_pictograms(replace(GUIDE, pages={"worker/pay": pay}), symbols(load_assets()))
    assert (problem.file, problem.place) == ("content/worker/pay.toml", "pictogram")


def test_unknown_picture_of_a_card_is_named() -> None:
    """The same for what stands beside a choice on a card, with the unit's id."""
    deck = next(deck for deck in GUIDE.decks if deck.id == "practice")
    card = replace(deck.cards[0], pictures=("comet", "moon", ""))
    guide = replace(GUIDE, pages={}, decks=(replace(deck, cards=(card,)),))
    (problem,) = check_pictograms(guide, symbols(load_assets()))
    assert (problem.unit, "'comet'" in problem.message) == ("cards.practice.day-or-night.day", True)


@pytest.mark.parametrize("name", ["start", "help", "hurt"])
def test_numbers_come_before_the_phone(name: str) -> None:
    """*Is this phone safe?* never stands before 911 or another number: the first section already calls."""
    page = GUIDE.pages[f"worker/{name}"]
    first = page.sections[0]
    calls = [item for item in first.items if isinstance(item, Referral) or "{phone." in item.text.text]
    assert calls
    assert "worker/phone" not in [target for item in first.items for target in link_targets(item.text.text)]


def test_the_page_about_the_phone_can_be_skipped() -> None:
    """Its first words say so and lead to the numbers; no other page makes it a gate."""
    page = GUIDE.pages["worker/phone"]
    assert link_targets(page.sections[0].items[0].text.text) == ["worker/help"]
    assert sum(1 for _ in page_units(page)) <= 20  # with title, summary and headings: two screens


def test_ten_questions_lead_to_pages_and_to_no_label(real_site: Site) -> None:
    """Ten questions, each opening what to do and a page to read; no box to tick, nothing that a script could read."""
    page = GUIDE.pages["worker/check"]
    questions = [item for section in page.sections for item in section.items if isinstance(item, Question)]
    assert len(questions) == 10
    assert all(item.text.text.endswith("?") for item in questions)
    assert all(link_targets(item.why.text) for item in questions)
    body = real_site.artifacts["en/w/questions/"].body.decode("utf-8")
    main = body[body.index("<main") : body.index("</main>")]
    assert main.count("<summary>") >= 10
    assert not re.search(r"<(input|form|button|script)", main)


def test_every_tag_is_a_start() -> None:
    """A QR code for ``/<tag>/`` opens the worker's start in that language, also in one that is only spoken."""
    registry = load_registry()
    assert {language.tag for language in registry if language.status == "spoken"} == {"quc", "mam", "kjb", "mxv", "zap"}
    with (ROOT / "fieldguide/content/languages.toml").open("rb") as file:
        assert [table["tag"] for table in tomllib.load(file)["languages"]] == [language.tag for language in registry]


@pytest.mark.parametrize("tag", ["quc", "mam", "kjb", "mxv", "zap"])
def test_spoken_language_starts_in_spanish_and_says_so(real_site: Site, tag: str) -> None:
    """Its page is the Spanish start, marked as Spanish, with the numbers and what to say on the phone."""
    body = real_site.artifacts[f"{tag}/"].body.decode("utf-8")
    assert '<html lang="es-419"' in body
    assert real_site.registry[tag].endonym.replace("'", "&#39;") in body
    assert "tel:911" in body
    assert "Interpreter, please." in body


def test_the_picker_of_a_workers_page_names_each_language_once(real_site: Site) -> None:
    """Each language by its folder, and the place of the page for the script that makes it the same page: written out
    27 times on every page it was a twelfth of what a phone keeps. A spoken language leads to the one page it has."""
    body = real_site.artifacts["es/w/pay/"].body.decode("utf-8")
    picker = body[body.index('<details class="languages"') : body.index("</details>")]
    assert 'data-place="w/pay/"' in picker
    for language in real_site.registry:
        if language.status == "spoken":
            continue
        link = "../../" if language.tag == "es" else f"../../../{language.tag}/"
        assert f'href="{link}"' in picker, language.tag
    assert picker.count('href="./" data-whole') == sum(one.status == "spoken" for one in real_site.registry)


def test_every_link_of_every_picker_exists(real_site: Site) -> None:
    """With the script and without it: no language leads to a page that is not there."""
    for artifact in real_site:
        body = artifact.body.decode("utf-8") if artifact.media_type.startswith("text/html") else ""
        found = re.search(r'<details class="languages"(?: data-place="([^"]*)")?>(.*?)</details>', body, re.DOTALL)
        for href, whole in re.findall(r'<a href="([^"]*)"( data-whole)?', found[2]) if found else ():
            start = posixpath.normpath(posixpath.join(posixpath.dirname(artifact.url), href)) + "/"
            place = "" if whole or not found[1] else found[1]  # type: ignore[index]
            assert start + place in real_site.artifacts, (artifact.url, href, place)
