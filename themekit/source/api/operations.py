"""Operations, with what they answer and what can be asked next; requests that the API sends itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model.api import Callback, Link, Operation, Response, Webhook
from themekit.model.api_types import Docs
from themekit.model.origin import Origin
from themekit.model.outline import OperationId
from themekit.source.api.docs import one_line
from themekit.source.api.groups import Asked, Groups, made_id
from themekit.source.api.names import Scope, named, words_of
from themekit.source.api.pagination import Listing
from themekit.source.api.parameters import HEADER_NAME
from themekit.source.api.path_items import item_of, operations_of
from themekit.source.api.reading import At, json_text
from themekit.source.api.security import servers_of
from themekit.source.json_value import child_pointer
from themekit.source.openapi import MAX_OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Requirement
    from themekit.model.outline import Method
    from themekit.source.api.bodies import Bodies
    from themekit.source.api.pagination import Paginations
    from themekit.source.api.parameters import Parameters
    from themekit.source.api.reading import Reading
    from themekit.source.api.security import Security
    from themekit.source.api.type_names import TypeNames

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,119}")
_STATUS = re.compile(r"[1-5](?:\d\d|[xX]{2})|default")
_LITERAL_CHARACTERS = "/._~!$&'()*+,;=:@%-"
_SEPARATING = frozenset("{} \\")
_EXPRESSION = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Found:
    """An operation before it is read, with its id and its name."""

    id: OperationId
    group: tuple[str, ...]
    name: tuple[str, ...]
    method: Method
    path: str
    item: At
    at: At


@dataclass(slots=True)
class Operations:
    """Reads operations; the parts of a description that these share are read by others."""

    reading: Reading
    names: TypeNames
    bodies: Bodies
    parameters: Parameters
    security: Security
    paginations: Paginations
    groups: Groups
    ids: dict[str, tuple[str, At]] = field(default_factory=dict)
    written_ids: frozenset[str] = frozenset()
    by_pointer: dict[str, OperationId] = field(default_factory=dict)
    answers: dict[str, Response] = field(default_factory=dict)

    def find(self, root: At) -> list[Found]:
        """All operations with their names, in the order of the description."""
        found: list[Found] = []
        self.written_ids = _written_ids(root)
        for path, each in self.reading.entries(root, "paths"):
            if path.startswith("x-"):
                continue
            if not _is_path(path):
                self.reading.refuse(
                    Origin(each.path, each.pointer, "key"),
                    f"{quoted(path)} is no path",
                    hint="write it like `/payments/{payment_id}`",
                )
                continue
            item = item_of(self.reading, each)
            if item is not None:
                found.extend(self._of_item(path, item))
            if len(found) > MAX_OPERATIONS:
                message = f"the description has more than {MAX_OPERATIONS:,} operations"
                self.reading.limit(Origin(root.path, "/paths"), message)
                return []
        return found

    def _of_item(self, path: str, item: At) -> Iterator[Found]:
        for method, at in operations_of(self.reading, item, of=path):
            id_ = self._id(at, method, path=path)
            if id_ is None:
                continue
            tags = self.reading.texts(at, "tags")
            asked = Asked(self.reading.text(at, "operationId"), method, path, tags[0] if tags else "")
            group = self.groups.group_of(asked)
            name = self.groups.method_of(asked, group)
            words = words_of(asked.written_id) or words_of(made_id(method, path))
            self.names.operations.setdefault(at.key, words)
            self.by_pointer.setdefault(f"{at.path}#{at.pointer}", id_)
            yield Found(id_, group, name, method, path, item, at)

    def _id(self, at: At, method: Method, *, path: str) -> OperationId | None:
        written = self.reading.text(at, "operationId") or made_id(method, path)
        is_said = "operationId" in at.members
        id_ = written if _ID.fullmatch(written) else _normalised(written, method)
        place = at.child("operationId") if is_said else at
        first = self.ids.get(id_)
        if first is not None and is_said and first[0] == written and first[1].pointer.endswith("/operationId"):
            notes = (Note("first used here", first[1].origin),)
            self.reading.refuse(place, f"two operations have the id {quoted(written)}", notes=notes)
            return None
        number = 1
        while id_ in self.ids or (id_ in self.written_ids and not is_said):
            number += 1
            id_ = f"{_normalised(written, method)}_{number}"
        if is_said and number > 1:
            self.reading.warn(
                place, f"the id {quoted(written)} is that of another operation in programs: {quoted(id_)}"
            )
        self.ids[id_] = written, place
        return OperationId(id_)

    def read(self, found: Found, security: tuple[tuple[Requirement, ...], ...]) -> Operation:
        """The operation; `security` is what the whole description asks for."""
        at = found.at
        path, _, fragment = found.path.partition("#")
        if fragment:
            self.reading.warn(at, f"{quoted('#' + fragment)} in a path is never sent; it only tells operations apart")
        body = self.bodies.request(at)
        parameters = self.parameters.of(found.item, at, path=path, body=body)
        responses = tuple(self._responses(at))
        listing = Listing(found.method, parameters, body, responses)
        self.bodies.types.drain()
        own = self.security.required(at) if at.members.get("security") is not None else security
        return Operation(
            id=found.id,
            group=found.group,
            name=found.name,
            method=found.method,
            path=_encoded(path.partition("?")[0]),
            parameters=parameters,
            body=body,
            responses=responses,
            security=own,
            servers=servers_of(self.reading, at) or servers_of(self.reading, found.item),
            tags=tuple(self.reading.texts(at, "tags")),
            pagination=self.paginations.of(at, listing),
            idempotency=_idempotency(
                self.reading, at, headers=[each.wire for each in parameters if each.place == "header"]
            ),
            callbacks=tuple(self._callbacks(at)),
            docs=self.docs(at, found.item),
            origin=at.origin,
        )

    def docs(self, at: At, item: At | None = None) -> Docs:
        """The texts of an operation, or of its path where it has none."""
        summary, description = one_line(at.members.get("summary")), self.reading.text(at, "description")
        if item is not None and not summary and not description.strip():
            summary, description = one_line(item.members.get("summary")), self.reading.text(item, "description")
        return Docs(summary, description.strip("\n"), self.reading.flag(at, "deprecated"))

    def _responses(self, owner: At) -> Iterator[Response]:
        for status, each in self.reading.entries(owner, "responses"):
            if status.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                self.reading.warn(Origin(each.path, each.pointer, "key"), f"{quoted(status)} is no status of an answer")
                continue
            at = self.reading.resolved(each)
            if at is None:
                continue
            yield self._answer(at, status if status == "default" else status.upper())

    def _answer(self, at: At, status: str) -> Response:
        """An answer; many operations share one, which is read once."""
        if at.key not in self.answers:
            self.answers[at.key] = Response(
                status=status,
                contents=tuple(self.bodies.contents(at)),
                headers=self.parameters.headers(at),
                links=tuple(self._links(at)),
                docs=Docs(one_line(at.members.get("summary")), self.reading.text(at, "description")),
                origin=at.origin,
            )
        known = self.answers[at.key]
        return known if known.status == status else replace(known, status=status)

    def _links(self, owner: At) -> Iterator[Link]:
        for name, each in self.reading.entries(owner, "links"):
            at = self.reading.resolved(each)
            id_ = None if at is None else self._linked(at)
            if at is None or id_ is None:
                continue
            arguments = [
                (wire, value.value if isinstance(value.value, str) else json_text(value.value))
                for wire, value in self.reading.entries(at, "parameters")
            ]
            yield Link(name, id_, tuple(arguments), self.reading.text(at, "description"))

    def _linked(self, at: At) -> OperationId | None:
        written = self.reading.text(at, "operationId")
        if written:
            found = next((id_ for id_, (each, _) in self.ids.items() if each == written), None)
            if found is None:
                self.reading.warn(at, f"the link leads to no operation: {quoted(written)}")
            return None if found is None else OperationId(found)
        reference = self.reading.text(at, "operationRef")
        if not reference:
            self.reading.warn(at, "a link needs an `operationId` or an `operationRef`")
            return None
        before = len(self.reading.files.report.found)
        target = self.reading.files.followed(reference, Origin(at.path, child_pointer(at.pointer, "operationRef")))
        if target is None:
            del self.reading.files.report.found[before:]
        id_ = None if target is None else self.by_pointer.get(f"{target[1].path}#{target[1].pointer}")
        if id_ is None:
            self.reading.warn(at, f"the link leads to no operation: {quoted(reference)}")
        return id_

    def _callbacks(self, owner: At) -> Iterator[Callback]:
        scope = Scope()
        for written, each in self.reading.entries(owner, "callbacks"):
            at = self.reading.resolved(each)
            for expression in {} if at is None else at.members:
                if at is None or expression.startswith("x-"):
                    continue
                item = item_of(self.reading, at.child(expression))
                for method, own in () if item is None else operations_of(self.reading, item, of=written):
                    name = scope.unique(named(written, "callback"))
                    self.names.operations.setdefault(own.key, (*self.names.operations.get(owner.key, ()), *name))
                    yield Callback(name, expression, method, self.bodies.request(own), self.docs(own))

    def webhooks(self, root: At) -> Iterator[Webhook]:
        """Requests that the API sends to those who asked for them."""
        scope = Scope()
        for key in ("webhooks", "x-webhooks"):
            for title, each in self.reading.entries(root, key):
                item = item_of(self.reading, each)
                for method, at in () if item is None else operations_of(self.reading, item, of=title):
                    name = scope.unique(named(title, "webhook"))
                    self.names.operations.setdefault(at.key, (*name, "webhook"))
                    yield Webhook(name, title, method, self.bodies.request(at), self.docs(at), at.origin)


def _written_ids(root: At) -> frozenset[str]:
    """The ids that the description's own operations have, which none that is made may take from them."""
    paths = root.members.get("paths")
    items = [each for each in paths.values() if isinstance(each, dict)] if isinstance(paths, dict) else []
    operations = [each for item in items for each in item.values() if isinstance(each, dict)]
    return frozenset(str(each["operationId"]) for each in operations if "operationId" in each)


def _idempotency(reading: Reading, at: At, *, headers: list[str]) -> str:
    said = at.members.get("x-idempotency")
    if isinstance(said, str) and HEADER_NAME.fullmatch(said):
        return said
    if isinstance(said, str):
        reading.refuse(at.child("x-idempotency"), f"{quoted(said)} cannot be the name of a header")
    if said is False:
        return ""
    found = next((each for each in headers if each.lower() == "idempotency-key"), "")
    return found or ("Idempotency-Key" if said is True else "")


def _normalised(written: str, method: Method) -> str:
    words = re.findall(r"[A-Za-z0-9_]+", written) or list(words_of(written))
    id_ = "_".join(words)[:100] or method.lower()
    return id_ if id_[0].isalpha() or id_[0] == "_" else f"{method.lower()}_{id_}"


def _is_path(path: str) -> bool:
    if not path.startswith("/"):
        return False
    literal = _EXPRESSION.sub("", path.partition("#")[0].partition("?")[0])
    return not set(literal) & _SEPARATING and literal.isprintable()


def _encoded(path: str) -> str:
    """The path with all that a URL cannot hold as it is in percent encoding, but for expressions."""
    parts = re.split(r"(\{[^{}]*\})", path)
    return "".join(part if part.startswith("{") else quote(part, safe=_LITERAL_CHARACTERS) for part in parts)
