"""Descriptions of APIs: what is read, what is refused, and that nothing is fetched or blown up."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source.locate import all_located
from themekit.source.openapi import parse_openapi
from themekit.source.yaml_scan import scan_yaml
from themekit.source.yaml_text import read_yaml

PATH = PurePosixPath("api/openapi.yaml")
HEAD = 'openapi: 3.0.3\ninfo: {title: T, version: "2"}\npaths:\n'


def read(text, files=()):
    known = {PATH: text, **{PurePosixPath(path): content for path, content in dict(files).items()}}
    asked = []

    def look(path):
        asked.append(path)
        return known[path].encode() if path in known else None

    api, found = parse_openapi(PATH, text.encode(), read=look)
    assert (api is None) == any(each.is_error for each in found)
    return api, all_located(found, known.get), asked


def test_operations():
    api, found, _ = read(
        HEAD
        + """\
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: readA
      tags: [A]
      parameters: [{$ref: '#/components/parameters/Limit'}]
    put:
      operationId: writeA
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
components: {parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}}
"""
    )
    assert () == found
    one, two = api.operations
    assert ("readA", "GET", "/a/{id}", ("A",)) == (one.id, one.method, one.path, one.tags)
    assert [("id", "path", True), ("limit", "query", False)] == [
        (each.name, each.place, each.is_required) for each in one.parameters
    ]
    assert "/components/parameters/Limit/schema" == one.parameters[1].schema.pointer
    assert ("application/json", True) == (two.bodies[0].media_type, two.bodies[0].is_required)
    assert "/paths/~1a~1{id}/put/requestBody/content/application~1json/schema" == two.bodies[0].schema.pointer


def test_references_into_other_files_of_the_project():
    text = HEAD + "  /a:\n    $ref: '../shared/paths.yaml#/a'\n"
    api, found, _ = read(text, {"shared/paths.yaml": "a:\n  get: {operationId: one}\n"})
    assert () == found
    assert ("shared/paths.yaml", "/a/get") == (str(api.operations[0].origin.path), api.operations[0].origin.pointer)


BAD = {
    "old version": ("swagger: '2.0'\npaths: {}\n", [(1, 1, "invalid-openapi")]),
    "no object": ("- 1\n", [(1, 1, "wrong-type")]),
    "no id": (HEAD + "  /a:\n    get: {summary: x}\n", [(5, 5, "invalid-openapi")]),
    "one id twice": (
        HEAD + "  /a:\n    get: {operationId: x}\n    put: {operationId: x}\n",
        [(6, 24, "invalid-openapi")],
    ),
    "one path twice": (
        HEAD + "  /a/{b}:\n    get: {operationId: x}\n  /a/{c}:\n    get: {operationId: y}\n",
        [(7, 5, "invalid-openapi")],
    ),
    "a path with a query": (HEAD + "  /a?b=c:\n    get: {operationId: x}\n", [(4, 3, "invalid-openapi")]),
    "a reference outside": (HEAD + "  /a: {$ref: 'https://x.example/a.yaml'}\n", [(4, 14, "unresolved-reference")]),
    "a reference above": (HEAD + "  /a: {$ref: '../../a.yaml'}\n", [(4, 14, "invalid-path")]),
    "a reference to no file": (HEAD + "  /a: {$ref: 'b.yaml'}\n", [(4, 14, "missing-file")]),
    "a circle": (
        HEAD + "  /a: {$ref: '#/x/y'}\nx: {y: {$ref: '#/x/z'}, z: {$ref: '#/x/y'}}\n",
        [(5, 28, "unresolved-reference")],
    ),
    "a duplicate key": (HEAD + "  /a: {get: {operationId: x}}\n  /a: {}\n", [(5, 3, "invalid-yaml")]),
    "a tag": (HEAD + "  /a: !!python/object:x.y {}\n", [(4, 7, "invalid-yaml")]),
    "a merge key": (HEAD + "  /a: &a {get: {operationId: x}}\n  /b: {<<: *a}\n", [(5, 8, "invalid-yaml")]),
    "no YAML": ("a: [1\nb: }", [(2, 2, "invalid-yaml")]),
    "two documents": ("a: 1\n---\nb: 1\n", [(2, 1, "invalid-yaml")]),
}

GET = HEAD + "  /a:\n    get:\n      operationId: x\n      "
BAD |= {
    "an index that is no number": (
        GET + "parameters: [{$ref: '#/x-list/²'}]\nx-list: [{}]\n",
        [(7, 27, "unresolved-reference")],
    ),
    "a list as the place of a parameter": (GET + "parameters: [{name: a, in: [x]}]\n", [(7, 20, "invalid-openapi")]),
    "an object as the place": (GET + "parameters: [{name: a, in: {}}]\n", [(7, 20, "invalid-openapi")]),
    "parameters that are no list": (GET + "parameters: text\n", [(7, 19, "invalid-openapi")]),
    "shared parameters that are no list": (
        HEAD + "  /a: {parameters: {}, get: {operationId: x}}\n",
        [(4, 20, "invalid-openapi")],
    ),
    "tags that are no list": (GET + "tags: text\n", [(7, 13, "invalid-openapi")]),
    "a tag that is no text": (GET + "tags: [a, [b]]\n", [(7, 17, "invalid-openapi")]),
    "content that is no object": (GET + "requestBody: {content: text}\n", [(7, 30, "wrong-type")]),
    "a media type that is no object": (GET + "requestBody: {content: {a/b: text}}\n", [(7, 36, "wrong-type")]),
    "a parameter required in a word": (
        GET + "parameters: [{name: a, in: query, required: yes}]\n",
        [(7, 51, "invalid-openapi")],
    ),
    "a body required in a word": (GET + "requestBody: {required: yes}\n", [(7, 31, "invalid-openapi")]),
    "a reference that is no text": (HEAD + "  /a: {$ref: [b]}\n", [(4, 14, "invalid-openapi")]),
    "info that is no object": ("openapi: 3.0.3\ninfo: text\npaths: {}\n", [(2, 7, "wrong-type")]),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_refused(name):
    text, expected = BAD[name]
    _, found, asked = read(text)
    assert expected == [(each.place.line, each.place.column, each.code) for each in found]
    assert all(path.parts[0] != ".." and ":" not in str(path) for path in asked)


def test_aliases_that_expand_are_stopped():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    document, found = read_yaml(PATH, bomb.encode())
    assert document is None
    assert "expands to more than" in found[0].message


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 50_000, "{a: " * 50_000, "? " * 50_000])
def test_nesting_is_stopped(text):
    assert read_yaml(PATH, text.encode())[0] is None


def test_words_and_dates_are_text():
    document, _ = read_yaml(PATH, b"a: yes\nb: 2026-01-01\nc: 1\nd: 1.5\ne: true\nf:\ng: '1'\n200: x\n")
    assert {"a": "yes", "b": "2026-01-01", "c": 1, "d": 1.5, "e": True, "f": None, "g": "1", "200": "x"} == (
        document.value
    )


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_no_text_raises(text):
    document, found = read_yaml(PATH, text.encode("utf-8", "surrogatepass"))
    assert document is not None or found


@given(st.text(alphabet="ab:-[]{}&*!#'\"\n ,?|", max_size=40))
def test_places_are_inside_the_text(text):
    scan = scan_yaml(text, with_places=True)
    lines = text.split("\n")
    assert all(line <= len(lines) for line, _, _ in (*scan.values.values(), *scan.keys.values()))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/../../etc", "a segment `..`"),
        ("/a/./b", "a segment `.`"),
        ("/a/..", "a segment `..`"),
        ("//a", "two slashes in a row"),
        ("/a//{id}", "two slashes in a row"),
    ],
)
def test_a_path_that_no_request_has_is_refused(path, said):
    """Gateways take dots and double slashes out before they look for an operation: a policy would decide nothing."""
    api, (found,), _ = read(HEAD + f"  {path}:\n    get: {{operationId: one}}\n")
    assert api is None
    assert "invalid-openapi" == found.code
    assert f"`{path}` has {said}" in found.message


@pytest.mark.parametrize("path", ["/a/...", "/.well-known/a", "/a/..b/{id}", "/a/", "/"])
def test_a_path_with_dots_in_names_is_one(path):
    api, found, _ = read(HEAD + f"  {path}:\n    get: {{operationId: one}}\n")
    assert () == found
    assert [path] == [each.path for each in api.operations]


@pytest.mark.parametrize(
    ("place", "name"), [("header", "X A"), ("header", "X\r\nY"), ("header", ""), ("query", ""), ("query", "a\u0000")]
)
def test_a_parameter_that_no_request_has_is_refused(place, name):
    parameter = json.dumps([{"name": name, "in": place, "required": True}])
    api, (found,), _ = read(HEAD + f"  /a:\n    get: {{operationId: one, parameters: {parameter}}}\n")
    assert api is None
    assert "no request has a parameter of the name" in found.message
