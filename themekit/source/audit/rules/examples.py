"""Examples and defaults are values of their schemas: readers copy them, and the sandbox answers with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.description import items_of, object_at
from themekit.source.audit.example_check import ExampleCheck
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description
    from themekit.source.json_value import JsonObject, JsonValue

INVALID_EXAMPLE = Code("invalid-example", Severity.WARNING, "An example or default does not fit its schema.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    check = ExampleCheck(description.resolved)
    for part in (*description.contents, *description.parameters):
        schema = part.members.get("schema")
        if schema is not None:
            yield from _wrong(check, schema, part.pointer, list(_examples(part.members)))
    for part in description.schemas:
        values = [(f"/{key}", part.members[key]) for key in ("example", "default") if key in part.members]
        values += [(f"/examples/{index}", each) for index, each in enumerate(items_of(part.members.get("examples")))]
        if values:
            yield from _wrong(check, part.members, part.pointer, values)


def _examples(members: JsonObject) -> Iterator[tuple[str, JsonValue]]:
    if "example" in members:
        yield "/example", members["example"]
    for name, example in object_at(members, "examples").items():
        if isinstance(example, dict) and "value" in example:
            yield f"{child_pointer('/examples', name)}/value", example["value"]


def _wrong(
    check: ExampleCheck, schema: JsonValue, pointer: str, values: list[tuple[str, JsonValue]]
) -> Iterator[Finding]:
    for place, value in values:
        fault = check.fault(value, schema)
        if fault is not None:
            yield Finding(f"{pointer}{place}{fault.pointer}", f"the value does not fit its schema: {fault.message}")


RULE = Rule(INVALID_EXAMPLE, find)
