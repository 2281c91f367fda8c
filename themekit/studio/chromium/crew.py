"""Several browsers at work on a list of visits: each in a thread of its own, as Playwright wants it."""

from __future__ import annotations

import queue
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from themekit.studio.chromium.opening import browser_on
from themekit.studio.chromium.stillness import new_tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from themekit.studio.chromium.serving import Served
    from themekit.studio.chromium.stillness import Tab

Visit = TypeVar("Visit")
Found = TypeVar("Found")

MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Failed(Generic[Visit]):
    """A visit that gave nothing, and the browser's reason."""

    visit: Visit
    reason: str


@dataclass(frozen=True, slots=True)
class Crew:
    """How many browsers are at work, and who is told, once, what is not as it should be with them."""

    size: int
    warn: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Said:
    """By a browser, for the reader."""

    text: str


def visit_all(
    folder: Path,
    visits: Sequence[Visit],
    *,
    work: Callable[[Tab, Visit], Found],
    crew: Crew,
) -> Iterator[tuple[Visit, Found] | Failed[Visit]]:
    """What `work` finds on each visit, as it comes in.

    Raises BrowserMissingError, and what `work` raises that is not the browser's.
    """
    answers: queue.Queue[tuple[Visit, Found] | Failed[Visit] | _Said | BaseException | None] = queue.Queue()
    said: set[_Said] = set()
    pending = deque(visits)
    count = max(1, min(crew.size, len(visits)))

    def member() -> None:
        try:
            with browser_on(folder, warn=lambda text: answers.put(_Said(text))) as (server, opened):
                _work_off(opened, server, pending, work=work, answer=answers.put)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            answers.put(error)
        finally:
            answers.put(None)

    threads = [threading.Thread(target=member, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        while count:
            answer = answers.get()
            if answer is None:
                count -= 1
            elif isinstance(answer, BaseException):
                raise answer
            elif isinstance(answer, _Said):
                if answer not in said:
                    said.add(answer)
                    crew.warn(answer.text)
            else:
                yield answer
    finally:
        pending.clear()  # what is under way is finished, nothing more is begun
        for thread in threads:
            thread.join()


def _work_off(
    opened: Browser,
    server: Served,
    pending: deque[Visit],
    *,
    work: Callable[[Tab, Visit], Found],
    answer: Callable[[tuple[Visit, Found] | Failed[Visit]], None],
) -> None:
    from playwright.sync_api import Error  # noqa: PLC0415 - half a second that only a browser's users need

    tab: Tab | None = None
    while True:
        try:
            visit = pending.popleft()
        except IndexError:
            return
        try:
            tab = tab or new_tab(opened, server)
            answer((visit, work(tab, visit)))
        except Error as error:
            reason = next(iter(str(error).strip().splitlines()), "no reason given")
            answer(Failed(visit, reason[:MAX_REASON]))
            if tab is not None:
                with suppress(Error):
                    tab.page.context.close()  # what a page has broken is not there for the next
            tab = None
