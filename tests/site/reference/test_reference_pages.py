"""Pages of the reference: everything of an API is there, and nothing of a description is read by a renderer."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import markdown
import pytest
import yaml

from tests.site.reference.made_apis import HOSTILE, api_of
from themekit.model.api import Flow, Scheme
from themekit.model.api_types import Docs
from themekit.model.sdk import slot
from themekit.site.front_matter import split_front_matter
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.reference.curl import curl
from themekit.site.reference.pages import Reference, reference_pages
from themekit.site.reference.prose import Prose
from themekit.site.reference.samples import Sample, UnknownSlotError, with_placeholders

OF_PYMDOWN = ("details", "highlight", "inlinehilite", "mark", "superfences", "tabbed", "tasklist", "snippets")
EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"] + [
    f"pymdownx.{name}" for name in OF_PYMDOWN
]
FIELDS = {
    "name": "Acme & Söhne",
    "legalName": "LEGAL",
    "api.baseUrl": "https://api.acme.example",
    "api.sandboxUrl": "https://sandbox.acme.example",
    "sdk.client": "AcmeClient",
}


class Found(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.open, self.faults = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "input", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.text.append(data)

    @property
    def whole_text(self):
        return "".join(self.text)

    def attributes(self, name):
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def pages_of(api, **options):
    reference = Reference.of(api, **options)
    samples = {
        each.id: [Sample("python", "Python", "python", f"{slot('client')}()\n# {HOSTILE}\n")] for each in api.operations
    }
    return {str(page.path): page for page in reference_pages(reference, samples=samples)}


def rendered(page):
    text = split_front_matter(page.content.decode()).text
    renderer = markdown.Markdown(
        extensions=["themekit", *EXTENSIONS],
        extension_configs={
            "themekit": {"brand": FIELDS},
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.snippets": {"base_path": ["/"]},
        },
    )
    return Found(renderer.convert(text))


HOSTILE_PAGES = pages_of(api_of(HOSTILE, wire=HOSTILE))
SAFE_ATTRIBUTES = set(
    "class id href title for name type checked data-tabs start colspan style open data-operation".split()
)
SAFE_TAGS = set(
    "h1 h2 h3 h4 h5 h6 div p span code pre dl dt dd ul ol li details summary table thead tbody tr th td a em"
    " strong s br blockquote hr input label sup".split()
)


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_nothing_of_a_description_becomes_markup_or_a_tag_of_pages(path):
    """Quotes, tags, fences, tabs, snippets, macros and attribute lists in every text: the page's structure is ours."""
    found = rendered(HOSTILE_PAGES[path])
    assert set() == {tag for tag, _ in found.tags} - SAFE_TAGS
    assert ([], []) == (found.faults, found.open)
    attributes = {name for _, attributes in found.tags for name in attributes}
    assert set() == attributes - SAFE_ATTRIBUTES
    links = [url for url in found.attributes("href") if not url.startswith(("#", "http://", "https://"))]
    assert [] == [url for url in links if not url.split("#")[0].endswith(".html")]
    assert "root:" not in found.whole_text


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_a_hostile_description_has_no_place_for_a_brand(path):
    """A brand's values are where we put them, and nowhere else."""
    text = HOSTILE_PAGES[path].content.decode()
    assert () == check_page(HOSTILE_PAGES[path], PageRules(()))
    shown = rendered(HOSTILE_PAGES[path]).whole_text
    assert 0 == shown.count("Acme & Söhne")
    assert text.count("{{ brand.api.baseUrl }}") == shown.count("https://api.acme.example")


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_ids_are_ours_and_distinct(path):
    found = rendered(HOSTILE_PAGES[path])
    ids = [each for each in found.attributes("id") if not each.startswith("__tabbed")]
    assert len(set(ids)) == len(ids)
    ours = ("operation-", "type-", "scheme-", "status-", "webhook-", "base-urls", "operations")
    assert [] == [each for each in ids[1:] if not each.startswith(ours)]


def test_the_text_of_a_description_is_not_lost():
    """What is not markup is shown as it was written."""
    shown = rendered(HOSTILE_PAGES["docs_src/reference/things.md"]).whole_text
    for part in ("<script>alert(1)</script>", "{{ brand.name }}", "{% if x %}", "<!-- c -->", "${x}"):
        assert part in shown


def test_every_operation_and_type_has_its_section():
    pages = pages_of(api_of())
    things = rendered(pages["docs_src/reference/things.md"])
    assert {"operation-get", "operation-create"} <= set(things.attributes("id"))
    types = rendered(pages["docs_src/reference/types/things.md"])
    assert {"type-thing", "type-kind", "type-owner", "type-person", "type-label"} <= set(types.attributes("id"))


@pytest.mark.parametrize("has_directory_urls", [False, True])
def test_links_within_the_reference_lead_somewhere(has_directory_urls):
    """Links in HTML are not looked at by mkdocs, so this does it."""
    pages = pages_of(api_of(), has_directory_urls=has_directory_urls)
    ids = {path: set(rendered(page).attributes("id")) for path, page in pages.items()}
    seen = 0
    for path, page in pages.items():
        own = address(path, has_directory_urls)
        for url in rendered(page).attributes("href"):
            target, _, anchor = url.partition("#")
            if target.startswith("http"):
                continue
            there = {address(each, has_directory_urls): each for each in pages}[resolved(own, target)]
            assert anchor in ids[there], url
            seen += 1
    assert seen > 10


def address(path, has_directory_urls):
    plain = path.removeprefix("docs_src/").removesuffix(".md")
    if not has_directory_urls:
        return f"/{plain}.html"
    return f"/{plain.removesuffix('index')}".rstrip("/") + "/"


def resolved(own, target):
    from urllib.parse import urljoin

    return urljoin(f"https://x.example{own}", target).removeprefix("https://x.example")


def test_the_head_is_plain_text():
    """A title or description in the front matter is read for placeholders after YAML was."""
    for page in HOSTILE_PAGES.values():
        head = yaml.safe_load(split_front_matter(page.content.decode()).head)
        assert ["description"] == list(head)
        assert "{{" not in head["description"]
        assert "{%" not in head["description"]


def test_words_are_those_of_the_language():
    pages = pages_of(api_of(), locale="de")
    text = pages["docs_src/reference/things.de.md"].content.decode()
    assert "<h3>Antworten</h3>" in text
    assert "<h3>Responses</h3>" not in text
    assert "A text." in text


@pytest.mark.parametrize(
    ("locale", "page", "told"),
    [("en", "authentication.md", "Send the key as <code>X-Api-Key</code> in the header."),
     ("de", "authentication.de.md", "Der Schlüssel wird als <code>X-Api-Key</code> im Header gesendet.")],
)  # fmt: skip
def test_where_a_key_is_sent_is_a_sentence(locale, page, told):
    api = replace(api_of(), schemes=(Scheme("k", ("k",), "api-key", "header", "X-Api-Key"),))
    assert told in pages_of(api, locale=locale)[f"docs_src/reference/{page}"].content.decode()


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("<code>{{ brand.api.baseUrl }}/oauth/token</code>", "https://api.example.com/v1/oauth/token"),
        ("<code>{{ brand.api.baseUrl }}/&#123;&#123; x</code>", "https://api.example.com/v1/{{ x"),
        ('<a href="https://api.example.com/v1x">', "https://api.example.com/v1x"),
        ('<a href="https://id.example.com/token">', "https://id.example.com/token"),
    ],
)
def test_tokens_come_from_the_brand_where_they_come_from_the_api(expected, url):
    """The description's own servers are in no portal."""
    flow = Flow("client-credentials", url)
    api = replace(api_of(), schemes=(Scheme("o", ("o",), "oauth2", flows=(flow,)),))
    text = pages_of(api)["docs_src/reference/authentication.md"].content.decode()
    assert f"Token URL: {expected}" in text


def test_links_as_other_renderers_have_them_lead_to_pages():
    """And what only looks like one, or leads to nothing, is left alone."""
    api = api_of(path="/things")
    (group,) = api.groups
    api = replace(api, groups=(replace(group, title="My things"),))
    first = api.operations[0]
    text = (
        "[a](#tag/My-things) [b](#operation/{id}) [c](#tag/my%20things/operation/{id}) [d](#operation/none) [e](#x) "
        '`<a href="#tag/My-things">`'
    ).replace("{id}", first.id)
    files = pages_of(replace(api, docs=Docs("", text), operations=(replace(first, docs=Docs("", text)),)))
    anchor = f"#operation-{'-'.join(first.name)}"
    expected = {
        "index": ["things.html", f"things.html{anchor}", f"things.html{anchor}", "#operation/none", "#x"],
        "things": ["#", anchor, anchor, "#operation/none", "#x"],
    }
    for page, links in expected.items():
        content = files[f"docs_src/reference/{page}.md"].content.decode()
        assert links == re.findall(r'<a href="([^"]*)">[a-e]</a>', content)
        assert "&lt;a href=&quot;#tag/My-things&quot;&gt;" in content


def test_a_signature_of_webhooks_is_explained():
    api = replace(api_of(), webhook_signature="timestamped-hmac-sha256")
    assert "HMAC-SHA256" in pages_of(api)["docs_src/reference/webhooks.md"].content.decode()
    assert "HMAC-SHA256" in pages_of(api, locale="de")["docs_src/reference/webhooks.de.md"].content.decode()
    assert "HMAC-SHA256" not in pages_of(api_of())["docs_src/reference/webhooks.md"].content.decode()


def test_requests_and_answers_show_what_they_have():
    """`secret` is for requests only, `kind` for answers only."""
    text = pages_of(api_of())["docs_src/reference/things.md"].content.decode()
    request = text[text.index("<h3>Request body</h3>") :].partition("<h3>Responses</h3>")[0]
    answer = text[text.index("<h3>Responses</h3>") :].partition("<h3>")[0]
    assert "<code>name5</code>" in request
    assert "<code>name2</code>" not in request
    assert "<code>name5</code>" not in answer


def test_samples_keep_their_braces_and_show_the_brand():
    text = f"{slot('client')}({{'a': {{{{}}}}, 'b': '{{% raw %}}'}})"
    page = with_placeholders(text)
    renderer = markdown.Markdown(extensions=["themekit"], extension_configs={"themekit": {"brand": FIELDS}})
    shown = Found(renderer.convert(f"```\n{page}\n```")).whole_text
    assert "AcmeClient({'a': {{}}, 'b': '{% raw %}'})" in shown


def test_a_path_that_is_in_percent_encoding_is_not_encoded_again():
    api = api_of(path="/gr%C3%B6%C3%9Fe/{id}")
    sample = curl(api, api.operations[0], declarations=api.declarations())
    assert "/gr%C3%B6%C3%9Fe/" in sample.text


def test_a_sample_with_a_value_that_pages_do_not_have_is_refused():
    with pytest.raises(UnknownSlotError, match="java-path"):
        with_placeholders(slot("java-path"))


def test_the_same_input_gives_the_same_bytes():
    assert json.dumps({path: page.content.decode() for path, page in pages_of(api_of()).items()}) == json.dumps(
        {path: page.content.decode() for path, page in pages_of(api_of()).items()}
    )


def test_headings_of_a_description_follow_those_around_them():
    """Whatever numbers they have in it: a reader of headings goes down one level at a time."""
    text = Prose().block("# One\n\n### Two\n\n##### Three\n", below=2)
    assert [("h3", "One"), ("h4", "Two"), ("h5", "Three")] == re.findall(r"<(h\d)>(\w+)</h\d>", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("One `a < b` two.", "<p>One <code>a &lt; b</code> two.</p>"),
        ("a\n- b", "<p>a</p>&#10;<ul>&#10;<li>b</li>&#10;</ul>"),
        ("a<br/>b", "<p>a<br>b</p>"),
        ("[a](https://x.example)", '<p><a href="https://x.example">a</a></p>'),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("[a](//x.example)", "<p>[a](//x.example)</p>"),
        ("![a](https://x.example/p.png)", '<p><a href="https://x.example/p.png">a</a></p>'),
        ("```js\na\n```", "<pre><code>a&#10;</code></pre>"),
    ],
)
def test_descriptions_are_commonmark(text, expected):
    assert expected == Prose().block(text)


def test_a_path_is_shown_as_people_write_it():
    """What stands for a letter is that letter; what a path could not hold stays in percent signs."""
    from themekit.site.reference.operation import readable

    assert "/straße/{größe}/東京" == readable("/stra%C3%9Fe/{größe}/%E6%9D%B1%E4%BA%AC")
    assert "/a%2Fb/%20/%ff/%E2%80%AE" == readable("/a%2Fb/%20/%ff/%E2%80%AE")
