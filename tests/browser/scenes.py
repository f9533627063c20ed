"""What a person does with the guide in any of the three browsers, and what is then there."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import html5lib

from fieldguide.snapshot import Site

from ..faults.server import FaultServer
from .engines import BrokenError, Engine, EngineError
from .store import STORE

_UNFIT = ("wrong", "foreign", "lower", "higher")
ENDED = ("kept", "numbers", *_UNFIT, "waiting", "room", "unable", "insecure", "overtaken", "failed")
"""States in which the Keep control rests."""

_STATE = """(states) => {
  const state = document.querySelector("section.keep")?.dataset.state;
  return states.includes(state) && state;
}"""

# Why it does not end: what the control shows, and who holds the lock of the loop or waits for it.
_PLIGHT = """async () => {
  const { held, pending } = await navigator.locks.query();
  const control = document.querySelector("section.keep");
  return JSON.stringify([location.href, control?.dataset.state, control?.innerText, { held, pending }]);
}"""

# What scripts add to a page is taken away again: what is left must be what the host sends.
_TEXT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const added of main.querySelectorAll("section.keep, noscript, template, [data-fill]")) added.remove();
  return main.textContent;
}"""


def reload(engine: Engine) -> None:
    """As the browser's button does it, and wait for the page that then comes."""
    engine.run("() => { setTimeout(() => location.reload(), 0); }")
    engine.wait("() => performance.getEntriesByType('navigation')[0].type === 'reload'")


def shown(engine: Engine, *states: str, seconds: float = 100) -> str:
    """The state of the Keep control or of the *ready* page, once it is one of these."""
    try:
        state: str = engine.wait(_STATE, states, seconds=seconds)
    except BrokenError:
        raise
    except EngineError as error:
        raise EngineError(f"{error}\nThe page: {engine.run(_PLIGHT)}") from error
    return state


def say_yes(engine: Engine) -> None:
    """Touch *Keep on this phone*, or *Try again*, read, and say yes."""
    shown(engine, "offer", *ENDED)
    engine.click("section.keep [data-do=ask]")
    shown(engine, "asking")
    engine.click("section.keep [data-do=keep]")


def keep(engine: Engine) -> str:
    """Say yes, and wait for how it ends."""
    say_yes(engine)
    return shown(engine, *ENDED)


def update(engine: Engine) -> str:
    """Touch *Update* on the *ready* page, and wait for how it ends."""
    shown(engine, "listed", "current", *ENDED)
    engine.run("() => { document.querySelector('section.keep').dataset.state = 'not touched yet'; }")
    engine.click("[data-do=update]")
    return shown(engine, "current", *ENDED)


def store_of(engine: Engine, base: str = "/") -> dict[str, Any]:
    """The store, every body hashed anew without the guide's own code."""
    store: dict[str, Any] | None = engine.run(STORE, base)
    return store or {"active": {}, "next": {}, "prev": {}, "bodies": [], "wrong": []}


def check_whole(store: dict[str, Any]) -> None:
    """No wrong byte is stored; what the worker answers from is all there, and of one build."""
    assert store["wrong"] == []
    active = store["active"].values()
    assert {row[1] for index in active for row in index["files"]} <= set(store["bodies"])
    assert len({index["build"] for index in active}) <= 1


def check_opens(engine: Engine, server: FaultServer, urls: Iterable[str], *sites: Site) -> None:
    """Each page opens, and reads as one of the sites has it: all of them the same one."""
    for url in urls:
        assert engine.open(server.url(url)), url
        said = " ".join(engine.run(_TEXT).split())
        sites = tuple(site for site in sites if _text(site.artifacts[url].body) == said)
        assert sites, f"{url or 'the list of languages'} reads as no host ever sent it"


def _text(body: bytes) -> str:
    """The text of a page's main part, as `_TEXT` reads it."""
    tree = html5lib.parse(body, namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(_iter_text(tree.find(".//main")))).strip()


def _iter_text(element: Any) -> Iterator[str]:
    is_keep = element.tag == "section" and element.get("class") == "keep"
    if not is_keep and element.tag not in ("noscript", "template") and "data-fill" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _iter_text(child)
            yield child.tail or ""
