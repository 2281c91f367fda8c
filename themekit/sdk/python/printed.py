"""Source laid out as the formatters black and ruff leave it: on one line if it fits, else one part a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.sdk.python.literals import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Group:
    """Parts between brackets: `start` ends with the one that opens, `end` begins with the one that closes.

    A tuple of one part keeps its comma, a subscript of one part has none. A union has no brackets, and bars for commas.
    """

    start: str
    parts: Sequence[Group | str]
    end: str
    kind: Literal["call", "tuple", "subscript", "union"] = "call"

    def __str__(self) -> str:
        """On one line."""
        if self.kind == "union":
            return " | ".join(map(str, self.parts))
        comma = "," if self.kind == "tuple" and len(self.parts) == 1 else ""
        return f"{self.start}{', '.join(map(str, self.parts))}{comma}{self.end}"


def call(function: str, parts: Sequence[Group | str], *, end: str = "") -> Group:
    """The call of a function, and what stands after it."""
    return Group(f"{function}(", parts, f"){end}")


def subscript(of: str, parts: Sequence[Group | str]) -> Group:
    """`of[parts]`."""
    return Group(f"{of}[", parts, "]", kind="subscript")


def printed(of: Group | str, *, indent: int = 0, end: str = "") -> list[str]:
    """The lines of a group and of `end` after it."""
    pad = " " * indent
    line = f"{pad}{of}{end}"
    if isinstance(of, str) or not of.parts or len(line) <= WIDTH:
        return [line]
    if of.kind == "union":
        lines = printed(of.parts[0], indent=indent)
        for part in of.parts[1:]:
            lines += printed(_after("| ", part), indent=indent)
        return [*lines[:-1], f"{lines[-1]}{end}"]
    comma = "" if of.kind == "subscript" and len(of.parts) == 1 else ","
    lines = [f"{pad}{of.start}"]
    for part in of.parts:
        lines += printed(part, indent=indent + 4, end=comma)
    return [*lines, f"{pad}{of.end}{end}"]


def import_order(name: str) -> tuple[int, str]:
    """As isort has it: constants, classes, others."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def imported(module: str, names: Iterable[str], *, indent: int = 0) -> list[str]:
    """An import, in brackets if it is long; none of no names."""
    found = sorted(set(names), key=import_order)
    if not found:
        return []
    line = f"{' ' * indent}from {module} import {', '.join(found)}"
    return [line] if len(line) <= WIDTH else printed(Group(f"from {module} import (", found, ")"), indent=indent)


def assigned(target: str, of: Group | str, *, indent: int = 0) -> list[str]:
    """The lines of `target = of`; in brackets of its own if not even its start fits beside the target."""
    first = of if isinstance(of, str) else of.start if of.parts else str(of)
    pad = " " * indent
    if indent + len(f"{target} = {first}") <= WIDTH:
        return printed(_after(f"{target} = ", of), indent=indent)
    if indent + len(f"{target} = (") <= WIDTH and indent + 4 + len(first) <= WIDTH:
        lines = [f"{pad}{target} = (", *printed(of, indent=indent + 4), f"{pad})"]
        if all(len(line) <= WIDTH for line in lines):
            return lines
    name, colon, annotation = target.partition(": ")
    whole = nested(annotation) if colon else target
    if isinstance(whole, str):
        return printed(_after(f"{target} = ", of), indent=indent)
    head = [f"{pad}{name}: {whole.start}"]
    for part in whole.parts:
        head += printed(part, indent=indent + 4, end="" if len(whole.parts) == 1 else ",")
    return [*head, *printed(_after(f"{whole.end} = ", of), indent=indent)]


def united(name: str, annotation: str, *, default: str, indent: int) -> list[str]:
    """A parameter in a head of more lines: a long union has one alternative a line."""
    pad = " " * indent
    line = f"{pad}{name}: {annotation}{default},"
    if len(line) <= WIDTH:
        return [line]
    first, *others = [nested(each) for each in alternatives(annotation)]
    if not others:
        return printed(_after(f"{name}: ", first), indent=indent, end=f"{default},")
    lines = printed(_after(f"{name}: ", first), indent=indent)
    for each in others:
        lines += printed(_after("| ", each), indent=indent)
    lines[-1] += f"{default},"
    return lines


def member(name: str, annotation: str, *, default: str, indent: int) -> list[str]:
    """A field of a class: a long annotation stands in brackets."""
    pad = " " * indent
    line = f"{pad}{name}: {annotation}{default}"
    found = [nested(each) for each in alternatives(annotation)]
    if len(line) <= WIDTH:
        return [line]
    if default and len(f"{pad}{name}: {annotation} = (") <= WIDTH:
        return [f"{pad}{name}: {annotation} = (", f"{pad}    {default.removeprefix(' = ')}", f"{pad})"]
    if len(found) == 1 and isinstance(found[0], Group):
        return printed(_after(f"{name}: ", found[0]), indent=indent, end=default)
    lines = printed(_union(annotation), indent=indent + 4)
    if len(found) == 1 and len(lines[0]) > WIDTH:
        return [line]
    return [f"{pad}{name}: (", *lines, f"{pad}){default}"]


def keyed(key: str, of: Group | str) -> Group | str:
    """An entry of a dictionary."""
    return _after(f"{key}: ", of)


def nested(expression: str) -> Group | str:
    """A call or a subscript of one part as a group, and so on inwards."""
    found = _NESTED.fullmatch(expression)
    if found is None:
        return expression
    if found[2] == "(":
        return Group(f"{found[1]}(", [nested(found[3])], ")", kind="subscript")
    parts = split(found[3], ", ")
    inner = [_union(parts[0])] if len(parts) == 1 else parts
    return Group(f"{found[1]}[", inner, "]", kind="subscript")


def _union(annotation: str) -> Group | str:
    found = [nested(each) for each in alternatives(annotation)]
    return found[0] if len(found) == 1 else Group("", found, "", kind="union")


def alternatives(annotation: str) -> list[str]:
    """The parts of a union that is written with bars."""
    return split(annotation, " | ")


def split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand in no brackets and no string."""
    if mark not in text:
        return [text]
    parts, depth, quote, start, index = [], 0, "", 0, 0
    while index < len(text):
        each = text[index]
        if quote:
            if each == "\\":
                index += 1
            elif each == quote:
                quote = ""
        elif each in "\"'":
            quote = each
        elif each in "([{":
            depth += 1
        elif each in ")]}":
            depth -= 1
        elif not depth and text.startswith(mark, index):
            parts.append(text[start:index])
            start = index = index + len(mark)
            continue
        index += 1
    return [*parts, text[start:]]


def _after(start: str, of: Group | str) -> Group | str:
    return f"{start}{of}" if isinstance(of, str) else Group(f"{start}{of.start}", of.parts, of.end, of.kind)


_NESTED = re.compile(r"([A-Za-z_.]+)([\[(])(.*)[\])]", re.DOTALL)
