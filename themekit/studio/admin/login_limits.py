"""How often passwords may be tried: after some failures each further try has to wait longer than the one before.

A try counts as a failure from its start, so that many at once are as many. Names and addresses are counted apart: one
password tried on many names is stopped by the address, many addresses on one name by the name.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.studio.admin.users import NAME

if TYPE_CHECKING:
    from collections.abc import Callable

FREE_BY_NAME = 5
FREE_BY_ADDRESS = 20
LONGEST_WAIT_S = 900.0
FORGOTTEN_S = 3600.0  # later than any wait
MAX_KEYS = 10_000


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    last_s: float = 0.0


class LoginLimits:
    """The failures of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds, and never goes back."""
        self._clock = clock
        self._tries: dict[tuple[str, str], _Tries] = {}

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before a try; 0 if it may begin, and then it counts as failed until `succeeded`."""
        now_s = self._clock()
        keys = _keys(name, address)
        wait_s = max(self._wait(key, free, now_s=now_s) for key, free in keys)
        if wait_s > 0:
            return wait_s
        for key, _ in keys:
            tries = self._tries.pop(key, None)
            if tries is None or now_s - tries.last_s > FORGOTTEN_S:
                tries = _Tries()
            self._tries[key] = _Tries(tries.failures + 1, now_s)  # at the end: the first ones are the oldest
        while len(self._tries) > MAX_KEYS:
            del self._tries[next(iter(self._tries))]
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """The try was good: the name's failures are forgotten, and the address gets its try back.

        It does not get more, or whoever knows one password could try others' for ever.
        """
        by_name, by_address = (key for key, _ in _keys(name, address))
        self._tries.pop(by_name, None)
        if by_address in self._tries:
            self._tries[by_address].failures -= 1

    def _wait(self, key: tuple[str, str], free: int, *, now_s: float) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.failures < free:
            return 0.0
        wait_s = min(LONGEST_WAIT_S, 2.0 ** min(tries.failures - free, 20))
        return max(0.0, tries.last_s + wait_s - now_s)


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    name = name if NAME.fullmatch(name) else ""  # what nobody can be called is one name, however long
    return (("name", name), FREE_BY_NAME), (("address", address), FREE_BY_ADDRESS)
