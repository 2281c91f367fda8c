"""Files of trees that this process has compared: such a file is not compared again with what is made of the same.

As for the files that trees share: what has the size, time and mode that it had then is trusted, and is the same file.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from themekit.build.files import SAFE_MTIME_S, Signature, signature_of

if TYPE_CHECKING:
    import os

    from themekit.model import Artifact

KEPT_TREES = 100  # of 200 pages, 10 MB

_Known = tuple[object, object, Signature]


class ComparedFiles:
    """What is known of the files of trees, for one process and one thread."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._trees: OrderedDict[str, dict[str, _Known]] = OrderedDict()

    def of_tree(self, tree: str) -> ComparedTree:
        """What is known of one tree."""
        known = self._trees.setdefault(tree, {})
        self._trees.move_to_end(tree)
        while len(self._trees) > KEPT_TREES:
            self._trees.popitem(last=False)
        return ComparedTree(known)


class ComparedTree:
    """What is known of the files of one tree, by path."""

    __slots__ = ("_known",)

    def __init__(self, known: dict[str, _Known]) -> None:
        """`known` is added to."""
        self._known = known

    def holds(self, path: str, artifact: Artifact, status: os.stat_result) -> bool:
        """The file was compared with the same content, and nobody wrote to it since."""
        known, origin = self._known.get(path), artifact.origin
        if known is None or origin is None or artifact.is_shared or known[0] is not origin[0]:
            return False
        return (known[1] is origin[1] or known[1] == origin[1]) and known[2] == signature_of(status)

    def note(self, path: str, artifact: Artifact, status: os.stat_result) -> None:
        """The file, of which this is the status from before it was compared, holds the artifact."""
        origin = artifact.origin
        if origin is not None and not artifact.is_shared and time.time() - status.st_mtime >= SAFE_MTIME_S:
            self._known[path] = (*origin, signature_of(status))
