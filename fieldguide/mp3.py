"""MP3 as the guide ships it: mono at 24 kbit/s, plain frames and nothing else.

A recorder writes more into its files than sound: the phone's name, a title, a picture, sometimes a place. Libraries
skip that quietly; here a file that holds anything beside frames of sound is refused, or stripped when it is taken.

Frames: ISO/IEC 13818-3 (MPEG-2 Audio) and its extension to lower sampling rates; tags: id3.org, the Xing/LAME frame.
"""

from collections.abc import Iterator
from dataclasses import dataclass

KBPS = 24
"""Of a recording: speech is clear, a sentence is about 10 KB, and every phone plays it (Ogg Opus, not all)."""

_KBPS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MPEG_1 = 3
_SIDE = {True: 9, False: 17}  # bytes of side information of MPEG-2 frames: mono, stereo
_ID3_END = 128


class NotSoundError(ValueError):
    """The bytes are not what the guide can ship; the message says why."""


@dataclass(frozen=True)
class _Frame:
    version: int
    kbps: int
    hertz: int
    mono: bool
    length: int

    @property
    def seconds(self) -> float:
        return (1152 if self.version == _MPEG_1 else 576) / self.hertz


def seconds(body: bytes) -> float:
    """How long a recording plays. Raises `NotSoundError` unless it is MP3 frames, mono, 24 kbit/s, and nothing else."""
    played = 0.0
    for frame in _iter_frames(body):
        if not frame.mono:
            raise NotSoundError("is stereo; a recording is mono")
        if frame.kbps != KBPS:
            raise NotSoundError(f"has {frame.kbps} kbit/s; a recording has {KBPS}")
        played += frame.seconds
    return played


def strip(body: bytes) -> bytes:
    """The frames of a file without what recorders write around them. Raises `NotSoundError` if it holds no frames."""
    while body.startswith(b"ID3") and len(body) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(body[6:10], (21, 14, 7, 0), strict=True))
        body = body[10 + size :]
    if body[-_ID3_END:].startswith(b"TAG"):
        body = body[:-_ID3_END]
    first = _frame(body, 0)
    if first is None:
        raise NotSoundError("is no MP3")
    at = 4 + _SIDE[first.mono]
    return body[first.length :] if body[at : at + 4] in (b"Xing", b"Info") else body


def _iter_frames(body: bytes) -> Iterator[_Frame]:
    at = 0
    while at < len(body):
        frame = _frame(body, at)
        if frame is None:
            raise NotSoundError("is no MP3" if at == 0 else f"holds something else than sound at byte {at}")
        if at + frame.length > len(body):
            raise NotSoundError("is cut off in its last frame")
        yield frame
        at += frame.length


def _frame(body: bytes, at: int) -> _Frame | None:
    header = int.from_bytes(body[at : at + 4], "big")
    version, layer = header >> 19 & 3, header >> 17 & 3
    rate, sampling, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if len(body) < at + 4 or header >> 21 != 0x7FF or layer != 1 or version == 1 or rate in (0, 15) or sampling == 3:
        return None
    kbps = (_KBPS_1 if version == _MPEG_1 else _KBPS)[rate]
    hertz = _HERTZ[version][sampling]
    length = (144_000 if version == _MPEG_1 else 72_000) * kbps // hertz + padding
    return _Frame(version, kbps, hertz, header >> 6 & 3 == 3, length)
