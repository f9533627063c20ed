"""Three real browsers behind one interface: a scenario is written once and runs in Chromium, Firefox and WebKit.

All three speak WebDriver, the standard by which browsers are driven, so no library stands between: Chromium and
WebKitGTK over HTTP through Debian's chromedriver and WebKitWebDriver, Firefox by itself over its Marionette socket,
which takes the same commands. Each has a profile on disk that outlives it, as on a phone.
"""

import atexit
import json
import os
import socket
import subprocess
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.client import HTTPConnection, HTTPException
from io import BufferedRWPair
from pathlib import Path
from typing import Any, ClassVar

from .webdriver import BrokenError, Engine, EngineError, Unsupported

__all__ = ["ENGINES", "BrokenError", "Engine", "EngineError", "Unsupported", "engine", "missing"]

WIDTH, HEIGHT = 360, 740  # of a small phone; Firefox makes its window wider
COMMAND_SECONDS = 45  # two of them below the time limit of a test: a browser that does not answer twice has broken down

# Commands of the standard, and where a driver that listens on HTTP expects them.
_ROUTES = {
    "NewSession": ("POST", "/session"),
    "DeleteSession": ("DELETE", "/session/{session}"),
    "Navigate": ("POST", "/session/{session}/url"),
    "ExecuteScript": ("POST", "/session/{session}/execute/sync"),
    "ElementClick": ("POST", "/session/{session}/element/{id}/click"),
    "Back": ("POST", "/session/{session}/back"),
    "PerformActions": ("POST", "/session/{session}/actions"),
    "NewWindow": ("POST", "/session/{session}/window/new"),
    "SwitchToWindow": ("POST", "/session/{session}/window"),
    "GetWindowHandle": ("GET", "/session/{session}/window"),
}


class Driven(Engine):
    """A browser that a driver of its maker starts and drives."""

    driver: ClassVar[str]
    _port: int
    _session: str

    @abstractmethod
    def _capabilities(self) -> dict[str, Any]:
        """How the driver is to start the browser."""

    def _start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._launch(self.driver, f"--port={self._port}", **self._environment())
        self._until(lambda: _listens(self._port), "its driver listens")
        self._session = ""
        capabilities = _common() | self._capabilities()
        self._session = self._ask("NewSession", capabilities={"alwaysMatch": capabilities})["sessionId"]

    def _environment(self) -> dict[str, str]:
        return {}

    def _ask(self, command: str, **parameters: object) -> Any:
        method, route = _ROUTES[command]
        path = route.format(session=self._session, **parameters)
        body = json.dumps(parameters) if method == "POST" else None
        with _as_engine_error(), closing(HTTPConnection("127.0.0.1", self._port, timeout=COMMAND_SECONDS + 10)) as link:
            link.request(method, path, body, {"Content-Type": "application/json"})
            answer = link.getresponse()
            value = json.load(answer)["value"]
        if answer.status != 200:
            if value["error"] == "invalid session id":
                raise BrokenError(f"{self.name} broke down: see {self.profile}/browser.log")
            raise EngineError(f"{command}: {value['message'] or value['error']}")  # WebKit's message can be empty
        return value

    def _close(self) -> None:
        assert self._process is not None
        self._ask("DeleteSession")
        self._process.terminate()


class Chromium(Driven):
    """Debian's Chromium."""

    name = "chromium"
    driver = "/usr/bin/chromedriver"
    needs: ClassVar = {"/usr/bin/chromium": "chromium", "/usr/bin/chromedriver": "chromium-driver"}
    settings: ClassVar = {
        "no-script": {"profile.default_content_setting_values.javascript": 2},
        "no-storage": {"profile.default_content_setting_values.cookies": 2},
        "private": {},
    }

    def _capabilities(self) -> dict[str, Any]:
        flags = ["--headless", "--no-sandbox", "--disable-background-networking"]
        flags += [f"--user-data-dir={self.profile}"] + ["--incognito"] * (self.setting == "private")
        # A connection opened ahead would go on answering after a test has stopped its server.
        preferences = {"net.network_prediction_options": 2} | self.settings.get(self.setting, {})
        metrics = {"width": WIDTH, "height": HEIGHT, "pixelRatio": 1, "touch": False, "mobile": False}
        return {
            "goog:chromeOptions": {
                "binary": "/usr/bin/chromium",
                "args": flags,
                "prefs": preferences,
                "mobileEmulation": {"deviceMetrics": metrics},
            }
        }


class WebKit(Driven):
    """WebKitGTK in a window of our own: those of its MiniBrowser forget everything when they are automated."""

    name = "webkit"
    driver = "/usr/bin/WebKitWebDriver"
    needs: ClassVar = {
        "/usr/bin/WebKitWebDriver": "webkit2gtk-driver",
        "/usr/bin/Xvfb": "xvfb",
        "/usr/lib/python3/dist-packages/gi": "python3-gi",
        "/usr/lib/*/girepository-1.0/WebKit2-4.1.typelib": "gir1.2-webkit2-4.1",
    }
    settings: ClassVar = {setting: setting for setting in ("no-script", "no-storage", "private", "no-workers")}

    def _environment(self) -> dict[str, str]:
        return {"DISPLAY": _display(), "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}  # also on a developer's own desktop

    def _capabilities(self) -> dict[str, Any]:
        window = str(Path(__file__).with_name("webkit_window.py"))
        options = {"binary": "/usr/bin/python3", "args": [window, str(self.profile), self.setting]}
        return {"webkitgtk:browserOptions": options}


class Firefox(Engine):
    """Debian's Firefox ESR."""

    name = "firefox"
    needs: ClassVar = {"/usr/bin/firefox-esr": "firefox-esr"}
    settings: ClassVar = {
        "no-script": {"javascript.enabled": False},
        "no-storage": {"network.cookie.cookieBehavior": 2},
        "private": {"browser.privatebrowsing.autostart": True},
        "no-workers": {"dom.serviceWorkers.enabled": False},
    }
    # Marionette itself turns off telemetry, updates and checks of the network once it runs.
    preferences: ClassVar[dict[str, Any]] = {
        "marionette.port": 0,
        "app.normandy.enabled": False,
        "browser.newtabpage.enabled": False,
        "browser.sessionstore.resume_from_crash": False,
        "browser.startup.page": 0,
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.startup.max_resumed_crashes": -1,  # no question about safe mode after a kill
    }
    _stream: BufferedRWPair | None = None

    def _start(self) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        chosen = self.preferences | self.settings.get(self.setting, {})
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        (self.profile / "user.js").write_text("".join(lines), encoding="utf-8")
        port = self.profile / "MarionetteActivePort"
        port.unlink(missing_ok=True)
        self._launch(
            *("/usr/bin/firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(self.profile)),
            MOZ_HEADLESS_WIDTH=str(WIDTH),
            MOZ_HEADLESS_HEIGHT=str(HEIGHT),
        )
        self._until(lambda: port.is_file() and port.read_text(), "the browser listens")
        address = ("127.0.0.1", int(port.read_text()))
        with socket.create_connection(address, timeout=COMMAND_SECONDS + 10) as link:
            self._stream = link.makefile("rwb")  # keeps the connection open
        self._receive()  # its greeting
        self._ask("NewSession", **_common())

    def _ask(self, command: str, **parameters: object) -> Any:
        if command == "ExecuteScript" and self.setting == "no-script":
            parameters["sandbox"] = "system"  # promises of the page's own world would never settle
        place = command if ":" in command else f"WebDriver:{command}"
        message = json.dumps([0, 1, place, parameters]).encode()
        assert self._stream is not None
        with _as_engine_error():
            self._stream.write(b"%d:%s" % (len(message), message))
            self._stream.flush()
            _, _, error, answer = self._receive()
        if error:
            raise EngineError(f"{command}: {error['message']}")
        return answer["value"] if answer and set(answer) == {"value"} else answer

    def _receive(self) -> Any:
        assert self._stream is not None
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise ConnectionResetError("Firefox is gone")
            length += byte
        return json.loads(self._stream.read(int(length)))

    def _close(self) -> None:
        self._ask("Marionette:Quit", flags=["eForceQuit"])

    def _ended(self) -> None:
        if self._stream is not None:
            self._stream.close()
        super()._ended()


ENGINES: dict[str, type[Engine]] = {kind.name: kind for kind in (Chromium, Firefox, WebKit)}


def engine(name: str, profile: Path, setting: str = "") -> Engine:
    """A browser, not yet started. Raises Unsupported where it has no such setting."""
    return ENGINES[name](profile, setting)


def missing(name: str) -> str | None:
    """Why a browser cannot run here, or None."""
    packages = [package for path, package in ENGINES[name].needs.items() if not any(Path("/").glob(path.lstrip("/")))]
    return f"not installed for {name}: {', '.join(packages)}" if packages else None


def _common() -> dict[str, Any]:
    """What every browser is asked for."""
    return {"timeouts": {"script": COMMAND_SECONDS * 1000, "pageLoad": COMMAND_SECONDS * 1000}}


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _as_engine_error() -> Iterator[None]:
    """A browser that is gone is an error of the browser."""
    try:
        yield
    except (OSError, ValueError, HTTPException) as error:  # ValueError: its connection is closed
        raise BrokenError(f"the browser does not answer: {error!r}") from error


@cache
def _display() -> str:
    """A screen that nobody sees, for the whole run: GTK asks for one."""
    ours, theirs = os.pipe()
    command = ["/usr/bin/Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    atexit.register(server.wait)
    atexit.register(server.kill)  # runs first
    os.close(theirs)
    with os.fdopen(ours) as number:
        display = number.readline().strip()
    if not display:
        raise EngineError("Xvfb does not start")
    return f":{display}"
