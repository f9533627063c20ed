"""Contacts on pages: who sees which, in which words, and that nothing a deployer writes becomes HTML."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import html5lib
import pytest

from fieldguide.contacts import Role
from fieldguide.hours import Hours, build_hours, parse_opening
from fieldguide.languages import Language
from fieldguide.near import hours_html, zone_text
from fieldguide.problems import ProblemsError
from fieldguide.reader import load_registry
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .nearby import LEGAL, changed, near_ingredients, shelter

WORKER, OFFICER = "en/w/numbers/", "en/o/call-first/"


def build(root: Path, *contacts: dict[str, Any], **more: Any) -> Site:
    return build_site(near_ingredients(root, *contacts, **more))


def near(site: Site, url: str) -> str:
    """The section *Near you* of a page; "" where it has none."""
    body = site.artifacts[url].body.decode("utf-8")
    found = re.search(r'<section class="block block--near" id="near">.*?</section>', body, re.DOTALL)
    return found[0] if found else ""


def words(html: str) -> str:
    """What a reader sees of it."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(tree.itertext())).strip()


def test_a_contact_stands_on_both_pages(guide_copy: Path):
    """After the first numbers, with its number to touch, hours, languages, cost, age, and what a call leaves."""
    site = build(guide_copy, LEGAL)
    said = words(near(site, WORKER))
    assert said.startswith(
        "Near you Ask first: Who will you tell? Will you call the police if I say no? A lawyer Hill Legal Aid"
    )
    assert "Monday – Friday 09:00–17:00" in said
    assert "English · العربية" in said
    assert "It costs nothing." in said
    assert "Number last seen on October 1, 2026. Not test-called." in said
    assert "The phone lists calls and texts." in said
    assert '<a class="number" href="tel:+12125550150" dir="ltr" translate="no"><bdi>1-212-555-0150</bdi></a>' in near(
        site, WORKER
    )
    said = words(near(site, OFFICER))
    assert "Legal aid Hill Legal Aid" in said
    assert "English · Arabic" in said
    assert "It says it tells immigration enforcement nothing." in said
    assert "From: the group's own page" in said
    assert "The phone lists calls" not in said
    body = site.artifacts[WORKER].body.decode("utf-8")
    assert body.index('id="now"') < body.index('id="near"') < body.index('id="then"')


def test_without_contacts_the_pages_are_as_they_were(guide_copy: Path):
    """The guide as it ships has no such section, and other pages have none."""
    site = build(guide_copy, LEGAL)
    assert [url for url in site.artifacts if near_or_none(site, url)] == [
        f"{tag}/{place}" for tag, place in (("en", "o/call-first/"), ("en", "w/numbers/"), ("ar", "o/call-first/"))
    ] + ["ar/w/numbers/", "mam/w/numbers/", "fil/w/numbers/"]
    site = build(guide_copy)
    assert not any(near_or_none(site, url) for url in site.artifacts)


def near_or_none(site: Site, url: str) -> str:
    return near(site, url) if url.endswith("/") else ""


@pytest.mark.parametrize("role", list(Role))
def test_workers_see_only_what_tells_immigration_nothing(guide_copy: Path, role: Role):
    """No contact that is *yes*, *unknown* only of a labor office, with its sentence; some roles are for officers."""
    for_workers = {"hotline", "labor-standards", "advocate-after-hours", "shelter", "legal-aid", "worker-centre"}
    for_workers |= {"sign-language"}
    takes = ["men"] if role is Role.SHELTER else None
    contacts = [
        changed(id=share, name=f"Line {share}", role=role.value, takes=takes, may_share_immigration=share)
        for share in ("yes", "no", "unknown")
    ]
    ingredients = near_ingredients(guide_copy, *contacts)
    site = build_site(ingredients)
    worker, officer = words(near(site, WORKER)), words(near(site, OFFICER))
    assert [share for share in ("yes", "no", "unknown") if f"Line {share} " in officer] == ["yes", "no", "unknown"]
    seen = [share for share in ("yes", "no", "unknown") if f"Line {share} " in worker]
    allowed = ["no", "unknown"] if role is Role.LABOR_STANDARDS else ["no"]
    assert seen == (allowed if role in for_workers else [])
    assert ("We do not know what they share with immigration now." in worker) == ("unknown" in seen)
    warned = [problem.unit for problem in ingredients.contacts.iter_held_back()]
    assert warned == ([one for one in ("yes", "no", "unknown") if one not in seen] if role in for_workers else [])


def test_what_goes_to_the_police_is_said(guide_copy: Path):
    """To workers plainly where it is known; to officers in each case."""
    contacts = [changed(id=share, may_share_police=share) for share in ("yes", "no", "unknown")]
    site = build(guide_copy, *contacts)
    assert words(near(site, WORKER)).count("They can tell the police.") == 1
    officer = words(near(site, OFFICER))
    for sentence in (
        "It may tell the police.",
        "It says it tells the police nothing",
        "What it tells the police is not",
    ):
        assert officer.count(sentence) == 1


def test_the_web_and_notes_are_for_officers(guide_copy: Path):
    """On a worker's page a tap leads nowhere else."""
    line = changed(
        role="interpreter", url="https://line.example.org/", description="Account first.", relay=True, wait=5
    )
    site = build(guide_copy, line, changed(id="other", url="https://legal.example.org/", description="Ask for Ann."))
    officer = near(site, OFFICER)
    assert 'href="https://line.example.org/"' in officer
    assert "Account first." in officer
    assert "through a second interpreter (relay). Usual wait: 5 minutes." in words(officer)
    worker = near(site, WORKER)
    assert "example.org" not in worker
    assert "Ask for Ann." not in worker


def test_whom_a_shelter_takes(guide_copy: Path):
    """Known before the call, so that nobody is sent away from a door at night."""
    said = words(near(build(guide_copy, shelter()), WORKER))
    assert "A bed for the night Hill Legal Aid" in said
    assert "Day and night, every day." in said
    assert "Men · Families" in said


@pytest.mark.parametrize(
    ("languages", "says"),
    [
        (["English", "arabic", "Akateko"], "English · العربية · Akateko"),
        (["en", "interpreter"], "English · Ask for an interpreter."),
        (["interpreter"], "17:00 By this phone's clock"),
    ],
)
def test_what_a_contact_speaks(guide_copy: Path, languages: list[str], says: str):
    """By tag or by English name, each by its own name; others as written; and whether it gets an interpreter."""
    said = words(near(build(guide_copy, changed(languages=languages)), WORKER))
    assert says in said
    assert ("Ask for an interpreter." in said) == ("interpreter" in languages)


def test_hours_that_are_not_known(guide_copy: Path):
    """It is said; nothing asks the clock."""
    html = near(build(guide_copy, changed(hours="unknown", schedules=None, timezone=None)), WORKER)
    assert "Hours not known." in words(html)
    assert "data-open" not in html


def test_a_name_is_shown_in_the_language_it_was_written_in(guide_copy: Path):
    """The deployer's own name for that language, or the English one, marked as English; nothing is translated."""
    site = build(guide_copy, changed(names={"ar": "عون التل"}))
    assert "<strong>عون التل</strong>" in near(site, "ar/w/numbers/")
    assert '<strong><span lang="ar" dir="rtl">عون التل</span></strong>' in near(site, "mam/w/numbers/")  # its fallback
    assert '<strong><span lang="en-US" dir="ltr">Hill Legal Aid</span></strong>' in near(site, "fil/w/numbers/")
    assert '<span lang="en-US" dir="ltr">Hill County</span>' in near(site, "ar/w/numbers/")


TAGS = {"section", "h2", "h3", "p", "ul", "li", "strong", "span", "br", "a", "bdi"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{names.line} **bold** [here](worker/help)",
    "{{ 7 * 7 }} {% raw %}",
    "</section></main>",
    "&lt;b&gt; &amp; 'quoted'",
    "%(name)s %s {0}",
]
ODD = ["'quoted' & \"more\" &amp", "**bold** *it*", "%(name)s %s"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_placeholders_in_a_contact_are_refused(guide_copy: Path, text: str):
    """A contact's words hold neither HTML nor braces nor links: the gate that reads all words names each."""
    with pytest.raises(ProblemsError) as caught:
        build(guide_copy, changed(name=text, names={"ar": text}, area=text, description=text))
    told = [str(problem) for problem in caught.value.problems]
    assert all(any(f" {key}: " in problem for problem in told) for key in ("name", "name.ar", "area", "description"))


@pytest.mark.parametrize("text", ODD)
def test_what_a_deployer_writes_never_becomes_html(guide_copy: Path, text: str):
    """Every word of it is read as it was written, on every page in every language."""
    line = changed(
        role="interpreter",
        name=text,
        names={"ar": text},
        area=text,
        description=text,
        source=text,
        fees_description=text,
    )
    line["languages"] = [text]
    site = build(guide_copy, line, changed(id="b", name=text, names={"ar": text}, area=text, languages=[text]))
    for url, times in ((OFFICER, 6 + 3), (WORKER, 3), ("ar/o/call-first/", 9), ("ar/w/numbers/", 3)):
        tree = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(site.artifacts[url].body)
        section = tree.find(".//section[@id='near']")
        assert "".join(section.itertext()).count(text) >= times - 1, url
        assert {element.tag for element in section.iter()} <= TAGS
        assert not [name for element in section.iter() for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "line"}, "a number of the guide has this id; choose another"),
        ({"names": {"xx": "Name"}}, "a name in 'xx': not a language beside English; known: ar, mam, fil"),
        ({"names": {"en": "Name"}}, "a name in 'en': not a language beside English"),
        ({"languages": ["sp"]}, "languages: 'sp' is no tag of languages.toml"),
        ({"name": "Hill 212-555-0150"}, "name: a phone number is typed into the text"),
        ({"area": "Hill\u202e"}, "area: the invisible character U+202E"),
        ({"names": {"ar": "\u200bx"}}, "name.ar: the invisible character U+200B"),
        ({"description": "two\nlines"}, "description: the invisible character U+000A"),
    ],
)
def test_what_does_not_fit_the_guide_stops_the_build(guide_copy: Path, changes: Mapping[str, Any], says: str):
    """Ids, languages, and what has no place in a name; with file and table."""
    with pytest.raises(ProblemsError) as caught:
        build(guide_copy, changed(**changes))
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("contacts.toml", "contacts[0]")
    assert says in problem.message


def test_problems_of_contacts_come_with_those_of_the_guide(guide_copy: Path):
    """One run shows what is wrong with both."""
    near_ingredients(guide_copy, LEGAL)
    path = guide_copy / "content/worker/pay.toml"
    path.write_text(path.read_text(encoding="utf-8") + "more = 1\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        near_ingredients(guide_copy, changed(number="12"))
    assert {problem.file for problem in caught.value.problems} == {"content/worker/pay.toml", "contacts.toml"}


DIALED = {"id": "line", "dialed_on": "2026-11-02", "dialed_by": "J. R.", "review_by": "2027-11-02"}


def test_a_number_of_the_guide_that_was_dialed_says_so(guide_copy: Path):
    """When, but not by whom; and its new day to look again stands in the page for the phone's clock."""
    site = build(guide_copy, dialed=(DIALED,))
    body = site.artifacts[WORKER].body.decode("utf-8")
    assert "Number test-called on November 2, 2026." in words(body)
    assert "J. R." not in body
    assert 'data-until="2027-11-02" data-from="2026-11-02"' in body
    with pytest.raises(ProblemsError, match=r"contacts\.toml: dialed\[0\]: 'nobody' is no number of the guide; known"):
        build(guide_copy, dialed=({**DIALED, "id": "nobody"},))


def test_not_test_called_is_said_only_of_what_was_not(guide_copy: Path):
    """The mark of a draft says it for the numbers that nobody called, and nothing once all were."""

    def mark(**more: Any) -> str:
        body = build(guide_copy, **more).artifacts["ar/w/numbers/"].body.decode("utf-8")
        found = re.search(r'<aside class="draft".*?</aside>', body, re.DOTALL)
        return words(found[0]) if found else ""

    assert "رأينا أرقام الهاتف هذه آخر مرة في 4 مارس 2025" in mark()
    assert "2025" not in mark(dialed=(DIALED,))
    assert "2026" not in mark(dialed=(DIALED,))


def test_own_contacts_count_for_the_age_of_numbers(guide_copy: Path):
    """*With no signal* warns from the first day on which a number of the workers' page is to be looked at again."""
    site = build(guide_copy, changed(review_by="2026-12-01"), changed(id="o", role="police", review_by="2026-11-01"))
    assert 'data-until="2026-12-01"' in site.artifacts["en/ready/"].body.decode("utf-8")


def test_days_in_every_language():
    """Monday is Monday: from Babel, or the registry's own where Babel gives the days of another language."""
    hours = Hours((parse_opening("MO-FR", "09:00", "17:00"),), "America/New_York")
    registry = load_registry()
    first = {
        "en": "Monday – Friday", "es": "lunes – viernes", "ht": "lendi – vandredi", "ar": "الاثنين – الجمعة",
        "zh-Hans": "星期一 – 星期五", "hi": "सोमवार – शुक्रवार", "ru": "понедельник – пятница", "quc": "lunes – viernes",
    }  # fmt: skip
    for language in registry:
        html = hours_html(hours, language, with_zone=False)
        assert html.endswith('<bdi dir="ltr">09:00–17:00</bdi></li></ul>')
        assert first.get(language.tag, "") in html


def test_night_and_single_days():
    """A night ends in the morning, a whole day at 24:00; pauses stand in one line."""
    english = Language("en", "English", "English", "Latn", "en_US")
    rows = (("FR", "18:00", "08:00"), ("MO", "00:00", "24:00"), ("WE", "09:00", "12:00"), ("WE", "13:00", "17:00"))
    html = hours_html(
        build_hours(tuple(parse_opening(*row) for row in rows), "America/Denver"), english, with_zone=True
    )
    assert words(html) == ("Monday 00:00–24:00Wednesday 09:00–12:00 · 13:00–17:00Friday 18:00–08:00(Denver)")


def test_a_time_zone_is_named_where_there_are_several(guide_copy: Path):
    """Near a border of zones an hour is an hour late; elsewhere everybody has the same clock."""
    assert "(New York)" not in words(near(build(guide_copy, LEGAL), WORKER))
    site = build(guide_copy, LEGAL, changed(id="west", timezone="America/Chicago"))
    assert "17:00(New York)" in words(near(site, WORKER))
    assert "17:00(Chicago)" in words(near(site, WORKER))
    assert zone_text("America/New_York", load_registry()["es"]) == "Nueva York"
