"""How lists go on: said by `x-pagination`, or recognised by the shape of a request and its answer.

Only what is sure is recognised: the items are found in the answer, and the parameter that leads on is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from themekit.diagnostics.printable import quoted
from themekit.model.api import Pagination
from themekit.model.api_types import ListOf, Primitive

if TYPE_CHECKING:
    from themekit.model.api import Parameter, RequestBody, Response
    from themekit.model.api_types import Field, ObjectType, Type
    from themekit.model.outline import Method
    from themekit.source.api.bodies import Bodies
    from themekit.source.api.reading import At, Reading

EXTENSION = "x-pagination"
Kind = Literal["cursor", "last-id", "offset", "page", "next-url", "link-header"]

ITEMS = ("data", "items", "results", "entries", "records", "values", "elements", "list", "objects", "resources", "rows")
CURSORS = (
    "cursor",
    "starting_after",
    "page_token",
    "pagetoken",
    "next_token",
    "nexttoken",
    "next_cursor",
    "after",
    "marker",
    "next_marker",
    "continuation_token",
    "continuation",
    "start_cursor",
    "page_cursor",
    "bookmark",
    "page",
)
NEXT_CURSORS = (
    "next_cursor",
    "nextcursor",
    "next_page_token",
    "nextpagetoken",
    "next_token",
    "nexttoken",
    "next_marker",
    "nextmarker",
    "continuation_token",
    "end_cursor",
    "cursor",
    "next",
    "after",
    "next_page",
)
NESTING = ("meta", "pagination", "page_info", "pageinfo", "paging", "response_metadata", "page", "cursors", "links")
MORE = ("has_more", "hasmore", "has_next_page", "hasnextpage", "has_next", "more")
LAST_IDS = ("last_id", "lastid")
SIZES = ("limit", "page_size", "pagesize", "per_page", "perpage", "max_results", "maxresults", "size", "count", "first")
OFFSETS = ("offset", "skip", "start")
PAGES = ("page", "page_number", "pagenumber", "page_no")
NEXT_URLS = ("next_page_url", "next_page_uri", "next_url", "next_link", "nextlink", "next_page", "next")


@dataclass(frozen=True, slots=True)
class Listing:
    """What an operation asks and answers."""

    method: Method
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]


@dataclass(slots=True)
class Paginations:
    """Finds how the answers of operations go on."""

    reading: Reading
    bodies: Bodies

    def of(self, operation: At, listing: Listing) -> Pagination | None:
        """How the operation's list goes on, if it is one."""
        said = operation.members.get(EXTENSION)
        answer = self._answer(listing)
        if said is False or answer is None:
            if said not in (None, False):
                self.reading.warn(operation.child(EXTENSION), "an answer in JSON is needed to go on with")
            return None
        if said is not None:
            return self._said(operation.child(EXTENSION), listing, answer)
        return self._recognised(listing, answer) if listing.method == "GET" else None

    def _answer(self, listing: Listing) -> Type | None:
        """The type of the first JSON body of success."""
        successes = [each for each in listing.responses if each.is_success] or list(listing.responses)
        contents = [content for each in successes for content in each.contents if each.status[:1] in ("2", "d")]
        return next((content.type for content in contents if content.kind == "json"), None)

    def _said(self, at: At, listing: Listing, answer: Type) -> Pagination | None:
        if not isinstance(at.value, dict):
            self.reading.warn(at, "`x-pagination`: expected an object, or false")
            return None
        kind = self.reading.text(at, "kind")
        if kind not in get_args(Kind):
            self.reading.warn(at, f"`x-pagination`: there is no kind {quoted(kind)}", hint=", ".join(get_args(Kind)))
            return None
        items = self._path(at, "items")
        item_type = self._item_at(answer, items)
        if item_type is None:
            self.reading.warn(at, f"`x-pagination`: the answer has no list at {quoted('.'.join(items))}")
            return None
        parameter, place = self.reading.text(at, "parameter"), self.reading.text(at, "in") or "query"
        if kind not in ("next-url", "link-header") and not self._is_there(parameter, place, listing):
            self.reading.warn(at, f"`x-pagination`: the request has no parameter {quoted(parameter)} in its {place}")
            return None
        return Pagination(
            kind=cast("Kind", kind),
            items=items,
            item_type=item_type,
            parameter=parameter,
            place="body" if place == "body" else "query",
            next=self._path(at, "next"),
            more=self._path(at, "more"),
            size=self.reading.text(at, "size"),
            id_field=self.reading.text(at, "idField"),
        )

    def _path(self, at: At, key: str) -> tuple[str, ...]:
        """Wire names: written with dots, or as a list."""
        if isinstance(at.members.get(key), list):
            return tuple(self.reading.texts(at, key))
        return tuple(part for part in self.reading.text(at, key).split(".") if part)

    def _is_there(self, parameter: str, place: str, listing: Listing) -> bool:
        if place == "body":
            contents = () if listing.body is None else listing.body.contents
            found = [self.bodies.object_of(content.type) for content in contents]
            return any(each.wire == parameter for body in found if body is not None for each in body.fields)
        return any(each.wire == parameter and each.place == "query" for each in listing.parameters)

    def _item_at(self, answer: Type, path: tuple[str, ...]) -> Type | None:
        type_: Type | None = answer
        for wire in path:
            owner = None if type_ is None else self.bodies.object_of(type_)
            type_ = None if owner is None else next((each.type for each in owner.fields if each.wire == wire), None)
        found = None if type_ is None else self.bodies.seen_through(type_)
        return found.item if isinstance(found, ListOf) else None

    def _recognised(self, listing: Listing, answer: Type) -> Pagination | None:
        query = {_plain(each.wire): each for each in listing.parameters if each.place == "query"}
        size = next((query[name].wire for name in SIZES if name in query), "")
        seen = self.bodies.seen_through(answer)
        if isinstance(seen, ListOf):
            return self._of_list(listing, query, seen.item, size=size)
        body = self.bodies.object_of(answer)
        items = None if body is None else self._items(body)
        if body is None or items is None:
            return None
        path, item_type = items
        return (
            self._by_cursor(body, query, path, item_type=item_type, size=size)
            or self._by_number(body, query, path, item_type=item_type, size=size)
            or self._by_url(body, path, item_type=item_type, size=size)
            or self._by_header(listing, path, item_type=item_type, size=size)
        )

    def _items(self, body: ObjectType) -> tuple[tuple[str, ...], Type] | None:
        """The list of the answer: by its name, or the only one there is."""
        lists = {}
        for each in body.fields:
            found = self.bodies.seen_through(each.type)
            if isinstance(found, ListOf):
                lists[each.wire] = found.item
        name = next((each for each in ITEMS if each in lists), None)
        if name is None and len(lists) == 1:
            name = next(iter(lists))
        return None if name is None else ((name,), lists[name])

    def _by_cursor(
        self, body: ObjectType, query: dict[str, Parameter], items: tuple[str, ...], *, item_type: Type, size: str
    ) -> Pagination | None:
        parameter = next((query[name] for name in CURSORS if name in query and self._is_text(query[name].type)), None)
        if parameter is None:
            return None
        more = self._member(body, MORE, ("boolean",))
        next_ = self._member(body, NEXT_CURSORS, ("string", "integer", "int32"))
        if next_:
            return Pagination("cursor", items, item_type, parameter.wire, next=next_, more=more, size=size)
        id_field = self._id_field(item_type)
        if (more or self._member(body, LAST_IDS, ("string",))) and id_field:
            last = self._member(body, LAST_IDS, ("string",))
            if last:
                return Pagination("last-id", items, item_type, parameter.wire, more=more, size=size, id_field=id_field)
            if _plain(parameter.wire) in ("after", "starting_after", "startingafter"):
                return Pagination("last-id", items, item_type, parameter.wire, more=more, size=size, id_field=id_field)
        return None

    def _by_number(
        self,
        body: ObjectType | None,
        query: dict[str, Parameter],
        items: tuple[str, ...],
        *,
        item_type: Type,
        size: str,
    ) -> Pagination | None:
        more = () if body is None else self._member(body, MORE, ("boolean",))
        for kind, names in (("offset", OFFSETS), ("page", PAGES)):
            parameter = next((query[name] for name in names if name in query), None)
            if parameter is not None and size and self._is_number(parameter.type):
                return Pagination(cast("Kind", kind), items, item_type, parameter.wire, more=more, size=size)
        return None

    def _by_url(self, body: ObjectType, items: tuple[str, ...], *, item_type: Type, size: str) -> Pagination | None:
        for path, field in self._candidates(body, NEXT_URLS):
            type_ = self.bodies.seen_through(field.type)
            if isinstance(type_, Primitive) and (type_.format in ("uri", "url", "uri-reference") or "url" in path[-1]):
                return Pagination("next-url", items, item_type, next=path, size=size)
        return None

    def _by_header(self, listing: Listing, items: tuple[str, ...], *, item_type: Type, size: str) -> Pagination | None:
        headers = [each.wire.lower() for answer in listing.responses if answer.is_success for each in answer.headers]
        return Pagination("link-header", items, item_type, size=size) if "link" in headers else None

    def _of_list(
        self, listing: Listing, query: dict[str, Parameter], item_type: Type, *, size: str
    ) -> Pagination | None:
        return self._by_header(listing, (), item_type=item_type, size=size) or self._by_number(
            None, query, (), item_type=item_type, size=size
        )

    def _candidates(self, body: ObjectType, names: tuple[str, ...]) -> list[tuple[tuple[str, ...], Field]]:
        """Members of the answer, or of an object of it that speaks of pages, by names in order of preference."""
        found: list[tuple[tuple[str, ...], Field]] = []
        owners: list[tuple[tuple[str, ...], ObjectType]] = [((), body)]
        for each in body.fields:
            inner = self.bodies.object_of(each.type) if _plain(each.wire) in NESTING else None
            if inner is not None:
                owners.append(((each.wire,), inner))
        for path, owner in owners:
            by_name = {_plain(each.wire): each for each in owner.fields}
            found.extend(((*path, by_name[name].wire), by_name[name]) for name in names if name in by_name)
        return found

    def _member(self, body: ObjectType, names: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
        for path, field in self._candidates(body, names):
            type_ = self.bodies.seen_through(field.type)
            if isinstance(type_, Primitive) and type_.kind in kinds and type_.format not in ("uri", "url"):
                return path
        return ()

    def _id_field(self, item_type: Type) -> str:
        return "id" if self._has_id(item_type, depth=0) else ""

    def _has_id(self, item_type: Type, *, depth: int) -> bool:
        """Every item has a member `id`, whichever of its alternatives it is."""
        union = self.bodies.union_of(item_type)
        if union is not None:
            return depth < 8 and all(self._has_id(each.type, depth=depth + 1) for each in union.variants)
        item = self.bodies.object_of(item_type)
        return item is not None and any(each.wire == "id" for each in item.fields)

    def _is_text(self, type_: Type) -> bool:
        found = self.bodies.seen_through(type_)
        return isinstance(found, Primitive) and found.kind in ("string", "any", "integer", "int32")

    def _is_number(self, type_: Type) -> bool:
        found = self.bodies.seen_through(type_)
        return isinstance(found, Primitive) and found.kind in ("integer", "int32", "number")


def _plain(wire: str) -> str:
    """A wire name as the lists above have it."""
    return wire.lower().replace("-", "_").removeprefix("$")
