"""The engine as one script: its modules one after the other, without what joins modules, and without comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODULES = ("schema.js", "wire.js", "store.js", "pages.js", "engine.js")
"""The engine's modules, below `data/sandbox`. No two declare a name at their top that another declares, too."""

IN_BROWSERS = ("place.js", "worker.js", "page.js")
"""What runs in browsers only."""

_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./[a-z]+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |function )", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)  # on lines of their own, and no others are written
_SPACE = re.compile(r"^\s+", re.MULTILINE)


def engine_script(sources: Mapping[str, str]) -> str:
    """The engine as a script that declares `createSandbox`; `sources` are the texts of its modules by name."""
    return script(sources, MODULES)


def script(sources: Mapping[str, str], names: Iterable[str]) -> str:
    """These modules as one script."""
    text = "".join(_EXPORT.sub("", _IMPORT.sub("", sources[name])) for name in names)
    return _SPACE.sub("", _COMMENT.sub("", text))
