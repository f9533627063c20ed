"""The page beside the sentence: the real one, with the typed words in their place, lit, and without any script."""

import pytest

from fieldguide.workbench.proof import Typed, build_proof, find_place

from .conftest import TITLE, Bench, by_class, tree, words

PAY = "ar/w/money/"


def proof(bench: Bench, unit_id: str, text: str = "", url: str = PAY) -> str:
    page = build_proof(bench.desk, bench.desk.open("ar"), url, Typed(unit_id, text))
    assert page is not None
    return page.decode("utf-8")


def test_the_sentence_is_lit_in_its_place(bench: Bench):
    """As typed, in the page's own language and direction, once with the id that a browser goes to."""
    page = proof(bench, TITLE, "أجرك")
    root = tree(page)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    (title,) = root.findall("body/div/main/h1")
    (lit,) = title.findall("mark")
    assert (lit.get("id"), words(lit)) == ("lit", "أجرك")
    assert page.count('id="lit"') == 1
    assert "أجرك" not in bench.path.read_text(encoding="utf-8")


def test_without_words_what_readers_get_is_lit(bench: Bench):
    """Not translated: the English, marked as English. Saved as needing work and shown here all the same: as typed."""
    unit = "worker.pay.story.one"
    assert "Sam writes down each hour." in by_class(proof(bench, unit), "lit")
    assert by_class(proof(bench, unit, "غير مؤكد"), "lit") == ["غير مؤكد"]


def test_nothing_of_the_page_acts(bench: Bench):
    """No script, nothing loaded for one, no manifest; what was folded is open, but for the list of languages."""
    page = proof(bench, TITLE)
    assert not list(tree(page).iter("script"))
    assert {link.get("rel") for link in tree(page).iter("link")} == {"icon", "stylesheet"}
    folded = [found for found in tree(page).iter("details") if found.get("open") is None]
    assert [found.get("class") for found in folded] == ["languages"]


def test_links_stay_in_the_workbench(bench: Bench):
    """Styles and pages of the guide are found below the same root, the style of what is lit among them."""
    sheets = [link.get("href") for link in tree(proof(bench, TITLE)).iter("link") if link.get("rel") == "stylesheet"]
    assert sheets == ["../../../static/css/guide.css", "../../../static/lit.css"]
    assert bench.get("/guide/static/lit.css").location == "/static/lit.css"
    assert bench.get("/guide/static/css/guide.css").status_code == 200


@pytest.mark.parametrize(
    ("unit_id", "group", "url"),
    [
        (TITLE, "worker/pay", PAY),
        ("ui.leave", "Interface", "ar/o/"),
        ("names.line", "Names", "ar/w/money/"),
        ("search.pay", "Search", None),
    ],
)
def test_where_a_sentence_stands(bench: Bench, unit_id: str, group: str, url: str | None):
    """Its own page; for words of the interface and names, a page that shows them; for words to search by, none."""
    found = find_place(bench.desk, bench.desk.open("ar"), unit_id, group)
    assert found == url or (group in ("Interface", "Names") and found is not None)
    if found:
        assert by_class(proof(bench, unit_id, url=found), "lit")


def test_a_page_that_is_not_there(bench: Bench):
    """An address that the language has not is none."""
    assert build_proof(bench.desk, bench.desk.open("ar"), "ar/w/no/", Typed(TITLE)) is None
