"""A real Chromium and a real server that a test can stop, as a dead spot on a farm road does."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from fieldguide.site import Site
from fieldguide.web import application

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking"]
PHONE = {"width": 360, "height": 740}


@dataclass
class Running:
    """A server of one site, and its address."""

    address: str
    server: BaseWSGIServer

    def stop(self) -> None:
        """Cut the network: every later request is refused."""
        self.server.shutdown()
        self.server.server_close()


def start(site: Site) -> Running:
    """Serve a site on a free port."""
    server = make_server("127.0.0.1", 0, application(site), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Running(f"http://127.0.0.1:{server.server_port}", server)


@pytest.fixture
def tiny(site: Site) -> Iterator[Running]:
    """The tiny guide, served."""
    running = start(site)
    yield running
    running.stop()


@pytest.fixture
def real(real_site: Site) -> Iterator[Running]:
    """The real guide, served."""
    running = start(real_site)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives the browsers of the session."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole session; each test opens its own context."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@dataclass
class Phone:
    """A phone: a browser profile on disk that can be closed, killed and started again."""

    playwright: Playwright
    folder: Path

    def open(self) -> BrowserContext:
        """Start the browser, as a person taps its icon."""
        return self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=FLAGS, viewport=PHONE
        )

    def kill(self) -> None:
        """SIGKILL: an empty battery, or a phone that makes room."""
        subprocess.run(["pkill", "-KILL", "-f", str(self.folder)], check=False)


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    """A phone with a new profile."""
    phone = Phone(playwright, tmp_path / "profile")
    yield phone
    phone.kill()
