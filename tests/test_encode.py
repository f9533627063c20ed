"""Any sound, or a part of it, becomes the one kind that the guide ships; no sound, or too little, is refused."""

import subprocess
from pathlib import Path

import pytest

from fieldguide.encode import (
    Cut,
    NoConverterError,
    SilentError,
    TooLongError,
    TooShortError,
    as_sound,
    can_convert,
)
from fieldguide.mp3 import NotSoundError, seconds
from fieldguide.recordings import sound_fault

from .sound import TONE, loudness, spoken

LATE = 0.1
"""Seconds that an MP3 may be longer than its sound: it comes in frames."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sound"


def test_what_fits_is_taken_as_it_is(path: Path) -> None:
    """No second loss, and no ffmpeg needed, for what is right already."""
    path.write_bytes(TONE)
    assert as_sound(path) == TONE


def test_a_part_is_cut_out(path: Path) -> None:
    """Half a second of waiting, a second of speech: the marks around it keep it, and nothing of the rest."""
    path.write_bytes(spoken((0.5, 0), (1, 0.5), (0.5, 0)))
    made = as_sound(path, Cut(0.5, 1.5))
    assert sound_fault(made) == ""
    assert 1 <= seconds(made) < 1 + LATE
    with pytest.raises(SilentError):
        as_sound(path, Cut(0, 0.45))
    with pytest.raises(SilentError):
        as_sound(path, Cut(1.55, 2))


def test_what_fits_can_be_cut_too(path: Path) -> None:
    """The beginning of the tone alone."""
    path.write_bytes(TONE)
    assert 0.5 <= seconds(as_sound(path, Cut(0.2, 0.7))) < 0.5 + LATE


def test_it_is_cut_where_it_is_heard(tmp_path: Path, path: Path) -> None:
    """The file of a busy recorder leaves out times: players pass over them, and marks that were set by ear do too."""
    path.write_bytes(spoken((0.5, 0), (1, 0.5), (0.5, 0)))
    made = tmp_path / "made.webm"
    gap = "asetpts=PTS+gte(T\\,0.8)*0.7/TB"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-af", gap, "-c:a", "libopus", str(made)], check=True)
    assert 1 <= seconds(as_sound(made, Cut(0.5, 1.5))) < 1 + LATE
    with pytest.raises(SilentError):
        as_sound(made, Cut(0, 0.45))
    with pytest.raises(SilentError):
        as_sound(made, Cut(1.55, 2))


def test_an_end_behind_the_sound_is_its_own(path: Path) -> None:
    """A browser and ffmpeg may differ by a few milliseconds about how long a sound is."""
    path.write_bytes(spoken((1, 0.5)))
    assert 1 <= seconds(as_sound(path, Cut(0, 1.02))) < 1 + LATE


def test_it_stays_as_loud_as_it_was(tmp_path: Path, path: Path) -> None:
    """Nothing is made louder or softer."""
    path.write_bytes(spoken((1, 0.5)))
    made = tmp_path / "made.mp3"
    made.write_bytes(as_sound(path))
    assert 0.4 < loudness(made) < 0.6


@pytest.mark.parametrize(
    ("parts", "kind", "said"),
    [
        ([(2, 0)], SilentError, "nothing that can be heard"),
        ([(2, 0.005)], SilentError, "nothing that can be heard"),
        ([(0.2, 0.5)], TooShortError, "plays for 0.2 s; a recording has at least 0.3 s"),
        ([(60.5, 0.5)], TooLongError, "plays for more than 60 s"),
    ],
)
def test_too_little_or_too_much_is_refused(
    path: Path, parts: list[tuple[float, float]], kind: type[NotSoundError], said: str
) -> None:
    """A microphone that is off, a slip of the finger, a recorder that was forgotten: each by its own name."""
    path.write_bytes(spoken(*parts))
    with pytest.raises(kind, match=said):
        as_sound(path)


def test_a_minute_of_a_longer_sound_is_not_too_long(path: Path) -> None:
    """What counts is what is kept."""
    path.write_bytes(spoken((62, 0.5)))
    assert 59 <= seconds(as_sound(path, Cut(1, 60.5))) < 60


@pytest.mark.parametrize(
    "cut", [Cut(1, 1), Cut(1.5, 0.5), Cut(7, 9), Cut(0.9, 1.1)], ids=["empty", "turned", "behind", "little"]
)
def test_marks_with_nothing_between_them(path: Path, cut: Cut) -> None:
    """Refused as too short, whichever way round."""
    path.write_bytes(spoken((2, 0.5)))
    with pytest.raises(TooShortError):
        as_sound(path, cut)


@pytest.mark.parametrize("name", ["words", "empty", "list", "parts"])
def test_what_is_no_sound_leads_nowhere(tmp_path: Path, path: Path, name: str) -> None:
    """Words, nothing, and lists of other files, which ffmpeg would read from this machine or fetch from another."""
    other = tmp_path / "other.wav"
    other.write_bytes(spoken((1, 0.5)))
    bodies = {
        "words": b"these are words",
        "empty": b"",
        "list": f"#EXTM3U\n#EXTINF:1,\nfile://{other}\n#EXT-X-ENDLIST\n".encode(),
        "parts": b"ffconcat version 1.0\nfile other.wav\n",
    }
    path.write_bytes(bodies[name])
    with pytest.raises(NotSoundError, match="ffmpeg cannot read it"):
        as_sound(path)


def test_without_ffmpeg(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known beforehand, and said with what to do."""
    assert can_convert()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_convert()
    path.write_bytes(TONE)
    assert as_sound(path) == TONE
    with pytest.raises(NoConverterError, match="is to be cut; install ffmpeg"):
        as_sound(path, Cut(0, 1))
    path.write_bytes(b"words")
    with pytest.raises(NoConverterError, match="is no MP3; install ffmpeg, or give MP3, mono, 24 kbit/s"):
        as_sound(path)
