"""What the guide is made with and how: components that can be told apart, a build that asks nobody for anything."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.problems import ProblemsError
from fieldguide.sbom import build_sbom, read_lock

from .conftest import ROOT
from .test_locks import requirements, versions

LOCK = (ROOT / "requirements.lock").read_text()

NO_NETWORK = """
import runpy, sys
def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"the network was asked for: {event}")
sys.addaudithook(refuse)
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def sbom(**environment: str) -> bytes:
    """What the command prints."""
    command = [sys.executable, "-m", "fieldguide.sbom"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True).stdout


def test_sbom_is_the_same_each_time() -> None:
    """No clock, no chance: two runs under other hash seeds and zones give equal bytes."""
    one, two = sbom(PYTHONHASHSEED="1", TZ="UTC"), sbom(PYTHONHASHSEED="77", TZ="Asia/Tokyo")
    assert one == two
    assert "timestamp" not in json.loads(one)["metadata"]


def test_sbom_lists_every_locked_package() -> None:
    """Each with its version, its package URL and every hash of the lock, once."""
    components = json.loads(sbom())["components"]
    assert {part["name"]: part["version"] for part in components} == versions("requirements.lock")
    assert len(components) == len(requirements("requirements.lock"))
    for part, line in zip(components, requirements("requirements.lock"), strict=True):
        assert part["purl"] == part["bom-ref"] == f"pkg:pypi/{part['name']}@{part['version']}"
        (files,) = part["externalReferences"]
        assert [found["content"] for found in files["hashes"]] == re.findall(r"sha256:([0-9a-f]{64})", line)
        assert part["scope"] == ("optional" if " ; " in line else "required")


def test_sbom_says_who_needs_what() -> None:
    """The lock's own notes: the guide needs Flask, Flask needs Jinja; every package is needed by somebody."""
    told = json.loads(sbom())
    needs = {entry["ref"].rpartition("/")[2].partition("@")[0]: entry["dependsOn"] for entry in told["dependencies"]}
    assert set(needs) == {"fieldguide", *versions("requirements.lock")}
    assert any(ref.startswith("pkg:pypi/flask@") for ref in needs["fieldguide"])
    assert any(ref.startswith("pkg:pypi/jinja2@") for ref in needs["flask"])
    assert {ref for refs in needs.values() for ref in refs} == {part["bom-ref"] for part in told["components"]}


def test_sbom_has_a_serial_number_of_its_own() -> None:
    """Another lock is another list: its number follows from what it holds."""
    one = build_sbom("fieldguide", "1", read_lock(LOCK))
    two = build_sbom("fieldguide", "1", read_lock(LOCK.replace("flask==3", "flask==4")))
    serials = {json.loads(text)["serialNumber"] for text in (one, two)}
    assert len(serials) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", serial) for serial in serials)


@pytest.mark.parametrize("line", ["flask>=3", "flask==3.1.0", "-e ."])
def test_a_lock_that_pins_nothing(line: str) -> None:
    """A package without version or hashes cannot be told apart from another; the line is named."""
    with pytest.raises(ProblemsError, match="is not pinned with hashes; write it anew: `make lock`") as error:
        read_lock(f"{LOCK}\n{line}\n")
    assert repr(line) in str(error.value)


def without_network() -> list[str]:
    """The words before a command that take its network away, where this system allows it."""
    for words in (["unshare", "--net"], ["unshare", "--net", "--map-root-user"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
        ):
            return words
    return []


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    """It opens no connection and asks for no name: with both refused, and without any network, it builds."""
    (tmp_path / "deployment.toml").write_text('languages = ["en"]\n')
    words = [sys.executable, "-c", NO_NETWORK, str(ROOT / "build_pwa.py"), "build", "--deployment", "deployment.toml"]
    command = [*without_network(), *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dist" / "en" / "index.html").is_file()


def test_the_network_is_really_refused(tmp_path: Path) -> None:
    """The hook above stops a program that opens a connection."""
    program = tmp_path / "program.py"
    program.write_text("import socket; socket.create_connection(('127.0.0.1', 9))")
    command = [sys.executable, "-c", NO_NETWORK, str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == "the network was asked for: socket.getaddrinfo\n"
