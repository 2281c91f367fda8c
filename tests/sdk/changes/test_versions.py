"""Versions: what a change asks for, which is enough, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.model.api_change import LEVELS, largest
from themekit.sdk.changes.versions import Version, is_enough, next_version


def version(text: str) -> Version:
    found = Version.parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("last", "level", "needed"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("1.4.2", None, "1.4.2"),
        ("0.4.2", "major", "0.5.0"),
        ("0.4.2", "minor", "0.4.3"),
        ("0.4.2", "patch", "0.4.3"),
        ("2.0.0-beta.1", "major", "2.0.0-beta.2"),
        ("2.0.0-beta", "patch", "2.0.0-beta.1"),
    ],
)
def test_the_next_version(last: str, level: str, needed: str) -> None:
    """Before 1.0.0 a break is a minor version; a pre-release counts on."""
    assert needed == str(next_version(version(last), level))


@pytest.mark.parametrize(
    ("last", "chosen", "level", "expected"),
    [
        ("1.4.2", "1.5.0", "major", False),
        ("1.4.2", "2.0.0", "major", True),
        ("1.4.2", "2.0.0-rc.1", "major", True),
        ("1.4.2", "1.4.2", "patch", False),
        ("1.4.2", "1.4.2", None, True),
        ("1.4.2", "1.4.1", None, False),
        ("2.0.0-rc.1", "2.0.0", "major", True),
        ("0.4.2", "0.5.0", "major", True),
        ("1.9.0", "1.10.0", "minor", True),
    ],
)
def test_enough(last: str, chosen: str, level: str, *, expected: bool) -> None:
    """A version is enough if it is as large as the change asks; the same version again carries no change."""
    assert expected == is_enough(version(last), version(chosen), level=level)


def test_the_order_of_semver_org() -> None:
    """The example of section 11."""
    named = "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0".split()
    assert named == [str(each) for each in sorted(map(version, reversed(named)))]


@pytest.mark.parametrize("text", ["1", "1.0", "01.0.0", "1.0.0-", "1.0.0-a..b", "x1.0.0", ""])
def test_no_version(text: str) -> None:
    """What semver.org does not allow is no version."""
    assert Version.parse(text) is None


@given(st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99)), st.sampled_from(LEVELS))
def test_the_next_version_is_the_smallest_that_is_enough(core: tuple[int, int, int], level: str) -> None:
    """What is asked for is enough, and it is larger than the last."""
    last = Version(*core)
    needed = next_version(last, level)
    assert last < needed
    assert is_enough(last, needed, level=level)
    assert not is_enough(needed, last, level=level)


def test_the_largest_level() -> None:
    """Of none there is none."""
    assert largest(()) is None
    assert "major" == largest(("patch", "major", "minor"))
