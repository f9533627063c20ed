"""What the guide is built and served with, as a CycloneDX list of components: ``python -m fieldguide.sbom``.

A function of ``requirements.lock`` and ``pyproject.toml`` alone: no clock, no chance, no network, nothing installed.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldguide.problems import Problem, ProblemsError

ROOT = Path(__file__).parent.parent
LOCK = "requirements.lock"
SPEC = "1.6"

_PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?P<marker> ;)?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"#\s+(?:via\s+)?(?P<user>[a-z0-9-]*)")


@dataclass(frozen=True)
class Locked:
    """One package of the lock: the hashes of its files, the packages that ask for it, whether every system needs it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    users: tuple[str, ...]
    is_optional: bool

    @property
    def purl(self) -> str:
        """The package URL, by which such lists are compared."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(text: str) -> tuple[Locked, ...]:
    """The packages of a lock file, by name. Raises `ProblemsError` for a line that pins nothing."""
    blocks = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)
    return tuple(_locked(block) for block in blocks if block.strip() and not block.startswith("#"))


def _locked(block: str) -> Locked:
    pinned = _PINNED.match(block)
    hashes = tuple(_HASH.findall(block))
    if not pinned or not hashes:
        line = block.splitlines()[0]
        raise ProblemsError([Problem(LOCK, "", f"{line!r} is not pinned with hashes; write it anew: `make lock`")])
    users = tuple(found["user"] for found in _VIA.finditer(block) if found["user"])
    return Locked(pinned["name"], pinned["version"], hashes, users, bool(pinned["marker"]))


def build_sbom(name: str, version: str, packages: tuple[Locked, ...]) -> str:
    """The list as JSON. Equal packages give equal bytes; its serial number is made of them."""
    root = f"pkg:generic/{name}@{version}"
    told = {
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": name, "version": version}},
        "components": [_component(package) for package in packages],
        "dependencies": list(_iter_dependencies(root, name, packages)),
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told))
    head = {"bomFormat": "CycloneDX", "specVersion": SPEC, "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return json.dumps({**head, **told}, indent=1) + "\n"


def _component(package: Locked) -> dict[str, object]:
    files = {
        "type": "distribution",
        "url": f"https://pypi.org/simple/{package.name}/",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "optional" if package.is_optional else "required",
        "purl": package.purl,
        "externalReferences": [files],
    }


def _iter_dependencies(root: str, name: str, packages: tuple[Locked, ...]) -> Iterator[dict[str, object]]:
    for ref, user in ((root, name), *((package.purl, package.name) for package in packages)):
        yield {"ref": ref, "dependsOn": [package.purl for package in packages if user in package.users]}


def main() -> None:
    """Print the list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = read_lock((ROOT / LOCK).read_text(encoding="utf-8"))
    sys.stdout.write(build_sbom(project["name"], project["version"], packages))


if __name__ == "__main__":
    main()
