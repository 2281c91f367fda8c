"""A project on disk, opened: its folders, and the engine that builds it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.shared import SharedFiles
from themekit.engine import DiskHost, Engine
from themekit.engine.shared_store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.engine import DiskStore, Host
    from themekit.engine.shared_store import SharedStore

INPUTS = tuple(map(PurePosixPath, ("brands", "docs_src", "mkdocs.yml")))
"""All of a project that tasks read."""


@dataclass(frozen=True)
class Project:
    """`root` is absolute and holds brands/ and docs_src/; output goes to `root`/build.

    `remote` is the URL of the store that machines share, or ""; `executor` says where heavy tasks run.
    """

    root: Path
    remote: str = ""
    executor: str = "local"

    @property
    def output(self) -> Path:
        """Where brands' trees are written."""
        return self.root / "build"

    @property
    def dist(self) -> Path:
        """Where bundles are written."""
        return self.output / "dist"

    @property
    def cache(self) -> Path:
        """The store, the locks and the records of what was written; safe to delete at any time."""
        return self.output / ".cache"

    @cached_property
    def store(self) -> DiskStore | SharedStore:
        """The store on disk, and behind it the one that machines share."""
        return open_store(self.cache, self.remote)

    @cached_property
    def shared(self) -> SharedFiles:
        """The files that trees have in common, and what is known of them."""
        return SharedFiles(self.cache)

    @cached_property
    def host(self) -> Host:
        """The project's files and the installed package's."""
        return DiskHost(self.root)

    @cached_property
    def engine(self) -> Engine:
        """One engine a project: what it has read and made is shared by all that ask."""
        return Engine(self.host, self.store)
