"""Whether a value is valid by a schema of the table: `jsonschema`, with patterns of ECMA-262 and formats that we check.

Formats are checked as OpenAPI and RFC 3339, 4122, 5321, 3986 and so on have them, not merely annotated: an answer whose
`date-time` is none would break whoever reads it.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from themekit.sandbox.json_schema import Draft202012Validator, ValidationError, extend
from themekit.sandbox.patterns import compiled
from themekit.sandbox.shapes import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.sandbox.schemas import Schema, SchemaTable
    from themekit.source.json_value import JsonValue

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_DURATION = re.compile(r"P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_EMAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_REFERENCE = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_date_time(text: str) -> bool:
    found = _DATE_TIME.fullmatch(text)
    return found is not None and _is_date(found[1])


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True)) or not text
    except ValueError:
        return False


def _is_address(kind: Callable[[str], object]) -> Callable[[str], bool]:
    def is_one(text: str) -> bool:
        try:
            kind(text)
        except ValueError:
            return False
        return True

    return is_one


FORMATS: dict[str, Callable[[str], object]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": _TIME.fullmatch,
    "duration": _DURATION.fullmatch,
    "uuid": _UUID.fullmatch,
    "email": _EMAIL.fullmatch,
    "hostname": _HOSTNAME.fullmatch,
    "uri": _URI.fullmatch,
    "uri-reference": _REFERENCE.fullmatch,
    "ipv4": _is_address(ipaddress.IPv4Address),
    "ipv6": _is_address(ipaddress.IPv6Address),
    "byte": _is_base64,
    "json-pointer": _POINTER.fullmatch,
    "regex": lambda text: compiled(text) is not None,
}
"""The formats of texts that are checked."""

RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def _of_pattern(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[ValidationError]:
    expression = compiled(pattern) if isinstance(instance, str) else None
    if expression is not None and not expression.search(str(instance)):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _of_format(_validator: object, name: str, instance: object, _schema: object) -> Iterator[ValidationError]:
    if isinstance(instance, str):
        fits = FORMATS.get(name)
        if fits is not None and not fits(instance):
            yield ValidationError(f"{instance!r} is no {name}")
    elif isinstance(instance, int) and not isinstance(instance, bool) and name in RANGES:
        low, high = RANGES[name]
        if not low <= instance <= high:
            yield ValidationError(f"{instance!r} is no {name}")


def _of_names(validator: Any, patterns: Any, instance: object, _schema: object) -> Iterator[ValidationError]:  # noqa: ANN401 - jsonschema's
    for pattern, schema in patterns.items() if isinstance(instance, dict) else ():
        expression = compiled(pattern)
        for name, value in instance.items():  # type: ignore[attr-defined]  # the line above looked
            if expression is not None and expression.search(name):
                yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _of_others(validator: Any, others: Any, instance: object, schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401 - jsonschema's
    if not isinstance(instance, dict):
        return
    expressions = [each for each in map(compiled, schema.get("patternProperties", {})) if each is not None]
    known = schema.get("properties", {})
    for name, value in instance.items():
        if name not in known and not any(each.search(name) for each in expressions):
            yield from validator.descend(value, others, path=name)


MAX_FOLLOWED = 1_000_000
"""References that are followed for one value: `oneOf` looks at every branch, and branches with branches are 2^depth."""


class _TooLongError(Exception):
    """Nobody waits to know whether the value is valid."""


@dataclass(slots=True)
class Validity:
    """Tells what is valid by the schemas of one table, which may still grow."""

    table: SchemaTable
    _class: Any = field(init=False)
    _steps: Budget = field(default_factory=lambda: Budget(MAX_FOLLOWED))

    def __post_init__(self) -> None:
        """References are looked up in the table itself, which costs a hundredth of a registry's."""

        def of_reference(validator: Any, name: str, instance: object, _schema: object) -> Iterator[ValidationError]:  # noqa: ANN401
            if self._steps.is_spent():
                raise _TooLongError
            yield from validator.descend(instance, self.table.defs[name])

        own = {
            "$ref": of_reference,
            "pattern": _of_pattern,
            "format": _of_format,
            "patternProperties": _of_names,
            "additionalProperties": _of_others,
        }
        self._class = extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]

    def holds(self, schema: Schema, value: JsonValue) -> bool:
        """The value is valid by the schema; a value nested too deep to tell is not, nor one that takes too long."""
        try:
            return self.first_fault(schema, value) is None
        except (RecursionError, _TooLongError):
            return False

    def first_fault(self, schema: Schema, value: JsonValue) -> str | None:
        """What is wrong, in words, with its place in the value; None if nothing is."""
        self._steps.left = MAX_FOLLOWED
        whole: Schema = schema
        if self.table.looks_around:
            whole = {**schema, "$defs": {name.rpartition("/")[2]: each for name, each in self.table.defs.items()}}
        for error in self._class(whole).iter_errors(value):
            return f"{error.json_path}: {error.message}"
        return None
