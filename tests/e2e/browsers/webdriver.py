"""Firefox and WebKit, driven by the commands of W3C WebDriver: Firefox through its own Marionette, WebKit over HTTP.

Both are Debian's, as users have them: Playwright drives builds of its own, which are no packages. Marionette takes the
same commands with the same members (https://firefox-source-docs.mozilla.org/testing/marionette/), in frames of
`length:[0, number, name, parameters]`. WebKit is driven by WebKitWebDriver with the browser that comes with it, in a
display of its own.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 60  # against hanging, not a promise
PAUSE_S = 0.05
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of a reference, as WebDriver says
KEYS = {
    "ArrowDown": "\ue015",
    "ArrowLeft": "\ue012",
    "Control": "\ue009",
    "End": "\ue010",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Shift": "\ue008",
    "Tab": "\ue004",
}

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
WEBKIT = shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None
FIREFOX_PREFERENCES = {
    "marionette.port": 0,
    "browser.dom.window.dump.enabled": True,  # errors of pages go to the log
    "devtools.console.stdout.content": True,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "services.settings.server": "data:,",
    "ui.prefersReducedMotion": 1,
}
WEBDRIVER = {  # by name in Marionette: what WebDriver calls it
    "WebDriver:Navigate": ("POST", "url"),
    "WebDriver:Refresh": ("POST", "refresh"),
    "WebDriver:ExecuteScript": ("POST", "execute/sync"),
    "WebDriver:ExecuteAsyncScript": ("POST", "execute/async"),
    "WebDriver:SetTimeouts": ("POST", "timeouts"),
    "WebDriver:SetWindowRect": ("POST", "window/rect"),
    "WebDriver:SwitchToFrame": ("POST", "frame"),
    "WebDriver:PerformActions": ("POST", "actions"),
    "WebDriver:ReleaseActions": ("DELETE", "actions"),
    "WebDriver:TakeScreenshot": ("GET", "screenshot"),
}


class RefusedError(AssertionError):
    """A command that the browser refused, or a script that threw."""


class Browser:
    """One window. Scripts are bodies of functions; `return` gives a value, elements come back as references."""

    def __init__(self, wire: Marionette | Http, log: Path) -> None:
        self._wire, self._log = wire, log
        self.version = f"{wire.capabilities['browserName']} {wire.capabilities['browserVersion']}"
        self._wire.send("WebDriver:SetTimeouts", {"script": PATIENCE_S * 1000, "pageLoad": PATIENCE_S * 1000})

    def go(self, url: str) -> None:
        self._wire.send("WebDriver:Navigate", {"url": url})

    def reload(self) -> None:
        self._wire.send("WebDriver:Refresh", {})

    def size(self, width: int, height: int) -> None:
        self._wire.send("WebDriver:SetWindowRect", {"width": width, "height": height})

    def run(self, script: str, *arguments: object) -> Any:
        return self._wire.send("WebDriver:ExecuteScript", {"script": script, "args": [*arguments]})

    def evaluate(self, expression: str, *arguments: object) -> Any:
        return self.run(f"return {expression}", *arguments)

    def awaited(self, script: str, *arguments: object) -> Any:
        """What the promise of an async function's body comes to."""
        body = f"""
            const done = [...arguments].at(-1);
            (async () => {{ {script} }})().then(done, (error) => done(String(error)));
        """
        return self._wire.send("WebDriver:ExecuteAsyncScript", {"script": body, "args": [*arguments]})

    def until(self, expression: str, *arguments: object, patience_s: float = PATIENCE_S) -> Any:
        """The expression's value once it is true."""
        end = time.monotonic() + patience_s
        while True:
            refused, found = "", None
            try:
                found = self.evaluate(expression, *arguments)
            except RefusedError as error:  # a page on its way out
                refused = f" ({error})"
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"never true in {self.version}: {expression}{refused}")
            time.sleep(PAUSE_S)

    def frame(self, selector: str | None) -> None:
        """Scripts run in this frame from now on; None: in the page itself."""
        reference = selector and self.evaluate("document.querySelector(arguments[0])", selector)
        self._wire.send("WebDriver:SwitchToFrame", {"id": reference, "element": reference and reference[ELEMENT]})

    def place(self, selector: str, *, part: float = 0.5) -> tuple[int, int]:
        """A point of an element in the window, scrolled into sight: its middle, or its corner for a part of 0."""
        script = """
            const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: "center", behavior: "instant" });
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x + width * arguments[1], y + height * arguments[1]].map(Math.round);
        """
        self.until("document.querySelector(arguments[0])?.getClientRects().length", selector)
        x, y = self.run(script, selector, part)
        return x, y

    def click(self, selector: str, *, within: str | None = None) -> None:
        """With the mouse, as users do; `within` is the frame that the element stands in."""
        left = top = 0
        if within:  # WebKit's driver takes the coordinates of a frame for those of the page
            left, top = self.place(within, part=0)
            self.frame(within)
        x, y = self.place(selector)
        if within:
            self.frame(None)
        self.mouse(("move", left + x, top + y), ("down",), ("up",))

    def mouse(self, *steps: tuple[Any, ...]) -> None:
        """Of ("move", x, y), ("down",) and ("up",), in the coordinates of the frame that scripts run in."""
        actions = [
            {"type": "pointerMove", "duration": 0, "x": step[1], "y": step[2], "origin": "viewport"}
            if step[0] == "move"
            else {"type": f"pointer{step[0].title()}", "button": 0}
            for step in steps
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self._wire.send("WebDriver:PerformActions", {"actions": [mouse]})

    def press(self, *keys: str) -> None:
        """Keys held one after the other, then let go: `press("Control", "z")`."""
        codes = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": code} for code in codes]
        actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self._wire.send("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def type(self, text: str) -> None:
        """Where the focus is."""
        for character in text:
            self.press(character)

    def photograph(self, path: Path) -> None:
        """What the window shows, as a PNG: for whoever writes a test."""
        png = self._wire.send("WebDriver:TakeScreenshot", {"full": False, "scroll": False})
        path.write_bytes(base64.b64decode(png))

    def errors(self) -> list[str]:
        """What scripts of pages did not catch, from Firefox's log; WebKit tells its driver nothing of it."""
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return [line for line in lines if line.startswith(("JavaScript error: http:", "JavaScript error: file:"))]


class Marionette:
    """Firefox's own end, at a socket."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=2 * PATIENCE_S)
        self._file, self._number = self._socket.makefile("rb"), 0
        self._read()
        self.capabilities = self.send("WebDriver:NewSession", {"acceptInsecureCerts": False})["capabilities"]

    def send(self, name: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(text), text))
        _, _, error, result = self._read()
        if error:
            raise RefusedError(f"{name}: {error['message']}")
        return result["value"] if isinstance(result, dict) and {*result} == {"value"} else result

    def _read(self) -> Any:
        length = b""
        while (digit := self._file.read(1)) != b":":
            assert digit, "Firefox is gone"
            length += digit
        return json.loads(self._file.read(int(length)))

    def close(self) -> None:
        with suppress(OSError, RefusedError):
            self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._file.close()
        self._socket.close()


class Http:
    """A driver that speaks WebDriver over HTTP."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self._port, self._session = port, ""
        answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session, self.capabilities = answer["sessionId"], answer["capabilities"]

    def send(self, name: str, parameters: dict[str, Any]) -> Any:
        method, path = WEBDRIVER[name]
        return self._ask(method, f"/session/{self._session}/{path}", parameters if method == "POST" else None)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=2 * PATIENCE_S)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None)
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RefusedError(f"{path}: {value['error']}: {value['message']}")
        return value

    def close(self) -> None:
        with suppress(OSError, RefusedError):
            self._ask("DELETE", f"/session/{self._session}", None)


@contextmanager
def firefox(folder: Path, *, preferences: dict[str, Any] | None = None) -> Iterator[Browser]:
    """A Firefox without a window, with a new profile in the folder."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in {**FIREFOX_PREFERENCES, **(preferences or {})}.items()
    ]
    (profile / "user.js").write_text("\n".join(lines))
    command = [str(FIREFOX), "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    environment = {**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with _process(command, folder / "firefox.log", env=environment):
        port = int(_eventually((profile / "MarionetteActivePort").read_text))
        wire = Marionette(port)
        try:
            yield Browser(wire, folder / "firefox.log")
        finally:
            wire.close()


@contextmanager
def webkit(folder: Path) -> Iterator[Browser]:
    """WebKitGTK's own small browser, in a display that nobody sees."""
    folder.mkdir(parents=True, exist_ok=True)
    with _display(folder) as display, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {
            **os.environ,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "HOME": str(folder),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "GTK_ENABLE_ANIMATIONS": "0",
        }
        with _process([str(WEBKIT), f"--port={port}"], folder / "driver.log", env=environment):
            options = {"binary": str(_minibrowser(folder)), "args": ["--automation"]}
            _eventually(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close() or "there")
            wire = Http(port, {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options})
            try:
                yield Browser(wire, folder / "webkit.log")
            finally:
                wire.close()


def _minibrowser(folder: Path) -> Path:
    """A command that starts it, with its output in the log: the driver would throw it away."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    assert found, "WebKitWebDriver is there without its MiniBrowser"
    command = folder / "minibrowser"
    command.write_text(f"#!/bin/sh\nexec stdbuf -oL '{found[-1]}' \"$@\" >>'{folder / 'webkit.log'}' 2>&1\n")
    command.chmod(0o755)
    return command


@contextmanager
def _display(folder: Path) -> Iterator[str]:
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1400x24", "-nolisten", "tcp"]
    with _process(command, folder / "display.log", pass_fds=(writer,)):
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            number = told.readline().decode().strip()
        assert number, (folder / "display.log").read_text()
        yield f":{number}"


@contextmanager
def _process(command: list[str], log: Path, **options: Any) -> Iterator[None]:
    """A process that is ended with the block."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **options)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _eventually(ask: Any) -> str:
    end = time.monotonic() + PATIENCE_S
    while True:
        with suppress(OSError):
            if found := ask():
                return str(found)
        assert time.monotonic() < end, "the browser did not start"
        time.sleep(PAUSE_S)
