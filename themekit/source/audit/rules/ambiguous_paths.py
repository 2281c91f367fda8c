"""No two paths fit one request unless one is more exact: `/a/{x}` and `/{y}/b` both fit `/a/b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import object_at
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

AMBIGUOUS_PATHS = Code(
    "ambiguous-paths", Severity.WARNING, "Two paths fit the same requests, and neither is the more exact."
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    found: dict[int, list[tuple[str, list[str]]]] = {}
    for path in object_at(description.root, "paths"):
        segments = path.strip("/").split("/")
        found.setdefault(len(segments), []).append((path, segments))
    for paths in found.values():
        templated = [each for each in paths if "{" in each[0]]
        for number, (path, segments) in enumerate(templated):
            other = next((one for one, theirs in templated[:number] if _is_ambiguous(segments, theirs)), None)
            if other is not None:
                message = f"{quoted(path)} and {quoted(other)} fit the same requests, and neither is more exact"
                yield Finding(child_pointer("/paths", path), message, part="key")


def _is_ambiguous(one: list[str], other: list[str]) -> bool:
    is_one_wider = is_other_wider = False
    for mine, theirs in zip(one, other, strict=True):
        if mine != theirs:
            if "{" not in mine and "{" not in theirs:
                return False
            is_one_wider |= "{" in mine and "{" not in theirs
            is_other_wider |= "{" in theirs and "{" not in mine
    return is_one_wider and is_other_wider


RULE = Rule(AMBIGUOUS_PATHS, find)
