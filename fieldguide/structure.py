"""Parsed TOML -> dataclasses, strictly, with cattrs: unknown keys and wrong types are errors.

Every mistake of a file is reported at once with its path in the file (``forbid_extra_keys`` and ``transform_error``).
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, mapping_structure_factory

from fieldguide.problems import Problem, ProblemsError

T = TypeVar("T")

_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a decimal number",
    bool: "true or false",
    date: "a date",
    datetime: "a date with a time",
    time: "a time",
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
    return kind(_one_of(value, [option.value for option in kind]))


def _one_of(value: object, allowed: Sequence[str]) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected one of: {', '.join(allowed)}; found {word_for(type(value))}")
    if value not in allowed:
        raise ValueError(f"{value!r} is not one of: {', '.join(allowed)}")
    return value


def _tuple(value: object, kind: type) -> tuple[object, ...]:
    # cattrs would take the text "tl" for a list of two letters
    if not isinstance(value, list):
        raise TypeError(f"expected a list, found {word_for(type(value))}")
    item = get_args(kind)[0]
    return tuple(CONVERTER.structure(value, list[item]))  # type: ignore[valid-type]


def table_of(value: object) -> dict[str, object]:
    """A value that is a table. Raises TypeError for any other."""
    if not isinstance(value, dict):
        raise TypeError(f"expected a table, found {word_for(type(value))}")
    return value


def _table(structured: Callable[..., object]) -> Callable[[object, object], object]:
    """A cattrs hook for what is made of a table, whose kind is looked at first."""
    return lambda value, kind: structured(table_of(value), kind)


def _has_origin(*origins: object) -> Callable[[object], bool]:
    return lambda kind: get_origin(kind) in origins


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool, date):
        converter.register_structure_hook(kind, strict(kind))
    converter.register_structure_hook_func(_has_origin(tuple), _tuple)
    converter.register_structure_hook_func(_has_origin(Literal), lambda value, kind: _one_of(value, get_args(kind)))
    converter.register_structure_hook_factory(
        is_dataclass, lambda kind: _table(make_dict_structure_fn(kind, converter))
    )
    converter.register_structure_hook_factory(
        _has_origin(dict, Mapping), lambda kind: _table(mapping_structure_factory(kind, converter))
    )
    return converter


CONVERTER = _converter()


def _message(error: BaseException, _: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown key {', '.join(sorted(error.extra_fields))}; remove it or mend its spelling"
    if isinstance(error, KeyError):
        return "required key is missing; add it"
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
    except RecursionError as error:
        message = "lists or tables stand in one another too deeply to be read; write what each key takes"
        raise ProblemsError([Problem(file, "", message)]) from error
    return structure(table, kind, file)
