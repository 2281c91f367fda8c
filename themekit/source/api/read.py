"""The bytes of an OpenAPI 3.0 or 3.1 description to an `ApiModel`, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.model.api import ApiModel
from themekit.model.api_types import Docs
from themekit.source.api.bodies import Bodies
from themekit.source.api.docs import one_line
from themekit.source.api.endless import check_endless
from themekit.source.api.groups import Groups
from themekit.source.api.keys import check_keys
from themekit.source.api.operations import Operations
from themekit.source.api.pagination import Paginations
from themekit.source.api.parameters import Parameters
from themekit.source.api.reachable import used_types
from themekit.source.api.reading import ApiFiles, At, Reading, json_text
from themekit.source.api.security import Security, servers_of
from themekit.source.api.shapes import Shapes
from themekit.source.api.type_names import TypeNames
from themekit.source.api.types import Types
from themekit.source.api.webhook_signature import webhook_signature
from themekit.source.json_value import json_type, noun
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.json_value import JsonObject

_VERSION = re.compile(r"3\.[012]\.\d+(?:-.*)?")


@without_sweeps()
def read_api(
    path: PurePosixPath, content: bytes, *, read: Callable[[PurePosixPath], bytes | None]
) -> tuple[ApiModel | None, tuple[Diagnostic, ...]]:
    """The API that the file at `path` describes, and every mistake in it; None if there is an error.

    `read` gives the bytes of another file of the project, or None.
    """
    files = ApiFiles(read, Reporter())
    document = files.parsed(path, content)
    reading = Reading(files, path)
    model = None
    if document is not None and _is_description(reading, At(document.value, path, "")):
        root = At(document.value, path, "")
        try:
            model = _model(reading, root)
        except RecursionError:
            reading.limit(root, "the description is nested too deeply")
    if any(diagnostic.is_error for diagnostic in files.report.found):
        return None, files.report.diagnostics
    return model, files.report.diagnostics


def _is_description(reading: Reading, root: At) -> bool:
    if not isinstance(root.value, dict):
        reading.refuse(root, f"a description: expected an object, found {noun(json_type(root.value))}")
        return False
    version = root.value.get("openapi")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        place = root.child("openapi") if "openapi" in root.value else root
        found = quoted(str(version)) if "openapi" in root.value else "none"
        reading.refuse(place, f"the description needs a version of OpenAPI 3.0 or 3.1, found {found}")
        return False
    reading.is_3_0 = version.startswith("3.0")
    return True


def _model(reading: Reading, root: At) -> ApiModel:
    names = TypeNames(reading.path, reading.sole)
    components = reading.object(root, "components") or At({}, root.path, "/components")
    for component, _ in reading.entries(components, "schemas"):
        names.reserve(component)
    types = Types(reading, Shapes(reading), names)
    bodies = Bodies(reading, types)
    security = Security(reading)
    security.read_schemes(components)
    operations = Operations(
        reading=reading,
        names=names,
        bodies=bodies,
        parameters=Parameters(reading, types, bodies),
        security=security,
        paginations=Paginations(reading, bodies),
        groups=Groups(_tags(reading, root)),
    )
    found = operations.find(root)
    required = security.required(root)
    read = tuple(operations.read(each, required) for each in found)
    webhooks = tuple(operations.webhooks(root))
    types.drain()
    check_keys(reading, root)
    check_endless(reading, types.declared)
    info = reading.object(root, "info") or At({}, root.path, "/info")
    license_ = reading.object(info, "license")
    return ApiModel(
        title=one_line(reading.text(info, "title")),
        version=one_line(reading.text(info, "version")),
        docs=Docs(one_line(info.members.get("summary")), reading.text(info, "description")),
        servers=servers_of(reading, root),
        groups=tuple(operations.groups.found.values()),
        operations=read,
        types=used_types(read, webhooks, declared=types.declared),
        schemes=tuple(security.schemes.values()),
        webhooks=webhooks,
        license_name=""
        if license_ is None
        else one_line(license_.members.get("identifier") or license_.members.get("name")),
        webhook_signature=webhook_signature(reading, root),
        digest=hashlib.sha256(json_text(_whole(reading, root.members)).encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _tags(reading: Reading, root: At) -> dict[str, str]:
    """The descriptions of tags by their names."""
    return {
        reading.text(each, "name"): reading.text(each, "description")
        for each in reading.listed(root, "tags")
        if isinstance(each.value, dict)
    }


def _whole(reading: Reading, root: JsonObject) -> JsonObject:
    """The description, with the other files it was read from."""
    others: JsonObject = {
        str(path): document.value
        for path, document in reading.files.known.items()
        if document is not None and path != reading.path
    }
    return {"": root, **others} if others else root


__all__ = ["Origin", "read_api"]
