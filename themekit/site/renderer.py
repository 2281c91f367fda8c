"""Sites rendered piece by piece: two processes, one for each set of probes, that keep mkdocs between requests.

What they keep is derived from the frame and given with each request, so a new process answers as an old one does, only
later: its start and the first template cost about 0.7 s of CPU. A request that fails ends both; see UnpiecedError.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from dataclasses import replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from themekit.site.navigation_free import without_navigation
from themekit.site.pieces import HALVES, Outline, PageContent, ShownPage
from themekit.site.piecewise import UnpiecedError
from themekit.site.probe import FIRST, SECOND, probe_fields, slot_names
from themekit.site.render import TIME_LIMIT_S, render_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from themekit.site.pieces import Frame, PlacedPage

MAX_SESSIONS = 8  # a variant each; one of 200 pages takes about 20 MB in either process
_PROBES = (FIRST, SECOND)

Pair = tuple[Any, Any]
T = TypeVar("T")


class _LostError(Exception):
    """The processes ended, or did not answer."""


class Renderer:
    """The two processes, started when first needed. Threads may share it: one request is answered at a time."""

    def __init__(self, *, processes: int | None = None) -> None:
        """Each half may use so many processes; by default all cores are shared by the two."""
        self._lock = threading.Lock()
        self._processes = processes or max(1, _cores() // len(HALVES))
        self._folder: Path | None = None
        self._halves: list[tuple[subprocess.Popen[bytes], Connection]] = []
        self._sessions: OrderedDict[int, tuple[Frame, Outline]] = OrderedDict()
        self._shells: dict[int, tuple[int, tuple[ShownPage, ...]]] = {}
        self._last_number = 0

    def outline(self, frame: Frame) -> Outline:
        """What the frame alone decides. Raises UnpiecedError, as the others do."""
        return self._tried(lambda: self._session(frame)[1])

    def contents(self, frame: Frame, pages: Sequence[tuple[PlacedPage, bytes]]) -> list[PageContent]:
        """The Markdown of pages, given with their files' contents, rendered. Each process takes every other page."""
        each = [(placed.page, content) for placed, content in pages]
        probes = _probes_of(frame)

        def ask() -> Pair:
            number = self._session_of_any_navigation(frame)
            return self._ask("contents", number, *((each[half::2], probes, self._processes) for half in HALVES))

        answers: Pair = self._tried(ask)
        found = []
        for index in range(len(each)):
            (halves, overview, anchors, links), messages = answers[index % 2][index // 2]
            has_diagrams = 'class="mermaid"' in halves[0].html
            found.append(PageContent(halves, overview, anchors, links, has_diagrams, messages))
        return found

    def pages(
        self, frame: Frame, pages: Sequence[tuple[str, PageContent]], *, shell: tuple[ShownPage, ...]
    ) -> list[tuple[Pair, tuple[str, ...]]]:
        """Of each page for both halves (file or None, search entries), and messages."""
        contents = [[(name, content.halves[half]) for name, content in pages] for half in HALVES]

        def ask() -> Pair:
            number, _ = self._session(frame)
            shells = self._shown(number, shell)
            return self._ask("pages", number, *((shells[half], contents[half], self._processes) for half in HALVES))

        return [((one[0], other[0]), one[1]) for one, other in zip(*self._tried(ask), strict=True)]

    def templates(self, frame: Frame, shell: tuple[ShownPage, ...]) -> tuple[Pair, tuple[str, ...]]:
        """For each half the files made of the shell alone, by path; and messages."""

        def ask() -> Pair:
            number, _ = self._session(frame)
            return self._ask_with_messages("templates", number, *((each,) for each in self._shown(number, shell)))

        (one, messages), (other, _) = self._tried(ask)
        return (one, other), messages

    def theme_files(self, frame: Frame, *, has_diagrams: bool) -> dict[str, bytes]:
        """The files that are not the project's, by path in the site."""
        given = (has_diagrams,)
        answers = self._tried(lambda: self._ask("theme_files", self._session(frame)[0], given, given))
        found: dict[str, bytes] = answers[0]
        return found

    def forget(self) -> None:
        """End all sessions; the processes stay. What they answer next is made anew."""
        with self._lock:
            for number in list(self._sessions):
                self._end(number)

    def close(self) -> None:
        """End the processes and remove their files."""
        for process, connection in self._halves:
            connection.close()
            process.kill()
            process.wait()
        self._halves = []
        self._sessions.clear()
        self._shells.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _tried(self, ask: Callable[[], T]) -> T:
        """The answer. If the processes end instead, as for want of memory, new ones are asked once more."""
        with self._lock:
            try:
                return ask()
            except _LostError:
                try:
                    return ask()
                except _LostError as error:
                    raise UnpiecedError(str(error)) from error

    def _session(self, frame: Frame) -> tuple[int, Outline]:
        for number, (known, outline) in self._sessions.items():
            if known == frame:
                self._sessions.move_to_end(number)
                return number, outline
        while len(self._sessions) >= MAX_SESSIONS:
            self._end(next(iter(self._sessions)))
        self._last_number = number = self._last_number + 1
        each = [(frame, fields) for fields in _probes_of(frame)]
        (outline, head), (other, other_head) = self._ask("open", number, *each)
        if replace(outline, search=("", ""), messages=()) != replace(other, search=("", ""), messages=()):
            raise UnpiecedError("the pages depend on a brand's text")
        opened = replace(outline, search=(head, other_head))
        self._sessions[number] = (frame, opened)
        return number, opened

    def _end(self, number: int) -> None:
        del self._sessions[number]
        self._shells.pop(number, None)
        self._ask("close", number, (), ())

    def _session_of_any_navigation(self, frame: Frame) -> int:
        """A session that has this frame but for the navigation, on which no page's Markdown depends."""
        for number, (known, _) in reversed(self._sessions.items()):
            if replace(known, configuration=without_navigation(known.configuration)) == frame:
                return number
        return self._session(frame)[0]

    def _shown(self, number: int, shell: tuple[ShownPage, ...]) -> list[tuple[int, Any]]:
        """For each half the shell with its number, which is new if the shell is."""
        known = self._shells.get(number)
        if known is None or known[1] != shell:
            self._last_number += 1
            known = self._shells[number] = (self._last_number, shell)
        return [
            (known[0], [(page.page, page.titles[half], page.metas[half], page.listings[half]) for page in shell])
            for half in HALVES
        ]

    def _ask(self, method: str, number: int, *arguments: tuple[Any, ...]) -> Pair:
        one, other = self._ask_with_messages(method, number, *arguments)
        return one[0], other[0]

    def _ask_with_messages(self, method: str, number: int, *arguments: tuple[Any, ...]) -> Pair:
        """Both halves' answers, each with what mkdocs said."""
        if not self._halves:
            self._start()
        try:
            for (_, connection), each in zip(self._halves, arguments, strict=True):
                connection.send((method, number, each))
            answers = [self._answer(connection) for _, connection in self._halves]
        except (OSError, EOFError) as error:
            self.close()
            raise _LostError(f"the renderer ended: {error}") from error
        refused = [answer.reason for answer in answers if not isinstance(answer, tuple)]
        if refused:
            self.close()
            raise UnpiecedError(refused[0])
        return answers[0], answers[1]

    def _answer(self, connection: Connection) -> Any:  # noqa: ANN401  # a value of any request, or a Refusal
        if not connection.poll(TIME_LIMIT_S):
            raise EOFError(f"no answer in {TIME_LIMIT_S} s")
        return connection.recv()

    def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="themekit-"))
        for half in HALVES:
            ours, theirs = socket.socketpair()
            folder = self._folder / str(half)
            folder.mkdir()
            command = [sys.executable, "-m", "themekit.site.serving", str(theirs.fileno()), str(folder)]
            # Our own interpreter and our own module: nothing of a user's is on the command line.
            process = subprocess.Popen(  # noqa: S603
                command,
                cwd=folder,
                env=render_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
            theirs.close()
            self._halves.append((process, Connection(ours.detach())))


@cache
def shared_renderer() -> Renderer:
    """The renderer of this process, ended with it."""
    renderer = Renderer()
    atexit.register(renderer.close)
    return renderer


def _probes_of(frame: Frame) -> list[dict[str, str]]:
    names = slot_names(frame.variant)
    return [probe_fields(names, probes, locale=frame.variant.locale) for probes in _PROBES]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
