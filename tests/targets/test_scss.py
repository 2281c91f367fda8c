"""Sass variables: they compile with both compilers and give what the custom properties give."""

import pytest
from themes import GOLDEN, emitted, mini, theme

from themekit.model import ResolvedToken, ResolvedTokens, TokenId
from themekit.render.sass import compile_scss
from themekit.targets.scss import TARGET

USES = """@import "tokens";
a {
  color: $tk-color-page;
  background: map-get(map-get($tk-modes, "dark"), "color-page");
  border: map-get(map-get($tk-groups, "edge"), "edge");
}
"""


@pytest.mark.parametrize("backend", ["libsass", "dart"])
def test_a_sheet_can_use_the_variables_and_the_maps(backend):
    sources = {"main.scss": USES, **emitted(TARGET, mini())}
    css, diagnostics = compile_scss(sources, "main.scss", backend=backend)
    assert () == diagnostics
    expected = "a {\n  color: var(--tk-color-page);\n  background: #101114;\n  border: var(--tk-edge);\n}\n"
    assert expected == css


def test_a_whole_theme_compiles():
    css, diagnostics = compile_scss(emitted(TARGET, theme("yellow")), "tokens.scss")
    assert ("", ()) == (css, diagnostics)


def test_a_token_named_like_a_map_does_not_lose_its_variable():
    token = next(token for token in mini() if token.id == "color.page")
    named = ResolvedToken(TokenId("modes"), "color", token.values, token.references)
    text = emitted(TARGET, ResolvedTokens((named,)))["tokens.scss"]
    assert "$tk-modes: var(--tk-modes);" in text
    assert "$tk-modes-map: (" in text


def test_golden(golden):
    golden(GOLDEN / "mini" / "tokens.scss", emitted(TARGET, mini())["tokens.scss"])
