"""The hostile inputs that concern the source stage: an answer for each, without a traceback and without hanging.

The cases name keys of an imagined schema; `KEYS` says which of ours is meant. What is expected is theirs.
"""

import ast
import base64
import json
import time
from pathlib import Path, PurePosixPath

import pytest

from themekit.model import BrandId
from themekit.source.brand import BrandInputs, parse_brand

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "cases" / "hostile_inputs.json").read_text("utf-8"))["cases"]
}
AREAS = {"json", "alias", "path", "css", "html", "template"}
HANGS_S = 20  # no timing: it tells work out of proportion from work, under coverage and on a busy machine too
NAME, COLOR = '"name": "Acme"', '"color": {"primary": "#0b5fff"}'

# Cases of these areas that other stages answer: links on a disk, Sass, Markdown, the command line.
ELSEWHERE = {
    "PATH-19": "the disk host refuses links that leave the project",
    "PATH-21": "the disk host opens without following links",
    "PATH-22": "the disk host reads regular files only",
    "PATH-34": "the writer",
    "CSS-28": "Sass",
    "TEMPLATE-07": "brands bring no templates",
    "TEMPLATE-09": "Markdown",
}


def brand(members, *, name=NAME, color=COLOR):
    return "{" + ", ".join(part for part in (name, color, members) if part) + "}"


def computed(recipe):
    """A payload written as Python: an expression of literals, `+`, `*`, `%`, and the few calls the recipes make."""
    return eval(recipe, {"__builtins__": {}, "range": range}, {})  # noqa: S307  # a file of our own


def payload(case_id):
    case = CASES[case_id]
    written = case["payload"]
    if written.startswith("base64:"):
        return base64.b64decode(written.removeprefix("base64:"))
    return written


def logo(case_id):
    return brand(f'"logos": {{"light": {json.dumps(json.loads(payload(case_id))["assets"]["logo"])}}}')


def primary(case_id):
    return brand("", color=f'"color": {json.dumps(json.loads(payload(case_id))["color"])}')


def tokens(case_id):
    """Bare strings of the cases become tokens."""

    def token(value):
        if isinstance(value, dict):
            return {key: token(inner) for key, inner in value.items()}
        return {"$value": value}

    return brand(f'"tokens": {json.dumps(token(json.loads(payload(case_id))))}')


def navigation(case_id):
    url = json.loads(payload(case_id))["links"][0]["url"]
    return brand(f'"portal": {{"navigation": [{{"title": "x", "url": {json.dumps(url)}}}]}}')


FONT = json.dumps(json.loads(CASES["CSS-25"]["payload"])["font"]["body"])
MARKUP = json.dumps(json.loads(CASES["HTML-01"]["payload"])["name"])

ADAPTED = {
    "JSON-01": payload("JSON-01"),
    "JSON-03": payload("JSON-03"),
    "JSON-04": payload("JSON-04"),
    "JSON-06": '{"radius":' + "9" * 5000 + "}",
    "JSON-07": '{"radius":' + "9" * 400 + "}",
    "JSON-09": '{"a":' * 900 + "1" + "}" * 900,
    "JSON-10": payload("JSON-10"),
    "JSON-12": payload("JSON-12").replace(b"}", b',"color":{"primary":"#000"}}'),
    "JSON-13": '{"name":"a"}'.encode("utf-16"),
    "JSON-15": payload("JSON-15"),
    "JSON-16": payload("JSON-16"),
    "JSON-18": payload("JSON-18"),
    "JSON-19": b'{"name":"' + b"a" * 5_000_000 + b'"}',
    "JSON-21": brand('"typografy": {}'),
    "ALIAS-03": brand(
        '"tokens": '
        + json.dumps(
            {
                "$type": "color",
                **{f"c{i}": {"$value": f"{{c{i + 1}}}"} for i in range(20_000)},
                "c20000": {"$value": "#fff"},
            }
        )
    ),
    "ALIAS-04": tokens("ALIAS-04"),
    "ALIAS-06": '{"extends": "../b/brand.json"}',
    "ALIAS-07": payload("ALIAS-07"),
    "PATH-31": brand('"logos": {"light": "logo.svg"}'),
    "PATH-33": brand(f'"logos": {{"light": "{"a" * 300}.svg"}}'),
    "CSS-24": brand(
        '"tokens": {"color": {"$type": "color", "a-b": {"$value": "#fff"}, "a": {"b": {"$value": "#000"}}}}'
    ),
    "CSS-25": brand(f'"typography": {{"families": {{"body": {{"family": {FONT}}}}}}}'),
    "CSS-27": primary("CSS-27"),
    "HTML-01": brand("", name=f'"name": {MARKUP}'),
    "HTML-03": brand(f'"legalName": {MARKUP}'),
    "HTML-04": brand(f'"portal": {{"navigation": [{{"title": {MARKUP}, "url": "x"}}]}}'),
    "HTML-06": brand(f'"tagline": {MARKUP}'),
    "HTML-16": brand("", name=payload("HTML-16")[1:-1]),
    "HTML-18": brand(payload("HTML-18")[1:-1]),
    "HTML-19": brand("", name=f'"name": "{"x" * 10**6}"'),
    **{f"PATH-{n:02}": logo(f"PATH-{n:02}") for n in (1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 24, 25, 27, 28, 30)},
    **{f"CSS-{n:02}": primary(f"CSS-{n:02}") for n in (1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22)},
    **{f"HTML-{n:02}": navigation(f"HTML-{n:02}") for n in (7, 9, 10, 12, 13, 15)},
    **{f"TEMPLATE-{n:02}": brand("", name=payload(f"TEMPLATE-{n:02}")[1:-1]) for n in (1, 3, 4, 6)},
}

# An alias to itself is well-formed: the resolver finds the cycle.
ADAPTED["ALIAS-01"] = brand('"tokens": {"color": {"a": {"$value": "{color.a}"}}}')
LATER = {"ALIAS-01"}

OTHER_FILES = {
    "brands/b/brand.json": '{"extends": "../acme/brand.json"}',
    "brands/acme/logo.svg": "<svg/>",
    "brands/acme/Logo.svg": "<svg/>",
    "etc/passwd": "root:x:0:0",
}
SAID = {
    "JSON-04": "`primary` stands twice",
    "JSON-13": "UTF-16",
    "JSON-16": "empty",
    "JSON-18": "no key `__proto__`",
    "JSON-19": "5,000,011 bytes",
    "JSON-21": "did you mean `typography`?",
    "ALIAS-06": "`brands/acme/brand.json` -> `brands/b/brand.json` -> `brands/acme/brand.json`",
    "PATH-31": "are one file on Windows and macOS",
    "CSS-24": "`--tk-color-a-b`",
    "HTML-07": "scheme `javascript`",
    "HTML-19": "1000000 characters",
}


def test_every_case_of_these_areas_is_answered_here_or_elsewhere():
    ours = {case_id for case_id, case in CASES.items() if case["area"] in AREAS}
    assert ours == set(ADAPTED) | set(ELSEWHERE)


def test_recipes_are_the_payloads_of_the_cases():
    """The computed payloads above are what the recipes say."""
    for case_id in ("JSON-06", "JSON-07", "JSON-09", "JSON-13"):
        recipe = payload(case_id).removeprefix("python: ")
        if ".encode(" in recipe:
            literal, _, encoding = recipe.partition(".encode(")
            assert ast.literal_eval(literal).encode(ast.literal_eval(encoding[:-1])) == ADAPTED[case_id]
        else:
            assert computed(recipe) == ADAPTED[case_id]


@pytest.mark.parametrize("case_id", sorted(ADAPTED))
def test_hostile_input(read, case_id):
    case = CASES[case_id]
    started = time.process_time()
    reading = read(ADAPTED[case_id], OTHER_FILES)
    text = reading.text
    assert time.process_time() - started < HANGS_S
    if case["expected_class"] == "input" and case_id not in LATER:
        assert reading.brand is None
    else:
        assert reading.brand is not None or text
    assert not {"\x1b", "\x00", "\x01", "\ud800"} & set(text)
    assert "root:x:" not in text
    assert SAID.get(case_id, "") in text
    assert len(text) < 4000


@pytest.mark.parametrize("case_id", ["TEMPLATE-01", "TEMPLATE-03", "TEMPLATE-04", "TEMPLATE-06"])
def test_template_syntax_in_a_name_stays_text(read, case_id):
    """Values are data, never template source."""
    assert json.loads(payload(case_id))["name"] == read(ADAPTED[case_id]).brand.name


def test_the_same_is_said_whether_the_target_exists(read):
    """CASES PATH-*: a path outside the folder is refused before anybody looks."""
    escaping = brand('"logos": {"light": "../../etc/passwd.svg"}')
    there = read(escaping, {"etc/passwd.svg": "root:x:"})
    absent = read(escaping)
    assert there.text == absent.text
    assert [] == there.asked


def test_control_characters_of_a_name_are_escaped(read):
    """CLI-01: a brand's name cannot write to a terminal or forge a line of the log."""
    text = read(brand("", name='"name": "\\u001b[2J\\nbrands/x.json:1:1: error[forged]: x"')).text
    assert 4 == len(text.splitlines())
    assert "\x1b" not in text


def doubling(lines):
    groups = {"a0": {"$type": "number", "t": {"$value": 1}}}
    for line in range(1, lines):
        groups[f"a{line}"] = {side: {"$extends": f"{{a{line - 1}}}"} for side in ("left", "right")}
    return groups


OVERSIZED = {
    "60,000 unknown keys": (",".join(f'"k{i}": 1' for i in range(60_000)), "unknown-key"),
    "25,000 groups that extend nothing": (
        '"tokens": ' + json.dumps({f"g{i}": {"$extends": f"{{h{i}}}"} for i in range(25_000)}),
        "unknown-group",
    ),
    "groups that double with each line": (f'"tokens": {json.dumps(doubling(14))}', "too-long"),
    "a chain of 20,000 groups": (
        '"tokens": ' + json.dumps({f"a{i}": {"$extends": f"{{a{i + 1}}}"} for i in range(20_000)}),
        "too-long",
    ),
    "a key of 900,000 characters": (f'"tokens": {{"$type": "number", "{"k" * 900_000}": {{"$value": "x"}}}}', None),
}


@pytest.mark.parametrize("name", OVERSIZED)
def test_a_file_within_its_size_cannot_cost_more_than_its_reading(name):
    """Neither looking for hints nor `$extends` makes work out of proportion."""
    members, code = OVERSIZED[name]
    path = PurePosixPath("brands/acme/brand.json")
    inputs = BrandInputs(lambda _: None, lambda _: ())
    started = time.process_time()
    _, found = parse_brand(path, brand(members).encode(), brand_id=BrandId("acme"), inputs=inputs)
    assert time.process_time() - started < HANGS_S
    assert code in {None, *(diagnostic.code for diagnostic in found)}
    assert all(len(diagnostic.message) < 1000 for diagnostic in found)
