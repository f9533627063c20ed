"""The command line: the arguments of every command, and its exit code: 0 good, 1 problems, 2 wrong usage."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from fieldguide import archive, audio, build, due, init, serve, supply, translations
from fieldguide.deployment import base_problem
from fieldguide.editions import LARGEST, is_edition
from fieldguide.problems import Problem, ProblemsError
from fieldguide.review import ALIAS, Role

GOOD, PROBLEMS, USAGE = 0, 1, 2

Function = Callable[[argparse.Namespace], None]
"""Does what a command says, with its options."""
Words: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where the words go that follow the program's name, or a command's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; no command means ``build``. Returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    parser = build_parser()
    options = parser.parse_args(words)
    if getattr(options, "same_meaning", None) and not options.by:
        parser.error("--same-meaning needs --by ALIAS: who says that the meaning is the same?")
    try:
        options.function(options)
    except ProblemsError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"{len(error.problems)} problem(s). Nothing was written.", file=sys.stderr)
        return PROBLEMS
    except OSError as error:
        print(Problem(str(error.filename or ""), "", f"{error.strerror or error}"), file=sys.stderr)
        return PROBLEMS
    return GOOD


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options; the options name the function that does it."""
    parser = argparse.ArgumentParser(prog="build_pwa.py", description="Field Guide: build, check or serve it.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    word = _add_word(commands, "build", build.build)
    _add_deployment(word)
    word.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR", help="where to (default: dist)")
    word.add_argument("--release", action="store_true", help="for readers: refuse stale translations, list drafts")
    word.add_argument("--pilot", action="store_true", help="for a trial: says so on every page, and may lack people")
    word.add_argument(
        "--archive", type=Path, metavar="DIR", help="keep the words of the cards for reports that cite them"
    )
    word.add_argument("--base", type=_base, metavar="/PATH/", help="the path the folder will be served under")
    word.add_argument("--hosts", type=Path, metavar="DIR", help="where to write what nginx and Caddy include")
    word.add_argument("--sign", type=Path, metavar="KEYFILE", help="sign the file list with the key of `keygen`")
    word.add_argument(
        "--single-file", nargs="+", default=(), metavar="TAG", help="also one file a language, in DIR-files, to hand on"
    )
    word = _add_word(commands, "check", build.check)
    _add_deployment(word)
    word.add_argument("--base", type=_base, metavar="/PATH/", help="the path the folder will be served under")
    word.add_argument("--against", metavar="DIR|URL", help="what is online: fail if the edition must be raised")
    word.add_argument("--deploy", action="store_true", help="list what is blank, and why a release would be refused")
    _add_translations(commands)
    _add_audio(commands)
    _add_contacts(commands)
    _add_supply(commands)
    _add_deploy(commands)
    _add_workbench(commands)
    word = _add_word(commands, "serve", serve.serve)
    _add_deployment(word)
    word.add_argument("--port", type=_port, default=8000, metavar="N", help="the port (default: 8000)")
    word.add_argument("--host", default="127.0.0.1", metavar="H", help="the address (default: 127.0.0.1)")
    return parser


def _add_word(words: Words, name: str, function: Function) -> argparse.ArgumentParser:
    word: argparse.ArgumentParser = words.add_parser(name, help=function.__doc__, description=function.__doc__)
    word.set_defaults(function=function)
    return word


def _add_verbs(words: Words, name: str, about: str) -> Words:
    command = words.add_parser(name, help=about, description=about)
    return command.add_subparsers(dest="verb", metavar="VERB", required=True)


def _add_deployment(word: argparse.ArgumentParser) -> None:
    word.add_argument("--deployment", type=Path, metavar="FILE", help="the deployment.toml of an agency's copy")


def _add_tags(word: argparse.ArgumentParser) -> None:
    word.add_argument("tags", nargs="*", metavar="TAG", help="languages (default: all)")


def _add_translations(commands: Words) -> None:
    about = "Keep the translations in step, check them and record who checked them."
    verbs = _add_verbs(commands, "translations", about)
    word = _add_word(verbs, "add", translations.add)
    word.add_argument("tag", metavar="TAG", help="a language that languages.toml lists")
    word = _add_word(verbs, "sync", translations.sync_all)
    word.add_argument("--check", action="store_true", help="write nothing; fail if a file would change")
    word.add_argument("--pot", action="store_true", help="write the template messages.pot too")
    word.add_argument(
        "--same-meaning", nargs="+", metavar="ID", help="units whose English only had its spelling mended"
    )
    word.add_argument("--by", type=_alias, metavar="ALIAS", help="who says that the meaning is the same")
    word = _add_word(verbs, "status", translations.status)
    word.add_argument("--json", action="store_true", help="for programs")
    _add_tags(_add_word(verbs, "check", translations.check))
    word = _add_word(verbs, "review", translations.review)
    word.add_argument("tag", metavar="TAG", help="the language")
    word.add_argument("ids", nargs="+", metavar="ID", help="the units that were read")
    word.add_argument("--by", type=_alias, required=True, metavar="ALIAS", help="who read them; an alias will do")
    word.add_argument(
        "--as", dest="role", type=Role, choices=list(Role), required=True, metavar="ROLE", help="|".join(Role)
    )
    word.add_argument("--on", type=_day, default=date.today(), metavar="DATE", help="when (default: today)")
    _add_tags(_add_word(verbs, "fmt", translations.fmt))
    word = _add_word(verbs, "context", translations.context)
    _add_tags(word)
    word.add_argument("--out", type=Path, default=Path("context"), metavar="DIR", help="where to (default: context)")
    _add_sheets(verbs)


def _add_sheets(verbs: Words) -> None:
    word = _add_word(verbs, "sheet", translations.sheet)
    word.add_argument("tag", metavar="TAG", help="the language")
    word.add_argument(
        "--page", nargs="+", default=(), metavar="PAGE", help="only these, such as worker/pay or cards/needs"
    )
    word.add_argument("--vital", action="store_true", help="only texts about rights, safety and consent")
    word.add_argument("--out", type=Path, default=Path("sheets"), metavar="DIR", help="where to (default: sheets)")
    word = _add_word(verbs, "take", translations.take)
    word.add_argument("file", type=Path, metavar="FILE", help="the table, as a page or a spreadsheet saved it")
    word.add_argument("--as", dest="alias", type=_alias, metavar="ALIAS", help="who filled it in")
    word.add_argument("--role", type=Role, choices=list(Role), metavar="ROLE", help="|".join(Role))
    word.add_argument("--on", type=_day, default=date.today(), metavar="DATE", help="when (default: today)")


def _add_audio(commands: Words) -> None:
    about = "Keep the recordings of people who say texts of the guide aloud."
    verbs = _add_verbs(commands, "audio", about)
    word = _add_word(verbs, "take", audio.take)
    word.add_argument("dir", type=Path, metavar="DIR", help="files named by the ids of their texts")
    word.add_argument("--language", metavar="TAG", help="the language (default: the folder's name)")
    word.add_argument("--by", type=_alias, required=True, metavar="ALIAS", help="who speaks; an alias will do")
    word.add_argument("--consent", type=_past_day, metavar="DATE", help="when they agreed to be heard in the guide")
    word.add_argument("--licence", metavar="TEXT", help="what they agreed to, such as CC-BY-4.0")
    word.add_argument("--on", type=_past_day, default=date.today(), metavar="DATE", help="when (default: today)")
    _add_word(verbs, "check", audio.check)
    _add_word(verbs, "status", audio.status)


def _add_contacts(commands: Words) -> None:
    about = "Keep the phone numbers of a deployment, and those of the guide, up to date."
    word = _add_word(_add_verbs(commands, "contacts", about), "due", due.due)
    word.add_argument("--before", type=_day, required=True, metavar="DATE", help="the day to plan for")
    _add_deployment(word)


def _add_supply(commands: Words) -> None:
    word = _add_word(commands, "keygen", supply.keygen)
    word.add_argument("file", type=Path, metavar="FILE", help="where the private key goes; a new file")
    word = _add_word(commands, "verify", supply.verify)
    word.add_argument("place", metavar="DIR|URL", help="a built folder, or the address of the guide's root")
    word.add_argument("--key", type=Path, metavar="FILE", help="the public key that the list must be signed with")
    word.add_argument("--edition", type=_edition, default=0, metavar="N", help="the lowest edition that is good")


def _add_deploy(commands: Words) -> None:
    word = _add_word(commands, "init", init.init)
    word.add_argument("dir", type=Path, metavar="DIR", help="where the files go; a folder without a deployment.toml")
    word = _add_word(commands, "card", archive.card)
    word.add_argument("code", metavar="CODE", help="as a report cites it, D2·es·4f2a, or the card alone, D2")
    word.add_argument("tag", nargs="?", metavar="TAG", help="the language, if CODE does not name it")
    word.add_argument(
        "--from", dest="archive", type=Path, required=True, metavar="ARCHIVE", help="the folder of `build --archive`"
    )


def _add_workbench(commands: Words) -> None:
    word = _add_word(commands, "workbench", serve.workbench)
    word.add_argument("--language", metavar="TAG", help="the language to work on (default: asks)")
    word.add_argument("--as", dest="alias", type=_alias, metavar="ALIAS", help="who works; an alias will do")
    word.add_argument("--role", type=Role, choices=list(Role), metavar="ROLE", help="|".join(Role))
    word.add_argument("--port", type=_port, default=8001, metavar="N", help="the port (default: 8001)")
    word.add_argument("--share", action="store_true", help="for other devices in this network too, over TLS")


def _base(value: str) -> str:
    problem = base_problem(value, "--base")
    if problem:
        raise argparse.ArgumentTypeError(problem.message)
    return value


def _port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port; write a number from 1 to 65535")
    return int(value)


def _edition(value: str) -> int:
    if not value.isdecimal() or len(value) > 10 or not is_edition(int(value)):
        raise argparse.ArgumentTypeError(f"{value!r} is not an edition; write a number from 1 to {LARGEST:,}")
    return int(value)


def _alias(value: str) -> str:
    if not ALIAS.fullmatch(value):
        raise argparse.ArgumentTypeError(f"{value!r} is not an alias; write up to 40 letters, digits, dots and dashes")
    return value


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a date; write it like 2026-05-31") from None


def _past_day(value: str) -> date:
    day = _day(value)
    if day > date.today():
        raise argparse.ArgumentTypeError(f"{value} is still to come")
    return day
