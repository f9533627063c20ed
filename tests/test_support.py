"""Scripts and styles stay at the level of the oldest browsers that docs/support.md names.

Chrome and WebView 90, Samsung Internet 15, Firefox 102, Safari 15.4.
"""

import re
from pathlib import Path

import pytest
import quickjs

from fieldguide.assets import STATIC
from fieldguide.handon import OWN

SCRIPTS = sorted([*STATIC.rglob("*.js"), *OWN.glob("*.js")])
STYLES = sorted(STATIC.rglob("*.css"))

NEWER_SCRIPT = {
    r"\.at\(": "Array.at, Chrome 92",
    r"\bstructuredClone\b": "Chrome 98",
    r"\bObject\.(hasOwn|groupBy)\b": "Chrome 93 and later",
    r"\.(findLast|findLastIndex|toSorted|toReversed|toSpliced|isWellFormed)\(": "Chrome 97 and later",
    r"\bArray\.fromAsync\b": "Chrome 121",
    r"\bPromise\.(withResolvers|try)\b": "Chrome 119 and later",
    r"\bAbortSignal\.(timeout|any)\b": "Chrome 103 and later",
    r"\bURL\.canParse\b": "Chrome 120",
    r"\(\?<[=!]": "regular expressions that look behind, Safari 16.4",
    r"\bset(HTMLUnsafe|HTML)\b": "Chrome 124",
    r"\brandomUUID\b": "Chrome 92",
    r"new Error\([^()]*,": "the cause of an error, Chrome 93",
}

NEWER_STYLE = {
    r":has\(": "Chrome 105",
    r"@(layer|container|scope|property|starting-style)\b": "Chrome 99 and later",
    r"\b(color-mix|light-dark|oklch|oklab)\(": "Chrome 111 and later",
    r"\d(dvh|svh|lvh|dvb|svb|dvi|svi|cqi|cqw)\b": "Chrome 105 and later",
    r"\b(text-wrap|accent-color|field-sizing|anchor-name|view-transition-name)\s*:": "Chrome 93 and later",
    r"&": "nested rules, Chrome 112",
}


def newer_in(text: str, newer: dict[str, str]) -> list[str]:
    """What of a list of newer words stands in a text."""
    return [f"{found[0]!r}: {since}" for pattern, since in newer.items() if (found := re.search(pattern, text))]


def syntax_fault(code: str) -> str:
    """What an engine of early 2021 (ES2020 and what came with Chrome 90) says of a module's syntax, "" if nothing."""
    try:
        quickjs.Context().module(code)
    except quickjs.JSException as error:  # it parses first; what it then cannot import or find is not its business
        message = str(error).splitlines()[0]
        return message if message.startswith("SyntaxError") else ""
    return ""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_old_browsers_can_read_the_script(path: Path) -> None:
    """One unknown word in a script and nothing of it runs: an old phone could then neither keep nor leave as told."""
    code = path.read_text(encoding="utf-8")
    assert syntax_fault(code) == ""
    assert newer_in(code, NEWER_SCRIPT) == []


@pytest.mark.parametrize(
    "code", ["class A { static {} }", "const x = /a/v;", "await 1;", "class A { #x; f(o) { return #x in o } }"]
)
def test_newer_syntax_is_found(code: str) -> None:
    """The engine is old enough to refuse what came after."""
    assert syntax_fault(code).startswith("SyntaxError")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_old_browsers_can_read_the_styles(path: Path) -> None:
    """A rule that an old browser does not know is dropped whole, and the page is then laid out without it."""
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert newer_in(code, NEWER_STYLE) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_unknown_pseudo_elements_stand_alone(path: Path) -> None:
    """A selector list with one pseudo-element that a browser does not know takes its other selectors down with it."""
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    lists = [head for head in re.findall(r"([^{}]+)\{", code) if "," in head]
    assert [head.strip() for head in lists if "::" in head] == []


def test_browsers_are_named_in_the_docs() -> None:
    """The level that these tests hold is the one that docs/support.md promises."""
    text = (STATIC.parent / "docs/support.md").read_text(encoding="utf-8")
    for browser in ("Chrome and Android WebView 90", "Samsung Internet 15", "Firefox 102", "Safari on iOS 15.4"):
        assert browser in text
