"""Writes are whole or not at all, and never over what somebody else wrote."""

import os
import threading
from pathlib import PurePosixPath

import pytest

from themekit.studio.serving import saving
from themekit.studio.serving.answers import version_of
from themekit.studio.serving.saving import (
    ChangedMeanwhile,
    NotWritable,
    create_file,
    create_folder,
    replace_file,
    writing,
)

PATH = PurePosixPath("brands/acme/brand.json")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_change_just_before_the_rename_is_seen(project, acme, monkeypatch):
    """Whoever writes while the Studio does loses nothing."""
    before = acme.read_bytes()
    write = saving._write

    def meanwhile(*arguments, **options):
        write(*arguments, **options)
        acme.write_bytes(b"theirs")

    monkeypatch.setattr(saving, "_write", meanwhile)
    with pytest.raises(ChangedMeanwhile) as caught:
        replace_file(project.root, PATH, content=b"ours", version=version_of(before))
    assert b"theirs" == caught.value.content == acme.read_bytes()
    assert ["brand.json"] == names(acme.parent)


def test_of_many_that_write_at_once_none_is_lost(project, acme):
    """Each takes the version it saw; those that come too late are told, and try again."""
    acme.write_bytes(b"")

    def add(number):
        while True:
            seen = acme.read_bytes()
            try:
                with writing(project, "acme"):
                    replace_file(project.root, PATH, content=seen + b"%d\n" % number, version=version_of(seen))
            except ChangedMeanwhile:
                continue
            return

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(range(8)) == sorted(map(int, acme.read_bytes().split()))


@pytest.mark.parametrize("version", [version_of(b"other"), ""])
def test_a_file_of_another_version_stays(project, acme, version):
    before = acme.read_bytes()
    with pytest.raises(ChangedMeanwhile):
        replace_file(project.root, PATH, content=b"x", version=version)
    assert before == acme.read_bytes()


def test_a_file_that_is_gone_stays_gone(project, acme):
    version = version_of(acme.read_bytes())
    acme.unlink()
    with pytest.raises(ChangedMeanwhile) as caught:
        replace_file(project.root, PATH, content=b"x", version=version)
    assert caught.value.content is None
    assert not acme.exists()


def test_what_is_no_file_is_not_written(project, acme):
    acme.unlink()
    os.mkfifo(acme)
    with pytest.raises(NotWritable, match="not a regular file"):
        replace_file(project.root, PATH, content=b"x", version="0" * 16)


def test_new_files_take_no_others_place(project, acme, tmp_path):
    folder = PATH.parent
    assert create_file(project.root, folder / "fonts" / "a.woff2", content=b"a")
    assert not create_file(project.root, folder / "fonts" / "a.woff2", content=b"b")
    assert b"a" == (acme.parent / "fonts" / "a.woff2").read_bytes()
    (acme.parent / "link.svg").symlink_to(tmp_path / "outside.svg")
    assert not create_file(project.root, folder / "link.svg", content=b"b")
    assert not (tmp_path / "outside.svg").exists()


def test_no_folder_out_of_the_project_is_written(project, acme, tmp_path):
    (tmp_path / "outside").mkdir()
    (acme.parent / "fonts").symlink_to(tmp_path / "outside")
    with pytest.raises(NotWritable, match="leaves the project"):
        create_file(project.root, PATH.parent / "fonts" / "a.woff2", content=b"a")
    assert [] == names(tmp_path / "outside")


def test_a_new_folder_takes_no_others_place(project):
    assert not create_folder(project.root, PurePosixPath("brands/acme"), files={"brand.json": b"x"})
    assert create_folder(project.root, PurePosixPath("brands/new"), files={"brand.json": b"x"})
    assert ["acme", "brand.schema.json", "lagoon", "new"] == names(project.root / "brands")
