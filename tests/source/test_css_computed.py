"""Computations of CSS in custom properties: Chromium's own values are the oracle, coloraide where Chromium is coarse.

Not asked of Chromium are mixes in a98-rgb, prophoto-rgb and rec2020, whose matrices and curves it has to three digits
or from before 2025, and hues of greys in polar spaces, which are noise there and missing in CSS Color 4.
"""

from itertools import product
from pathlib import Path, PurePosixPath
from time import process_time

import pytest
from coloraide.everything import ColorAll

from tests.source.computed_by_chromium import ARGUMENTS, differences, imported_sheet, is_same_color
from tests.source.test_importing import imported, sheet
from themekit.resolve.color_mixing import MATH, converted
from themekit.source.importing.read import import_tokens
from themekit.source.importing.shades import Mix, Shade

NPM = Path(__file__).parents[1] / "targets" / "npm" / "node_modules"
SPACES = "srgb srgb-linear display-p3 lab oklab xyz xyz-d50 xyz-d65 hsl hwb lch oklch".split()
COARSE = "a98-rgb prophoto-rgb rec2020".split()
POLAR = "hsl hwb lch oklch".split()
METHODS = "shorter longer increasing decreasing".split()
PAIRS = [
    ("red", "blue"),
    ("red", "red"),
    ("white", "#0b5fff"),
    ("black", "lime"),
    ("#8080807f", "rgb(200 10 30 / 0.2)"),
    ("oklch(0.7 0.2 150)", "hsl(300 80% 40%)"),
    ("color(display-p3 1 0 0)", "gray"),
    ("hsl(none 50% 50%)", "hwb(200 20% none)"),
    ("transparent", "gold"),
    ("oklab(0.5 0.1 0.1 / none)", "rgb(10 20 30 / .5)"),
    ("hsl(120 0% 50%)", "hsl(350 100% 50%)"),
    ("color(xyz 0.2 0.3 none)", "color(srgb none 0.5 0.2)"),
]
ORIGINS = [
    *("red", "#0b5fff80", "oklch(0.7 0.15 220)", "hsl(200 50% 40%)", "color(display-p3 0 1 0)", "var(--x)"),
    *("rgb(from red r 128 b)", "color-mix(in oklab, red, blue)", "oklch(0.7 none 150 / none)"),
]
RELATIVE = [
    "rgb(from {} r g b / 50%)",
    "rgb(from {} calc(r / 2) g calc(b * 0.3))",
    "rgb(from {} b g r)",
    "rgb(from {} 50% g alpha)",
    "rgb(from {} max(r, g, b) 0 0)",
    "hsl(from {} h s calc(l - 10))",
    "hsl(from {} calc(h + 180) s l)",
    "hsl(from {} h calc(s * 0.5) l / calc(alpha * .5))",
    "hsl(from {} h s l / calc(alpha - 2))",
    "hwb(from {} h calc(w + 20) b)",
    "hwb(from {} h 80% 80%)",
    "lab(from {} l a calc(b * -1))",
    "lab(from {} calc(l + 90) a b)",
    "lch(from {} l calc(c - 200) h)",
    "lch(from {} calc(50%) c h)",
    "oklab(from {} calc(l * 0.5) a b)",
    "oklch(from {} calc(l - 0.1) c h)",
    "oklch(from {} l 0.1 h)",
    "oklch(from {} calc(l + 0.9) c h)",
    "oklch(from {} l c calc(h + 400))",
    "oklch(from {} 0.5 50% none)",
    "oklch(from {} l calc(c * pi) h / alpha)",
    "oklch(from {} clamp(0.2, l, 0.6) c h)",
    "color(from {} srgb r g b)",
    "color(from {} display-p3 r calc(g * .5) b)",
    "color(from {} xyz x y z)",
    "color(from {} xyz-d50 x y z / 0.3)",
]
COLORS = [
    *("color-mix(in srgb, red 20%, blue 30%)", "color-mix(in srgb, 80% red, 80% blue)", "color-mix(red, blue)"),
    *("color-mix(in oklab, red calc(10% + 20%), blue)", "color-mix(in srgb, red 0%, blue)"),
    *("color-mix(in srgb, red 0%, blue 0%)", "color-mix(in srgb, color-mix(in lch, red, blue 20%), #fff8)"),
    *("color-mix(in srgb, var(--gone, red), blue)", "color-mix(in oklab, var(--x), transparent 40%)"),
    *("hsl(calc(100 + 20) 50% 40%)", "hsl(var(--h) 50% 40%)", "hsla(var(--h), 50%, 40%, calc(1/3))"),
    *("rgb(calc(200 + 100) 3 4)", "rgb(var(--rgb), .5)", "rgba(var(--rgb))", "rgb(1 2 3 / calc(5))"),
    *("oklch(calc(50% + 10%) calc(0.1 + 0.1) calc(0.5turn))", "oklch(0.5 calc(0 - 0.1) 20)", "lab(calc(150) 10 10)"),
    *("color(srgb calc(1/3) 0.5 0.2)", "hwb(calc(90) 20% 30%)", "rgb(calc(10%) 20% 30%)", "hsl(0 calc(150%) 50%)"),
    *("hsl(sin(30deg) 50% 50%)", "lch(50% calc(90%) calc(1turn))", "hsl(0 50% calc(150%))", "var(--gone, #123)"),
    *("light-dark(red, blue)", "light-dark(color-mix(in srgb, red, blue), var(--x))", "light-dark(var(--x), #123)"),
    *("oklch(from light-dark(red, blue) l c h)", "color-mix(in srgb, light-dark(red, blue), white)"),
]
FIGURES = [
    *("calc(1px + 2px)", "calc(2 * 3rem)", "calc((1px + 2px) * 3 - 4px / 2)", "calc(1in)", "calc(1cm + 1mm)"),
    *("calc(12pt)", "calc(1pc)", "calc(8q)", "calc(var(--s) * -1)", "calc(1rem + 0px)", "max(1px, 3px, 2px)"),
    *("min(var(--s), 2px)", "clamp(1px, 20px, 5px)", "clamp(10px, 2px, 5px)", "calc(10px*2)", "calc( 10px / 4 )"),
    *("calc(1px - -2px)", "calc(2 * (3px))", "calc(2 * calc(3px + calc(1px)))", "abs(-3px)", "round(7px, 3px)"),
    *("round(up, 7px, 3px)", "round(down, -7px, 3px)", "round(to-zero, -7px, 3px)", "round(nearest, 7.5px, 5px)"),
    *("mod(7px, 3px)", "mod(-7px, 3px)", "rem(-7px, 3px)", "calc(10px * sign(-3px))", "calc(pow(2, 3) * 1px)"),
    *("calc(sqrt(16) * 1px)", "hypot(3px, 4px)", "calc(6px / 2px * 1px)", "calc(1px * 2 / 0.5)", "calc(-1 * (2px))"),
    *("calc(1e2px)", "calc(1px * log(8, 2))", "calc(1px * exp(1))", "calc(1px * e * pi)", "max(0px, -1rem)"),
    *("calc(4px * var(--n))", "calc(1px + var(--gone, 2px))", "CALC(1PX + 2Px)", "calc(var(--n)*1rem)"),
    *("calc(1px - (2px - (3px - 4px)))", "calc(10px - 2 * 3px)", "-webkit-calc(1px + 1px)", "calc(100px / 3)"),
    *("calc(1 + 2)", "calc(1 / 3)", "calc(var(--n) * 2)", "calc(0.1 + 0.2)", "max(1, 2)", "sin(90deg)", "cos(pi)"),
    *("calc(2 - 5)", "calc(tan(45deg))", "mod(5, 3)", "mod(5, -3)", "rem(5, -3)", "round(2.5)", "round(-2.5)"),
    *("round(up, 2.1)", "pow(2, -1)", "calc(1 - 0.9999999)", "log(100, 10)", "abs(calc(-1 * 3))", "sign(-4)"),
    *("calc(100ms * 2)", "calc(1s + 200ms)", "calc(var(--t) / 2)", "max(1s, 1500ms)"),
]
BASE = "--x: #336699; --h: 210; --rgb: 1, 2, 3; --s: 4px; --n: 3; --t: 300ms;"


def of(expressions):
    """A sheet of them, each a property."""
    lines = "\n".join(f"--v{index}: {each};" for index, each in enumerate(expressions))
    return f":root {{ {BASE}\n{lines} }}"


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


MIXES = [
    *(f"color-mix(in {space}, {one}, {other} 30%)" for space, (one, other) in product(SPACES, PAIRS)),
    *(
        f"color-mix(in {space} {method} hue, {one} 40%, {other})"
        for space, method, (one, other) in product(POLAR, METHODS, PAIRS)
    ),
]
GROUPS = {
    "mixes": MIXES,
    "relative": [each.format(origin) for each, origin in product(RELATIVE, ORIGINS)],
    "colours": COLORS,
    "figures": FIGURES,
}


@pytest.mark.parametrize("group", list(GROUPS))
def test_values_are_those_of_chromium(page, group):
    """Every value that is taken over, in both schemes; and nearly all are."""
    text = of(GROUPS[group])
    document = imported_sheet(text)
    for scheme in ("light", "dark"):
        found, count = differences(page, text, document, scheme=scheme)
        assert {} == {GROUPS[group][int(name[1:])]: both for name, both in found.items() if name[0] == "v"}
        assert 0.97 * len(GROUPS[group]) < count


def test_a_real_sheet_is_what_chromium_makes_of_it(page):
    bootstrap = NPM / "bootstrap" / "dist" / "css" / "bootstrap.css"
    if not bootstrap.exists():
        pytest.skip("bootstrap is not installed: run .ci/tools.sh")
    text = bootstrap.read_text(encoding="utf-8")
    document = imported_sheet(text)
    for scheme in ("light", "dark"):
        found, count = differences(page, text, document, scheme=scheme)
        assert {} == found
        assert 90 < count


def oracle(text):
    return ColorAll(text)


@pytest.mark.parametrize("space", [*COARSE, *SPACES])
def test_mixes_are_those_of_another_library(space):
    for one, other in (("#ff0000", "#0000ff"), ("#123456", "#abcdef80"), ("#0b5fff", "#ffffff")):
        document, said = sheet(f":root {{ --c: color-mix(in {space}, {one}, {other} 30%) }}")
        there = {"xyz": "xyz-d65"}.get(space, space)
        wanted = oracle(one).mix(oracle(other), 0.3, space=there, powerless=True)
        assert [] == said
        assert is_same_color(document["c"]["$value"], wanted.convert("oklch").to_string(precision=9))


@pytest.mark.parametrize("space", "srgb hsl hwb lab lch oklab oklch display-p3 a98-rgb prophoto-rgb rec2020".split())
def test_conversions_come_back(space):
    for parts in ((0.1, 0.5, 0.9), (0.99, 0.01, 0.3), (0.0, 0.0, 1.0), (0.4, 0.4, 0.4)):
        there = converted(Shade("srgb", parts), space)
        assert parts == pytest.approx(converted(there, "srgb").components, abs=2e-6)


def test_what_is_missing_in_both_stays_missing():
    found = MATH.mix((Shade("oklch", (0.5, 0.1, None)), Shade("oklch", (0.7, None, None), None)), Mix("oklch", 0.5))
    assert (0.6, 0.1, None) == pytest.approx(found.components)
    assert 1.0 == found.alpha


REASONS = {
    "calc(1rem + 1px)": "it adds rem and px",
    "calc(1vw + 1px)": "it adds vw and px",
    "calc(100% - 4px)": "it adds % and px",
    "clamp(1rem, 2vw, 3rem)": "it compares rem and vw",
    "calc(1 + 1px)": "it adds a number and px",
    "calc(2px * 3px)": "it multiplies px by px",
    "calc(1px / 0)": "it divides by zero",
    "calc(1px * 1e300 * 1e300)": "it has no finite value",
    "calc(1px+2px)": "a figure is missing, or stands alone",
    "calc(1px +2px)": "a figure is missing, or stands alone",
    "calc(3px + )": "`calc(3px + )`: a figure is missing behind `+`",
    "calc( - 3px)": "a figure is missing before `-`",
    "2em": "`em` depends on the font of each element, and DTCG has lengths in px and rem",
    "-1.5CH": "`CH` depends on the font of each element, and DTCG has lengths in px and rem",
    "calc(2 * 3lh)": "`lh` depends on the font of each element, and DTCG has lengths in px and rem",
    "3vw": "is no value that DTCG has",
    "calc(2px)+ calc(1px)": "is no value that DTCG has",
    "calc()": "a figure is missing",
    "calc(1px": "a parenthesis is not closed",
    "calc(var(--gone) * 2)": "`--gone` is not declared at the root here",
    "color-mix(in srgb, currentcolor, red)": "only the page knows `currentcolor`",
    "color-mix(in srgb, red 120%, blue)": "shares of a mix go from 0% to 100%",
    "color-mix(in srgb, red)": "`color-mix()` takes two colours",
    "color-mix(in cmyk, red, blue)": "there is no mixing in `cmyk`",
    "color-mix(in lab longer hue, red, blue)": "`lab longer hue` is no way to mix",
    "color-mix(in srgb, red, #12)": "`#12` is no colour that can be read here",
    "oklch(from red calc(l + 10%) c h)": "it adds a number and %",
    "hsl(from red calc(h + 10deg) s l)": "it adds a number and deg",
    "oklch(from red l c)": "a colour from another has 3 components, not 2",
    "rgb(from white calc(r * 2) g b)": "it is a colour beyond all that DTCG can write",
    "color(from red cmyk r g b)": "there is no colour space `cmyk`",
    "rgb(calc(1px) 2 3)": "`calc(1px)` is no number and no percentage",
    "light-dark(red)": "`light-dark()` takes two values",
    "var(--s)px": "is no value that DTCG has",
    "rgb(var(--rgb) / 10%)": "is no value that DTCG has",
    f"calc({'(' * 40}1px{')' * 40})": "it is nested more than 32 deep",
    f"calc(1px + {' 1px +' * 500} 1px)": "it has more than 2000 characters",
}


@pytest.mark.parametrize("text", list(REASONS), ids=[str(index) for index in range(len(REASONS))])
def test_what_cannot_be_computed_is_said_and_stays_out(text):
    document, said = sheet(f":root {{ {BASE}\n--v: {text};\n}}")
    assert "v" not in document
    ((line, message),) = [each for each in said if "`--v`" in each[1]]
    assert 2 == line
    assert message.startswith("`--v` was left out: ")
    assert message.endswith(REASONS[text])


def test_what_is_worked_out_of_others_is_said():
    """A value that follows one other property alone stays a reference; a figure of its own needs no word."""
    document, said = sheet(
        ":root {\n--a: #f00;\n--same: var(--a);\n--half: color-mix(in srgb, var(--a), #000);\n"
        "--three: calc(1px + 2px);\n--glow: 0 0 calc(2 * 4px) var(--a);\n}"
    )
    assert "{a}" == document["same"]["$value"]
    assert {"value": 3, "unit": "px"} == document["three"]["$value"]
    assert {"value": 8, "unit": "px"} == document["glow"]["$value"]["blur"]
    assert [
        (4, "`--half` is worked out and follows no other token: `color-mix(in srgb, var(--a), #000)`"),
        (6, "`--glow` is worked out and follows no other token: `0 0 calc(2 * 4px) var(--a)`"),
    ] == said


def modes(document, name):
    """The value of a token and those of its modes, colours as their first component."""
    token = document[name]
    found = {"": token["$value"], **token.get("$extensions", {}).get("themekit", {}).get("modes", {})}
    return {mode: value["components"][0] if isinstance(value, dict) else value for mode, value in found.items()}


def test_what_is_worked_out_is_so_in_every_mode():
    document, said = sheet(
        ":root { --a: rgb(255 0 0); --b: color-mix(in srgb, var(--a), black); "
        "--c: light-dark(var(--a), rgb(51 0 0)) }\n"
        "@media (prefers-color-scheme: dark) { :root { --a: rgb(102 0 0) } }\n"
        "@media (prefers-contrast: more) { :root { --a: rgb(204 0 0) } }\n"
        "@media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --a: rgb(153 0 0) } }\n"
    )
    assert {"": 1.0, "dark": 0.4, "light-contrast": 0.8, "dark-contrast": 0.6} == modes(document, "a")
    assert {"": 0.5, "dark": 0.2, "light-contrast": 0.4, "dark-contrast": 0.3} == modes(document, "b")
    assert {"": "{a}", "dark": 0.2} == modes(document, "c")
    assert 1 == len(said)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (":root{--a:1} .dark{--a:2}", {"": 1, "dark": 2}),
        (".dark{--a:2} :root{--a:1}", {"": 1, "dark": 2}),
        (":root{--a:1} .dark, .dark-theme{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:1} html[data-theme='dark']{--a:2}", {"": 1, "dark": 2}),
        (":root,.light{--a:1} :root.theme-dark{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:1; @media (prefers-color-scheme: dark){--a:2}}", {"": 1, "dark": 2}),
        (":root{--a:1; &.dark{--a:2}}", {"": 1, "dark": 2}),
        ("@media (prefers-color-scheme: dark){:root{--a:2}} :root{--a:1}", {"": 1}),
        (":root{--a:2} @media (prefers-color-scheme: light){:root{--a:1}}", {"": 1, "dark": 2}),
        (":root{--a:2} [data-mode=light]{--a:1}", {"": 1, "dark": 2}),
        ("[data-theme=light],:root:not([data-theme=dark]){--a:1} [data-theme=dark]{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:1} @media (prefers-color-scheme:dark){:root:not([data-theme=light]){--a:2}}", {"": 1, "dark": 2}),
        (":root{--a:1} @media (prefers-color-scheme:dark){:root:not([data-theme]){--a:2}}", {"": 1, "dark": 2}),
        (":root{--a:1} html{--a:2}", {"": 1}),
        (":root{--a:1} *{--a:2}", {"": 1}),
        (":where(html){--a:2} html{--a:1}", {"": 1}),
        (":root{--a:1 !important} :root{--a:2}", {"": 1}),
        ("@layer base{:root{--a:1}}", {"": 1}),
        (":root{--a:1} @layer base{:root{--a:2}}", {"": 1}),
        ("@layer a{:root{--a:2}} @layer b{:root{--a:1}}", {"": 1}),
        ("@layer b, a; @layer a{:root{--a:1}} @layer b{:root{--a:2}}", {"": 1}),
        ("@layer a{:root{--a:1}} @layer a.b{:root{--a:2}}", {"": 1}),
        ("@layer a{@layer b{:root{--a:2}} :root{--a:1}} @layer a.b{:root{--a:3}}", {"": 1}),
        ("@layer a{:root{--a:1 !important}} :root{--a:2 !important}", {"": 1}),
        ("@layer a{:root{--a:1 !important}} @layer b{:root{--a:2 !important}}", {"": 1}),
        (":root{--a:1", {"": 1}),
        (":root{--a:1} .dark{--a:2", {"": 1, "dark": 2}),
        (":root{--a:1} " + ":root{" * 64 + ".card{--a:2}", {"": 1}),
        ("@theme{--a:1}", {"": 1}),
        (":root{--a:1} :root:has(input[value=dark]:checked),[data-theme=dark]{--a:2}", {"": 1, "dark": 2}),
        ("[data-color-mode=light][data-light-theme=light]{--a:1} .ion-palette-dark{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:1} [data-color-mode=dark][data-dark-theme=dark]{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:1} [data-color-mode=auto][data-dark-theme=dark]{--a:2}", {"": 1, "dark": 2}),
        (":root{--a:2} @supports (color: color-mix(in oklab, white, black)) {:root{--a:1}}", {"": 1}),
    ],
)
def test_the_declaration_that_counts(rules, expected):
    document, _ = sheet(rules)
    assert expected == modes(document, "a")


@pytest.mark.parametrize(
    "rule",
    [
        ".dark .card",
        ":root:has(input)",
        "@media (min-width: 9px)",
        "@media print",
        "@supports (display: grid)",
        "[data-color-mode=dark][data-light-theme=light]",
        ".bg-dark",
        "[data-theme=dark] :root",
        "@media (prefers-contrast: less)",
        "@media (prefers-color-scheme: dark) { [data-theme=light]",
    ],
)
def test_rules_that_say_nothing_of_the_root(rule):
    within = "" if rule.startswith((".", "[")) or "{" in rule else ":root{"
    text = f":root{{--a:1}} {rule} {{ color: red; {within} --a:2 }}}}"
    document, said = sheet(text)
    assert {"": 1} == modes(document, "a")
    assert "`--a` was left out: nothing is known of where" in said[0][1]


def test_themes_with_names_are_contexts_beside_the_modes():
    text = (
        ":root { --a: rgb(51 0 0); --b: color-mix(in srgb, var(--a), black); --c: var(--a); --d: 1px; --e: 50vw }\n"
        ".dark { --a: rgb(102 0 0) }\n"
        "[data-theme=ocean] { --a: rgb(204 0 0); --d: 2px; --only: 1px; --c: 3px }\n"
        "@media (prefers-contrast: more) { .dark { --d: 4px } }\n"
        ":root[data-theme='corn'] { --d: red; --c: var(--e) }\n"
        "[data-theme=ocean] .card { --d: 9px }\n"
    )
    found, said = imported(text, PurePosixPath("in.css"))
    assert found.is_resolver
    (base,) = found.document["sets"]["base"]["sources"]
    assert {"a", "b", "c", "d"} == set(base)
    assert {} == {name: token for name, token in base.items() if "$extensions" in token}
    contexts = found.document["modifiers"]["theme"]["contexts"]
    shown = {
        name: {token: first(each["$value"]) for token, each in dict(*layers).items()}
        for name, layers in contexts.items()
    }
    assert {
        "light": {},
        "dark": {"a": 0.4, "b": 0.2},
        "dark-contrast": {"a": 0.4, "b": 0.2, "d": 4},
        "ocean": {"a": 0.8, "b": 0.4, "d": 2},
        "corn": {},
    } == shown
    assert [
        "`--d` was left out: nothing is known of where `[data-theme=ocean] .card` applies",
        "`--b` is worked out and follows no other token: `color-mix(in srgb, var(--a), black)`",
        "`--e` was left out: `50vw` is no value that DTCG has",
        "`--c` is a color, and this dimension of `ocean` was left out",
        "`--only` was left out: it has no value outside the theme `ocean`",
        "`--d` is a dimension, and this color of `corn` was left out",
        "`--c` was left out: it follows `e`, which was left out",
    ] == [message for _, message in said]


def first(value):
    return value["value"] if "value" in value else value["components"][0]


@pytest.mark.parametrize("rule", ["@media (width >= 600px)", "@container (width > 3px)", ".card", ".card { .deck"])
def test_the_rule_of_which_nothing_is_known_is_named(rule):
    """Not the `:root` within it, of which much is known."""
    end = "}" * (1 + rule.count("{"))
    _, said = sheet(f":root {{ --a: 1 }}\n{rule} {{ :root {{ --a: 2 }} {end}")
    assert [(2, f"`--a` was left out: nothing is known of where `{rule.partition(' {')[0]}` applies")] == said


@pytest.mark.parametrize("last", ["cursive", "fantasy", "ui-rounded"])
def test_names_before_a_generic_family_are_fonts(last):
    document, said = sheet(f":root {{ --script: Segoe Print, Bradley Hand, {last} }}")
    assert {"$type": "fontFamily", "$value": ["Segoe Print", "Bradley Hand", last]} == document["script"]
    assert [] == said


def contexts(text):
    """The contexts of a sheet's themes, each with its tokens as figures, and what was said."""
    document, said = sheet(text)
    modifiers = document.get("modifiers", {"theme": {"contexts": {}}})
    found = {
        name: {token: each["$value"] for layer in layers for token, each in layer.items()}
        for name, layers in modifiers["theme"]["contexts"].items()
    }
    return found, [message for _, message in said]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("@media (prefers-color-scheme: dark) { [data-theme=ocean] { --a: 2 } }", {"ocean-dark": {"a": 2}}),
        ("[data-theme=ocean] { --a: 2; @media (prefers-color-scheme: dark) { --b: 3 } }", {"ocean": {"a": 2}}),
        ("[data-theme=ocean] { --a: 2; &.dark { --b: 3 } }", {"ocean": {"a": 2}}),
        ("[data-theme=ocean] { --a: 2 } .dark[data-theme=ocean] { --b: 3 }", {"ocean": {"a": 2}}),
        ("[data-theme=ocean] { --a: 2 } [data-theme=ocean][data-mode=dark] { --b: 3 }", {"ocean": {"a": 2}}),
        (".ocean { --a: 2 } .ocean.dark { --b: 3 }", {"ocean": {"a": 2}}),
        (".ocean { --a: 2 } .dark { --b: 3 }", {"dark": {"b": 3}, "ocean": {"a": 2}}),
        (".theme { display: none } .my-ocean { --a: 2 }", {"my-ocean": {"a": 2}}),
        (":root.ocean { --a: 2 } .ocean .card { color: red }", {"ocean": {"a": 2}}),
        (".ocean, [data-theme=ocean] { --a: 2 }", {"ocean": {"a": 2}}),
        (".ocean { @media (prefers-color-scheme: light) { --a: 2 } }", {"ocean": {"a": 2}, "ocean-dark": {}}),
        (
            ".ocean { @media (prefers-color-scheme: dark) { --a: 2 } } .ocean-dark { --a: 3 }",
            {"ocean-dark": {"a": 3}, "ocean-dark-theme": {"a": 2}},
        ),
        ("[data-theme=dark-contrast] { --a: 2 }", {"dark-contrast": {"a": 2}}),
        (
            "@media (prefers-contrast: more) { .dark { --a: 3 } } [data-theme=dark-contrast] { --a: 2 }",
            {"dark-contrast": {"a": 3}, "dark-contrast-theme": {"a": 2}},
        ),
    ],
)
def test_classes_and_dark_schemes_of_themes_are_contexts(rules, expected):
    found, said = contexts(":root { --a: 1; --b: 1 }\n" + rules)
    both = {"ocean-dark": {"a": 2, "b": 3}} if "--b: 3" in rules and "dark" not in expected else {}
    assert {"light": {}, **expected, **both} == found
    assert [] == said


MORE = "@media (prefers-contrast: more)"
DARK = "@media (prefers-color-scheme: dark)"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (MORE + " { [data-theme=ocean] { --a: 2 } }", {"ocean": {}, "ocean-contrast": {"a": 2}}),
        ("[data-theme=ocean] { " + MORE + " { --a: 2 } }", {"ocean": {}, "ocean-contrast": {"a": 2}}),
        (".ocean { --a: 2; " + MORE + " { --b: 3 } }", {"ocean": {"a": 2}, "ocean-contrast": {"a": 2, "b": 3}}),
        (MORE + " { .ocean { --a: 3 } } .corn { --a: 2 }", {"ocean": {}, "ocean-contrast": {"a": 3}, "corn": {"a": 2}}),
        (
            MORE + " and (prefers-color-scheme: dark) { .ocean { --a: 2 } }",
            {"ocean-dark": {}, "ocean-dark-contrast": {"a": 2}},
        ),
        (
            ".ocean { --a: 2 } .ocean.dark { --a: 3 } " + MORE + " { .ocean { --b: 4 } .ocean.dark { --a: 5 } }",
            {
                "ocean": {"a": 2},
                "ocean-dark": {"a": 3},
                "ocean-contrast": {"a": 2, "b": 4},
                "ocean-dark-contrast": {"a": 5, "b": 4},
            },
        ),
        (
            MORE + " { :root { --b: 9 } .ocean { --a: 2 } }",
            {
                "light-contrast": {"b": 9},
                "dark-contrast": {"b": 9},
                "ocean": {},
                "ocean-contrast": {"a": 2, "b": 9},
            },
        ),
        (
            ".ocean-contrast { --a: 2 } .ocean { " + MORE + " { --a: 3 } }",
            {"ocean-contrast": {"a": 2}, "ocean": {}, "ocean-contrast-theme": {"a": 3}},
        ),
        (
            ".ocean { " + DARK + " { " + MORE + " { --a: 3 } } }",
            {"ocean-dark": {}, "ocean-dark-contrast": {"a": 3}},
        ),
        (
            ".ocean { " + MORE + " and (prefers-color-scheme: light) { --a: 3 } }",
            {"ocean": {}, "ocean-dark": {}, "ocean-contrast": {"a": 3}},
        ),
    ],
)
def test_more_contrast_within_themes_is_a_context(rules, expected):
    """It was left out, though a page that sets the theme shows it to who asks for more contrast."""
    found, said = contexts(":root { --a: 1; --b: 1 }\n" + rules)
    assert {"light": {}, **expected} == found
    assert [] == said


@pytest.mark.parametrize(
    "rules",
    [
        MORE + " { [data-theme=dark] { --a: 2 } }",
        "[data-theme=dark] { " + MORE + " { --a: 2 } }",
        MORE + " { " + DARK + " { :root { --a: 2 } } }",
    ],
)
def test_more_contrast_in_a_dark_scheme_is_its_mode(rules):
    document, said = sheet(":root { --a: 1 }\n" + rules)
    assert ({"": 1, "dark-contrast": 2}, []) == (modes(document, "a"), said)


def test_what_counts_in_no_contrast_of_a_theme_is_told_of():
    found, said = contexts(":root { --a: 1 }\n.ocean { --a: 2 }\n" + MORE + " { .ocean { --a: 3 } .ocean { --a: 4 } }")
    assert {"light": {}, "ocean": {"a": 2}, "ocean-contrast": {"a": 4}} == found
    assert ["`--a` is declared again further down, and this value was left out"] == said


def test_a_dark_scheme_with_more_contrast_alone_is_none_without():
    """Of `light-dark()` the second value counts in that context only."""
    value = "light-dark(rgb(51 0 0), rgb(102 0 0))"
    found, said = contexts(
        f":root {{ --a: {value}; --b: 1 }} [data-theme=ocean] {{ --b: 2 }}"
        f"{MORE} {{ [data-theme=ocean] {{ color-scheme: dark; --b: 3 }} }}"
    )
    assert {"b": 2} == found["ocean"]
    assert pytest.approx(0.4) == found["ocean-contrast"]["a"]["components"][0]
    assert [] == said


@pytest.mark.parametrize(
    "rule",
    [
        ".card { --a: 2; padding: 0 }",
        ".card:hover { color: red } .card { --a: 2 }",
        "p > .card { color: red } .card { --a: 2 }",
        ".card { --a: 2; --own: 3 }",
        ".card { padding: 0 } .card-dark { --a: 2 }",
        ".card:focus { padding: 0 } .card__wide--first { --a: 2 }",
        ".card.wide { --a: 2 }",
        ".card .deck { --a: 2 }",
        "@media print { .ocean { --a: 2 } }",
        "@media (min-width: 40em) { :root { --a: 2 } }",
        "@media (prefers-reduced-motion: reduce) { :root { --a: 2 } }",
        "@media (color-gamut: best) { :root { --a: 2 } }",
        "@media not (color-gamut: p3) { :root { --a: 2 } }",
        "@media not (prefers-color-scheme: dark) { :root { --a: 2 } }",
        "@media (prefers-color-scheme: dark), print { :root { --a: 2 } }",
        "@supports (display: grid) { :root { --a: 2 } }",
        "@supports not (color: oklch(0 0 0)) { :root { --a: 2 } }",
        "@supports (color: red) { @media print { :root { --a: 2 } } }",
        "@container (width > 3px) { :root { --a: 2 } }",
        "@scope (.card) { :root { --a: 2 } }",
        "@media (prefers-contrast: less) { [data-theme=ocean] { --a: 2 } }",
        "[data-theme=ocean] { @media (prefers-contrast: no-preference) { --a: 2 } }",
        "@media (prefers-contrast) { .dark { --a: 2 } }",
        "@media (prefers-contrast: more) { [data-theme=ocean] .card { --a: 2 } }",
        "[data-theme=ocean][data-theme=corn] { --a: 2 }",
        "[data-theme=ocean][data-mode=auto] { --a: 2 }",
        "[data-theme=ocean] { .card { --a: 2 } }",
        ".dark.light { --a: 2 }",
        "body.ocean > p { --a: 2 }",
    ],
)
def test_what_no_context_can_say_is_told_of_at_its_place(rule):
    """Whatever the rule is: the value is under the caret, and the tokens are those of the root."""
    text = f":root {{ --a: 1 }}\n{rule}\n"
    found, diagnostics = import_tokens(PurePosixPath("in.css"), text.encode(), maths=MATH)
    assert {"a": {"$type": "number", "$value": 1}} == found.document
    first = diagnostics[0]
    assert (2, rule.index("--a: 2") + len("--a: ") + 1, 1) == (first.place.line, first.place.column, first.place.length)
    assert rule == first.place.excerpt
    assert first.message.startswith("`--a` was left out: nothing is known of where `")


def test_colours_for_wide_screens_are_the_tokens_colours():
    """They were left out, so that nothing of a sheet's Display P3 was kept, not even of one that themekit made."""
    p3 = "@supports (color: color(display-p3 1 1 1)) { @media (color-gamut: p3) { "
    text = (
        f":root {{ --a: #f00; --b: #00f }}\n{p3}:root {{ --a: color(display-p3 1 0 0) }} }} }}\n"
        f".dark {{ --a: #0f0 }}\n{p3}.dark {{ --a: color(display-p3 0 1 0) }} }} }}\n"
        "@media (prefers-color-scheme: dark) and (color-gamut: rec2020) { :root { --b: oklch(0.7 0.4 150) } }\n"
    )
    document, said = sheet(text)
    modes = [each["$extensions"]["themekit"]["modes"]["dark"] for each in document.values()]
    assert [("display-p3", [1, 0, 0]), ("srgb", [0, 0, 1])] == [
        (each["$value"]["colorSpace"], each["$value"]["components"]) for each in document.values()
    ]
    assert [("display-p3", [0, 1, 0]), ("oklch", [0.7, 0.4, 150])] == [
        (each["colorSpace"], each["components"]) for each in modes
    ]
    assert [1, 3] == [line for line, _ in said]
    assert {"`--a` is declared again further down, and this value was left out"} == {message for _, message in said}


def test_what_a_theme_declares_and_does_not_keep_is_told_of():
    found, said = contexts(
        ":root { --a: 1 !important; --b: 1; --c: 50vw }\n"
        ".ocean { --a: 2; --b: 2; --c: 2px }\n"
        ".ocean { --b: 3 }\n"
        ".ocean.dark { --b: 4 }\n"
        "[data-theme=corn] { --only: 1 }"
    )
    assert {"light": {}, "ocean": {"b": 3}, "ocean-dark": {"b": 4}, "corn": {}} == found
    assert [
        "`--a`: a token cannot be `!important`",
        "`--a` is declared again further down, and this value was left out",
        "`--b` is declared again further down, and this value was left out",
        "`--c` was left out: `50vw` is no value that DTCG has",
        "`--c` was left out: its value outside the theme `ocean` was left out",
        "`--only` was left out: it has no value outside the theme `corn`",
    ] == said


@pytest.mark.parametrize("scheme", ["dark", "only dark", "light", "light dark", "normal"])
def test_the_colour_scheme_of_a_theme_chooses_of_two_values(scheme):
    found, said = contexts(
        ":root { --a: light-dark(rgb(51 0 0), rgb(102 0 0)); --b: 1 }\n"
        f"[data-theme=ocean] {{ color-scheme: {scheme}; --b: 2; }}"
    )
    is_dark = scheme.endswith("dark") and "light" not in scheme
    assert is_dark == ("a" in found["ocean"])
    assert not is_dark or pytest.approx(0.4) == found["ocean"]["a"]["components"][0]
    assert (2, []) == (found["ocean"]["b"], said)


def test_what_is_no_custom_property_and_may_give_values_is_told_of():
    text = '@import url("base.css");\n@use "x" as *;\n$brand: #f00;\n@gap: 4px;\n:root { --a: 1; color: red }'
    _, said = contexts(text)
    assert [
        "the sheet that is named here is not read, and was left out: import it, too",
        "the sheet that is named here is not read, and was left out: import it, too",
        "`$brand` was left out: only custom properties are read, no variables",
        "`@gap` was left out: only custom properties are read, no variables",
    ] == said


def test_absolute_lengths_are_px():
    document, said = sheet(":root { --in: 1in; --pt: -3PT; --cm: 2.54cm }")
    assert [96, -4, 96] == [document[name]["$value"]["value"] for name in ("in", "pt", "cm")]
    assert [] == said


def test_a_property_of_very_many_themes_takes_no_time_by_the_square():
    rules = "".join(f"[data-theme=t{index}] {{ --a: {index} }}\n" for index in range(20_000))
    started = process_time()
    _, said = contexts(f":root {{ --a: 1 }}\n{rules}")
    assert ["20000 themes of 1 tokens are too many, and were left out"] == said
    assert process_time() - started < 20


def test_properties_that_are_registered():
    document, said = sheet(
        '@property --gap { syntax: "<length>"; inherits: true; initial-value: 4px }\n'
        '@property --zero { syntax: "<length>"; inherits: true; initial-value: 0 }\n'
        '@property --own { syntax: "<color>"; inherits: true; initial-value: red }\n'
        '@property --dark { syntax: "<color>"; inherits: true; initial-value: rgb(51 0 0) }\n'
        ":root { --own: blue; --twice: calc(2 * var(--gap)); --follows: var(--gap) } .dark { --dark: rgb(102 0 0) }"
    )
    assert {"": 0.2, "dark": 0.4} == modes(document, "dark")
    assert {"value": 4, "unit": "px"} == document["gap"]["$value"]
    assert {"$type": "dimension", "$value": {"value": 0, "unit": "px"}} == document["zero"]
    assert [0, 0, 1] == document["own"]["$value"]["components"]
    assert {"value": 8, "unit": "px"} == document["twice"]["$value"]
    assert "{gap}" == document["follows"]["$value"]
    assert ["`--twice` is worked out and follows no other token: `calc(2 * var(--gap))`"] == [each for _, each in said]


def test_a_property_of_one_mode_is_said():
    document, said = sheet(
        ":root { --a: 1 }\n.dark { --b: 2 }\n@media (prefers-contrast: more) { :root { --c: 2 } }\n"
        "@media (prefers-contrast: more) { .dark { --d: 2 } }"
    )
    assert {"a"} == set(document)
    assert [
        (2, "`--b` was left out: it has a value for dark schemes only"),
        (3, "`--c` was left out: it has a value for more contrast only"),
        (4, "`--d` was left out: it has a value for more contrast in dark schemes only"),
    ] == said


def test_a_value_of_another_type_in_a_mode_is_said():
    document, said = sheet(":root { --a: red; --b: 2px }\n.dark { --a: 2px; --b: 50vw }")
    assert {
        "": 1,
    } == modes(document, "a")
    assert [
        "`--a` is a color, and this dimension for dark schemes was left out",
        "`--b` was left out: `50vw` is no value that DTCG has",
    ] == [message for _, message in said]


def test_circles_have_no_value_and_fallbacks_do():
    """A member of a circle has none, fallback or not; what only refers to one takes its fallback."""
    document, said = sheet(
        ":root {\n--a: var(--b, 1px);\n--b: calc(var(--a) * 2);\n--c: var(--a, 3px);\n--d: calc(var(--b, 4px) * 2);\n"
        "--self: var(--self);\n}"
    )
    assert {"c": 3, "d": 8} == {name: token["$value"]["value"] for name, token in document.items()}
    left_out = [message for _, message in said if "leads back to itself" in message]
    assert 3 == len(left_out)


def test_what_follows_what_was_left_out_is_left_out_too():
    document, said = sheet(
        ":root {\n--a: 50vw;\n--b: var(--a);\n--c: var(--b);\n--d: light-dark(red, var(--c));\n"
        "--e: linear-gradient(var(--c), red);\n--f: #fff;\n}"
    )
    assert {"f"} == set(document)
    assert [
        (3, "`--b` was left out: it follows `a`, which was left out"),
        (4, "`--c` was left out: it follows `b`, which was left out"),
        (5, "`--d` was left out: it follows `c`, which was left out"),
        (6, "`--e` was left out: it follows `c`, which was left out"),
    ] == said[1:]


def test_names_that_become_one_are_said():
    document, said = sheet(":root {\n--a\\.b: 1px;\n--a\\-b: 2px;\n}")
    assert 1 == document["a--b"]["$value"]["value"]
    assert ["`--a\\-b` was left out: another property is named `a--b` too"] == [each for _, each in said]


def chain(value):
    """Three hundred properties, each of which asks for its neighbour."""
    return "".join(f"--t{index}: {value(index)};" for index in range(300))


@pytest.mark.parametrize(
    "text",
    [
        chain(lambda index: f"var(--t{index + 1}) var(--t{index + 1})") + "--t300: 1px;",
        "".join(f"--t{index}: var(--t{index + 1}, var(--t{index + 1}));" for index in range(300))
        + "--t300: var(--t0);",
        chain(lambda index: f"calc({'(' * 20}var(--t{index + 1}){')' * 20})") + "--t300: 1px;",
        "--t-1: 1px;" + chain(lambda index: f"calc({'(' * 20}var(--t{index - 1}){')' * 20})"),
        "--big: " + "1px " * 490 + ";" + "".join(f"--t{index}: calc(var(--big));" for index in range(5000)),
        "--v: " + "color-mix(in srgb, red, " * 60 + "blue" + ")" * 60,
        "--v: " + "rgb(from " * 31 + "red" + " r g b)" * 31,
        "--v: calc(" + "1px + " * 300 + "1px)",
        "--v: var(" + "--a, var(" * 80,
    ],
    ids=[str(index) for index in range(9)],
)
def test_hostile_sheets_end(text):
    document, _ = sheet(f":root {{ {text} }}")
    assert len(document) < 400


def test_a_sheet_that_refers_to_too_much_is_told_of():
    """Each value is short enough, and all together are not."""
    big = f"--big: {'1px ' * 490};"
    _, said = sheet(":root { " + big + "".join(f"--t{index}: calc(var(--big));" for index in range(5000)) + "}")
    assert any(message.endswith("the sheet refers to too much, from too many places") for _, message in said)


def test_too_many_themes_are_told_of():
    tokens = "".join(f"--a{index}: 1px;" for index in range(500))
    themes = "".join(f"[data-theme=t{index}] {{ --a1: 2px }}" for index in range(500))
    document, said = sheet(f":root {{ {tokens} }} {themes}")
    assert 500 == len(document)
    assert [(1, "500 themes of 500 tokens are too many, and were left out")] == said


LONG = 100_000


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (":root{" + "".join(f"--a:{index}px;" for index in range(60_000)) + "}", 1),
        (f"{'a' * LONG}{{{'--a:1;' * LONG}}}", 0),
        (f":root,{'.a,' * LONG}:root{{{'--a:1;' * LONG}}}", 1),
        (f":root{{--a:1;{':root{' * 64}{'--a:1;' * LONG}", 1),
        (f":root{{--a:1;{':root{--a:1;' * LONG}", 1),
        (":root{--a:1}" + "".join(f"[data-theme=x{index}]{{--a:{index}}}" for index in range(20_000)), 1),
        ("".join(f"[data-theme=x{index}]{{--b{index}:{index}}}" for index in range(20_000)), 0),
    ],
    ids="one-line long-rule long-list in-rules nested one-in-themes all-in-themes".split(),
)
def test_large_sheets_take_no_time_by_the_square(text, count):
    """Each took minutes when every declaration looked at its rules, its line or its themes again."""
    started = process_time()
    document, _ = sheet(text)
    assert count == len(document)
    assert process_time() - started < 30


def test_a_rule_with_very_many_selectors_is_known_by_the_first():
    rest = ", .a" * 1000
    assert {"a", "b"} == sheet(f":root{rest} {{ --a: 1px }} .x{rest}, :root {{ --b: 1px }} :root {{ --b: 2px }}")[
        0
    ].keys()
    (_, said), *_ = sheet(f".x{rest}, :root {{ --b: 1px }}")[1]
    assert said.startswith("`--b` was left out: nothing is known of where `.x, .a")


def test_a_sheet_that_declares_too_much_is_read_to_there(monkeypatch):
    monkeypatch.setattr("themekit.source.importing.css.MAX_DECLARED", 70)
    document, said = sheet(":root {\n--a: 1px;\n--b: 2px;\n--c: 3px;\n--d: 4px }")
    assert {"a", "b"} == document.keys()
    assert [(4, "the sheet declares too much: what follows here was left out")] == said


def test_colours_are_counted_over_all_modes(monkeypatch):
    monkeypatch.setattr("themekit.source.importing.css_computed.MAX_COLORS", 3)
    mixed = "color-mix(in srgb, color-mix(in srgb, red, blue), lime)"
    document, said = sheet(f":root {{ --a: {mixed}; --b: {mixed}; --c: red }}")
    assert {"a", "c"} == document.keys()
    assert [True] == [message.endswith("the sheet has too many colours to work out") for _, message in said]
