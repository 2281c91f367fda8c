"""Which paths can fit one request: by the tree as by comparing each with each, and soon for many."""

from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.gateway.path_overlaps import among, overlap, overlapping

MANY = 1000


def test_templates_that_overlap():
    assert overlap("/a/search", ["/a/{id}"])
    assert overlap("/a/{id}", ["/{x}/b"])
    assert not overlap("/a/b", ["/a/c", "/a/{id}/c", "/b/{id}"])


def test_later_paths_that_overlap():
    paths = ("/a/search", "/a/{id}", "/a/{id}/x", "/{kind}/b", "/a/", "/a")
    expected = {"/a/search": ["/a/{id}"], "/a/{id}": ["/{kind}/b", "/a/"]}
    assert expected == {path: later for path, later in overlapping(paths).items() if later}


@given(
    st.lists(
        st.lists(st.sampled_from(("a", "b", "{x}", "{y}", "a{x}", "{x}.b", "")), min_size=1, max_size=4),
        max_size=14,
        unique_by=tuple,
    )
)
def test_the_tree_finds_what_comparing_each_with_each_finds(drawn):
    paths = ["/" + "/".join(parts) for parts in drawn]
    expected = {
        path: [other for other in paths[number + 1 :] if overlap(path, [other])] for number, path in enumerate(paths)
    }
    assert expected == overlapping(paths)
    for path in paths:
        assert [other for other in paths if overlap(path, [other])] == among(paths)(path)


class CountedPath(str):
    """A path that tells a counter each time it is taken apart to be compared."""

    __slots__ = ()
    count: ClassVar[Counter[str]] = Counter()

    def split(self, *given, **named):
        self.count["split"] += 1
        return super().split(*given, **named)


@pytest.mark.parametrize("shape", ["/payments/{{id}}/x{}", "/{{id}}/x{}", "/payments/{}.{{id}}"])
def test_many_paths_of_one_shape_are_not_compared_each_with_each(shape):
    """They were half a million comparisons."""
    CountedPath.count.clear()
    paths = [CountedPath(shape.format(number)) for number in range(MANY)]
    found = overlapping(paths)
    assert 2 * MANY >= CountedPath.count["split"] > 0
    pairs = MANY * (MANY - 1) // 2 if "x{" not in shape else 0
    assert pairs == sum(map(len, found.values()))
