"""The page on formats: every target has a part, what it shows is what is written, and losses are those declared."""

import re
import sys
from pathlib import Path

from tests.docs.markdown_pages import code_words, handbook_page
from tests.docs.smallest import smallest_tokens
from themekit.model import ResolvedTokens, TargetOptions
from themekit.plugins import targets

PAGE = handbook_page("targets")
TARGETS = {target.name: target for target in targets()}
NOT_TOKENS = {"components", "components-scss", "material", "contrast"}
"""Targets that are no format of the tokens: told of on the page on theming."""
KINDS = {
    "colours beyond sRGB": "wide",
    "colours beyond Display P3": "wider",
    "lengths of dashes": "dashes",
}


def parts():
    """Target to the text of its part."""
    text = (Path(__file__).parents[2] / "docs_src" / "handbook" / "targets.md").read_text(encoding="utf-8")
    found = re.split(r"^### `([\w-]+)`$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_every_format_has_a_part():
    assert set(TARGETS) - NOT_TOKENS == set(parts())


def test_what_is_shown_is_written():
    blocks = {block.title: block.text for block in PAGE.blocks if block.title and block.title.startswith("theme/")}
    assert len(blocks) == len(parts())
    for name, part in parts().items():
        (title,) = re.findall(r'title="(.+?)"', part)
        target = TARGETS[name]
        tokens = smallest_tokens() if target.per_brand else ResolvedTokens(())
        written = {str(each.path): each.content.decode() for each in target.emit(tokens, TargetOptions())}
        (text,) = [text for path, text in written.items() if path.startswith("theme/") and path.endswith(title[6:])]
        assert blocks[title].rstrip("\n") in text, title


def test_every_setting_is_told():
    for name, part in parts().items():
        assert [setting.name for setting in TARGETS[name].settings] == re.findall(
            r"^Setting `(\w+)`", part, re.MULTILINE
        )
        for setting in TARGETS[name].settings:
            assert all(f"`{value}`" in part for value in setting.values or (setting.default,))


def test_losses_are_those_declared():
    (table,) = [table for table in PAGE.tables() if table[0] == ["loss", "in"]]
    sys.path.insert(0, str(Path(__file__).parents[1] / "targets"))
    from themes import read_brand

    tokens = """{"wide": {"$type": "color", "$value": {"colorSpace": "display-p3", "components": [0, 1, 0]}},
        "wider": {"$type": "color", "$value": {"colorSpace": "rec2020", "components": [0, 1, 0]}},
        "dashes": {"$type": "border", "$value": {"color": "#000", "width": "1px",
            "style": {"dashArray": ["1px"], "lineCap": "butt"}}}}"""
    from themekit.resolve import resolve_tokens

    resolved = resolve_tokens(read_brand(f'{{"name": "X", "color": {{"primary": "#0b5fff"}}, "tokens": {tokens}}}'))[0]
    for kind, cell in table[1:]:
        lost = {
            name
            for name, target in TARGETS.items()
            if target.losses
            and any(KINDS[kind] in loss.tokens for loss in target.losses(resolved, TargetOptions()))
            and not (kind == "colours beyond Display P3" and name in srgb(table))
        }
        assert lost == set(code_words(cell)), kind


def srgb(table):
    return set(code_words(next(cell for kind, cell in table[1:] if kind == "colours beyond sRGB")))
