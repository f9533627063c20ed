"""What ``make mutants`` takes: modules that are there, each with the tests that decide about it."""

import pytest

from .mutants import ROOT, SLOW, TESTS, changed_lines, modules_of


def test_every_module_and_test_is_there() -> None:
    """No name of the list leads nowhere, and every check is on it."""
    folder = ROOT / "fieldguide"
    assert [name for name in TESTS if not (folder / f"{name.replace('.', '/')}.py").is_file()] == []
    assert [one for tests in TESTS.values() for one in tests if not (ROOT / f"tests/{one}.py").is_file()] == []
    for file, _, test in (one.partition("::") for one in SLOW):
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
    checks = {f"checks.{path.stem}" for path in folder.glob("checks/*.py") if path.stem != "__init__"}
    assert checks <= TESTS.keys()


def test_a_package_is_its_modules() -> None:
    """``checks`` stands for all in it; a name that is none is answered with those that are."""
    assert modules_of("sync") == ["sync"]
    assert set(modules_of("checks")) == {name for name in TESTS if name.startswith("checks.")}
    with pytest.raises(SystemExit, match=r"PACKAGE=chekcs: no such; there are: checks, catalog, "):
        modules_of("chekcs")


def test_a_change_is_told_by_its_lines() -> None:
    """Without the names of the files and what stands around it."""
    assert changed_lines("--- a.py\n+++ a.py\n@@ -1 +1 @@\n def f():\n-    return 1\n+    return 2\n") == [
        "-    return 1",
        "+    return 2",
    ]
