"""The pages of a list: seven items with ids of their own, and a cursor for each place, all valid by the schemas."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from themekit.sandbox.matching import matching
from themekit.sandbox.page_counts import page_counts
from themekit.sandbox.resources import FIRST_LISTED, LISTED, id_rule, is_id, new_id, success_status
from themekit.sandbox.shapes import Spreader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Pagination
    from themekit.sandbox.answers import AnswerMaker
    from themekit.sandbox.described import Described, DescribedOperation
    from themekit.sandbox.generator import Generator
    from themekit.sandbox.schemas import Schema
    from themekit.sandbox.shapes import Shape
    from themekit.source.json_value import JsonObject, JsonValue

Made = dict[str, Any]

SIZE = 20
SIZE_WITHOUT_PARAMETER = 3


def page_of(
    pagination: Pagination, operation: DescribedOperation, *, made: Made, maker: AnswerMaker, requests: Generator
) -> Made | None:
    """How the operation's list is paged, for the engine; None if the answer has no such list."""
    status = success_status(made["answers"])
    content = next((each for each in made["answers"].get(status, {}).get("c", ()) if "v" in each), None)
    if content is None:
        return None
    body = maker.pool.values[content["v"]]
    schema = _schema(operation, status, content["m"], maker=maker)
    pages = _Pages(pagination, maker, schema)
    items = pages.items(body)
    if items is None:
        return None
    page: Made = {
        "kind": pagination.kind,
        "items": list(pagination.items),
        "parameter": pagination.parameter,
        "place": pagination.place,
        "next": list(pagination.next),
        "more": list(pagination.more),
        "size": pagination.size,
        "seeds": [maker.pool.value(each) for each in items],
        "id": pages.id_name(items),
        "default": _default_size(pagination, operation, maker),
    }
    page |= pages.limits(body, items)
    page |= {"first": 0} if pagination.kind == "page" and _counts_from_0(pagination, operation, maker) else {}
    wanted = _parameter_schema(pagination, operation, requests)
    page["cursors"] = pages.cursors(body, items, wanted=wanted, requests=requests, id_name=page["id"])
    page["end"] = pages.end(body, items)
    if counts := page_counts(pagination, body, fits=lambda path, n: pages.holds(replaced(body, path, new=n))):
        page["counts"] = counts
    page["schema"] = maker.pool.schema(schema, maker.table, is_strict=True)
    return page


class _Pages:
    def __init__(self, pagination: Pagination, maker: AnswerMaker, schema: Schema) -> None:
        self.pagination = pagination
        self.maker = maker
        self.schema = schema

    def holds(self, body: JsonValue) -> bool:
        return self.maker.generator.validity.holds(self.schema, body)

    def items(self, body: JsonValue) -> list[JsonValue] | None:
        """Seven items: the example's, with ids of their own, or values that the schema of an item offers."""
        listed = at(body, self.pagination.items)
        if not isinstance(listed, list):
            return None
        seeds = listed or self.made()
        if not seeds:
            return None
        found: list[JsonValue] = []
        for index in range(LISTED):
            seed = seeds[index % len(seeds)]
            found.append(seed if index < len(seeds) else self.other(body, seed, index))
        return found

    def made(self) -> list[JsonValue]:
        """Items where the example has none."""
        item = self.item_schema(self.schema, self.pagination.items)
        return [] if item is None else self.maker.generator.several(item, LISTED)

    def item_schema(self, schema: Schema, path: tuple[str, ...]) -> Schema | None:
        for shape in self.spread(schema):
            if not path:
                return shape.item(0) if shape.items else None
            if path[0] in shape.properties:
                return self.item_schema(shape.member(path[0]), path[1:])
        return None

    def spread(self, schema: Schema) -> Iterator[Shape]:
        return Spreader(self.maker.table.defs).shapes(schema)

    def other(self, body: JsonValue, seed: JsonValue, index: int) -> JsonValue:
        """The item with another id, if that is valid."""
        name = self.id_name([seed])
        if not name or not isinstance(seed, dict):
            return seed
        for rule in id_rule(seed[name]):
            changed = {**seed, name: new_id(rule, FIRST_LISTED * 10 ** (rule.get("width", 1) - 1) + index)}
            if self.holds(replaced(body, self.pagination.items, new=[changed])):
                return changed
        return seed

    def id_name(self, items: list[JsonValue]) -> str:
        wished = self.pagination.id_field or "id"
        return wished if all(isinstance(each, dict) and is_id(each.get(wished)) for each in items) else ""

    def limits(self, body: JsonValue, items: list[JsonValue]) -> Made:
        """How many items a page may have, where the schema allows fewer than all or asks for more than none."""
        allowed = [n for n in range(LISTED + 1) if self.holds(replaced(body, self.pagination.items, new=items[:n]))]
        if not allowed:
            return {"most": 1, "least": 1}
        return {"most": allowed[-1], "least": allowed[0]}

    def cursors(
        self, body: JsonValue, items: list[JsonValue], *, wanted: Schema, requests: Generator, id_name: str
    ) -> list[JsonValue]:
        """What leads to each place of the list, 1 to 7."""
        kind = self.pagination.kind
        if kind in {"offset", "page", "link-header"}:
            return []
        found: list[JsonValue] = []
        for index in range(1, LISTED + 1):
            options = self.options(items, index, wanted, id_name=id_name)
            found.append(next((each for each in options if self.is_cursor(body, each, wanted, requests)), str(index)))
        return found

    def options(self, items: list[JsonValue], index: int, wanted: Schema, *, id_name: str) -> Iterator[JsonValue]:
        last = items[index - 1]
        if id_name and isinstance(last, dict):
            yield last[id_name]
        if self.pagination.kind == "next-url":
            return
        yield from (f"cursor_{index}", index, str(index), f"{index:08d}", f"https://example.com/?cursor={index}")
        for schema in (wanted, {}):
            pattern = schema.get("pattern")
            if pattern:
                yield from list(matching(pattern, shortest=int(schema.get("minLength", 0)), variant=index))[
                    index : index + 9
                ]

    def is_cursor(self, body: JsonValue, value: JsonValue, wanted: Schema, requests: Generator) -> bool:
        if not requests.validity.holds(wanted, value):
            return False
        return self.pagination.kind != "cursor" or self.holds(replaced(body, self.pagination.next, new=value))

    def end(self, body: JsonValue, items: list[JsonValue]) -> str:
        """How the last page says that it is the last: `null`, `""`, or the member is left out."""
        path = self.pagination.next
        if not path:
            return ""
        last = replaced(body, self.pagination.items, new=items[:1])
        for name, value in (("null", None), ("empty", "")):
            if self.holds(replaced(last, path, new=value)):
                return name
        return "absent"


def _schema(operation: DescribedOperation, status: str, media_type: str, *, maker: AnswerMaker) -> Schema:
    responses = dict(maker.description.members(operation.said, "responses"))
    media = dict(maker.contents(responses[status])).get(media_type)
    if media is None:  # the description has a range of media types there
        media = maker.contents(responses[status])[0][1]
    return maker.schema(media)


def _described(pagination: Pagination, operation: DescribedOperation, name: str) -> Described | None:
    return operation.parameters.get(("query", name)) if pagination.place == "query" else None


def _parameter_schema(pagination: Pagination, operation: DescribedOperation, requests: Generator) -> Schema:
    found = _described(pagination, operation, pagination.parameter)
    if found is None:
        return {}
    table = requests.validity.table
    return table.target(table.schema(found.value.get("schema"), found.below("schema")))


def _default_size(pagination: Pagination, operation: DescribedOperation, maker: AnswerMaker) -> int:
    found = _described(pagination, operation, pagination.size)
    if not pagination.size:
        return SIZE_WITHOUT_PARAMETER
    schema = {} if found is None else maker.description.member(found, "schema").value
    default = schema.get("default")
    return default if isinstance(default, int) and default > 0 else SIZE


def _counts_from_0(pagination: Pagination, operation: DescribedOperation, maker: AnswerMaker) -> bool:
    found = _described(pagination, operation, pagination.parameter)
    schema: JsonObject = {} if found is None else maker.description.member(found, "schema").value
    return schema.get("default", schema.get("minimum", 1)) == 0


def at(value: JsonValue, path: tuple[str, ...]) -> JsonValue:
    """What is there in the value; None for nothing."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def replaced(value: JsonValue, path: tuple[str, ...], *, new: JsonValue) -> JsonValue:
    """A copy with another value at that place; objects on the way are made."""
    if not path:
        return new
    copied = deepcopy(value) if isinstance(value, dict) else {}
    copied[path[0]] = replaced(copied.get(path[0]), path[1:], new=new)
    return copied
