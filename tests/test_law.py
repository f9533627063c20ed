"""Advice on officers' pages that can hurt somebody: what stands beside it, on every page where it stands."""

import re
from collections.abc import Iterator

import pytest

from fieldguide.items import Confidence, Item, Unit, item_units
from fieldguide.model import Audience, Page, page_units
from fieldguide.reader import load_guide

GUIDE = load_guide()
OFFICER = tuple(GUIDE.pages_for(Audience.OFFICER))


def texts(page: Page) -> str:
    """All that a page says, one unit a line."""
    return "\n".join(unit.text for unit in page_units(page))


def matching(pattern: str) -> Iterator[tuple[Page, Unit]]:
    """The units of officers' pages in which a pattern is found."""
    for page in OFFICER:
        for unit in page_units(page):
            if re.search(pattern, unit.text, re.I):
                yield page, unit


def item(unit_id: str) -> Item:
    """The item with this unit id, e.g. ``officer.may.booking.detainer``."""
    for page in OFFICER:
        for section in page.sections:
            for found in section.items:
                if found.text.id == unit_id:
                    return found
    raise AssertionError(f"no item {unit_id}")


def says(unit_id: str) -> str:
    """What an item says, its reason included."""
    return " ".join(unit.text for unit in item_units(item(unit_id)))


# ---- What booking a worker sets off, and whose officers enforce immigration law ----

ACCUSED = "|".join(
    (
        r"reports? (a worker|stolen tools)",
        r"theft report against|report of (neglect or )?theft|says that a worker stole",
        r"theft of food|a theft or a|book (him|her|them) for",
    )
)


def test_where_a_worker_is_accused_of_theft_the_page_says_what_an_arrest_sets_off():
    """A boss reports a theft: before the officer books, the page says that an arrest alone can mean detention."""
    accused = {page.id for page, _ in matching(ACCUSED)}
    assert {f"officer/{name}" for name in ("agriculture", "domestic", "restaurants", "case-shoplifter")} <= accused
    silent = {
        page for page in accused if not re.search(r"immigration detention|\(officer/may\)", texts(GUIDE.pages[page]))
    }
    assert silent == set()


@pytest.mark.parametrize("unit_id", [unit.id for _, unit in matching(ACCUSED) if ".where." in unit.id])
def test_a_theft_report_bears_its_stakes_in_its_own_sentence(unit_id: str):
    """Who reads only that line reads the law behind it, and to call the prosecutor before booking."""
    assert "{fact.theft-detention}" in says(unit_id)
    assert "call your prosecutor [before you book](officer/may)" in says(unit_id)
    claim = item(unit_id).claim
    assert claim is not None
    assert claim.legal
    assert "pl-119-1" in claim.sources


def test_one_page_tells_what_booking_sets_off():
    """Arrest for theft, prints, officers under an agreement, papers without a judge, and what to do instead."""
    assert "no conviction" in says("officer.may.booking.theft-arrest")
    assert "Homeland Security" in says("officer.may.booking.prints")
    assert "287(g)" in says("officer.may.booking.own-agency")
    assert "no judge" in says("officer.may.booking.detainer")
    assert "before you hold" in says("officer.may.booking.detainer")


def test_prints_are_told_as_read_in_an_old_release():
    """Today's practice was not read, so the page names the year of the release and claims no more."""
    claim = item("officer.may.booking.prints").claim
    assert claim is not None
    assert claim.confidence is Confidence.MEDIUM
    assert "{fact.booking-prints}" in says("officer.may.booking.prints")


@pytest.mark.parametrize("name", ["call-first", "immigration-tools", "tonight", "who-does-what", "one-officer"])
def test_a_page_that_warns_of_immigration_agencies_names_the_officers_own(name: str):
    """A deputy may be an immigration officer: the warning begins with the reader's own agency."""
    assert re.search(
        r"287\(g\)|\[Yours may be one\]|\[you cannot take that back\]", texts(GUIDE.pages[f"officer/{name}"])
    )


def test_no_one_speaks_as_if_not_of_immigration_who_acts_for_it():
    """Two lines for officers would be false from a 287(g) officer, and say so."""
    (card,) = [card for deck in GUIDE.decks for card in deck.cards if card.id == "not-here-for-papers"]
    assert card.caution is not None
    assert "287(g)" in card.caution.text
    assert "287(g)" in says("officer.write-and-photograph.never.removal-instead")


# ---- Visa forms and certificates: what the rule says, and whom it leaves out ----


def test_a_u_signature_is_good_for_six_months():
    """A later filing fails for a stale signature, so the page gives the time and the rule."""
    assert "six months" in says("officer.immigration-tools.u-visa.u-six-months")
    assert "{fact.u-certification}" in says("officer.immigration-tools.u-visa.u-six-months")
    assert list(matching(r"did not find how long")) == []


def test_the_page_says_who_in_an_agency_may_sign():
    """A form signed by whoever took the case is no form: head, named supervisor or judge."""
    signer = says("officer.immigration-tools.who.u-signer")
    assert re.search(r"head of your agency.*supervisor.*judge", signer)


@pytest.mark.parametrize("name", ["agriculture", "landscaping"])
def test_a_crew_without_a_certificate_may_be_lawful(name: str):
    """Where a contractor's certificate is asked for, the page says that some need none and that none is no proof."""
    page = texts(GUIDE.pages[f"officer/{name}"])
    assert "{fact.farm-contractor-certificate}" in page
    assert re.search(r"exempt|Who needs none", page)
    assert re.search(r"(none|No certificate) is not proof", page)
    assert "Nobody may do farm labor contracting" not in page


# ---- Papers and stops: what comes first, and what is not the officer's to take ----

GIVEN_BACK = r"offer (papers|each|it|them)( one)?( back)? to|goes to its owner|its owner gets it"


def test_papers_are_noted_where_they_were_before_they_go_back():
    """Giving back first loses the proof of who held them: place and holder come first, in the same text."""
    given = [unit for _, unit in matching(GIVEN_BACK) if re.search(r"papers?\b|passport|\bIDs\b", unit.text, re.I)]
    assert len(given) > 12
    early = [
        unit.id
        for unit in given
        if not (noted := re.search(r"note (first )?(where|that)", unit.text, re.I))
        or noted.start() > min(found.start() for found in re.finditer(GIVEN_BACK, unit.text, re.I))
    ]
    assert early == []


def test_papers_are_photographed_as_they_lie_and_opened_with_consent_or_a_warrant():
    """What lies in view may be photographed; moving it is a search. No line forbids the first or allows the second."""
    lines = [
        unit for _, unit in matching(r"photograph|picture") if re.search(r"\b(papers|passports?)\b", unit.text, re.I)
    ]
    told = [unit for unit in lines if re.search(r"consent or a warrant", unit.text)]
    assert len(told) >= 4
    assert [unit.id for unit in told if not re.search(r"as (it|they) lies?", unit.text)] == []
    assert [unit.id for unit in told if not re.search(r"\bopen\b", unit.text)] == []
    assert "{fact.plain-view}" in says("officer.may.passports.photo-as-it-lies")


def test_a_stop_is_not_stretched_to_keep_the_boss_apart():
    """The second officer keeps to the task; time sheets are asked for, and no is an answer."""
    line = says("officer.first-thirty.boss.second")
    assert "Do not stretch a stop" in line
    assert "{fact.stop-length}" in line
    assert "take no for an answer" in line
    assert [unit.id for _, unit in matching(r"registration, time sheets")] == []


# ---- Leaving a home: who stays with those in care, and what goes along ----

LEAVES_CARE = r"before (the|any) (carer|worker) leaves|left with five people who need care"


def test_no_officer_is_left_in_a_home_without_asking_by_what_right():
    """'The worker goes and an officer stays' had no ground in law: others come; the supervisor says who may stay."""
    assert [unit.id for _, unit in matching(r"officer stays|stay until someone is there")] == []
    leaving = [unit for _, unit in matching(LEAVES_CARE) if "danger now" in unit.text]
    assert len(leaving) == 3
    for unit in leaving:
        assert "second unit, EMS or protective services" in unit.text, unit.id
        assert "who may stay inside, and by what right" in unit.text, unit.id
    assert "{fact.caretaking}" in says("officer.may.entry.caretaking")


def test_a_worker_takes_along_what_is_plainly_theirs():
    """What the family or the crew claims is noted and left: an officer who hands it over may be part of a theft."""
    taken = [unit for _, unit in matching(r"wants to leave, help them")]
    assert len(taken) == 2
    for unit in taken:
        assert "plainly theirs" in unit.text, unit.id
        assert "note it, leave it, ask your prosecutor" in unit.text, unit.id


# ---- What may not be left out of a file ----


def test_what_a_witness_may_gain_is_logged_for_the_prosecutor():
    """A form or promise kept from the defense can undo a conviction: no line says to leave it out."""
    log = says("officer.write-and-photograph.open-report.benefits-log")
    assert "every form, benefit or promise" in log
    assert "{fact.witness-promises}" in log
    assert [unit.id for _, unit in matching(r"do not write.* may ask for a visa|promised: nothing")] == []


def test_rough_notes_are_kept_and_may_reach_the_defense():
    """When the defense gets notes differs by court, so none are destroyed and no page names a moment for all."""
    assert [unit.id for _, unit in matching(r"once charges are filed")] == []
    told = {unit.id for _, unit in matching(r"notes may go to the defense; when differs by court")}
    assert {"officer.interview.before.one-notes", "officer.write-and-photograph.notes.one-pen.why"} <= told
    kept = {unit.id for _, unit in matching(r"never destroy rough notes")}
    assert {"officer.interview.before.one-notes", "officer.write-and-photograph.notes.one-pen"} <= kept
