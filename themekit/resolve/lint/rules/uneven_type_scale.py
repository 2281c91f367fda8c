"""Each size of the type scale is at least as large as the one before."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model import TokenId
from themekit.resolve.lint.rule import Finding, Rule, px_of, shown_px, written
from themekit.resolve.shape_tokens import SIZES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import Origin
    from themekit.resolve.lint.rule import Theme

UNEVEN_TYPE_SCALE = Code(
    "uneven-type-scale", Severity.WARNING, "A size of the type scale is smaller than the one before."
)


def find(theme: Theme) -> Iterator[Finding]:
    """Neighbours in `font.size.xs` to `font.size.4xl` that stand in the wrong order, in any mode."""
    for smaller, larger in itertools.pairwise(TokenId(f"font.size.{name}") for name in SIZES):
        one, other = theme.by_id.get(smaller), theme.by_id.get(larger)
        pairs = zip(one.values, other.values, strict=True) if one and other else ()
        sizes = [(px_of(first), px_of(second)) for first, second in pairs]
        wrong = [(first, second) for first, second in sizes if first is not None and second is not None]
        for first_px, second_px in [each for each in wrong if each[0] > each[1]][:1]:
            message = f"`{larger}` is {shown_px(second_px)}, smaller than `{smaller}`, which is {shown_px(first_px)}"
            yield Finding(_place(theme, larger, smaller), message)


def _place(theme: Theme, *ids: TokenId) -> Origin | None:
    """Of the first of these that the brand writes, else of what the scale is made from."""
    origins = [next(written(theme.own[token_id])).place() for token_id in ids if token_id in theme.own]
    names = ("base", "ratio") if theme.brand else ()
    fields = (theme.brand.origin_of(f"/typography/scale/{name}") for name in names if theme.brand)
    return next((each for each in (*origins, *fields) if each), None)


RULE = Rule(UNEVEN_TYPE_SCALE, find, needs_brand=True)
