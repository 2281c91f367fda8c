"""The commands as a user runs them: what they write, what they say, and with which code they end."""

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys

import pytest

PROGRAM = (sys.executable, "-m", "themekit.cli")
BROKEN = '{\n  "name": "Acme",\n  "color": { "primry": "#0b5fff" },\n  "urls": { "site": "javascript:alert(1)" }\n}\n'


def test_the_package_is_a_program(tmp_path):
    """As `python -m` has it, where the script `themekit` is on no path."""
    subprocess.run([sys.executable, "-m", "themekit", "init", "."], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "brands").is_dir()


def test_the_scaffold_builds_every_part(built):
    files = built.tree()
    assert {"acme", "lagoon"} == {path.partition("/")[0] for path in files}
    for path in (
        "theme/tokens.css",
        "theme/contrast.html",
        "assets/favicon.ico",
        "assets/og-image.png",
        "site/index.html",
    ):
        assert f"lagoon/{path}" in files
    assert b"Lagoon &amp; S\xc3\xb6hne" in files["lagoon/site/index.html"]


def test_a_second_build_writes_nothing(place):
    before = {path: path.stat().st_mtime_ns for path in (place.root / "build").rglob("*") if path.is_file()}
    done = place.run("build")
    assert 0 == done.code
    assert "(0 written, " in done.err
    after = {path: path.stat().st_mtime_ns for path in before}
    trees = {path: time for path, time in before.items() if not {".cache", ".spare"} & {*path.parts}}
    assert trees == {path: after[path] for path in trees}


def test_one_brand_and_one_part(place):
    shutil.rmtree(place.root / "build")
    (place.root / "build").mkdir()
    assert 0 == place.run("build", "acme", "--only", "theme").code
    assert {"acme/theme"} == {path.rpartition("/")[0] for path in place.tree()}


def test_a_brand_that_was_not_built_is_one_difference(place):
    shutil.rmtree(place.root / "build/acme")
    done = place.run("build", "--check", "--format", "ndjson")
    (told,) = [json.loads(line) for line in done.out.splitlines()]
    assert (3, "output-drift", "build/acme") == (done.code, told["code"], told["path"])


def test_check_finds_an_edited_output_and_writes_nothing(place):
    assert 0 == place.run("build", "--check").code
    edited = place.root / "build/acme/theme/tokens.css"
    edited.write_text("/* by hand */")
    (place.root / "build/acme/site/index.html").unlink()
    (place.root / "build/lagoon/site/stray.html").write_text("stray")
    done = place.run("build", "--check")
    assert 3 == done.code
    assert "build/acme/theme/tokens.css:1:1: error[output-drift]: the file is changed" in done.err
    assert "build/acme/site/index.html:1:1: error[output-drift]: the file is missing" in done.err
    assert "build/lagoon/site/stray.html:1:1: error[output-drift]: the file is extra" in done.err
    assert 3 == len(place.run("build", "--check", "--format", "ndjson").out.splitlines())
    assert "/* by hand */" == edited.read_text()


def test_a_build_repairs_what_somebody_edited(place):
    (place.root / "build/acme/theme/tokens.css").write_text("/* by hand */")
    assert "(1 written, " in place.run("build").err
    assert 0 == place.run("build", "--check").code


def test_a_broken_brand_keeps_its_last_output_and_the_others_are_built(place):
    before = place.tree("build/acme")
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    lagoon = place.root / "brands/lagoon/brand.json"
    lagoon.write_text(lagoon.read_text().replace("#00897b", "#7a1fa2"))
    old = place.tree("build/lagoon")
    done = place.run("build")
    assert 1 == done.code
    assert before == place.tree("build/acme")
    assert old["theme/tokens.css"] != place.tree("build/lagoon")["theme/tokens.css"]
    assert "acme failed and stayed as before" in done.err


def test_all_mistakes_in_one_run_with_place_excerpt_caret_and_hint(place):
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    done = place.run("check")
    assert 1 == done.code
    assert "brands/acme/brand.json:3:14: error[unknown-key]" in done.err
    assert '  3 |   "color": { "primry": "#0b5fff" },\n    |              ^^^^^^^^' in done.err
    assert "did you mean `primary`?" in done.err
    assert "brands/acme/brand.json:4:21: error[invalid-url]" in done.err
    assert "" == done.out


def test_json_lines_are_on_stdout(place):
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    done = place.run("check", "--format", "ndjson")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert {"unknown-key", "invalid-url", "missing-field"} >= {each["code"] for each in found}
    assert len(found) >= 2


def test_in_github_actions_mistakes_are_annotations_besides(place):
    """The runner reads both streams; standard output stays that of the command."""
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    done = place.run("check", GITHUB_ACTIONS="true")
    assert "brands/acme/brand.json:3:14: error[unknown-key]" in done.err
    assert "::error file=brands/acme/brand.json,line=3,col=14" in done.err
    assert "" == done.out
    assert "::error" not in place.run("check", GITHUB_ACTIONS="").err


def test_reports_of_gitlab_and_junit(place):
    assert "[]\n" == place.run("check", "--format", "gitlab").out
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    (found,) = (each for each in json.loads(place.run("check", "--format", "gitlab").out) if "primry" in str(each))
    assert "brands/acme/brand.json" == found["location"]["path"]
    done = place.run("check", "--format", "junit")
    assert '<testsuites name="themekit check"' in done.out
    assert '<testcase classname="brands/acme/brand.json" name="3:14 unknown-key"' in done.out


def test_github_and_sarif_diagnostics(place):
    (place.root / "brands/acme/brand.json").write_text(BROKEN)
    assert "::error file=brands/acme/brand.json,line=3,col=14" in place.run("check", "--format", "github").out
    report = json.loads(place.run("check", "--format", "sarif").out)
    assert "2.1.0" == report["version"]


def test_a_mistake_in_a_page_is_shown_at_its_place(place):
    page = place.root / "docs_src/index.md"
    page.write_text(page.read_text() + "\nHello {{ brand.nmae }}\n")
    done = place.run("check")
    assert 1 == done.code
    assert "error[unknown-placeholder]: no brand field is named `nmae`" in done.err
    assert "did you mean `name`?" in done.err


def test_the_output_of_a_brand_that_is_gone_is_drift_and_then_removed(place):
    shutil.rmtree(place.root / "brands/acme")
    done = place.run("build", "--check")
    assert 3 == done.code
    assert "build/acme:1:1: error[output-drift]: this is the output of a brand that is gone" in done.err
    assert 0 == place.run("build").code
    assert {"lagoon"} == {path.partition("/")[0] for path in place.tree()}


def test_a_pages_mistake_fails_the_build_and_keeps_the_site(place):
    before = place.tree()
    page = place.root / "docs_src/index.md"
    page.write_text(page.read_text() + "\nHello {{ brand.nmae }}\n")
    assert 1 == place.run("build").code
    assert before == place.tree()


def test_packages_are_verified_and_the_same_bytes_from_nothing(place):
    first = place.run("package")
    assert 0 == first.code, first.err
    bundle = place.root / "build/dist/acme-1.0.0.zip"
    content = bundle.read_bytes()
    assert f"{hashlib.sha256(content).hexdigest()}  " in first.out
    shutil.rmtree(place.root / "build")
    (place.root / "build").mkdir()
    assert 0 == place.run("package", "acme", "-j", "1").code
    assert content == bundle.read_bytes()
    assert 0 == place.run("verify", str(bundle), "--brand", "acme").code


def test_the_epoch_is_in_the_bundle(place):
    assert 0 == place.run("package", "acme").code
    bundle = place.root / "build/dist/acme-1.0.0.zip"
    old = bundle.read_bytes()
    assert 0 == place.run("package", "acme", SOURCE_DATE_EPOCH="1700000000").code
    assert old != bundle.read_bytes()
    assert 0 == place.run("verify", str(bundle)).code


def test_verify_says_what_is_wrong(place):
    assert 0 == place.run("package", "acme").code
    bundle = place.root / "build/dist/acme-1.0.0.zip"
    other = place.run("verify", str(bundle), "--brand", "lagoon")
    assert (4, True) == (other.code, "error[bundle-wrong-brand]" in other.err)
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 0xFF
    bundle.write_bytes(content)
    done = place.run("verify", str(bundle))
    assert 4 == done.code
    assert "error[bundle-checksum]" in done.err
    assert "acme-1.0.0.zip" in done.err


def test_clean_removes_what_was_built_and_keeps_what_was_not(place):
    mine = place.root / "build/acme/notes.txt"
    mine.write_text("mine")
    assert 0 == place.run("clean", "--cache").code
    assert {"acme/notes.txt": b"mine"} == place.tree()
    assert not (place.root / "build/.cache").exists()


def test_explain_names_the_input_that_changed(place):
    brand = place.root / "brands/acme/brand.json"
    brand.write_text(brand.read_text().replace("#0b5fff", "#0b5ffe"))
    done = place.run("explain", "build/acme/theme/tokens.css")
    assert 0 == done.code
    assert any("file brands/acme/brand.json: changed" in line for line in done.out.splitlines() if line.startswith("*"))
    assert 2 == place.run("explain", "build/acme/nothing.css").code


def test_explain_knows_what_the_last_build_wrote(place):
    done = place.run("explain", "build/acme/theme/token.css")
    assert 2 == done.code
    assert "the last build of `acme` wrote no `theme/token.css`; did you mean `theme/tokens.css`?" in done.err
    assert 0 == place.run("explain", "build/acme/theme/").code
    shutil.rmtree(place.root / "build/.cache/outputs")  # nothing is known of what was written
    assert 0 == place.run("explain", "build/acme/theme/token.css").code


def test_reasons_of_a_token_as_json(place):
    glow = '{"$type": "color", "$value": "#0b5fff", "$extensions": {"themekit": {"modes": {"dark": "{color.link}"}}}}'
    text = f'{{"name": "Acme", "color": {{"primary": "#0b5fff"}},\n "tokens": {{"color": {{"glow": {glow}}}}}}}'
    (place.root / "brands/acme/brand.json").write_text(text, encoding="utf-8")
    done = place.run("explain", "acme", "--token", "color.glow", "--format", "json")
    assert 0 == done.code, done.err
    found = json.loads(done.out)
    assert ("acme", "color.glow") == (found["brand"], found["token"])
    light, dark, *_ = found["modes"]
    assert ("light", "#0b5fff", [], "written") == tuple(light[key] for key in ("mode", "value", "through", "reason"))
    assert {"path": "brands/acme/brand.json", "line": 2, "column": text.split("\n")[1].index('"#0b5fff"') + 1} == light[
        "place"
    ]
    assert ("dark", ["color.link", "color.primary.11"]) == (dark["mode"], dark["through"])
    assert dark["reason"].startswith("lightness moved ")
    assert dark["place"] is None


def test_only_reasons_of_a_token_can_be_json(place):
    done = place.run("explain", "build/acme/theme/tokens.css", "--format", "json")
    assert 2 == done.code
    assert "add `--token NAME`" in done.err


def test_explain_says_why_a_token_is_what_it_is(place):
    done = place.run("explain", "acme", "--token", "color.link")
    assert 0 == done.code
    head, light, *others = done.out.splitlines()
    assert "color.link of acme" == head
    assert re.match(
        r"  light +#[0-9a-f]{6}  is color\.primary\.11, lightness moved .* to reach 4\.5:1 on `color\.", light
    )
    assert 3 == len(others)
    done = place.run("explain", "acme", "--token", "color.lnk")
    assert 2 == done.code
    assert "did you mean `color.link`?" in done.err


def test_init_never_overwrites(place):
    done = place.run("init", ".")
    assert 2 == done.code
    assert "is there already" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["biuld"], "did you mean `build`?"),
        (["verison"], "no command is named `verison`; did you mean `--version`?"),
        (["deploy"], "; the commands are: `init`, `check`, `preview`, `build`, "),
        (["build", "--formt", "json"], "Did you mean '--format'?"),
        (["build", "acne"], "did you mean `acme`?"),
        (["build", "--only", "themes"], "`themes` is no part"),
        (["build", "--", "--help"], "no brand is named `--help`"),
        (["verify", "nothing.zip"], "does not exist"),
        (["build", "--project", "docs_src"], "holds no project"),
    ],
)
def test_mistakes_on_the_command_line_are_usage_errors(place, arguments, says):
    done = place.run(*arguments)
    assert 2 == done.code
    assert says in done.err


def test_an_output_that_cannot_be_written_is_an_io_error(place):
    shutil.rmtree(place.root / "build/acme")
    (place.root / "build/acme").write_text("in the way")
    done = place.run("build", "acme")
    assert 5 == done.code
    assert "build/acme" in done.err
    assert "Traceback" not in done.err


def test_an_interrupted_build_leaves_the_last_good_output(place):
    before = place.tree()
    page = place.root / "docs_src/index.md"
    page.write_text(page.read_text() + "\nMore.\n")
    process = place.start("build")
    assert any(b"rendering" in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert 130 == process.returncode
    assert before == place.tree()
    assert [] == [path for path in (place.root / "build").iterdir() if path.name.startswith(".stage")]


def test_the_schema_is_json_schema(place):
    import jsonschema

    schema = json.loads(place.run("schema", "brand").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    for brand in ("acme", "lagoon"):
        document = json.loads((place.root / f"brands/{brand}/brand.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(document)


def test_help_loads_nothing_heavy():
    heavy = {"mkdocs", "PIL", "fontTools", "jinja2", "sass", "markdown", "yaml", "resvg_py"}
    program = (
        f"import sys; from themekit.cli.main import run; run(['--help']);print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.splitlines()[-1]
    assert "build" in done.stdout


def test_a_flood_of_mistakes_is_cut_for_people_and_whole_for_machines(place):
    keys = ", ".join(f'"key{number}": 1' for number in range(1500))
    (place.root / "brands/acme/brand.json").write_text(f'{{"name": "Acme", "color": {{"primary": "#0b5fff"}}, {keys}}}')
    done = place.run("check", "acme")
    assert 1 == done.code
    assert 1000 == done.err.count("error[unknown-key]")
    assert "… and 500 more; `--format json` prints them all" in done.err
    assert 1500 == len(place.run("check", "acme", "--format", "ndjson").out.splitlines())
    assert 1500 == json.loads(place.run("check", "acme", "--format", "json").out)["errors"]


@pytest.mark.parametrize("epoch", ["garbage", "99999999999999", "-1"])
def test_an_epoch_that_is_no_time_of_a_zip_is_a_usage_error(place, epoch):
    done = place.run("package", "acme", SOURCE_DATE_EPOCH=epoch)
    assert 2 == done.code
    assert "SOURCE_DATE_EPOCH" in done.err


HEADS = ["x: 1" + ":01" * 400 + ".5", 'x: "\\UFFFFFFFF"', "a: " + "[\n" * 2400, "a: " + "[" * 9000, "- " * 8000]


@pytest.mark.parametrize("head", HEADS, ids=range(len(HEADS)))
def test_a_partners_head_cannot_stop_the_check(place, head):
    page = place.root / "brands/acme/docs/p.md"
    page.parent.mkdir()
    page.write_text(f"---\n{head}\n---\n# x\n")
    done = place.run("check", "acme")
    assert 1 == done.code
    assert re.search(r"brands/acme/docs/p\.md:\d+:\d+: error\[(invalid-front-matter|page-limit)\]", done.err)


def test_a_file_name_that_is_no_text_is_a_mistake(place):
    folder = place.root / "brands/acme/docs"
    folder.mkdir()
    (folder / "a\x1b[31m.md").write_text("# x")
    done = place.run("check", "acme")
    assert 1 == done.code
    assert "error[invalid-path]" in done.err
    assert "\x1b" not in done.err


@pytest.mark.parametrize(
    ("line", "column"), [('x: é"\x00"'.encode(), 6), (b'x: "\\UFFFFFFFF"', 5), ("x: é\xff".encode("latin-1"), 4)]
)
def test_a_configuration_that_cannot_be_read_is_a_mistake(place, line, column):
    configuration = place.root / "mkdocs.yml"
    before = configuration.read_bytes()
    configuration.write_bytes(before + b"\n" + line + b"\n")
    done = place.run("check", "acme")
    assert 1 == done.code
    number = before.count(b"\n") + 2
    assert f"mkdocs.yml:{number}:{column}: error[invalid-configuration]: " in done.err


def test_check_and_build_refuse_the_same_at_the_same_places(place):
    """Every room has a mistake: the brand, its tokens, a logo, a font, mkdocs.yml, a page, a file, a partner's page."""
    write_mistakes(place.root)
    reports = []
    for command in ("check", "build"):
        done = place.run(command, "--format", "ndjson")
        assert 1 == done.code
        found = map(json.loads, done.out.splitlines())
        reports.append(
            {
                (each["code"], each["path"], each["line"], each["column"])
                for each in found
                if each["severity"] == "error"
            }
        )
    assert len(reports[0]) >= 8
    codes = {code for code, *_ in reports[0]}
    assert {"low-contrast", "unknown-token", "invalid-front-matter", "invalid-configuration"} <= codes
    assert reports[0] == reports[1]


TOKENS = {"color": {"text": {"$type": "color", "$value": "#cccccc"}, "a": {"$value": "{color.nope}"}}}


def write_mistakes(root):
    lagoon = json.loads((root / "brands/lagoon/brand.json").read_text(encoding="utf-8"))
    lagoon["logos"] = {"light": "logo.svg", "mark": "mark.png"}
    lagoon["typography"] = {"families": {"body": {"family": "Own", "files": [{"path": "own.woff2"}]}}}
    globex = {"name": "Globex", "color": {"primary": "#0b5fff"}, "urls": {"site": "x"}, "tokens": TOKENS}
    files = {
        "brands/acme/brand.json": BROKEN.encode(),
        "brands/globex/brand.json": json.dumps(globex, indent=2).encode(),
        "docs_src/get-started/b.md": b"---\nhide: 3\ntemplate: nope.html\n---\n# x\n",
        "brands/lagoon/brand.json": json.dumps(lagoon, indent=2).encode(),
        "brands/lagoon/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/>",
        "brands/lagoon/mark.png": b"no picture",
        "brands/lagoon/own.woff2": b"no font",
        "brands/lagoon/docs/own.md": b'# x\n\n--8<-- "/etc/passwd"\n',
        "docs_src/get-started/a.md": b"# x\n\n{% if sections. %}\n",
        "docs_src/get-started/A.md": b"# x\n",
        "docs_src/assets/brand/tokens.css": b"x",
        "mkdocs.yml": (root / "mkdocs.yml").read_bytes().replace(b"\n  - search\n", b"\n  - nope\n")
        + b"\nextra:\n  x: !!python/object:os.system y\n",
    }
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def test_an_output_that_nobody_reads_to_its_end_is_no_failure(place):
    """`themekit check --format ndjson | head -1`: no traceback, and the code of a program that a closed pipe ended."""
    (place.root / "brands/acme/brand.json").write_text(json.dumps({f"key{number}": 1 for number in range(1500)}))
    for arguments in (("check", "acme", "--format", "ndjson"), ("schema", "brand"), ("--help",)):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [*PROGRAM, *arguments], cwd=place.root, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
        )
        os.close(writer)
        assert (141, False) == (done.returncode, b"Traceback" in done.stderr or b"Exception" in done.stderr)


def test_machine_formats_are_utf_8_in_every_locale(place):
    (place.root / "brands/acme/brand.json").write_text('{"name": "Söhne", "colör": 1}', encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, "check", "acme", "--format", "ndjson"],
        cwd=place.root,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert 1 == done.returncode
    assert "colör" in json.loads(done.stdout.decode().splitlines()[0])["message"]


def test_a_closed_stderr_is_no_bug(place):
    command = f"{shlex.join([*PROGRAM, 'check', 'acme'])} 2>&-"
    assert 0 == subprocess.run(["/bin/sh", "-c", command], cwd=place.root, check=False).returncode


def test_a_project_without_pages_or_settings(place):
    shutil.rmtree(place.root / "docs_src")
    (place.root / "mkdocs.yml").unlink()
    for command in ("check", "build"):
        done = place.run(command, "acme")
        assert (1, 2) == (done.code, done.err.count("error[missing-portal]"))
