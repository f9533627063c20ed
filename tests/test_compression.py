"""Compressed variants are kept by content hash, and never trusted unread."""

import gzip
from pathlib import Path

import brotli

from fieldguide.artifact import Artifact
from fieldguide.compression import iter_variants

BODY = Artifact("a/", b"the same words " * 50, "text/html; charset=utf-8")


def test_variants_unpack_to_the_body(tmp_path: Path) -> None:
    """Both codings hold the same bytes, and are kept under the body's hash."""
    (variants,) = iter_variants([BODY], tmp_path)
    assert brotli.decompress(variants.codings["br"]) == BODY.body
    assert gzip.decompress(variants.codings["gzip"]) == BODY.body
    assert {path.name for path in tmp_path.iterdir()} == {f"{BODY.revision}.br", f"{BODY.revision}.gz"}


def test_what_was_kept_is_used_again(tmp_path: Path) -> None:
    """A kept variant that unpacks to the body is taken as it is: another, valid, coding of it shows that."""
    (tmp_path / f"{BODY.revision}.br").write_bytes(brotli.compress(BODY.body, quality=1))
    (variants,) = iter_variants([BODY], tmp_path)
    assert variants.codings["br"] == brotli.compress(BODY.body, quality=1)


def test_a_damaged_or_foreign_file_of_the_cache_is_made_anew(tmp_path: Path) -> None:
    """Wrong bytes in the cache never reach a phone."""
    (tmp_path / f"{BODY.revision}.br").write_bytes(b"damaged")
    (tmp_path / f"{BODY.revision}.gz").write_bytes(gzip.compress(b"another body"))
    (variants,) = iter_variants([BODY], tmp_path)
    assert brotli.decompress(variants.codings["br"]) == BODY.body
    assert gzip.decompress(variants.codings["gzip"]) == BODY.body


def test_media_and_tiny_bodies_are_left_as_they_are() -> None:
    """A picture is compressed by nature; a coding that is longer than the body is left out."""
    picture = Artifact("i.png", b"\x89PNG" * 50, "image/png")
    tiny = Artifact("t/", b"x", "text/html; charset=utf-8")
    (variants,) = iter_variants([picture, tiny], None)
    assert (variants.revision, variants.codings) == (tiny.revision, {})


def test_a_disk_that_keeps_nothing_stops_nothing(tmp_path: Path) -> None:
    """Where the cache cannot be written, as in an image that may only be read, variants are made all the same."""
    (tmp_path / "file").write_bytes(b"")
    (variants,) = iter_variants([BODY], tmp_path / "file" / "cache")
    assert brotli.decompress(variants.codings["br"]) == BODY.body
