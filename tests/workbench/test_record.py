"""The page on which a sentence is said aloud, as a browser asks for it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from fieldguide.audio import load_work
from fieldguide.mp3 import seconds
from fieldguide.recordings import NAME, Voice, check_recordings, load_recordings
from fieldguide.workbench.safety import FORM_LIMIT, SOUND_LIMIT

from ..sound import TONE, spoken
from .conftest import (
    ANA,
    BEN,
    DAY,
    HERE,
    LINE,
    RATE,
    TITLE,
    Bench,
    Start,
    by_class,
    put_recording,
    tree,
    value_of,
    words,
)

SAID = spoken((0.5, 0), (1, 0.5), (0.5, 0))
GOOD = {"voice": "ana", "licence": "CC-BY-4.0", "consent": "1", "begin": "0.5", "end": "1.5"}
PAGE = f"/en/ar/{LINE}/record"


def send(bench: Bench, body: bytes = SAID, path: str = PAGE, **changes: str | None) -> TestResponse:
    """What the script of the page sends, with some fields changed, or None taken off."""
    page = bench.get(path).text
    fields = {name: value_of(page, name) for name in ("seen", "over", "read")} | GOOD | changes
    told = {name: value for name, value in fields.items() if value is not None}
    return bench.post(path, sound=(io.BytesIO(body), "sound"), **told)


def files(bench: Bench) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()}


def shown(page: str) -> bool:
    """Whether a page has what records."""
    return any(found.get("id") == "record" for found in tree(page).iter("form"))


def test_a_recording_is_kept(bench: Bench):
    """The files are what `audio take` would have written, the guide takes them, and the way leads on."""
    before = files(bench)
    answer = send(bench)
    assert answer.status_code == 200
    assert answer.json["to"].startswith(f"/en/ar/{RATE}/record?")
    found = load_recordings(bench.desk.folder, "ar")
    assert found.voices == {"ana": Voice(DAY, "CC-BY-4.0")}
    assert found.entries[LINE].on == DAY
    assert 1 <= seconds(found.sounds[LINE]) < 1.1
    work = load_work(bench.root / "content", bench.desk.folder)
    assert not list(check_recordings([found], work.ingredients.registry, work.ingredients.guide))
    assert not list(work.ingredients.iter_stale())
    new = {path.relative_to(bench.root).as_posix() for path in files(bench).keys() - before.keys()}
    assert new == {"translations/ar/audio/audio.toml", f"translations/ar/audio/{LINE}.mp3"}
    assert {path: files(bench)[path] for path in before} == before
    page = bench.client.get(answer.json["to"], base_url=HERE).text
    assert by_class(page, "told") == ["Recorded: For questions."]


def test_what_is_kept_can_be_heard(bench: Bench):
    """By ranges too, as phones ask for it; what is not there is not."""
    address = f"/en/ar/{LINE}/sound"
    assert bench.get(address).status_code == 404
    put_recording(bench, LINE)
    answer = bench.get(address)
    assert (answer.data, answer.content_type) == (TONE, "audio/mpeg")
    part = bench.client.get(address, base_url=HERE, headers={"Range": "bytes=0-1"}, buffered=True)
    assert (part.status_code, part.data) == (206, TONE[:2])
    assert f"{LINE}/sound?" in bench.get(PAGE).text


def test_only_what_is_heard_can_be_recorded(bench: Bench):
    """A title has no such page and no link to one; a sentence has both; one that is not translated leads back to it."""
    assert bench.get(f"/en/ar/{TITLE}/record").status_code == 404
    assert f"{TITLE}/record" not in bench.get(f"/en/ar/{TITLE}/").text
    assert f"{LINE}/record" in bench.get(f"/en/ar/{LINE}/").text
    story = "worker.pay.story.one"
    bench.put(replace(bench.entry(story), text=""))
    assert bench.get(f"/en/ar/{story}/record").location.startswith(f"/en/ar/{story}/?")
    assert f"{story}/record" not in bench.get(f"/en/ar/{story}/").text
    assert bench.get(f"/en/en/{LINE}/record").status_code == 404


def test_strangers_say_who_they_are_first(bench: Bench):
    """As everywhere here; the script is led there too."""
    assert bench.client.get(PAGE, base_url=HERE).location == "/en/?again=1"
    page = bench.get(PAGE).text
    data = {"stamp": value_of(page, "stamp"), "sound": (io.BytesIO(SAID), "sound")}
    assert bench.client.post(PAGE, base_url=HERE, data=data).json == {"to": "/en/?again=1"}


def test_this_page_alone_may_use_the_microphone(bench: Bench):
    """And gets nothing else that others do not have: no script of others, nothing from elsewhere."""
    here, other = bench.get(PAGE).headers, bench.get(f"/en/ar/{LINE}/").headers
    assert "microphone=(self)" in here["Permissions-Policy"]
    assert here["Permissions-Policy"].replace("=(self)", "=()") == other["Permissions-Policy"]
    assert here["Content-Security-Policy"] == other["Content-Security-Policy"]
    for path in ("/en/ar/", f"/en/ar/{LINE}/", f"/en/ar/{LINE}/blind", "/guide/ar/w/money/", "/static/record.js"):
        assert "microphone=()" in bench.get(path).headers["Permissions-Policy"], path


def test_it_may_send_more_than_other_forms(bench: Bench):
    """A minute of sound and no more; no other form may."""
    assert send(bench, spoken((4, 0.5)), begin="0", end="4").status_code == 200
    for path, limit in ((PAGE, SOUND_LIMIT), (f"/en/ar/{LINE}/", FORM_LIMIT), (f"/en/ar/{LINE}/withdraw", FORM_LIMIT)):
        sent = {"CONTENT_LENGTH": str(limit + 1), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
        assert bench.client.post(path, base_url=HERE, query_string=ANA, environ_overrides=sent).status_code == 413, path


@pytest.mark.parametrize(
    ("body", "changes", "refused"),
    [
        (SAID, {"consent": None}, ["consent"]),
        (SAID, {"voice": "Ana B"}, ["alias"]),
        (SAID, {"licence": None}, ["licence"]),
        (b"", {}, ["empty"]),
        (b"words", {}, ["no-sound"]),
        (SAID, {"begin": "0", "end": "0.4"}, ["silent"]),
        (SAID, {"begin": "1", "end": "1.1"}, ["short"]),
        (SAID, {"begin": "1", "end": "0"}, ["short"]),
        (b"", {"consent": None, "voice": "", "licence": "x"}, ["consent", "alias", "licence", "empty"]),
    ],
)
def test_what_is_refused(bench: Bench, body: bytes, changes: dict[str, str | None], refused: list[str]):
    """All of it at once, each by a sentence that the page has; nothing is written."""
    before = files(bench)
    answer = send(bench, body, **changes)
    assert (answer.status_code, answer.json["refused"], answer.json["problems"]) == (422, refused, [])
    assert files(bench) == before
    has = {found.get("data-refused") for found in tree(bench.get(PAGE).text).iter("li")}
    assert set(refused) <= has


@pytest.mark.parametrize("marks", [("", ""), ("nan", "1"), ("-1", "inf"), ("x", "1")])
def test_without_marks_all_is_kept(bench: Bench, marks: tuple[str, str]):
    """What is no number cuts nothing off."""
    assert send(bench, begin=marks[0], end=marks[1]).status_code == 200
    assert 2 <= seconds(load_recordings(bench.desk.folder, "ar").sounds[LINE]) < 2.1


def test_a_sentence_that_was_changed_meanwhile(bench: Bench):
    """What she said are other words than stand there now: not kept; she sees the difference and what to say instead."""
    page = bench.get(PAGE).text
    seen, read = value_of(page, "seen"), value_of(page, "read")
    entry = bench.entry(LINE)
    bench.put(replace(entry, text=f"{entry.text} الآن"))
    before = files(bench)
    answer = send(bench, seen=seen, read=read)
    assert (answer.status_code, answer.json["refused"]) == (409, ["changed"])
    assert answer.json["read"] == f"{read} الآن"
    assert answer.json["changes"] == [["same", read], ["new", " الآن"]]
    assert files(bench) == before
    assert send(bench, seen=answer.json["seen"]).status_code == 200


def test_a_sentence_that_was_emptied_meanwhile(bench: Bench):
    """There is nothing to say any more."""
    page = bench.get(PAGE).text
    seen, read = value_of(page, "seen"), value_of(page, "read")
    bench.put(replace(bench.entry(LINE), text=""))
    fields = {"seen": seen, "read": read, "over": "", **GOOD}
    answer = bench.post(PAGE, sound=(io.BytesIO(SAID), "sound"), **fields)
    assert (answer.json["refused"], answer.json["read"]) == (["changed"], "")


def test_two_people_at_one_sentence(bench: Bench):
    """The second one is told, and takes the first one's place only by doing it again."""
    send(bench)
    first = load_recordings(bench.desk.folder, "ar")
    answer = send(bench, spoken((1, 0.3)), voice="ben", over="")
    assert (answer.status_code, answer.json["refused"]) == (409, ["taken"])
    assert load_recordings(bench.desk.folder, "ar") == first
    assert send(bench, spoken((1, 0.3)), voice="ben", over=answer.json["over"], begin="0").status_code == 200
    found = load_recordings(bench.desk.folder, "ar")
    assert (found.entries[LINE].voice, set(found.voices)) == ("ben", {"ana", "ben"})


def test_a_voice_keeps_its_licence(bench: Bench):
    """What was agreed to first is chosen already, and nothing else is taken under this name."""
    put_recording(bench, RATE)
    assert send(bench, licence="CC0-1.0").json["refused"] == ["licence"]
    chosen = [
        found.get("value")
        for found in tree(bench.get(PAGE).text).iter("input")
        if found.get("name") == "licence" and "checked" in found.attrib
    ]
    assert chosen == ["CC-BY-4.0"]
    assert send(bench).status_code == 200


def test_changed_texts_are_shown(bench: Bench):
    """In the list, at the sentence and here: recorded, and recorded before it changed."""
    put_recording(bench, LINE)
    for path in ("/en/ar/", f"/en/ar/{LINE}/", PAGE):
        page = bench.get(path, q=LINE).text
        assert "Recorded" in by_class(page, "need"), path
    entry = bench.entry(LINE)
    bench.put(replace(entry, text=f"{entry.text}!"))
    for path in ("/en/ar/", f"/en/ar/{LINE}/", PAGE):
        page = bench.get(path, q=LINE).text
        assert "Recorded before it changed" in by_class(page, "need"), path
    assert "has changed since this was recorded" in words(tree(bench.get(PAGE).text))


def test_the_list_of_what_is_to_be_recorded(bench: Bench):
    """What nobody has recorded and what has changed since; each leads to its page, and so does the language's name."""
    put_recording(bench, RATE)
    page = bench.get("/en/ar/", aloud="1").text
    assert f"/en/ar/{LINE}/record?" in page
    assert f"/en/ar/{RATE}/" not in page
    assert f"/en/ar/{TITLE}/" not in page
    assert f"/en/ar/{NAME}/record?" in page


def test_the_name_of_a_language(bench: Bench):
    """Also of one that nobody writes here: its page has no sentence to go back to."""
    path = f"/en/ar/{NAME}/record"
    assert by_class(bench.get(path).text, "text")[0] == "العربية"
    answer = send(bench, path=path)
    assert answer.json["to"].startswith(f"{path}?")
    assert by_class(bench.client.get(answer.json["to"], base_url=HERE).text, "told") == ["Done."]
    assert load_recordings(bench.desk.folder, "ar").entries.keys() == {NAME}
    assert f"{NAME}/record" not in bench.get("/en/ar/", aloud="1").text


def test_a_language_that_is_only_spoken(bench: Bench):
    """From the door to its name; nothing else can be recorded in it."""
    languages = bench.root / "content/languages.toml"
    text = languages.read_text(encoding="utf-8")
    languages.write_text(text.replace('fallback = ["ar"]\nstatus = "help"', 'fallback = ["ar"]\nstatus = "spoken"'))
    (bench.root / "translations/mam/messages.po").unlink()
    assert 'value="mam"' in bench.get("/en/", again="1").text
    there = bench.get("/en/enter", tag="mam").location
    assert there.startswith(f"/en/mam/{NAME}/record?")
    page = bench.client.get(there, base_url=HERE).text
    assert by_class(page, "text")[0] == "Qyol Mam"
    assert bench.get(f"/en/mam/{LINE}/record").status_code in (302, 404)
    assert send(bench, path=f"/en/mam/{NAME}/record").status_code == 200
    assert load_recordings(bench.desk.folder, "mam").entries.keys() == {NAME}


def test_without_ffmpeg_it_is_said_before(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    """What to install, and nothing to record with; what is there can still be heard."""
    assert shown(bench.get(PAGE).text)
    put_recording(bench, LINE)
    monkeypatch.setenv("PATH", "")
    page = bench.get(PAGE).text
    assert not shown(page)
    assert "apt install ffmpeg" in by_class(page, "refused")[0]
    assert f"{LINE}/sound" in page


@pytest.mark.parametrize(("which", "left"), [("one", {RATE}), ("voice", set())])
def test_a_recording_is_taken_away(bench: Bench, which: str, left: set[str]):
    """This one, or all of the voice: sounds and rows; the sentence stays as it was."""
    put_recording(bench, LINE, RATE)
    before = bench.path.read_bytes()
    over = load_recordings(bench.desk.folder, "ar").entries[LINE].sound
    done = bench.post(f"/en/ar/{LINE}/withdraw", which=which, over=over)
    page = bench.client.get(done.location, base_url=HERE).text
    assert by_class(page, "told") == ["The recording is taken away: For questions."]
    found = load_recordings(bench.desk.folder, "ar")
    assert found.entries.keys() == found.sounds.keys() == left
    assert bench.path.read_bytes() == before
    again = bench.post(f"/en/ar/{LINE}/withdraw", which=which, over=over)
    assert by_class(bench.client.get(again.location, base_url=HERE).text, "told")[0].startswith("Nothing had changed")


def test_a_broken_table_is_named(bench: Bench):
    """Somebody left a merge conflict in it: the person keeps the recording, and reads which file."""
    put_recording(bench, RATE)
    page = bench.get(PAGE).text
    fields = {name: value_of(page, name) for name in ("seen", "over", "read")} | GOOD
    (bench.desk.folder / "ar/audio/audio.toml").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    data = {"stamp": value_of(page, "stamp"), "sound": (io.BytesIO(SAID), "sound"), **fields}
    answer = bench.client.post(PAGE, base_url=HERE, query_string=ANA, data=data)
    assert answer.status_code == 503
    assert "translations/ar/audio/audio.toml" in answer.text


@pytest.mark.parametrize("path", [PAGE, f"/en/ar/{LINE}/withdraw"])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_other_sites_neither_record_nor_take_away(bench: Bench, path: str, headers: dict[str, str]):
    """Nor does a form without the stamp of this run."""
    put_recording(bench, LINE)
    page = bench.get(PAGE).text
    fields = {name: value_of(page, name) for name in ("stamp", "seen", "over", "read")} | GOOD
    before = files(bench)
    for data, sent in ((fields, headers), ({**fields, "stamp": "x"}, {})):
        told = {**data, "which": "voice", "sound": (io.BytesIO(SAID[:1000]), "sound")}
        assert bench.client.post(path, base_url=HERE, query_string=BEN, data=told, headers=sent).status_code == 403
    assert files(bench) == before


def test_hostile_words_stay_words(bench: Bench):
    """A text or a voice that would be a tag is none; in the answer to the script either."""
    evil = "</textarea><script>alert(1)</script>\"'&"
    bench.put(replace(bench.entry(LINE), text=evil))
    page = bench.get(PAGE, voice=evil).text
    assert "<script>" not in page
    assert tree(page).tag
    assert send(bench, voice=evil).json["refused"] == ["alias"]


def test_a_shared_workbench_records_too(start: Start):
    """Below its secret, over the address of the machine."""
    bench = start(secret="s3cret", hosts=("192.0.2.7",))
    answer = bench.client.get(f"/s3cret{PAGE}", base_url="https://192.0.2.7:8001", query_string=ANA)
    assert f'action="/s3cret{PAGE}?' in answer.text
