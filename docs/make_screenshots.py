"""Phone screenshots, light and dark, narrow and zoomed. Look at them.

Every page in English and Spanish; in the other languages five pages that a worker opens first.

``make screenshots`` writes them to ``docs/screenshots/``; the README shows three of them.
"""

import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from fieldguide.load import load_site  # noqa: E402 - run from a checkout, not installed
from fieldguide.web import application  # noqa: E402

OUT = Path(__file__).parent / "screenshots"
KEPT = {"root-light.png", "es-light.png", "en_o_agriculture-light.png"}
"""The pictures the README shows; only these are committed."""

FIVE = ("", "w/numbers/", "w/pay/", "w/questions/", "w/two-visas/")
"""The pages that are taken in every language, under its tag."""

WHOLE = ("en/", "es/")

SHAPES = {
    "light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "320": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "zoom": {"viewport": {"width": 320, "height": 256}, "color_scheme": "light", "device_scale_factor": 4},
}
"""``zoom`` is a window of 1280 x 1024 at 400 %: 320 x 256 CSS pixels."""


def main() -> None:
    """Serve the guide and take a picture of every page in every shape."""
    OUT.mkdir(exist_ok=True)
    site, _ = load_site()
    server = make_server("127.0.0.1", 0, application(site, compresses=False), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    first = {f"{tag}/{page}" for tag in site.registry.languages for page in FIVE}
    pages = [url for url, artifact in site.artifacts.items() if artifact.media_type.startswith("text/html")]
    urls = [url for url in pages if url in first or url in ("", "404.html") or url.startswith(WHOLE)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        for shape, options in SHAPES.items():
            page = browser.new_context(**options).new_page()
            for url in urls:
                page.goto(address + url)
                name = f"{url.strip('/').replace('/', '_') or 'root'}-{shape}.png"
                page.screenshot(path=OUT / name, full_page=shape != "zoom" and name not in KEPT)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
