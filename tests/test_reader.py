"""Reading ``content/``: the tiny guide as it is, and every way in which its files can be wrong."""

from datetime import date
from pathlib import Path

import pytest

from fieldguide.ingredients import Ingredients
from fieldguide.items import Advice, Confidence, Line, Question, Referral, Sign, Tier, Weight, Where
from fieldguide.items import Indicator as Ilo
from fieldguide.model import Audience, Guide, iter_units, page_sources
from fieldguide.problems import Problem, ProblemsError
from fieldguide.reader import load_guide, load_registry

from .conftest import edit, fixture_ingredients


def guide_problems(guide_copy: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        load_guide(guide_copy / "content")
    return caught.value.problems


def registry_problems(guide_copy: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        load_registry(guide_copy / "content")
    return caught.value.problems


@pytest.fixture
def guide(ingredients: Ingredients) -> Guide:
    return ingredients.guide


def test_pages_stand_in_the_order_of_the_site_file(guide: Guide):
    """Every listed page is read, each side in the order of ``site.toml``."""
    assert [page.id for page in guide.pages_for(Audience.OFFICER)] == ["officer/start", "officer/farm"]
    assert [page.id for page in guide.pages_for(Audience.WORKER)] == ["worker/start", "worker/pay"]
    assert [page.slug for page in guide.pages_for(Audience.SHARED)] == ["about", "keeps", "ready", "sources"]
    assert (guide.name, guide.edition) == ("Test Guide", 7)


def test_order_follows_the_site_file(guide_copy: Path):
    """Another order in ``site.toml`` is another order of pages."""
    old, new = '["about", "keeps", "ready", "sources"]', '["sources", "about", "keeps", "ready"]'
    edit(guide_copy / "content/site.toml", old, new)
    guide = load_guide(guide_copy / "content")
    assert [page.slug for page in guide.pages_for(Audience.SHARED)] == ["sources", "about", "keeps", "ready"]


def test_page_head(guide: Guide):
    """The slug is the file's name, nothing for a start page, or what the file says; dates arrive as dates."""
    farm = guide.pages["officer/farm"]
    assert (farm.slug, guide.pages["worker/start"].slug, guide.pages["worker/pay"].slug) == ("farm", "", "money")
    assert (farm.written_on, farm.sources_seen_to, farm.review_by) == (
        date(2026, 1, 3),
        date(2026, 1, 2),
        date(2027, 1, 1),
    )
    assert farm.file == "content/officer/farm.toml"


def test_unit_ids_name_page_section_and_item(guide: Guide):
    """An id is audience, page, section, item and part: it stays when the text is moved within its list."""
    ids = [unit.id for unit in iter_units(guide)]
    assert ids[:3] == ["names.emergency", "names.line", "names.office"]
    expected = {
        "worker.pay.title",
        "worker.pay.summary",
        "worker.pay.owed.title",
        "worker.pay.owed.rate",
        "officer.farm.signs.papers",
        "officer.farm.signs.papers.why",
        "officer.farm.signs.papers.innocent",
        "officer.farm.ask.day.why",
        "officer.farm.collect.stubs.why",
        "worker.start.call.emergency.caution",
    }
    assert expected <= set(ids)
    assert len(ids) == len(set(ids))


def test_items_have_the_kind_of_their_section(guide: Guide):
    """Each kind of block makes its own kind of item, with every field of the file."""
    sections = {section.id: section for section in guide.pages["officer/farm"].sections}
    sign = sections["signs"].items[0]
    assert isinstance(sign, Sign)
    assert (sign.where, sign.weight, sign.ilo) == (Where.ON_SITE, Weight.ALONE, Ilo.RETENTION_OF_DOCUMENTS)
    assert sign.innocent.text == "The papers are copies."
    question = sections["ask"].items[0]
    assert isinstance(question, Question)
    assert question.why.text == "Long hours."
    do, dont = sections["advice"].items
    assert isinstance(do, Advice)
    assert isinstance(dont, Advice)
    assert (do.do, dont.do) == (True, False)
    stub = sections["collect"].items[0]
    assert isinstance(stub, Line)
    assert stub.why is not None
    assert stub.why.text == "They show hours."
    assert (sections["src"].title, sections["src"].items) == (None, ())


def test_claim_and_tier_are_read(guide: Guide):
    """What stands behind a statement, and that it is vital with a note, arrives on the item."""
    law = guide.pages["officer/farm"].sections[1].items[0]
    assert law.claim is not None
    assert (law.claim.confidence, law.claim.sources, law.claim.legal) == (Confidence.HIGH, ("act",), True)
    assert (law.text.tier, law.text.note) == (Tier.VITAL, "States the law.")
    story = guide.pages["worker/pay"].sections[1].items[0]
    assert (story.claim, story.text.tier) == (None, Tier.NORMAL)


def test_referral_has_a_caution_only_where_written(guide: Guide):
    """A contact without a caution has no empty unit that a translator would be asked for."""
    emergency, line = guide.pages["worker/start"].sections[0].items
    assert isinstance(emergency, Referral)
    assert isinstance(line, Referral)
    assert emergency.caution is not None
    assert emergency.caution.text == "The police can come."
    assert (emergency.contact, line.caution) == ("emergency", None)


def test_contacts_facts_and_sources_are_read(guide: Guide):
    """A contact has its translatable name and a number to dial; facts keep their type; sources know what they are."""
    line, emergency = guide.contacts["line"], guide.contacts["emergency"]
    assert (line.name.text, line.phone, line.dial, line.sms) == ("Test Line", "1-212-555-0142", "+12125550142", "55501")
    assert (emergency.dial, emergency.undated, line.undated) == ("911", True, False)
    assert (guide.facts["since"].value, guide.facts["since"].precision) == (date(2025, 9, 30), "month")
    assert guide.facts["rate"].value == "7.25"
    kinds = {key: (source.primary, source.shown) for key, source in guide.sources.items()}
    assert kinds == {"act": (True, True), "copy": (False, True), "paper": (False, False)}


def test_sources_of_a_page_come_in_order_of_use_without_press(guide: Guide):
    """Readers see what a page rests on, contacts included; newspapers stay in the files."""
    assert [source.id for source in page_sources(guide.pages["officer/farm"], guide)] == ["act", "copy"]
    assert [source.id for source in page_sources(guide.pages["officer/start"], guide)] == ["act"]


PAY, SITE, FACTS, SOURCES = "worker/pay.toml", "site.toml", "facts.toml", "sources.toml"


@pytest.mark.parametrize(
    "case",
    [
        (PAY, 'title = "Pay"', 'title = "Pay', "", "not valid TOML: .*line 1, column"),
        (PAY, 'title = "Pay"', "title = 3", "title", "expected text, found a whole number"),
        (PAY, 'title = "Pay"\n', "", "title", "required key is missing; add it"),
        (PAY, 'title = "Pay"', 'titel = "x"\ntitle = "Pay"', "", "unknown key titel; remove it or mend its spelling"),
        (PAY, "2026-01-03", '"today"', "written_on", "expected a date, found text"),
        (PAY, 'kind = "text"', 'kind = "txt"', "sections[0]", "kind 'txt' is not one of: text, warning, steps"),
        (PAY, 'kind = "text"\n', "", "sections[0]", "kind None is not one of: text, warning, steps"),
        (PAY, "legal = true", "legal = 1", "sections[0].items[0].legal", "expected true or false"),
        (PAY, "legal = true", "leagl = true", "sections[0].items[0]", "unknown key leagl; remove it or mend"),
        (PAY, 'sources = ["act"]', "sources = [1]", "sections[0].items[0].sources[0]", "expected text, found a whole"),
        (PAY, 'sources = ["act"]', 'sources = "act"', "sections[0].items[0].sources", "expected a list"),
        (PAY, '"high"', '"sure"', "sections[0].items[0].confidence", "'sure' is not one of: high, medium, practice"),
        (
            PAY,
            "legal = true",
            'tier = "urgent"',
            "sections[0].items[0].tier",
            "'urgent' is not one of: vital, normal",
        ),
        (PAY, 'id = "rate"\n', "", "sections[0].items[0].id", "required key is missing; add it"),
        (
            "officer/farm.toml",
            '  innocent = "The papers are copies."\n',
            "",
            "sections[2].items[0].innocent",
            "required key is missing; add it",
        ),
        (
            "officer/farm.toml",
            'ilo = "retention-of-identity-documents"',
            'ilo = "papers"',
            "sections[2].items[0].ilo",
            "'papers' is not one of: abuse-of-vulnerability, ",
        ),
        ("officer/farm.toml", 'side = "do"', 'side = "maybe"', "sections[6].items[0].side", "maybe.*do.*dont"),
        (FACTS, 'value = "99 USC 1"', "value = 99", "facts['act'].value", "expected text or a date, found a whole"),
        (FACTS, 'hours = "always"', 'hours = "often"', "contacts[0].hours", "often.*always.*weekdays.*unknown"),
        (FACTS, 'phone = "911"', "phone = 911", "contacts[0].phone", "expected text, found a whole number"),
        (FACTS, 'confidence = "high"\n', "", "contacts[0].confidence", "required key is missing; add it"),
        (FACTS, 'sources = ["act"]\n', "", "contacts[0].sources", "required key is missing; add it"),
        (FACTS, ', source = "act" }', " }", "facts['act'].source", "required key is missing; add it"),
        (FACTS, 'line = { text = "Test Line" }\n', "", "contacts[1].id", "no name for 'line'; add it under .names."),
        (FACTS, '[[contacts]]\nid = "line"', '[[contacts]]\nid = "emergency"', "contacts", "'emergency' is there more"),
        (SOURCES, 'id = "copy"', 'id = "act"', "sources", "'act' is there more than once; keep one"),
        (SOURCES, 'kind = "copy"', 'kind = "hearsay"', "sources[1].kind", "hearsay.*statute.*copy.*press"),
        (SITE, '"start", "pay"]', '"start", "pay", "pay"]', "worker", "'pay' is there more than once; keep one"),
    ],
)
def test_mistake_is_named_with_file_and_place(guide_copy: Path, case: tuple[str, str, str, str, str]):
    """One mistake in a file is one problem with its file, its place and what mends it."""
    file, old, new, place, message = case
    edit(guide_copy / "content" / file, old, new)
    (problem,) = guide_problems(guide_copy)
    assert (problem.file, problem.place) == (f"content/{file}", place)
    with pytest.raises(ProblemsError, match=message):
        raise ProblemsError([problem])


def test_file_that_is_not_utf8_is_named(guide_copy: Path):
    """A file saved in an old encoding says at which byte, and how to save it."""
    path = guide_copy / "content/worker/pay.toml"
    path.write_bytes(path.read_bytes().replace(b'"Pay"', b'"Pay\xe9"', 1))
    assert guide_problems(guide_copy) == (
        Problem("content/worker/pay.toml", "byte 12", "not UTF-8; save the file as UTF-8"),
    )


def test_page_that_nobody_lists_is_a_problem(guide_copy: Path):
    """A page that was written and forgotten in ``site.toml`` would never be seen."""
    edit(guide_copy / "content/site.toml", '"start", "pay"]', '"start"]')
    assert guide_problems(guide_copy) == (
        Problem("content/worker/pay.toml", "", "not listed under worker in site.toml; list or remove it"),
    )


@pytest.mark.parametrize(
    ("groups", "messages"),
    [
        ("", []),
        ('pages = ["worker/pay"]', []),
        ('pages = ["worker/pay", "officer/farm"]', []),
        ('work = ["worker/start", "worker/pay"]', []),
        ('work = ["worker/start"]', ["'worker/pay' is in no group; list it in one (\"pages\" for no kind)"]),
        ('pages = ["worker/pay"]\nwork = ["worker/pay"]', ["'worker/pay' is in groups more than once; keep one"]),
        ('pages = ["worker/pay", "worker/pay"]', ["'worker/pay' is in groups more than once; keep one"]),
    ],
)
def test_each_page_of_a_side_with_groups_is_in_one(guide_copy: Path, groups: str, messages: list[str]):
    """A side has groups or none; where it has, each page but its start is in exactly one, which may be of no kind."""
    edit(guide_copy / "content/site.toml", '"sources"]', f'"sources"]\n[groups]\n{groups}')
    if messages:
        assert guide_problems(guide_copy) == tuple(
            Problem("content/site.toml", "groups", message) for message in messages
        )
    else:
        load_guide(guide_copy / "content")


def test_listed_page_that_is_not_there_is_a_problem(guide_copy: Path):
    """A page listed without its file is named by the file that is missing."""
    (guide_copy / "content/worker/pay.toml").unlink()
    assert guide_problems(guide_copy) == (Problem("content/worker/pay.toml", "", "the file does not exist; add it"),)


def test_words_for_a_page_that_is_not_there_are_a_problem(guide_copy: Path):
    """A search would lead nowhere; the place in the file is named, and an id that stands twice."""
    like = '[[like]]\nid = "pay"\npage = "worker/{}"\nwords = "wages, money"\n'
    with (guide_copy / "content/site.toml").open("a") as file:
        file.write(like.format("pay") + like.format("nowhere"))
    found = {(problem.place, problem.message) for problem in guide_problems(guide_copy)}
    assert ("like[1].page", "'worker/nowhere' is no page; list it under its side too") in found
    assert any(place == "like" and "pay" in message for place, message in found)


def test_words_for_a_page_are_units(guide_copy: Path):
    """They are translated like everything else, under their own id."""
    with (guide_copy / "content/site.toml").open("a") as file:
        file.write('[[like]]\nid = "pay"\npage = "worker/pay"\nwords = "wages, money"\n')
    guide = load_guide(guide_copy / "content")
    assert [(like.page, like.words.id, like.words.text) for like in guide.like] == [
        ("worker/pay", "search.pay", "wages, money")
    ]
    assert guide.like[0].words in list(iter_units(guide))


@pytest.mark.parametrize("file", [SITE, FACTS, SOURCES])
def test_missing_list_is_a_problem_and_no_crash(guide_copy: Path, file: str):
    """Without one of its three lists there is no guide, and the problem says which file is missing."""
    (guide_copy / "content" / file).unlink()
    assert Problem(f"content/{file}", "", "the file does not exist; add it") in guide_problems(guide_copy)


def test_broken_site_file_does_not_accuse_the_pages(guide_copy: Path):
    """While ``site.toml`` cannot be read nobody knows which pages it lists: no page is called unlisted."""
    edit(guide_copy / "content/site.toml", "edition = 7", "edition = ")
    assert [problem.file for problem in guide_problems(guide_copy)] == ["content/site.toml"]


def test_mistakes_of_all_files_come_at_once(guide_copy: Path):
    """Content, languages and catalogs are all read before anything is said: one run shows all there is to mend."""
    edit(guide_copy / "content/worker/pay.toml", 'title = "Pay"', "title = 3\ncolour = 1")
    edit(guide_copy / "content/officer/farm.toml", 'kind = "steps"', 'kind = "stairs"')
    edit(guide_copy / "content/facts.toml", 'hours = "always"', "hours = 24")
    edit(guide_copy / "content/sources.toml", 'title = "Test Act"\n', "")
    edit(guide_copy / "content/languages.toml", 'dir = "rtl"', 'dir = "up"')
    edit(guide_copy / "translations/ar/messages.po", 'msgctxt "names.line"', 'msgctxt "ui.leave"')
    edit(guide_copy / "translations/fil/messages.po", "# source", "<<<<<<< ours\n# source")
    with pytest.raises(ProblemsError) as caught:
        fixture_ingredients(root=guide_copy)
    assert [(problem.file, problem.place) for problem in caught.value.problems] == [
        ("content/facts.toml", "contacts[0].hours"),
        ("content/languages.toml", "languages[1].dir"),
        ("content/officer/farm.toml", "sections[5]"),
        ("content/sources.toml", "sources[0].title"),
        ("content/worker/pay.toml", ""),
        ("content/worker/pay.toml", "title"),
        ("translations/ar/messages.po", "line 13"),
        ("translations/fil/messages.po", "line 8"),
    ]
    assert len(str(caught.value).splitlines()) == 8


def test_registry_is_read_in_order(ingredients: Ingredients):
    """Languages stand in the order of the file, each with its own fields."""
    assert [language.tag for language in ingredients.registry] == ["en", "ar", "mam", "fil"]
    ar, mam, fil = (ingredients.registry[tag] for tag in ("ar", "mam", "fil"))
    assert (ar.dir, ar.audiences, fil.dir, fil.audiences) == ("rtl", ("officer", "worker"), "ltr", ("worker",))
    assert (mam.fallback, fil.aliases, mam.endonym) == (("ar",), ("tl",), "Qyol Mam")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('tag = "fil"', 'tag = "ar"', "languages", "'ar' is there more than once; keep one"),
        ('fallback = ["ar"]', 'fallback = ["es"]', "languages[2].fallback", "'es' is not a language of the list"),
        ('tag = "en"', 'tag = "eng"', "languages[0]", 'the first language is English, tag "en", status "source"'),
        ('status = "source"', 'status = "help"', "languages[0]", "the first language is English"),
        ('dir = "rtl"', 'dir = "up"', "languages[1].dir", "'up' is not one of: ltr, rtl"),
        ('status = "help"', 'status = "help"\nmonths = ["a"]', "languages[1].months", "a year has 12 months"),
        ('status = "help"', 'status = "done"', "languages[1].status", "is not one of: source, complete, help, spoken"),
        ('audiences = ["officer", "worker"]', "audiences = []", "languages[0].audiences", "English has both sides"),
        ('audiences = ["officer", "worker"]', 'audiences = ["worker"]', "languages[0].audiences", "has both sides"),
        ('status = "help"', 'status = "help"\ncountries = ["USA"]', "languages[1].countries", "is no country"),
        ('endonym = "Filipino"', "endonym = 1", "languages[3].endonym", "expected text, found a whole number"),
        ('script = "Arab"\n', "", "languages[1].script", "required key is missing; add it"),
        ('script = "Arab"', 'script = "Arab"\nrtl = true', "languages[1]", "unknown key rtl; remove it or mend"),
        ('aliases = ["tl"]', 'aliases = "tl"', "languages[3].aliases", "expected a list"),
    ],
)
def test_mistake_in_the_registry_is_named(guide_copy: Path, old: str, new: str, place: str, message: str):
    """A doubled tag, an unknown fallback, a wrong word or a list without English first stops the build."""
    edit(guide_copy / "content/languages.toml", old, new)
    (problem,) = registry_problems(guide_copy)
    assert (problem.file, problem.place) == ("content/languages.toml", place)
    assert message in problem.message


def test_registry_without_languages_is_refused(guide_copy: Path):
    """An empty list has no English either."""
    (guide_copy / "content/languages.toml").write_text("languages = []\n", encoding="utf-8")
    (problem,) = registry_problems(guide_copy)
    assert (problem.file, problem.place) == ("content/languages.toml", "languages[0]")
    assert "the first language is English" in problem.message
