"""Which targets a brand asks for: whether there are such, how they can be set, and what they cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Reporter, Severity
from themekit.diagnostics.printable import quoted
from themekit.model import AskedTarget
from themekit.source.did_you_mean import did_you_mean_or, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, Loss, Origin, Target, Token

UNKNOWN_TARGET = Code("unknown-target", summary="A brand asks for a target that there is not.")
INVALID_TARGET_SETTING = Code("invalid-target-setting", summary="A target cannot be set so.")
LOSSY_OUTPUT = Code("lossy-output", Severity.WARNING, "A format cannot say some tokens as they are.")

MAX_NOTES = 8  # of tokens that are named with their places; the message counts them all


def check_asked(brand: Brand, targets: Sequence[Target]) -> tuple[tuple[AskedTarget, ...], tuple[Diagnostic, ...]]:
    """What the brand asks for and there is, and a diagnostic for all that there is not."""
    report = Reporter()
    by_name = {target.name: target for target in targets}
    found = []
    for asked in brand.targets:
        target = by_name.get(asked.name)
        place = brand.origin_of(f"/targets/{asked.name}")
        if target is None:
            names = [name for name, each in by_name.items() if not each.is_default or each.settings]
            hint = did_you_mean_or(asked.name, names, label="targets", before=len(report.found))
            report(UNKNOWN_TARGET, place, f"there is no target {quoted(asked.name)}", hint=hint)
            continue
        found.append(AskedTarget(asked.name, tuple(_allowed(asked, target, brand=brand, report=report))))
    return tuple(found), report.diagnostics


def _allowed(asked: AskedTarget, target: Target, *, brand: Brand, report: Reporter) -> Iterable[tuple[str, str]]:
    by_name = {setting.name: setting for setting in target.settings}
    for name, value in asked.settings:
        setting = by_name.get(name)
        place = brand.origin_of(f"/targets/{asked.name}/{name}")
        if setting is None:
            hint = did_you_mean_or(name, by_name, label="settings", before=len(report.found))
            message = f"the target `{target.name}` has no setting {quoted(name)}"
            report(INVALID_TARGET_SETTING, place, message, hint=hint or "write `{}`")
        elif not setting.allows(value):
            hint = f"allowed: {listed(setting.values)}" if setting.values else f"it is {setting.summary}"
            message = f"`{name}` of the target `{target.name}` cannot be {quoted(value)}"
            report(INVALID_TARGET_SETTING, place, message, hint=hint)
        else:
            yield name, value


def lossy_output(
    target: Target, losses: Iterable[Loss], *, tokens: Iterable[Token], asked: Origin | None = None
) -> tuple[Diagnostic, ...]:
    """A warning for each loss: where the target is asked for, else at the first of the tokens that is concerned."""
    report = Reporter()
    origins = {token.id: token.origin for token in tokens if token.origin is not None}
    for loss in losses:
        place = asked or next((origins[token] for token in loss.tokens if token in origins), None)
        count = len(loss.tokens)
        written = f"{count} tokens" if count != 1 else "1 token"
        notes = [Note(f"`{token}`", origins.get(token)) for token in loss.tokens[:MAX_NOTES]]
        if count > MAX_NOTES:
            notes.append(Note(f"and {count - MAX_NOTES} more"))
        report(LOSSY_OUTPUT, place, f"the target `{target.name}` writes {written} {loss.how}", notes=notes)
    return report.diagnostics
