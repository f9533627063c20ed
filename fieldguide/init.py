"""The command ``init``: asks the few questions that only the agency can answer, and writes files that say the rest."""

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fieldguide.contacts_csv import COLUMNS
from fieldguide.deployment import base_problem, mail_problem, origin_problem
from fieldguide.problems import Problem, raise_if_any
from fieldguide.reader import load_registry
from fieldguide.writer import replace_file

FILE = "deployment.toml"
CONTACTS = "contacts.csv"
BLANK = Path(__file__).parent / "blank.toml"

Values = dict[str, object]


@dataclass(frozen=True)
class Question:
    """What is asked, what an empty answer stands for, and the values of the file that an answer gives. ``read`` raises
    ValueError with what is wrong."""

    text: str
    default: str
    read: Callable[[str], Values]


def init(options: argparse.Namespace) -> None:
    """Ask a few questions, and write a commented deployment.toml of your own, and a blank table of contacts."""
    folder: Path = options.dir
    raise_if_any(
        Problem(str(folder / name), "", "is there already; change it, or name another folder")
        for name in (FILE, CONTACTS)
        if (folder / name).exists()
    )
    values: Values = {}
    for question in _questions():
        values |= _ask(question)
    replace_file(folder / CONTACTS, (",".join(COLUMNS) + "\r\n").encode("utf-8"))
    replace_file(folder / FILE, filled(BLANK.read_text(encoding="utf-8"), values).encode("utf-8"))
    print(f"\n{folder / FILE} and {CONTACTS} are written; read them, fill in what is blank (docs/contacts.md), then:")
    print(f"  python build_pwa.py check --deploy --deployment {folder / FILE}")


def filled(blank: str, values: Values) -> str:
    """The blank file with these values; each has its line there already, perhaps switched off."""
    for key, value in values.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\\", r"\\")
        blank, count = re.subn(rf"^(?:# )?{key} = .*$", line, blank, count=1, flags=re.MULTILINE)
        if not count:
            raise ValueError(f"{BLANK.name} has no line for {key}")
    return blank


def _questions() -> tuple[Question, ...]:
    tags = tuple(load_registry().languages)
    return (
        Question("Who puts this copy online? (an agency or organization)", "", lambda answer: {"agency": answer}),
        Question("What is the guide called?", "Field Guide", lambda answer: {"name": answer}),
        Question(f"Which languages? ({' '.join(tags)})", "all", lambda answer: _languages(answer, tags)),
        Question("Whom is the first page for? (worker, officer)", "worker", _opens),
        Question("Where will it be online? (https://guide.example.org/, or a path like /guide/)", "/", _address),
        Question("To which mail address do officers report mistakes?", "none", _mistakes),
    )


def _ask(question: Question) -> Values:
    while True:
        try:
            answer = input(f"{question.text} [{question.default}] ").strip()
        except EOFError:  # answers from a file, which has no more of them
            answer = ""
        try:
            return question.read(answer or question.default)
        except ValueError as error:
            print(f"  {error}")


def _languages(answer: str, tags: tuple[str, ...]) -> Values:
    chosen = [] if answer == "all" else re.split(r"[\s,]+", answer.strip(" ,"))
    unknown = [tag for tag in chosen if tag not in tags]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not on the list; write tags from it, with spaces between, or all")
    return {"languages": list(dict.fromkeys(chosen if "en" in chosen or not chosen else ["en", *chosen]))}


def _opens(answer: str) -> Values:
    if answer not in ("worker", "officer"):
        raise ValueError("write worker or officer")
    return {"opens": answer}


def _address(answer: str) -> Values:
    parts = urlsplit(answer)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    base = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    problem = base_problem(base, FILE) or (origin_problem(origin, FILE) if origin else None)
    if problem:
        raise ValueError(problem.message)
    return {"base": base, **({"origin": origin} if origin else {})}


def _mistakes(answer: str) -> Values:
    problem = None if answer == "none" else mail_problem(answer, FILE)
    if problem:
        raise ValueError(problem.message)
    return {} if answer == "none" else {"mistakes": answer}
