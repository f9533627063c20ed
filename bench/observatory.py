"""Mozilla's Observatory (npm): what it thinks of the headers

Over TLS, at the port that it insists on.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, NotMeasuredError
from bench.tls import served

HERE = Path(__file__).parent / "observatory"
PACKAGE = HERE / "node_modules" / "@mdn" / "mdn-http-observatory"
PORT = 443
BAR = 130


def report() -> Iterator[Figure]:
    """The score, with the grade and the tests that did not pass. Raises `NotMeasuredError`."""
    if os.geteuid() != 0:
        raise NotMeasuredError(f"it asks at port {PORT}, which only root may open")
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    (PACKAGE / "conf" / "hsts-preload.json").write_text("{}")  # the list of hosts that browsers know; ours is none
    with served("fieldguide.web:create_app", PORT) as host:
        done = subprocess.run(
            ["node", str(PACKAGE / "src" / "scan.js"), "localhost"],
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(host.certificate)},
            capture_output=True,
            text=True,
            check=True,
        )
    told = json.loads(done.stdout)
    scan, tests = told["scan"], told["tests"]
    failed = ", ".join(sorted(name for name, test in tests.items() if not test["pass"])) or "none"
    yield Figure("score", scan["score"], "points", BAR, "more", f"grade {scan['grade']}; tests that failed: {failed}")
