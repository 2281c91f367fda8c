"""An API as the files of a Go module."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, ListOf, MapOf, Nullable, ObjectType, Reference, UnionType
from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.go.checks import checks
from themekit.sdk.go.client import client, credentials, defaults, tables
from themekit.sdk.go.declarations import declaration
from themekit.sdk.go.package import package_files
from themekit.sdk.go.plan import plan
from themekit.sdk.go.services import error_tables, service
from themekit.sdk.go.source import go_file
from themekit.sdk.go.webhooks import verification

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration, Type, TypeId
    from themekit.model.sdk import SdkFile, SdkOptions
    from themekit.sdk.go.plan import Method, Plan


def emit(api: ApiModel, options: SdkOptions) -> SdkTemplate:
    """The module: types, services, the runtime, and what belongs to a package."""
    made = plan(api)
    files = [*_services(made), *_package(made)]
    files += _runtime(made, options)
    files += package_files(made, options)
    if options.with_tests:
        files += checks(made)
    return SdkTemplate("go", tuple(sorted(files, key=lambda each: [str(part) for part in each.path])))


def _package(made: Plan) -> Iterator[SdkFile]:
    yield go_file("client.go", [*client(made), *credentials(made)])
    if made.api.webhooks:
        yield go_file("webhooks.go", [verification(made)])
    yield go_file("defaults.go", defaults(made.api))
    yield go_file("tables.go", [*tables(made), *error_tables(made)])


def _services(made: Plan) -> Iterator[SdkFile]:
    """A file for each resource, with the types that only it needs, and one for the others."""
    homes = _homes(made)
    by_home: dict[str, list[Declaration]] = defaultdict(list)
    for each in made.api.types:
        by_home[homes.get(each.id, "")].append(each)
    for each in made.services:
        pieces = list(service(each, made))
        pieces += [found for kind in by_home[each.file] for found in declaration(kind, made)]
        yield go_file(f"{each.file}_api.go", pieces)
    shared = [found for kind in by_home[""] for found in declaration(kind, made)]
    if shared:
        yield go_file("types.go", shared)


def _homes(made: Plan) -> Mapping[TypeId, str]:
    """For each type the resource that alone needs it, or ""."""
    edges = {each.id: tuple(_targets(each)) for each in made.api.types}
    homes: dict[TypeId, str] = {}
    for each in made.services:
        work = [id for method in each.methods for id in _roots(method)]
        seen = set(work)
        while work:
            id = work.pop()  # noqa: A001  # the model's word
            homes[id] = each.file if homes.get(id, each.file) == each.file else ""
            fresh = [target for target in edges[id] if target not in seen]
            seen.update(fresh)
            work += fresh
    return homes


def _roots(method: Method) -> Iterator[TypeId]:
    operation = method.operation
    kinds: list[Type] = [each.type for each in operation.parameters]
    kinds += [each.type for each in method.fields]
    kinds += [content.type for response in operation.responses for content in response.contents]
    if operation.body is not None:
        kinds += [each.type for each in operation.body.contents]
    if operation.pagination is not None:
        kinds.append(operation.pagination.item_type)
    for each in kinds:
        yield from references(each)


def references(kind: Type) -> Iterator[TypeId]:
    """The declarations that a type names."""
    match kind:
        case Reference(id=id):
            yield id
        case ListOf(item=inner) | MapOf(value=inner) | Nullable(inner=inner):
            yield from references(inner)


def _targets(declared: Declaration) -> Iterator[TypeId]:
    match declared:
        case ObjectType():
            for each in declared.fields:
                yield from references(each.type)
            if declared.extra is not None:
                yield from references(declared.extra)
        case UnionType():
            for variant in declared.variants:
                yield from references(variant.type)
        case AliasType():
            yield from references(declared.target)


def _runtime(made: Plan, options: SdkOptions) -> Iterator[SdkFile]:
    for each in options.sources:
        name = each.path.name
        if name.startswith("webhook") and not made.api.webhooks:
            continue
        if not name.endswith(".go") or (name.endswith("_test.go") and not options.with_tests):
            continue
        text = re.sub(
            r"^package sdk$",
            lambda _: f"package {slot('go-package')}",
            each.content.decode(),
            count=1,
            flags=re.MULTILINE,
        )
        yield sdk_file(name, text, media_type="text/x-go")
