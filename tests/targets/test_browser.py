"""What a real Chromium makes of the sheets: modes by system, attribute and scheme, paper, motion, and axe."""

import functools
import http.server
import threading

import pytest
from themes import emitted, theme

from themekit.model import Mode, ResolvedTokens, TokenId
from themekit.render import css
from themekit.targets import components, contrast, material, material3, shadcn, tailwind
from themekit.targets import css as tokens_css

pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LIGHT, DARK, LIGHT_MORE, DARK_MORE = Mode
BODY = """
<main class="tk-stack">
<h1 class="tk-heading-1">Payments</h1>
<p class="tk-lead">Read <a class="tk-link" href="#a">the guide</a> first.</p>
<section class="tk-hero"><p class="tk-hero__eyebrow">Portal</p><h2 class="tk-hero__title">Accept payments</h2>
<p class="tk-hero__lead">One API.</p><a class="tk-button tk-button--primary" href="#b">Start</a></section>
<p class="tk-cluster"><button class="tk-button">Plain</button>
<button class="tk-button tk-button--accent">Accent</button>
<button class="tk-button tk-button--soft">Soft</button><button class="tk-button tk-button--ghost">Ghost</button>
<button class="tk-button tk-button--danger">Delete</button></p>
<p>{badges}</p>
{alerts}
<label class="tk-field"><span class="tk-label">Name</span><input class="tk-input" placeholder="Ada"></label>
<table class="tk-table"><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<pre class="tk-code" tabindex="0">code</pre>
<nav aria-label="Guides"><a class="tk-nav__link" href="#c" aria-current="page">Keys</a></nav>
</main>
"""
KINDS = ("primary", "accent", "success", "warning", "danger", "info")


def document(attribute=""):
    badges = "".join(
        f'<span class="tk-badge tk-badge--{kind}">{kind}</span>'
        f'<span class="tk-badge tk-badge--solid tk-badge--{kind}">{kind}</span>'
        for kind in KINDS
    )
    alerts = "".join(
        f'<div class="tk-alert tk-alert--{kind}"><p class="tk-alert__title">Title</p>'
        '<p class="tk-alert__text">Text</p></div>'
        for kind in KINDS[2:]
    )
    links = "".join(f'<link rel="stylesheet" href="{name}.css">' for name in ("tokens", "material", "components"))
    head = f'<meta charset="utf-8"><title>Test</title>{links}'
    body = BODY.format(badges=badges, alerts=alerts)
    return f'<!doctype html><html lang="en" {attribute}><head>{head}</head><body class="tk-page">{body}</body></html>'


def of_the_report(name):
    """The tokens that the report's own page needs, and a few more: axe needs 90 s for all of the 1168 pairs."""
    kept = ("page", "text", "text-muted", "surface-raised", "border", "focus", "mark", "success.11", "danger.11")
    return ResolvedTokens(tuple(each for each in theme(name) if each.id.removeprefix("color.") in kept))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the sheets of three brands, served on the loopback."""
    root = tmp_path_factory.mktemp("site")
    for name in ("violet", "yellow", "wide"):
        folder = root / name
        folder.mkdir()
        files = {"index.html": document(), **emitted(tokens_css.TARGET, theme(name))}
        files |= emitted(components.TARGET, ResolvedTokens(())) | emitted(material.TARGET, ResolvedTokens(()))
        files |= emitted(contrast.TARGET, of_the_report(name))
        for file, text in files.items():
            folder.joinpath(file).write_text(text, encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser.new_page(viewport={"width": 900, "height": 700})
        browser.close()


def shown(page, token, element="document.body"):
    """The colour that a token's property gives on an element, as the browser computes it."""
    return page.evaluate(
        f"""() => {{
            const probe = document.createElement("span");
            probe.style.color = "var(--tk-{token.replace(".", "-")})";
            {element}.append(probe);
            const color = getComputedStyle(probe).color;
            probe.remove();
            return color;
        }}"""
    )


def rgb(name, token, mode):
    value = theme(name).in_mode(mode)[TokenId(token)]
    digits = css.hex_color(value)
    return "rgb({}, {}, {})".format(*(int(digits[at : at + 2], 16) for at in (1, 3, 5)))


TOKENS = ("color.page", "color.text", "color.link", "color.primary.9", "color.border")
SYSTEMS = [
    ("light", "no-preference", LIGHT),
    ("dark", "no-preference", DARK),
    ("light", "more", LIGHT_MORE),
    ("dark", "more", DARK_MORE),
]


@pytest.mark.parametrize(("scheme", "contrast_wish", "mode"), SYSTEMS)
def test_the_system_chooses_the_mode(page, site, scheme, contrast_wish, mode):
    page.emulate_media(media="screen", color_scheme=scheme, contrast=contrast_wish)
    page.goto(f"{site}/violet/index.html")
    for token in TOKENS:
        assert rgb("violet", token, mode) == shown(page, token), token


@pytest.mark.parametrize("mode", list(Mode))
def test_an_attribute_wins_over_the_system(page, site, mode):
    for scheme, contrast_wish, _ in SYSTEMS:
        page.emulate_media(media="screen", color_scheme=scheme, contrast=contrast_wish)
        page.goto(f"{site}/violet/index.html")
        page.evaluate("mode => document.documentElement.dataset.tkMode = mode", str(mode))
        for token in TOKENS:
            assert rgb("violet", token, mode) == shown(page, token), (token, scheme, contrast_wish)


def test_a_part_of_the_page_may_have_its_own_mode(page, site):
    page.emulate_media(media="screen", color_scheme="dark", contrast="no-preference")
    page.goto(f"{site}/violet/index.html")
    page.evaluate("document.querySelector('main').dataset.tkMode = 'light'")
    for token in TOKENS:
        assert rgb("violet", token, LIGHT) == shown(page, token, "document.querySelector('main')")
        assert rgb("violet", token, DARK) == shown(page, token)


@pytest.mark.parametrize(
    ("material_scheme", "scheme", "contrast_wish", "mode"),
    [
        ("default", "dark", "no-preference", LIGHT),
        ("default", "light", "more", LIGHT_MORE),
        ("slate", "light", "no-preference", DARK),
        ("slate", "light", "more", DARK_MORE),
        ("contrast", "light", "no-preference", LIGHT_MORE),
        ("contrast", "dark", "no-preference", DARK_MORE),
    ],
)
def test_materials_schemes_choose_the_mode(page, site, material_scheme, scheme, contrast_wish, mode):
    page.emulate_media(media="screen", color_scheme=scheme, contrast=contrast_wish)
    page.goto(f"{site}/yellow/index.html")
    page.evaluate("scheme => document.body.dataset.mdColorScheme = scheme", material_scheme)
    for token in TOKENS:
        assert rgb("yellow", token, mode) == shown(page, token), token
    background = page.evaluate("getComputedStyle(document.body).getPropertyValue('--md-default-bg-color')")
    assert css.color(theme("yellow").in_mode(mode)[TokenId("color.page")]) == background


def test_paper_is_light(page, site):
    page.goto(f"{site}/violet/index.html")
    page.emulate_media(media="print", color_scheme="dark", contrast="no-preference")
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert rgb("violet", "color.text", LIGHT) == shown(page, "color.text")


def test_a_wide_colour_keeps_its_srgb_fallback(page, site):
    """The screen under test is sRGB, or it is P3 and shows more."""
    page.emulate_media(media="screen", color_scheme="light", contrast="no-preference")
    page.goto(f"{site}/wide/index.html")
    is_p3 = page.evaluate("matchMedia('(color-gamut: p3)').matches")
    color = shown(page, "color.primary.9")
    assert color.startswith("color(display-p3") if is_p3 else rgb("wide", "color.primary.9", LIGHT) == color


def test_reduced_motion_takes_the_time_away(page, site):
    page.emulate_media(media="screen", reduced_motion="reduce")
    page.goto(f"{site}/violet/index.html")
    assert "1e-05s" == page.evaluate("getComputedStyle(document.querySelector('.tk-button')).transitionDuration")
    page.emulate_media(reduced_motion="no-preference")
    assert "0.12s" == page.evaluate("getComputedStyle(document.querySelector('.tk-button')).transitionDuration")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["violet/index.html", "yellow/index.html", "wide/contrast.html"])
def test_axe_finds_nothing(page, site, path, scheme):
    from themekit.studio.chromium.axe import violations_of

    page.emulate_media(media="screen", color_scheme=scheme, contrast="no-preference", reduced_motion="reduce")
    page.goto(f"{site}/{path}")
    assert [] == [(each.rule, each.html) for each in violations_of(page)]


@pytest.mark.parametrize("file", ["index.html", "contrast.html"])
def test_nothing_is_wider_than_a_page_zoomed_to_400_percent(page, site, file):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{site}/violet/{file}")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 900, "height": 700})
    assert 320 == width


# The modes around an element, the outermost first, and whether tokens are dark there by a light and by a dark system.
DARK_PLACES = [
    ((), (False, True)),
    (("dark",), (True, True)),
    (("light",), (False, False)),
    (("dark", "light"), (False, False)),
    (("light", "dark-contrast"), (True, True)),
    (("dark", "light", "dark"), (True, True)),
    (("light", "dark", "light-contrast"), (False, False)),
    (("dark", "light", "dark", "light"), (False, False)),
]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_dark_classes_of_tailwind_hold_where_tokens_are_dark(page, medium):
    """Also in a light part of a dark page; paper is white, whatever the attribute says."""
    sheets = (
        emitted(tailwind.TARGET, theme("violet"))["theme.css"],
        emitted(tokens_css.TARGET, theme("violet"))["tokens.css"],
    )
    variant, _, _ = sheets[0].partition("@theme")
    rule = variant.partition("@custom-variant dark")[2].replace("@slot", "outline-style: dashed")
    parts = "".join(
        "".join(f'<div data-tk-mode="{mode}">' for mode in modes) + '<p class="is"></p>' + "</div>" * len(modes)
        for modes, _ in DARK_PLACES
    )
    page.set_content(f"<!doctype html><style>{sheets[1]} .is {rule}</style>{parts}")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(media=medium, color_scheme=scheme, contrast="no-preference")
        found.append(
            page.evaluate(
                """() => [...document.querySelectorAll(".is")].map(each => {
                    const style = getComputedStyle(each);
                    return [style.outlineStyle === "dashed", style.colorScheme === "dark"];
                })"""
            )
        )
    wanted = [list(dark) if medium == "screen" else [False, False] for _, dark in DARK_PLACES]
    assert wanted == [[each[0] for each in both] for both in zip(*found, strict=True)]
    assert medium == "print" or wanted == [[each[1] for each in both] for both in zip(*found, strict=True)]


@pytest.mark.parametrize("target", [shadcn.TARGET, material3.TARGET], ids=lambda target: target.name)
def test_roles_follow_the_switch_of_the_portal(page, target):
    """They are declared wherever a mode begins: an inherited one would keep the colours of the mode outside."""
    sheets = [text for name, text in emitted(target, theme("violet")).items() if name.endswith(".css")]
    sheet = "".join([*sheets, emitted(tokens_css.TARGET, theme("violet"))["tokens.css"]])
    name = "--background" if target is shadcn.TARGET else "--md-sys-color-background"
    assert f"{name}:" in sheet
    page.emulate_media(media="screen", color_scheme="light", contrast="no-preference")
    body = f'<body data-md-color-scheme="slate"><p style="color: var({name})"></p></body>'
    page.set_content(f"<!doctype html><style>{sheet}</style>{body}")
    color = page.evaluate("() => getComputedStyle(document.querySelector('p')).color")
    assert rgb("violet", "color.page", DARK) == color
