"""Two versions of an API to what changed on the wire: for every program that talks to it, whatever it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.api_change import ApiChange
from themekit.sdk.changes.types import TypeComparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.model.api import (
        ApiModel,
        Content,
        Operation,
        Parameter,
        Part,
        RequestBody,
        Requirement,
        Response,
        Webhook,
    )
    from themekit.model.api_change import Level
    from themekit.sdk.changes.limits import Direction

_EXPRESSION = re.compile(r"\{[^{}]*\}")


def wire_changes(old: ApiModel, new: ApiModel) -> tuple[ApiChange, ...]:
    """Every difference that a program can feel, in the order of the new description, what is gone first."""
    comparison = _Comparison(old, new, TypeComparison(old.declarations(), new.declarations()))
    comparison.api()
    found = tuple(comparison.types.found.values())
    if not found and old.digest != new.digest:
        return (ApiChange("texts-changed", "patch", "wire", new.title, "only texts, examples, names or order changed"),)
    return found


@dataclass(slots=True)
class _Comparison:
    old: ApiModel
    new: ApiModel
    types: TypeComparison

    def report(self, rule: str, level: Level, where: str, words: str) -> None:
        self.types.report(rule, level, where, words)

    def api(self) -> None:
        before, after = _by_place(self.old.operations), _by_place(self.new.operations)
        for place, one in before.items():
            if place not in after:
                self.types.at(one.origin, None)
                self.report("operation-removed", "major", _where(one), f"`{one.id}` is gone")
        for place, one in after.items():
            if place in before:
                self.operation(before[place], one)
            else:
                self.types.at(None, one.origin)
                self.report("operation-added", "minor", _where(one), f"`{one.id}` is new")
        self.servers()
        self.schemes()
        self.webhooks()

    def operation(self, old: Operation, new: Operation) -> None:
        where = _where(new)
        self.types.at(old.origin, new.origin)
        if old.docs.is_deprecated != new.docs.is_deprecated:
            rule = "operation-deprecated" if new.docs.is_deprecated else "operation-undeprecated"
            words = "is deprecated" if new.docs.is_deprecated else "is not deprecated any more"
            self.report(rule, "minor" if new.docs.is_deprecated else "patch", where, words)
        self.security(old, new, where)
        self.parameters(old.parameters, new.parameters, where)
        self.types.at(old.origin, new.origin)
        self.body(old.body, new.body, where, direction="request")
        self.responses(old.responses, new.responses, where)
        if old.pagination is not None and old.pagination != new.pagination:
            words = (
                "is not a list of pages any more" if new.pagination is None else "goes on to its next page otherwise"
            )
            self.report("pagination-changed", "major", where, words)
        elif old.pagination is None and new.pagination is not None:
            self.report("pagination-added", "minor", where, "is a list of pages now")
        if old.idempotency != new.idempotency:
            self.report("idempotency-changed", "minor" if new.idempotency else "major", where, "repeats otherwise")

    def security(self, old: Operation, new: Operation, where: str) -> None:
        """A caller that was let in must still be: each old alternative needs a new one that asks for no more."""
        before = [_asked(alternative) for alternative in old.security] or [frozenset()]
        after = [_asked(alternative) for alternative in new.security] or [frozenset()]
        if set(before) == set(after):
            return
        for alternative in before:
            if not any(other <= alternative for other in after):
                words = f"{_credentials(alternative)} is not enough any more"
                self.report("security-tightened", "major", where, words)
        for alternative in after:
            if not any(other <= alternative for other in before):
                self.report("security-added", "minor", where, f"{_credentials(alternative)} is enough now")

    def parameters(self, old: Sequence[Parameter], new: Sequence[Parameter], where: str) -> None:
        before = {_parameter_key(each, index): each for index, each in enumerate(_in_path_first(old))}
        after = {_parameter_key(each, index): each for index, each in enumerate(_in_path_first(new))}
        for key, one in before.items():
            if key not in after:
                self.types.at(one.origin, None)
                self.report("parameter-removed", "major", where, f"the {one.place} parameter `{one.wire}` is gone")
        for key, one in after.items():
            if key in before:
                self.parameter(before[key], one, where)
                continue
            self.types.at(None, one.origin)
            rule = "parameter-added-required" if one.is_required else "parameter-added"
            words = f"the {one.place} parameter `{one.wire}` is new{', and required' if one.is_required else ''}"
            self.report(rule, "major" if one.is_required else "minor", where, words)

    def parameter(self, old: Parameter, new: Parameter, where: str) -> None:
        place = f"{where} {new.wire}"
        self.types.at(old.origin, new.origin)
        if old.is_required != new.is_required:
            rule = f"parameter-became-{'required' if new.is_required else 'optional'}"
            self.report(rule, "major" if new.is_required else "minor", place, rule[10:].replace("-", " "))
        one, other = ((each.style, each.explode, each.allow_reserved, each.content_type) for each in (old, new))
        if one != other:
            self.report("parameter-style-changed", "major", place, "is written otherwise")
        self.types.texts(old.docs, new.docs, where=place, direction="request")
        self.types.compare(old.type, new.type, where=place, direction="request")

    def body(self, old: RequestBody | None, new: RequestBody | None, where: str, *, direction: Direction) -> None:
        if old is None and new is not None:
            rule = "body-added-required" if new.is_required else "body-added"
            words = f"takes a body{', which is required' if new.is_required else ''}"
            self.report(rule, "major" if new.is_required else "minor", where, words)
        elif old is not None and new is None:
            self.report("body-removed", "major", where, "takes no body any more")
        elif old is not None and new is not None:
            if old.is_required != new.is_required:
                rule = f"body-became-{'required' if new.is_required else 'optional'}"
                self.report(rule, "major" if new.is_required else "minor", where, rule[5:].replace("-", " "))
            self.contents(old.contents, new.contents, f"{where} body", direction)

    def contents(self, old: Sequence[Content], new: Sequence[Content], where: str, direction: Direction) -> None:
        before = {each.media_type: each for each in old}
        after = {each.media_type: each for each in new}
        for media_type in before:
            if media_type not in after:
                words = f"`{media_type}` is not {'taken' if direction == 'request' else 'answered'} any more"
                self.report(f"{direction}-media-type-removed", "major", where, words)
        for media_type, one in after.items():
            if media_type not in before:
                words = f"`{media_type}` is {'taken' if direction == 'request' else 'answered'}, too"
                self.report(f"{direction}-media-type-added", "minor", where, words)
                continue
            was = before[media_type]
            if was.kind != one.kind or _is_written_otherwise(was, one):
                self.report(f"{direction}-encoding-changed", "major", where, f"`{media_type}` is written otherwise")
            self.types.compare(was.type, one.type, where=where, direction=direction)

    def responses(self, old: Sequence[Response], new: Sequence[Response], where: str) -> None:
        before, after = {each.status: each for each in old}, {each.status: each for each in new}
        for status, one in before.items():
            if status not in after:
                self.types.at(one.origin, None)
                rule = "success-status-removed" if one.is_success else "error-status-removed"
                self.report(rule, "major" if one.is_success else "patch", where, f"status {status} is gone")
        for status, one in after.items():
            place = f"{where} {status}"
            if status not in before:
                self.types.at(None, one.origin)
                rule = "success-status-added" if one.is_success else "error-status-added"
                self.report(rule, "minor", where, f"status {status} is new")
                continue
            was = before[status]
            self.types.at(was.origin, one.origin)
            self.headers(was, one, place)
            if was.contents and not one.contents:
                self.report("response-body-removed", "major", place, "has no body any more")
            elif one.contents and not was.contents:
                self.report("response-body-added", "minor", place, "has a body now")
            else:
                self.contents(was.contents, one.contents, place, "response")

    def headers(self, old: Response, new: Response, where: str) -> None:
        before = {each.wire.lower(): each for each in old.headers}
        after = {each.wire.lower(): each for each in new.headers}
        for name, one in before.items():
            if name not in after:
                level: Level = "major" if one.is_required else "minor"
                self.report("response-header-removed", level, where, f"the header `{one.wire}` is gone")
            else:
                place = f"{where} {one.wire}"
                if one.is_required and not after[name].is_required:
                    self.report("response-header-became-optional", "major", place, "became optional")
                self.types.compare(one.type, after[name].type, where=place, direction="response")
        for name, one in after.items():
            if name not in before:
                self.report("response-header-added", "minor", where, f"the header `{one.wire}` is new")

    def servers(self) -> None:
        before, after = ([each.url for each in api.servers] for api in (self.old, self.new))
        self.types.at(None, None)
        for url in before:
            if url not in after:
                self.report("server-removed", "major", "servers", f"`{url}` is gone")
        for url in after:
            if url not in before:
                self.report("server-added", "minor", "servers", f"`{url}` is new")

    def schemes(self) -> None:
        before, after = ({each.id: each for each in api.schemes} for api in (self.old, self.new))
        for name, one in before.items():
            other = after.get(name)
            self.types.at(one.origin, other.origin if other else None)
            where = f"security scheme {name}"
            if other is None:
                self.report("scheme-removed", "major", where, "is gone")
            elif (one.kind, one.place, one.wire.lower(), one.scheme) != (
                other.kind,
                other.place,
                other.wire.lower(),
                other.scheme,
            ):
                self.report("scheme-changed", "major", where, "is another kind of credential, or sent elsewhere")
            elif [(flow.kind, flow.token_url, flow.authorization_url) for flow in one.flows] != [
                (flow.kind, flow.token_url, flow.authorization_url) for flow in other.flows
            ]:
                self.report("scheme-flows-changed", "major", where, "has other flows, or other addresses for tokens")
        for name, one in after.items():
            if name not in before:
                self.types.at(None, one.origin)
                self.report("scheme-added", "minor", f"security scheme {name}", "is new")

    def webhooks(self) -> None:
        """What the API sends is an answer, for whoever reads it."""
        before, after = ({each.title: each for each in api.webhooks} for api in (self.old, self.new))
        for title, one in before.items():
            other = after.get(title)
            self.types.at(one.origin, other.origin if other else None)
            if other is None:
                self.report("webhook-removed", "major", f"webhook {title}", "is gone")
            else:
                self.webhook(one, other)
        for title, one in after.items():
            if title not in before:
                self.types.at(None, one.origin)
                self.report("webhook-added", "minor", f"webhook {title}", "is new")

    def webhook(self, old: Webhook, new: Webhook) -> None:
        where = f"webhook {new.title}"
        if old.body is not None and new.body is not None:
            self.contents(old.body.contents, new.body.contents, where, "response")
        elif old.body is not None:
            self.report("webhook-body-removed", "major", where, "has no body any more")
        elif new.body is not None:
            self.report("webhook-body-added", "minor", where, "has a body now")


def _where(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _by_place(operations: Iterable[Operation]) -> dict[tuple[str, str], Operation]:
    """Templates that differ in the names of their parameters only are one path."""
    return {(each.method, _EXPRESSION.sub("{}", each.path)): each for each in operations}


def _in_path_first(parameters: Sequence[Parameter]) -> list[Parameter]:
    return sorted(parameters, key=lambda each: each.place != "path")


def _parameter_key(parameter: Parameter, index: int) -> tuple[str, str]:
    """A parameter in the path is known by its place there: its name is not on the wire."""
    if parameter.place == "path":
        return "path", str(index)
    name = parameter.wire.lower() if parameter.place == "header" else parameter.wire
    return parameter.place, name


def _asked(alternative: Iterable[Requirement]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for requirement in alternative:
        scheme, scopes = requirement.scheme, requirement.scopes
        found |= {(scheme, ""), *((scheme, scope) for scope in scopes)}
    return frozenset(found)


def _credentials(asked: frozenset[tuple[str, str]]) -> str:
    if not asked:
        return "a call without credentials"
    names = [f"`{scheme}`" for scheme, scope in sorted(asked) if not scope]
    scopes = [f"`{scope}`" for _, scope in sorted(asked) if scope]
    return " and ".join(names) + (f" with {', '.join(scopes)}" if scopes else "")


def _is_written_otherwise(old: Content, new: Content) -> bool:
    """A field that both have is written in another way."""
    before = {part.field.wire: _writing(part) for part in old.parts}
    return any(before.get(part.field.wire, _writing(part)) != _writing(part) for part in new.parts)


def _writing(part: Part) -> tuple[object, ...]:
    return part.is_file, part.content_type, part.style, part.explode
