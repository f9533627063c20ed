"""A port is one server's alone: who asks for one that is taken is told at once, with the command that takes another."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.ports import LOCAL, held_port
from fieldguide.problems import ProblemsError

from .conftest import ROOT
from .test_cli import run
from .test_serve import code, get, served, started


@pytest.fixture(params=["as other programs do", "as granian does"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port that another program listens on, willing to share it or not."""
    with socket.socket() as other:
        if request.param == "as granian does":
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind((LOCAL, 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    "command", [("serve",), ("workbench",), ("workbench", "--share"), ("serve", "--host", "0.0.0.0")]
)
def test_a_taken_port_is_one_line(taken: int, command: tuple[str, ...], tmp_path: Path) -> None:
    """Exit code 1, the port, and the command that takes another; that other one is free."""
    done = run(*command, "--port", str(taken), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    line, _ = done.stderr.splitlines()
    found = re.fullmatch(
        rf"port {taken}: is taken by another program; "
        rf"take another port: python build_pwa.py {command[0]} --port (\d+)",
        line,
    )
    assert found
    held_port(LOCAL, int(found[1]), "").close()


def test_make_run_says_it_before_it_builds(taken: int) -> None:
    """Nothing is set up or built for a guide that could not be served."""
    command = ["make", "run", f"PORT={taken}", f"PYTHON={sys.executable}"]
    assert shutil.which("make")
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # not one of `make test`
    done = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert done.stderr.startswith(f"port {taken}: is taken by another program; take another port: make run PORT=")
    assert done.stdout == ""


def test_a_second_guide_leaves_the_first_alone(tmp_path: Path) -> None:
    """The second is refused while the first is still being checked; the first then answers everything."""
    (tmp_path / "deployment.toml").write_text('languages = ["en"]\n')
    with served(tmp_path) as first:
        command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(first.port)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert {code(first.exchange(get("/en/"))) for _ in range(20)} == {200}


@pytest.mark.timeout(300)
def test_a_server_that_ended_leaves_its_port_free(tmp_path: Path) -> None:
    """Also when visitors were just answered: a restart takes the port at once."""
    with served(tmp_path) as first:
        assert code(first.exchange(get("/en/"))) == 200  # the server hangs up first, and its end lingers (TIME_WAIT)
        first.process.terminate()
        first.process.wait(30)
        command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(first.port)]
        with started([*command, "--deployment", "deployment.toml"], first.port, tmp_path) as second:
            assert code(second.exchange(get("/en/"))) == 200


@pytest.mark.parametrize("host", ["192.0.2.7", "nowhere.invalid", "2001:db8::1"])
def test_an_address_that_is_not_ours_is_named(host: str) -> None:
    """One line with the address that works, whatever the system calls it."""
    with pytest.raises(ProblemsError, match=re.escape(host)) as raised:
        held_port(host, 8099, "")
    assert "this machine's own address is 127.0.0.1" in str(raised.value)
