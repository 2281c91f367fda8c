"""A description to the sandbox's data: everything the engine answers from, as one JSON text.

The engine (`data/sandbox/engine.js`) is one and knows no API; it is given this text. What can be decided here is, with
all of JSON Schema at hand, so that the engine is small: which bodies are valid, what a list's pages are, which ids new
objects get.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themekit.diagnostics import Reporter
from themekit.model import Origin
from themekit.sandbox import bodies
from themekit.sandbox.answers import AnswerMaker
from themekit.sandbox.credentials import credential_kinds
from themekit.sandbox.described import Description, path_of
from themekit.sandbox.generator import Generator
from themekit.sandbox.paging import page_of
from themekit.sandbox.pool import Pool
from themekit.sandbox.resources import Resources
from themekit.sandbox.schemas import SchemaTable
from themekit.sandbox.validity import Validity
from themekit.source.api.codes import API_LIMIT
from themekit.source.api.reading import ApiFiles
from themekit.source.json_value import json_type
from themekit.source.openapi import INVALID_OPENAPI
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model.api import ApiModel
    from themekit.model.api import Operation as ApiOperation
    from themekit.sandbox.described import DescribedOperation

Made = dict[str, Any]

UNREAD_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Parameters of these names are ignored. Source: OpenAPI 3.1, "Parameter Object", `name`."""


@dataclass(frozen=True, slots=True)
class SandboxData:
    """A sandbox as data. `text` is JSON; `base_path` is that of the description's first server, "" for none.

    `bodies` were made, each valid by its schema; `written` of them are their author's, and `refused` of the author's
    examples are not valid.
    """

    title: str
    base_path: str
    text: str
    operations: int
    bodies: int
    written: int
    refused: int


@without_sweeps()
def make_sandbox(
    path: PurePosixPath, content: bytes, *, read: Callable[[PurePosixPath], bytes | None], api: ApiModel | None = None
) -> tuple[SandboxData | None, tuple[Diagnostic, ...]]:
    """The sandbox of the API that the file at `path` describes, and every answer that cannot be made.

    `api` is the same description as the reader has it: without it lists have no pages, and no key makes two requests
    one. `read` gives the bytes of another file of the project, or None.
    """
    files = ApiFiles(read, Reporter())
    document = files.parsed(path, content)
    before = len(files.report.found)
    if document is None or not isinstance(document.value, dict):
        if document is not None:
            files.report(INVALID_OPENAPI, None, f"a description is an object, not {json_type(document.value)}")
        return None, files.report.diagnostics
    made = None
    try:
        made = _Maker(Description(files, path, document.value), api).data()
    except RecursionError:
        files.report(API_LIMIT, Origin(path, "/components"), "schemas refer to one another too deeply for a sandbox")
    is_whole = not any(each.is_error for each in files.report.found[before:])
    return (made if is_whole else None), files.report.diagnostics


class _Maker:
    def __init__(self, description: Description, api: ApiModel | None) -> None:
        self.description = description
        self.requests = SchemaTable(description.files, "request", description.is_3_0)
        responses = SchemaTable(description.files, "response", description.is_3_0)
        self.pool = Pool()
        self.maker = AnswerMaker(description, responses, Generator(Validity(responses)), self.pool)
        self.requested = Generator(Validity(self.requests))
        self.of_model = {each.origin: each for each in api.operations} if api else {}

    def data(self) -> SandboxData:
        described = tuple(self.description.operations())
        info = self.description.member(self.description.top, "info")
        bases = self.bases(described)
        operations = [self.operation(each) for each in described]
        resources = Resources(self.description, self.maker, self.pool)
        resources.attach(described, operations)
        for each, made in zip(described, operations, strict=True):
            self.paged(each, made)
        title = info.text("title")
        data = {
            "title": title,
            "version": info.text("version"),
            "bases": bases,
            "schemes": dict(credential_kinds(self.description)),
            "tokens": list(self.token_paths(bases[0])),
            "operations": operations,
            "kinds": resources.kinds,
            "schemas": self.pool.schemas,
            "values": self.pool.values,
        }
        counted = self.maker.counted
        return SandboxData(title, bases[0], json.dumps(data, ensure_ascii=False, separators=(",", ":")),
                           len(operations), counted["bodies"], counted["written"], counted["refused"])  # fmt: skip

    def bases(self, described: tuple[DescribedOperation, ...]) -> list[str]:
        """The paths of all servers, the first server's first."""
        urls = [*self.description.servers(self.description.top), *(url for each in described for url in each.servers)]
        return list(dict.fromkeys(map(path_of, urls))) or [""]

    def operation(self, each: DescribedOperation) -> Made:
        found = self.of_model.get(each.said.origin)
        made: Made = {
            "id": each.id or f"{each.method} {each.path}",
            "method": each.method,
            "path": each.path,
            "answers": self.maker.answers(each),
        }
        security = each.said.value.get("security", self.description.root.get("security"))
        if isinstance(security, list) and security:
            made["security"] = [list(option) for option in security if isinstance(option, dict)]
        parameters = list(self.parameters(each))
        if parameters:
            made["parameters"] = parameters
        body = self.body(each)
        if body:
            made["body"] = body
        if found is not None and found.idempotency:
            made["idempotency"] = found.idempotency.lower()
        return made

    def parameters(self, each: DescribedOperation) -> Iterator[Made]:
        for (place, name), parameter in each.parameters.items():
            if place == "header" and name.lower() in UNREAD_HEADERS:
                continue
            made: Made = {"name": name, "in": place}
            if parameter.flag("required") or place == "path":
                made["required"] = 1
            content = next(iter(self.description.members(parameter, "content")), None)
            owner = parameter if content is None else content[1]
            schema = self.requests.schema(owner.value.get("schema"), owner.below("schema"))
            made["schema"] = self.pool.schema(schema, self.requests, is_strict=False)
            if content is not None:
                made["json"] = 1 if bodies.is_json(content[0]) else 0
            default = "form" if place in {"query", "cookie"} else "simple"
            style = parameter.text("style") or default
            explode = parameter.value.get("explode", style == "form")
            made |= {"style": style} if style != default else {}
            made |= {"explode": 1} if explode is True else {}
            if "example" in parameter.value and place == "path":
                made["example"] = parameter.value["example"]
            yield made

    def body(self, each: DescribedOperation) -> Made:
        body = self.description.member(each.said, "requestBody")
        made: Made = {}
        if body.flag("required"):
            made["required"] = 1
        content: Made = {}
        for media_type, media in self.description.members(body, "content"):
            schema = self.requests.schema(media.value.get("schema"), media.below("schema"))
            content[bodies.bare(media_type)] = self.pool.schema(schema, self.requests, is_strict=False)
        return made | {"content": content} if content else {}

    def token_paths(self, base: str) -> Iterator[str]:
        """Where tokens are to be had; `~` is for the API's base."""
        components = self.description.member(self.description.top, "components")
        for _, scheme in self.description.members(components, "securitySchemes"):
            for _, flow in self.description.members(scheme, "flows"):
                for url in filter(None, (flow.text("tokenUrl"), flow.text("refreshUrl"))):
                    path = path_of(url)
                    whole = path if "//" in url or url.startswith("/") else f"{base}/{path.removeprefix('./')}"
                    yield f"~{whole.removeprefix(base)}" if whole.startswith(f"{base}/") else whole

    def paged(self, each: DescribedOperation, made: Made) -> None:
        found: ApiOperation | None = self.of_model.get(each.said.origin)
        if found is None or found.pagination is None:
            return
        page = page_of(found.pagination, each, made=made, maker=self.maker, requests=self.requested)
        if page is not None:
            made["page"] = page
