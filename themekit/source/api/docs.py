"""What people read about a schema: texts, examples, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import Docs
from themekit.source.api.reading import json_text
from themekit.source.json_value import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.model.api_types import JsonText
    from themekit.source.api.reading import At
    from themekit.source.json_value import JsonObject, JsonValue

LIMITS = (
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
)
MAX_EXAMPLES = 20


def docs_of(chain: Sequence[At], *, title: At | None = None) -> Docs:
    """Texts of a schema and of those it refers to, the nearest first; a `title` counts where it stands itself."""
    members = [at.members for at in chain if at.members]
    if not members:
        return Docs()
    first = members[0]
    titled = first if title is None else title.members
    description = _first_text(members, "description")
    return Docs(
        summary=one_line(titled.get("title")),
        description=description,
        is_deprecated=first.get("deprecated") is True,
        examples=_examples(members),
        limits=_limits(members),
        default=next((json_text(each["default"]) for each in members if "default" in each), None),
    )


def one_line(value: JsonValue) -> str:
    """A text in one line, "" if it is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _first_text(members: Iterable[JsonObject], key: str) -> str:
    for each in members:
        value = each.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _examples(members: Iterable[JsonObject]) -> tuple[JsonText, ...]:
    for each in members:
        found: list[JsonValue] = []
        if "example" in each:
            found.append(each["example"])
        listed = each.get("examples")
        if isinstance(listed, list):
            found.extend(listed)
        if found:
            return tuple(dict.fromkeys(json_text(value) for value in found[:MAX_EXAMPLES]))
    return ()


def _limits(members: Sequence[JsonObject]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for each in reversed(members):
        for name in () if each.keys().isdisjoint(LIMITS) else LIMITS:
            if name in each:
                found |= _limit(each, name)
    return tuple((name, found[name]) for name in LIMITS if name in found) if found else ()


def _limit(members: JsonObject, name: str) -> dict[str, str]:
    value = members[name]
    if isinstance(value, bool):  # OpenAPI 3.0: beside `minimum` or `maximum`, which is exclusive then
        base = members.get(name.replace("exclusiveM", "m"))
        if name == "uniqueItems":
            return {name: "true"} if value else {}
        return {name: json_text(base)} if value and as_number(base) is not None else {}
    if name == "minimum" and members.get("exclusiveMinimum") is True:
        return {}
    if name == "maximum" and members.get("exclusiveMaximum") is True:
        return {}
    if name == "pattern":
        return {name: value} if isinstance(value, str) else {}
    return {name: json_text(value)} if as_number(value) is not None else {}
