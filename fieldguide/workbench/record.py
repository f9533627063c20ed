"""Recording: a person says a sentence, hears it, and keeps it; or takes away what was kept.

The page alone may use the microphone. What it sends is judged as a whole: everything that is wrong with it is told at
once, the person's recording stays in the page, and the files stay as they were.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

from flask import abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from fieldguide.coverage import has_text
from fieldguide.encode import SILENT, Cut, can_convert
from fieldguide.problems import ProblemsError
from fieldguide.recordings import LONGEST, NAME, SHORTEST
from fieldguide.workbench.keeping import LICENCES, NotKeptError, Refusal, Told, kept, made, taken_away
from fieldguide.workbench.pages import Pages
from fieldguide.workbench.queue import around
from fieldguide.workbench.sentence import difference
from fieldguide.workbench.studio import Spoken
from fieldguide.workbench.visit import Visit, address


class Record:
    """The page on which a sentence is recorded, and its forms. ``today`` tells the day of a recording."""

    def __init__(self, pages: Pages, today: Callable[[], date]) -> None:
        self._pages, self._studio = pages, pages.studio
        self._today = today

    def record(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Say it, hear it, keep it; and what is there already."""
        spoken, visit = self._open(tag, unit_id), self._visit()
        if visit is None:
            return self._pages.stranger(words)
        if unit_id not in spoken.sounds:  # it is not translated yet, or no more
            return redirect(address("sentence", words, visit, tag=tag, unit_id=unit_id))
        opened = self._pages.open(tag) if has_text(spoken.language) else None
        row = before = after = None
        if opened and unit_id != NAME:
            queue, row = self._pages.queue_of(opened, visit, unit_id)
            before, after = around(queue, row)
        entry, voices = spoken.entry(unit_id), spoken.recordings.voices
        known = {voice.licence: None for voice in voices.values()}
        return self._pages.show(
            "record.html",
            words,
            visit,
            opened=opened,
            language=spoken.language,
            unit_id=unit_id,
            row=row,
            before=before,
            after=after,
            said=spoken.read(unit_id),
            seen=spoken.words.of(unit_id),
            entry=entry,
            sound=spoken.sounds[unit_id],
            of_voice=sum(one.voice == entry.voice for one in spoken.recordings.entries.values()) if entry else 0,
            voices=voices,
            licences=list(dict.fromkeys((*LICENCES, *known))),
            can_convert=can_convert(),
            bounds={"shortest": SHORTEST, "longest": int(LONGEST), "silent": SILENT},
        )

    def sound(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """What was kept, to be heard."""
        spoken = self._open(tag, unit_id)
        if spoken.entry(unit_id) is None:
            abort(404)
        return send_file(BytesIO(spoken.recordings.sounds[unit_id]), mimetype="audio/mpeg", conditional=True)

    def keep(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Keep what was recorded, and tell the page where to go on; or tell it everything that speaks against it."""
        self._open(tag, unit_id)
        visit, told, sent = self._visit(), _told(), request.files.get("sound")
        if visit is None:
            return {"to": address("start", words, again=1)}
        sound = made(sent.read() if sent else b"", _cut(request.form.get("begin", ""), request.form.get("end", "")))
        try:
            self._studio.change(tag, lambda spoken: kept(spoken, unit_id, told, sound, self._today()))
        except NotKeptError as error:
            return self._not_kept(tag, unit_id, error.refusals)
        except ProblemsError as error:
            return {"refused": [], "problems": [str(problem) for problem in error.problems]}, 422
        return {"to": self._next(words, visit, tag, unit_id, told.alias)}

    def withdraw(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Take away the recording of a sentence, or every one of its voice."""
        spoken, visit = self._open(tag, unit_id), self._visit()
        if visit is None:
            return self._pages.stranger(words)
        over, is_all = request.form.get("over", ""), request.form.get("which") == "voice"
        self._studio.change(tag, lambda now: taken_away(now, unit_id, over, is_all=is_all))
        done = "same" if self._studio.open(tag).recordings == spoken.recordings else "withdraw"
        return redirect(address("record", words, visit, tag=tag, unit_id=unit_id, done=done, was=unit_id), 303)

    def _not_kept(self, tag: str, unit_id: str, refusals: tuple[Refusal, ...]) -> ResponseReturnValue:
        """What the page must know to go on: also how the sentence reads now, and what lies there."""
        spoken = self._studio.open(tag)
        entry = spoken.entry(unit_id)
        told: dict[str, object] = {"refused": refusals, "problems": [], "over": entry.sound if entry else ""}
        if Refusal.CHANGED in refusals:
            told["seen"] = spoken.words.of(unit_id)
            told["read"] = spoken.read(unit_id) if told["seen"] else ""
            told["changes"] = difference(request.form.get("read", ""), str(told["read"]))
        return told, 409 if {Refusal.CHANGED, Refusal.TAKEN} & set(refusals) else 422

    def _next(self, words: str, visit: Visit, tag: str, unit_id: str, alias: str) -> str:
        """The sentence after this one of those that are to be recorded, else the list; the same voice goes on."""
        more = {"tag": tag, "done": "record", "was": unit_id, "voice": alias}
        if unit_id == NAME:
            return address("record", words, visit, unit_id=unit_id, **more)
        _, following = around(*self._pages.queue_of(self._pages.open(tag), visit, unit_id))
        if following is None:
            return address("queue", words, visit, **more)
        return address("record", words, visit, unit_id=following.unit.id, **more)

    def _open(self, tag: str, unit_id: str) -> Spoken:
        """A language of this run, and that this can be heard in the guide; else there is no such page."""
        if tag not in self._pages.spoken_tags():
            abort(404)
        spoken = self._studio.open(tag)
        if unit_id not in spoken.words.heard:
            abort(404)
        return spoken

    def _visit(self) -> Visit | None:
        """Who is here; on this page, everyone goes through what is to be recorded."""
        visit = self._pages.visit()
        return visit and replace(visit, wish=replace(visit.wish, aloud=True, blind=False))


def _told() -> Told:
    """What the form says."""
    form = request.form
    alias, licence = form.get("voice", "").strip(), form.get("licence", "")
    return Told(alias, licence, "consent" in form, form.get("seen", ""), form.get("over", ""))


def _cut(begin: str, end: str) -> Cut | None:
    """The marks as numbers, None where they are none: then all of it is kept."""
    try:
        cut = Cut(float(begin), float(end))
    except ValueError:
        return None
    return cut if math.isfinite(cut.begin) and math.isfinite(cut.end) and cut.begin >= 0 else None
