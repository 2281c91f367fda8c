"""An engine that sees one file as somebody is typing it: nothing of a draft reaches the disk, and none is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.engine import Engine

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Host
    from themekit.engine.trace import Trace


class DraftEngine:
    """For one file; all others are as they are saved."""

    def __init__(self, host: Host, path: PurePosixPath) -> None:
        """`host` has the saved files."""
        self._path = path
        self._host = _DraftHost(host, path)
        self.engine = Engine(self._host, _NoStore())

    def with_content(self, content: bytes) -> Engine:
        """The engine, for which the file has this content until the next one is given."""
        self._host.content = content
        self.engine.forget([self._path])
        return self.engine


class _DraftHost:
    """Another host, with one file's content in place of what it has there."""

    def __init__(self, base: Host, path: PurePosixPath) -> None:
        self._base = base
        self._path = path
        self.content: bytes | None = None

    def read(self, path: PurePosixPath) -> bytes | None:
        return self.content if path == self._path and self.content is not None else self._base.read(path)

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        return self._base.list(folder)

    def environment(self, name: str) -> str | None:
        return self._base.environment(name)


class _NoStore:
    """Keeps nothing: what the engine has at hand is all there is, and what is superseded is gone."""

    is_shared = False

    def __init__(self) -> None:
        self.problems: list[str] = []

    def traces(self, key: str, *, is_heavy: bool = False) -> tuple[Trace, ...]:  # noqa: ARG002
        return ()

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:  # noqa: ARG002
        return None

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:
        """Nothing."""

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Nothing."""
