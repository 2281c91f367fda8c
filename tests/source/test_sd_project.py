"""Projects of Style Dictionary: configurations, the files they name, and scripts, of which nothing is run."""

import json
import re
from pathlib import PurePosixPath
from time import process_time

import pytest

from tests.source.test_importing import tokens_of
from themekit.source.importing.js_object import MAX_NOTED, scan_js
from themekit.source.importing.projects import project_of
from themekit.source.importing.read import import_tokens
from themekit.source.importing.sd_globs import UnreadableGlobError, alternatives, folder_of, matching
from themekit.source.locate import all_located

ROOT = PurePosixPath("sd")
TYPED = {"$type": "color"}


def red(hex_, **more):
    return {"color": {"red": {"value": hex_, "type": "color", **more}}}


def project(config, files, *, name="config.json"):
    """What a project comes to, and what is said of it: file, line and message."""
    texts = {ROOT / each: text if isinstance(text, str) else json.dumps(text, indent=1) for each, text in files.items()}
    texts[ROOT / name] = config if isinstance(config, str) else json.dumps(config, indent=1)
    contents = {path: text.encode() for path, text in texts.items()}
    read = project_of(ROOT / name, contents[ROOT / name])
    chosen = read.files(tuple(files))
    found, diagnostics = read.imported(chosen, contents)
    said = [(each.place.path.name, each.place.line, each.message) for each in all_located(diagnostics, texts.get)]
    return found, said


def test_include_comes_before_source_and_files_in_the_order_of_their_names():
    files = {"b.json": red("#000002"), "a.json": red("#000001"), "base/z.json": red("#000003", comment="Base")}
    found, said = project({"include": ["base/**/*.json"], "source": ["*.json"], "platforms": {}}, files)
    token = tokens_of(found.document)["color.red"]
    assert (0, 0, 2 / 255) == pytest.approx(token.value.components, abs=1e-5)
    assert "Base" == token.description
    assert [("a.json", 3, "`color.red` is defined again in `sd/b.json`: that one counts")] == said


def test_patterns_keep_their_order():
    files = {"a.json": red("#000001"), "b.json": red("#000002")}
    found, _ = project({"source": ["b.json", "a.json"], "platforms": {}}, files)
    assert (0, 0, 1 / 255) == pytest.approx(tokens_of(found.document)["color.red"].value.components, abs=1e-5)


def test_a_token_of_a_later_file_of_one_list_is_whole():
    """Of include and source members are merged, of two files of one list the later token is there alone."""
    files = {"a.json": red("#000001", comment="A"), "b.json": red("#000002")}
    found, _ = project({"source": ["*.json"]}, files)
    assert "" == tokens_of(found.document)["color.red"].description
    found, _ = project({"include": ["a.json"], "source": ["b.json"]}, files)
    assert "A" == tokens_of(found.document)["color.red"].description


def test_mistakes_are_told_in_the_file_they_stand_in():
    files = {
        "a.json": {"size": {"s": {"value": "4px", "type": "dimension"}, "bad": {"value": "2em", "type": "dimension"}}},
        "b.js": "export default {\n  size: {\n    l: { value: '3vw', type: 'dimension' },\n  },\n};\n",
    }
    found, said = project({"source": ["*.js*"]}, files)
    assert {"size.s"} == set(tokens_of(found.document))
    assert [
        ("a.json", 8, "`size.bad.value` was left out: `2em` is no dimension of DTCG"),
        ("b.js", 3, "`size.l.value` was left out: `3vw` is no dimension of DTCG"),
    ] == said


def test_inline_tokens_come_first():
    config = {"tokens": red("#000001", comment="inline"), "source": ["a.json"], "platforms": {}}
    found, _ = project(config, {"a.json": red("#000002")})
    token = tokens_of(found.document)["color.red"]
    assert ("inline", 2 / 255) == (token.description, pytest.approx(token.value.components[2], abs=1e-5))


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [
        ({"css": {"transformGroup": "css"}}, {"value": 4, "unit": "rem"}),
        ({"web": {"transformGroup": "web"}}, {"value": 4, "unit": "px"}),
        ({"a": {"transforms": ["size/pxToRem"]}}, {"value": 4, "unit": "px"}),
        ({"a": {"transformGroup": "css"}, "b": {"transformGroup": "android"}}, {"value": 4, "unit": "rem"}),
        ({"a": {"transformGroup": "css"}, "b": {"transformGroup": "web"}}, None),
        ({"a": {"transformGroup": "react-native"}}, None),
    ],
)
def test_platforms_tell_the_unit_of_bare_lengths(platforms, expected):
    found, said = project(
        {"source": ["a.json"], "platforms": platforms}, {"a.json": {"size": {"s": {"value": 4, "type": "dimension"}}}}
    )
    size = found.document.get("size", {})
    assert ({} if expected is None else {"s": {"$type": "dimension", "$value": expected}}) == size
    differ = [message for _, _, message in said if "a length without a unit" in message]
    assert (["a", "b"] == list(platforms) and expected is None) == bool(differ)


def test_platforms_become_targets_and_what_they_do_otherwise_is_said():
    config = {
        "source": ["a.json"],
        "hooks": {"transforms": {}, "x": 1},
        "platforms": {
            "css": {
                "transforms": ["name/camel", "size/pxToRem", "mine/shout"],
                "prefix": "acme",
                "files": [
                    {"format": "css/variables", "filter": {"type": "color"}},
                    {"format": "scss/map-deep"},
                    {"format": "ios/macros"},
                ],
                "actions": ["copy_assets"],
            },
            "own": {"transformGroup": "own"},
        },
    }
    found, said = project(config, {"a.json": red("#000001")})
    assert (("css", "scss"), "acme") == (found.targets, found.prefix)
    assert [
        "`hooks` was left out: it is for code, which is never run",
        "`size/pxToRem` makes rem of px; lengths stay as they are written here",
        "the transform `mine/shout` is code of the project: values are as they are before it",
        "the filter was left out: a target has all tokens",
        "no target of themekit is what the format `ios/macros` is",
        "`actions` of a platform was left out: nothing of it is done here",
        "names are in `name/camel` there; the target `css` writes `name/kebab`",
        "the group `own` is none of Style Dictionary's own, and nothing is done",
    ] == [message for _, _, message in said]
    lines = json.dumps(config, indent=1).splitlines()
    assert ['"filter": {', '"format": "ios/macros"'] == [lines[said[at][1] - 1].strip() for at in (3, 4)]


def test_prefixes_that_differ_are_said():
    platforms = {"a": {"prefix": "x"}, "b": {"prefix": "y"}, "c": []}
    found, said = project({"source": ["a.json"], "platforms": platforms}, {"a.json": red("#000001")})
    assert found.prefix is None
    assert [
        "`platforms.c` is no platform, as it is no object",
        "platforms have several prefixes, `x`, `y`: a build has one",
    ] == [message for _, _, message in said]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("../a.json", "it leads out of the folder of the configuration"),
        ("/etc/*.json", "it leads out of the folder of the configuration"),
        ("a/{b,../..}/c.json", "it leads out of the folder of the configuration"),
        ("C:/x.json", "it leads out of the folder of the configuration"),
        ("!a.json", "it excludes nothing, as Style Dictionary takes the `!` for a part of a name"),
        ("a\\b.json", "a backslash is not read here: folders are parted by `/`"),
        ("!(a/b).json", "a group in it is not closed within one part of the path"),
        ("@(" * 3 + "a" + ")" * 3, "its groups are nested more than 2 deep"),
        ("a{1..3}.json", "braces hold a list with commas"),
        ("{a,b}" * 7, "its braces make more than 64 patterns"),
        ("a" * 301, "it is longer than 300 characters"),
    ],
)
def test_patterns_that_are_not_read_are_said(pattern, why):
    found, said = project({"source": [pattern, "none.json"]}, {"a.json": {}})
    assert 0 == found.count
    assert 2 == len(said)
    assert said[0][2].endswith(f" was left out: {why}")
    assert "no file is named by `none.json`" == said[1][2]
    with pytest.raises(UnreadableGlobError, match=re.escape(why)):
        alternatives(pattern)


def test_folders_are_the_parts_before_the_first_asterisk():
    assert ["a/b", ".", "a", "."] == [str(folder_of(each)) for each in ("a/b/*.json", "*.json", "a/c.json", "c.json")]
    read = project_of(ROOT / "c.json", b'{"source": ["a/b/*.json", "a/**/*.json", "{x,y}/z.json", 1]}')
    assert read is None  # a list of patterns has nothing else in it
    read = project_of(ROOT / "c.json", b'{"source": ["a/b/*.json", "a/**/*.json", "{x,y}/z.json"]}')
    assert ["a", "x", "y"] == [str(each) for each in read.folders()]


def test_many_asterisks_take_no_long_time():
    """The steps are as many as characters of the pattern times those of the name."""
    assert [] == matching("a*" * 140 + "b", ["a" * 5000])
    assert [] == matching("**/a/" * 50 + "b", ["a/" * 2000 + "c"])


NAMES = "a.json b.json ab.json aab.json abab.json .a.json old.json draft-1.json a.b.json x.js x.ts .js a(b) ]a".split()
GROUPED = {
    "!(a).json": "aab.json a.b.json ab.json abab.json b.json draft-1.json old.json",
    "!(old|draft-*).json": "a.b.json a.json aab.json ab.json abab.json b.json",
    "!(a)*.json": "b.json draft-1.json old.json",
    "*(a|b).json": "a.json aab.json ab.json abab.json b.json",
    "+(ab).json": "ab.json abab.json",
    "?(a)b.json": "ab.json b.json",
    "@(a|*.b).json": "a.b.json a.json",
    "x.!(js)": "x.ts",
    "x.@([jk]s|t?)": "x.js x.ts",
    "@(.a|a).json": ".a.json a.json",
    "!(*.json)": "]a a(b) x.js x.ts",
    "@(]a|!(*))": "]a",
    "+(!(b)).json": "a.b.json a.json aab.json ab.json abab.json draft-1.json old.json",
}


@pytest.mark.parametrize("pattern", list(GROUPED))
def test_groups_of_patterns(pattern):
    """As npm's `minimatch` has it."""
    assert sorted(GROUPED[pattern].split()) == matching(pattern, NAMES)


def test_groups_take_no_long_time():
    assert [] == matching("*(*(a)b)" * 20 + "!(a)" * 20 + "/x", ["abc" * 300 + "/y"])


def test_a_file_that_a_pattern_excludes_is_not_read():
    files = {"tokens/a.json": red("#000001"), "tokens/old.json": {"old": {"value": "1px", "type": "dimension"}}}
    found, said = project({"source": ["tokens/!(old).json"], "platforms": {}}, files)
    assert ({"color.red"}, []) == (set(tokens_of(found.document)), said)


def test_a_mark_before_a_pattern_excludes_nothing_and_that_is_said():
    """So it is since version 6 of npm's `glob`; Style Dictionary's issue 752 asks for another way."""
    files = {"a.json": red("#000001")}
    config = {"source": ["*.json", "!a.json"], "platforms": {}}
    read = project_of(ROOT / "c.json", json.dumps(config).encode())
    assert (("source", "a.json"),) == read.files(tuple(files))
    (said,) = read.config.reporter.diagnostics
    assert "exclude within a pattern, as in `tokens/!(old|draft).json`" == said.hint


def test_patterns_are_tried_on_so_many_names():
    """Two hundred patterns of sixty-four alternatives, on a hundred thousand names, took hours."""
    many = tuple(f"node_modules/{index}.txt" for index in range(50_000))
    read = project_of(
        ROOT / "c.json", json.dumps({"source": [*("{a,b}" * 6 + "*" * 9,) * 200], "platforms": {}}).encode()
    )
    assert () == read.files(many)
    said = {each.message.split("`")[2] for each in read.config.reporter.diagnostics}
    assert {" was left out: there are too many patterns for 50000 files"} == said
    assert (("source", many[7]),) == project_of(ROOT / "c.json", b'{"source": ["**/7.txt"]}').files(many)


@pytest.mark.parametrize(
    "text", ["{}", "[1]", '{"source": "a"}', "{", '{"a": {"value": 1}}', '{"source": {"value": 1}}']
)
def test_what_is_no_configuration(text):
    assert project_of(ROOT / "a.json", text.encode()) is None


def test_a_file_that_cannot_be_read_stops():
    found, said = project({"source": ["*.json"]}, {"a.json": "{", "b.json": "[]"})
    assert found is None
    assert "a.json" == said[0][0]
    found, said = project({"source": ["*.json"]}, {"b.json": "[]"})
    assert [("b.json", 1, "the file was left out: it is no object")] == said


JS = """\
// tokens
'use strict';
module.exports = {
  color: {
    red: { value: '#f00', type: "color", },
    500: { value: `#00f`, type: 'color' },
    dark: { value: darken('#f00', 0.1), type: 'color' },
    sum: { value: 4 + 'px', type: 'dimension' },
    ...require('./more'),
    [computed]: { value: '#0f0' },
    method() { return { a: [1, 2] } },
    shorthand,
    arrow: (a, b) => ({ a, b }),
    none: undefined,
    template: { value: `${size}px` },
    last: { value: -1.5, type: 'number' } /* end */
  },
};
"""


def test_scripts_are_read_as_far_as_they_are_literal():
    found, diagnostics = import_tokens(PurePosixPath("tokens.js"), JS.encode())
    tokens = tokens_of(found.document)
    assert {"color.red", "color.500", "color.last"} == set(tokens)
    assert -1.5 == tokens["color.last"].value
    located = all_located(diagnostics, lambda _: JS)
    code = [(each.place.line, each.place.column) for each in located if "is code, which is never run" in each.message]
    assert [(7, 20), (8, 19), (9, 5), (10, 5), (11, 5), (12, 5), (13, 12), (15, 24)] == code
    assert "`darken('#f00', 0.1)` is code, which is never run, and was left out" in [each.message for each in located]
    assert any("JSON.stringify" in (each.hint or "") for each in located)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("export default { a: 1 }", {"a": 1}, []),
        ("export default ({ a: 1 });", {"a": 1}, []),
        ("export default { a: 1 } satisfies Tokens;", {"a": 1}, []),
        ("const t: Tokens = { a: 1 } as const;\nexport default t;", {"a": 1}, []),
        ("exports.default = { a: 1 };", {"a": 1}, []),
        ("/* module.exports = { b: 2 } */ module . exports = { a: 1 };", {"a": 1}, []),
        ("const s = 'export default { b: 2 }';\nexport default { a: 1 };", {"a": 1}, ["what stands before the object"]),
        (
            "import x from './x';\nexport default { a: 1, b: x };",
            {"a": 1},
            ["what stands before the object", "`x` is code"],
        ),
        ("export default { a: 1 }.b", {"a": 1}, ["what is done with the object is code"]),
        ("export default { a: [1, f(2), ...z, 3] }", {"a": [1, None, 3]}, ["`f(2)` is code", "`...z` is code"]),
        ("module.exports = require('./x');", None, ["what is exported here is made by code"]),
        ("export default function () { return { a: 1 } }", None, ["what is exported here is made by code"]),
        (
            "export default a;\nconst a = { b: 1 };\nconst a = { b: 2 };",
            None,
            ["what is exported here is made by code"],
        ),
        ("export const a = { b: 1 };", None, ["the file exports no object that can be read without running it"]),
        ("", None, ["the file exports no object that can be read without running it"]),
    ],
)
def test_what_a_module_exports(text, value, said):
    scan = scan_js(text)
    assert value == scan.value
    assert len(said) == len(scan.problems)
    assert all(problem.message.startswith(start) for problem, start in zip(scan.problems, said, strict=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("module.exports = {a: 1}; module.exports.a = 2", "module.exports"),
        ("module.exports = {a: 1}\nmodule . exports = {}", "module . exports"),
        ("const t = {a: 1}; t.a = 2; export default t", "t."),
        ("const t = {a: 1}; t['a'] = 2; export default t", "t["),
        ("const t = {a: 1}; const u = 't.a'; /* t.a */ export type T = typeof t; export default t", ""),
        ("module.exports = {a: 1}; // module.exports", ""),
    ],
)
def test_code_that_changes_what_is_exported_is_told_of(text, said):
    """What is read is not what the module would export, then."""
    scan = scan_js(text)
    assert {"a": 1} == scan.value
    assert [said] * bool(said) == [text[each.start : each.end] for each in scan.problems]
    assert all("changed by code" in each.message for each in scan.problems)


def test_marks_in_a_regular_expression_do_not_count():
    scan = scan_js("export default {a: /}],{'/g, b: /[/}]/.test(x), c: 1}")
    assert {"c": 1} == scan.value
    assert 2 == len(scan.problems)


@pytest.mark.parametrize(
    "text",
    [
        f"export default {'{a:' * 60}[{'1,' * 50_000}]{'} + 1' * 60}",
        f"export default {{{'...a,' * 100_000}}}",
        f"export default {'a' * 2_000_000}",
    ],
    ids="nested spread name".split(),
)
def test_large_scripts_take_no_time_by_the_square(text):
    """What stands in a sum is stepped over once, however deep; the first took minutes."""
    started = process_time()
    assert scan_js(text).value in ({}, None)
    assert process_time() - started < 20


def test_a_script_of_code_only_is_told_of_so_often():
    scan = scan_js("export default {" + "a: f(1),\n" * 1 + "".join(f"a{index}: f(1),\n" for index in range(500)) + "}")
    assert MAX_NOTED == len(scan.problems)
    assert {} == scan.value


@pytest.mark.parametrize(
    "text",
    [
        "export default {" + "a: {" * 5000,
        "export default {a: " + "(" * 100_000,
        "export default {a: " + '"\\' * 50_000,
        "export default {" + "`" * 50_001,
        "export default {" + "/*" * 50_000,
        "const a:" * 20_000 + "export default a",
        "export default {a: [" + "1 + [" * 200 + "]" * 200 + "]}",
        "export default {" + "...a," * 50_000 + "}",
        "module.exports" * 20_000,
    ],
    ids=[str(index) for index in range(9)],
)
def test_hostile_scripts_end(text):
    scan = scan_js(text)
    assert len(scan.problems) <= MAX_NOTED + 60


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("{a: f(/}],{'/g, 1), c: 1}", {"c": 1}, ["f(/}],{'/g, 1)"]),
        ("{a: f(x, /[/)]`/), c: 1}", {"c": 1}, ["f(x, /[/)]`/)"]),
        ("{a: x / 2 + f('/'), c: 1}", {"c": 1}, ["x / 2 + f('/')"]),
        ("{a: f(1 / 2), b: g(1) / h(2), c: 1}", {"c": 1}, ["f(1 / 2)", "g(1) / h(2)"]),
        ("{a: 1+1, b: 2*3, c: 1}", {"c": 1}, ["1+1", "2*3"]),
        ("{a: true&&x, b: null??1, d: -1+x, c: 1}", {"c": 1}, ["true&&x", "null??1", "-1+x"]),
        ("{a: 'x'+'y', b: [1+1, 2], c: 1}", {"b": [None, 2], "c": 1}, ["'x'+'y'", "1+1"]),
        ("{a: 1e+3, b: -2.5e-1, d: 0x1F, e: .5, f: 1/* one */, c: +1}", None, []),
        ("{a: 'x' as const, b: 1 as const, c: {d: 2} as const}", {"a": "x", "b": 1, "c": {"d": 2}}, []),
        ("{a: 'x' as constant, c: 1}", {"c": 1}, ["'x' as constant"]),
    ],
)
def test_code_is_read_as_what_it_is(text, value, said):
    """A literal that is a part of a sum is none, and marks in a regular expression do not count, wherever it stands."""
    whole = f"export default {text}"
    scan = scan_js(whole)
    expected = {"a": 1e3, "b": -0.25, "d": 31, "e": 0.5, "f": 1, "c": 1} if value is None else value
    assert expected == scan.value
    assert {"not-imported"} >= {each.code.name for each in scan.problems}
    assert said == [
        scan_text[each.start : each.end] for scan_text in [f"export default {text}"] for each in scan.problems
    ]


def test_marks_in_regular_expressions_before_the_object_do_not_count():
    scan = scan_js("const quotes = /`/;\nexport default { a: 1 };\nconst more = [/'`/, 4 / 2 / 1];")
    assert {"a": 1} == scan.value
    assert ["what stands before the object is code, which is never run"] == [each.message for each in scan.problems]


ENUMS = """\
import {{ {names} }} from "style-dictionary/enums";
export default {{
  source: ["a.json"],
  platforms: {{ css: {{ transformGroup: {group}, files: [{{ format: {format} }}] }} }},
}};
"""


@pytest.mark.parametrize(
    ("names", "group", "format_"),
    [
        ("formats, transformGroups", "transformGroups.css", "formats.cssVariables"),
        ("formats as f, transformGroups as t, transforms", "t.css", "f.cssVariables"),
    ],
)
def test_lists_of_style_dictionary_are_known(names, group, format_):
    text = ENUMS.format(names=names, group=group, format=format_)
    found, said = project(text, {"a.json": {"size": {"s": {"value": 4, "type": "dimension"}}}}, name="config.js")
    assert ("css",) == found.targets
    assert "rem" == found.document["size"]["s"]["$value"]["unit"]
    assert [] == said


def test_lists_by_one_name_and_lists_of_others():
    text = "import * as enums from 'style-dictionary/enums'\nexport default {source: [], a: enums.formats.%s, b: %s}"
    assert "css/variables" == scan_js(text % ("cssVariables", "1")).value["a"]
    assert "css/fonts.css" == scan_js(text % ("cssFonts", "1")).value["a"]
    scan = scan_js(text % ("cssVariables + x", "enums.formats.nothing"))
    assert {"source": []} == scan.value
    assert 2 == len(scan.problems)
    scan = scan_js("// import { formats } from 'style-dictionary/enums'\nexport default {a: formats.cssVariables}")
    assert ({}, 1) == (scan.value, len(scan.problems))


def test_mistakes_in_inline_tokens_are_told_where_they_stand():
    config = {
        "source": ["*.json"],
        "tokens": {"size": {"big": {"value": "9em", "type": "dimension"}}},
        "platforms": {},
    }
    files = {"a.json": {"gap": {"value": "{size.big}"}, "size": {"odd": {"value": "{gone}"}}}}
    found, said = project(config, files, name="config.json")
    lines = json.dumps(config, indent=1).splitlines()
    assert 0 == found.count
    assert ("config.json", 1 + next(at for at, line in enumerate(lines) if "9em" in line)) == said[0][:2]
    assert [
        "`size.big.value` was left out: `9em` is no dimension of DTCG",
        "`size.odd.value` was left out: it follows `gone`, which is not here",
        "`gap.value` was left out: it follows `size.big`, which was left out",
    ] == [message for *_, message in said]
    assert {"a.json"} == {name for name, *_ in said[1:]}


def test_what_is_beyond_a_limit_is_told_of():
    config = {
        "source": ["a.json"] * 201,
        "tokens": [1],
        "platforms": {f"p{index}": {"prefix": "a"} for index in range(101)},
    }
    found, said = project(config, {"a.json": red("#000001")})
    assert 1 == found.count
    assert [
        "a list has up to 200 patterns: what follows here was left out",
        "up to 100 platforms are looked at: this one and those behind it are not",
        "`tokens` was left out: it is no object",
    ] == [message for *_, message in said]
