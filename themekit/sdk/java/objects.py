"""Objects of an API as immutable classes with builders, over the JSON they came as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.api_types import EnumType, ListOf, MapOf, ObjectType, Primitive, Reference, UnionType
from themekit.sdk.java import members
from themekit.sdk.java.layout import laid_out
from themekit.sdk.java.names import camel, singular
from themekit.sdk.java.reserved import ACCESSOR_WORDS, SETTER_WORDS
from themekit.sdk.java.source_file import JavaFile, call, chain
from themekit.sdk.java.text import doc, literal
from themekit.sdk.java.types import ANY, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api_types import Field, Type, TypeId
    from themekit.sdk.java.types import JavaApi, JavaType


@dataclass(frozen=True, slots=True)
class Family:
    """Which interfaces an object type implements, and whether a union has to know its shape."""

    interfaces: dict[TypeId, tuple[str, ...]]
    shaped: frozenset[TypeId]


def family(java: JavaApi, kept: frozenset[TypeId]) -> Family:
    """The unions, of those that are kept, that each object type belongs to."""
    interfaces: dict[TypeId, list[str]] = {}
    shaped: set[TypeId] = set()
    for each in java.api.types:
        if each.id not in kept or not isinstance(each, UnionType):
            continue
        found = leaves(java, each)
        for leaf in found or ():
            interfaces.setdefault(leaf, []).append(java.names.types[each.id])
        if found is None or not each.discriminator:
            shaped |= set(found) if found is not None else _shaped(java, each)
    return Family({key: tuple(value) for key, value in interfaces.items()}, frozenset(shaped))


def _shaped(java: JavaApi, union: UnionType) -> set[TypeId]:
    found: set[TypeId] = set()
    for variant in union.variants:
        wanted = java.followed(members.without_null(variant.type, java)[0])
        if isinstance(wanted, ListOf):
            wanted = wanted.item
        declared = java.declaration(wanted)
        if isinstance(declared, ObjectType):
            found.add(declared.id)
        elif isinstance(declared, UnionType):
            found |= set(leaves(java, declared) or ())
    return found


def object_file(java: JavaApi, declared: ObjectType, related: Family) -> JavaFile:
    """The class of an object type."""
    name = java.names.types[declared.id]
    file = JavaFile(name, imports={"java.util.Map", "java.util.Set"})
    interfaces = related.interfaces.get(declared.id, ())
    implements = f" implements {', '.join(interfaces)}" if interfaces else ""
    file.add(*doc(members.docs_text(declared.docs, f"The object {name}."), tags=_deprecated(declared)))
    file.add(*_class_head(f"public final class {name} extends ApiObject", implements))
    known = [literal(each.wire) for each in declared.fields]
    file.add(*laid_out("    private static final Set<String> MEMBERS = ", f"Set.of({', '.join(known)})"), "")
    if declared.id in related.shaped:
        file.add(*_shape(java, declared), "")
    file.add(f"    private {name}(Map<String, Object> members) {{", "        super(members);", "    }", "")
    file.add(*_entrances(name))
    for each in declared.fields:
        file.member(*_accessor(java, file, each))
    _extra(java, file, declared)
    _builder(java, file, declared)
    file.add("}")
    return file


def _deprecated(declared: ObjectType) -> tuple[str, ...]:
    return ("<p>It is going to be removed.",) if declared.docs.is_deprecated else ()


def _class_head(head: str, implements: str) -> list[str]:
    line = f"{head}{implements} {{"
    if len(line) <= 100:
        return [line]
    one = f"        {implements.strip()} {{"
    if len(one) <= 100:
        return [head, one]
    first, *rest = implements.strip().split(", ")
    return [
        head,
        *(f"{each}," for each in [f"        {first}", *(f"                {each}" for each in rest[:-1])]),
        f"                {rest[-1]} {{",
    ]


def _entrances(name: str) -> list[str]:
    return [
        "    /**",
        "     * Reads one from plain JSON.",
        "     *",
        "     * @param json a map, as {@link Json} reads it",
        "     * @return the object; its members are read when they are asked for",
        "     */",
        f"    public static {name} from(Object json) {{",
        f"        return new {name}(WireValues.object(json));",
        "    }",
        "",
        "    /**",
        "     * Starts with no member.",
        "     *",
        "     * @return a builder",
        "     */",
        "    public static Builder builder() {",
        "        return new Builder();",
        "    }",
        "",
        "    /**",
        "     * Starts with all that this has.",
        "     *",
        "     * @return a builder",
        "     */",
        "    public Builder toBuilder() {",
        "        return builder().all(toJson());",
        "    }",
    ]


def _accessor(java: JavaApi, file: JavaFile, each: Field) -> Iterator[str]:
    wanted, is_nullable = members.without_null(each.type, java)
    is_certain = each.is_required and not is_nullable and each.access != "write"
    found = java.type_of(wanted)
    members.use(file, found)
    shown = found.name if is_certain else found.boxed
    empty = "" if is_certain or found is ANY else ", or null"
    title = f"The member `{each.wire}`."
    yield from members.field_doc(each.docs, title, indent="    ", tags=(f"@return the value{empty}",))
    yield from members.deprecation(each.docs)
    yield f"    public {shown} {camel(each.name, ACCESSOR_WORDS)}() {{"
    reader = "required" if is_certain else "optional"
    yield from call(f"        return {reader}", [literal(each.wire), found.reader])
    yield "    }"


def _extra(java: JavaApi, file: JavaFile, declared: ObjectType) -> None:
    found = ANY if declared.extra is None else java.type_of(declared.extra)
    members.use(file, found)
    what = "The members that are newer than this library." if declared.extra is None else "All further members."
    file.member(
        "    /**",
        f"     * {what}",
        "     *",
        "     * @return an unmodifiable map",
        "     */",
        f"    public Map<String, {found.boxed}> extra() {{",
        f"        return others(MEMBERS, {found.reader});",
        "    }",
    )


def _builder(java: JavaApi, file: JavaFile, declared: ObjectType) -> None:
    name = file.name
    file.member(f"    /** Builds {{@link {name}}}. */")
    file.add("    public static final class Builder extends ObjectBuilder<Builder> {")
    file.add(*_builder_start(java, declared))
    file.member("        @Override", "        Builder self() {", "            return this;", "        }")
    taken = {camel(each.name, SETTER_WORDS) for each in declared.fields}
    for each in declared.fields:
        for lines in setters(java, file, each, taken=taken):
            file.member(*lines)
    required = [literal(each.wire) for each in declared.fields if each.is_required and each.access != "read"]
    file.member(
        "        /**",
        "         * The object.",
        "         *",
        "         * @return immutable",
        "         */",
        f"        public {name} build() {{",
        *laid_out("            return ", f"new {name}(built({', '.join(required)}))"),
        "        }",
        "    }",
    )


def _builder_start(java: JavaApi, declared: ObjectType) -> list[str]:
    fixed = [
        f"            set({literal(each.wire)}, {value});"
        for each in declared.fields
        if each.is_required and (value := members.plain_constant(each.type, java)) is not None
    ]
    return ["        private Builder() {", *fixed, "        }"] if fixed else ["        private Builder() {}"]


def setters(java: JavaApi, file: JavaFile, each: Field, *, taken: set[str]) -> Iterator[list[str]]:
    """The setters of an object's field; a list can be added to, and a map put into."""
    wanted, is_nullable = members.without_null(each.type, java)
    if each.is_required and members.plain_constant(each.type, java) is not None:
        return
    found = java.type_of(wanted)
    members.use(file, found)
    accessor = camel(each.name, ACCESSOR_WORDS)
    head = [
        f"        /** Sets {{@link {file.name}#{accessor}()}}. */",
        *members.deprecation(each.docs, "        "),
    ]
    name, wire = camel(each.name, SETTER_WORDS), literal(each.wire)
    for shown in members.setter_types(found, is_nullable=is_nullable):
        yield [*head, *_setter(name, [f"{shown} value"], f"set({wire}, value)")]
    items = members.item_type(each.type, java)
    if items is not None:
        yield from _item_setters(each, items, head=head, taken=taken)


def _item_setters(each: Field, items: tuple[str, JavaType], *, head: list[str], taken: set[str]) -> Iterator[list[str]]:
    kind, item = items
    adder = adder_name(each.name, kind)
    if adder in taken or adder in SETTER_WORDS:
        return
    taken.add(adder)
    wire = literal(each.wire)
    if kind == "list":
        yield [*_one_more(head), *_setter(adder, [f"{item.name} item"], f"add({wire}, item)")]
    else:
        parameters = ["String key", f"{item.name} value"]
        yield [*_one_more(head), *_setter(adder, parameters, f"put({wire}, key, value)")]


def _one_more(head: list[str]) -> list[str]:
    return [head[0].replace("/** Sets", "/** Adds to", 1), *head[1:]]


def adder_name(name: tuple[str, ...], kind: str) -> str:
    """`addLineItem` for a list `line_items`, `putMetadata` for a map `metadata`."""
    return camel(("add", *singular(name))) if kind == "list" else camel(("put", *name))


def _setter(name: str, parameters: list[str], body: str) -> list[str]:
    return [
        *call(f"        public Builder {name}", parameters, " {"),
        *chain("            return ", [f"{body}"]),
        "        }",
    ]


def _shape(java: JavaApi, declared: ObjectType) -> list[str]:
    calls = [".known(MEMBERS)"]
    for each in declared.fields:
        value = members.plain_constant(each.type, java)
        if value is not None:
            calls.append(f".fixed({literal(each.wire)}, {value}, {str(each.is_required).lower()})")
        elif each.is_required and each.access != "write":
            calls.append(f".required({literal(each.wire)}, {_kind(java, each)})")
    return laid_out("    static final WireShape SHAPE = ", f"WireShape.object(){''.join(calls)}")


def _kind(java: JavaApi, each: Field) -> str:
    wanted, is_nullable = members.without_null(each.type, java)
    return '""' if is_nullable else f'"{json_kind(java, wanted)}"'


def json_kind(java: JavaApi, wanted: Type) -> str:
    """What the type is in JSON: one of its kinds, or "" if it can be several."""
    if isinstance(wanted, Reference):
        declared = java.declaration(wanted)
        if isinstance(declared, ObjectType):
            return "object"
        if isinstance(declared, EnumType):
            return "string" if declared.kind == "string" else "number"
        if isinstance(declared, UnionType):
            return "object" if leaves(java, declared) is not None else ""
        wanted = java.followed(wanted)
    if isinstance(wanted, ListOf):
        return "array"
    if isinstance(wanted, Primitive):
        return _KINDS.get(wanted.kind, "string")
    return "object" if isinstance(wanted, MapOf) else ""


_KINDS = {
    "any": "",
    "boolean": "boolean",
    "integer": "number",
    "int32": "number",
    "number": "number",
    "float": "number",
    "null": "null",
}
