"""The writer: what it writes, leaves, removes and refuses. What failures and kills leave is in test_faults.py."""

import json
import os
import shutil
import time
from pathlib import Path, PurePosixPath

import pytest

from themekit.build import run
from themekit.build import write as write_module
from themekit.build.files import MANY_FILES, OutputError, names_in
from themekit.build.lock import locked
from themekit.build.outputs import Output, check_outputs
from themekit.build.project import Project
from themekit.build.write import (
    RefusedOutputs,
    check_tree,
    clear_unfinished,
    count_current,
    remove_tree,
    write_file,
    write_tree,
)
from themekit.model import Artifact

P = PurePosixPath
OLD = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>old</p>", "site/a/b.html": b"b"}
NEW = {"theme/tokens.css": b"a {}", "site/index.html": b"<p>new</p>", "site/c/d.html": b"d"}


@pytest.fixture
def build(tmp_path):
    return tmp_path / "build"


@pytest.fixture
def cache(build):
    return build / ".cache"


def output(files: dict[str, bytes], producer: str = "the site") -> Output:
    return Output(producer, tuple(Artifact(P(path), content, "text/plain") for path, content in files.items()))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(build: Path, files: dict[str, bytes], **options: object):
    return write_tree(build / "acme", [output(files)], cache=build / ".cache", **options)


def names(paths: tuple[PurePosixPath, ...]) -> list[str]:
    return [str(path) for path in paths]


def test_the_first_build_writes_all(build):
    report = write(build, OLD)
    assert OLD == tree(build / "acme")
    assert (sorted(OLD), [], []) == (names(report.written), names(report.unchanged), names(report.removed))
    assert [".cache", "acme"] == sorted(path.name for path in build.iterdir())


def test_the_next_build_writes_what_changed_and_removes_what_went(build):
    write(build, OLD)
    before = (build / "acme/theme/tokens.css").stat()
    report = write(build, NEW)
    after = (build / "acme/theme/tokens.css").stat()
    assert NEW == tree(build / "acme")
    assert ["site/c/d.html", "site/index.html"] == names(report.written)
    assert ["theme/tokens.css"] == names(report.unchanged)
    assert ["site/a/b.html"] == names(report.removed)
    assert not (build / "acme/site/a").exists()
    assert (before.st_ino, before.st_mtime_ns, 1) == (after.st_ino, after.st_mtime_ns, after.st_nlink)


def test_a_build_may_only_remove(build):
    write(build, OLD)
    report = write(build, {"theme/tokens.css": b"a {}"})
    assert {"theme/tokens.css": b"a {}"} == tree(build / "acme")
    assert ([], ["site/a/b.html", "site/index.html"]) == (names(report.written), names(report.removed))
    assert [] == names(write(build, {}).written)
    assert {} == tree(build / "acme")


def test_many_files_are_synced_at_once(build):
    """The other tests write too few for that."""
    many = {f"site/{number}/index.html": b"x" for number in range(MANY_FILES)}
    write(build, many)
    assert many == tree(build / "acme")


def test_the_same_build_again_writes_nothing(build, monkeypatch):
    write(build, OLD, source="1")
    before = {path: path.lstat().st_mtime_ns for path in build.rglob("*") if path.suffix not in {".owner", ".lock"}}
    monkeypatch.setattr(write_module, "stage_tree", lambda *_, **__: pytest.fail("staged"))
    monkeypatch.setattr(write_module, "begin_record", lambda *_: pytest.fail("recorded"))
    report = write(build, OLD, source="1")
    assert ([], sorted(OLD), []) == (names(report.written), names(report.unchanged), names(report.removed))
    assert before == {path: path.lstat().st_mtime_ns for path in before}


@pytest.mark.parametrize("content", [b"b {}", b"longer {}", b""])
def test_a_file_somebody_changed_is_written_again(build, content):
    """Also one of the same size, changed at once after the build: our files are dated back a little."""
    write(build, OLD)
    (build / "acme/theme/tokens.css").write_bytes(content)
    assert ["theme/tokens.css"] == names(write(build, OLD).written)
    assert OLD == tree(build / "acme")


def test_our_files_are_older_than_anything_written_later(build):
    """By more than the 2 s in which file systems of memory cards count."""
    write(build, OLD)
    now = time.time()
    assert all(now - path.stat().st_mtime > 2 for path in (build / "acme").rglob("*") if path.is_file())


def test_a_file_somebody_deleted_or_made_executable_is_written_again(build):
    write(build, OLD)
    (build / "acme/theme/tokens.css").unlink()
    (build / "acme/site/index.html").chmod(0o755)
    assert ["site/index.html", "theme/tokens.css"] == names(write(build, OLD).written)
    assert OLD == tree(build / "acme")


def test_a_file_touched_but_not_changed_stays(build):
    write(build, OLD, source="1")
    (build / "acme/theme/tokens.css").touch()
    assert not count_current(build / "acme", cache=build / ".cache", source="1")
    assert [] == names(write(build, OLD, source="1").written)
    assert count_current(build / "acme", cache=build / ".cache", source="1")


def test_a_link_in_place_of_a_file_is_replaced_and_its_target_left(build, tmp_path):
    write(build, OLD)
    (tmp_path / "mine").write_bytes(b"mine")
    (build / "acme/theme/tokens.css").unlink()
    (build / "acme/theme/tokens.css").symlink_to(tmp_path / "mine")
    write(build, OLD)
    assert not (build / "acme/theme/tokens.css").is_symlink()
    assert OLD == tree(build / "acme")
    assert b"mine" == (tmp_path / "mine").read_bytes()


def test_files_of_others_are_kept_and_told(build):
    write(build, OLD)
    (build / "acme/site/a/mine.txt").write_bytes(b"mine")
    (build / "acme/link").symlink_to("nowhere")
    report = write(build, NEW)
    assert ["link", "site/a/mine.txt"] == names(report.kept)
    assert NEW | {"site/a/mine.txt": b"mine"} == tree(build / "acme")
    assert "nowhere" == str((build / "acme/link").readlink())
    assert ["link", "site/a/mine.txt"] == names(write(build, NEW).kept)


def test_a_file_that_appears_during_the_build_is_kept(build, monkeypatch):
    """Between the look at the old tree and the exchange somebody may save a file into it."""
    write(build, OLD)
    real = write_module.swap

    def swap(out):
        (out / "site/a/late.txt").write_bytes(b"late")
        return real(out)

    monkeypatch.setattr(write_module, "swap", swap)
    write(build, NEW)
    assert NEW | {"site/a/late.txt": b"late"} == tree(build / "acme")


def test_without_its_record_the_writer_deletes_nothing(build):
    write(build, OLD)
    shutil.rmtree(build / ".cache")
    report = write(build, NEW)
    assert NEW | {"site/a/b.html": b"b"} == tree(build / "acme")
    assert (["site/a/b.html"], ["site/c/d.html", "site/index.html"]) == (names(report.kept), names(report.written))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1, "source": "", "files": []}', '{"version":2,"files":[1]}']
)
def test_a_damaged_record_is_none(build, text):
    write(build, OLD)
    (build / ".cache/outputs/acme.json").write_text(text)
    assert [] == names(write(build, OLD).written)
    assert 3 == len(json.loads((build / ".cache/outputs/acme.json").read_text())["files"])


def test_a_scope_leaves_our_other_files(build):
    write(build, OLD)
    report = write(build, {"theme/new.css": b"n"}, scope=["theme"])
    assert {"site/index.html": OLD["site/index.html"], "site/a/b.html": b"b", "theme/new.css": b"n"} == tree(
        build / "acme"
    )
    assert ["theme/tokens.css"] == names(report.removed)
    assert [] == names(report.kept)
    assert ["site/a/b.html", "site/index.html"] == names(write(build, OLD).unchanged)
    assert OLD == tree(build / "acme")


def test_modes_do_not_depend_on_the_umask(build):
    before = os.umask(0o077)
    try:
        write(build, OLD)
        write_file(build / "dist" / "a.zip", b"zip", cache=build / ".cache")
    finally:
        os.umask(before)
    modes = {oct(path.stat().st_mode & 0o777) for path in (build / "acme").rglob("*") if path.is_file()}
    assert {"0o644"} == modes
    folders = [build / "acme", build / "dist", *(path for path in (build / "acme").rglob("*") if path.is_dir())]
    assert {"0o755"} == {oct(path.stat().st_mode & 0o777) for path in folders}
    assert "0o644" == oct((build / "dist/a.zip").stat().st_mode & 0o777)


def test_file_systems_without_links_get_copies(build, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(1, "Operation not permitted")

    write(build, OLD)
    (build / "acme/mine").symlink_to("nowhere")
    monkeypatch.setattr(os, "link", refuse)
    write(build, NEW)
    assert NEW == tree(build / "acme")
    assert "nowhere" == str((build / "acme/mine").readlink())
    assert ["theme/tokens.css"] == names(write(build, OLD).unchanged)


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_not_replaced(build, tmp_path, kind):
    build.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (build / "acme").write_text("mine") if kind == "file" else (build / "acme").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"acme: is in the way: it is a link or a file, not a folder \(ENOTDIR\)"):
        write(build, OLD)
    assert [] == list((tmp_path / "elsewhere").iterdir())


def test_a_file_of_somebody_where_a_folder_must_be_is_an_error(build):
    write(build, {})
    (build / "acme").mkdir()
    (build / "acme/theme").write_text("mine")
    with pytest.raises(OutputError, match=r"\((EEXIST|ENOTDIR)\)"):
        write(build, OLD)
    assert {"theme": b"mine"} == tree(build / "acme")


# count_current, check_tree, remove_tree


def test_a_tree_is_current_until_its_source_or_a_file_changes(build, cache):
    assert not count_current(build / "acme", cache=cache, source="1")
    write(build, OLD, source="1")
    assert count_current(build / "acme", cache=cache, source="1")
    assert not count_current(build / "acme", cache=cache, source="2")
    assert not count_current(build / "acme", cache=cache, source="")
    (build / "acme/theme/tokens.css").write_bytes(b"b {}")
    assert not count_current(build / "acme", cache=cache, source="1")


def test_a_new_source_with_the_same_artifacts_is_remembered(build, cache):
    write(build, OLD, source="1")
    assert [] == names(write(build, OLD, source="2").written)
    assert count_current(build / "acme", cache=cache, source="2")


def test_a_tree_without_one_of_its_files_is_not_current(build, cache):
    write(build, OLD, source="1")
    (build / "acme/site/a/b.html").unlink()
    assert not count_current(build / "acme", cache=cache, source="1")


def test_drift_names_what_is_missing_changed_and_extra(build):
    write(build, OLD)
    assert not check_tree(build / "acme", [output(OLD)])
    status = (build / "acme/theme/tokens.css").stat()
    (build / "acme/theme/tokens.css").write_bytes(b"b {}")
    os.utime(build / "acme/theme/tokens.css", ns=(status.st_mtime_ns, status.st_mtime_ns))
    (build / "acme/site/index.html").unlink()
    (build / "acme/mine").write_text("mine")
    before = tree(build)
    drift = check_tree(build / "acme", [output(OLD)])
    assert (["site/index.html"], ["theme/tokens.css"], ["mine"]) == tuple(
        map(names, (drift.missing, drift.changed, drift.extra))
    )
    assert before == tree(build)


def test_drift_of_a_tree_that_was_never_built(build):
    assert sorted(OLD) == names(check_tree(build / "acme", [output(OLD)]).missing)
    assert not build.exists()


def test_drift_keeps_to_its_scope(build):
    write(build, OLD)
    drift = check_tree(build / "acme", [output({"theme/new.css": b""})], scope=["theme"])
    assert (["theme/new.css"], ["theme/tokens.css"]) == (names(drift.missing), names(drift.extra))


def test_removing_takes_ours_and_leaves_what_is_not(build, cache):
    write(build, OLD)
    (build / "acme/site/mine").write_text("mine")
    report = remove_tree(build / "acme", cache=cache)
    assert (sorted(OLD), ["site/mine"]) == (names(report.removed), names(report.kept))
    assert {"site/mine": b"mine"} == tree(build / "acme")
    assert not (build / "acme/theme").exists()
    (build / "acme/site/mine").unlink()
    assert [] == names(remove_tree(build / "acme", cache=cache).removed)
    assert not (build / "acme").exists()


# what is refused


def messages(*outputs: Output) -> list[str]:
    return [diagnostic.message for diagnostic in check_outputs(outputs)]


def test_two_artifacts_with_one_path_name_both_producers(build):
    two = [output({"site/a.css": b"1"}, "the site"), output({"site/a.css": b"2"}, "the target css")]
    assert ["`site/a.css` is written twice: by the site and by the target css"] == messages(*two)
    with pytest.raises(RefusedOutputs, match="written twice") as caught:
        write_tree(build / "acme", two, cache=build / ".cache")
    assert ["output-collision"] == [diagnostic.code for diagnostic in caught.value.diagnostics]
    with pytest.raises(RefusedOutputs):
        check_tree(build / "acme", two)
    assert not build.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("site/Logo.svg", "site/logo.svg"),
        ("Site/logo.svg", "site/logo.svg"),
        ("site/straße", "site/STRASSE"),
        ("site/a", "site/a/b"),
        ("site/a/b", "site/a"),
        ("site/A/b", "site/a"),
    ],
)
def test_paths_that_are_one_on_some_system_are_refused(one, other):
    expected = f"`{one}` of x and `{other}` of y cannot both be written on every system"
    assert [expected] == messages(output({one: b""}, "x"), output({other: b""}, "y"))


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../up", "a/../../up", "con", "a/nul.svg", "a:b", "a\\b", "a.", "a\0", "x" * 300, "a\u202eb"],
)
def test_paths_that_some_system_cannot_hold_are_refused(build, path):
    (found,) = check_outputs([output({path: b""})])
    assert "output-path" == found.code
    assert "of the site" in found.message
    with pytest.raises(RefusedOutputs):
        write(build, {path: b""})
    assert not build.exists()


def test_paths_that_only_look_alike_are_fine():
    assert [] == messages(output({"a/b": b"", "a/bc": b"", "ab": b"", "b/a": b"", "a.b": b""}))


# single files


def test_a_file_is_written_in_one_step(build, cache):
    path = build / "dist" / "acme-1.0.0.zip"
    assert write_file(path, b"one", cache=cache)
    assert not write_file(path, b"one", cache=cache)
    assert write_file(path, b"two", cache=cache)
    assert b"two" == path.read_bytes()
    assert [path] == list(path.parent.iterdir())


def test_a_file_of_a_killed_process_is_cleared(build, cache):
    (build / "dist").mkdir(parents=True)
    (build / "dist/.stage-a.zip").write_bytes(b"half")
    write_file(build / "dist/a.zip", b"whole", cache=cache)
    assert ["a.zip"] == [path.name for path in (build / "dist").iterdir()]


def test_what_a_killed_process_left_of_any_file_is_cleared_but_not_what_is_being_written(build, cache):
    """A bundle's name has its version in it: the next run writes another file."""
    (build / "dist").mkdir(parents=True)
    for name in (".stage-acme-1.zip", ".stage-zeta-1.zip", "acme-1.zip"):
        (build / "dist" / name).write_bytes(b"half")
    with locked(cache, "dist-zeta-1.zip"):
        clear_unfinished(build / "dist", cache=cache)
    assert [".stage-zeta-1.zip", "acme-1.zip"] == names_in(build / "dist")


def test_a_folder_that_cannot_be_read_has_no_names_only_if_it_is_not_there(build):
    build.write_bytes(b"no folder")
    with pytest.raises(NotADirectoryError):
        names_in(build)
    assert [] == names_in(build.with_name("nothing"))


def test_writing_through_a_link_replaces_the_link(build, cache, tmp_path):
    (build / "dist").mkdir(parents=True)
    (tmp_path / "mine").write_bytes(b"mine")
    (build / "dist/a.zip").symlink_to(tmp_path / "mine")
    write_file(build / "dist/a.zip", b"mine", cache=cache)
    assert (False, b"mine") == ((build / "dist/a.zip").is_symlink(), (build / "dist/a.zip").read_bytes())


def test_what_cannot_be_written_is_told_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(run, "prepare", lambda *_, **_named: pytest.fail("it went to work"))
    with pytest.raises(OutputError, match=r"permission denied \(EACCES\)"):
        run.build(Project(tmp_path), (), parts=("theme",), jobs=1, writes=True, tell=lambda _: None)
