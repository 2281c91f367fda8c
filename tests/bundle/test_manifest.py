"""The manifest's one spelling is that of RFC 8785, by an implementation of that standard."""

import json
from pathlib import PurePosixPath

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from themekit.bundle.manifest import BundleBrand, FileEntry, InvalidManifestError, Tool, manifest_of, parse_manifest

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
ENTRIES = st.lists(st.builds(FileEntry, st.builds(PurePosixPath, TEXT), TEXT, st.integers(0, 2**40), TEXT), max_size=4)
TOOLS = st.lists(st.builds(Tool, st.text(st.characters(max_codepoint=127), max_size=8), TEXT), max_size=4)


@given(ENTRIES, st.builds(BundleBrand, TEXT, TEXT, TEXT, TEXT), TOOLS)
def test_the_manifest_is_canonical_json(entries, brand, tools):
    content = manifest_of(entries, brand=brand, inputs="0" * 64, tools=tools).to_json()
    assert rfc8785.dumps(json.loads(content)) == content


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "a\\udc00b"])
def test_half_a_character_is_refused(half):
    """JSON can name one, but it has no bytes in UTF-8."""
    content = manifest_of((), brand=BundleBrand("a", "HALF", "1", "en"), inputs="0" * 64, tools=()).to_json()
    with pytest.raises(InvalidManifestError, match="half a character"):
        parse_manifest(content.replace(b"HALF", half.encode()))
