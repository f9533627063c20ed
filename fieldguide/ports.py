"""A port of this machine, held before anything long begins: two servers never share one.

``python -m fieldguide.ports N`` asks for a port and gives it back; `make run` does so before it sets up and builds.
"""

import errno
import socket
import sys

from fieldguide.problems import Problem, ProblemsError

BACKLOG = 1024
"""Connections that wait while the guide is still being checked."""

LOCAL = "127.0.0.1"


def held_port(host: str, port: int, again: str) -> socket.socket:
    """A socket that listens there and nobody else does; visitors who come early wait for the first answer.

    ``again`` is the command that takes a port whose number follows it. Raises `ProblemsError` where the port is taken,
    or the machine has no such address.
    """
    try:
        return _listening(host, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            reason = str(error.strerror or error).partition(" (")[0]
            message = f"cannot be used ({reason}); this machine's own address is {LOCAL}"
            raise ProblemsError([Problem(f"--host {host}, --port {port}", "", message)]) from error
        message = f"is taken by another program; take another port: {again}{_free_port(host, port)}"
        raise ProblemsError([Problem(f"port {port}", "", message)]) from error


def _listening(host: str, port: int) -> socket.socket:
    # create_server lets a port be taken again at once after a server that ended, and never beside one that runs
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.create_server((host, port), family=family, backlog=BACKLOG)
    found.setblocking(False)
    return found


def _free_port(host: str, taken: int) -> int:
    for port in range(taken + 1, min(taken + 100, 65536)):
        try:
            _listening(host, port).close()
        except OSError:
            continue
        return port
    with _listening(host, 0) as any_port:
        return int(any_port.getsockname()[1])


if __name__ == "__main__":
    try:
        held_port(LOCAL, int(sys.argv[1]), "make run PORT=").close()
    except ProblemsError as error:
        sys.exit(str(error))
