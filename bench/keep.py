"""From nothing to kept over slow and broken links, in a real Chromium over TLS with brotli; kills and cold opens."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import brotli
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from bench.shaper import EDGE, FLAKY, GPRS, NONE, VERY_FLAKY, Shaper
from bench.tls import certificate, free_port
from fieldguide.load import load_site
from fieldguide.site import Site
from fieldguide.sizes import BARS, iter_sizes

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-background-networking", "--ignore-certificate-errors", "--disable-component-update"]
TAG = "es"


@contextmanager
def served(folder: Path, target: str = "fieldguide.web:create_app") -> Iterator[int]:
    """The guide over TLS; yields the port."""
    port = free_port()
    key, cert = certificate(folder)
    code = (
        "from granian.server import Server; from granian.constants import Interfaces; from pathlib import Path;"
        f"Server({target!r}, factory=True, interface=Interfaces.WSGI, port={port}, blocking_threads=4,"
        f"websockets=False, ssl_cert=Path({str(cert)!r}), ssl_key=Path({str(key)!r})).serve()"
    )
    log = (folder / "log").open("wb")
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=log, stderr=log)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


@dataclass
class Run:
    """One phone behind one link."""

    playwright: Playwright
    folder: Path
    shaper: Shaper

    @property
    def address(self) -> str:
        """What the browser opens."""
        return f"https://127.0.0.1:{self.shaper.port}/"

    @contextmanager
    def phone(self) -> Iterator[BrowserContext]:
        """The browser of this phone."""
        context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path="/usr/bin/chromium", args=FLAGS, viewport={"width": 360, "height": 740}
        )
        context.set_default_timeout(400_000)
        context.set_default_navigation_timeout(400_000)
        try:
            yield context
        finally:
            context.close()


def kept(page: Page, pack: str) -> None:
    """Wait until a pack is committed."""
    committed = """async (pack) => {
        const found = await caches.match("/_/active");
        return Boolean(found) && pack in (await found.json());
    }"""
    while not page.evaluate(committed, pack):
        time.sleep(0.05)


def until_open(page: Page, address: str) -> None:
    """Open a page, again and again on a link that breaks, as a person does."""
    for _ in range(30):
        try:
            page.goto(address)
            page.locator(".keep[data-state=offer]").wait_for(timeout=60_000)
        except Exception:
            continue
        return


def tap_keep(page: Page) -> None:
    """Ask and say yes; ask again where the link broke in between."""
    while True:
        page.locator(".keep [data-do=ask] >> visible=true").first.click()
        page.locator(".keep[data-state=asking], .keep[data-state=waiting]").wait_for()
        if page.locator(".keep").get_attribute("data-state") == "asking":
            break
    page.locator("[data-do=keep]").click()


def install(run: Run) -> str:
    """Nothing -> help pages -> one language, first view included."""
    with run.phone() as context:
        page = context.new_page()
        begin = time.perf_counter()
        until_open(page, f"{run.address}{TAG}/")
        seen = time.perf_counter() - begin
        tap_keep(page)
        kept(page, "core")
        core = time.perf_counter() - begin
        core_bytes = run.shaper.passed
        kept(page, f"text.{TAG}")
        seconds = time.perf_counter() - begin
        help_wire, wire = core_bytes / 1000, run.shaper.passed / 1000
        return (
            f"{run.shaper.link.name}: first view {seen:.1f} s, help pages kept {core:.1f} s ({help_wire:.0f} KB),"
            f" {TAG} kept and checked {seconds:.1f} s ({wire:.0f} KB on the wire, TLS and headers too)"
        )


def cold_open(run: Run) -> str:
    """From the store, server gone, 6x CPU throttle: time to the first paint."""
    with run.phone() as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.goto(f"{run.address}{TAG}/w/farm/")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        return f"cold open from the store, 6x CPU throttle: first paint {paint:.0f} ms (bar 400)"


def nothing_new(run: Run) -> str:
    """What a day's check costs when there is nothing new."""
    with run.phone() as context:
        page = context.new_page()
        page.goto(f"{run.address}{TAG}/w/farm/")
        page.wait_for_load_state("networkidle")
        before = run.shaper.passed
        page.evaluate("import('/static/js/renew.js').then((m) => m.renewKept({ now: Date.now() + 1e8 }))")
        return f"nothing new: {run.shaper.passed - before:,} bytes on the wire (bar 1,200; on an open connection)"


def sizes(site: Site) -> Iterator[str]:
    """Packs against `xz -9e` of the bare visible text of their pages."""
    bars = ", ".join(f"{bar:.2f}" for bar in BARS)
    for size in iter_sizes(site, lambda artifact: len(brotli.compress(artifact.body, quality=11))):
        stream, parts, whole = size.ratios
        yield (
            f"{size.name}: {size.files} files, one stream {size.stream:,} bytes, parts {size.parts:,}, index "
            f"{size.index:,}; bare text {size.bare:,}: {stream:.2f}, {parts:.2f}, {whole:.2f} (bars {bars} of texts)"
        )


def update(site: Site) -> str:
    """What three changed pages cost: their bodies, one by one, and two indexes."""
    changed = [f"{TAG}/w/farm/", f"{TAG}/w/pay/", f"{TAG}/w/papers/"]
    bodies = sum(len(brotli.compress(site.artifacts[url].body, quality=11)) for url in changed)
    names = ("_/core.json", f"_/text.{TAG}.json")
    indexes = sum(len(brotli.compress(site.artifacts[name].body, quality=11)) for name in names)
    return f"update of 3 pages: {bodies:,} bytes of bodies (bar 10 KB), {indexes:,} of indexes; headers come on top"


def report() -> Iterator[str]:
    """Every scenario, each with the number of pages that there are."""
    site, _ = load_site()
    pages = sum(url.startswith(f"{TAG}/") and url.endswith("/") for url in site.artifacts)
    yield f"keeping {pages} pages of {TAG} (the bars are for 60)"
    yield from sizes(site)
    yield update(site)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, served(Path(folder)) as port:
        warm(port)
        for number, link in enumerate((NONE, EDGE, FLAKY, VERY_FLAKY, GPRS)):
            shaper = Shaper(link, port).start()
            run = Run(playwright, Path(folder) / f"phone{number}", shaper)
            yield install(run)
            if link is NONE:
                yield nothing_new(run)
                yield cold_open(run)
                yield kill_at_half(playwright, Path(folder) / "killed", port)


def warm(port: int) -> None:
    """Wait until the server answers compressed, as a host that was deployed does."""
    command = [
        "curl",
        "-sk",
        "--compressed",
        "-o",
        "/dev/null",
        "-w",
        "%{header_json}",
        f"https://127.0.0.1:{port}/en/o/",
    ]
    while b'"content-encoding"' not in subprocess.run(command, capture_output=True, check=False).stdout:
        continue


def kill_at_half(playwright: Playwright, folder: Path, port: int) -> str:
    """Killed at half: how many bytes the second start needs."""
    slow = replace(EDGE, trip=0.05)
    shaper = Shaper(slow, port).start()
    run = Run(playwright, folder, shaper)
    with run.phone() as context:
        page = context.new_page()
        until_open(page, f"{run.address}{TAG}/")
        tap_keep(page)
        kept(page, "core")
        start = shaper.passed
        while shaper.passed - start < 18_000:
            page.evaluate("0")
        subprocess.run(["pkill", "-KILL", "-f", str(folder)], check=False)
        first = shaper.passed
        with suppress(Exception):  # it is dead already
            context.close()
    with run.phone() as context:
        page = context.new_page()
        page.goto(f"{run.address}{TAG}/ready/")
        kept(page, f"text.{TAG}")
        after = (shaper.passed - first) / 1000
        return f"killed at half: {first / 1000:.0f} KB before, {after:.0f} KB after, page included"


def main() -> None:
    """Print the report."""
    for line in report():
        print(line, flush=True)


if __name__ == "__main__":
    main()
