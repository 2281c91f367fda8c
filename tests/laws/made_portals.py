"""Small portals and brands by chance: each placeholder in each context, texts as awkward as a brand's may be."""

import json
from pathlib import Path

from hypothesis import strategies as st

from themekit.site.fields import BY_NAME
from themekit.site.wording import _KINDS as SOCIAL_KINDS
from themekit.source.text_policy import text_fault
from themekit.source.urls import base_url_fault, link_fault, web_url_fault

ROOT = Path(__file__).parents[2]
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
SECTIONS = ("guides", "payouts")

CONTEXTS = (
    "## About @\n\nText.",
    "## About @\n\n### @ `@`\n\n## About @",
    "@ below\n-------\n\n## About brand name",
    "## @ {#own}\n\n[to it](#own)",
    "#### *@* and `@` [@](https://x.example/@)",
    "Plain @, *@*, **@**, ***@***, _@_, __@__, ==@==, ~~@~~, (@), [@], '@', \"@\", @@, a@b, -@-, @.",
    "@\n@  \n@\\\n@",
    "> @\n>\n> - @\n>\n>     @",
    "1. @\n2. `@`\n\n    @\n\n- [x] @\n- [ ] @",
    "Term @\n:   @",
    "| @ | `@` | a |\n| --- | :-: | --: |\n| @ | [@](@) | \\| @ |\n| `a|@` | @ | |",
    '[@](https://x.example/@ "@") [x](@) [x](@?a=1&b=2#c \'@\') [x](<@>) ![@](p.png "@") [x](mailto:@)',
    '[@][r] [r] [@][]\n\n[r]: @ "@"\n[@]: https://x.example/',
    "<@> <https://x.example/@> <mailto:@> <a@x.example> https://x.example/@",
    '`@` `` @ ` `` `#!python f("@")` `#!js @`',
    "    indented @\n    <b>@</b> & @",
    '!!! note "@"\n\n    @\n\n    ```\n    @\n    ```',
    '!!! warning @\n\n    @\n\n??? tip "*@*"\n\n    @\n\n???+ note "`@`"\n\n    @',
    '=== "@"\n\n    @\n\n=== "B @"\n\n    ```python\n    x = "@"\n    ```',
    "A note[^1] and[^@].\n\n[^1]: @\n\n    `@`\n\n[^@]: no footnote",
    'The HTML of @, an API.\n\n*[HTML]: @\n*[API]: made by "@" & co',
    "<div title=\"@\" data-x='@' markdown>@ *@*</div>\n\n<p title=@>@ & &copy; <b>@</b></p>\n\n<!-- @ -->",
    '<a href="@" title=\'@\'>@</a> <img alt="@" src="@"> <br title="@"/>',
    "<details><summary>@</summary>\n\n@\n\n</details>",
    "<script>\nvar x = \"@\", y = '@';\n</script>\n\n<style>\n/* @ */\n</style>",
    "<pre>@\n  @</pre>\n\n<textarea>@</textarea>",
    'A @.\n{: title="@" .note }\n\n[x](y.example){ title="@" }',
    "++ctrl++ :smile: @ :material-rocket: &amp; &#65; \\@ \\*@\\* -- ... (c)",
    "{% raw %}{{ brand.name }} {% if x %}{% endraw %} ${{ secrets.KEY }} {{ other }} @",
    '```mermaid\nflowchart LR\n  A["@"] -->|@| B\n```',
    '```python title="@" linenums="3" hl_lines="2"\nfrom @ import @  # @ (1)!\nx = f\'@\' + "@" + @(1)\n```\n\n1. @',
    '```{ .json title=\'@\' }\n{"@": "@", "b": [@, 1]}\n```',
    "~~~yaml\n# @\n@: @\nx: '@'\ny: |\n  @\n~~~",
    "```bash\nexport X=\"@\" Y='@' # @\ncurl @ -H \"A: @\" | jq '.@' && echo @\n```",
    "```js\nimport { @ } from '@';\nconst x = `${@}` + `@`; // @\n/* @ */ new @(\"@\");\n```",
    '```java\nimport @.X;\nclass @ { String x = "@"; } // @\n```',
    '```go\nimport "@"\nvar @ = `@` // @\n```',
    "```html\n<a href=\"@\" @='x'>@</a> <!-- @ -->\n```",
    "```console\n$ pip install @\n@\n```\n\n```diff\n- @\n+ @\n```",
    '```toml\n[@]\nx = "@"\n@ = 1\n```\n\n```sql\nSELECT "@" FROM @ WHERE x = \'@\' -- @\n```',
    '```nosuch\n@\n```\n\n```\n@ & <@>\n```\n\n``` text title="@"\n@\n```',
)
"""Blocks of Markdown; `@` is the place of a placeholder."""

CONDITIONS = (
    "{% if sections.payouts %}\nPayouts @.\n{% else %}\n*No* payouts.\n{% endif %}",
    '{% if locale == "de" %}\n## Deutsch @\n{% elif locale != "en" and not sections.guides %}\nNever.\n{% endif %}',
    "{% if not brand.urls.support or brand.contact.email %}\n- @\n{% else %}\n1. @\n{% endif %}",
    "{% if brand.portal.announcement %}\n{{ brand.portal.announcement.text }} @\n{% endif %}",
)

_ALPHABET = (
    "aZ 09 éßñÖ ŁĐ ДЖя Ωλ 漢字かなカ 한글 עברית العربية हिन्दी ไทย e\u0301o\u0308 🍋🏳️👩 ’“„–…€№½ "
    "&'\"*_`~#|\\[](){}!$%+-=:;,./?@^"
)
AWKWARD = (
    "Acme",
    "A",
    'Zitrone & Söhne’s "Pay" {{ brand.id }} *x*',
    "{% raw %}{{ brand.name }}{% endraw %} ${x} $1 \\1 \\g0",
    'it\'s "&quot;" &amp; &#38; &copy &lt;b&gt;',
    "*a* _b_ **c** `d` ~~e~~ ==f== ++g++ [h](i) ![j](k) :smile: HTML API",
    "# 1. - + > | --- *** ...",
    "a  b   c\u00a0d\u2003e",
    "عرض المدفوعات",
    "支付宝・決済 프로",
    "Оплата Ωμέγα",
    "\u0041\u030a e\u0301 Z\u0351\u0352",
    "🍋 Zitrone 👩‍💻",
    "back\\slash \\* \\",
    "https://x.example/?a=1&b=2 me@x.example www.x.example",
    "undefined null None true 0 NaN",
    "'-- /* */ // # ; %s %d %20 +",
    "Permanent link Search Jump back to footnote 1 in the text",
    "Zxqnameqx brand name brand-name About brand name",
)


def texts(limit):
    """A text that a brand file may have."""
    drawn = st.text(st.sampled_from(sorted(set(_ALPHABET))), min_size=1, max_size=limit)
    long = st.builds(lambda word, count: (f"{word} " * count)[:limit], st.sampled_from(AWKWARD), st.integers(3, 60))
    found = st.sampled_from(AWKWARD).map(lambda text: text[:limit]) | drawn | long
    return found.filter(lambda text: text_fault(text) is None and len(text) <= limit)


_HOSTS = ("https://x.example", "http://a.b-c.example:8080", "HTTPS://Docs.X.Example", "https://[2001:db8::1]:444")
_PATHS = (
    "",
    "/",
    "/docs/",
    "/docs",
    "/a'b&c/(d)/",
    "/%C3%BC/%22x%22/",
    "/a//b/",
    "/a/../b/./",
    "/~user/$x;y=1,z/*/@!/",
    "/Very/" + "long/" * 60,
)
_TAILS = ("", "?a=1&copy=2", "#x", "?q=%20&lt=1#'f&b", "//", "index.html", ".md")
SITE_URLS = st.builds("{}{}".format, st.sampled_from(_HOSTS), st.sampled_from(_PATHS)).filter(
    lambda url: base_url_fault(url) is None
)
WEB_URLS = st.builds("{}{}{}".format, st.sampled_from(_HOSTS), st.sampled_from(_PATHS), st.sampled_from(_TAILS)).filter(
    lambda url: web_url_fault(url) is None
)
LINKS = (
    WEB_URLS
    | st.sampled_from(["guides/", "/guides/index.html", "guides/x.md", "index.md#a", "?x=1", "mailto:a@x.example"])
).filter(lambda url: link_fault(url) is None)
EMAILS = st.sampled_from(["a@x.example", "o'neil+x&y@zitrone.example", "{|}~`*_@A-B.Example", "x=1/2?$%#!@x.example"])

REQUIRED = {"name": texts(80)}
OPTIONAL = {"legalName": texts(120), "tagline": texts(160), "description": texts(400)}
VERSIONS = st.sampled_from(["1.0.0", "0.0.1-beta.1", "10.20.30"])
URLS = {"support": WEB_URLS, "status": WEB_URLS, "terms": WEB_URLS, "privacy": WEB_URLS, "repository": WEB_URLS}
CONTACT = {"email": EMAILS, "phone": st.sampled_from(["+49 30 1234567", "(555) 01.02/03-4"]), "address": texts(200)}
SDK = {
    "typescript": st.fixed_dictionaries({}, optional={"package": st.sampled_from(["@zitrone/sdk", "sdk.js", "a-b_c"])}),
    "python": st.fixed_dictionaries({}, optional={"module": st.sampled_from(["zitrone_pay", "z", "self_"])}),
    "java": st.fixed_dictionaries({}, optional={"package": st.sampled_from(["example.zitrone.pay", "a.b_c"])}),
    "go": st.fixed_dictionaries({}, optional={"module": st.sampled_from(["zitrone.example/go/v2", "x.example/a-b"])}),
}


@st.composite
def structures(draw):
    """What makes a variant: which optional members there are, how many of each list, language and sections."""
    present = {name: draw(st.booleans()) for name in (*URLS, *CONTACT)}
    return {
        "locale": draw(st.sampled_from(["en", "de"])),
        "present": present,
        "sections": draw(st.none() | st.lists(st.sampled_from(SECTIONS), unique=True)),
        "announcement": draw(st.sampled_from(["none", "text", "address", "page"])),
        "navigation": draw(st.integers(0, 3)),
        "social": draw(st.lists(st.sampled_from(sorted(SOCIAL_KINDS)), max_size=3)),
    }


@st.composite
def brands(draw, structure):
    """The members of a brand.json with this structure."""
    present = structure["present"]
    spec = draw(st.fixed_dictionaries(REQUIRED, optional={**OPTIONAL, "version": VERSIONS}))
    urls = {name: draw(URLS[name]) for name in URLS if present[name]}
    urls |= draw(st.fixed_dictionaries({}, optional={"site": SITE_URLS, "home": WEB_URLS}))
    contact = {name: draw(CONTACT[name]) for name in CONTACT if present[name]}
    portal = {
        "navigation": [{"title": draw(texts(40)), "url": draw(LINKS)} for _ in range(structure["navigation"])],
        "social": [{"kind": kind, "url": draw(WEB_URLS)} for kind in structure["social"]],
    }
    if structure["sections"] is not None:
        portal["sections"] = structure["sections"]
    if structure["announcement"] != "none":
        portal["announcement"] = {"text": draw(texts(160))}
        targets = {"address": WEB_URLS, "page": st.sampled_from(["guides/", "guides/x.md", "index.md#a", "?x=1&y='2"])}
        if structure["announcement"] in targets:
            portal["announcement"]["url"] = draw(targets[structure["announcement"]])
    return {
        **spec,
        "locale": structure["locale"],
        "color": {"primary": "#0b5fff"},
        "urls": urls,
        "contact": contact,
        "sdk": draw(st.fixed_dictionaries({}, optional=SDK)),
        "portal": portal,
    }


@st.composite
def groups(draw):
    """Two or three brands and their own pages. The first two have one structure and no page."""
    shared = draw(structures())
    found = [(draw(brands(shared)), ""), (draw(brands(shared)), "")]
    if draw(st.booleans()):
        found.append((draw(brands(draw(structures()))), draw(st.just("") | OWN_PAGES)))
    return found


def _block(context, field):
    filled = context.replace("@", f"{{{{ brand.{field} }}}}")
    if not BY_NAME[field].is_optional:
        return filled
    return f"{{% if brand.{field} %}}\n\n{filled}\n\n{{% else %}}\n\nNo {field}.\n\n{{% endif %}}"


def _front_matter(title, description, tags):
    members = {"title": title, "description": description, "tags": tags}
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in members.items() if value]
    return f"---\n{''.join(lines)}---\n\n" if lines else ""


BLOCKS = st.builds(_block, st.sampled_from(CONTEXTS), st.sampled_from(sorted(BY_NAME)))
HEADS = st.builds(
    _front_matter,
    st.sampled_from(["", "Given", '{{ brand.name }} & "{{ brand.tagline }}" *x*', "{{ brand.urls.site }}"]),
    st.sampled_from(["", "Said", "{{ brand.description }}: {{ brand.legalName }} 'x'"]),
    st.sampled_from([[], ["Red"], ["Red", "Blue & {{ brand.name }}"]]),
)
PAGES = st.builds(
    lambda head, title, blocks, condition: head + "\n\n".join([title, *blocks, condition]) + "\n",
    HEADS,
    st.sampled_from(["# Page", "# {{ brand.name }}", "# A `{{ brand.sdk.client }}` & *{{ brand.legalName }}*", ""]),
    st.lists(BLOCKS, min_size=2, max_size=6),
    st.sampled_from(["", *(context.replace("@", "{{ brand.name }}") for context in CONDITIONS)]),
)
OWN_PAGES = st.builds(
    lambda title, contexts, field: (
        "\n\n".join(["# " + title, *contexts]).replace("@", f"{{{{ brand.{field} }}}}") + "\n"
    ),
    st.sampled_from(["Own", "@", "A *@*"]),
    st.lists(st.sampled_from([*CONTEXTS[:11], *CONTEXTS[15:19], *CONTEXTS[29:36]]), min_size=1, max_size=4),
    st.sampled_from(sorted(name for name, field in BY_NAME.items() if not field.is_optional)),
)
"""A brand's own pages: no conditions, and nothing that is refused there."""
NAVIGATIONS = (
    "\nnav:\n  - Home: index.md\n  - \"By {{ brand.name }} & 'co'\":\n      - guides/index.md\n      - guides/*\n",
    '\nnav:\n  - "{{ brand.name }}": index.md\n  - guides/index.md\n  - Away: https://x.example/?a&b\n  - payouts/*\n',
    "\n",
)


@st.composite
def portals(draw):
    """The files of a portal of three or four pages, the fourth perhaps with a translation."""
    paths = ["docs_src/index.md", *(f"docs_src/{section}/index.md" for section in SECTIONS)]
    more = draw(st.sampled_from([(), ("docs_src/guides/x.md",), ("docs_src/guides/x.md", "docs_src/guides/x.de.md")]))
    files = {path: draw(PAGES) for path in (*paths, *more)}
    return {"mkdocs.yml": SETTINGS + draw(st.sampled_from(NAVIGATIONS)), **files}
