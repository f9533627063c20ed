"""``static/`` -> artifacts at stable URLs with fixed media types.

Stable, not hashed, names: the index tells what a phone keeps of an address, and a page what it wants there by the hash
beside it. Scripts and styles are sent without comments and indents, a third of their bytes; nothing is renamed. A style
sheet that is written in several files is sent as one: it names them with ``@import``, and their text is put there.
Scripts are sent as `fieldguide.scripts` joins them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from fieldguide.artifact import Artifact, Caching
from fieldguide.problems import Problem, raise_if_any
from fieldguide.scripts import iter_scripts, read_scripts

STATIC = Path(__file__).parent.parent / "static"
SCRIPTS = "js"
PICTOGRAMS = "static/icons/pictograms.svg"

_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
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
    """Every file of ``static/`` as an artifact, but not those that a style sheet is joined from.

    Raises `ProblemsError` for a kind of file that has no media type, and for an import of what is not there.
    """
    files = [path for path in sorted(static.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    pieces = {piece: path for path in files if path.suffix == ".css" for piece in _imported(path)}
    files = [path for path in files if path.name not in WORKERS and path not in pieces]
    raise_if_any((*_check_kinds(files, static), *_check_imports(pieces, static)))
    bodies = {_url(path, static): _load(path) for path in files if path.parent != static / SCRIPTS}
    for name, text in iter_scripts(read_scripts(static / SCRIPTS), lambda text: bare(text, ".js")):
        bodies[f"static/{SCRIPTS}/{name}"] = text.encode("utf-8")
    return tuple(Artifact(url, body, MEDIA_TYPES[Path(url).suffix], Caching.HOUR) for url, body in bodies.items())


def _url(path: Path, static: Path) -> str:
    return f"static/{path.relative_to(static).as_posix()}"


def _check_kinds(files: Iterable[Path], static: Path) -> Iterator[Problem]:
    remedy = "no media type is known for such files; add it to assets.py or remove the file"
    for path in files:
        if path.suffix not in MEDIA_TYPES:
            yield Problem(_url(path, static), "", remedy)


def _check_imports(pieces: Mapping[Path, Path], static: Path) -> Iterator[Problem]:
    for piece, sheet in pieces.items():
        if not piece.is_file():
            yield Problem(
                _url(sheet, static), piece.name, "is imported and not there; write it, or take that line away"
            )


def source(path: Path) -> str:
    """The text of a script or style, with the styles that it imports in their places."""
    return _IMPORT.sub(lambda found: source(path.parent / found[1]), path.read_text(encoding="utf-8"))


def _imported(path: Path) -> list[Path]:
    return [path.parent / name for name in _IMPORT.findall(path.read_text(encoding="utf-8"))]


def bare(text: str, suffix: str) -> str:
    """A script (``.js``) or style (``.css``) without comments and indents."""
    return _BARE[suffix](text)


def _load(path: Path) -> bytes:
    if path.suffix in _BARE:
        return bare(source(path), path.suffix).encode("utf-8")
    return path.read_bytes()


def symbols(assets: Iterable[Artifact]) -> dict[str, str]:
    """Every pictogram by its name: an SVG symbol of that id."""
    found = (asset.body.decode("utf-8") for asset in assets if asset.url == PICTOGRAMS)
    return {match[1]: match[0] for text in found for match in _SYMBOL.finditer(text)}


def load_workers(static: Path = STATIC) -> dict[str, str]:
    """The source of each worker script, by name."""
    return {name: bare((static / name).read_text(encoding="utf-8"), ".js") for name in WORKERS}
