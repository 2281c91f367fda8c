"""Values and types of JavaScript and TypeScript as text, broken into lines where Prettier breaks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from themekit.sdk.typescript.spelling import WIDTH, key, string


class Raw(str):
    """A text that is code already."""

    __slots__ = ()


Value: TypeAlias = "str | int | float | bool | None | Sequence[Value] | Mapping[str, Value]"
"""What JSON can say, and code."""


def literal(value: Value, *, indent: int = 0, used: int = 0) -> str:
    """A value as an expression, where `indent` spaces start the line and `used` characters of it are taken."""
    flat = _flat(value)
    if not _must_break(value) and used + len(flat) <= WIDTH and "\n" not in flat:
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, Mapping) and value:
        members = [
            f"{inner}{key(name)}: {literal(each, indent=indent + 2, used=indent + len(key(name)) + 5)},\n"
            for name, each in value.items()
        ]
        return "{\n" + "".join(members) + " " * indent + "}"
    if isinstance(value, list | tuple) and value:
        items = [f"{inner}{literal(each, indent=indent + 2, used=indent + 3)},\n" for each in value]
        return "[\n" + "".join(items) + " " * indent + "]"
    return flat


def _must_break(value: Value) -> bool:
    """Prettier breaks lists of several objects with several members, wherever they are."""
    if isinstance(value, Mapping):
        return any(_must_break(each) for each in value.values())
    if not isinstance(value, list | tuple):
        return False
    is_table = len(value) > 1 and (
        all(isinstance(each, Mapping) and len(each) > 1 for each in value)
        or all(isinstance(each, list | tuple) and len(each) > 1 for each in value)
    )
    return is_table or any(_must_break(each) for each in value)


def _flat(value: Value) -> str:
    if isinstance(value, str):
        return str(value) if isinstance(value, Raw) else string(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key(name)}: {_flat(each)}" for name, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flat, value))}]"
    return _number(value)


def _number(value: float) -> str:
    """As Prettier writes numbers; what is too large for a double is written as one that is infinite."""
    if isinstance(value, float) and value in {float("inf"), float("-inf")}:
        return "1e999" if value > 0 else "-1e999"
    return repr(value).replace("e+", "e").removesuffix(".0")


def call(start: str, arguments: Sequence[str], end: str, *, indent: int = 0) -> str:
    """A call, or the head of a function: in one line if it fits, else with a line for each argument."""
    margin = " " * indent
    flat = f"{margin}{start}({', '.join(arguments)}){end}"
    if len(flat) <= WIDTH or not arguments:
        return flat
    lines = "".join(f"{margin}  {each},\n" for each in arguments)
    return f"{margin}{start}(\n{lines}{margin}){end}"


def union(start: str, members: Sequence[str], end: str = ";", *, indent: int = 0) -> str:
    """A declaration that ends with a type of these alternatives: `type A = "a" | "b";`."""
    margin = " " * indent
    flat = f"{margin}{start} {' | '.join(members)}{end}"
    if len(flat) <= WIDTH:
        return flat
    if len(members) == 1:
        breaks = start.endswith("=") and not members[0].startswith("{")
        return f"{margin}{start}\n{margin}  {members[0]}{end}" if breaks else flat
    lines = "".join(f"\n{margin}  | {each}" for each in members)
    return f"{margin}{start}{lines}{end}"
