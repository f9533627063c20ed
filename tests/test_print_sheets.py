"""Sheets for paper: what stands on them, what must not, and what phones never take."""

import csv
import hashlib
import posixpath
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from fieldguide.artifact import Caching
from fieldguide.checks.forms import PRINTED, check_forms
from fieldguide.checks.promises import DULL
from fieldguide.deployment import Deployment
from fieldguide.htcds import CONTROL, FIELDS, header_row
from fieldguide.interface import TEMPLATES, interface_units
from fieldguide.items import Sign
from fieldguide.load import load_ingredients
from fieldguide.model import iter_units, page_units
from fieldguide.print_sheets import OFFICER, STYLES, WORKER
from fieldguide.reader import load_guide
from fieldguide.snapshot import Site

from .prints import ORIGIN, sheets

GUIDE = load_guide()
TAGS = ("en", "es", "ar", "am")
ID = re.compile(r'"((?:officer|worker|names|cards)\.[a-z0-9.-]+)"')
CODE = re.compile(r"view\.cards\(([^)]*)\)")


@pytest.fixture(scope="module")
def paper() -> Site:
    """The sheets in four languages, where the guide is online."""
    return sheets(TAGS, origin=ORIGIN)


def text(site: Site, url: str, among: str = "main") -> str:
    """The words of a sheet; ``among`` names an element, or a class."""
    return " ".join(" ".join("".join(one.itertext()).split()) for one in elements(site, url, among))


def elements(site: Site, url: str, among: str) -> list:
    tree = html5lib.parse(site.artifacts[url].body, namespaceHTMLElements=False)
    return [one for one in tree.iter() if one.tag == among or among in one.get("class", "").split()]


def test_every_text_and_card_that_a_sheet_names_is_there() -> None:
    """Texts and cards are taken by id and left out where there is none: a slip of the pen would lose a warning."""
    known = {unit.id for unit in (*iter_units(GUIDE), *interface_units())}
    codes = {card.code for deck in GUIDE.decks for card in deck.cards}
    templates = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "sheets").glob("*.html")]
    named = {unit_id for template in templates for unit_id in ID.findall(template)}
    shown = {
        code for template in templates for group in CODE.findall(template) for code in re.findall(r'"(\w+)"', group)
    }
    assert len(named) > 25
    assert len(shown) > 40
    assert named <= known
    assert shown <= codes


def test_each_side_has_its_sheets_and_is_sent_as_its_pages(paper: Site) -> None:
    """Workers' sheets leave nothing in a browser's cache; officers' are asked for again."""
    for tag in TAGS:
        for name in WORKER:
            assert paper.artifacts[f"{tag}/w/print/{name}/"].caching is Caching.NEVER
        for name in OFFICER:
            url = f"{tag}/o/print/{name}/"
            assert (url in paper.artifacts) == (tag in ("en", "es"))
            assert url not in paper.artifacts or paper.artifacts[url].caching is Caching.ASK


def test_no_phone_takes_a_sheet(real_site: Site) -> None:
    """Neither sheets nor their styles are in a pack: they are for a desk with a printer."""
    kept = {file.url for pack in real_site.packs for file in pack.files}
    printed = {url for url in real_site.artifacts if re.search(r"/[wo]/print/.", url)}
    assert len(printed) == 22 * len(WORKER) + 2 * (len(OFFICER) + 1)
    assert STYLES in real_site.artifacts
    assert not kept & {*printed, STYLES}
    assert "en/o/print/" in kept


def test_a_guide_without_the_page_has_no_sheets(site: Site) -> None:
    """The tiny guide does not list the page, so nothing leads to paper."""
    assert not [url for url in site.artifacts if "/print/" in url]


def test_the_page_needs_those_whose_words_it_prints() -> None:
    """A guide that lists the page without a page of its words is told which."""
    pages = {key: page for key, page in GUIDE.pages.items() if key not in PRINTED}
    problems = [problem for problem in check_forms(replace(GUIDE, pages=pages)) if "sheets" in problem.message]
    assert [problem.file for problem in problems] == ["content/officer/print.toml"] * len(PRINTED)
    assert all(any(key in problem.message for problem in problems) for key in PRINTED)


def test_the_page_leads_to_every_sheet(real_site: Site) -> None:
    """Officers find their own sheets, the form's table, and two sheets for each language with text."""
    links = {link.get("href", "") for link in elements(real_site, "en/o/print/", "a")}
    assert {"pocket/", "languages/", "contacts/", "record/", "record/record.csv"} <= links
    found = {posixpath.normpath(posixpath.join("en/o/print", link)) for link in links}
    for language in real_site.registry:
        for name in WORKER if language.status != "spoken" else ():
            assert f"{language.tag}/w/print/{name}" in found


def test_workers_sheets_are_called_by_dull_words(paper: Site) -> None:
    """The title may stand in the margin of the paper, the address too."""
    for name in WORKER:
        (title,) = elements(paper, f"en/w/print/{name}/", "title")
        assert {*title.text.lower().split(), "print", name} <= DULL


def test_the_outside_of_the_folded_card_tells_nothing(paper: Site) -> None:
    """Folded, the first and fourth panels are seen; the first column is that of heat, first aid and six numbers."""
    loud = re.compile(r"(?i)traffick|hotline|forced|police|immigra|lawyer|boss|threat|name")
    panels = [" ".join("".join(one.itertext()).split()) for one in elements(paper, "en/w/print/heat/", "panel")]
    assert len(panels) == 8
    assert not [panel for panel in panels[:4] if loud.search(panel.replace("farm name", ""))]
    assert panels[0].startswith("Heat ")
    assert "shade" in panels[0]
    assert "water" in panels[0]
    assert loud.search(panels[4])


def test_the_card_has_six_numbers_and_the_hotline_is_one(paper: Site) -> None:
    """It is not the first and not the last, and stands like the others."""
    for tag in TAGS:
        (lines,) = elements(paper, f"{tag}/w/print/heat/", "lines")
        dialed = [link.get("href") for link in lines.iter("a")]
        assert len(dialed) == 6
        assert "tel:+18883737888" in dialed[1:5]


def test_no_number_without_its_caution(paper: Site) -> None:
    """What is said on the page of numbers about each line is said on paper too."""
    found = text(paper, "en/w/print/heat/")
    for words in (
        "The hotline is not immigration and not the police.",
        "They must report a child in danger or a life in danger.",
        "They say they keep your name from your boss.",
        "Ask first: Will my boss get my name?",
        "In some places police work with immigration.",
        "The phone lists calls and texts.",
        "We last saw these phone numbers on August 26, 2025. Not test-called.",
    ):
        assert words in found, words


def test_a_draft_says_so_on_paper(paper: Site) -> None:
    """In the worker's language, and in the officer's on cards; English, the source, has no mark."""
    for name in WORKER:
        found = text(paper, f"ar/w/print/{name}/")
        assert "كتب الكمبيوتر هذا النص باللغة العربية." in found
    assert found.count("كتب الكمبيوتر هذا النص باللغة العربية.") == 2  # on both sides of the paper
    assert "Not checked by a speaker." in found
    assert "A computer wrote this" not in text(paper, "en/w/print/heat/")
    assert "Una computadora escribió esto en Español." in text(paper, "es/o/print/pocket/")


def test_hidden_drafts_are_not_printed() -> None:
    """A deployment that shows no drafts prints none: English stands in their place, marked as English."""
    body = sheets(("en", "am"), drafts="hide").artifacts["am/w/print/heat/"].body.decode("utf-8")
    assert '<h1 lang="en-US" dir="ltr">' in body
    assert "ሙቀት" not in body


def test_a_card_is_cited_by_its_printed_words(paper: Site) -> None:
    """Code, language, and the hash of exactly the words above it."""
    cells = elements(paper, "es/w/print/cards/", "cell")
    assert len(cells) == 41
    for cell in cells:
        words, code = (
            "".join(next(one for one in cell.iter() if one.get("class") == name).itertext())
            for name in ("cell__text", "cited")
        )
        assert code.rpartition("·")[2] == hashlib.sha256(words.encode("utf-8")).hexdigest()[:4], words
        assert code.split("·")[1] == "es"


def test_cards_on_paper_can_be_asked_without_an_interpreter(paper: Site) -> None:
    """No detailed question; those whose yes ends the questions say so; every promise stands with its caution."""
    cells = {
        text.split("·")[0]: cell for cell in elements(paper, "en/w/print/cards/", "cell") for text in [code_of(cell)]
    }
    assert not [code for code in cells if code[0] in "DE"]
    stops = {code for code, cell in cells.items() if "deje de preguntar" in "".join(cell.itertext())}
    assert stops == {"A7", "C1", "C8"}
    assert "Úsela solo si es verdad." in "".join(cells["A6"].itertext())
    assert {"F2", "F2b", "F2c"} <= cells.keys()


def code_of(cell) -> str:
    return "".join(next(one for one in cell.iter() if one.get("class") == "cited").itertext())


def test_policy_decides_on_paper_too() -> None:
    """What a deployment forbids is not printed, and nothing else goes with it."""
    url = "en/w/print/cards/"
    allowed, forbidden = sheets(("en",)), sheets(("en",), cards_off=("C3",))
    gone = {code_of(cell).split("·")[0] for cell in elements(allowed, url, "cell")} - {
        code_of(cell).split("·")[0] for cell in elements(forbidden, url, "cell")
    }
    assert gone == {"C3a", "C3b", "C3c", "C3d"}


def test_answers_can_be_pointed_at(paper: Site) -> None:
    """Yes, no, I don't know, I don't want to say, stop: in the worker's words and the officer's."""
    (answers,) = elements(paper, "ar/w/print/cards/", "answers")
    assert [one.get("data-answer") for one in answers] == ["yes", "no", "dont-know", "dont-say", "stop"]
    assert "I don't want to say" in "".join(answers.itertext())


def test_qr_codes_lead_to_dull_pages(paper: Site) -> None:
    """The address beside each code: a worker's is the start, which says nothing; no code without an origin."""
    for tag in TAGS:
        assert f"guide.example.org/{tag}/" == text(paper, f"{tag}/w/print/heat/", "end").split()[-1]
    assert text(paper, "en/o/print/pocket/", "end").endswith("guide.example.org/en/o/")
    assert text(paper, "en/o/print/languages/", "end").endswith("guide.example.org/en/o/talk/")
    nowhere = sheets(("en",))
    for url in ("en/w/print/heat/", "en/w/print/cards/", "en/o/print/pocket/", "en/o/print/languages/"):
        assert elements(paper, url, "qr")
        assert not elements(nowhere, url, "qr")
        assert "example.org" not in text(nowhere, url)


def test_the_address_has_the_path_of_the_copy() -> None:
    """A guide in a folder of a host has a code that leads into that folder."""
    found = sheets(("en",), origin=ORIGIN, base="/guide/")
    assert text(found, "en/w/print/heat/", "end").endswith("guide.example.org/guide/en/")


def test_a_number_past_its_date_warns_on_the_day_of_printing(paper: Site) -> None:
    """The browser that prints knows the day: the warning has the earliest date of the numbers printed."""
    (warning,) = elements(paper, "en/w/print/heat/", "outdated")
    printed = [GUIDE.contacts[key] for key in ("emergency", "osha", "whd", "hotline", "eeoc", "eeoc-asl")]
    assert warning.get("data-until") == min(contact.review_by for contact in printed).isoformat()
    assert warning.get("data-from") == max(contact.seen_on for contact in printed).isoformat()


def test_every_language_can_be_pointed_at(paper: Site) -> None:
    """All by their own names with the English one, and the question which one is best where it is translated."""
    everything = sheets(tuple(load_ingredients(Deployment()).registry.languages))
    rows = elements(everything, "en/o/print/languages/", "tongues-sheet")[0].findall("li")
    assert len(rows) == len(everything.registry.languages)
    for row, language in zip(rows, everything.registry, strict=True):
        words = "".join(row.itertext())
        assert language.endonym in words
        assert language.english_name in words
        assert (row.find("p") is not None) == (language.status != "spoken")


def test_the_form_has_the_words_of_the_standard(paper: Site) -> None:
    """Every field, every value, both crime codes; its table is one line of the same names."""
    found = text(paper, "en/o/print/record/")
    for name, values in FIELDS.items():
        assert name in found
        assert all(value in found for value in values), name
    assert "64A" in found
    assert "64B" in found
    rows = list(csv.reader(paper.artifacts["en/o/print/record/record.csv"].body.decode("ascii").splitlines()))
    assert rows == [list(FIELDS)]
    assert header_row().endswith("\r\n")


def test_the_codes_of_control_are_those_of_the_guide() -> None:
    """The page about counting explains each, signs use no other."""
    explained = {unit.text[2:].partition(":**")[0] for unit in page_units(GUIDE.pages["officer/counting"])}
    assert set(FIELDS[CONTROL]) - explained == {"Other"}
    items = (item for page in GUIDE.pages.values() for section in page.sections for item in section.items)
    used = {item.htcds for item in items if isinstance(item, Sign)} - {""}
    assert used
    assert used <= set(FIELDS[CONTROL])


def test_blank_sheets_ask_nothing_about_a_person(paper: Site) -> None:
    """No column or field for a name, a birth, papers, a phone of a worker, or an age."""
    for name in ("contacts", "record"):
        labels = [
            "".join(one.itertext()) for kind in ("th", "blank") for one in elements(paper, f"en/o/print/{name}/", kind)
        ]
        assert len(labels) > 8
        asked = [
            label for label in labels if re.search(r"(?i)\b(name|age|born|birth|papers|status of|victim's)\b", label)
        ]
        assert [label for label in asked if "no name" not in label] == []


def test_styles_are_in_the_repository() -> None:
    """The name in the module is that of the file."""
    assert (Path(__file__).parent.parent / STYLES).is_file()
