"""Lighthouse (npm): how it grades the four kinds of page that a phone opens first

Its mobile preset, over TLS, in the middle one of some rounds.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.tls import served

HERE = Path(__file__).parent / "lighthouse"
CATEGORIES = {"performance": "points of speed", "accessibility": "points", "best-practices": "points"}
"""What it grades, in which unit."""
PAGES = {
    "language screen": "",
    "industry page": "en/o/agriculture/",
    "decks": "es/cards/",
    "worker page": "es/w/pay/",
}
BAR = 100
FLAGS = "--headless --no-sandbox --disable-background-networking --ignore-certificate-errors"


def report(rounds: int) -> Iterator[Figure]:
    """A figure a page and category, of the round in the middle by speed; the note names what took points away."""
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    with served("fieldguide.web:create_app") as host:
        for kind, path in PAGES.items():
            found = [audit(f"https://127.0.0.1:{host.port}/{path}") for _ in range(rounds)]
            middle = sorted(found, key=lambda one: grade(one, "performance"))[rounds // 2]
            for category, unit in CATEGORIES.items():
                lacking = ", ".join(iter_lacking(middle, category))
                note = f"lacking: {lacking}" if lacking else ""
                yield Figure(f"{kind} /{path}: {category}", grade(middle, category), unit, BAR, "more", note=note)


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


def iter_lacking(told: dict[str, Any], category: str) -> Iterator[str]:
    """The audits of a category that count and are not full, where it is below the bar."""
    if grade(told, category) < BAR:
        for one in told["categories"][category]["auditRefs"]:
            score = told["audits"][one["id"]]["score"]
            if one["weight"] and score is not None and score < 1:
                yield one["id"]
