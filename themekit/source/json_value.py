"""JSON as Python values, and how a person calls them."""

from __future__ import annotations

from typing import Literal

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
JsonObject = dict[str, JsonValue]
JsonType = Literal["object", "array", "string", "number", "boolean", "null"]

MAX_DEPTH = (
    64  # the deepest real token file seen has 12 levels; recursion here and elsewhere stays far from Python's 1000
)

_NOUNS: dict[JsonType, str] = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "boolean": "a boolean",
    "null": "null",
}


def json_type(value: JsonValue) -> JsonType:
    """The JSON type of a value. True and False are no numbers, as they are in Python."""
    if isinstance(value, str):
        return "string"
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "number"


def noun(type_: JsonType) -> str:
    """The type with its article: "a string"."""
    return _NOUNS[type_]


def nouns(types: tuple[JsonType, ...]) -> str:
    """Types joined for a message: "a string or a number"."""
    return " or ".join(_NOUNS[type_] for type_ in types)


def as_number(value: JsonValue) -> float | None:
    """The value as a float if it is a JSON number, else None."""
    if type(value) is float:
        return value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def child_pointer(pointer: str, key: str | int) -> str:
    """The JSON Pointer of a member or an element. Source: RFC 6901, section 3."""
    name = str(key)
    if "~" in name or "/" in name:
        name = name.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{name}"


def pointer_parts(pointer: str) -> list[str]:
    """The unescaped reference tokens of a JSON Pointer. Source: RFC 6901, section 4."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def dotted(pointer: str) -> str:
    """The pointer as people write it: `/portal/navigation/0/title` is `portal.navigation[0].title`."""
    name = ""
    for part in pointer_parts(pointer):
        name += f"[{part}]" if part.isdigit() and name else f".{part}" if name else part
    return name
