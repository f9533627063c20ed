"""The commands as a person runs them: exit codes, messages, and what is left on disk."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from fieldguide.cli import main

from .conftest import ROOT, edit


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the builder's command in a folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build_pwa.py"), *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build", "--base", "../x/"],
        ["build", "--base", "guide"],
        ["serve", "--port", "0"],
        ["check", "--out"],
    ],
)
def test_wrong_usage_ends_in_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped command or option ends in 2, with a line that says what is wrong."""
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["file", "other"])
def test_an_output_that_is_not_ours_is_refused(tmp_path: Path, name: str) -> None:
    """--out that is a file, or a folder with other files, is refused and left alone."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis").write_text("mine")
    done = run("build", "--out", name, cwd=tmp_path)
    assert done.returncode == 1
    assert name in done.stderr
    assert (tmp_path / "file").read_text() == (tmp_path / "other" / "thesis").read_text() == "mine"


def test_a_missing_deployment_is_named(tmp_path: Path) -> None:
    """A file that is not there ends in 1 and is named."""
    done = run("check", "--deployment", "nothere.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "nothere.toml" in done.stderr


def test_serve_answers(tmp_path: Path) -> None:
    """``serve`` serves the guide with granian, under the deployment named, and prints the address first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "deployment.toml").write_text('agency = "Test County Sheriff"\nbase = "/guide/"\nlanguages = ["en"]\n')
    command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--deployment", "deployment.toml"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            answer = first_answer(server, f"http://127.0.0.1:{port}/guide/en/about/")
        finally:
            server.terminate()
            output, _ = server.communicate()
    assert b"Put online by Test County Sheriff." in answer
    lines = output.decode().splitlines()
    assert lines[0].startswith(f"Field Guide: http://127.0.0.1:{port}/guide/ ")
    assert "/guide/en/about/" not in output.decode()


@pytest.mark.full
def test_from_an_empty_folder_to_a_served_copy(tmp_path: Path) -> None:
    """The README's way: `init`, twelve contacts in a table, `check --deploy`, `serve`; the pages are the agency's."""
    answers = "Alder County\nAlder Pages\nen es\nofficer\n/alder/\n\n"
    command = [sys.executable, str(ROOT / "build_pwa.py"), "init", "ours"]
    subprocess.run(command, cwd=tmp_path, input=answers, capture_output=True, text=True, check=True)
    ours = tmp_path / "ours"
    example = ROOT / "deploy" / "examples" / "sheriff"
    for name in ("contacts.csv", "icon.png"):
        (ours / name).write_bytes((example / name).read_bytes())
    edit(ours / "deployment.toml", "# example = false", "example = true")  # or the invented numbers were refused
    edit(ours / "deployment.toml", '# icon = "', 'icon = "')
    edit(ours / "deployment.toml", '# accent = "#0b4a8f"', 'accent = "#1d5c3a"')
    done = run("check", "--deploy", "--deployment", "ours/deployment.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "accountable_person: is blank" in done.stderr
    assert "left blank, state: trafficking_statute" in done.stdout
    with serving(tmp_path, "ours/deployment.toml") as address:
        pages = {
            url: fetch(f"{address}/alder/{url}") for url in ("", "en/w/numbers/", "en/about/", "static/css/guide.css")
        }
        assert fetch(f"{address}/alder/static/icons/icon-512.png") == (ours / "icon.png").read_bytes()
    assert pages[""].index(b"For professionals") < pages[""].index(b"For workers")
    assert b"Alder Legal Aid" in pages["en/w/numbers/"]
    assert b"Put online by Alder County." in pages["en/about/"]
    assert b"--link: #1d5c3a" in pages["static/css/guide.css"]


def fetch(url: str) -> bytes:
    """The body of an answer."""
    with urllib.request.urlopen(url) as answer:
        return bytes(answer.read())


@contextmanager
def serving(folder: Path, deployment: str) -> Iterator[str]:
    """``serve`` with a deployment, from its first answer on; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "build_pwa.py"), "serve", "--port", str(port), "--deployment", deployment]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            first_answer(server, f"http://127.0.0.1:{port}/alder/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def first_answer(server: subprocess.Popen[bytes], url: str) -> bytes:
    """The first answer of a server that is starting; fails when the server ends instead."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return bytes(answer.read())
        except urllib.error.URLError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)  # asked without a pause, it would have half of the machine
    raise AssertionError("the server ended")
