"""The same code for both module systems: what is written as an ES module, as a CommonJS module.

Only our own code is read here: imports and exports stand at the start of a line, in the shapes below.
"""

from __future__ import annotations

import re

from themekit.sdk.typescript.spelling import variable

_IMPORT = re.compile(r'^import \{([^}]*)\} from ("[^"]*");$', re.MULTILINE)
_IMPORT_ALL = re.compile(r'^import \* as (\w+) from ("[^"]*");$', re.MULTILINE)
_REEXPORT = re.compile(r'^export \{([^}]*)\} from ("[^"]*");$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\S+?)(?=[ (]))", re.MULTILINE)

_WRAPPED = frozenset({"exports", "module", "require"})
"""What CommonJS gives each module, so that no module declares it."""


def common_js(text: str) -> str:
    """The code with `require` and `exports`."""
    text = _IMPORT.sub(lambda found: _required(found[1], found[2]), text)
    text = _IMPORT_ALL.sub(r"const \1 = require(\2);", text)
    text = _REEXPORT.sub(lambda found: _passed_on(found[1], found[2]), text).replace("export {};\n", "")
    names = [found[2] for found in _EXPORT.finditer(text)]
    text = _EXPORT.sub(r"\1", text)
    exports = "".join(f"exports.{name} = {name};\n" for name in names)
    return '"use strict";\n\n' + text + ("\n" + exports if exports else "")


def _required(names: str, module: str) -> str:
    if "\n" in names:
        return f"const {{{names}}} = require({module});"
    return f"const {{ {names.strip()} }} = require({module});"


def _passed_on(names: str, module: str) -> str:
    found = [name.strip() for name in names.split(",") if name.strip()]
    words = re.split(r"[^a-z0-9]+", module.strip('"').removesuffix(".js").strip("./_"))
    holder = variable(tuple(words))
    holder = f"{holder}_" if holder in _WRAPPED else holder
    lines = "".join(f"exports.{name} = {holder}.{name};\n" for name in found)
    return f"const {holder} = require({module});\n{lines}".rstrip("\n")
