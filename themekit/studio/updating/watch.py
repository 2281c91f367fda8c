"""Which of the files that a build read were touched: told at once, by the system's notices or by looking.

Notices come within a millisecond, but not for what lies behind a link, on a network's disk, or half a second late when
a file was moved away. So all leaves are also looked at (`stat`, which follows links) every 120 ms. Both only say that
something may have changed: the engine compares contents.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from themekit.engine import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from watchdog.events import FileSystemEvent

    from themekit.engine import Question

    Tell = Callable[[frozenset[PurePosixPath]], None]
    Signature = tuple[int, ...] | None

SWEEP_S = 0.12
SWEEP_SHARE = 0.04  # of a core, at most: a site of thousands of pages is looked at less often
LISTING_S = 0.01  # an editor's temporary file comes before the file that it is going to be; nobody waits for that
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Watch:
    """Watches a project's files; `tell` is called by threads of its own, with paths from the project's root."""

    def __init__(self, root: Path, tell: Tell, *, has_notices: bool = True) -> None:
        """Starts at once, with nothing to look at. Without notices, only the sweep looks."""
        self._root = root
        self._tell = tell
        self._lock = threading.Lock()
        self._signatures: dict[PurePosixPath, Signature] = {}
        self._by_place: dict[str, set[PurePosixPath]] = {}
        self._folders: set[PurePosixPath] = set()
        self._listings: set[PurePosixPath] = set()
        self._is_over = threading.Event()
        self._observer = Observer() if has_notices else None
        self._watched: set[tuple[str, bool]] = set()
        if self._observer:
            self._observer.start()
        self._sweeper = threading.Thread(target=self._sweep, name="watch", daemon=True)
        self._sweeper.start()

    def look_at(self, leaves: Iterable[Question]) -> None:
        """Watch these files and folders of the project from now on, and no others."""
        wanted = {
            PurePosixPath(leaf.name): leaf.kind is Kind.FOLDER
            for leaf in leaves
            if leaf.kind is not Kind.ENVIRONMENT and not leaf.name.startswith("@")
        }
        with self._lock:
            for path in self._signatures.keys() - wanted.keys():
                del self._signatures[path]
                self._folders.discard(path)
            added = wanted.keys() - self._signatures.keys()
            self._signatures |= {path: self._signature(path) for path in added}
            self._folders |= {path for path in added if wanted[path]}
        self._notice(added)

    def close(self) -> None:
        """Stop the threads."""
        self._is_over.set()
        self._sweeper.join()
        if self._observer:
            self._observer.stop()
            self._observer.join()

    def _signature(self, path: PurePosixPath) -> Signature:
        try:
            status = os.stat(f"{self._root}/{path}")  # noqa: PTH116  # hundreds at a time, eight times a second
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns

    def _sweep(self) -> None:
        pause_s = SWEEP_S
        while not self._is_over.wait(pause_s):
            began = time.perf_counter()
            changed = set()
            for path, before in tuple(self._signatures.items()):
                now = self._signature(path)
                if now != before:
                    changed.add(path)
                    with self._lock:
                        if path in self._signatures:
                            self._signatures[path] = now
            if changed:
                self._notice(changed)
                self._tell(frozenset(changed))
            pause_s = max(SWEEP_S, (time.perf_counter() - began) / SWEEP_SHARE)

    def _notice(self, paths: Iterable[PurePosixPath]) -> None:
        """Ask for notices of these: by their own names, and by the names of what links lead to."""
        if self._observer is None:
            return
        real: dict[PurePosixPath, Path] = {}
        tops = set()
        for path in paths:
            folder = path.parent
            if folder not in real:
                real[folder] = Path(os.path.realpath(self._root / folder))
            place = real[folder] / path.name
            for each in {str(self._root / path), str(place), os.path.realpath(place)}:
                self._by_place.setdefault(each, set()).add(path)
                tops.add(self._top_of(each, path))
        for top in tops - self._watched:
            self._watched.add(top)
            with suppress(OSError):  # it is not there yet, or the system's notices are used up: the sweep sees it
                self._observer.schedule(_Handler(self), top[0], recursive=top[1], event_filter=_EVENTS)

    def _top_of(self, place: str, path: PurePosixPath) -> tuple[str, bool]:
        """The folder to ask notices of, and whether for all below it: few, as each has threads of its own."""
        if not path.parts:
            return place, False
        top = f"{self._root}/{path.parts[0]}"
        if place.startswith(f"{top}/") or (place == top and path in self._folders):
            return top, True
        parent = str(Path(place).parent)
        return parent, False

    def noticed(self, place: str) -> None:
        """Something happened at this place."""
        paths = self._by_place.get(place)
        if paths:
            self._told(paths)
        folders = self._by_place.get(str(Path(place).parent), set()) & self._folders
        with self._lock:
            is_first = bool(folders) and not self._listings
            self._listings |= folders
        if is_first:
            timer = threading.Timer(LISTING_S, self._told_listings)
            timer.daemon = True
            timer.start()

    def _told_listings(self) -> None:
        with self._lock:
            folders, self._listings = self._listings, set()
        self._told(folders)

    def _told(self, paths: set[PurePosixPath]) -> None:
        changed = set()
        for path in paths:  # the signature is from before the file is read: what changes it later is seen
            now = self._signature(path)
            if self._signatures.get(path, now) != now:
                changed.add(path)
                with self._lock:
                    if path in self._signatures:
                        self._signatures[path] = now
        if changed and not self._is_over.is_set():
            self._tell(frozenset(changed))


class _Handler(FileSystemEventHandler):
    """Passes places on."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        for place in (event.src_path, event.dest_path):
            if place:
                self._watch.noticed(os.fsdecode(place))
