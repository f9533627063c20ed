"""A page of the site as a chapter of one file: ids of its own, links that stay in the file, nothing that needs a host.

The words are those that the site sends, since the chapter is cut from the very page.
"""

import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markupsafe import Markup, escape

from fieldguide.artifact import Artifact
from fieldguide.assets import PICTOGRAMS

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_REFERS = ("for", "form", "aria-labelledby", "aria-describedby")
_BESIDE = " ·\n"
"""What may stand between two links of a line that has nothing else."""

SYMBOL = "i-"
"""The beginning of the ids of pictograms in a file."""


@dataclass
class Node:
    """An element of a page; texts are HTML as it was written. Without a ``tag`` it is what stands in it."""

    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def iter(self) -> Iterator["Node"]:
        """The element and everything in it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.iter()

    @property
    def inner(self) -> str:
        """What stands in it, as HTML."""
        return "".join(child.html if isinstance(child, Node) else child for child in self.children)

    @property
    def html(self) -> str:
        """The element as HTML."""
        if not self.tag:
            return self.inner
        start = f"<{self.tag}{_written(self.attrs)}>"
        return start if self.tag in _VOID else f"{start}{self.inner}</{self.tag}>"


def _written(attrs: Mapping[str, str | None]) -> str:
    return "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs.items())


class _Tree(HTMLParser):
    """Reads pages of this guide, which close all that they open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Node("")
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            node = self._open[-1].children[-1]
            assert isinstance(node, Node)  # noqa: S101 - it was put there by the line before
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open.pop().tag != tag:
            raise ValueError(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


@dataclass(frozen=True)
class Chapter:
    """One page in a file. ``life`` are the days from which and until which its law holds, as attributes."""

    id: str
    url: str
    life: Markup
    main: Markup
    foot: Markup


def chapter_of(artifact: Artifact, homes: Mapping[str, str], prefix: str, cut: Container[str] = ()) -> Chapter:
    """Cut a page into a chapter.

    ``homes`` are the chapter ids of all pages of the file, by URL; ``prefix`` goes before every id of the page; ``cut``
    are the ids of sections that make no sense without a host.
    """
    root = _Tree(artifact.body.decode("utf-8")).root
    main = next(node for node in root.iter() if node.tag == "main")
    foot = next(node for node in root.iter() if node.attrs.get("class") == "foot")
    for part in (main, foot):
        _prune(part, cut)
        for node in part.iter():
            _rename(node, prefix)
            if "href" in node.attrs:
                node.attrs["href"] = _address(node, artifact.url, homes, prefix)
        _unlink(part)
    life: dict[str, str | None] = {name: main.attrs[name] for name in ("data-from", "data-until") if name in main.attrs}
    life_html, main_html, foot_html = map(Markup, (_written(life), main.inner, foot.inner))  # the site escaped it
    return Chapter(homes[artifact.url], artifact.url, life_html, main_html, foot_html)


def _prune(part: Node, cut: Container[str]) -> None:
    """Take away what a file cannot do: other languages, keeping, recordings, notes of the officers' side."""
    for node in part.iter():
        node.children = [child for child in node.children if isinstance(child, str) or not _is_useless(child, cut)]
        node.attrs.pop("data-sound", None)
        node.attrs.pop("data-officers", None)


def _is_useless(node: Node, cut: Container[str]) -> bool:
    classes = (node.attrs.get("class") or "").split()
    return "languages" in classes or "keep" in classes or "when-target" in classes or node.attrs.get("id") in cut


def _rename(node: Node, prefix: str) -> None:
    if node.attrs.get("id"):
        node.attrs["id"] = f"{prefix}{node.attrs['id']}"
    for name in _REFERS:
        if node.attrs.get(name):
            node.attrs[name] = " ".join(f"{prefix}{one}" for one in (node.attrs[name] or "").split())


def _address(node: Node, url: str, homes: Mapping[str, str], prefix: str) -> str | None:
    """Where a link leads in the file; None when what it leads to is not there."""
    href = node.attrs["href"] or ""
    if href.startswith(("tel:", "sms:")):
        return href
    path, _, fragment = href.partition("#")
    if not path:
        return f"#{prefix}{fragment}"
    there = posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
    if there == PICTOGRAMS:
        return f"#{SYMBOL}{fragment}"
    home = homes.get(f"{there}/")
    return home and f"#{home}{fragment and f'.{fragment}'}"


def _unlink(part: Node) -> None:
    """A line that is nothing but links out of the file goes; within a sentence the words stay."""
    for node in part.iter():
        node.children = [child for child in node.children if isinstance(child, str) or not _is_dead_line(child)]
        for child in node.children:
            if isinstance(child, Node) and _is_dead(child):
                child.attrs = {name: child.attrs[name] for name in ("lang", "dir") if name in child.attrs}
                child.tag = "span" if child.attrs else ""


def _is_dead(node: Node) -> bool:
    return node.tag == "a" and node.attrs.get("href", "") is None


def _is_dead_line(node: Node) -> bool:
    links = [child for child in node.children if isinstance(child, Node)]
    between = "".join(child for child in node.children if isinstance(child, str))
    return node.tag in ("p", "li") and bool(links) and all(map(_is_dead, links)) and not between.strip(_BESIDE)


def symbols_of(pictograms: Artifact) -> Markup:
    """The pictograms as an element that is not shown, for a file that holds its drawings itself."""
    svg = pictograms.body.decode("utf-8").replace(' id="', f' id="{SYMBOL}')
    return Markup(f"<div hidden>{svg}</div>")  # noqa: S704 - a drawing of ours
