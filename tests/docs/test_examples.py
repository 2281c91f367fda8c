"""Brand files that the handbook shows as examples are right; those of its pages on diagnostics are run elsewhere."""

import json
import re

import pytest

from tests.docs.markdown_pages import DOCS, pages
from tests.literate.pages import Part, parts_of
from tests.literate.project import diagnose_project
from themekit.diagnostics.codes import PAGES
from themekit.diagnostics.text import render_text
from themekit.source.brand_fields import BRAND


def examples() -> list[tuple[str, Part]]:
    paths = [path for path in (DOCS / "handbook").rglob("*.md") if not path.is_relative_to(DOCS / PAGES)]
    found = [(path, part) for path in sorted(paths) for part in parts_of(path.read_text(encoding="utf-8"))]
    return [
        (f"{path.stem}: {part.heading.strip('# ')}", part)
        for path, part in found
        if any(name.endswith("brand.json") for name in part.files)
    ]


@pytest.mark.parametrize("part", [pytest.param(part, id=name) for name, part in examples()])
def test_the_example_is_right(part):
    assert "" == render_text(part.diagnostics())


def fragments() -> list[tuple[str, dict[str, object]]]:
    """Untitled JSON with keys of a brand file: a part of one."""
    found = []
    for page in pages("handbook"):
        for block in page.blocks:
            if block.language == "json" and block.title is None and not page.path.startswith(str(PAGES)):
                value = json.loads(block.text)
                if value.keys() <= BRAND.by_name.keys():
                    found.append((f"{page.path}:{block.line}", value))
    return found


@pytest.mark.parametrize("fragment", [pytest.param(value, id=name) for name, value in fragments()])
def test_a_part_of_a_brand_file_is_right(fragment):
    """Files that it names are taken to be there."""
    whole = {"name": "Acme", "color": {"primary": "#0b5fff"}, **fragment}
    files = {f"brands/acme/{path}": b"x" for path in re.findall(r'"path": "([^"]+)"', json.dumps(whole))}
    files["brands/acme/brand.json"] = json.dumps(whole).encode()
    assert "" == render_text(diagnose_project(files, with_assets=False))


def test_there_are_parts():
    assert len(fragments()) >= 3
