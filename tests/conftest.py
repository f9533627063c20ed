"""Fixtures that every test file may use: the tiny guide, the real guide, and sites built from them."""

from pathlib import Path

import pytest

from fieldguide.deployment import Deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.site import build_site
from fieldguide.snapshot import Site

from .verbs import work_on

ROOT = Path(__file__).parent.parent
FIXTURE = Path(__file__).parent / "fixtures" / "guide"


def fixture_ingredients(deployment: Deployment | None = None, root: Path = FIXTURE) -> Ingredients:
    """The tiny guide: English, Arabic, Mam (unknown to Babel), Filipino."""
    return load_ingredients(deployment or Deployment(), root / "content", root / "translations")


@pytest.fixture(scope="session")
def ingredients() -> Ingredients:
    return fixture_ingredients()


@pytest.fixture(scope="session")
def site(ingredients: Ingredients) -> Site:
    return build_site(ingredients)


@pytest.fixture(scope="session")
def real_site() -> Site:
    return build_site(load_ingredients(Deployment()))


@pytest.fixture
def guide_copy(tmp_path: Path) -> Path:
    """A copy of the tiny guide that a test may break."""
    import shutil

    copy = tmp_path / "guide"
    shutil.copytree(FIXTURE, copy)
    return copy


@pytest.fixture
def folder(guide_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The translations of a copy of the tiny guide, on which ``translations`` works."""
    return work_on(guide_copy, monkeypatch)


@pytest.fixture
def content(folder: Path) -> Path:
    """The content beside them."""
    return folder.parent / "content"


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first ``old`` of a file, and make sure that it was there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
