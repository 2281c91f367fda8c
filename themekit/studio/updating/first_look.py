"""What is other in one mode, before all else is known of an edit: most look at light mode, and the others at dark.

Of the default colours alone each declaration follows at once, with no reference to follow: half the time of a mode
that is resolved. So it is where nothing but the brand's seeds is other than in the last state that was good. And of
these, what follows from the primary seed alone is there in a quarter of that: a page is recognised by its header.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.resolve import default_colors, leading_colors, resolve_mode
from themekit.studio.updating.patch import amended
from themekit.targets.css import TARGET, first_rules, rules_of

if TYPE_CHECKING:
    from themekit.model import Brand
    from themekit.studio.updating.patch import Patch
    from themekit.targets.css import Rule

    Look = tuple[tuple[Rule, ...], Patch]


def glimpse(known: Brand, rules: tuple[Rule, ...], *, good: Brand, mode: Mode = Mode.LIGHT) -> Look | None:
    """The same as `first_look` of what follows from the primary seed at once; None if it is not that which changed."""
    if known.color.primary == good.color.primary:
        return None
    return amended(rules, first_rules(leading_colors(known, mode), mode, prefix=TARGET.options.prefix))


def first_look(known: Brand, rules: tuple[Rule, ...], *, good: Brand | None, mode: Mode = Mode.LIGHT) -> Look | None:
    """The sheet's rules with the declarations of a mode that are others now, and these as a patch.

    `rules` are those of `good`, the last brand that had no mistake. None where it is not sure that this one has none,
    and where a mode cannot be looked at alone. What follows from a seed by way of a composite, as a shadow does, is not
    among them: it comes with all modes.
    """
    if good is not None and known.color != good.color and replace(known, color=good.color) == good:
        return amended(rules, first_rules(default_colors(known, mode), mode, prefix=TARGET.options.prefix))
    resolved = resolve_mode(known, mode) if mode is Mode.LIGHT else None
    return None if resolved is None else amended(rules, rules_of(resolved, TARGET.options))
