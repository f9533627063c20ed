"""The commands that answer on this machine, ``serve`` and ``workbench``; the only user of granian."""

import argparse
import os
import socket
from pathlib import Path
from typing import Any

from granian import net
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from fieldguide.ingredients import check
from fieldguide.load import load_deployed
from fieldguide.ports import BACKLOG, LOCAL, held_port
from fieldguide.problems import raise_if_any
from fieldguide.workbench.command import EVERYWHERE, FACTORY, prepared

CONNECTIONS = 8192
"""Open at a time. A slow one holds a socket and no thread, so the limit is memory; more wait until some end."""


def serve(options: argparse.Namespace) -> None:
    """Serve the guide on this machine."""
    with held_port(options.host, options.port, "python build_pwa.py serve --port ") as held:
        ingredients = load_deployed(options.deployment)
        raise_if_any(check(ingredients))  # say what is wrong here, not in the worker process, which builds the guide
        if options.deployment:
            os.environ["FIELD_GUIDE_DEPLOYMENT"] = str(options.deployment.absolute())
        address = f"http://{options.host}:{options.port}{ingredients.deployment.base}"
        print(f"Field Guide: {address}  (in a moment; Ctrl+C stops it)", flush=True)
        server("fieldguide.web:create_app", held).serve()


def workbench(options: argparse.Namespace) -> None:
    """Correct, check and record translations in a browser, on this machine."""
    host = EVERYWHERE if options.share else LOCAL
    with (
        held_port(host, options.port, "python build_pwa.py workbench --port ") as held,
        prepared(options) as run,
    ):
        for line in run.lines:
            print(line, flush=True)
        server(FACTORY, held, run.tls).serve()


class HeldServer(MPServer):
    """granian on a socket that we hold.

    Its own would share the port with any other granian there (SO_REUSEPORT), and visitors get now one's answers and
    now the other's.
    """

    held: socket.socket

    def _init_shared_socket(self) -> None:
        self.held.set_inheritable(True)
        untyped: Any = net
        vars(self).update(_ssp=None, _shd=untyped.SocketHolder(self.held.fileno(), False, BACKLOG), _sso=self.held)


def server(factory: str, held: socket.socket, tls: tuple[Path, Path] | None = None) -> MPServer:
    """The server as it always runs: HTTP/1.1 without log, and slow connections cost it a socket each and no thread.

    ``factory`` is the ``module:function`` that makes the application; the worker process imports it anew. ``held``
    listens already. ``tls`` are the files of certificate and key.
    """
    cert, key = tls or (None, None)
    host, port = held.getsockname()[:2]
    made = HeldServer(
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
    made.held = held
    return made
