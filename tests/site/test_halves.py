"""A page rendered once with words is, for any values, the page rendered with these values."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import escape

from themekit.site.encoded import decoded_meta, encoded_meta
from themekit.site.fields import BY_NAME, kind_of
from themekit.site.halves import finished_half, word_fields
from themekit.site.pieces import PageHalf

NAMES = tuple(BY_NAME)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"]), min_size=1, max_size=12)
PAGE = """\
# Of {{ brand.name }}

*{{ brand.tagline }}* [x]({{ brand.urls.home }}a "{{ brand.name }}") <{{ brand.urls.site }}>

## {{ brand.legalName }} & co

| {{ brand.name }} | `{{ brand.sdk.client }}` |
| --- | --- |
| a | b |

```python title="{{ brand.name }}.py"
from {{ brand.sdk.python.module }} import {{ brand.sdk.client }}
```
"""
EXTENSIONS = ("themekit", "toc", "tables", "attr_list", "smarty", "pymdownx.superfences", "pymdownx.highlight")


def rendered(fields):
    page = Markdown(extensions=EXTENSIONS, extension_configs={"themekit": {"brand": fields}})
    html = page.convert(PAGE)
    tokens = [
        {"name": each["name"], "id": each["id"], "level": each["level"], "children": []} for each in page.toc_tokens
    ]
    return html, json.dumps(tokens, ensure_ascii=False)


@settings(max_examples=40)
@given(st.fixed_dictionaries({name: TEXTS for name in NAMES if kind_of(name) != "locale"}))
def test_words_then_values_are_values(values):
    values = {name: value.strip() or "x" for name, value in values.items()} | {"locale": "de"}
    html, toc = rendered(word_fields(values))
    meta = encoded_meta({"title": escape("Zxqname" + "qxZ & x"), "own": "Zxqname" + "qxZ", "n": [1, "a"]})
    half = finished_half(PageHalf(html, toc, "Of Zxqname" + "qxZ", meta, "{}", "{{ brand.name }}"), values)
    assert rendered(values) == (half.html, half.toc)
    assert f"Of {escape(values['name'])}" == half.title
    assert "{{ brand.name }}" == half.listing
    assert {"title": escape(f"{values['name']} & x"), "own": "Zxqname" + "qxZ", "n": [1, "a"]} == decoded_meta(
        half.meta
    )


def test_the_locale_is_itself():
    assert {"locale": "de", "name": "ZxqnameqxZ"} == word_fields({"locale": "de", "name": "Acme"})
