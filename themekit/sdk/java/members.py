"""Accessors and setters of a field: what classes of objects and classes of parameters share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.api_types import Constant, Docs, ListOf, MapOf, Nullable, Type
from themekit.sdk.java.text import doc, html, literal

if TYPE_CHECKING:
    from themekit.sdk.java.source_file import JavaFile
    from themekit.sdk.java.types import JavaApi, JavaType

_LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "matches {}",
    "multipleOf": "a multiple of {}",
}
NO_DOCS = Docs()
MAX_EXAMPLE = 60
MAX_LIMIT = 80


def docs_text(docs: Docs, fallback: str = "") -> str:
    """Summary and description as one text."""
    summary, description = docs.summary.strip(), docs.description.strip()
    if not summary or description.startswith(summary):
        return description or fallback
    return f"{summary}\n\n{description}" if description else summary


def field_doc(docs: Docs, fallback: str, *, indent: str, tags: tuple[str, ...] = ()) -> list[str]:
    """The doc comment of a field, with its limits, default and first example."""
    notes = [_LIMITS[name].format(value) for name, value in docs.limits if name in _LIMITS and len(value) < MAX_LIMIT]
    if docs.default is not None and len(docs.default) <= MAX_EXAMPLE:
        notes.append(f"by default {docs.default}")
    if docs.examples and len(docs.examples[0]) <= MAX_EXAMPLE:
        notes.append(f"for example {docs.examples[0]}")
    block = tuple(f"<p>{html(note[0].upper() + note[1:])}." for note in notes and ("; ".join(notes),))
    deprecated = ("@deprecated It is going to be removed.",) if docs.is_deprecated else ()
    return doc(docs_text(docs, fallback), indent, notes=block, tags=(*tags, *deprecated))


def deprecation(docs: Docs, indent: str = "    ") -> list[str]:
    """The annotation, if there is something to say."""
    return [f"{indent}@Deprecated"] if docs.is_deprecated else []


def without_null(wanted: Type, java: JavaApi) -> tuple[Type, bool]:
    """The type without null, and whether null is one of its values."""
    found = java.followed(wanted)
    return (found.inner, True) if isinstance(found, Nullable) else (wanted, False)


def plain_constant(wanted: Type, java: JavaApi) -> str | None:
    """A constant as an expression of Java, if the type is one."""
    found = java.followed(wanted)
    return java_scalar(json.loads(found.value)) if isinstance(found, Constant) else None


def java_scalar(value: object) -> str:
    """A JSON value as an expression."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return f"{value}L"
    text = json.dumps(value, ensure_ascii=False)
    return f"Json.parse({literal(text)})"


def setter_types(found: JavaType, *, is_nullable: bool) -> list[str]:
    """What a setter takes: one that may be null has a second for the boxed type, as a `Long` takes no `5`."""
    return [found.name, found.boxed] if is_nullable and found.is_primitive else [found.name]


def item_type(wanted: Type, java: JavaApi) -> tuple[str, JavaType] | None:
    """Whether it is a list or a map, and the type of its items."""
    found = java.followed(without_null(wanted, java)[0])
    if isinstance(found, ListOf):
        return "list", java.type_of(found.item)
    return ("map", java.type_of(found.value)) if isinstance(found, MapOf) else None


def use(file: JavaFile, *types: JavaType) -> None:
    """What the types need is imported."""
    for each in types:
        file.imports |= each.imports
