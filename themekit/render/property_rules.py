"""Resolved tokens to the rules of custom properties: colours of each gamut by mode, and times where none is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.render.css_modes import P3, REC2020, everywhere, mode_rules
from themekit.render.css_rules import Rule
from themekit.render.mode_declarations import Varying, mode_declarations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import ResolvedTokens

STILL = ".01ms"  # not 0, or `transitionend` would never come and scripts would wait for ever


def property_rules(tokens: ResolvedTokens, prefix: str) -> Iterator[Rule]:
    """Every rule in cascade order; all have the same specificity, so the later one wins."""
    modes = tokens.modes
    found = mode_declarations(tokens, prefix)
    yield from mode_rules(modes, prefix, names=found.names, texts=found.texts, varying=found.varying)
    alone = Varying(found.varying.names)
    for conditions, texts in ((P3, found.wide), (REC2020, found.widest)):
        names = tuple(texts[0])
        wider = mode_rules(modes, prefix, names=names, texts=texts, varying=alone, has_scheme=False) if names else ()
        for rule in wider:
            if rule.declarations:  # a colour scheme is chosen without them
                yield rule._replace(conditions=(*conditions, *rule.conditions))
    yield from still_rules(found.times, prefix)


def still_rules(times: Sequence[str], prefix: str) -> Iterator[Rule]:
    """The time spans as they are where motion is not wanted; that of a whole transition is one without a curve."""
    if times:
        still = {name: "0ms" if name.endswith("-delay") else STILL for name in times}
        yield Rule(("@media (prefers-reduced-motion: reduce)",), everywhere(prefix), still)
