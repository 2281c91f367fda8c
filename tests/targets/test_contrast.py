"""The contrast report as data and as a page."""

import json
import re
from html.parser import HTMLParser

import pytest
from themes import DATA, GOLDEN, emitted, mini, theme

from themekit.resolve import contrast_report
from themekit.targets.contrast import TARGET

MAX_TEMPLATE_LINES = 60


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_golden(golden):
    golden(GOLDEN / "mini" / "contrast.json", emitted(TARGET, mini())["contrast.json"])


def test_the_data_has_every_pair_of_the_contract():
    tokens = theme("yellow")
    data = json.loads(emitted(TARGET, tokens)["contrast.json"])
    expected = [(pair.mode, pair.text, pair.ground, pair.passes) for pair in contrast_report(tokens)]
    assert expected == [(pair["mode"], pair["text"], pair["ground"], pair["passes"]) for pair in data["pairs"]]
    assert data["passes"] is True


def test_a_ratio_is_never_rounded_up_to_what_it_misses():
    pairs = json.loads(emitted(TARGET, mini())["contrast.json"])["pairs"]
    for shown, pair in zip(pairs, contrast_report(mini()), strict=True):
        assert shown["ratio"] <= pair.ratio < shown["ratio"] + 0.0100001


def test_the_page_shows_each_pair_and_says_what_fails():
    html = emitted(TARGET, mini())["contrast.html"]
    failing = [pair for pair in contrast_report(mini()) if not pair.passes]
    assert f"{len(failing)} of 12 pairs do not pass." in html
    assert len(failing) == html.count('<td class="fail">fail</td>') == 2
    assert 12 == html.count('<th scope="row">')
    assert "All 1148 pairs pass." in emitted(TARGET, theme("violet"))["contrast.html"]


def test_the_page_needs_nothing_from_elsewhere():
    html = emitted(TARGET, theme("violet"))["contrast.html"]
    tags = Tags(html).found
    assert not {"script", "link", "img", "iframe", "base", "form"} & {tag for tag, _ in tags}
    assert not re.findall(r"https?:|//|url\(|@import", html.replace("<!doctype html>", ""))
    assert all(value.startswith("#") for _, attributes in tags for name, value in attributes.items() if name == "href")


def test_every_table_is_named():
    tags = Tags(emitted(TARGET, theme("violet"))["contrast.html"]).found
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") > 20
    assert {"scope": "col"} in [attributes for tag, attributes in tags if tag == "th"]
    assert "1" == "".join(str(names.count("h1")))


@pytest.mark.parametrize("path", sorted(DATA.glob("templates/*.html")), ids=lambda path: path.name)
def test_templates_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_TEMPLATE_LINES
