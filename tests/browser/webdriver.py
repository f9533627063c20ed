"""A browser with its profile, told in the words of WebDriver what a person does. The browsers themselves: `engines`."""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

START_SECONDS = 60
PAUSE_SECONDS = 0.02  # between two looks

_KEYS = {"Tab": "\ue004", "Shift": "\ue008", "Enter": "\ue007"}  # the standard's letters for keys without one

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's key of an element's id

# The thrown error comes back as a value, because each driver words it differently.
_RUN = """return Promise.resolve().then(() => (%s)(...arguments))
  .then((value) => ({ value }), (error) => ({ error: String(error) }))"""
# A driver scrolls just so far that an element is in the window; there the bar with *Leave* may lie over it.
_VISIBLE = """(selector) => {
  const all = [...document.querySelectorAll(selector)];
  const element = all.find((one) => one.checkVisibility({ visibilityProperty: true })) ?? null;
  element?.scrollIntoView({ block: "center", behavior: "instant" });
  return element;
}"""


class EngineError(Exception):
    """The browser, its driver or the script in the page reports an error."""


class BrokenError(EngineError):
    """The browser broke down, or was killed: it answers nothing any more."""


class Unsupported(Exception):  # noqa: N818 - no mistake, but what a test is skipped for
    """This browser has no such setting."""


@dataclass
class Engine(ABC):
    """One browser with one profile: a phone.

    ``setting`` is how its owner has set it up: "no-script", "no-storage", "private", "no-workers" or nothing.
    Raises `Unsupported` where this browser cannot be set so.
    """

    profile: Path
    setting: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    name: ClassVar[str]
    needs: ClassVar[Mapping[str, str]]
    """Files that must be there, and the Debian packages that bring them."""
    settings: ClassVar[Mapping[str, Any]]
    """The settings that this browser knows, in its own words."""

    def __post_init__(self) -> None:
        if self.setting and self.setting not in self.settings:
            raise Unsupported(f"{self.name} cannot be set to {self.setting!r}")

    @abstractmethod
    def _start(self) -> None:
        """Launch the browser and begin a session with it."""

    @abstractmethod
    def _ask(self, command: str, **parameters: object) -> Any:
        """The answer to a command of the standard. Raises EngineError with the driver's words."""

    @abstractmethod
    def _close(self) -> None:
        """Ask the browser to end."""

    def start(self) -> None:
        """Start the browser on its profile, also after `kill` and `quit`. EngineError when it fails: then none runs."""
        try:
            self._start()
        except BaseException:
            self.kill()
            raise

    def open(self, url: str) -> bool:
        """Go to an address as a person does, and wait until it is loaded.

        False when the browser shows its own error page. Raises EngineError when nothing new is shown.
        """
        try:
            self._ask("Navigate", url=url)
        except EngineError:
            if not self._is_error_page():
                raise
            return False
        return not self._is_error_page()  # WebKitGTK's driver does not tell

    def _is_error_page(self) -> bool:
        try:
            shown: str = self.run("() => document.documentURI")
        except EngineError as error:
            if "timeout" in str(error):  # no page takes long to tell its address
                raise BrokenError(f"{self.name} does not answer: see {self.profile}/browser.log") from error
            raise
        return shown.startswith(("about:", "chrome-error:"))

    def run(self, script: str, *args: object) -> Any:
        """The value of a JavaScript function, awaited. Raises EngineError with what it throws."""
        answer = self._ask("ExecuteScript", script=_RUN % script, args=list(args))
        if answer is None:
            raise EngineError("the page went away")
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer.get("value")

    def wait(self, script: str, *args: object, seconds: float = 60) -> Any:
        """The value of a function, once true. Raises EngineError with the last value or error, BrokenError at once."""
        last: object = None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                last = self.run(script, *args)
            except BrokenError:
                raise
            except EngineError as error:  # a page that goes away takes the running script with it
                last = error
            else:
                if last:
                    return last
            time.sleep(PAUSE_SECONDS)  # not by a timer of the page: where scripts are off, it never rings
        raise EngineError(f"still {last!r} after {seconds} s: {script}")

    def click(self, selector: str, seconds: float = 30) -> None:
        """Click, once it is visible, the first visible element of a selector. Raises EngineError when none appears."""
        self._ask("ElementClick", id=self.wait(_VISIBLE, selector, seconds=seconds)[_ELEMENT])

    def back(self) -> None:
        """Touch Back, and wait until what comes is loaded."""
        self._ask("Back")

    def press(self, *keys: str) -> None:
        """Press and let go keys one after the other, by the names that scripts know them by."""
        strokes = [{"type": kind, "value": _KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    @property
    def tab(self) -> str:
        """The tab in use."""
        handle: str = self._ask("GetWindowHandle")
        return handle

    def new_tab(self) -> str:
        """Open a tab, and use it."""
        handle: str = self._ask("NewWindow", type="tab")["handle"]
        self.use_tab(handle)
        return handle

    def use_tab(self, handle: str) -> None:
        """Use another tab."""
        self._ask("SwitchToWindow", handle=handle)

    def kill(self) -> None:
        """SIGKILL every process of the browser: an empty battery, or a phone that makes room. The profile stays."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._ended()

    def quit(self) -> None:
        """End the browser as a person does. Raises EngineError, and kills it, when something stays running."""
        if self._process is not None:
            try:
                self._close()
                self._ended()
            finally:
                self.kill()

    def _launch(self, *command: str, **environment: str) -> None:
        """Start a process group of its own, by which the whole browser can be ended."""
        self.profile.mkdir(parents=True, exist_ok=True)
        with (self.profile / "browser.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, env=os.environ | environment
            )

    def _until(self, ready: Callable[[], object], what: str) -> None:
        """Wait for what no event tells, as long as the process that was launched lives."""
        assert self._process is not None
        end = time.monotonic() + START_SECONDS
        while not ready():
            if time.monotonic() > end or self._process.poll() is not None:
                raise EngineError(f"{self.name} ended, or took too long, before {what}: see {self.profile}/browser.log")
            time.sleep(PAUSE_SECONDS)

    def _ended(self) -> None:
        """Wait until no process of the browser runs any more: a restart would meet its locks.

        Only the watchers for crashes are in groups of their own; they go when what they watch is gone.
        """
        assert self._process is not None
        end = time.monotonic() + START_SECONDS
        running = ["pgrep", "--pgroup", str(self._process.pid), "--runstates", "DRSTt"]  # the dead may wait for init
        while self._process.poll() is None or subprocess.run(running, capture_output=True, check=False).returncode == 0:
            if time.monotonic() > end:
                raise EngineError(f"{self.name} does not end")
        self._process = None
