"""What scenarios rely on in each browser: scripts, real clicks, tabs, and a profile that outlives its browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..faults.server import FaultServer
from .conftest import ON_ALL
from .engines import ENGINES, Engine, EngineError, Unsupported, engine, missing
from .modules import MODULE

pytestmark = pytest.mark.browser


@pytest.fixture(params=ON_ALL)
def name(request: pytest.FixtureRequest) -> str:
    """Each browser in turn. Where the tests must not shrink unseen, a missing one fails them."""
    chosen: str = request.param
    if reason := missing(chosen):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return chosen


@pytest.fixture
def phone(name: str, tmp_path: Path) -> Iterator[Engine]:
    """A started browser with a new profile."""
    phone = engine(name, tmp_path / "profile")
    phone.start()
    yield phone
    phone.kill()


def test_a_page_opens_or_the_browser_says_so(phone: Engine, server: FaultServer) -> None:
    """True for a page of the server, also for its *not found*; False where nothing answers."""
    assert phone.open(server.url("en/"))
    assert phone.open(server.url("en/nowhere/"))
    assert not phone.open("http://127.0.0.1:9/")
    assert phone.open(server.url("en/"))


def test_scripts_run_under_the_guides_own_policy(phone: Engine, server: FaultServer) -> None:
    """Values, promises, modules, the store and hashes, with Trusted Types required."""
    phone.open(server.url("en/"))
    assert phone.run("(a, b) => [a, b.c, 'é☃', null]", 1, {"c": [2]}) == [1, [2], "é☃", None]
    assert phone.run("() => undefined") is None
    assert phone.run(f"async () => (await {MODULE}('hash')).hashOf(new Uint8Array(1))")
    assert phone.run("async () => (await crypto.subtle.digest('SHA-256', new Uint8Array(1))).byteLength") == 32
    assert phone.run("async () => { await caches.open('x'); return caches.keys(); }") == ["x"]
    assert phone.run("() => { window.mark = 3; }") is None
    assert phone.run("() => window.mark") == 3


def test_what_a_script_throws_is_told(phone: Engine, server: FaultServer) -> None:
    """An error keeps its name and its words."""
    phone.open(server.url("en/"))
    for script in ("() => { throw new RangeError('far'); }", "() => Promise.reject(new RangeError('far'))"):
        with pytest.raises(EngineError, match="RangeError: far"):
            phone.run(script)


def test_waiting_ends_with_the_value_or_with_the_last_one(phone: Engine, server: FaultServer) -> None:
    """Also across the loading of another page."""
    phone.open(server.url("en/"))
    assert phone.wait("(most) => { window.n = (window.n ?? 0) + 1; return window.n === most && 'done'; }", 3) == "done"
    phone.run("(url) => { setTimeout(() => location.assign(url), 100); }", server.url("en/w/money/"))
    assert phone.wait("() => location.pathname.endsWith('/money/') && document.readyState === 'complete'")
    with pytest.raises(EngineError, match="still 0 after"):
        phone.wait("() => 0", seconds=0.3)
    with pytest.raises(EngineError, match=r"still .*Error.* after"):
        phone.wait("() => nothing.here", seconds=0.3)


def test_a_click_waits_until_there_is_something_to_see(phone: Engine, server: FaultServer) -> None:
    """A hidden button is not clicked; a link is followed."""
    phone.open(server.url("en/"))
    phone.run("() => setTimeout(() => { document.querySelector('a.bar__leave').hidden = false; }, 300)")
    phone.run("() => { document.querySelector('a.bar__leave').hidden = true; }")
    phone.click("a.bar__leave")
    assert phone.run("() => location.hash") == "#units"
    with pytest.raises(EngineError, match="still None"):
        phone.click("[data-when=kept]", seconds=0.3)


def test_two_tabs_share_one_profile(phone: Engine, server: FaultServer) -> None:
    """Each has its page, both have the store and the locks."""
    phone.open(server.url("en/"))
    first = phone.tab
    phone.run("() => { navigator.locks.request('x', () => new Promise(() => {})); }")
    second = phone.new_tab()
    assert phone.tab == second != first
    phone.open(server.url("ar/"))
    assert phone.wait("async () => (await navigator.locks.query()).held.length") == 1
    phone.run("async () => { await caches.open('x'); }")
    phone.use_tab(first)
    assert phone.run("() => document.documentElement.lang") == "en-US"
    assert phone.run("() => caches.keys()") == ["x"]


def test_a_profile_outlives_quitting_and_killing(phone: Engine, server: FaultServer) -> None:
    """What was stored just before is there after a restart, and a browser that is gone says so."""
    phone.open(server.url("en/"))
    for ending in (phone.quit, phone.kill):
        phone.run("async (name) => { await (await caches.open(name)).put('/x', new Response(name)); }", ending.__name__)
        ending()
        with pytest.raises(EngineError):
            phone.run("() => 1")
        phone.start()
        phone.open(server.url("en/"))
        stored = "async (name) => (await (await caches.open(name)).match('/x')).text()"
        assert phone.run(stored, ending.__name__) == ending.__name__


@pytest.mark.parametrize("ending", ["quit", "kill"])
def test_what_was_kept_opens_with_the_server_gone(phone: Engine, server: FaultServer, ending: str) -> None:
    """The guide's own *Keep*, tapped; then no network, and the browser started again: pages never visited open."""
    phone.open(server.url("en/"))
    phone.click("[data-when=offer] [data-do=ask]")
    phone.click("[data-do=keep]")
    phone.wait("() => document.querySelector('section.keep').dataset.state === 'kept'")
    getattr(phone, ending)()
    server.stop()
    phone.start()
    assert phone.open(server.url("en/w/money/"))
    assert phone.run("() => navigator.serviceWorker.controller !== null")
    body = server.site.artifacts["en/w/money/"].body.decode()
    assert f"<h1>{phone.run('() => document.querySelector(`h1`).textContent')}</h1>" in body


SETTINGS = {
    "no-script": ("() => document.querySelector('section.keep').hidden", True),
    "no-storage": ("async () => globalThis.caches?.open('x').then(() => 'stored', () => null)", None),
    "no-workers": ("() => 'serviceWorker' in navigator", False),
    "private": ("async () => { await caches.open('x'); return caches.keys(); }", ["x"]),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_settings_of_the_owner(name: str, tmp_path: Path, server: FaultServer, setting: str) -> None:
    """Scripts off, storage refused, no workers, or a private window: also after a restart, which a window forgets."""
    script, expected = SETTINGS[setting]
    try:
        phone = engine(name, tmp_path / "profile", setting)
    except Unsupported as reason:
        pytest.skip(str(reason))
    try:
        for _ in range(2):
            phone.start()
            phone.open(server.url("en/"))
            assert setting != "private" or phone.run("() => caches.keys()") == []
            assert phone.run(script) == expected
            phone.click("a.bar__leave")
            assert phone.run("() => location.hash") == "#units"
            phone.quit()
    finally:
        phone.kill()


def test_a_setting_that_a_browser_does_not_have(tmp_path: Path) -> None:
    """It is said before anything starts."""
    with pytest.raises(Unsupported, match="chromium cannot be set to 'no-workers'"):
        engine("chromium", tmp_path, "no-workers")


def test_what_is_missing_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the remedy stands in the message."""
    monkeypatch.setattr(ENGINES["firefox"], "needs", {"/nowhere/firefox": "firefox-esr"})
    assert missing("firefox") == "not installed for firefox: firefox-esr"
