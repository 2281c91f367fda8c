"""The part of all brands that one of several machines builds, when none of them knows of the others.

Every machine computes the same partition from the same inputs. To render a variant of the portal costs as much as a
dozen brands made from it, so brands are not dealt out one by one, as by a hash of their names, which would have every
machine render nearly every variant: they are laid in a row, variant by variant, and the row is cut where the machine
with the most to do has the least. At most one variant is rendered twice at each cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.portal import variant
from themekit.engine.encoding import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.engine import Engine
    from themekit.model import BrandId

RENDER_COST = 12
"""Of a variant's render (23 s of CPU), in brands (their assets, tree and zip: 2 s)."""
_FORM = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """The part `number` of `count`; the first is 1."""

    number: int
    count: int

    @property
    def suffix(self) -> str:
        """As part of a file's name."""
        return f"{self.number}-of-{self.count}"


def parse_shard(text: str) -> Shard:
    """The shard written as `2/8`. Raises ValueError for another form, and for a number above the count."""
    match = _FORM.fullmatch(text)
    if match is None or int(match[1]) > int(match[2]):
        raise ValueError("a shard is `i/n`: which of how many, from `1/n` to `n/n`")
    return Shard(int(match[1]), int(match[2]))


def brands_of(engine: Engine, brands: Sequence[BrandId], *, shard: Shard, renders: bool) -> tuple[BrandId, ...]:
    """The shard's brands in their order; none if there are more shards than brands.

    `renders` is false if no site is built: then only the number of brands counts.
    """
    by_variant: dict[str, list[BrandId]] = {}
    for brand_id in sorted(brands):
        by_variant.setdefault(_template_of(engine, brand_id) if renders else "", []).append(brand_id)
    groups = [by_variant[key] for key in sorted(by_variant)]
    parts = partition(groups, shard.count, render_cost=RENDER_COST if renders else 0)
    mine = set(parts[shard.number - 1]) if shard.number <= len(parts) else set()
    return tuple(brand_id for brand_id in brands if brand_id in mine)


def partition(groups: Iterable[Sequence[BrandId]], count: int, *, render_cost: int) -> list[list[BrandId]]:
    """The brands in their order, cut into at most `count` parts, so that the dearest is as cheap as can be.

    A part costs 1 for each brand and `render_cost` for each group it has a brand of.
    """
    row = [(brand_id, number) for number, group in enumerate(groups) for brand_id in group]
    low, high = render_cost, len(row) * (1 + render_cost)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_cut(row, middle, render_cost)) <= count else (middle, high)
    return _cut(row, high, render_cost)


def _cut(row: Sequence[tuple[BrandId, int]], limit: int, render_cost: int) -> list[list[BrandId]]:
    """The row in as few parts as can be of which none costs more than `limit`, which is enough for one brand."""
    parts: list[list[BrandId]] = []
    spent, rendered = limit, -1
    for brand_id, group in row:
        cost = 1 if group == rendered else 1 + render_cost
        if spent + cost > limit:
            parts.append([])
            spent, cost = 0, 1 + render_cost
        parts[-1].append(brand_id)
        spent, rendered = spent + cost, group
    return parts


def _template_of(engine: Engine, brand_id: BrandId) -> str:
    """What tells the brand's render from others; "" for a brand with an error, which renders nothing."""
    of = engine.get(variant, brand_id)
    if of is None:
        return ""
    return digest((of, brand_id if of.overlay else ""))
