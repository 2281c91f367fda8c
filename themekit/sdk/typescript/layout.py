"""Values and types of JavaScript and TypeScript as text, broken into lines where Prettier breaks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from themekit.sdk.typescript.spelling import WIDTH, key, string


class Raw(str):
    """A text that is code already."""

    __slots__ = ()


Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
"""What JSON can say, and code."""


def literal(value: Value, *, indent: int = 0, used: int = 0) -> str:
    """A value as an expression, where `indent` spaces start the line and `used` characters of it are taken."""
    flat = _flat(value)
    if not _must_break(value) and used + len(flat) <= WIDTH and "\n" not in flat:
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, Mapping) and value:
        members = [f"{inner}{_property(name, each, indent=indent + 2)},\n" for name, each in value.items()]
        return "{\n" + "".join(members) + " " * indent + "}"
    if isinstance(value, list | tuple) and value:
        items = [f"{inner}{literal(each, indent=indent + 2, used=indent + 3)},\n" for each in value]
        return "[\n" + "".join(items) + " " * indent + "]"
    return flat


def _property(name: str, value: Value, *, indent: int) -> str:
    """A member of an object; a text that is too long stands in a line of its own."""
    start = f"{key(name)}: "
    text = literal(value, indent=indent, used=indent + len(start) + 1)
    is_long = isinstance(value, str) and indent + len(start) + len(text) + 1 > WIDTH
    return f"{key(name)}:\n{' ' * (indent + 2)}{text}" if is_long else start + text


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
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key(name)}: {_flat(each)}" for name, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_flat, value))}]"
    return _number(value)


def _number(value: float) -> str:
    """As Prettier writes numbers; what is too large for a double is written as one that is infinite."""
    if value in {float("inf"), float("-inf")}:
        return "1e999" if value > 0 else "-1e999"
    return repr(value).replace("e+", "e").removesuffix(".0")


def call(start: str, arguments: Sequence[str], *, end: str, indent: int = 0) -> str:
    """A call, or the head of a function: in one line if it fits, else with a line for each argument."""
    margin = " " * indent
    flat = f"{margin}{start}({', '.join(arguments)}){end}"
    if len(flat) <= WIDTH or not arguments:
        return flat
    lines = "".join(f"{margin}  {each},\n" for each in arguments)
    return f"{margin}{start}(\n{lines}{margin}){end}"


def union(start: str, members: Sequence[str], *, end: str = ";", indent: int = 0) -> str:
    """A declaration that ends with a type of these alternatives: `type A = "a" | "b";`."""
    margin = " " * indent
    flat = f"{margin}{start} {' | '.join(members)}{end}"
    if len(flat) <= WIDTH:
        return flat
    alone = f"{margin}  {' | '.join(members)}{end}"
    if start.endswith("=") and not members[0].startswith("{") and (len(alone) <= WIDTH or len(members) == 1):
        return f"{margin}{start}\n{alone}"
    if len(members) == 1:
        return flat
    lines = "".join(f"\n{margin}  | {each}" for each in members)
    return f"{margin}{start}{lines}{end}"


def applied(start: str, given: Sequence[Value], *, indent: int = 0) -> str:
    """A call as a statement, with all that stands before it: if its last argument is an object, that is broken.

    Ends with a semicolon.
    """
    flat = f"{' ' * indent}{start}({', '.join(map(_flat, given))});"
    last = given[-1] if given else None
    if (len(flat) <= WIDTH and not any(map(_must_break, given))) or not given:
        return flat
    head = f"{' ' * indent}{start}({''.join(f'{_flat(each)}, ' for each in given[:-1])}"
    is_alike = len(given) > 1 and isinstance(given[-2], Mapping)
    if isinstance(last, Mapping) and last and not is_alike and len(head) < WIDTH:
        return f"{head}{literal(last, indent=indent, used=WIDTH)});"
    inner = " " * (indent + 2)
    lines = "".join(f"{inner}{literal(each, indent=indent + 2, used=indent + 3)},\n" for each in given)
    return f"{' ' * indent}{start}(\n{lines}{' ' * indent});"


def imported(names: Sequence[str], module: str, *, keyword: str = "import") -> str:
    """The line, or the lines, of an import or an export."""
    flat = f'{keyword} {{ {", ".join(names)} }} from "{module}";\n'
    if len(flat) <= WIDTH + 1:
        return flat
    return f'{keyword} {{\n{"".join(f"  {name},{chr(10)}" for name in names)}}} from "{module}";\n'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown whose columns are as wide as their widest cells."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |\n" for row in lines
    )
