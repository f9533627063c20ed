"""How big what a phone keeps is, beside the bare text of its pages: the bars that a pack of pages should pass."""

import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fieldguide.artifact import Artifact
from fieldguide.packs import Pack
from fieldguide.snapshot import Site

BARS = (1.15, 1.25, 1.30)
"""As multiples of the bare text: one stream, its parts together, parts and index."""


@dataclass(frozen=True)
class PackSize:
    """Bytes as they travel, compressed; ``bare`` is the visible text of the pages, by ``xz -9e``."""

    name: str
    files: int
    bare: int
    stream: int
    parts: int
    index: int
    is_text: bool

    @property
    def ratios(self) -> tuple[float, float, float]:
        """Stream, parts, and parts with index, each as a multiple of the bare text."""
        return self.stream / self.bare, self.parts / self.bare, (self.parts + self.index) / self.bare

    @property
    def passes(self) -> bool:
        """True when every bar is met."""
        return all(ratio <= bar for ratio, bar in zip(self.ratios, BARS, strict=True))


def pack_size(pack: Pack, site: Site, packed: Callable[[Artifact], int]) -> PackSize:
    """Measure one pack; ``packed`` tells the compressed bytes of an artifact."""
    index = site.artifacts[f"_/{pack.name}.json"]
    told = json.loads(index.body)
    parts = sum(packed(_travelling(site, row)) for row in told["parts"])
    stream = packed(_travelling(site, told["whole"])) if told["whole"] else parts
    return PackSize(pack.name, len(pack.files), bare_size(pack), stream, parts, packed(index), pack.is_folded)


def iter_sizes(site: Site, packed: Callable[[Artifact], int]) -> Iterator[PackSize]:
    """Measure every pack of a site."""
    return (pack_size(pack, site, packed) for pack in site.packs)


def describe_sizes(site: Site, packed: Callable[[Artifact], int]) -> Iterator[str]:
    """Two tables, line by line: what lies in each folder of a site, and what a phone keeps, with the bars."""
    groups: dict[str, list[Artifact]] = {}
    for artifact in site:
        groups.setdefault(artifact.url.partition("/")[0] or "/", []).append(artifact)
    yield f"{'folder':<14}{'files':>7}{'bytes':>11}{'brotli':>10}"
    for name, artifacts in groups.items():
        total = sum(len(artifact.body) for artifact in artifacts)
        yield f"{name:<14}{len(artifacts):>7}{total:>11,}{sum(map(packed, artifacts)):>10,}"
    head = f"{'kept pack':<14}{'files':>7}{'stream':>11}{'in parts':>10}{'index':>8}"
    yield f"{head}   times its bare text (bars: {_times(BARS)})"
    for size in iter_sizes(site, packed):
        beside = f"{_times(size.ratios)}{'' if size.passes else '  over'}" if size.is_text else ""
        yield f"{size.name:<14}{size.files:>7}{size.stream:>11,}{size.parts:>10,}{size.index:>8,}   {beside}"


def _times(ratios: Iterable[float]) -> str:
    return ", ".join(f"{ratio:.2f}" for ratio in ratios)


def _travelling(site: Site, row: list[object]) -> Artifact:
    return site.artifacts[f"_/{row[0]}.txt"]


def bare_size(pack: Pack) -> int:
    """Bytes of the pages' visible text by ``xz -9e``: each page's own labels once a page, as shown."""
    pages = (file.body.decode("utf-8") for file in pack.files if file.media_type.startswith("text/html"))
    text = "\n".join(map(visible, pages))
    return len(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def visible(html: str) -> str:
    """The text a reader can see, without tags."""
    body = re.sub(r"(?s)^.*?<body>|<(script|style).*?</\1>", " ", html)
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "", body)).strip()
