"""What is emitted, as text: hostile words, leaks, the same bytes each time, one small package as it was reviewed."""

import json
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from java_packages import HERE, JAVAC, ROOT, SAMPLE, SMALL, api_of, compiled, filled, java, template_of, texts, write

from themekit.model import BrandId
from themekit.model.sdk import sdk_file
from themekit.sdk.java import LANGUAGE
from themekit.sdk.java.reserved import RUNTIME
from themekit.sdk.java.text import html, literal
from themekit.sdk.stamp import stamp
from themekit.source.api import read_api
from themekit.source.brand import BrandInputs, parse_brand

PAYLOADS = (
    '"; INJECT(); String a = "',
    "*/ INJECT(); /*",
    '"""; INJECT(); """',
    "\\u0022; INJECT(); //",
    "\\u002a/ INJECT(); /\\u002a",
    "\\\\u0022+INJECT()+\\u0022",
    "line\nINJECT();\r\n// \u2028INJECT();\u2029",
    "${INJECT()} #{INJECT()} `INJECT()` {@code */ INJECT()}",
    "<script>INJECT()</script> @deprecated {@link String} \u202e\u200f\ud7ff\U0001f600",
    "\\",
    "```\n*/ INJECT();\n",
)
KEYWORDS = "class default null getClass toString wait 1 _ String Object Builder self".split()


def hostile(payload):
    """A description with the payload wherever a text can stand."""
    names = [payload, *KEYWORDS]
    properties = {name: {"type": "string", "description": payload, "default": payload} for name in names}
    thing = {
        "type": "object",
        "title": payload,
        "description": payload,
        "required": [payload, "class"],
        "properties": {
            **properties,
            "kind": {"type": "string", "enum": [payload, "a", "", "class", *KEYWORDS[:3]]},
            "fixed": {"const": payload},
        },
        "example": {payload: payload, "class": payload},
    }
    parameters = [
        {"name": name, "in": place, "description": payload, "schema": {"type": "string"}, "example": payload}
        for place in ("query", "header", "cookie")
        for name in (["X-Plain"] if place != "query" else [payload, "class", "self"])
    ]
    example = {payload: payload, "class": payload}
    schema = {"$ref": "#/components/schemas/Thing"}
    content = {"application/json": {"schema": schema, "examples": {payload: {"value": example}}}}
    answer = {"description": payload, "content": content}
    operation = {
        "operationId": payload,
        "tags": [payload],
        "summary": payload,
        "description": payload,
        "deprecated": True,
        "parameters": parameters,
        "requestBody": {"required": True, "description": payload, "content": content},
        "responses": {"200": answer, "default": answer},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": payload, "version": payload, "description": payload, "license": {"name": payload}},
        "servers": [{"url": "https://api.example.com", "description": payload}],
        "tags": [{"name": payload, "description": payload}],
        "security": [{"key": []}],
        "paths": {"/things": {"post": operation}},
        "x-webhook-signature": "timestamped-hmac-sha256",
        "webhooks": {payload: {"post": {"summary": payload, "responses": {"200": {"description": payload}}}}},
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": payload, "description": payload}},
            "schemas": {"Thing": thing},
        },
    }


def read(value):
    content = json.dumps(value).encode()
    api, diagnostics = read_api(PurePosixPath("openapi.json"), content, read=lambda _: None)
    assert api is not None, [each.message for each in diagnostics]
    return api


@pytest.mark.skipif(JAVAC is None, reason="there is no javac on this machine")
def test_a_hostile_description_compiles_and_calls_nothing(tmp_path):
    """Each payload in a package of its own, all compiled in one run; then the syntax trees are walked."""
    files = []
    for number, payload in enumerate(PAYLOADS):
        api = read(hostile(payload))
        folder = tmp_path / f"p{number}"
        write(template_of(api), folder)
        sample = filled(sdk_file("x", LANGUAGE.sample(api, api.operations[0])).parts)
        (folder / "src" / "Example.java").write_text(sample, encoding="utf-8")
        for file in folder.rglob("*.java"):
            text = file.read_text(encoding="utf-8")
            own = text.replace("com.acme.pay", f"com.acme.pay{number}")
            package = f"package p{number};\n" if file.name == "Example.java" else ""
            file.write_text(package + own, encoding="utf-8")
            files.append(file)
    assert "" == compiled(files, tmp_path / "classes")
    walker = tmp_path / "walker"
    subprocess.run(["javac", "-d", walker, HERE / "scenarios" / "FindCalls.java"], check=True)
    listing = tmp_path / "files"
    listing.write_text("\n".join(map(str, files)), encoding="utf-8")
    assert f"{len(files)} files, 0 found" == java("-cp", walker, "FindCalls", listing, "INJECT").strip()


@pytest.mark.skipif(JAVAC is None, reason="there is no javac on this machine")
def test_the_walk_over_the_trees_sees_a_planted_call(tmp_path):
    planted = tmp_path / "A.java"
    planted.write_text("class A { int a = INJECT(); int INJECT() { return 1; } }", encoding="utf-8")
    subprocess.run(["javac", "-d", tmp_path, HERE / "scenarios" / "FindCalls.java"], check=True)
    listing = tmp_path / "files"
    listing.write_text(str(planted), encoding="utf-8")
    assert "1 files, 1 found" == java("-cp", tmp_path, "FindCalls", listing, "INJECT").strip()


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_comment_cannot_be_ended(text):
    shown = html(text)
    assert "*/" not in shown
    assert "\\" not in shown
    assert "\n" not in shown
    assert "@" not in shown


def test_a_literal_is_its_text():
    assert '"a\\"b\\\\u0022\\n\\000\\u2028é😀\\u202e"' == literal('a"b\\u0022\n\0\u2028é😀\u202e')


def test_a_long_text_is_put_together():
    assert literal("x" * 70_000).startswith('String.join("", "')


def test_the_runtime_names_are_those_of_its_files():
    files = {file.stem for file in (ROOT / "themekit" / "data" / "sdk" / "java" / "main").glob("*.java")}
    assert files == RUNTIME


TOOL_WORDS = ("themekit", "openapi", "generator", "swagger")
ACME = {"name": "ACME & Söhne", "client": "AcmePay", "package": "com.acme.pay"}
ZENITH = {"name": 'Zenith "Z" */ Ltd', "client": "Zenith", "package": "org.zenithbank.api"}


def brand(brand_id, words):
    java = {"package": words["package"], "group": words["package"], "artifact": brand_id}
    document = {
        "name": words["name"],
        "color": {"primary": "#0b5fff"},
        "sdk": {"client": words["client"], "java": java},
    }
    found, diagnostics = parse_brand(
        PurePosixPath(f"brands/{brand_id}/brand.json"),
        json.dumps(document).encode(),
        brand_id=BrandId(brand_id),
        inputs=BrandInputs(lambda _: None, lambda _: ()),
    )
    assert found is not None, [each.message for each in diagnostics]
    return found


def test_no_word_of_another_brand_or_of_a_tool_is_in_a_file():
    template = template_of(api_of(SMALL))
    for own, own_words, other, other_words in (("acme", ACME, "zenith", ZENITH), ("zenith", ZENITH, "acme", ACME)):
        files = stamp(template, brand(own, own_words), folder=PurePosixPath("java"))
        assert any(own_words["client"] in file.content.decode() for file in files)
        words = (other, other_words["client"], *other_words["package"].split(".")[1:2], *TOOL_WORDS)
        for file in files:
            text = f"{file.path}\n{file.content.decode()}".lower()
            found = [word for word in words if re.search(rf"\b{re.escape(word.lower())}", text)]
            assert [] == found, file.path


@pytest.mark.skipif(JAVAC is None, reason="there is no javac on this machine")
def test_a_brand_of_hostile_words_compiles(tmp_path):
    files = stamp(template_of(api_of(SMALL)), brand("zenith", ZENITH), folder=PurePosixPath("java"))
    for file in files:
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    assert "" == compiled(tmp_path.rglob("*.java"), tmp_path / "classes")


def test_the_same_api_gives_the_same_bytes():
    code = (
        f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(ROOT)!r}]\n"
        "import hashlib, java_packages as j\n"
        "print(hashlib.sha256(repr(sorted(j.texts(j.template_of(j.api_of(j.SAMPLE))).items())).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert 1 == len(digests)


GOLDEN = Path(HERE) / "golden"


def test_a_small_package_is_as_it_was_reviewed(request):
    """`pytest --update-golden` writes it anew; the runtime's own files are sources, so they are not repeated here."""
    found = {
        path: text
        for path, text in texts(template_of(api_of(SMALL))).items()
        if PurePosixPath(path).stem not in {*RUNTIME, "LICENSE", "Checks", "TestRun"}
    }
    if request.config.getoption("--update-golden"):
        for path, text in found.items():
            file = GOLDEN / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    assert {str(file.relative_to(GOLDEN)) for file in GOLDEN.rglob("*") if file.is_file()} == set(found)
    for path, text in found.items():
        assert (GOLDEN / path).read_text(encoding="utf-8") == text, path


def test_no_line_of_the_package_is_too_long():
    """But for those that hold one text that is longer."""
    for path, text in texts(template_of(api_of(SAMPLE))).items():
        if path.endswith(".java"):
            for line in text.splitlines():
                assert len(line) <= 100 or '"' in line or re.search(r"\S{60}", line), f"{path}: {line}"
