"""Keys and signatures: what is written, what is refused, and what another program makes of them."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.cli import main
from fieldguide.filelist import build_file_list
from fieldguide.problems import ProblemsError
from fieldguide.signing import check_signature, create_key, load_private, load_public, signed
from fieldguide.snapshot import Site
from fieldguide.urls import FILE_LIST, SIGNATURE

from .conftest import ROOT


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key; the public one lies beside it as ``key.pub``."""
    (tmp_path / "key.pub").write_text(create_key(tmp_path / "key"))
    return tmp_path / "key"


def refusal(load: object, path: Path) -> str:
    """The one line that says why a key is not taken."""
    with pytest.raises(ProblemsError) as error:
        load(path)
    (problem,) = error.value.problems
    assert problem.file == str(path)
    return problem.message


def test_keygen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The private key is for its owner alone, whatever the umask; the public one is printed, and nothing else."""
    before = os.umask(0)
    try:
        assert main(["keygen", str(tmp_path / "key")]) == 0
    finally:
        os.umask(before)
    printed = capsys.readouterr().out
    assert printed.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "key.pub").write_text(printed)
    public = load_public(tmp_path / "key.pub")
    assert load_private(tmp_path / "key").public_key().public_bytes_raw() == public.public_bytes_raw()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_keygen_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A key that is there stays as it is, also one behind a link, and a link to nowhere leads nowhere."""
    path = tmp_path / "key"
    if kind == "file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "nowhere")
    assert main(["keygen", str(path)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert f"{path}: is there already; name a new file, a key that is written over is lost\n" in done.err
    assert not (tmp_path / "nowhere").exists()
    assert kind == "link" or path.read_text() == "mine"


def test_two_keys_differ(tmp_path: Path) -> None:
    """Each is made by chance."""
    assert create_key(tmp_path / "one") != create_key(tmp_path / "two")


def test_a_key_that_others_may_read(key: Path) -> None:
    """It may have been copied, so it signs nothing until its owner looks at it."""
    for mode in (0o640, 0o604, 0o620):
        key.chmod(mode)
        assert refusal(load_private, key) == f"can be read by others on this machine; chmod 600 {key}"


def test_what_is_no_key(key: Path, tmp_path: Path) -> None:
    """Another kind of key, a key with a passphrase, the other half, and no key at all are each named."""
    rsa = tmp_path / "rsa"
    locked = tmp_path / "locked"
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-out", str(rsa)], check=True, capture_output=True)
    command = ["openssl", "pkey", "-in", str(key), "-aes256", "-passout", "pass:word", "-out", str(locked)]
    subprocess.run(command, check=True, capture_output=True)
    nothing = tmp_path / "nothing"
    nothing.write_bytes(b"\xff\x00")
    public = tmp_path / "key.pub"
    for path in (rsa, locked, nothing, public):
        path.chmod(0o600)
        assert (
            refusal(load_private, path) == "is no private Ed25519 key in PEM without a passphrase; `keygen` writes one"
        )
    for path in (rsa, nothing, key):
        assert refusal(load_public, path) == "is no public Ed25519 key in PEM; take the one that `keygen` printed"


def test_signing_changes_only_the_signature(site: Site, key: Path) -> None:
    """The list stays byte for byte, and one key makes one signature: signing twice gives equal bytes."""
    one, two = signed(site, load_private(key)), signed(site, load_private(key))
    assert dict(one.artifacts) == dict(two.artifacts)
    assert {url for url in one.artifacts if one.artifacts[url] != site.artifacts.get(url)} == {SIGNATURE}
    body, signature = one.artifacts[FILE_LIST].body, one.artifacts[SIGNATURE].body
    assert list(check_signature(body, signature, load_public(key.with_name("key.pub")), "x")) == []


NO_KIND = "is no Ed25519 signature; upload the one that `build --sign` wrote"
CHANGED = "is not that of the list beside it, which was changed after signing; upload both again"
OTHER = "was made with another key; find out who put this guide online, or name the key that signed it"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda line: None, "is not there; build with --sign, and upload it beside the list"),
        (lambda line: b"", NO_KIND),
        (lambda line: b"\xff" + line, NO_KIND),
        (lambda line: line.replace(b"ed25519", b"rsa"), NO_KIND),
        (lambda line: line.rpartition(b" ")[0], NO_KIND),
        (lambda line: line + b"more", NO_KIND),
        (lambda line: line[:-4] + b"!" + line[-4:], NO_KIND),
        (lambda line: b" ".join((*line.split()[:2], b"AAAA")), CHANGED),
        (lambda line: b" ".join((*line.split()[:1], b"AAAA", *line.split()[2:])), OTHER),
        (lambda line: line, ""),
        (lambda line: line.rstrip(), ""),
    ],
)
def test_a_signature_that_is_none_is_told_apart(site: Site, key: Path, change: object, fault: str) -> None:
    """Not there, no signature, of another key, of another list: each with what to do, at the place where it lies."""
    release = signed(site, load_private(key))
    body, line = release.artifacts[FILE_LIST].body, change(release.artifacts[SIGNATURE].body)
    found = [
        (problem.file, problem.place, problem.message)
        for problem in check_signature(body, line, load_public(key.with_name("key.pub")), "dist")
    ]
    assert found == ([("dist", "signature", fault)] if fault else [])


def test_a_signature_is_of_one_list_and_one_key(site: Site, key: Path, tmp_path: Path) -> None:
    """Of a changed list and of another key it is refused, and it says which key made it."""
    (tmp_path / "other.pub").write_text(create_key(tmp_path / "other"))
    body = site.artifacts[FILE_LIST].body
    line = signed(site, load_private(key)).artifacts[SIGNATURE].body
    kind, public, _ = line.decode("ascii").split(" ")
    ours, theirs = load_public(key.with_name("key.pub")), load_public(tmp_path / "other.pub")
    assert (kind, base64.b64decode(public), line.count(b"\n")) == ("ed25519", ours.public_bytes_raw(), 1)
    assert [problem.message for problem in check_signature(body + b" ", line, ours, "x")] == [CHANGED]
    assert [problem.message for problem in check_signature(body, line, theirs, "x")] == [OTHER]


def test_another_program_agrees(site: Site, key: Path, tmp_path: Path) -> None:
    """OpenSSL checks a signature with the words of docs/supply.md, and refuses it for another list."""
    release = signed(site, load_private(key))
    for url in (FILE_LIST, SIGNATURE):
        (tmp_path / url.rpartition("/")[2]).write_bytes(release.artifacts[url].body)
    commands = (ROOT / "docs" / "supply.md").read_text().partition("\ncut ")[2].partition("\n```")[0]
    commands = f"set -e\ncut {commands.replace('release.pub', 'key.pub')}"
    good = subprocess.run(["sh", "-c", commands], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr
    (tmp_path / "fieldguide.json").write_bytes(build_file_list(site.artifacts).body + b" ")
    assert subprocess.run(["sh", "-c", commands], cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_without_cryptography() -> None:
    """Each use says in one line what to install; a guide without a signature needs it for nothing."""
    code = (
        "import sys; sys.modules['cryptography'] = None; from fieldguide.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    for words in (["keygen", "key"], ["build", "--sign", "key", "--out", "nowhere"], ["verify", ".", "--key", "key"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert done.stderr.startswith("cryptography: is needed for keys and signatures: pip install --require-hashes ")
        assert "Traceback" not in done.stderr
