"""A real Chromium and a real server that a test can stop, as a dead spot on a farm road does."""

import os
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

from fieldguide.snapshot import Site
from fieldguide.web import application

from ..faults.server import FaultServer
from ..hosts import SOON
from .engines import ENGINES, BrokenError, Engine, EngineError, missing
from .engines import engine as engine_of

CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
"""The same engine without windows, for pages: it takes two thirds of the processor's time, and hears no microphone."""
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
"""Without a graphics card its work is imitated, slowly."""
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
    server = make_server("127.0.0.1", 0, application(site, compresses=False), threaded=True)
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
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


@pytest.fixture
def hosted(site: Site) -> Site:
    """What `server` serves: the tiny guide. Files about another have a fixture of this name."""
    return site


@pytest.fixture
def server(hosted: Site) -> Iterator[FaultServer]:
    """A site on a host that can be made to fail."""
    running = FaultServer(hosted)
    yield running
    running.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A scenario in which WebKitGTK breaks down begins anew, on a host of its own; the summary counts these reruns.

    libsoup 3.6.5, its HTTP library in Debian 13, uses freed memory when a host hangs up on an answer that was given up
    (mended in 3.6.6: "heap-use-after-free caused by finishing queue item twice"). No phone's browser is built on it.
    """
    for item in items:
        if hasattr(item, "callspec") and "webkit" in item.callspec.params.values():
            item.add_marker(pytest.mark.flaky(reruns=5, only_rerun=[BrokenError]))


ON_ALL = [name if name == "chromium" else pytest.param(name, marks=pytest.mark.full) for name in ENGINES]
"""For scenarios that are long: in `make test` one browser, in `make test-faults` all."""


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """The browsers that were started so far; each goes on to the end of the session."""
    started: dict[str, Engine] = {}
    yield started
    for engine in started.values():
        engine.quit()


def ready(name: str, profile: Path, setting: str = "") -> Engine:
    """A browser, started. Skips where it is not installed; under CI that is a failure."""
    reason = missing(name)
    if reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    engine = engine_of(name, profile, setting)
    engine.start()
    return engine


@pytest.fixture
def engine(
    request: pytest.FixtureRequest, engines: dict[str, Engine], tmp_path_factory: pytest.TempPathFactory
) -> Engine:
    """The browser that a test names. Every server has a port, so an origin, so a store, of its own."""
    found = engines.get(request.param)
    if found is None:
        found = engines[request.param] = ready(request.param, tmp_path_factory.mktemp(request.param))
    elif not answers(found):  # a browser that broke down fails its test, not those that follow
        found.kill()
        found.start()
    return found


def answers(engine: Engine) -> bool:
    """Whether a browser still runs scripts."""
    try:
        return bool(engine.run("() => true"))
    except EngineError:
        return False


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives the browsers of the session."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole session; each test opens its own context."""
    browser = playwright.chromium.launch(executable_path=SHELL, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a phone of its own, whose store goes with it."""
    with chromium.new_context(viewport=PHONE) as context:
        yield context.new_page()


@dataclass
class Phone:
    """A phone: a browser profile on disk that can be closed, killed and started again."""

    playwright: Playwright
    folder: Path

    def open(self, *flags: str) -> BrowserContext:
        """Start the browser, as a person taps its icon."""
        return self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=[*FLAGS, *flags], viewport=PHONE
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
