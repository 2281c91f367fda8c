"""The writer: what ordinary tools read back, and that equal input gives equal bytes."""

import io
import shutil
import subprocess
import zipfile

import pytest
from forge import FILES, artifact, good_bundle

from themekit.bundle.archive import EARLIEST_S, MAX_MEMBERS, dos_time, member, write_zip


def test_python_reads_every_member_back():
    with zipfile.ZipFile(io.BytesIO(good_bundle())) as archive:
        assert archive.testzip() is None
        assert {str(each.path): each.content for each in FILES}.items() <= {
            info.filename: archive.read(info) for info in archive.infolist()
        }.items()


def test_modes_times_and_names_are_fixed():
    with zipfile.ZipFile(io.BytesIO(good_bundle())) as archive:
        infos = archive.infolist()
    assert {(1980, 1, 1, 0, 0, 0)} == {info.date_time for info in infos}
    assert {0o100644} == {info.external_attr >> 16 for info in infos}
    assert {3} == {info.create_system for info in infos}
    assert ".themekit/manifest.json" == infos[0].filename


def test_the_time_is_the_epoch_given():
    members = [member(FILES[0])]
    with zipfile.ZipFile(io.BytesIO(write_zip(members, epoch_s=1_700_000_001))) as archive:
        assert (2023, 11, 14, 22, 13, 20) == archive.infolist()[0].date_time


def test_times_before_1980_are_raised():
    assert dos_time(EARLIEST_S) == dos_time(0)


def test_images_are_stored_and_text_is_deflated():
    assert 0 == member(FILES[3]).header.method
    assert 8 == member(FILES[2]).header.method


def test_what_deflating_would_enlarge_is_stored():
    assert 0 == member(artifact("a", b"x")).header.method


def test_non_ascii_names_are_utf8():
    with zipfile.ZipFile(io.BytesIO(write_zip([member(artifact("süß.txt", b"x"))], epoch_s=0))) as archive:
        assert ["süß.txt"] == archive.namelist()


def test_more_members_than_a_zip_holds_are_refused():
    one = member(artifact("a", b""))
    with pytest.raises(ValueError, match="zip64"):
        write_zip([one] * (MAX_MEMBERS + 1), epoch_s=0)


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs Info-ZIP's unzip to compare with")
def test_unzip_finds_no_fault(tmp_path):
    (tmp_path / "bundle.zip").write_bytes(good_bundle())
    done = subprocess.run(["unzip", "-tq", tmp_path / "bundle.zip"], capture_output=True, check=False)
    assert 0 == done.returncode
