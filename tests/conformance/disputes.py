"""What the two peers and we make of the same tokens, where not all make the same, and what the specification says.

The page docs_src/handbook/token-peers.md is made from this table, and each cell of it is checked against the tools.
`ours`, `style_dictionary` and `terrazzo` are texts that the output holds, or "error: " and a word of the message.
"""

from dataclasses import dataclass

PX0, PX1 = {"value": 0, "unit": "px"}, {"value": 1, "unit": "px"}
RED = {"colorSpace": "srgb", "components": [1, 0, 0]}
WIDE = {"colorSpace": "oklch", "components": [0.65, 0.3, 145]}


@dataclass(frozen=True)
class Dispute:
    title: str
    section: str
    rule: str
    tokens: dict
    ours: str
    style_dictionary: str
    terrazzo: str


def color(value):
    return {"$type": "color", "$value": value}


DISPUTES = (
    Dispute(
        "A duration",
        "Format, 8.5",
        "The value is an object of a number and `ms` or `s`.",
        {"d": {"$type": "duration", "$value": {"value": 120, "unit": "ms"}}},
        "--tk-d: 120ms",
        "--d: [object Object]",
        "--d: 120ms",
    ),
    Dispute(
        "A transition",
        "Format, 9.5",
        "`duration` and `delay` are durations, `timingFunction` a cubic Bézier curve.",
        {
            "t": {
                "$type": "transition",
                "$value": {
                    "duration": {"value": 1, "unit": "s"},
                    "delay": {"value": 0, "unit": "ms"},
                    "timingFunction": [0.5, 0, 1, 1],
                },
            }
        },
        "--tk-t-timing-function: cubic-bezier(.5, 0, 1, 1)",
        "--t: [object Object]",
        "cubic-bezier(0.5, 0, 1, 1)",
    ),
    Dispute(
        "A pointer to a component",
        "Format, 7.3.1",
        "A JSON Pointer refers to one component of another colour.",
        {
            "a": color(RED),
            "b": color({"colorSpace": "srgb", "components": [{"$ref": "#/a/$value/components/0"}, 0, 0]}),
        },
        "--tk-b: #f00",
        "--b: #000000",
        "--b: rgb(100% 0% 0%)",
    ),
    Dispute(
        "A token that is a pointer",
        "Format, 7.1.2",
        "Tools must support JSON Pointer syntax.",
        {"a": color(RED), "b": {"$type": "color", "$ref": "#/a"}},
        "--tk-b: var(--tk-a)",
        "without --b:",
        "--b: ",
    ),
    Dispute(
        "A group that extends another",
        "Format, 6.4",
        "All tokens of the other group are inherited.",
        {"base": {"x": color(RED)}, "own": {"$extends": "{base}"}},
        "--tk-own-x: #f00",
        "without --own-x:",
        "--own-x: ",
    ),
    Dispute(
        "A border in a colour outside sRGB",
        "Format, 9.4; Color, 4.2",
        "Any valid colour may stand there, OKLCH too.",
        {"b": {"$type": "border", "$value": {"color": WIDE, "width": PX1, "style": "solid"}}},
        "--tk-b-color: #",
        "--b: 1px solid oklch(65% 0.3 145)",
        "error: display-p3",
    ),
    Dispute(
        "Two names that meet in CSS",
        "Format, 5.1",
        "The specification's own example calls the first of two such tokens lost.",
        {"a": {"stringRegexp": color(RED), "string-regexp": {"$value": "{a.stringRegexp}"}}},
        "error: token-name-collision",
        "--a-string-regexp: #ff0000",
        "--a-string-regexp: var(--a-string-regexp)",
    ),
    Dispute(
        "An unknown key beside `$value`",
        "Format, schema of a token",
        "No other keys are allowed; here somebody meant a transparent colour.",
        {"c": {**color(RED), "alpha": 0}},
        "error: unknown-key",
        "--c: #ff0000",
        "--c: rgb(100% 0% 0%)",
    ),
    Dispute(
        "Several families in one name",
        "Format, 8.3",
        "Each string of the array is a single font name.",
        {
            "t": {
                "$type": "typography",
                "$value": {
                    "fontFamily": ["'Inter', serif"],
                    "fontSize": PX1,
                    "fontWeight": 400,
                    "letterSpacing": PX0,
                    "lineHeight": 1,
                },
            }
        },
        "error: invalid-font-family",
        "--t: 400 1px/1 ",
        "--t-font-family: ",
    ),
    Dispute(
        "A unit that there is not",
        "Format, 8.2.1",
        "The unit may only be `px` or `rem`.",
        {"d": {"$type": "dimension", "$value": {"value": 4, "unit": "parsec"}}},
        "error: invalid-dimension",
        "--d: 4parsec",
        "error: parsec",
    ),
    Dispute(
        "A colour of two components",
        "Color, 4.1",
        "Each colour space has three.",
        {"c": color({"colorSpace": "srgb", "components": [1, 0]})},
        "error: invalid-color",
        "--c: #",
        "error: components",
    ),
    Dispute(
        "A type that there is not",
        "Format, 5.2.2",
        "The type is one of those that the specification defines.",
        {"c": {"$type": "colour", "$value": "red"}},
        "error: unknown-token-type",
        "--c: red",
        "without --c:",
    ),
    Dispute(
        "A shadow put together from another",
        "Format, 9.1",
        "An item of the array may refer to another shadow.",
        {
            "a": {
                "$type": "shadow",
                "$value": {"color": RED, "offsetX": PX0, "offsetY": PX1, "blur": PX1, "spread": PX0},
            },
            "b": {
                "$type": "shadow",
                "$value": [
                    "{a}",
                    {"color": RED, "offsetX": PX1, "offsetY": PX0, "blur": PX0, "spread": PX0, "inset": True},
                ],
            },
        },
        "--tk-b: 0px 1px 1px 0px #f00, inset 1px 0px 0px 0px #f00",
        "--b: 0px 1px 1px 0px rgb(100% 0% 0%), inset 1px",
        "error: lint",
    ),
)
HEAD = """\
---
description: Where themekit differs from Style Dictionary and Terrazzo, and what the specification says.
tags:
  - Handbook
---

# Compared with other compilers

Tests build eleven public token sets (seven of `dtcg-examples`, four themes of `@carbon/themes`) with Style Dictionary
5.5.5, Terrazzo 2.7.1 and themekit, and compare the CSS. Where the two others agree on a value, themekit has the same.
This is what the three make of tokens on which they do not agree. Each cell is checked by a test against the tools.

| tokens | what DTCG 2025.10 says | themekit | Style Dictionary | Terrazzo |
|---|---|---|---|---|
"""
TAIL = """
Tokens that break a rule are [refused](diagnostics/index.md), each at its line. In the eleven sets these are lengths in
`em`, `dp` or `vw`, fallbacks `hex` of three or eight digits, types such as `string`, lists of families in one name,
composites with missing or unknown members, tokens that hold other tokens, and names that meet in CSS, with all that
refers to one of them. They are left out of the comparison.
"""


def page():
    """The page in the handbook."""
    rows = [
        f"| {each.title} | {each.rule} ({each.section}) | {_cell(each.ours)} | {_cell(each.style_dictionary)} |"
        f" {_cell(each.terrazzo)} |"
        for each in DISPUTES
    ]
    return HEAD + "\n".join(rows) + "\n" + TAIL


def _cell(text):
    if text.startswith("error: "):
        word = text.removeprefix("error: ")
        return f"[refused](diagnostics/{word}.md)" if "-" in word and word != "display-p3" else "an error"
    if text.startswith("without "):
        return "nothing, without a word"
    return f"`{text.strip()}`" if not text.endswith((" ", "#")) else "a value"
