"""A review sheet that came back: what people ticked and wrote becomes reviews, new drafts and translators' comments.

First the file is looked at as a whole: every row that cannot be read is named, and nothing is taken. Then row by row: a
text that has changed since the sheet was written is left out, and so is a review that the rules refuse.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from fieldguide.catalog import Catalog, Entry
from fieldguide.checks.translations import Gate, iter_faults, iter_objections
from fieldguide.items import Unit
from fieldguide.languages import Language
from fieldguide.problems import Problem, ProblemsError
from fieldguide.review import ALIAS, NEEDS_WORK, Role, add_review, is_doubted
from fieldguide.revise import REMARK, comment, one_line, reword
from fieldguide.sheets import check_code
from fieldguide.sheettable import Line, Table, load_table
from fieldguide.sheetwords import ALL, ROLE_NAMES, VERDICT_NAMES, Verdict, plain

_COMPLAINT = "somebody said that it needs work; read why, then check it in the workbench"
"""A check on paper ends no complaint: whoever ticked *Right* has not read it."""
_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")


@dataclass(frozen=True)
class Answer:
    """What a person said about one text. ``line`` is where it stands in the file."""

    line: int
    unit_id: str
    check: str
    verdict: Verdict
    better: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Answers:
    """All that a sheet says: of which language, by whom, as what."""

    file: str
    tag: str
    alias: str
    role: Role
    answers: tuple[Answer, ...]
    unanswered: int


class Taken(StrEnum):
    """What became of an answer."""

    CHECKED = "checked"
    REWORDED = "reworded"
    NEEDS_WORK = "needs work"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Outcome:
    """What became of one answer, and why where that is not what the reviewer said."""

    answer: Answer
    taken: Taken
    why: str = ""


def load_answers(path: Path, alias: str | None = None, role: Role | None = None) -> Answers:
    """Read a file that came back. ``alias`` and ``role`` stand for what the head of the file does not say, or says
    otherwise. Raises `ProblemsError` with everything that cannot be read."""
    table = load_table(path)
    problems: list[Problem] = []
    answers = list(_iter_answers(table, problems))
    alias = alias or "-".join(table.head.get("alias", "").split())
    role = role or ROLE_NAMES.get(plain(table.head.get("role", "")))
    problems += _head_problems(table, alias, role)
    if not answers and not problems:
        problems.append(Problem(table.file, "", "has no answer; fill it in and save it, then take it"))
    if problems or role is None:
        raise ProblemsError(problems)
    tag = table.head["language"]
    return Answers(table.file, tag, alias, role, tuple(answers), len(table.lines) - len(answers))


def _head_problems(table: Table, alias: str, role: Role | None) -> Iterator[Problem]:
    if not table.head.get("language"):
        yield Problem(table.file, "", "does not say its language; put the rows before the table back")
    if not ALIAS.fullmatch(alias):
        said = f"{alias!r} is no alias" if alias else "nobody's alias stands in it"
        yield Problem(table.file, "", f"{said}; use --as with up to 40 letters, digits, dots and dashes")
    if role is None:
        said = table.head.get("role", "")
        said = f"{said!r} is no role" if said else "does not say as what the reviewer read it"
        yield Problem(table.file, "", f"{said}; use --role with one of: {', '.join(Role)}")


def _iter_answers(table: Table, problems: list[Problem]) -> Iterator[Answer]:
    seen: dict[str, int] = {}
    for line in table.lines:
        faults = list(_iter_line_faults(line, seen))
        problems += [Problem(table.file, line.place, fault, line.cells["id"]) for fault in faults]
        seen.setdefault(line.cells["id"], line.number)
        answer = _answer(line)
        if answer and not faults:
            yield answer


def _iter_line_faults(line: Line, seen: Mapping[str, int]) -> Iterator[str]:
    cells = line.cells
    if not cells["id"]:
        yield "has no ID; put it back, or empty the row"
        return
    if cells["id"] in seen:
        yield f"is there a second time, after line {seen[cells['id']]}; keep one"
    texts = cells["english"], cells["translation"]
    if any(texts) and cells["check"] != check_code(cells["id"], *texts):
        yield (
            "English, translation or code are not as they were written: changed by hand, or spoilt in saving; "
            "put them back, and write what should be there into “Better wording”"
        )
    verdict = cells["verdict"]
    if verdict and plain(verdict) not in VERDICT_NAMES:
        known = "; ".join(", ".join(names[0] for names in words.verdicts.values()) for words in ALL)
        yield f"{verdict!r} is no verdict; write one of: {known}"
    if VERDICT_NAMES.get(plain(verdict)) is Verdict.RIGHT and _better(cells):
        yield "is called right and has a better wording; keep one of the two"


def _better(cells: Mapping[str, str]) -> str:
    """The other wording; a copy of the present one is none."""
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", cells["better"]))
    return "" if text == unicodedata.normalize("NFC", cells["translation"].strip()) else text


def _answer(line: Line) -> Answer | None:
    cells, better = line.cells, _better(line.cells)
    said = one_line(cells["comment"])
    if not (cells["verdict"] or better or said):
        return None
    # words without a tick change nothing and check nothing, but somebody should read them
    verdict = VERDICT_NAMES.get(plain(cells["verdict"]), Verdict.UNSURE)
    return Answer(line.number, cells["id"], cells["check"], verdict, better, said)


def take(
    answers: Answers, units: Iterable[Unit], catalog: Catalog, *, language: Language, gate: Gate, on: date
) -> tuple[Catalog, tuple[Outcome, ...]]:
    """The catalog with everything that counts, and what became of each answer. Raises `ProblemsError` for a text that
    the language has not."""
    by_id = {unit.id: unit for unit in units}
    unknown = [answer for answer in answers.answers if answer.unit_id not in by_id]
    if unknown:
        message = "no text of this language has this ID; empty the row if the text is gone"
        raise ProblemsError(Problem(answers.file, f"line {answer.line}", message, answer.unit_id) for answer in unknown)
    entries = dict(catalog.entries)
    outcomes: list[Outcome] = []
    for answer in answers.answers:
        unit = by_id[answer.unit_id]
        entry = entries.get(unit.id, Entry(unit.id, unit.text, ""))
        entry, outcome = _Reader(answers.alias, answers.role, language, gate, on).apply(answer, unit, entry)
        outcomes.append(outcome)
        if outcome.taken is not Taken.LEFT_OUT:
            entries[unit.id] = entry
    return replace(catalog, entries=entries), tuple(outcomes)


@dataclass(frozen=True)
class _Reader:
    """Who answered, and what their answers are held to."""

    alias: str
    role: Role
    language: Language
    gate: Gate
    on: date

    def apply(self, answer: Answer, unit: Unit, entry: Entry) -> tuple[Entry, Outcome]:
        """The entry after one answer, and what became of it."""
        if answer.check != check_code(unit.id, unit.text, entry.text):
            done = bool(answer.better) and entry.text == answer.better
            why = "reads as the sheet asks already" if done else "has changed since the sheet was written"
            return entry, Outcome(answer, Taken.LEFT_OUT, why)
        if answer.verdict is Verdict.RIGHT:
            return self._check(answer, unit, entry)
        if answer.verdict is Verdict.WRONG and answer.better:
            return self._reword(answer, unit, entry)
        return self._doubt(answer, entry)

    def _check(self, answer: Answer, unit: Unit, entry: Entry) -> tuple[Entry, Outcome]:
        objections = iter_objections(unit, entry, self.alias, self.role, language=self.language, gate=self.gate)
        why = "; ".join(objections) or (_COMPLAINT if is_doubted(entry) else "")
        if why:
            return entry, Outcome(answer, Taken.LEFT_OUT, why)
        checked = add_review(entry, self.alias, self.role, self.on)
        return self._remark(checked, answer), Outcome(answer, Taken.CHECKED)

    def _reword(self, answer: Answer, unit: Unit, entry: Entry) -> tuple[Entry, Outcome]:
        reworded = reword(unit, entry, answer.better, self.alias)
        faults = "; ".join(iter_faults(reworded, self.language, self.gate))
        if faults:
            return self._doubt(answer, entry, faults)
        return self._remark(reworded, answer), Outcome(answer, Taken.REWORDED)

    def _doubt(self, answer: Answer, entry: Entry, faults: str = "") -> tuple[Entry, Outcome]:
        suggests = f"suggests “{answer.better}”" if answer.better else ""
        said = "; ".join(filter(None, (answer.verdict.value, suggests, answer.comment)))
        why = f"the better wording is kept as a comment, since {faults}" if faults else ""
        return self._comment(entry, NEEDS_WORK, said), Outcome(answer, Taken.NEEDS_WORK, why)

    def _remark(self, entry: Entry, answer: Answer) -> Entry:
        return self._comment(entry, REMARK, answer.comment) if answer.comment else entry

    def _comment(self, entry: Entry, kind: str, said: str) -> Entry:
        return comment(entry, kind, said, alias=self.alias, role=self.role, on=self.on)


def describe(answers: Answers, outcomes: Iterable[Outcome]) -> str:
    """What was taken, counted, and a line for each answer of which less was taken than it said."""
    outcomes = list(outcomes)
    counts = Counter(outcome.taken for outcome in outcomes)
    counted = ", ".join(f"{counts[taken]} {taken}" for taken in Taken)
    lines = [f"{answers.tag}, by {answers.alias} ({answers.role}): {counted}; {answers.unanswered} without an answer"]
    for outcome in outcomes:
        if outcome.why:
            lines.append(f"line {outcome.answer.line}: {outcome.taken}: {outcome.why} [{outcome.answer.unit_id}]")
    return "\n".join(lines)
