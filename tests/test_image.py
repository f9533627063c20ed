"""The image: its recipe by eye of a program, and, in the full run, built without an engine and run as a stranger."""

import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from fieldguide.headers import SECURITY_HEADERS, TRANSPORT_SECURITY

from .conftest import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
TOOLS = ("mmdebstrap", "buildah", "bwrap", "setpriv")


def test_the_image_is_made_of_what_was_locked() -> None:
    """A base that can be exchanged, packages by hash and only wheels, no address of its own, no root at the end."""
    assert DOCKERFILE.count("\nFROM ") == 3
    assert "ARG BASE=debian:13-slim" in DOCKERFILE
    assert "--require-hashes --only-binary :all:" in DOCKERFILE
    assert "://" not in DOCKERFILE.replace("http://127.0.0.1:8000/", "")
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["1000:1000"]
    assert "USER 1000:1000" in last
    for word in ("HEALTHCHECK", "ENTRYPOINT", "EXPOSE 8000"):
        assert word in last
    for line in re.findall(r"(?:CMD|ENTRYPOINT) (.*)$", DOCKERFILE, re.MULTILINE):
        assert json.loads(line)[0] == "python3", "a list of words needs no shell"


def test_what_is_copied_exists_and_is_let_in() -> None:
    """Each path of a COPY is in the repository, and the ignore file lets it through."""
    copied = [
        line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ") and "--from" not in line
    ]
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {path for paths in copied for path in paths} == let_in
    for path in let_in:
        assert (ROOT / path).exists()


def test_both_services_are_contained() -> None:
    """Read-only, no capability, no new privilege: said once and used by both; only Caddy may take the ports."""
    compose = (DEPLOY / "compose.yaml").read_text()
    contained, _, services = compose.partition("\nservices:\n")
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]', "pids_limit:"):
        assert f"\n  {line}" in contained
    guide, _, caddy = services.partition("\n  caddy:\n")
    for service in (guide, caddy):
        assert "<<: *contained" in service
        assert "tmpfs:" in service
        assert "mem_limit:" in service
    assert 'user: "1000:1000"' in guide
    assert "ports:" not in guide
    assert compose.count("cap_add:") == 1
    assert "cap_add: [NET_BIND_SERVICE]" in caddy


def test_caddy_says_what_only_tls_may_say() -> None:
    """The guide behind it sees plain http, so the one header of TLS is Caddy's; no log of visits is switched on."""
    caddyfile = (DEPLOY / "Caddyfile").read_text()
    assert f'header Strict-Transport-Security "{TRANSPORT_SECURITY}"' in caddyfile
    for line in ("X-Forwarded-For", "User-Agent", "Referer", "Cookie"):
        assert f"header_up -{line}\n" in caddyfile
    assert re.findall(r"^\t*log\b.*$", caddyfile, re.MULTILINE) == ["\tlog default {"]


def run(*words: str | Path, environ: Mapping[str, str] | None = None) -> str:
    """A program's output; what it complained about, if it failed."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environ or {})},
    )
    assert done.returncode == 0, f"{words[0]}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture
def work() -> Iterator[Path]:
    """A folder that other users may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="field-guide-image-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def make_base(folder: Path) -> Path:
    """A Debian as the image begins with; it trusts the package registry that this machine trusts."""
    (folder / "base").mkdir()
    tar = folder / "base" / "root.tar"
    own = os.environ.get("PIP_CERT")
    line = r"[global]\ncert = /etc/registry.crt\n"
    hooks = [f"--customize-hook=cp {own} $1/etc/registry.crt && printf '{line}' >$1/etc/pip.conf"] if own else []
    run("mmdebstrap", "--variant=minbase", *hooks, "trixie", tar)
    return tar


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_image_serves_a_page_with_nothing_to_write_and_no_rights(work: Path) -> None:
    """Built by buildah on a fresh Debian; read-only, no network but its own, uid 1000, no capability, no shell."""
    for tool in TOOLS:
        assert shutil.which(tool), f"{tool} is missing; `make test-server` installs it"
    environ = {"BUILDAH_ISOLATION": "chroot"}
    storage = ("buildah", "--storage-driver", "vfs", "--root", work / "storage", "--runroot", work / "run")
    make_base(work)
    (work / "Base").write_text("FROM scratch\nADD root.tar /\n")
    # buildah asks for more than its own caller may have, and stops where that is refused
    limits = {"nproc": resource.RLIMIT_NPROC, "nofile": resource.RLIMIT_NOFILE}
    own = [f"--ulimit={name}={':'.join(map(str, resource.getrlimit(kind)))}" for name, kind in limits.items()]
    build = (*storage, "build", *own)
    run(*build, "-f", work / "Base", "-t", "localhost/base", work / "base", environ=environ)
    image = (*build, "--format", "docker", "--build-arg", "BASE=localhost/base", "-t", "localhost/guide")
    run(*image, "-f", DEPLOY / "Dockerfile", ROOT, environ=environ)
    described = run(*storage, "inspect", "--type", "image", "localhost/guide", environ=environ)
    config = json.loads(described)["Docker"]["config"]
    assert config["User"] == "1000:1000"
    assert list(config["ExposedPorts"]) == ["8000/tcp"]
    container = run(*storage, "from", "localhost/guide", environ=environ).strip()
    root = Path(run(*storage, "mount", container, environ=environ).strip())
    try:
        found = json.loads(run_in(root, config, work).splitlines()[-1])
    finally:
        run(*storage, "rm", container, environ=environ)
    status, headers, text = found["page"]
    assert (status, found["missing"], found["body"], found["packed"]) == (200, 404, 400, "br")
    assert '<html lang="es' in text
    assert {(name.lower(), value) for name, value in SECURITY_HEADERS.items()} <= headers.items()
    assert set(found["ids"]) == {1000}
    assert int(found["capabilities"], 16) == 0
    assert found["no_new_privileges"] == "1"
    assert found["read_only"] == [True] * 5
    assert not found["pip"]
    assert found["ended"] in (0, -15)


def run_in(root: Path, config: Mapping[str, object], work: Path) -> str:
    """Run the image's own commands in its root, as an engine would, as strictly as ``compose.yaml`` asks."""
    shutil.copy(ROOT / "tests" / "in_image.py", work)
    entry, health = config["Entrypoint"], config["Healthcheck"]["Test"][1:]  # type: ignore[index]
    environ = [word for pair in config["Env"] for word in ("--setenv", *pair.split("=", 1))]  # type: ignore[attr-defined]
    no_shell = [word for path in ("/usr/bin/dash", "/usr/bin/bash") for word in ("--ro-bind", "/dev/null", path)]
    return run(
        *("bwrap", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--die-with-parent", "--clearenv", *environ),
        *("--ro-bind", root, "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", *no_shell),
        *("--ro-bind", work / "in_image.py", "/tmp/in_image.py", "--chdir", str(config["WorkingDir"])),
        *("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"),
        *("setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "--no-new-privs", "--bounding-set=-all"),
        *("--inh-caps=-all", "python3", "/tmp/in_image.py", json.dumps(entry), json.dumps(health)),
    )
