"""What the forms do to the files: correct, check, doubt, say back, undo; and what they refuse with all words kept."""

import pytest

from fieldguide.catalog import Entry
from fieldguide.items import Tier, Unit
from fieldguide.review import NEEDS_WORK, Role, State, iter_reviews, state_of
from fieldguide.revise import SAID_BACK, iter_said

from .conftest import ANA, BEN, DAY, LAW, LAW_AR, LAW_ENGLISH, TITLE, Bench, by_class, tree, value_of, words

PAY = Unit(TITLE, "Pay")
VITAL = Unit(LAW, LAW_ENGLISH, Tier.VITAL)
RATE = "worker.pay.owed.rate"


def put_law(bench: Bench, source: str = "machine 2026-01-03") -> None:
    """A vital text in the Arabic catalog."""
    bench.put(Entry(LAW, LAW_ENGLISH, LAW_AR, comments=(f"source: {source}",)))


def test_correcting_makes_a_draft_of_one_s_own(bench: Bench):
    """The new text stands in the file, with who wrote it; the way leads on to the next sentence, with an undo."""
    done = bench.act(TITLE, "save", " الأجور\r\n")
    assert done.status_code == 303
    entry = bench.entry(TITLE)
    assert (entry.text, entry.source, state_of(PAY, entry)) == ("الأجور", "human ana", State.DRAFT)
    page = bench.client.get(done.location, base_url="http://127.0.0.1:8001").text
    (told,) = by_class(page, "told")
    assert told == "Saved, not checked yet: Pay Undo"
    assert TITLE not in done.location.partition("?")[0]


def test_checking_is_what_the_command_does(bench: Bench):
    """One person's word makes a normal text checked, with alias, role and the day of the machine's clock."""
    assert bench.act(TITLE, "check", "الأجر").status_code == 303
    entry = bench.entry(TITLE)
    assert state_of(PAY, entry) is State.REVIEWED
    (review,) = iter_reviews(entry)
    assert (review.alias, review.role, review.on) == ("ana", Role.NATIVE_SPEAKER, DAY)
    assert entry.source == "machine 2026-01-03"


def test_correcting_and_checking_in_one_go(bench: Bench):
    """For a text that needs one person only, whoever corrects it may say that it is right."""
    bench.act(TITLE, "check", "الأجور")
    entry = bench.entry(TITLE)
    assert (entry.text, entry.source, state_of(PAY, entry)) == ("الأجور", "human ana", State.REVIEWED)


def test_nobody_checks_their_own_vital_text(bench: Bench):
    """A refused check writes nothing and loses nothing: be it an own text of before, or one corrected just now."""
    put_law(bench, "human ana")
    before = bench.path.read_bytes()
    done = bench.act(LAW, "check", LAW_AR)
    assert done.status_code == 422
    assert by_class(done.text, "refused")[0].startswith("You wrote this. It is about rights or safety")
    put_law(bench)
    before = bench.path.read_bytes()
    done = bench.act(LAW, "check", f"{LAW_AR}.")
    assert done.status_code == 422
    assert f"{LAW_AR}." in done.text
    assert bench.path.read_bytes() == before


def test_a_vital_text_takes_two(bench: Bench):
    """After the first it waits for another person in another role; after the second it is checked."""
    put_law(bench)
    bench.act(LAW, "check", LAW_AR)
    assert state_of(VITAL, bench.entry(LAW)) is State.DRAFT
    again = bench.act(LAW, "check", LAW_AR, {"by": "ana", "role": "lawyer"})
    assert by_class(again.text, "refused")[0].startswith("You have checked this already.")
    role = bench.act(LAW, "check", LAW_AR, {"by": "carla", "role": "native-speaker"})
    assert by_class(role.text, "refused")[0].startswith("Somebody has checked this in your role already.")
    bench.act(LAW, "check", LAW_AR, BEN)
    assert state_of(VITAL, bench.entry(LAW)) is State.REVIEWED


@pytest.mark.parametrize(
    "text", ["تحصل على {fact.rate}.", "تحصل على {fact.rate} {phone.line} <b>", "{fact.rate} {phone.line}"]
)
def test_a_fault_cannot_be_checked(bench: Bench, text: str):
    """A lost placeholder, a tag, no word left: what `translations check` refuses, and nothing is written."""
    before = bench.path.read_bytes()
    done = bench.act(RATE, "check", text)
    assert done.status_code == 422
    assert "It cannot be saved with this in it:" in by_class(done.text, "refused")[0]
    assert bench.path.read_bytes() == before


@pytest.mark.parametrize("text", ["تحصل على {fact.rate}.", ""])
def test_what_would_stop_a_build_is_not_saved(bench: Bench, text: str):
    """Nor is an emptied text: one person's save takes no sentence away from a language. The words stay in the field."""
    before = bench.path.read_bytes()
    done = bench.act(RATE, "save", text)
    assert done.status_code == 422
    assert by_class(done.text, "refused")
    assert f">{text}</textarea>" in done.text
    assert bench.path.read_bytes() == before


def test_what_needs_work_says_why(bench: Bench):
    """With what is wrong, by whom, and when; without words it is not taken. Readers go on seeing the draft."""
    assert bench.act(TITLE, "doubt", "الأجر", words=" \n").status_code == 422
    assert bench.entry(TITLE).comments == ("source: machine 2026-01-03",)
    bench.act(TITLE, "doubt", "الأجر", words="Too\nformal.")
    entry = bench.entry(TITLE)
    (said,) = iter_said(entry, NEEDS_WORK)
    assert (said.alias, said.words, state_of(PAY, entry)) == ("ana", "Too formal.", State.DRAFT)
    page = bench.get(f"/en/ar/{TITLE}/").text
    assert "Needs work, says: ana, 2026-05-31: Too formal." in by_class(page, "refused")[0]
    assert "Needs work" in by_class(page, "need")


def test_what_needs_work_no_longer_counts_as_checked(bench: Bench):
    """A complaint takes earlier checks away; whoever checks it again has read it, and may have checked it before."""
    bench.act(TITLE, "check", "الأجر")
    assert "It then counts as not checked" in bench.get(f"/en/ar/{TITLE}/").text
    bench.act(TITLE, "doubt", "الأجر", BEN, words="Too formal.")
    assert state_of(PAY, bench.entry(TITLE)) is State.DRAFT
    assert bench.act(TITLE, "check", "الأجر").status_code == 303
    assert state_of(PAY, bench.entry(TITLE)) is State.REVIEWED
    page = bench.get(f"/en/ar/{TITLE}/").text
    assert by_class(page, "refused") == []
    assert "Needs work, says: ben, 2026-05-31: Too formal." in by_class(page, "history")[0]
    bench.act(TITLE, "doubt", "الأجر", BEN, words="Too formal.")
    assert state_of(PAY, bench.entry(TITLE)) is State.DRAFT


def test_who_did_not_see_a_complaint_does_not_end_it(bench: Bench):
    """A page that was opened before somebody complained checks nothing."""
    seen = bench.seen(TITLE)
    bench.act(TITLE, "doubt", "الأجر", BEN, words="Too formal.")
    done = bench.act(TITLE, "check", "الأجر", seen=seen)
    assert done.status_code == 409
    assert "Needs work, says: ben" in done.text
    assert state_of(PAY, bench.entry(TITLE)) is State.DRAFT


def test_doubt_takes_a_better_text_with_it(bench: Bench):
    """What was typed is the new draft; one that the gates refuse is kept in the words instead."""
    bench.act(TITLE, "doubt", "الأجور", words="Not sure.")
    assert (bench.entry(TITLE).text, bench.entry(TITLE).source) == ("الأجور", "human ana")
    bench.act(TITLE, "doubt", "الأجور <b>", words="Still not sure.")
    entry = bench.entry(TITLE)
    assert entry.text == "الأجور"
    assert [said.words for said in iter_said(entry, NEEDS_WORK)] == [
        "Not sure.",
        "suggests “الأجور <b>”; Still not sure.",
    ]


def test_a_changed_sentence_shows_what_changed(bench: Bench):
    """The English of before beside that of now, word by word; a check says that the old text is right for it."""
    unit = "worker.pay.summary"
    page = bench.get(f"/en/ar/{unit}/").text
    assert "Changed since" in by_class(page, "need")[0]
    assert "<del>" in page
    assert "<ins>" in page
    text = bench.desk.open("ar").catalog.entries[unit].text
    assert text
    bench.act(unit, "check", text)
    entry = bench.entry(unit)
    assert (entry.text, entry.previous, entry.fuzzy) == (text, "", False)
    assert next(iter_reviews(entry)).alias == "ana"


def test_reading_without_the_english(bench: Bench):
    """The page has no word of the English; what was understood is kept, and then both are shown."""
    page = bench.get(f"/en/ar/{TITLE}/blind").text
    assert by_class(page, "text") == ["الأجر"]
    assert "Pay" not in page
    seen = value_of(page, "seen")
    assert bench.post(f"/en/ar/{TITLE}/blind", seen=seen, words="").status_code == 422
    done = bench.post(f"/en/ar/{TITLE}/blind", seen=seen, words="The money for the work.")
    assert done.status_code == 303
    entry = bench.entry(TITLE)
    assert state_of(PAY, entry) is State.DRAFT
    (remark,) = iter_said(entry, SAID_BACK)
    assert remark.words == "The money for the work."
    page = bench.get(f"/en/ar/{TITLE}/").text
    assert "Pay" in by_class(page, "text")
    assert "it says to: ana, 2026-05-31: The money for the work." in by_class(page, "history")[0]


def test_read_as_readers_do(bench: Bench):
    """No braces and no stars without the English, but what a page shows there; nothing in it dials."""
    page = bench.get(f"/en/ar/{RATE}/blind").text
    (text,) = by_class(page, "text")
    assert text == "تحصل على $7.25 على الأقل. اتصل بالرقم 1-212-555-0142."
    assert "tel:" not in page
    rows = by_class(bench.get("/en/ar/", blind="1", q="rate").text, "rows")
    assert "$7.25" in rows[0]
    assert "{" not in rows[0]


def test_what_stays_as_it_is_is_shown_with_what_it_stands_for(bench: Bench):
    """The English reads as a page does; each part in brackets stands below it with its meaning."""
    page = bench.get(f"/en/ar/{RATE}/").text
    assert "You get at least $7.25. Call 1-212-555-0142." in by_class(page, "text")
    parts = [words(part) for part in tree(page).iter("code")]
    assert parts[:2] == ["{fact.rate}", "{phone.line}"]
    assert "[]" not in page


def test_blind_does_not_say_back_what_has_changed(bench: Bench):
    """Whoever read another text than the one that stands there now reads again; their words are kept."""
    seen = bench.seen(TITLE)
    bench.act(TITLE, "save", "الأجور")
    done = bench.post(f"/en/ar/{TITLE}/blind", BEN, seen=seen, words="Wages.")
    assert done.status_code == 409
    assert "Wages.</textarea>" in done.text
    assert not list(iter_said(bench.entry(TITLE), SAID_BACK))


def test_undo_brings_back_the_file(bench: Bench):
    """Step by step to what the file had before this run's saves, reviews and all; then there is nothing to undo."""
    bench.act("worker.start.title", "check", "البداية")
    before = bench.path.read_bytes()
    bench.act(TITLE, "check", "الأجور")
    bench.act(TITLE, "doubt", "الأجور", words="No.")
    assert bench.post(f"/en/ar/{TITLE}/undo").status_code == 303
    assert state_of(PAY, bench.entry(TITLE)) is State.REVIEWED
    bench.post(f"/en/ar/{TITLE}/undo")
    assert bench.path.read_bytes() == before
    done = bench.post(f"/en/ar/{TITLE}/undo")
    assert done.status_code == 409
    assert by_class(done.text, "refused")[0].startswith("This cannot be undone any more")
    assert bench.path.read_bytes() == before


def test_undo_does_not_take_what_others_did(bench: Bench):
    """A sentence that was changed by hand since is left alone."""
    bench.act(TITLE, "save", "الأجور")
    bench.put(Entry(TITLE, "Pay", "أجر", comments=("source: human ben",)))
    assert bench.post(f"/en/ar/{TITLE}/undo").status_code == 409
    assert bench.entry(TITLE).text == "أجر"


def test_two_people_save_one_sentence(bench: Bench):
    """The second sees the first's words and the difference, with their own kept in the field; then they may save."""
    seen = bench.seen(TITLE)
    bench.act(TITLE, "save", "الأجور كلها", seen=seen)
    done = bench.act(TITLE, "save", "الأجور هنا", BEN, seen=seen)
    assert done.status_code == 409
    assert "<del>كلها</del><ins>هنا</ins>" in done.text
    assert "الأجور هنا</textarea>" in done.text
    assert bench.entry(TITLE).text == "الأجور كلها"
    bench.act(TITLE, "save", "الأجور هنا", BEN, seen=value_of(done.text, "seen"))
    entry = bench.entry(TITLE)
    assert (entry.text, entry.source) == ("الأجور هنا", "human ana ben")


def test_a_file_changed_by_hand_is_read_again(bench: Bench):
    """Another sentence changed meanwhile: both changes stay. The same sentence: it is a conflict."""
    seen = bench.seen(TITLE)
    bench.put(Entry("worker.start.title", "Start", "بداية", comments=("source: human ben",)))
    assert bench.act(TITLE, "save", "الأجور", seen=seen).status_code == 303
    assert (bench.entry("worker.start.title").text, bench.entry(TITLE).text) == ("بداية", "الأجور")
    seen = bench.seen(TITLE)
    bench.put(Entry(TITLE, "Pay", "أجر", comments=("source: human ben",)))
    assert bench.act(TITLE, "check", "الأجور", seen=seen).status_code == 409


def test_a_broken_file_is_named_and_nothing_lost(bench: Bench):
    """Somebody left a merge conflict: file, line and remedy are said, and what was typed is shown to be copied."""
    fields = {"seen": bench.seen(TITLE)}
    stamp = value_of(bench.get(f"/en/ar/{TITLE}/").text, "stamp")
    broken = bench.path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n"
    bench.path.write_text(broken, encoding="utf-8")
    data = {"stamp": stamp, "do": "save", "text": "الأجور", **fields}
    done = bench.client.post(f"/es/ar/{TITLE}/", base_url="http://127.0.0.1", query_string=ANA, data=data)
    assert done.status_code == 503
    assert "translations/ar/messages.po: line" in done.text
    assert "No se pueden leer los archivos" in done.text
    assert "الأجور</textarea>" in done.text
    assert bench.path.read_text(encoding="utf-8") == broken


def test_the_english_changes_meanwhile(bench: Bench):
    """A content file that was edited is read again before anything is written: the old English is never put back."""
    content = bench.root / "content/worker/pay.toml"
    text = content.read_text(encoding="utf-8")
    assert 'title = "Pay"' in text
    seen = bench.seen(TITLE)
    content.write_text(text.replace('title = "Pay"', 'title = "Your pay"', 1), encoding="utf-8")
    done = bench.act(TITLE, "save", "أجرك", seen=seen)
    assert done.status_code == 409
    bench.act(TITLE, "save", "أجرك")
    entry = bench.entry(TITLE)
    assert (entry.english, entry.text, entry.fuzzy) == ("Your pay", "أجرك", False)


def test_looking_saves_nothing(bench: Bench):
    """The page shows what the gates say, and the text stays in the field; the script asks for the same."""
    before = bench.path.read_bytes()
    page = bench.act(TITLE, "look", "الأجر Wages").text
    assert by_class(page, "doubts") == ["Words in Latin letters that the English has not: \u2068Wages\u2069"]
    assert "الأجر Wages</textarea>" in page
    found = bench.post(f"/en/ar/{TITLE}/try", text="الأجر <b>")
    (fault,) = found.json["faults"]
    assert fault == "Pointed brackets and codes of web pages have no place in a sentence. Leave them out."
    assert bench.post(f"/en/ar/{TITLE}/try", text=" ").json == {"faults": [], "doubts": []}
    assert bench.path.read_bytes() == before


def test_saving_what_has_not_changed(bench: Bench):
    """Nothing is written, no author named, and the page says so."""
    before = bench.path.read_bytes()
    done = bench.act(TITLE, "save", "الأجر")
    assert "done=same" in done.location
    assert bench.path.read_bytes() == before


def test_a_language_without_a_file_gets_one(bench: Bench):
    """The first save starts the catalog, as `translations add` does."""
    path = bench.root / "translations/fil/messages.po"
    path.unlink()
    page = bench.get("/en/fil/ui.leave/").text
    fields = {name: value_of(page, name) for name in ("stamp", "seen")}
    done = bench.client.post(
        "/en/fil/ui.leave/",
        base_url="http://127.0.0.1",
        query_string=ANA,
        data={"do": "save", "text": "Umalis", **fields},
    )
    assert done.status_code == 303
    assert 'msgstr "Umalis"' in path.read_text(encoding="utf-8")
