"""The verbs of ``audio``: what they take, what they refuse, and that a refused one writes nothing."""

import functools
import subprocess
from pathlib import Path

import pytest

import fieldguide.audio
from fieldguide.audio import load_work
from fieldguide.cli import main
from fieldguide.mp3 import seconds
from fieldguide.recordings import NAME, load_recordings

from .conftest import edit
from .sound import TONE

LINE = "worker.start.call.line"
TITLE = "worker.pay.title"
BY = ["--by", "ana", "--consent", "2026-05-01", "--licence", "CC-BY-4.0", "--on", "2026-05-02"]
TABLE = f"""[voices.ana]
consent = 2026-05-01
licence = "CC-BY-4.0"

[recordings."{LINE}"]
voice = "ana"
on = 2026-05-02
words = "45d1ca2c3f9a"
sound = "b3W2lwzZRMqf5mr9mZ0Ltg"
"""


@pytest.fixture
def folder(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The translations of a copy of the tiny guide, on which the verbs work."""
    here = guide_copy / "translations"
    monkeypatch.setattr(fieldguide.audio, "load_work", functools.partial(load_work, guide_copy / "content", here))
    return here


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """The folder that a recorder filled: named by the language, a file a text."""
    made = tmp_path / "ar"
    made.mkdir()
    (made / f"{LINE}.mp3").write_bytes(TONE)
    return made


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_taken_recordings_are_bound_to_their_words(folder: Path, recorder: Path) -> None:
    """The file is named by the text; the table says who spoke, what they agreed to, and which words they said."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    assert (folder / f"ar/audio/{LINE}.mp3").read_bytes() == TONE
    written = (folder / "ar/audio/audio.toml").read_text()
    found = load_recordings(folder, "ar").entries[LINE]
    assert written == TABLE.replace("45d1ca2c3f9a", found.words).replace("b3W2lwzZRMqf5mr9mZ0Ltg", found.sound)
    assert main(["audio", "check"]) == 0


def test_the_same_sound_is_not_bound_to_other_words(
    folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder is taken again after a text has changed: what was said is still what was said."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    before = tree(folder)
    assert main(["audio", "take", str(recorder), "--by", "bo", "--consent", "2026-05-01", "--licence", "CC0-1.0"]) == 0
    assert load_recordings(folder, "ar").entries[LINE].voice == "ana"
    assert "0 recordings taken, 0 s, 0 bytes; 1 were there" in capsys.readouterr().out
    text = load_work(folder.parent / "content", folder).ingredients.catalogs["ar"].entries[LINE].text
    edit(folder / "ar/messages.po", f'msgstr "{text}"', f'msgstr "{text}."')
    assert main(["audio", "take", str(recorder), *BY]) == 1
    assert "taken before the text changed; record it again" in capsys.readouterr().err
    sounds = {path: body for path, body in before.items() if path.endswith(".mp3")}
    assert sounds.items() <= tree(folder).items()


def test_a_first_take_that_was_interrupted_can_be_done_again(folder: Path, recorder: Path) -> None:
    """Power went before the table was written: the same command mends it."""
    (folder / "ar/audio").mkdir()
    (folder / f"ar/audio/{LINE}.mp3").write_bytes(TONE)
    assert main(["audio", "check"]) == 1
    assert main(["audio", "take", str(recorder), *BY]) == 0
    assert main(["audio", "check"]) == 0


def test_a_voice_is_not_given_another_licence(folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person agreed to for the first recordings holds for them; nobody widens it in passing."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    before = tree(folder)
    assert main(["audio", "take", str(recorder), "--by", "ana", "--licence", "CC0-1.0"]) == 1
    assert "ana agreed to CC-BY-4.0 on 2026-05-01; anything else needs another alias" in capsys.readouterr().err
    assert tree(folder) == before


def test_a_known_voice_needs_no_second_consent(folder: Path, recorder: Path) -> None:
    """What was agreed is kept; another text of the same person is added beside the first."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    (recorder / f"{LINE}.mp3").rename(recorder / f"{NAME}.mp3")
    assert main(["audio", "take", str(recorder), "--by", "ana", "--on", "2026-05-03"]) == 0
    assert load_recordings(folder, "ar").entries.keys() == {LINE, NAME}


def test_what_a_recorder_writes_beside_the_sound_is_not_taken(folder: Path, recorder: Path) -> None:
    """The name of a phone or a person in the file never reaches the guide."""
    (recorder / f"{LINE}.mp3").write_bytes(TONE + b"TAG" + b"Maria's phone".ljust(125, b"\0"))
    assert main(["audio", "take", str(recorder), *BY]) == 0
    assert (folder / f"ar/audio/{LINE}.mp3").read_bytes() == TONE


@pytest.mark.parametrize("suffix", ["wav", "ogg", "m4a", "mp3"])
def test_other_formats_are_converted(folder: Path, recorder: Path, tmp_path: Path, suffix: str) -> None:
    """What a phone or a browser records, in stereo and with a title, becomes the one format that every phone plays."""
    (recorder / f"{LINE}.mp3").unlink()
    (tmp_path / "tone.mp3").write_bytes(TONE)
    made = recorder / f"{LINE}.{suffix}"
    plain = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "tone.mp3"), "-ac", "2", "-metadata", "title=At Maria's"]
    subprocess.run([*plain, str(made)], check=True)
    assert main(["audio", "take", str(recorder), *BY]) == 0
    taken = (folder / f"ar/audio/{LINE}.mp3").read_bytes()
    assert 1.9 < seconds(taken) < 2.4
    assert b"Maria" not in taken


def test_all_that_is_wrong_is_named_and_nothing_taken(
    folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown text, one that is not translated, a text in two files, no sound in a file: every one in one run."""
    (recorder / "worker.nowhere.mp3").write_bytes(TONE)
    (recorder / "worker.pay.owed.rate.mp3").write_bytes(b"these are words")
    (recorder / f"{LINE}.wav").write_bytes(b"RIFF")
    before = tree(folder)
    assert main(["audio", "take", str(recorder), *BY]) == 1
    said = capsys.readouterr().err
    assert "worker.nowhere.mp3: ar has no such text to be heard" in said
    assert "worker.pay.owed.rate.mp3: ffmpeg cannot read it" in said
    assert f"{LINE}: is recorded in two files; keep one" in said
    assert tree(folder) == before


def test_without_ffmpeg_the_format_is_named(
    recorder: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A machine without it takes what fits, and says what to do about the rest."""
    monkeypatch.setenv("PATH", str(recorder))
    assert main(["audio", "take", str(recorder), *BY]) == 0
    (recorder / f"{LINE}.mp3").rename(recorder / f"{LINE}.txt")
    (recorder / f"{LINE}.txt").write_bytes(b"no sound")
    assert main(["audio", "take", str(recorder), *BY]) == 1
    assert "is no MP3; install ffmpeg, or give MP3, mono, 24 kbit/s" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "bo"], "bo is a new voice: name the day of their consent and the licence"),
        ([*BY, "--on", "2026-04-30"], "2026-04-30 is before the consent of ana on 2026-05-01"),
        ([*BY, "--language", "xx"], "'xx' is no listed language; name it with --language"),
    ],
)
def test_without_consent_nothing_is_taken(
    folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """Nobody is heard who did not agree first."""
    before = tree(folder)
    assert main(["audio", "take", str(recorder), *arguments]) == 1
    assert said in capsys.readouterr().err
    assert tree(folder) == before


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_recordings_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Empty or not there: said, and nothing is written."""
    (tmp_path / "empty").mkdir()
    assert main(["audio", "take", str(tmp_path / name), "--language", "ar", *BY]) == 1
    assert "recording" in capsys.readouterr().err
    assert not (folder / "ar/audio").exists()


def test_check_names_what_is_wrong_and_what_is_left_out(
    folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed text is a warning; a file that nobody took, or of another kind, stops."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    text = load_work(folder.parent / "content", folder).ingredients.catalogs["ar"].entries[LINE].text
    edit(folder / "ar/messages.po", f'msgstr "{text}"', f'msgstr "{text}."')
    assert main(["audio", "check"]) == 0
    assert f"the text has changed since it was recorded; it is left out until it is recorded again [{LINE}]" in (
        capsys.readouterr().out
    )
    (folder / f"ar/audio/{TITLE}.mp3").write_bytes(TONE)
    assert main(["audio", "check"]) == 1
    assert "nothing says who spoke" in capsys.readouterr().err
    (folder / f"ar/audio/{TITLE}.mp3").rename(folder / f"ar/audio/{TITLE}.ogg")
    assert main(["audio", "check"]) == 1
    assert "`audio take` makes .mp3 of it" in capsys.readouterr().err


def test_status_counts_what_is_recorded(folder: Path, recorder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a language, those without text too: their name can be recorded."""
    assert main(["audio", "take", str(recorder), *BY]) == 0
    capsys.readouterr()
    assert main(["audio", "status"]) == 0
    rows = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert rows["ar"][1:] == ["1", "0", "of", "1", "1", "of", "2", "0", "6"]
    assert rows["mam"][1:5] == ["0", "0", "of", "1"]
