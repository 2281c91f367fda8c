"""The members of errors: those of the object that the API answers most errors with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from themekit.sdk.typescript.plan import object_of
from themekit.sdk.typescript.spelling import is_identifier

if TYPE_CHECKING:
    from themekit.model.api_types import ObjectType
    from themekit.sdk.typescript.plan import Plan

_OWN_MEMBERS_WORDS = (
    "name message stack cause status headers requestId body data attempts constructor toString toLocaleString "
    "valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__"
)
OWN_MEMBERS = frozenset(_OWN_MEMBERS_WORDS.split())
"""What errors have themselves, or inherit."""


def error_members(plan: Plan) -> str:
    """Lines of the declaration of `ApiError`."""
    problem = problem_of(plan)
    if problem is None:
        return ""
    return "".join(
        f"  readonly {field.wire}?: {plan.names.spell(field.type, 'got', scope='types.')};\n"
        for field in problem.fields
        if is_identifier(field.wire) and field.wire not in OWN_MEMBERS and field.access != "write"
    )


def problem_of(plan: Plan) -> ObjectType | None:
    """The object in most answers that are errors, if there is one."""
    found: Counter[str] = Counter()
    objects: dict[str, ObjectType] = {}
    for operation in plan.api.operations:
        for response in operation.responses:
            if response.is_success or response in operation.successes:
                continue
            for content in response.contents:
                declared = object_of(content.type, plan.names.types) if content.kind == "json" else None
                if declared is not None:
                    objects[declared.id] = declared
                    found[declared.id] += 1
    return objects[found.most_common(1)[0][0]] if found else None
