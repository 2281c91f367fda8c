"""A schema as one shape: references followed, `allOf` merged, what is said twice narrowed.

Source: JSON Schema 2020-12; OpenAPI 3.0.4, "Schema Object"; OpenAPI 3.1.1, "Schema Object".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.api.names import word_set
from themekit.source.api.reading import At
from themekit.source.api.shape import ALL_KINDS, COMBINING, SAYING, UNITING, Shape, Union, is_null, says_nothing
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_value import json_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.api.reading import Reading
    from themekit.source.json_value import JsonObject, JsonValue

MAX_PARTS = 500  # schemas that one schema is merged from
MAX_ALL_PARTS = 75_000  # and all schemas together; the largest real description measured has 7,000
MAX_DEPTH = 60  # levels of `allOf`; each costs three levels of Python's stack
MAX_CHAIN = 64
MAX_WRAPPERS = 24

_LEADING = frozenset({"$ref", "$dynamicRef", *COMBINING})
"""Only with these can a schema be another one."""

_HINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("object", ("properties", "additionalProperties", "patternProperties", "unevaluatedProperties", "discriminator")),
    ("array", ("items", "prefixItems", "minItems", "maxItems", "uniqueItems")),
    ("string", ("pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType")),
    ("number", ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")),
)
_OF_OBJECTS = word_set("properties required additionalProperties unevaluatedProperties patternProperties")
_STRING_FORMATS = word_set(
    "date date-time time duration byte binary email uri url uuid hostname ipv4 ipv6 password uri-reference"
)
_NUMBER_FORMATS = {"int32": "integer", "int64": "integer", "float": "number", "double": "number"}


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a schema really stands, through references and wrappers of one; `chain` is the way there."""

    at: At
    is_nullable: bool
    chain: tuple[At, ...]


@dataclass(slots=True)
class Shapes:
    """The shapes of a description's schemas, each made once."""

    reading: Reading
    settled: dict[str, Settled] = field(default_factory=dict)
    made: dict[str, Shape] = field(default_factory=dict)
    anchors: dict[str, dict[str, At]] = field(default_factory=dict)
    settling: set[str] = field(default_factory=set)
    branched: dict[str, list[At]] = field(default_factory=dict)
    parts: int = 0

    def settle(self, at: At) -> Settled:
        """Where the schema stands that this one only refers to, or wraps; a circle is reported and means anything."""
        first = at.key
        if first in self.settled:
            return self.settled[first]
        if not at.parts and _LEADING.isdisjoint(at.members):
            self.settled[first] = Settled(at, at.members.get("nullable") is True, (at,))
            return self.settled[first]
        self.settling.add(first)
        chain, is_nullable, seen = [at], False, {first}
        while True:
            is_nullable = is_nullable or at.members.get("nullable") is True
            inner = self._inner(at)
            if inner is None:
                break
            at, nullable_too = inner
            is_nullable = is_nullable or nullable_too
            if len(chain) > MAX_CHAIN:
                self.reading.limit(chain[0], f"references to references lead on for more than {MAX_CHAIN} schemas")
            elif at.key in seen:
                self.reading.refuse(chain[0], "the schema leads back to itself and says nothing on the way")
            if at.key in seen or self.reading.is_over:
                at = At(True, at.path, at.pointer, "circle")
                break
            seen.add(at.key)
            chain.append(at)
        self.settling.remove(first)
        self.settled[first] = Settled(at, is_nullable, tuple(chain))
        return self.settled[first]

    def follow(self, at: At) -> At | None:
        """What a `$ref` or a local `$dynamicRef` leads to; None if that was reported."""
        members = at.members
        if "$ref" not in members:
            at = At({"$ref": members["$dynamicRef"]}, at.path, at.pointer)
        written = at.members["$ref"]
        file, _, fragment = str(written).partition("#")
        if isinstance(written, str) and not file and fragment and not fragment.startswith("/"):
            return self._anchored(at, fragment)
        return self.reading.followed(at)

    def _anchored(self, at: At, name: str) -> At | None:
        file = str(at.path)
        if file not in self.anchors:
            document = self.reading.files.known.get(at.path)
            root = At(None if document is None else document.value, at.path, "")
            self.anchors[file] = {}
            for each in _nested(root):
                for keyword in ("$anchor", "$dynamicAnchor"):
                    anchor = each.members.get(keyword)
                    if isinstance(anchor, str):
                        self.anchors[file].setdefault(anchor, each)
        found = self.anchors[file].get(name)
        if found is None:
            self.reading.refuse(at, f"`$ref`: nothing in the file has the anchor {quoted(name)}")
        return found

    def _inner(self, at: At) -> tuple[At, bool] | None:
        """The one schema that this one is, and whether null is meant besides."""
        if at.parts or not isinstance(at.value, dict):
            return None
        own = [key for key in at.value if key in SAYING]
        if own in (["$ref"], ["$dynamicRef"]) or ("$ref" in own and self.reading.is_3_0):
            found = self.follow(at)
            return (At(True, at.path, at.pointer, "lost") if found is None else found), False
        if sorted(own) == ["$ref", "type"]:
            found = self.follow(at)
            return (found, False) if found is not None and self._is_all(found, at.value["type"]) else None
        if len(own) == 1 and own[0] in COMBINING:
            return self._only_branch(at, own[0])
        if len(own) == 2 and "type" in own:
            keyword = own[0] if own[1] == "type" else own[1]
            return self._only_branch(at, keyword, at.value["type"]) if keyword in COMBINING else None
        return None

    def _only_branch(self, at: At, keyword: str, kind: JsonValue = None) -> tuple[At, bool] | None:
        found, is_nullable = [], False
        for branch in self.branches(at, keyword):
            if keyword in UNITING and is_null(branch.value):
                is_nullable = True
            elif keyword == "allOf" and says_nothing(branch.value):
                is_nullable = is_nullable or branch.members.get("nullable") is True
            else:
                found.append(branch)
        if len(found) != 1 or (keyword in UNITING and says_nothing(found[0].value)):
            return None
        if kind is not None and not self._is_all(found[0], kind):
            return None
        self.reading.sole.add(found[0].key)
        return found[0], is_nullable or (isinstance(kind, list) and "null" in kind)

    def _is_all(self, at: At, kind: JsonValue) -> bool:
        """The schema's own kind is the one that is said beside it."""
        if at.key in self.settling or len(self.settling) > MAX_WRAPPERS:
            return False
        settled = self.settle(at).at
        own = settled.members.get("type", "object" if "properties" in settled.members else None)
        said = [each for each in kind if each != "null"] if isinstance(kind, list) else [kind]
        return [own] == said

    def branches(self, at: At, keyword: str) -> list[At]:
        """The schemas of `allOf`, `oneOf` or `anyOf`; what is none is reported."""
        if keyword not in at.members:
            return []
        key = f"{at.key}/{keyword}"
        if key not in self.branched:
            self.branched[key] = self._branches(at, keyword)
        return self.branched[key]

    def _branches(self, at: At, keyword: str) -> list[At]:
        found = []
        for each in self.reading.listed(at, keyword):
            if isinstance(each.value, dict | bool):
                found.append(each)
            else:
                self.reading.warn(each, f"`{keyword}`: expected a schema, found {quoted(str(each.value))}")
        return found

    def shape(self, at: At) -> Shape:
        """The shape of a settled schema."""
        key = at.key
        if key not in self.made:
            shape = Shape(at)
            merger = Merger(self, shape)
            merger.take(at, is_base=False)
            self.made[key] = shape
            shape.unions = [each for each in shape.unions if not self._is_chosen(each, merger.seen)]
        return self.made[key]

    def _is_chosen(self, union: Union, parts: set[str]) -> bool:
        """One of the alternatives is a part of the schema anyway, so the choice is made."""
        return any(self.settle(each).at.key in parts for each in union.branches)


def _nested(root: At) -> Iterator[At]:
    stack = [root]
    while stack:
        at = stack.pop()
        if isinstance(at.value, dict):
            yield at
            stack.extend(at.child(key) for key in reversed(at.value))
        elif isinstance(at.value, list):
            stack.extend(at.child(index) for index in reversed(range(len(at.value))))


@dataclass(slots=True)
class Merger:
    """Takes the parts of one schema into its shape."""

    shapes: Shapes
    shape: Shape
    seen: set[str] = field(default_factory=set)
    depth: int = 0

    def take(self, at: At, *, is_base: bool) -> None:
        """Narrow the shape by one more schema. `is_base`: it is referred to from an `allOf`."""
        if at.parts:
            for part in at.parts:
                self.take(part, is_base=is_base)
            return
        if isinstance(at.value, bool):
            self.shape.is_impossible |= not at.value
            return
        if at.key in self.seen or self.shapes.reading.is_over:
            return
        self.seen.add(at.key)
        self.shapes.parts += 1
        if len(self.seen) > MAX_PARTS or self.depth > MAX_DEPTH or self.shapes.parts > MAX_ALL_PARTS:
            message = (
                f"`allOf` is nested deeper than {MAX_DEPTH} levels, or merges more than {MAX_PARTS} schemas into one"
            )
            self.shapes.reading.limit(self.shape.at, message)
            return
        if not isinstance(at.value, dict):
            self.shapes.reading.warn(at, f"expected a schema, found {quoted(str(at.value))}")
            return
        self.depth += 1
        self._take_object(at, at.value, is_base=is_base)
        self.depth -= 1

    def _take_object(self, at: At, value: JsonObject, *, is_base: bool) -> None:
        if "$ref" in value or "$dynamicRef" in value:
            self._take_target(at, is_base=is_base)
            if self.shapes.reading.is_3_0:
                return
        for branch in self.shapes.branches(at, "allOf"):
            self.take(branch, is_base="$ref" in branch.members)
        self._take_own(at, value, is_base=is_base)

    def _take_target(self, at: At, *, is_base: bool) -> None:
        found = self.shapes.follow(at)
        if found is not None:
            self.take(found, is_base=is_base)

    def _take_own(self, at: At, value: JsonObject, *, is_base: bool) -> None:
        shape = self.shape
        leaf = {key: each for key, each in value.items() if key not in COMBINING and key != "$ref"}
        shape.leaves.append(At(leaf, at.path, at.pointer, f"{at.mark}-own") if len(leaf) != len(value) else at)
        shape.is_nullable |= value.get("nullable") is True and not is_base
        self._take_kinds(at, value)
        self._take_values(at, value)
        self._take_members(at)
        self._take_lists(at)
        if "format" in value:
            shape.format = shape.format or self.shapes.reading.text(at, "format")
        if "contentEncoding" in value or "contentMediaType" in value:
            shape.encoding = shape.encoding or self.shapes.reading.text(at, "contentEncoding")
            shape.media_type = shape.media_type or self.shapes.reading.text(at, "contentMediaType")
        discriminator = self.shapes.reading.object(at, "discriminator") if "discriminator" in value else None
        united = [keyword for keyword in UNITING if keyword in value]
        for keyword in united:
            branches = tuple(self.shapes.branches(at, keyword))
            if branches:
                shape.unions.append(Union(keyword, at, branches, discriminator))
        if discriminator is not None and not united and not is_base:
            shape.discriminator = discriminator

    def _take_kinds(self, at: At, value: JsonObject) -> None:
        shape = self.shape
        kinds = self._said_kinds(at, value)
        if kinds is None:
            return
        both = shape.kinds & kinds
        if "number" in shape.kinds and "integer" in kinds:
            both |= {"integer"}
        if "integer" in shape.kinds and "number" in kinds:
            both |= {"integer"}
        both -= {"integer"} if "number" in both else set()
        if not both - {"null"} and (shape.kinds - {"null"}) and (kinds - {"null"}):
            said = " and ".join(quoted(" or ".join(sorted(each))) for each in (shape.kinds, kinds))
            self.shapes.reading.warn(at, f"the parts of the schema exclude each other: they are of type {said}")
            both = kinds
        shape.kinds, shape.has_kinds = both, True

    def _said_kinds(self, at: At, value: JsonObject) -> frozenset[str] | None:
        said = value.get("type")
        if said is None:
            return _hinted(value)
        words = said if isinstance(said, list) else [said]
        known = frozenset(each for each in words if isinstance(each, str) and each in ALL_KINDS)
        unknown = [each for each in words if not (isinstance(each, str) and each in ALL_KINDS)]
        for each in unknown:
            if each == "file":
                known, self.shape.format = known | {"string"}, "binary"
            elif each != "any":
                message = f"there is no type {quoted(str(each))}; any value is taken"
                self.shapes.reading.warn(
                    at.child("type"), message, hint=did_you_mean(str(each)[:20], sorted(ALL_KINDS))
                )
        if unknown and not known:
            return _hinted(value)
        if value.get("properties") and "object" not in known:
            kinds = quoted(" or ".join(sorted(known)))
            self.shapes.reading.warn(at.child("properties"), f"they are not read, as the type is {kinds}")
        if value.get("nullable") is True:
            known |= {"null"}
        return known - {"integer"} if "number" in known else known

    def _take_values(self, at: At, value: JsonObject) -> None:
        said: list[JsonValue] | None = None
        if "const" in value:
            said = [value["const"]]
        elif isinstance(value.get("enum"), list):
            said = [each.value for each in self.shapes.reading.listed(at, "enum")]
        if said is None:
            return
        known = self.shape.values
        wanted = {_value_key(each) for each in said}
        both = said if known is None else [each for each in known if _value_key(each) in wanted]
        if known and not both:
            self.shapes.reading.warn(at, "the parts of the schema have no value in common")
            both = said
        self.shape.values = both

    def _take_members(self, at: At) -> None:
        shape = self.shape
        if _OF_OBJECTS.isdisjoint(at.members):
            return
        for name, each in self.shapes.reading.entries(at, "properties") if "properties" in at.members else ():
            if isinstance(each.value, dict | bool):
                shape.members.setdefault(name, []).append(each)
            else:
                self.shapes.reading.warn(
                    each, f"expected a schema, found {quoted(str(each.value))}; any value is taken"
                )
                shape.members.setdefault(name, []).append(At({}, each.path, each.pointer))
        if isinstance(at.members.get("required"), list):  # a boolean there is a slip from older drafts
            shape.required.update(dict.fromkeys(self.shapes.reading.texts(at, "required")))
        elif not isinstance(at.members.get("required", False), bool):
            self.shapes.reading.warn(at.child("required"), "expected a list of names; no member is required by it")
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            extra = at.members.get(keyword)
            shape.is_closed |= extra is False
            if isinstance(extra, dict) or extra is True:
                shape.extra.append(at.child(keyword))
        if "patternProperties" in at.members:
            shape.extra.extend(each for _, each in self.shapes.reading.entries(at, "patternProperties"))

    def _take_lists(self, at: At) -> None:
        items = at.members.get("items")
        if isinstance(items, list):  # a tuple, before 2020-12
            self.shape.tuple_items.extend(self.shapes.reading.listed(at, "items"))
        elif isinstance(items, dict) or items is True:
            self.shape.items.append(at.child("items"))
        if "prefixItems" in at.members:
            self.shape.tuple_items.extend(self.shapes.reading.listed(at, "prefixItems"))


def _hinted(value: JsonObject) -> frozenset[str] | None:
    """The kind that other keywords speak of, if no type is said."""
    for kind, keywords in _HINTS:
        if any(keyword in value for keyword in keywords):
            return frozenset({kind})
    said = value.get("format")
    if isinstance(said, str) and said in _STRING_FORMATS:
        return frozenset({"string"})
    if isinstance(said, str) and said in _NUMBER_FORMATS:
        return frozenset({_NUMBER_FORMATS[said]})
    return None


def _value_key(value: JsonValue) -> tuple[str, JsonValue]:
    """The same for equal values alone: two enumerations may have thousands of them."""
    kind = json_type(value)
    return kind, json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
