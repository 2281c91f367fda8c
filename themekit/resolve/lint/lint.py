"""What the rules find in tokens, each as severe as the brand says, or whoever asks where there is no brand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity
from themekit.diagnostics.printable import quoted
from themekit.resolve.lint.registry import all_rules
from themekit.resolve.lint.rule import Theme
from themekit.source.did_you_mean import did_you_mean_or

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import Brand, Origin, ResolvedTokens, TokenSet
    from themekit.resolve.lint.rule import Finding, Rule

UNKNOWN_RULE = Code("unknown-rule", summary="A brand sets the severity of a rule that there is not.")

OFF = "off"
LEVELS = (OFF, Severity.WARNING.value, Severity.ERROR.value)
MAX_FOUND = 50  # of one rule; the rest is counted: a set from another tool can have thousands of names in one style


def lint(brand: Brand, resolved: ResolvedTokens, *, rules: Sequence[Rule] | None = None) -> tuple[Diagnostic, ...]:
    """The findings of all rules that are not off, rule by rule; and what the brand says of rules that there are not."""
    known = all_rules() if rules is None else rules
    chosen = dict(brand.lint)
    found = list(_unknown(brand, known))
    theme = Theme(brand.tokens, brand, resolved)
    for rule in known:
        level = _level(rule, chosen)
        if level != OFF:
            found += _limited(rule, Severity(level), list(rule.check(theme)), place=_place(brand, rule))
    return tuple(found)


def lint_tokens(tokens: TokenSet, levels: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The same of tokens without a brand, by the rules that need none. `levels` has severities by names of rules."""
    theme = Theme(tokens)
    found: list[Diagnostic] = []
    for rule in rules_without_brand():
        level = _level(rule, levels)
        if level != OFF:
            found += _limited(rule, Severity(level), list(rule.check(theme)), place=None)
    return tuple(found)


def rules_without_brand() -> tuple[Rule, ...]:
    """The rules that are about any tokens, not about the defaults of a brand."""
    return tuple(rule for rule in all_rules() if not rule.needs_brand)


def _level(rule: Rule, levels: Mapping[str, str]) -> str:
    return levels.get(rule.code.name, rule.code.severity.value if rule.is_on else OFF)


def _limited(
    rule: Rule, severity: Severity, findings: Sequence[Finding], *, place: Origin | None
) -> Iterator[Diagnostic]:
    for one in findings[:MAX_FOUND]:
        yield Diagnostic(rule.code.name, severity, one.message, one.place or place, one.notes, one.hint)
    if len(findings) > MAX_FOUND:
        rest = len(findings) - MAX_FOUND
        last = findings[MAX_FOUND].place or place
        yield Diagnostic(rule.code.name, severity, f"and {rest} more places like the {MAX_FOUND} before", last)


def _unknown(brand: Brand, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
    names = [rule.code.name for rule in rules]
    report = Reporter()
    for name, _ in brand.lint:
        if name not in names:
            hint = did_you_mean_or(name, names, label="the rules are", before=len(report.found))
            origin = brand.origin_of(f"/lint/{name}")
            place = None if origin is None else replace(origin, part="key")
            report(UNKNOWN_RULE, place, f"there is no rule {quoted(name)}", hint=hint)
    return report.diagnostics


def _place(brand: Brand, rule: Rule) -> Origin | None:
    """Where the brand asks for the rule: for what stands nowhere in its file."""
    return brand.origin_of(f"/lint/{rule.code.name}")
