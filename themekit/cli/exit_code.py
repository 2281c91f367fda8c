"""Exit codes: what a script can learn from a command without reading its text."""

from enum import IntEnum


class Exit(IntEnum):
    """Documented in the handbook's page on the command line."""

    GOOD = 0
    MISTAKES = 1
    USAGE = 2
    DRIFT = 3
    UNVERIFIED = 4
    IO = 5
    LOCKED = 6
    BUG = 70
    INTERRUPTED = 130
    CLOSED = 141
