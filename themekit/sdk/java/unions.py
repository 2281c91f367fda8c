"""Unions of an API: of objects as an interface that their classes implement, of all else as a class that holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import Constant, ListOf, ObjectType, Type, UnionType
from themekit.sdk.java import members
from themekit.sdk.java.names import pascal
from themekit.sdk.java.objects import json_kind
from themekit.sdk.java.source_file import JavaFile, call
from themekit.sdk.java.text import doc, literal
from themekit.sdk.java.types import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api_types import TypeId, Variant
    from themekit.sdk.java.types import JavaApi


def union_file(java: JavaApi, declared: UnionType) -> JavaFile:
    """The interface or class of a union."""
    found = leaves(java, declared)
    return _wrapper(java, declared) if found is None else _interface(java, declared, found)


def _interface(java: JavaApi, declared: UnionType, found: tuple[TypeId, ...]) -> JavaFile:
    name = java.names.types[declared.id]
    file = JavaFile(name, imports={"java.util.Map"})
    kinds = ", ".join(f"{{@link {java.names.types[leaf]}}}" for leaf in found[:20])
    more = " and others" if len(found) > 20 else ""
    note = (f"<p>One of {kinds}{more}, or {{@link Unknown}}.",)
    file.add(*doc(members.docs_text(declared.docs, f"The union {name}."), notes=note))
    file.add(f"public interface {name} extends JsonView {{")
    file.add(
        "    @Override",
        "    Map<String, Object> toJson();",
        "",
        "    /**",
        "     * Reads one from plain JSON.",
        "     *",
        "     * @param json a map, as {@link Json} reads it",
        "     * @return one of the classes that implement this",
        "     */",
        f"    static {name} from(Object json) {{",
        *(_by_tag(java, declared) if declared.discriminator else _by_shape(java, found)),
        "    }",
        "",
        "    /** One that is newer than this library. */",
        f"    final class Unknown extends ApiObject implements {name} {{",
        "        private Unknown(Map<String, Object> members) {",
        "            super(members);",
        "        }",
        "    }",
        "}",
    )
    return file


def _by_tag(java: JavaApi, declared: UnionType) -> Iterator[str]:
    fallback = next((each for each in declared.variants if not each.tags), None)
    seen: set[str] = set()
    yield f"        switch (WireShape.tag(json, {literal(declared.discriminator)})) {{"
    for variant in declared.variants:
        tags = [tag for tag in variant.tags if tag not in seen]
        seen |= set(tags)
        for tag in tags:
            yield f"            case {literal(tag)}:"
        if tags:
            yield f"                {_read(java, declared, variant)}"
    yield "            default:"
    unknown = "return new Unknown(WireValues.object(json));"
    yield f"                {unknown if fallback is None else _read(java, declared, fallback)}"
    yield "        }"


def _read(java: JavaApi, union: UnionType, variant: Variant) -> str:
    declared = java.declaration(variant.type)
    if isinstance(declared, ObjectType):
        return f"return {java.names.types[declared.id]}.from(json);"
    if isinstance(declared, UnionType) and not _leads_to(java, declared, union):
        inner, own = java.names.types[declared.id], java.names.types[union.id]
        return f"return WireShape.as({own}.class, {inner}.from(json), () -> new Unknown(WireValues.object(json)));"
    return "return new Unknown(WireValues.object(json));"


def _leads_to(java: JavaApi, union: UnionType, wanted: UnionType) -> bool:
    waiting, seen = [union], {union.id}
    while waiting:
        for variant in waiting.pop().variants:
            declared = java.declaration(variant.type)
            if isinstance(declared, UnionType) and declared.id not in seen:
                seen.add(declared.id)
                waiting.append(declared)
    return wanted.id in seen


def _by_shape(java: JavaApi, found: tuple[TypeId, ...]) -> Iterator[str]:
    shapes = [f"{java.names.types[leaf]}.SHAPE" for leaf in found]
    if not shapes:
        yield "        return new Unknown(WireValues.object(json));"
        return
    yield from call("        switch (WireShape.best", ["json", *shapes], tail=") {")
    for index, leaf in enumerate(found):
        yield f"            case {index}:"
        yield f"                return {java.names.types[leaf]}.from(json);"
    yield "            default:"
    yield "                return new Unknown(WireValues.object(json));"
    yield "        }"


def _wrapper(java: JavaApi, declared: UnionType) -> JavaFile:
    name = java.names.types[declared.id]
    file = JavaFile(name, imports={"java.util.Objects"})
    file.add(*doc(members.docs_text(declared.docs, f"The union {name}.")))
    file.add(f"public final class {name} implements JsonView {{")
    shapes = [shape(java, variant.type) for variant in declared.variants]
    file.add(
        "    private final Object value;",
        "",
        f"    private {name}(Object value) {{",
        "        this.value = Json.plain(value);",
        "    }",
        "",
        "    /**",
        "     * Reads one from plain JSON.",
        "     *",
        "     * @param json a value, as {@link Json} reads it",
        "     * @return the value, of whatever kind",
        "     */",
        f"    public static {name} from(Object json) {{",
        f"        return new {name}(json);",
        "    }",
    )
    for index, variant in enumerate(declared.variants):
        _variant(java, file, variant, index=index)
    file.member("    private int kind() {", *call("        return WireShape.best", ["value", *shapes]), "    }")
    _ends(file, name)
    return file


def _variant(java: JavaApi, file: JavaFile, variant: Variant, *, index: int) -> None:
    wanted, _ = members.without_null(variant.type, java)
    found = java.type_of(wanted)
    members.use(file, found)
    title = pascal(variant.name)
    words = " ".join(variant.name)
    file.member(
        "    /**",
        f"     * One that is: {words}.",
        "     *",
        "     * @param value the value",
        "     * @return the union",
        "     */",
        *call(f"    public static {file.name} of{title}", [f"{found.name} value"], tail=" {"),
        f"        return new {file.name}(value);",
        "    }",
        "",
        "    /**",
        f"     * Whether this is: {words}.",
        "     *",
        "     * @return true if it looks like that best",
        "     */",
        f"    public boolean is{title}() {{",
        f"        return kind() == {index};",
        "    }",
    )
    file.member(
        "    /**",
        f"     * This as: {words}.",
        "     *",
        "     * @return the value",
        "     * @throws JsonException if it is something else",
        "     */",
        f"    public {found.name} as{title}() {{",
        f"        return {_applied(found.reader)};",
        "    }",
    )


def _applied(reader: str) -> str:
    owner, _, method = reader.rpartition("::")
    return f"{owner}.{method}(value)" if owner and "(" not in reader else f"{reader}.apply(value)"


def _ends(file: JavaFile, name: str) -> None:
    file.member("    @Override", "    public Object toJson() {", "        return value;", "    }")
    file.member(
        "    @Override",
        "    public boolean equals(Object other) {",
        f"        return other instanceof {name} && Objects.equals((({name}) other).value, value);",
        "    }",
    )
    file.member("    @Override", "    public int hashCode() {", "        return Objects.hashCode(value);", "    }")
    file.member(
        "    @Override",
        "    public String toString() {",
        f'        return "{name}" + Json.write(value);',
        "    }",
        "}",
    )


def shape(java: JavaApi, wanted: Type, *, depth: int = 0) -> str:
    """An expression that tells whether a value is of the type, as far as that is worth it."""
    declared = java.declaration(wanted)
    if isinstance(declared, ObjectType):
        return f"{java.names.types[declared.id]}.SHAPE" if depth < 2 else 'WireShape.of("object")'
    if isinstance(declared, UnionType):
        found = leaves(java, declared)
        known = [f"{java.names.types[leaf]}.SHAPE" for leaf in found or ()]
        return (
            f"WireShape.any({', '.join(known)})"
            if known and depth == 0
            else f'WireShape.of("{json_kind(java, wanted)}")'
        )
    followed = java.followed(members.without_null(wanted, java)[0])
    if isinstance(followed, Constant):
        return f"WireShape.value({members.plain_constant(followed, java)})"
    if isinstance(followed, ListOf):
        return (
            f"WireShape.list({shape(java, followed.item, depth=depth + 1)})" if depth < 2 else 'WireShape.of("array")'
        )
    return f'WireShape.of("{json_kind(java, wanted)}")'
