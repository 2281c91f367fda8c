"""Token files over one another, and by a resolver in several contexts, with nothing unusual in any of them.

What most projects of one file need is in `tokens`, which asks this module for all others; what needs a closer look is
in `context_sets`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from themekit.build.tokens import plainly_built
from themekit.model.token import Mode
from themekit.model.token_columns import joined_modes
from themekit.resolve.plain_tokens import resolve_plain
from themekit.source.composition import Part, composed
from themekit.source.plain_tokens import ONLY, plain_tokens
from themekit.source.resolver import read_resolver
from themekit.source.resolver_input import every_context, resolutions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.tokens import Plain, Reading, TokenReport
    from themekit.model import Target
    from themekit.source.composition import Composition

    Wholes = Sequence[tuple[str, Composition | None]]
    """What the files say in each resolution, by its label."""

_THEME = {mode.value: mode for mode in Mode}


def build_contexts(reading: Reading, *, targets: Sequence[Target], prefix: str) -> TokenReport:
    """The files of the targets; none if there is an error."""
    wholes = contexts_of(reading)
    plain = _plain(wholes) if wholes and not reading.report.found else None
    report = None if plain is None else plainly_built(plain, reading, targets=targets, prefix=prefix)
    if report is not None:
        return report
    from themekit.build.context_sets import build_sets  # noqa: PLC0415  # 20 ms, for what is not plain

    return build_sets(wholes, reading, targets=targets, prefix=prefix)


def contexts_of(reading: Reading, *, has_every_context: bool = False) -> Wholes:
    """Those that the project asks for, or so many that each context is among them; none without a resolver."""
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


def _plain(wholes: Wholes) -> Plain | None:
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
    joined = joined_modes([tokens for tokens, _ in found], [_THEME.get(label, label) for label, _ in wholes])
    return None if joined is None else (joined, tuple(each for _, diagnostics in found for each in diagnostics))
