"""A snapshot answers as the project did at its moment, wherever it is read, and for nothing else."""

import uuid
from pathlib import PurePosixPath

import fsspec
import pytest

from themekit.engine import DiskHost, MemoryHost, UnreadableInput
from themekit.engine.shared_store import SharedStore
from themekit.engine.snapshot import OutsideSnapshot, open_snapshot, take_snapshot

FILES = {
    "brands/a/brand.json": "{}",
    "brands/a/docs/index.md": "# A",
    "brands/b/brand.json": "{}",
    "brands/ü/leer": "",
    "mkdocs.yml": "x",
    "secret": "y",
}
ROOTS = [PurePosixPath(name) for name in ("brands", "docs_src", "mkdocs.yml")]


def taken(host, folder, url):
    return take_snapshot(host, SharedStore(folder / "here", url), roots=ROOTS)


def opened(digest, folder, url, *, mounts=None):
    return open_snapshot(SharedStore(folder / "there", url), digest, mounts=mounts or MemoryHost())


def test_it_answers_as_the_project_did(url, tmp_path):
    host = MemoryHost(FILES)
    digest = taken(host, tmp_path, url)
    there = opened(digest, tmp_path, url)
    for path in [*FILES, "brands", "brands/a", "brands/a/docs", "brands/gone", "docs_src", "docs_src/x.md"]:
        if path != "secret":
            asked = PurePosixPath(path)
            assert host.list(asked) == there.list(asked)
            assert host.read(asked) == there.read(asked)
    host.write("brands/a/brand.json", "changed")
    assert b"{}" == there.read(PurePosixPath("brands/a/brand.json"))
    assert digest != taken(host, tmp_path, url)
    host.write("brands/a/brand.json", "{}")
    assert digest == taken(host, tmp_path, url)


@pytest.mark.parametrize("path", ["secret", "", "build/a", "brandsx/a"])
def test_other_paths_and_variables_are_not_its_business(tmp_path, path):
    url = f"memory://{uuid.uuid4().hex}"
    there = opened(taken(MemoryHost(FILES), tmp_path, url), tmp_path, url)
    for ask in (there.read, there.list):
        with pytest.raises(OutsideSnapshot):
            ask(PurePosixPath(path))
    with pytest.raises(OutsideSnapshot, match="the variable HOME"):
        there.environment("HOME")
    with pytest.raises(UnreadableInput):
        there.read(PurePosixPath("brands/../secret"))


def test_a_folder_a_mount_and_what_must_not_be_read(tmp_path):
    """A link out of the project is refused there as here, and what it leads to is not sent."""
    url, root = f"memory://{uuid.uuid4().hex}", tmp_path / "project"
    (root / "brands").mkdir(parents=True)
    (tmp_path / "outside").write_text("private")
    (root / "brands" / "link").symlink_to("../../outside")
    (root / "brands" / "empty").mkdir()
    there = opened(taken(DiskHost(root), tmp_path, url), tmp_path, url, mounts=MemoryHost({"@themekit/x": "installed"}))
    with pytest.raises(UnreadableInput, match="it leaves the project"):
        there.read(PurePosixPath("brands/link"))
    with pytest.raises(UnreadableInput, match="it is a folder"):
        there.read(PurePosixPath("brands"))
    assert ("empty/", "link") == there.list(PurePosixPath("brands"))
    assert () == there.list(PurePosixPath("brands/empty"))
    assert b"installed" == there.read(PurePosixPath("@themekit/x"))
    assert ("x",) == there.list(PurePosixPath("@themekit"))
    system, base = fsspec.core.url_to_fs(url)
    assert b"private" not in [system.cat_file(path) for path in system.find(base)]


def test_what_is_gone_from_the_store_is_said(tmp_path):
    url = f"memory://{uuid.uuid4().hex}"
    with pytest.raises(OutsideSnapshot, match="not in the store"):
        opened("ab" * 32, tmp_path, url)
    there = opened(taken(MemoryHost(FILES), tmp_path, url), tmp_path, url)
    system, base = fsspec.core.url_to_fs(url)
    system.rm(base, recursive=True)
    with pytest.raises(OutsideSnapshot, match="is gone from the store"):
        there.read(PurePosixPath("mkdocs.yml"))


def test_a_store_that_takes_nothing_takes_no_snapshot(tmp_path):
    (tmp_path / "shared").write_text("a file is in the way")
    assert taken(MemoryHost(FILES), tmp_path, f"file://{tmp_path}/shared") is None
