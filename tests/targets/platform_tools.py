"""The real tools of the platforms, where they are installed (.ci/tools.sh), and token sets to try them with."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_dart
import tree_sitter_kotlin
import tree_sitter_swift
from themes import options

from themekit.model import (
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    Mode,
    ResolvedToken,
    ResolvedTokens,
    ShadowLayer,
    StrokeStyle,
    TokenId,
    TransitionValue,
    TypographyValue,
)
from themekit.plugins import targets

HERE = Path(__file__).parent
NPM = HERE / "npm" / "node_modules"
JARS = HERE / "kotlin" / "jars"
TSC = HERE.parent / "sdk" / "typescript" / "node_modules" / ".bin" / "tsc"
TIMEOUT_S = 240  # a bound against hanging: the Kotlin compiler takes 17 s of processor time
GRAMMARS = {"swift": tree_sitter_swift, "kotlin": tree_sitter_kotlin, "dart": tree_sitter_dart}


def npm_tool(name):
    """The command of an npm package."""
    found = NPM / ".bin" / name
    if not found.exists():
        pytest.skip(f"{name} is not installed: run .ci/tools.sh")
    return str(found)


def tsc():
    """The TypeScript compiler of the SDK's tests."""
    if not TSC.exists():
        pytest.skip("the TypeScript compiler is not installed: run .ci/tools.sh")
    return str(TSC)


def program(name):
    """A program of the system."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: run .ci/tools.sh")
    return found


def run(*command, cwd, text=None):
    """What the command prints; it has to end well."""
    done = subprocess.run(
        command,
        cwd=cwd,
        input=text,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    assert 0 == done.returncode, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def target(name):
    """The target of this name."""
    return next(each for each in targets() if each.name == name)


def written(name, tokens, folder, **settings):
    """The target's files below the folder; the folder of the target."""
    chosen = options(target(name))
    chosen = type(chosen)(chosen.prefix, chosen.sources, settings=tuple(settings.items()))
    for each in target(name).emit(tokens if target(name).per_brand else ResolvedTokens(()), chosen):
        path = folder / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.content)
    return folder / "theme" / name


def syntax_errors(language, text):
    """The lines that the grammar of the language cannot read."""
    parser = tree_sitter.Parser(tree_sitter.Language(GRAMMARS[language].language()))
    content = text.encode()
    wrong, pending = [], [parser.parse(content).root_node]
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            wrong.append(content.split(b"\n")[node.start_point[0]].decode())
        pending.extend(node.children)
    return wrong


NASTY = (
    "a\"b'c`d\\e */ /* <!-- --> ${f} #{g} \\(h) @{i} {{ brand.name }} {% if x %} </style></script>]]> &amp; "
    "\n// j\r\u2028k\u202el\x00m\x1b[31m ; } ) ] | # * _ -- \t$n %s é 東京 😀 \\"
)
"""What ends a string, a comment, a rule or a line in one of the formats, begins an interpolation, or is not seen."""
HOSTILE_MODES = (Mode.LIGHT, Mode.DARK, NASTY, "__proto__", "class", "2 x", "é")


@cache
def hostile():
    """A token of each type with hostile names, texts and modes."""
    names = [
        'a"};alert(1)//*/',
        "größe.2XL</style>",
        "class.default.${x}",
        "con",
        "__proto__.constructor",
        "1.5.{{ y }}",
        "東京.$root",
        "x\n\u2028y",
        "modes",
        "tokens",
        "z" * 60,
        "A.B'`c",
        "import",
    ]
    color, wide = Color("srgb", (0.1, 0.2, 0.3), 0.5), Color("display-p3", (0.0, 1.0, 0.0))
    px, rem = Dimension(-1.5, "px"), Dimension(1e-7, "rem")
    stroke = StrokeStyle(None, (px, rem), "square")
    families = FontNames((NASTY, "Inter"))
    values = [
        ("color", color),
        ("dimension", rem),
        ("fontFamily", families),
        ("fontWeight", 450.5),
        ("duration", Duration(0.0005, "s")),
        ("cubicBezier", CubicBezier((0.0, -2.5, 1.0, 3.0))),
        ("number", 1e20),
        ("strokeStyle", stroke),
        ("border", BorderValue(wide, px, stroke)),
        ("transition", TransitionValue(Duration(1.0, "s"), Duration(-1.0, "ms"), CubicBezier((0.0, 0.0, 1.0, 1.0)))),
        ("shadow", (ShadowLayer(color, px, px, rem, px), ShadowLayer(wide, px, px, px, px, inset=True))),
        ("gradient", (GradientStop(color, 0.0), GradientStop(wide, 1.0))),
        ("typography", TypographyValue(families, Dimension(1.0, "rem"), 400.0, px, 1.5)),
    ]
    count = len(HOSTILE_MODES)
    tokens = [
        ResolvedToken(TokenId(name), kind, (value,) * count, (None,) * count, NASTY, NASTY)
        for name, (kind, value) in zip(names, values, strict=True)
    ]
    other = Color("srgb", (1.0, 1.0, 1.0))
    varied = tuple(color if index % 2 else other for index in range(count))
    tokens.append(ResolvedToken(TokenId("v.a"), "color", varied, (None,) * count, NASTY))
    tokens.append(ResolvedToken(TokenId("v.b"), "color", varied, (TokenId("v.a"),) * count, NASTY))
    return ResolvedTokens(tuple(tokens), HOSTILE_MODES)
