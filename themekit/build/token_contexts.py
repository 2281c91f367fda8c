"""Token files of any kind: several over one another, by a resolver in several contexts, with whatever is wrong in them.

What most projects of one file need is in `tokens`, which asks this module for all others.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from themekit.build.target_choice import lossy_output
from themekit.build.tokens import TokenReport, options_of, plainly_built
from themekit.model import TokenSet
from themekit.model.token_columns import joined_modes
from themekit.resolve.contexts import THEME, resolve_contexts
from themekit.resolve.plain_tokens import resolve_plain
from themekit.source.composition import Part, composed
from themekit.source.node import Node
from themekit.source.plain_tokens import ONLY, plain_tokens
from themekit.source.resolver import read_resolver
from themekit.source.resolver_input import every_context, resolutions
from themekit.source.tokens import read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.build.tokens import Plain, Reading
    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact, Target
    from themekit.source.composition import Composition


def build_contexts(reading: Reading, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    """The files of the targets; none if there is an error."""
    wholes = _wholes(reading)
    plain = _plain(wholes) if wholes and not reading.report.found else None
    report = None if plain is None else plainly_built(plain, reading, targets=targets, prefix=prefix)
    if report is not None:
        return report
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
    wholes = _wholes(reading, has_every_context=not reading.project.contexts)
    sets = [(label, _tokens(reading, whole)) for label, whole in wholes]
    found: list[Diagnostic] = []
    for each in sets:
        found += (*resolve_contexts((each,))[1], *lint(each[1]))
    report = reading.finished(found)
    return replace(report, count=max((len(tokens.tokens) for _, tokens in sets), default=0))


def _wholes(reading: Reading, *, has_every_context: bool = False) -> list[tuple[str, Composition | None]]:
    """What the files say in each resolution, by its label."""
    documents, project = reading.documents, reading.project
    roots = [root for path in project.files if (root := documents.root(path)) is not None]
    parts = [Part(root.value, root.sources) for root in roots if isinstance(root.value, dict)]
    if project.resolver is None:
        return [(ONLY, _whole(reading, parts))]
    resolver = read_resolver(project.resolver, documents)
    if resolver is None:
        return []
    wanted = (
        every_context(resolver) if has_every_context else resolutions(resolver, project.contexts, report=reading.report)
    )
    return [(each.label, _whole(reading, [*parts, *resolver.parts(each.contexts)])) for each in wanted]


def _whole(reading: Reading, parts: Sequence[Part]) -> Composition | None:
    return composed(parts, reading.report) if parts else None


def _tokens(reading: Reading, whole: Composition | None) -> TokenSet:
    if whole is None:
        return TokenSet()
    return read_tokens(Node(whole.members, "", whole.sources, reading.report), casings=reading.casings)


def _plain(wholes: Sequence[tuple[str, Composition | None]]) -> Plain | None:
    """As `resolve_contexts`, where every context is plain and has the same tokens."""
    found = []
    for label, whole in wholes:
        tokens = None if whole is None else plain_tokens(whole.members)
        if whole is None or tokens is None:
            return None
        resolved = resolve_plain(tokens, partial(whole.sources.origin, part="key"), mode=label)
        if resolved is None:
            return None
        found.append(resolved)
    joined = joined_modes([tokens for tokens, _ in found], [THEME.get(label, label) for label, _ in wholes])
    return None if joined is None else (joined, tuple(each for _, diagnostics in found for each in diagnostics))
