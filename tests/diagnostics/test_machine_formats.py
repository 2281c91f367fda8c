"""Diagnostics for scripts, for GitHub and for code scanning."""

import json
from importlib.metadata import metadata
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from themekit.diagnostics import Diagnostic, Note, Severity, Span
from themekit.diagnostics.codes import docs_url
from themekit.diagnostics.github import render_github
from themekit.diagnostics.gitlab import render_gitlab
from themekit.diagnostics.json_text import render_json, render_json_lines
from themekit.diagnostics.junit import render_junit
from themekit.diagnostics.sarif import render_sarif
from themekit.model import Origin

PATH = PurePosixPath("brands/ac me/brand.json")
ERROR = Diagnostic(
    "unknown-key",
    Severity.ERROR,
    "100% wrong: `a,b`\x1b",
    Span(PATH, 3, 5, 4, "    text"),
    (Note("seen here", Span(PATH, 1, 2)), Note("a fact")),
    "did you mean `x`?",
)
WARNING = Diagnostic("low-contrast", Severity.WARNING, "pale", Origin(PATH, "/color/text"))
BARE = Diagnostic("json-size", Severity.ERROR, "big")


DOCS = "https://docs.example/portal"


def json_lines(diagnostics):
    return render_json_lines(diagnostics, DOCS)


def sarif(diagnostics):
    return render_sarif(diagnostics, DOCS, version="1.2.3")


def test_json_lines_have_the_same_keys_in_every_line():
    lines = [json.loads(line) for line in json_lines([ERROR, WARNING, BARE]).splitlines()]
    assert 1 == len({tuple(line) for line in lines})
    assert {
        "code": "unknown-key",
        "severity": "error",
        "message": "100% wrong: `a,b`\\u001b",
        "path": "brands/ac me/brand.json",
        "line": 3,
        "column": 5,
        "length": 4,
        "pointer": None,
        "hint": "did you mean `x`?",
        "docs": "https://docs.example/portal/handbook/diagnostics/unknown-key.html",
    }.items() <= lines[2].items()
    assert 1 == lines[2]["notes"][0]["line"]
    assert ("/color/text", None) == (lines[1]["pointer"], lines[1]["line"])


def test_github_commands_escape_what_would_end_them():
    first, second, third = render_github([ERROR, WARNING, BARE]).splitlines()
    assert "::error title=json-size::big" == first
    assert "::warning file=brands/ac me/brand.json,title=low-contrast::pale" == second
    assert (
        "::error file=brands/ac me/brand.json,line=3,col=5,endColumn=8,title=unknown-key::100%25 wrong: `a,b`\\u001b"
        "%0Anote: seen here (brands/ac me/brand.json:1)%0Anote: a fact%0Ahint: did you mean `x`?"
    ) == third


def test_github_property_cannot_be_broken_out_of():
    evil = Diagnostic("x", Severity.ERROR, "m", Span(PurePosixPath("a,line=1::b\n::error ::c"), 1, 1))
    assert 1 == len(render_github([evil]).splitlines())
    assert "file=a%2Cline=1%3A%3Ab\\n%3A%3Aerror %3A%3Ac," in render_github([evil])


# The parts of the SARIF 2.1.0 schema that these logs use, by section: 3.13, 3.14, 3.18, 3.27, 3.28, 3.30, 3.49.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "version": {"type": "string"},
                                "informationUri": {"type": "string", "format": "uri"},
                                "rules": {
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": {
                                        "type": "object",
                                        "required": ["id"],
                                        "additionalProperties": False,
                                        "properties": {
                                            "id": {"type": "string"},
                                            "shortDescription": {"$ref": "#/$defs/message"},
                                            "help": {"$ref": "#/$defs/message"},
                                            "helpUri": {"type": "string", "format": "uri"},
                                            "defaultConfiguration": {
                                                "type": "object",
                                                "properties": {"level": {"$ref": "#/$defs/level"}},
                                            },
                                        },
                                    },
                                },
                            },
                        }
                    },
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "id": {"type": "integer", "minimum": 0},
                "message": {"$ref": "#/$defs/message"},
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {"uri": {"type": "string", "pattern": "^[!-~]*$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                                "endColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("diagnostics", [[], [BARE], [ERROR, WARNING, BARE, ERROR]], ids=["none", "bare", "all"])
def test_sarif_is_valid(diagnostics):
    jsonschema.Draft202012Validator(SARIF).validate(json.loads(sarif(diagnostics)))


def test_sarif_names_rule_and_place():
    run = json.loads(sarif([ERROR, WARNING]))["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert ["low-contrast", "unknown-key"] == [rule["id"] for rule in rules]
    assert ["warning", "error"] == [rule["defaultConfiguration"]["level"] for rule in rules]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    place = results[1]["locations"][0]["physicalLocation"]
    assert {"uri": "brands/ac%20me/brand.json"} == place["artifactLocation"]
    assert {"startLine": 3, "startColumn": 5, "endColumn": 9} == place["region"]
    assert "100% wrong: `a,b`\\u001b\nhint: did you mean `x`?" == results[1]["message"]["text"]
    assert 1 == len(results[1]["relatedLocations"])


def json_text(diagnostics):
    return render_json(diagnostics, DOCS)


def parsed(text):
    return ET.fromstring(text)  # noqa: S314 - our own output


def junit(diagnostics):
    return render_junit(diagnostics, "check")


def test_json_is_one_document_with_the_objects_of_the_lines():
    document = json.loads(json_text([ERROR, WARNING, BARE]))
    assert (1, 2, 1) == (document["version"], document["errors"], document["warnings"])
    assert [json.loads(line) for line in json_lines([ERROR, WARNING, BARE]).splitlines()] == document["diagnostics"]
    assert {"version": 1, "errors": 0, "warnings": 0, "diagnostics": []} == json.loads(json_text([]))


# GitLab Docs, "Code Quality report format": what an entry must have.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"minimum": 1}}},
                },
            },
        },
    },
}


def test_a_gitlab_report_has_the_form_that_gitlab_asks_for():
    report = json.loads(render_gitlab([ERROR, WARNING, BARE]))
    jsonschema.validate(report, GITLAB)
    assert [".", "brands/ac me/brand.json", "brands/ac me/brand.json"] == [each["location"]["path"] for each in report]
    assert ["major", "minor", "major"] == [each["severity"] for each in report]
    assert "100% wrong: `a,b`\\u001b (hint: did you mean `x`?)" == report[2]["description"]
    assert 3 == report[2]["location"]["lines"]["begin"]
    assert [] == json.loads(render_gitlab([]))


def test_a_mistake_that_moved_is_the_same_to_gitlab_and_two_equal_ones_are_two():
    def fingerprints(*lines):
        found = [Diagnostic("x", Severity.ERROR, "m", Span(PATH, line, 1)) for line in lines]
        return [each["fingerprint"] for each in json.loads(render_gitlab(found))]

    assert fingerprints(3, 9) == fingerprints(4, 10)
    assert 2 == len(set(fingerprints(3, 9)))


def test_junit_has_a_case_for_each_and_a_failure_for_each_error():
    root = parsed(junit([ERROR, WARNING, BARE]))
    assert ("3", "2", "0") == tuple(root.attrib[name] for name in ("tests", "failures", "errors"))
    assert ["project", "brands/ac me/brand.json"] == [suite.attrib["name"] for suite in root]
    warned, failed = root[1]
    assert ("low-contrast", "system-out") == (warned.attrib["name"], warned[0].tag)
    assert ("3:5 unknown-key", "3", "failure") == (failed.attrib["name"], failed.attrib["line"], failed[0].tag)
    assert "^^^^" in failed[0].text
    assert "hint: did you mean `x`?" in failed[0].text


def test_junit_of_nothing_is_a_case_that_passed():
    root = parsed(junit([]))
    assert ("1", "0", "themekit check") == (root.attrib["tests"], root.attrib["failures"], root[0][0].attrib["name"])


def test_no_character_of_an_input_breaks_a_machine_format():
    """XML allows no control characters, not even escaped; a lone surrogate is not UTF-8."""
    text = "".join(map(chr, range(32))) + "\x7f\ufffe\ud800<&>\"']]>"
    evil = Diagnostic("x", Severity.ERROR, text, Span(PurePosixPath(f"a{text}"), 1, 1, 1, text), hint=text)
    assert 1 == len(list(parsed(junit([evil]).encode()).iter("failure")))
    assert 1 == len(json.loads(render_gitlab([evil]).encode()))
    assert 1 == json.loads(json_text([evil]).encode())["errors"]


@pytest.mark.parametrize("render", [json_lines, json_text, junit, render_github, render_gitlab, sarif])
def test_the_same_diagnostics_give_the_same_bytes_in_any_order(render):
    assert render([ERROR, WARNING, BARE]) == render([BARE, ERROR, WARNING, ERROR])


def region(*diagnostics):
    """Column kind, first and last column of the first result."""
    run = json.loads(sarif(diagnostics))["runs"][0]
    found = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    return run["columnKind"], found["startColumn"], found["endColumn"]


def at(column, length, excerpt, excerpt_column=1):
    return Diagnostic("x", Severity.ERROR, "m", Span(PATH, 1, column, length, excerpt, excerpt_column))


def test_sarif_columns_are_utf16_code_units():
    """A letter outside the Basic Multilingual Plane takes two of them, before the place and in it."""
    assert ("utf16CodeUnits", 5, 8) == region(at(4, 2, '"\U0001f600\u00e9a\U0001f600"'))


def test_sarif_columns_are_code_points_where_a_lines_start_is_not_known():
    assert ("unicodeCodePoints", 80, 82) == region(at(80, 2, "x\U0001f600yz", excerpt_column=79))
    assert ("unicodeCodePoints", 3, 5) == region(at(3, 2, "a\U0001f600yz"), at(80, 2, "yz", excerpt_column=80))


def test_pages_of_codes_are_addresses():
    driver = json.loads(sarif([ERROR]))["runs"][0]["tool"]["driver"]
    assert ("1.2.3", DOCS) == (driver["version"], driver["informationUri"])
    assert f"{DOCS}/handbook/diagnostics/unknown-key.html" == driver["rules"][0]["helpUri"]
    assert docs_url("unknown-key", f"{DOCS}/") == docs_url("unknown-key", DOCS)


def test_the_package_says_where_its_portal_is():
    """The addresses in machine formats are those of themekit's own portal, whose pages are files."""
    root = Path(__file__).parents[2]
    brand = json.loads((root / "brands/themekit/brand.json").read_text(encoding="utf-8"))
    urls = dict(entry.split(", ", 1) for entry in metadata("themekit").get_all("Project-URL"))
    assert brand["urls"]["site"].rstrip("/") == urls["Documentation"].rstrip("/")
    assert "\nuse_directory_urls: false\n" in (root / "mkdocs.yml").read_text(encoding="utf-8")
