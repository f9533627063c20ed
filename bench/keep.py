"""Renewing what is kept, and going on after a kill: bytes on the wire

In a real Chromium over TLS with brotli.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf

from playwright.sync_api import Page, Playwright, Request, sync_playwright

from bench.apps import SCRIPT, TAG, build_next, build_next_script, guide
from bench.figures import Figure
from bench.links import LIMIT
from bench.phone import CORE, TEXT, Look, Phone, install, look, phone, tap
from bench.sizes import packed
from bench.tls import served
from fieldguide.packs import PART
from fieldguide.sizes import pack_size
from fieldguide.snapshot import Site
from tests.faults.shaper import EDGE, NONE, Shaper

RENEW = """async () => {
  while (!self.fg?.app_js) await new Promise((resume) => setTimeout(resume, 20));
  const { renewKept } = await fg.files_js.load("tools");
  return renewKept({ now: Date.now() + 1e8, asks: false });
}"""


def report() -> Iterator[Figure]:
    """Two next editions, one after the other; nothing new; a phone whose battery was empty."""
    with sync_playwright() as playwright, served("fieldguide.web:create_app") as host:
        yield from renewals(playwright, host.port)
        yield kill_at_half(playwright, host.port, guide())


@dataclass(frozen=True)
class Renewal:
    """A look for newer pages: what was asked for, all bytes on the wire, and those before it began.

    Before it the browser connects by itself, to look whether the worker script is a new one.
    """

    asked: tuple[str, ...]
    wire: int
    before: int


def renewals(playwright: Playwright, port: int) -> Iterator[Figure]:
    """A day's look: an edition that changes three pages, the one after it that changes a script, and nothing new."""
    with phone(playwright, NONE, port) as one:
        install(one, LIMIT)
        with served("bench.apps:next_edition") as newer:
            one.shaper.target = newer.port
            new = renew(one)
        with served("bench.apps:next_script") as newer:
            one.shaper.target = newer.port
            script, same = renew(one), renew(one)  # a look that finds nothing is noted for the day it pretends to be
    yield from _pages_changed(new)
    note = f"on an open connection; {same.before:,} before, to connect and look for a new worker script"
    yield Figure("nothing new: on the wire", same.wire, "bytes", 1_200, note=note)
    yield from _script_changed(script)


def _pages_changed(new: Renewal) -> Iterator[Figure]:
    site = build_next()
    bodies = {url: packed(site.artifacts[url]) for url in new.asked}
    pages = sum(size for url, size in bodies.items() if url.startswith(f"{TAG}/w/"))
    change = "an edition that changes 3 pages"
    yield Figure(f"{change}: their bodies", pages, "bytes", 10_000)
    note = f"{len(bodies)} bodies of {sum(bodies.values()):,} bytes: {', '.join(bodies)}"
    yield Figure(f"{change}: on the wire", new.wire, "bytes", 13_000, note=note)


def _script_changed(new: Renewal) -> Iterator[Figure]:
    """The bar is the script itself, and the indexes that say that it has changed; the pages name it too."""
    site = build_next_script()
    bodies = {url: packed(site.artifacts[url]) for url in new.asked}
    told = sum(size for url, size in bodies.items() if url.endswith(".json"))
    own = packed(site.artifacts[SCRIPT])
    note = f"{SCRIPT} has {own:,} bytes, the indexes {told:,}; {new.wire:,} on the wire; {', '.join(bodies)}"
    yield Figure("an edition that changes a script: its bodies", sum(bodies.values()), "bytes", own + told, note=note)


def renew(one: Phone) -> Renewal:
    """Start the phone on a kept page and let it look for newer ones, as it does once a day."""
    asked: list[Request] = []  # the loop's; what the page itself imports is of another type
    begin = one.shaper.passed
    with one.opened() as context:
        page = context.new_page()
        page.goto(f"{one.start}w/change/")
        before = quiet(page, one.shaper)
        page.on("request", lambda request: asked.append(request) if request.resource_type == "fetch" else None)
        page.evaluate(RENEW)
        wire = quiet(page, one.shaper) - before
    return Renewal(tuple(request.url.removeprefix(one.address) for request in asked), wire, before - begin)


def quiet(page: Page, shaper: Shaper) -> int:
    """Wait until no byte passes for three seconds; returns how many have passed."""
    passed, since = shaper.passed, time.monotonic()
    while time.monotonic() - since < 3:
        page.wait_for_timeout(50)  # and hears of requests meanwhile
        if shaper.passed != passed:
            passed, since = shaper.passed, time.monotonic()
    return passed


def kill_at_half(playwright: Playwright, port: int, site: Site) -> Figure:
    """Killed when half of the language has come: how many bytes the second start needs; never, where the limit came."""
    pack = next(pack for pack in site.packs if pack.name == TEXT)
    whole = pack_size(pack, site, packed).stream
    with phone(playwright, replace(EDGE, trip=0.05), port) as one:
        with one.opened() as context:
            page = context.new_page()
            page.goto(one.start)
            wait(page, lambda shown: CORE in shown.packs)
            core = one.shaper.passed
            wait(page, lambda shown: one.shaper.passed - core >= whole / 2)
            one.kill()
            first = one.shaper.passed
        with one.opened() as context:
            page = context.new_page()
            page.goto(f"{one.start}ready/")  # any page goes on with what was begun
            is_kept = wait(page, lambda shown: TEXT in shown.packs, taps=False)
            after = one.shaper.passed - first if is_kept else inf
    bar = whole - (first - core) + PART + 12_000
    note = f"{first:,} before; the bar is what was missing, one part, and 12 KB"
    return Figure("killed at half: on the wire afterwards", after, "bytes", bar, note=note)


def wait(page: Page, until: Callable[[Look], bool], *, taps: bool = True) -> bool:
    """Wait, and tap what the page asks for; False where a person has put the phone away before."""
    end = time.monotonic() + LIMIT
    while not until(shown := look(page)):
        if time.monotonic() > end:
            return False
        if taps:
            tap(page, shown.state)
    return True
