"""Patches make exactly the bundle they are for, from exactly the one they are from, and nothing else."""

import hashlib
import json
import shutil
import subprocess
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundle.forge import FILES, artifact, good_bundle
from tests.bundle.test_pieces import LONG, NAME, PAGES, TEXTS, URL, expected, members
from themekit.bundle.archive import member, write_zip
from themekit.bundle.inflating import inflated
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, file_entry, manifest_of
from themekit.bundle.patch import apply_patch, make_patch, parse_patch
from themekit.bundle.reader import Entry, read_entries
from themekit.bundle.recipe import InvalidRecipeError, Recipe, cooked, parse_recipe, recipe_of
from themekit.bundle.tape import TarFile, read_tar, write_tar
from themekit.bundle.tape_form import tar_of
from themekit.bundle.zstd import SKIPPABLE, compressed, decompressed, patched_from
from themekit.diagnostics import Reporter
from themekit.model import Slot

OLD = good_bundle()
CHANGED = (*FILES[:1], artifact("site/index.html", b"<p>Hello, all</p>\n" * 40, "text/html"), *FILES[2:])
NEW = good_bundle(CHANGED)
PATCH, _ = make_patch(OLD, NEW)


def codes(old: bytes, patch: bytes) -> list[str]:
    made, found = apply_patch(old, patch)
    assert b"" == made or not found
    return [each.code for each in found]


def head(patch: bytes = PATCH) -> dict[str, object]:
    return json.loads(decompressed(patch[8 : 8 + size_of(patch)], max_bytes=10**7))


def size_of(patch: bytes) -> int:
    return int.from_bytes(patch[4:8], "little")


def with_head(document: object, frame: bytes | None = None) -> bytes:
    packed = compressed(json.dumps(document).encode())
    frame = PATCH[8 + size_of(PATCH) :] if frame is None else frame
    return SKIPPABLE + len(packed).to_bytes(4, "little") + packed + frame


def test_a_patch_makes_the_new_bundle_byte_for_byte():
    assert (NEW, ()) == apply_patch(OLD, PATCH)
    assert PATCH == make_patch(OLD, NEW)[0]


@pytest.mark.parametrize("files", [FILES, FILES[:1], (*FILES, artifact("a/new.txt", b"new"))])
def test_files_may_come_and_go(files):
    new = good_bundle(files)
    assert (new, ()) == apply_patch(NEW, make_patch(NEW, new)[0])


def test_zstd_itself_unpacks_a_patch(tmp_path):
    command = shutil.which("zstd")
    if command is None:
        pytest.skip("there is no zstd; the Debian package `zstd` has it")
    (tmp_path / "old.tar").write_bytes(tar_of(OLD))
    (tmp_path / "patch").write_bytes(PATCH)
    arguments = ("-d", "-q", "--long=31", "--patch-from=old.tar", "patch", "-o", "new.tar")
    subprocess.run([command, *arguments], cwd=tmp_path, check=True, timeout=60)
    assert tar_of(NEW) == (tmp_path / "new.tar").read_bytes()


def test_a_patch_is_for_one_bundle_only():
    _, found = apply_patch(NEW, PATCH)
    expected = f"the patch is for another old bundle: the one with the SHA-256 {hashlib.sha256(OLD).hexdigest()}"
    assert [("bundle-patch", expected)] == [(each.code, each.message) for each in found]


def test_bundles_of_two_brands_have_no_patch():
    brand = BundleBrand("volt", "Volt", "1.0.0", "en")
    manifest = manifest_of(map(file_entry, FILES), brand=brand, inputs="0" * 64, tools=[])
    first = artifact(str(MANIFEST_PATH), manifest.to_json(), "application/json")
    volt = write_zip([member(each) for each in (first, *FILES)], epoch_s=0)
    patch, found = make_patch(OLD, volt)
    assert (b"", ["bundle-patch"]) == (patch, [each.code for each in found])


def test_a_bundle_that_is_not_whole_has_no_patch():
    assert [b"", b""] == [make_patch(*pair)[0] for pair in ((OLD[:-1], NEW), (OLD, NEW[1:]))]


@pytest.mark.parametrize("end", [0, 3, 7, 8, 20, len(PATCH) // 2, len(PATCH) - 1])
def test_a_patch_that_is_cut_off_is_refused(end):
    assert ["bundle-patch"] == codes(OLD, PATCH[:end])


def test_what_follows_a_patch_is_refused():
    assert ["bundle-patch"] == codes(OLD, PATCH + b"x")


@given(st.data())
def test_a_changed_byte_makes_no_other_bundle(data):
    spoiled = bytearray(PATCH)
    spoiled[data.draw(st.integers(0, len(PATCH) - 1))] ^= data.draw(st.integers(1, 255))
    made, _ = apply_patch(OLD, bytes(spoiled))
    assert made in {b"", NEW}


@pytest.mark.parametrize("change", [
    {"new": "0" * 64}, {"new": 1}, {"old": "x"}, {"size": -1}, {"size": 2**62}, {"size": True}, {"epoch": 0},
    {"epoch": 10**12}, {"recipes": []}, {"recipes": {}}, {"recipes": ["kept"] * 5}, {"recipes": ["stolen"] * 5},
    {"zlib-ng": "0.0"}, {"zlib-ng": 1}, {"format": "themekit-patch/2"}, {"more": 1},
    {"recipes": [[[6, 10**9]]] * 5}, {"recipes": [[[9, 1]]] * 5}, {"recipes": [[[-1, 1, "?"]]] * 5},
    {"recipes": [[[6]]] * 5}, {"recipes": [[]] * 5}, {"recipes": [[[0, -1]]] * 5}, {"recipes": ["stored"] * 5},
])  # fmt: skip
def test_a_head_that_lies_is_refused(change):
    assert ["bundle-patch"] == codes(OLD, with_head(head() | change))


@pytest.mark.parametrize("document", [None, 1, [], {}, "text"])
def test_a_head_of_another_shape_is_refused(document):
    assert ["bundle-patch"] == codes(OLD, with_head(document))


def test_a_patch_that_unpacks_to_more_than_its_bundle_could_become_is_refused():
    """The bomb is 1 GiB in 100 kB; what is declared is compared before anything is unpacked, the rest while it is."""
    bomb = patched_from(tar_of(OLD), bytes(100 * 1024 * 1024))
    assert ["bundle-patch"] == codes(OLD, with_head(head(), bomb))
    assert ["bundle-patch"] == codes(OLD, with_head(head() | {"size": 100 * 1024 * 1024}, bomb))


def forged(path: str) -> bytes:
    """A patch that makes what it says it makes, with one member more, at a path."""
    files = [*read_tar(memoryview(tar_of(NEW)))[0], TarFile(path, b"evil")]
    recipes = [recipe.as_json() for recipe in parse_patch(PATCH).recipes]
    members = [cooked(each.path, bytes(each.content), recipe=Recipe("deflated")) for each in files]
    made = write_zip(members, epoch_s=head()["epoch"])
    tar = write_tar(files, epoch_s=head()["epoch"])
    whole = {"new": hashlib.sha256(made).hexdigest(), "size": len(tar), "recipes": ["deflated"] * (len(recipes) + 1)}
    return with_head(head() | whole, patched_from(tar_of(OLD), tar))


@pytest.mark.parametrize(("path", "code"), [
    ("../evil", "bundle-unsafe-path"), ("/etc/cron.d/x", "bundle-unsafe-path"), ("site/INDEX.html",
     "bundle-duplicate-member"), ("site/more.html", "bundle-extra-member"),
])  # fmt: skip
def test_a_hostile_patch_makes_nothing_although_its_digests_fit(path, code):
    assert code in codes(OLD, forged(path))


NOISE = b"".join(hashlib.sha512(bytes([number])).digest() for number in range(250))
MORE_PAGES = {
    **PAGES,
    "noise.html": (NOISE[:3000], NAME, NOISE[3000:], URL, LONG),
    "noisy-name.html": (LONG, Slot("noise", "raw"), LONG),
    "flush-inside.html": (b"\x00\x00\xff\xff" * 300 + NOISE[:2000], NAME, b"\x00\x00\xff\xff" + NOISE[:1500]),
}
MORE_TEXTS = {**TEXTS, "noise": NOISE[:70_000].decode("latin-1")}


@pytest.mark.parametrize("path", sorted(MORE_PAGES))
def test_every_kind_of_member_is_cooked_again(path):
    """Pages joined of pieces at two levels and of stored ones come out the same, and none is told byte for byte."""
    packed = {file.member.header.path: file.member for file in members(MORE_PAGES, MORE_TEXTS)}[f"site/{path}"]
    content = expected(MORE_PAGES, MORE_TEXTS)[f"site/{path}"]
    header = packed.header
    entry = Entry(header.path, header.method, header.crc32, header.size, memoryview(packed.data))
    recipe = recipe_of(entry, content)
    made = cooked(header.path, content, recipe=parse_recipe(json.loads(json.dumps(recipe.as_json()))))
    assert packed == made
    assert isinstance(recipe.how, str) or all(step[0] >= 0 for step in recipe.how)


def test_a_member_of_another_program_is_told_byte_for_byte():
    (entry, *_) = [each for each in read_entries(memoryview(OLD), Reporter()) if each.method]
    content = b"".join(inflated(entry, Reporter()))
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    other = replace(entry, data=memoryview(deflater.compress(content) + deflater.flush()))
    assert bytes(other.data) == cooked(entry.path, content, recipe=recipe_of(other, content)).data


@pytest.mark.parametrize("value", [None, 1, "x", [1], [[]], [["6", 1]], [[6, 1.5]], [[6, 1, "data"]], [[True, 1]]])
def test_what_is_no_recipe_is_refused(value):
    with pytest.raises(InvalidRecipeError):
        parse_recipe(value)
