"""Keys of a description that are misspelled: read over, `operationID` would be an operation without its name.

What an object may hold is data here, of OpenAPI 3.0 to 3.2 together. Only what is near a known key is told of: schemas
may have keywords of their own, and `x-` is free everywhere. Source: OpenAPI 3.0.4, 3.1.1 and 3.2.0, "Schema".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from themekit.diagnostics.printable import quoted
from themekit.model.origin import Origin
from themekit.source.api.names import word_set
from themekit.source.api.reading import MAX_WARNINGS
from themekit.source.did_you_mean import nearest
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.source.api.reading import At, Reading
    from themekit.source.json_value import JsonValue

_REFERENCE = "$ref summary description"


class _Kind(NamedTuple):
    """An object of the specification: its keys, and what is below them. `[x]` is a list of x, `{x}` has x by names."""

    keys: frozenset[str]
    inner: dict[str, str]


def _kind(plain: str, **inner: str) -> _Kind:
    below = {key.replace("__", "$"): kind for key, kind in inner.items()}
    return _Kind(word_set(plain) | below.keys(), below)


_PARAMETER = f"{_REFERENCE} name in required deprecated allowEmptyValue style explode allowReserved example"
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_SCHEMA_KEYWORDS = f"""{_REFERENCE} $id id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor
    $comment $vocabulary type enum const title default example examples format pattern minLength maxLength minimum
    maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minContains maxContains
    minProperties maxProperties required dependentRequired dependencies nullable readOnly writeOnly deprecated
    contentEncoding contentMediaType"""

KINDS: dict[str, _Kind] = {
    "description": _kind(
        "openapi $self jsonSchemaDialect security",
        info="info",
        servers="[server]",
        paths="{path}",
        webhooks="{path}",
        components="components",
        tags="[tag]",
        externalDocs="docs",
    ),
    "info": _kind("title summary description termsOfService version", contact="contact", license="license"),
    "contact": _kind("name url email"),
    "license": _kind("name identifier url"),
    "server": _kind("url description name", variables="{variable}"),
    "variable": _kind("enum default description"),
    "docs": _kind("description url"),
    "tag": _kind("name summary description parent kind", externalDocs="docs"),
    "components": _kind(
        "",
        schemas="{schema}",
        responses="{response}",
        parameters="{parameter}",
        examples="{example}",
        requestBodies="{body}",
        headers="{parameter}",
        securitySchemes="{scheme}",
        links="{link}",
        callbacks="{callback}",
        pathItems="{path}",
        mediaTypes="{media}",
    ),
    "path": _kind(
        f"{_REFERENCE} additionalOperations",
        servers="[server]",
        parameters="[parameter]",
        **dict.fromkeys(_METHODS, "operation"),
    ),
    "operation": _kind(
        "tags summary description operationId deprecated security",
        externalDocs="docs",
        parameters="[parameter]",
        requestBody="body",
        responses="{response}",
        callbacks="{callback}",
        servers="[server]",
    ),
    "parameter": _kind(_PARAMETER, schema="schema", examples="{example}", content="{media}"),
    "body": _kind(f"{_REFERENCE} required", content="{media}"),
    "media": _kind(
        f"{_REFERENCE} example",
        schema="schema",
        itemSchema="schema",
        examples="{example}",
        encoding="{encoding}",
        prefixEncoding="[encoding]",
        itemEncoding="encoding",
    ),
    "encoding": _kind(
        "contentType style explode allowReserved",
        headers="{parameter}",
        encoding="{encoding}",
        prefixEncoding="[encoding]",
        itemEncoding="encoding",
    ),
    "response": _kind(_REFERENCE, headers="{parameter}", content="{media}", links="{link}"),
    "example": _kind(f"{_REFERENCE} value externalValue dataValue serializedValue"),
    "link": _kind(f"{_REFERENCE} operationRef operationId parameters requestBody", server="server"),
    "scheme": _kind(
        f"{_REFERENCE} type name in scheme bearerFormat openIdConnectUrl oauth2MetadataUrl deprecated", flows="flows"
    ),
    "flows": _kind(
        "",
        implicit="flow",
        password="flow",  # noqa: S106 - a flow of OAuth 2
        clientCredentials="flow",
        authorizationCode="flow",
        deviceAuthorization="flow",
    ),
    "flow": _kind("authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes"),
    "schema": _kind(
        _SCHEMA_KEYWORDS,
        discriminator="discriminator",
        xml="xml",
        externalDocs="docs",
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "definitions", "__defs"), "{schema}"),
        **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), "[schema]"),
        **dict.fromkeys(("items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems"), "schema"),
        **dict.fromkeys(("additionalItems", "contains", "propertyNames", "contentSchema"), "schema"),
        **dict.fromkeys(("not", "if", "then", "else"), "schema"),
    ),
    "discriminator": _kind("propertyName mapping defaultMapping"),
    "xml": _kind("name namespace prefix attribute wrapped nodeType"),
}
_TOLD_ELSEWHERE = frozenset({"path"})  # by the reader of operations, as an error where one would be lost

_Place = tuple["_Place", str | int] | None
_Waiting = tuple["JsonValue", str, "_Place", "PurePosixPath", str]


def check_keys(reading: Reading, root: At) -> None:
    """Warn of every key that is nearly one of its object's, in the description and where it refers to other files."""
    seen: set[int] = set()
    stack: list[_Waiting] = [(root.value, "description", None, root.path, root.pointer)]
    while stack:
        value, kind, place, path, base = stack.pop()
        if not isinstance(value, dict):
            continue
        known = KINDS.get(kind)
        if known is None:  # `[x]` and `{x}` were taken apart, so this is a callback: paths by expressions
            stack += [(each, "path", (place, key), path, base) for key, each in value.items()]
            continue
        if not known.keys.issuperset(value) and kind not in _TOLD_ELSEWHERE:
            _tell(reading, [key for key in value if key not in known.keys], known, at=(place, path, base))
        for key in value.keys() & known.inner.keys():
            _wait(stack, value[key], known.inner[key], (place, key), path, base)
        written = value.get("$ref")
        if isinstance(written, str) and not written.startswith("#"):
            found = reading.targets.get((path, written)) or reading.objects.get((path, written))
            if found is not None and id(found.value) not in seen:
                seen.add(id(found.value))
                stack.append((found.value, kind, None, found.path, found.pointer))


def _wait(stack: list[_Waiting], value: JsonValue, kind: str, place: _Place, path: PurePosixPath, base: str) -> None:
    inner = kind.strip("[]{}")
    if isinstance(value, list):  # also where one object belongs: `items` of older drafts are lists
        stack += [(each, inner, (place, index), path, base) for index, each in enumerate(value)]
    elif kind.startswith("{") and isinstance(value, dict):
        stack += [(each, inner, (place, key), path, base) for key, each in value.items() if key[:2] != "x-"]
    else:
        stack.append((value, inner, place, path, base))


def _tell(reading: Reading, keys: list[str], known: _Kind, *, at: tuple[_Place, PurePosixPath, str]) -> None:
    for key in keys if reading.warnings < MAX_WARNINGS else ():
        found = None if key.startswith("x-") or len(key) > 40 else nearest(key, known.keys)
        if found is not None:
            place = Origin(at[1], child_pointer(at[2] + _pointer(at[0]), key), "key")
            reading.warn(place, f"{quoted(key)} is no key here, and is passed over", hint=f"did you mean `{found}`?")


def _pointer(place: _Place) -> str:
    steps: list[str | int] = []
    while place is not None:
        place, step = place
        steps.append(step)
    pointer = ""
    for step in reversed(steps):
        pointer = child_pointer(pointer, step)
    return pointer
