"""What `verify` must see in a bundle that somebody has touched. Each forgery is made byte by byte."""

import io
import json
import zipfile
from dataclasses import replace

import forge
import pytest
from forge import FILES, Forged, artifact, good_bundle, good_members, manifest

from themekit.bundle import condensed, verify_bundle
from themekit.bundle.manifest import MANIFEST_PATH


def codes(content: bytes, brand: str | None = None) -> set[str]:
    _, diagnostics = verify_bundle(content, expected_brand=brand)
    assert all("\x1b" not in diagnostic.message and "\n" not in diagnostic.message for diagnostic in diagnostics)
    return {diagnostic.code for diagnostic in diagnostics}


def spoiled(index: int, **changes) -> bytes:
    members = good_members()
    members[index] = replace(members[index], **changes)
    return forge.forge(members)


def with_manifest(content: bytes) -> bytes:
    return spoiled(0, content=content)


def edited_manifest(edit) -> bytes:
    document = json.loads(manifest().to_json())
    edit(document)
    return with_manifest(json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())


def test_a_good_bundle_has_nothing_to_report():
    verification, diagnostics = verify_bundle(good_bundle(), expected_brand="acme")
    assert () == diagnostics
    assert len(FILES) + 1 == verification.members
    assert manifest() == verification.manifest


def test_the_forger_writes_what_the_writer_writes():
    """Else the forgeries below would be refused for their form and not for their lie."""
    assert set() == codes(forge.forge(good_members()))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"content": FILES[2].content.replace(b"6px", b"9px")}, id="other bytes of the same size"),
        pytest.param({"content": FILES[2].content + b"x"}, id="one byte more"),
        pytest.param({"crc32": 1}, id="wrong crc"),
        pytest.param({"tail": b"\x00"}, id="data behind the compressed data"),
    ],
)
def test_changed_content_is_named(changes):
    _, diagnostics = verify_bundle(spoiled(3, **changes))
    assert any("theme/brand.css" in diagnostic.message for diagnostic in diagnostics)
    assert "bundle-damaged" in {diagnostic.code for diagnostic in diagnostics}


def test_compressed_garbage_is_damage():
    members = good_members()
    content = bytearray(forge.forge(members))
    at = content.index(b"theme/brand.css") + len("theme/brand.css")
    content[at] = 0xFF  # block type 3 does not exist
    assert "cannot be unpacked" in messages(bytes(content))


def test_missing_member():
    members = good_members()
    del members[1]
    assert {"bundle-missing-member"} == codes(forge.forge(members))


def test_extra_member():
    assert {"bundle-extra-member"} == codes(forge.forge([*good_members(), Forged("site/evil.js", b"alert(1)")]))


def test_no_manifest():
    assert {"bundle-manifest"} == codes(forge.forge(good_members()[1:]))


def test_manifest_not_first():
    members = good_members()
    assert {"bundle-manifest"} == codes(forge.forge([members[1], members[0], *members[2:]]))


def test_a_manifest_with_half_a_character():
    assert "half a character" in messages(with_manifest(manifest().to_json().replace(b'"Acme"', b'"\\ud800"')))


def set_path(document, value):
    document["files"][0]["path"] = value


MANIFEST_EDITS = {
    "sha256 of a file changed": ("another tree digest", lambda d: d["files"][0].update(sha256="1" * 64)),
    "only md5": ("lacks `sha256` in a file", lambda d: d["files"][0].update(md5=d["files"][0].pop("sha256"))),
    "md5 in the place of sha256": (
        "no SHA-256",
        lambda d: d["files"][0].update(sha256="d41d8cd98f00b204e9800998ecf8427e"),
    ),
    "unknown format": ("is not of the format", lambda d: d.update(format="themekit-bundle/2")),
    "unknown member": ("has the unknown `note`", lambda d: d.update(note="hello")),
    "member gone": ("lacks `tools`", lambda d: d.pop("tools")),
    "brand is text": ("in `brand`", lambda d: d.update(brand="acme")),
    "brand is a list of its keys": ("in `brand`", lambda d: d.update(brand=sorted(d["brand"]))),
    "brand without a name": ("in `brand`", lambda d: d["brand"].pop("name")),
    "brand name is a number": ("no text", lambda d: d["brand"].update(name=1)),
    "tools are a list": ("`tools` that are no object", lambda d: d.update(tools=[])),
    "tool version is a number": ("no text", lambda d: d["tools"].update(themekit=1)),
    "a tool in other letters": ("other letters than ASCII", lambda d: d["tools"].update({"zlib\u00e4": "1"})),
    "files are an object": ("`files` that are no list", lambda d: d.update(files={})),
    "a file is text": ("in a file", lambda d: d.update(files=["site/index.html"])),
    "files out of order": ("out of order or twice", lambda d: d["files"].reverse()),
    "a file twice": ("out of order or twice", lambda d: d["files"].insert(0, d["files"][0])),
    "path leaves": ("leaves its folder", lambda d: set_path(d, "../x")),
    "path not NFC": ("NFC", lambda d: set_path(d, "site/e\u0301.html")),
    "size negative": ("no count of bytes", lambda d: d["files"][0].update(size=-1)),
    "size is text": ("no count of bytes", lambda d: d["files"][0].update(size="1")),
    "size true": ("no count of bytes", lambda d: d["files"][0].update(size=True)),
    "media type is markup": ("media type", lambda d: d["files"][0].update(mediaType="<b>")),
    "tree digest of another tree": ("another tree digest", lambda d: d.update(tree="2" * 64)),
    "inputs digest is a number": ("no SHA-256", lambda d: d.update(inputs=0)),
    "inputs digest cut": ("no SHA-256", lambda d: d.update(inputs="00")),
}


@pytest.mark.parametrize(("says", "edit"), MANIFEST_EDITS.values(), ids=MANIFEST_EDITS)
def test_an_edited_manifest_is_refused(says, edit):
    """With the reason that is true of it: a later check that would refuse it too must not hide a lost one."""
    _, diagnostics = verify_bundle(edited_manifest(edit))
    assert any("bundle-manifest" == each.code and says in each.message for each in diagnostics)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]", b"[" * 100_000, b'{"format":1}', b"\xff"])
def test_a_manifest_of_another_kind_is_refused(content):
    assert "bundle-manifest" in codes(with_manifest(content))


def messages(content: bytes) -> str:
    return "\n".join(diagnostic.message for diagnostic in verify_bundle(content)[1])


def test_a_damaged_directory_is_named():
    content = bytearray(good_bundle())
    content[content.rindex(b"PK\x01\x02")] ^= 1
    assert "directory is damaged" in messages(bytes(content))


def test_a_directory_entry_longer_than_the_directory():
    content = bytearray(good_bundle())
    content[content.rindex(b"PK\x01\x02") + 28] ^= 0x80
    assert "directory is cut off" in messages(bytes(content))


def test_spare_fields_of_the_end_record():
    content = bytearray(good_bundle())
    content[-18] = 1  # the number of this disk
    assert "the end record has fields" in messages(bytes(content))


def test_a_manifest_spelled_otherwise_is_refused():
    """Equal meaning is not enough: signatures are over bytes."""
    assert {"bundle-manifest"} == codes(with_manifest(manifest().to_json().replace(b":", b": ", 1)))


UNSAFE = [
    "/etc/cron.d/x",
    "../x",
    "a/../../x",
    "C:evil",
    "a\\b",
    "CON",
    "nul.txt",
    "a:b",
    "dot.",
    "space ",
    "a//b",
    "./a",
]


@pytest.mark.parametrize("name", [*UNSAFE, "e\u0301", "zero\u200bwidth", "a" * 300, "", "folder/"])
def test_unsafe_paths(name):
    assert "bundle-unsafe-path" in codes(forge.forge([*good_members(), Forged(name, b"x")]))


def test_a_name_that_is_no_utf8():
    assert "bundle-unsafe-path" in codes(forge.forge([*good_members(), Forged(b"\xff\xfe", b"x")]))


def test_names_are_shown_without_control_characters():
    _, diagnostics = verify_bundle(forge.forge([*good_members(), Forged("a\x1b[2Jb\u202e", b"x")]))
    assert any(r"a\x1b[2Jb\u202e" in diagnostic.message for diagnostic in diagnostics)


@pytest.mark.parametrize("name", ["site/index.html", "SITE/INDEX.HTML"])
def test_one_file_twice(name):
    assert "bundle-duplicate-member" in codes(forge.forge([*good_members(), Forged(name, b"x")]))


@pytest.mark.parametrize("mode", [0o120777, 0o040755, 0o010644])
def test_links_folders_and_pipes(mode):
    assert "bundle-special-file" in codes(spoiled(3, attributes=mode << 16))


def test_encryption():
    assert "bundle-encrypted" in codes(spoiled(3, flags=0x0801))


def test_an_unknown_compression():
    assert "bundle-compression" in codes(spoiled(3, method=12))


def test_two_names_for_one_member():
    assert "bundle-header-mismatch" in codes(spoiled(3, local_name="theme/other.css"))


def test_overlapping_members():
    members = good_members()
    members[4] = replace(members[4], offset=0)
    assert "bundle-overlap" in codes(forge.forge(members))


def test_a_member_that_reaches_into_the_directory():
    members = [*good_members(), Forged("z.txt", b"z" * 40, method=0)]
    content = bytearray(forge.forge(members))
    size_at = content.rindex(b"PK\x01\x02") + 20
    content[size_at : size_at + 4] = (4000).to_bytes(4, "little")
    assert "bundle-overlap" in codes(bytes(content))


@pytest.mark.parametrize("declared", [10, 10_000_000])
def test_a_size_that_lies(declared):
    """The manifest may lie along: then the inflater's own count decides."""
    files = (artifact("a.txt", b"x" * 1000),)
    document = manifest(files).to_json().replace(b'"size":1000', b'"size":%d' % declared)
    members = [Forged(str(MANIFEST_PATH), document), Forged("a.txt", b"x" * 1000, declared_size=declared)]
    assert "bundle-size-lie" in codes(forge.forge(members))


def test_a_bomb_is_not_inflated_past_its_declared_size():
    files = (artifact("a.txt", b"x" * 100),)
    bomb = Forged("a.txt", bytes(50_000_000), declared_size=100)
    assert "bundle-size-lie" in codes(forge.forge([Forged(str(MANIFEST_PATH), manifest(files).to_json()), bomb]))


def test_more_than_a_zip_can_hold_is_not_tried(monkeypatch):
    monkeypatch.setattr("themekit.bundle.verify.MAX_UNPACKED_BYTES", 100)
    assert {"bundle-too-large"} == codes(good_bundle())


def test_a_manifest_too_large_to_read(monkeypatch):
    monkeypatch.setattr("themekit.bundle.verify.MAX_MANIFEST_BYTES", 100)
    assert {"bundle-manifest"} == codes(good_bundle())


def test_data_before_the_archive():
    assert "bundle-surrounding-data" in codes(b"#!/bin/sh\n" + good_bundle())


def test_data_after_the_archive():
    assert {"bundle-surrounding-data"} == codes(good_bundle() + b"tail")


def test_data_between_members():
    assert {"bundle-surrounding-data"} == codes(spoiled(3, gap=b"hidden"))


def test_data_between_the_last_member_and_the_directory():
    good = good_bundle()
    at = good.index(b"PK\x01\x02")
    moved = bytearray(good[:at] + b"hidden" + good[at:])
    start_at = len(moved) - 6
    moved[start_at : start_at + 4] = (at + 6).to_bytes(4, "little")
    assert {"bundle-surrounding-data"} == codes(bytes(moved))


@pytest.mark.parametrize(
    "changes", [{"central_extra": b"\x01\x00\x00\x00"}, {"comment": b"hello"}, {"moment": (1, 33)}], ids=str
)
def test_spare_fields_hold_nothing(changes):
    assert "bundle-not-canonical" in codes(spoiled(3, **changes))


def test_a_comment_on_the_archive():
    assert "bundle-surrounding-data" in codes(forge.forge(good_members(), comment=b"hello"))


def test_a_wrong_count_of_members():
    assert "bundle-not-a-zip" in codes(forge.forge(good_members(), count=2))


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 1000], ids=["empty", "two bytes", "no zip"])
def test_not_a_zip(content):
    assert {"bundle-not-a-zip"} == codes(content)


def test_every_cut_is_seen():
    good = good_bundle()
    assert all(codes(good[:length]) for length in range(0, len(good), 7))


def test_another_brands_bundle():
    assert {"bundle-wrong-brand"} == codes(good_bundle(), brand="globex")


def test_all_faults_in_one_run():
    members = good_members()
    members[3] = replace(members[3], content=b"changed")
    members.append(Forged("../x", b"x"))
    members.append(Forged("link", b"x", attributes=0o120777 << 16))
    assert {"bundle-damaged", "bundle-unsafe-path", "bundle-special-file", "bundle-extra-member"} <= codes(
        forge.forge(members)
    )


def repacked(*, extra: bytes = b"", folders: bool = False) -> bytes:
    """The good bundle's files, packed by the standard library, with the extra fields or the folders of Info-ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        if folders:
            archive.mkdir("site")
        for each in good_members():
            info = zipfile.ZipInfo(str(each.name), (2026, 1, 1, 0, 0, 0))
            info.extra = extra
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, each.content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(repacked(), id="zipfile"),
        pytest.param(repacked(extra=b"UT\x05\x00\x01\x00\x00\x00\x00"), id="with extra fields"),
    ],
)
def test_a_repacked_bundle_is_said_to_be_one_and_once(content):
    """Whole files are not called damaged, and people read one finding where machines get one for each member."""
    _, diagnostics = verify_bundle(content)
    assert {"bundle-repacked", "bundle-header-mismatch"} == {each.code for each in diagnostics}
    assert len(FILES) + 2 == len(diagnostics)
    (shown,) = condensed(diagnostics)
    assert ("bundle-repacked", 2) == (shown.code, len(shown.notes))
    assert f"{len(FILES) + 1} members" in shown.message


def test_folders_of_a_repacked_bundle_are_named():
    assert {"bundle-special-file", "bundle-unsafe-path", "bundle-repacked"} <= codes(repacked(folders=True))


def test_one_strange_header_is_no_repacking():
    assert "bundle-repacked" not in codes(spoiled(3, local_name="theme/other.css"))


def test_of_many_faults_of_a_kind_three_are_shown_with_the_number_of_the_others():
    many = [Forged(f"evil/{number}.js", b"x") for number in range(9)]
    _, diagnostics = verify_bundle(forge.forge([*good_members(), *many]))
    first, second, third = condensed(diagnostics)
    assert {"bundle-extra-member"} == {first.code, second.code, third.code}
    assert ((), ()) == (first.notes, second.notes)
    assert ["and 6 more of this kind; `--format json` lists them all"] == [note.message for note in third.notes]
    assert diagnostics[:3] == condensed(diagnostics[:3])


def test_a_flipped_bit_of_content_is_one_finding_with_advice():
    good = good_bundle()
    start, end = good.index(b"theme/mark.png") + len("theme/mark.png"), good.index(b"PK\x01\x02")
    for at in range(start, end, 3):
        content = bytearray(good)
        content[at] ^= 0x10
        (found,) = verify_bundle(bytes(content))[1]
        assert found.code in {"bundle-damaged", "bundle-size-lie"}
        assert "download it again" in (found.hint or "")


def test_a_lie_is_not_put_down_to_a_flipped_bit():
    """A member of another size than declared, or of two names, may well have been made so."""
    files = (artifact("a.txt", b"x" * 1000),)
    document = manifest(files).to_json().replace(b'"size":1000', b'"size":999')
    members = [Forged(str(MANIFEST_PATH), document), Forged("a.txt", b"x" * 1000, declared_size=999)]
    for content in (forge.forge(members), spoiled(3, local_name="theme/other.css")):
        (found,) = (
            each for each in verify_bundle(content)[1] if each.code in {"bundle-size-lie", "bundle-header-mismatch"}
        )
        assert "download it again; if it says the same then, it was made so: do not unpack it" == found.hint


def test_a_flipped_bit_of_the_manifest_is_one_finding():
    content = bytearray(good_bundle())
    content[len("PK") + 28 + len(str(MANIFEST_PATH)) + 40] ^= 0x01
    assert {"bundle-damaged"} == codes(bytes(content))
    assert 1 == len(verify_bundle(bytes(content))[1])
