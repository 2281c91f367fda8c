"""Hostile ids, texts and modes in every format: nothing breaks out, nothing hides, no line is anybody else's.

Compilers read the same set in test_platform_tools.py; here is what holds without any of them.
"""

import re
import unicodedata
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
import tinycss2
from platform_tools import HOSTILE_MODES, NASTY, hostile
from themes import emitted, options, theme

from themekit.model import FontNames, ResolvedTokens, TypographyValue
from themekit.model.portable_path import portability_fault
from themekit.plugins import targets

FORMATS = [target for target in targets() if target.per_brand]
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@cache
def hostile_theme():
    """A whole theme whose families, descriptions and names are hostile; for targets that need roles."""
    spoilt = tuple(
        replace(
            token,
            values=tuple(with_families(value) for value in token.values),
            description=NASTY,
            deprecated=NASTY,
        )
        for token in theme("violet")
    )
    return ResolvedTokens((*spoilt, *hostile_in_four_modes()))


def hostile_in_four_modes():
    return (replace(each, values=each.values[:4], references=each.references[:4]) for each in hostile())


def with_families(value):
    names = FontNames((NASTY, "Inter"))
    if isinstance(value, TypographyValue):
        return replace(value, family=names)
    return names if isinstance(value, FontNames) else value


def sets(target):
    return (hostile_theme(),) if target.needs_defaults or target.name == "contrast" else (hostile_theme(), hostile())


@pytest.mark.parametrize("target", FORMATS, ids=lambda target: target.name)
def test_nothing_unseen_is_written(target):
    """No control character, line separator or mark of direction, in the text or, for JSON, in what it says raw."""
    for tokens in sets(target):
        for each in target.emit(tokens, options(target)):
            found = {char for char in each.content.decode() if unicodedata.category(char) in UNSEEN} - {"\n"}
            assert set() == found, (each.path, found)


@pytest.mark.parametrize("target", FORMATS, ids=lambda target: target.name)
def test_paths_are_names(target):
    for tokens in sets(target):
        paths = [str(each.path) for each in target.emit(tokens, options(target))]
        assert len(paths) == len({path.casefold() for path in paths})
        assert [] == [path for path in paths if portability_fault(path)]


@pytest.mark.parametrize("target", FORMATS, ids=lambda target: target.name)
def test_the_files_have_as_many_lines_as_with_harmless_texts(target):
    """A text that could begin a line of its own would make one more: only names and texts differ in the two sets."""
    if target.needs_defaults or target.name in {"contrast", "dtcg"}:
        pytest.skip("it has no texts of tokens, or breaks long values of JSON into lines")
    calm = ResolvedTokens(tuple(calmed(token) for token in hostile()), hostile().modes)
    lines = [
        [each.content.decode().count("\n") for each in target.emit(tokens, options(target))]
        for tokens in (hostile(), calm)
    ]
    assert lines[1] == lines[0]


def calmed(token):
    calm = tuple(FontNames(("Calm", "Inter")) if isinstance(value, FontNames) else value for value in token.values)
    return replace(token, values=calm, description="calm", deprecated=token.deprecated and "calm")


STYLE = [target for target in FORMATS if target.name in {"css", "css-light-dark", "tailwind", "material3"}]


@pytest.mark.parametrize("target", STYLE, ids=lambda target: target.name)
def test_style_sheets_parse_without_a_fault(target):
    for tokens in sets(target):
        for name, text in emitted(target, tokens).items():
            if name.endswith(".css"):
                assert [] == list(faults(tinycss2.parse_stylesheet(text)))


def faults(nodes):
    for node in nodes:
        if node.type == "error":
            yield node.message
        if node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            yield from faults(tinycss2.parse_blocks_contents(node.content))


def test_an_email_is_one_message():
    """No attribute ends early: every element has the attributes it was given, and no other element is there."""
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, [name for name, _ in attrs]))

    target = next(each for each in FORMATS if each.name == "email")
    known = replace(options(target), brand_name='"><script>x</script>')
    text = next(each for each in target.emit(hostile_theme(), known) if each.path.suffix == ".html").content.decode()
    Reader().feed(text)
    allowed = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td"}
    allowed |= {"h1", "h2", "h3", "p", "a", "code", "hr"}
    assert {tag for tag, _ in tags} == allowed
    styled = [attributes for tag, attributes in tags if "style" in attributes]
    assert all(attributes in (["class", "style"], ["href", "class", "style"]) for attributes in styled)
    for style in re.findall(r'style="([^"]*)"', text):
        assert [] == list(faults(tinycss2.parse_blocks_contents(style.replace("&quot;", '"').replace("&#x27;", "'"))))


def test_hostile_texts_are_no_markdown():
    """What a token says of itself is text: no tag, no link, no field of the portal, no cell of its own."""
    import markdown_it

    target = next(each for each in FORMATS if each.name == "style-guide")
    page = next(each for each in target.emit(hostile(), options(target)) if each.path.name == "index.md")
    html = markdown_it.MarkdownIt("commonmark").enable("table").render(page.content.decode())
    assert set(re.findall(r"<(\w+)", html)) <= set("h1 h2 h3 p table thead tbody tr th td code img".split())
    assert "{{" not in page.content.decode()
    assert "{%" not in page.content.decode()
    rows = [row.count("<td>") for row in html.split("</tr>") if "<td>" in row]
    assert {4, len(HOSTILE_MODES) + 3} >= {count for count in rows if count > 3}
