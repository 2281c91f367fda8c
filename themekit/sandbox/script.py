"""The engine as one script: its modules in an order in which each comes after those it uses, without the words between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = ("schema.js", "wire.js", "store.js", "pages.js", "engine.js")
"""The engine's modules, below `data/sandbox`. No two declare a name at their top that another declares, too."""

_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./[a-z]+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |function )", re.MULTILINE)


def engine_script(sources: Mapping[str, str]) -> str:
    """The engine as a script that declares `createSandbox`; `sources` are the texts of its modules by name."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", sources[name])) for name in MODULES)
