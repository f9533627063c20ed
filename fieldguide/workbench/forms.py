"""What the forms of the workbench do: each writes one sentence, or stops and says why with everything typed kept."""

from collections.abc import Callable
from datetime import date

from flask import redirect, request
from flask.typing import ResponseReturnValue

from fieldguide.catalog import Entry
from fieldguide.items import Unit
from fieldguide.revise import one_line
from fieldguide.workbench.desk import ConflictError
from fieldguide.workbench.pages import Pages, Stopped
from fieldguide.workbench.queue import around
from fieldguide.workbench.save import Hand, RefusedError, checked, cleaned, doubted, said_back, saved
from fieldguide.workbench.sentence import findings
from fieldguide.workbench.visit import Visit, address
from fieldguide.workbench.words import told


class Forms:
    """The forms of these pages. ``today`` tells the day of a check."""

    def __init__(self, pages: Pages, today: Callable[[], date]) -> None:
        self._pages, self._desk = pages, pages.desk
        self._today = today

    def act(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Save, check or doubt a sentence, and go on to the next; or only look at what was typed."""
        opened, visit = self._pages.open(tag, unit_id), self._pages.visit()
        text, do, said = cleaned(_told("text")), _told("do"), one_line(_told("words"))
        show = self._pages.sentence
        if visit is None or do not in ("save", "check", "doubt"):
            return show(words, tag, unit_id, Stopped(text))
        if do == "doubt" and not said:
            return show(words, tag, unit_id, Stopped(text, 422, wordless=True))
        before, (_, following) = opened.catalog.entries[unit_id], around(*self._pages.queue_of(opened, visit, unit_id))
        try:
            after = self._desk.change(tag, unit_id, _told("seen"), self._maker(tag, visit, do, text, said))
        except RefusedError as error:
            return show(words, tag, unit_id, Stopped(text, 422, refused=error))
        except ConflictError:
            return show(words, tag, unit_id, Stopped(text, 409, conflict=True))
        done = "same" if after == before else do
        if following is None:
            return redirect(address("queue", words, visit, tag=tag, done=done, was=unit_id), 303)
        there = "blind" if visit.wish.blind else "sentence"
        return redirect(address(there, words, visit, tag=tag, unit_id=following.unit.id, done=done, was=unit_id), 303)

    def look(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """What the gates say about what is being typed."""
        glossary = self._desk.work().ingredients.glossary
        found = findings(self._pages.open(tag, unit_id), unit_id, cleaned(_told("text")), glossary)
        return {"faults": [told(one) for one in found.faults], "doubts": [told(one) for one in found.doubts]}

    def undo(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Bring back what the last save of this run has replaced."""
        self._pages.open(tag, unit_id)
        visit = self._pages.visit()
        if visit is None:
            return self._pages.stranger(words)
        try:
            self._desk.undo(tag, unit_id)
        except ConflictError:
            return self._pages.sentence(words, tag, unit_id, Stopped(status=409, too_late=True))
        return redirect(address("sentence", words, visit, tag=tag, unit_id=unit_id, done="undo", was=unit_id), 303)

    def say_back(self, words: str, tag: str, unit_id: str) -> ResponseReturnValue:
        """Keep the meaning as it was understood, and show both."""
        opened, visit = self._pages.open(tag, unit_id), self._pages.visit()
        said = one_line(_told("words"))
        if visit is None:
            return self._pages.stranger(words)
        if not said:
            return self._pages.blind(words, tag, unit_id, 422)
        hand = Hand(opened, visit.alias, visit.role, self._today())

        def make(_: Unit, entry: Entry) -> Entry:
            return said_back(hand, entry, said)

        try:
            self._desk.change(tag, unit_id, _told("seen"), make)
        except ConflictError:
            return self._pages.blind(words, tag, unit_id, 409)
        return redirect(address("sentence", words, visit, tag=tag, unit_id=unit_id, done="said", was=unit_id), 303)

    def _maker(self, tag: str, visit: Visit, do: str, text: str, said: str) -> Callable[[Unit, Entry], Entry]:
        """What a button makes of a sentence."""

        def make(unit: Unit, entry: Entry) -> Entry:
            hand = Hand(self._desk.open(tag), visit.alias, visit.role, self._today())
            if do == "check":
                return checked(hand, unit, entry, text)
            if do == "doubt":
                return doubted(hand, unit, entry, text, said)
            return saved(hand, unit, entry, text)

        return make


def _told(name: str) -> str:
    """What a field of the form says."""
    return request.form.get(name, "")
