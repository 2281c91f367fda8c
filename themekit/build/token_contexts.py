"""Token files of any kind: several over one another, by a resolver in several contexts, with whatever is wrong in them.

What most projects of one file need is in `tokens`, which asks this module for all others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.build.target_choice import lossy_output
from themekit.build.tokens import TokenReport, options_of
from themekit.model import TokenSet
from themekit.resolve.contexts import resolve_contexts
from themekit.source.composition import Part, composed
from themekit.source.node import Node
from themekit.source.plain_tokens import ONLY
from themekit.source.resolver import read_resolver
from themekit.source.resolver_input import every_context, resolutions
from themekit.source.tokens import read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.build.tokens import Reading
    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact, Target


def build_contexts(reading: Reading, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    """The files of the targets; none if there is an error."""
    sets = _sets(reading)
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
    sets = _sets(reading, has_every_context=not reading.project.contexts)
    found: list[Diagnostic] = []
    for each in sets:
        found += (*resolve_contexts((each,))[1], *lint(each[1]))
    report = reading.finished(found)
    return replace(report, count=max((len(tokens.tokens) for _, tokens in sets), default=0))


def _sets(reading: Reading, *, has_every_context: bool = False) -> tuple[tuple[str, TokenSet], ...]:
    """The tokens of each resolution by its label."""
    documents, project = reading.documents, reading.project
    roots = [root for path in project.files if (root := documents.root(path)) is not None]
    parts = [Part(root.value, root.sources) for root in roots if isinstance(root.value, dict)]
    if project.resolver is None:
        return ((ONLY, _tokens(reading, parts)),)
    resolver = read_resolver(project.resolver, documents)
    if resolver is None:
        return ()
    wanted = (
        every_context(resolver) if has_every_context else resolutions(resolver, project.contexts, report=reading.report)
    )
    return tuple((each.label, _tokens(reading, [*parts, *resolver.parts(each.contexts)])) for each in wanted)


def _tokens(reading: Reading, parts: Sequence[Part]) -> TokenSet:
    if not parts:
        return TokenSet()
    whole = composed(parts, reading.report)
    return read_tokens(Node(whole.members, "", whole.sources, reading.report), casings=reading.casings)
