"""A workbench over some files, as it is served on the machine of whoever starts it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from werkzeug.serving import make_server

from fieldguide.workbench.app import Settings, application
from fieldguide.workbench.desk import Desk

from .hosts import SOON

DAY = date(2026, 5, 31)
"""The day of what is checked and recorded there."""


@contextmanager
def served(content: Path, translations: Path) -> Iterator[str]:
    """Its address."""
    app = application(Desk(content, translations), Settings(), lambda: DAY)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
