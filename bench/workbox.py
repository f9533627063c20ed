"""The same pages kept by Workbox's generateSW (npm), over the same links: what others would need."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.keep import TAG, Run, served, warm
from bench.shaper import EDGE, FLAKY, NONE, Link, Shaper
from fieldguide.load import load_site
from fieldguide.urls import file_name

HERE = Path(__file__).parent / "workbox"

REGISTER = """() => {
  const policy = trustedTypes.createPolicy("fg", { createScriptURL: (text) => text });
  navigator.serviceWorker.register(policy.createScriptURL("/wb.js")).catch(() => {});
}"""


def generate(folder: Path) -> Path:
    """Write the pages that a phone would keep, and let Workbox make its worker."""
    site, _ = load_site()
    for pack in site.packs:
        if pack.name in ("core", f"text.{TAG}"):
            for file in pack.files:
                path = folder / "dist" / file_name(file.url)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.body)
    worker = folder / "wb.js"
    subprocess.run(["node", "generate.cjs", str(folder / "dist"), str(worker)], cwd=HERE, check=True)
    return worker


def ready(run: Run, count: int) -> str:
    """From nothing to every file in Workbox's cache; a broken install is begun again by opening the page again."""
    link: Link = run.shaper.link
    with run.phone() as context:
        page = context.new_page()
        begin = time.perf_counter()
        openings = 0
        while time.perf_counter() - begin < 240:
            openings += 1
            try:
                page.goto(f"{run.address}{TAG}/")
                page.evaluate(REGISTER)
                active = "navigator.serviceWorker.getRegistration('/').then((found) => Boolean(found?.active))"
                until = time.perf_counter() + 40
                while not page.evaluate(active) and time.perf_counter() < until:
                    time.sleep(0.1)
            except Exception:
                continue
            if page.evaluate(active):
                seconds = time.perf_counter() - begin
                wire = run.shaper.passed / 1000
                return (
                    f"Workbox, {link.name}: {count} files ready in {seconds:.1f} s, {wire:.0f} KB, {openings} openings"
                )
        return f"Workbox, {link.name}: not ready after 240 s, {openings} openings"


def report() -> Iterator[str]:
    """Install the npm packages once, then measure."""
    subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        os.environ["FIELD_GUIDE_WORKBOX"] = str(generate(folder))
        count = sum(path.is_file() for path in (folder / "dist").rglob("*"))
        with served(folder, "bench.workbox_app:create_app") as port:
            warm(port)
            for number, link in enumerate((NONE, EDGE, FLAKY)):
                yield ready(Run(playwright, folder / f"phone{number}", Shaper(link, port).start()), count)


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
