"""The shared page has a row for every token that all brands have, and nothing of one brand."""

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest

from themekit.model import Mode, SourceFile
from themekit.resolve import contrast_report, resolve_tokens
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.style_guide.page import guide_page, shared_tokens, shown_pairs
from themekit.site.style_guide.specimens import without_specimens
from themekit.site.style_guide.words import _BY_LOCALE


@pytest.fixture
def page():
    return guide_page("en")


def test_every_shared_token_has_one_row(page):
    assert sorted(token.id for token in shared_tokens()) == sorted(re.findall(r'data-tk-token="([^"]+)"', page))


@pytest.mark.parametrize("which", ["PLAIN", "AWKWARD"])
def test_the_shared_tokens_are_those_of_any_brand(which, make_brand, specs):
    """Without palettes and tokens of its own, a brand has these and no others."""
    resolved, _ = resolve_tokens(make_brand(specs[which]))
    assert [token.id for token in resolved] == [token.id for token in shared_tokens()]


def test_every_pair_of_roles_has_one_row(page, make_brand, specs):
    resolved, _ = resolve_tokens(make_brand(specs["PLAIN"]))
    promised = {(pair.text, pair.ground) for pair in contrast_report(resolved)}
    shown = [tuple(found.split()) for found in re.findall(r'data-tk-pair="([^"]+)"', page)]
    assert sorted(shown_pairs()) == sorted(shown)
    assert set(shown) <= promised
    assert {pair for pair in promised - set(shown) if not re.search(r"\.\d", " ".join(pair))} == set()


def test_a_colour_is_painted_in_the_scope_of_each_mode(page):
    row = re.search(r'<tr data-tk-token="color\.text">.*?</tr>', page)[0]
    found = re.findall(r'<td data-tk-mode="([a-z-]+)"><i style="background:var\(--tk-color-text\)"></i></td>', row)
    assert list(Mode) == found


def test_what_needs_less_than_text_is_no_text(page):
    """Text in 3:1 would be a mistake of its own; a ring is none."""
    ring = re.search(r'<tr data-tk-pair="color\.focus color\.page">.*?</tr>', page)[0]
    text = re.search(r'<tr data-tk-pair="color\.link color\.page">.*?</tr>', page)[0]
    assert (4, 0) == (ring.count("tk-guide-ring"), ring.count("Aa"))
    assert (0, 4) == (text.count("tk-guide-ring"), text.count("Aa"))


class Balance(HTMLParser):
    """Elements that are open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, _attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_page_is_well_formed_and_has_no_mistake(locale):
    page = guide_page(locale)
    balance = Balance()
    balance.feed(page)
    assert [] == balance.open
    assert () == check_page(SourceFile(PurePosixPath("docs_src/style-guide/index.md"), page.encode()), PageRules(()))


def test_both_languages_say_the_same_things():
    assert _BY_LOCALE["en"].keys() == _BY_LOCALE["de"].keys()
    anchors = [re.findall(r"\{ #([a-z]+) \}", guide_page(locale)) for locale in ("en", "de")]
    assert anchors[0] == anchors[1] != []
    assert "# Gestaltung\n" in guide_page("de")
    assert guide_page("en") == guide_page("fr")


def test_the_text_of_the_page_is_short():
    """What programs read of all pages has its headings and sentences, and none of the markup of swatches."""
    text = without_specimens(guide_page("en"))
    assert "## Shadows { #shadows }" in text
    assert "tk-guide" not in text
    assert 3000 > len(text)
    assert "a\n<div>b</div>" == without_specimens("a\n<div>b</div>")
