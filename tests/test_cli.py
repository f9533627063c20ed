"""The commands as a person runs them: exit codes, messages, and what is left on disk."""

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import serialise_catalog
from fieldguide.cli import main
from fieldguide.deployment import load_deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.review import Role, add_review
from fieldguide.sync import in_order

from .conftest import ROOT, edit, fixture_ingredients


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
            continue
    raise AssertionError("the server ended")


AR = "translations/ar/messages.po"
STALE = ("worker.pay.summary", "worker.pay.story.one")


@pytest.fixture
def tiny(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny guide that the commands read instead of the real one."""

    def load(deployment_file: Path | None = None, base: str | None = None) -> Ingredients:
        deployment = load_deployment(deployment_file)
        chosen = deployment if base is None else replace(deployment, base=base)
        return load_ingredients(chosen, guide_copy / "content", guide_copy / "translations")

    monkeypatch.setattr("fieldguide.cli.load_deployed", load)
    return guide_copy


@pytest.mark.usefixtures("tiny")
def test_no_word_means_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``python build_pwa.py`` builds into dist/ and closes with a table of sizes."""
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    assert (tmp_path / "dist" / "en" / "index.html").is_file()
    assert (tmp_path / "dist" / "ar" / "index.html.br").is_file()
    assert re.search(r"^ar +\d+ +[\d,]+ +[\d,]+$", capsys.readouterr().out, re.MULTILINE)


def without_stale(root: Path) -> None:
    """Empty the two texts of the tiny guide that are out of date."""
    edit(root / AR, 'msgstr "ما يجب أن يعطوك."', 'msgstr ""')
    edit(root / AR, 'msgstr "غير مؤكد"', 'msgstr ""')


def canonical(root: Path) -> None:
    """Bring every catalog into the usual layout."""
    ingredients = fixture_ingredients(root=root)
    for tag, catalog in ingredients.catalogs.items():
        path = root / "translations" / tag / "messages.po"
        path.write_text(serialise_catalog(in_order(ingredients.units, catalog)), encoding="utf-8", newline="\n")


def test_release_refuses_stale_text(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts of an older English are named with file and id, and nothing is written; without --release it builds."""
    out = tmp_path / "dist"
    assert main(["build", "--release", "--pilot", "--out", str(out)]) == 1
    done = capsys.readouterr()
    for unit_id in STALE:
        assert f"{AR}: its English has changed; translate it again, or empty it [{unit_id}]\n" in done.err
    assert "2 problem(s). Nothing was written." in done.err
    assert done.out == ""
    assert not out.exists()
    assert main(["build", "--out", str(out)]) == 0
    assert (out / "ar" / "index.html").is_file()
    assert "drafts that nobody checked" not in capsys.readouterr().out


@pytest.mark.usefixtures("tiny")
def test_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``check`` runs every check and leaves the folder empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main(["check"]) == 0
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("tiny")
def test_problems_end_in_1_and_leave_the_old_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad deployment is named with file and remedy; the earlier dist/ stays byte for byte."""
    out, deployment = tmp_path / "dist", tmp_path / "deployment.toml"
    assert main(["build", "--out", str(out)]) == 0
    before = (out / "en" / "index.html").read_bytes()
    deployment.write_text('languages = ["en", "tlh"]\n')
    assert main(["build", "--out", str(out), "--deployment", str(deployment)]) == 1
    told = capsys.readouterr().err
    assert "unknown language 'tlh'" in told
    assert "Nothing was written" in told
    assert (out / "en" / "index.html").read_bytes() == before
    assert (out / "ar" / "index.html").is_file()


def test_files_to_hand_on_lie_beside_the_folder(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--single-file`` writes DIR-files, with their sizes told; nothing at all when a language is not in this copy."""
    out = tmp_path / "dist"
    assert main(["build", "--out", str(out), "--single-file", "ar", "fr"]) == 1
    assert "--single-file: fr: no language of this copy; it has: en, ar, mam, fil\n" in capsys.readouterr().err
    assert not out.exists()
    assert main(["build", "--out", str(out), "--single-file", "ar", "en"]) == 0
    assert re.search(r"^dist-files/guide-ar\.html: [\d,]+ bytes$", capsys.readouterr().out, re.MULTILINE)
    held = {path.name for path in (tmp_path / "dist-files").iterdir()}
    assert held == {".field-guide", "guide-ar.html", "guide-en.html"}
    assert not list(out.rglob("guide-*.html"))


def test_refused_release_leaves_the_old_output(tiny: Path, tmp_path: Path) -> None:
    """The last good release stays byte for byte when the next one is refused."""
    out = tmp_path / "dist"
    text = (tiny / AR).read_bytes()
    without_stale(tiny)
    assert main(["build", "--release", "--pilot", "--out", str(out)]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (tiny / AR).write_bytes(text)
    edit(tiny / "content/worker/start.toml", "Pages about work.", "All pages about work.")
    assert main(["build", "--release", "--pilot", "--out", str(out)]) == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_release_lists_the_drafts_by_language(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever releases sees which texts nobody has checked; a checked one is not among them."""
    without_stale(tiny)
    ingredients = fixture_ingredients(root=tiny)
    catalog = ingredients.catalogs["ar"]
    checked = add_review(catalog.entries["names.line"], "ana", Role.LAWYER, date(2026, 2, 1))
    catalog = replace(catalog, entries={**catalog.entries, "names.line": checked})
    (tiny / AR).write_text(serialise_catalog(catalog), encoding="utf-8", newline="\n")
    assert main(["build", "--release", "--pilot", "--out", str(tmp_path / "dist")]) == 0
    names = ("draft-machine", "not-here", "draft-human", "draft-numbers")
    banner = "".join(f"  ui.vital.{name}\n" for name in names)
    expected = (
        f"ar: 9 drafts that nobody checked\n  ui.leave\n{banner}  worker.start.title\n  worker.start.call.line\n"
        "  worker.pay.title\n  worker.pay.owed.rate\n"
        f"mam: 5 drafts that nobody checked\n{banner}  worker.start.call.line\n"
        f"fil: 5 drafts that nobody checked\n  ui.leave\n{banner}"
    )
    assert expected in capsys.readouterr().out


def test_release_looks_at_the_chosen_languages_only(tiny: Path, tmp_path: Path) -> None:
    """A copy without Arabic is not held up by Arabic."""
    (tmp_path / "deployment.toml").write_text('languages = ["en", "fil"]\n')
    options = ["--deployment", str(tmp_path / "deployment.toml"), "--out", str(tmp_path / "dist")]
    assert main(["build", "--release", "--pilot", *options]) == 0
    assert (tmp_path / "dist" / "fil" / "index.html").is_file()


@pytest.mark.parametrize("command", ["build", "check"])
def test_layout_warning_is_printed(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """A catalog that a tool has wrapped builds, with one line on stderr that names file and remedy."""
    options = ["--out", str(tmp_path / "dist")] if command == "build" else []
    canonical(tiny)
    assert main([command, *options]) == 0
    assert "its layout" not in capsys.readouterr().err
    edit(tiny / AR, 'msgid "Leave"', 'msgid ""\n"Leave"')
    assert main([command, *options]) == 0
    done = capsys.readouterr()
    warning = f"warning: {AR}: its layout is not the usual one; `translations fmt ar` mends it\n"
    assert done.err.count(warning) == done.err.count("its layout") == 1
    assert "its layout" not in done.out


def test_other_warnings_are_counted(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``check`` says how many more warnings a catalog has, and where to see them."""
    canonical(tiny)
    assert main(["check"]) == 0
    before = capsys.readouterr().err
    edit(tiny / AR, 'msgstr "خروج"', 'msgstr "خروج؟"')
    assert main(["check"]) == 0
    after = capsys.readouterr().err
    assert AR not in before
    assert f"warning: {AR}: 1 more; `translations check` shows them\n" in after
