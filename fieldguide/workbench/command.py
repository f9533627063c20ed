"""The command ``workbench``: what is wrong is said before anything is served, and where to go once it is."""

import argparse
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fieldguide.load import TRANSLATIONS
from fieldguide.problems import Problem, ProblemsError
from fieldguide.reader import CONTENT
from fieldguide.supply import needing_cryptography
from fieldguide.translations import load_work
from fieldguide.workbench.app import VARIABLE, Settings, new_secret

FACTORY = "fieldguide.workbench.app:create_app"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with --share, which says so


@dataclass(frozen=True)
class Run:
    """What a server needs, and the lines that tell a person where to go. ``tls``: files of certificate and key."""

    lines: tuple[str, ...]
    tls: tuple[Path, Path] | None = None


@contextmanager
def prepared(options: argparse.Namespace) -> Iterator[Run]:
    """A run with these options; its certificate goes with it. Raises `ProblemsError`."""
    work = load_work(CONTENT, TRANSLATIONS)
    if options.language:
        work.language(options.language)
    settings = Settings(options.language or "", options.alias or "", options.role.value if options.role else "")
    if not options.share:
        os.environ[VARIABLE] = settings.to_text()
        yield Run((f"Workbench: http://127.0.0.1:{options.port}/  (Ctrl+C ends it)",))
        return
    with needing_cryptography("sharing the workbench"):
        from fieldguide.workbench.certificate import write_certificate  # noqa: PLC0415
    address, secret = own_address(), new_secret()
    shared = Settings(settings.language, settings.alias, settings.role, (address,), secret)
    os.environ[VARIABLE] = shared.to_text()
    with tempfile.TemporaryDirectory(prefix="workbench.") as folder:
        now = datetime.now(UTC)
        cert, key, fingerprint = write_certificate(Path(folder), (address, "127.0.0.1", "localhost"), now)
        lines = (
            f"Workbench: https://{address}:{options.port}/{secret}/  (Ctrl+C ends it)",
            "Whoever has this address can read and change the translations here. Tell it to nobody else.",
            f"The browser will warn: the certificate is this program's own. Its SHA-256: {fingerprint}",
        )
        yield Run(lines, (cert, key))


def own_address() -> str:
    """The address of this machine in its network. Raises `ProblemsError` where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # sends nothing; the system only chooses the way it would take
            return str(asked.getsockname()[0])
        except OSError as error:
            message = "this machine is in no network; leave it out, and use the workbench here"
            raise ProblemsError([Problem("--share", "", message)]) from error
