"""Which operations share objects: what one creates another gets, changes, lists and deletes.

A kind of object is told by a path that ends with a parameter, whose GET answers an object with an id. Nothing is
invented: where the ids of new objects would not be valid by the schemas, creating answers the example, and no more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from themekit.sandbox.answers import AnswerMaker
    from themekit.sandbox.described import Described, DescribedOperation, Description
    from themekit.sandbox.pool import Pool
    from themekit.sandbox.schemas import Schema
    from themekit.source.json_value import JsonObject, JsonValue

Made = dict[str, Any]

_ITEM = re.compile(r"(.*)/\{([^{}]+)\}")
TAILS = (4, 3, 2, 1)  # how many characters of an id a count takes the place of
LISTED = 7
FIRST_LISTED = 9
"""Objects that only lists show have ids that end with this figure: new ones count from 1 and do not get so far."""


@dataclass(slots=True)
class Resources:
    """Finds the kinds and marks the operations: `state` is what an operation does, and the number of its kind."""

    description: Description
    maker: AnswerMaker
    pool: Pool
    kinds: list[Made] = field(default_factory=list)

    def attach(self, described: tuple[DescribedOperation, ...], operations: list[Made]) -> None:
        """Mark the operations."""
        by_place: dict[tuple[str, str], tuple[DescribedOperation, Made]] = {
            (each.method, each.path): (each, made) for each, made in zip(described, operations, strict=True)
        }
        for (method, path), (each, made) in by_place.items():
            found = _ITEM.fullmatch(path)
            if method != "GET" or found is None or "{" in found[1].rpartition("/")[2]:
                continue
            kind = self.kind(each, made, parent=found[1], parameter=found[2])
            if kind is None:
                continue
            number = len(self.kinds)
            self.kinds.append(kind)
            made["state"] = ["get", number]
            self.mark(by_place, path, parent=found[1], number=number)

    def mark(
        self, by_place: dict[tuple[str, str], tuple[DescribedOperation, Made]], path: str, *, parent: str, number: int
    ) -> None:
        """Say what each operation does with the objects of a kind."""
        kind = self.kinds[number]
        whole = by_place["GET", path][1]
        for (method, place), (each, made) in by_place.items():
            is_same = self.is_same(made, whole, kind)
            if place == path and method in {"PATCH", "PUT", "POST"}:
                made["state"] = ["update" if is_same else "touch", number, *self.own_schema(each, made)]
            elif place == path and method == "DELETE":
                made["state"] = ["delete", number]
            elif place == parent and method == "POST" and self.has_id(made, kind):
                made["state"] = ["create", number, *self.own_schema(each, made)]
            elif place == parent and method == "GET":
                made["state"] = ["list", number]
            elif place.startswith(path + "/") and "{" not in place[len(path) :] and is_same:
                made["state"] = ["act", number, *self.own_schema(each, made)]

    def own_schema(self, each: DescribedOperation, made: Made) -> list[int]:
        """The schema of the operation's own answer, by number."""
        _, media = self.success(each, made)
        if media is None:
            return []
        return [self.pool.schema(self.maker.schema(media), self.maker.table, is_strict=True)]

    def kind(self, each: DescribedOperation, made: Made, *, parent: str, parameter: str) -> Made | None:
        """What is known of a kind of objects by the operation that gets one; None if that has no id."""
        value, media = self.success(each, made)
        if not isinstance(value, dict) or media is None:
            return None
        name = next((name for name in id_names(parent, parameter) if is_id(value.get(name))), None)
        if name is None:
            return None
        schema = self.maker.schema(media)
        kind: Made = {"parent": parent, "id": name, "parameter": parameter, "base": value[name]}
        kind["schema"] = self.pool.schema(schema, self.maker.table, is_strict=True)
        rule = id_rule(value[name])
        for tail in rule:
            if self.fits(schema, value, name=name, tail=tail):
                kind["new"] = tail
                break
        return kind

    def fits(self, schema: Schema, value: JsonObject, *, name: str, tail: Made) -> bool:
        """New ids of this form are valid in the whole object."""
        return all(self.maker.generator.validity.holds(schema, {**value, name: new_id(tail, n)}) for n in (1, 7, 42))

    def success(self, each: DescribedOperation, made: Made) -> tuple[JsonValue, Described | None]:
        """The JSON body of the operation's answer of success, and its media type's place."""
        status = success_status(made["answers"])
        for content in made["answers"].get(status, {}).get("c", ()):
            if "v" in content:
                responses = dict(self.description.members(each.said, "responses"))
                for media_type, media in self.maker.contents(responses[status]):
                    if media_type == content["m"]:
                        return self.pool.values[content["v"]], media
        return None, None

    def body(self, made: Made) -> JsonValue:
        """The JSON body of the answer of success."""
        contents = made["answers"].get(success_status(made["answers"]), {}).get("c", ())
        return next((self.pool.values[each["v"]] for each in contents if "v" in each), None)

    def has_id(self, made: Made, kind: Made) -> bool:
        """The answer has an id, and new ones can be made."""
        body = self.body(made)
        return isinstance(body, dict) and is_id(body.get(kind["id"])) and "new" in kind

    def is_same(self, made: Made, whole: Made, kind: Made) -> bool:
        """The operation answers an object of the kind: with the same id and members that a whole one has."""
        body, other = self.body(made), self.body(whole)
        if not isinstance(body, dict) or not isinstance(other, dict) or not is_id(body.get(kind["id"])):
            return False
        return len(set(body) & set(other)) * 2 >= len(other)


def id_names(parent: str, parameter: str) -> list[str]:
    """Members that could be the id, the likeliest first."""
    singular = re.sub(r"s$", "", parent.rpartition("/")[2])
    return ["id", parameter, f"{singular}_id", f"{singular}Id", "uuid", "uid", "key", "name", "code", "slug"]


def is_id(value: JsonValue) -> bool:
    """It can be an id: a text that stands in a path, or a whole number."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, str) and bool(value))


def id_rule(value: JsonValue) -> list[Made]:
    """Forms of new ids, each like the one that is there."""
    if isinstance(value, int):
        return [{"from": value}]
    text = str(value)
    cut: list[Made] = [{"text": text[:-tail], "width": tail} for tail in TAILS if len(text) > tail]
    prefix = text[: max(text.rfind("_"), text.rfind("-")) + 1]
    if prefix and len(text) - len(prefix) < TAILS[0]:  # a cut would take of the prefix: `bk_1` is no `b001`
        cut.insert(0, {"text": prefix, "width": TAILS[0]})
    return [*cut, {"text": f"{text}-", "width": 1}, {"text": f"{text}_", "width": 1}, {"text": text, "width": 1}]


def new_id(rule: Made, number: int) -> JsonValue:
    """The id of this number. The engine makes the same."""
    if "from" in rule:
        return int(rule["from"]) + number
    return str(rule["text"]) + str(number).zfill(rule["width"])


def success_status(answers: dict[str, Made]) -> str:
    """The answer of success: the lowest of 2xx, else `default`, else the lowest of all. The engine takes the same."""
    found = sorted(each for each in answers if each.startswith("2"))
    if found:
        return found[0]
    return "default" if "default" in answers else min(answers, default="")
