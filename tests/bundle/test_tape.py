"""The tar form: every tar reads it, it is the same each time, and nothing else is read."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundle.forge import good_bundle
from tests.bundle.signed import WITH_SBOM
from themekit.bundle.tape import InvalidTarError, TarFile, read_tar, write_tar
from themekit.bundle.tape_form import tape_of, tar_of
from themekit.bundle.verify import verify_bundle
from themekit.bundle.zstd import compressed

EPOCH_S = 1_700_000_000
PART = st.text("abcé", min_size=1, max_size=60)
PATH = st.lists(PART, min_size=1, max_size=6).map("/".join)
FILES = st.lists(st.tuples(PATH, st.binary(max_size=1100)), max_size=6)


def codes(content: bytes) -> list[str]:
    return [each.code for each in verify_bundle(content)[1]]


@given(FILES)
def test_others_and_we_read_what_is_written(files):
    written = write_tar([TarFile(path, content) for path, content in files], epoch_s=EPOCH_S)
    with tarfile.open(fileobj=io.BytesIO(written)) as archive:
        members = archive.getmembers()
        assert files == [(each.name, archive.extractfile(each).read()) for each in members]
        assert {(0o644, EPOCH_S, 0, 0)} >= {(each.mode, each.mtime, each.uid, each.gid) for each in members}
    found, epoch_s = read_tar(memoryview(written))
    assert files == [(each.path, bytes(each.content)) for each in found]
    assert (EPOCH_S if files else 0) == epoch_s


@given(st.data())
def test_a_byte_changed_outside_of_contents_is_refused(data):
    """Nothing hides in padding, spare fields or behind the end."""
    written = bytearray(write_tar([TarFile("a", b"x" * 10), TarFile("b" * 150, b"y")], epoch_s=EPOCH_S))
    place = data.draw(st.integers(0, len(written) - 1))
    before = read_tar(memoryview(bytes(written)))[0]
    written[place] ^= data.draw(st.integers(1, 255))
    try:
        after, _ = read_tar(memoryview(bytes(written)))
    except InvalidTarError:
        return
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    # A long name is the content of a member of its own: what changes it is seen as what changes any other content.
    ((one, other),) = changed
    assert 1 == (one.path != other.path) + (one.content != other.content)


@given(st.binary(max_size=2000))
def test_anything_else_is_refused(content):
    with pytest.raises(InvalidTarError):
        read_tar(memoryview(b"\1" + content))


def test_a_tape_is_verified_as_the_zip_is():
    bundle = good_bundle(WITH_SBOM)
    zipped, taped = verify_bundle(bundle)[0], verify_bundle(tape_of(bundle))
    assert ((), zipped.manifest, zipped.sbom) == (taped[1], taped[0].manifest, taped[0].sbom)
    assert tape_of(bundle) == tape_of(bundle)


def repacked(*files: TarFile, epoch_s: int = 315_532_800) -> bytes:
    return compressed(write_tar(files, epoch_s=epoch_s))


def members() -> list[TarFile]:
    return list(read_tar(memoryview(tar_of(good_bundle())))[0])


@pytest.mark.parametrize(("change", "code"), [
    (lambda it: it[:-1], "bundle-missing-member"),
    (lambda it: [*it, TarFile("site/more.html", b"")], "bundle-extra-member"),
    (lambda it: [*it, it[-1]], "bundle-duplicate-member"),
    (lambda it: [*it, TarFile("../evil", b"")], "bundle-unsafe-path"),
    (lambda it: [*it, TarFile("/etc/cron.d/x", b"")], "bundle-unsafe-path"),
    (lambda it: [*it[:-1], TarFile(it[-1].path, bytes(reversed(it[-1].content)))], "bundle-damaged"),
    (lambda it: it[1:], "bundle-manifest"),
    (lambda it: [*it[1:], it[0]], "bundle-manifest"),
    (lambda _: [], "bundle-manifest"),
])  # fmt: skip
def test_a_tape_with_other_files_is_refused(change, code):
    assert code in codes(repacked(*change(members())))


def test_a_link_in_a_tape_is_refused():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        link = tarfile.TarInfo("site/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert ["bundle-tar"] == codes(compressed(buffer.getvalue()))


def test_a_tape_that_is_cut_off_longer_or_a_bomb_is_refused():
    tape = tape_of(good_bundle())
    assert [["bundle-tar"]] * 3 == [codes(each) for each in (tape[:-1], tape + b"x", tape + tape)]
    assert ["bundle-too-large"] == codes(compressed(bytes(200 * 1024 * 1024)))
