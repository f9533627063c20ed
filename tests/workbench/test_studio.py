"""What is recorded of a language as the files lie now, and what is to be said aloud."""

from dataclasses import replace

import pytest

from fieldguide.recordings import NAME, load_recordings
from fieldguide.voices import withdrawn
from fieldguide.workbench.studio import Sound, Studio

from ..conftest import fixture_ingredients
from ..sound import TONE, recorded
from .conftest import LINE, RATE, TITLE, Bench, put_recording


@pytest.fixture
def studio(bench: Bench) -> Studio:
    return Studio(bench.desk)


def test_what_can_be_heard_can_be_recorded(studio: Studio):
    """Sentences of workers' pages and cards that are translated, and the language's own name; no titles."""
    sounds = studio.open("ar").sounds
    assert {LINE, RATE, NAME} <= sounds.keys()
    assert set(sounds.values()) == {Sound.NONE}
    assert TITLE not in sounds
    assert "worker.pay.story.one" in studio.open("ar").words.heard
    assert "officer.farm.what.law" not in studio.open("ar").words.heard


def test_it_is_read_as_pages_show_it(bench: Bench, studio: Studio):
    """Numbers and amounts stand in their place, without tags and links to touch."""
    with bench.client.application.test_request_context():
        said = studio.open("ar").read(RATE)
        assert studio.open("ar").read(NAME) == "العربية"
    assert "{" not in said
    assert "<" not in said
    assert "$" in said


def test_it_is_bound_as_the_build_binds_it(bench: Bench, studio: Studio):
    """The hashes are those that the guide compares with."""
    built = recorded(fixture_ingredients(root=bench.root), "ar", [LINE, RATE, NAME]).recordings["ar"]
    words = studio.open("ar").words
    assert {unit_id: words.of(unit_id) for unit_id in built.entries} == {
        unit_id: entry.words for unit_id, entry in built.entries.items()
    }


def test_files_that_change_are_read_again(bench: Bench, studio: Studio):
    """A recording by another program is seen; one of other words is known as such; a damaged one counts as none."""
    put_recording(bench, LINE)
    assert studio.open("ar").sounds[LINE] is Sound.KEPT
    assert studio.open("ar") is studio.open("ar")
    entry = bench.entry(LINE)
    bench.put(replace(entry, text=f"{entry.text}!"))
    assert studio.open("ar").sounds[LINE] is Sound.CHANGED
    bench.put(entry)
    assert studio.open("ar").sounds[LINE] is Sound.KEPT
    (bench.root / f"translations/ar/audio/{LINE}.mp3").write_bytes(TONE[:-72])
    assert studio.open("ar").sounds[LINE] is Sound.NONE
    assert studio.open("ar").entry(LINE) is None


def test_a_change_is_written_from_what_lies_there(bench: Bench, studio: Studio):
    """Nothing that another program has recorded meanwhile is lost; a failure leaves all as it was."""
    studio.open("ar")
    put_recording(bench, LINE, RATE)
    with pytest.raises(KeyError):
        studio.change("ar", lambda spoken: {}["no"])
    assert load_recordings(bench.desk.folder, "ar").entries.keys() == {LINE, RATE}
    studio.change("ar", lambda spoken: withdrawn(spoken.recordings, [LINE]))
    assert load_recordings(bench.desk.folder, "ar").entries.keys() == {RATE}
    assert studio.open("ar").sounds[LINE] is Sound.NONE


def test_every_language_has_a_name_to_say(studio: Studio):
    """All but English, whose sentences nobody corrects here."""
    assert studio.tags() == ["ar", "mam", "fil"]
