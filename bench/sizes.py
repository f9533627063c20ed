"""Sizes: packs beside `xz -9e`, first views, scripts and styles

Bytes say the same on every machine, whatever else it does.
"""

import statistics
from collections.abc import Iterator, Sequence

from bench.apps import guide
from bench.figures import Figure
from fieldguide.artifact import Artifact
from fieldguide.assets import MEDIA_TYPES, SCRIPTS, STATIC, bare
from fieldguide.compression import iter_variants
from fieldguide.scripts import read_scripts
from fieldguide.sizes import BARS, PackSize, iter_sizes
from fieldguide.snapshot import Site

VIEWS = ("", "es/", "es/w/farm/", "es/w/numbers/", "en/o/", "en/o/agriculture/", "en/o/interview/", "es/cards/")
FIRST_VIEW = 14_000
LOOP = ("loop", "fetcher", "stopped")
STYLE = "static/css/guide.css"
HEAD = "static/js/left.js"
"""Hides a page that was left before anything of it is seen, so nothing is shown before it has come."""
WAYS = ("one stream", "parts", "parts and index")
TIMES = "× `xz -9e` of the text"


def report() -> Iterator[Figure]:
    """Every pack, then what must come before a page can be read, then all scripts."""
    site = guide()
    kinds: dict[str, list[PackSize]] = {}
    for size in iter_sizes(site, packed):
        kinds.setdefault(size.name.partition(".")[0], []).append(size)
    for kind, sizes in kinds.items():
        yield from _packs(kind, sizes)
    for url in VIEWS:
        yield Figure(f"first view of /{url}, all critical bytes", first_view(site, url), "bytes", FIRST_VIEW)
    yield _over(site)
    yield from _scripts(site)


def packed(artifact: Artifact) -> int:
    """Bytes of a body as they travel."""
    (found,) = iter_variants([artifact])
    return len(found.codings.get("br", artifact.body))


def first_view(site: Site, url: str) -> int:
    """Bytes of a page and of what it waits for before it is shown: its style sheet, and the script in its head."""
    page = site.artifacts[url]
    waited = [name for name in (STYLE, HEAD) if f"{name.removeprefix('static/')}?".encode() in page.body]
    return packed(page) + sum(packed(site.artifacts[name]) for name in waited)


def _over(site: Site) -> Figure:
    """How many of all pages are above the bar."""
    views = {page.url: first_view(site, page.url) for page in site if page.media_type.startswith("text/html")}
    biggest = sorted(views, key=views.__getitem__)[-1]
    above = sum(size > FIRST_VIEW for size in views.values())
    note = f"the biggest is /{biggest} with {views[biggest]:,} bytes"
    return Figure("first views above it", above, f"of {len(views):,} pages", note=note)


def _packs(kind: str, sizes: Sequence[PackSize]) -> Iterator[Figure]:
    """Of the packs of one kind that which is biggest beside its text, by each of the three ways to tell."""
    for number, (way, bar) in enumerate(zip(WAYS, BARS, strict=True)):
        worst = max(sizes, key=lambda size: size.ratios[number])
        middle = statistics.median(size.ratios[number] for size in sizes)
        note = (
            f"{worst.name} of {len(sizes)}, the median is {middle:.2f}; {worst.files} files: one stream"
            f" {worst.stream:,} bytes, parts {worst.parts:,}, index {worst.index:,}; bare text {worst.bare:,}"
        )
        barred = bar if worst.is_text else None  # core holds pictures and scripts
        yield Figure(f"packs {kind}, {way}", worst.ratios[number], TIMES, barred, note=note)


def _scripts(site: Site) -> Iterator[Figure]:
    scripts = [
        artifact for artifact in site if artifact.media_type.startswith("text/javascript") and _is_program(artifact)
    ]
    every = sum(map(packed, scripts))
    yield Figure("JavaScript, all of it", every, "bytes", 20_000, note=f"{len(scripts)} files, each compressed alone")
    yield Figure("worker script", packed(site.artifacts["sw.js"]), "bytes", 2_000)
    loop = sum(packed(_alone(name)) for name in LOOP)
    yield Figure("the loop that keeps", loop, "bytes", 4_000, note=f"{len(LOOP)} modules, each compressed alone")
    yield Figure("style sheet", packed(site.artifacts[STYLE]), "bytes", 8_000)


def _alone(name: str) -> Artifact:
    """A module by itself, as bare as it is in the file that holds it."""
    return Artifact(name, bare(read_scripts(STATIC / SCRIPTS)[name], ".js").encode("utf-8"), MEDIA_TYPES[".js"])


def _is_program(artifact: Artifact) -> bool:
    """False for texts that travel as a script, and for the kill switch, which takes the worker script's place."""
    return artifact.url == "sw.js" or artifact.url.startswith("static/js/")
