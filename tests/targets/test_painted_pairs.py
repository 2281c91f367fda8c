"""Text that our sheets paint on a ground is promised to be readable: each such pair is in the contract."""

import re
from pathlib import Path, PurePosixPath

import pytest
import tinycss2

from themekit.model import SourceFile
from themekit.model.token_names import css_name
from themekit.render.stylesheets import SHEETS, compile_sheet
from themekit.resolve.contract import contract

DATA = Path(__file__).parents[2] / "themekit/data"
SOURCES = [
    SourceFile(PurePosixPath("@themekit") / path.relative_to(DATA).as_posix(), path.read_bytes())
    for path in sorted((DATA / "scss").rglob("*.scss"))
]
PAINT = re.compile(r"var\(--tk-color-([\w-]+)\)")
MAY_BE_FAINT = ("disabled",)
"""Source: WCAG 2.2, 1.4.3: inactive components have no requirement."""


def style_rules(nodes):
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content:
            yield from style_rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))


def painted(sheet):
    """Selector, text and ground of each rule that sets both to a colour of the theme."""
    css = compile_sheet(SOURCES, SHEETS / f"{sheet}.scss", prefix="tk")
    for rule in style_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        said = {
            each.lower_name: tinycss2.serialize(each.value).strip() for each in inside if each.type == "declaration"
        }
        text = PAINT.fullmatch(said.get("color", ""))
        ground = PAINT.fullmatch(said.get("background-color", said.get("background", "")))
        if text and ground:
            yield tinycss2.serialize(rule.prelude).strip(), text[1], ground[1]


@pytest.mark.parametrize("sheet", ["components", "material"])
def test_what_is_painted_is_promised(sheet):
    promised = {
        tuple(css_name(each).removeprefix("color-") for each in (pair.text, pair.ground))
        for pair in contract()
        if pair.normal >= 4.5
    }
    found = list(painted(sheet))
    assert len(found) >= 10
    broken = [
        (selector, text, ground)
        for selector, text, ground in found
        if not {(text, ground), (ground, text)} & promised  # the ratio has no direction
        and not any(word in selector for word in MAY_BE_FAINT)
    ]
    assert [] == broken
