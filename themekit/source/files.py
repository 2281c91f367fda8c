"""Paths of files that a brand names: which are allowed, where they lead, and whether the file is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.portable_path import collision_key, portability_fault
from themekit.source.codes import AMBIGUOUS_FILE, INVALID_PATH, MISSING_FILE
from themekit.source.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.source.node import Item

# Names that mean the same on every system, in every shell and in every URL: nothing that is expanded, decoded or
# confused with a separator. Font files do have brackets and commas: `Inter[opsz,wght].ttf`.
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ ,()\[\]+@=-]*")
_RULE = "must be a relative path inside the folder of its brand file"


@dataclass(frozen=True, slots=True)
class Folders:
    """Names in a folder; those of folders end with a slash. Asking is how a missing file becomes an input."""

    list_folder: Callable[[PurePosixPath], tuple[str, ...]]


def asset_file(item: Item | None, folders: Folders, *, suffixes: tuple[str, ...]) -> PurePosixPath | None:
    """The path, relative to the project, of a file that exists; None if it is absent or was reported.

    A path is relative to the file that names it, and stays in that file's folder. A path that is not allowed is refused
    before any look at the disk, so a message never tells what exists elsewhere.
    """
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    fault = path_fault(text)
    if fault is not None:
        message = f"{item.name}: {quoted(text)} {fault}; it {_RULE}"
        item.report(INVALID_PATH, message, hint="write a path such as `logo.svg` or `fonts/acme.woff2`")
        return None
    if not text.lower().endswith(suffixes):
        listed = ", ".join(f"`{suffix}`" for suffix in suffixes)
        item.report(
            INVALID_PATH, f"{item.name}: {quoted(text)} is not a file of a known kind", hint=f"allowed: {listed}"
        )
        return None
    path = item.origin().path.parent / text
    return path if _is_there(item, path, text, folders) else None


def path_fault(text: str) -> str | None:
    """What is wrong with a path, in words that follow it; None if it is fine."""
    fault = portability_fault(text)
    if fault is not None:
        return fault
    bad = next((part for part in text.split("/") if not _PART.fullmatch(part)), None)
    return None if bad is None else "has a name that is not portable"


def _is_there(item: Item, path: PurePosixPath, text: str, folders: Folders) -> bool:
    names = tuple(name for name in folders.list_folder(path.parent) if not name.endswith("/"))
    same = [name for name in names if collision_key(name) == collision_key(path.name)]
    if path.name not in names:
        hint = f"did you mean `{same[0]}`?" if same else did_you_mean(path.name, names)
        item.report(MISSING_FILE, f"{item.name}: there is no file {quoted(text)}", hint=hint)
        return False
    if len(same) > 1:
        others = ", ".join(f"`{name}`" for name in sorted(same))
        message = f"{item.name}: {others} are one file on Windows and macOS"
        item.report(AMBIGUOUS_FILE, message, hint="rename one of them")
        return False
    return True
