"""The page on bundles shows a manifest as it is written."""

import json
from pathlib import PurePosixPath

from tests.docs.markdown_pages import handbook_page
from themekit.build.dist import TOOLS
from themekit.bundle.manifest import FORMAT, MANIFEST_PATH, BundleBrand, FileEntry, Manifest, Tool
from themekit.render import skia_svg

PAGE = handbook_page("bundles")


def test_the_manifest_has_the_members_that_are_written():
    (shown,) = [json.loads(block.text) for block in PAGE.blocks if block.language == "json"]
    files = (FileEntry(PurePosixPath("theme/tokens.css"), "0" * 64, 1, "text/css"),)
    written = json.loads(
        Manifest(BundleBrand("acme", "Acme", "1.0.0", "en"), files, "0" * 64, (Tool("a", "1"),)).to_json()
    )
    assert written.keys() == shown.keys()
    assert written["brand"] == shown["brand"]
    assert written["files"][0].keys() == shown["files"][0].keys()
    assert FORMAT == shown["format"]
    assert {*TOOLS, skia_svg.DISTRIBUTION, "themekit", "zlib-ng"} == set(shown["tools"])


def test_the_manifest_stands_where_the_page_says():
    assert f"`{MANIFEST_PATH}`" in " ".join(PAGE.prose)
