"""``static/`` -> artifacts at stable URLs with fixed media types.

Stable, not hashed, names: a changed script then changes one file and the index, and no page. Scripts and styles are
sent without comments and indents, a third of their bytes; nothing is renamed or joined.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from fieldguide.artifact import Artifact, Caching
from fieldguide.problems import Problem, raise_if_any

STATIC = Path(__file__).parent.parent / "static"
PICTOGRAMS = "static/icons/pictograms.svg"

_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)

WORKERS = ("sw.js", "sw-off.js")
"""Worker scripts: not assets, since constants go before them and they are served at the root."""

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}

_BARE: Mapping[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}


def load_assets(static: Path = STATIC) -> tuple[Artifact, ...]:
    """Every file of ``static/`` as an artifact. Raises `ProblemsError` for a kind of file that has no media type."""
    files = [path for path in sorted(static.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    files = [path for path in files if path.name not in WORKERS]
    names = [path.relative_to(static).as_posix() for path in files]
    raise_if_any(
        Problem(f"static/{name}", "", "no media type is known for such files; add it to assets.py or remove the file")
        for name, path in zip(names, files, strict=True)
        if path.suffix not in MEDIA_TYPES
    )
    return tuple(
        Artifact(f"static/{name}", _load(path), MEDIA_TYPES[path.suffix], Caching.HOUR)
        for name, path in zip(names, files, strict=True)
    )


def bare(text: str, suffix: str) -> str:
    """A script (``.js``) or style (``.css``) without comments and indents."""
    return _BARE[suffix](text)


def _load(path: Path) -> bytes:
    if path.suffix in _BARE:
        return bare(path.read_text(encoding="utf-8"), path.suffix).encode("utf-8")
    return path.read_bytes()


def symbols(assets: Iterable[Artifact]) -> dict[str, str]:
    """Every pictogram by its name: an SVG symbol of that id."""
    found = (asset.body.decode("utf-8") for asset in assets if asset.url == PICTOGRAMS)
    return {match[1]: match[0] for text in found for match in _SYMBOL.finditer(text)}


def load_workers(static: Path = STATIC) -> dict[str, str]:
    """The source of each worker script, by name."""
    return {name: bare((static / name).read_text(encoding="utf-8"), ".js") for name in WORKERS}
