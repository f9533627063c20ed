"""The one format of recordings: frames of sound, mono, 24 kbit/s, and nothing that a recorder writes around them."""

import pytest

from fieldguide.mp3 import NotSoundError, seconds, strip

from .sound import TONE

ID3V2 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"TPE1 Maria"
ID3V1 = b"TAG" + b"Maria's phone".ljust(125, b"\0")
INFO = TONE[:13] + b"Info" + TONE[17:72]


def test_the_length_is_that_of_its_frames() -> None:
    """2 s of tone, and what the coder adds."""
    assert seconds(TONE) == pytest.approx(2.064)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"RIFF....WAVEfmt ", "is no MP3"),
        (b"\xff\xf3", "is no MP3"),
        (ID3V2 + TONE, "is no MP3"),
        (TONE + ID3V1, "something else than sound at byte 6192"),
        (TONE[:-1], "is cut off"),
        (TONE[:72] + b"GPS" + TONE[72:], "something else than sound at byte 72"),
        (bytes([*TONE[:2], TONE[2] | 0x40, *TONE[3:]]), "kbit/s; a recording has 24"),
        (bytes([*TONE[:3], TONE[3] & 0x3F, *TONE[4:]]), "is stereo"),
    ],
)
def test_anything_else_is_named(body: bytes, fault: str) -> None:
    """A wrong rate, a second channel, a tag before or after, foreign bytes between, a file cut short."""
    with pytest.raises(NotSoundError, match=fault):
        seconds(body)


@pytest.mark.parametrize("body", [TONE, ID3V2 + TONE, TONE + ID3V1, ID3V2 + INFO + TONE + ID3V1])
def test_what_a_recorder_adds_is_taken_off(body: bytes) -> None:
    """Name, phone, title: nothing but the frames is left, byte for byte."""
    assert strip(body) == TONE


@pytest.mark.parametrize("body", [b"", b"ID3", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f", b"RIFF....WAVEfmt "])
def test_nothing_is_left_of_what_is_no_sound(body: bytes) -> None:
    """A file without a frame is refused, whatever its name."""
    with pytest.raises(NotSoundError, match="is no MP3"):
        strip(body)
