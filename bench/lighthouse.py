"""Lighthouse (npm): how it grades the four kinds of page that a phone opens first, by its mobile preset, over TLS."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.tls import served

HERE = Path(__file__).parent / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
PAGES = {
    "language screen": "",
    "industry page": "en/o/agriculture/",
    "deck page": "es/cards/needs/",
    "worker page": "es/w/pay/",
}
BAR = 100
ROUNDS = 3
FLAGS = "--headless --no-sandbox --disable-background-networking --ignore-certificate-errors"
REASONS: dict[str, str] = {}
"""Why an audit lacks points, by its id; those that are not here are to be mended."""


def report(rounds: int = ROUNDS) -> Iterator[str]:
    """A line a page: the grades of the middle one of so many rounds, and each audit that took points away."""
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    with served("fieldguide.web:create_app") as host:
        for kind, path in PAGES.items():
            found = [audit(f"https://127.0.0.1:{host.port}/{path}") for _ in range(rounds)]
            middle = sorted(found, key=lambda one: grade(one, "performance"))[rounds // 2]
            grades = ", ".join(f"{name} {grade(middle, name)}" for name in CATEGORIES)
            lacking = ", ".join(f"{name} ({REASONS.get(name, 'to be mended')})" for name in iter_lacking(middle))
            yield f"lighthouse, {kind} /{path}: {grades} (bar {BAR} each); lacking: {lacking or 'nothing'}"


def audit(address: str) -> dict[str, Any]:
    """Lighthouse's own report of one load: a phone of the middle class, on slow 4G, with nothing stored."""
    command = ["node", str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address, "--output=json"]
    done = subprocess.run(
        [
            *command,
            "--quiet",
            "--no-enable-error-reporting",
            f"--chrome-flags={FLAGS}",
            f"--only-categories={','.join(CATEGORIES)}",
        ],
        env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    if "runtimeError" in told:
        raise RuntimeError(f"lighthouse, {address}: {told['runtimeError']['message']}")
    return told


def grade(told: dict[str, Any], category: str) -> int:
    """Points out of 100, as Lighthouse rounds them."""
    return round(told["categories"][category]["score"] * 100)


def iter_lacking(told: dict[str, Any]) -> Iterator[str]:
    """The audits that count and are not full, of the categories below the bar."""
    for category in CATEGORIES:
        if grade(told, category) < BAR:
            for one in told["categories"][category]["auditRefs"]:
                score = told["audits"][one["id"]]["score"]
                if one["weight"] and score is not None and score < 1:
                    yield one["id"]


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
