"""Parameters: of a path and its operations, with the defaults of their places filled in.

Source: OpenAPI 3.1.1, "Parameter Object" and "Style Values".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast, get_args
from urllib.parse import unquote_plus

from themekit.diagnostics.printable import quoted
from themekit.model.api import Header, Parameter
from themekit.model.api_types import Constant, Docs, Primitive
from themekit.model.outline import ParameterPlace
from themekit.source.api.bodies import with_examples
from themekit.source.api.docs import docs_of
from themekit.source.api.names import Scope, named, words_of
from themekit.source.api.reading import At, json_text

if TYPE_CHECKING:
    from themekit.model.api import RequestBody
    from themekit.model.api_types import Name, Type
    from themekit.source.api.bodies import Bodies
    from themekit.source.api.reading import Reading
    from themekit.source.api.types import Types

Style = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]

STYLES: dict[ParameterPlace, tuple[Style, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
"""The styles of each place, its default first."""

IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110, section 5.6.2
EXPRESSION = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Written:
    """A parameter as it is described, before it has a name among the others."""

    at: At
    wire: str
    place: ParameterPlace


@dataclass(slots=True)
class Parameters:
    """Reads the parameters of operations."""

    reading: Reading
    types: Types
    bodies: Bodies
    known: dict[str, tuple[Type, str, Docs]] = field(default_factory=dict)

    def of(self, item: At, operation: At, *, path: str, body: RequestBody | None) -> tuple[Parameter, ...]:
        """All parameters of an operation: its own, and those of its path that it does not replace."""
        written = {(each.place, each.wire): each for each in self._written(item)}
        written |= {(each.place, each.wire): each for each in self._written(operation)}
        template, _, query = path.partition("?")
        expected = EXPRESSION.findall(template)
        found = []
        scope = self._scope(body)
        for each in written.values():
            if each.place == "path" and each.wire not in expected:
                message = f"the path has no {quoted('{' + each.wire + '}')}, so that parameter is left out"
                self.reading.warn(each.at, message)
            else:
                found.append(self._parameter(each, _unique(scope, each.wire, each.place)))
        known = {each.wire for each in found if each.place == "path"}
        for wire in dict.fromkeys(expected):
            if wire not in known:
                self.reading.warn(
                    operation, f"the path's {quoted('{' + wire + '}')} is described nowhere; it is a string"
                )
                found.append(_of_template(wire, _unique(scope, wire, "path"), operation))
        taken = {each.wire for each in found if each.place == "query"}
        found.extend(
            _of_query(part, scope, operation) for part in query.split("&") if part and part.split("=")[0] not in taken
        )
        return tuple(found)

    def _scope(self, body: RequestBody | None) -> Scope:
        """The names that the fields of a body have taken."""
        scope = Scope()
        self.types.drain()
        for content in () if body is None else body.contents:
            found = self.bodies.object_of(content.type)
            scope.taken.update(("body",) if found is None else ("".join(each.name) for each in found.fields))
        return scope

    def _written(self, owner: At) -> list[Written]:
        found: dict[tuple[str, str], Written] = {}
        for listed in self.reading.listed(owner, "parameters"):
            at = self.reading.resolved(listed)
            each = None if at is None else self._one(at)
            if each is None:
                continue
            if (each.place, each.wire) in found:
                self.reading.warn(listed, f"the parameter {quoted(each.wire)} is described twice; the first counts")
            else:
                found[each.place, each.wire] = each
        return list(found.values())

    def _one(self, at: At) -> Written | None:
        wire, place = at.members.get("name"), at.members.get("in")
        if not isinstance(wire, str) or not wire or place not in get_args(ParameterPlace):
            message = "a parameter needs a `name`, and `in` with `path`, `query`, `header` or `cookie`"
            self.reading.refuse(at, message)
            return None
        if place == "header" and wire.lower() in IGNORED_HEADERS:
            self.reading.warn(at, f"a parameter {quoted(wire)} is ignored: the header is made from bodies or security")
            return None
        if place in ("header", "cookie") and not HEADER_NAME.fullmatch(wire):
            self.reading.refuse(at, f"{quoted(wire)} cannot be the name of a header or a cookie")
            return None
        if at.path == self.reading.path:
            self.types.names.parameters[at.pointer] = words_of(wire)
        return Written(at, wire, cast("ParameterPlace", place))

    def _parameter(self, written: Written, name: Name) -> Parameter:
        at, place = written.at, written.place
        type_, content_type, docs = self.described(at)
        is_required = self.reading.flag(at, "required")
        if place == "path" and not is_required:
            self.reading.warn(at, f"the parameter {quoted(written.wire)} of the path must be `required: true`")
        style = self._style(at, place)
        explode = self.reading.flag(at, "explode", default=style in ("form", "deepObject"))
        return Parameter(
            wire=written.wire,
            name=name,
            place=place,
            type=type_,
            is_required=is_required or place == "path",
            style=style,
            explode=explode,
            allow_reserved=place == "query" and self.reading.flag(at, "allowReserved"),
            content_type=content_type,
            docs=docs,
            origin=at.origin,
        )

    def described(self, at: At) -> tuple[Type, str, Docs]:
        """Type, media type ("" for a style) and texts of a parameter or a header; read once for all who share it."""
        if at.key not in self.known:
            self.known[at.key] = self._described(at)
        return self.known[at.key]

    def _described(self, at: At) -> tuple[Type, str, Docs]:
        contents = self.bodies.contents(at) if "content" in at.members and "schema" not in at.members else []
        examples = self.bodies.examples(at)
        if {"content", "schema"} <= at.members.keys():
            self.reading.warn(at.child("content"), "it is not read, as there is a `schema` beside it")
        if contents:
            own = docs_of([at])
            return contents[0].type, contents[0].media_type, with_examples(own, [*examples, *contents[0].examples])
        if not isinstance(at.members.get("schema"), dict | bool):
            if "in" in at.members and "schema" not in at.members:  # headers of answers often have none
                self.reading.warn(at, "a `schema` or `content` is missing; any text is taken")
            return (
                Primitive("string" if "schema" not in at.members else "any"),
                "",
                with_examples(docs_of([at]), examples),
            )
        schema = at.child("schema")
        texts = At({key: at.members[key] for key in ("description", "deprecated") if key in at.members}, at.path, "")
        docs = docs_of([texts, *self.types.chain(schema)])
        return self.types.type_of(schema), "", with_examples(docs, examples)

    def _style(self, at: At, place: ParameterPlace) -> Style:
        said = at.members.get("style")
        if said is None:
            return STYLES[place][0]
        found = next((style for style in STYLES[place] if style == said), None)
        if found is None:
            self.reading.warn(at.child("style"), f"the style {quoted(str(said))} is none for a parameter in {place}")
        return found or STYLES[place][0]

    def headers(self, owner: At) -> tuple[Header, ...]:
        """The headers of an answer."""
        scope = Scope()
        found = []
        for wire, each in self.reading.entries(owner, "headers"):
            at = self.reading.resolved(each)
            if at is None or wire.lower() == "content-type":
                continue
            if not HEADER_NAME.fullmatch(wire):
                self.reading.refuse(each, f"{quoted(wire)} cannot be the name of a header")
                continue
            type_, _, docs = self.described(at)
            name = scope.unique(named(wire, "header"))
            found.append(Header(wire, name, type_, self.reading.flag(at, "required"), docs))
        return tuple(found)


def _unique(scope: Scope, wire: str, place: str) -> Name:
    """The parameter's name; one that is taken says where the parameter is."""
    name = named(wire, "parameter")
    return scope.unique(name if scope.is_free(name) else (place, *name))


def _of_template(wire: str, name: Name, operation: At) -> Parameter:
    return Parameter(
        wire,
        name,
        "path",
        Primitive("string"),
        is_required=True,
        style="simple",
        explode=False,
        origin=operation.origin,
    )


def _of_query(part: str, scope: Scope, operation: At) -> Parameter:
    """A part of the query that stands in the path: always sent as it is."""
    wire, _, value = (unquote_plus(each) for each in part.partition("="))
    constant = Constant(json_text(value))
    return Parameter(wire, _unique(scope, wire, "query"), "query", constant, is_required=True, origin=operation.origin)
