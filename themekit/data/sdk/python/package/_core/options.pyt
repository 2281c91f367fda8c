"""What a client and a call can be told besides parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""A parameter that is not sent, where None would be sent as null."""


@dataclass(frozen=True)
class Timeout:
    """Limits in seconds for one attempt.

    Attributes:
        connect: To connect, which is a part of `read`.
        read: For all of it. Of streams and downloads, until the answer starts, and
            then for each piece of it.
    """

    connect: float = 5.0
    read: float = 60.0


def as_timeout(timeout: Timeout | float) -> Timeout:
    """The limits that a number of seconds means."""
    if isinstance(timeout, Timeout):
        return timeout
    return Timeout(connect=min(timeout, Timeout.connect), read=timeout)


@dataclass(frozen=True)
class CallOptions:
    """The options of one call; None is: as the client has it."""

    timeout: Timeout | float | None = None
    max_retries: int | None = None
    headers: Mapping[str, str] | None = None
    idempotency_key: str | None = None
    api_key: str | None = field(default=None, repr=False)


NO_OPTIONS: Final = CallOptions()
