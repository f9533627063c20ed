"""The Nu validator: what the HTML standard says of a page. `make test-a11y` installs it."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

JAR = Path(__file__).parent / "html" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors_of(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Every error in any of these pages: the page's name, the line, what is wrong, and what stands there.

    ``folder`` is where the pages are written for the validator. AssertionError where it is not installed. Styles are
    left to `test_styles`: its list of properties is older than the browsers.
    """
    assert JAR.is_file(), "the validator is not there: sh tests/install_validator.sh"
    for name, html in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    command = ["java", "-jar", str(JAR), "--errors-only", "--format", "json", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stderr)["messages"]
    found = [one for one in told if not one["message"].startswith("CSS:")]
    return [f"{_name(one, folder)}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}" for one in found]


def _name(message: Mapping[str, str], folder: Path) -> str:
    return message["url"].partition(f"{folder.name}/")[2]
