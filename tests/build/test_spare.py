"""The spare: the next tree is made of it, and is what it would be without, whatever somebody did to it."""

import os
import shutil
import stat
from pathlib import Path, PurePosixPath

import pytest

from themekit.build import spare as spare_module
from themekit.build import staging
from themekit.build.files import names_below
from themekit.build.outputs import Output
from themekit.build.shared import SharedFiles
from themekit.build.write import check_tree, count_current, remove_tree, write_tree
from themekit.model import Artifact

FIRST = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>1</p>", "site/a/b.html": b"b", "site/x": b"x"}
SECOND = FIRST | {"site/index.html": b"<p>2</p>"}
THIRD = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>3</p>", "site/c/d.html": b"d", "site/x/y": b"y"}
SHARED = {"site/x", "site/a/b.html"}


@pytest.fixture
def build(tmp_path):
    return tmp_path / "build"


def outputs(files: dict[str, bytes]) -> list[Output]:
    return [
        Output(
            "the site",
            tuple(Artifact(PurePosixPath(path), data, "text/plain", path in SHARED) for path, data in files.items()),
        )
    ]


def write(build: Path, files: dict[str, bytes], *, keeps_spare: bool = True, name: str = "acme"):
    cache = build / ".cache"
    return write_tree(
        build / name, outputs(files), cache=cache, source="1", shared=SharedFiles(cache), keeps_spare=keeps_spare
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def inodes(folder: Path) -> dict[str, int]:
    return {path: os.lstat(folder / path).st_ino for path in names_below(folder)[0]}


def shape(folder: Path) -> tuple[list[str], dict[str, bytes], set[int]]:
    """Folders, files and the modes of both."""
    files, folders = names_below(folder)
    return sorted(folders), tree(folder), {stat.S_IMODE(os.lstat(folder / path).st_mode) for path in (*files, *folders)}


def written_without(tmp_path: Path, *steps: dict[str, bytes]) -> tuple[list[str], dict[str, bytes], set[int]]:
    for step in steps:
        write(tmp_path / "other", step, keeps_spare=False)
    return shape(tmp_path / "other/acme")


def test_the_spare_has_the_very_files_of_the_tree(build):
    """So no content is there twice, and the next build has only the difference to make."""
    write(build, FIRST)
    assert not (build / ".spare").exists()
    for step in (SECOND, THIRD, FIRST, {}):
        write(build, step)
        assert step == tree(build / "acme")
        assert inodes(build / "acme") == inodes(build / ".spare/acme")
        assert shape(build / "acme") == shape(build / ".spare/acme")


def test_only_what_differs_is_linked(build, monkeypatch):
    write(build, FIRST)
    write(build, SECOND)
    linked = []
    real = os.link

    def link(source: str, target: str, **how: bool) -> None:
        linked.append(target)
        real(source, target, **how)

    monkeypatch.setattr(os, "link", link)
    write(build, FIRST)
    assert [str(build / ".stage-acme/site/index.html")] == linked
    assert FIRST == tree(build / "acme")


def replaced(spare: Path) -> None:
    (spare / "site/index.html").unlink()
    (spare / "site/index.html").write_bytes(b"<p>2</p>")
    (spare / "theme/tokens.css").unlink()
    (spare / "theme/tokens.css").write_bytes(b"z {}")


def written_through(spare: Path) -> None:
    """It is the tree's file, too: what is wrong there is seen there."""
    (spare / "theme/tokens.css").write_bytes(b"z {}")


def added(spare: Path) -> None:
    (spare / "site/mine.txt").write_bytes(b"mine")
    (spare / "site/deep/er").mkdir(parents=True)
    (spare / "site/deep/er/mine.txt").write_bytes(b"mine")
    (spare / "empty").mkdir()


def missing(spare: Path) -> None:
    shutil.rmtree(spare / "site")


def turned_about(spare: Path) -> None:
    """A folder for a file, a file for a folder."""
    (spare / "theme/tokens.css").unlink()
    (spare / "theme/tokens.css").mkdir()
    shutil.rmtree(spare / "site/a")
    (spare / "site/a").write_bytes(b"file")


def led_away(spare: Path) -> None:
    """A link to somebody's folder, with a file of the same name, in place of ours."""
    away = spare.parent.parent.parent / "away"
    away.mkdir()
    (away / "b.html").write_bytes(b"theirs")
    shutil.rmtree(spare / "site/a")
    (spare / "site/a").symlink_to(away)


def closed(spare: Path) -> None:
    (spare / "site/a").chmod(0o700)


def copied(spare: Path) -> None:
    """As an archive of build/ restores it without links."""
    shutil.copytree(spare, spare.with_name("copy"), copy_function=shutil.copy)
    shutil.rmtree(spare)
    spare.with_name("copy").rename(spare)


def taken(spare: Path) -> None:
    shutil.rmtree(spare)
    spare.write_bytes(b"a file")


DEEDS = [replaced, written_through, added, missing, turned_about, led_away, closed, copied, taken]


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_is_done_to_a_spare_the_tree_is_right(build, tmp_path, deed):
    write(build, FIRST)
    write(build, SECOND)
    deed(build / ".spare/acme")
    for step in (THIRD, SECOND):
        write(build, step)
        assert written_without(tmp_path, step) == shape(build / "acme")
    assert count_current(build / "acme", cache=build / ".cache", source="1")
    if (tmp_path / "away").exists():
        assert {"b.html": b"theirs"} == tree(tmp_path / "away")


@pytest.mark.parametrize("where", [".spare", ".spare/acme"])
def test_a_link_in_place_of_the_spare_is_not_followed(build, tmp_path, where):
    write(build, FIRST)
    write(build, SECOND)
    theirs = tmp_path / "theirs/acme"
    theirs.mkdir(parents=True)
    (theirs / "mine.txt").write_bytes(b"mine")
    shutil.rmtree(build / where)
    (build / where).symlink_to(theirs if where.endswith("acme") else theirs.parent)
    write(build, THIRD)
    remove_tree(build / "acme", cache=build / ".cache")
    assert {"acme/mine.txt": b"mine"} == tree(tmp_path / "theirs")


def test_a_spare_that_cannot_be_cleared_is_made_anew(build, monkeypatch):
    write(build, FIRST)
    write(build, SECOND)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(spare_module, "_cleared", refuse)
    write(build, THIRD)
    assert THIRD == tree(build / "acme")
    assert inodes(build / "acme") == inodes(build / ".spare/acme")


def test_files_of_others_are_carried_over_as_they_are_now(build):
    write(build, FIRST)
    mine = build / "acme/site/mine.txt"
    mine.write_bytes(b"one")
    write(build, SECOND)
    mine.unlink()
    mine.write_bytes(b"two")
    write(build, FIRST)
    assert FIRST | {"site/mine.txt": b"two"} == tree(build / "acme")
    mine.unlink()
    write(build, SECOND)
    assert SECOND == tree(build / "acme")


def test_a_file_that_appears_in_the_tree_during_a_build_is_kept(build, monkeypatch):
    write(build, FIRST)
    write(build, SECOND)
    real = staging.sync_files

    def appear(paths):
        (build / "acme/site/late.txt").write_bytes(b"late")
        real(paths)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "sync_files", appear)
        write(build, FIRST)
    assert FIRST | {"site/late.txt": b"late"} == tree(build / "acme")
    write(build, SECOND)
    assert SECOND | {"site/late.txt": b"late"} == tree(build / "acme")


def test_a_copy_of_a_shared_file_may_have_its_other_name_in_the_spare(build, monkeypatch):
    """Where a file system clones, such a file is the tree's own and may be written to, so its names are counted."""
    monkeypatch.setattr(SharedFiles, "_clone", lambda *_: (_ for _ in ()).throw(OSError(18, "no")))
    monkeypatch.setattr(SharedFiles, "_link", lambda *_: (_ for _ in ()).throw(OSError(18, "no")))
    write(build, FIRST)
    write(build, SECOND)
    assert 2 == (build / "acme/site/x").stat().st_nlink
    assert not check_tree(build / "acme", outputs(SECOND))
    assert [PurePosixPath("site/index.html")] == list(write(build, FIRST).written)
    os.link(build / "acme/site/x", build / "elsewhere")
    assert [PurePosixPath("site/x")] == list(write(build, FIRST).written)


def test_no_links_no_spare(build, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links")

    monkeypatch.setattr(os, "link", refuse)
    write(build, FIRST)
    write(build, SECOND)
    assert SECOND == tree(build / "acme")
    assert not (build / ".spare/acme").exists()
    assert [] == [path.name for path in build.glob(".stage-*")]


def test_a_build_of_many_brands_leaves_none(build):
    write(build, FIRST)
    write(build, SECOND)
    write(build, THIRD, keeps_spare=False)
    assert THIRD == tree(build / "acme")
    assert [] == list((build / ".spare").iterdir())


def test_a_tree_that_is_removed_takes_its_spare_with_it(build):
    for name in ("acme", "zeta"):
        write(build, FIRST, name=name)
        write(build, SECOND, name=name)
    remove_tree(build / "acme", cache=build / ".cache")
    assert ["zeta"] == [path.name for path in (build / ".spare").iterdir()]
    remove_tree(build / "zeta", cache=build / ".cache")
    assert [".cache"] == [path.name for path in build.iterdir()]
