"""``build`` and ``check`` on the tiny guide: what is said, refused and left on disk."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.catalog import serialise_catalog
from fieldguide.cli import main
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import TRANSLATIONS, load_ingredients
from fieldguide.review import Role, add_review
from fieldguide.sync import in_order

from .conftest import edit, fixture_ingredients
from .sites import draft_start

AR = "translations/ar/messages.po"
STALE = ("worker.pay.summary", "worker.pay.story.one")


@pytest.fixture
def tiny(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny guide that the commands read instead of the real one."""

    def load(deployment_file: Path | None = None, base: str | None = None) -> Ingredients:
        deployment = load_deployment(deployment_file)
        chosen = deployment if base is None else replace(deployment, base=base)
        return load_ingredients(chosen, guide_copy / "content", guide_copy / "translations")

    monkeypatch.setattr("fieldguide.build.load_deployed", load)
    draft_start(guide_copy)
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


def refused(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What ``check`` says, ending in 1 and not in *good*."""
    assert main(["check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    return [line for line in told.err.splitlines() if not line.startswith("warning: ")]


def taken_out(root: Path, tag: str, *unit_ids: str) -> None:
    """Empty some texts of a catalog."""
    catalog = fixture_ingredients(root=root).catalogs[tag]
    emptied = {unit_id: replace(catalog.entries[unit_id], text="") for unit_id in unit_ids}
    path = root / "translations" / tag / "messages.po"
    text = serialise_catalog(replace(catalog, entries={**catalog.entries, **emptied}))
    path.write_text(text, encoding="utf-8", newline="\n")


def test_a_language_without_a_start_is_refused(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A QR code leads to the start of each language: whatever of it was never drafted is named, all at once."""
    taken_out(tiny, "fil", "worker.start.title", "names.line")
    taken_out(tiny, "ar", "worker.start.call.emergency.caution")
    said = "is missing in a language whose status is 'help'; draft it: {!r} [{}]"
    assert refused(capsys) == [
        f"{AR}: {said.format('The police can come.', 'worker.start.call.emergency.caution')}",
        f"translations/fil/messages.po: {said.format('Start', 'worker.start.title')}",
        f"translations/fil/messages.po: {said.format('Test Line', 'names.line')}",
        "3 problem(s). Nothing was written.",
    ]
    edit(tiny / "content/worker/start.toml", "For questions.", "For all questions.")
    assert len(refused(capsys)) == 4  # a sentence that changed since is not one that is missing


def test_an_industry_without_its_spanish_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An industry that is new in English waits for its Spanish draft: one empty text of it ends ``check`` in 1."""
    shutil.copytree(TRANSLATIONS / "es", tmp_path / "translations/es")
    shutil.copy(TRANSLATIONS / "glossary.toml", tmp_path / "translations")
    ingredients = load_ingredients(Deployment(languages=("en", "es")), translations=tmp_path / "translations")
    catalog = ingredients.catalogs["es"]
    title = catalog.entries["officer.hotels.title"]
    emptied = {**catalog.entries, title.id: replace(title, text="")}
    less = replace(ingredients, catalogs={"es": replace(catalog, entries=emptied)})
    monkeypatch.setattr("fieldguide.build.load_deployed", lambda *_: less)
    assert refused(capsys) == [
        "translations/es/messages.po: is missing in a language whose status is 'complete';"
        f" draft it: {title.english!r} [officer.hotels.title]",
        "1 problem(s). Nothing was written.",
    ]


def test_a_page_that_no_group_lists_is_refused(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once a side has groups each of its pages is in one, so that a new industry is held to the form of industries."""
    edit(tiny / "content/site.toml", '"sources"]', '"sources"]\n[groups]\npages = ["worker/pay"]')
    edit(tiny / "content/site.toml", '"start", "pay"', '"start", "more", "pay"')
    shutil.copy(tiny / "content/worker/pay.toml", tiny / "content/worker/more.toml")
    assert refused(capsys) == [
        "content/site.toml: groups: 'worker/more' is in no group; list it in one (\"pages\" for no kind)",
        "1 problem(s). Nothing was written.",
    ]


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
    parts = ("title", "summary", "call.title", "call.emergency", "call.emergency.caution", "call.line")
    start = "".join(f"  worker.start.{part}\n" for part in parts)
    names = "  names.emergency\n  names.line\n"
    expected = (
        f"ar: 14 drafts that nobody checked\n  ui.leave\n{banner}  names.emergency\n{start}"
        "  worker.pay.title\n  worker.pay.owed.rate\n"
        f"mam: 12 drafts that nobody checked\n{banner}{names}{start}"
        f"fil: 13 drafts that nobody checked\n  ui.leave\n{banner}{names}{start}"
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
