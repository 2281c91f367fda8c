"""Swagger UI's sheet in the brand's colours: no colour of its own is left, and what is not a colour is as it was."""

import re
from pathlib import Path

import pytest

import themekit
from themekit.render.foreign_colors import branded

SHEET = Path(themekit.__file__).parent / "data" / "console" / "vendor" / "swagger-ui.css"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (".a{color:#3b4151}", "color:var(--tk-color-neutral-12)"),
        (".a{color:#fff}", "color:var(--tk-color-neutral-1)"),
        (".a{background:white}", "background:var(--tk-color-neutral-1)"),
        (".a{background:#333}", "background:var(--tk-color-neutral-12)"),
        (".a{background-color:#49cc90}", "background-color:var(--tk-color-success-11)"),
        (".a{background:rgba(97,175,254,.1)}", "background:var(--tk-color-primary-3)"),
        (".a{border:1px solid #f93e3e!important}", "border:1px solid var(--tk-color-danger-8)!important"),
        (".a{box-shadow:0 0 3px rgba(0,0,0,.2)}", "box-shadow:0 0 3px var(--tk-color-shadow)"),
        (".a{fill:hsl(40 90% 50%)}", "fill:var(--tk-color-warning-11)"),
        (".a{color:inherit;background:transparent}", "color:inherit;background:transparent"),
        ('.a{content:"#fff";background:url("data:x,%23fff")}', 'content:"#fff";background:url("data:x,%23fff")'),
    ],
)
def test_a_colour_becomes_the_custom_property_of_its_part(written, expected):
    assert f".a{{{expected}}}\n" == branded(written)


def test_dark_mode_and_source_maps_are_left_out():
    sheet = (
        "html.dark-mode .a{color:red}.b,html.dark-mode .c{top:0}@media print{.d{color:#000}}/*# sourceMappingURL=x */"
    )
    assert ".b{top:0}\n@media print{.d{color:var(--tk-color-neutral-12)}\n}\n" == branded(sheet)


@pytest.mark.skipif(not SHEET.exists(), reason="Swagger UI is not installed")
def test_no_colour_is_left_in_the_real_sheet():
    made = branded(SHEET.read_text(encoding="utf-8"))
    plain = re.sub(r"url\(\"(?:[^\"\\]|\\.)*\"\)|\"[^\"]*\"", "", made)
    assert [] == re.findall(r":[^;{}]*(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()", plain)
    assert made.count("var(--tk-color-") > 500
    assert made.count("{") == made.count("}")
