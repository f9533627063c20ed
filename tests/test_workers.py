"""The workers' side alone: what is on its domain, and what leads there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.cli import main
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.problems import ProblemsError
from fieldguide.site import render_site
from fieldguide.snapshot import Site
from fieldguide.workers import workers_alone

from .prints import sheets

ORIGIN = "https://pages.example.net"


@pytest.fixture(scope="module")
def alone() -> Site:
    """The real guide's workers' side in two languages."""
    chosen = Deployment(languages=("en", "es"), base="/guide/", opens="officer", worker_origin=ORIGIN)
    return render_site(workers_alone(load_ingredients(chosen)))


def test_no_page_is_for_officers_or_neighbors(alone: Site) -> None:
    """No address of theirs, no cards, no sheet for paper, and no pack of theirs to keep."""
    assert alone.base == "/"
    assert {"", "en/", "es/w/pay/", "en/about/", "en/ready/"} <= alone.artifacts.keys()
    theirs = re.compile(r"[^/]+/(o|n|cards|w/print)/|_/(officer|cards)\b|static/css/print")
    assert [url for url in alone.artifacts if theirs.match(url)] == []
    assert [pack.name for pack in alone.packs] == ["core", "text.en", "text.es"]


def test_no_page_says_that_there_is_another_side(alone: Site, real_site: Site) -> None:
    """The door for professionals is on the whole guide's first pages and on none here."""
    door = re.compile(r'href="[^"]*\b[on]/"|professional|profesional')
    assert door.search(real_site.artifacts["es/"].body.decode())
    for artifact in alone:
        if artifact.media_type.startswith("text/html"):
            assert not door.search(artifact.body.decode().partition("<main")[2]), artifact.url


def test_a_wallet_card_carries_the_address_of_the_workers_domain() -> None:
    """A worker's card leads to the neutral name, an officer's to the agency's."""
    both = sheets(("en", "es"), origin="https://guide.example.org", worker_origin=ORIGIN)
    assert "pages.example.net/es/" in both.artifacts["es/w/print/heat/"].body.decode()
    assert "guide.example.org" not in both.artifacts["es/w/print/heat/"].body.decode()
    assert "guide.example.org" in both.artifacts["en/o/print/pocket/"].body.decode()


def test_the_build_writes_both(
    tmp_path: Path, ingredients: Ingredients, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workers' folder lies beside the whole one, with its compressed files, and is said."""
    found = replace(ingredients, deployment=replace(ingredients.deployment, worker_origin=ORIGIN))
    monkeypatch.setattr("fieldguide.build.load_deployed", lambda *_: found)
    assert main(["build", "--out", str(tmp_path / "dist")]) == 0
    assert (tmp_path / "dist" / "en" / "o" / "index.html").is_file()
    beside = tmp_path / "dist-workers"
    assert (beside / "en" / "index.html.br").is_file()
    assert not (beside / "en" / "o").exists()
    assert "dist-workers" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["pages.example.net", "https://pages.example.net/x/", "https://guide.example.org"])
def test_what_is_no_second_domain_is_refused(tmp_path: Path, value: str) -> None:
    """No origin, a path, or the one that the whole guide has."""
    path = tmp_path / "deployment.toml"
    path.write_text(f'origin = "https://guide.example.org"\nworker_origin = "{value}"\n', encoding="utf-8")
    with pytest.raises(ProblemsError, match="worker_origin: "):
        load_deployment(path)
