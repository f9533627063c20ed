"""Every command that the documentation gives runs in a test, on the tiny guide, or stands here with what holds it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.cli import build_parser

from .conftest import FIXTURE, ROOT
from .test_docs import PAGES, _commands

OTHER = {"docs/decisions.md", "docs/benchmarks.md"}
"""What was, and what the benchmarks write themselves."""
READ = ["README.md", "CONTRIBUTING.md", "translations/README.md", *(page for page in PAGES if page not in OTHER)]
PROGRAMS = "python|make|pip|flask|docker|caddy|adb|curl|openssl|cut|git|sudo|SITE_ADDRESS|[.]|[.]venv/bin/pip"

WALK = {
    "make help": 0,
    "python -m tests.faults --list": 0,
    "python build_pwa.py": 0,
    "flask --app fieldguide.web run": 0,
    "python build_pwa.py translations context es": 0,
    "python build_pwa.py translations check es": 1,  # the tiny guide has an old text
    "python build_pwa.py translations sheet es --page worker/pay cards/needs": 0,
    "python build_pwa.py translations review es worker.pay.title --by ana --as native-speaker": 0,
    "python build_pwa.py translations review es ui.vital.call-trace worker.help.now.call --by ana"
    " --as reader-tested": 0,
    "python build_pwa.py translations take es-ana.csv": 1,  # nobody has filled it in
    "python build_pwa.py translations sync": 0,
    "python build_pwa.py init ../our-guide": 0,
    "python build_pwa.py check --deploy --deployment ../our-guide/deployment.toml": 1,  # much is blank
    "python build_pwa.py build --pilot --deployment ../our-guide/deployment.toml --out ../our-guide/dist": 0,
    "python build_pwa.py build --release --deployment ../our-guide/deployment.toml --out ../our-guide/dist"
    " --archive ../our-guide/archive": 1,  # nobody answers for it
    "python build_pwa.py check --deployment deployment.toml": 0,
    "python build_pwa.py contacts due --before 2027-01-01 --deployment deployment.toml": 1,  # nobody called them
    "python build_pwa.py keygen release.key > release.pub": 0,
    "python build_pwa.py build --release --sign release.key": 1,  # as above
    "python build_pwa.py verify dist": 0,
}
"""Commands in the order in which they run, in a checkout that holds the tiny guide, with the code each ends with."""

STANDS_FOR = {
    " es ": " ar ",
    " cards/needs": "",
    " ui.vital.call-trace worker.help.now.call ": " worker.start.call.line ",
    "es-ana.csv": "sheets/ar.csv --as ana --role native-speaker",
    "fieldguide.web run": "fieldguide.web routes",  # makes the application, and ends
}
"""What the tiny guide has in the place of what the pages name."""

HELD = {
    "make run": "test_make_run_then_a_phone_that_keeps_the_guide",
    "make build": "test_the_commands_of_the_readme_run_as_it_says",
    ". .venv/bin/activate": "test_the_commands_of_the_readme_run_as_it_says",
    "sudo apt-get install git make python3-venv": "test_make_run_then_a_phone_that_keeps_the_guide",
    "make test": "test_make_test_says_what_it_needs_and_passes",
    "make test TESTS=tests/test_urls.py": "test_make_test_says_what_it_needs_and_passes",
    "make sbom": "test_sbom_is_the_same_each_time",
    "python build_pwa.py check --against https://guide.example.org/": "test_the_command",
    "python build_pwa.py verify https://guide.example.org/": "test_over_tls",
    "python build_pwa.py verify https://guide.example.org/ --key release.pub --edition 12": "test_a_good_release",
    "python build_pwa.py workbench": "test_it_answers_on_this_machine_only",
    "python build_pwa.py workbench --language es": "test_it_answers_on_this_machine_only",
    "python build_pwa.py workbench --language es --as ana --role native-speaker": (
        "test_it_answers_on_this_machine_only"
    ),
    "python build_pwa.py workbench --language es --as ana --role reader-tested": "test_it_answers_on_this_machine_only",
    "python build_pwa.py audio take recordings/es --by ana --consent 2026-05-01 --licence CC-BY-4.0": (
        "test_taken_recordings_are_bound_to_their_words"
    ),
    "python build_pwa.py serve --deployment ../our-guide/deployment.toml": "test_from_an_empty_folder_to_a_served_copy",
    "python build_pwa.py card D2·es·4f2a --from ../our-guide/archive": "test_a_citation_gives_the_exact_words",
    "python build_pwa.py card D2 es --from ../our-guide/archive": "test_other_words_are_another_version",
    "cut -d' ' -f3 fieldguide.json.sig | base64 -d > raw.sig": "test_another_program_agrees",
    "openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in fieldguide.json -sigfile raw.sig": (
        "test_another_program_agrees"
    ),
}
"""Commands that another test runs, with other words where it has another guide: its name."""

CONTAINERS = "needs a container engine and a name on the internet (docs/operate.md)"
NOT_RUN = {
    "make lint": "every change runs it, before the tests",
    "make test-faults": "is tests itself",
    "make test-server": "is tests itself",
    "make test-a11y": "is tests itself",
    "make test-newcomer": "is tests itself",
    "make mutants PACKAGE=review": "changes the code for minutes, and is tests itself",
    "make bench": "measures for half an hour; what it measures is no matter of good or bad",
    "make screenshots": "draws pictures for eyes",
    "make release": "packs what git holds, for a tag",
    "make audit": "asks the package index; before a release",
    "python -m tests.sites 1.0.0": "writes the fixture of a release among the tests",
    "python -m tests.faults portal --link edge": "is for eyes; tests/browser/test_faults.py tries each fault",
    ".venv/bin/pip install --require-hashes -r requirements-sign.lock": "the lock of the tests holds the same",
    "pip install --require-hashes -r requirements-sign.lock": "the lock of the tests holds the same",
    "git diff translations/": "is git's",
    "adb reverse tcp:8000 tcp:8000": "needs a phone",
    "caddy reverse-proxy --from https://<this machine's name> --to 127.0.0.1:8000 --internal-certs": "needs a phone",
    "python build_pwa.py verify ADDRESS": "short for the ones in README and supply.md",
    "python build_pwa.py check --deploy --deployment …": "short for the one in deploy.md",
    "docker build --build-arg BASE=…": CONTAINERS,
    "docker compose": CONTAINERS,
    "SITE_ADDRESS=guide.example.org docker compose -f deploy/compose.yaml up --build -d": CONTAINERS,
    "docker compose -f deploy/compose.yaml ps": CONTAINERS,
    'docker compose -f deploy/compose.yaml exec guide python3 -c \'open("/x", "w")\'': CONTAINERS,
    "docker compose -f deploy/compose.yaml exec guide python3 -c 'import os; print(os.getuid())'": CONTAINERS,
    "docker compose -f deploy/compose.yaml logs": CONTAINERS,
    "curl -sI https://guide.example.org/es/ | grep -i -e strict-transport -e content-security": CONTAINERS,
}
"""Commands that no test runs, and why."""


def documented() -> dict[str, str]:
    """Every command of a block without a language and of a code span, and the page it stands in. The README's table of
    commands is usage, which `test_docs` compares with the parser."""
    found = {}
    for name in READ:
        text = re.sub(r"^\| `python build_pwa\.py .*$", "", (ROOT / name).read_text(), flags=re.MULTILINE)
        fences = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        blocks = [block for language, block in fences if not language]
        spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
        lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
        spans = [span for span in spans if re.match(rf"({PROGRAMS}) ", span)]
        found.update({command: name for command in [*lines, *spans] if command})
    return found


def test_every_command_runs_or_has_its_reason() -> None:
    """A command that is in none of the three tables is unknown, and one in them that no page gives is old."""
    known = {**WALK, **HELD, **NOT_RUN}
    pages = documented()
    assert {command: name for command, name in pages.items() if command not in known} == {}
    assert {command for command in known if command not in pages} == set()
    assert len(known) == len(WALK) + len(HELD) + len(NOT_RUN), "one is in two tables"


def test_the_tests_that_hold_commands_exist() -> None:
    """Each name is a test's."""
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    assert {name for name in HELD.values() if f"def {name}(" not in tests} == set()


def test_options_that_pages_name_exist() -> None:
    """Also where a page gives only a part of a command, such as ``build --release``."""
    parsers = dict(_commands(build_parser()))
    for name in READ:
        for span in re.findall(r"`(?:python build_pwa\.py )?([a-z][^`\n]* --[^`\n]*)`", (ROOT / name).read_text()):
            words = span.split()
            parser = parsers.get(" ".join(words[:2])) or parsers.get(words[0])
            if parser:
                options = {option for action in parser._actions for option in action.option_strings}
                assert set(re.findall(r"--[a-z][a-z-]*", span)) <= options, (name, span)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that holds the tiny guide, with what a person who follows the pages has by then: a deployment file."""
    checkout = tmp_path / "checkout"
    code = shutil.ignore_patterns("__pycache__", "content")
    for name in ("fieldguide", "static", "tests"):
        shutil.copytree(ROOT / name, checkout / name, ignore=code if name == "fieldguide" else None)
    for name in ("build_pwa.py", "Makefile"):
        shutil.copy(ROOT / name, checkout)
    shutil.copytree(FIXTURE / "content", checkout / "fieldguide" / "content")
    shutil.copytree(FIXTURE / "translations", checkout / "translations")
    (checkout / "deployment.toml").write_text('agency = "Alder County"\nlanguages = ["en", "ar"]\n')
    return checkout


@pytest.mark.full
def test_the_commands_run(checkout: Path) -> None:
    """In order, as somebody types them; each ends with its code, and says nothing that only a programmer reads."""
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command, code in WALK.items():
        line = command
        for word, ours in STANDS_FOR.items():
            line = f"{line} ".replace(word, ours).strip()
        done = subprocess.run(
            line,
            shell=True,
            cwd=checkout,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{line}: {done.stdout[-1500:]}{done.stderr[-3000:]}"
        assert "Traceback" not in done.stderr, line
