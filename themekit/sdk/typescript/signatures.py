"""The methods of resources as TypeScript declares them: what they take and what they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.api_types import Type
    from themekit.sdk.typescript.plan import Answer, Call, Plan


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its arguments as declared, the names of these, and its result."""

    name: str
    arguments: tuple[str, ...]
    given: tuple[str, ...]
    result: str


def methods_of(call: Call, plan: Plan, *, core: str = "core.", types: str = "types.") -> tuple[Method, ...]:
    """The methods of an operation. `core` and `types` stand before the names of the two modules."""
    scope = Scope(plan, core, types)
    arguments, given = scope.arguments(call)
    found = [Method(call.name, arguments, given, scope.result(call.answer))]
    if call.iterate and call.operation.pagination is not None:
        item = plan.names.spell(call.operation.pagination.item_type, "got", scope=types)
        page = scope.data(call.answer)
        found.append(Method(call.iterate, arguments, given, f"{core}Pages<{item}, {page}>"))
    if call.stream and call.streamed is not None:
        found.append(Method(call.stream, arguments, given, scope.result(call.streamed)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Scope:
    """How the two modules are called where a signature stands."""

    plan: Plan
    core: str
    types: str

    def arguments(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """As declared, and by name only."""
        found = [(each.key, f"{each.key}: {self._spell(each.parameter.type)}") for each in call.path]
        if call.params_type:
            mark = "" if call.needs_params else "?"
            found.append(("params", f"params{mark}: {self.types}{call.params_type}"))
        options = f"{self.types}{call.options_type}" if call.options_type else f"{self.core}RequestOptions"
        found.append(("options", f"options?: {options}"))
        return tuple(text for _, text in found), tuple(name for name, _ in found)

    def result(self, answer: Answer) -> str:
        """What a method returns."""
        if answer.kind in {"events", "json-lines"}:
            return f"{self.core}Stream<{self.data(answer)}>"
        return f"{self.core}ApiPromise<{self.data(answer)}>"

    def data(self, answer: Answer) -> str:
        """What an answer holds."""
        if answer.kind == "none":
            return "void"
        if answer.kind == "binary":
            return f"{self.core}BinaryResponse"
        found = list(dict.fromkeys(self.plan.names.spell(each, "got", scope=self.types) for each in answer.types))
        return " | ".join([*found, *(["undefined"] if answer.has_none else [])])

    def _spell(self, type_: Type) -> str:
        text = self.plan.names.spell(type_, "given", scope=self.types)
        return text.replace("core.", self.core) if self.core != "core." else text
