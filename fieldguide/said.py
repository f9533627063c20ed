"""What cards say, read from the pages that show them: to the letter what a phone hashes for the code of a card."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"br", "img", "input", "link", "meta"})


@dataclass(frozen=True)
class Said:
    """One card in one language. ``tag`` is the language of the words really shown, ``sha256`` the hash of ``text``;
    ``officer`` is the other half by language."""

    code: str
    tag: str
    sha256: str
    text: str
    answers: tuple[str, ...]
    officer: dict[str, str]

    @property
    def cited(self) -> str:
        """What the card shows, and a report cites."""
        return f"{self.code}·{self.tag}·{self.sha256[:4]}"


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass
class _Half:
    code: str
    tag: str
    texts: dict[str, str] = field(default_factory=dict)


class _Cards(HTMLParser):
    """Finds the cards of a page, and puts together the text of what is asked for, as a browser's ``textContent``."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.cards: list[_Half] = []
        self._open: list[str] = []  # the key under which each open element's text is kept, "" for none

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        if tag not in _VOID:
            self._open.append(self._key(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the text of what is open."""
        for key in filter(None, self._open) if self.cards else ():
            self.cards[-1].texts[key] = self.cards[-1].texts.get(key, "") + data

    def _key(self, tag: str, attrs: dict[str, str]) -> str:
        kinds = attrs.get("class", "").split()
        if tag == "article" and "card" in kinds:
            self.cards.append(_Half(attrs["id"], self.tag))
            return "card"
        return self._part(tag, kinds, attrs) if "card" in self._open else ""

    def _part(self, tag: str, kinds: list[str], attrs: dict[str, str]) -> str:
        match (tag, kinds, self._open[-1]):
            case ("p", ["card__text"], _):
                self.cards[-1].tag = attrs.get("lang", self.tag)
                key = "text"
            case ("div", ["card__officer"], _):
                key = "half"
            case ("p", [], "half"):
                key = "line"
            case ("span", ["o", half], "line"):
                key = f"officer {half.removeprefix('o-')}"
            case ("li", [], _) if "data-answer" in attrs:
                key = "item"
            case ("span", [], "item"):
                key = f"answer {len(self.cards[-1].texts)}"
            case _:
                key = ""
        return key


def iter_said(page: str, tag: str) -> Iterator[Said]:
    """Every card of the page of cards in the language ``tag``."""
    parser = _Cards(tag)
    parser.feed(page)
    for half in parser.cards:
        answers = tuple(text for key, text in half.texts.items() if key.startswith("answer "))
        officer = {key.removeprefix("officer "): text for key, text in half.texts.items() if key.startswith("officer ")}
        yield Said(half.code, half.tag, hash_of(half.texts["text"]), half.texts["text"], answers, officer)
