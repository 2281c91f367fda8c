"""`themekit tokens` and `themekit import` on a disk: what they write, say and end with."""

import json
import os
import sys

import pytest

from themekit.cli.exit_code import Exit
from themekit.cli.main import run

BASE = {"color": {"$type": "color", "ink": {"$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}}}
DARK = {"color": {"$type": "color", "ink": {"$value": {"colorSpace": "srgb", "components": [1, 1, 1]}}}}
RESOLVER = {
    "version": "2025.10",
    "resolutionOrder": [
        {"type": "set", "name": "base", "sources": [{"$ref": "base.tokens.json"}]},
        {
            "type": "modifier",
            "name": "theme",
            "contexts": {"light": [], "dark": [{"$ref": "dark.tokens.json"}]},
            "default": "light",
        },
    ],
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, content in (("base.tokens", BASE), ("dark.tokens", DARK), ("a.resolver", RESOLVER)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_build_writes_the_files_of_the_targets(folder, capsys):
    assert Exit.GOOD == run(["tokens", "build", "base.tokens.json", "-t", "css", "-t", "dtcg", "--prefix", "x"])
    assert {"tokens.css", "tokens.min.css", "tokens.json"} == {
        each.name for each in (folder / "build/tokens").iterdir()
    }
    assert "--x-color-ink: #000;" in (folder / "build/tokens/tokens.css").read_text(encoding="utf-8")
    assert "built 1 token into build/tokens: 3 written, 0 unchanged" in capsys.readouterr().err


def test_contexts_of_a_resolver(folder):
    assert Exit.GOOD == run(["tokens", "build", "a.resolver.json", "--context", "theme=*", "--out", "out"])
    css = (folder / "out/tokens.css").read_text(encoding="utf-8")
    assert '[data-tk-mode="dark"]' in css
    assert Exit.GOOD == run(
        ["tokens", "build", "--resolver", "a.resolver.json", "--context", "theme=dark", "--out", "out"]
    )
    assert ":root {\n  --tk-color-ink: #fff;\n}" in (folder / "out/tokens.css").read_text(encoding="utf-8")


def test_a_file_outside_the_folder_is_never_read(folder, capsys):
    (folder / "own").mkdir()
    order = [{"type": "set", "name": "s", "sources": [{"$ref": "../base.tokens.json"}]}]
    path = folder / "own" / "b.resolver.json"
    path.write_text(json.dumps({**RESOLVER, "resolutionOrder": order}), encoding="utf-8")
    assert Exit.GOOD == run(["tokens", "check", "own/b.resolver.json"])  # this folder holds both
    (folder / "own" / "link.tokens.json").symlink_to("/etc/hostname")
    assert Exit.MISTAKES == run(["tokens", "check", "own/link.tokens.json"])
    assert "unreadable-input" in capsys.readouterr().err


def test_mistakes_leave_the_last_output(folder, capsys):
    assert Exit.GOOD == run(["tokens", "build", "base.tokens.json", "--out", "out"])
    before = (folder / "out/tokens.css").read_bytes()
    (folder / "base.tokens.json").write_text('{"a": {"$value": "{b}"}}', encoding="utf-8")
    assert Exit.MISTAKES == run(["tokens", "build", "base.tokens.json", "--out", "out"])
    assert before == (folder / "out/tokens.css").read_bytes()
    assert "base.tokens.json:1:18: error[unknown-token]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a file of tokens"),
        (["base.tokens.json", "-t", "contrast"], "needs the tokens of a brand"),
        (["base.tokens.json", "-t", "nothing"], "is no target"),
        (["base.tokens.json", "--context", "theme=dark"], "there is none"),
        (["a.resolver.json", "--context", "dark"], "is not of the form"),
        (["a.resolver.json", "--resolver", "a.resolver.json"], "more than one resolver"),
        (["base.tokens.json", "--prefix", "X"], "is no prefix"),
    ],
)
def test_usage_errors(folder, capsys, arguments, said):  # noqa: ARG001 - the folder is the current one
    assert Exit.USAGE == run(["tokens", "build", *arguments])
    assert said in capsys.readouterr().err


def test_import_prints_tokens_or_writes_them(folder, capsysbinary):
    (folder / "a.css").write_text(":root { --ink: #000; --wide: 10vw }", encoding="utf-8")
    assert Exit.GOOD == run(["import", "tokens", "a.css"])
    printed = capsysbinary.readouterr()
    assert {"ink"} == set(json.loads(printed.out))
    assert b"a.css:1:30: warning[not-imported]" in printed.err
    assert Exit.MISTAKES == run(["import", "tokens", "a.css", "--out", "new/a.tokens.json", "--strict"])
    assert Exit.USAGE == run(["import", "tokens", "a.css", "--out", "new/a.tokens.json"])
    assert Exit.USAGE == run(["import", "tokens", "a.css", "--out", "new/a.resolver.json"])
    assert b"write `new/a.tokens.json`" in capsysbinary.readouterr().err
    assert not (folder / "new/a.resolver.json").exists()
    assert Exit.GOOD == run(["tokens", "check", "new/a.tokens.json"])


def test_import_reads_a_folder_of_tokens_studio(folder, capsys):
    sets = folder / "studio" / "core"
    sets.mkdir(parents=True)
    (sets / "base.json").write_text('{"gap": {"value": "8", "type": "spacing"}}', encoding="utf-8")
    (folder / "studio" / "wide.json").write_text('{"gap": {"value": "2em", "type": "spacing"}}', encoding="utf-8")
    (folder / "studio" / "$metadata.json").write_text('{"tokenSetOrder": ["wide", "core/base"]}', encoding="utf-8")
    assert Exit.GOOD == run(["import", "tokens", "studio", "--out", "s.resolver.json"])
    assert "studio/wide.json:1:19: warning[not-imported]" in capsys.readouterr().err
    assert Exit.GOOD == run(["tokens", "build", "s.resolver.json", "--out", "out"])
    assert "--tk-gap: 8px" in (folder / "out/tokens.css").read_text(encoding="utf-8")
    (folder / "empty").mkdir()
    assert Exit.USAGE == run(["import", "tokens", "empty"])
    assert Exit.USAGE == run(["import", "tokens", "studio", "--from", "figma"])


def test_rules_look_at_tokens_without_a_brand(folder, capsys):
    """Those that are on by themselves warn; any can be asked for, and be an error."""
    tokens = {
        "old": {"$type": "number", "$value": 1, "$deprecated": "use `new`"},
        "newer": {"$value": "{old}"},
        "largeGap": {"$type": "number", "$value": 2},
        "smallGap": {"$type": "number", "$value": 2},
        "wide-gap": {"$type": "number", "$value": 3},
    }
    (folder / "l.tokens.json").write_text(json.dumps(tokens), encoding="utf-8")
    assert Exit.GOOD == run(["tokens", "check", "l.tokens.json"])
    said = capsys.readouterr().err
    assert "warning[deprecated-alias]: `newer` refers to `old`" in said
    assert "warning[mixed-naming]: `wide-gap`" in said
    assert "repeated-value" not in said
    assert Exit.MISTAKES == run(["tokens", "check", "l.tokens.json", "--strict"])
    chosen = ["--lint", "repeated-value=error", "--lint", "mixed-naming=off", "--lint", "deprecated-alias=off"]
    capsys.readouterr()
    assert Exit.MISTAKES == run(["tokens", "check", "l.tokens.json", *chosen])
    said = capsys.readouterr().err
    assert "error[repeated-value]: `smallGap` has the value of `largeGap`" in said
    assert "checked 5 tokens: 1 error, 0 warnings" in said


@pytest.mark.usefixtures("folder")
def test_a_rule_is_broken_once_however_many_contexts_share_the_place(capsys):
    assert Exit.GOOD == run(["tokens", "check", "a.resolver.json", "--lint", "missing-description=warning"])
    said = capsys.readouterr().err
    assert 1 == said.count("base.tokens.json:1")
    assert 1 == said.count("dark.tokens.json:1")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mixd-naming=off", "did you mean `mixed-naming`?"),
        ("tight-lines=off", "there is no rule `tight-lines`"),
        ("mixed-naming", "is one of off, warning, error"),
        ("mixed-naming=loud", "not `loud`"),
    ],
)
def test_a_rule_or_level_that_there_is_not(folder, capsys, written, said):  # noqa: ARG001 - the folder is the current one
    assert Exit.USAGE == run(["tokens", "check", "base.tokens.json", "--lint", written])
    assert said in capsys.readouterr().err


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of Style Dictionary, with a script among its tokens that would write a file if it were run."""
    config = {
        "source": ["tokens/**/*.{json,js}"],
        "platforms": {
            "css": {"transformGroup": "css", "prefix": "a b", "files": [{"format": "css/variables"}]},
        },
    }
    (tmp_path / "tokens").mkdir()
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    size = {"size": {"s": {"value": 4, "type": "dimension"}}}
    (tmp_path / "tokens" / "a.json").write_text(json.dumps(size), encoding="utf-8")
    code = "module.exports = { size: { l: { value: require('fs').writeFileSync('ran', '') } } };"
    (tmp_path / "tokens" / "b.js").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_configuration_is_imported_with_its_files(project, capsys):
    assert Exit.GOOD == run(["import", "tokens", "config.json", "--out", "out.json"])
    made = json.loads((project / "out.json").read_text(encoding="utf-8"))
    assert {"value": 4, "unit": "rem"} == made["size"]["s"]["$value"]
    said = capsys.readouterr().err
    assert "tokens/b.js:1:40: warning[not-imported]: `require('fs').writeFileSync('ran', '')` is code" in said
    assert "themekit tokens build out.json --target css --prefix 'a b'" in said
    assert not (project / "ran").exists()
    assert Exit.MISTAKES == run(["import", "tokens", "config.json", "--strict"])


def test_of_a_key_that_stands_twice_the_last_value_is_imported_and_placed(project, capsys):
    """Such a file of a configuration was refused, and nothing was imported."""
    text = "{\n size: { a: { value: '1px' } },\n size: { b: { value: '2px' },\n  c: { value: '3qx' } },\n}"
    (project / "tokens" / "a.json5").write_text(text, encoding="utf-8")
    (project / "config.json").write_text('{"source": ["tokens/a.json5"]}', encoding="utf-8")
    assert Exit.GOOD == run(["import", "tokens", "config.json", "--out", "out.json"])
    assert ["b"] == list(json.loads((project / "out.json").read_text(encoding="utf-8"))["size"])
    said = capsys.readouterr().err
    assert "tokens/a.json5:2:2: warning[not-imported]: the key `size` stands again further down" in said
    assert "tokens/a.json5:3:2: note: this one counts" in said
    assert "tokens/a.json5:4:15: warning[not-imported]: `size.c.value` was left out" in said


def test_a_configuration_names_no_file_outside_its_folder(project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "secret.json"
    other.write_text('{"size": {"x": {"value": "1px", "type": "dimension"}}}', encoding="utf-8")
    (project / "tokens" / "link.json").symlink_to(other)
    assert Exit.USAGE == run(["import", "tokens", "config.json"])
    (project / "tokens" / "link.json").unlink()
    (project / "tokens" / "far").symlink_to(other.parent, target_is_directory=True)
    assert Exit.GOOD == run(["import", "tokens", "config.json", "--out", "out.json"])
    assert "x" not in (project / "out.json").read_text(encoding="utf-8")


def test_a_folder_named_by_its_configuration_may_be_missing(project, capsys):
    (project / "config.json").write_text('{"source": ["gone/*.json"]}', encoding="utf-8")
    assert Exit.GOOD == run(["import", "tokens", "config.json", "--out", "out.json"])
    assert "no file is named by `gone/*.json`" in capsys.readouterr().err


def test_a_configuration_leads_into_no_folder_outside_its_own(project, tmp_path_factory, capsys):
    (project / "far").symlink_to(tmp_path_factory.mktemp("other"), target_is_directory=True)
    (project / "config.json").write_text('{"source": ["far/**/*.json"]}', encoding="utf-8")
    assert Exit.USAGE == run(["import", "tokens", "config.json"])
    assert "`far` leads out of the folder of the configuration" in capsys.readouterr().err


def pipe(path):
    os.mkfifo(path)


def circle(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize(("made", "said"), [(pipe, "is not a regular file"), (circle, "circle")])
def test_a_file_that_is_none_is_not_read(project, capsys, made, said):
    """A pipe has no end, and a link to itself no file: in Python up to 3.12 it is a RuntimeError of its own."""
    made(project / "tokens" / "c.json")
    if made is circle and sys.version_info >= (3, 13):
        assert run(["import", "tokens", "config.json"]) not in {Exit.GOOD, Exit.BUG}
        return
    assert Exit.USAGE == run(["import", "tokens", "config.json"])
    assert said in capsys.readouterr().err


def test_a_folder_of_sets_reads_no_file_outside_it(folder, tmp_path_factory, capsys):
    other = tmp_path_factory.mktemp("other") / "secret.json"
    other.write_text('{"size": {"x": {"value": "1px", "type": "dimension"}}}', encoding="utf-8")
    (folder / "sets").mkdir()
    (folder / "sets" / "base.json").symlink_to(other)
    assert Exit.USAGE == run(["import", "tokens", "sets"])
    assert "`sets/base.json` leads out of `sets`" in capsys.readouterr().err


def test_files_that_are_too_large_together(project, capsys, monkeypatch):
    """A file counts as often as it is named, as it is laid over the others so often."""
    size = (project / "tokens" / "a.json").stat().st_size
    monkeypatch.setattr("themekit.cli.import_tokens.MAX_TOTAL_BYTES", 2 * size)
    for times, code in ((2, Exit.GOOD), (3, Exit.USAGE)):
        (project / "config.json").write_text(json.dumps({"source": ["tokens/a.json"] * times}), encoding="utf-8")
        assert code == run(["import", "tokens", "config.json"])
    assert "have more than" in capsys.readouterr().err
