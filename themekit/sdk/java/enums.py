"""Enumerations of an API as classes of constants: a value that is newer than the library is as good as these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.sdk.java import members
from themekit.sdk.java.names import constant_name
from themekit.sdk.java.source_file import JavaFile
from themekit.sdk.java.text import WIDTH, constant, doc

if TYPE_CHECKING:
    from themekit.model.api_types import EnumMember, EnumType
    from themekit.sdk.java.types import JavaApi

KINDS = {"string": "String", "integer": "long", "number": "double"}


def enum_file(java: JavaApi, declared: EnumType) -> JavaFile:
    """The class of an enumeration."""
    file = JavaFile(java.names.types[declared.id])
    file.add(*doc(members.docs_text(declared.docs, f"Values of {file.name}.")))
    file.add(f"public final class {file.name} {{")
    for each in declared.members:
        head = f"    public static final {KINDS[declared.kind]} {constant_name(each.name)} ="
        value = _value(declared, each)
        line = f"{head} {value};"
        file.member(
            *doc(each.description or f"The value `{each.value}`.", "    "),
            *([line] if len(line) <= WIDTH else [head, f"            {value};"]),
        )
    file.member(f"    private {file.name}() {{}}", "}")
    return file


def _value(declared: EnumType, member: EnumMember) -> str:
    value = json.loads(member.value)
    if declared.kind == "string":
        return constant(str(value))
    if declared.kind == "integer":
        return f"{int(value)}L" if -(2**63) <= value < 2**63 else "Long.MAX_VALUE"
    return repr(float(value))
