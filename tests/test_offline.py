"""What phones take: edition file, indexes, parts, manifests, worker scripts."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from fieldguide.artifact import integrity_of, revision_of
from fieldguide.deployment import Deployment
from fieldguide.fold import unfold
from fieldguide.print_sheets import STYLES
from fieldguide.site import build_site, render_site
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST

from .conftest import edit, fixture_ingredients


def read(site: Site, url: str) -> dict:
    return json.loads(site.artifacts[url].body)


def test_the_edition_file_is_small_and_names_the_build(site: Site) -> None:
    """A phone asks for it once a day, also on a paid connection: under 200 bytes."""
    edition = read(site, "_/edition.json")
    assert len(site.artifacts["_/edition.json"].body) < 200
    assert (edition["format"], edition["edition"], edition["base"]) == (2, 7, "/")
    assert edition["build"] == read(site, "_/core.json")["build"] == read(site, "_/text.ar.json")["build"]


def test_an_index_carries_the_day_of_its_release(guide_copy: Path) -> None:
    """As a person wrote it beside the edition, no day of a build; another day is another build."""
    edit(guide_copy / "content/site.toml", "edition = 7", "edition = 7\nreleased_on = 2026-11-27")
    ingredients = fixture_ingredients(root=guide_copy)
    first, again = render_site(ingredients), render_site(ingredients)
    assert first.artifacts == again.artifacts
    assert read(first, "_/core.json")["released"] == read(first, "_/text.ar.json")["released"] == "2026-11-27"
    later = replace(ingredients, deployment=replace(ingredients.deployment, released_on=date(2027, 1, 15)))
    assert read(render_site(later), "_/core.json")["released"] == "2027-01-15"
    assert read(render_site(later), "_/edition.json")["build"] != read(first, "_/edition.json")["build"]


def test_the_day_of_another_edition_is_not_taken(guide_copy: Path) -> None:
    """A copy that numbers its own releases says their days; that of the guide's own is not theirs."""
    edit(guide_copy / "content/site.toml", "edition = 7", "edition = 7\nreleased_on = 2026-11-27")
    ingredients = fixture_ingredients(Deployment(edition=12), root=guide_copy)
    assert read(render_site(ingredients), "_/core.json")["released"] is None


def test_every_part_unfolds_to_the_bodies_of_its_files(real_site: Site) -> None:
    """With the help page and the files before it, a part gives exactly the bytes that the server sends for each URL."""
    for pack in real_site.packs:
        index = read(real_site, f"_/{pack.name}.json")
        files = iter(index["files"])
        base = pack.base.body if pack.base else b""
        assert index["fold"] == (None if pack.name == "core" else revision_of(base) if base else "")
        known = base
        for revision, size, packed, count in index["parts"]:
            body = real_site.artifacts[f"_/{revision}.txt"].body
            assert (revision_of(body), len(body)) == (revision, size)
            assert 0 < packed < size
            body = body if index["fold"] is None else unfold(body, known)
            for url, hash_, length, kind in (next(files) for _ in range(count)):
                artifact = real_site.artifacts[url]
                assert body[:length] == artifact.body
                assert (hash_, index["types"][kind]) == (artifact.revision, artifact.media_type)
                body = body[length:]
                known += artifact.body
            assert body == b""
        assert next(files, None) is None
        if len(index["parts"]) > 1:
            whole = real_site.artifacts[f"_/{index['whole'][0]}.txt"].body
            whole = whole if index["fold"] is None else unfold(whole, base)
            assert whole == b"".join(file.body for file in pack.files)
        else:
            assert index["whole"] is None


def test_the_base_of_a_pack_is_in_core(real_site: Site) -> None:
    """A text pack is folded against its language's page of numbers, which a phone keeps before it."""
    core = {file.url: file.revision for file in real_site.packs[0].files}
    for pack in real_site.packs:
        if pack.name in ("core", "cards"):
            continue
        tag = pack.name.partition(".")[2]
        assert read(real_site, f"_/{pack.name}.json")["fold"] == core[f"{tag}/w/numbers/"]


def test_packs_hold_every_page_and_asset_once(real_site: Site) -> None:
    """Core and the text packs together are everything that a page can show; the help pages travel in core."""
    kept = [file.url for pack in real_site.packs for file in pack.files]
    shown = {url for url, a in real_site.artifacts.items() if a.media_type.startswith("text/html")}
    shown |= {url for url in real_site.artifacts if url.startswith("static/") or url.endswith("/o/cards.js")}
    paper = {url for url in shown if "/print/" in url and not url.endswith("/o/print/")} | {STYLES}
    assert sorted(kept) == sorted(shown - paper)  # sheets for paper are for a desk with a printer
    core = {file.url for file in real_site.packs[0].files}
    assert {"", "404.html", "en/w/numbers/", "es/w/numbers/", "static/js/app.js", "static/css/guide.css"} <= core
    assert "es/" not in core


def test_parts_pass_a_link_that_is_cut_every_25_kb(real_site: Site) -> None:
    """About 17 KB compressed, by an estimate that is a tenth too high; only a single large page may be more."""
    for pack in real_site.packs:
        index = read(real_site, f"_/{pack.name}.json")
        assert all(packed < 21_000 or count == 1 for _, _, packed, count in index["parts"][:-1]), pack.name


def test_a_changed_script_changes_what_pages_say_of_its_bytes_and_nothing_else() -> None:
    """It stays at its address; every page names its hash, and the version of its address."""
    ingredients = fixture_ingredients()
    before = build_site(ingredients)
    assets = tuple(
        replace(asset, body=asset.body + b"\n// new\n") if asset.url == "static/js/app.js" else asset
        for asset in ingredients.assets
    )
    after = build_site(replace(ingredients, assets=assets))
    changed = {url for url, a in after.artifacts.items() if a != before.artifacts.get(url)}
    pages = {a.url for a in after if a.media_type.startswith("text/html")}
    indexes = {
        "_/edition.json",
        *(f"_/{pack.name}.json" for pack in after.packs if pages & {a.url for a in pack.files}),
    }
    parts = {url for url in changed if url.endswith(".txt")}
    sheets = {url for url in pages if "/print/" in url}
    assert changed >= {"static/js/app.js", FILE_LIST} | pages - sheets | indexes
    assert changed <= {"static/js/app.js", FILE_LIST} | pages | indexes | parts
    hashes = [integrity_of(site.artifacts["static/js/app.js"].body).encode() for site in (before, after)]
    for url in pages:
        new = after.artifacts[url].body
        for old, now in zip(*((found, found[7:29]) for found in hashes), strict=True):
            new = new.replace(now, old)
        assert new == before.artifacts[url].body


def test_a_changed_page_changes_the_build_and_its_own_pack(guide_copy: Path) -> None:
    """Other packs keep their parts; only the build that stands in their index is new."""
    before = build_site(fixture_ingredients(root=guide_copy))
    edit(guide_copy / "content/worker/pay.toml", "Sam writes", "Sam notes")
    after = build_site(fixture_ingredients(root=guide_copy))
    old, new = read(before, "_/core.json"), read(after, "_/core.json")
    assert old["build"] != new["build"]
    assert (old["files"], old["parts"]) == (new["files"], new["parts"])
    assert read(before, "_/text.en.json")["files"] != read(after, "_/text.en.json")["files"]


def test_an_edition_of_the_deployment_wins() -> None:
    """An agency may raise its own edition."""
    site = build_site(fixture_ingredients(replace(Deployment(), edition=9)))
    assert read(site, "_/edition.json")["edition"] == read(site, "_/core.json")["edition"] == 9


def test_manifests_are_one_app_in_many_languages() -> None:
    """Same id, scope, names and icons; own language, direction and start; the start is the side it was kept from."""
    site = build_site(fixture_ingredients(replace(Deployment(), base="/guide/", name="Plain Name")))
    urls = [url for url in site.artifacts if url.endswith(".webmanifest")]
    assert sorted(urls) == sorted(
        [f"{tag}/app.webmanifest" for tag in ("en", "ar", "mam", "fil")]
        + [f"{tag}/o/app.webmanifest" for tag in ("en", "ar")]
    )
    manifests = {url: read(site, url) for url in urls}
    for manifest in manifests.values():
        assert (manifest["id"], manifest["scope"], manifest["short_name"]) == ("/guide/", "/guide/", "Plain Name")
        for icon in manifest["icons"]:
            assert icon["src"].removeprefix("/guide/") in site.artifacts
    assert manifests["ar/app.webmanifest"]["dir"] == "rtl"
    assert manifests["ar/app.webmanifest"]["start_url"] == "/guide/ar/"
    assert manifests["ar/o/app.webmanifest"]["start_url"] == "/guide/ar/o/"
    assert manifests["mam/app.webmanifest"]["lang"] == "mam"


def test_only_officers_pages_link_their_manifest(site: Site) -> None:
    """A browser offers no installation on a worker's page before the person has kept the guide."""
    for url, artifact in site.artifacts.items():
        if artifact.media_type.startswith("text/html"):
            linked = b'rel="manifest"' in artifact.body
            assert linked == ("/o/" in url), url


def test_worker_scripts_carry_base_and_headers() -> None:
    """The worker script answers under the base path, with the headers of the server."""
    site = build_site(fixture_ingredients(replace(Deployment(), base="/guide/")))
    for name in ("sw.js", "sw-off.js"):
        script = site.artifacts[name].body.decode()
        assert script.startswith('const BASE = "/guide/";\nconst HELP = "404.html";\n')
        assert '\nconst HEADERS = {"Content-Security-Policy": ' in script
