"""A preview in a process of its own, as a user starts it, and a browser's page that shows it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMMAND = (sys.executable, "-m", "themekit.cli", "preview", "--no-open", "--port", "0")


class Preview:
    """A running preview. `pages` is the URL of the pages' origin with its secret, `studio` that of the Studio."""

    def __init__(self, root: Path, *brand: str) -> None:
        self.root = root
        self.log = root / "build" / "preview.log"
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, *brand], cwd=root, stdout=subprocess.PIPE, stderr=log, env=_environment()
            )
        assert self.process.stdout is not None
        self.first_url = self.process.stdout.readline().decode().strip()
        assert self.first_url, self.log.read_text()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with opener.open(self.first_url, timeout=60) as answer:
            answer.read()
        self.studio = self.first_url.partition("/?")[0]
        with opener.open(f"{self.studio}/api/project", timeout=60) as answer:
            self.pages = json.load(answer)["pages"]

    def warm(self, path: str) -> None:
        """Wait until a page is there, however long its first render takes."""
        request = urllib.request.Request(self.pages + path, headers={"X-Themekit-Wait": "1"})
        with urllib.request.urlopen(request, timeout=600) as answer:
            answer.read()

    def close(self) -> int:
        """End it as Ctrl+C does; the exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.process.stdout.close()


@contextmanager
def previewed(root: Path, *brand: str) -> Iterator[Preview]:
    """A preview of the project, ended with the block."""
    running = Preview(root, *brand)
    try:
        yield running
    finally:
        running.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "BROWSER": "/bin/false"}


class Listener:
    """All events of the pages' stream, from a thread of its own."""

    def __init__(self, preview: Preview) -> None:
        self._found: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._answer = urllib.request.urlopen(preview.pages + "@events", timeout=120)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.wait(lambda event: event["kind"] == "state")

    def _read(self) -> None:
        with suppress(OSError, ValueError, AttributeError):  # closed
            for line in self._answer:
                if line.startswith(b"data: "):
                    with self._changed:
                        self._found.append(json.loads(line[6:]))
                        self._changed.notify_all()

    def wait(self, is_it: Callable[[dict[str, Any]], bool], *, timeout_s: float = 120) -> dict[str, Any]:
        """The first event, of those since the last `wait`, that is what is waited for."""
        with self._changed:
            for _ in iter(int, 1):
                for place, event in enumerate(self._found):
                    if is_it(event):
                        self.before, self._found = self._found[:place], self._found[place + 1 :]
                        return event
                assert self._changed.wait(timeout_s), f"nothing came but {[event['kind'] for event in self._found]}"
        raise AssertionError

    def close(self) -> None:
        with suppress(OSError):
            self._answer.fp.raw._sock.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join()
        self._answer.close()
