"""Checks of the English source: each rule broken once, in a copy of the tiny guide."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.checks.content import check_content, check_pictograms
from fieldguide.ingredients import Ingredients
from fieldguide.model import Audience, Fact
from fieldguide.problems import Problem, ProblemsError
from fieldguide.reader import load_guide
from fieldguide.site import build_site

from .conftest import edit, fixture_ingredients

PAY, FARM, START = "worker/pay.toml", "officer/farm.toml", "worker/start.toml"
FACTS, SOURCES, SITE, ABOUT = "facts.toml", "sources.toml", "site.toml", "shared/about.toml"

RATE, LAW = "worker.pay.owed.rate", "officer.farm.what.law"
TEXT = "You get at least {fact.rate}."
CLAIM = '  confidence = "high"\n  sources = ["act"]\n  legal = true'


def problems(guide_copy: Path) -> list[Problem]:
    return sorted(check_content(load_guide(guide_copy / "content")))


def test_tiny_guide_is_good(ingredients: Ingredients):
    """The fixture that every other test breaks has no problem itself."""
    assert list(check_content(ingredients.guide)) == []


@pytest.mark.parametrize(
    "fault",
    [
        ("Call 1-212-555-0142.", "a phone number is typed into the text ('1-212-555-0142')", "write {phone.<contact>}"),
        ("Call 911.", "a phone number is typed into the text ('911')", "write {phone.<contact>}"),
        ("See https://code.example", "a web address is typed into the text ('https:')", "write a fact"),
        ("Write to help@test", "an e-mail address is typed into the text ('p@t')", "write a fact"),
        ("Since 2024.", "a year is typed into the text ('2024')", "write {fact.<id>}"),
        ("22 U.S.C. 7102", "a statute number is typed into the text ('22 U.S.C')", "write {fact.<id>}"),
        ("You get $7.25.", "an amount of money is typed into the text ('$7')", "write {fact.<id>}"),
        ("<i>You</i>", "HTML has no place in a text", "use **strong**, *em* or [text](page)"),
        (" ", "the text is empty", "write it"),
        ("x" * 301, "301 characters", "at most 300: one idea a unit"),
        ("{fact.rate", "a brace without its partner", "a placeholder is written {names.osha}"),
        ("{fact.wage}", "unknown placeholder {fact.wage}", ""),
        ("{sms.emergency}", "unknown placeholder {sms.emergency}", ""),
        ("[x](worker/gone)", "links to a page that does not exist: worker/gone", ""),
    ],
)
@pytest.mark.parametrize(
    "spot",
    [
        (PAY, "You get at least {fact.rate}. Call {phone.line}.", "sections[0].items[0]", RATE),
        (PAY, "Sam writes down each hour.", "sections[1].items[0]", "worker.pay.story.one"),
        (START, "The police can come.", "sections[0].items[0]", "worker.start.call.emergency.caution"),
        (FARM, "Nobody can get out.", "sections[2].items[1]", "officer.farm.signs.fence.why"),
        (FARM, "It keeps animals in.", "sections[2].items[1]", "officer.farm.signs.fence.innocent"),
        (ABOUT, "It keeps nothing.", "sections[0].items[0]", "shared.about.text.one"),
    ],
)
def test_fault_in_any_text_names_page_place_and_unit(
    guide_copy: Path, fault: tuple[str, str, str], spot: tuple[str, str, str, str]
):
    """A text of every kind is checked, and its fault is found again by file, item and unit id."""
    text, message, remedy = fault
    file, old, place, unit = spot
    edit(guide_copy / "content" / file, f'"{old}"', f'"{text}"')
    (problem,) = [problem for problem in problems(guide_copy) if problem.message.startswith(message)]
    assert (problem.file, problem.place, problem.unit) == (f"content/{file}", place, unit)
    assert remedy in problem.message


@pytest.mark.parametrize(
    ("old", "place", "unit"),
    [
        ('title = "Pay"', "title", "worker.pay.title"),
        ('summary = "What you are owed."', "summary", "worker.pay.summary"),
        ('title = "Owed"', "sections[0].title", "worker.pay.owed.title"),
    ],
)
def test_titles_and_summaries_are_checked(guide_copy: Path, old: str, place: str, unit: str):
    """A year in a heading is a fact typed by hand as well."""
    edit(guide_copy / "content" / PAY, old, old[:-1] + ' 2024"')
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place, problem.unit) == ("content/worker/pay.toml", place, unit)
    assert problem.message == "a year is typed into the text ('2024'); write {fact.<id>}"


def test_names_are_checked(guide_copy: Path):
    """The name of a contact is a text too; its problem is found under [names]."""
    edit(guide_copy / "content" / FACTS, '"Test Line"', '"Test Line 911"')
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place, problem.unit) == ("content/facts.toml", "names.line", "names.line")
    assert problem.message == "a phone number is typed into the text ('911'); write {phone.<contact>}"


LEGAL = "a legal claim needs a primary source (statute, regulation, agency, court); add one or leave it out"


@pytest.mark.parametrize(
    "case",
    [
        (PAY, CLAIM, "", "sections[0].items[0].confidence", "a claim needs its confidence; add it", RATE),
        (
            PAY,
            CLAIM,
            '  confidence = "high"',
            "sections[0].items[0].sources",
            "high confidence needs a source; add it",
            RATE,
        ),
        (
            PAY,
            CLAIM,
            '  confidence = "medium"\n  sources = []',
            "sections[0].items[0].sources",
            "medium confidence needs a source; add it",
            RATE,
        ),
        (
            PAY,
            CLAIM,
            '  confidence = "high"\n  sources = ["law"]',
            "sections[0].items[0].sources",
            "unknown source 'law'; add it to sources.toml",
            RATE,
        ),
        (PAY, '["act"]', '["copy"]', "sections[0].items[0].sources", LEGAL, RATE),
        (PAY, '["act"]', '["paper"]', "sections[0].items[0].sources", LEGAL, RATE),
        (PAY, '["act"]', '["copy", "paper"]', "sections[0].items[0].sources", LEGAL, RATE),
        (PAY, CLAIM, '  confidence = "practice"\n  legal = true', "sections[0].items[0].sources", LEGAL, RATE),
        (
            PAY,
            'id = "rate"',
            'id = "Rate"',
            "sections[0].items[0].id",
            "malformed id; use lower-case-words-with-hyphens",
            "worker.pay.owed.Rate",
        ),
        (
            PAY,
            'id = "rate"',
            'id = "the-rate-"',
            "sections[0].items[0].id",
            "malformed id; use lower-case-words-with-hyphens",
            "worker.pay.owed.the-rate-",
        ),
        (
            PAY,
            'id = "rate"',
            'id = "a.b"',
            "sections[0].items[0].id",
            "malformed id; use lower-case-words-with-hyphens",
            "worker.pay.owed.a.b",
        ),
        (
            PAY,
            'id = "owed"',
            'id = "what_owed"',
            "sections[0].id",
            "'what_owed' is malformed; use lower-case-words-with-hyphens",
            "",
        ),
        (
            PAY,
            'id = "story"',
            'id = "owed"',
            "sections",
            "the id 'owed' is there more than once; an id names one meaning for ever",
            "",
        ),
        (
            FARM,
            'id = "fence"',
            'id = "papers"',
            "sections[2]",
            "the id 'papers' is there more than once; an id names one meaning for ever",
            "",
        ),
        (
            FARM,
            '  note = "States the law."\n',
            "",
            "sections[1].items[0].note",
            "a vital unit needs a note for the translator; add it",
            LAW,
        ),
        (PAY, 'slug = "money"', 'slug = "Pay Day"', "slug", "'Pay Day' is malformed; use lower-case-words-with", ""),
        (PAY, 'slug = "money"', 'slug = "../x"', "slug", "'../x' is malformed; use lower-case-words-with", ""),
        (PAY, "sources_seen_to = 2026-01-02\n", "", "sources_seen_to", "required key is missing; add it", ""),
        (
            START,
            'contact = "line"',
            'contact = "hotline"',
            "sections[0].items[1].contact",
            "unknown contact 'hotline'",
            "worker.start.call.line",
        ),
        (SOURCES, 'id = "copy"', 'id = "copy"\nurl = "https://a"', "copy", "a copy is named without an address", ""),
        (SOURCES, 'id = "paper"', 'id = "paper"\nurl = "https://a"', "paper", "a press is named without an", ""),
        (FACTS, 'sms_word = "HELP"\n', "", "contacts.line", "has sms but no sms_word; add the word to send", ""),
        (
            FACTS,
            'sources = ["act"]',
            'sources = ["law"]',
            "contacts.emergency.sources",
            "unknown source 'law'; add",
            "",
        ),
        (
            FACTS,
            'value = "7.25", source = "act"',
            'value = "7.25", source = "law"',
            "facts.rate.sources",
            "unknown source 'law'; add it to sources.toml",
            "",
        ),
    ],
)
def test_broken_rule_is_one_problem(guide_copy: Path, case: tuple[str, str, str, str, str, str]):
    """One rule broken is one problem: file, place, unit, and what mends it."""
    file, old, new, place, message, unit = case
    edit(guide_copy / "content" / file, old, new)
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place, problem.unit) == (f"content/{file}", place, unit)
    assert problem.message.startswith(message)


def test_contact_and_its_numbers_need_a_source(guide_copy: Path):
    """A phone number that nothing stands behind is no contact."""
    edit(guide_copy / "content" / FACTS, 'sources = ["act"]', "sources = []")
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place) == ("content/facts.toml", "contacts.emergency.sources")


def test_item_may_not_take_the_id_of_its_heading(guide_copy: Path):
    """An item called ``title`` would have the unit id of its section's heading, and one text would hide the other."""
    edit(guide_copy / "content" / PAY, 'id = "rate"', 'id = "title"')
    found = problems(guide_copy)
    assert [problem.file for problem in found] == ["content/worker/pay.toml"]
    assert "title" in found[0].message + found[0].unit


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Pay"', 'title = "Pay {fact.rate}"'),
        ('title = "Pay"', 'title = "Call {phone.line}"'),
    ],
)
def test_placeholder_in_a_page_title_is_rendered_or_refused(guide_copy: Path, old: str, new: str):
    """A page's title is also the document's: a placeholder in it is a problem with its unit, or its value is shown."""
    edit(guide_copy / "content" / PAY, old, new)
    ingredients = fixture_ingredients(root=guide_copy)
    found = [problem.unit for problem in check_content(ingredients.guide)]
    if found:
        assert found == ["worker.pay.title"]
    else:
        assert "<title>" in build_site(ingredients).artifacts["en/w/money/"].body.decode("utf-8")


def test_sign_without_its_ordinary_explanation_is_refused(guide_copy: Path):
    """No sign is printed as if it had only one meaning."""
    edit(guide_copy / "content" / FARM, '"The papers are copies."', '""')
    expected = Problem(
        "content/officer/farm.toml",
        "sections[2].items[0].innocent",
        "a sign needs its ordinary explanation; add it",
        "officer.farm.signs.papers",
    )
    assert expected in problems(guide_copy)


def test_empty_section_is_refused(guide_copy: Path):
    """A heading with nothing under it is no section."""
    text = '\n  [[sections.items]]\n  id = "one"\n  text = "Sam writes down each hour."\n'
    edit(guide_copy / "content" / PAY, text, "items = []\n")
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place) == ("content/worker/pay.toml", "sections[1].items")
    assert problem.message == "the section is empty; write its items or remove it"


def test_two_pages_of_a_side_may_not_share_a_slug(guide_copy: Path):
    """Both pages are named; the same slug on two sides is no problem."""
    edit(guide_copy / "content/shared/about.toml", "written_on", 'slug = "keeps"\nwritten_on')
    edit(guide_copy / "content" / PAY, 'slug = "money"', 'slug = "farm"')
    message = "'keeps' is the slug of two pages; choose another"
    assert problems(guide_copy) == [
        Problem("content/shared/about.toml", "slug", message),
        Problem("content/shared/keeps.toml", "slug", message),
    ]


def test_shared_page_may_not_take_the_folder_of_a_side(guide_copy: Path):
    """``/en/o/`` is the officers' start: a shared page with the slug ``o`` is a problem and not a crash."""
    edit(guide_copy / "content/shared/about.toml", "written_on", 'slug = "o"\nwritten_on')
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(root=guide_copy))
    assert {(problem.file, problem.place) for problem in caught.value.problems} == {
        ("content/shared/about.toml", "slug")
    }


@pytest.mark.parametrize(("side", "pages"), [("worker", '"start", "pay"'), ("officer", '"start", "farm"')])
def test_each_side_needs_its_start(guide_copy: Path, side: str, pages: str):
    """The start page of workers and of officers is where every language leads."""
    edit(guide_copy / "content" / SITE, pages, pages.replace('"start", ', ""))
    (guide_copy / "content" / side / "start.toml").unlink()
    assert Problem("content/site.toml", side, f"the page {side}/start is missing; list it") in problems(guide_copy)


def test_page_about_the_guide_carries_no_signs(guide_copy: Path):
    """Shared pages speak about the guide: what needs claims and signs belongs on a side."""
    edit(
        guide_copy / "content" / ABOUT,
        'kind = "text"\ntitle = "About about"\n\n  [[sections.items]]\n',
        'kind = "questions"\ntitle = "About about"\n\n  [[sections.items]]\n  why = "So."\n  confidence = "practice"\n',
    )
    (problem,) = problems(guide_copy)
    assert (problem.file, problem.place) == ("content/shared/about.toml", "sections[0].kind")
    assert problem.message == "questions has no place on a page about the guide itself"


def test_practice_needs_no_source_and_story_no_claim(guide_copy: Path):
    """Advice from practice stands without a source; a primary source among others carries a legal claim."""
    edit(guide_copy / "content" / PAY, '["act"]', '["paper", "act"]')
    edit(
        guide_copy / "content" / FARM, 'confidence = "medium"\n  sources = ["copy", "paper"]', 'confidence = "practice"'
    )
    assert problems(guide_copy) == []


@pytest.mark.parametrize("kind", ["regulation", "agency", "court", "statute"])
def test_every_primary_source_carries_a_legal_claim(guide_copy: Path, kind: str):
    """The issuing body and a court may say what the law is."""
    edit(guide_copy / "content" / SOURCES, 'kind = "statute"', f'kind = "{kind}"')
    assert problems(guide_copy) == []


def test_research_carries_no_legal_claim(guide_copy: Path):
    """Research may be shown to readers, but it does not say what the law is: both legal claims fall."""
    edit(guide_copy / "content" / SOURCES, 'kind = "statute"', 'kind = "research"')
    assert [(problem.unit, problem.message) for problem in problems(guide_copy)] == [(LAW, LEGAL), (RATE, LEGAL)]


def test_problems_of_all_files_and_catalogs_come_at_once(guide_copy: Path):
    """Content and translations are both checked before anything is rendered, and every problem is told."""
    edit(guide_copy / "content" / PAY, TEXT, "You get $7 since 2024.")
    edit(guide_copy / "content" / FARM, '  note = "States the law."\n', "")
    edit(guide_copy / "content" / FACTS, 'sms_word = "HELP"\n', "")
    edit(guide_copy / "content" / SOURCES, 'id = "paper"', 'id = "paper"\nurl = "https://a"')
    edit(guide_copy / "translations/ar/messages.po", 'msgctxt "ui.leave"', 'msgctxt "ui.laeve"')
    edit(guide_copy / "translations/fil/messages.po", '"Umalis"', '"Umalis <b>"')
    with pytest.raises(ProblemsError) as caught:
        build_site(fixture_ingredients(root=guide_copy))
    assert [(problem.file, problem.unit) for problem in caught.value.problems] == [
        ("content/facts.toml", ""),
        ("content/officer/farm.toml", LAW),
        ("content/sources.toml", ""),
        ("content/worker/pay.toml", RATE),
        ("content/worker/pay.toml", RATE),
        ("translations/ar/messages.po", "ui.laeve"),
        ("translations/fil/messages.po", "ui.leave"),
    ]


FARM_PAGE, PAY_PAGE = f"content/{FARM}", f"content/{PAY}"
MALFORMED = "malformed id; use lower-case-words-with-hyphens"
NO_CLAIM = '  text = "Stop and look."\n  confidence = "practice"'


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (FACTS, 'sources = ["act"]', "sources = []", ("contacts.emergency.sources", "a number needs a source; add it")),
        (
            FACTS,
            'sms_word = "HELP"\n',
            "",
            ("contacts.line", "has sms but no sms_word; add the word to send"),
        ),
        (
            FACTS,
            'act = { kind = "citation", value = "99 USC 1"',
            'act = { kind = "citation", value = 2025-01-03',
            (
                "facts.act.value",
                "a citation cannot be 2025-01-03; a date is written 2026-11-24, everything else in quotes",
            ),
        ),
        (
            FACTS,
            "value = 2025-09-30",
            'value = "2025-09-30"',
            (
                "facts.since.value",
                "a date cannot be '2025-09-30'; a date is written 2026-11-24, everything else in quotes",
            ),
        ),
        (
            FACTS,
            'value = "7.25"',
            'value = "7.2"',
            ("facts.rate.value", "'7.2' is no amount; write dollars and cents like 7.25"),
        ),
        (
            FACTS,
            '"Test Line"',
            '"Test {names.office}"',
            ("names.line", "no placeholder and no markup here; write plain words", "names.line"),
        ),
        (
            SOURCES,
            'id = "copy"',
            'id = "copy"\nurl = "https://a"',
            ("copy", "a copy is named without an address; remove its url"),
        ),
        (
            SOURCES,
            'id = "paper"',
            'id = "paper"\nurl = "https://a"',
            ("paper", "a press is named without an address; remove its url"),
        ),
        (PAY, 'slug = "money"', 'slug = "Pay"', ("slug", "'Pay' is malformed; use lower-case-words-with-hyphens")),
        (
            ABOUT,
            "written_on",
            'slug = "cards"\nwritten_on',
            ("slug", "'cards' is the folder of a side; choose another"),
        ),
        (PAY, "sources_seen_to = 2026-01-02\n", "", ("sources_seen_to", "required key is missing; add it")),
        (
            FARM,
            '[[sections]]\nid = "src"\nkind = "sources"',
            "",
            ("sections", 'the page cites sources and lists none; add a section of kind "sources"'),
        ),
        (PAY, 'id = "owed"', 'id = "near"', ("sections[0].id", "'near' is an id of the page itself; choose another")),
        (
            FARM,
            'id = "stop"',
            'id = "title"',
            (
                "sections[5].items[0].id",
                "'title' is the id of the section's heading; choose another",
                "officer.farm.moves.title",
            ),
        ),
        (FARM, 'id = "stop"', 'id = "Stop"', ("sections[5].items[0].id", MALFORMED, "officer.farm.moves.Stop")),
        (
            START,
            'contact = "line"',
            'contact = "lien"',
            ("sections[0].items[1].contact", "unknown contact 'lien'", "worker.start.call.line"),
        ),
        (
            FARM,
            NO_CLAIM,
            '  text = "Stop and look."',
            ("sections[5].items[0].confidence", "a claim needs its confidence; add it", "officer.farm.moves.stop"),
        ),
        (
            FARM,
            NO_CLAIM,
            NO_CLAIM + '\n  sources = ["act", "law"]',
            (
                "sections[5].items[0].sources",
                "unknown source 'law'; add it to sources.toml",
                "officer.farm.moves.stop",
            ),
        ),
    ],
)
def test_a_broken_rule_is_told_whole(guide_copy: Path, file: str, old: str, new: str, found: tuple[str, ...]):
    """File, place, what is wrong with what mends it, and the text: nothing else, and nothing twice."""
    edit(guide_copy / "content" / file, old, new)
    assert problems(guide_copy) == [Problem(f"content/{file}", *found)]


def test_every_contact_and_every_fact_is_read(guide_copy: Path):
    """A fault of the first hides none of the second."""
    path = guide_copy / "content" / FACTS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"act"', '"law"'), encoding="utf-8")
    places = ["contacts.emergency", "contacts.line", "facts.act", "facts.page", "facts.rate", "facts.since"]
    said = "unknown source 'law'; add it to sources.toml"
    assert problems(guide_copy) == [Problem("content/facts.toml", f"{place}.sources", said) for place in places]


@pytest.mark.parametrize(
    ("value", "is_good"), [("7", True), ("7.25", True), ("1250.00", True), ("7,25", False), ("$7", False)]
)
def test_an_amount_is_dollars_and_cents(ingredients: Ingredients, value: str, is_good: bool):
    """Whole dollars, or cents in two digits; sign and comma are the page's own."""
    facts = {**ingredients.guide.facts, "rate": Fact("rate", "money", value, "act")}
    assert (list(check_content(replace(ingredients.guide, facts=facts))) == []) is is_good


def test_state_law_stands_on_officers_pages(guide_copy: Path):
    """One law or more, on an officers' page; what a state says is no worker's page."""
    said = "state law stands on officers' pages; name one law or more there"
    law = '[[sections]]\nid = "state"\nkind = "state"\nlaws = ["vacatur"]\n\n'
    edit(guide_copy / "content" / FARM, '[[sections]]\nid = "src"', law + '[[sections]]\nid = "src"')
    assert problems(guide_copy) == []
    edit(guide_copy / "content" / FARM, '["vacatur"]', "[]")
    edit(guide_copy / "content" / PAY, '[[sections]]\nid = "story"', law + '[[sections]]\nid = "story"')
    assert problems(guide_copy) == [
        Problem(FARM_PAGE, "sections[7].laws", said),
        Problem(PAY_PAGE, "sections[1].laws", said),
    ]


def test_neighbors_pages_list_their_sources_too(ingredients: Ingredients):
    """Who reads what to do about others is told what it rests on; workers are spared the list."""
    pages = ingredients.guide.pages
    page = replace(pages["officer/farm"], audience=Audience.NEIGHBOR, sections=pages["officer/farm"].sections[:1])
    found = list(check_content(replace(ingredients.guide, pages={**pages, page.id: page})))
    said = 'the page cites sources and lists none; add a section of kind "sources"'
    assert [problem for problem in found if problem.place == "sections"] == [Problem(page.file, "sections", said)]


def test_an_id_that_is_there_three_times_is_told_once(guide_copy: Path):
    """Each id once, in the order of the alphabet."""
    path = guide_copy / "content" / FARM
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("what", "twice"),
        ("first", "twice"),
        ("advice", "twice"),
        ("ask", "again"),
        ("collect", "again"),
    ):
        text = text.replace(f'id = "{old}"\nkind', f'id = "{new}"\nkind')
    path.write_text(text.replace('question = "day"\n', "").replace('collect = "stubs"\n', ""), encoding="utf-8")
    said = "the id {!r} is there more than once; an id names one meaning for ever"
    assert [problem for problem in problems(guide_copy) if problem.place == "sections"] == [
        Problem(FARM_PAGE, "sections", said.format(name)) for name in ("again", "twice")
    ]


def test_a_pictogram_that_nobody_drew_is_told_whole(ingredients: Ingredients):
    """Of a page by its file, of a choice by its deck and text; what has no pictogram needs none."""
    pages = {"a": replace(ingredients.guide.pages["worker/pay"], pictogram="comet")}
    said = "no symbol 'comet' in pictograms.svg; draw it or mend it"
    drawn = replace(ingredients.guide, pages=pages)
    assert list(check_pictograms(drawn, {"sun"})) == [Problem(PAY_PAGE, "pictogram", said)]
    assert list(check_pictograms(drawn, {"comet"})) == []
    assert list(check_pictograms(ingredients.guide, set())) == []
    decks = load_guide().decks
    deck = next(deck for deck in decks if deck.id == "practice")
    names = {name for card in deck.cards for name in card.pictures} - {""}
    cards = (replace(deck.cards[0], pictures=("", "comet", "")), *deck.cards[1:])
    guide = replace(ingredients.guide, pages={}, decks=(replace(deck, cards=cards),))
    unit = deck.cards[0].choices[1].id
    assert list(check_pictograms(guide, names)) == [Problem(deck.file, "picture", said, unit)]


def test_a_story_needs_no_claim_and_every_other_kind_does(guide_copy: Path):
    """What somebody made up to show something rests on nothing; pages about the guide say what it does."""
    edit(guide_copy / "content" / PAY, 'kind = "story"', 'kind = "text"')
    said = "a claim needs its confidence; add it"
    place = "sections[1].items[0].confidence"
    assert problems(guide_copy) == [Problem(PAY_PAGE, place, said, "worker.pay.story.one")]


def test_a_title_may_have_any_letter_and_no_brace(guide_copy: Path):
    """Every mark of a placeholder or of markup is refused by itself; all others are words."""
    edit(guide_copy / "content" / PAY, 'title = "Pay"', 'title = "X pay: (you) & yours!"')
    assert problems(guide_copy) == []
    title = "X pay: (you) & yours!"
    for sign in "{}*[]":
        edit(guide_copy / "content" / PAY, title, f"Pay {sign}")
        title = f"Pay {sign}"
        said = "no placeholder and no markup here; write plain words"
        assert Problem(PAY_PAGE, "title", said, "worker.pay.title") in problems(guide_copy)
