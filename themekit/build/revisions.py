"""A project's files as they are in a revision of its Git repository: nothing is checked out, nothing fetched."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.engine import UnreadableInput
from themekit.engine.host import require_inside

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

TIME_LIMIT_S = 60
REMEMBERED = 1024
_BLOB, _TREE = "blob", "tree"


class NoRevisionError(Exception):
    """There is no such revision, no repository, or no Git; the message says which."""


class GitHost:
    """The files of one commit, by their paths in the project's folder, which may lie anywhere in the repository."""

    def __init__(self, root: Path, revision: str) -> None:
        """Raises NoRevisionError. Whatever the revision's name, Git takes it for no option."""
        self._root = root
        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except FileNotFoundError:
            raise NoRevisionError("`git` is not installed") from None
        if found is None:
            raise NoRevisionError(f"`{revision}` is no revision of the repository that the project is in")
        self.commit = found.decode().strip()
        self.read = lru_cache(REMEMBERED)(self._read)
        self.list = lru_cache(REMEMBERED)(self._list)

    def _read(self, path: PurePosixPath) -> bytes | None:
        """The content of a file, or None."""
        kind = self._entries(require_inside(path).parent).get(path.name)
        if kind != _BLOB:
            return None
        content = self._git("cat-file", _BLOB, f"{self.commit}:./{path}")
        if content is None:
            raise UnreadableInput(path, f"Git cannot show it in `{self.commit[:12]}`")
        return content

    def _list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder; a link is passed over, as what it leads to is not known."""
        entries = self._entries(require_inside(folder))
        return tuple(sorted(f"{name}/" if kind == _TREE else name for name, kind in entries.items()))

    def environment(self, _name: str) -> str | None:
        """None: a commit has no environment."""
        return None

    def _entries(self, folder: PurePosixPath) -> dict[str, str]:
        where = f"{self.commit}:./{folder}" if folder.parts else f"{self.commit}:./"
        listed = self._git("ls-tree", "-z", "--full-tree", where)
        found: dict[str, str] = {}
        for line in (listed or b"").decode("utf-8", "surrogateescape").split("\0"):
            about, _, name = line.partition("\t")
            mode, _, rest = about.partition(" ")
            if name and mode != "120000":
                found[name] = rest.partition(" ")[0]
        return found

    def _git(self, *arguments: str) -> bytes | None:
        command = ["git", "-C", str(self._root), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, timeout=TIME_LIMIT_S)  # noqa: S603 - git alone
        return done.stdout if done.returncode == 0 else None
