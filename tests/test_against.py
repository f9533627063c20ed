"""A build beside the one that is online: what may take its place, what not, and what else an address can answer."""

import json
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.against import check_against, describe, load_online, shipped_of
from fieldguide.cli import main
from fieldguide.deployment import Deployment, load_deployment
from fieldguide.ingredients import Ingredients
from fieldguide.load import load_ingredients
from fieldguide.offline import FORMAT, build_offline
from fieldguide.online import LIMIT
from fieldguide.problems import Problem, ProblemsError
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.writer import write_site

from .conftest import FIXTURE, edit, fixture_ingredients
from .hosts import answering, folder, serving
from .sites import draft_start

PAY = "content/worker/pay.toml"


def built(root: Path = FIXTURE, **choices: object) -> Site:
    """The tiny guide with some choices of a deployment."""
    return build_site(fixture_ingredients(replace(Deployment(), **choices), root))


def problems(site: Site, place: str) -> list[Problem]:
    """What keeps a build from taking the place of what is online there."""
    return list(check_against(shipped_of(site), load_online(place, site), place))


def told(site: Site, place: str) -> str:
    """The line about a build that has no problems."""
    assert problems(site, place) == []
    return describe(shipped_of(site), load_online(place, site))


def refusal(site: Site, place: str, timeout: float = 20) -> str:
    """The one line that says why a place cannot be read."""
    with pytest.raises(ProblemsError) as error:
        load_online(place, site, timeout)
    (problem,) = error.value.problems
    assert problem.file.startswith(place)
    return str(problem)


@pytest.fixture
def dist(site: Site, tmp_path: Path) -> Path:
    """The folder that is online: edition 7 of the tiny guide."""
    write_site(site, {}, tmp_path / "dist")
    return tmp_path / "dist"


@pytest.fixture(params=["folder", "address"])
def online(request: pytest.FixtureRequest, dist: Path) -> Iterator[str]:
    """Edition 7 of the tiny guide, as a folder and as an address."""
    if request.param == "folder":
        yield str(dist)
        return
    with serving(folder(dist)) as address:
        yield address


def test_the_same_bytes(site: Site, online: str) -> None:
    """What is online already may go online again."""
    assert told(site, online) == "edition 7: nothing changed"


def test_other_bytes_under_the_same_edition(guide_copy: Path, online: str) -> None:
    """A forgotten edition is refused: the line names the pages that changed, and the edition to write."""
    edit(guide_copy / PAY, "Sam writes", "Sam notes")
    (problem,) = problems(built(guide_copy), online)
    assert str(problem) == (
        f"{online}: edition: 7 is online too, with other bytes; "
        "raise `edition` in the deployment file or site.toml to 8 "
        "(4 changed: /ar/w/money/, /en/w/money/, /fil/w/money/, /mam/w/money/)"
    )


def test_other_bytes_under_a_higher_edition(guide_copy: Path, online: str) -> None:
    """A release is good, and its line tells what comes and goes; the pages that show the edition change with it."""
    edit(guide_copy / PAY, "Sam writes", "Sam notes")
    (guide_copy / "content/worker/more.toml").write_text((guide_copy / PAY).read_text().replace('"money"', '"more"'))
    edit(guide_copy / "content/site.toml", '"pay"]', '"pay", "more"]')
    line = told(built(guide_copy, edition=8), online)
    assert line.startswith("edition 7 -> 8: ")
    assert "/en/w/money/" in line
    assert " 4 added: /ar/w/more/, /en/w/more/, /fil/w/more/, /mam/w/more/" in line


def test_a_lower_edition(guide_copy: Path, online: str) -> None:
    """Phones would refuse it, so it is refused here."""
    edit(guide_copy / PAY, "Sam writes", "Sam notes")
    (problem,) = problems(built(guide_copy, edition=6), online)
    assert "edition: 7 is online, phones refuse the lower 6; raise `edition`" in str(problem)
    assert " to 8 (" in str(problem)
    assert "/en/w/money/" in str(problem)


def test_an_edition_far_above(guide_copy: Path, online: str) -> None:
    """Phones take up to a thousand more than they have: who writes more is told before all of them refuse it."""
    built(guide_copy, edition=1007)
    assert problems(built(guide_copy, edition=1007), online) == []
    (problem,) = problems(built(guide_copy, edition=1008), online)
    assert str(problem) == (f"{online}: edition: 7 is online, phones refuse 1008, more than 1,000 above it; write 8")


@pytest.mark.parametrize("edition", ["1e300", "-1", "0", "1.5", "true", "2147483649"])
def test_what_is_online_says_no_edition(site: Site, dist: Path, edition: str) -> None:
    """Then nothing can be compared with it; the line says what phones take."""
    edit(dist / "_/edition.json", '"edition":7', f'"edition":{edition}')
    assert "no phone takes it; write one from 1 to 2,147,483,648" in refusal(site, str(dist))


def test_a_base_other_than_that_online(online: str) -> None:
    """A build for another path is another guide: nothing else is said of it."""
    (problem,) = problems(built(base="/guide/"), online)
    assert "base: '/' is online, this build is for '/guide/'; name its --deployment or --base" in str(problem)


def test_a_page_that_would_be_gone(guide_copy: Path, online: str) -> None:
    """People have noted the addresses of pages, so a higher edition does not excuse a page that goes."""
    edit(guide_copy / PAY, '"money"', '"wages"')
    (problem,) = problems(built(guide_copy, edition=8), online)
    assert "pages: would be gone: /ar/w/money/, /en/w/money/, /fil/w/money/, /mam/w/money/; " in str(problem)
    assert "keep them, or redirect them there" in str(problem)
    first, second = problems(built(guide_copy, edition=7), online)
    assert ("4 added: /ar/w/wages/" in str(first), second) == (True, problem)


def test_a_file_that_is_gone(site: Site, tmp_path: Path) -> None:
    """Nobody has noted the address of a script: the line of a release says that it is gone, and that is all."""
    ingredients = fixture_ingredients(replace(Deployment(), edition=8))
    assets = tuple(asset for asset in ingredients.assets if asset.url != "static/icons/icon.svg")
    write_site(site, {}, tmp_path / "dist")
    line = told(build_site(replace(ingredients, assets=assets)), str(tmp_path / "dist"))
    assert ", 1 gone: /static/icons/icon.svg" in line


def test_a_new_language(tmp_path: Path) -> None:
    """A pack that is not online yet is no fault of the host; its pages are added."""
    write_site(built(languages=("en", "fil")), {}, tmp_path / "two")
    with serving(folder(tmp_path / "two")) as address:
        line = told(built(edition=8), address)
    assert "/ar/, /ar/404.html, /ar/about/" in line
    assert " gone: " not in line


def test_languages_that_would_be_gone(real_site: Site, tmp_path: Path) -> None:
    """Pages of languages that we no longer have are looked for on the host; ten are named, the rest is counted."""
    ours = build_site(load_ingredients(Deployment(languages=("en", "es"), edition=1_000)))
    pages = {url for url, artifact in real_site.artifacts.items() if artifact.media_type.startswith("text/html")}
    paper = {url for url in pages if "/w/print/" in url}  # nobody noted their addresses: they were printed
    gone = sorted(pages - paper - ours.artifacts.keys())
    assert {"ar/w/numbers/", "ar/w/pay/", "mam/"} <= set(gone)
    write_site(real_site, {}, tmp_path / "dist")
    (problem,) = problems(ours, str(tmp_path / "dist"))
    named = ", ".join(f"/{url}" for url in gone[:10])
    assert f"pages: would be gone: {named} and {len(gone) - 10} more; " in str(problem)


def test_the_same_files_in_other_packs(site: Site, tmp_path: Path) -> None:
    """Phones would take other indexes, so this is a change too."""
    packs = tuple(reversed(site.packs))
    offline = {artifact.url: artifact for artifact in build_offline(packs, 7, site.base)}
    write_site(replace(site, artifacts={**site.artifacts, **offline}, packs=packs), {}, tmp_path / "dist")
    (problem,) = problems(site, str(tmp_path / "dist"))
    assert "with other bytes; " in str(problem)
    assert "(1 changed: /_/edition.json)" in str(problem)


@pytest.mark.parametrize("name", ["sw.js", "sw-off.js"])
def test_a_worker_script_is_compared(site: Site, dist: Path, name: str) -> None:
    """The scripts that answer kept pages are in no pack; a change of one is a change."""
    (dist / name).write_bytes((dist / name).read_bytes() + b"\n")
    (problem,) = problems(site, str(dist))
    assert f"(1 changed: /{name})" in str(problem)
    (dist / name).unlink()
    (problem,) = problems(site, str(dist))
    assert f"(1 added: /{name})" in str(problem)


def test_only_what_tells_is_fetched(site: Site, dist: Path) -> None:
    """An equal build costs three requests; another one its indexes, and no page or part."""
    asked: list[str] = []
    with serving(folder(dist, asked)) as address:
        load_online(address, site)
        assert asked == ["/_/edition.json", "/sw.js", "/sw-off.js"]
        asked.clear()
        load_online(address, built(edition=8))
    assert {f"/_/{pack.name}.json" for pack in site.packs} < set(asked)
    assert all(path.endswith((".json", "/sw.js", "/sw-off.js")) for path in asked)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_deeper_base(tmp_path: Path, slash: str) -> None:
    """The guide under a path, with and without the slash at the end."""
    site = built(base="/help/guide/")
    write_site(site, {}, tmp_path / "help" / "guide")
    with serving(folder(tmp_path)) as address:
        assert told(site, f"{address}help/guide{slash}") == "edition 7: nothing changed"
        later = built(base="/help/guide/", edition=8)
        assert "/help/guide/en/ready/" in told(later, f"{address}help/guide{slash}")


def test_an_older_format_is_read(site: Site, dist: Path) -> None:
    """The first release of a new format is compared to the last of the old one."""
    edit(dist / "_/edition.json", f'"format":{FORMAT}', '"format":1')
    assert told(site, str(dist)) == "edition 7: nothing changed"


def test_a_newer_format(site: Site, dist: Path) -> None:
    """An old checkout must not replace what a newer one wrote."""
    edit(dist / "_/edition.json", f'"format":{FORMAT}', f'"format":{FORMAT + 1}')
    expected = f"{dist}/_/edition.json: is of format {FORMAT + 1}, this checkout writes {FORMAT}; release from a newer "
    assert refusal(site, str(dist)).startswith(expected)


def test_two_builds_at_once(guide_copy: Path, site: Site, dist: Path) -> None:
    """A host in the middle of an upload cannot be compared to: half of it would be taken for changes."""
    edit(guide_copy / PAY, "Sam writes", "Sam notes")
    later = built(guide_copy)
    (dist / "_/edition.json").write_bytes(later.artifacts["_/edition.json"].body)
    assert f"{dist}/_/core.json: is of another build than edition.json beside it; finish" in refusal(site, str(dist))


PORTAL = b"<!doctype html><title>Welcome to our Wi-Fi</title>"
STRANGE = [PORTAL, b"", b"\xff", b"[" * 100_000, b"null", b"[]", b'{"error": "log in"}', b'{"format": "2"}']


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_something_else_answers(site: Site, body: bytes) -> None:
    """A portal, a login, another site: none is taken for a guide, each is told with its address."""
    with serving(answering(body=body)) as address:
        expected = f"{address}_/edition.json: is not of this guide; something else answers, such as a login page: name "
        assert refusal(site, address).startswith(expected)


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_something_else_answers_for_an_index(dist: Path, body: bytes) -> None:
    """The same for each index."""
    (dist / "_/text.en.json").write_bytes(body)
    assert f"{dist}/_/text.en.json: is not of this guide" in refusal(built(edition=8), str(dist))


HALF = [
    {"build": None},
    {"types": {}},
    {"files": 1},
    {"files": [1]},
    {"files": [["en/"]]},
    {"files": [["en/", "hash", 1, "0"]]},
    {"types": []},
]


@pytest.mark.parametrize("change", HALF, ids=str)
def test_an_index_that_only_looks_like_one(site: Site, dist: Path, change: dict[str, object]) -> None:
    """What is not wholly an index of files is not compared at all."""
    index = json.loads((dist / "_/text.en.json").read_text())
    (dist / "_/text.en.json").write_text(json.dumps({**index, **change}))
    assert f"{dist}/_/text.en.json: is not of this guide" in refusal(built(edition=8), str(dist))


def test_an_address_with_control_characters_is_harmless(site: Site, dist: Path) -> None:
    """What a stranger calls a page is printed in a way that no terminal obeys."""
    index = json.loads((dist / "_/text.en.json").read_text())
    index["files"].append(["en/\x1b[2J\ud800/", "x" * 22, 1, 0])
    (dist / "_/text.en.json").write_text(json.dumps(index))
    (problem,) = problems(built(edition=8), str(dist))
    assert "/en/%1B%5B2J%3F/" in str(problem)


def test_an_answer_without_end(site: Site) -> None:
    """Reading stops at a limit, also of what begins like a guide."""
    with serving(answering(body=site.artifacts["_/edition.json"].body + b" " * LIMIT)) as address:
        assert "is not of this guide" in refusal(site, address)


def test_nothing_is_there(site: Site, tmp_path: Path) -> None:
    """An empty folder, none, a file, an empty host: the line says what to name instead."""
    (tmp_path / "file").touch()
    for place in (str(tmp_path), str(tmp_path / "none"), str(tmp_path / "file"), "ftp://guide.example.org"):
        assert "/_/edition.json: is not there; name the root of the guide that is online" in refusal(site, place)
    with serving(folder(tmp_path)) as address:
        assert f"{address}_/edition.json: is not there; " in refusal(site, address)


def test_no_core_is_there(dist: Path) -> None:
    """Every guide has a core; an edition file without one is no guide."""
    (dist / "_/core.json").unlink()
    assert f"{dist}/_/core.json: is not there; " in refusal(built(edition=8), str(dist))


def test_the_host_is_gone(site: Site) -> None:
    """No connection is told as such; a folder will do instead."""
    with serving(answering()) as address:
        pass
    line = refusal(site, address)
    assert "Connection refused; mend that, or name the folder that was put online" in line


def test_the_host_is_silent(site: Site) -> None:
    """A host that takes the call and says nothing does not hold the command for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert "cannot be read: timed out; mend that" in refusal(site, address, timeout=0.1)


def test_the_answer_is_cut(site: Site) -> None:
    """Half an answer is never compared."""
    with serving(answering(body=b"{}", **{"Content-Length": "1000"})) as address:
        assert "cannot be read: IncompleteRead(2 bytes read, 998 more expected); mend" in refusal(site, address)


def test_no_tls(site: Site) -> None:
    """An address whose TLS is not sound is not read."""
    with serving(answering()) as address:
        secure = address.replace("http:", "https:")
        assert "SSL" in refusal(site, secure, timeout=2)


@pytest.mark.parametrize("place", ["http://", "https://[::1", "http://127.0.0.1:port/", "http://a b/", "http://é..x/"])
def test_an_address_that_is_none(site: Site, place: str) -> None:
    """A mistyped address is told like one that does not answer."""
    with pytest.raises(ProblemsError, match=r"cannot be read: .+; mend that"):
        load_online(place, site)


@pytest.mark.parametrize(
    "there", ["https://portal.example.org/login", "file:///etc/passwd", "ftp://example.org/", "/x"]
)
def test_a_redirect_is_named_and_not_followed(site: Site, there: str) -> None:
    """It could lead to anybody, and phones follow none: a person decides."""
    with serving(answering(302, Location=there)) as address:
        assert refusal(site, address) == (
            f"{address}_/edition.json: answers 302: leads to {there!r}; name that root if it is the guide's"
        )


def test_the_host_is_broken(site: Site) -> None:
    """Any other status is told."""
    with serving(answering(503)) as address:
        assert "_/edition.json: answers 503: mend the host, or name a folder" in refusal(site, address)


def test_the_command(
    guide_copy: Path, dist: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """``check --against`` ends in 0 with a line about what is new, or in 1 with the problems; the folder stays."""

    def load(deployment_file: Path | None = None, base: str | None = None) -> Ingredients:
        deployment = load_deployment(deployment_file)
        return fixture_ingredients(deployment if base is None else replace(deployment, base=base), guide_copy)

    monkeypatch.setattr("fieldguide.build.load_deployed", load)
    draft_start(guide_copy)
    write_site(built(guide_copy), {}, dist)
    before = shutil.copytree(dist, tmp_path / "before")
    assert main(["check", "--against", str(dist)]) == 0
    assert capsys.readouterr().out.startswith("edition 7: nothing changed\ngood: ")
    edit(guide_copy / PAY, "Sam writes", "Sam notes")
    assert main(["check", "--against", str(dist)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert f"{dist}: edition: 7 is online too, with other bytes; raise `edition`" in done.err
    assert "1 problem(s). Nothing was written." in done.err
    edit(guide_copy / "content/site.toml", "edition = 7", "edition = 8")
    assert main(["check", "--against", f"{dist}/"]) == 0
    assert capsys.readouterr().out.startswith("edition 7 -> 8: ")
    assert main(["check", "--against", str(dist), "--base", "/guide/"]) == 1
    assert "this build is for '/guide/'" in capsys.readouterr().err
    files = {path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()}
    assert files == {path.relative_to(dist): path.read_bytes() for path in dist.rglob("*") if path.is_file()}
