"""Files with nothing unusual are built on a shorter way, to the same bytes and diagnostics as on the long one."""

import gc
import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.build import context_sets, token_contexts
from themekit.build import tokens as build
from themekit.build.tokens import TokenProject, build_tokens
from themekit.engine import MemoryHost
from themekit.plugins import target_named
from themekit.render import one_mode
from themekit.resolve import plain_tokens
from themekit.resolve.plain_tokens import resolve_plain
from themekit.source.plain_tokens import read_plain_tokens
from themekit.source.resolver_documents import Documents
from themekit.source.sources import Sources

PATH = PurePosixPath("a.json")
TARGETS = tuple(target_named(name) for name in ("css", "dtcg", "scss", "swift"))
PX = {"value": 1, "unit": "px"}
MS = {"value": 200, "unit": "ms"}
SRGB = {"colorSpace": "srgb", "components": [0.5, 1, 0]}
FAR = {"colorSpace": "oklch", "components": [0.7, 0.4, 150]}
LAYER = {"color": SRGB, "offsetX": PX, "offsetY": PX, "blur": PX, "spread": PX}
TEXT = {"fontFamily": ["Inter"], "fontSize": PX, "fontWeight": 400, "letterSpacing": PX, "lineHeight": 1.5}
VALUES = {
    "color": [
        SRGB,
        FAR,
        {"colorSpace": "display-p3", "components": [1, 0, 0]},
        {**SRGB, "alpha": 0.5},
        {**SRGB, "hex": "#80ff00"},
        {**FAR, "hex": "#00ff00"},
        {**FAR, "components": [0.7, 0.4, "none"]},
        "#abc",
        {"colorSpace": "srgb", "components": [2, 0, 0]},
        {"colorSpace": "srgb", "components": [True, 0, 0]},
        {"colorSpace": "srgb", "components": ["none", 0, 0]},
        {"colorSpace": "srgb", "components": [0.49803921568627, 0.1, 0.50196]},
    ],
    "dimension": [
        PX,
        {"value": -0.5, "unit": "rem"},
        "3px",
        {"value": 1, "unit": "em"},
        {"value": 1, "unit": ["px"]},
        3,
    ],
    "duration": [MS, {"value": 0.2, "unit": "s"}, {"value": -1, "unit": "s"}, "1s"],
    "number": [1, 1.5, -0.0, True, "1"],
    "fontFamily": [["Inter", "sans-serif"], "Inter", [], ["{a}"], "a, b", [" x "]],
    "fontWeight": [400, "bold", 0, True],
    "cubicBezier": [[0, 1, 1, 0], [2, 0, 0, 1], [0, 1]],
    "strokeStyle": ["solid", "wavy", {"dashArray": [PX], "lineCap": "round"}],
    "border": [
        {"color": SRGB, "width": PX, "style": "solid"},
        {"color": "{a}", "width": "{a.b}", "style": "{b}"},
        {"color": SRGB, "width": PX, "style": {"dashArray": ["{a}"], "lineCap": "butt"}},
    ],
    "transition": [
        {"duration": MS, "delay": MS, "timingFunction": [0, 0, 1, 1]},
        {"timingFunction": [0, 0, 1, 1], "duration": "{a}", "delay": MS},
    ],
    "shadow": [LAYER, [LAYER, LAYER], {**LAYER, "color": "{a}"}, {**LAYER, "inset": True}, ["{a}", LAYER], []],
    "gradient": [
        [{"color": SRGB, "position": 0}, {"color": SRGB, "position": 1}],
        [{"color": FAR, "position": 0}, {"color": "{a}", "position": 2}],
    ],
    "typography": [TEXT, {**TEXT, "fontSize": "{a.b}"}, {**TEXT, "fontFamily": "{b}"}, {**TEXT, "lineHeight": "1"}],
    "colour": [1],
}
ALIASES = ["{a}", "{b}", "{a.b}", "{a.b.c}", "{a.a}", "{b.a}", "{c}", "{", "x"]


def of_type(type_):
    value = st.sampled_from(VALUES[type_])
    optional = {"$type": st.just(type_), "$description": st.sampled_from(["x", " y\n z ", "<b>", "", 3, None])}
    return st.fixed_dictionaries({"$value": value}, optional=optional)


USUAL = st.sampled_from(sorted(set(VALUES) - {"colour"})).flatmap(of_type)
ALIAS = st.fixed_dictionaries(
    {"$value": st.sampled_from(ALIASES)}, optional={"$type": st.sampled_from(["color", "dimension"])}
)
ODD = st.sampled_from(
    [
        {},
        {"$value": None},
        {"$ref": "#/a"},
        {"$value": 1, "$deprecated": True},
        {"$value": 1, "$extensions": {"themekit": {"modes": {"dark": 2}}}, "$type": "number"},
        {"$value": 1, "value": 2},
        {"$type": ["color"], "a": {"$value": "{a}"}},
        3,
        None,
    ]
)
NAMES = st.sampled_from(["a", "b", "c", "A", "b c", "2x", "$root", "$type", "$description", "x.y", "~/", "é"])
FILES = st.recursive(
    USUAL | ALIAS | of_type("colour") | ODD,
    lambda inner: st.fixed_dictionaries(
        {}, optional={"a": inner, "b": inner, "$type": st.sampled_from([*VALUES, None])}
    ).flatmap(lambda group: st.dictionaries(NAMES, inner, max_size=2).map(lambda more: {**more, **group})),
    max_leaves=8,
)


def built(text, *, targets=TARGETS):
    report = build_tokens(MemoryHost({"a.json": text}), TokenProject((PATH,)), targets=targets, prefix="tk")
    return report.artifacts, report.diagnostics, report.count, report.modes


def built_the_long_way(text, *, targets=TARGETS):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build.Reading, "plain", lambda _: None)
        return built(text, targets=targets)


@settings(max_examples=150, deadline=None)
@given(FILES, st.sampled_from([TARGETS, TARGETS[:1]]))
def test_both_ways_lead_to_the_same(file, targets):
    text = json.dumps(file, indent=1)
    assert built_the_long_way(text, targets=targets) == built(text, targets=targets)


def plain(file):
    """What the short way makes of a file; None if it takes the long one."""
    tokens = read_plain_tokens(PATH, json.dumps(file).encode())
    return None if tokens is None else resolve_plain(tokens, Sources(PATH).origin, mode="default")


@pytest.mark.parametrize("type_", sorted(set(VALUES) - {"colour"}))
def test_a_usual_value_of_each_type_takes_the_short_way(type_):
    """Otherwise the law above would say nothing. Lists of layers, gradients and dashes are among them, too."""
    tokens, diagnostics = plain({"a": {"$type": type_, "b": {"$value": VALUES[type_][0]}, "c": {"$value": "{a.b}"}}})
    assert [("a.b", type_, (None,)), ("a.c", type_, ("a.b",))] == [
        (token.id, token.type, token.references) for token in tokens
    ]
    assert tokens.tokens[0].values == tokens.tokens[1].values
    assert () == diagnostics


def test_references_may_lead_forward_and_into_composites():
    file = {
        "c": {"$value": "{b}"},
        "b": {"$value": "{a}"},
        "line": {"$type": "border", "$value": {"color": "{c}", "width": PX, "style": "solid"}},
        "a": {"$type": "color", "$value": SRGB},
    }
    tokens, _ = plain(file)
    assert ["color", "color", "border", "color"] == [token.type for token in tokens]
    assert tokens.tokens[3].values[0] == tokens.tokens[2].values[0].color
    assert built_the_long_way(json.dumps(file)) == built(json.dumps(file))


@pytest.mark.parametrize("more", [{}, {"hex": "#123456"}, {"components": [0.7, 0.4, "none"]}])
@pytest.mark.parametrize("type_", ["color", "border"])
def test_a_color_that_no_screen_shows_is_told_whatever_stands_beside_it(type_, more):
    value = {**FAR, **more}
    written = value if type_ == "color" else {"color": value, "width": PX, "style": "solid"}
    text = json.dumps({"a": {"$type": type_, "b": {"$value": written}}})
    assert built_the_long_way(text, targets=TARGETS[:1]) == built(text, targets=TARGETS[:1])
    assert ["outside-gamut"] == [each.code for each in built(text, targets=TARGETS[:1])[1]]


def test_a_color_that_no_screen_shows_is_told_on_the_short_way():
    file = {"a/~": {"$type": "color", "b": {"$value": FAR}}}
    _, diagnostics = plain(file)
    assert ["/a~1~0/b/$value"] == [each.place.pointer for each in diagnostics]
    assert built_the_long_way(json.dumps(file)) == built(json.dumps(file))


@pytest.mark.parametrize(
    "file",
    [
        {"a": {"$type": "number", "$value": True}},
        {"a": {"$value": "{b}"}},
        {"a": {"$value": "{a}"}},
        {"a": {"$type": "color", "$value": "{b}"}, "b": {"$type": "number", "$value": 1}},
        {"ab": {"$type": "number", "$value": 1}, "aB": {"$type": "number", "$value": 1}},
        {"a": {"$type": "number", "$value": 1, "$deprecated": True}},
        {"$description": "x", "a": {"$type": "number", "$value": 1}},
        {"a": {"$value": 1}},
        {"½½": {"$type": "number", "$value": 1}, "-": {"$type": "number", "$value": 1}},
    ],
)
def test_what_needs_a_closer_look_takes_the_long_way(file):
    assert plain(file) is None


def test_a_group_that_was_read_before_is_told_from_one_that_python_calls_equal():
    """1, 1.0 and true are equal to Python, and so are 0.0 and -0.0."""
    for value in (1, True, 1.0, 0.0, -0.0, False):
        text = json.dumps({"a": {"$type": "number", "b": {"$value": value}}})
        assert built_the_long_way(text) == built(text)
        assert bool(built(text)[0]) is not isinstance(value, bool)


def test_a_chain_that_leads_backward_does_not_take_a_pass_for_each_link():
    """The long way takes it: it has a path of its own for such."""
    chain = {f"t{number}": {"$value": f"{{t{number + 1}}}"} for number in range(3000)}
    file = {**chain, "t3000": {"$type": "color", "$value": SRGB}}
    assert plain(file) is None
    assert 3001 == built(json.dumps(file), targets=TARGETS[:1])[2]


BLUE, GREEN = SRGB, {"colorSpace": "srgb", "components": [0, 1, 0.25]}
LINE = {"color": "{color.text}", "width": PX, "style": "solid"}
SYSTEM = {
    "color": {"$type": "color", "a": {"$value": BLUE}, "b": {"$value": FAR}, "text": {"$value": "{color.a}"}},
    "line": {"$type": "border", "a": {"$value": LINE}},
    "text": {"$type": "typography", "a": {"$value": TEXT}},
    "move": {"$type": "transition", "a": {"$value": {"duration": MS, "delay": MS, "timingFunction": [0, 0, 1, 1]}}},
    "role": {"text": {"$value": "{color.text}", "$description": "x"}, "line": {"$value": "{line.a}"}},
}
"""What the brands below have in common."""


def color(**values):
    return {"color": {"$type": "color", **{name: {"$value": value} for name, value in values.items()}}}


@pytest.mark.parametrize(
    "brand",
    [
        {**SYSTEM, **color(a=GREEN, b=FAR, text="{color.a}")},
        {**SYSTEM, **color(a=FAR, b=BLUE, text="{color.a}")},
        {**SYSTEM, **color(a=BLUE, b=FAR, text="{color.b}")},
        {**SYSTEM, "role": {"text": {"$value": "{color.b}"}, "line": {"$value": "{line.a}"}}},
        {**SYSTEM, **color(a=BLUE, b=FAR, text=GREEN)},
        {**SYSTEM, **color(a="{color.text}", b=FAR, text=BLUE)},
        {**SYSTEM, **color(a=BLUE, b=FAR, text="{color.c}")},
        {**SYSTEM, **color(a="{color.text}", b=FAR, text="{color.a}")},
        {**SYSTEM, **color(a={**BLUE, "alpha": 0.5}, b={**FAR, "hex": "#000000"}, text="{color.a}")},
        {**SYSTEM, "color": {**SYSTEM["color"], "a": {"$value": BLUE, "$description": "y"}}},
        {**SYSTEM, "color": {**SYSTEM["color"], "text": {"$value": "{color.a}", "$type": "color"}}},
        {**SYSTEM, "color": {**SYSTEM["color"], "text": {"$value": "{color.a}", "$type": "dimension"}}},
        {**SYSTEM, "color": {**SYSTEM["color"], "text": {"$value": PX, "$type": "dimension"}}},
        {**SYSTEM, "line": {"$type": "border", "a": {"$value": {**LINE, "color": BLUE, "style": "dashed"}}}},
        {**SYSTEM, "line": {"$type": "border", "a": {"$value": {**LINE, "color": "{color.b}"}}}},
        {**SYSTEM, "line": {"$type": "border", "a": {"$value": {**LINE, "color": {**FAR, "hex": "#123456"}}}}},
        {**SYSTEM, **color(a=BLUE, b={**FAR, "hex": "#123456"}, text="{color.a}")},
        {**SYSTEM, "line": {"$type": "border", "a": {"$value": {**LINE, "color": BLUE, "width": "{color.text}"}}}},
        {**SYSTEM, "line": {"$type": "shadow", "a": {"$value": {**LAYER, "color": "{color.text}"}}}},
        {**SYSTEM, "line-a-width": {"$type": "dimension", "$value": PX}},
        {**SYSTEM, "line": {**SYSTEM["line"], "a-width": {"$type": "dimension", "$value": PX}}},
        {"other": SYSTEM["color"], **SYSTEM},
        {"color": {"$type": "color", "color": SYSTEM["color"], **SYSTEM["color"]}, "line": SYSTEM["line"]},
        {"color": {"$type": "color", "a": {"$value": BLUE}, "b": {"$value": FAR}}},
        dict(reversed(SYSTEM.items())),
    ],
)
def test_what_a_brand_has_otherwise_than_the_one_before_is_made_anew(brand):
    """A value, a reference or its target, a type, a name that is taken, a group that stands elsewhere; and back."""
    for file in (SYSTEM, brand, SYSTEM, brand, brand):
        assert built_the_long_way(json.dumps(file), targets=TARGETS[:2]) == built(json.dumps(file), targets=TARGETS[:2])


@pytest.mark.parametrize(
    "other",
    [
        {"a": {"$value": GREEN}, "b": {"$value": FAR}, "$type": "color"},
        {"$type": "color", "b": {"$value": GREEN}, "a": {"$value": FAR}},
        {"$type": "color", "a": {"b": {"$value": GREEN}}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": GREEN, "$description": "x"}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": {**GREEN, "alpha": 0.5}}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": "{g.b}"}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": {**GREEN, "components": [2, 0, 0]}}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": None}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$ref": "#/g/b"}, "b": {"$value": FAR}},
        {"$type": "number", "a": {"$value": 1}, "b": {"$value": 2}},
        {"$type": "number", "a": {"$value": GREEN}, "b": {"$value": FAR}},
        {"a": {"$value": GREEN}, "b": {"$value": FAR}},
        {"$type": "color", "a": {"$value": GREEN}, "b": {"$value": FAR}, "$description": "x"},
    ],
)
def test_a_group_of_colors_is_told_from_others_of_its_names(other):
    """A group of nothing but colours shares what its tokens are called with the one before; and back."""
    for group in ({"$type": "color", "a": {"$value": BLUE}, "b": {"$value": GREEN}}, other) * 2:
        text = json.dumps({"g": group})
        assert built_the_long_way(text, targets=TARGETS[:2]) == built(text, targets=TARGETS[:2])


COLORS = st.sampled_from([SRGB, GREEN, FAR, "{a.color}", "{b.color}", "{a.color}", "{a.size}"])
SIZES = st.sampled_from([PX, PX, {"value": 2, "unit": "rem"}, "{a.size}", "{b.size}"])
GROUP = st.fixed_dictionaries(
    {
        "color": COLORS,
        "size": SIZES,
        "line": st.fixed_dictionaries({"color": COLORS, "width": SIZES, "style": st.just("solid")}),
        "shadow": st.fixed_dictionaries({**dict.fromkeys(LAYER, SIZES), "color": COLORS}),
    }
)
TYPES = {"color": "color", "size": "dimension", "line": "border", "shadow": "shadow"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(GROUP, GROUP), min_size=2, max_size=4))
def test_brands_in_a_row_are_built_as_each_alone(brands):
    for groups in brands:
        file = {
            name: {part: {"$type": TYPES[part], "$value": value} for part, value in group.items()}
            for name, group in zip("ab", groups, strict=True)
        }
        assert built_the_long_way(json.dumps(file), targets=TARGETS[:2]) == built(json.dumps(file), targets=TARGETS[:2])


def test_of_the_same_tokens_only_other_values_are_made(monkeypatch):
    """Otherwise the laws above would say nothing of what is shared."""
    built(json.dumps(SYSTEM), targets=TARGETS[:1])
    monkeypatch.setattr(plain_tokens, "_made", None)
    monkeypatch.setattr(one_mode, "_made", None)
    declare, declared = one_mode._declared_anew, []

    def kept(*given, **more):
        declared.append(declare(*given, **more))
        return declared[-1]

    monkeypatch.setattr(one_mode, "_declared_anew", kept)
    built(json.dumps({**SYSTEM, **color(a=GREEN, b=FAR, text="{color.a}")}), targets=TARGETS[:1])
    assert [["--tk-color-a", "--tk-color-b", "--tk-line-a-color"]] == [list(each.texts) for each in declared]


def resolver_of(contexts):
    """A resolver document with a modifier, each of whose contexts is a list of objects of tokens."""
    return {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
        "modifiers": {"theme": {"contexts": contexts, "default": next(iter(contexts))}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
    }


def in_contexts(base, contexts, *, targets=TARGETS[:2]):
    files = {"base.json": json.dumps(base, indent=1), "r.json": json.dumps(resolver_of(contexts), indent=1)}
    project = TokenProject(resolver=PurePosixPath("r.json"), contexts={"theme": ("*",)})
    report = build_tokens(MemoryHost(files), project, targets=targets, prefix="tk")
    return report.artifacts, report.diagnostics, report.count, report.modes


OVERLAYS = [
    color(a=GREEN),
    color(b=GREEN, text="{color.b}"),
    color(a={"colorSpace": "oklch", "components": [0.5, 0.39, 20]}),
    {"color": {"a": {"$value": GREEN, "$description": "other"}}},
    {"text": {"a": {"$value": TEXT}}, **color(text=BLUE)},
    color(c=GREEN),
    color(a="{color.c}"),
    {"color": {"a": {"$value": PX, "$type": "dimension"}}},
    {"role": {"text": {"$value": PX, "$type": "dimension"}}},
    {"line": {"a": {"b": {"$value": PX, "$type": "dimension"}}}},
    {"line-a": {"width": {"$value": PX, "$type": "dimension"}}},
    {"color": {"$description": "said of a group"}},
    {},
]


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("names", [("light", "dark", "light-contrast"), ("one", "other", "third")])
def test_contexts_are_built_as_on_the_long_way(overlay, names, monkeypatch):
    """Plain ones with the same tokens, and those of which one is neither."""
    contexts = dict(zip(names, ([], [overlay], [color(a=FAR), overlay]), strict=True))
    found = in_contexts(SYSTEM, contexts)
    monkeypatch.setattr(token_contexts, "_plain", lambda _: None)
    assert in_contexts(SYSTEM, contexts) == found


def test_plain_contexts_take_the_short_way(monkeypatch):
    monkeypatch.setattr(context_sets, "read_tokens", None)
    artifacts, (warning, *_), count, modes = in_contexts(SYSTEM, {"light": [], "dark": [color(a=FAR)]})
    assert (8, ("light", "dark")) == (count, modes)
    assert ("base.json", "r.json") == (str(warning.place.path), str(_[0].place.path))
    assert "--tk-color-a:#80ff00" in artifacts[1].content.decode()


@pytest.mark.parametrize("overlay", [color(a=FAR), color(c=GREEN), {"color": 1}])
def test_what_was_read_is_let_go_of_without_a_sweep(overlay):
    """Else a process that builds a hundred brands keeps the documents of many. Plain, unusual, and with a mistake."""
    gc.collect()
    gc.disable()
    try:
        in_contexts(SYSTEM, {"light": [], "dark": [overlay]})
        left = [each for each in gc.get_objects() if isinstance(each, Documents)]
    finally:
        gc.enable()
    assert [] == left


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_files_over_one_another_are_built_as_on_the_long_way(overlay, monkeypatch):
    def both():
        host = MemoryHost({"a.json": json.dumps(SYSTEM), "b.json": json.dumps(overlay, indent=2)})
        project = TokenProject((PATH, PurePosixPath("b.json")))
        report = build_tokens(host, project, targets=TARGETS[:2], prefix="tk")
        return report.artifacts, report.diagnostics, report.count, report.modes

    found = both()
    monkeypatch.setattr(token_contexts, "_plain", lambda _: None)
    assert both() == found
