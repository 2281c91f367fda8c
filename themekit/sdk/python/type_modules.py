"""The modules of `types/`: a data class for each object, an alias for each other type."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    ObjectType,
    UnionType,
    inner_references,
    inner_types,
)
from themekit.sdk.python.literals import LITERAL, docstring, json_value, string
from themekit.sdk.python.names import class_name, member
from themekit.sdk.python.printed import Group, assigned, call, imported, keyed, nested, printed, subscript
from themekit.sdk.python.printed import member as printed_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model.api_types import Declaration, Docs, Field, TypeId
    from themekit.sdk.python.annotations import Types

Lines = list[str]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VALUES = frozenset({"BYTES", "DATE", "DATE_TIME", "Codec", "Kind", "ListOf", "MapOf", "Model", "UnionOf"})


def type_files(types: Types, modules: Mapping[TypeId, str]) -> dict[str, str]:
    """The text of each module of `types/`, by its name."""
    by_module: dict[str, list[Declaration]] = {}
    for id_, name in modules.items():
        by_module.setdefault(name, []).append(types.by_id[id_])
    files = {"__init__": _index(types, modules)}
    for name, declarations in by_module.items():
        files[name] = _module(types, modules, name=name, declarations=declarations)
    return files


def _index(types: Types, modules: Mapping[TypeId, str]) -> str:
    names = sorted((class_name(types.by_id[id_].name), name) for id_, name in modules.items())
    by_module: dict[str, list[str]] = {}
    for own, name in names:
        by_module.setdefault(name, []).append(own)
    lines = [
        '"""The types of the API. A type is loaded when it is first used."""',
        "",
        "from __future__ import annotations",
        "",
        "import importlib",
        f"from typing import {'TYPE_CHECKING, ' if names else ''}Any",
        "",
    ]
    if names:
        lines.append("if TYPE_CHECKING:")
        for name in sorted(by_module):
            lines += imported(f".{name}", [f"{own} as {own}" for own in by_module[name]], indent=4)
        lines.append("")
    entries = [f"{string(own)}: {string(name)}" for own, name in names]
    lines += printed(Group("MODULES: dict[str, str] = {", entries, "}"))
    lines += ["", "__all__ = sorted(MODULES)  # pyright: ignore[reportUnsupportedDunderAll]", "", ""]
    lines += [
        "def __getattr__(name: str) -> Any:",
        "    if name not in MODULES:",
        '        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")',
        '    found = getattr(importlib.import_module(f"{__name__}.{MODULES[name]}"), name)',
        "    globals()[name] = found",
        "    return found",
        "",
        "",
        "def __dir__() -> list[str]:",
        "    return sorted({*globals(), *MODULES})",
    ]
    return "\n".join(lines) + "\n"


def _module(types: Types, modules: Mapping[TypeId, str], *, name: str, declarations: Sequence[Declaration]) -> str:
    body: Lines = []
    codecs: list[Group | str] = []
    others: dict[str, set[str]] = {}
    words = {"Codec"}
    for each in declarations:
        body += ["", "", *(_class(types, each) if isinstance(each, ObjectType) else _alias(types, each))]
        codecs += _own_codec(types, each)
        words.update(_words(types, each))
        for id_ in inner_references(each):
            if modules[id_] != name:
                others.setdefault(modules[id_], set()).add(class_name(types.by_id[id_].name))
    words.update(word for each in codecs for word in _WORD.findall(LITERAL.sub("", str(each))))
    tail = printed(Group("CODECS: dict[str, Codec] = {", codecs, "}"))
    return "\n".join([*_head(words, others), *body, "", "", *tail]) + "\n"


def _words(types: Types, declaration: Declaration) -> Iterator[str]:
    """The words of the code of a declaration, without its texts."""
    if isinstance(declaration, ObjectType):
        yield from ("Mapping", "Model", "dataclass", *(["Any"] if declaration.extra is None else []))
    else:
        yield "TypeAlias"
    if isinstance(declaration, EnumType) and declaration.members and declaration.kind != "number":
        yield "Literal"
    if isinstance(declaration, UnionType):
        yield from (
            ("Union",) if len(_variants(types, declaration)) > 1 else ("Any",) if not declaration.variants else ()
        )
    for of in inner_types(declaration):
        text = f"{types.answer(of)} {types.codec(of) if isinstance(declaration, ObjectType) else ''}"
        yield from _WORD.findall(LITERAL.sub("", text))


def _head(words: set[str], others: Mapping[str, set[str]]) -> Lines:
    """The imports."""
    lines = ['"""Types of the API."""', "", "from __future__ import annotations", ""]
    if "datetime" in words:
        lines.append("import datetime")
    lines += imported("collections.abc", words & {"Mapping"})
    if "dataclass" in words:
        lines.append("from dataclasses import dataclass, field")
    typing = words & {"Any", "Literal", "TypeAlias", "Union"}
    lines += imported("typing", {*typing, *(["TYPE_CHECKING"] if others else [])})
    lines += ["", *imported(".._core.values", words & _VALUES)]
    if others:
        lines += ["", "if TYPE_CHECKING:"]
        for module in sorted(others):
            lines += imported(f".{module}", sorted(others[module]), indent=4)
    return lines


def _class(types: Types, declaration: ObjectType) -> Lines:
    own = class_name(declaration.name)
    lines = [*_note(declaration.docs), "@dataclass(frozen=True, slots=True, kw_only=True)", *_class_head(own)]
    lines += docstring(_text(declaration.docs), indent=4, default="An object of the API.")
    lines.append("")
    wires: list[Group | str] = []
    codecs: list[Group | str] = []
    for each in declaration.fields:
        name = member(each.name)
        lines += _field(types, each, name)
        if each.wire != name:
            wires.append(f"{string(name)}: {string(each.wire)}")
        if codec := types.codec(each.type):
            codecs.append(keyed(string(name), nested(codec)))
    extra = "Any" if declaration.extra is None else types.answer(declaration.extra)
    lines += printed_member("extra", f"Mapping[str, {extra}]", default=" = field(default_factory=dict)", indent=4)
    if wires or codecs:
        lines.append("")
    lines += _table("_wire", wires)
    lines += _table("_codecs", codecs)
    if declaration.extra is not None and (codec := types.codec(declaration.extra)):
        lines.append(f"    _extra = {codec}")
    return lines


def _class_head(own: str) -> Lines:
    return printed(Group(f"class {own}(", ["Model"], "):", kind="subscript"))


def _note(docs: Docs) -> Lines:
    return ["# Deprecated."] if docs.is_deprecated else []


def _table(name: str, entries: list[Group | str]) -> Lines:
    return printed(Group(f"{name} = {{", entries, "}"), indent=4) if entries else []


def _field(types: Types, of: Field, name: str) -> Lines:
    annotation = types.answer(of.type)
    is_sure = of.is_required and of.access != "write"
    default = ""
    if isinstance(of.type, Constant) and is_sure:
        default = f" = {json_value(of.type.value)}"
    elif not is_sure:
        annotation = (
            annotation if types.is_nullable(of.type) and annotation.endswith("None") else f"{annotation} | None"
        )
        annotation = annotation if annotation != "Any | None" else "Any"
        default = " = None"
    return [*printed_member(name, annotation, default=default, indent=4), *docstring(_text(of.docs), indent=4)]


def _text(docs: Docs) -> str:
    """What people read of a type or a field."""
    text = "\n\n".join(each.strip() for each in (docs.summary, docs.description) if each.strip())
    if docs.is_deprecated and "deprecated" not in text.lower():
        text = f"Deprecated. {text}".strip()
    return text


def _alias(types: Types, declaration: Declaration) -> Lines:
    own = class_name(declaration.name)
    if isinstance(declaration, EnumType):
        members = list(dict.fromkeys(_enum_member(declaration, each.value) for each in declaration.members))
        plain = {"string": "str", "integer": "int", "number": "float"}[declaration.kind]
        if not members or declaration.kind == "number":
            lines = [f"{own}: TypeAlias = {plain}"]
        else:
            lines = assigned(f"{own}: TypeAlias", subscript("Literal", members))
    elif isinstance(declaration, UnionType):
        lines = _union(types, declaration, own)
    else:
        target = types.answer(declaration.target) if isinstance(declaration, AliasType) else "Any"
        lines = [f"{own}: TypeAlias = {string(target)}"]
    return [*lines, *docstring(_text(declaration.docs), indent=0)]


def _enum_member(declaration: EnumType, text: str) -> str:
    content = json.loads(text)
    if isinstance(content, float) and declaration.kind == "integer" and content.is_integer():
        content = int(content)
    return json_value(json.dumps(content))


def _union(types: Types, declaration: UnionType, own: str) -> Lines:
    variants = _variants(types, declaration)
    if not variants:
        return [f"{own}: TypeAlias = Any"]
    if len(variants) == 1:
        return [f"{own}: TypeAlias = {string(variants[0])}"]
    return assigned(f"{own}: TypeAlias", subscript("Union", [string(each) for each in variants]))


def _variants(types: Types, declaration: UnionType) -> list[str]:
    return list(dict.fromkeys(types.answer(each.type) for each in declaration.variants))


def _own_codec(types: Types, declaration: Declaration) -> list[Group | str]:
    """The entry of a type that JSON becomes by more than its class."""
    own = string(class_name(declaration.name))
    if isinstance(declaration, AliasType):
        return [f"{own}: {types.codec(declaration.target) or 'None'}"] if declaration.is_recursive else []
    if not isinstance(declaration, UnionType):
        return []
    parts: list[Group | str]
    if declaration.discriminator:
        tags, default = [], ""
        for each in declaration.variants:
            codec = types.codec(each.type)
            if codec.startswith('"'):
                tags += [f"{string(tag)}: {codec}" for tag in each.tags]
                default = default or ("" if each.tags else codec)
        parts = [f"discriminator={string(declaration.discriminator)}", Group("tags={", tags, "}")]
        if default:
            parts.append(f"default={default}")
    else:
        codecs = [codec for each in declaration.variants if (codec := types.variant_codec(each.type))]
        parts = [Group("(", codecs, ")", kind="tuple")]
    return [call(f"{own}: UnionOf", parts)]
