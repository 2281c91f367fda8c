"""All files of the package: the runtime, the API's classes, tests, and what Maven and people read."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model.api_types import EnumType, ObjectType, UnionType
from themekit.model.sdk import SdkTemplate, sdk_file, slot
from themekit.sdk.java.client import client_file
from themekit.sdk.java.enums import enum_file
from themekit.sdk.java.generated_tests import test_files
from themekit.sdk.java.objects import family, object_file
from themekit.sdk.java.operations import plan
from themekit.sdk.java.package import package_files
from themekit.sdk.java.params import params_file
from themekit.sdk.java.reach import reached
from themekit.sdk.java.resources import asynchronous_file, resource_file
from themekit.sdk.java.source_file import MAIN, TEST
from themekit.sdk.java.types import java_api
from themekit.sdk.java.unions import union_file
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Name, TypeId
    from themekit.model.sdk import SdkFile, SdkOptions, SlotEscaping, SlotField
    from themekit.sdk.java.operations import Plan
    from themekit.sdk.java.source_file import JavaFile
    from themekit.sdk.java.types import JavaApi

FOLDER = "sdk/java"
_TOKEN = re.compile(r"@@([a-z-]+)(?::([a-z]+))?@@")


@without_sweeps()
def emit(api: ApiModel, options: SdkOptions) -> SdkTemplate:
    """The SDK."""
    java = java_api(api)
    plans = {name: tuple(plan(java, each) for each in operations) for name, (_, operations) in java.groups.items()}
    kept = reached(java, chain.from_iterable(plans.values()))
    files = [
        *package_files(java, options),
        *runtime_files(options, with_webhooks=api.verifies_webhooks),
        *(each.sdk_file() for each in _type_files(java, kept)),
        *(each.sdk_file() for each in _operation_files(java, plans)),
        client_file(java).sdk_file(),
        *(test_files(java, plans) if options.with_tests else ()),
    ]
    return SdkTemplate("java", tuple(files), _taken(files))


def _taken(files: Iterable[SdkFile]) -> tuple[str, ...]:
    """The classes of the package, each a file: another of the same name would take its place."""
    last = (each.path[-1] for each in files)
    names = (PurePosixPath(part).stem for part in last if isinstance(part, str) and part.endswith(".java"))
    return tuple(sorted(name for name in names if name))


def _type_files(java: JavaApi, kept: frozenset[TypeId]) -> Iterator[JavaFile]:
    related = family(java, kept)
    for each in (each for each in java.api.types if each.id in kept):
        if isinstance(each, ObjectType):
            yield object_file(java, each, related=related)
        elif isinstance(each, EnumType):
            yield enum_file(java, each)
        elif isinstance(each, UnionType):
            yield union_file(java, each)


def _operation_files(java: JavaApi, plans: dict[Name, tuple[Plan, ...]]) -> Iterator[JavaFile]:
    for name, (group, _) in java.groups.items():
        yield resource_file(java, group, plans=plans[name])
        yield asynchronous_file(java, group, plans=plans[name])
        yield from (params_file(java, each) for each in plans[name] if each.params)


def runtime_files(options: SdkOptions, *, with_webhooks: bool = True) -> Iterator[SdkFile]:
    """The runtime, whose tokens `@@java-package@@` or `@@name:json@@` are slots."""
    for source in options.sources:
        folder = {"main": MAIN, "test": TEST}.get(source.path.parent.name)
        if source.path.name == "Webhooks.java" and not with_webhooks:
            continue
        if source.path.suffix == ".java" and folder and (folder is MAIN or options.with_tests):
            text = _TOKEN.sub(lambda found: slot(_field(found[1]), _escaping(found[2])), source.content.decode())
            yield sdk_file(f"{folder}/{source.path.name}", text, media_type="text/x-java")


def _field(name: str) -> SlotField:
    return name  # type: ignore[return-value]  # `sdk_file` refuses what is none


def _escaping(name: str | None) -> SlotEscaping:
    return name or "plain"  # type: ignore[return-value]  # the same
