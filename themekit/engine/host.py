"""Everything outside the engine, and the two hosts that need no disk.

Paths are relative to the project, with forward slashes. Those that start with `@` are mounts: `@themekit/…` is the
installed package's data folder, `@fonts/<slug>/…` an installed font family.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAVES_PROJECT = "it leaves the project"


class UnreadableInput(Exception):  # noqa: N818  # the field's word
    """An input that is there but must not or cannot be read; `reason` completes "it cannot be read: …"."""

    def __init__(self, path: PurePosixPath, reason: str) -> None:
        """`reason` has no path in it: it is the same whatever lies behind a refused path."""
        super().__init__(f"`{path}` cannot be read: {reason}")
        self.path = path
        self.reason = reason


class Host(Protocol):
    """Where inputs come from. Every method may raise UnreadableInput."""

    def read(self, path: PurePosixPath) -> bytes | None:
        """The content of a file, or None if there is no such file."""

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder, sorted; those of folders end with a slash. Empty for a missing folder."""

    def environment(self, name: str) -> str | None:
        """The value of an environment variable, or None."""


def require_inside(path: PurePosixPath) -> PurePosixPath:
    """The path itself. Raises UnreadableInput if it is absolute, climbs with `..` or has characters no path has."""
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableInput(path, LEAVES_PROJECT)
    if "\0" in str(path) or "\\" in str(path):
        raise UnreadableInput(path, "its name has a character that is not allowed in a path")
    return path


class MemoryHost:
    """A host of files in memory, for tests and previews. Text is stored as UTF-8."""

    def __init__(
        self, files: Mapping[str, bytes | str] | None = None, *, variables: Mapping[str, str] | None = None
    ) -> None:
        """Files by path, environment variables by name."""
        self._files: dict[str, bytes] = {}
        self._variables = dict(variables or {})
        for path, content in (files or {}).items():
            self.write(path, content)

    def write(self, path: PurePosixPath | str, content: bytes | str) -> None:
        """Create a file, or replace its content."""
        inside = require_inside(PurePosixPath(path))
        self._files[str(inside)] = content.encode() if isinstance(content, str) else content

    def delete(self, path: PurePosixPath | str) -> None:
        """Remove a file. Raises KeyError if there is none."""
        del self._files[str(PurePosixPath(path))]

    def read(self, path: PurePosixPath) -> bytes | None:
        """The content of a file, or None."""
        return self._files.get(str(require_inside(path)))

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder; a folder is there as long as it has a file."""
        return tuple(sorted(_children(self._files, require_inside(folder))))

    def environment(self, name: str) -> str | None:
        """A variable given to the constructor."""
        return self._variables.get(name)


class OverlayHost:
    """Another host with some files changed: unsaved edits of the studio. A content of None deletes the file."""

    def __init__(self, base: Host, changes: Mapping[PurePosixPath, bytes | None]) -> None:
        """No change may make one path both a file and a folder."""
        self._base = base
        self._changes = {str(require_inside(path)): content for path, content in changes.items()}

    def read(self, path: PurePosixPath) -> bytes | None:
        """The changed content if there is one, else the base's."""
        name = str(require_inside(path))
        return self._changes[name] if name in self._changes else self._base.read(path)

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The base's names with those of created files, without those of deleted ones and of folders left empty."""
        names = set(self._base.list(require_inside(folder)))
        names |= _children((name for name, content in self._changes.items() if content is not None), folder)
        for name in _children((name for name, content in self._changes.items() if content is None), folder):
            is_gone = not self.list(folder / name) if name.endswith("/") else self.read(folder / name) is None
            if is_gone:
                names.discard(name)
        return tuple(sorted(names))

    def environment(self, name: str) -> str | None:
        """The base's."""
        return self._base.environment(name)


def _children(paths: Iterable[str], folder: PurePosixPath) -> set[str]:
    """The names directly in a folder, out of the paths of all files."""
    prefix = "" if folder == PurePosixPath() else f"{folder}/"
    below = (path[len(prefix) :].partition("/") for path in paths if path.startswith(prefix))
    return {name + slash for name, slash, _ in below}
