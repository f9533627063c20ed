"""Review sheets: the same rows on a page that needs nothing, and in a table; only what waits for a check."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from fieldguide.assets import load_assets, symbols
from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog
from fieldguide.cli import main
from fieldguide.coverage import iter_language_units
from fieldguide.ingredients import Ingredients
from fieldguide.interface import interface_units
from fieldguide.load import TRANSLATIONS
from fieldguide.problems import ProblemsError
from fieldguide.reader import load_guide, load_registry
from fieldguide.review import Role, State, add_review, stamp, state_of
from fieldguide.sheets import Only, Sheet, build_sheet, sheet_page, sheet_table
from fieldguide.sheetwords import words_for
from fieldguide.snapshot import Site

from .paper import BANNER, ENGLISH, PAY, read
from .verbs import LINE, RATE, catalog

HOSTILE = '</p></textarea><script>alert("x")</script><img src=x onerror=alert(1)> & "\' {{ 7 * 7 }} {x"y}'


EVERYTHING = Only()


def sheet(ingredients: Ingredients, tag: str = "ar", only: Only = EVERYTHING, found: Catalog | None = None) -> Sheet:
    language = ingredients.registry[tag]
    words = words_for(ingredients.registry.chain(language))
    found = found or ingredients.catalogs[tag]
    return build_sheet(ingredients.guide, interface_units(), language, found, words=words, only=only)


def page(ingredients: Ingredients, tag: str = "ar", found: Catalog | None = None) -> str:
    found = found or ingredients.catalogs[tag]
    built = sheet(ingredients, tag, found=found)
    return sheet_page(built, ingredients.guide, found, symbols(ingredients.assets))


def tree(html: str):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def articles(html: str) -> dict[str, dict[str, str]]:
    """The parts of every row of a page, by unit id; the page must be good HTML."""
    return {
        row.get("data-id"): {
            **{part.get("data-part"): "".join(part.itertext()) for part in row.iter() if part.get("data-part")},
            "check": row.get("data-check"),
            "tier": row.get("data-tier"),
        }
        for row in tree(html).iter("article")
    }


def test_what_waits_for_a_check_is_on_the_sheet(ingredients: Ingredients) -> None:
    """Drafts and texts whose English has changed, in the guide's order; nothing untranslated, nothing checked."""
    found = ingredients.catalogs["ar"]
    checked = add_review(found.entries[LINE], "ana", Role.LAWYER, date(2026, 2, 1))
    found = replace(found, entries={**found.entries, LINE: checked})
    units = list(iter_language_units(ingredients.registry["ar"], ingredients.guide, interface_units()))
    states = {unit.id: state_of(unit, found.entries.get(unit.id)) for unit in units}
    rows = sheet(ingredients, found=found).rows
    assert [row.unit.id for row in rows] == [
        unit_id for unit_id, state in states.items() if state in (State.DRAFT, State.STALE)
    ]
    assert {State.DRAFT, State.STALE} == {row.state for row in rows}
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert LINE not in [row.unit.id for row in rows]


def test_a_vital_text_stays_until_the_second_review(ingredients: Ingredients) -> None:
    """One review is not enough for it, so the next person finds it on a sheet."""
    found = ingredients.catalogs["ar"]
    once = add_review(found.entries[BANNER], "ana", Role.LAWYER, date(2026, 2, 1))
    twice = add_review(once, "ben", Role.SURVIVOR, date(2026, 2, 1))
    for entry, there in ((once, True), (twice, False)):
        rows = sheet(ingredients, found=replace(found, entries={**found.entries, BANNER: entry})).rows
        assert (BANNER in [row.unit.id for row in rows]) is there


def test_only_some_pages_and_only_vital(ingredients: Ingredients) -> None:
    """A page, a deck or the interface by name; vital texts alone."""
    assert {row.unit.id for row in sheet(ingredients, only=Only(("worker/pay",))).rows} == {
        PAY,
        "worker.pay.summary",
        RATE,
        "worker.pay.story.one",
    }
    vital = sheet(ingredients, only=Only(("interface", "worker/pay"), vital=True)).rows
    assert {row.unit.tier for row in vital} == {"vital"}
    assert BANNER in [row.unit.id for row in vital]


def test_a_page_that_is_not_there(ingredients: Ingredients) -> None:
    """Every wrong name at once, with those that are right; a language without officers has none of their pages."""
    with pytest.raises(ProblemsError) as caught:
        sheet(ingredients, "fil", Only(("worker/pay", "officer/farm", "worker/nothing")))
    assert [problem.place for problem in caught.value.problems] == ["officer/farm", "worker/nothing"]
    assert "there are: interface, names, search, shared/about" in str(caught.value)


def test_nothing_to_check(ingredients: Ingredients) -> None:
    """An empty sheet would only puzzle whoever gets it."""
    with pytest.raises(ProblemsError, match="nothing in Filipino is translated and waits for a check here"):
        sheet(ingredients, "fil", Only(("worker/pay",)))


def test_page_and_table_have_the_same_rows(ingredients: Ingredients) -> None:
    """Number, id, tier, code and both texts, letter for letter, also with placeholders."""
    built = sheet(ingredients)
    rows = read(sheet_table(built))
    assert rows[:6] == [
        ["Language", "ar"],
        ["Edition", "7"],
        ["Sheet", built.code],
        ["Your alias", ""],
        ["You are a", ""],
        [""],
    ]
    assert tuple(rows[6]) == ENGLISH
    parts = articles(page(ingredients))
    assert [row[1] for row in rows[7:]] == list(parts)
    for row in rows[7:]:
        part = parts[row[1]]
        assert row[:6] == [part[key] for key in ("number", "tier", "check", "english", "translation")][:1] + [
            row[1]
        ] + [part[key] for key in ("tier", "check", "english", "translation")]
        assert row[6:] == ["", "", ""]
    assert parts[RATE]["english"] == "You get at least {fact.rate}. Call {phone.line}."


def test_code_binds_both_texts(ingredients: Ingredients) -> None:
    """The code of a row is the stamp of its id, the English as it is now and the translation, and no number to a
    spreadsheet."""
    for row in sheet(ingredients).rows:
        assert row.check == f"c{stamp(row.unit.id, row.unit.text, row.text)}"
        assert re.fullmatch(r"c[0-9a-f]{12}", row.check)


def test_code_of_the_sheet_tells_two_sheets_apart(ingredients: Ingredients) -> None:
    """A paper belongs to one table; the same texts give the same code."""
    assert sheet(ingredients).code == sheet(ingredients).code
    assert sheet(ingredients).code != sheet(ingredients, only=Only(vital=True)).code


def test_texts_have_their_language_and_direction(ingredients: Ingredients) -> None:
    """The translation and where a better one is written run as the language does; the English is marked as English."""
    for row in tree(page(ingredients)).iter("article"):
        parts = {part.get("data-part"): part for part in row.iter() if part.get("data-part")}
        for name in ("translation", "better"):
            assert (parts[name].get("lang"), parts[name].get("dir")) == ("ar", "rtl")
        assert parts["english"].get("lang") == "en"
        assert parts["comment"].get("dir") == "auto"
        for slot in row.iter("bdi"):
            assert slot.get("dir") == "ltr"


def test_what_a_placeholder_stands_for(ingredients: Ingredients) -> None:
    """Nobody has to guess whether a number or a date comes there."""
    (row,) = (row for row in tree(page(ingredients)).iter("article") if row.get("data-id") == RATE)
    words = "".join(row.itertext())
    assert "{fact.rate} = $7.25" in words
    assert "{phone.line} = 1-212-555-0142" in words


def test_changed_english_is_told(ingredients: Ingredients) -> None:
    """A translation of an earlier English is marked; others are not."""
    said = "The English has changed since this was translated."
    for row in tree(page(ingredients)).iter("article"):
        stale = row.get("data-id") in ("worker.pay.summary", "worker.pay.story.one")
        assert (said in "".join(row.itertext())) is stale


def test_the_page_needs_nothing_else(ingredients: Ingredients) -> None:
    """No address in it, and its policy allows its own style and script alone: their hashes are those of the page."""
    html = page(ingredients)
    (policy,) = (meta.get("content") for meta in tree(html).iter("meta") if meta.get("http-equiv"))
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    for element in tree(html).iter():
        assert element.tag not in ("link", "img", "iframe", "form", "object", "a")
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name != "style"
            if name.endswith(("href", "src")):
                assert value.startswith("#"), value
    assert "http" not in html.replace("http-equiv", "")


def test_what_does_nothing_without_a_script_is_hidden(ingredients: Ingredients) -> None:
    """Without a script the page is for reading and printing: no button that does nothing."""
    parents = {child: parent for parent in tree(page(ingredients)).iter() for child in parent}
    for element in list(parents):
        if element.tag == "button" or element.get("type") == "file":
            above = element
            while above.get("data-part") != "script":
                above = parents[above]
            assert above.get("hidden") is not None


def test_hostile_text_is_only_text(ingredients: Ingredients) -> None:
    """Markup in a translation or its maker runs nothing and moves nothing, on the page or in a spreadsheet."""
    found = ingredients.catalogs["ar"]
    entry = Entry("ui.leave", "Leave", HOSTILE, comments=(f"source: human {HOSTILE}",))
    formula = Entry(LINE, "For questions.", "=HYPERLINK(1)")
    found = replace(found, entries={**found.entries, "ui.leave": entry, LINE: formula})
    html = page(ingredients, found=found)
    assert html.count("<script") == 1
    assert "<img" not in html
    assert articles(html)["ui.leave"]["translation"] == HOSTILE
    rows = {row[1]: row for row in read(sheet_table(sheet(ingredients, found=found))) if len(row) > 1}
    assert rows["ui.leave"][5] == HOSTILE
    assert rows[LINE][5] == "'=HYPERLINK(1)"


def test_same_input_same_bytes(ingredients: Ingredients) -> None:
    """No clock and no chance in it."""
    assert page(ingredients) == page(ingredients)
    assert sheet_table(sheet(ingredients)) == sheet_table(sheet(ingredients))


@pytest.fixture(scope="module")
def spanish() -> str:
    """A page of shipped cards in Spanish."""
    guide, registry, tag = load_guide(), load_registry(), "es"
    found = load_catalog(catalog_path(TRANSLATIONS, tag), tag)
    words = words_for(registry.chain(registry[tag]))
    only = Only(("cards/needs",))
    built = build_sheet(guide, interface_units(), registry[tag], found, words=words, only=only)
    return sheet_page(built, guide, found, symbols(load_assets()))


def test_a_card_is_drawn_as_the_worker_sees_it(spanish: str) -> None:
    """Before its rows stands the whole card: its text, its answers with their pictures, and the number of each row."""
    numbers = {unit_id: parts["number"] for unit_id, parts in articles(spanish).items()}
    texts = {unit_id: parts["translation"] for unit_id, parts in articles(spanish).items()}
    card = next(figure for figure in tree(spanish).iter("figure") if figure.find("figcaption").text == "C4")
    assert "".join(card.find("div/p").itertext()).split() == [
        *texts["cards.needs.where-pain"].split(),
        numbers["cards.needs.where-pain"],
    ]
    drawn = [(line.find("span").text, line.find("small").text) for line in card.iter("li")]
    ids = [unit_id for unit_id in texts if unit_id.startswith("cards.needs.where-pain.")]
    assert drawn[:3] == [(texts[unit_id], numbers[unit_id]) for unit_id in ids[:3]]
    used = set(re.findall(r'<use href="#([^"]+)"', spanish))
    assert len([name for name in used if name.startswith("p-")]) > 5
    assert used <= set(re.findall(r'<symbol id="([^"]+)"', spanish))


def test_words_of_the_sheet_are_spanish(spanish: str) -> None:
    """A sheet for Spanish speaks Spanish to whoever fills it in; its language is marked."""
    assert '<html lang="es">' in spanish
    for word in ("Hoja de revisión", "Correcto", "Incorrecto", "No sé", "Texto mejor", "Guardar"):
        assert word in spanish
    assert "Wrong" not in spanish


def test_sheet_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files, named by the language; nothing else is touched."""
    before = catalog_path(folder, "ar").read_bytes()
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 0
    count = len(read(Path("out/ar.csv").read_bytes())) - 7
    assert capsys.readouterr().out == f"{Path('out/ar.html')}: {count} texts\n{Path('out/ar.csv')}: {count} texts\n"
    assert len(articles(Path("out/ar.html").read_text(encoding="utf-8"))) == count
    assert catalog_path(folder, "ar").read_bytes() == before
    assert main(["translations", "sheet", "ar", "--page", "worker/pay", "interface", "--vital", "--out", "out"]) == 0
    assert {row[2] for row in read(Path("out/ar.csv").read_bytes())[7:]} == {"vital"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["en"], "'en' is no language with text"),
        (["ar", "--page", "worker/nothing"], "--page: worker/nothing: is no page of this language"),
    ],
)
def test_a_refused_sheet_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert folder.is_dir()
    assert main(["translations", "sheet", *words, "--out", "out"]) == 1
    assert message in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_broken_catalog_stops_a_sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody checks half a language."""
    catalog_path(folder, "ar").write_text(serialise_catalog(catalog(folder)) + 'msgid "', encoding="utf-8")
    assert main(["translations", "sheet", "ar", "--out", "out"]) == 1
    assert "translations/ar/messages.po" in capsys.readouterr().err
    assert not Path("out").exists()


def test_nothing_of_a_sheet_is_in_the_guide(ingredients: Ingredients, site: Site) -> None:
    """Readers get neither its page nor its words."""
    html = page(ingredients)
    for piece in ("Review sheet", "Better wording", 'class="row__verdict"', "Open a saved sheet"):
        assert piece in html
        assert not [artifact.url for artifact in site if piece.encode() in artifact.body], piece
    assert not [artifact.url for artifact in site if artifact.url.rpartition("/")[2].startswith("sheet.")]
