"""Zips that are written by hand: others read back what was put in, smaller, and the same bytes each time."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.sdk.packages.archives import zip_of

FILES = [("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\n" * 40), ("ä/b.txt", b"x"), ("empty", b"")]


def test_members_are_deflated_where_that_helps() -> None:
    with zipfile.ZipFile(BytesIO(zip_of(FILES))) as archive:
        found = archive.infolist()
        assert archive.testzip() is None
        assert dict(FILES) == {each.filename: archive.read(each) for each in found}
    assert [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_STORED] == [each.compress_type for each in found]
    assert {((2000, 1, 1, 0, 0, 0), 3, 0o100644)} == {
        (each.date_time, each.create_system, each.external_attr >> 16) for each in found
    }


@given(st.dictionaries(st.from_regex(r"\A[a-zé/]{1,20}\Z"), st.binary(max_size=300)))
def test_what_goes_in_comes_out(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(BytesIO(zip_of(files.items()))) as archive:
        assert files == {each.filename: archive.read(each) for each in archive.infolist()}
    assert zip_of(files.items()) == zip_of(files.items())


def test_too_many_members_are_refused() -> None:
    """Their number would be cut, and the last ones lost."""
    with pytest.raises(ValueError, match="too much"):
        zip_of((str(number), b"") for number in range(70_000))
