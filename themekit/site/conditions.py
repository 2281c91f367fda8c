"""The conditions of a page: `sections.payouts and not brand.urls.status`, as a tree that can be judged.

    expression = conjunction { "or" conjunction }
    conjunction = claim { "and" claim }
    claim = [ "not" ] ( "sections." name | "brand." field | "locale" ( "==" | "!=" ) string )

Nothing else: no parentheses, no filters, no arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ClaimKind = Literal["section", "field", "locale"]

_LEXEME = re.compile(
    r"""\s*(?:
        (?P<subject>(?:sections|brand)\.[A-Za-z][A-Za-z0-9_.-]*)
      | (?P<word>[A-Za-z][A-Za-z0-9_]*)
      | (?P<operator>==|!=)
      | (?P<quote>["'])(?P<string>[^"']*)(?P=quote)
      | (?P<other>\S)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions are judged by: the enabled sections, the fields that have a value, the locale."""

    sections: frozenset[str]
    present: frozenset[str]
    locale: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `column` counts characters from the start of the expression, 0-based."""

    kind: ClaimKind
    name: str
    is_negated: bool
    column: int

    def holds(self, facts: Facts) -> bool:
        """Whether the claim is true."""
        match self.kind:
            case "section":
                truth = self.name in facts.sections
            case "field":
                truth = self.name in facts.present
            case "locale":
                truth = self.name == facts.locale
        return truth is not self.is_negated


@dataclass(frozen=True, slots=True)
class Condition:
    """Claims in disjunctive form: true if all claims of one conjunction hold."""

    conjunctions: tuple[tuple[Claim, ...], ...]

    def holds(self, facts: Facts) -> bool:
        """Whether the condition is true."""
        return any(all(claim.holds(facts) for claim in conjunction) for conjunction in self.conjunctions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order written."""
        return tuple(claim for conjunction in self.conjunctions for claim in conjunction)

    @property
    def present_if_true(self) -> frozenset[str]:
        """Fields that surely have a value where the condition is true: those that every conjunction claims."""
        claimed = [_fields(conjunction, is_negated=False) for conjunction in self.conjunctions]
        return frozenset.intersection(*claimed)

    @property
    def present_if_false(self) -> frozenset[str]:
        """Fields that surely have a value where the condition is false: `not brand.x` alone was a way to be true."""
        alone = [conjunction for conjunction in self.conjunctions if len(conjunction) == 1]
        return frozenset[str]().union(*(_fields(conjunction, is_negated=True) for conjunction in alone))


@dataclass(frozen=True, slots=True)
class ConditionFault:
    """Why an expression is none. `column` and `length` count characters from its start, 0-based."""

    message: str
    column: int
    length: int


def parse_condition(text: str) -> Condition | ConditionFault:
    """The condition, or the first fault in it."""
    lexemes = [match for match in _LEXEME.finditer(text) if match.lastgroup]
    conjunctions: list[list[Claim]] = [[]]
    position = 0
    while True:
        claim, position = _claim(lexemes, position, text)
        if isinstance(claim, ConditionFault):
            return claim
        conjunctions[-1].append(claim)
        if position == len(lexemes):
            return Condition(tuple(tuple(conjunction) for conjunction in conjunctions))
        joint = lexemes[position]
        if joint["word"] == "or":
            conjunctions.append([])
        elif joint["word"] != "and":
            return _fault(joint, f"expected `and` or `or`, found `{joint.group().strip()}`")
        position += 1


def _claim(lexemes: list[re.Match[str]], position: int, text: str) -> tuple[Claim | ConditionFault, int]:
    is_negated = False
    if position < len(lexemes) and lexemes[position]["word"] == "not":
        is_negated, position = True, position + 1
    if position >= len(lexemes):
        return ConditionFault("the condition ends too early", len(text.rstrip()), 1), position
    lexeme = lexemes[position]
    column = lexeme.end() - len(lexeme.group().lstrip())
    if subject := lexeme["subject"]:
        owner, _, name = subject.partition(".")
        return Claim("section" if owner == "sections" else "field", name, is_negated, column), position + 1
    if lexeme["word"] != "locale":
        found = lexeme.group().strip()
        return _fault(lexeme, f'`{found}` is no claim: use `sections.x`, `brand.x` or `locale == "de"`'), position
    rest = lexemes[position + 1 : position + 3]
    if len(rest) < 2 or not rest[0]["operator"] or rest[1]["quote"] is None:
        return _fault(lexeme, '`locale` is compared with a quoted language: `locale == "de"`'), position
    is_unequal = rest[0]["operator"] == "!="
    return Claim("locale", rest[1]["string"], is_negated is not is_unequal, column), position + 3


def _fault(lexeme: re.Match[str], message: str) -> ConditionFault:
    found = lexeme.group().lstrip()
    return ConditionFault(message, lexeme.end() - len(found), len(found))


def _fields(conjunction: tuple[Claim, ...], *, is_negated: bool) -> frozenset[str]:
    return frozenset(claim.name for claim in conjunction if claim.kind == "field" and claim.is_negated is is_negated)
