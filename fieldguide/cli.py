"""The commands: one function each. Exit codes: 0 good, 1 problems, 2 wrong usage."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from fieldguide import archive, audio, due, init, supply, translations
from fieldguide.against import check_against, describe, load_online, shipped_of
from fieldguide.artifact import Artifact
from fieldguide.checks.deploy import check_fit, iter_blank
from fieldguide.checks.doubts import check_doubts
from fieldguide.compression import Variants, compressible, iter_variants
from fieldguide.deployment import base_problem
from fieldguide.handon import BAR, build_handon, check_handon
from fieldguide.ingredients import Ingredients, check_release
from fieldguide.ingredients import check as check_all
from fieldguide.load import load_deployed
from fieldguide.problems import Problem, ProblemsError, raise_if_any
from fieldguide.review import ALIAS, Role, State
from fieldguide.site import build_renderer, build_site, render_site
from fieldguide.sizes import BARS, iter_sizes
from fieldguide.snapshot import Site
from fieldguide.workbench.command import FACTORY, prepared
from fieldguide.workers import workers_alone
from fieldguide.writer import Written, check_folder, check_hosts_folder, write_files, write_hosts, write_site

GOOD, PROBLEMS, USAGE = 0, 1, 2

CONNECTIONS = 8192
"""Open at a time. A slow one holds a socket and no thread, so the limit is memory; more wait until some end."""


def build(options: argparse.Namespace) -> None:
    """Build the guide into a folder that any web host can serve."""
    out: Path = options.out
    files, workers = (out.resolve().with_name(f"{out.resolve().name}-{what}") for what in ("files", "workers"))
    check_folder(out)
    if options.single_file:
        check_folder(files)
    if options.hosts:
        check_hosts_folder(options.hosts, out)
    if options.archive:
        archive.check_archive_folder(options.archive, out)
    sign = supply.load_signer(options.sign) if options.sign else _unsigned  # what is wrong is said before the work
    ingredients = replace(load_deployed(options.deployment, options.base), is_pilot=options.pilot)
    if ingredients.deployment.worker_origin:
        check_folder(workers)
    if options.release:
        raise_if_any(check_release(ingredients, date.today()))
    site = build_site(ingredients)
    raise_if_any(check_handon(options.single_file, ingredients.chosen))
    handed = build_handon(options.single_file, site, build_renderer(ingredients)) if options.single_file else {}
    site = sign(site)
    if options.archive:
        archived = archive.build_archived(site, *ingredients.titles, date.today())
        archive.check_archive(archived, options.archive)
    _print_warnings(ingredients)
    variants = _compress(site)
    written = write_site(site, variants, out)
    if options.hosts:
        write_hosts(site, options.hosts)
    if ingredients.deployment.worker_origin:
        alone = sign(render_site(workers_alone(ingredients)))
        _print_written(workers.name, write_site(alone, _compress(alone), workers))
    if handed:
        write_files(files, handed)
    if options.archive:
        print(f"archived: {archive.write_archive(archived, options.archive)}")
    _print_sizes(site, variants)
    for name, body in handed.items():
        print(f"{files.name}/{name}: {len(body):,} bytes{'' if len(body) <= BAR else ', much for a phone to take'}")
    if options.release:
        _print_drafts(ingredients)
    _print_written(str(out), written)


def _unsigned(site: Site) -> Site:
    return site


def _print_written(name: str, written: Written) -> None:
    print(f"{name}: {written.changed} files written, {written.unchanged} unchanged, {written.removed} removed")


def check(options: argparse.Namespace) -> None:
    """Run every check and render every page, without writing."""
    ingredients = load_deployed(options.deployment, options.base)
    site = build_site(ingredients)
    _print_warnings(ingredients)
    if options.against is not None:
        ours, online = shipped_of(site), load_online(options.against, site)
        raise_if_any(check_against(ours, online, options.against))
        print(describe(ours, online))
    if options.deploy:
        for blank in iter_blank(ingredients.deployment):
            print(f"left blank, {blank}")
        raise_if_any(check_fit(ingredients.deployment, ingredients.contacts, date.today()))
    print(f"good: {len(site.artifacts)} files in {len(site.registry.languages)} languages")


def serve(options: argparse.Namespace) -> None:
    """Serve the guide on this machine."""
    ingredients = load_deployed(options.deployment)
    raise_if_any(check_all(ingredients))  # say what is wrong here, not in the worker process, which builds the guide
    if options.deployment:
        os.environ["FIELD_GUIDE_DEPLOYMENT"] = str(options.deployment.absolute())
    address = f"http://{options.host}:{options.port}{ingredients.deployment.base}"
    print(f"Field Guide: {address}  (in a moment; Ctrl+C stops it)", flush=True)
    server("fieldguide.web:create_app", options.host, options.port).serve()


def workbench(options: argparse.Namespace) -> None:
    """Correct, check and record translations in a browser, on this machine."""
    with prepared(options) as run:
        for line in run.lines:
            print(line, flush=True)
        server(FACTORY, run.host, options.port, run.tls).serve()


def server(factory: str, host: str, port: int, tls: tuple[Path, Path] | None = None) -> MPServer:
    """The server as it always runs: HTTP/1.1 without log, and slow connections cost it a socket each and no thread.

    ``factory`` is the ``module:function`` that makes the application; the worker process imports it anew. ``tls`` are
    the files of certificate and key.
    """
    cert, key = tls or (None, None)
    return MPServer(
        factory,
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        http=HTTPModes.http1,
        # milliseconds for a request's headers, also how long an idle connection stays; bytes of them, and of what waits
        http1_settings=HTTP1Settings(header_read_timeout=30_000, max_buffer_size=64 * 1024),
        backpressure=CONNECTIONS,
        websockets=False,
        ssl_cert=cert,
        ssl_key=key,
        blocking_threads=4,  # answers come from memory; slow readers wait in granian, not in a thread
        log_access=False,
        workers_kill_timeout=5,  # seconds; a worker that missed its signal would hold up every restart for ever
    )


def _compress(site: Site) -> dict[str, Variants]:
    total = len({artifact.revision for artifact in site if compressible(artifact)})
    variants: dict[str, Variants] = {}
    for number, found in enumerate(iter_variants(site), 1):
        variants[found.revision] = found
        if sys.stderr.isatty():
            print(f"\rcompressing {number}/{total}", end="" if number < total else "\n", file=sys.stderr, flush=True)
    return variants


def _print_sizes(site: Site, variants: dict[str, Variants]) -> None:
    def packed(artifact: Artifact) -> int:
        found = variants.get(artifact.revision)
        return len(found.codings.get("br", artifact.body)) if found else len(artifact.body)

    groups: dict[str, list[Artifact]] = {}
    for artifact in site:
        groups.setdefault(artifact.url.partition("/")[0] or "/", []).append(artifact)
    print(f"{'folder':<14}{'files':>7}{'bytes':>11}{'brotli':>10}")
    for name, artifacts in groups.items():
        total = sum(len(artifact.body) for artifact in artifacts)
        print(f"{name:<14}{len(artifacts):>7}{total:>11,}{sum(map(packed, artifacts)):>10,}")
    head = f"{'kept pack':<14}{'files':>7}{'stream':>11}{'in parts':>10}{'index':>8}"
    print(f"{head}   times its bare text (bars: {_times(BARS)})")
    for size in iter_sizes(site, packed):
        beside = f"{_times(size.ratios)}{'' if size.passes else '  over'}" if size.is_text else ""
        print(f"{size.name:<14}{size.files:>7}{size.stream:>11,}{size.parts:>10,}{size.index:>8,}   {beside}")


def _times(ratios: Iterable[float]) -> str:
    return ", ".join(f"{ratio:.2f}" for ratio in ratios)


def _print_warnings(ingredients: Ingredients) -> None:
    """One line a catalog for its layout, and one that counts the rest: `translations check` shows them."""
    found = check_doubts(ingredients.units, ingredients.registry, ingredients.catalogs, ingredients.glossary)
    counts: Counter[str] = Counter()
    for warning in found:
        if warning.unit:
            counts[warning.file] += 1
        else:
            print(f"warning: {warning}", file=sys.stderr)
    contacts = ingredients.contacts.iter_held_back()
    for warning in (*ingredients.iter_stale(), *ingredients.overtaken, *contacts):
        print(f"warning: {warning}", file=sys.stderr)
    for file, count in counts.items():
        print(f"warning: {file}: {count} more; `translations check` shows them", file=sys.stderr)


def _print_drafts(ingredients: Ingredients) -> None:
    for tag, unit_ids in ingredients.in_state(State.DRAFT).items():
        print(f"{tag}: {len(unit_ids)} drafts that nobody checked")
        for unit_id in unit_ids:
            print(f"  {unit_id}")


def _base(value: str) -> str:
    problem = base_problem(value, "--base")
    if problem:
        raise argparse.ArgumentTypeError(problem.message)
    return value


def _port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port; write a number from 1 to 65535")
    return int(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build_pwa.py", description="Field Guide: build, check or serve it.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(function: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        word = commands.add_parser(function.__name__, help=function.__doc__, description=function.__doc__)
        word.set_defaults(function=function)
        word.add_argument("--deployment", type=Path, metavar="FILE", help="the deployment.toml of an agency's copy")
        return word

    word = command(build)
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
    word = command(check)
    word.add_argument("--base", type=_base, metavar="/PATH/", help="the path the folder will be served under")
    word.add_argument("--against", metavar="DIR|URL", help="what is online: fail if the edition must be raised")
    word.add_argument("--deploy", action="store_true", help="list what is blank, and why a release would be refused")
    _add_translations(commands)
    _add_audio(commands)
    _add_contacts(commands)
    _add_supply(commands)
    _add_deploy(commands)
    _add_workbench(commands)
    word = command(serve)
    word.add_argument("--port", type=_port, default=8000, metavar="N", help="the port (default: 8000)")
    word.add_argument("--host", default="127.0.0.1", metavar="H", help="the address (default: 127.0.0.1)")
    return parser


def _edition(value: str) -> int:
    if not value.isdecimal() or len(value) > 9:
        raise argparse.ArgumentTypeError(f"{value!r} is not an edition; write its number")
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


def _add_translations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "Keep the translations in step, check them and record who checked them."
    command = commands.add_parser("translations", help=about, description=about)
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, function: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        word: argparse.ArgumentParser = verbs.add_parser(name, help=function.__doc__, description=function.__doc__)
        word.set_defaults(function=function)
        return word

    def tags(word: argparse.ArgumentParser) -> None:
        word.add_argument("tags", nargs="*", metavar="TAG", help="languages (default: all)")

    verb("add", translations.add).add_argument("tag", metavar="TAG", help="a language that languages.toml lists")
    word = verb("sync", translations.sync_all)
    word.add_argument("--check", action="store_true", help="write nothing; fail if a file would change")
    word.add_argument("--pot", action="store_true", help="write the template messages.pot too")
    word.add_argument(
        "--same-meaning", nargs="+", metavar="ID", help="units whose English only had its spelling mended"
    )
    word.add_argument("--by", type=_alias, metavar="ALIAS", help="who says that the meaning is the same")
    verb("status", translations.status).add_argument("--json", action="store_true", help="for programs")
    tags(verb("check", translations.check))
    word = verb("review", translations.review)
    word.add_argument("tag", metavar="TAG", help="the language")
    word.add_argument("ids", nargs="+", metavar="ID", help="the units that were read")
    word.add_argument("--by", type=_alias, required=True, metavar="ALIAS", help="who read them; an alias will do")
    word.add_argument(
        "--as", dest="role", type=Role, choices=list(Role), required=True, metavar="ROLE", help="|".join(Role)
    )
    word.add_argument("--on", type=_day, default=date.today(), metavar="DATE", help="when (default: today)")
    tags(verb("fmt", translations.fmt))
    word = verb("context", translations.context)
    tags(word)
    word.add_argument("--out", type=Path, default=Path("context"), metavar="DIR", help="where to (default: context)")
    word = verb("sheet", translations.sheet)
    word.add_argument("tag", metavar="TAG", help="the language")
    word.add_argument(
        "--page", nargs="+", default=(), metavar="PAGE", help="only these, such as worker/pay or cards/needs"
    )
    word.add_argument("--vital", action="store_true", help="only texts about rights, safety and consent")
    word.add_argument("--out", type=Path, default=Path("sheets"), metavar="DIR", help="where to (default: sheets)")
    word = verb("take", translations.take)
    word.add_argument("file", type=Path, metavar="FILE", help="the table, as a page or a spreadsheet saved it")
    word.add_argument("--as", dest="alias", type=_alias, metavar="ALIAS", help="who filled it in")
    word.add_argument("--role", type=Role, choices=list(Role), metavar="ROLE", help="|".join(Role))
    word.add_argument("--on", type=_day, default=date.today(), metavar="DATE", help="when (default: today)")


def _add_audio(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "Keep the recordings of people who say texts of the guide aloud."
    command = commands.add_parser("audio", help=about, description=about)
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    word = verbs.add_parser("take", help=audio.take.__doc__, description=audio.take.__doc__)
    word.set_defaults(function=audio.take)
    word.add_argument("dir", type=Path, metavar="DIR", help="files named by the ids of their texts")
    word.add_argument("--language", metavar="TAG", help="the language (default: the folder's name)")
    word.add_argument("--by", type=_alias, required=True, metavar="ALIAS", help="who speaks; an alias will do")
    word.add_argument("--consent", type=_past_day, metavar="DATE", help="when they agreed to be heard in the guide")
    word.add_argument("--licence", metavar="TEXT", help="what they agreed to, such as CC-BY-4.0")
    word.add_argument("--on", type=_past_day, default=date.today(), metavar="DATE", help="when (default: today)")
    for name, function in (("check", audio.check), ("status", audio.status)):
        verbs.add_parser(name, help=function.__doc__, description=function.__doc__).set_defaults(function=function)


def _add_contacts(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "Keep the phone numbers of a deployment, and those of the guide, up to date."
    command = commands.add_parser("contacts", help=about, description=about)
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    word = verbs.add_parser("due", help=due.due.__doc__, description=due.due.__doc__)
    word.set_defaults(function=due.due)
    word.add_argument("--before", type=_day, required=True, metavar="DATE", help="the day to plan for")
    word.add_argument("--deployment", type=Path, metavar="FILE", help="the deployment.toml of an agency's copy")


def _add_supply(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser("keygen", help=supply.keygen.__doc__, description=supply.keygen.__doc__)
    word.set_defaults(function=supply.keygen)
    word.add_argument("file", type=Path, metavar="FILE", help="where the private key goes; a new file")
    word = commands.add_parser("verify", help=supply.verify.__doc__, description=supply.verify.__doc__)
    word.set_defaults(function=supply.verify)
    word.add_argument("place", metavar="DIR|URL", help="a built folder, or the address of the guide's root")
    word.add_argument("--key", type=Path, metavar="FILE", help="the public key that the list must be signed with")
    word.add_argument("--edition", type=_edition, default=0, metavar="N", help="the lowest edition that is good")


def _add_deploy(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser("init", help=init.init.__doc__, description=init.init.__doc__)
    word.set_defaults(function=init.init)
    word.add_argument("dir", type=Path, metavar="DIR", help="where the files go; a folder without a deployment.toml")
    word = commands.add_parser("card", help=archive.card.__doc__, description=archive.card.__doc__)
    word.set_defaults(function=archive.card)
    word.add_argument("code", metavar="CODE", help="as a report cites it, D2·es·4f2a, or the card alone, D2")
    word.add_argument("tag", nargs="?", metavar="TAG", help="the language, if CODE does not name it")
    word.add_argument(
        "--from", dest="archive", type=Path, required=True, metavar="ARCHIVE", help="the folder of `build --archive`"
    )


def _add_workbench(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser("workbench", help=workbench.__doc__, description=workbench.__doc__)
    word.set_defaults(function=workbench)
    word.add_argument("--language", metavar="TAG", help="the language to work on (default: asks)")
    word.add_argument("--as", dest="alias", type=_alias, metavar="ALIAS", help="who works; an alias will do")
    word.add_argument("--role", type=Role, choices=list(Role), metavar="ROLE", help="|".join(Role))
    word.add_argument("--port", type=_port, default=8001, metavar="N", help="the port (default: 8001)")
    word.add_argument("--share", action="store_true", help="for other devices in this network too, over TLS")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; no command means ``build``. Returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    parser = _parser()
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
