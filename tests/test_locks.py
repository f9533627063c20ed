"""The lock files: what is installed is exactly what was locked, byte for byte, and from nowhere of its own choice."""

import re
import tomllib

import pytest

from .conftest import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)==([0-9][0-9a-z.+!]*)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(lock: str) -> list[str]:
    """Each requirement with its hashes as one line, comments left out."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return kept.replace("\\\n", " ").splitlines()


def versions(lock: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in requirements(lock):
        match = PINNED.match(line)
        assert match, line
        found[match[1]] = match[2]
    return found


def wanted(*groups: list[str]) -> set[str]:
    """The names of requirements as the lock writes them."""
    names = (re.match(r"[A-Za-z0-9._-]+", entry) for group in groups for entry in group)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_locks_are_there():
    """One lock to run the guide, one to sign it too, one to work on it."""
    assert LOCKS == ["requirements-dev.lock", "requirements-sign.lock", "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str):
    """Each line is a name, one version, perhaps a marker, and SHA-256 hashes; nothing else, and nothing twice."""
    lines = requirements(lock)
    assert lines
    for line in lines:
        words = line.partition(" --hash=")[0]
        requirement, _, marker = words.partition(" ; ")
        assert PINNED.fullmatch(requirement.strip()), line
        assert "--" not in marker, line
        hashes = line[len(words) :].split()
        assert hashes, line
        assert all(HASH.fullmatch(word) for word in hashes), line
    assert len(versions(lock)) == len(lines)


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize(
    "forbidden",
    [
        r"https?:",
        r"git\+",
        r"file:",
        r"\s@\s",
        r"--(extra-)?index-url",
        r"--find-links",
        r"--trusted-host",
        r"--no-index",
        r"--pre\b",
        r"(^|\s)-[eirfc]\b",
        r"--(editable|requirement|constraint)",
    ],
)
def test_lock_names_no_place(lock: str, forbidden: str):
    """No address, no other index, no folder and no editable checkout: where packages come from is the user's choice."""
    assert re.findall(forbidden, (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE) == []


def test_every_dependency_is_locked():
    """What pyproject asks for is in the lock that installs it, tools only in the lock for work."""
    table = project()
    run, dev = wanted(table["project"]["dependencies"]), wanted(table["dependency-groups"]["dev"])
    sign = wanted(table["project"]["optional-dependencies"]["sign"])
    assert {"flask", "polib"} <= run
    assert run <= versions("requirements.lock").keys()
    assert run | sign <= versions("requirements-sign.lock").keys()
    assert run | sign | dev <= versions("requirements-dev.lock").keys()
    assert not (sign | dev) & versions("requirements.lock").keys()


def test_locked_versions_are_new_enough():
    """Every lock holds a version that pyproject asks for."""
    table = project()
    entries = [*table["project"]["dependencies"], *table["dependency-groups"]["dev"]]
    entries += table["project"]["optional-dependencies"]["sign"]
    locked = versions("requirements-dev.lock")
    for entry in entries:
        name, relation, bound = re.fullmatch(r"([\w-]+)(>=|<=|<)([\d.]+)", entry).groups()
        found = [int(part) for part in re.findall(r"\d+", locked[wanted([name]).pop()])]
        limit = [int(part) for part in bound.split(".")]
        assert {">=": found >= limit, "<=": found <= limit, "<": found < limit}[relation], entry


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_agree(lock: str):
    """What is tested is what runs and signs: a package has one version in all locks, and that for work holds all."""
    dev = versions("requirements-dev.lock")
    assert {name: dev.get(name) for name in versions(lock)} == versions(lock)
