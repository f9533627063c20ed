"""The commands as a person runs them: exit codes, messages, and what is left on disk."""

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from fieldguide.cli import main

from .conftest import ROOT


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the builder's command in a folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build_pwa.py"), *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_no_word_means_build(tmp_path: Path) -> None:
    """``python build_pwa.py`` builds into dist/ and closes with a table of sizes."""
    done = run(cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dist" / "en" / "index.html").is_file()
    assert (tmp_path / "dist" / "es" / "index.html.br").is_file()
    assert re.search(r"^es +\d+ +[\d,]+ +[\d,]+$", done.stdout, re.MULTILINE)


def test_check_writes_nothing(tmp_path: Path) -> None:
    """``check`` runs every check and leaves the folder empty."""
    assert run("check", cwd=tmp_path).returncode == 0
    assert not list(tmp_path.iterdir())


def test_problems_end_in_1_and_leave_the_old_output(tmp_path: Path) -> None:
    """A bad deployment is named with file and remedy; the earlier dist/ stays byte for byte."""
    assert run("build", cwd=tmp_path).returncode == 0
    before = (tmp_path / "dist" / "en" / "index.html").read_bytes()
    (tmp_path / "deployment.toml").write_text('languages = ["en", "tlh"]\n')
    done = run("build", "--deployment", "deployment.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "unknown language 'tlh'" in done.stderr
    assert "Nothing was written" in done.stderr
    assert (tmp_path / "dist" / "en" / "index.html").read_bytes() == before
    assert (tmp_path / "dist" / "es" / "index.html").is_file()


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
    (tmp_path / "deployment.toml").write_text('agency = "Test County Sheriff"\nbase = "/guide/"\n')
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


def first_answer(server: subprocess.Popen[bytes], url: str) -> bytes:
    """The first answer of a server that is starting; fails when the server ends instead."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return bytes(answer.read())
        except urllib.error.URLError:
            continue
    raise AssertionError("the server ended")
