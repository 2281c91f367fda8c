"""What a task did, as values: each thing it asked for, with the digest of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic


class Kind(StrEnum):
    """What can be asked for. All but TASK are leaves: they lie outside the engine."""

    FILE = "file"
    FOLDER = "folder"
    ENVIRONMENT = "environment"
    TASK = "task"

    __hash__ = str.__hash__  # an enum's own is a function of Python, called for each look at a mapping of questions


class Question(NamedTuple):
    """One ask. `name` is a path, a variable or a task (`module:name`); `arguments` is encoded, empty for a leaf.

    A named tuple, as it is a key of the engine's busiest mappings.
    """

    kind: Kind
    name: str
    arguments: bytes = b""


@dataclass(frozen=True, slots=True)
class Read:
    """A question and the digest of its answer."""

    kind: Kind
    name: str
    arguments: bytes
    digest: str

    @property
    def question(self) -> Question:
        """What was asked."""
        return Question(self.kind, self.name, self.arguments)


@dataclass(frozen=True, slots=True)
class Trace:
    """One run of a task: its reads in the order asked, the diagnostics it reported, the digest of its value."""

    reads: tuple[Read, ...]
    diagnostics: tuple[Diagnostic, ...]
    digest: str
