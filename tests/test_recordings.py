"""Recordings are bound to the exact words: only what was really said about the text that is really shown is played."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.problems import ProblemsError
from fieldguide.recordings import NAME, Recording, Recordings, Voice, check_recordings, sound_fault
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .conftest import fixture_ingredients
from .sound import TONE, recorded, sound_url

LINE = "worker.start.call.line"
RATE = "worker.pay.owed.rate"
C1 = "cards.needs.hurt-or-sick"
A3 = "cards.hello.not-here-for-papers"


def html(site: Site, url: str) -> str:
    return site.artifacts[url].body.decode("utf-8")


def audio(site: Site) -> set[str]:
    return {artifact.url for artifact in site if artifact.media_type == "audio/mpeg" and "/audio/" in artifact.url}


def test_a_recorded_text_names_its_sound() -> None:
    """The element that shows the words has the address of the recording, in the language that was recorded only."""
    ingredients = recorded(fixture_ingredients(), "ar", [LINE])
    site = build_site(ingredients)
    assert re.findall(r'data-sound="([^"]+)"', html(site, "ar/")) == [
        sound_url(ingredients, "ar", LINE).removeprefix("ar/")
    ]
    assert "data-sound" not in html(site, "en/")
    sound = site.artifacts[sound_url(ingredients, "ar", LINE)]
    assert (sound.body, sound.caching) == (TONE, "no-store")


def test_a_guide_without_recordings_has_nothing_of_them(site: Site) -> None:
    """No button, no pack, no word of voices that nobody recorded."""
    assert audio(site) == set()
    assert not any("data-sound" in html(site, a.url) for a in site if a.media_type.startswith("text/html"))
    assert not any(pack.name.startswith("audio.") for pack in site.packs)


def test_recordings_are_a_pack_that_nobody_takes_unasked() -> None:
    """Its files are in no other pack; no page but the one that asks names it."""
    site = build_site(recorded(fixture_ingredients(), "ar", [LINE, NAME]))
    packs = {pack.name: {file.url for file in pack.files} for pack in site.packs}
    assert packs["audio.ar"] == audio(site)
    assert all(not urls & audio(site) for name, urls in packs.items() if name != "audio.ar")
    asking = {a.url for a in site if a.media_type.startswith("text/html") and b"audio.ar" in a.body}
    assert asking == {a.url for a in site if a.url.endswith("/ready/")}


def reworded(ingredients: Ingredients, unit_id: str) -> Ingredients:
    catalog = ingredients.catalogs["ar"]
    entry = replace(catalog.entries[unit_id], text=catalog.entries[unit_id].text + ".")
    changed = replace(catalog, entries={**catalog.entries, unit_id: entry})
    return replace(ingredients, catalogs={**ingredients.catalogs, "ar": changed})


def renumbered(ingredients: Ingredients, _: str) -> Ingredients:
    rate = replace(ingredients.guide.facts["rate"], value="99.50")
    guide = replace(ingredients.guide, facts={**ingredients.guide.facts, "rate": rate})
    return replace(ingredients, guide=guide)


@pytest.mark.parametrize(("unit_id", "change"), [(LINE, reworded), (RATE, renumbered)])
def test_a_recording_is_left_out_and_named_when_its_words_change(
    unit_id: str, change: Callable[[Ingredients, str], Ingredients]
) -> None:
    """A reworded translation, or another number behind the same sentence: what was said is no longer right."""
    before = recorded(fixture_ingredients(), "ar", [unit_id])
    assert list(before.iter_stale()) == []
    after = change(before, unit_id)
    (stale,) = after.iter_stale()
    assert (stale.file, stale.unit) == ("translations/ar/audio/audio.toml", unit_id)
    assert "left out" in stale.message
    site = build_site(after)
    assert audio(site) == set()
    assert not any(b"data-sound" in a.body for a in site if a.url.startswith("ar/"))


def test_a_card_that_policy_keeps_off_is_not_heard() -> None:
    """A3 promises what most agencies cannot keep: until one says yes, its sound does not ship either."""
    ingredients = recorded(load_ingredients(Deployment(languages=("en", "es"))), "es", [C1, A3])
    assert audio(build_site(ingredients)) == {sound_url(ingredients, "es", C1)}
    agency = replace(ingredients.deployment, cards_on=("A3",), a3_approved_by="chief")
    site = build_site(replace(ingredients, deployment=agency))
    assert audio(site) == {sound_url(ingredients, "es", unit_id) for unit_id in (C1, A3)}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"entries": {"nowhere": "same"}}, "no text that can be heard has this id"),
        ({"sounds": {}}, "is not there"),
        ({"entries": {}}, "nothing says who spoke"),
        ({"voices": {}}, "'ana' is no voice of this file"),
        ({"voices": {"ana": Voice(date(2026, 5, 3), "CC-BY-4.0")}}, "before the consent of ana on 2026-05-03"),
        ({"voices": {"ana": Voice(date(2026, 5, 1), " ")}}, "is empty; write what the speaker agreed to"),
        ({"sounds": {LINE: TONE + TONE}}, "is not the sound that was taken"),
        ({"sounds": {LINE: b"RIFF"}}, "is no MP3"),
        ({"tag": "xx"}, "is of no listed language"),
    ],
)
def test_what_cannot_be_right_is_named(ingredients: Ingredients, change: dict[str, object], fault: str) -> None:
    """An unknown text, no consent, another file than the one that was taken: each stops the build."""
    good = recorded(ingredients, "ar", [LINE]).recordings["ar"]
    if change.get("entries"):
        change = {"entries": {"nowhere": good.entries[LINE]}, "sounds": {"nowhere": TONE}}
    wrong = replace(good, **change)  # type: ignore[arg-type]
    found = list(check_recordings([wrong], ingredients.registry, ingredients.guide))
    assert any(fault in problem.message for problem in found), found
    assert list(check_recordings([good], ingredients.registry, ingredients.guide)) == []
    with pytest.raises(ProblemsError, match=re.escape(fault)):
        build_site(replace(ingredients, recordings={"ar": wrong}))


@pytest.mark.parametrize("unit_id", ["ui.leave", "ui.edition", "worker.pay.title", "names.office"])
def test_what_has_no_button_is_not_recorded_in_vain(ingredients: Ingredients, unit_id: str) -> None:
    """Links, titles and words with gaps are never heard; a speaker's time is not spent on them."""
    found = list(
        check_recordings(
            [recorded(ingredients, "ar", [unit_id]).recordings["ar"]], ingredients.registry, ingredients.guide
        )
    )
    assert any("no text that can be heard has this id" in problem.message for problem in found)


def test_two_languages_may_have_the_same_sound(ingredients: Ingredients) -> None:
    """Parts are named by what is in them: an equal one is one file."""
    both = recorded(recorded(ingredients, "ar", [NAME]), "mam", [NAME])
    assert audio(build_site(both)) == {sound_url(both, "ar", NAME), sound_url(both, "mam", NAME)}


def test_a_voice_may_have_recorded_the_name_of_a_language_without_text(ingredients: Ingredients) -> None:
    """The list that is turned to a worker can be heard in languages of which nothing is written."""
    spoken = Recordings("mam", {}, {NAME: Recording("ana", date(2026, 5, 2), "", "")}, {})
    faults = [problem.message for problem in check_recordings([spoken], ingredients.registry, ingredients.guide)]
    assert not any("no text that can be heard" in fault for fault in faults)


@pytest.mark.parametrize(
    ("count", "fault"),
    [(0, "plays for 0.0 s"), (10, "plays for 0.2 s"), (86, ""), (2499, ""), (2520, "plays for 60 s; a recording has")],
)
def test_a_recording_is_as_long_as_a_text(count: int, fault: str) -> None:
    """A slip of the finger and a lecture are refused."""
    found = sound_fault(TONE[:72] * count)
    assert found.startswith(fault)
    assert bool(found) == bool(fault)
