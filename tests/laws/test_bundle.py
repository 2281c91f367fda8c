"""Laws of bundles: packing is a function of the set of files, and no change to the bytes goes unseen."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from themekit.bundle import verify_bundle
from themekit.bundle.archive import member, write_zip
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Tool, file_entry, manifest_of, parse_manifest
from themekit.model import Artifact

NAMES = st.from_regex(r"[a-z]{1,6}(/[a-zäß]{3,6}){0,2}\.(css|html)", fullmatch=True)
TREES = st.dictionaries(NAMES, st.binary(max_size=400), min_size=1, max_size=5)


def pack(tree: dict[str, bytes]) -> bytes:
    files = [Artifact(PurePosixPath(path), content, "text/css") for path, content in tree.items()]
    brand = BundleBrand("acme", 'Zitrone & Söhne’s "Pay"', "1.0.0", "de")
    manifest = manifest_of(map(file_entry, files), brand=brand, inputs="0" * 64, tools=[Tool("themekit", "0.1.0")])
    first = Artifact(MANIFEST_PATH, manifest.to_json(), "application/json")
    ordered = sorted(files, key=lambda each: str(each.path))
    return write_zip([member(each) for each in (first, *ordered)], epoch_s=0)


@given(TREES)
def test_what_was_packed_verifies(tree):
    verification, diagnostics = verify_bundle(pack(tree))
    assert () == diagnostics
    assert verification.manifest == parse_manifest(verification.manifest.to_json())


@given(TREES)
def test_the_order_of_files_does_not_matter(tree):
    assert pack(tree) == pack(dict(reversed(tree.items())))


@given(TREES, st.data())
def test_a_changed_byte_is_seen_or_changes_no_file(tree, data):
    """The unused bits that end a deflate stream carry nothing; every other bit counts."""
    good = bytearray(pack(tree))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] ^= data.draw(st.integers(1, 255))
    verification, diagnostics = verify_bundle(bytes(good))
    if not diagnostics:
        _, unchanged = verify_bundle(pack(tree))
        assert () == unchanged
        assert verification.manifest.tree == verify_bundle(pack(tree))[0].manifest.tree


@given(st.binary(max_size=600))
def test_any_bytes_are_answered(content):
    _, diagnostics = verify_bundle(content)
    assert diagnostics


@given(TREES, st.data())
def test_any_splice_is_answered(tree, data):
    good = pack(tree)
    start, stop = sorted(data.draw(st.lists(st.integers(0, len(good)), min_size=2, max_size=2)))
    verify_bundle(good[:start] + data.draw(st.binary(max_size=50)) + good[stop:])
