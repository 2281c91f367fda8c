"""An API as the files of a Go module."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, EnumType, ListOf, MapOf, Nullable, ObjectType, Reference, UnionType
from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.go.client import client, credentials, defaults, tables
from themekit.sdk.go.declarations import declaration, enum_constants
from themekit.sdk.go.names import declared as declared_names
from themekit.sdk.go.package import package_files
from themekit.sdk.go.plan import Plan, plan
from themekit.sdk.go.services import error_tables, service
from themekit.sdk.go.source import go_file
from themekit.sdk.go.checks import checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration, Type, TypeId
    from themekit.model.sdk import SdkFile, SdkOptions
    from themekit.sdk.go.plan import Method, Service

# What generated files declare besides what has a name of the API.
OWN_NAMES = frozenset(
    """Client New Version WithAPIKey WithBasicAuth WithClientCredentials WithScopes WithAccessToken ErrorFields
    VerifyWebhook userAgent liveBaseURL sandboxBaseURL testKeyPrefixes schemes unions""".split()
)
# What the runtime declares for all to see: the same whether its files are at hand or not.
RUNTIME_NAMES = frozenset(
    """ConnectionError Date DateOf DecodeError Download Environment ErrAuthentication ErrBadRequest ErrConflict
    ErrCredentials ErrNotFound ErrPermission ErrRateLimit ErrServer ErrSignature ErrTimeout ErrUnprocessable Error Items
    Live NamedFile Null Option ParseDate Ptr Response Sandbox Stream Unknown WithBaseURL WithEnvironment WithHTTPClient
    WithHeader WithIdempotencyKey WithLogger WithMaxRetries WithRequestHook WithResponse WithResponseHook WithTimeout
    ClientMaker
    """.split()
)
# What the runtime has for itself, as far as an argument of a method could hide it there.
INNER_NAMES = frozenset(
    """call caller decoded fetch fetchBytes fetchFile fetchNothing fetchObject fetchText iterate matchesStatus newStream
    operation pagination answer result""".split()
)
RESERVED = OWN_NAMES | RUNTIME_NAMES | INNER_NAMES


def emit(api: ApiModel, options: SdkOptions) -> SdkTemplate:
    """The module: types, services, the runtime, and what belongs to a package."""
    made = plan(api, RESERVED)
    for each in api.types:
        if isinstance(each, EnumType):
            enum_constants(each, made)
        elif isinstance(each, UnionType):
            made.types.alternatives(each)
    files = [*_services(made), *_package(made)]
    files += _runtime(options)
    files += package_files(made)
    if options.with_tests:
        files += checks(made)
    return SdkTemplate("go", tuple(sorted(files, key=lambda each: [str(part) for part in each.path])))


def _package(made: Plan) -> Iterator[SdkFile]:
    yield go_file("client.go", [*client(made), *credentials(made)])
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


def _runtime(options: SdkOptions) -> Iterator[SdkFile]:
    for each in options.sources:
        name = each.path.name
        if not name.endswith(".go") or (name.endswith("_test.go") and not options.with_tests):
            continue
        text = re.sub(r"^package sdk$", lambda _: f"package {slot('go-package')}", each.content.decode(), count=1, flags=re.MULTILINE)
        yield sdk_file(name, text, media_type="text/x-go")


def runtime_names(options: SdkOptions) -> frozenset[str]:
    """What the runtime declares at its top level."""
    return declared_names(each.content.decode() for each in options.sources if each.path.name.endswith(".go"))
