"""A deployment's own picture on a phone's home screen and in the browser's tab: one PNG, in the size phones ask for."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from fieldguide.artifact import Artifact, Caching
from fieldguide.problems import Problem, ProblemsError, raise_if_any

ICONS = "static/icons/icon"
"""The beginning of the addresses of the guide's own icons."""

SIZE = 512
"""Pixels of each side; phones make smaller ones of it."""

LARGEST = 60_000
"""Bytes: every phone that keeps the guide takes it, some over links that carry 3 KB a second."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def with_icon(assets: Iterable[Artifact], path: Path) -> tuple[Artifact, ...]:
    """The assets with this picture in the place of all the guide's own icons. Raises `ProblemsError`."""
    try:
        body = path.read_bytes()
    except OSError as error:
        message = f"cannot be read ({error.strerror}); put it where the key icon of the deployment says"
        raise ProblemsError([Problem(path.name, "", message)]) from error
    raise_if_any(_problems(body, path.name))
    kept = tuple(asset for asset in assets if not asset.url.startswith(ICONS))
    return (*kept, Artifact(f"{ICONS}-{SIZE}.png", body, "image/png", Caching.HOUR))


def _problems(body: bytes, file: str) -> Iterator[Problem]:
    if not body.startswith(_SIGNATURE) or not body.endswith(_END) or len(body) < 33:
        yield Problem(file, "", "is no whole PNG; save the picture as PNG")
        return
    width, height = struct.unpack(">II", body[16:24])
    if (width, height) != (SIZE, SIZE):
        message = f"is {width} x {height} pixels; save it as {SIZE} x {SIZE}"
        yield Problem(file, "", message)
    if len(body) > LARGEST:
        message = f"has {len(body):,} bytes; save it with fewer colours, in at most {LARGEST:,}"
        yield Problem(file, "", message)


def app_icons(*, is_own: bool) -> dict[str, str]:
    """The addresses of the icons that manifests name, by their size; a deployment's own is one file."""
    sizes = (SIZE,) if is_own else (192, SIZE)
    return {f"{size}x{size}": f"{ICONS}-{size}.png" for size in sizes}


def tab_icon(*, is_own: bool) -> tuple[str, str]:
    """The address and media type of the icon that pages name."""
    return (f"{ICONS}-{SIZE}.png", "image/png") if is_own else (f"{ICONS}.svg", "image/svg+xml")
