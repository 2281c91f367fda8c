"""Files that many trees share: linked, cloned or copied; whatever somebody does to one, the next build mends."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from themekit.build import shared as shared_module
from themekit.build.outputs import Output
from themekit.build.shared import UNUSED_S, SharedFiles
from themekit.build.write import check_tree, count_current, write_tree
from themekit.model import Artifact

SCRIPT = PurePosixPath("site/bundle.js")
PAGE = PurePosixPath("site/index.html")
CODE = b"let a = 1\n" * 900


def output(brand_id: str, code: bytes = CODE) -> Output:
    page = Artifact(PAGE, brand_id.encode(), "text/html")
    return Output("the site", (Artifact(SCRIPT, code, "text/javascript", is_shared=True), page))


class Build:
    """A build folder; each write is by a process of its own unless one is kept."""

    def __init__(self, root: Path) -> None:
        self.root, self.cache = root, root / ".cache"

    def write(self, brand_id: str, code: bytes = CODE, shared: SharedFiles | None = None) -> list[str]:
        using = shared or SharedFiles(self.cache)
        report = write_tree(self.root / brand_id, [output(brand_id, code)], cache=self.cache, source="1", shared=using)
        return [str(path) for path in report.written]

    def script(self, brand_id: str) -> Path:
        return self.root / brand_id / SCRIPT

    def mode(self, brand_id: str) -> int:
        return stat.S_IMODE(self.script(brand_id).stat().st_mode)

    def is_current(self, brand_id: str) -> bool:
        return count_current(self.root / brand_id, cache=self.cache, source="1") is not None

    def blobs(self) -> list[Path]:
        return sorted(path for path in (self.cache / "files").rglob("*") if path.is_file())


@pytest.fixture
def build(tmp_path, monkeypatch):
    """On a file system with links and without clones, whatever this one has."""

    def refuse(*_: object) -> os.stat_result:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(shared_module, "clone_file", refuse)
    return Build(tmp_path / "build")


@pytest.mark.parametrize("same_process", [True, False])
def test_brands_share_one_read_only_file(build, same_process):
    shared = SharedFiles(build.cache) if same_process else None
    for brand_id in ("acme", "zeta", "lime"):
        assert ["site/bundle.js", "site/index.html"] == build.write(brand_id, shared=shared)
    (blob,) = build.blobs()
    assert 4 == blob.stat().st_nlink
    assert {blob.stat().st_ino} == {build.script(each).stat().st_ino for each in ("acme", "zeta", "lime")}
    assert (0o444, CODE) == (build.mode("acme"), build.script("acme").read_bytes())
    assert 0o644 == stat.S_IMODE((build.root / "acme" / PAGE).stat().st_mode)
    assert [] == build.write("zeta", shared=shared)
    assert build.is_current("zeta")
    assert not check_tree(build.root / "zeta", [output("zeta")])


def test_who_may_not_write_cannot_edit_a_shared_file(build):
    """The mode protects from all but root, so the attempt is made as somebody else."""
    build.write("acme")
    build.root.chmod(0o777)
    if os.geteuid():
        with pytest.raises(PermissionError):
            build.script("acme").open("ab")
        return
    code = "import os, sys; os.setgid(65534); os.setuid(65534); os.open(sys.argv[1], os.O_WRONLY)"
    descriptor = os.open(build.script("acme"), os.O_RDONLY)  # the folders above may be closed to others
    try:
        path = f"/proc/self/fd/{descriptor}" if Path("/proc/self/fd").exists() else str(build.script("acme"))
        done = subprocess.run(
            [sys.executable, "-c", code, path], pass_fds=[descriptor], capture_output=True, text=True, check=False
        )
    finally:
        os.close(descriptor)
    assert "PermissionError" in done.stderr


def edited(path: Path) -> None:
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.write(b"LET")
    path.chmod(0o444)


def lengthened(path: Path) -> None:
    path.chmod(0o644)
    with path.open("ab") as file:
        file.write(b"// mine\n")


def emptied(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"")


def opened(path: Path) -> None:
    """Only made writable: the content is right, but the next edit would be everybody's."""
    path.chmod(0o644)


def replaced(path: Path) -> None:
    path.unlink()
    path.write_bytes(CODE.upper())


@pytest.mark.parametrize("same_process", [True, False])
@pytest.mark.parametrize("deed", [edited, lengthened, emptied, opened, replaced])
def test_what_is_done_to_a_shared_file_is_mended_everywhere(build, deed, same_process):
    """As root or after chmod, an edit in one tree is seen in all until the next build; a new brand never gets it."""
    shared = SharedFiles(build.cache) if same_process else None
    build.write("acme", shared=shared)
    build.write("zeta", shared=shared)
    deed(build.script("zeta"))
    assert not build.is_current("zeta")
    build.write("lime", shared=shared)
    assert (CODE, 0o444) == (build.script("lime").read_bytes(), build.mode("lime"))
    for brand_id in ("acme", "zeta"):
        build.write(brand_id, shared=shared)
        assert CODE == build.script(brand_id).read_bytes()
        is_alone = build.script(brand_id).stat().st_nlink == 1
        assert is_alone or build.mode(brand_id) == 0o444
        assert build.is_current(brand_id)
    (blob,) = build.blobs()
    assert (CODE, 0o444) == (blob.read_bytes(), stat.S_IMODE(blob.stat().st_mode))


def truncate(blob: Path) -> None:
    blob.chmod(0o644)
    os.truncate(blob, 10)


def flip(blob: Path) -> None:
    """A bit that the disk lost: size, time and mode are as they were."""
    status = blob.stat()
    content = bytearray(blob.read_bytes())
    content[5] ^= 1
    blob.chmod(0o644)
    blob.write_bytes(content)
    blob.chmod(0o444)
    os.utime(blob, ns=(status.st_atime_ns, status.st_mtime_ns))


def make_folder(blob: Path) -> None:
    blob.unlink()
    blob.mkdir()
    (blob / "in the way").write_bytes(b"")


def make_link(blob: Path) -> None:
    blob.unlink()
    blob.symlink_to("/etc/passwd")


def dangle(blob: Path) -> None:
    blob.unlink()
    blob.symlink_to("nowhere")


@pytest.mark.parametrize("damage", [truncate, flip, make_folder, make_link, dangle, Path.unlink])
def test_a_damaged_kept_file_is_never_given_out(build, damage):
    build.write("acme")
    (blob,) = build.blobs()
    damage(blob)
    build.write("zeta")
    assert (CODE, False) == (build.script("zeta").read_bytes(), build.script("zeta").is_symlink())
    assert build.script("zeta").stat().st_ino == blob.lstat().st_ino
    assert CODE == blob.read_bytes()


def test_a_change_of_the_content_is_another_file(build):
    build.write("acme")
    build.write("zeta")
    assert ["site/bundle.js"] == build.write("acme", CODE + b"2")
    assert (CODE + b"2", CODE) == (build.script("acme").read_bytes(), build.script("zeta").read_bytes())
    assert 2 == len(build.blobs())


def test_nothing_is_hashed_or_read_twice_in_one_process(build, monkeypatch):
    shared = SharedFiles(build.cache)
    read, hashed = [], []
    holds, sha256 = shared_module.holds_content, hashlib.sha256
    monkeypatch.setattr(shared_module, "holds_content", lambda *each: read.append(each) or holds(*each))
    monkeypatch.setattr(hashlib, "sha256", lambda content: hashed.append(content) or sha256(content))
    for number in range(4):
        build.write(f"brand-{number}", shared=shared)
    assert ([CODE], []) == (hashed, read)


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP])
def test_where_nothing_can_be_linked_each_tree_has_its_own(build, monkeypatch, number):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    for brand_id in ("acme", "zeta"):
        build.write(brand_id)
        assert (CODE, 0o644, 1) == (
            build.script(brand_id).read_bytes(),
            build.mode(brand_id),
            build.script(brand_id).stat().st_nlink,
        )
        assert [] == build.write(brand_id)
    assert [] == build.blobs()


def test_a_file_with_all_the_links_it_can_have_is_kept_anew(build, monkeypatch):
    """ext4 gives a file 65,000 names."""
    real, most = os.link, 3

    def link(source: str, target: str, **options: object) -> None:
        if os.lstat(source).st_nlink >= most:
            raise OSError(errno.EMLINK, os.strerror(errno.EMLINK))
        real(source, target, **options)

    monkeypatch.setattr(os, "link", link)
    shared = SharedFiles(build.cache)
    for number in range(5):
        build.write(f"brand-{number}", shared=shared)
        assert CODE == build.script(f"brand-{number}").read_bytes()
    assert 3 == len({build.script(f"brand-{number}").stat().st_ino for number in range(5)})
    assert 1 == len(build.blobs())


def test_clones_are_the_trees_own(build, monkeypatch):
    def clone(source: str, target: str) -> os.stat_result:
        Path(target).write_bytes(Path(source).read_bytes())
        return Path(target).stat()

    monkeypatch.setattr(shared_module, "clone_file", clone)
    for brand_id in ("acme", "zeta"):
        build.write(brand_id)
        assert (CODE, 0o644, 1) == (
            build.script(brand_id).read_bytes(),
            build.mode(brand_id),
            build.script(brand_id).stat().st_nlink,
        )
    with build.script("acme").open("ab") as file:
        file.write(b"// mine\n")
    assert CODE == build.script("zeta").read_bytes()
    assert [CODE] == [blob.read_bytes() for blob in build.blobs()]
    assert ["site/bundle.js"] == build.write("acme")
    assert CODE == build.script("acme").read_bytes()


def test_what_no_tree_has_goes_after_a_day(build, monkeypatch):
    shared = SharedFiles(build.cache)
    shared.prune()
    build.write("acme", shared=shared)
    build.write("zeta", CODE + b"2", shared=shared)
    build.write("zeta", CODE + b"3", shared=shared)
    shared.prune()
    assert 3 == len(build.blobs())
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + UNUSED_S + 60)
    shared.prune()
    assert {CODE, CODE + b"3"} == {blob.read_bytes() for blob in build.blobs()}


def test_without_a_place_for_kept_files_the_failure_is_named(build):
    build.cache.mkdir(parents=True)
    (build.cache / "files").write_text("in the way")
    with pytest.raises(Exception, match=r"files.*\((EEXIST|ENOTDIR)\)"):
        build.write("acme")
