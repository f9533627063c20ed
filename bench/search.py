"""Search on a slow phone: reading the pages once, and each key, at a sixth of this machine's speed"""

import threading
from collections.abc import Iterator

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from bench.apps import guide
from bench.figures import Figure, median
from fieldguide.web import application

SLOWDOWN = 6
QUERIES = {
    "en/o/": "they took my passport",
    "es/": "me quitaron el pasaporte",
    "zh-Hans/": "护照被拿走",
    "ar/": "أخذوا جواز سفري",
}
# Every key as it is typed, from the event to the results in the page; layout comes on top and is the browser's.
KEYS = """async (query) => {
  const box = document.querySelector("#search");
  const times = [];
  for (let length = 1; length <= query.length; length += 1) {
    box.value = query.slice(0, length);
    const begin = performance.now();
    box.dispatchEvent(new Event("input"));
    document.querySelector(".results").getBoundingClientRect();
    times.push(performance.now() - begin);
    await new Promise((resume) => setTimeout(resume, 20));
  }
  return times;
}"""


def report() -> Iterator[Figure]:
    """Of each language: the time to read all its pages, the keys, and the slowest of them."""
    server = make_server("127.0.0.1", 0, application(guide()), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for start, query in QUERIES.items():
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/{start}")
            page.locator("#search").click()
            page.locator(".search [data-when=size] [data-do=load]").wait_for()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
            begin = page.evaluate("performance.now()")
            page.locator(".search [data-when=size] [data-do=load]").click()
            page.locator(".search[data-state=ready]").wait_for()
            loading = page.evaluate("performance.now()") - begin
            times = page.evaluate(KEYS, query)
            yield Figure(f"/{start}, pages loaded and read", loading, "ms", note=f"{SLOWDOWN}× CPU throttle")
            yield median(f"/{start}, a key", times, "ms", 50)
            yield Figure(f"/{start}, the slowest key", max(times), "ms", 50)
            page.close()
        browser.close()
    server.shutdown()
