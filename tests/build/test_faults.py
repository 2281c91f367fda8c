"""Whatever fails or kills the writer, at whichever call: the tree is the old or the new one, and the next run mends.

Every call of the system that the writer makes is failed, or made its last, one after the other, in this process.
`tests/faults` does the same to whole commands, from outside.
"""

import ctypes
import errno
import os
import signal
import sys
from pathlib import Path, PurePosixPath

import pytest

from themekit.build import files, staging, swap
from themekit.build import write as write_module
from themekit.build.files import OutputError
from themekit.build.outputs import Output
from themekit.build.shared import SharedFiles
from themekit.build.write import count_current, write_file, write_tree
from themekit.model import Artifact

OLD = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>old</p>", "site/a/b.html": b"b", "site/x": b"x"}
NEW = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>new</p>", "site/c/d.html": b"d" * 9000, "site/x/y": b"y"}
NEXT = {"theme/tokens.css": b"b {}"}
MINE = {"site/mine.txt": b"mine"}
SHARED = {"site/a/b.html", "site/c/d.html", "site/x"}

CALLS = ("open", "write", "fsync", "mkdir", "chmod", "fchmod", "utime", "link", "rename", "replace", "unlink", "rmdir")
MOST_CALLS = 150


class Faults:
    """Counts the calls and does something at the one whose turn it is; afterwards all goes on as usual."""

    def __init__(self, patch: pytest.MonkeyPatch, turn: int, act, *, persists: bool = False) -> None:
        self.turn, self.act, self.persists, self.count, self.name = turn, act, persists, 0, ""
        self.names: list[str] = []
        for name in CALLS:
            patch.setattr(os, name, self.wrapped(name, getattr(os, name)))
        flush, exchange = files._flush_file_system(), swap._native_exchange()
        if flush:
            patch.setattr(files, "_flush_file_system", lambda: self.wrapped("syncfs", flush))
        if exchange:
            patch.setattr(swap, "_native_exchange", lambda: self.wrapped("exchange", exchange))

    def wrapped(self, name: str, call):
        def counted(*args, **kwargs):
            self.count += 1
            self.names.append(name)
            if self.count == self.turn or (self.persists and self.count > self.turn):
                self.name = name
                self.act(name)
            return call(*args, **kwargs)

        return counted


def fail_with(number: int):
    def act(_name: str) -> None:
        raise OSError(number, os.strerror(number))

    return act


def kill(_name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


KEPT: list[bool] = [False]


def write(build: Path, wanted: dict[str, bytes]) -> None:
    artifacts = tuple(
        Artifact(PurePosixPath(path), content, "text/plain", path in SHARED) for path, content in wanted.items()
    )
    cache = build / ".cache"
    outputs = [Output("the site", artifacts)]
    write_tree(
        build / "acme",
        outputs,
        cache=cache,
        source=str(len(wanted)),
        shared=SharedFiles(cache),
        keeps_spare=KEPT[0],
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leftovers(build: Path) -> list[str]:
    return sorted(path.name for path in build.rglob(".*") if path.name not in {".cache", ".spare"})


def begin(build: Path) -> None:
    if KEPT[0]:
        write(build, NEW)  # its tree is the spare that the next one is made of
    write(build, OLD)
    assert KEPT[0] is (build / ".spare/acme").is_dir()
    (build / "acme" / "site/mine.txt").write_bytes(MINE["site/mine.txt"])


def mended(build: Path) -> None:
    """A plain run after the fault; of the files of both trees, none is taken for somebody else's and kept."""
    write(build, NEXT)
    assert NEXT | MINE == tree(build / "acme")
    assert [] == leftovers(build)
    assert ["acme.json"] == [path.name for path in (build / ".cache/outputs").iterdir()]


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch):
    """Both ways to swap: in one step, and where the system cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_native_exchange", lambda: None)
    return request.param


@pytest.fixture(params=["no spare", "with a spare"])
def spares(request):
    """Whether the next tree is made of a spare, and the old one becomes one."""
    KEPT[0] = request.param != "no spare"
    yield KEPT[0]
    KEPT[0] = False


@pytest.fixture
def fast(monkeypatch):
    """No waiting for the disk: what is there after a failure or a kill does not depend on it."""
    monkeypatch.setattr(files, "_flush_file_system", lambda: lambda _: 0)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.parametrize(
    "fault",
    [(errno.ENOSPC, True, 1000), (errno.EIO, False, 1), (errno.EMFILE, False, 1000)],
    ids=["full disk", "one bad write", "too many files"],
)
@pytest.mark.usefixtures("fast")
def test_a_failure_at_any_call_leaves_one_whole_tree(tmp_path, monkeypatch, way, spares, fault):
    """`many`: from how many files on they are synced all at once."""
    number, persists, many = fault
    monkeypatch.setattr(files, "MANY_FILES", many)
    kinds = set()
    for turn in range(1, MOST_CALLS):
        build = tmp_path / str(turn)
        begin(build)
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, turn, fail_with(number), persists=persists)
            failure = None
            try:
                write(build, NEW)
            except OutputError as error:
                failure = error
        if failure is not None:
            assert errno.errorcode[number] == failure.reason
            assert str(build) in str(failure.path)
            kinds.add(faults.name)
        now = tree(build / "acme") if (build / "acme").exists() else None
        assert now in (OLD | MINE, NEW | MINE) or (way == "two renames" and now is None), faults.name
        mended(build)
        if faults.count < turn:
            break
    else:
        pytest.fail(f"more than {MOST_CALLS} calls")
    expected = {"open", "write", "mkdir", "chmod", "utime", "rename" if way == "two renames" else "exchange"}
    if spares:
        expected -= {"chmod"}  # of the stage, which is there already
    assert expected | {"syncfs" if many == 1 else "fsync"} <= kinds


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.usefixtures("fast")
def test_a_kill_at_any_call_leaves_one_whole_tree(tmp_path, way, spares):
    begin(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        faults = Faults(patch, 0, kill)
        write(tmp_path, NEW)
    assert 40 < len(faults.names) < MOST_CALLS
    # The two ways differ only around the renames.
    first = 1 if way == "exchange" or spares else faults.names.index("rename")
    for turn in range(first, len(faults.names) + 1):
        build = tmp_path / str(turn)
        begin(build)
        assert killed(turn, lambda build=build: write(build, NEW))
        now = tree(build / "acme") if (build / "acme").exists() else None
        assert now in (OLD | MINE, NEW | MINE) or (way == "two renames" and now is None), faults.names[turn - 1]
        mended(build)


def test_a_tree_set_aside_comes_back_first(tmp_path, monkeypatch):
    """Killed between the two renames, there is no tree; the next run restores it before anything else can fail."""
    begin(tmp_path)
    (tmp_path / "acme").rename(tmp_path / ".old-acme")
    monkeypatch.setattr(write_module, "stage_tree", lambda *_, **__: fail_with(errno.ENOSPC)(""))
    with pytest.raises(OutputError, match="ENOSPC"):
        write(tmp_path, NEW)
    assert OLD | MINE == tree(tmp_path / "acme")
    assert [] == leftovers(tmp_path)


def test_a_kill_while_a_single_file_is_written(tmp_path):
    for turn in range(1, MOST_CALLS):
        build = tmp_path / str(turn)
        write_file(build / "dist/a.zip", b"old", cache=build / ".cache")
        was_killed = killed(turn, lambda build=build: write_file(build / "dist/a.zip", b"new", cache=build / ".cache"))
        assert (build / "dist/a.zip").read_bytes() in (b"old", b"new")
        write_file(build / "dist/a.zip", b"new", cache=build / ".cache")
        assert ["a.zip"] == [path.name for path in (build / "dist").iterdir()]
        if not was_killed:
            return
    pytest.fail(f"more than {MOST_CALLS} calls")


def killed(turn: int, action) -> bool:
    """Run something in a child that is killed at a call; False if it came to its end."""
    child = os.fork()
    if not child:
        code = 3
        try:
            with pytest.MonkeyPatch.context() as patch:
                Faults(patch, turn, kill)
                action()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or 0 == os.WEXITSTATUS(status)
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_a_file_system_that_cannot_exchange_gets_two_renames(tmp_path, monkeypatch, number):
    begin(tmp_path)

    def refuse(_one: bytes, _other: bytes) -> int:
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(swap, "_native_exchange", lambda: refuse)
    mended(tmp_path)


def test_any_other_failure_to_exchange_is_an_error(tmp_path, monkeypatch):
    begin(tmp_path)

    def refuse(_one: bytes, _other: bytes) -> int:
        ctypes.set_errno(errno.EACCES)
        return -1

    with monkeypatch.context() as patch:
        patch.setattr(swap, "_native_exchange", lambda: refuse)
        with pytest.raises(OutputError, match=r"acme: permission denied \(EACCES\)"):
            write(tmp_path, NEW)
    assert OLD | MINE == tree(tmp_path / "acme")
    mended(tmp_path)


def test_a_failed_run_clears_its_stage(tmp_path, monkeypatch):
    begin(tmp_path)
    monkeypatch.setattr(staging, "sync_files", lambda _: fail_with(errno.EIO)(""))
    with pytest.raises(OutputError, match="EIO"):
        write(tmp_path, NEW)
    assert [] == leftovers(tmp_path)
    assert OLD | MINE == tree(tmp_path / "acme")


def test_a_failure_to_flush_is_an_error(tmp_path, monkeypatch):
    begin(tmp_path)

    def refuse(_path: Path) -> int:
        ctypes.set_errno(errno.EIO)
        return -1

    monkeypatch.setattr(files, "MANY_FILES", 1)
    monkeypatch.setattr(files, "_flush_file_system", lambda: refuse)
    with pytest.raises(OutputError, match=r"\(EIO\)"):
        write(tmp_path, NEW)
    assert OLD | MINE == tree(tmp_path / "acme")


def test_short_writes_are_gone_on_with(tmp_path, monkeypatch):
    """FAULT-10: the system may take fewer bytes than it was given."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: real(descriptor, content[:1]))
    write(tmp_path, OLD)
    assert OLD == tree(tmp_path / "acme")


def test_a_write_that_took_less_than_it_said_is_an_error(tmp_path, monkeypatch):
    """FAULT-10: retval=1 of strace; a file's own size shows it."""
    begin(tmp_path)
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, content: real(descriptor, content[1:]) + 1)
        with pytest.raises(OutputError, match=r"input/output error \(EIO\)"):
            write(tmp_path, NEW)
    assert OLD | MINE == tree(tmp_path / "acme")
    assert [] == leftovers(tmp_path)


@pytest.mark.usefixtures("fast")
def test_what_a_failed_removal_of_the_old_tree_left_goes_with_the_same_build_again(tmp_path, monkeypatch):
    """The new tree is in place and its record is right, but "nothing to do" would leave the old one there for ever."""
    begin(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(write_module, "retire", lambda *_, **__: fail_with(errno.EIO)(""))
        with pytest.raises(OutputError, match="EIO"):
            write(tmp_path, NEW)
    assert [".stage-acme"] == leftovers(tmp_path)
    assert not count_current(tmp_path / "acme", cache=tmp_path / ".cache", source=str(len(NEW)))
    write(tmp_path, NEW)
    assert [] == leftovers(tmp_path)
    assert count_current(tmp_path / "acme", cache=tmp_path / ".cache", source=str(len(NEW)))


@pytest.mark.usefixtures("fast")
def test_a_failed_removal_names_a_whole_path(tmp_path, monkeypatch):
    """`shutil.rmtree` goes down by descriptors, so the system's error names the last part only."""
    begin(tmp_path)
    real = os.rmdir

    def refuse(path, *, dir_fd=None):
        if dir_fd is None:
            real(path)
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    monkeypatch.setattr(os, "rmdir", refuse)
    with pytest.raises(OutputError, match="EIO") as caught:
        write(tmp_path, NEW)
    assert tmp_path / ".stage-acme" == caught.value.path


@pytest.mark.usefixtures("fast")
def test_a_record_that_cannot_be_read_now_is_not_taken_for_none(tmp_path, monkeypatch):
    """Without it our files that should go would pass for somebody's, and stay for ever, with exit code 0."""
    begin(tmp_path)
    real = Path.read_bytes

    def refuse(path):
        if path.name == "acme.json":
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(OutputError, match="EMFILE"):
            write(tmp_path, NEW)
        with pytest.raises(OutputError, match="EMFILE"):
            count_current(tmp_path / "acme", cache=tmp_path / ".cache", source="4")
    assert OLD | MINE == tree(tmp_path / "acme")
    mended(tmp_path)


def test_copies_are_synced_where_there_are_no_links(tmp_path, monkeypatch):
    """Not only what is new: a tree of copies takes the old tree's place, too."""
    begin(tmp_path)
    (tmp_path / "acme/site/link").symlink_to("index.html")
    synced = []
    monkeypatch.setattr(os, "link", lambda *_, **__: fail_with(errno.EPERM)(""))
    monkeypatch.setattr(staging, "sync_files", synced.extend)
    write(tmp_path, OLD | NEXT)
    assert ["site/a/b.html", "site/index.html", "site/mine.txt", "site/x", "theme/tokens.css"] == [
        str(Path(path).relative_to(tmp_path / ".stage-acme")) for path in synced
    ]


@pytest.mark.parametrize("platform", ["darwin", "sunos5"])
def test_other_systems_have_other_calls(monkeypatch, platform):
    class Library:
        renamex_np = staticmethod(lambda one, other, flags: (one, other, flags) == (b"a", b"b", 2))

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library)
    swap._native_exchange.cache_clear()
    files._flush_file_system.cache_clear()
    try:
        call = swap._native_exchange()
        assert (1 if platform == "darwin" else None) == (call and call(b"a", b"b"))
        assert files._flush_file_system() is None
    finally:
        swap._native_exchange.cache_clear()
        files._flush_file_system.cache_clear()
