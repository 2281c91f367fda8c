"""An attack: requests in a row, each as the reference model sees it. What must come of them is asked of the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.gateway.requests import Request, Token

STRAY = "{token}"
"""Stands in a target or a header for the text of the shot's `stray` token."""


class Need(StrEnum):
    """What an attack takes that not every attacker has."""

    ADDRESS = "address"
    """To choose the address that the gateway takes for the client's."""
    LIMITS = "limits"
    """To use up a limit."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A request to be sent `times` times. `signer` names the issuer whose key makes the token.

    `is_tampered`: the claims were changed after a good signature was made. `is_alone`: on a connection of its own, with
    `after` sent behind it as the second half of a smuggled request.
    """

    request: Request
    signer: str = ""
    stray: Token | None = None
    is_tampered: bool = False
    is_chunked: bool = False
    is_alone: bool = False
    after: bytes = b""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Attack:
    """Shots in their order. `limit` is the one that must be reached by them, or the attack has shown nothing.

    `impossible` says why it cannot be made at all, and then there are no shots.
    """

    name: str
    operation: str
    shots: tuple[Shot, ...] = ()
    needs: frozenset[Need] = frozenset()
    limit: str = ""
    impossible: str = ""
