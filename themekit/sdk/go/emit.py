"""An API as the files of a Go module."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.go.checks import checks
from themekit.sdk.go.client import client, credentials, defaults, tables
from themekit.sdk.go.declarations import declaration
from themekit.sdk.go.homes import emitted
from themekit.sdk.go.package import package_files
from themekit.sdk.go.plan import plan
from themekit.sdk.go.services import error_tables, service
from themekit.sdk.go.source import go_file
from themekit.sdk.go.webhooks import verification
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration
    from themekit.model.sdk import SdkFile, SdkOptions
    from themekit.sdk.go.plan import Plan


@without_sweeps()
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
    if made.api.verifies_webhooks:
        yield go_file("webhooks.go", [verification(made)])
    yield go_file("defaults.go", defaults(made.api))
    yield go_file("tables.go", [*tables(made), *error_tables(made)])


def _services(made: Plan) -> Iterator[SdkFile]:
    """A file for each resource, with the types that only it needs, and one for the others."""
    by_home: dict[str, list[Declaration]] = defaultdict(list)
    for each in emitted(made):
        by_home[made.homes[each.id]].append(each)
    for resource in made.services:
        pieces = list(service(resource, made))
        pieces += [found for kind in by_home[resource.file] for found in declaration(kind, made)]
        yield go_file(f"{resource.file}_api.go", pieces)
    shared = [found for kind in by_home[""] for found in declaration(kind, made)]
    if shared:
        yield go_file("types.go", shared)


def _runtime(made: Plan, options: SdkOptions) -> Iterator[SdkFile]:
    for each in options.sources:
        name = each.path.name
        if name.startswith("webhook") and not made.api.verifies_webhooks:
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
