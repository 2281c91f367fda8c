"""A small portal, brands to show it in, and where the hostile inputs are."""

import json
from pathlib import Path, PurePosixPath

import pytest

from themekit.model import BrandId, SourceFile
from themekit.source.brand import BrandInputs, parse_brand

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "hostile_inputs.json").read_text(encoding="utf-8"))["cases"]

PLAIN = {"name": "Acme", "color": {"primary": "#0b5fff"}}
AWKWARD = {
    "name": 'Zitrone & Söhne’s "Pay" {{ brand.id }} *x*',
    "tagline": "Zahlen  &  fertig",
    "description": "Alles über 'Zahlungen' & \"mehr\" \\ mit _Pfiff_",
    "locale": "de",
    "color": {"primary": "#ffd60a"},
    "urls": {
        "site": "https://zitrone.example/ent'wick&ler/",
        "support": "https://zitrone.example/hilfe?a=1&copy=2",
        "status": "https://status.zitrone.example/",
    },
    "contact": {"email": "o'neil+x&y@zitrone.example"},
    "portal": {
        "announcement": {"text": "Neu & 'schnell'", "url": "guides/hooks.html"},
        "social": [{"kind": "github", "url": "https://github.com/zitrone"}],
        "navigation": [{"title": 'Über "uns" & mehr', "url": "https://zitrone.example/ueber?x=1&y=2"}],
    },
}

INDEX = """\
---
title: "{{ brand.name }} for developers"
description: "{{ brand.tagline }}: {{ brand.description }}"
---

# Build with {{ brand.name }}

{{ brand.name }} is made by **{{ brand.legalName }}**, see [home]({{ brand.urls.home }}x?y=1#z).

{% if sections.guides %}
- [Hooks](guides/hooks.md#about-brand-name)
{% else %}
No guides here.
{% endif %}

{% if brand.urls.support and not locale == "fr" %}
Ask [support]({{ brand.urls.support }} "{{ brand.name }}"), <{{ brand.urls.support }}>.
{% endif %}

{% if brand.contact.email %}
<a href="mailto:{{ brand.contact.email }}" title="{{ brand.name }}">write</a> <{{ brand.contact.email }}>
{% endif %}
"""
HOOKS = """\
---
title: Hooks
tags: [Webhooks]
---

# Hooks

## About {{ brand.name }}

## About brand name

| {{ brand.name }} | `{{ brand.sdk.client }}` |
| --- | --- |
| a | {{ brand.tagline }} |

!!! note "{{ brand.name }}"

    1. One `{{ brand.api.baseUrl }}`

        ```python title="{{ brand.name }}.py"
        from {{ brand.sdk.python.module }} import {{ brand.sdk.client }}  # (1)!

        client = {{ brand.sdk.client }}(url="{{ brand.api.baseUrl }}/x", name='{{ brand.name }}')
        ```

        1. {{ brand.name }}

=== "{{ brand.name }}"

    - [x] done
    - [ ] open

=== "Other"

    {% raw %}{{ brand.name }}{% endraw %} ${{ secrets.KEY }}

```mermaid
flowchart LR
  A["{{ brand.name }}"] --> B
```

A HTML[^1] term, {{ brand.version }}, :material-rocket: ++ctrl+c++

[^1]: {{ brand.description }}

*[HTML]: Markup by {{ brand.name }}
"""
HOOKS_GERMAN = HOOKS.replace("# Hooks", "# Haken für {{ brand.name }}").replace("title: Hooks\n", "")
NAVIGATION = """
nav:
  - Home: index.md
  - Guides:
      - guides/index.md
      - guides/*
  - Payouts:
      - payouts/index.md
  - Resources:
      - resources/tags.md
"""
PAGES = {
    "docs_src/index.md": INDEX,
    "docs_src/guides/index.md": "# Guides\n\nBy {{ brand.name }}.\n\n## About {{ brand.tagline }}\n\n### Below it\n",
    "docs_src/guides/hooks.md": HOOKS,
    "docs_src/guides/hooks.de.md": HOOKS_GERMAN,
    "docs_src/payouts/index.md": "# Payouts\n\nMoney. [Hooks](../guides/hooks.md)\n",
    "docs_src/resources/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs_src/changes/x.added.md": "Not {{ a page }}.\n",
}


def sources_of(pages, *, navigation=NAVIGATION):
    """The pages with the project's own mkdocs.yml, but for its navigation."""
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0] + navigation
    files = {"mkdocs.yml": configuration, **pages}
    return tuple(SourceFile(PurePosixPath(path), text.encode()) for path, text in files.items())


def brand_of(spec, brand_id="acme"):
    """The brand that a brand.json with these members describes."""
    path = PurePosixPath("brands", brand_id, "brand.json")
    inputs = BrandInputs(lambda _: None, lambda _: ())
    brand, diagnostics = parse_brand(path, json.dumps(spec).encode(), brand_id=BrandId(brand_id), inputs=inputs)
    assert brand is not None, diagnostics
    return brand


@pytest.fixture
def small():
    """Sources of a small portal with every Markdown feature that holds a brand's text."""
    return sources_of(PAGES)


@pytest.fixture
def plain_brand():
    return brand_of(PLAIN)


@pytest.fixture
def awkward_brand():
    return brand_of(AWKWARD, "zitrone")


@pytest.fixture(scope="session")
def make_brand():
    return brand_of


@pytest.fixture(scope="session")
def make_sources():
    return sources_of


@pytest.fixture
def hostile():
    """The hostile cases of an area, by id."""
    return lambda area: {case["id"]: case for case in CASES if case["area"] == area}


@pytest.fixture(scope="session")
def specs():
    """The members of brand.json of the plain and the awkward brand."""
    return {"PLAIN": PLAIN, "AWKWARD": AWKWARD}


@pytest.fixture(scope="module")
def module_portal():
    """The small portal's sources, and the German sample brand with its generated files."""
    from themekit.build.provider import provide

    provision = provide(ROOT, "zitrone")
    assert () == provision.diagnostics
    return sources_of(PAGES), provision
