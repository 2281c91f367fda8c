"""What tells the variants of a union apart: the values of a member that each of them has.

Source: OpenAPI 3.1.1, "Discriminator Object".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.api.reading import At
from themekit.source.json_value import child_pointer, pointer_parts

if TYPE_CHECKING:
    from themekit.source.api.reading import Reading
    from themekit.source.api.shape import Shape
    from themekit.source.api.shapes import Shapes

MAX_DEPTH = 16

_COMPONENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(slots=True)
class Tags:
    """Reads discriminators."""

    reading: Reading
    shapes: Shapes
    bases: dict[str, list[At]] | None = field(default=None)

    def said(self, discriminator: At, branches: list[At]) -> tuple[str, dict[str, tuple[str, ...]]]:
        """The member that the description names, and the tags by the keys of the branches.

        It is "" if tags cannot tell the branches apart: then they are tried one after the other.
        """
        name = self.reading.text(discriminator, "propertyName")
        if not name:
            self.reading.warn(discriminator, "a discriminator needs a `propertyName`")
            return self.recognised(branches)
        if any(self._lists_no_text(each, name) for each in branches):
            self.reading.unsupported(
                discriminator, f"the values of {quoted(name)} are no texts, as a discriminator's are"
            )
            return "", {}
        mapping = self._mapping(discriminator)
        tags = {each.key: self._of_branch(each, mapping, name) for each in branches}
        every = [tag for found in tags.values() for tag in found]
        if len(set(every)) < len(every) or sum(not found for found in tags.values()) > 1:
            self.reading.unsupported(discriminator, f"the values of {quoted(name)} do not tell the alternatives apart")
            return "", {}
        return name, tags

    def recognised(self, branches: list[At]) -> tuple[str, dict[str, tuple[str, ...]]]:
        """A member that all branches require, each with texts of its own; "" if there is none."""
        shapes = [self._shape(each) for each in branches]
        for name in shapes[0].members:
            if not all(name in each.required for each in shapes):
                continue
            tags = {each.key: self._values(each, name) for each in branches}
            every = [tag for found in tags.values() for tag in found]
            if all(tags.values()) and len(set(every)) == len(every):
                return name, tags
        return "", {}

    def _shape(self, at: At) -> Shape:
        return self.shapes.shape(self.shapes.settle(at).at)

    def _of_branch(self, at: At, mapping: dict[str, list[str]], name: str) -> tuple[str, ...]:
        inner = at.parts[-1] if at.parts else at
        places = [each.key for each in self.shapes.settle(inner).chain]
        said = [tag for place in places for tag in mapping.get(place, ())]
        if said:
            return tuple(dict.fromkeys(said))
        values = self._values(at, name)
        if values:
            return values
        return (pointer_parts(self.shapes.settle(inner).at.pointer)[-1],) if "$ref" in inner.members else ()

    def _values(self, at: At, name: str, depth: int = 0) -> tuple[str, ...]:
        """The texts that the member can be in this schema, if they are listed."""
        shape = self._shape(at)
        if name in shape.members:
            texts: tuple[str, ...] | None = None
            for each in shape.members[name]:
                values = self._shape(each).values
                if values is not None:
                    listed = tuple(value for value in values if isinstance(value, str))
                    texts = listed if texts is None else tuple(value for value in texts if value in listed)
            return texts or ()
        if depth > MAX_DEPTH:
            return ()
        found = [self._values(each, name, depth + 1) for union in shape.unions for each in union.branches]
        return tuple(dict.fromkeys(tag for tags in found for tag in tags)) if all(found) else ()

    def _lists_no_text(self, at: At, name: str) -> bool:
        """The values of the member are listed, and all are numbers or booleans."""
        listed = [self._shape(each).values for each in self._shape(at).members.get(name, ())]
        return any(values and not any(isinstance(value, str) for value in values) for values in listed)

    def _mapping(self, discriminator: At) -> dict[str, list[str]]:
        """The tags by the keys of the schemas that the mapping leads to."""
        found: dict[str, list[str]] = {}
        for tag, at in self.reading.entries(discriminator, "mapping"):
            target = self._target(at)
            if target is not None:
                found.setdefault(target.key, []).append(tag)
        return found

    def _target(self, at: At) -> At | None:
        """The schema that a value of the mapping means: a reference, or the name of a component."""
        written = at.value
        if not isinstance(written, str):
            self.reading.warn(at, "the mapping of a discriminator has references as texts")
            return None
        if _COMPONENT_NAME.fullmatch(written):
            component = self._component(written)
            if component is not None:
                return component
        before = len(self.reading.files.report.found)
        found = self.reading.files.followed(written, Origin(at.path, at.pointer))
        if found is None:
            del self.reading.files.report.found[before:]
            self.reading.warn(at, f"the mapping leads to no schema: {quoted(written)}")
            return None
        return At(found[0], found[1].path, found[1].pointer)

    def _component(self, name: str) -> At | None:
        return next((each for each in self._components() if pointer_parts(each.pointer)[-1] == name), None)

    def _components(self) -> list[At]:
        document = self.reading.files.known.get(self.reading.path)
        root = At(None if document is None else document.value, self.reading.path, "")
        components = root.members.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        if not isinstance(schemas, dict):
            return []
        return [
            At(value, root.path, child_pointer("/components/schemas", name))
            for name, value in schemas.items()
            if isinstance(value, dict)
        ]

    def children(self, base: At, discriminator: At) -> list[tuple[At, tuple[str, ...]]]:
        """The schemas that take the base by `allOf`, or that its mapping names, with their tags."""
        mapped: dict[str, tuple[At, list[str]]] = {}
        for tag, at in self.reading.entries(discriminator, "mapping"):
            target = self._target(at)
            if target is not None:
                mapped.setdefault(target.key, (target, []))[1].append(tag)
        found = dict(mapped)
        name = self.reading.text(discriminator, "propertyName")
        of_all = self._values(base, name)
        used = {tag for _, tags in mapped.values() for tag in tags}
        pending, seen = [base], {base.key}
        while pending:
            for child in self._direct_children(pending.pop(0)):
                if child.key in seen:
                    continue
                seen.add(child.key)
                pending.append(child)
                if child.key not in found:
                    said = self._values(child, name)
                    is_own = said and said != of_all and used.isdisjoint(said)
                    found[child.key] = child, list(said) if is_own else [pointer_parts(child.pointer)[-1]]
                    used.update(found[child.key][1])
        if set(found) <= {base.key}:
            return []
        return [(at, tuple(tags)) for at, tags in found.values()]

    def _direct_children(self, base: At) -> list[At]:
        if self.bases is None:
            self.bases = {}
            for each in self._components():
                for part in self.shapes.branches(each, "allOf") if "allOf" in each.members else ():
                    target = self.shapes.follow(part) if "$ref" in part.members else None
                    if target is not None:
                        self.bases.setdefault(target.key, []).append(each)
        return self.bases.get(base.key, [])
