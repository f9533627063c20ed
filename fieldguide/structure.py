"""Parsed TOML -> dataclasses, strictly, with cattrs: unknown keys and wrong types are errors.

Every mistake of a file is reported at once with its path in the file (``forbid_extra_keys`` and ``transform_error``).
"""

import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, get_args

from cattrs import Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError

from fieldguide.problems import Problem, ProblemsError

T = TypeVar("T")

_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a decimal number",
    bool: "true or false",
    date: "a date",
    datetime: "a date with a time",
    list: "a list",
    dict: "a table",
}


def word_for(kind: type) -> str:
    """What a person calls a kind of TOML value."""
    return _WORDS.get(kind, kind.__name__)


def strict(*expected: type) -> Callable[[object, object], object]:
    """A cattrs hook that takes exactly these types: to Python a bool is an int and a datetime a date; here they are
    mistakes."""

    def hook(value: object, _: object) -> object:
        if type(value) not in expected:
            wanted = " or ".join(word_for(kind) for kind in expected)
            raise TypeError(f"expected {wanted}, found {word_for(type(value))}")
        return value

    return hook


def member(value: object, kind: type[StrEnum]) -> StrEnum:
    """A cattrs hook for an enum; says what is allowed."""
    allowed = [option.value for option in kind]
    if value not in allowed:
        raise ValueError(f"{value!r} is not one of: {', '.join(allowed)}")
    return kind(value)


def _tuple(value: object, kind: type) -> tuple[object, ...]:
    # cattrs would take the text "tl" for a list of two letters
    if not isinstance(value, list):
        raise TypeError(f"expected a list, found {word_for(type(value))}")
    item = get_args(kind)[0]
    return tuple(CONVERTER.structure(value, list[item]))  # type: ignore[valid-type]


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool, date):
        converter.register_structure_hook(kind, strict(kind))
    converter.register_structure_hook_func(lambda kind: getattr(kind, "__origin__", None) is tuple, _tuple)
    return converter


CONVERTER = _converter()


def _message(error: BaseException, _: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown key {', '.join(sorted(error.extra_fields))}; remove it or mend its spelling"
    if isinstance(error, KeyError):
        return "required key is missing; add it"
    found = re.fullmatch(r"(.+) not in literal typing\.Literal\[(.+)\]", str(error))
    if found:
        return f"{found[1]} is not one of: {found[2]}"
    return str(error)


def structure(table: dict[str, object], kind: type[T], file: str) -> T:
    """Structure one parsed table, or raise `ProblemsError` with every mistake in it, each with its path."""
    try:
        return CONVERTER.structure(table, kind)
    except Exception as error:  # cattrs raises groups of anything; each becomes one line
        lines = transform_error(error, path="", format_exception=_message)
        problems = []
        for line in lines:
            message, _, place = line.rpartition(" @ ")
            problems.append(Problem(file, place.lstrip("."), message))
        raise ProblemsError(problems) from error


def load_toml(path: Path, kind: type[T], file: str) -> T:
    """Read one TOML file into its table class, or raise `ProblemsError`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProblemsError([Problem(file, "", "the file does not exist; add it")]) from error
    except UnicodeDecodeError as error:
        raise ProblemsError([Problem(file, f"byte {error.start}", "not UTF-8; save the file as UTF-8")]) from error
    except tomllib.TOMLDecodeError as error:
        raise ProblemsError([Problem(file, "", f"not valid TOML: {error}")]) from error
    return structure(table, kind, file)
