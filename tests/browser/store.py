"""What a test asks the browser about the store, in the page's own words."""

from typing import Any

from playwright.sync_api import Error, Page

# All that a page can keep or show in its address: pages that keep nothing say the same before and after.
STORED = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state, location.href,
  await caches.keys(), (await indexedDB.databases()).map((one) => one.name),
])"""

# Reads the store without the guide's own code: every body is hashed here again.
STORE = """async (base) => {
  const name = `fg ${base}`;
  if (!(await caches.has(name))) return null;
  const cache = await caches.open(name);
  const prefix = new URL(`${base}_/`, location.origin).href;
  const state = { active: {}, next: {}, prev: {}, bodies: [], wrong: [] };
  for (const request of await cache.keys()) {
    const key = request.url.slice(prefix.length);
    const answer = await cache.match(request);
    if (!answer) continue; // after a kill a browser may list what it no longer has
    if (["active", "next", "prev"].includes(key)) state[key] = await answer.json();
    else if (!["checked", "refused", "tried", "full", "unfit"].includes(key)) {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
      const text = btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22);
      (text === key ? state.bodies : state.wrong).push(key);
    }
  }
  return state;
}"""


PAUSE = 50  # ms between two questions


def store_of(page: Page, base: str = "/") -> dict[str, Any] | None:
    """The store: generations, the hashes of sound bodies, and those of wrong ones. None when there is no store."""
    state: dict[str, Any] | None = page.evaluate(STORE, base)
    return state


def until(page: Page, expression: str, argument: object = None) -> None:
    """Ask the page until the expression, which may be a promise, is true; the test's time limit ends it.

    With pauses: a page that is asked without end is never idle, and puts off for a minute what it does when idle.
    """
    while not page.evaluate(expression, argument):
        page.wait_for_timeout(PAUSE)


def hashes_of(packs: dict[str, Any]) -> set[str]:
    """The hashes that some indexes name."""
    return {row[1] for index in packs.values() for row in index["files"]}


def state_of(page: Page) -> str:
    """The state that the Keep control or the ready page shows."""
    return page.locator("section.keep").get_attribute("data-state") or ""


def wait_for_state(page: Page, *states: str) -> str:
    """Wait until the control shows one of the states; an error tells which it shows instead."""
    wanted = ", ".join(f"section.keep[data-state='{state}']" for state in states)
    try:
        page.locator(wanted).wait_for()
    except Error as late:
        shown = [one.get_attribute("data-state") for one in page.locator("section.keep").all()]
        raise AssertionError(f"shows {shown}, not {states}") from late
    return state_of(page)


def tap_keep(page: Page) -> None:
    """Ask, read, say yes."""
    page.locator("[data-when=offer] [data-do=ask]").click()
    wait_for_state(page, "asking")
    page.locator("[data-do=keep]").click()


def keep(page: Page) -> None:
    """Keep, and wait until it is kept and checked."""
    tap_keep(page)
    wait_for_state(page, "kept")
