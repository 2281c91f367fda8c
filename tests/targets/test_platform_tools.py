"""The files of each platform, compiled or read by a real tool of it: themes, small sets, and hostile ones."""

import json
import re
from xml.etree import ElementTree as ET  # the name that ruff asks for

import pytest
import tinycss2
from platform_tools import JARS, NPM, hostile, npm_tool, program, run, syntax_errors, target, tsc, written
from themes import mini, options, theme

from themekit.model import Color, Mode, ResolvedTokens, TokenId
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.identifiers import code_name
from themekit.render.leaves import leaves
from themekit.render.same_css import first_difference

SETS = {"mini": mini, "yellow": lambda: theme("yellow"), "hostile": hostile}
every_set = pytest.mark.parametrize("tokens", SETS.values(), ids=SETS.keys())
COLOR = TokenId("color.page")


def values_in(css_text, selector):
    """Name to text of the declarations of a rule."""
    for rule in tinycss2.parse_stylesheet(css_text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == selector:
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            return {each.name: tinycss2.serialize(each.value).strip() for each in found}
    raise AssertionError(selector)


@every_set
def test_less(tokens, tmp_path):
    """Each variable is a custom property, and Less can compute with the colours of a mode."""
    folder = written("less", tokens(), tmp_path)
    names = re.findall(
        r"^@([\w-]+): (?:var|~)", folder.joinpath("tokens.less").read_text(encoding="utf-8"), re.MULTILINE
    )
    uses = "".join(f"  --p{number}: @{{{name}}};\n" for number, name in enumerate(names))
    computed = f"b {{ c: fade(@tk-dark[{key(tokens())}], 50%) }}\n"
    tmp_path.joinpath("main.less").write_text(f'@import "{folder}/tokens.less";\na {{\n{uses}}}\n{computed}')
    found = run(npm_tool("lessc"), "main.less", cwd=tmp_path)
    assert [f"var(--{name})" for name in names if name.isascii() and "__" not in name] == [
        text for text in values_in(found, "a").values() if text.isascii()
    ]
    assert values_in(found, "b")["c"].startswith("rgba(")


def key(tokens):
    """The name of the first colour, as maps have it."""
    return code_name(Casing.KEBAB, tokens.of("color")[0].id, prefix="tk").removeprefix("tk-")


@every_set
def test_stylus(tokens, tmp_path):
    """Each variable is a custom property, and Stylus can compute with the colours of a mode."""
    folder = written("stylus", tokens(), tmp_path)
    text = folder.joinpath("tokens.styl").read_text(encoding="utf-8")
    names = re.findall(r"^\$([\w-]+) = (?:var|unquote)", text, re.MULTILINE)
    hash_name = re.findall(r"^\$([\w-]+) = {", text, re.MULTILINE)[0]
    uses = "".join(f"  p{number}: ${name}\n" for number, name in enumerate(names))
    main = f"@import '{folder}/tokens.styl'\na\n{uses}b\n  c: rgba(${hash_name}.dark['{key(tokens())}'], .5)\n"
    tmp_path.joinpath("main.styl").write_text(main)
    found = run(npm_tool("stylus"), "--print", "main.styl", cwd=tmp_path)
    plain = [f"var(--{name})" for name in names if "__" not in name]
    assert plain == [text for text in values_in(found, "a").values() if text.isascii()]
    assert len(names) == len(values_in(found, "a"))
    assert values_in(found, "b")["c"].startswith("rgba(")


SHOW = "process.stdout.write(JSON.stringify(Object.entries(all)))"


@every_set
def test_javascript(tokens, tmp_path):
    """Both kinds of module say the same; each mode has the values of the JSON target."""
    folder = written("javascript", tokens(), tmp_path)
    node = program("node")
    esm = run(node, "--input-type=module", cwd=folder, text=f'import * as all from "{folder}/tokens.mjs"; {SHOW}')
    cjs = run(node, "--input-type=commonjs", cwd=folder, text=f'const all = require("{folder}/tokens.cjs"); {SHOW}')
    found = dict(json.loads(esm))
    assert found == dict(json.loads(cjs))
    modes = next(value for value in found.values() if isinstance(value, dict))
    assert list(tokens().modes) == list(modes)
    for index, mode in enumerate(tokens().modes):
        expected = {
            code_name(Casing.CAMEL, token.id, prefix="tk"): css.text_of(token.values[index], paint=css.exact_color)
            for token in tokens()
        }
        assert expected == modes[mode]
    assert len(tokens().tokens) + 1 == len(found)


@every_set
@pytest.mark.parametrize("name", ["javascript", "react-native"])
def test_types(name, tokens, tmp_path):
    """The types are read by the compiler under its strictest rules, and what they declare is what is there."""
    folder = written(name, tokens(), tmp_path)
    modes = re.findall(r"export declare const (\w+): {", next(folder.glob("*.d.*ts")).read_text(encoding="utf-8"))[-1]
    use = tmp_path / "use.mts"
    module = "javascript/tokens.mjs" if name == "javascript" else "react-native/tokens.js"
    one = code_name(Casing.CAMEL, tokens().tokens[0].id, prefix="tk")
    use.write_text(
        f'import {{ {modes} }} from "./theme/{module}";\nconst one: string = {modes}.light.{one};\n'
        f"// @ts-expect-error\n{modes}.light.{one}Not;\n// @ts-expect-error\n{modes}.light.{one} = one;\n"
    )
    strict = ("--strict", "--noEmit", "--module", "nodenext", "--target", "es2022")
    run(tsc(), *strict, *map(str, folder.glob("*.d.*ts")), str(use), cwd=tmp_path)


@every_set
def test_react_native(tokens, tmp_path):
    """Values are what style properties take: numbers for lengths, hex for colours, a family for a style of text."""
    folder = written("react-native", tokens(), tmp_path)
    text = f'import * as all from "{folder}/tokens.js"; {SHOW}'
    folder.joinpath("package.json").write_text('{"type": "module"}')
    ((_, modes),) = json.loads(run(program("node"), "--input-type=module", cwd=folder, text=text))
    assert list(tokens().modes) == list(modes)
    for index, mode in enumerate(tokens().modes):
        for token in tokens():
            value, shown = token.values[index], modes[mode][code_name(Casing.CAMEL, token.id, prefix="tk")]
            if token.type == "color":
                assert css.hex_color(value) == shown
            elif token.type == "fontFamily":
                assert list(value.names) == shown
            elif token.type == "dimension":
                assert pytest.approx(value.value * (16 if value.unit == "rem" else 1), abs=1e-4) == shown
            elif token.type == "typography":
                assert value.family.names[0] == shown["fontFamily"]


CLASSES = {
    "bg-page": "background-color: var(--tk-color-page)",
    "text-link/50": "var(--tk-color-link) 50%",
    "p-s": "padding: var(--tk-space-s)",
    "font-body": "font-family: var(--tk-font-body)",
    "text-body": "font-size: var(--tk-body-font-size)",
    "shadow-lift": "var(--tk-lift)",
    "ease-ease": "transition-timing-function: var(--tk-ease)",
    "tk-edge": "border: var(--tk-edge)",
    "hover:tk-sky": "background-image: linear-gradient(var(--tk-sky))",
    "dark:bg-text": '[data-tk-mode^="dark"]',
}


def tailwind(folder, *sheets, classes):
    """What Tailwind makes of the sheets for these classes."""
    npm_tool("tailwindcss")
    lines = ['@import "tailwindcss" source(none);', *(f'@import "{sheet}";' for sheet in sheets)]
    lines.append(f'@source inline("{" ".join(classes)}");')
    folder.joinpath("main.css").write_text("\n".join(lines), encoding="utf-8")
    link = folder / "node_modules"
    if not link.exists():
        link.symlink_to(NPM)
    return run(npm_tool("tailwindcss"), "-i", "main.css", cwd=folder)


def test_tailwind(tmp_path):
    folder = written("tailwind", mini(), tmp_path)
    found = tailwind(tmp_path, f"{folder}/theme.css", classes=[*CLASSES, "bg-red-500"])
    for name, text in CLASSES.items():
        assert text in found, name
    assert "--color-red-500" in found


@every_set
def test_tailwind_reads_every_theme(tokens, tmp_path):
    """And without its palette, where a brand wants none."""
    folder = written("tailwind", tokens(), tmp_path, palette="replace")
    found = tailwind(tmp_path, f"{folder}/theme.css", classes=["bg-red-500", "underline"])
    assert "underline" in found
    assert "red-500" not in found


def test_shadcn_variables_are_utilities_of_tailwind(tmp_path):
    folder = written("shadcn", theme("violet"), tmp_path)
    found = tailwind(tmp_path, f"{folder}/shadcn.css", classes=["bg-primary", "text-muted-foreground", "rounded-lg"])
    assert "background-color: var(--primary)" in found
    assert "color: var(--muted-foreground)" in found
    assert "border-radius: var(--tk-radius-l)" in found
    assert "--primary: var(--tk-color-solid)" in found


def test_bootstrap(tmp_path):
    """Bootstrap's own Sass with our variables gives our colours, and buttons whose text can be read."""
    folder = written("bootstrap", theme("violet"), tmp_path)
    tmp_path.joinpath("main.scss").write_text(f'@import "{folder}/variables";\n@import "bootstrap/scss/bootstrap";\n')
    found = run(npm_tool("sass"), "--quiet", "--load-path", str(NPM), "main.scss", cwd=tmp_path)
    for mode, selector in ((Mode.LIGHT, ":root,\n[data-bs-theme=light]"), (Mode.DARK, "[data-bs-theme=dark]")):
        colors, variables = theme("violet").in_mode(mode), values_in(found, selector)
        expected = {
            "--bs-body-bg": "page",
            "--bs-body-color": "text",
            "--bs-link-color": "link",
            "--bs-border-color": "border",
            "--bs-primary-bg-subtle": "primary.3",
            "--bs-danger-text-emphasis": "danger.12",
        }
        shown = {name: css.hex_color(colors[TokenId(f"color.{token}")]) for name, token in expected.items()}
        assert shown == {name: long_hex(variables[name]) for name in expected}
    for name in ("primary", "secondary", "success", "info", "warning", "danger"):
        button = values_in(found, f".btn-{name}")
        assert contrast(button["--bs-btn-color"], button["--bs-btn-bg"]) >= 4.5, name


@pytest.mark.parametrize("prefix", ["tk", "acme"])
def test_components_as_sass(prefix, tmp_path):
    """What a partner compiles is what we ship, and a part of it compiles alone."""
    chosen = options(target("components-scss"), prefix)
    for each in target("components-scss").emit(ResolvedTokens(()), chosen):
        path = tmp_path / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.content)
    sass = (npm_tool("sass"), "--quiet", "--no-charset", "--load-path", str(tmp_path / "theme" / "components-scss"))
    shipped = target("components").emit(ResolvedTokens(()), options(target("components"), prefix))[0].content.decode()
    assert None is first_difference(shipped, run(*sass, "--stdin", cwd=tmp_path, text='@import "components";'))
    part = run(*sass, "--stdin", cwd=tmp_path, text='@import "tools", "components/button";')
    assert f".{prefix}-button" in part
    assert f".{prefix}-card" not in part


def long_hex(text):
    digits = text.removeprefix("#")
    return f"#{''.join(digit * 2 for digit in digits)}" if len(digits) == 3 else text


def contrast(text, ground):
    from themekit.resolve.luminance import ratio

    rgb = [tuple(int(long_hex(each)[at : at + 2], 16) for at in (1, 3, 5)) for each in (text, ground)]
    return ratio(*rgb)


@pytest.mark.parametrize("tokens", [mini, SETS["yellow"]], ids=["mini", "yellow"])
def test_kotlin_is_read(tokens, tmp_path):
    """By a grammar, which stumbles over strings that the compiler reads: hostile ones are for the compiler alone."""
    assert [] == syntax_errors(
        "kotlin", written("compose", tokens(), tmp_path).joinpath("Tokens.kt").read_text("utf-8")
    )


def test_kotlin_compiles_with_compose(tmp_path):
    """By the Kotlin compiler, against the classes of Compose: all sets in one run, as it takes 17 s to think."""
    java = program("java")
    if not JARS.is_dir():
        pytest.skip("the Kotlin compiler is not installed: run .ci/tools.sh")
    files = []
    for name, tokens in SETS.items():
        folder = written("compose", tokens(), tmp_path / name, package=f"themekit.{name}")
        files.append(str(folder / "Tokens.kt"))
    path = ":".join(map(str, sorted(JARS.glob("*.jar"))))
    compiler = ("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect", "-nowarn")
    run(java, "-cp", path, *compiler, "-cp", path, "-d", str(tmp_path / "classes"), *files, cwd=tmp_path)
    assert tmp_path.joinpath("classes/themekit/yellow/TkTokensDark.class").is_file()


@every_set
@pytest.mark.parametrize("name", ["swift", "swiftui"])
def test_swift_is_read(name, tokens, tmp_path):
    """By a grammar only: no Swift compiler can be had here."""
    assert [] == syntax_errors("swift", written(name, tokens(), tmp_path).joinpath("Tokens.swift").read_text("utf-8"))


@every_set
def test_dart_is_read(tokens, tmp_path):
    """By a grammar only: no Dart compiler can be had here."""
    assert [] == syntax_errors(
        "dart", written("flutter", tokens(), tmp_path).joinpath("tokens.dart").read_text("utf-8")
    )


@pytest.mark.parametrize(("language", "text"), [("swift", 'let a = "'), ("kotlin", "val a = )"), ("dart", "int a = ;")])
def test_a_grammar_sees_a_mistake(language, text):
    assert syntax_errors(language, text)


@every_set
def test_android_resources_are_xml(tokens, tmp_path):
    """With a resource for each member of each token, in names of letters, digits and underscores."""
    folder = written("android", tokens(), tmp_path)
    root = ET.parse(folder / "res/values/tk_tokens.xml").getroot()  # noqa: S314  # our own output
    names = [each.get("name") for each in root]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"tk_[a-z0-9_]+", name) for name in names)
    points = sum(leaf.type == "cubicBezier" for leaf in leaves(tokens())) * 3
    assert len(leaves(tokens())) + points == len(names)


@every_set
def test_android_resources_compile(tokens, tmp_path):
    """By aapt2, compiled and linked; what it shows is what was meant."""
    aapt2 = program("aapt2")
    folder = written("android", tokens(), tmp_path)
    tmp_path.joinpath("AndroidManifest.xml").write_text('<manifest package="example.tokens"/>')
    run(aapt2, "compile", "--dir", str(folder / "res"), "-o", "res.zip", cwd=tmp_path)
    run(aapt2, "link", "--manifest", "AndroidManifest.xml", "-o", "out.apk", "res.zip", cwd=tmp_path)
    shown = run(aapt2, "dump", "resources", "out.apk", cwd=tmp_path)
    first = tokens().of("color")[0]
    name = code_name(Casing.SNAKE, first.id, prefix="tk")
    digits = f"{css.hex_color(first.values[0])[1:]}ff"[:8]
    assert re.search(rf"resource 0x\w+ color/{name}\n\s+\(\) #{digits[6:]}{digits[:6]}", shown)


def test_android_families_read_back(tmp_path):
    """A family's name reaches the program as it is, whatever is in it; what no XML can hold is replaced."""
    aapt2 = program("aapt2")
    folder = written("android", hostile(), tmp_path)
    tmp_path.joinpath("AndroidManifest.xml").write_text('<manifest package="example.tokens"/>')
    run(aapt2, "compile", "--dir", str(folder / "res"), "-o", "res.zip", cwd=tmp_path)
    run(aapt2, "link", "--manifest", "AndroidManifest.xml", "-o", "out.apk", "res.zip", cwd=tmp_path)
    shown = run(aapt2, "dump", "strings", "out.apk", cwd=tmp_path)
    for part in ("*/ /* <!-- --> ${f} #{g} ", "@{i} {{ brand.name }}", "</style></script>]]> &amp; ", "é 東京 "):
        assert part in shown


FIGMA = """import type {{ PostVariablesRequestBody as Body }} from "{types}";
const body: Body = {json};
body;
"""


@every_set
def test_figma(tokens, tmp_path):
    """The body is of the type that Figma publishes, and refers only to what it makes."""
    types = NPM / "@figma" / "rest-api-spec" / "dist" / "api_types.ts"
    if not types.exists():
        pytest.skip("Figma's types are not installed: run .ci/tools.sh")
    text = written("figma", tokens(), tmp_path).joinpath("variables.json").read_text(encoding="utf-8")
    tmp_path.joinpath("body.ts").write_text(FIGMA.format(types=types, json=text), encoding="utf-8")
    strict = ("--strict", "--noEmit", "--skipLibCheck", "--allowImportingTsExtensions")
    run(tsc(), *strict, "--module", "esnext", "--moduleResolution", "bundler", "body.ts", cwd=tmp_path)
    body = json.loads(text)
    ids = [each["id"] for each in body["variables"]]
    names = [each["name"] for each in body["variables"]]
    assert len(ids) == len(set(ids)) == len(set(names)) == len(leaves(tokens()))
    assert not [name for name in names if re.search(r"[.{}]", name)]
    assert len(ids) * len(tokens().modes) == len(body["variableModeValues"])
    aliases = [each["value"]["id"] for each in body["variableModeValues"] if is_alias(each["value"])]
    assert aliases
    assert set(aliases) <= set(ids)


def is_alias(value):
    return isinstance(value, dict) and "type" in value


@every_set
def test_pictures_of_the_style_guide(tokens, tmp_path):
    """Each is XML, and each picture on the page is there."""
    folder = written("style-guide", tokens(), tmp_path)
    text = folder.joinpath("index.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\]\(([\w-]+\.svg)\)", text))
    assert {path.name for path in folder.glob("*.svg")} == shown
    for name in sorted(shown):
        ET.fromstring(folder.joinpath(name).read_text(encoding="utf-8"))  # noqa: S314  # our own output


def test_colour_sets_are_of_the_documented_form(tmp_path):
    """By hand: no tool for asset catalogues can be had here."""
    folder = written("xcassets", theme("wide"), tmp_path)
    files = sorted(folder.rglob("Contents.json"))
    assert len(files) > 100
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        assert {"author": "xcode", "version": 1} == document["info"]
        for each in document.get("colors", ()):
            assert each["color"]["color-space"] in {"srgb", "display-p3"}
            assert ["alpha", "blue", "green", "red"] == list(each["color"]["components"])
            assert all(0 <= float(part) <= 1 for part in each["color"]["components"].values())
    assert any("display-p3" in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("name", ["violet", "yellow", "wide"])
def test_pairs_of_roles_can_be_read(name):
    """Text on its ground in every role map, in every mode: 4.5:1."""
    from themekit.resolve import colour
    from themekit.targets import material3, shadcn

    pairs = [
        (roles[text], roles[ground])
        for roles, text, ground in (
            *((shadcn.ROLES, each, each.removesuffix("-foreground")) for each in shadcn.ROLES if "-foreground" in each),
            *((material3.ROLES, each, each.removeprefix("on-")) for each in material3.ROLES if each.startswith("on-")),
            (shadcn.ROLES, "foreground", "background"),
            (material3.ROLES, "inverse-on-surface", "inverse-surface"),
            (material3.ROLES, "inverse-primary", "inverse-surface"),
            (material3.ROLES, "on-surface-variant", "surface-container-highest"),
            (material3.ROLES, "on-surface", "surface-container-highest"),
        )
    ]
    assert len(pairs) > 20
    for mode in Mode:
        values = theme(name).in_mode(mode)
        for text, ground in pairs:
            colors = [values[TokenId(f"color.{token}")] for token in (text, ground)]
            assert all(isinstance(each, Color) for each in colors)
            assert colour.contrast(*colors) >= 4.5, (mode, text, ground)
