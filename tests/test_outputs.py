"""One snapshot, two outputs: what Flask serves and what the writer writes are the same bytes, for every URL."""

import gzip
import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from fieldguide.compression import iter_variants
from fieldguide.deployment import Deployment
from fieldguide.site import build_site
from fieldguide.urls import file_name
from fieldguide.web import application
from fieldguide.writer import write_site

from .conftest import ROOT, fixture_ingredients


@pytest.mark.parametrize("base", ["/", "/guide/"])
def test_flask_and_the_folder_give_the_bytes_of_the_site(base: str, tmp_path: Path) -> None:
    """For every URL: Flask's body = the site's = the file's, plain and in both codings."""
    site = build_site(fixture_ingredients(replace(Deployment(), base=base)))
    variants = {found.revision: found for found in iter_variants(site, None)}
    write_site(site, variants, tmp_path / "dist")
    app = application(site, cache=None)
    assert app.extensions["field_guide"].compressed.wait(60)
    client = app.test_client()
    for artifact in site:
        address = site.base + artifact.url
        status = 404 if artifact.url.endswith("404.html") else 200
        plain = client.get(address)
        assert plain.status_code in (200, status), address
        assert plain.data == artifact.body == (tmp_path / "dist" / file_name(artifact.url)).read_bytes(), address
        assert plain.content_type == artifact.media_type
        for coding, suffix, unpack in (("br", ".br", brotli.decompress), ("gzip", ".gz", gzip.decompress)):
            file = tmp_path / "dist" / (file_name(artifact.url) + suffix)
            answer = client.get(address, headers={"Accept-Encoding": coding})
            if file.exists():
                assert answer.headers["Content-Encoding"] == coding
                assert answer.data == file.read_bytes()
                assert unpack(answer.data) == artifact.body
            else:
                assert "Content-Encoding" not in answer.headers


def tree_hash(folder: Path) -> str:
    """One hash of every name, mode and byte below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_mode:o}\n".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


TINY = """
import sys
from pathlib import Path
from fieldguide.compression import iter_variants
from fieldguide.site import build_site
from fieldguide.writer import write_site
from tests.conftest import fixture_ingredients
site = build_site(fixture_ingredients())
out = Path(sys.argv[sys.argv.index("--out") + 1])
write_site(site, {found.revision: found for found in iter_variants(site, None)}, out)
"""
COMMANDS = {"tiny": ["-c", TINY], "shipped": [str(ROOT / "build_pwa.py"), "build"]}


@pytest.mark.parametrize("guide", ["tiny", pytest.param("shipped", marks=pytest.mark.full)])
def test_same_input_same_bytes(tmp_path: Path, guide: str) -> None:
    """Two builds under other hash seeds, zones, locales, folders and umasks give one tree hash."""
    hashes = set()
    command = [sys.executable, *COMMANDS[guide]]
    for number, (seed, zone, locale, mask) in enumerate(
        [("1", "UTC", "C", 0o022), ("77", "Asia/Tokyo", "C.UTF-8", 0o077)]
    ):
        folder = tmp_path / f"work{number}"
        folder.mkdir()
        out = folder / "dist"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [*command, "--out", str(out)],
            cwd=folder,
            env=environment,
            umask=mask,
            check=True,
            capture_output=True,
        )
        hashes.add(tree_hash(out))
    assert len(hashes) == 1
