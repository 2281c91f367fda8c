"""Which file each value of a merged brand was written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from themekit.model import Origin

if TYPE_CHECKING:
    from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Sources:
    """The brand's own file, and the files of inherited values by JSON Pointer.

    A pointer without an entry belongs to the file of its nearest parent with one. `omitted` has pointers of values that
    were reported while reading the JSON: nothing more is said about them.
    """

    path: PurePosixPath
    inherited: dict[str, PurePosixPath] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Of what there is once: the rest is compared."""
        return hash(self.path)

    def path_of(self, pointer: str) -> PurePosixPath:
        """The file in which the value at this pointer was written."""
        if not self.inherited:
            return self.path
        while pointer:
            path = self.inherited.get(pointer)
            if path is not None:
                return path
            pointer = pointer.rpartition("/")[0]
        return self.inherited.get("", self.path)

    def origin(self, pointer: str, part: Literal["key", "value"] = "value") -> Origin:
        """The place of the value, or of its key."""
        return Origin(self.path_of(pointer), pointer, part)

    def is_omitted(self, pointer: str) -> bool:
        """The value was already reported."""
        return pointer in self.omitted
