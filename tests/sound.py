"""Sound for tests: two seconds of a tone, made for this purpose, and recordings of it under any ids.

``fixtures/sound/tone.mp3`` is a sine of 440 Hz, 2 s, MP3 mono 24 kbit/s by ffmpeg. ``spoken`` makes what a microphone
hears of somebody who waits, speaks, and waits.
"""

import io
import math
import subprocess
import wave
from array import array
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from fieldguide.artifact import revision_of
from fieldguide.ingredients import Ingredients
from fieldguide.localize import localize
from fieldguide.recordings import Recording, Recordings, Voice, Words

from .conftest import ROOT

TONE = (ROOT / "tests" / "fixtures" / "sound" / "tone.mp3").read_bytes()


def recorded(ingredients: Ingredients, tag: str, unit_ids: Iterable[str]) -> Ingredients:
    """The same guide, in which the voice *ana* has recorded these texts of a language as they are now."""
    localized = localize(ingredients.units, ingredients.registry[tag], ingredients.registry, ingredients.catalogs)
    said = Words(localized, ingredients.guide)
    words = {unit_id: said.of(unit_id) for unit_id in unit_ids}
    entries = {
        unit_id: Recording("ana", date(2026, 5, 2), found, revision_of(TONE)) for unit_id, found in words.items()
    }
    voices = {"ana": Voice(date(2026, 5, 1), "CC-BY-4.0")}
    found = Recordings(tag, voices, entries, dict.fromkeys(entries, TONE))
    return replace(ingredients, recordings={**ingredients.recordings, tag: found})


def sound_url(ingredients: Ingredients, tag: str, unit_id: str) -> str:
    """Where the recording of a text lies."""
    return f"{tag}/audio/{unit_id}.{ingredients.recordings[tag].entries[unit_id].words}.mp3"


RATE = 48_000


def spoken(*parts: tuple[float, float]) -> bytes:
    """A WAV file, mono: a tone of 440 Hz for each part, so many seconds, so loud (0 to 1)."""
    samples = array("h")
    for length, loudness in parts:
        waves = (math.sin(number * 440 * math.tau / RATE) for number in range(round(length * RATE)))
        samples.extend(round(loudness * 32_767 * found) for found in waves)
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(samples.tobytes())
    return file.getvalue()


def loudness(path: Path) -> float:
    """How loud the loudest of a sound is, from 0 to 1, as ffmpeg decodes it."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "pipe:1"]
    samples = array("h", subprocess.run(command, capture_output=True, check=True).stdout)
    return max(map(abs, samples)) / 32_768
