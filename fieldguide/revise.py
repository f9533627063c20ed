"""What a person does to a translation: words it anew, says that it needs work, leaves a remark, says what it means.

All of it is written as comments of one line, so that it travels with the file and every tool keeps it. What
somebody says is bound by the stamp of a review to the very text it was said of: ``needs-work: <stamp> <alias> <role>
<date> <words>``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fieldguide.catalog import Entry
from fieldguide.items import Unit
from fieldguide.review import NEEDS_WORK, REVIEWED, Role, stamp, unmark_outdated

REMARK, SAID_BACK = "remark", "said-back"
"""What a text says to somebody who has not seen its English."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Said:
    """What one person said of a text, as what, and when."""

    alias: str
    role: Role
    on: date
    words: str


def one_line(text: str) -> str:
    """What a person typed, as one line: a line of its own in a comment could pass for another person's review."""
    joined = " ".join(text.split())
    return "".join(letter for letter in joined if unicodedata.category(letter) != "Cc")


def reword(unit: Unit, entry: Entry, text: str, alias: str) -> Entry:
    """The entry with another text, for the English as it is now, as a draft by ``alias``.

    Whoever wrote it before stays named: who changes a word does not make the other a stranger who may check it.
    """
    kept = tuple(line for line in unmark_outdated(entry).comments if line.partition(":")[0].strip() != "source")
    people = " ".join(dict.fromkeys((*authors(entry), alias)))
    text = unicodedata.normalize("NFC", text)
    comments = (f"source: human {people}", *kept)
    return replace(entry, english=unit.text, text=text, fuzzy=False, previous="", comments=comments)


def comment(entry: Entry, kind: str, said: str, *, alias: str, role: Role, on: date) -> Entry:
    """The entry with what somebody said of its text; the same words by the same person are there once.

    But who says after a check what they said before it means the check: a complaint then stands there anew.
    """
    stamped = stamp(entry.id, entry.english, entry.text)
    begins, words = f"{kind}: {stamped} {alias} {role} ", f" {one_line(said)}"
    for line in reversed(entry.comments):
        if kind == NEEDS_WORK and line.startswith(f"{REVIEWED}: {stamped} "):
            break
        if line.startswith(begins) and line[len(begins) + 10 :] == words:
            return entry
    return replace(entry, comments=(*entry.comments, f"{begins}{on.isoformat()}{words}"))


def iter_said(entry: Entry, kind: str) -> Iterator[Said]:
    """What was said of exactly this text, in the order in which it was said."""
    expected = stamp(entry.id, entry.english, entry.text)
    for value in entry.iter_comments(kind):
        said = _parse(value, expected)
        if said:
            yield said


def _parse(value: str, expected: str) -> Said | None:
    stamped, alias, role, on, words = (*value.split(" ", 4), "", "", "", "", "")[:5]
    if stamped != expected or role not in set(Role) or not _DAY.fullmatch(on):
        return None
    try:
        return Said(alias, Role(role), date.fromisoformat(on), words)
    except ValueError:
        return None


def authors(entry: Entry) -> list[str]:
    """The people who wrote a text; none where a computer did."""
    found: list[str] = []
    for source in entry.iter_comments("source"):
        kind, *words = source.split() or [""]
        found += [word for word in words if kind.casefold() == "human" and not _DAY.fullmatch(word)]
    return found
