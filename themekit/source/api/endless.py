"""Objects that no value can be: one must have a member that must have one of its own kind, and so on without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.api_types import AliasType, ObjectType, Reference, UnionType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api_types import Declaration, Field, TypeId
    from themekit.source.api.reading import Reading


def check_endless(reading: Reading, declared: Mapping[TypeId, Declaration]) -> None:
    """Warn of each object that requires itself, once for all that require one another."""
    endless = _endless(declared)
    told: set[TypeId] = set()
    for id_ in endless:
        way = [] if id_ in told else _way_back(id_, endless)
        if way and told.isdisjoint(target for _, target in way):
            told |= {id_, *(target for _, target in way)}
            names = " and then ".join(quoted(each.wire) for each, _ in way if each is not None)
            origin = declared[id_].origin
            if origin is not None:
                message = f"no value of the schema has an end: it requires {names}, and so itself"
                reading.warn(origin, message, hint="leave one of them out of `required`, or let it be null")


_Steps = list[tuple["Field | None", "TypeId"]]


def _endless(declared: Mapping[TypeId, Declaration]) -> dict[TypeId, _Steps]:
    """What has no finite value, in order, with what each needs of the others: the smallest set, by striking out."""
    needs = {id_: list(_needed(each)) for id_, each in declared.items()}
    users: dict[TypeId, list[TypeId]] = {}
    for id_, steps in needs.items():
        for _, target in steps:
            users.setdefault(target, []).append(id_)
    left = dict(needs)
    waiting = list(declared)
    while waiting:
        id_ = waiting.pop()
        if id_ in left and _has_end(declared[id_], left):
            del left[id_]
            waiting += users.get(id_, ())
    return {id_: [(by, to) for by, to in steps if to in left] for id_, steps in left.items()}


def _has_end(declaration: Declaration, left: Mapping[TypeId, _Steps]) -> bool:
    steps = left[declaration.id]
    if isinstance(declaration, UnionType):
        return len(steps) < len(declaration.variants) or any(target not in left for _, target in steps)
    return all(target not in left for _, target in steps)


def _needed(declaration: Declaration) -> Iterator[tuple[Field | None, TypeId]]:
    """What every value of it holds at once, with the member; lists, maps and null can be without."""
    if isinstance(declaration, ObjectType):
        yield from (
            (each, each.type.id) for each in declaration.fields if each.is_required and isinstance(each.type, Reference)
        )
    elif isinstance(declaration, UnionType):
        yield from ((None, each.type.id) for each in declaration.variants if isinstance(each.type, Reference))
    elif isinstance(declaration, AliasType) and isinstance(declaration.target, Reference):
        yield None, declaration.target.id


def _way_back(start: TypeId, endless: Mapping[TypeId, _Steps]) -> _Steps:
    """The shortest way from a type to itself; empty if there is none."""
    came: dict[TypeId, tuple[TypeId, Field | None]] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for by, target in endless[here]:
            if target == start:
                way: _Steps = [(by, target)]
                while here != start:
                    before, field = came[here]
                    way.append((field, here))
                    here = before
                return way[::-1]
            if target not in came:
                came[target] = here, by
                waiting.append(target)
    return []
