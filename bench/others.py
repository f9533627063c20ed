"""Beside Hugo and MkDocs Material: the same texts as plain pages, in turns

They get the visible text of every page, one Markdown file a page, and nothing of what the guide is besides: no
languages, no checks, no packs. Hugo has a template of one line; MkDocs Material its own theme, without search, and a
menu that is cut to each page's surroundings, as it advises for many pages.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.apps import guide
from bench.figures import Figure, NotMeasuredError, median
from bench.record import ROOT
from bench.spent import Spent, spend
from fieldguide.sizes import visible
from fieldguide.snapshot import Site

HUGO = ROOT / "bench" / "hugo.sh"
MKDOCS = ROOT / ".cache" / "mkdocs" / "bin" / "mkdocs"
LAYOUT = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}\n"
MKDOCS_FILE = """site_name: Guide
theme: {name: material, font: false, features: [navigation.prune]}
plugins: []
"""


def report(rounds: int) -> Iterator[Figure]:
    """All three in turns, so that what else the machine does falls on each. Raises `NotMeasuredError`."""
    subprocess.run(["sh", ROOT / "bench" / "install_others.sh"], check=True)
    if not (ROOT / ".cache/hugo/usr/bin/hugo").is_file() or not MKDOCS.is_file():
        raise NotMeasuredError("`bench/install_others.sh` could not get Hugo and MkDocs Material")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _write_texts(guide(), folder)
        runs_of = [(_ours(folder), _hugo(folder), _mkdocs(folder)) for _ in range(rounds)]
    makers = ("the guide", "Hugo", "MkDocs Material")
    for maker, runs in zip(makers, zip(*runs_of, strict=True), strict=True):
        note = f"{count} pages; CPU {min(run.cpu for run in runs):.1f} s"
        yield median(f"{maker}: pages", [count / run.seconds for run in runs], "a second", note=note)
        yield median(f"{maker}: memory at its peak", [run.memory for run in runs], "MB")
    for number, maker in enumerate(makers[1:], start=1):
        for what, of in (("time", lambda run: run.seconds), ("CPU", lambda run: run.cpu)):
            ratios = [of(each[0]) / of(each[number]) for each in runs_of]
            yield median(f"the guide beside {maker}: {what}", ratios, "times")


def _write_texts(site: Site, folder: Path) -> int:
    """Each page as Markdown where Hugo and MkDocs look for it; returns how many."""
    pages = [artifact for artifact in site if artifact.media_type.startswith("text/html")]
    for page in pages:
        lines = visible(page.body.decode()).splitlines()
        name = page.url.removesuffix(".html").strip("/") or "all"
        body = f"---\ntitle: page\n---\n\n# {name}\n\n" + "\n\n".join(lines) + "\n"
        for place in ("hugo/content", "mkdocs/docs"):
            path = folder / place / f"{name.replace('/', '-', name.count('/') - 1)}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
    (folder / "hugo/layouts/_default").mkdir(parents=True)
    (folder / "hugo/layouts/_default/single.html").write_text(LAYOUT)
    (folder / "hugo/hugo.toml").write_text('disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home"]\n')
    (folder / "mkdocs/mkdocs.yml").write_text(MKDOCS_FILE)
    return len(pages)


def _ours(folder: Path) -> Spent:
    return spend([sys.executable, "-m", "bench.plain", folder / "ours"], ROOT)


def _hugo(folder: Path) -> Spent:
    command = [HUGO, "--quiet", "--destination", folder / "hugo-out", "--cleanDestinationDir"]
    spent = spend(command, folder / "hugo", {"HUGO_CACHEDIR": str(folder / "cache")})
    return _checked(spent, folder, "hugo-out")


def _mkdocs(folder: Path) -> Spent:
    spent = spend([MKDOCS, "build", "--quiet", "--clean", "--site-dir", folder / "mkdocs-out"], folder / "mkdocs")
    return _checked(spent, folder, "mkdocs-out")


def _checked(spent: Spent, folder: Path, out: str) -> Spent:
    """What was spent, if every page was made. Raises `RuntimeError`."""
    wanted = sum(1 for _ in (folder / "mkdocs/docs").rglob("*.md"))
    made = sum(1 for _ in (folder / out).rglob("*.html"))
    if made < wanted:
        raise RuntimeError(f"{out} has {made} pages of {wanted}")
    return spent
