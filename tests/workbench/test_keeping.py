"""What becomes of a recording, and everything for which it is not kept."""

from dataclasses import replace
from datetime import date

import pytest

from fieldguide.artifact import revision_of
from fieldguide.encode import Cut
from fieldguide.mp3 import seconds
from fieldguide.problems import ProblemsError
from fieldguide.recordings import Voice
from fieldguide.workbench.keeping import Made, NotKeptError, Refusal, Told, kept, made, taken_away
from fieldguide.workbench.studio import Spoken, Studio

from ..sound import TONE, spoken
from .conftest import DAY, LINE, RATE, Bench, put_recording

OTHER = TONE[:-72]


@pytest.fixture
def now(bench: Bench) -> Spoken:
    """Arabic, in which Ana has recorded a line."""
    put_recording(bench, LINE)
    return Studio(bench.desk).open("ar")


def told(now: Spoken, unit_id: str = RATE, **changes: object) -> Told:
    """What a good form says."""
    entry = now.entry(unit_id)
    good = Told("ben", "CC0-1.0", True, now.words.of(unit_id), entry.sound if entry else "")
    return replace(good, **changes)


def test_a_new_voice(now: Spoken):
    """The tick is the consent, of today; alias, licence, day, words and sound stand in the table."""
    after = kept(now, RATE, told(now), Made(OTHER), DAY)
    assert after.voices["ben"] == Voice(DAY, "CC0-1.0")
    row = after.entries[RATE]
    assert (row.voice, row.on, row.words, row.sound) == ("ben", DAY, now.words.of(RATE), revision_of(OTHER))
    assert after.entries[LINE] == now.recordings.entries[LINE]


def test_a_known_voice(now: Spoken):
    """What was agreed first stays the day of consent."""
    after = kept(now, RATE, told(now, alias="ana", licence="CC-BY-4.0"), Made(OTHER), DAY)
    assert after.voices == now.recordings.voices
    assert after.entries[RATE].voice == "ana"


def test_one_takes_the_place_of_another(now: Spoken):
    """Who has seen what is there may record it anew."""
    after = kept(now, LINE, told(now, LINE), Made(OTHER), DAY)
    assert (after.entries[LINE].voice, after.sounds[LINE]) == ("ben", OTHER)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"is_agreed": False}, Refusal.CONSENT),
        ({"alias": ""}, Refusal.ALIAS),
        ({"alias": "Ben B"}, Refusal.ALIAS),
        ({"licence": ""}, Refusal.LICENCE),
        ({"licence": "mine"}, Refusal.LICENCE),
        ({"alias": "ana"}, Refusal.LICENCE),
        ({"seen": "0123456789ab"}, Refusal.CHANGED),
        ({"over": "another"}, Refusal.TAKEN),
    ],
)
def test_each_reason_by_itself(now: Spoken, changes: dict[str, object], refusal: Refusal):
    """No consent, no alias, another licence than was agreed, other words, somebody else's recording."""
    with pytest.raises(NotKeptError) as error:
        kept(now, RATE, told(now, **changes), Made(OTHER), DAY)
    assert error.value.refusals == (refusal,)


def test_all_reasons_at_once(now: Spoken):
    """Nobody tries five times."""
    wrong = Told("Ben B", "", is_agreed=False, seen="", over="x")
    with pytest.raises(NotKeptError) as error:
        kept(now, RATE, wrong, Made(refusals=(Refusal.SILENT,)), DAY)
    assert set(error.value.refusals) == {
        Refusal.CONSENT,
        Refusal.ALIAS,
        Refusal.LICENCE,
        Refusal.CHANGED,
        Refusal.TAKEN,
        Refusal.SILENT,
    }


def test_a_day_before_the_consent_is_a_problem_of_the_files(now: Spoken):
    """The clock of the machine is wrong, or the table is: it is named, as `audio check` names it."""
    with pytest.raises(ProblemsError, match="is before the consent of ana"):
        kept(now, RATE, told(now, alias="ana", licence="CC-BY-4.0"), Made(OTHER), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("body", "cut", "refusal"),
    [
        (b"", None, Refusal.EMPTY),
        (b"words", None, Refusal.NO_SOUND),
        (spoken((2, 0)), None, Refusal.SILENT),
        (spoken((1, 0), (1, 0.5)), Cut(0, 0.9), Refusal.SILENT),
        (spoken((1, 0.5)), Cut(0.5, 0.6), Refusal.SHORT),
        (spoken((61, 0.5)), None, Refusal.LONG),
    ],
)
def test_what_is_no_sound_to_keep(body: bytes, cut: Cut | None, refusal: Refusal):
    """Nothing, no sound, silence, a slip of the finger, a recorder that was forgotten."""
    assert made(body, cut) == Made(refusals=(refusal,))


def test_without_ffmpeg(monkeypatch: pytest.MonkeyPatch):
    """It went away while the program ran."""
    monkeypatch.setenv("PATH", "")
    assert made(spoken((1, 0.5)), None) == Made(refusals=(Refusal.NO_CONVERTER,))


def test_the_part_between_the_marks_is_kept():
    """And is what the guide ships."""
    sound = made(spoken((1, 0), (1, 0.5), (1, 0)), Cut(0.75, 2.25)).sound
    assert 1.5 <= seconds(sound) < 1.6


def test_taking_away(now: Spoken):
    """One recording, or all of its voice; never one that the person has not seen."""
    more = replace(now, recordings=kept(now, RATE, told(now, alias="ana", licence="CC-BY-4.0"), Made(OTHER), DAY))
    over = revision_of(TONE)
    assert taken_away(more, LINE, over, is_all=False).entries.keys() == {RATE}
    assert taken_away(more, LINE, over, is_all=True).entries == {}
    assert taken_away(more, LINE, over, is_all=True).voices == {}
    assert taken_away(more, LINE, revision_of(OTHER), is_all=True) == more.recordings
    assert taken_away(more, "worker.pay.story.one", "", is_all=True) == more.recordings
