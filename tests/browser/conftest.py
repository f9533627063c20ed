"""A real Chromium and a real server that a test can stop, as a dead spot on a farm road does."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright
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
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
