"""What is online beside its file list: every kind of difference is found, in a folder and on a host."""

import gzip
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from werkzeug.serving import make_server

from fieldguide import verify as verifying
from fieldguide.cli import main
from fieldguide.compression import iter_variants, unpack
from fieldguide.deployment import Deployment
from fieldguide.filelist import NotAListError, read_file_list
from fieldguide.headers import SECURITY_HEADERS
from fieldguide.signing import create_key, load_private, signed
from fieldguide.site import build_site
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST, SIGNATURE, file_name
from fieldguide.web import application
from fieldguide.writer import write_site

from .conftest import fixture_ingredients
from .hosts import SOON, answering, folder, hosting, serving

PAGE = "en/w/money/"
MUCH = 5_000_000


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two pairs of keys: ours, and another."""
    root = tmp_path_factory.mktemp("keys")
    for name in ("ours", "other"):
        (root / f"{name}.pub").write_text(create_key(root / name))
    return root


@pytest.fixture(scope="module")
def release(site: Site, keys: Path) -> Site:
    """The tiny guide, edition 7, signed with our key."""
    return signed(site, load_private(keys / "ours"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where compressed bodies are kept, so that each is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def written(release: Site, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release, with its compressed files; tests change copies."""
    out = tmp_path_factory.mktemp("written") / "dist"
    write_site(release, {found.revision: found for found in iter_variants(release, cache)}, out)
    return out


@pytest.fixture
def dist(written: Path, tmp_path: Path) -> Path:
    """A copy of the release that a test may spoil."""
    return shutil.copytree(written, tmp_path / "dist")


@pytest.fixture(params=["folder", "address"])
def place(request: pytest.FixtureRequest, release: Site, dist: Path) -> Iterator[str]:
    """The release, as a folder and as the address of a good host."""
    if request.param == "folder":
        yield f"{dist}/"
        return
    with serving(hosting(release, dist)) as address:
        yield address


class Verify:
    """Runs the command."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def good(self, place: str, *options: object) -> str:
        """What is printed where nothing is wrong."""
        code = main(["verify", place, *map(str, options)])
        done = self.capsys.readouterr()
        assert (code, done.err) == (0, "")
        return done.out

    def problems(self, place: str, *options: object) -> list[str]:
        """The problems, without the place they begin with; the exit code is 1."""
        assert main(["verify", place, *map(str, options)]) == 1
        done = self.capsys.readouterr()
        *lines, last = done.err.splitlines()
        assert (done.out, last) == ("", f"{len(lines)} problem(s). Nothing was written.")
        assert all(line.startswith(place.rstrip("/")) for line in lines)
        return [line.removeprefix(place.rstrip("/")).lstrip("/").removeprefix(": ") for line in lines]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    return Verify(capsys)


def test_the_list_names_every_file(site: Site) -> None:
    """All that users can fetch but the list itself: sorted, with size, whole SHA-256, type and caching."""
    body = site.artifacts[FILE_LIST].body
    found = read_file_list(body)
    assert [file.url for file in found.files] == sorted(site.artifacts.keys() - {FILE_LIST})
    for file in found.files:
        artifact = site.artifacts[file.url]
        assert (file.size, file.sha256) == (len(artifact.body), sha256(artifact.body).hexdigest())
        assert (file.type, file.caching) == (artifact.media_type, artifact.caching)
    told = json.loads(site.artifacts["_/edition.json"].body)
    assert (
        (found.edition, found.build, found.base) == (7, told["build"], "/") == (told["edition"], found.build, site.base)
    )
    assert [file.url for file in found.for_host] == ["_headers"]
    assert len(body.splitlines()) == len(found.files) + len(found.for_host) + 2


def test_the_list_is_the_same_each_time(site: Site) -> None:
    """Equal input gives equal bytes, so a list can be compared without any signature."""
    assert build_site(fixture_ingredients()).artifacts[FILE_LIST] == site.artifacts[FILE_LIST]


def test_a_good_release(verify: Verify, place: str, release: Site, keys: Path) -> None:
    """The line says what was compared and whose it is; for a host it says too what nobody can know."""
    count = len(release.artifacts) - 2
    line = verify.good(place, "--key", keys / "ours.pub", "--edition", 7)
    assert line.startswith(f"good: {count} files of edition 7, signed with this key\n")
    assert ("A host shows only what it is asked for" in line) is place.startswith("http")
    assert "signature not checked, since no --key was named" in verify.good(place)


@pytest.mark.parametrize("base", ["/", "/guide/"])
def test_our_own_server_is_good(verify: Verify, base: str, cache: Path) -> None:
    """What Flask serves passes, compressed and plain, also below a path and with a file that clears the origin."""
    site = build_site(fixture_ingredients(replace(Deployment(), base=base, own_origin=True)))
    with flask(site, cache) as address:
        assert verify.good(f"{address}{base}").startswith("good: ")


@contextmanager
def flask(site: Site, cache: Path, **options: object) -> Iterator[str]:
    """Our own server, once it answers compressed; gives its address without a slash."""
    app = application(site, cache=cache)
    assert app.extensions["field_guide"].compressed.wait(60)
    server = make_server("127.0.0.1", 0, app, threaded=True, **options)
    thread = threading.Thread(target=server.serve_forever, args=(SOON,))
    thread.start()
    try:
        yield f"http{'s' if options else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that is trusted here, and its key."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    command += " -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    return str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")


def test_over_tls(verify: Verify, release: Site, dist: Path, cache: Path, trusted: tuple[str, str]) -> None:
    """Our own server passes; a host that forgets Strict-Transport-Security is told of it, over TLS only."""
    with flask(release, cache, ssl_context=trusted) as address:
        assert verify.good(address).startswith("good: ")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*trusted)
    with serving(hosting(release, dist), context) as address:
        (line,) = verify.problems(address)
    assert line.startswith("headers: ")
    assert line.endswith(": without Strict-Transport-Security; let the host send it")


def test_one_changed_byte(verify: Verify, place: str, dist: Path, keys: Path) -> None:
    """One bit of one page, at the same length, under a good signature."""
    page = dist / PAGE / "index.html"
    page.write_bytes(bytes([page.read_bytes()[0] ^ 1]) + page.read_bytes()[1:])
    shown = f"{PAGE}index.html" if "http" not in place else f"/{PAGE}"
    assert verify.problems(place, "--key", keys / "ours.pub") == [
        f"changed: {shown}: not the bytes of the list; find out who changed them, and upload them again"
    ]


@pytest.mark.parametrize("name", [PAGE, FILE_LIST, "_/edition.json", "404.html", "sw.js"])
def test_a_changed_compressed_file(verify: Verify, place: str, dist: Path, name: str) -> None:
    """What browsers get is compared too: a stale or false .br beside a good file, also that of the list itself."""
    (dist / f"{file_name(name)}.br").write_bytes(brotli.compress(b"something else"))
    (line,) = verify.problems(place)
    shown = f"{file_name(name)}.br" if "http" not in place else f"/{name}"
    assert line.startswith(f"changed: {shown}: other bytes than the list has, where they come compressed; ")


SPOILT = {"empty": b"", "torn": b"torn", "cut": brotli.compress(b"text")[:-1], "much": brotli.compress(bytes(MUCH))}


@pytest.mark.parametrize("body", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_compressed_file(verify: Verify, place: str, dist: Path, body: bytes) -> None:
    """Damage is a difference like any other, and a small file that unpacks to much is not unpacked."""
    (dist / f"{PAGE}index.html.br").write_bytes(body)
    (line,) = verify.problems(place)
    assert line.startswith("changed: ")


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_little_is_unpacked(coding: str) -> None:
    """A few bytes cannot fill the memory."""
    body = {"br": brotli.compress, "gzip": gzip.compress}[coding](bytes(MUCH))
    assert len(unpack(coding, body, 1000) or b"") < 200_000
    assert unpack(coding, body, MUCH) == bytes(MUCH)
    assert unpack("zstd", body, 1000) is None


def test_a_missing_file(verify: Verify, place: str, dist: Path) -> None:
    """It is named; its compressed forms do not stand for it."""
    (dist / PAGE / "index.html").unlink()
    shown = f"{PAGE}index.html" if "http" not in place else f"/{PAGE}"
    assert verify.problems(place) == [f"missing: {shown}: in the list and not there; upload them"]


@pytest.mark.parametrize("name", ["evil.js", "en/w/money/index.php", ".htaccess", "en/w/money/index.html.zst", "a/b/c"])
def test_an_extra_file(verify: Verify, dist: Path, name: str) -> None:
    """A folder shows everything that no list names."""
    (dist / name).parent.mkdir(parents=True, exist_ok=True)
    (dist / name).touch()
    assert verify.problems(str(dist)) == [
        f"extra: {name}: not in the list; find out who put them there, and remove them"
    ]


def test_an_extra_link(verify: Verify, dist: Path) -> None:
    """A link to a folder elsewhere is not followed, and is extra."""
    (dist / "more").symlink_to(dist.parent, target_is_directory=True)
    (line,) = verify.problems(str(dist))
    assert line.startswith("extra: more: ")


def test_a_file_for_the_host_alone(verify: Verify, site: Site, dist: Path) -> None:
    """Its header file is compared in a folder, and not asked for on the host, which reads it and need not serve it."""
    write_site(site, {}, dist)
    with serving(hosting(site, dist)) as address:
        assert verify.good(address)
    assert verify.good(str(dist))
    rules = dist / "_headers"
    rules.write_bytes(rules.read_bytes() + b" ")
    (line,) = verify.problems(str(dist))
    assert line.startswith("changed: _headers: ")
    rules.unlink()
    (line,) = verify.problems(str(dist))
    assert line.startswith("missing: _headers: ")


def test_an_answer_where_no_page_is(verify: Verify, release: Site, dist: Path) -> None:
    """On a host, the listing of a folder and an answer to any address are found; of the rest the good line speaks."""
    with serving(hosting(release, dist, others={"static/": (200, {}), "_/no-such-file.txt": (200, {})})) as address:
        (line,) = verify.problems(address)
    assert line.startswith("extra: /static/, /_/no-such-file.txt: an answer at an address that is no page; ")


def test_an_old_guide_put_back(verify: Verify, place: str) -> None:
    """It is whole and well signed, so only somebody who knows a later edition can tell."""
    assert verify.good(place, "--edition", 7)
    assert verify.problems(place, "--edition", 8) == ["edition: 7 is older than 8; find out who put the old guide back"]


def test_a_wrong_key(verify: Verify, place: str, keys: Path) -> None:
    """Somebody else signed it."""
    (line,) = verify.problems(place, "--key", keys / "other.pub")
    assert line == (
        "signature: was made with another key; find out who put this guide online, or name the key that signed it"
    )


def test_a_changed_list(verify: Verify, place: str, dist: Path, keys: Path) -> None:
    """A page and the list that names it can be changed together; the signature cannot."""
    page, listing = dist / PAGE / "index.html", dist / FILE_LIST
    old = page.read_bytes()
    new = bytes([old[0] ^ 1]) + old[1:]
    page.write_bytes(new)
    text = listing.read_text()
    listing.write_text(text.replace(sha256(old).hexdigest(), sha256(new).hexdigest()))
    for stale in (*page.parent.glob("index.html.*"), *listing.parent.glob("fieldguide.json.[bg]*")):
        stale.unlink()
    assert verify.good(place)
    (line,) = verify.problems(place, "--key", keys / "ours.pub")
    assert line == "signature: is not that of the list beside it, which was changed after signing; upload both again"


@pytest.mark.parametrize(
    "body", [b"", b"ed25519", b"ed25519 a b", b"\xff", b"rsa AAAA AAAA", b"ed25519 AAAA AAAA AAAA"]
)
def test_what_is_no_signature(verify: Verify, place: str, dist: Path, keys: Path, body: bytes) -> None:
    """Anything else under its name is told as such."""
    (dist / SIGNATURE).write_bytes(body)
    for packed in (dist / ".well-known").glob("*.sig.*"):
        packed.unlink()
    (line,) = verify.problems(place, "--key", keys / "ours.pub")
    assert line.startswith("signature: is no Ed25519 signature; ")


def test_no_signature(verify: Verify, site: Site, dist: Path, keys: Path) -> None:
    """A guide that was never signed passes without a key, and not with one."""
    write_site(site, {}, dist)
    assert verify.good(str(dist))
    (line,) = verify.problems(str(dist), "--key", keys / "ours.pub")
    assert line == "signature: is not there; build with --sign, and upload it beside the list"


@pytest.mark.parametrize("name", [*SECURITY_HEADERS, "Cache-Control"])
def test_a_missing_header(verify: Verify, release: Site, dist: Path, name: str) -> None:
    """Each header of ours is missed by its name."""
    with serving(hosting(release, dist, drop=name)) as address:
        (line,) = verify.problems(address)
    assert line.startswith("headers: ")
    assert f"without `{name}: " in line
    assert " and " in line  # ten are named, the rest counted


def test_a_header_of_another_value(verify: Verify, release: Site, dist: Path) -> None:
    """A weaker policy is as none."""
    others = {"en/": (200, {"Content-Security-Policy": "default-src *"})}
    with serving(hosting(release, dist, others=others)) as address:
        (line,) = verify.problems(address)
    assert line.startswith("headers: /en/: without `Content-Security-Policy: default-src 'none'; ")


def test_a_wrong_type(verify: Verify, release: Site, dist: Path) -> None:
    """A script that comes as text is not run; the two names of JavaScript are one."""
    others = {
        "sw.js": (200, {"Content-Type": "text/plain"}),
        "sw-off.js": (200, {"Content-Type": "application/javascript;charset=UTF-8"}),
    }
    with serving(hosting(release, dist, others=others)) as address:
        (line,) = verify.problems(address)
    assert line.startswith("headers: /sw.js: not of the type text/javascript, ")


def test_a_host_that_ignores_the_header_file(verify: Verify, dist: Path) -> None:
    """A plain file server is told of everything at once: headers, types, listings of folders."""
    with serving(folder(dist)) as address:
        lines = verify.problems(address)
    for name in SECURITY_HEADERS:
        assert any(f"without `{name}: " in line for line in lines), name
    assert any("Cache-Control: no-store" in line for line in lines)
    assert any(line.startswith("extra: ") and "/static/" in line for line in lines)


def test_all_problems_at_once(verify: Verify, place: str, dist: Path, keys: Path) -> None:
    """A changed file, two missing ones, an old edition and another key are told in one run."""
    page = dist / PAGE / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    for name in ("sw.js", "en/index.html"):
        (dist / name).unlink()
    lines = verify.problems(place, "--key", keys / "other.pub", "--edition", 9)
    assert [line.partition(":")[0] for line in lines] == ["changed", "edition", "missing", "signature"]
    assert " sw.js: " in lines[2].replace("/sw.js", "sw.js")


def test_redirects_and_refusals(verify: Verify, release: Site, dist: Path) -> None:
    """No redirect is followed: phones follow none, and it could lead to anybody."""
    others = {
        "en/": (302, {"Location": "https://login.example.org/"}),
        "ar/": (503, {}),
        "sw.js": (410, {}),
    }
    with serving(hosting(release, dist, others=others)) as address:
        lines = verify.problems(address)
    assert lines == [
        "missing: /sw.js: in the list and not there; upload them",
        "redirect: /en/: led to 'https://login.example.org/', where phones do not follow; answer with the file itself",
        "refused: /ar/: answered 503; mend the host",
    ]


def test_another_base(verify: Verify, tmp_path: Path) -> None:
    """A guide that was built for another path breaks where it lies now."""
    site = build_site(fixture_ingredients(replace(Deployment(), base="/guide/")))
    write_site(site, {}, tmp_path / "dist")
    with serving(hosting(replace(site, base="/"), tmp_path / "dist")) as address:
        (line,) = verify.problems(address)
    assert line.startswith(
        "base: the list is for '/guide/', this is '/'; build with --base /, or name the guide's root"
    )


def test_a_host_that_falls_silent(verify: Verify, release: Site, dist: Path) -> None:
    """After some files without an answer the others are not asked for, so that the command ends."""
    kept = (FILE_LIST, SIGNATURE)
    cut = {"Content-Length": "1000000"}
    others = {url: (200, cut) for url in release.artifacts if url not in kept}
    with serving(hosting(release, dist, others=others)) as address:
        lines = verify.problems(address)
    assert {line.partition(":")[0] for line in lines} == {"silent"}
    assert any("not asked for any more, after 16 files without an answer" in line for line in lines)


STRANGE = [b"", b"\xff", b"[" * 100_000, b"null", b"[]", b"{}", b'{"format": "1"}', b"<!doctype html><title>Hello"]


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_something_else_answers(verify: Verify, body: bytes) -> None:
    """A portal or another site is no guide."""
    with serving(answering(body=body)) as address:
        assert verify.problems(address) == [f"{FILE_LIST}: is no file list of a guide; something else lies there"]


def test_nothing_is_there(verify: Verify, tmp_path: Path) -> None:
    """A place without a list is told so, with what to name instead."""
    expected = f"{FILE_LIST}: is not there; name the root of a guide, or upload .well-known/ with the rest"
    assert verify.problems(str(tmp_path)) == verify.problems(str(tmp_path / "none")) == [expected]
    with serving(folder(tmp_path)) as address:
        assert verify.problems(address) == [expected]


BAD = [
    {"url": "../../etc/passwd"},
    {"url": "/etc/passwd"},
    {"url": "en/../x"},
    {"url": "en//x"},
    {"url": "en/?x"},
    {"url": "https://example.org/"},
    {"url": "en/\n"},
    {"url": 1},
    {"size": -1},
    {"size": 10**12},
    {"size": "1"},
    {"sha256": "ab"},
    {"sha256": "G" * 64},
    {"type": None},
    {"caching": None},
]


@pytest.mark.parametrize("change", BAD, ids=str)
def test_a_list_that_asks_for_more_than_a_guide(site: Site, change: dict[str, object]) -> None:
    """A list may be anybody's: it can lead to no file outside the guide, and to no endless one."""
    found = json.loads(site.artifacts[FILE_LIST].body)
    found["files"][3] |= change
    with pytest.raises(NotAListError, match="is no file list of a guide"):
        read_file_list(json.dumps(found).encode())


def test_a_list_that_names_a_file_twice(site: Site) -> None:
    """Which of two hashes is right could be told either way."""
    found = json.loads(site.artifacts[FILE_LIST].body)
    found["files"].append(found["files"][3])
    with pytest.raises(NotAListError, match="is no file list of a guide"):
        read_file_list(json.dumps(found).encode())


def test_a_newer_list(site: Site) -> None:
    """An old checkout does not guess at a newer format."""
    found = json.loads(site.artifacts[FILE_LIST].body)
    with pytest.raises(NotAListError, match="is of format 2, this checkout reads 1; use a newer checkout"):
        read_file_list(json.dumps({**found, "format": 2}).encode())


def test_few_requests_at_once(verify: Verify, release: Site, dist: Path) -> None:
    """A small host is not flooded."""
    under_way: list[int] = []
    most: list[int] = []

    class Counting(hosting(release, dist)):  # type: ignore[misc]
        def do_GET(self) -> None:  # noqa: N802
            under_way.append(1)
            most.append(len(under_way))
            super().do_GET()
            under_way.pop()

    with serving(Counting) as address:
        assert verify.good(address)
    assert max(most) <= verifying.AT_ONCE


@pytest.mark.parametrize("words", [["--edition", "x"], ["--edition", "-1"], ["--edition", "9" * 10]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is no edition ends in 2."""
    with pytest.raises(SystemExit) as exit_:
        main(["verify", "dist", *words])
    assert exit_.value.code == 2
    assert "error:" in capsys.readouterr().err
