"""Opening from the store with no network, at a sixth of this machine's speed; Workbox beside it, in turns

What is slowed down is the page. The worker script is not, neither ours nor Workbox's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from bench.apps import guide
from bench.figures import Figure, median
from bench.links import LIMIT
from bench.phone import Phone, install, phone
from bench.workbox import ready, served_beside
from tests.faults.shaper import NONE

SLOWDOWN = 6
WITHOUT = f"with no network, {SLOWDOWN}x CPU throttle: first paint"
LINK = "w/pay/"
PAINT = """async () => {
  const name = "first-contentful-paint";
  const [paint] = performance.getEntriesByName(name);
  if (paint) return paint.startTime;
  return new Promise((resolve) =>
    new PerformanceObserver((list, observer) => {
      for (const entry of list.getEntriesByName(name)) resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true }),
  );
}"""


@dataclass(frozen=True)
class Paints:
    """Milliseconds from asking for a page to its first paint: when the browser starts, and after a tap on a link."""

    cold: float
    tap: float


def report(rounds: int) -> Iterator[Figure]:
    """Keep both on the unshaped link, take the network away, then open in turns."""
    with (
        sync_playwright() as playwright,
        served_beside(guide()) as port,
        phone(playwright, NONE, port) as ours,
        phone(playwright, NONE, port) as theirs,
    ):
        install(ours, LIMIT)
        ready(theirs, LIMIT)
        for one in (ours, theirs):
            one.shaper.stop()
        runs = [(paints(ours), paints(theirs)) for _ in range(rounds)]
    cold, tap = f"cold open {WITHOUT}", f"a tap from page to page {WITHOUT}"
    yield median(cold, [own.cold for own, _ in runs], "ms", 400)
    yield median(f"{cold}, Workbox", [other.cold for _, other in runs], "ms")
    yield median(f"{cold}, beside Workbox", [own.cold / other.cold for own, other in runs], "times")
    yield median(tap, [own.tap for own, _ in runs], "ms")
    yield median(f"{tap}, Workbox", [other.tap for _, other in runs], "ms")
    yield median(f"{tap}, beside Workbox", [own.tap / other.tap for own, other in runs], "times")


def paints(one: Phone) -> Paints:
    """Start the browser on the first page of the language, and tap a link there."""
    with one.opened() as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.goto(one.start)
        cold = first_paint(page)
        page.locator(f"a[href='{LINK}']").first.click()
        page.wait_for_url(f"{one.start}{LINK}")
        return Paints(cold, first_paint(page))


def first_paint(page: Page) -> float:
    """Milliseconds from the start of a page's navigation to its first contentful paint."""
    return float(page.evaluate(PAINT))
