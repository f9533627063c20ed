"""The command as a person runs it: where to go, what is refused before anything is served, and sharing over TLS."""

import hashlib
import http.client
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.tls import free_port
from fieldguide.cli import main
from fieldguide.workbench.certificate import write_certificate
from fieldguide.workbench.command import own_address

from ..conftest import ROOT
from ..test_cli import first_answer


@contextmanager
def running(*words: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A workbench on a free port, ended as by Ctrl+C."""
    port = free_port()
    command = [sys.executable, str(ROOT / "build_pwa.py"), "workbench", "--port", str(port), *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            yield server, port
        finally:
            server.terminate()
            server.wait()


def test_it_answers_on_this_machine_only():
    """The first line says where; the door leads to the list of the language, for the person that the command names."""
    with running("--language", "ar", "--as", "ana", "--role", "lawyer") as (server, port):
        answer = first_answer(server, f"http://127.0.0.1:{port}/").decode("utf-8")
        assert server.stdout
        line = server.stdout.readline().decode()
        address = own_address()
        if address != "127.0.0.1":
            other = http.client.HTTPConnection(address, port, timeout=10)
            with pytest.raises(ConnectionRefusedError):
                other.request("GET", "/")
    assert line.startswith(f"Workbench: http://127.0.0.1:{port}/ ")
    assert "العربية" in answer
    assert "ana · Lawyer" in answer


def test_sharing_takes_a_secret_and_a_certificate():
    """Over TLS, with the certificate whose fingerprint is printed; nothing without the secret path."""
    with running("--share") as (server, port):
        assert server.stdout
        address, _, warning = (server.stdout.readline().decode() for _ in range(3))
        found = re.fullmatch(rf"Workbench: https://([\d.]+):{port}(/[\w-]{{20,}}/)  \(Ctrl\+C ends it\)\n", address)
        assert found
        connection = secure(port, server)
        assert connection.sock
        certificate = connection.sock.getpeercert(binary_form=True)
        assert hashlib.sha256(certificate).hexdigest().upper() == warning.rstrip().rpartition(" ")[2].replace(":", "")
        assert status(connection, "/") == 404
        assert status(connection, f"{found[2]}en/") == 200
        assert status(connection, f"{found[2]}en/", Host="evil.example") == 403
        assert status(connection, f"{found[2]}en/", Host=f"{found[1]}:{port}") == 200
        connection.close()


def secure(port: int, server: subprocess.Popen[bytes]) -> http.client.HTTPSConnection:
    """A connection over TLS to a server that is starting; its certificate is looked at by the test."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while server.poll() is None:
        try:
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
            connection.connect()
        except ConnectionRefusedError:
            continue
        return connection
    raise AssertionError("the server ended")


def status(connection: http.client.HTTPSConnection, path: str, **headers: str) -> int:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_a_certificate_is_for_one_run(tmp_path: Path):
    """For the addresses named, for days, with a key that nobody else on the machine reads."""
    cert, key, fingerprint = write_certificate(tmp_path, ("192.0.2.7", "localhost"), datetime(2026, 5, 31, tzinfo=UTC))
    assert key.stat().st_mode & 0o777 == 0o600
    body = ssl.PEM_cert_to_DER_cert(cert.read_text())
    assert hashlib.sha256(body).hexdigest().upper() == fingerprint.replace(":", "")
    told = subprocess.run(
        ["openssl", "x509", "-in", cert, "-noout", "-dates", "-ext", "subjectAltName"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "IP Address:192.0.2.7, DNS:localhost" in told
    assert "notAfter=Jun  7 00:00:00 2026 GMT" in told


def test_sharing_without_cryptography_is_one_line():
    """Who has not installed it is told what to install."""
    code = (
        "import sys; sys.modules['cryptography'] = None; from fieldguide.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "workbench", "--share"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("cryptography: is needed for sharing the workbench: pip install --require-hashes ")


def test_a_language_without_sentences_is_refused(capsys: pytest.CaptureFixture[str]):
    """Before anything is served, and the ones there are are named."""
    assert main(["workbench", "--language", "mam"]) == 1
    assert "'mam' is no language with text" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--as", "a b"], ["--role", "king"], ["--port", "0"]])
def test_wrong_usage(words: list[str]):
    """An alias with a space, an unknown role, no port: said at once."""
    with pytest.raises(SystemExit) as exit_:
        main(["workbench", *words])
    assert exit_.value.code == 2
