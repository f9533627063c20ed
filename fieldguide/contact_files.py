"""The files of contacts that a deployment names, TOML and CSV -> its `Contacts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldguide.contact_tables import ContactTable, DialedTable, Entry, build_contact
from fieldguide.contacts import Contacts, Dialed, LocalContact, Role
from fieldguide.contacts_csv import load_csv
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.structure import load_toml


@dataclass(frozen=True, kw_only=True)
class _FileTable:
    contacts: tuple[ContactTable, ...] = ()
    dialed: tuple[DialedTable, ...] = ()


def load_contacts(names: Iterable[str], folder: Path, *, is_example: bool = False) -> Contacts:
    """Read the files, their paths relative to ``folder``, where the deployment file is.

    Raises `ProblemsError` with the mistakes of all files. ``is_example`` lets the numbers of invented examples pass.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    for name in names:
        try:
            entries += _load(folder / name, name)
        except ProblemsError as error:
            problems += error.problems
    local: dict[str, LocalContact] = {}
    dialed: dict[str, Dialed] = {}
    for entry in entries:
        known = local.get(entry.table.id) or dialed.get(entry.table.id)
        if known:
            message = f"{entry.table.id!r} is there already, in {known.file}, {known.place}; choose another id"
            problems.append(Problem(entry.file, entry.where("id"), message))
        elif isinstance(entry.table, DialedTable):
            found = Dialed(**vars(entry.table), file=entry.file, place=entry.where(""))
            dialed[found.id] = found
            problems += _dialed_problems(found, entry)
        else:
            contact, wrong = build_contact(entry.table, entry.file, entry.where, is_example=is_example)
            local[contact.id] = contact
            problems += wrong
    raise_if_any(problems)
    roles = list(Role)
    return Contacts(tuple(sorted(local.values(), key=lambda one: roles.index(one.role))), tuple(dialed.values()))


def _load(path: Path, name: str) -> list[Entry]:
    if path.suffix.lower() == ".csv":
        return load_csv(path, name)
    if path.suffix.lower() != ".toml":
        raise ProblemsError([Problem(name, "", "is neither .toml nor .csv; save it as one of them")])
    table = load_toml(path, _FileTable, name)
    return [
        *(Entry(row, name, partial(_place, f"contacts[{at}]")) for at, row in enumerate(table.contacts)),
        *(Entry(row, name, partial(_place, f"dialed[{at}]")) for at, row in enumerate(table.dialed)),
    ]


def _place(table: str, key: str) -> str:
    return f"{table}.{key}" if key else table


def _dialed_problems(dialed: Dialed, entry: Entry) -> Iterable[Problem]:
    if not dialed.dialed_by.strip():
        yield Problem(entry.file, entry.where("dialed_by"), "is empty; write who called, an alias will do")
    if dialed.review_by and dialed.review_by <= dialed.dialed_on:
        yield Problem(entry.file, entry.where("review_by"), "is not after the call; write when to look again")
