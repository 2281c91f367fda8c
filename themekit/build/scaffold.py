"""The small project that `themekit init` writes: from the package's data, never over a file that is there.

The schema that its brands name is not kept there but made, so that it is always the one of this version.
"""

from __future__ import annotations

from pathlib import Path

import themekit
from themekit.source.schema import brand_schema

SCAFFOLD = Path(themekit.__file__).parent / "data" / "scaffold"
RENAMED = {"gitignore": ".gitignore"}
"""Files that cannot have their own name in our repository, as they would act on it."""

SCHEMA = Path("brands", "brand.schema.json")
"""What the `$schema` of the scaffold's brands points to."""


class ScaffoldConflictError(Exception):
    """A file of the scaffold is there already."""


def write_scaffold(folder: Path) -> tuple[Path, ...]:
    """Write the project and return its files. Raises ScaffoldConflictError before anything is written."""
    files = {
        folder / RENAMED.get(path.name, path.relative_to(SCAFFOLD).as_posix()): path.read_bytes()
        for path in sorted(SCAFFOLD.rglob("*"))
        if path.is_file()
    }
    files[folder / SCHEMA] = brand_schema().encode()
    present = [path for path in files if path.exists()]
    if present:
        raise ScaffoldConflictError(f"`{present[0]}` is there already: choose an empty folder")
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(files)
