"""A phone behind a link, and a person who keeps the guide on it: opens it, asks, says yes, and again if need be."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from bench.apps import TAG
from tests.faults.shaper import Link, Shaper

FLAGS = ["--no-sandbox", "--disable-background-networking", "--ignore-certificate-errors", "--disable-component-update"]
OWN = "own"
"""As if it were a pack: the numbers in one's own language, when they open with no network."""
CORE = "core"
TEXT = f"text.{TAG}"
CARDS = "cards"
OFFICER = "officer.en"
PATIENCE = 20.0
"""Seconds after which a person opens a page again whose script did not come."""
THOUGHT = 5.0
"""Seconds after which a person tries again what the browser or the page said had failed."""


@dataclass(frozen=True)
class Way:
    """Where a person opens the guide to keep it, and the pack with which the keeping ends."""

    start: str
    last: str


WORKER_WAY = Way(f"{TAG}/", TEXT)
HELP_WAY = Way(f"{TAG}/", CORE)
OFFICER_WAY = Way("en/o/", OFFICER)


@dataclass(frozen=True)
class Phone:
    """A browser profile on disk, that can be opened, closed, killed and opened again behind one link."""

    playwright: Playwright
    folder: Path
    shaper: Shaper

    @property
    def address(self) -> str:
        """What the browser opens: the port of the link, which stays when the server behind it is another."""
        return f"https://127.0.0.1:{self.shaper.port}/"

    @property
    def start(self) -> str:
        """The first page of the language."""
        return f"{self.address}{TAG}/"

    @contextmanager
    def opened(self) -> Iterator[BrowserContext]:
        """The browser, until it is closed."""
        context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path="/usr/bin/chromium", args=FLAGS, viewport={"width": 360, "height": 740}
        )
        try:
            yield context
        finally:
            with suppress(PlaywrightError):  # it may have been killed
                context.close()

    def kill(self) -> None:
        """SIGKILL: an empty battery. The lock in a profile names the process that has it open."""
        os.kill(int((self.folder / "SingletonLock").readlink().name.rpartition("-")[2]), signal.SIGKILL)


@contextmanager
def phone(playwright: Playwright, link: Link, port: int) -> Iterator[Phone]:
    """A phone with a new profile, and a link of its own to the server at ``port``."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Shaper(link, port) as shaper:
        yield Phone(playwright, Path(folder), shaper)


@dataclass(frozen=True)
class Kept:
    """From nothing to kept: seconds since the page was asked for, ``inf`` where the limit came first.

    ``seen`` is the first paint. ``at`` has the seconds and KB at which each pack was kept; of the last one, at which
    the page said *kept and checked*. KB are those on the wire, TLS and headers too.
    """

    seen: float
    at: Mapping[str, tuple[float, float]]
    kb: float
    openings: int

    def seconds(self, pack: str) -> float:
        """When a pack was kept."""
        return self.at[pack][0] if pack in self.at else inf

    def wire(self, pack: str) -> float:
        """KB until then; of all that passed where it never was."""
        return self.at[pack][1] if pack in self.at else self.kb


@dataclass(frozen=True)
class Look:
    """What the page shows: the state of its control, the packs kept (`OWN` too), and when it was first painted."""

    state: str = ""
    packs: tuple[str, ...] = ()
    painted: float = inf


LOOK = """async () => {
  const read = async (name) => (await (await caches.match(`/_/${name}`))?.json()) ?? {};
  const active = await read("active");
  const own = Object.values({ ...(await read("next")), ...active }).find(({ fold }) => fold)?.fold;
  const isOwn = own && (await caches.match(`/_/${own}`)) && (await navigator.serviceWorker.getRegistration())?.active;
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    state: document.querySelector(".keep")?.dataset.state ?? "",
    packs: [...(isOwn ? ["own"] : []), ...Object.keys(active)],
    painted: paint ? (performance.timeOrigin + paint.startTime) / 1000 : null,
  };
}"""


def look(page: Page) -> Look:
    """Look at the page; where none has come, there is nothing."""
    try:
        seen = page.evaluate(LOOK)
    except PlaywrightError:  # the browser's own page about an error has no store
        return Look()
    return Look(seen["state"], tuple(seen["packs"]), seen["painted"] or inf)


def open_first(page: Page, address: str, seconds: float) -> bool:
    """Open a page until its text is there, in so many seconds at most; false where the link broke, after a thought."""
    try:
        page.goto(address, timeout=seconds * 1000, wait_until="domcontentloaded")
    except PlaywrightError:
        time.sleep(THOUGHT)
        return False
    return True


def install(one: Phone, limit: float, way: Way = WORKER_WAY) -> Kept:
    """From nothing to the last pack of a way, by a person who taps what is there."""
    at: dict[str, tuple[float, float]] = {}
    seen, openings, opened = inf, 0, -inf
    with one.opened() as context:
        page = context.new_page()
        begin = time.time()
        while way.last not in at and (now := time.time() - begin) < limit:
            shown = look(page)
            seen = min(seen, shown.painted - begin)
            for pack in shown.packs:
                if pack != way.last or pack == CORE or shown.state == "kept":
                    at.setdefault(pack, (now, one.shaper.passed / 1000))
            if shown.state == "" and now - opened > PATIENCE:
                openings += 1
                opened = time.time() - begin if open_first(page, one.address + way.start, limit - now) else -inf
            else:
                with suppress(PlaywrightError):  # what was to be tapped went away meanwhile
                    tap(page, shown.state)
                time.sleep(0.05)
        kb = one.shaper.passed / 1000
    return Kept(seen, at, at[way.last][1] if way.last in at else kb, openings)


def tap(page: Page, state: str) -> None:
    """Tap what the state of the control asks for, if it asks for anything; again only after a thought."""
    if state == "asking":
        page.locator(".keep [data-do=keep]").click()
        page.locator(".keep[data-state=asking]").wait_for(state="detached")  # it may first fetch what keeps
    elif state not in ("", "looking", "keeping", "kept"):
        if state != "offer":
            time.sleep(THOUGHT)
        page.locator(".keep [data-do=ask] >> visible=true").first.click()
