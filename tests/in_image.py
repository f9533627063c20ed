"""Runs inside the image, as its user: starts it as an engine would, asks health and a few pages, prints what it saw.

Arguments: entry point and health check, each as a JSON list. Prints one JSON object, after all that the server wrote.
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path


def ask(path: str, body: bytes | None = None) -> tuple[int, dict[str, str], str]:
    """Status, headers and the beginning of the text."""
    request = urllib.request.Request(f"http://127.0.0.1:8000{path}", data=body)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read().decode()[:2000]


def packed() -> str:
    """The coding of an answer, once there is one: pages are compressed behind, and nobody waits for that."""
    request = urllib.request.Request("http://127.0.0.1:8000/es/", headers={"Accept-Encoding": "br"})
    while True:
        with urllib.request.urlopen(request) as answer:
            if coding := answer.headers["Content-Encoding"]:
                return coding


def refused(path: str) -> bool:
    """True if no file can be made there."""
    try:
        (Path(path) / "made").write_text("x")
    except OSError:
        return True
    return False


def main() -> None:
    """Start, ask, end, tell."""
    entry, health = (json.loads(word) for word in sys.argv[1:3])
    server = subprocess.Popen(entry)
    while subprocess.run(health, check=False, stderr=subprocess.DEVNULL).returncode != 0:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    found = {
        "page": ask("/es/"),
        "packed": packed(),
        "missing": ask("/nowhere")[0],
        "body": ask("/es/", b"x")[0],
        "ids": [os.getuid(), os.geteuid(), os.getgid(), *os.getgroups()],
        "capabilities": status["CapEff"],
        "no_new_privileges": status["NoNewPrivs"],
        "read_only": [refused(place) for place in ("/", "/guide", "/guide/.cache", "/packages", "/var/tmp")],
        "pip": Path("/packages/pip").exists(),
    }
    server.terminate()
    found["ended"] = server.wait(30)
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
