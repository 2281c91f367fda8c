"""The chain of the download log: what was done to it is named by its line, however long it is."""

import tracemalloc

import pytest

from themekit.downloads.download_log import FILE, HEAD, MAX_LINE, DownloadLog, Event, log_faults
from themekit.studio.admin.chain import MAX_FAULTS


@pytest.fixture
def folder(tmp_path):
    """A log of five records."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    write(state, 5)
    return state


def write(state, count):
    log = DownloadLog(state)
    log.open()
    log._write([Event("begin", file=f"acme-1.0.{number}.zip") for number in range(count)])


def lines(folder):
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def put(folder, changed):
    (folder / FILE).write_bytes(b"".join(changed))


def found(folder):
    return [(fault.line, fault.text) for fault in log_faults(folder)]


def test_a_whole_log_has_no_fault(folder, tmp_path):
    assert [] == found(folder)
    assert [] == found(tmp_path)


@pytest.mark.parametrize(("change", "line", "text"), [
    (lambda all_: [*all_[:1], all_[1].replace(b"1.0.1", b"9.9.9"), *all_[2:]], 2, "was changed after it was written"),
    (lambda all_: [*all_[:2], *all_[3:]], 3, "record 4 comes after record 2"),
    (lambda all_: all_[1:], 1, "what came before it was removed"),
    (lambda all_: all_[:-1], 5, "records after 4 were removed"),
    (lambda all_: [all_[1], all_[0], *all_[2:]], 1, "record 2 is the first"),
    (lambda all_: [*all_[:3], b"{}\n", *all_[3:]], 4, "is no record"),
    (lambda all_: [*all_, b'{"cut'], 6, "is cut off"),
    (lambda _: [], 1, "records after 0 were removed"),
    (lambda all_: [*all_[:2], b"x" * 3 * MAX_LINE + b"\n", *all_[2:]], 3, "is no record"),
    (lambda all_: [*all_, b"x" * 3 * MAX_LINE], 6, "is cut off"),
    (lambda all_: [*all_[:4], all_[4].replace(b"1.0.4", b"1.0.5")], 5, "has another digest of it"),
])  # fmt: skip
def test_what_was_done_to_it_is_named(folder, change, line, text):
    put(folder, change(lines(folder)))
    assert any(line == at and text in said for at, said in found(folder)), found(folder)


def test_without_its_head_nobody_can_tell(folder):
    (folder / HEAD).unlink()
    assert [5] == [line for line, _ in found(folder)]


def test_a_file_that_is_no_log_is_left_soon(folder):
    (folder / FILE).write_bytes(b"no record\n" * 50_000)
    faults = found(folder)
    assert MAX_FAULTS + 1 == len(faults)
    assert "not looked at" in faults[-1][1]


def test_memory_does_not_grow_with_the_log(folder):
    """Twenty thousand records take 6 MB on the disk."""
    write(folder, 20_000)
    size = (folder / FILE).stat().st_size
    tracemalloc.start()
    try:
        assert () == log_faults(folder)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (True, True) == (size > 5_000_000, peak < 500_000), (size, peak)
