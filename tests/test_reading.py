"""The guide can be read by those it is for. What is too hard is listed by unit id."""

import re

import pytest
import textstat

from fieldguide.items import Unit
from fieldguide.markup import PLACEHOLDER, to_plain
from fieldguide.model import Audience, Page, page_units
from fieldguide.reader import load_guide

GUIDE = load_guide()
PAGES = [page for page in GUIDE.pages.values() if page.audience is not Audience.SHARED]
GRADES = {Audience.WORKER: 5.0, Audience.OFFICER: 9.0, Audience.NEIGHBOR: 7.0}
LONGEST = 20
AVERAGE = 15


def plain(unit: Unit) -> str:
    """The text with every placeholder as one plain word."""
    words = dict.fromkeys(PLACEHOLDER.findall(unit.text), "helper")
    return to_plain(unit.text, words)


def sentences(text: str) -> list[str]:
    """Its sentences."""
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if re.search(r"\w", part)]


def grade(text: str) -> float:
    """Flesch-Kincaid grade."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_is_within_the_grade_of_its_readers(page: Page) -> None:
    """Workers grade 5, neighbors 7, officers 9: of the page's joined text; its hardest units are listed."""
    units = list(page_units(page))
    joined = " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in map(plain, units))
    found = grade(joined)
    hardest = sorted(((grade(plain(unit)), unit.id) for unit in units), reverse=True)[:8]
    assert found <= GRADES[page.audience], f"grade {found}; hardest: {hardest}"


def test_no_sentence_for_workers_is_longer_than_20_words() -> None:
    """Sentences of workers' pages: 20 words at most, 15 on average."""
    long = []
    lengths = []
    for page in GUIDE.pages_for(Audience.WORKER):
        for unit in page_units(page):
            for sentence in sentences(plain(unit)):
                lengths.append(len(sentence.split()))
                if lengths[-1] > LONGEST:
                    long.append((unit.id, lengths[-1]))
    assert long == []
    assert sum(lengths) / len(lengths) <= AVERAGE
