"""What of an API is documented, by operation, at three levels.

- L1: the operation says in words what it does.
- L2: so do all its parameters, and all its answers.
- L3: it also describes its errors, and has examples of what it takes and of what it answers.

A level counts only with those below it, and only for an operation that readers can find and whose samples work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import Constant, ListOf, Nullable, ObjectType, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import ApiModel, Content, Operation
    from themekit.model.api_types import Declaration, Docs, Field, Type, TypeId
    from themekit.model.origin import Origin
    from themekit.model.outline import OperationId

Level = Literal["L1", "L2", "L3"]
LEVELS: tuple[Level, ...] = ("L1", "L2", "L3")

SampleState = Literal["works", "fails", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known besides the description: the operations that have a place on a page, and the state of samples.

    None is: it was not asked. A sample that is missing in `samples` is one that nobody tried.
    """

    shown: frozenset[OperationId] | None = None
    samples: Mapping[OperationId, Mapping[str, SampleState]] | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """What an operation lacks for a level, and where it belongs."""

    level: Level
    what: str
    origin: Origin | None
    is_unchecked: bool = False
    """Nobody looked whether it is there."""


@dataclass(frozen=True, slots=True)
class OperationCoverage:
    """What one operation lacks."""

    operation: Operation
    missing: tuple[Missing, ...]

    def reaches(self, level: Level) -> bool:
        """It lacks nothing that the level or one below asks for."""
        return not any(LEVELS.index(each.level) <= LEVELS.index(level) for each in self.missing)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many operations there are, and how many of these reach each level."""

    name: str
    count: int
    reached: tuple[int, int, int]

    def percent(self, level: Level) -> float:
        """Of no operations, all are documented."""
        return 100.0 if not self.count else 100 * self.reached[LEVELS.index(level)] / self.count


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of all operations, of each tag (in the order of first use; "" for none), and of the whole."""

    operations: tuple[OperationCoverage, ...]
    tags: tuple[Tally, ...]
    total: Tally


def cover(api: ApiModel, evidence: Evidence) -> Coverage:
    """What of the API is documented."""
    declarations = api.declarations()
    operations = tuple(
        OperationCoverage(each, (*_missing(each, declarations), *_unproved(each, evidence))) for each in api.operations
    )
    by_tag: dict[str, list[OperationCoverage]] = {}
    for each in operations:
        for tag in each.operation.tags or ("",):
            by_tag.setdefault(tag, []).append(each)
    tags = tuple(_tally(tag, found) for tag, found in by_tag.items())
    return Coverage(operations, tags, _tally("", operations))


def _tally(name: str, operations: Iterable[OperationCoverage]) -> Tally:
    found = tuple(operations)
    one, two, three = (sum(each.reaches(level) for each in found) for level in LEVELS)
    return Tally(name, len(found), (one, two, three))


def _missing(operation: Operation, declarations: Mapping[TypeId, Declaration]) -> Iterator[Missing]:
    if not _is_told(operation.docs):
        yield Missing("L1", "a summary or description", _place(operation))
    for parameter in operation.parameters:
        declaration = _declared(parameter.type, declarations)
        if not _is_told(parameter.docs) and not (declaration is not None and _is_told(declaration.docs)):
            yield Missing("L2", f"a description of the parameter `{parameter.wire}`", parameter.origin)
    if not operation.responses:
        yield Missing("L2", "a description of any answer", _place(operation))
    for response in operation.responses:
        if not _is_told(response.docs):
            yield Missing("L2", f"a description of the answer {response.status}", response.origin)
    if not any(response.status[:1] in "45" or response.status == "default" for response in operation.responses):
        yield Missing("L3", "a description of its errors", _place(operation))
    yield from _without_examples(operation, declarations)


def _without_examples(operation: Operation, declarations: Mapping[TypeId, Declaration]) -> Iterator[Missing]:
    contents = operation.body.contents if operation.body is not None else ()
    if contents and not any(_has_example(each, declarations) for each in contents):
        yield Missing("L3", "an example of what it takes", contents[0].origin or _place(operation))
    for response in operation.successes:
        contents = tuple(each for each in response.contents if each.kind in {"json", "json-lines", "events"})
        if contents and not any(_has_example(each, declarations) for each in contents):
            yield Missing("L3", f"an example of the answer {response.status}", contents[0].origin or response.origin)


def _place(operation: Operation) -> Origin | None:
    """The operation's method in the description: its value begins a line further down."""
    return None if operation.origin is None else replace(operation.origin, part="key")


def _has_example(content: Content, declarations: Mapping[TypeId, Declaration]) -> bool:
    """It has one of its own, or its type has, or all the fields that are always there."""
    if content.examples or content.kind == "binary":
        return True
    if content.parts:
        return _have_examples(tuple(part.field for part in content.parts if not part.is_file))
    declaration = _declared(content.type, declarations)
    if declaration is None:
        return False
    if declaration.docs.examples:
        return True
    return isinstance(declaration, ObjectType) and _have_examples(declaration.fields)


def _have_examples(fields: tuple[Field, ...]) -> bool:
    asked = [each for each in fields if each.is_required] or list(fields)
    return all(each.docs.examples or isinstance(each.type, Constant) for each in asked)


def _declared(type_: Type, declarations: Mapping[TypeId, Declaration]) -> Declaration | None:
    """The declaration that a type is, or is a list of."""
    while isinstance(type_, ListOf | Nullable):
        type_ = type_.item if isinstance(type_, ListOf) else type_.inner
    return declarations.get(type_.id) if isinstance(type_, Reference) else None


def _is_told(docs: Docs) -> bool:
    return bool(docs.summary.strip() or docs.description.strip())


def _unproved(operation: Operation, evidence: Evidence) -> Iterator[Missing]:
    """Without these nothing counts."""
    if evidence.shown is not None and operation.id not in evidence.shown:
        yield Missing("L1", "a place on a page of the built site", _place(operation))
    if evidence.samples is not None:
        states = evidence.samples.get(operation.id, {})
        for language in evidence.languages:
            state = states.get(language, "unknown")
            if state != "works":
                said = "compiles" if state == "fails" else "was compiled"
                what = f"a sample in {language} that {said}"
                yield Missing("L1", what, _place(operation), is_unchecked=state != "fails")
