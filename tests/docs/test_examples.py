"""Brand files that the handbook shows as examples are right; those of its pages on diagnostics are run elsewhere."""

import pytest

from tests.docs.markdown_pages import DOCS
from tests.literate.pages import Part, parts_of
from themekit.diagnostics.codes import PAGES
from themekit.diagnostics.text import render_text


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
