"""What translators' tools do to a catalog: what survives them, and what they put out of place."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from fieldguide.catalog import Catalog, Entry, catalog_path, load_catalog, serialise_catalog, serialise_template
from fieldguide.checks.doubts import check_doubts
from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.items import Unit
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.localize import localize
from fieldguide.problems import ProblemsError
from fieldguide.review import Role, State, add_review, is_outdated, iter_reviews, state_of
from fieldguide.site import build_site
from fieldguide.sync import in_order, note_of, sync

from .conftest import fixture_ingredients

TITLE, RATE, LAW, REWORDED, UNSURE = (
    "worker.start.title",
    "worker.pay.owed.rate",
    "officer.farm.what.law",
    "worker.pay.summary",
    "worker.pay.story.one",
)
WAIVER = "waived: length a name that people say aloud, and a comment longer than any tool's line of 77 or 79 characters"
LAYOUT = "its layout is not the usual one; `translations fmt ar` mends it"


@dataclass(frozen=True)
class Desk:
    """A guide on disk whose Arabic catalog holds one of everything, and is canonical."""

    root: Path
    units: tuple[Unit, ...]
    catalog: Catalog

    @property
    def po(self) -> Path:
        return catalog_path(self.root / "translations", "ar")

    @property
    def pot(self) -> Path:
        return self.root / "messages.pot"

    def template(self, *more: Unit, texts: dict[str, str] | None = None) -> Path:
        """The template of the guide's units, some reworded, and more."""
        units = [replace(unit, text=(texts or {}).get(unit.id, unit.text)) for unit in (*self.units, *more)]
        entries = (Entry(unit.id, unit.text, "", note=note_of(unit)) for unit in units)
        self.pot.write_text(serialise_template(entries), encoding="utf-8")
        return self.pot

    def ingredients(self) -> Ingredients:
        return fixture_ingredients(root=self.root)


@pytest.fixture
def desk(guide_copy: Path) -> Desk:
    ingredients = fixture_ingredients(root=guide_copy)
    catalog = sync(ingredients.units, ingredients.catalogs["ar"])
    entries = dict(catalog.entries)
    entries[TITLE] = add_review(entries[TITLE], "ana", Role.NATIVE_SPEAKER, date(2026, 2, 1))
    entries[RATE] = add_review(entries[RATE], "ben", Role.LAWYER, date(2026, 2, 2))
    entries["names.line"] = replace(entries["names.line"], comments=(*entries["names.line"].comments, WAIVER))
    law = "القانون هو {fact.act}، *منذ* {fact.since}." + ' وهو "مكتوب"' * 20
    entries[LAW] = replace(entries[LAW], text=law, comments=("source: human anna",))
    gone = Entry("worker.gone", 'Gone, and "quoted",' + " words" * 30, "ذهب" * 40, comments=("source: human anna",))
    desk = Desk(guide_copy, ingredients.units, replace(catalog, entries=entries, obsolete=(gone,)))
    desk.po.write_text(serialise_catalog(desk.catalog), encoding="utf-8", newline="\n")
    return desk


def gettext(*arguments: str | Path) -> str:
    """What one of gettext's tools prints; it must not complain."""
    done = subprocess.run([*map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def by_toolkit(module: str, path: Path) -> str:
    """Load, touch every text, wrap at 77, add a header, save: what Weblate does."""
    store = import_module(f"translate.storage.{module}").pofile.parsefile(str(path))
    if module == "pypo":
        store.wrapper.width = 77  # the C library wraps by itself
    for unit in store.units:
        if unit.istranslated() and not unit.isheader():
            unit.target = str(unit.target)
    store.updateheader(add=True, X_Generator="Weblate 5.9", Last_Translator="Ana <ana@example.org>")
    return bytes(store).decode("utf-8")


def by_poedit(path: Path) -> str:
    """Poedit's form: wrapped at 79, with its headers."""
    wrapped = gettext("msgcat", "--width=79", path)
    headers = (
        '"Project-Id-Version: \\n"\n"POT-Creation-Date: \\n"\n"PO-Revision-Date: 2026-03-01 10:00+0100\\n"\n'
        '"Last-Translator: Ana <ana@example.org>\\n"\n"Language-Team: \\n"\n'
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "\n'
        '"n%100>=11 && n%100<=99 ? 4 : 5);\\n"\n"X-Generator: Poedit 3.5\\n"\n'
    )
    start = '"Language: ar\\n"\n'
    assert start in wrapped
    return wrapped.replace(start, headers + start, 1)


TOOLS: dict[str, Callable[[Desk], str]] = {
    "msgcat": lambda desk: gettext("msgcat", desk.po),
    "msgmerge": lambda desk: gettext("msgmerge", "--quiet", "--previous", desk.po, desk.template()),
    "Weblate": lambda desk: by_toolkit("pypo", desk.po),
    "Weblate with libgettextpo": lambda desk: by_toolkit("cpo", desk.po),
    "Poedit": lambda desk: by_poedit(desk.po),
}


@pytest.fixture(params=TOOLS)
def rewrapped(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    """The desk after one tool has written the catalog anew."""
    desk.po.write_text(TOOLS[request.param](desk), encoding="utf-8", newline="\n")
    return desk


def notes(catalog: Catalog) -> dict[str, str]:
    return {entry.id: entry.note for entry in catalog.entries.values()}


def test_the_catalog_has_one_of_everything(desk: Desk):
    """The catalog that goes through the tools has what they might lose."""
    catalog = load_catalog(desk.po, "ar")
    assert (catalog, notes(catalog)) == (desk.catalog, notes(desk.catalog))
    assert [review.alias for review in iter_reviews(catalog.entries[TITLE])] == ["ana"]
    reworded = catalog.entries[REWORDED]
    assert (reworded.fuzzy, reworded.previous, is_outdated(reworded)) == (True, "What they must give you.", True)
    assert catalog.entries[LAW].text.count('"') == 40
    assert [entry.id for entry in catalog.obsolete] == ["worker.gone"]
    assert any(note.startswith("[vital] ") for note in notes(catalog).values())


def test_nothing_is_lost_in_a_tool(rewrapped: Desk):
    """Ids, English, texts, marks, comments, notes and obsolete entries come out as they went in."""
    read = load_catalog(rewrapped.po, "ar")
    assert read.entries == rewrapped.catalog.entries
    assert list(read.entries) == list(rewrapped.catalog.entries)
    assert notes(read) == notes(rewrapped.catalog)
    assert read.obsolete == rewrapped.catalog.obsolete


def test_reviews_and_waivers_hold_after_a_tool(rewrapped: Desk):
    """A checked text stays checked, one in doubt stays out, and a waived warning stays silent."""
    entries = load_catalog(rewrapped.po, "ar").entries
    states = {unit.id: state_of(unit, entries.get(unit.id)) for unit in rewrapped.units}
    assert [key for key, state in states.items() if state is State.REVIEWED] == [TITLE, RATE]
    assert [key for key, state in states.items() if state is State.STALE] == [REWORDED, UNSURE]
    assert list(entries["names.line"].iter_comments("waived")) == [WAIVER.removeprefix("waived: ")]


def test_a_rewrapped_catalog_builds_with_a_warning(rewrapped: Desk):
    """The guide is the same byte for byte, the warning names the remedy, and the remedy brings the file back."""
    canonical = serialise_catalog(rewrapped.catalog)
    ingredients = rewrapped.ingredients()
    found = check_doubts(ingredients.units, ingredients.registry, ingredients.catalogs, ingredients.glossary)
    assert LAYOUT in [warning.message for warning in found if "/ar/" in warning.file]
    bodies = {url: artifact.body for url, artifact in build_site(ingredients).artifacts.items()}
    mended = serialise_catalog(in_order(ingredients.units, ingredients.catalogs["ar"]))
    assert mended == canonical
    rewrapped.po.write_text(mended, encoding="utf-8", newline="\n")
    again = rewrapped.ingredients()
    found = check_doubts(again.units, again.registry, again.catalogs, again.glossary)
    assert [warning.message for warning in found if "/ar/" in warning.file and not warning.unit] == []
    assert bodies == {url: artifact.body for url, artifact in build_site(again).artifacts.items()}


def test_our_layout_is_that_of_msgcat(desk: Desk):
    """``msgcat --no-wrap`` leaves every byte of a canonical catalog as it is."""
    assert gettext("msgcat", "--no-wrap", desk.po) == serialise_catalog(desk.catalog)


def test_cleared_flags_do_not_bring_an_outdated_text_back(desk: Desk):
    """``msgattrib --clear-fuzzy`` clears a whole file: the mark holds, and a text somebody doubted becomes a draft."""
    for previous in ([], ["--clear-previous"]):
        desk.po.write_text(gettext("msgattrib", "--clear-fuzzy", *previous, desk.po), encoding="utf-8", newline="\n")
        entries = load_catalog(desk.po, "ar").entries
        units = {unit.id: unit for unit in desk.units}
        assert not any(entry.fuzzy for entry in entries.values())
        assert state_of(units[REWORDED], entries[REWORDED]) is State.STALE
        assert state_of(units[UNSURE], entries[UNSURE]) is State.DRAFT
        assert sync(desk.units, load_catalog(desk.po, "ar")).entries[REWORDED].fuzzy


def test_obsolete_entries_that_a_tool_drops_are_gone(desk: Desk):
    """``msgattrib --no-obsolete`` takes away the texts kept for a return, and nothing else."""
    desk.po.write_text(gettext("msgattrib", "--no-obsolete", desk.po), encoding="utf-8", newline="\n")
    assert load_catalog(desk.po, "ar") == replace(desk.catalog, obsolete=())


def test_other_encoding_is_noticed(desk: Desk):
    """A catalog that ``msgconv`` took out of UTF-8 is refused."""
    desk.po.write_bytes(
        subprocess.run(["msgconv", "--to-code=GB18030", str(desk.po)], capture_output=True, check=True).stdout
    )
    with pytest.raises(ProblemsError, match="save the file as UTF-8"):
        load_catalog(desk.po, "ar")


def test_what_msgmerge_guesses_is_not_shown(desk: Desk):
    """A new unit gets the text and the comments of one that sounds alike: fuzzy, so unseen, and checked by nobody."""
    new = Unit("worker.pay.owed.night", "You get at least {fact.rate} at night. Call {phone.line}.")
    merged = gettext("msgmerge", "--quiet", "--previous", desk.po, desk.template(new))
    desk.po.write_text(merged, encoding="utf-8", newline="\n")
    catalog = load_catalog(desk.po, "ar")
    guess, taken = catalog.entries[new.id], desk.catalog.entries[RATE]
    assert (guess.text, guess.comments, guess.previous) == (taken.text, taken.comments, taken.english)
    assert any(value for value in guess.iter_comments("reviewed"))
    assert list(iter_reviews(guess)) == []
    assert state_of(new, guess) is State.STALE
    registry = desk.ingredients().registry
    shown = localize([new], registry["ar"], registry, {"ar": catalog})[new]
    assert (shown.text, shown.state) == (new.text, State.SOURCE)
    assert catalog.entries[RATE] == taken


def test_a_guess_whose_flag_is_cleared_is_checked_by_nobody(desk: Desk):
    """Without the flag a guess is a draft like any other: the copied review counts for nothing."""
    new = Unit("worker.pay.owed.night", "You get at least {fact.rate} at night. Call {phone.line}.")
    merged = gettext("msgmerge", "--quiet", desk.po, desk.template(new))
    desk.po.write_text(merged, encoding="utf-8", newline="\n")
    desk.po.write_text(gettext("msgattrib", "--clear-fuzzy", desk.po), encoding="utf-8", newline="\n")
    guess = load_catalog(desk.po, "ar").entries[new.id]
    assert (guess.text, guess.fuzzy) == (desk.catalog.entries[RATE].text, False)
    assert state_of(new, guess) is State.DRAFT


def test_what_msgmerge_rewords_is_not_shown(desk: Desk):
    """A unit whose English changed a little keeps its text, fuzzy, and its review counts no more."""
    reworded = "You must get at least {fact.rate}. Call {phone.line}."
    template = desk.template(texts={RATE: reworded})
    desk.po.write_text(gettext("msgmerge", "--quiet", "--previous", desk.po, template), encoding="utf-8", newline="\n")
    entry = load_catalog(desk.po, "ar").entries[RATE]
    before = desk.catalog.entries[RATE]
    assert (entry.text, entry.english, entry.previous) == (before.text, reworded, before.english)
    assert state_of(Unit(RATE, reworded), entry) is State.STALE
    assert list(iter_reviews(entry)) == []


def test_what_msgmerge_cannot_place_is_kept(desk: Desk):
    """A unit whose English is wholly new comes empty; its old text stays in the file as obsolete."""
    wholly = "Nobody may lock the door where people sleep."
    template = desk.template(texts={TITLE: wholly})
    desk.po.write_text(gettext("msgmerge", "--quiet", "--previous", desk.po, template), encoding="utf-8", newline="\n")
    catalog = load_catalog(desk.po, "ar")
    assert state_of(Unit(TITLE, wholly), catalog.entries[TITLE]) in (State.MISSING, State.STALE)
    assert desk.catalog.entries[TITLE].text in {entry.text for entry in catalog.obsolete}


def test_gettext_takes_the_catalogs(tmp_path: Path):
    """``msgfmt`` finds no fault with the shipped Spanish, nor with the template of the shipped English."""
    pot = tmp_path / "messages.pot"
    units = load_ingredients(Deployment()).units
    entries = (Entry(unit.id, unit.text, "", note=note_of(unit)) for unit in units)
    pot.write_text(serialise_template(entries), encoding="utf-8")
    for path in (TRANSLATIONS / "es" / "messages.po", pot):
        gettext("msgfmt", "--check-format", "-o", "/dev/null", path)
