"""Pages as trees: what becomes of them for a brand, and every mistake at its line and column."""

from pathlib import PurePosixPath

import pytest

from themekit.site.conditions import Facts
from themekit.site.pages import PageRules, expand_page, parse_page

PATH = PurePosixPath("docs_src/guides/x.md")
FACTS = Facts(frozenset({"payouts"}), frozenset({"name", "urls.status"}), "en")


def expanded(text, facts=FACTS):
    nodes, diagnostics = parse_page(text, PATH)
    assert () == diagnostics
    return expand_page(nodes, facts, value=lambda name: f"<{name}>")


def found(text, **rules):
    _, diagnostics = parse_page(text, PATH, rules=PageRules(**rules))
    return [(each.place.line, each.place.column, each.place.length, each.code) for each in diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a\n\nb\n", "a\n\nb\n"),
        ("{{ brand.name }}s {{brand.sdk.go.module}}", "<name>s <sdk.go.module>"),
        (
            "{{ other }} ${{ secrets.X }} {{ env.PATH }} { brand.name }",
            "{{ other }} ${{ secrets.X }} {{ env.PATH }} { brand.name }",
        ),
        ("a\n{% if sections.payouts %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("a\n{% if sections.x %}\nb\n{% elif sections.payouts %}\nc\n{% else %}\nd\n{% endif %}", "a\nc"),
        ("{% if sections.x %}\nb\n{% elif sections.y %}\nc\n{% else %}\nd\n{% endif %}\n", "d\n"),
        ("{% if sections.x %}\n{% if sections.payouts %}\na\n{% endif %}\nb\n{% endif %}\nc", "c"),
        ("- x\n    {%- if sections.payouts -%}\n    - y\n    {% endif %}\n- z", "- x\n    - y\n- z"),
        ("{% raw %}\n{{ brand.nope }}\n{% if %}\n{% endraw %}\nz", "{{ brand.nope }}\n{% if %}\nz"),
        ("a {% raw %}{{ brand.nope }}{% endraw %} {{ brand.name }}", "a {{ brand.nope }} <name>"),
        ("{% if brand.urls.status %}\n{{ brand.urls.status }}\n{% endif %}", "<urls.status>"),
        ("{% if brand.portal.announcement %}\n{{ brand.portal.announcement.text }}\n{% endif %}", ""),
        ("{% if not brand.urls.status %}\nno\n{% else %}\n{{ brand.urls.status }}\n{% endif %}", "<urls.status>"),
    ],
)
def test_a_page_expands(text, expected):
    assert expected == expanded(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a {{ brand.nam }}", [(1, 3, 15, "unknown-placeholder")]),
        ("a {{ brnd.name }}", [(1, 3, 15, "unknown-placeholder")]),
        ("{{ Brand.version}}", [(1, 1, 18, "unknown-placeholder")]),
        ("{{ grand.total }} {{ user.name }} {{ name }} {{ brand_name }} {{ brnd.total }}", []),
        ("{{ brand }}", [(1, 1, 11, "unknown-placeholder")]),
        ("{{ brand.name | upper }}", [(1, 1, 24, "unknown-placeholder")]),
        ("x {{ brand.urls.status }}", [(1, 3, 23, "unguarded-placeholder")]),
        ("{% if not brand.urls.status %}\n{{ brand.urls.status }}\n{% endif %}", [(2, 1, 23, "unguarded-placeholder")]),
        (
            "{% if brand.urls.status %}\n{% else %}\n{{ brand.urls.status }}\n{% endif %}",
            [(3, 1, 23, "unguarded-placeholder")],
        ),
        ("{% if brand.urls.status %}\n{% endif %}\n{{ brand.urls.status }}", [(3, 1, 23, "unguarded-placeholder")]),
        ("{% if brand.urls.statsu %}\n{% endif %}", [(1, 7, 17, "unknown-placeholder")]),
        ("{% if sections.guids %}\n{% endif %}", [(1, 7, 14, "unknown-section")]),
        ("{% if %}\n{% endif %}", [(1, 6, 1, "malformed-condition")]),
        ("{% if sections.guides | x %}\n{% endif %}", [(1, 23, 1, "malformed-condition")]),
        ("a {% if sections.guides %} b", [(1, 3, 24, "misplaced-tag")]),
        ("| a | {% endif %} |", [(1, 7, 11, "misplaced-tag")]),
        ("{% endif %}", [(1, 1, 11, "misplaced-tag")]),
        ("{% else %}", [(1, 1, 10, "misplaced-tag")]),
        ("{% endraw %}", [(1, 1, 12, "misplaced-tag")]),
        (
            "{% if sections.guides %}\n{% else %}\n{% elif sections.guides %}\n{% endif %}",
            [(3, 1, 26, "misplaced-tag")],
        ),
        ("  {% for x in y %}", [(1, 3, 16, "unknown-tag")]),
        ("{% if sections.guides %}\na", [(1, 1, 24, "unclosed-tag")]),
        ("a\n{% raw %}\nb", [(2, 1, 9, "unclosed-tag")]),
        ("{% esle %}\n{{ brand.x }}", [(1, 1, 10, "unknown-tag"), (2, 1, 13, "unknown-placeholder")]),
    ],
)
def test_a_mistake_has_its_place(text, places):
    assert places == found(text, sections=("guides", "payouts"))


def test_hints_name_the_nearest():
    _, diagnostics = parse_page("{{ brand.legalNam }}\n{% esle %}", PATH)
    assert ["did you mean `legalName`?", "did you mean `else`?"] == [each.hint for each in diagnostics]


def test_lines_are_counted_from_the_file():
    """The text below a page's front matter begins further down in its file."""
    _, (only,) = parse_page("{{ brand.x }}", PATH, first_line=7)
    assert (7, "{{ brand.x }}") == (only.place.line, only.place.excerpt)


def test_a_partner_has_no_conditions():
    text = "{% if sections.guides %}\n{{ brand.name }}\n{% endif %}\n{% raw %}\n{{ x }}\n{% endraw %}"
    assert [(1, 1, 24, "partner-condition"), (3, 1, 11, "partner-condition")] == found(text, is_partner=True)
