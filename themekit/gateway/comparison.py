"""What each gateway can do of what a policy asks for, side by side: the comparison for who has to choose one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themekit.gateway.meaning import STATUS, Reason
from themekit.gateway.support import NOT_EXPRESSIBLE, judge, uses
from themekit.model.gateway import Exactness, Feature, Support
from themekit.model.policy import GatewayId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.gateway import Gateway, Refusal
    from themekit.model.policy import Acceptance, Policy

NEEDED: dict[Reason, tuple[Feature, ...]] = {
    Reason.PREFLIGHT: (Feature.CORS,),
    Reason.FOREIGN_ORIGIN: (Feature.CORS,),
    Reason.ADDRESS: (Feature.ADDRESSES,),
    Reason.NO_TOKEN: (Feature.JWKS, Feature.KEYS),
    Reason.BAD_TOKEN: (Feature.JWKS, Feature.KEYS),
    Reason.EXPIRED: (Feature.JWKS, Feature.KEYS),
    Reason.AUDIENCE: (Feature.JWKS, Feature.KEYS),
    Reason.NO_CONSUMER: (Feature.JWKS, Feature.KEYS),
    Reason.SCOPE: (Feature.SCOPES,),
    Reason.CLAIM: (Feature.CLAIMS, Feature.REQUEST_HEADERS),
    Reason.API_KEY: (Feature.API_KEYS,),
    Reason.CERTIFICATE: (Feature.CERTIFICATES,),
    Reason.LIMIT: (Feature.RATES, Feature.QUOTAS),
    Reason.BODY: (Feature.BODY_SIZE,),
}
"""A reason can be met only where a policy uses one of these; one that is not here, everywhere."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one gateway does one feature. `form` and `reason` are what the policy accepts of it, if it does.

    `has_problem`: whatever it can do otherwise, it cannot do all that this policy asks of the feature.
    """

    gateway: str
    support: Support
    form: str = ""
    reason: str = ""
    has_problem: bool = False

    @property
    def is_accepted(self) -> bool:
        """The policy accepts one of the weaker forms that there are."""
        return bool(self.form)

    @property
    def is_open(self) -> bool:
        """Not exact, and not accepted: a policy that uses it cannot have this gateway as it is."""
        return self.support.exactness is not Exactness.EXACT and not self.is_accepted


@dataclass(frozen=True, slots=True)
class Row:
    """One feature on every gateway, in the order of the columns."""

    feature: Feature
    is_used: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A reason that some gateway answers with another status. 0 is the status of the API, None: no such reason."""

    reason: str
    status: int | None
    statuses: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of this very policy that a gateway cannot do, although it does the feature."""

    message: str
    can_be_accepted: bool
    feature: Feature | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A gateway, and what is to be done before it can have the policy."""

    name: str
    summary: str
    is_target: bool
    accepted: int
    to_accept: int
    impossible: int
    problems: tuple[Problem, ...] = ()

    @property
    def verdict(self) -> str:
        """The same in words."""
        if self.impossible:
            return f"cannot: {_counted(self.impossible, 'thing')} without any form"
        if self.to_accept:
            return f"can, with {_counted(self.to_accept, 'weaker form')} to accept"
        if self.accepted:
            return f"can, with {_counted(self.accepted, 'accepted form')}"
        return "can, exactly"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gateways as columns, features as rows, and the answers that differ."""

    policy: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    answers: tuple[AnswerRow, ...]

    @property
    def inexact(self) -> tuple[Cell, ...]:
        """Every cell that has something to say, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells if cell.support.exactness is not Exactness.EXACT)


def compare(policy: Policy, gateways: Iterable[Gateway], *, has_all: bool = False) -> Comparison:
    """Each gateway, whether it is a target or not, against what the policy uses; `has_all`: against every feature."""
    columns = tuple(gateways)
    used = {use.feature for use in uses(policy)}
    refusals = {gateway.name: gateway.refuses(policy) for gateway in columns}  # for AWS, as much as making its files
    rows = tuple(
        Row(
            feature,
            feature in used,
            tuple(_cell(policy, gateway, refusals=refusals[gateway.name], feature=feature) for gateway in columns),
        )
        for feature in Feature
        if has_all or feature in used
    )
    summaries = tuple(_column(policy, gateway, rows=rows, refusals=refusals[gateway.name]) for gateway in columns)
    return Comparison(
        policy=policy.name,
        columns=summaries,
        rows=tuple(_marked(row, summaries) for row in rows),
        answers=tuple(_answers(columns, used=used, has_all=has_all)),
    )


def _cell(policy: Policy, gateway: Gateway, *, refusals: Iterable[Refusal], feature: Feature) -> Cell:
    support = gateway.support(feature)
    if support.exactness is Exactness.EXACT:
        of_policy = (
            Support(feature, Exactness.WEAKER, each.why, each.forms) for each in refusals if each.feature is feature
        )
        support = next((each for each in of_policy if _accepted(policy, gateway, each)), support)
    accepted = _accepted(policy, gateway, support)
    if accepted is None:
        return Cell(gateway.name, support)
    return Cell(gateway.name, support, accepted.form, accepted.reason)


def _accepted(policy: Policy, gateway: Gateway, support: Support) -> Acceptance | None:
    forms = {form.name for form in support.forms}
    return next(
        (
            each
            for each in policy.accepted
            if each.target == gateway.name and each.feature == support.feature and each.form in forms
        ),
        None,
    )


def _column(policy: Policy, gateway: Gateway, *, rows: tuple[Row, ...], refusals: tuple[Refusal, ...]) -> Column:
    cells = [cell for row in rows if row.is_used for cell in row.cells if cell.gateway == gateway.name]
    unmet = [cell for cell in cells if cell.is_open]
    problems = _problems(policy, replace(gateway, refuses=lambda _: refusals), unmet=unmet)
    asked: list[tuple[str, bool]] = [(cell.support.feature, bool(cell.support.forms)) for cell in unmet]
    asked += [(each.feature or each.message, each.can_be_accepted) for each in problems]
    return Column(
        name=gateway.name,
        summary=gateway.summary,
        is_target=gateway.name in policy.targets,
        accepted=sum(cell.is_accepted for cell in cells),
        to_accept=len({what for what, can_be_accepted in asked if can_be_accepted}),
        impossible=len({what for what, can_be_accepted in asked if not can_be_accepted}),
        problems=problems,
    )


def _problems(policy: Policy, gateway: Gateway, *, unmet: list[Cell]) -> tuple[Problem, ...]:
    """What a build would refuse if this were the one target, but for what the rows say already."""
    alone = replace(policy, targets=(GatewayId(gateway.name),))
    refused = [each for each in judge(alone, {gateway.name: gateway}) if each.code == NOT_EXPRESSIBLE.name]
    said = tuple(f"`{cell.support.feature}`: {cell.support.why}" for cell in unmet)
    others = [each for each in refused if not each.message.endswith(said)]
    found = (Problem(each.message, "`accept`" in (each.hint or ""), _feature_in(each.message)) for each in others)
    return tuple(dict.fromkeys(found))


def _feature_in(message: str) -> Feature | None:
    return next((feature for feature in Feature if f"`{feature}`: " in message), None)


def _marked(row: Row, columns: tuple[Column, ...]) -> Row:
    having = {column.name for column in columns if row.feature in {each.feature for each in column.problems}}
    return replace(row, cells=tuple(replace(cell, has_problem=cell.gateway in having) for cell in row.cells))


def _answers(gateways: tuple[Gateway, ...], *, used: set[Feature], has_all: bool) -> list[AnswerRow]:
    """In the order of the reasons; then those that the meaning does not know."""
    differing = [dict(gateway.answers) for gateway in gateways]
    known = {str(reason): STATUS[reason] for reason in Reason}
    named = [*known, *dict.fromkeys(name for each in differing for name in each if name not in known)]
    found: list[AnswerRow] = []
    for name in named:
        status = known.get(name)
        statuses = tuple(each.get(name, status) for each in differing)
        if any(each != status for each in statuses) and (has_all or _can_be_met(name, used)):
            found.append(AnswerRow(name, status, statuses))
    return found


def _can_be_met(name: str, used: set[Feature]) -> bool:
    needed = NEEDED.get(Reason(name), ()) if name in set(Reason) else ()
    return not needed or not used.isdisjoint(needed)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
