"""Names that languages and platforms have themselves: they get an underscore, and no other token has that name."""

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from platform_tools import npm_tool, program, run, syntax_errors, target, tsc
from themes import emitted

from themekit.model import Color, Dimension, Mode, ResolvedToken, ResolvedTokens, TokenId
from themekit.model.token_names import Casing, css_name
from themekit.render import reserved_names
from themekit.render.identifiers import code_name, own_name

SETS = {
    "flutter": reserved_names.DART_MEMBERS,
    "compose": reserved_names.KOTLIN_MEMBERS,
    "javascript": reserved_names.JAVASCRIPT_MEMBERS,
    "react-native": reserved_names.JAVASCRIPT_MEMBERS,
    "swift": reserved_names.SWIFT_NAMES,
    "swiftui": reserved_names.SWIFT_NAMES,
}
EVERY = sorted(set().union(*SETS.values()))
WORDS = (
    "default class in null constructor __proto__ 2xl import await self init Type of dynamic late open val fun "
    "hash code to string has own property did set will value notify all mode modes tokens 0 1"
).split()
PAIRS = [(name, kind) for kind, names in SETS.items() for name in sorted(names)]
RED, BLUE = Color("srgb", (1.0, 0.0, 0.0)), Color("srgb", (0.0, 0.0, 1.0))


def parts(name):
    """Prefix and token that make this name in camelCase."""
    first, *others = re.findall(r"[A-Z]?[a-z]+|\d+", name)
    return first, TokenId("-".join(others).lower())


def one_and_alias(token_id):
    """The token, whose value differs in dark mode, and one that refers to it: its body is the name alone."""
    modes = (Mode.LIGHT, Mode.DARK)
    return ResolvedTokens(
        (
            ResolvedToken(token_id, "color", (RED, BLUE), (None, None)),
            ResolvedToken(TokenId(f"other.{token_id}"), "color", (RED, BLUE), (token_id, token_id)),
        ),
        modes,
    )


def text_of(kind, token_id, prefix):
    return "\n".join(emitted(target(kind), one_and_alias(token_id), prefix).values())


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_a_reserved_name_gets_an_underscore(name, kind):
    prefix, token_id = parts(name)
    assert name == code_name(Casing.CAMEL, token_id, prefix=prefix)
    text = text_of(kind, token_id, prefix)
    assert re.search(rf"\b{name}_\b", text)
    assert None is re.search(rf"(get|val|var|const|readonly|exports\.) ?{name}\b", text)
    assert None is re.search(rf"{{ {name} }}", text)


NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
PREFIX = st.sampled_from("to hash has value did will no run notify tk mode dark system of x".split())


@given(prefix=PREFIX, one=NAME, other=NAME, reserved=st.sets(st.sampled_from(EVERY)))
def test_the_underscore_makes_no_two_names_one(prefix, one, other, reserved):
    one, other = TokenId(".".join(one)), TokenId(".".join(other))
    plain = [code_name(Casing.CAMEL, each, prefix=prefix) for each in (one, other)]
    assume(plain[0] != plain[1])
    names = [own_name(Casing.CAMEL, each, prefix=prefix, reserved=reserved) for each in (one, other)]
    assert names[0] != names[1]
    assert set() == set(names) & reserved


KEYWORDS = [TokenId(word) for word in dict.fromkeys(WORDS)]
GRAMMARS = [("swift", "swift"), ("swiftui", "swift"), ("compose", "kotlin"), ("flutter", "dart")]


def keyword_tokens():
    """Tokens named like words of languages, each alone and below one another."""
    ids = [*KEYWORDS, TokenId("toString.call"), TokenId("a.class.b")]
    return ResolvedTokens(
        tuple(ResolvedToken(each, "color", (RED, BLUE), (None, None)) for each in ids), (Mode.LIGHT, Mode.DARK)
    )


@pytest.mark.parametrize("prefix", ["tk", "to", "mode", "hash", "font", "did"])
@pytest.mark.parametrize(("kind", "language"), GRAMMARS)
def test_grammars_read_names_of_keywords(kind, language, prefix):
    (text,) = emitted(target(kind), keyword_tokens(), prefix).values()
    assert [] == syntax_errors(language, text)
    names = re.findall(r"(?:get|val|var) (\w+)(?: =>|:)", text)
    assert set() == set(names) & SETS[kind]


@pytest.mark.parametrize("prefix", ["tk", "to", "mode", "has", "value"])
def test_modules_have_each_name_once(prefix, tmp_path):
    """`mode` and `0` were the name of a constant of the module's own."""
    found = emitted(target("javascript"), keyword_tokens(), prefix)
    for name, text in found.items():
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    show = "process.stdout.write(JSON.stringify(Object.keys(all)))"
    node = program("node")
    esm = run(node, "--input-type=module", cwd=tmp_path, text=f'import * as all from "{tmp_path}/tokens.mjs"; {show}')
    assert len(keyword_tokens().tokens) + 1 == len(json.loads(esm))


@pytest.mark.slow
def test_types_of_names_of_keywords(tmp_path):
    files = []
    for prefix in ("tk", "to", "mode", "has", "value"):
        text = emitted(target("javascript"), keyword_tokens(), prefix)["tokens.d.mts"]
        files.append(tmp_path / f"{prefix}.d.mts")
        files[-1].write_text(text, encoding="utf-8")
    run(tsc(), "--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", *map(str, files), cwd=tmp_path)


AT_RULES = [("font", "face"), ("counter", "style"), ("view", "transition"), ("custom", "media"), ("media", "x")]


@pytest.mark.parametrize("tool", ["lessc", "sass", "stylus"])
def test_sheets_with_names_of_at_rules(tool, tmp_path):
    """`@font-face: …` is a variable to Less."""
    kind = {"lessc": "less", "sass": "scss", "stylus": "stylus"}[tool]
    lines = []
    for prefix, word in AT_RULES:
        tokens = ResolvedTokens(
            (ResolvedToken(TokenId(word), "color", (RED, BLUE), (None, None)), *keyword_tokens().tokens),
            (Mode.LIGHT, Mode.DARK),
        )
        (text,) = emitted(target(kind), tokens, prefix).values()
        sign = "@" if tool == "lessc" else "$"
        lines += [text, f"a {{ {prefix}: {sign}{prefix}-{word}; }}\n"]
    file = tmp_path / f"main.{ {'lessc': 'less', 'sass': 'scss', 'stylus': 'styl'}[tool] }"
    file.write_text("\n".join(lines), encoding="utf-8")
    command = {"lessc": ["main.less"], "sass": ["main.scss"], "stylus": ["--print", "main.styl"]}[tool]
    found = run(npm_tool(tool), *command, cwd=tmp_path)
    for prefix, word in AT_RULES:
        assert f"{prefix}: var(--{prefix}-{word})" in found


def theme_names(*ids):
    """The names of Tailwind's theme for colours and lengths of these ids."""
    px = Dimension(3.0, "px")
    tokens = [
        ResolvedToken(TokenId(each), "color", (RED,), (None,))
        if each.startswith("color")
        else ResolvedToken(TokenId(each), "dimension", (px,), (None,))
        for each in ids
    ]
    (text,) = emitted(target("tailwind"), ResolvedTokens(tuple(tokens), (Mode.LIGHT,))).values()
    return dict(reversed(pair) for pair in re.findall(r"^  --([\w-]+): var\(--tk-([\w-]+)\);", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("token_id", "name"),
    [
        ("color.brand", "color-brand"),
        ("color.current", "color-color-current"),
        ("color.base", "color-color-base"),
        ("color.x", "color-color-x"),
        ("color.4", "color-color-4"),
        ("space.4", "spacing-4"),
        ("space.full", "spacing-space-full"),
        ("space.auto", "spacing-space-auto"),
    ],
)
def test_no_class_of_tailwind_is_taken(token_id, name):
    assert {token_id.replace(".", "-"): name} == theme_names(token_id)


@pytest.mark.parametrize(
    ("token_id", "name"),
    [
        ("acme.border.radius.s", "radius-acme-border-radius-s"),
        ("sl-font-size-small", "text-sl-font-size-small"),
        ("sl.letterSpacing.loose", "tracking-sl-letter-spacing-loose"),
        ("bs.breakpoint.md", "breakpoint-bs-breakpoint-md"),
        ("radius", "radius-radius"),
        ("acme.radiusless", "spacing-acme-radiusless"),
    ],
)
def test_what_a_length_is_may_be_said_further_in(token_id, name):
    """Libraries begin all names with their own: corners and sizes of text were spacing, `p-sl-border-radius-small`."""
    assert {css_name(TokenId(token_id)): name} == theme_names(token_id)


@pytest.mark.parametrize("ids", [("color.big", "font.size.big"), ("font.size.big", "color.big")])
def test_a_colour_and_a_size_have_no_class_in_common(ids):
    """`text-big` would be both."""
    found = theme_names(*ids)
    assert 2 == len({name.removeprefix("color-").removeprefix("text-") for name in found.values()})
