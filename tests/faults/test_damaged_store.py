"""Damage in build/.cache as the command meets it: right bytes, one warning, and none the next time."""

import shutil

import pytest

from tests.faults.scenarios import BUILD, THEME, copy, false_blobs, litter, made_scenario, state_of, stored, well
from tests.faults.system_calls import forked


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def emptied(_content: bytes) -> bytes:
    return b""


def garbage(content: bytes) -> bytes:
    return b"\xff\x00garbage" + content[9:][::-1]


LARGE_BYTES = 100_000
DEEDS = (truncated, flipped, emptied, garbage)


@pytest.fixture
def themed(workshop, tmp_path):
    """A project whose themes are built, and a copy of its build/."""
    scenario = made_scenario("theme", workshop)
    scenario.restore()
    well(*THEME, root=scenario.root)
    copy(scenario.build, tmp_path / "whole")
    return scenario, tmp_path / "whole"


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "least"), [("values", 3), ("traces", 20)])
def test_a_damaged_file_of_the_store_is_found_mended_and_said_once(themed, tmp_path, kind, least):
    """One file after the other; the trees are gone, so that the build needs what the store has of them."""
    scenario, whole = themed
    wanted = state_of(whole)
    noticed = 0
    for number in range(len(stored(whole, kind))):
        # Few values are needed, as most tasks' digests are enough: these are damaged in every way.
        for deed in DEEDS if kind == "values" else [DEEDS[number % len(DEEDS)]]:
            shutil.rmtree(scenario.build)
            copy(whole, scenario.build)
            for brand in wanted:
                shutil.rmtree(scenario.build / brand)
            path = stored(scenario.build, kind)[number]
            path.write_bytes(deed(path.read_bytes()))
            first = forked(THEME, root=scenario.root, scratch=tmp_path)
            assert (0, wanted, []) == (first.code, scenario.state(), litter(scenario.build))
            if not first.err:
                break  # nothing of this build needed it
            noticed += deed is DEEDS[-1] or kind == "traces"
            assert 1 == first.err.count("warning[cache-problem]")
            assert f"{path}: is damaged, so its value is made again" in first.err
            assert [] == false_blobs(scenario.build)
            second = forked(THEME, root=scenario.root, scratch=tmp_path)
            assert (0, "", wanted) == (second.code, second.err, scenario.state())
    assert least <= noticed


@pytest.mark.slow
def test_a_damaged_render_is_made_again(workshop, tmp_path):
    """All large values at once, the site's template among them; the command is in a process of its own."""
    scenario = made_scenario("edit", workshop)
    scenario.restore()
    for path in stored(scenario.build, "values"):
        if path.stat().st_size > LARGE_BYTES:
            path.write_bytes(flipped(path.read_bytes()))
    first = well(*BUILD, root=scenario.root)
    assert "is damaged, so its value is made again" in first.err
    assert scenario.states[1] == scenario.state()
    assert [] == litter(scenario.build)
    assert "" == forked(BUILD, root=scenario.root, scratch=tmp_path).err
