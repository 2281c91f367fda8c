"""Style rules under their at-rules as text: readable, or without anything that could be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Declarations = dict[str, str]


class Rule(NamedTuple):
    """A style rule under the conditions of at-rules, the outermost first."""

    conditions: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: Declarations


def pretty(rules: Sequence[Rule]) -> str:
    """One declaration a line, rules apart."""
    out: list[str] = []
    lines: dict[int, list[str]] = {}  # a mode is declared in up to three places
    opened: tuple[str, ...] = ()
    for rule in rules:
        kept = _shared(opened, rule.conditions)
        out.extend(f"{'  ' * level}}}\n" for level in reversed(range(kept, len(opened))))
        out.append("\n" if out else "")
        out.extend(f"{'  ' * level}{rule.conditions[level]} {{\n" for level in range(kept, len(rule.conditions)))
        opened = rule.conditions
        indent = "  " * len(opened)
        its = lines.get(id(rule.declarations))
        if its is None:
            its = lines[id(rule.declarations)] = list(map(": ".join, rule.declarations.items()))
        body = f";\n{indent}  ".join(its)
        selectors = ",\n".join(f"{indent}{selector}" for selector in rule.selectors)
        out.append(f"{selectors} {{\n{indent}  {body};\n{indent}}}\n" if body else f"{selectors} {{\n{indent}}}\n")
    out.extend(f"{'  ' * level}}}\n" for level in reversed(range(len(opened))))
    return "".join(out)


def minified(rules: Sequence[Rule]) -> str:
    """Nothing that could be left out; neighbours share their at-rules."""
    out: list[str] = []
    bodies: dict[int, str] = {}  # as above
    opened: tuple[str, ...] = ()
    for rule in rules:
        kept = _shared(opened, rule.conditions)
        out.append("}" * (len(opened) - kept) + "".join(f"{condition}{{" for condition in rule.conditions[kept:]))
        opened = rule.conditions
        body = bodies.get(id(rule.declarations))
        if body is None:
            body = bodies[id(rule.declarations)] = ";".join(map(":".join, rule.declarations.items()))
        out.append(f"{','.join(rule.selectors)}{{{body}}}")
    return "".join(out) + "}" * len(opened) + "\n"


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many at-rules, from the outermost, are the same."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
