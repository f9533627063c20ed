"""Sync: catalogs follow the English by unit id, lose nothing, and never put an old text under a new sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.catalog import Catalog, Entry, load_catalog, serialise_catalog
from fieldguide.items import Tier, Unit
from fieldguide.languages import Language, Registry
from fieldguide.localize import localize
from fieldguide.review import Role, State, add_review, iter_reviews, stamp, state_of
from fieldguide.sync import can_carry, carry, carry_objection, in_order, sync

DAY = date(2026, 5, 31)
ENGLISH = Language("en", "English", "English", "Latn", "en_US", status="source")
ARABIC = Language("ar", "العربية", "Arabic", "Arab", "ar", dir="rtl")
REGISTRY = Registry({"en": ENGLISH, "ar": ARABIC})
IDS = ("a.one", "b.two", "c.three", "d.four")
DESK = IDS[:2]
WORDINGS = ("Go.", "Go now.", "Stay.")
MADE = ("source: human ana",)

UNIT = Unit("a.one", "Go.")
ENTRY = Entry("a.one", "Go.", "اذهب", comments=MADE)

unit_lists = st.lists(
    st.builds(
        Unit, st.sampled_from(IDS), st.sampled_from(WORDINGS), st.sampled_from(Tier), st.sampled_from(["", "Say it."])
    ),
    unique_by=lambda unit: unit.id,
)


def entry_of(unit_id: str, english: str, text: str, *, fuzzy: bool, extra: tuple[str, ...], previous: str) -> Entry:
    """An entry as a translator or tool may leave it; one of its marks or reviews may fit the text."""
    kinds = {
        "mark": f"outdated: {stamp(unit_id, '', text)}",
        "review": f"reviewed: {stamp(unit_id, english, text)} ben lawyer 2026-05-31",
        "void": f"reviewed: {stamp(unit_id, 'Stay.', text)} cy survivor 2026-05-31",
        "remark": "a remark",
    }
    comments = tuple(kinds[name] for name in extra)
    return Entry(unit_id, english, text, fuzzy, comments, previous if fuzzy else "")


entries = st.builds(
    entry_of,
    st.sampled_from(IDS),
    st.sampled_from(WORDINGS),
    st.sampled_from(["", "اذهب", "ابق"]),
    fuzzy=st.booleans(),
    extra=st.lists(st.sampled_from(["mark", "review", "void", "remark"]), unique=True).map(tuple),
    previous=st.sampled_from(["", *WORDINGS]),
)
catalogs = st.builds(
    lambda current, gone: Catalog(
        "ar", {entry.id: entry for entry in current}, tuple(replace(entry, previous="") for entry in gone)
    ),
    st.lists(entries, unique_by=lambda entry: entry.id),
    st.lists(entries.filter(lambda entry: entry.text), max_size=3),
)


def on_disk(catalog: Catalog, folder: Path) -> Catalog:
    path = folder / "messages.po"
    path.write_text(serialise_catalog(catalog), encoding="utf-8", newline="\n")
    return load_catalog(path, "ar")


def shown(units: list[Unit], catalog: Catalog) -> dict[str, str]:
    """The translations that readers get, by unit id; English left out."""
    texts = localize(units, ARABIC, REGISTRY, {"ar": catalog}).texts
    return {unit_id: one.text for unit_id, one in texts.items() if one.language is ARABIC}


def of(*entries: Entry) -> Catalog:
    return Catalog("ar", {entry.id: entry for entry in entries})


def reworded(*wordings: str, entry: Entry = ENTRY, clear: bool = False) -> Entry:
    """The entry after a sync with each wording in turn; ``clear``: a tool clears the flag after each."""
    catalog = of(entry)
    for wording in wordings:
        catalog = sync([Unit("a.one", wording)], catalog)
        if clear:
            catalog = of(replace(catalog.entries["a.one"], fuzzy=False, previous=""))
    return catalog.entries["a.one"]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(unit_lists, catalogs)
def test_second_sync_changes_nothing(tmp_path_factory: pytest.TempPathFactory, units: list[Unit], catalog: Catalog):
    """Sync once or twice, in memory or through a file: the same catalog and the same bytes."""
    once = sync(units, catalog)
    assert sync(units, once) == once
    read = on_disk(once, tmp_path_factory.mktemp("po"))
    assert read == once
    assert serialise_catalog(sync(units, read)) == read.written == serialise_catalog(once)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(unit_lists, catalogs)
def test_entries_are_those_of_the_units(units: list[Unit], catalog: Catalog):
    """One entry a unit, in document order, with the English and the note of the unit; the rest is obsolete."""
    after = sync(units, catalog)
    assert list(after.entries) == [unit.id for unit in units]
    for unit in units:
        entry = after.entries[unit.id]
        assert (entry.id, entry.english) == (unit.id, unit.text)
        assert entry.note == (f"[{unit.tier.value}] {unit.note}" if unit.note else f"[{unit.tier.value}]")
    assert all(entry.text and not entry.note for entry in after.obsolete)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(unit_lists, catalogs)
def test_no_text_is_lost_or_made_up(units: list[Unit], catalog: Catalog):
    """Every text of the catalog is still in it, under its own id, as often as before."""

    def texts(one: Catalog) -> list[tuple[str, str]]:
        return sorted((entry.id, entry.text) for entry in (*one.entries.values(), *one.obsolete) if entry.text)

    assert texts(sync(units, catalog)) == texts(catalog)


def test_what_a_deleted_sentence_said_is_kept_through_every_sync(tmp_path: Path):
    """A translation whose sentence is gone stays in the file, reviews and all, however often it is synced, and comes
    back as it was when the sentence does; what was obsolete already is not pushed out by it."""
    older = Entry("d.four", "Stay.", "ابق", comments=("source: human ben",))
    checked = add_review(ENTRY, "ana", Role.LAWYER, DAY)
    other = [Unit("b.two", "Stay.")]
    catalog = replace(of(checked), obsolete=(older,))
    for _ in range(3):
        catalog = on_disk(sync(other, catalog), tmp_path)
        assert catalog.obsolete == (older, checked)
    back = sync([*other, UNIT], catalog)
    assert (back.entries["a.one"].text, back.obsolete) == (checked.text, (older,))
    assert state_of(UNIT, back.entries["a.one"]) is State.REVIEWED


@settings(deadline=None, derandomize=True, max_examples=300)
@given(unit_lists, catalogs)
def test_sync_shows_nothing_that_was_hidden(units: list[Unit], catalog: Catalog):
    """Readers get after a sync what they got before, or the English; of what came back, only what fits."""
    before, after = shown(units, catalog), shown(units, sync(units, catalog))
    assert before.items() <= after.items()
    english = {unit.id: unit.text for unit in units}
    held = (*catalog.entries.values(), *catalog.obsolete)
    for unit_id, text in after.items() - before.items():
        made_for = {
            wording for one in held if (one.id, one.text) == (unit_id, text) for wording in (one.english, one.previous)
        }
        assert english[unit_id] in made_for


@dataclass
class Desk:
    """A guide and its catalog while authors and translators work; it knows for which English each text was written."""

    units: list[Unit] = field(default_factory=lambda: [Unit(unit_id, "Go.") for unit_id in DESK])
    catalog: Catalog = field(default_factory=lambda: Catalog("ar", {}))
    written_for: dict[str, str] = field(default_factory=dict)

    def reword(self, number: int, wording: str) -> None:
        self.units = [replace(unit, text=wording) if unit.id == DESK[number] else unit for unit in self.units]

    def delete(self, number: int, wording: str) -> None:
        self.units = [unit for unit in self.units if unit.id != DESK[number]]

    def restore(self, number: int, wording: str) -> None:
        if DESK[number] not in {unit.id for unit in self.units}:
            self.units = [Unit(DESK[number], wording), *self.units]

    def sync(self, number: int, wording: str) -> None:
        self.catalog = sync(self.units, self.catalog)

    def translate(self, number: int, wording: str) -> None:
        unit_id = DESK[number]
        if unit_id in self.catalog.entries:
            entry = self.catalog.entries[unit_id]
            text = f"نص{len(self.written_for)}"
            self.written_for[text] = entry.english
            changed = replace(entry, text=text, fuzzy=False, previous="")
            self.catalog = replace(self.catalog, entries={**self.catalog.entries, unit_id: changed})

    def clear(self, number: int, wording: str) -> None:
        """A tool clears every fuzzy flag at a touch; some drop the earlier English with it."""
        entries = {
            entry.id: replace(entry, fuzzy=False, previous="" if number % 2 else entry.previous)
            for entry in self.catalog.entries.values()
        }
        self.catalog = replace(self.catalog, entries=entries)

    def wrong(self) -> list[tuple[str, str]]:
        """The units under which readers get a text that was written for another English."""
        english = {unit.id: unit.text for unit in self.units}
        return [
            (english[unit_id], text)
            for unit_id, text in shown(self.units, self.catalog).items()
            if self.written_for[text] != english[unit_id]
        ]


STEPS: tuple[Callable[[Desk, int, str], None], ...] = (
    Desk.reword,
    Desk.delete,
    Desk.restore,
    Desk.sync,
    Desk.translate,
    Desk.clear,
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.sampled_from(WORDINGS)), max_size=30))
def test_no_work_puts_a_text_under_another_english(steps: list[tuple[Callable, int, str]]):
    """Reword, delete, restore, translate, sync, clear flags in any order: a text shows for its own English only."""
    desk = Desk()
    for number in range(len(DESK)):
        desk.sync(number, "")
        desk.translate(number, "")
    assert len(shown(desk.units, desk.catalog)) == len(DESK)
    for step, number, wording in steps:
        step(desk, number, wording)
        assert desk.wrong() == []


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(WORDINGS), st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_cleared_flags_never_show_an_old_text(history: list[tuple[str, bool, bool]]):
    """However one unit is reworded, synced or not, and its flag cleared or not, its text shows for its English only."""
    catalog = of(ENTRY)
    for wording, synced, cleared in history:
        unit = Unit("a.one", wording)
        catalog = sync([unit], catalog) if synced else catalog
        if cleared:
            catalog = of(replace(catalog.entries["a.one"], fuzzy=False, previous=""))
        for one in (catalog, sync([unit], catalog)):
            assert shown([unit], one) in ({}, {"a.one": "اذهب"} if wording == "Go." else {})


def test_cleared_flag_and_a_way_back_do_not_show_an_old_text():
    """A text for "Go." whose flag a tool cleared under "Stay." is not shown when "Stay." comes back."""
    there = reworded("Stay.", clear=True)
    away = sync([Unit("a.one", "Go now.")], of(there))
    back = sync([Unit("a.one", "Stay.")], away)
    assert shown([Unit("a.one", "Stay.")], back) == {}


def test_reworded_unit_keeps_its_text_in_doubt():
    """A new wording leaves the text, marks it fuzzy, and keeps the English it was made for."""
    entry = reworded("Stay.")
    mark = f"outdated: {stamp('a.one', '', 'اذهب')}"
    assert entry == Entry("a.one", "Stay.", "اذهب", True, (*MADE, mark), "Go.")
    assert state_of(Unit("a.one", "Stay."), entry) is State.STALE
    assert reworded("Stay.", "Go now.").previous == ""


def test_blindly_cleared_flag_comes_back():
    """The next sync sets the flag again, because nobody has changed the text or checked it."""
    cleared = reworded("Stay.", clear=True)
    unit = Unit("a.one", "Stay.")
    assert shown([unit], of(cleared)) == {}
    again = sync([unit], of(cleared)).entries["a.one"]
    assert again.fuzzy
    assert shown([unit], of(again)) == {}


def test_outdated_mark_copied_to_another_entry_changes_nothing_there():
    """A tool that copies the mark to another id takes no text away; the entry it came from stays in doubt."""
    old = replace(reworded("Stay."), fuzzy=False)
    other = Entry("b.two", "Go.", "اذهب", comments=old.comments)
    units = [Unit("a.one", "Stay."), Unit("b.two", "Go.")]
    assert shown(units, of(old, other)) == {"b.two": "اذهب"}
    after = sync(units, of(old, other))
    assert shown(units, after) == {"b.two": "اذهب"}
    assert after.entries["b.two"].comments == MADE


@pytest.mark.parametrize("change", [{"text": "ابق"}, {"text": "ابق", "previous": ""}])
def test_new_text_ends_the_doubt(change: dict[str, str]):
    """A translator who writes a new text and clears the flag is believed; the mark and the old English go."""
    mended = replace(reworded("Stay."), fuzzy=False, **change)
    unit = Unit("a.one", "Stay.")
    assert shown([unit], of(mended)) == {"a.one": "ابق"}
    assert sync([unit], of(mended)).entries["a.one"] == Entry("a.one", "Stay.", "ابق", comments=MADE)


def test_wording_that_comes_back_brings_text_and_review():
    """A -> B -> A: the text is as it was, with its review. After a longer way round it stays in doubt."""
    checked = add_review(ENTRY, "ben", Role.LAWYER, DAY)
    assert state_of(UNIT, reworded("Stay.", entry=checked)) is State.STALE
    for way in (["Stay.", "Go."], ["Stay.", "Stay.", "Go.", "Go."]):
        assert reworded(*way, entry=checked) == checked
        assert reworded(*way) == ENTRY
    assert reworded("Stay.", "Go now.", "Go.").fuzzy


def test_a_doubted_text_is_not_cleared_by_a_way_back():
    """A text that a translator was unsure of stays fuzzy when its wording goes away and comes back."""
    assert reworded("Stay.", "Go.", entry=replace(ENTRY, fuzzy=True)).fuzzy
    assert reworded("Stay.", entry=replace(ENTRY, fuzzy=True, previous="Go now.")).previous == ""


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.permutations(IDS), st.sets(st.sampled_from(IDS)), st.booleans())
def test_delete_and_restore_keep_text_and_review(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], gone: set[str], through_file: bool
):
    """Units that go and come back have the text and the review they had, in the new order; nothing is left over."""
    units = [Unit(unit_id, "Go.") for unit_id in IDS]
    made = [add_review(Entry(unit.id, "Go.", f"نص {unit.id}"), "ben", Role.LAWYER, DAY) for unit in units]
    before = sync(units, of(*made))
    less = sync([unit for unit in units if unit.id not in gone], before)
    assert less.entries.keys() == set(IDS) - gone
    assert sorted(entry.id for entry in less.obsolete) == sorted(gone)
    if through_file:
        less = on_disk(less, tmp_path_factory.mktemp("po"))
    again = sync([Unit(unit_id, "Go.") for unit_id in order], less)
    assert again == Catalog("ar", {unit_id: before.entries[unit_id] for unit_id in order})
    assert list(again.entries) == order
    assert all(state_of(UNIT, again.entries["a.one"]) is State.REVIEWED for _ in order)


def test_obsolete_entry_is_kept_once():
    """Gone, back and gone again: one obsolete entry, and not one more with each sync."""
    catalog = of(ENTRY)
    for units in ([], [UNIT], [], [], [UNIT], []):
        catalog = sync(units, catalog)
    assert catalog == Catalog("ar", {}, (ENTRY,))


def test_restored_unit_with_another_english_comes_back_in_doubt():
    """A unit that comes back reworded has its text, marked fuzzy."""
    back = sync([Unit("a.one", "Stay.")], sync([], of(ENTRY)))
    assert (back.entries["a.one"], back.obsolete) == (reworded("Stay."), ())


def test_unit_deleted_while_in_doubt_comes_back_in_doubt(tmp_path: Path):
    """Neither going, nor a file, nor coming back clears a text for an earlier English."""
    unit = Unit("a.one", "Stay.")
    gone = on_disk(sync([], of(reworded("Stay."))), tmp_path)
    for one in (gone, replace(gone, obsolete=tuple(replace(entry, fuzzy=False) for entry in gone.obsolete))):
        back = sync([unit], one)
        assert back.entries["a.one"].text == "اذهب"
        assert shown([unit], back) == {}


def test_of_two_obsolete_entries_the_fitting_one_comes_back():
    """The entry with the English of the unit is revived, though another was put away later; that one stays."""
    other = replace(ENTRY, english="Stay.", text="ابق")
    back = sync([UNIT], Catalog("ar", {}, (ENTRY, other)))
    assert (back.entries["a.one"], back.obsolete) == (ENTRY, (other,))


def test_obsolete_text_fills_an_empty_entry():
    """A tool that put an empty entry beside the old text of the same unit costs no text."""
    after = sync([UNIT], Catalog("ar", {"a.one": Entry("a.one", "Go.", "")}, (ENTRY,)))
    assert after == of(ENTRY)


def test_empty_entry_of_a_gone_unit_is_dropped():
    """What was never translated leaves nothing behind."""
    assert sync([], of(Entry("a.one", "Go.", ""))) == Catalog("ar", {})


def test_the_head_of_the_file_and_remarks_on_empty_texts_stay():
    """Who translates and under what license, and what was said of a text that is not there yet: no sync drops it."""
    asked = Entry("a.one", "Go.", "", comments=("Which dialect?",))
    catalog = replace(of(asked), header="Translators: ana, ben")
    after = sync([UNIT], catalog)
    assert (after.header, after.entries["a.one"].comments) == ("Translators: ana, ben", ("Which dialect?",))
    assert in_order([UNIT], catalog).header == "Translators: ana, ben"


def test_an_obsolete_text_has_no_author_note():
    """A note for a sentence that is gone would tell translators what no longer stands there."""
    noted = sync([replace(UNIT, note="Say it.")], of(ENTRY))
    assert noted.entries["a.one"].note == "[normal] Say it."
    assert [entry.note for entry in sync([], noted).obsolete] == [""]


def test_new_unit_comes_empty():
    """A unit that the catalog has not is there to be translated, and no other text is guessed for it."""
    after = sync([UNIT, Unit("b.two", "Go.")], of(ENTRY))
    assert after.entries["b.two"] == Entry("b.two", "Go.", "")


def test_notes_are_renewed():
    """A changed tier or note reaches the translator; a note that a tool kept too long goes."""
    catalog = of(replace(ENTRY, note="[normal] Old."))
    notes = [
        sync([unit], catalog).entries["a.one"].note
        for unit in (Unit("a.one", "Go.", Tier.VITAL, "Say it."), Unit("a.one", "Go."))
    ]
    assert notes == ["[vital] Say it.", "[normal]"]


def test_in_order_changes_no_text():
    """Layout is order, notes and composed letters: nothing is added, dropped, marked or cleared."""
    apart = Entry("b.two", "Old.", "e\u0301", True, ("a remark",), "Older.")
    stranger = Entry("x.gone", "Gone.", "نص")
    catalog = Catalog("ar", {entry.id: entry for entry in (stranger, apart, ENTRY)}, (replace(ENTRY, text="قديم"),))
    after = in_order([UNIT, Unit("b.two", "New."), Unit("c.three", "Go.")], catalog)
    assert list(after.entries.values()) == [ENTRY, replace(apart, text="é"), stranger]
    assert after.obsolete == catalog.obsolete
    assert [entry.note for entry in after.entries.values()] == ["[normal]", "[normal]", ""]


def carried(entry: Entry, wording: str, *, synced: bool) -> Entry:
    unit = Unit("a.one", wording)
    before = sync([unit], of(entry)).entries["a.one"] if synced else entry
    assert can_carry(unit, before)
    assert carry_objection(unit, before) == ""
    return carry(unit, before, "dora")


@pytest.mark.parametrize("synced", [False, True])
def test_carry_moves_text_and_reviews(synced: bool):
    """Before a plain sync or after it: text and reviews are those of the new wording, and who said so is kept."""
    checked = add_review(add_review(ENTRY, "ben", Role.LAWYER, DAY), "cy", Role.SURVIVOR, DAY)
    moved = carried(checked, "Go!", synced=synced)
    new = stamp("a.one", "Go!", "اذهب")
    reviews = (f"reviewed: {new} ben lawyer 2026-05-31 carried", f"reviewed: {new} cy survivor 2026-05-31 carried")
    assert moved == Entry("a.one", "Go!", "اذهب", comments=(*MADE, *reviews, "carried: dora"))
    assert [review.carried for review in iter_reviews(moved)] == [True, True]
    assert state_of(Unit("a.one", "Go!"), moved) is State.REVIEWED
    assert sync([Unit("a.one", "Go!")], of(moved)).entries["a.one"] == moved


@pytest.mark.parametrize("synced", [False, True])
def test_carry_makes_no_review(synced: bool):
    """A draft stays a draft, and a review that was void already is not brought back."""
    void = f"reviewed: {stamp('a.one', 'Go.', 'أخرى')} ben lawyer 2026-05-31"
    moved = carried(replace(ENTRY, comments=(*MADE, void)), "Go!", synced=synced)
    assert moved.comments == (*MADE, void, "carried: dora")
    assert state_of(Unit("a.one", "Go!"), moved) is State.DRAFT


@pytest.mark.parametrize("synced", [False, True])
def test_carry_moves_a_complaint(synced: bool):
    """What was not right is not right in a mended spelling of the English either: the text does not become checked."""
    stamped = stamp("a.one", "Go.", "اذهب")
    complaint = f"needs-work: {stamped} ana lawyer 2026-05-31 Too curt: say it in full."
    checked = add_review(ENTRY, "ben", Role.LAWYER, DAY)
    moved = carried(replace(checked, comments=(*checked.comments, complaint)), "Go!", synced=synced)
    assert complaint.replace(stamped, stamp("a.one", "Go!", "اذهب")) in moved.comments
    assert state_of(Unit("a.one", "Go!"), moved) is State.DRAFT


@pytest.mark.parametrize("synced", [False, True])
def test_carry_twice(synced: bool):
    """A wording mended twice by one person: the reviews move twice, the name stands once."""
    moved = carried(add_review(ENTRY, "ben", Role.LAWYER, DAY), "Go!", synced=synced)
    again = carried(moved, "Go!!", synced=synced)
    review = f"reviewed: {stamp('a.one', 'Go!!', 'اذهب')} ben lawyer 2026-05-31 carried"
    assert again.comments.count("carried: dora") == 1
    assert review in again.comments
    assert state_of(Unit("a.one", "Go!!"), again) is State.REVIEWED


def is_refused(wording: str, entry: Entry) -> bool:
    unit = Unit("a.one", wording)
    return bool(carry_objection(unit, entry)) or not can_carry(unit, entry)


def test_carry_goes_from_the_english_that_the_text_was_made_for():
    """A text that is two wordings behind is not carried: who vouches for the last step did not see the first."""
    entry = replace(ENTRY, english="Stay 2 days.")
    assert is_refused("Stay some days!", reworded("Stay some days.", entry=entry))
    assert is_refused("Stay some days!", reworded("Stay some days.", "Stay some days!", entry=entry))
    assert is_refused("Stay 3 days.", reworded("Stay some days.", "Stay 3 days.", entry=entry))
    assert is_refused("Stay 2 days!", reworded("Stay some days.", "Stay 2 days!", entry=entry))
    assert not is_refused("Stay 2 days!", entry)
    assert not is_refused("Stay 2 days!", reworded("Stay 2 days!", entry=entry))


@pytest.mark.parametrize("previous", ["", "Wait 2 days."])
def test_carry_does_not_start_from_a_blindly_cleared_flag(previous: str):
    """A text for "Wait 2 days." whose flag a tool cleared under "Wait." is not carried to "Wait!" as if made for it."""
    doubted = reworded("Wait.", entry=replace(ENTRY, english="Wait 2 days."))
    cleared = replace(doubted, fuzzy=False, previous=previous)
    assert is_refused("Wait!", cleared)
    assert is_refused("Wait!", reworded("Wait!", entry=cleared))


@pytest.mark.parametrize("synced", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wait 2 days.", "Wait 3 days."),
        ("Wait 2 days.", "Wait days."),
        ("Wait.", "Wait 2 days."),
        ("Wait 12 or 3 days.", "Wait 1 or 23 days."),
        ("Call {phone.line}.", "Call {phone.office}."),
        ("Call {phone.line}.", "Call."),
        ("Call {phone.line}.", "Call {phone.line} {phone.line}."),
        ("See [pay](worker/pay).", "See [pay](worker/start)."),
        ("See [pay](worker/pay).", "See pay."),
    ],
)
def test_carry_is_refused_when_a_hard_part_changed(old: str, new: str, synced: bool):
    """Another number, placeholder or link is another meaning, whatever the person says."""
    entry = replace(ENTRY, english=old)
    unit = Unit("a.one", new)
    held = sync([unit], of(entry)).entries["a.one"] if synced else entry
    objection = carry_objection(unit, held)
    assert objection == "its numbers, placeholders or links have changed, so its meaning has; translate it again"


def test_carry_lets_hard_parts_change_places():
    """The same numbers, placeholders and links in another order are no objection."""
    old = "Call {phone.line} in 2 or 3 days, see [pay](worker/pay)."
    new = "See [the pay](worker/pay): call {phone.line} in 3 or 2 days."
    assert carry_objection(Unit("a.one", new), replace(ENTRY, english=old)) == ""


def test_carry_is_refused_for_vital_and_unknown_units():
    """A vital unit and an id that no unit has are refused, even where nothing is translated."""
    vital = Unit("a.one", "Go!", Tier.VITAL)
    for entry in (ENTRY, None):
        assert carry_objection(vital, entry) == "is vital; each new wording is translated and checked again"
        assert carry_objection(None, entry) == "no unit has this id; mend its spelling"


@pytest.mark.parametrize(
    "entry",
    [
        None,
        replace(ENTRY, english="Go!"),
        Entry("a.one", "Go.", ""),
        replace(ENTRY, fuzzy=True),
        reworded("Stay."),
        reworded("Go!", entry=replace(ENTRY, fuzzy=True)),
    ],
)
def test_there_may_be_nothing_to_carry(entry: Entry | None):
    """The same English, no text, or a text that a translator was unsure of: nothing moves."""
    assert not can_carry(Unit("a.one", "Go!"), entry)
