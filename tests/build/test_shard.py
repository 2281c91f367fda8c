"""Shards: the same partition on every machine, each variant in few parts, the dearest part as cheap as can be."""

from itertools import combinations, pairwise
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.build.shard import Shard, brands_of, parse_shard, partition
from themekit.engine import Engine, MemoryHost, MemoryStore

COST = 5
sizes = st.lists(st.integers(1, 5), min_size=1, max_size=3)


def groups_of(sizes):
    return [[f"{group}-{number}" for number in range(size)] for group, size in enumerate(sizes)]


def cost_of(part):
    return len(part) + COST * len({brand.partition("-")[0] for brand in part})


@settings(max_examples=60, deadline=None)
@given(sizes, st.integers(1, 8))
def test_every_brand_is_in_one_part_and_no_cut_is_better(sizes, count):
    groups = groups_of(sizes)
    row = [brand for group in groups for brand in group]
    parts = partition(groups, count, render_cost=COST)
    assert row == [brand for part in parts for brand in part]
    assert len(parts) <= count
    cuts = (
        (0, *places, len(row))
        for number in range(min(count, len(row)))
        for places in combinations(range(1, len(row)), number)
    )
    best = min(max(cost_of(row[a:b]) for a, b in pairwise(cut)) for cut in cuts)
    assert best == max(cost_of(part) for part in parts)


def test_a_hundred_brands_of_four_variants_render_four_times_in_four_parts():
    """Dealt out by a hash of their names, they would render sixteen times."""
    parts = partition(groups_of([25] * 4), 4, render_cost=12)
    assert [1] * 4 == [len({brand.partition("-")[0] for brand in part}) for part in parts]


def test_a_great_variant_is_cut_and_the_small_ones_stay_whole():
    parts = partition(groups_of([90, 1, 1, 1]), 2, render_cost=12)
    assert [{"0"}, {"0", "1", "2", "3"}] == [{brand.partition("-")[0] for brand in part} for part in parts]
    assert [65, 28] == [len(part) for part in parts]  # 12 + 65 against 4 * 12 + 28


def test_shards_of_a_project_are_disjoint_and_together_all():
    brand = '{"name": "%s", "locale": "%s", "color": {"primary": "#0b5fff"}}'
    files = {f"brands/b{number}/brand.json": brand % (number, "de" if number % 3 else "en") for number in range(9)}
    files |= {"docs_src/index.md": "# Hello", "mkdocs.yml": "site_name: x", "brands/broken/brand.json": "{"}
    engine = Engine(MemoryHost(files), MemoryStore(), code="1")
    ids = [PurePosixPath(path).parts[1] for path in files if path.startswith("brands/")]
    for renders in (True, False):
        parts = [brands_of(engine, ids, shard=Shard(number, 3), renders=renders) for number in (1, 2, 3)]
        assert sorted(ids) == sorted(brand for part in parts for brand in part)
        assert all(parts)
    assert () == brands_of(engine, ids, shard=Shard(40, 40), renders=True)
    german = {brand for brand in ids if brand.startswith("b") and brand != "broken" and int(brand[1:]) % 3}
    by_locale = [{brand in german for brand in part} for part in parts_of(engine, ids, 2)]
    assert 3 >= sum(map(len, by_locale))  # one of the two locales at most is in both parts


def parts_of(engine, ids, count):
    return [brands_of(engine, ids, shard=Shard(number, count), renders=True) for number in range(1, count + 1)]


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "01/2", "1 / 2", "١/2", "1/9999999"])
def test_no_shard(text):
    with pytest.raises(ValueError, match="a shard is `i/n`"):
        parse_shard(text)


def test_a_shard():
    assert Shard(2, 8) == parse_shard("2/8")
    assert "2-of-8" == Shard(2, 8).suffix
