"""Fragments of the changelog: named by kind, one sentence each."""

import re
from pathlib import Path

from tests.docs.markdown_pages import DOCS

KINDS = ("added", "changed", "fixed", "removed", "security")


def fault(path: Path, text: str) -> str | None:
    if not re.fullmatch(rf"[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(KINDS)})\.md", path.name):
        return "not named <slug>.<kind>.md"
    if not re.fullmatch(r"[A-Z`][^\n]*[^.]\.\n", text) or re.search(r"[.!?] [A-Z]", text):
        return "not one sentence on one line"
    return None


def test_fragments():
    paths = sorted((DOCS / "changes").glob("*"))
    assert paths
    assert {} == {path.name: found for path in paths if (found := fault(path, path.read_text(encoding="utf-8")))}


def test_a_wrong_fragment_is_found():
    assert fault(Path("x.new.md"), "It was added.\n")
    assert fault(Path("x.added.md"), "It was added. It was good.\n")
    assert fault(Path("x.added.md"), "it was added")
