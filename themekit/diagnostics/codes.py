"""The list of diagnostic codes, read from the modules that define them, and where each is documented.

A stage defines its codes as module constants beside their use: `UNKNOWN_TOKEN = Code("unknown-token", summary="…")`.
Nothing is registered at import, so a command loads no more modules because of its codes.
"""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics.code import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGES = PurePosixPath("handbook/diagnostics")


@dataclass(frozen=True, slots=True)
class DefinedCode:
    """A code and the module that defines it."""

    code: Code
    module: str


def docs_page(code: str) -> PurePosixPath:
    """The page that explains a code, relative to the docs folder."""
    return PAGES / f"{code}.md"


def docs_url(code: str, docs: str) -> str:
    """The address of the page that explains a code; `docs` is where the docs are published, with or without a `/`."""
    return f"{docs.removesuffix('/')}/{docs_page(code).with_suffix('.html')}"


def title(code: str) -> str:
    """The code as words: `unknown-token` is "Unknown token"."""
    return code.replace("-", " ").capitalize().replace("Json ", "JSON ")


def defined_codes(modules: Mapping[str, str]) -> tuple[DefinedCode, ...]:
    """Every module constant that is a `Code("…")`, from Python source texts (module name to text), sorted by name.

    Raises ValueError if a name is defined twice, or is not a literal.
    """
    found = sorted(
        (defined for module, text in modules.items() for defined in _codes_in(module, text)),
        key=lambda defined: defined.code.name,
    )
    for one, other in itertools.pairwise(found):
        if one.code.name == other.code.name:
            raise ValueError(f"code {one.code.name} is defined in {one.module} and in {other.module}")
    return tuple(found)


def _codes_in(module: str, text: str) -> Iterator[DefinedCode]:
    for statement in ast.parse(text).body:
        call = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Code":
            yield DefinedCode(_code(module, call), module)


def _code(module: str, call: ast.Call) -> Code:
    arguments = dict(zip(("name", "severity", "summary"), call.args, strict=False))
    arguments |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    name = arguments.get("name")
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        raise ValueError(f"{module}:{call.lineno}: the name of a code must be a literal")  # noqa: TRY004
    summary = arguments.get("summary")
    words = summary.value if isinstance(summary, ast.Constant) and isinstance(summary.value, str) else ""
    severity = arguments.get("severity")
    is_warning = isinstance(severity, ast.Attribute) and severity.attr == "WARNING"
    return Code(name.value, Severity.WARNING if is_warning else Severity.ERROR, words)
