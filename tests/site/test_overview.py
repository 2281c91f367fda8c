"""llms.txt and llms-full.txt: whatever a brand is called, its values are text there."""

import re

import pytest
from markdown import markdown

from themekit.site.escaping import apply_escaping
from themekit.site.fields import slot_fields
from themekit.site.filled_markdown import fill_line, fill_markdown
from themekit.site.inputs import SiteInputs
from themekit.site.overview import PageOverview, overview_files
from themekit.site.placeholder import word_of
from themekit.site.variant import Variant

LINK = "[x](javascript:alert(1))"
NAME = word_of("name")
VALUES = (LINK, f"`{LINK}", f"```{LINK}", f"~~~ {LINK}", f"*a* _b_ {LINK}\\", "# x", "- x", "1. x", "![x](y)", "&copy;")


def filled(text, name=LINK):
    return fill_markdown(text, {"name": name})


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("page", [f"{NAME}", f"By {NAME}.", f"# {NAME}", f"[{NAME}](x.md)", f"- {NAME}"])
def test_a_value_in_prose_is_text(page, value):
    """Judged by what Python-Markdown makes of it; the escapes it does not know stay visible there, as text."""
    made = markdown(filled(page, value))
    assert markdown(page.replace(NAME, "Acme")).count("<") == made.count("<")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (LINK, r"\[x\]\(javascript:alert\(1\)\)"),
        ("1. FC Köln", r"1\. FC Köln"),
        ("__x__", r"\_\_x\_\_"),
        ("-x - y-z", r"\-x - y-z"),
        ("R&D & Söhne’s", r"R\&D & Söhne’s"),
        ("Yahoo!", r"Yahoo\!"),
        ('Söhne’s "Pay"', 'Söhne’s "Pay"'),
        ('a\\"b', 'a\\\\"b'),
        ("Zahlungs-API v1.0 acme_pay", "Zahlungs-API v1.0 acme_pay"),
        ("https://a.example/x_y?a=1", "https://a.example/x_y?a=1"),
    ],
)
def test_only_what_markdown_reads_is_escaped(value, text):
    assert text == fill_line(NAME, {"name": value})


@pytest.mark.parametrize("value", [*VALUES, 'a" b', 'x\\"', '"](y "t")'])
@pytest.mark.parametrize("line", ["- [{}](x.md): {}", "# {}", "> {}"])
def test_a_value_in_a_line_is_text(line, value):
    """Where a quote stays as it is: nothing in it is the title of a link."""
    made = markdown(line.format(*[fill_line(NAME, {"name": value})] * 2))
    assert markdown(line.format("Acme", "Acme")).count("<") == made.count("<")
    assert "title=" not in made


def test_a_quote_in_a_page_is_escaped_for_it_may_stand_in_a_title_of_a_link():
    assert '[x](y "a\\"b")' == filled(f'[x](y "{NAME}")', 'a"b')


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (f"see `{NAME}` and {NAME}", "see `a[b]'` and a\\[b\\]\\`"),
        (f"```sh\n{NAME}\n```\n{NAME}", "```sh\na[b]'\n```\na\\[b\\]\\`"),
        (f"~~~~\n~~~\n{NAME}\n~~~~", "~~~~\n~~~\na[b]'\n~~~~"),
        (f"```\n{NAME}\n``` x\n{NAME}\n```", "```\na[b]'\n``` x\na[b]'\n```"),
        (f'``` title="{NAME}"\n{NAME}', '``` title="a\\[b\\]\\`"\na[b]\''),
        (f"    ```\n{NAME}\n    {NAME}\n    ```", "    ```\na\\[b\\]\\`\n    a[b]'\n    ```"),
        (f"| ` {NAME} | ` |", "| ` a\\[b\\]\\` | ` |"),
        (f"` {NAME}\n- `", "` a\\[b\\]\\`\n- `"),
        (f"\\`{NAME}`", "\\`a\\[b\\]\\``"),
        (f'<a\ntitle="{NAME}">{NAME}</a>', '<a\ntitle="a&#91;b&#93;&#96;">a\\[b\\]\\`</a>'),
    ],
)
def test_code_is_code_and_a_tag_is_a_tag(page, text):
    """Where a reader may take it for prose, a value is escaped for prose: a backslash in code is the lesser evil."""
    assert text == filled(page, "a[b]`")


@pytest.mark.parametrize("value", VALUES)
def test_no_value_ends_its_code(value):
    code = apply_escaping("markdown-code", value)
    assert not re.search("`|~~~", code)


def test_the_pages_and_their_brand(make_brand):
    brand = make_brand({"name": LINK, "description": "- *d*", "color": {"primary": "#0b5fff"}})
    pages = (
        PageOverview("index.html", "", f"{NAME} for all", "", "# Home\n"),
        PageOverview("a/b.html", "R&D", "C# [1]", f"About {NAME}", f"# B\n\n`{NAME}` {NAME}\n"),
    )
    variant = Variant("en", (), ("name", "description", "urls.site"))
    files = dict(overview_files(pages, inputs=SiteInputs(variant, slot_fields(brand))))
    name = r"\[x\]\(javascript:alert\(1\)\)"
    assert files["llms.txt"] == (
        f"# {name}\n\n> \\- \\*d\\*\n"
        f"\n## Home\n\n- [{name} for all](https://acme.example/index.html)\n"
        f"\n## R\\&D\n\n- [C\\# \\[1\\]](https://acme.example/a/b.html): About {name}\n"
        "\n## Optional\n\n- [Full text of all pages](https://acme.example/llms-full.txt)\n"
    )
    assert files["llms-full.txt"] == (
        f"# {name}\n\n> \\- \\*d\\*\n"
        "\n---\n\n<!-- https://acme.example/index.html -->\n\n# Home\n"
        f"\n---\n\n<!-- https://acme.example/a/b.html -->\n\n# B\n\n`{LINK}` {name}\n"
    )
    assert "User-agent: *\nAllow: /\nSitemap: https://acme.example/sitemap.xml\n" == files["robots.txt"]
