"""A partner's HTML keeps Material's features and loses everything that could run, load, post or cover."""

import markdown
import pytest

from themekit.site.sanitise import is_unsafe_link, sanitise

FEATURES = [
    *"admonition attr_list def_list footnotes md_in_html tables".split(),
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.keys",
    "pymdownx.mark",
]


@pytest.mark.parametrize(
    "kept",
    [
        '<p class="annotate" id="b" title="c" lang="de" dir="ltr">x</p>',
        '<a href="https://x.example">x</a>',
        '<a href="mailto:a@b.example">x</a>',
        '<a href="../x.md#y">x</a>',
        '<img src="x.png" alt="y" width="1" height="2" loading="lazy">',
        '<details open=""><summary>x</summary></details>',
        '<input type="checkbox" disabled="" checked="">',
        '<div class="tabbed-set" data-tabs="1:2"><input id="__tabbed_1_1" name="__tabbed_1" type="radio"></div>',
        '<table><thead><tr><th scope="col" colspan="2">x</th></tr></thead></table>',
        '<span><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0"></path></svg></span>',
        "<dl><dt>x</dt><dd>y</dd></dl>",
        '<ol start="3"><li>x</li></ol>',
        "<p>Zxqnameqxz &amp; &lt;b&gt;</p>",
    ],
)
def test_kept(kept):
    attributes = sorted(kept.replace(">", " ").split())
    assert attributes == sorted(sanitise(kept).replace(">", " ").split())


@pytest.mark.parametrize(
    "hostile",
    [
        "<style>x{}</style>",
        '<p onclick="alert(1)">',
        '<p style="position:fixed">',
        '<iframe src="//evil.test"></iframe>',
        '<object data="x"></object>',
        '<embed src="x">',
        '<form action="/x">',
        '<button formaction="x">',
        '<a href="javascript:alert(1)">',
        '<a href="java&#x73;cript:alert(1)">',
        '<a href="java&#10;script:alert(1)">',
        '<a href="data:text/html,x">',
        '<img src="data:image/svg+xml,x">',
        '<a href="vbscript:x">',
        '<a href="ftp://evil.test">',
        '<svg onload="alert(1)"><use href="#x"></use><animate></animate><foreignObject><p>x</p></foreignObject></svg>',
        "<base href='//evil.test'>",
        "<link rel='stylesheet' href='//evil.test'>",
        "<meta http-equiv='refresh' content='0'>",
        '<p id="__search">',
        '<input type="password" name="q">',
        '<a target="_blank" ping="//evil.test">',
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<math><mtext></math>",
        "<template><script>x</script></template>",
        '<p data-md-component="search">',
    ],
)
def test_lost(hostile):
    lost = ("alert", "javascript", "vbscript", "data:", "evil", "on", "style", "fixed", "iframe", "object", "embed")
    lost += (
        "form",
        "button",
        "base",
        "link",
        "meta",
        "__search",
        "password",
        "name=",
        "target",
        "ping",
        "use",
        "animate",
    )
    lost += ("foreign", "data-md", "script", "template", "math")
    assert not [word for word in lost if word in sanitise(hostile)]


@pytest.mark.parametrize(
    ("target", "is_unsafe"),
    [
        ("https://x", False),
        ("//evil.test", True),
        ("\\\\evil.test\\share", True),
        ("/\\evil.test", True),
        ("java\u2063script:x", True),
        ("x/y.md", False),
        ("#a:b", False),
        ("?a:b", False),
        ("./a:b", False),
        ("brand:Zxqurls0siteqxZ", False),
        ("javascript:x", True),
        (" java\tscript:x", True),
        ("\x01javascript:x", True),
        ("&amp;#106;avascript:x", True),
        ("file:///etc/passwd", True),
        ("blob:x", True),
    ],
)
def test_links(target, is_unsafe):
    assert is_unsafe is is_unsafe_link(target)


@pytest.mark.parametrize(
    ("target", "is_unsafe"), [("brand:Zxqurls0siteqxZ", False), ("https://x", True), ("x/y.png", False)]
)
def test_links_of_pictures(target, is_unsafe):
    assert is_unsafe is is_unsafe_link(target, is_picture=True)


@pytest.mark.parametrize(
    ("tag", "own"), [("code", "language-c++"), ("span", "key-control"), ("span", "nb"), ("span", "p-Indicator")]
)
def test_classes_of_code_and_keys_stay(tag, own):
    assert f'<{tag} class="{own}">x</{tag}>' == sanitise(f'<{tag} class="{own}">x</{tag}>')


def test_names_are_of_lines_and_tabs_only():
    """No other tag may have one, whatever it is."""
    assert '<a name="__codelineno-0-1">x</a>' == sanitise('<a name="__codelineno-0-1">x</a>')
    assert "<label>x</label>" == sanitise('<label for="__codelineno-0-1">x</label>')


@pytest.mark.parametrize(
    ("tag", "own"),
    [
        ("p", "md-overlay"),
        ("div", "md-dialog"),
        ("div", "md-header"),
        ("div", "tk-toasts"),
        ("div", "tk-card--link"),
        ("div", "tabbed-control"),
        ("p", "nb"),
    ],
)
def test_a_class_that_lays_the_page_over_others_goes_and_the_others_stay(tag, own):
    assert f'<{tag} class="admonition note">x</{tag}>' == sanitise(f'<{tag} class="admonition {own} note">x</{tag}>')
    assert f"<{tag}>x</{tag}>" == sanitise(f'<{tag} class="{own}">x</{tag}>')


@pytest.mark.parametrize(
    "name", ["__search", "__drawer", "__toc", "__palette_1", "__config", "documentElement", "body$", "a b", "_a", ""]
)
def test_an_id_that_a_script_or_switch_could_mean_goes(name):
    assert "<p>x</p>" == sanitise(f'<p id="{name}">x</p>')


@pytest.mark.parametrize("name", ["fn:API", "fnref2:a.b", "über-uns", "a_1", "2026-10-01", "__codelineno-0-1"])
def test_an_anchor_stays(name):
    assert f'<p id="{name}">x</p>' == sanitise(f'<p id="{name}">x</p>')


@pytest.mark.parametrize(
    "field",
    [
        '<input name="__tabbed_x">',
        '<input name="__tabbed_1">',
        '<input type="text">',
        '<input type="radio" name="__tabbed_1">',
        '<input type="radio" name="x" id="__tabbed_1_1">',
        '<input type="checkbox">',
        """<input title="type='checkbox' disabled=''" name="__tabbed_1">""",
        '<input type="radio" name="__tabbed_1" id="__drawer">',
        "<input class='>'>",
    ],
)
def test_no_field_takes_a_readers_text(field):
    """Without its type, an input takes text; and a box that can be ticked belongs to the page's own controls."""
    assert "<p>a b</p>" == sanitise(f"<p>a{field} b</p>")


def test_a_field_in_the_text_of_an_attribute_stays_text():
    text = sanitise('<p title="&lt;input class=&#34; lang=&#34;&gt;">x</p>')
    assert ("<p title=", ">x</p>") == (text[:9], text[-6:])


def test_a_label_opens_no_drawer():
    assert "<label>x</label>" == sanitise('<label for="__drawer">x</label>')
    assert '<label for="__tabbed_1_2">x</label>' == sanitise('<label for="__tabbed_1_2">x</label>')


def test_columns_are_aligned_and_nothing_else_is_styled():
    aligned = '<table><tbody><tr><td style="text-align: right;">x</td></tr></tbody></table>'
    assert aligned == sanitise(aligned)
    assert "style" not in sanitise(aligned.replace("right;", "right; position: fixed"))


def test_hostile_pages_are_harmless(hostile):
    """With the extensions that pass raw HTML and attributes through."""
    for case in hostile("markdown").values():
        if case["payload_kind"] == "text":
            page = markdown.markdown(case["payload"], extensions=FEATURES)
            clean = sanitise(page)
            assert "<script" not in clean, case["id"]
            assert "onclick" not in clean, case["id"]
            assert 'href="java' not in clean, case["id"]
            assert "<iframe" not in clean, case["id"]
            assert "data:" not in clean, case["id"]


@pytest.mark.parametrize("tag", ["script", "style"])
def test_a_script_becomes_text_and_an_unclosed_one_takes_nothing_with_it(tag):
    assert "a b()" == sanitise(f"a <{tag}>b()</{tag}>")
    cleaned = sanitise(f"<p>a <{tag}> b</p><p>second</p>")
    assert f"<{tag}" not in cleaned
    assert "second" in cleaned


@pytest.mark.parametrize("source", ["//evil.test/t.gif", "https://evil.test/t.gif", "\\\\evil.test/t.gif"])
def test_pictures_come_from_the_portal_only(source):
    assert "evil" not in sanitise(f'<img src="{source}" alt="x">')
    assert 'src="../a.png"' in sanitise('<img src="../a.png" alt="x">')
