"""Tokens of other tools: what becomes of each, and that what is lost is said at its line.

The samples are short files of our own in the form that each tool documents.
"""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.diagnostics import Reporter
from themekit.model.token_names import Casing
from themekit.resolve.color_changes import changed
from themekit.resolve.color_mixing import MATH
from themekit.source.importing.named_colors import NAMED_COLORS
from themekit.source.importing.read import import_folder, import_tokens, kind_of
from themekit.source.locate import all_located
from themekit.source.node import Node
from themekit.source.plain_tokens import MAX_BYTES
from themekit.source.sources import Sources
from themekit.source.tokens import read_tokens

PATH = PurePosixPath("in.json")
WHY = "it is not computed, or refers to what sets differ in"


def imported(content, path=PATH, kind=None):
    """The document, and what was said, each as line and message."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    found, diagnostics = import_tokens(path, text.encode(), kind=kind, change=changed, maths=MATH)
    located = all_located(diagnostics, lambda _: text, is_foreign=True)
    assert {"not-imported"} >= {each.code for each in located}
    return found, [(each.place.line, each.message) for each in located]


def tokens_of(tree):
    """A tree is read without a mistake: what is written is DTCG."""
    report = Reporter()
    found = read_tokens(Node(tree, "", Sources(PATH), report), casings=(Casing.KEBAB,))
    assert [] == [each.message for each in report.found]
    return {str(token.id): token for token in found}


def sheet(text):
    found, said = imported(text, PurePosixPath("in.css"))
    return found.document, said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (":root { --a: 1px }".encode("utf-16"), "json-encoding"),
        (b"/*" + b" " * MAX_BYTES + b"*/ :root { --a: 1px }", "json-size"),
    ],
    ids=["UTF-16", "too large"],
)
def test_a_sheet_that_is_not_read_whole_is_refused(content, code):
    """Both were a sheet without a property, of which nothing was said."""
    found, diagnostics = import_tokens(PurePosixPath("in.css"), content)
    assert found is None
    assert [code] == [each.code for each in diagnostics]


STYLE_DICTIONARY = {
    "color": {
        "base": {"red": {"value": "#ff0000", "comment": "Danger", "themeable": True}},
        "danger": {"value": "{color.base.red.value}"},
        "named": {"value": "white"},
    },
    "size": {"font": {"s": {"value": "0.75rem"}, "l": {"value": "2em"}}},
    "time": {"fast": {"value": "120ms"}},
    "shadow": {"card": {"value": "0 1px 2px rgba(0, 0, 0, 0.2)", "type": "shadow"}},
    "asset": {"icon": {"value": "icon.svg"}},
}


def test_style_dictionary_of_version_3():
    found, said = imported(STYLE_DICTIONARY)
    assert "style-dictionary" == found.kind
    tokens = tokens_of(found.document)
    assert {"color.base.red", "color.danger", "color.named", "size.font.s", "time.fast", "shadow.card"} == set(tokens)
    assert ("Danger", '{"style-dictionary":{"themeable":true}}') == (
        tokens["color.base.red"].description,
        tokens["color.base.red"].extensions,
    )
    assert "color.base.red" == tokens["color.danger"].value.target
    assert [
        "`size.font.l.value` was left out: `2em` is no dimension of DTCG",
        "`asset.icon` was left out: it has no type",
    ] == [message for _, message in said]
    lines = json.dumps(STYLE_DICTIONARY, indent=1).splitlines()
    assert ['"value": "2em"', '"value": "icon.svg"'] == [lines[line - 1].strip() for line, _ in said]
    assert 6 == found.count


def test_style_dictionary_with_the_dollar():
    """Versions 4 and 5 write DTCG's keys with values of an older draft."""
    found, said = imported(
        {
            "$type": "dimension",
            "a": {"$value": "4px", "$description": "Four"},
            "ease": {"$type": "cubicBezier", "$value": [0.2, 0, 0, 1]},
            "t": {"$type": "transition", "$value": {"duration": "1s", "timingFunction": "ease-in"}},
            "sum": {"$value": "{a} * 2"},
        }
    )
    tokens = tokens_of(found.document)
    assert {"a", "ease", "t"} == set(tokens)
    assert [
        "`t.$value` has no `delay` that DTCG can write; a default stands there",
        "`sum.$value` was left out: `{a} * 2` is no dimension of DTCG; nothing is computed here",
    ] == [message for _, message in said]


STUDIO = {
    "core/base": {
        "gap": {"value": "8", "type": "spacing"},
        "red": {"value": "#f00", "type": "color"},
        "body": {
            "type": "typography",
            "value": {
                "fontFamily": "Inter",
                "fontSize": "16",
                "fontWeight": "Semi Bold",
                "lineHeight": "150%",
                "letterSpacing": "-0.5%",
                "textCase": "none",
            },
        },
        "lift": {
            "type": "boxShadow",
            "value": {"x": "0", "y": "{gap}", "blur": "4", "spread": "0", "color": "#0003", "type": "innerShadow"},
        },
    },
    "light": {"text": {"value": "{red}", "type": "color"}},
    "dark": {"text": {"value": "$gap", "type": "color"}},
    "$themes": [
        {"name": "Light", "group": "mode", "selectedTokenSets": {"core/base": "source", "light": "enabled"}},
        {"name": "Dark", "group": "mode", "selectedTokenSets": {"dark": "enabled", "gone": "enabled"}},
    ],
    "$metadata": {"tokenSetOrder": ["core/base", "light", "dark"]},
}


def test_tokens_studio_with_themes():
    found, said = imported(STUDIO)
    assert "tokens-studio" == found.kind
    assert found.is_resolver
    assert {"Light": [{"$ref": "#/sets/core~1base"}, {"$ref": "#/sets/light"}], "Dark": [{"$ref": "#/sets/dark"}]} == (
        found.document["modifiers"]["mode"]["contexts"]
    )
    base = tokens_of(found.document["sets"]["core/base"]["sources"][0])
    assert (8.0, "px") == (base["gap"].value.value, base["gap"].value.unit)
    assert 1.5 == base["body"].value.line_height
    assert base["lift"].value[0].inset
    assert [
        "`core/base.body.value.letterSpacing` was left out: `-0.5%` is no dimension of DTCG",
        "`core/base.body.value.textCase` was left out: a typography of DTCG has no such part",
        "`core/base.body.value` has no `letterSpacing` that DTCG can write; a default stands there",
        "`core/base` is only referred to in the theme `Light`; its tokens are in the output",
        "the theme `Dark` names the set `gone`, which is not here",
    ] == [message for _, message in said]


def test_tokens_studio_without_sets():
    found, said = imported({"a": {"value": "4", "type": "borderRadius"}, "b": {"value": "none", "type": "textCase"}})
    assert ("tokens-studio", False) == (found.kind, found.is_resolver)
    assert {"a"} == set(tokens_of(found.document))
    assert [(7, "`b` was left out: the type `textCase` is none of DTCG's")] == said


CSS = """\
/* --not: 1px; */
:root {
  --color-brand: #0b5fff;
  --text: var(--color-brand);
  --gap: 4px; --fluid: clamp(1rem, 2vw, 3rem);
  --font-body: "Inter", sans-serif;
  --ease: cubic-bezier(0.2, 0, 0, 1);
  --lift: 0 1px 2px rgb(0 0 0 / 0.2), inset 0 0 1px red;
  --quote: "}";
  --link: var(--text, blue);
  color: red;
}
@media (prefers-color-scheme: dark) { :root { --color-brand: #8bf; --only: 1px } }
[data-theme="dark"] { --gap: 5px }
.card { --gap: 9px; padding: 0 }
"""


def studio(**sets):
    """What becomes of the tokens of sets, and what is said of them."""
    found, said = imported({**sets, "$metadata": {"tokenSetOrder": list(sets)}}, kind="tokens-studio")
    return found.document, [message for _, message in said]


FIGURES = {"s": {"value": "4", "type": "spacing"}, "rem": {"value": "1rem", "type": "spacing"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s} * 2", {"value": 8, "unit": "px"}),
        ("{s}*2 + {s} / 2 - 1", {"value": 9, "unit": "px"}),
        ("-({s} + 2) * 3", {"value": -18, "unit": "px"}),
        ("{rem} * 1.5", {"value": 1.5, "unit": "rem"}),
        ("{rem} / 3", {"value": 0.333333, "unit": "rem"}),
        ("{ rem } + .25rem", {"value": 1.25, "unit": "rem"}),
        ("{twice} * 2", {"value": 16, "unit": "px"}),
        ("{rem} + {s}", None),
        ("{rem} * {rem}", None),
        ("{s} / {rem}", None),
        ("{s} / 0", None),
        ("{s} / ({s} - 4)", None),
        ("{nowhere} * 2", None),
        ("{round} * 2", None),
        ("{s} * 2)", None),
        ("({s} * 2", None),
        ("{s} 2", None),
        ("{s} *", None),
        ("{s} ^ 2", None),
        ("sqrt({s})", None),
        ("round({s}" + " * 99999999999" * 30 + ")", None),
        ("round(" * 400 + "{s}", None),
        (f"{'(' * 400}{{s}}", None),
        (f"{'-' * 400}{{s}}", None),
        ("{s} * 1" + "0" * 400, None),
        ("{s} * 9" + " * 99999999999" * 30, None),
    ],
)
def test_computations_are_worked_out(text, expected):
    tokens = {**FIGURES, "twice": {"value": "{s} * 2", "type": "spacing"}, "x": {"value": text, "type": "spacing"}}
    tokens["round"] = {"value": "{circle} + 1", "type": "spacing"}
    tokens["circle"] = {"value": "{round} + 1", "type": "spacing"}
    document, said = studio(base=tokens)
    made = tokens_of(document).get("x")
    (about_x,) = [message for message in said if "`base.x.value`" in message]
    if expected is None:
        assert made is None
        assert "was left out" in about_x
    else:
        assert (expected["value"], expected["unit"]) == (made.value.value, made.value.unit)
        assert f"`{expected['value']:g}{expected['unit']}` now and follows no other token" in about_x


def test_a_long_chain_of_computations_ends():
    """Each refers twice to the next: without a memory that would be 2 to the 200th."""
    tokens = {f"t{index}": {"value": f"{{t{index + 1}}} + {{t{index + 1}}}", "type": "spacing"} for index in range(200)}
    document, said = studio(base={**tokens, "t200": {"value": "1", "type": "spacing"}})
    made = tokens_of(document)
    assert 2 == made["t199"].value.value
    assert 200 >= len(made)
    assert 200 == len(said)


def test_what_differs_between_sets_is_not_worked_out():
    base = {"x": {"value": "{s} * 2", "type": "spacing"}, "y": {"value": "rgba({ink}, 0.5)", "type": "color"}}
    light = {"s": {"value": "4", "type": "spacing"}, "ink": {"value": "#000000", "type": "color"}}
    dark = {"s": {"value": "8", "type": "spacing"}, "ink": {"value": "#ffffff", "type": "color"}}
    assert 2 == sum("was left out" in message for message in studio(base=base, light=light, dark=dark)[1])
    assert not any("was left out" in message for message in studio(base=base, light=light, dark=light)[1])


def test_a_colour_with_another_alpha():
    tokens = {
        "blue": {"value": "#0b5fff", "type": "color"},
        "brand": {"value": "{blue}", "type": "color"},
        "tint": {"value": "rgba({brand}, 20%)", "type": "color"},
        "circle": {"value": "{circle}", "type": "color"},
        "lost": {"value": "rgba({circle}, 0.2)", "type": "color"},
        "loud": {"value": "rgba({brand}, 2)", "type": "color"},
    }
    document, said = studio(base=tokens)
    assert {"colorSpace": "srgb", "components": [0.04314, 0.37255, 1.0], "alpha": 0.2} == document["tint"]["$value"]
    assert {"lost", "loud"}.isdisjoint(document)
    assert 2 == sum("was left out" in message for message in said)


def modified(modify, *, value="#0b5fff"):
    """A colour of the tool that is changed, and what is said."""
    token = {"value": value, "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}}
    others = {"base": {"value": "#0b5fff", "type": "color"}, "share": {"value": "0.1", "type": "opacity"}}
    document, said = studio(set={**others, "x": token})
    return document["x"], said


CHANGES = [
    (
        {"type": "lighten", "value": "0.2", "space": "lch"},
        ("lch", lambda c: (c[0] + (100 - c[0]) * 0.2, c[1] * 0.8, c[2])),
    ),
    ({"type": "darken", "value": 0.25, "space": "lch"}, ("lch", lambda c: (c[0] * 0.75, c[1] * 0.75, c[2]))),
    ({"type": "lighten", "value": "0.5", "space": "hsl"}, ("hsl", lambda c: (c[0], c[1], (c[2] + 1) / 2))),
    ({"type": "darken", "value": "0.5", "space": "srgb"}, ("srgb", lambda c: tuple(part / 2 for part in c))),
    (
        {"type": "lighten", "value": "{share} * 2", "space": "p3"},
        ("display-p3", lambda c: tuple(p + (1 - p) * 0.2 for p in c)),
    ),
]


@pytest.mark.parametrize(("modify", "expected"), CHANGES, ids=[each["type"] + each["space"] for each, _ in CHANGES])
@pytest.mark.parametrize("value", ["#0b5fff", "{base}"], ids=["literal", "reference"])
def test_colours_are_changed_as_the_tool_does(modify, expected, value):
    """Another library's conversions are the oracle."""
    from coloraide.everything import ColorAll as Oracle

    token, said = modified(modify, value=value)
    space, change = expected
    there = {"lch": "lch", "hsl": "hsl", "srgb": "srgb", "display-p3": "display-p3"}[space]
    wanted = Oracle(there, change(Oracle("#0b5fff").convert(there).coords()))
    found = tokens_of({"x": token})["x"].value
    assert space == found.space
    scale = (1, 100, 100) if space == "hsl" else (1, 1, 1)
    got = Oracle(there, [part / by for part, by in zip(found.components, scale, strict=True)])
    assert got.delta_e(wanted, method="2000") < 0.05
    assert ["`set.x` is the colour after this change now and follows no other token"] == [
        message for message in said if "`set.x` is" in message
    ]
    assert {"modified": modify, "unmodified": value} == token["$extensions"]["studio.tokens"]


@pytest.mark.parametrize("space", ["lch", "srgb", "p3", "hsl"])
def test_colours_are_mixed_in_their_space(space):
    """The shorter way round the hues; a grey has none of its own."""
    from coloraide.everything import ColorAll as Oracle

    there = {"p3": "display-p3"}.get(space, space)
    for other in ("#e4002b", "#808080", "#00a86b80"):
        token, _ = modified({"type": "mix", "value": "0.3", "space": space, "color": other})
        found = tokens_of({"x": token})["x"].value
        wanted = Oracle("#0b5fff").mix(Oracle(other), 0.3, space=there, premultiplied=False)
        scale = (1, 100, 100) if space == "hsl" else (1, 1, 1)
        parts = [part / by for part, by in zip(found.components, scale, strict=True)]
        got = Oracle(there, parts, found.alpha)
        assert got.delta_e(wanted, method="2000") < 0.1
        assert found.alpha == pytest.approx(wanted.alpha(), abs=0.001)


def test_a_change_of_alpha_keeps_the_colour():
    token, _ = modified({"type": "alpha", "value": "0.4", "space": "srgb"})
    assert {"colorSpace": "srgb", "components": [0.04314, 0.37255, 1.0], "alpha": 0.4} == token["$value"]


@pytest.mark.parametrize(
    "modify",
    [
        {"type": "brighten", "value": "0.2", "space": "lch"},
        {"type": "lighten", "value": "0.2", "space": "oklch"},
        {"type": "lighten", "value": "2", "space": "lch"},
        {"type": "lighten", "value": "much", "space": "lch"},
        {"type": "lighten", "value": {}, "space": []},
        {"type": "mix", "value": "0.2", "space": "lch"},
        {"type": "mix", "value": "0.2", "space": "lch", "color": "{x}"},
        {"type": "mix", "value": "0.2", "space": "lch", "color": "{nowhere}"},
    ],
    ids=[str(index) for index in range(8)],
)
def test_a_change_that_cannot_be_made_is_said(modify):
    """The colour is as it was, and what would change it is kept."""
    token, said = modified(modify)
    assert [0.04314, 0.37255, 1.0] == token["$value"]["components"]
    assert {"modify": modify} == token["$extensions"]["studio.tokens"]
    assert "`set.x` is the colour before this change, which is not made here" in said


def test_references_lead_to_changed_colours():
    modify = {"type": "darken", "value": "0.5", "space": "srgb"}
    tokens = {
        "a": {"value": "#808080", "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}},
        "b": {"value": "{a}", "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}},
        "tint": {"value": "rgba({a}, 0.5)", "type": "color"},
    }
    document, _ = studio(base=tokens)
    shades = [document[name]["$value"]["components"][0] for name in ("a", "b", "tint")]
    assert [0.25098, 0.12549, 0.25098] == shades


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.sampled_from(["lighten", "mix", "lch", "hsl", "0.5", "{a}", "{x}", "#fff", "1e999", "rgba({a}, .5)", ""]),
    st.lists(st.floats(allow_nan=False), max_size=4),
    st.text(max_size=9),
)


@given(
    modify=st.one_of(ODD, st.dictionaries(st.sampled_from(["type", "value", "space", "color"]), ODD)),
    space=st.sampled_from(["srgb", "lch", "xyz-d65", "hsl", "nowhere"]),
    components=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=4),
)
def test_odd_changes_end_quietly(modify, space, components):
    base = {"value": {"colorSpace": space, "components": components}, "type": "color"}
    token = {"value": "{a}", "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}}
    tokens = {"base": {"a": base, "x": token}, "$metadata": {}}
    text = json.dumps(tokens, allow_nan=False, default=str) if _is_finite(modify) else "{}"
    found, _ = import_tokens(PATH, text.encode(), change=changed, maths=MATH)
    assert found is None or found.count <= 2


def test_a_colour_far_beyond_all_is_not_changed():
    base = {"value": {"colorSpace": "srgb", "components": [1e300, 0, 0]}, "type": "color"}
    modify = {"type": "lighten", "value": "0.5", "space": "lch"}
    token = {"value": "{a}", "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}}
    document, said = studio(base={"a": base, "x": token})
    assert "{a}" == document["x"]["$value"]
    assert ["`base.x` is the colour before this change, which is not made here"] == said


def _is_finite(value):
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def test_mixes_of_mixes_end():
    """Each asks for the next one twice."""

    def mix(index):
        modify = {"type": "mix", "value": "0.5", "space": "srgb", "color": f"{{t{index + 1}}}"}
        return {"value": f"{{t{index + 1}}}", "type": "color", "$extensions": {"studio.tokens": {"modify": modify}}}

    tokens = {f"t{index}": mix(index) for index in range(100)}
    document, said = studio(base={**tokens, "t100": {"value": "#123456", "type": "color"}})
    assert 101 == len(document)
    assert 100 == len(said)


GRADIENTS = {
    "linear-gradient(#ff0000, #0000ff)": ([0, 1], ()),
    "linear-gradient(45deg, red 10%, blue 30% 60%, lime)": ([0.1, 0.3, 0.6, 1], ("`45deg`",)),
    "linear-gradient(to right, red, 25%, blue)": ([0, 1], ("`to right`", "`hint 25%`")),
    "radial-gradient(circle at center, red 0%, rgb(0 0 255 / 0.5) 100%)": ([0, 1], ("`radial`", "`circle at center`")),
    "conic-gradient(red, 90deg blue, lime 1turn)": ([0, 0.25, 1], ("`conic`",)),
    "linear-gradient(red, blue, lime, white)": ([0, 0.333333, 0.666667, 1], ()),
    "linear-gradient(red 60%, blue 20%, lime)": ([0.6, 0.6, 1], ()),
}


@pytest.mark.parametrize("text", list(GRADIENTS))
def test_gradients_of_css(text):
    positions, lost = GRADIENTS[text]
    document, said = sheet(f":root {{ --g: {text}; }}")
    stops = tokens_of(document)["g"].value
    assert positions == [stop.position for stop in stops]
    expected = [(1, f"`--g` has its stops only: DTCG cannot say {', '.join(lost)} of a gradient")] if lost else []
    assert expected == said
    assert {"gradient": text} == document["g"]["$extensions"]["css"]


@pytest.mark.parametrize(
    "text",
    [
        "repeating-linear-gradient(red, blue 20%)",
        "linear-gradient(red 10px, blue)",
        "linear-gradient(red -20%, blue)",
        "linear-gradient(red)",
        "linear-gradient(red, nothing)",
        "linear-gradient(red, blue), linear-gradient(lime, blue)",
        "linear-gradient(var(--gone), blue)",
        f"linear-gradient({', '.join(['red'] * 65)})",
        "linear-gradient()",
        "linear-gradient(red 10% 20% 30%, blue)",
    ],
    ids=[str(index) for index in range(10)],
)
def test_gradients_that_dtcg_cannot_say(text):
    document, said = sheet(f":root {{ --g: {text}; }}")
    assert {} == document
    (_, message) = said[0]
    assert message.startswith("`--g` was left out: ")


def test_stops_may_be_other_properties():
    document, said = sheet(
        ":root { --a: #f00; --g: linear-gradient(var(--a) 0%, #00f 100%); }\n"
        ".dark { --g: linear-gradient(#000, #fff); }"
    )
    assert [] == said
    tokens = tokens_of(document)
    assert "a" == tokens["g"].value[0].color.target
    assert ["dark"] == [mode.mode for mode in tokens["g"].modes]


def test_gradients_of_tokens_studio():
    tokens = {
        "red": {"value": "#f00", "type": "color"},
        "sky": {"value": "linear-gradient(45deg, {red} 0%, rgba({red}, 0.5) 40%, #00f 100%)", "type": "color"},
        "alias": {"value": "{sky}", "type": "color"},
        "bad": {"value": "linear-gradient({red} 0px, #0)", "type": "color"},
    }
    document, said = studio(base=tokens)
    made = tokens_of(document)
    assert {"red", "sky", "alias"} == set(made)
    assert "gradient" == made["sky"].type
    assert ("red", 0.5) == (made["sky"].value[0].color.target, made["sky"].value[1].color.alpha)
    assert tokens["sky"]["value"] == document["sky"]["$extensions"]["studio.tokens"]["gradient"]
    assert [
        "`base.sky.value` has its stops only: DTCG cannot say `45deg` of a gradient",
        "`base.bad.value` was left out: `linear-gradient({red} 0px, #0)` is no color of DTCG; " + WHY,
    ] == said


def test_custom_properties():
    document, said = sheet(CSS)
    tokens = tokens_of(document)
    assert {"color-brand", "text", "gap", "font-body", "ease", "lift", "link"} == set(tokens)
    assert "color-brand" == tokens["text"].value.target
    assert ["dark"] == [mode.mode for mode in tokens["color-brand"].modes]
    assert 5.0 == tokens["gap"].modes[0].value.value
    assert 2 == len(tokens["lift"].value)
    assert [
        (15, "`--gap` was left out: nothing is known of where `.card` applies"),
        (5, "`--fluid` was left out: `clamp(1rem, 2vw, 3rem)`: it compares rem and vw"),
        (9, '`--quote` was left out: `"}"` is no value that DTCG has'),
        (10, "`--link`: the fallback in `var()` was left out"),
        (13, "`--only` was left out: it has a value for dark schemes only"),
    ] == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "}",
        ":root {",
        ":root { --a: ",
        ":root{--a:/*",
        ':root{--a:"x}',
        "{" * 5000,
        ":root{--a:((((((1px;}",
        "--a:1px;",
    ],
    ids=[str(index) for index in range(9)],
)
def test_broken_style_sheets_end_quietly(text):
    document, _ = sheet(text)
    assert isinstance(document, dict)


def test_what_names_no_type_shows_it_in_its_value():
    """Style Dictionary asks for no types, and outside its categories all such tokens were left out."""
    values = {
        "gap": {"value": "8px"},
        "brand": {"value": "#f00"},
        "ease": {"value": "cubic-bezier(0.1, 0.2, 0.3, 1)"},
        "z": {"value": 10},
        "font": {"family": {"value": "Inter, sans-serif"}, "weight": {"value": 600}},
        "card": {"value": "0 1px 2px #0003"},
        "line": {"value": "1px solid #ccc"},
        "sky": {"value": "linear-gradient(#fff, #00f)"},
        "text": {"value": "hello"},
        "on": {"value": True},
        "none": {"value": ""},
    }
    found, said = imported(values)
    assert {
        "gap": "dimension",
        "brand": "color",
        "ease": "cubicBezier",
        "z": "number",
        "font.family": "fontFamily",
        "font.weight": "fontWeight",
        "card": "shadow",
        "line": "border",
        "sky": "gradient",
    } == {name: token.type for name, token in tokens_of(found.document).items()}
    left = [f"`{name}` was left out: it has no type" for name in ("text", "on", "none")]
    assert left == [message for _, message in said]


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("dashed", "strokeStyle"),
        ("1px solid #ccc", "border"),
        ("rgb(0 0 0 / 0.5) dotted 0.5rem", "border"),
        ("0.2s ease-in-out", "transition"),
        ("all 200ms", "transition"),
        ("120ms cubic-bezier(0, 0, 0.2, 1) 1s", "transition"),
    ],
)
def test_lines_and_changes_of_css(value, type_):
    """They were said to be no value that DTCG has."""
    document, said = sheet(f":root {{ --a: {value}; --b: var(--a) }}")
    assert [] == said
    assert [type_, None] == [token.type for token in tokens_of(document).values()]


def test_a_line_whose_parts_are_other_properties():
    document, said = sheet(":root { --w: 2px; --c: red; --line: var(--w) solid var(--c) }")
    assert {"value": 2, "unit": "px"} == document["line"]["$value"]["width"]
    assert ["`--line` is worked out and follows no other token: `var(--w) solid var(--c)`"] == [
        each for _, each in said
    ]


@pytest.mark.parametrize(
    "value", ["1px solid", "1px 2px solid red", "solid dashed red", "all", "0.1s 0.2s 0.3s", '"*"']
)
def test_what_is_no_line_no_change_and_no_family(value):
    """`--required: "*"` was a family of fonts."""
    document, said = sheet(f":root {{ --a: {value} }}")
    assert {} == document
    assert [f"`--a` was left out: `{value}` is no value that DTCG has"] == [message for _, message in said]


def test_a_string_is_a_family_where_the_name_speaks_of_fonts():
    document, said = sheet(':root { --body-font: "Inter"; --stack: monospace; --a: ; }')
    assert ["Inter", "monospace"] == [each["$value"] for each in document.values()]
    assert {"fontFamily"} == {each["$type"] for each in document.values()}
    assert ["`--a` was left out: it is empty"] == [message for _, message in said]


def test_a_sheet_of_a_dark_scheme_alone():
    """Libraries ship a sheet for each scheme, and of the dark one nothing was imported."""
    document, said = sheet(":host, .theme-dark { --a: #111; --b: var(--a) } .dark { --c: 1px }")
    assert {"a": "color", "b": None, "c": "dimension"} == {
        str(each.id): each.type for each in tokens_of(document).values()
    }
    assert all("$extensions" not in token for token in document.values())
    assert [(1, "this sheet has values for dark schemes only: they hold in all modes now")] == said


def test_a_length_without_a_unit_says_where_units_come_from():
    _, diagnostics = import_tokens(PATH, json.dumps({"size": {"a": {"value": "0.75"}, "b": {"value": "50%"}}}).encode())
    hint = "write its unit, `px` or `rem`; of a configuration's platforms the transforms tell it"
    assert [hint, None] == [each.hint for each in diagnostics]


@pytest.mark.parametrize(
    ("text", "weight", "slope"),
    [
        ("Bold Italic", "bold", "italic"),
        ("Italic", "regular", "italic"),
        ("SemiBold-oblique", "semi-bold", "oblique"),
    ],
)
def test_a_weight_that_slopes(text, weight, slope):
    """The weight was left out, and with it each style of text that it is part of."""
    style = {"fontFamily": "Inter", "fontSize": "16", "fontWeight": "{w}", "lineHeight": "150%", "letterSpacing": "0"}
    tree = {"w": {"value": text, "type": "fontWeights"}, "t": {"value": style, "type": "typography"}}
    document, said = studio(base=tree)
    assert {"w", "t"} == set(tokens_of(document))
    assert weight == document["w"]["$value"]
    assert [f"`base.w.value` is the weight alone now: DTCG has no `{slope}`"] == said


def test_line_heights_in_pixels():
    """`24` is 24 px in Figma; as a multiple of the size it would be 24 lines high."""
    style = {"fontFamily": "Inter", "fontSize": "{s}", "fontWeight": "400", "letterSpacing": "0"}
    tree = {
        "s": {"value": "16", "type": "fontSizes"},
        "bare": {"value": "24", "type": "lineHeights"},
        "px": {"value": "24px", "type": "lineHeights"},
        "near": {"value": 1.5, "type": "lineHeights"},
        "percent": {"value": "150%", "type": "lineHeights"},
        "a": {"value": {**style, "lineHeight": "{bare}"}, "type": "typography"},
        "b": {"value": {**style, "lineHeight": "{near}"}, "type": "typography"},
        "c": {"value": {**style, "lineHeight": 20, "fontSize": "1rem"}, "type": "typography"},
    }
    document, said = studio(base=tree)
    assert {"s", "near", "percent", "a", "b", "c"} == set(tokens_of(document))
    heights = [document[name]["$value"]["lineHeight"] for name in "abc"]
    assert [1.5, "{near}", 1.2] == heights
    left = "was left out: it is px, and a line height of DTCG is a multiple of the font size"
    assert [
        f"`base.bare` {left}",
        f"`base.px` {left}",
        "`base.a.value.lineHeight` is 1.5 times the font size now: DTCG has no px there",
        "`base.c.value.lineHeight` was left out: it is px, and no multiple of the font size",
        "`base.c.value` has no `lineHeight` that DTCG can write; a default stands there",
    ] == said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 * 2", 8),
        ("round({s} * 1.5)", 11),
        ("roundTo({s} / 3, 2)", 2.33),
        ("max({s}, 9px) + floor(1.9px)", 10),
        ("-min(1, abs(-3), ceil(2.1))", -1),
        ("round(-1.5)", -1),
    ],
)
def test_functions_in_computations_of_tokens_studio(text, value):
    """They are documented there, and were left out; so were computations without a reference."""
    document, said = studio(base={"s": {"value": "7px", "type": "spacing"}, "a": {"value": text, "type": "spacing"}})
    assert {"value": value, "unit": "px"} == document["a"]["$value"]
    follows = " and follows no other token" if "{" in text else ""
    assert [f"`base.a.value` is `{value}px` now{follows}: `{text}`"] == said


@pytest.mark.parametrize(
    "text", ["round()", "round(1, 2)", "roundTo(1)", "roundTo(1, 99)", "sqrt(4)", "max(1px, 2rem)", "round(1", "(1, 2)"]
)
def test_what_no_function_of_a_computation_is(text):
    document, said = studio(base={"s": {"value": text, "type": "spacing"}})
    assert {} == document
    assert [f"`base.s.value` was left out: `{text}` is no dimension of DTCG"] == said


FIGMA = {
    "meta": {
        "variableCollections": {
            "C1": {
                "id": "C1",
                "name": "Theme",
                "modes": [{"modeId": "1:0", "name": "Light"}, {"modeId": "1:1", "name": "Dark"}],
                "defaultModeId": "1:0",
            },
            "C2": {"id": "C2", "name": "Base", "modes": [{"modeId": "2:0", "name": "Mode 1"}], "defaultModeId": "2:0"},
        },
        "variables": {
            "V1": {
                "id": "V1",
                "name": "blue",
                "variableCollectionId": "C2",
                "resolvedType": "COLOR",
                "valuesByMode": {"2:0": {"r": 0, "g": 0.4, "b": 1, "a": 0.5}},
            },
            "V2": {
                "id": "V2",
                "name": "blue/9",
                "variableCollectionId": "C2",
                "resolvedType": "FLOAT",
                "scopes": ["GAP"],
                "valuesByMode": {"2:0": 4},
            },
            "V3": {
                "id": "V3",
                "name": "text",
                "variableCollectionId": "C1",
                "resolvedType": "COLOR",
                "valuesByMode": {
                    "1:0": {"type": "VARIABLE_ALIAS", "id": "V1"},
                    "1:1": {"type": "VARIABLE_ALIAS", "id": "lib"},
                },
            },
            "V4": {
                "id": "V4",
                "name": "on",
                "variableCollectionId": "C2",
                "resolvedType": "BOOLEAN",
                "valuesByMode": {"2:0": True},
            },
            "V5": {
                "id": "V5",
                "name": "n",
                "variableCollectionId": "C2",
                "resolvedType": "FLOAT",
                "scopes": ["ALL_SCOPES"],
                "valuesByMode": {"2:0": 1.5},
            },
        },
    }
}


def test_figma_variables():
    found, said = imported(FIGMA)
    assert "figma" == found.kind
    base = tokens_of(found.document["sets"]["Base"]["sources"][0])
    assert {"blue.$root", "blue.9", "n"} == set(base)
    assert 0.5 == base["blue.$root"].value.alpha
    assert '{"com.figma":{"id":"V2","scopes":["GAP"]}}' == base["blue.9"].extensions
    contexts = found.document["modifiers"]["Theme"]["contexts"]
    assert "{blue.$root}" == contexts["Light"][0]["text"]["$value"]
    assert [{}] == contexts["Dark"]
    assert [
        "`text` refers to a variable that is not in this file",
        "`on` was left out: DTCG has no type for `BOOLEAN` variables of this use",
        "nothing says what `n` measures, so it is a number and no length",
    ] == [message for _, message in said]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("a.css", None, "css"),
        ("a.json", {"meta": {"variableCollections": {}}}, "figma"),
        ("a.json", {"variableCollections": {}}, "figma"),
        ("a.json", {"$themes": []}, "tokens-studio"),
        ("a.json", {"a": {"b": {"value": "1", "type": "sizing"}}}, "tokens-studio"),
        ("a.json", {"a": {"value": "1", "type": "color"}}, "style-dictionary"),
        ("a.json", [], "style-dictionary"),
    ],
)
def test_whose_a_file_is(path, value, kind):
    assert kind == kind_of(PurePosixPath(path), value)


def test_what_is_no_json_is_reported():
    found, diagnostics = import_tokens(PATH, b"{")
    assert found is None
    assert ["json-syntax"] == [each.code for each in diagnostics]


def test_names_that_dtcg_forbids_are_changed_and_said():
    found, said = imported({"a.b": {"value": "1px", "type": "dimension"}, "{}": {"value": 1, "type": "number"}})
    assert {"a-b"} == set(tokens_of(found.document))
    assert [
        "`a.b` is named `a-b` now: DTCG forbids its name",
        "`{}` has a name that no token can have, and was left out",
    ] == [message for _, message in said]


def test_names_of_colours_are_those_of_another_library():
    from PIL.ImageColor import colormap, getrgb

    theirs = {name: "#{:02x}{:02x}{:02x}".format(*getrgb(name)) for name in colormap}  # it may have read some already
    assert {**theirs, "transparent": "#00000000"} == NAMED_COLORS


def folder(**changes):
    """Tokens Studio's sample as it stands in a folder, and what is said of it: path, line and message."""
    files = {
        "core/base.json": STUDIO["core/base"],
        "light.json": STUDIO["light"],
        "dark.json": STUDIO["dark"],
        "$themes.json": STUDIO["$themes"],
        "$metadata.json": STUDIO["$metadata"],
        **changes,
    }
    root = PurePosixPath("tokens")
    texts = {root / name: json.dumps(value, indent=1) for name, value in files.items() if value is not None}
    found, diagnostics = import_folder(root, {path: text.encode() for path, text in texts.items()}, change=changed)
    located = all_located(diagnostics, texts.get)
    return found, [(str(each.place.path), each.place.line, each.message) for each in located]


def test_a_folder_of_tokens_studio_is_what_its_file_is():
    found, said = folder()
    assert imported(STUDIO)[0].document == found.document
    expected = [message.replace("`core/base.body", "`body") for _, message in imported(STUDIO)[1]]
    assert expected == [message for *_, message in said]
    assert {"tokens/core/base.json", "tokens/$themes.json"} == {path for path, *_ in said}
    lines = json.dumps(STUDIO["core/base"], indent=1).splitlines()
    assert '"letterSpacing": "-0.5%",' == lines[said[0][1] - 1].strip()


def test_the_order_of_sets_is_that_of_the_metadata():
    found, _ = folder(**{"$metadata.json": {"tokenSetOrder": ["dark", "light", "core/base"]}})
    assert ["dark", "light", "core/base"] == list(found.document["sets"])
    found, said = folder(**{"$metadata.json": None})
    assert ["core/base", "dark", "light"] == list(found.document["sets"])
    message = "there is no `$metadata.json`, so sets apply in the order of their names"
    assert message in [each for *_, each in said]


def test_what_is_no_set_is_said_and_what_is_no_json_stops():
    found, said = folder(**{"odd.json": [1]})
    assert "odd" not in found.document["sets"]
    assert ("tokens/odd.json", 1, "the set `odd` was left out: it is no object") in said
    root = PurePosixPath("tokens")
    found, diagnostics = import_folder(root, {root / "a.json": b"{", root / "b.json": b"{}"})
    assert (None, ["json-syntax"]) == (found, [each.code for each in diagnostics])


def dangling_diagnostics(tree):
    """What is said of references, with the excerpt under its caret and the hint."""
    text = json.dumps(tree, indent=1)
    found, diagnostics = import_tokens(PATH, text.encode())
    shown = [
        (each.place.line, each.place.excerpt[each.place.column - 1 :][: each.place.length], each.message, each.hint)
        for each in all_located(diagnostics, lambda _: text)
        if "it follows" in each.message
    ]
    return found, shown


def test_references_to_what_is_not_there_are_told_of_and_left_out():
    """Style Dictionary stops at them; what is written here has none."""
    tree = {
        "color": {
            "red": {"value": "#f00"},
            "danger": {"value": "{color.read.value}"},
            "alert": {"value": "{color.danger}"},
            "good": {"value": "{color.red}"},
        },
        "line": {"thin": {"type": "border", "value": {"color": "{color.else}", "width": "1px", "style": "solid"}}},
    }
    found, said = dangling_diagnostics(tree)
    assert {"color.red", "color.good"} == set(tokens_of(found.document))
    assert 2 == found.count
    assert "line" not in found.document
    here = "import what has it together with this, as with the configuration that names all files, or write a value"
    left = "what was said of that token says why; mend it, or write a value here"
    assert [
        (
            7,
            '"{color.read.value}"',
            "`color.danger.value` was left out: it follows `color.read`, which is not here",
            "did you mean `color.red`?",
        ),
        (
            10,
            '"{color.danger}"',
            "`color.alert.value` was left out: it follows `color.danger`, which was left out",
            left,
        ),
        (20, '"{color.else}"', "`line.thin.value` was left out: it follows `color.else`, which is not here", here),
    ] == said


def test_references_to_what_was_left_out_are_told_of():
    tree = {
        "size": {"a": {"value": "2em", "nested": {"value": "1px"}}, "b": {"value": "{size.a}"}, "c": {"value": "1px"}},
        "gap": {"value": "{size.a.nested}", "type": "dimension"},
        "note": {"value": "1px", "type": "dimension", "dark": "{nowhere}"},
    }
    found, said = dangling_diagnostics(tree)
    assert {"size.c", "note"} == set(tokens_of(found.document))
    assert [
        "`size.b.value` was left out: it follows `size.a`, which was left out",
        "`gap.value` was left out: it follows `size.a.nested`, which was left out",
    ] == [message for _, _, message, _ in said]


def test_groups_of_which_nothing_is_left_are_left_out():
    found, _ = imported(STYLE_DICTIONARY)
    assert "asset" not in found.document


def test_sets_of_tokens_studio_know_one_another():
    """A token that one of several sets has is enough for those that follow it."""
    base = {"ink": {"value": "#000", "type": "color"}}
    bad = {"ink": {"value": "black-ish", "type": "color"}, "text": {"value": "{ink}", "type": "color"}}
    document, said = studio(base=base, light=bad, dark={"link": {"value": "{inc}", "type": "color"}})
    assert {"text"} == set(document["sets"]["light"]["sources"][0])
    assert {} == document["sets"]["dark"]["sources"][0]
    assert "`dark.link.value` was left out: it follows `inc`, which is not here" in said


def test_a_variable_of_figma_that_follows_what_was_left_out():
    figma = json.loads(json.dumps(FIGMA))
    figma["meta"]["variables"]["V6"] = {
        "name": "flag/also",
        "variableCollectionId": "C2",
        "resolvedType": "BOOLEAN",
        "valuesByMode": {"2:0": {"type": "VARIABLE_ALIAS", "id": "V4"}},
    }
    found, said = imported(figma)
    assert "flag" not in found.document["sets"]["Base"]["sources"][0]
    assert "`flag/also` was left out: it follows `on`, which was left out" in [message for _, message in said]


def test_a_name_that_two_collections_of_figma_have():
    """The later set replaced the earlier one's variable in silence, and an alias between the two became a circle."""
    figma = json.loads(json.dumps(FIGMA))
    variable = {"name": "blue/9", "variableCollectionId": "C1", "resolvedType": "FLOAT", "scopes": ["GAP"]}
    modes = {"1:0": 5, "1:1": {"type": "VARIABLE_ALIAS", "id": "V2"}}
    figma["meta"]["variables"]["V6"] = {**variable, "valuesByMode": modes}
    found, said = imported(figma)
    contexts = found.document["modifiers"]["Theme"]["contexts"]
    assert 5 == contexts["Light"][0]["Theme"]["blue"]["9"]["$value"]["value"]
    assert "{blue.9}" == contexts["Dark"][0]["Theme"]["blue"]["9"]["$value"]
    assert 4 == found.document["sets"]["Base"]["sources"][0]["blue"]["9"]["$value"]["value"]
    assert "the variable `blue/9` is named `Theme/blue/9` now" in [message for _, message in said]


def test_a_variable_of_figma_whose_collection_is_not_there():
    figma = json.loads(json.dumps(FIGMA))
    figma["meta"]["variables"]["V5"]["variableCollectionId"] = "library"
    found, said = imported(figma)
    assert "n" not in found.document["sets"]["Base"]["sources"][0]
    assert "the variable `n` was left out: its collection is not in this file" in [message for _, message in said]


def test_opacity_of_figma_is_in_hundredths():
    figma = json.loads(json.dumps(FIGMA))
    figma["meta"]["variables"]["V5"] |= {"scopes": ["OPACITY"], "valuesByMode": {"2:0": 8}}
    found, _ = imported(figma)
    assert 0.08 == found.document["sets"]["Base"]["sources"][0]["n"]["$value"]


@pytest.mark.parametrize(("text", "what"), [("[]", "an array"), ("null", "null"), ('"a"', "a string")])
def test_a_file_that_holds_no_object_is_told_of(text, what):
    """The import ended with 1 and not a word."""
    found, diagnostics = import_tokens(PATH, text.encode())
    assert found is None
    assert [f"a file of tokens holds an object, found {what}"] == [each.message for each in diagnostics]


def test_a_thousand_collections_of_one_name():
    """Each gets a number of its own; they were counted by as many calls within one another."""
    collections = {f"C{index}": {"name": "A", "modes": [{"modeId": "m", "name": "M"}]} for index in range(2000)}
    found, _ = imported({"variableCollections": collections, "variables": {}})
    assert ["A", "A 2", "A 2000"] == [list(found.document["sets"])[at] for at in (0, 1, -1)]


def test_odd_values_are_told_of_and_stop_nothing():
    """Lists where a text is expected ended an import with an exception, or became values that no DTCG has."""
    tree = {
        "a": {"type": "dimension", "value": {"value": 1, "unit": []}},
        "b": {"type": "dimension", "value": {"value": 1, "unit": "pt"}},
        "c": {"type": "dimension", "value": {"value": "x", "unit": "px"}},
        "d": {"type": "cubicBezier", "value": [2, 0, 0, 1]},
        "e": {"type": "cubicBezier", "value": "cubic-bezier(0, 0, -1, 1)"},
        "f": {"type": [], "value": "1px"},
        "g": {"type": "strokeStyle", "value": {"dashArray": ["1px", {"value": 2, "unit": "px"}], "lineCap": "round"}},
        "h": {"type": "strokeStyle", "value": {"dashArray": ["1em"], "lineCap": "round"}},
        "i": {
            "type": "shadow",
            "value": {"color": "#000", "offsetX": 0, "offsetY": 0, "blur": 0, "spread": 0, "inset": "maybe"},
        },
    }
    found, said = imported(tree)
    assert {"g", "i"} == set(tokens_of(found.document))
    assert {
        *("`a.value`", "`b.value`", "`c.value`", "`d.value`", "`e.value`", "`f`", "`h.value`"),
        "`i.value.inset`",
    } == {message.split(" was left out")[0] for _, message in said}


def test_the_token_that_a_group_is_keeps_its_name():
    found, said = imported(
        {
            "$deprecated": "old",
            "red": {"$root": {"$type": "color", "$value": "#f00"}, "dark": {"$type": "color", "$value": "{red.$root}"}},
            "blue": {"$type": "color", "$value": "#00f", "nested": {"$value": "#00e"}},
        }
    )
    tokens = tokens_of({name: each for name, each in found.document.items() if name != "$deprecated"})
    assert {"red.$root", "red.dark", "blue"} == set(tokens)
    assert "old" == found.document["$deprecated"]
    assert ["`blue` is a token, and `nested` in it was left out"] == [message for _, message in said]


def test_themes_of_tokens_studio_that_are_none_or_there_twice():
    light = {"name": "Light", "group": "mode", "selectedTokenSets": {"base": "enabled"}}
    odd = {"name": "Dark", "group": "mode", "selectedTokenSets": {"base": ["enabled"]}}
    base = {"base": {"a": {"value": "1", "type": "spacing"}}}
    _, said = imported({**base, "$themes": [light, odd, light]})
    assert "another theme of its group is named `Light`, too, and was left out" in [message for _, message in said]
    _, said = imported({**base, "$themes": {"Light": light}})
    assert ["themes are a list, and these were left out"] == [message for _, message in said]


KEYS = st.sampled_from(
    "value $value type $type a b.c $root unit components $themes $metadata tokenSetOrder name group selectedTokenSets "
    "x color offsetX dashArray lineCap $extensions studio.tokens modify inset variables variableCollections meta modes "
    "modeId valuesByMode resolvedType scopes".split()
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(
        "#f00 {a} {a.b} $a 4px 2em color dimension border shadow gradient strokeStyle cubicBezier sizing boxShadow "
        "solid enabled source VARIABLE_ALIAS COLOR FLOAT STRING lighten".split()
    ),
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=6
)
TOKENS = st.fixed_dictionaries(
    {"value": ANYTHING}, optional={"type": ANYTHING, "$type": LEAVES, "$extensions": ANYTHING}
)


@given(
    tree=st.dictionaries(KEYS, st.one_of(ANYTHING, TOKENS, st.dictionaries(KEYS, TOKENS, max_size=3)), max_size=4),
    kind=st.sampled_from([None, "style-dictionary", "tokens-studio", "figma"]),
)
def test_no_odd_tree_ends_an_import(tree, kind):
    text = json.dumps(tree)
    found, diagnostics = import_tokens(PATH, text.encode(), kind=kind, change=changed, maths=MATH)
    assert found is not None
    assert len(diagnostics) == len(all_located(diagnostics, lambda _: text))
