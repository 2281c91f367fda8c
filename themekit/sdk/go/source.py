"""Pieces of Go source and what they import, put together as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.sdk import sdk_file, slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.sdk import SdkFile

_MAX_ONE_LINE = 99  # go/printer, `funcBody`, with the blank before the body
_PACKAGES = {"json.": "encoding/json", "time.": "time", "io.": "io"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A declaration as lines, and the packages that it needs."""

    lines: tuple[str, ...]
    imports: frozenset[str] = frozenset()


def piece(*lines: str, types: Iterable[str] = (), imports: Iterable[str] = ()) -> Piece:
    """A piece; `types` are Go types that stand in it, whose packages it imports."""
    named = {package for text in types for prefix, package in _PACKAGES.items() if prefix in text}
    return Piece(lines, frozenset(named) | frozenset(imports))


def go_file(path: str, pieces: Iterable[Piece], *, head: tuple[str, ...] = (), suffix: str = "") -> SdkFile:
    """A file of the package. `head` are lines before its package clause."""
    found = list(pieces)
    imports = sorted({name for each in found for name in each.imports})
    blocks = [[*head, f"package {slot('go-package')}{suffix}"], *([_imports(imports)] if imports else [])]
    blocks += [list(each.lines) for each in found]
    return sdk_file(path, "\n\n".join("\n".join(block) for block in blocks) + "\n", media_type="text/x-go")


def _imports(names: list[str]) -> list[str]:
    if len(names) == 1:
        return [f'import "{names[0]}"']
    return ["import (", *(f'\t"{name}"' for name in names), ")"]


def empty_function(header: str) -> tuple[str, ...]:
    """A function that does nothing: on one line if gofmt leaves it there."""
    return (f"{header} {{}}",) if len(header) <= _MAX_ONE_LINE else (f"{header} {{", "}")
