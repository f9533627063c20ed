"""What a command takes: seconds, CPU, and memory at its peak."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# A process inherits the peak of whoever started it, so a small one starts it.
_LAUNCH = """
import json, os, resource, subprocess, sys, time
begin = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""


@dataclass(frozen=True)
class Spent:
    """Of one command and all that it started: seconds on the clock, seconds of CPU, MB of the biggest process."""

    seconds: float
    cpu: float
    memory: float


def spend(command: Sequence[str | Path], folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Spent:
    """Run a command. Raises `RuntimeError` with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _LAUNCH, *map(str, command)],
        cwd=folder,
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *spent = json.loads(done.stdout)
    if code:
        raise RuntimeError(done.stderr)
    return Spent(*spent)
