"""Changes the code in small ways and tells which changes no test notices: ``make mutants PACKAGE=review``.

It works on a copy under ``.cache/``, with the fast tests that belong to a module; the browsers are left out. What may
survive stands in ``docs/testing.md`` with its reason.
"""

import argparse
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
BAR = 90
"""Percent of the changes to each module that its tests must notice."""

TESTS = {
    "catalog": ("test_catalog", "test_po_tools"),
    "offline": ("test_offline", "test_packs"),
    "overlay": ("test_overlay",),
    "packs": ("test_packs",),
    "review": ("test_review",),
    "signing": ("test_signing",),
    "sync": ("test_sync", "test_translations_sync"),
    "checks.addresses": ("test_checks_addresses", "test_checks_numbers"),
    "checks.agency": ("test_checks_agency",),
    "checks.cards": ("test_checks_cards",),
    "checks.contacts": ("test_checks_contacts",),
    "checks.content": ("test_checks_content",),
    "checks.deploy": ("test_checks_deploy",),
    "checks.doubts": ("test_checks_doubts",),
    "checks.finding": (),
    "checks.forms": ("test_checks_forms",),
    "checks.numbers": ("test_checks_numbers",),
    "checks.promises": ("test_checks_promises",),
    "checks.scripts": ("test_checks_scripts",),
    "checks.text": ("test_checks_text", "test_checks_content"),
    "checks.touching": ("test_checks_touching", "test_checks_numbers"),
    "checks.translations": ("test_checks_translations",),
    "checks.words": ("test_checks_words",),
    "checks.writing": ("test_checks_writing", "test_checks_numbers"),
}
"""The tests that decide about a module; none where the tool finds nothing to change."""

SLOW = (
    "test_overlay.py::test_a_changed_guide_is_told_and_stops_a_release",
    "test_overlay.py::test_languages_that_nobody_reads_need_no_translation",
    "test_overlay.py::test_the_example_of_the_docs_builds",
    "test_po_tools.py::test_gettext_takes_the_catalogs",
)
"""Tests that take seconds, and notice nothing that the others do not: left out."""

_SETTINGS = """
[tool.mutmut]
source_paths = ["fieldguide"]
only_mutate = {files}
also_copy = ["build_pwa.py", "static", "translations", "deploy", "docs", "README.md", "CHANGELOG.md"]
pytest_add_cli_args = ["-x", "-p", "no:xdist", "-p", "no:rerunfailures", "-p", "no:cacheprovider",
  "-p", "tests.mutants", {slow}]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
"""


def pytest_sessionstart() -> None:
    """Forget what was worked out before a change: every test begins in a copy of a process that has run them all."""
    from fieldguide.checks import scripts, text

    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("fieldguide.") else ():
            if type(value) is type(cache(len)):
                value.cache_clear()
    for memo in (scripts._VISIBLE, text._FOLDING, text._FOLDING.plain):
        memo.clear()


def modules_of(package: str) -> list[str]:
    """The modules of a package, or the one of that name. Raises `SystemExit` for a name that is none."""
    found = [name for name in TESTS if name == package or name.startswith(f"{package}.")]
    if not found:
        raise SystemExit(f"PACKAGE={package}: no such; there are: checks, {', '.join(TESTS)}")
    return found


def copied(package: str, modules: list[str]) -> Path:
    """A fresh copy of the checkout, set up for these modules."""
    folder = ROOT / ".cache" / "mutants" / package
    shutil.rmtree(folder, ignore_errors=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    files = [f"fieldguide/{name.replace('.', '/')}.py" for name in modules]
    tests = sorted({f"tests/{test}.py" for name in modules for test in TESTS[name]})
    slow = ", ".join(f'"--deselect=tests/{test}"' for test in SLOW)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(_SETTINGS.format(files=files, tests=tests, slow=slow))
    return folder


def mutmut(folder: Path, *words: str) -> str:
    """What a command of the tool prints."""
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def changed_lines(diff: str) -> list[str]:
    """The lines that a change takes and gives."""
    return [line for line in diff.splitlines() if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")]


def main() -> None:
    """Change, test, count. Ends in 1 where fewer changes than `BAR` percent are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package")
    options = parser.parse_args()
    modules = [name for name in modules_of(options.package) if TESTS[name]]
    if not modules:
        raise SystemExit(f"{options.package}: the tool finds nothing to change in it")
    folder = copied(options.package, modules)
    mutmut(folder, "run", "--max-children", "1")
    results = [line.strip().rpartition(": ")[::2] for line in mutmut(folder, "results", "--all", "true").splitlines()]
    counts = {module: Counter[str]() for module in modules}
    for name, state in results:
        if name:
            counts[name.removeprefix("fieldguide.").rpartition(".")[0]][state] += 1
            if state in ("survived", "no tests", "suspicious"):
                print(f"{state}: {name}", *changed_lines(mutmut(folder, "show", name)), sep="\n  ", flush=True)
    is_below = False
    for module, found in counts.items():
        killed = found["killed"] + found["timeout"] + found["caught by type check"]
        percent = 100 * killed / max(1, found.total())
        is_below |= percent < BAR
        print(f"{module}: {killed} of {found.total()} noticed, {percent:.0f} %; {dict(found)}")
    sys.exit(is_below)


if __name__ == "__main__":
    main()
