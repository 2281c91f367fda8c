"""Expressions of Java on several lines, where one has no room: chains a call a line, arguments indented by eight."""

from __future__ import annotations

import re

from themekit.model.sdk import END, START
from themekit.sdk.java.text import WIDTH

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[()<>,.]|[^"()<>,.]+', re.DOTALL)
STEP = 8
MAX_NESTING = 12


def laid_out(head: str, expression: str, *, tail: str = ";", depth: int = 0) -> list[str]:
    """`head` + `expression` + `tail`; the indent is that of the head."""
    line = f"{head}{expression}{tail}"
    if len(line) <= WIDTH or depth > MAX_NESTING:
        return [line]
    indent = " " * (len(head) - len(head.lstrip()) + STEP)
    if head.endswith("= "):
        return [head.rstrip(), *laid_out(indent, expression, tail=tail, depth=depth + 1)]
    first, *calls = _calls(expression)
    if len(calls) > 1:
        lines = [f"{head}{first}"]
        for index, call in enumerate(calls):
            lines += laid_out(indent, call, tail=tail if index == len(calls) - 1 else "", depth=depth + 1)
        return lines
    return _arguments_below(head, expression, tail, depth=depth)


def _arguments_below(head: str, expression: str, tail: str, *, depth: int) -> list[str]:
    opened = _opening(expression)
    if opened < 0 or not expression.endswith(")"):
        return [f"{head}{expression}{tail}"]
    indent = " " * (len(head) - len(head.lstrip()) + STEP)
    arguments = split(expression[opened + 1 : -1])
    if arguments == [""]:
        return [f"{head}{expression}{tail}"]
    lines = [f"{head}{expression[: opened + 1]}"]
    for index, argument in enumerate(arguments):
        end = f"){tail}" if index == len(arguments) - 1 else ","
        lines += laid_out(indent, argument, tail=end, depth=depth + 1)
    return lines


def split(text: str) -> list[str]:
    """The arguments of a call."""
    parts, nesting = [""], 0
    for piece in _PIECE.findall(text):
        nesting += (piece in "(<") - (piece in ")>") if len(piece) == 1 else 0
        if piece == "," and nesting == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _calls(expression: str) -> list[str]:
    """What a chain starts with, then its calls, each with its dot."""
    parts, nesting = [""], 0
    for piece in _PIECE.findall(expression):
        nesting += (piece == "(") - (piece == ")")
        if piece == "." and nesting == 0 and _is_called(parts):
            parts.append(piece)
        else:
            parts[-1] += piece
    first, *rest = parts
    if rest and first[:1].isupper() and "(" not in first:
        first += rest.pop(0)  # `Payment.builder()` is one word to a reader
    return [first, *rest]


def _is_called(parts: list[str]) -> bool:
    return bool(parts[-1]) and not parts[-1][-1].isdigit()


def _opening(expression: str) -> int:
    """Where the last call's arguments begin."""
    at, nesting = 0, 0
    found = -1
    for piece in _PIECE.findall(expression):
        if piece == "(":
            found = at if nesting == 0 else found
            nesting += 1
        nesting -= piece == ")"
        at += len(piece)
    return found


def without_strings(code: str) -> str:
    """The code with its literals empty, and without marks of slots."""
    return re.sub(rf"{START}[^{END}]*{END}", "", re.sub(r'"(?:[^"\\]|\\.)*"', '""', code))
