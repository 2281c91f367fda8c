"""What each gateway can do of what a policy asks for, side by side: the comparison for who has to choose one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themekit.gateway.meaning import STATUS, Reason
from themekit.gateway.support import NOT_EXPRESSIBLE, judge, uses
from themekit.model.gateway import Exactness, Feature
from themekit.model.policy import GatewayId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.gateway import Gateway, Support
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
    """How one gateway does one feature. `form` and `reason` are what the policy accepts of it, if it does."""

    gateway: str
    support: Support
    form: str = ""
    reason: str = ""

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
    rows = tuple(
        Row(feature, feature in used, tuple(_cell(policy, gateway, feature) for gateway in columns))
        for feature in Feature
        if has_all or feature in used
    )
    return Comparison(
        policy=policy.name,
        columns=tuple(_column(policy, gateway, rows=rows) for gateway in columns),
        rows=rows,
        answers=tuple(_answers(columns, used=used, has_all=has_all)),
    )


def _cell(policy: Policy, gateway: Gateway, feature: Feature) -> Cell:
    support = gateway.support(feature)
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


def _column(policy: Policy, gateway: Gateway, *, rows: tuple[Row, ...]) -> Column:
    cells = [cell for row in rows if row.is_used for cell in row.cells if cell.gateway == gateway.name]
    unmet = [cell for cell in cells if cell.is_open]
    problems = _problems(policy, gateway, unmet=unmet)
    acceptable = sum(each.can_be_accepted for each in problems)
    return Column(
        name=gateway.name,
        summary=gateway.summary,
        is_target=gateway.name in policy.targets,
        accepted=sum(cell.is_accepted for cell in cells),
        to_accept=sum(bool(cell.support.forms) for cell in unmet) + acceptable,
        impossible=sum(not cell.support.forms for cell in unmet) + len(problems) - acceptable,
        problems=problems,
    )


def _problems(policy: Policy, gateway: Gateway, *, unmet: list[Cell]) -> tuple[Problem, ...]:
    """What a build would refuse if this were the one target, but for what the rows say already."""
    alone = replace(policy, targets=(GatewayId(gateway.name),))
    refused = [each for each in judge(alone, {gateway.name: gateway}) if each.code == NOT_EXPRESSIBLE.name]
    said = tuple(f"`{cell.support.feature}`: {cell.support.why}" for cell in unmet)
    others = [each for each in refused if not each.message.endswith(said)]
    return tuple(Problem(each.message, "`accept`" in (each.hint or "")) for each in others)


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
