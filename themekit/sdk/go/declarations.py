"""The declarations of an API as Go types: structs, enumerations, interfaces for unions, and other names of types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, EnumType, ListOf, MapOf, ObjectType, Primitive, UnionType
from themekit.sdk.go.comments import comment, doc, one_line
from themekit.sdk.go.fields import ParamField, extra_type, object_field
from themekit.sdk.go.layout import Row, rows
from themekit.sdk.go.literals import string, value_literal
from themekit.sdk.go.names import FIELDS, Scope
from themekit.sdk.go.source import Piece, empty_function, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api_types import Declaration
    from themekit.sdk.go.plan import Plan
    from themekit.sdk.go.types import Alternative

_EXTRA = ("// Extra has the members that are newer than this library.",)
_RESPONSE = ("// LastResponse is the answer that this came with.",)


def declaration(declared: Declaration, plan: Plan) -> Iterator[Piece]:
    """What stands for one declaration."""
    match declared:
        case ObjectType():
            yield from _object(declared, plan)
        case EnumType():
            yield from _enum(declared, plan)
        case UnionType():
            yield from _union(declared, plan)
        case AliasType():
            yield _alias(declared, plan)


def object_fields(declared: ObjectType, plan: Plan) -> tuple[ParamField, ...]:
    """The fields of an object, named."""
    scope = Scope(set(FIELDS))
    return tuple(object_field(each, plan.types, scope=scope, owner=declared.id) for each in declared.fields)


def _object(declared: ObjectType, plan: Plan) -> Iterator[Piece]:
    name = plan.types.names[declared.id]
    fields = object_fields(declared, plan)
    extra = extra_type(declared.extra, plan.types)
    is_answer = declared.id in plan.answers
    given = [*field_rows(fields), Row(_EXTRA, ("Extra", extra, '`json:"-"`'))]
    if is_answer:
        given.append(Row(_RESPONSE, ("LastResponse", "*Response", '`json:"-"`')))
    yield piece(
        *doc(declared.docs, name, fallback=f"{name} is an object of the API."),
        f"type {name} struct {{",
        *rows(given),
        "",
        "\tkept kept",
        "}",
        types=[extra, *(each.go_type for each in fields)],
    )
    yield piece(
        "// UnmarshalJSON keeps members that have no field in Extra.",
        f"func (v *{name}) UnmarshalJSON(data []byte) error {{",
        "\treturn unmarshalObject(data, v, &v.kept)",
        "}",
    )
    yield piece(
        "// MarshalJSON writes the fields that are set, and Extra.",
        f"func (v {name}) MarshalJSON() ([]byte, error) {{",
        "\treturn marshalObject(&v, v.kept)",
        "}",
    )
    if is_answer:
        yield piece(f"func (v *{name}) setResponse(response *Response) {{", "\tv.LastResponse = response", "}")


def field_rows(fields: tuple[ParamField, ...]) -> list[Row]:
    """The lines of a struct's fields."""
    return [Row(doc(each.docs), (each.name, each.go_type, each.tag)) for each in fields]


def _enum(declared: EnumType, plan: Plan) -> Iterator[Piece]:
    name = plan.types.names[declared.id]
    base = {"string": "string", "integer": "int64", "number": "float64"}[declared.kind]
    about = f"{name} is one of a set of values. An answer may have one that is newer than this library."
    yield piece(*doc(declared.docs, name, fallback=about), f"type {name} {base}")
    constants = plan.constants[declared.id]
    if constants:
        given = [
            Row(
                comment(each.description) if each.description.strip() else (),
                (constant, name, f"= {value_literal(each.value)}"),
            )
            for each, constant in constants
        ]
        yield piece(f"// The values of {name}.", "const (", *rows(given), ")")
    if declared.kind == "string" and plan.has_unions:
        texts = ", ".join(string(str(json.loads(each.value))) for each in declared.members)
        yield piece(f"func ({name}) known() []string {{", f"\treturn []string{{{texts}}}", "}")


def _union(declared: UnionType, plan: Plan) -> Iterator[Piece]:
    name = plan.types.names[declared.id]
    found = plan.types.alternatives(declared)
    texts = ", ".join([*(each.go_type for each in found), "*Unknown"])
    about = comment(f"It is one of: {texts}.")
    intro = doc(declared.docs, name, fallback=f"{name} is a value of one of several types.")
    yield piece(*intro, "//", *about, f"type {name} interface {{", f"\tis{name}()", "}")
    for each in found:
        if each.wraps and each.go_type not in plan.wrapped:
            plan.wrapped.add(each.go_type)
            yield from _wrapper(each, plan, name=name)
        yield piece(*empty_function(f"func ({each.go_type}) is{name}()"))
    yield piece(*empty_function(f"func (*Unknown) is{name}()"))


def _wrapper(each: Alternative, plan: Plan, *, name: str) -> Iterator[Piece]:
    about = f"// {each.go_type} is {each.wraps} as {name}."
    kind = plan.types.resolved(each.type)
    if isinstance(kind, Primitive) and kind.kind in {"any", "date", "date-time"}:
        yield piece(about, f"type {each.go_type} struct {{", f"\tValue {each.wraps}", "}", types=[each.wraps])
        yield from _codec(each, read="&v.Value", write="v.Value")
        return
    yield piece(about, f"type {each.go_type} {each.wraps}", types=[each.wraps])
    if isinstance(kind, ListOf | MapOf):
        yield from _codec(each, read=f"(*{each.wraps})(v)", write=f"{each.wraps}(v)")


def _codec(each: Alternative, *, read: str, write: str) -> Iterator[Piece]:
    yield piece(
        "// UnmarshalJSON reads the value.",
        f"func (v *{each.go_type}) UnmarshalJSON(data []byte) error {{",
        f"\treturn decodeInto(data, {read})",
        "}",
    )
    yield piece(
        "// MarshalJSON writes the value.",
        f"func (v {each.go_type}) MarshalJSON() ([]byte, error) {{",
        f"\treturn encode({write})",
        "}",
    )


def _alias(declared: AliasType, plan: Plan) -> Piece:
    name = plan.types.names[declared.id]
    target = plan.types.of(declared.target)
    equals = "" if declared.is_recursive else "= "
    about = doc(declared.docs, name, fallback=f"{name} is {one_line(target)}.")
    return piece(*about, f"type {name} {equals}{target}", types=[target])
