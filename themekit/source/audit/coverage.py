"""What of an API is documented, by operation, at three levels.

- L1: the operation says in words what it does.
- L2: so do all its parameters, and all its answers.
- L3: it also describes its errors, and has examples of what it takes and of what it answers.

A level counts only with those below it, and only for an operation that readers can find and whose samples work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import ApiModel, Operation
    from themekit.model.api_types import Docs
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
    operations = tuple(
        OperationCoverage(each, (*_missing(each), *_unproved(each, evidence))) for each in api.operations
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


def _missing(operation: Operation) -> Iterator[Missing]:
    if not _is_told(operation.docs):
        yield Missing("L1", "a summary or description", operation.origin)
    for parameter in operation.parameters:
        if not _is_told(parameter.docs):
            yield Missing("L2", f"a description of the parameter `{parameter.wire}`", parameter.origin)
    if not operation.responses:
        yield Missing("L2", "a description of any answer", operation.origin)
    for response in operation.responses:
        if not _is_told(response.docs):
            yield Missing("L2", f"a description of the answer {response.status}", response.origin)
    if not any(response.status[:1] in "45" or response.status == "default" for response in operation.responses):
        yield Missing("L3", "a description of its errors", operation.origin)
    yield from _without_examples(operation)


def _without_examples(operation: Operation) -> Iterator[Missing]:
    if (
        operation.body is not None
        and operation.body.contents
        and not any(
            _has_example(each.examples, (part.field.docs for part in each.parts)) for each in operation.body.contents
        )
    ):
        yield Missing("L3", "an example of what it takes", operation.body.contents[0].origin or operation.origin)
    for response in operation.successes:
        contents = [each for each in response.contents if each.kind in {"json", "json-lines", "events"}]
        if contents and not any(each.examples for each in contents):
            yield Missing("L3", f"an example of the answer {response.status}", contents[0].origin or response.origin)


def _has_example(examples: tuple[object, ...], fields: Iterable[Docs]) -> bool:
    return bool(examples) or any(docs.examples for docs in fields)


def _is_told(docs: Docs) -> bool:
    return bool(docs.summary.strip() or docs.description.strip())


def _unproved(operation: Operation, evidence: Evidence) -> Iterator[Missing]:
    """Without these nothing counts."""
    if evidence.shown is not None and operation.id not in evidence.shown:
        yield Missing("L1", "a place on a page of the built site", operation.origin)
    if evidence.samples is not None:
        states = evidence.samples.get(operation.id, {})
        for language in evidence.languages:
            state = states.get(language, "unknown")
            if state != "works":
                said = "compiles" if state == "fails" else "was compiled"
                yield Missing("L1", f"a sample in {language} that {said}", operation.origin)
