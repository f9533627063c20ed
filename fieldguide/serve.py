"""The commands that answer on this machine, ``serve`` and ``workbench``; the only user of granian."""

import argparse
import os
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from fieldguide.ingredients import check
from fieldguide.load import load_deployed
from fieldguide.problems import raise_if_any
from fieldguide.workbench.command import FACTORY, prepared

CONNECTIONS = 8192
"""Open at a time. A slow one holds a socket and no thread, so the limit is memory; more wait until some end."""


def serve(options: argparse.Namespace) -> None:
    """Serve the guide on this machine."""
    ingredients = load_deployed(options.deployment)
    raise_if_any(check(ingredients))  # say what is wrong here, not in the worker process, which builds the guide
    if options.deployment:
        os.environ["FIELD_GUIDE_DEPLOYMENT"] = str(options.deployment.absolute())
    address = f"http://{options.host}:{options.port}{ingredients.deployment.base}"
    print(f"Field Guide: {address}  (in a moment; Ctrl+C stops it)", flush=True)
    server("fieldguide.web:create_app", options.host, options.port).serve()


def workbench(options: argparse.Namespace) -> None:
    """Correct, check and record translations in a browser, on this machine."""
    with prepared(options) as run:
        for line in run.lines:
            print(line, flush=True)
        server(FACTORY, run.host, options.port, run.tls).serve()


def server(factory: str, host: str, port: int, tls: tuple[Path, Path] | None = None) -> MPServer:
    """The server as it always runs: HTTP/1.1 without log, and slow connections cost it a socket each and no thread.

    ``factory`` is the ``module:function`` that makes the application; the worker process imports it anew. ``tls`` are
    the files of certificate and key.
    """
    cert, key = tls or (None, None)
    return MPServer(
        factory,
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        http=HTTPModes.http1,
        # milliseconds for a request's headers, also how long an idle connection stays; bytes of them, and of what waits
        http1_settings=HTTP1Settings(header_read_timeout=30_000, max_buffer_size=64 * 1024),
        backpressure=CONNECTIONS,
        websockets=False,
        ssl_cert=cert,
        ssl_key=key,
        blocking_threads=4,  # answers come from memory; slow readers wait in granian, not in a thread
        log_access=False,
        workers_kill_timeout=5,  # seconds; a worker that missed its signal would hold up every restart for ever
    )
