"""A person's recordings taken in and away: what is agreed holds, words are bound, and the files follow."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.artifact import revision_of
from fieldguide.problems import ProblemsError
from fieldguide.recordings import Recordings, Voice, load_recordings
from fieldguide.voices import Speaker, voice_of, with_sounds, withdrawn, write_recordings

from .sound import TONE

DAY, LATER = date(2026, 5, 1), date(2026, 5, 2)
CC = Voice(DAY, "CC-BY-4.0")
ANA, BEN = Speaker("ana", CC, DAY), Speaker("ben", CC, LATER)
NONE = Recordings("ar")
OTHER = TONE[:-72]


def test_a_new_voice_tells_day_and_licence() -> None:
    """Nobody is heard who did not agree; what was agreed to is known the next time."""
    assert voice_of(NONE, "ana", DAY, "CC-BY-4.0") == CC
    for consent, licence in ((None, "CC-BY-4.0"), (DAY, "")):
        with pytest.raises(ProblemsError, match="ana is a new voice"):
            voice_of(NONE, "ana", consent, licence)
    known = replace(NONE, voices={"ana": CC})
    assert voice_of(known, "ana", None, "") == voice_of(known, "ana", DAY, "CC-BY-4.0") == CC


@pytest.mark.parametrize(("consent", "licence"), [(LATER, ""), (None, "CC0-1.0")])
def test_what_was_agreed_first_holds(consent: date | None, licence: str) -> None:
    """Nobody widens it in passing, under the same alias."""
    with pytest.raises(ProblemsError, match=r"ana agreed to CC-BY-4\.0 on 2026-05-01; anything else needs another"):
        voice_of(replace(NONE, voices={"ana": CC}), "ana", consent, licence)


def test_a_sound_is_bound_to_its_words() -> None:
    """Speaker, day, words and sound stand in the row; the other rows stay."""
    first = with_sounds(NONE, ANA, {"a": TONE}, {"a": "w1"})
    both = with_sounds(first, BEN, {"b": OTHER}, {"b": "w2"})
    assert both.voices == {"ana": CC, "ben": CC}
    assert both.entries["a"] == first.entries["a"]
    row = both.entries["b"]
    assert (row.voice, row.on, row.words, row.sound) == ("ben", LATER, "w2", revision_of(OTHER))
    assert both.sounds == {"a": TONE, "b": OTHER}


def test_the_same_sound_stays_as_it_was_told() -> None:
    """Taken twice it is not somebody else's, and for other words it is refused."""
    first = with_sounds(NONE, ANA, {"a": TONE}, {"a": "w1"})
    assert with_sounds(first, BEN, {"a": TONE}, {"a": "w1"}).entries == first.entries
    with pytest.raises(ProblemsError, match="before the text changed; record it again"):
        with_sounds(first, BEN, {"a": TONE}, {"a": "w2"})


def test_withdrawing_takes_the_voice_with_its_last_recording() -> None:
    """As long as one is there, what was agreed must stand beside it."""
    both = with_sounds(NONE, ANA, {"a": TONE, "b": OTHER}, {"a": "w1", "b": "w2"})
    one = withdrawn(both, ["a"])
    assert (set(one.entries), set(one.sounds), set(one.voices)) == ({"b"}, {"b"}, {"ana"})
    none = withdrawn(one, ["b"])
    assert (none.entries, none.sounds, none.voices) == ({}, {}, {})


def test_the_files_follow(tmp_path: Path) -> None:
    """What is read again is what was written; a sound that is as it was keeps its file, one taken away has none."""
    both = with_sounds(NONE, ANA, {"a": TONE, "b": OTHER}, {"a": "w1", "b": "w2"})
    write_recordings(tmp_path, NONE, both)
    assert load_recordings(tmp_path, "ar") == both
    kept = (tmp_path / "ar/audio/b.mp3").stat()
    after = with_sounds(withdrawn(both, ["a"]), BEN, {"c": TONE}, {"c": "w3"})
    write_recordings(tmp_path, both, after)
    assert load_recordings(tmp_path, "ar") == after
    assert sorted(path.name for path in (tmp_path / "ar/audio").iterdir()) == ["audio.toml", "b.mp3", "c.mp3"]
    now = (tmp_path / "ar/audio/b.mp3").stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)
