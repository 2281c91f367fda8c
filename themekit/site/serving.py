"""The process of one half of the renders: keeps sessions, and answers until its caller is gone.

`python -m themekit.site.serving DESCRIPTOR FOLDER`: the descriptor of a socket on which requests come as (method,
session, arguments), and a folder for scratch files. An answer is a value with what mkdocs said meanwhile, or Refusal.
The process has no threads, so it may fork: pages are shared out to forks, and their bytes are the same as without.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import shutil
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from themekit.site.halves import finished_half
from themekit.site.piecewise import Refusal
from themekit.site.session import Messages, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from themekit.site.pieces import Frame, PageHalf

T = TypeVar("T")
R = TypeVar("R")
RARELY = (50_000, 20, 100)  # thresholds of the search for cycles, as in engine/sweeping.py, which no stage imports
LEAST_SHARE = 8  # pages; a fork costs as much as one or two


class Server:
    """Answers requests. Methods are the requests' names."""

    def __init__(self, folder: Path) -> None:
        """`folder` is this process's own."""
        self._folder = folder
        self._sessions: dict[int, Session] = {}
        self.messages = Messages()

    def open(self, number: int, frame: Frame, fields: dict[str, str]) -> tuple[Any, str]:
        """The outline of a new session, and its head of the search index."""
        folder = self._folder / str(number)
        folder.mkdir()
        self._sessions[number] = session = Session(frame, fields, folder=folder, messages=self.messages)
        return session.outline(), session.search_head()

    def close(self, number: int) -> None:
        """Forget a session."""
        if self._sessions.pop(number, None):
            shutil.rmtree(self._folder / str(number))

    def contents(
        self, number: int, pages: Sequence[tuple[str, bytes]], probes: Sequence[dict[str, str]], processes: int
    ) -> list[Any]:
        """Each page's content, given (page, source): a half for each set of probes, and what has no value in it."""
        session = self._sessions[number]

        def content(page: tuple[str, bytes]) -> object:
            name, source = page
            text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")  # as mkdocs opens a file
            found, *others = session.content(name, text)
            return (tuple(finished_half(found, fields) for fields in probes), *others), self.messages.take()

        return spread(content, pages, processes=processes)

    def pages(
        self, number: int, shell: tuple[int, Any], pages: Sequence[tuple[str, PageHalf]], processes: int
    ) -> list[Any]:
        """Each page's file and entries."""
        session = self._sessions[number]
        session.show(*shell)
        return spread(lambda page: (session.page(*page), self.messages.take()), pages, processes=processes)

    def templates(self, number: int, shell: tuple[int, Any]) -> dict[str, bytes]:
        """The files made of the shell."""
        self._sessions[number].show(*shell)
        return self._sessions[number].templates()

    def theme_files(self, number: int, has_diagrams: bool) -> dict[str, bytes]:  # noqa: FBT001  # requests have no names
        """The files that are not the project's."""
        return self._sessions[number].theme_files(has_diagrams=has_diagrams)


def spread(work: Callable[[T], R], items: Sequence[T], *, processes: int) -> list[R]:
    """The work's results in the order of the items, made by this process and up to `processes` - 1 forks of it."""
    count = max(1, min(processes, len(items) // LEAST_SHARE))
    shares = [items[start::count] for start in range(count)]
    forks = [_fork(work, share) for share in shares[1:]]
    done = [[work(item) for item in shares[0]], *(_result(*fork) for fork in forks)]
    return [done[index % count][index // count] for index in range(len(items))]


def _fork(work: Callable[[T], R], items: Sequence[T]) -> tuple[int, int]:
    """The process and the end of the pipe from which its results come."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        data = pickle.dumps([work(item) for item in items])
        with os.fdopen(writing, "wb") as stream:
            stream.write(data)
        status = 0
    finally:
        os._exit(status)


def _result(process: int, reading: int) -> list[Any]:
    with os.fdopen(reading, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(process, 0)
    if status:
        raise ChildProcessError("a fork failed; rendering the site whole says why")
    found: list[Any] = pickle.loads(data)  # noqa: S301  # from our own fork
    return found


def main(descriptor: int, folder: Path) -> None:
    """Answer requests until there is nobody to answer."""
    gc.set_threshold(*RARELY)
    server = Server(folder)
    logging.getLogger("mkdocs").addHandler(server.messages)
    with Connection(descriptor) as caller:
        while True:
            try:
                method, number, arguments = caller.recv()
            except (EOFError, ConnectionError):
                return
            try:
                answer: object = getattr(server, method)(number, *arguments), server.messages.take()
            except Exception as error:  # noqa: BLE001  # whatever it is, the whole render will meet it again
                answer = Refusal(f"{type(error).__name__}: {error}")
            caller.send(answer)
            if isinstance(answer, Refusal):
                return  # what a page left behind when it failed is unknown


def _leave(folder: Path) -> None:
    """Take away what a caller that was killed cannot: this process's folder, and with the last one that around it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # the other half's is in it still, or nothing is
        folder.parent.rmdir()


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), Path(sys.argv[2]))
    finally:
        _leave(Path(sys.argv[2]))
