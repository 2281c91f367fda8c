"""What is said of archives of a strange form, to the word: a finding that follows from another is not told."""

import zlib
from dataclasses import replace

import forge
import pytest
from forge import FILES, Forged, artifact, good_bundle, good_members, manifest

from themekit.bundle import verify_bundle
from themekit.bundle.manifest import MANIFEST_PATH

NO_DIRECTORY = "the file has no zip directory"
TAIL = "data follows the end of the archive"
GAP = "the archive does not fill the file: data stands before, between or after it"
END = forge.forge([])


def messages(content: bytes) -> list[str]:
    return [each.message for each in verify_bundle(content)[1]]


def codes(content: bytes) -> list[str]:
    return [each.code for each in verify_bundle(content)[1]]


def spoiled(index: int, **changes) -> bytes:
    members = good_members()
    members[index] = replace(members[index], **changes)
    return forge.forge(members)


def bundle_of(content: bytes, **changes) -> bytes:
    """A bundle of one file, and what its member has otherwise."""
    files = (artifact("a.txt", content),)
    return forge.forge([Forged(str(MANIFEST_PATH), manifest(files).to_json()), Forged("a.txt", content, **changes)])


def test_an_archive_of_nothing_is_no_bundle():
    """It is a faultless zip, and 22 bytes: nothing in it is wrong, and nothing is there."""
    verification, (found,) = verify_bundle(END)
    assert ("bundle-manifest", None, 0) == (found.code, verification.manifest, verification.members)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(END[:-1], "the file is too short to be a zip", id="a byte too short"),
        pytest.param(END + b"x", TAIL, id="data behind an archive of nothing"),
        pytest.param(END + b"x" * 0xFFFF, TAIL, id="as much data as a comment may have"),
        pytest.param(END + b"x" * 0x10000, NO_DIRECTORY, id="more data than a comment may have"),
        pytest.param(b"x" + good_bundle(), GAP, id="data before the archive"),
        pytest.param(b"PK\x01\x02" + bytes(10) + END[:12] + b"\x0e" + END[13:], "damaged at byte 0", id="cut entry"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding(content, says):
    (found,) = messages(content)
    assert found.endswith(says)


@pytest.mark.parametrize(("offset", "bit", "says"), [(0, 1, "is damaged at byte"), (28, 0x80, "is cut off at byte")])
def test_a_damaged_directory_is_one_finding(offset, bit, says):
    content = bytearray(good_bundle())
    content[content.rindex(b"PK\x01\x02") + offset] ^= bit
    (found,) = messages(bytes(content))
    assert says in found


@pytest.mark.parametrize("flag", [0x0001, 0x0040, 0x2000], ids=["traditional", "strong", "masked header"])
def test_every_kind_of_encryption_is_seen_and_its_content_not_read(flag):
    assert ["bundle-encrypted", "bundle-missing-member"] == codes(spoiled(3, flags=0x0800 | flag))


def test_an_unknown_compression_is_not_read():
    assert ["bundle-compression", "bundle-missing-member"] == codes(spoiled(3, method=12))


def test_a_member_that_reaches_into_the_directory_is_not_read():
    content = bytearray(good_bundle())
    size_at = content.rindex(b"PK\x01\x02") + 20
    content[size_at : size_at + 4] = (4000).to_bytes(4, "little")
    assert ["bundle-surrounding-data", "bundle-overlap", "bundle-missing-member"] == codes(bytes(content))


def test_attributes_of_other_systems_are_no_modes():
    """A file packed on Windows is a regular one: its attributes have no type of file in them."""
    assert ["bundle-not-canonical"] == codes(spoiled(3, made_by=20, attributes=0x20))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("site/index.html", "the archive holds `site/index.html` twice"),
        (
            "Site/index.html",
            "the archive holds `Site/index.html` beside `site/index.html`, the same file where case is",
        ),
    ],
)
def test_one_file_twice_is_told_from_one_spelled_otherwise(name, says):
    assert any(message.startswith(says) for message in messages(forge.forge([*good_members(), Forged(name, b"x")])))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("größe.txt", "größe.txt"), ("a" * 80, "a" * 80), ("a" * 81, "a" * 79 + "…"), ("a\tb", r"a\tb")],
    ids=["printable", "80 characters", "81 characters", "a tab"],
)
def test_names_are_shown_as_they_are_or_cut(name, shown):
    assert any(
        f"`{shown}` is in the bundle, but" in each
        for each in messages(forge.forge([*good_members(), Forged(name, b"x")]))
    )


def test_a_file_of_another_size_is_not_read():
    assert ["`theme/brand.css` has 3 bytes, the manifest says 1620"] == messages(spoiled(3, content=b"abc"))


@pytest.mark.parametrize("content", [b"", bytes(3_000_000), bytes(1024 * 1024 + 5)], ids=["empty", "large", "flush"])
def test_files_of_any_size_verify(content):
    """Also one larger than a chunk, and one whose last bytes the inflater holds back until it is flushed."""
    assert [] == codes(bundle_of(content))


def test_the_whole_window_of_deflate_is_known():
    block = b"".join(zlib.crc32(bytes([number % 256, number // 256])).to_bytes(4) for number in range(7000))
    assert [] == codes(bundle_of(block + block))


def test_a_stream_that_stops_early_is_damage():
    packed = zlib.compress(b"x" * 1000, wbits=-15)[:-2]
    assert ["bundle-damaged"] == codes(bundle_of(b"x" * 1000, packed=packed))


def test_a_bomb_is_one_finding():
    """So nothing more of it was unpacked."""
    content = b"x" * 100
    packed = zlib.compress(bytes(20_000_000), wbits=-15)
    assert ["bundle-size-lie"] == codes(bundle_of(content, packed=packed))


def test_limits_are_met_exactly(monkeypatch):
    size = len(manifest().to_json())
    monkeypatch.setattr("themekit.bundle.verify.MAX_MANIFEST_BYTES", size)
    monkeypatch.setattr("themekit.bundle.verify.MAX_UNPACKED_BYTES", sum(len(each.content) for each in FILES))
    assert [] == codes(good_bundle())
    monkeypatch.setattr("themekit.bundle.verify.MAX_MANIFEST_BYTES", size - 1)
    verification, (found,) = verify_bundle(good_bundle())
    assert ("bundle-manifest", None) == (found.code, verification.manifest)


def test_what_would_unpack_to_too_much_is_not_read(monkeypatch):
    monkeypatch.setattr("themekit.bundle.verify.MAX_UNPACKED_BYTES", 100)
    assert ["bundle-too-large"] == codes(spoiled(3, content=b"changed"))


@pytest.mark.parametrize(("strange", "others", "is_repacked"), [(3, 1, False), (4, 4, False), (4, 3, True)])
def test_repacked_is_what_most_members_show(strange, others, is_repacked):
    """More than three, and more than half of all: else it is an accident of single members."""
    names = [f"{number}.txt" for number in range(strange + others - 1)]
    files = tuple(artifact(name, b"x") for name in names)
    members = [Forged(str(MANIFEST_PATH), manifest(files).to_json())]
    members += [Forged(name, b"x", comment=b"hi" * (number < strange)) for number, name in enumerate(names)]
    found = codes(forge.forge(members))
    assert strange == found.count("bundle-not-canonical")
    assert is_repacked == ("bundle-repacked" in found)


def test_many_other_faults_are_no_repacking():
    unsafe = [Forged(f"{number}.", b"x") for number in range(30)]
    found = codes(forge.forge([*good_members(), *unsafe]))
    assert {"bundle-unsafe-path", "bundle-extra-member"} == set(found)
