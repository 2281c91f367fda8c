"""Where a value was written: a file and a JSON pointer in it.

Line and column are found only when a diagnostic needs them.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a JSON document.

    `pointer` is an RFC 6901 JSON Pointer ("" is the whole document); `part` says whether the member's key or its value
    is meant. `is_hidden`: something secret may stand there, so its text is not shown.
    """

    path: PurePosixPath
    pointer: str
    part: Literal["key", "value"] = "value"
    is_hidden: bool = False
