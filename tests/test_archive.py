"""The words of the cards, kept for reports that cite them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldguide.archive import Archived, build_archived, check_archive, write_archive
from fieldguide.artifact import Artifact
from fieldguide.cli import main
from fieldguide.problems import ProblemsError
from fieldguide.snapshot import Site

DAY, LATER = date(2026, 3, 4), date(2026, 5, 6)


def changed(site: Site, old: str, new: str) -> Site:
    """The site with other words on the Spanish cards."""
    page = site.artifacts["es/cards/"]
    body = page.body.decode().replace(old, new)
    assert body != page.body.decode()
    return replace(site, artifacts={**site.artifacts, page.url: Artifact(page.url, body.encode(), page.media_type)})


@pytest.fixture(scope="module")
def archived(real_site: Site) -> Archived:
    return build_archived(real_site, 3, "Field Guide", "Alder County", DAY)


@pytest.fixture
def archive(archived: Archived, tmp_path: Path) -> Path:
    write_archive(archived, tmp_path)
    return tmp_path


def said(archive: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints."""
    assert main(["card", *words, "--from", str(archive)]) == 0
    return capsys.readouterr().out


def test_every_card_in_every_language_is_there(archived: Archived, real_site: Site) -> None:
    """Each with its own words, its answers, and both halves; none of the cards that policy bars."""
    cards = {(card.code, card.tag): card for card in archived.cards}
    spanish = {code for code, tag in cards if tag == "es"}
    page = real_site.artifacts["es/cards/"].body.decode()
    assert len(spanish) == page.count('<article class="card"') > 50
    assert len({tag for _, tag in cards}) == 22
    assert "A3" not in spanish
    assert cards["D2", "es"].text == cards["D2", "es"].officer["es"] == "¿Otra persona guarda los papeles de usted?"
    assert cards["D2", "es"].officer["en"] == "Does someone else keep your papers?"
    assert cards["F1", "es"].answers[0] == "Un intérprete"
    assert all(card.text and card.officer.keys() == {"en", "es"} for card in archived.cards)


def test_a_citation_gives_the_exact_words(
    archive: Path, archived: Archived, capsys: pytest.CaptureFixture[str]
) -> None:
    """With or without the dots of the card, with the language beside it, all languages for a card alone."""
    (card,) = (card for card in archived.cards if (card.code, card.tag) == ("F1", "es"))
    expected = (
        f"{card.cited}\n  edition 3, archived on 2026-03-04, {archived.file}\n{card.text}\n  - {card.answers[0]}\n"
    )
    for words in ((card.cited,), (card.cited.replace("·", "."),), ("F1", "es"), ("F1.es",)):
        assert said(archive, *words, capsys=capsys).startswith(expected)
    assert said(archive, "F1", capsys=capsys).count("archived on") == 22


def test_other_words_are_another_version(real_site: Site, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report of March and one of May cite different words; the code tells them apart, the day stands beside each."""
    later = changed(real_site, ">¿Otra persona guarda los papeles de usted?<", ">¿Quién tiene sus papeles?<")
    write_archive(build_archived(later, 4, "Field Guide", "Alder County", LATER), archive)
    both = said(archive, "D2", "es", capsys=capsys)
    assert both.index("edition 3, archived on 2026-03-04") < both.index("edition 4, archived on 2026-05-06")
    assert "¿Otra persona guarda" in both.partition("\n\n")[0]
    assert "¿Quién tiene sus papeles?" in both.partition("\n\n")[2]
    code = both.partition("\n")[0]
    assert "¿Quién" not in said(archive, code, capsys=capsys)
    assert said(archive, "A8", "es", capsys=capsys).count("archived on") == 2  # the same words in both builds, once


def test_the_same_words_keep_their_first_day(archived: Archived, archive: Path) -> None:
    """A build a day writes no new file, and never other bytes."""
    before = {path.name: path.read_bytes() for path in archive.iterdir()}
    again = replace(archived, archived_on=LATER.isoformat())
    check_archive(again, archive)
    write_archive(again, archive)
    assert {path.name: path.read_bytes() for path in archive.iterdir()} == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("guarda los papeles", "tiene los papeles", 1),
        lambda text: text[:-9],
        lambda text: text.replace('"edition": 3', '"edition": 4'),
        lambda text: text.replace('"Un intérprete"', '"Nadie"'),
    ],
    ids=["words", "cut", "edition", "answer"],
)
def test_a_changed_file_is_no_witness(
    archive: Path, archived: Archived, spoil: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is read from it, and a build does not write beside it as if all were well."""
    path = archive / archived.file
    text = path.read_text(encoding="utf-8")
    assert spoil(text) != text
    path.write_text(spoil(text), encoding="utf-8")
    assert main(["card", "D2", "es", "--from", str(archive)]) == 1
    assert "bring the old file back" in capsys.readouterr().err
    with pytest.raises(ProblemsError, match=r"was changed after it was written|unknown key"):
        check_archive(archived, archive)


def test_a_newer_format_is_told_apart(archive: Path, archived: Archived, capsys: pytest.CaptureFixture[str]) -> None:
    """An old checkout does not call a newer archive broken."""
    path = archive / archived.file
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}), encoding="utf-8")
    assert main(["card", "D2", "--from", str(archive)]) == 1
    assert "is of format 2, this checkout reads 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("D2", "xx"), "holds no card D2·xx; there is none of this code and language"),
        (("D2·es·0000",), "holds no card D2·es·0000; there is D2·es·"),
        (("Z9",), "holds no card Z9; there is none of this code and language"),
    ],
)
def test_what_is_not_there_is_said(
    archive: Path, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what is near."""
    assert main(["card", *words, "--from", str(archive)]) == 1
    assert message in capsys.readouterr().err


def test_a_folder_without_archive_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another folder, or a mistyped one."""
    assert main(["card", "D2", "--from", str(tmp_path / "none")]) == 1
    assert "holds no archive; name the folder of `build --archive`" in capsys.readouterr().err
