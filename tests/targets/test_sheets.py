"""The sheets that are the same for every brand: components and Material."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

import pytest
import tinycss2
from themes import DATA, emitted, options, theme

from themekit.model import ResolvedTokens, SourceFile
from themekit.render.custom_properties import custom_properties
from themekit.render.stylesheets import compile_sheet
from themekit.targets import components, material

TARGETS = {"components": components, "material": material}
NO_TOKENS = ResolvedTokens(())


def text_of(name, prefix="tk"):
    (text,) = emitted(TARGETS[name].TARGET, NO_TOKENS, prefix=prefix).values()
    return text


def declarations(css, conditions=()):
    """(at-rules, selector, property, value) of every declaration; what does not parse fails."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type in {"qualified-rule", "at-rule"}, (rule, css[:200])
        prelude = " ".join(tinycss2.serialize(rule.prelude).split())
        if rule.type == "at-rule" and rule.at_keyword not in {"charset", "page"}:
            yield from declarations(tinycss2.serialize(rule.content), (*conditions, (rule.at_keyword, prelude)))
        if rule.type == "at-rule":
            continue
        for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            assert "declaration" == each.type, (prelude, each)
            yield conditions, prelude, each.name, " ".join(tinycss2.serialize(each.value).split())


def normal(css):
    """The declarations without what two compilers write differently: white space, and zeros before a point."""
    found = []
    for conditions, selector, name, value in declarations(css):
        texts = [re.sub(r"\s*([,>(){}:;+/*])\s*", r"\1", text) for text in (selector, value)]
        found.append((conditions, name, *(re.sub(r"(?<![\d.])0+(?=\.\d)", "", text) for text in texts)))
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_both_compilers_give_the_same(name):
    sources, entry = options(TARGETS[name].TARGET).sources, PurePosixPath(f"scss/{name}.scss")
    results = [compile_sheet(sources, entry, prefix="tk", backend=backend) for backend in ("libsass", "dart")]
    assert normal(results[0]) == normal(results[1])
    assert len(normal(results[0])) > 500


@pytest.mark.parametrize("name", TARGETS)
def test_every_custom_property_that_is_read_exists(name):
    """In the theme of any brand, or in the sheet itself, or with a fallback."""
    css = text_of(name)
    known = {each.name for each in custom_properties(theme("violet"), "tk")}
    known |= {prop for _, _, prop, _ in declarations(css) if prop.startswith("--")}
    read = set(re.findall(r"var\((--tk-[\w-]+)\)", css))
    assert set() == read - known
    assert len(read) > 60


@pytest.mark.parametrize("name", TARGETS)
def test_sheets_hold_no_colour_of_their_own(name):
    """All colours are the brand's; pure black only darkens one of them."""
    values = " ".join(value for _, _, _, value in declarations(text_of(name)))
    assert {"#000"} >= set(re.findall(r"#[0-9a-f]{3,8}\b", values))
    assert not re.search(r"\b(?:rgba?|hsla?|oklch)\(", values)


@pytest.mark.parametrize("name", TARGETS)
def test_sheets_have_no_left_and_right(name):
    """Logical properties only, so that a right-to-left page is mirrored."""
    sided = [prop for _, _, prop, _ in declarations(text_of(name)) if re.search(r"(^|-)(left|right)$", prop)]
    assert [] == sided


@pytest.mark.parametrize("name", TARGETS)
def test_the_prefix_is_renamed_everywhere(name):
    css = text_of(name, prefix="acme")
    assert not re.search(r"\btk\b", css)
    assert css.replace("acme-", "tk-") == text_of(name)


def test_every_interactive_component_shows_its_focus():
    css = text_of("components")
    focused = {selector for _, selector, _, _ in declarations(css) if ":focus-visible" in selector}
    for part in ("button", "input", "checkbox", "switch", "tabs__tab", "nav__link", "pagination__link", "menu__item"):
        assert any(f".tk-{part}" in selector for selector in focused), part


STOCK = {
    sheet.name.split(".")[0]: sheet.read_text(encoding="utf-8")
    for sheet in Path(find_spec("material").origin).parent.glob("templates/assets/stylesheets/*.css")
}


@cache
def stock_rules(sheet):
    """The declarations of one of Material's own sheets."""
    return tuple(declarations(STOCK[sheet]))


# What is no brand's: icons, geometry that scripts set, and Material's own derivations from variables we do set.
NOT_OURS = re.compile(
    r"--md-(?:[\w-]*icon[\w-]*|status[\w-]*|(?:text|code)-font-family|scroll-(?:margin|offset)|progress-\w+"
    r"|tooltip-(?:width|tail)|indicator-\w+)$"
)


def test_every_variable_that_material_defines_is_set():
    """All in one rule: one left out would keep the stock colour in one of the schemes."""
    defined = set(re.findall(r"(--md-[\w-]+):", STOCK["main"] + STOCK["palette"]))
    ours = {
        name
        for _, selector, name, _ in declarations(text_of("material"))
        if "[data-md-color-scheme][data-md-color-scheme]" in selector
    }
    assert set() == {name for name in defined if not NOT_OURS.match(name)} - ours
    assert len(ours) > 80


def specificity(selector):
    """(ids, classes and attributes, elements) of a selector without functions."""
    bare = re.sub(r'"[^"]*"', '""', selector)
    return (
        len(re.findall(r"#[\w-]+", bare)),
        len(re.findall(r"\.[\w-]+|\[[^\]]*\]|(?<!:):(?!before|after)[\w-]+", bare)),
        len(re.findall(r"(?:^|[\s>+~])[a-z][\w-]*|::?(?:before|after)", bare)),
    )


def test_the_stock_palette_cannot_outrank_ours():
    """`[data-md-color-scheme=slate][data-md-color-primary=indigo]` sets a link colour (mkdocs-material #5537)."""
    stock = [
        specificity(selector)
        for _, selectors, name, _ in stock_rules("palette")
        for selector in selectors.split(",")
        if name.startswith("--md-") and ":not" not in selector
    ]
    assert max(stock) == (0, 2, 0)
    assert (0, 2, 0) == specificity("[data-md-color-scheme][data-md-color-scheme]")


KINDS = "note abstract info tip success question warning failure danger bug example quote".split()


@pytest.mark.parametrize("kind", KINDS)
def test_the_colours_of_admonitions_are_outranked(kind):
    """Material writes them as literals at `.md-typeset .admonition.note` and the like."""
    stock = {
        selector
        for _, selectors, _, value in stock_rules("main")
        for selector in selectors.split(",")
        if f".{kind}" in selector and "#" in value and "focus" not in selector and "after" not in selector
    }
    assert 6 == len(stock)
    ours = {name: value for _, selectors, name, value in declarations(text_of("material")) if f".{kind}[" in selectors}
    assert f"var(--tk-color-admonition-{kind})" == ours["--tk-admonition"]
    border = specificity(".md-typeset .admonition[class][class]")
    assert all(border >= specificity(selector) for selector in stock if ">" not in selector)
    title = specificity(".md-typeset .admonition[class][class]>.admonition-title:before")
    assert all(title >= specificity(selector) for selector in stock if ">" in selector)


def test_a_sheet_that_does_not_compile_is_our_bug():
    source = SourceFile(PurePosixPath("@themekit/a.scss"), b"a { b: $c; }")
    with pytest.raises(ValueError, match='Undefined variable: "\\$c"'):
        compile_sheet([source], PurePosixPath("a.scss"), prefix="tk")


def test_data_of_the_package_is_all_used():
    """Every partial is imported by a sheet: a forgotten one would look as if it did something."""
    imported = set()
    for path in DATA.joinpath("scss").rglob("*.scss"):
        imported |= set(re.findall(r'@import "([^"]+)"', path.read_text(encoding="utf-8")))
    partials = {path.relative_to(DATA / "scss") for path in DATA.joinpath("scss").rglob("_*.scss")}
    names = {str(path.with_name(path.stem.removeprefix("_"))) for path in partials}
    assert names == imported
