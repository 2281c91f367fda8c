"""Types, fields and values as HTML: what is in a body, nested as far as it stays readable, and links to the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
)
from themekit.site.reference.markup import code, escaped
from themekit.site.reference.reach import named_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.model.api_types import Declaration, Docs, Field, Type, TypeId, Variant
    from themekit.site.reference.places import Places
    from themekit.site.reference.prose import Prose

MAX_DEPTH = 2
"""Levels of fields within fields; deeper ones are a link away."""
MAX_CHARACTERS = 12_000
"""Of the fields within one field or body: more is a link."""
MAX_VALUES = 30
"""Of an enumeration where it is used; its own entry has all."""

Direction = Literal["request", "answer", "both"]
_HIDDEN: Mapping[Direction, str] = {"request": "read", "answer": "write", "both": ""}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of names: `marks` are what stands beside its name, `inside` is HTML below its text."""

    wire: str
    type_html: str
    marks: tuple[str, ...]
    docs: Docs
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """Makes the HTML of types as one page shows them."""

    page: str
    places: Places
    declarations: Mapping[TypeId, Declaration]
    words: Mapping[str, str]
    prose: Prose
    known: dict[tuple[TypeId, Direction, int], str] = field(default_factory=dict)

    def type_html(self, type_: Type) -> str:
        """What a type is, in words; declarations are links."""
        match type_:
            case Primitive(kind=kind, format=written):
                name = self.words.get(kind, kind) if kind in {"any", "binary"} else kind
                return escaped(f"{name} ({written})" if written else name)
            case Constant(value=value):
                return self.words["always"].format(value=code(value))
            case ListOf(item=item):
                return self.words["list-of"].format(type=self.type_html(item))
            case MapOf(value=inner):
                return self.words["map-of"].format(type=self.type_html(inner))
            case Nullable(inner=inner):
                return self.words["or-null"].format(type=self.type_html(inner))
            case Reference(id=id_):
                return self.link(id_)

    def link(self, id_: TypeId) -> str:
        """A link to a declaration's entry, by its name."""
        declaration = self.declarations[id_]
        name = escaped(type_name(declaration))
        place = self.places.types.get(id_)
        return f'<a href="{self.places.link(place, seen_from=self.page)}">{name}</a>' if place else name

    def entries(self, entries: Iterable[Entry]) -> str:
        """A list of names with what each means."""
        return f'<dl class="tk-api-fields">{"".join(map(self._entry, entries))}</dl>'

    def _entry(self, entry: Entry) -> str:
        marks = "".join(f' <span class="tk-api-mark">{mark}</span>' for mark in entry.marks)
        if entry.docs.is_deprecated:
            marks += f' <span class="tk-api-mark tk-api-deprecated">{self.words["deprecated"]}</span>'
        return (
            f"<dt>{code(entry.wire)} <span>{entry.type_html}</span>{marks}</dt>"
            f"<dd>{self.text_of(entry.docs)}{self.facts(entry.docs)}{entry.inside}</dd>"
        )

    def text_of(self, docs: Docs, *, below: int = 3) -> str:
        """Summary and description, as paragraphs. Headings are lower than those of level `below`."""
        summary = f"<p>{escaped(docs.summary)}</p>" if docs.summary and docs.summary != docs.description else ""
        return summary + self.prose.block(docs.description, below=below)

    def facts(self, docs: Docs) -> str:
        """Limits, default and one example, on a line."""
        found = [f"{escaped(name)}: {code(value)}" for name, value in docs.limits]
        if docs.default is not None:
            found.append(f"{self.words['default']}: {code(docs.default)}")
        if docs.examples:
            found.append(f"{self.words['example']}: {code(_short(docs.examples[0]))}")
        return f'<p class="tk-api-facts">{" · ".join(found)}</p>' if found else ""

    def inside(self, type_: Type, *, direction: Direction, depth: int = MAX_DEPTH) -> str:
        """What a type holds, to be opened; "" if there is nothing to say of it."""
        id_ = named_in(type_)
        if id_ is None or depth == 0:
            return ""
        key = (id_, direction, depth)
        if key not in self.known:
            self.known[key] = self._inside(self.declarations[id_], direction, depth)
        return self.known[key]

    def _inside(self, declaration: Declaration, direction: Direction, depth: int) -> str:
        match declaration:
            case EnumType():
                return self._values_at_use(declaration)
            case AliasType(target=target, is_recursive=is_recursive):
                return "" if is_recursive else self.inside(target, direction=direction, depth=depth)
            case ObjectType() | UnionType():
                name = escaped(type_name(declaration))
                title = self.words["fields-of" if isinstance(declaration, ObjectType) else "variants"].format(name=name)
                for left in range(depth - 1, -1, -1):
                    body = self.body_of(declaration, direction=direction, depth=left)
                    if len(body) <= MAX_CHARACTERS:
                        return f"<details><summary>{title}</summary>{body}</details>" if body else ""
                return ""

    def body_of(self, declaration: Declaration, *, direction: Direction = "both", depth: int = 0) -> str:
        """The fields, variants or values of a declaration."""
        match declaration:
            case ObjectType(fields=fields, extra=extra):
                hidden = _HIDDEN[direction]
                shown = [self._field(each, direction, depth) for each in fields if each.access != hidden]
                more = f"<p>{self.words['further-fields']}: {self.type_html(extra)}</p>" if extra is not None else ""
                return (self.entries(shown) if shown else "") + more
            case UnionType(variants=variants, discriminator=tag):
                items = "".join(f"<li>{self._variant(each, tag, direction, depth)}</li>" for each in variants)
                return f"<ul>{items}</ul>"
            case EnumType():
                return self._values(declaration)
            case AliasType(target=target):
                inside = self.inside(target, direction=direction, depth=depth)
                return f"<p>{self.words['type']}: {self.type_html(target)}</p>{inside}"

    def _field(self, each: Field, direction: Direction, depth: int) -> Entry:
        marks = [self.words["required" if each.is_required else "optional"]]
        if direction == "answer" and each.is_required:
            marks = []
        if direction == "both" and each.access != "both":
            marks.append(self.words[f"{each.access}-only"])
        inside = self.inside(each.type, direction=direction, depth=depth)
        return Entry(each.wire, self.type_html(each.type), tuple(marks), each.docs, inside)

    def _variant(self, variant: Variant, tag: str, direction: Direction, depth: int) -> str:
        told = ""
        if tag:
            when = self.words["variant-when"].format(name=code(tag))
            values = ", ".join(map(code, variant.tags))
            told = f" ({f'{when} {values}' if variant.tags else self.words['variant-else']})"
        return f"{self.type_html(variant.type)}{told}{self.inside(variant.type, direction=direction, depth=depth)}"

    def _values_at_use(self, declaration: EnumType) -> str:
        shown = [code(_plain_value(each.value)) for each in declaration.members[:MAX_VALUES]]
        if len(declaration.members) > MAX_VALUES:
            shown.append(f"… ({self.link(declaration.id)})")
        return f'<p class="tk-api-facts">{self.words["values"]}: {", ".join(shown)}</p>' if shown else ""

    def _values(self, declaration: EnumType) -> str:
        items = "".join(
            f"<li>{code(_plain_value(each.value))}{self._told(each.description)}</li>" for each in declaration.members
        )
        return f"<ul>{items}</ul><p>{self.words['further-values']}</p>"

    def _told(self, description: str) -> str:
        return f" {self.prose.block(description)}" if description else ""


def type_name(declaration: Declaration) -> str:
    """A declaration's name as people read it."""
    return "".join(word.capitalize() for word in declaration.name)


def _plain_value(value: str) -> str:
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, str) and found else value


MAX_EXAMPLE = 120


def _short(value: str) -> str:
    shown = _plain_value(value)
    return shown if len(shown) <= MAX_EXAMPLE else f"{shown[: MAX_EXAMPLE - 1]}…"
