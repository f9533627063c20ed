"""A sound of any kind -> MP3 as the guide ships it; the only user of ffmpeg.

What comes from a browser or a stranger's disk is decoded by its bytes, never by its name, and only in formats that hold
sound: a playlist, which ffmpeg would follow to other files and hosts, is none.
"""

import math
import shutil
import subprocess
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path

from fieldguide.mp3 import KBPS, NotSoundError, strip
from fieldguide.recordings import LONGEST, SHORTEST, sound_fault

RATE = 24_000
"""Samples a second of what is kept."""

SILENT = 0.01
"""Of the loudest a sound can be (-40 dB): where nothing is louder, nobody has spoken, or the microphone is off."""

_PATIENCE = 60.0  # seconds; a minute of speech takes less than one
_FORMATS = "aac,aiff,amr,asf,au,caf,flac,matroska,mov,mp3,ogg,w64,wav"
_SAMPLES = f"-f s16{sys.byteorder[0]}e -ac 1 -ar {RATE}".split()
_READ = f"-nostdin -v error -protocol_whitelist file,pipe -format_whitelist {_FORMATS}".split()
_MP3 = f"-c:a libmp3lame -b:a {KBPS}k -map_metadata -1 -id3v2_version 0 -write_xing 0 -f mp3 pipe:1".split()
_WRITE = ["-nostdin", "-v", "error", *_SAMPLES, "-i", "pipe:0", *_MP3]


class NoConverterError(NotSoundError):
    """The sound is of another kind, and ffmpeg is not installed."""


class SilentError(NotSoundError):
    """Nothing can be heard in it."""


class TooShortError(NotSoundError):
    """It plays for less than `SHORTEST`."""


class TooLongError(NotSoundError):
    """It plays for more than `LONGEST`."""


@dataclass(frozen=True)
class Cut:
    """The part of a sound that is kept, in seconds from its beginning. ``end`` may lie behind the sound's own."""

    begin: float
    end: float


def can_convert() -> bool:
    """Whether ffmpeg is there."""
    return shutil.which("ffmpeg") is not None


def as_sound(path: Path, cut: Cut | None = None) -> bytes:
    """A recording, or a part of it, as the guide ships it: its own frames if they fit, else converted by ffmpeg.

    Raises `NotSoundError`, or the kind of it that says why.
    """
    sound, fault = _own_frames(path)
    if cut is None and not fault:
        return sound
    if not can_convert():
        raise NoConverterError(f"{fault or 'is to be cut'}; install ffmpeg, or give MP3, mono, {KBPS} kbit/s")
    made = _encoded(_samples(path, cut))
    fault = sound_fault(made)
    if fault:
        raise NotSoundError(fault)
    return made


def _own_frames(path: Path) -> tuple[bytes, str]:
    """The frames of a file that fits, or why it does not."""
    try:
        sound = strip(path.read_bytes())
    except NotSoundError as error:
        return b"", str(error)
    return sound, sound_fault(sound)


def _samples(path: Path, cut: Cut | None) -> "array[int]":
    """What is heard, as samples; no more is read of a sound than is kept of it.

    It is cut where the samples are counted, as browsers do which show it: the times in the files of a busy recorder
    have gaps, and may not begin at nought.
    """
    begin = cut.begin if cut else 0.0
    most = min(cut.end - begin if cut else math.inf, LONGEST + 1)
    first, last = round(begin * RATE), round((begin + max(0.0, most)) * RATE)
    part = f"aresample={RATE},atrim=start_sample={first}:end_sample={last}"
    samples = array("h", _run([*_READ, "-i", f"file:{path}", "-vn", "-af", part, *_SAMPLES, "pipe:1"]))
    length = len(samples) / RATE
    if length > LONGEST:
        raise TooLongError(f"plays for more than {LONGEST:.0f} s, which is the most for a text")
    if length < SHORTEST:
        raise TooShortError(f"plays for {length:.1f} s; a recording has at least {SHORTEST} s")
    loudest = max(abs(max(samples)), abs(min(samples)))
    if loudest < SILENT * 2**15:
        raise SilentError("holds nothing that can be heard; is the microphone switched on?")
    return samples


def _encoded(samples: "array[int]") -> bytes:
    return _run(_WRITE, samples.tobytes())


def _run(arguments: list[str], given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the one name in it stands after "file:"
            ["ffmpeg", *arguments],  # noqa: S607 - whichever the machine has
            input=given,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSoundError(f"ffmpeg has not read it within {_PATIENCE:.0f} s") from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotSoundError(f"ffmpeg cannot read it: {why[-1] if why else 'it gives no reason'}")
    return done.stdout
