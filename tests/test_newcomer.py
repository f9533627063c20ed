"""A newcomer's path: a fresh Debian, the README's two commands, a phone that keeps the guide, and no network."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from bench.tls import free_port

from .browser.conftest import Phone
from .browser.store import keep
from .conftest import ROOT

pytestmark = [pytest.mark.full, pytest.mark.timeout(5400)]

README = (ROOT / "README.md").read_text()
TESTS = os.environ.get("TESTS", "tests/test_urls.py tests/browser/test_open.py")
"""The part of the suite that the newcomer runs: ``make test-newcomer TESTS=tests`` runs all of it there."""


@dataclass(frozen=True)
class Machine:
    """A Debian in a folder, whose network is this machine's. It trusts the package registry that this one trusts."""

    root: Path

    def command(self, line: str, *, as_root: bool = False) -> list[str]:
        """What runs a line as the newcomer types it, in their clone; as root only where they would say ``sudo``."""
        keys = [key for key in os.environ if key.lower().endswith("_proxy") or key == "PIP_INDEX_URL"]
        environ = {key: os.environ[key] for key in keys} | {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
        given = [
            "--ro-bind-try",
            "/etc/resolv.conf",
            "/etc/resolv.conf",
            "--ro-bind-try",
            "/etc/pip.conf",
            "/etc/pip.conf",
        ]
        if own := os.environ.get("PIP_CERT"):
            given += ["--ro-bind", own, "/etc/registry.crt"]
            environ["PIP_CERT"] = "/etc/registry.crt"
        person = "root" if as_root else "newcomer"
        environ |= {"HOME": "/root" if as_root else "/home/newcomer"}
        return [
            *("bwrap", "--bind", str(self.root), "/", "--proc", "/proc", "--dev", "/dev", *given),
            *(word for path in ("/tmp", "/dev/shm") for word in ("--perms", "1777", "--tmpfs", path)),
            *("--unshare-pid", "--die-with-parent", "--cap-add", "ALL", "--clearenv"),
            *(word for pair in environ.items() for word in ("--setenv", *pair)),
            *("--chdir", "/home/newcomer/field-guide", "setpriv", f"--reuid={person}", f"--regid={person}"),
            *("--init-groups", "sh", "-c", line),
        ]

    def run(self, line: str, *, as_root: bool = False, good: bool = True) -> str:
        """What a line prints; it must succeed, or fail, as ``good`` says."""
        done = subprocess.run(self.command(line, as_root=as_root), capture_output=True, text=True, check=False)
        told = done.stdout + done.stderr
        assert (done.returncode == 0) is good, f"{line} ended with {done.returncode}: {told[-6000:]}"
        return told


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """A Debian with what the README asks for, a user, and a clone of what is committed here."""
    assert shutil.which("mmdebstrap"), "mmdebstrap is missing; `make test-newcomer` installs it"
    (packages,) = re.findall(r"^sudo apt-get install (.*)$", README, re.MULTILINE)
    folder = Path(tempfile.mkdtemp(prefix="field-guide-newcomer-", dir="/var/tmp"))
    root = folder / "root"
    try:
        subprocess.run(
            [
                *("mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(packages.split())}"),
                *('--customize-hook=chroot "$1" useradd --create-home newcomer', "trixie", str(root)),
            ],
            check=True,
        )
        clone = root / "home" / "newcomer" / "field-guide"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        made = Machine(root)
        made.run("chown -R newcomer:newcomer .", as_root=True)
        yield made
    finally:
        shutil.rmtree(folder)


@contextmanager
def typed(machine: Machine, line: str) -> Iterator[str]:
    """A command in the foreground of a terminal, once it told an address; Ctrl+C ends it, and it says nothing bad."""
    with subprocess.Popen(
        machine.command(line), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        told = ""
        try:
            for row in process.stdout:
                told += row
                if found := re.search(r"http://\S+", row):
                    yield found[0]
                    break
            else:
                pytest.fail(told[-6000:])
        finally:
            os.killpg(process.pid, signal.SIGINT)
        rest = process.stdout.read()
        assert "Traceback" not in rest, rest


def wait_for(address: str) -> None:
    """Until the server answers: it prints its address, and a moment later it does."""
    while True:
        with suppress(URLError), urlopen(address):
            return


def test_make_run_then_a_phone_that_keeps_the_guide(machine: Machine, tmp_path: Path) -> None:
    """Clone, ``make run``; a phone opens the address, keeps Spanish; the server ends; pages never visited open."""
    with sync_playwright() as playwright:
        phone = Phone(playwright, tmp_path / "profile")
        with typed(machine, f"make run PORT={free_port()}") as address, phone.open() as context:
            page = context.new_page()
            wait_for(address)
            page.goto(address)
            page.get_by_role("link", name="Español", exact=True).click()
            keep(page)
        with phone.open() as context:
            context.set_offline(True)
            page = context.new_page()
            for path in ("es/", "es/w/pay/", "es/w/farm/", "es/w/numbers/"):
                answer = page.goto(address + path)
                assert answer is not None
                assert (answer.status, answer.from_service_worker) == (200, True), path
                assert page.locator("h1").inner_text()
    assert machine.run("git status --porcelain") == "", "what the commands leave is ignored"


def test_the_commands_of_the_readme_run_as_it_says(machine: Machine) -> None:
    """With the line that the README gives before its table, ``python`` is the one that has what the guide needs."""
    assert "`. .venv/bin/activate`" in README
    assert "good: " in machine.run("make build && . .venv/bin/activate && python build_pwa.py check")
    told = machine.run("python3 build_pwa.py check", good=False)
    assert told.strip() == "Not set up here yet: run `make build`, then `. .venv/bin/activate` in this terminal."


def test_make_test_says_what_it_needs_and_passes(machine: Machine) -> None:
    """Without root it names the packages and how to install them; then it passes."""
    told = machine.run(f"make test TESTS='{TESTS}'", good=False)
    (line,) = re.findall(r"apt-get install .*", told)
    machine.run(f"apt-get update && DEBIAN_FRONTEND=noninteractive {line} -y", as_root=True)
    assert re.search(r"^\d+ passed", machine.run(f"make test TESTS='{TESTS}'"), re.MULTILINE)
