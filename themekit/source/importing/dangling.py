"""Tokens that follow, over others perhaps, what an import left out or what its source does not have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.importing.texts import is_alias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

NOT_HERE = "import what has it together with this, as with the configuration that names all files, or write a value"
LEFT_OUT = "what was said of that token says why; mend it, or write a value here"


@dataclass(frozen=True, slots=True)
class Placed:
    """A token that was made: its path, the group that holds it, its value as it was written, and the name people know.

    `references` are the places of the references in that value, by what they lead to.
    """

    path: tuple[str, ...]
    group: JsonObject
    item: Item
    shown: str
    references: Mapping[str, Item]

    @property
    def name(self) -> str:
        """As references have it."""
        return ".".join(self.path)

    @property
    def token(self) -> JsonValue:
        """What was made."""
        return self.group[self.path[-1]]


def leave_out_dangling(trees: Iterable[JsonObject], placed: Sequence[Placed], *, seen: AbstractSet[str]) -> int:
    """Take out of the trees what leads to no token, and report each; how many. `seen` are the names in the source.

    Groups that hold nothing then are taken out too: all that was in them is reported.
    """
    found = dangling([(each.name, each.token) for each in placed])
    gone = {index for index, _ in found}
    names = [each.name for index, each in enumerate(placed) if index not in gone]
    for index, target in found:
        each = placed[index]
        del each.group[each.path[-1]]
        place = each.references.get(target, each.item)
        is_seen = target in seen
        hint = LEFT_OUT if is_seen else place.near(target, names) or NOT_HERE
        why = "was left out" if is_seen else "is not here"
        place.report(NOT_IMPORTED, f"{each.shown} was left out: it follows {quoted(target)}, which {why}", hint=hint)
    for tree in trees:
        _prune(tree)
    return len(found)


def _prune(group: JsonObject) -> None:
    for name, each in list(group.items()):
        if isinstance(each, dict) and not name.startswith("$") and "$value" not in each:
            _prune(each)
            if not each:
                del group[name]


def dangling(tokens: Sequence[tuple[str, JsonValue]]) -> list[tuple[int, str]]:
    """The places in the list of tokens to be left out, each with the name it follows, which no token has.

    Several tokens may have one name, as in several sets: what follows it has something as long as one of them is left.
    """
    followers: dict[str, list[int]] = {}
    left = Counter(name for name, _ in tokens)
    for index, (_, token) in enumerate(tokens):
        for target in dict.fromkeys(_targets(token)):
            followers.setdefault(target, []).append(index)
    found: dict[int, str] = {}
    pending = [target for target in followers if not left[target]]
    while pending:
        target = pending.pop()
        for index in followers.get(target, ()):
            if index in found:
                continue
            found[index] = target
            name = tokens[index][0]
            left[name] -= 1
            if not left[name]:
                pending.append(name)
    return sorted(found.items())


def _targets(token: JsonValue) -> Iterator[str]:
    """What the value leads to, and the values for modes; what else a token says may look like references."""
    members = token if isinstance(token, dict) else {}
    extensions = members.get("$extensions")
    own = extensions.get("themekit") if isinstance(extensions, dict) else None
    pending = [members.get("$value"), own.get("modes") if isinstance(own, dict) else None]
    while pending:
        each = pending.pop()
        if isinstance(each, str) and is_alias(each):
            yield each[1:-1]
        elif isinstance(each, dict):
            pending.extend(each.values())
        elif isinstance(each, list):
            pending.extend(each)
