"""The pages of the workbench."""

from dataclasses import dataclass, replace
from functools import partial

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldguide.languages import negotiate
from fieldguide.recordings import NAME
from fieldguide.review import Role
from fieldguide.workbench.desk import Desk, Mark, Opened
from fieldguide.workbench.proof import SHEET, Typed, build_proof, find_place, unshowable
from fieldguide.workbench.queue import Need, Row, around, build_queue, build_rows, progress_of, with_sounds
from fieldguide.workbench.reading import Reading, build_reading
from fieldguide.workbench.save import RefusedError, cleaned
from fieldguide.workbench.sentence import build_sentence, difference
from fieldguide.workbench.studio import Studio
from fieldguide.workbench.visit import Visit, address, read_visit
from fieldguide.workbench.words import LANGUAGES, words_language

SHOWN = 50
"""Sentences of a queue on one page."""

_NOT_UNDONE = ("undo", "record", "withdraw")


@dataclass(frozen=True)
class Stopped:
    """Why a form was not carried out, and what was in its field: None for what stands in the file."""

    text: str | None = None
    status: int = 200
    refused: RefusedError | None = None
    conflict: bool = False
    too_late: bool = False
    wordless: bool = False


class Pages:
    """The pages over one desk. ``language``, ``alias`` and ``role`` are what the command has said already."""

    def __init__(self, desk: Desk, *, language: str, alias: str, role: Role | None, stamp: str) -> None:
        self.desk, self.studio = desk, Studio(desk)
        self._language, self._alias, self._role = language, alias, role
        self._stamp = stamp
        self._places: dict[tuple[str, str], str | None] = {}
        self._readings: dict[tuple[str, str], tuple[Mark, Reading]] = {}

    def door(self) -> ResponseReturnValue:
        """The address that the program prints: on in the language of the browser."""
        asked = negotiate(request.headers.get("Accept-Language", ""), LANGUAGES)
        return redirect(address("start", asked.tag if asked else "en"))

    def start(self, words: str) -> ResponseReturnValue:
        """Who are you, and which language? Passed over when the command has said all that."""
        visit = self.visit()
        if visit and self._language and "again" not in request.args:
            return redirect(address("queue", words, visit, tag=self._language))
        registry = self.desk.work().ingredients.registry
        return self.show("start.html", words, None, tongues=[registry[tag] for tag in self.spoken_tags()])

    def enter(self, words: str) -> ResponseReturnValue:
        """From the start page to the queue; back to it where the alias cannot be used."""
        visit, tag = self.visit(), request.args.get("tag", self._language)
        if visit is None or tag not in self.spoken_tags():
            return redirect(address("start", words, again=1, wrong=1))
        if tag not in self._tags():
            return redirect(address("record", words, visit, tag=tag, unit_id=NAME))
        return redirect(address("queue", words, visit, tag=tag))

    def queue(self, words: str, tag: str) -> ResponseReturnValue:
        """What is to do, most important first."""
        opened, visit = self.open(tag), self.visit()
        if visit is None:
            return self.stranger(words)
        rows = self._rows(opened, visit)
        queue = build_queue(rows, visit.wish)
        first = max(0, min(request.args.get("from", 0, type=int), len(queue) - 1)) // SHOWN * SHOWN
        shown = {"rows": queue[first : first + SHOWN], "first": first, "count": len(queue), "at_once": SHOWN}
        shown["name"] = self.studio.open(tag).sounds[NAME]
        return self.show("queue.html", words, visit, opened=opened, progress=progress_of(rows), **shown)

    def sentence(
        self,
        words: str,
        tag: str,
        unit_id: str,
        stopped: Stopped = Stopped(),
    ) -> ResponseReturnValue:
        """One sentence; with what stopped a form, and what was typed into it."""
        opened, visit = self.open(tag, unit_id), self.visit()
        if visit is None:
            return self.stranger(words)
        glossary = self.desk.work().ingredients.glossary
        sentence = build_sentence(opened, unit_id, glossary, alias=visit.alias, role=visit.role, text=stopped.text)
        queue, row = self.queue_of(opened, visit, unit_id)
        before, after = around(queue, row)
        page = self.show(
            "sentence.html",
            words,
            visit,
            opened=opened,
            sentence=sentence,
            row=row,
            before=before,
            after=after,
            left=len(queue),
            place=self._place(opened, row),
            stopped=stopped,
            difference=difference(sentence.entry.text, sentence.text),
            said=request.form.get("words", ""),
            undoable_here=self.desk.undoable(tag, unit_id) == sentence.seen,
        )
        return page, stopped.status

    def blind(self, words: str, tag: str, unit_id: str, status: int = 200) -> ResponseReturnValue:
        """Only the translation: what does it say?"""
        opened, visit = self.open(tag, unit_id), self.visit()
        if visit is None:
            return self.stranger(words)
        glossary = self.desk.work().ingredients.glossary
        sentence = build_sentence(opened, unit_id, glossary, alias=visit.alias, role=visit.role)
        if not sentence.entry.text.strip():
            return redirect(address("sentence", words, visit, tag=tag, unit_id=unit_id))
        blindly = replace(visit, wish=replace(visit.wish, blind=True))
        before, after = around(*self.queue_of(opened, blindly, unit_id))
        said = request.form.get("words", "")
        shown = {"sentence": sentence, "before": before, "after": after, "status": status, "said": said}
        return self.show("blind.html", words, blindly, opened=opened, **shown), status

    def guide(self, path: str) -> ResponseReturnValue:
        """A page of the guide as it would be, or a file that it needs; or what keeps the text from being shown."""
        if path == SHEET:
            return redirect(url_for(".static", filename="lit.css"))
        assets = {artifact.url: artifact for artifact in self.desk.work().ingredients.assets}
        if path in assets:
            return Response(assets[path].body, content_type=assets[path].media_type)
        opened = self.open(path.partition("/")[0])
        typed = Typed(request.args.get("lit", ""), cleaned(request.args.get("text", "")))
        if faults := unshowable(opened, typed):
            return Response("".join(f"{fault}\n" for fault in faults), 422, mimetype="text/plain")
        page = build_proof(self.desk, opened, path, typed)
        if page is None:
            abort(404)
        return Response(page, content_type="text/html; charset=utf-8")

    def visit(self) -> Visit | None:
        """Who is here, None for someone who has not said so."""
        return read_visit(self._alias, self._role)

    def stranger(self, words: str) -> ResponseReturnValue:
        """To the page that asks who is there."""
        return redirect(address("start", words, again=1))

    def open(self, tag: str, unit_id: str | None = None) -> Opened:
        """A language of this run, and that it has the sentence; else there is no such page."""
        if tag not in self._tags():
            abort(404)
        opened = self.desk.open(tag)
        if unit_id is not None and unit_id not in opened.units:
            abort(404)
        return opened

    def queue_of(self, opened: Opened, visit: Visit, unit_id: str) -> tuple[list[Row], Row]:
        """The queue that a person works through, and where a sentence is in it or would be."""
        rows = self._rows(opened, visit)
        return build_queue(rows, visit.wish), next(row for row in rows if row.unit.id == unit_id)

    def spoken_tags(self) -> list[str]:
        """The languages of this run of which something can be recorded."""
        return [tag for tag in self.studio.tags() if self._language in ("", tag)]

    def _tags(self) -> list[str]:
        return [tag for tag in self.desk.tags() if self._language in ("", tag)]

    def _rows(self, opened: Opened, visit: Visit) -> list[Row]:
        rows = build_rows(opened, visit.alias, visit.role)
        return with_sounds(rows, self.studio.open(opened.language.tag).sounds)

    def show(
        self, template: str, words: str, visit: Visit | None, opened: Opened | None = None, **values: object
    ) -> str:
        """A template filled with what every page needs, and with these values."""
        words_language(words)
        guide = self.desk.work().ingredients.guide
        titles = {page.id: page.title.text for page in guide.pages.values()}
        titles.update({f"cards/{deck.id}": deck.title.text for deck in guide.decks})
        return render_template(
            template,
            words=words,
            visit=visit,
            stamp=self._stamp,
            known={"alias": self._alias, "role": self._role},
            opened=opened,
            titles=titles,
            needs=list(Need),
            roles=list(Role),
            to=partial(address, words=words, visit=visit),
            english=self._reading("en", opened) if opened else None,
            read=self._reading(opened.language.tag, opened) if opened else None,
            **self._told(opened),
            **values,
        )

    def _told(self, opened: Opened | None) -> dict[str, object]:
        """What was done last, to which sentence, and whether it can be undone: the address tells."""
        was = opened.units.get(request.args.get("was", "")) if opened else None
        done = request.args.get("done", "") if was else ""
        undoable = bool(opened and was and done not in _NOT_UNDONE and self.desk.undoable(opened.language.tag, was.id))
        return {"done": done, "was": was, "undoable": undoable}

    def _reading(self, tag: str, opened: Opened) -> Reading:
        """How texts of a language read, or of English; made anew when the language that is worked on has changed."""
        key = (opened.language.tag, tag)
        mark, reading = self._readings.get(key, (None, None))
        if reading is None or mark != opened.mark:
            reading = build_reading(self.desk, tag)
            self._readings[key] = opened.mark, reading
        return reading

    def _place(self, opened: Opened, row: Row) -> str | None:
        key = (opened.language.tag, row.unit.id)
        if key not in self._places:
            self._places[key] = find_place(self.desk, opened, row.unit.id, row.group)
        return self._places[key]
