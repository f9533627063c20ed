"""A deployment's own picture: what is taken, what is refused, and where it goes."""

import json
import struct
import zlib
from pathlib import Path

import pytest

from fieldguide.deployment import load_deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.problems import ProblemsError
from fieldguide.site import build_site

from .conftest import FIXTURE


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 512, height: int = 512, extra: int = 0) -> bytes:
    """A grey picture, made larger by a comment."""
    rows = (b"\0" + b"\x80" * width) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    comment = chunk(b"tEXt", b"a\0" + b"x" * extra) if extra else b""
    return b"\x89PNG\r\n\x1a\n" + head + comment + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def laid(tmp_path: Path, body: bytes | None) -> Ingredients:
    """The tiny guide with a deployment's picture."""
    path = tmp_path / "deployment.toml"
    path.write_text('icon = "own.png"\nlanguages = ["en"]\nbase = "/g/"\n', encoding="utf-8")
    if body is not None:
        (tmp_path / "own.png").write_bytes(body)
    return load_ingredients(load_deployment(path), FIXTURE / "content", FIXTURE / "translations", folder=tmp_path)


def test_one_picture_takes_the_place_of_all(tmp_path: Path) -> None:
    """Pages and manifests name it, in its size, and none of the guide's own is left; every phone keeps it."""
    body = png()
    site = build_site(laid(tmp_path, body))
    icons = [artifact for url, artifact in site.artifacts.items() if url.startswith("static/icons/icon")]
    assert [(icon.url, icon.body) for icon in icons] == [("static/icons/icon-512.png", body)]
    named = [{"src": "/g/static/icons/icon-512.png", "sizes": "512x512", "type": "image/png"}]
    assert json.loads(site.artifacts["en/app.webmanifest"].body)["icons"] == named
    page = site.artifacts["en/o/"].body.decode()
    assert '<link rel="icon" href="../../static/icons/icon-512.png" type="image/png">' in page
    assert "icon.svg" not in page
    assert icons[0] in site.packs[0].files


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, "cannot be read (No such file or directory); put it where the key icon of the deployment says"),
        (b"<svg/>", "is no whole PNG; save the picture as PNG"),
        (png()[:-1], "is no whole PNG"),
        (png(512, 500), "is 512 x 500 pixels; save it as 512 x 512"),
        (png(extra=60_000), "bytes; save it with fewer colours, in at most 60,000"),
    ],
    ids=["missing", "no PNG", "cut", "wrong size", "too large"],
)
def test_a_picture_that_no_phone_could_use_is_refused(tmp_path: Path, body: bytes | None, message: str) -> None:
    """With the file and what mends it, before anything is built."""
    with pytest.raises(ProblemsError) as caught:
        laid(tmp_path, body)
    (problem,) = caught.value.problems
    assert problem.file == "own.png"
    assert message in problem.message
