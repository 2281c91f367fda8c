"""What is on its way to be a brand's policy: a draft, submissions with their approvals, versions; and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.source.json_value import JsonValue


T = TypeVar("T")


class BrokenState(Exception):  # noqa: N818  # the state, not a fault
    """What is kept of a brand's policies is not what we write."""


class Progress(StrEnum):
    """Where a submission is."""

    OPEN = "open"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is being worked on. `authors` are all who saved it since it was begun."""

    digest: str
    authors: tuple[str, ...]
    time: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's, of one change: that from one file and meaning to another."""

    name: str
    change: str
    time: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A text that is asked to be published. `restores` is the version that it goes back to, or 0."""

    number: int
    digest: str
    authors: tuple[str, ...]
    reason: str
    time: str
    progress: Progress = Progress.OPEN
    restores: int = 0
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A text that was the policy. One that was written by other means was found, and has no submission."""

    number: int
    digest: str
    time: str
    actor: str = ""
    reason: str = ""
    submission: int = 0
    restores: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """All of one brand."""

    draft: Draft | None = None
    submissions: tuple[Submission, ...] = ()
    versions: tuple[Version, ...] = ()

    def submission(self, number: int) -> Submission | None:
        """The one of this number."""
        return next((each for each in self.submissions if each.number == number), None)

    def version(self, number: int) -> Version | None:
        """The one of this number."""
        return next((each for each in self.versions if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the attacks on a policy: `key` is of its file and meaning, `faults` the first that got through."""

    key: str
    time: str
    actor: str
    stopped: int
    through: int
    skipped: int
    faults: tuple[str, ...] = field(default=())

    @property
    def is_passed(self) -> bool:
        """Attacks were made, and each was answered as the policy means."""
        return self.stopped > 0 and self.through == 0


def state_json(state: State) -> dict[str, object]:
    """To be written."""
    return {"version": 1, **asdict(state)}


def state_in(value: JsonValue) -> State:
    """What was written. Raises BrokenState."""
    return _read(lambda: _state(_object(value)))


def trial_in(value: JsonValue) -> Trial:
    """What was written. Raises BrokenState."""
    return _read(lambda: _trial(_object(value)))


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenState(f"what is kept of the policy is not as it was written: {error}") from error


def _state(value: dict[str, JsonValue]) -> State:
    if value["version"] != 1:
        raise ValueError("another version")
    draft = value["draft"]
    return State(
        None if draft is None else _draft(_object(draft)),
        tuple(_submission(_object(each)) for each in _list(value["submissions"])),
        tuple(_version(_object(each)) for each in _list(value["versions"])),
    )


def _draft(value: dict[str, JsonValue]) -> Draft:
    return Draft(_text(value["digest"]), _texts(value["authors"]), _text(value["time"]))


def _submission(value: dict[str, JsonValue]) -> Submission:
    approvals = tuple(
        Approval(_text(each["name"]), _text(each["change"]), _text(each["time"]))
        for each in map(_object, _list(value["approvals"]))
    )
    return Submission(
        _whole(value["number"]),
        _text(value["digest"]),
        _texts(value["authors"]),
        _text(value["reason"]),
        _text(value["time"]),
        Progress(_text(value["progress"])),
        _whole(value["restores"]),
        approvals,
    )


def _version(value: dict[str, JsonValue]) -> Version:
    return Version(
        _whole(value["number"]),
        _text(value["digest"]),
        _text(value["time"]),
        _text(value["actor"]),
        _text(value["reason"]),
        _whole(value["submission"]),
        _whole(value["restores"]),
    )


def _trial(value: dict[str, JsonValue]) -> Trial:
    return Trial(
        _text(value["key"]),
        _text(value["time"]),
        _text(value["actor"]),
        _whole(value["stopped"]),
        _whole(value["through"]),
        _whole(value["skipped"]),
        _texts(value["faults"]),
    )


def _object(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _texts(value: JsonValue) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _whole(value: JsonValue) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("no number")
    return value
