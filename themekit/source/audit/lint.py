"""What the rules find in a description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model import Origin
from themekit.source.audit.description import Description
from themekit.source.audit.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.json_value import JsonValue


def lint(path: PurePosixPath, value: JsonValue, *, without: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """The findings of all rules but those named, rule by rule, in the order of the description.

    References into other files are not followed: such a file is no description of an API.
    """
    report = Reporter()
    description = Description.of(path, value)
    for rule in all_rules():
        if rule.code.name not in without:
            for found in rule.check(description):
                report(rule.code, Origin(path, found.pointer, found.part), found.message, hint=found.hint)
    return report.diagnostics
