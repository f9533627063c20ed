"""A workbench over some files, as it is served on the machine of whoever starts it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from fieldguide.workbench.app import Settings, application
from fieldguide.workbench.desk import Desk

from .hosts import SOON

DAY = date(2026, 5, 31)
"""The day of what is checked and recorded there."""


def whole(app: WSGIApplication) -> WSGIApplication:
    """The same answers, each read to its end first: this server forgets to close a file when a browser hangs up."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        start_response(status, headers.to_wsgi_list())
        return body

    return answer


@contextmanager
def served(content: Path, translations: Path) -> Iterator[str]:
    """Its address."""
    app = application(Desk(content, translations), Settings(), lambda: DAY)
    server = make_server("127.0.0.1", 0, whole(app), threaded=True)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
