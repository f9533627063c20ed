"""Forty things that go wrong between a host and a phone, in three browsers: nothing wrong is ever stored or shown."""

import random
from pathlib import Path

import pytest

from ..faults.faults import FAULTS, HANGS
from ..faults.server import Faults, FaultServer
from ..sites import newer, pages_of
from .engines import Engine
from .scenes import check_opens, check_whole, keep, shown, store_of, update

pytestmark = pytest.mark.browser

# What the person reads while a fault lasts. What is not named may pass: it spoils two answers, and is tried again.
LASTING = {
    **dict.fromkeys(["portal", "portal-redirect", "redirect", "redirect-loop", "login-required"], ("wrong", "foreign")),
    **dict.fromkeys(
        ["injected", "rewritten", "recoded", "misrouted", "flip", "flip-end", "garbled"], ("wrong", "foreign")
    ),
    **dict.fromkeys(["zeros", "empty", "short", "short-coded"], ("wrong", "foreign", "waiting")),
    "longer": ("wrong", "foreign", "kept"),  # each file in a stream is right, only the stream is not
    **dict.fromkeys(["missing", "forbidden", "no-content", "partial"], ("wrong", "foreign")),
    **dict.fromkeys(["coding-stripped", "cookies"], ("kept",)),
    # The pages are right; the browser refuses their worker script, or keeps it not.
    **dict.fromkeys(["wrong-type", "bare", "vary"], ("kept", "failed", "waiting")),
    "coding-lost": ("wrong", "foreign"),
    **dict.fromkeys(HANGS, ("kept", "waiting")),  # the worker script is waited for, but not for ever
}
SLOW = {"drip", "late", "trickle", *HANGS}
PASSING = FAULTS.keys() - LASTING.keys() | {*HANGS}


def shares(**share: int) -> list[object]:
    """Every fault in every engine. A few, always the same, belong to `make test`, all of them to `make test-faults`."""
    cases = []
    for name, count in share.items():
        chosen = random.Random(f"{name} 1").sample(sorted(FAULTS.keys() - SLOW), count)
        for kind in FAULTS:
            marks = () if kind in chosen else (pytest.mark.full,)
            cases.append(pytest.param(name, kind, marks=marks, id=f"{name}-{kind}"))
    return cases


@pytest.mark.parametrize(("engine", "kind"), shares(chromium=8, firefox=1, webkit=1), indirect=["engine"])
def test_keeping_under_a_fault(engine: Engine, server: FaultServer, kind: str) -> None:
    """Everything that is fetched comes wrong: no wrong byte is kept, the words are right, and then all is kept."""
    engine.open(server.url("en/"))
    shown(engine, "offer")
    engine.click("section.keep [data-do=ask]")
    shown(engine, "asking")
    server.faults = Faults(kind, at=lambda _: True, times=2 if kind in PASSING else 1_000_000)
    engine.click("section.keep [data-do=keep]")
    state = shown(engine, "kept", "wrong", "foreign", "waiting", "failed")
    assert state in LASTING.get(kind, ("kept",))
    check_whole(store_of(engine))
    server.faults = Faults()
    if state != "kept":
        assert kind in ("wrong-type", "bare", "vary") or store_of(engine)["active"] == {}
        assert keep(engine) == "kept"
    check_whole(store_of(engine))
    server.stop()
    check_opens(engine, server, pages_of(server.site, "core", "text.en"), server.site)


@pytest.mark.parametrize(("engine", "kind"), shares(chromium=4, firefox=1, webkit=1), indirect=["engine"])
def test_renewing_under_a_fault(engine: Engine, server: FaultServer, guide_copy: Path, kind: str) -> None:
    """The new edition comes wrong: what is kept stays as it was, all of it, until the new one is there, all of it."""
    old, new = server.site, newer(guide_copy)
    engine.open(server.url("en/"))
    assert keep(engine) == "kept"
    engine.open(server.url("en/ready/"))
    shown(engine, "listed")
    server.site = new
    server.faults = Faults(kind, at=lambda _: True, times=2 if kind in PASSING else 1_000_000)
    state = update(engine)
    assert state in (*LASTING.get(kind, ()), "current", "foreign")
    store = store_of(engine)
    check_whole(store)
    assert {index["edition"] for index in store["active"].values()} == {8 if state == "current" else 7}
    server.faults = Faults()
    if state != "current":
        assert update(engine) == "current"
    check_whole(store_of(engine))
    server.stop()
    check_opens(engine, server, pages_of(new, "core", "text.en"), new)
    assert b"Sam notes" in new.artifacts["en/w/money/"].body != old.artifacts["en/w/money/"].body
