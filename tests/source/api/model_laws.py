"""What holds of every ApiModel, whatever description it was made from: `broken_laws` lists what does not."""

import json
import re
from itertools import chain

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

WORD = re.compile(r"[a-z0-9]+")


def broken_laws(model):
    return [*_names(model), *_references(model), *_types(model), *_unions(model), *_aliases(model), *_operations(model)]


def _names(model):
    yield from _scope("types", [each.name for each in model.types])
    yield from _scope("groups", [each.name for each in model.groups])
    yield from _scope("schemes", [each.name for each in model.schemes])
    yield from _scope("webhooks", [each.name for each in model.webhooks])
    for group in model.groups:
        yield from _scope(f"group {group.name}", [each.name for each in model.operations if each.group == group.name])
    for each in model.types:
        if each.id != "_".join(each.name):
            yield f"the id {each.id} is not its name"
        inner = getattr(each, "fields", None) or getattr(each, "variants", None) or getattr(each, "members", None) or ()
        yield from _scope(each.id, [part.name for part in inner])


def _scope(what, names):
    for name in names:
        if not name or not all(WORD.fullmatch(word) for word in name) or not name[0][0].isalpha():
            yield f"{what}: {name} is no name"
    joined = ["".join(name) for name in names]
    if len(set(joined)) != len(joined):
        yield f"{what}: names are there twice: {sorted(each for each in set(joined) if joined.count(each) > 1)}"


def inner_types(type_):
    yield type_
    if isinstance(type_, ListOf):
        yield from inner_types(type_.item)
    elif isinstance(type_, MapOf):
        yield from inner_types(type_.value)
    elif isinstance(type_, Nullable):
        yield from inner_types(type_.inner)


def types_of_bodies(bodies):
    for body in bodies:
        for content in body.contents if body else ():
            yield content.type
            yield from (part.field.type for part in content.parts)


def types_in(model):
    """Every type that stands anywhere in the model."""
    return [inner for each in _outer_types(model) for inner in inner_types(each)]


def _outer_types(model):
    for operation in model.operations:
        yield from (each.type for each in operation.parameters)
        yield from types_of_bodies([operation.body, *(each.body for each in operation.callbacks), *operation.responses])
        yield from (header.type for each in operation.responses for header in each.headers)
        if operation.pagination:
            yield operation.pagination.item_type
    yield from types_of_bodies(each.body for each in model.webhooks)
    for each in model.types:
        yield from (part.type for part in getattr(each, "fields", ()))
        yield from (part.type for part in getattr(each, "variants", ()))
        if isinstance(each, ObjectType) and each.extra is not None:
            yield each.extra
        if isinstance(each, AliasType):
            yield each.target


def _references(model):
    known = {each.id for each in model.types}
    used = {each.id for each in types_in(model) if isinstance(each, Reference)}
    yield from (f"nothing is declared for {each}" for each in sorted(used - known))
    yield from (f"nothing refers to {each}" for each in sorted(known - used))


def _types(model):
    for each in types_in(model):
        if isinstance(each, Nullable) and (
            isinstance(each.inner, Nullable)
            or (isinstance(each.inner, Primitive) and each.inner.kind in ("any", "null"))
        ):
            yield f"{each} says null twice"
        if isinstance(each, Constant) and not isinstance(json.loads(each.value), str | int | float | bool):
            yield f"{each} is no scalar"
    for each in model.types:
        if isinstance(each, EnumType):
            values = [json.loads(member.value) for member in each.members]
            kinds = {"string": str, "integer": int, "number": int | float}
            if len(values) < 2 or not all(isinstance(value, kinds[each.kind]) for value in values):
                yield f"{each.id}: {values} are not of kind {each.kind}"
            if len({member.value for member in each.members}) != len(values):
                yield f"{each.id}: a value is there twice"
        if isinstance(each, ObjectType) and len({part.wire for part in each.fields}) != len(each.fields):
            yield f"{each.id}: a member is there twice"


def _is_object(type_, declared, seen=frozenset()):
    found = declared.get(type_.id) if isinstance(type_, Reference) else None
    if isinstance(found, UnionType):
        inner = seen | {found.id}
        return found.id in seen or all(_is_object(each.type, declared, inner) for each in found.variants)
    return isinstance(found, ObjectType)


def _unions(model):
    declared = model.declarations()
    for each in model.types:
        if not isinstance(each, UnionType):
            continue
        types = [variant.type for variant in each.variants]
        if len(types) < 2 or len(set(types)) != len(types):
            yield f"{each.id}: {types} are no alternatives"
        if any(isinstance(type_, Nullable) or type_ == Primitive("null") for type_ in types):
            yield f"{each.id}: null is an alternative"
        tags = [tag for variant in each.variants for tag in variant.tags]
        if each.discriminator and not all(_is_object(type_, declared) for type_ in types):
            yield f"{each.id}: a discriminator tells what is no object"
        if len(set(tags)) != len(tags) or (tags and not each.discriminator):
            yield f"{each.id}: the tags {tags} tell nothing"


def _aliases(model):
    declared = model.declarations()
    for each in model.types:
        if not isinstance(each, AliasType):
            continue
        if each.target == Primitive("null") or isinstance(each.target, Nullable):
            yield f"{each.id}: {each.target} needs no name"
        if _leads_back(each.target, each.id, declared) != each.is_recursive:
            yield f"{each.id}: is_recursive is {each.is_recursive}"


def _leads_back(type_, id_, declared, seen=frozenset()):
    for inner in inner_types(type_):
        if not isinstance(inner, Reference):
            continue
        if inner.id == id_:
            return True
        found = declared.get(inner.id)
        is_new = isinstance(found, AliasType) and inner.id not in seen
        if is_new and _leads_back(found.target, id_, declared, seen | {inner.id}):
            return True
    return False


def _operations(model):
    declared = model.declarations()
    schemes = {each.id for each in model.schemes}
    ids = [each.id for each in model.operations]
    groups = {each.name for each in model.groups}
    if len(set(ids)) != len(ids):
        yield "two operations have one id"
    for each in model.operations:
        expected = re.findall(r"\{([^{}]*)\}", each.path)
        if set(expected) != {part.wire for part in each.parameters if part.place == "path"}:
            yield f"{each.id}: {each.path} and its parameters differ"
        if not all(part.is_required for part in each.parameters if part.place == "path"):
            yield f"{each.id}: a parameter of the path is optional"
        if each.group not in groups:
            yield f"{each.id}: no group {each.group}"
        for content in each.body.contents if each.body else ():
            fields = _fields(content.type, declared)
            yield from _scope(each.id, [part.name for part in chain(each.parameters, fields)])
        yield from _scope(each.id, [part.name for part in each.parameters])
        used = {part.scheme for alternative in each.security for part in alternative}
        yield from (f"{each.id}: no scheme {part}" for part in sorted(used - schemes))
        for link in (link for part in each.responses for link in part.links):
            if link.operation not in ids:
                yield f"{each.id}: a link to nowhere"


def _fields(type_, declared):
    while isinstance(type_, Nullable | Reference):
        if isinstance(type_, Nullable):
            type_ = type_.inner
        else:
            found = declared[type_.id]
            if isinstance(found, ObjectType):
                return found.fields
            if not isinstance(found, AliasType) or found.is_recursive:
                return ()
            type_ = found.target
    return ()
