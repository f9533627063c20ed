"""Imports run one way: the order is the table in ``fieldguide/__init__.py``."""

import ast
from pathlib import Path

import pytest

import fieldguide

PACKAGE = Path(fieldguide.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = [path for path in FILES if path.name != "__init__.py"]


def layer(path: Path) -> str:
    """The row of the table that a file belongs to: its own name, or its folder's with a slash."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] if len(parts) == 1 else f"{parts[0]}/"


def order() -> list[str]:
    """The first words of the table's rows, from the inside out."""
    lines = (fieldguide.__doc__ or "").splitlines()
    start, end = (number for number, line in enumerate(lines) if line.startswith("==="))
    return [line.split()[0] for line in lines[start + 1 : end] if line.strip() and not line.startswith(" ")]


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports anywhere in it; ``from x import y`` counts as ``x.y``."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import; write the whole name"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def inner(path: Path) -> set[str]:
    """The layers of this package that a file imports."""
    layers: set[str] = set()
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "fieldguide" and len(parts) > 1:
            layers.add(f"{parts[1]}/" if (PACKAGE / parts[1]).is_dir() else parts[1])
    return layers


def users(package: str) -> set[str]:
    """The modules that import a package from outside."""
    return {layer(path) for path in FILES if any(name.split(".")[0] == package for name in imported(path))}


def test_every_module_has_a_row():
    """The table names each module of the package once, and none that is not there."""
    rows = order()
    assert len(rows) == len(set(rows))
    assert set(rows) == {layer(path) for path in MODULES}


def test_imports_run_inwards():
    """A module imports only from rows above its own; modules of ``checks/`` may share."""
    rows = order()
    outward: dict[str, set[str]] = {}
    for path in MODULES:
        own = layer(path)
        above = set(rows[: rows.index(own)]) if own in rows else set()
        wrong = inner(path) - above - ({own} if own.endswith("/") else set())
        if wrong:
            outward[path.relative_to(PACKAGE).as_posix()] = wrong
    assert outward == {}


def test_imports_have_no_circle():
    """Take away, again and again, the files that import no file that is left: none stays."""
    names = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in MODULES}
    needs: dict[str, set[str]] = {}
    for name, path in names.items():
        dotted = imported(path) | {entry.rpartition(".")[0] for entry in imported(path)}
        needs[name] = dotted & names.keys()
    while needs:
        free = {name for name, wanted in needs.items() if not wanted & needs.keys()}
        assert free, f"these import each other: {sorted(needs)}"
        needs = {name: wanted for name, wanted in needs.items() if name not in free}


@pytest.mark.parametrize(
    ("package", "modules"),
    [
        ("polib", {"catalog"}),
        ("flask", {"interface", "values", "render", "web", "workbench/"}),
        ("flask_babel", {"interface", "values", "render", "web", "workbench/"}),
        ("granian", {"serve"}),
        ("cattrs", {"structure"}),
        ("tomllib", {"structure", "sbom"}),
        ("unicode_rbnf", {"checks/"}),
        ("cryptography", {"signing", "workbench/"}),
        ("phonenumbers", {"phones"}),
        ("segno", {"qr"}),
        ("rjsmin", {"assets"}),
    ],
)
def test_library_stays_behind_its_module(package: str, modules: set[str]):
    """A library is known to the few modules named here, so that it can be exchanged there; it is used at all."""
    found = users(package)
    assert found
    assert found <= modules


def test_the_two_outputs_do_not_know_each_other():
    """The folder can be written without a server, and served without a folder."""
    assert "web" not in inner(PACKAGE / "writer.py")
    assert "writer" not in inner(PACKAGE / "web.py")


def test_package_itself_imports_nothing():
    """Reading the version or the table loads no module."""
    for path in FILES:
        if path.name == "__init__.py":
            assert imported(path) == set()


def test_table_and_imports_are_really_read():
    """The readers above see what is there: rows, layers and libraries that everyone can check by eye."""
    assert order()[0] == "problems"
    assert {"model", "catalog", "checks/"} < set(order())
    assert order()[-1] == "cli"
    assert {"problems", "structure"} <= inner(PACKAGE / "deployment.py")
    assert "checks/" in inner(PACKAGE / "ingredients.py")
    assert users("no_such_package") == set()
