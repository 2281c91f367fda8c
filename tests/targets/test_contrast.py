"""The contrast report as data and as a page."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from themes import DATA, GOLDEN, emitted, mini, options, read_brand, theme

from themekit.resolve import contrast_report, resolve_tokens
from themekit.targets.contrast import _ENGLISH, TARGET, WORDS

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
    assert "All 1168 pairs pass." in emitted(TARGET, theme("violet"))["contrast.html"]


def test_the_page_needs_nothing_from_elsewhere():
    """Beside the brand's assets it is set in its fonts; sent alone, in what its font stack falls back to."""
    html = emitted(TARGET, theme("violet"))["contrast.html"]
    tags = Tags(html).found
    assert not {"script", "img", "iframe", "base", "form"} & {tag for tag, _ in tags}
    assert [("link", {"rel": "stylesheet", "href": "../assets/fonts.css"})] == [each for each in tags if "link" in each]
    assert not re.findall(r"https?:|//|url\(|@import", html.replace("<!doctype html>", ""))
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert links
    assert all(link.startswith("#") for link in links)


def of_brand(name, locale):
    known = replace(options(TARGET), brand_name=name, locale=locale)
    page = next(each for each in TARGET.emit(theme("violet"), known) if each.path.name == "contrast.html")
    return page.content.decode()


def test_the_page_names_its_brand_as_text():
    html = of_brand('Söhne & "Pay"', "en")
    assert "<title>Contrast report – Söhne &amp; &#34;Pay&#34;</title>" in html
    assert '<p class="brand">Söhne &amp; &#34;Pay&#34;</p>' in html
    assert 'class="brand"' not in of_brand("", "en")


def test_the_page_speaks_german():
    html = of_brand("Zitrone", "de")
    assert '<html lang="de">' in html
    assert "Alle 1168 Paare bestehen." in html
    assert re.search(r"<td>\d+,\d\d</td><td>4,5</td>", html)
    text = re.sub(r"<(style|small|th scope=.row)[^>]*>.*?</", "", html, flags=re.DOTALL)
    assert not re.search(
        r"\b(pass|pairs|of|scale|on|contrast|report|light|dark)\b", re.sub("<[^>]*>", "", text), re.IGNORECASE
    )


def test_every_language_has_the_same_words():
    for words in WORDS.values():
        assert list(_ENGLISH) == list(words)
        places = [re.findall(r"{\w+}", _ENGLISH[name]) for name in _ENGLISH]
        assert [sorted(each) for each in places] == [sorted(re.findall(r"{\w+}", words[name])) for name in _ENGLISH]


def test_the_fonts_of_the_page_are_the_themes():
    html = emitted(TARGET, theme("violet"))["contrast.html"]
    (body,) = re.findall(r"--body: ([^;]*);", html)
    assert body.endswith("sans-serif")
    assert "&#34;" not in html.partition("</style>")[0]


def test_every_table_is_named():
    tags = Tags(emitted(TARGET, theme("violet"))["contrast.html"]).found
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") > 20
    assert {"scope": "col"} in [attributes for tag, attributes in tags if tag == "th"]
    assert "1" == "".join(str(names.count("h1")))


@pytest.mark.parametrize("path", sorted(DATA.glob("templates/*.html")), ids=lambda path: path.name)
def test_templates_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_TEMPLATE_LINES


def test_the_floor_of_apca_is_beside_the_figure_where_a_brand_asks():
    """Texts that miss it are marked and counted; WCAG's verdict stays."""
    known = replace(options(TARGET), text_lc=90.0)
    data, page = (each.content.decode() for each in TARGET.emit(theme("violet"), known))
    pairs = json.loads(data)["pairs"]
    asking = [pair for pair in pairs if "requiredLc" in pair]
    missing = [pair for pair in asking if not pair["hasLc"]]
    assert {90.0, 75.0} == {pair["requiredLc"] for pair in asking}
    assert {abs(pair["lc"]) >= pair["requiredLc"] for pair in asking} == {True, False}
    assert all((abs(pair["lc"]) + 0.05 >= pair["requiredLc"]) or not pair["hasLc"] for pair in asking)
    assert f"<p>{len(missing)} of {len(asking)} texts do not have the Lc that the brand asks for.</p>" in page
    assert len(missing) == len(re.findall(r'<td class="fail">\d+ / \d+</td>', page))
    assert "asks for" not in emitted(TARGET, theme("violet"))["contrast.html"]


GRADIENTS = """{"name": "V", "color": {"primary": "#4f46e5"}, "tokens": {
  "gradient": {"$type": "gradient",
    "hero": {"$value": [{"color": "#101840", "position": 0}, {"color": "#2350f5", "position": 1}]},
    "<b>": {"$value": [{"color": "#101840", "position": 0}]}},
  "color": {"$type": "color", "on-hero": {"$value": "#ffffff"}}}}"""


def test_gradients_are_judged_or_named():
    tokens = resolve_tokens(read_brand(GRADIENTS))[0]
    found = emitted(TARGET, tokens)
    data = json.loads(found["contrast.json"])
    assert ["gradient.<b>"] == data["unjudged"]
    (light, *_) = [pair for pair in data["pairs"] if pair["ground"] == "gradient.hero"]
    assert ("color.on-hero", "#2350f5", True) == (light["text"], light["groundColor"], light["passes"])
    assert "no colour is named for text on them: gradient.&lt;b&gt;.</p>" in found["contrast.html"]
    assert "on-hero <small>on gradient.hero</small>" in found["contrast.html"]
