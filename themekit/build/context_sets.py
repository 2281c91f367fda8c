"""Token files of any kind, in one context or several, with whatever is wrong in them.

What is plain in all contexts is built by `token_contexts`, to the same files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.build.target_choice import lossy_output
from themekit.build.token_contexts import contexts_of
from themekit.build.tokens import TokenReport, options_of
from themekit.model import TokenSet
from themekit.resolve.contexts import resolve_contexts
from themekit.source.node import Node
from themekit.source.tokens import read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.build.token_contexts import Wholes
    from themekit.build.tokens import Reading
    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact, Target
    from themekit.source.composition import Composition


def build_sets(wholes: Wholes, reading: Reading, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    """The files of the targets; none if there is an error."""
    sets = [(label, _tokens(reading, whole)) for label, whole in wholes]
    resolved, found = resolve_contexts(sets)
    report = reading.finished(found)
    if resolved is None or not report.is_good:
        return report
    artifacts: list[Artifact] = []
    lossy: list[Diagnostic] = []
    for target in targets:
        options = options_of(target, reading.host, prefix=prefix)
        artifacts += target.emit(resolved, options)
        if target.losses and (losses := target.losses(resolved, options)):
            lossy += lossy_output(target, losses, tokens=(token for _, tokens in sets for token in tokens))
    if lossy:
        report = reading.finished((*found, *lossy))
    return TokenReport(tuple(artifacts), report.diagnostics, len(resolved.tokens), resolved.modes)


def check_contexts(reading: Reading, *, lint: Callable[[TokenSet], Iterable[Diagnostic]]) -> TokenReport:
    """All that is wrong in any context, and what `lint` says of its tokens."""
    wholes = contexts_of(reading, has_every_context=not reading.project.contexts)
    sets = [(label, _tokens(reading, whole)) for label, whole in wholes]
    found: list[Diagnostic] = []
    for each in sets:
        found += (*resolve_contexts((each,))[1], *lint(each[1]))
    report = reading.finished(found)
    return replace(report, count=max((len(tokens.tokens) for _, tokens in sets), default=0))


def _tokens(reading: Reading, whole: Composition | None) -> TokenSet:
    if whole is None:
        return TokenSet()
    return read_tokens(Node(whole.members, "", whole.sources, reading.report), casings=reading.casings)
