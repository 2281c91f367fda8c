"""Links of a partner's page: within the portal, or to an address of its own."""

from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.partner_files import check_overlay


def faults(text):
    page = SourceFile(PurePosixPath("brands/acme/docs/guides/x.md"), text.encode())
    return [(found.code, found.place.line) for found in check_overlay((page,), ("guides",), beside=())]


@pytest.mark.parametrize(
    "target",
    ["../index.md", "https://x.example/../../..", "{{ brand.urls.home }}/../../..", "a?../../../..", "#../../.."],
)
def test_a_link_that_stays(target):
    assert [] == faults(f"# X\n\n[x]({target})\n")


@pytest.mark.parametrize("target", ["../../index.md", "a/../../../x.md", "..%2F../x.md", "..\\..\\x.md"])
def test_a_link_that_leaves_the_portal(target):
    assert [("unsafe-link", 3)] == faults(f"# X\n\n[x]({target})")


def test_a_link_in_code_is_none_and_lines_are_counted_across_it():
    assert [("unsafe-link", 6)] == faults("# X\n\n```\n[x](../../y.md)\n```\n[x](../../z.md)")
