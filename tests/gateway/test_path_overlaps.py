"""Which paths can fit one request: by the tree as by comparing each with each, and soon for many."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.gateway.path_overlaps import among, overlap, overlapping

MANY = 3000


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


@pytest.mark.parametrize("shape", ["/payments/{{id}}/x{}", "/{{id}}/x{}", "/payments/{}.{{id}}"])
def test_many_paths_of_one_shape_are_found_out_soon(shape):
    """Each with each were 4.5 million comparisons, half a minute."""
    paths = [shape.format(number) for number in range(MANY)]
    began = time.process_time()
    found = overlapping(paths)
    assert time.process_time() - began < 20
    assert MANY == len(found)
