"""What stands in the data besides values: formats, media types, headers, lists without examples, files for portals."""

import hashlib
import json
from pathlib import PurePosixPath

import pytest

from tests.sandbox.small_apis import PATH, answer_of, answering, description, sandbox_of
from themekit.sandbox.making import make_sandbox
from themekit.sandbox.portal import portal_files
from themekit.sandbox.validity import FORMATS
from themekit.trial.sandbox_engine import engine_sources

BROKEN = {
    "date": ["2026-02-30", "2026-1-1", "yesterday"],
    "date-time": ["2026-01-01", "2026-01-01T25:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"],
    "time": ["9:30", "24:00:00Z"],
    "duration": ["P", "PT", "1D"],
    "uuid": ["3fa85f64"],
    "email": ["mara", "mara@", "a b@example.com"],
    "hostname": ["-a", "a..b", "a_b"],
    "uri": ["/a", "a b:c", "https://a.example/<"],
    "uri-reference": ["a b"],
    "ipv4": ["1.2.3", "1.2.3.256"],
    "ipv6": ["::g", "1.2.3.4"],
    "byte": ["a", "%%%%"],
    "json-pointer": ["a", "/~2"],
    "regex": ["("],
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_made_and_checked(name):
    assert FORMATS[name](answer_of({"type": "string", "format": name}))
    assert [] == [text for text in BROKEN[name] if FORMATS[name](text)]


def test_whole_numbers_have_their_bits():
    assert 2**31 - 1 == answer_of({"type": "integer", "format": "int32", "enum": [2**40, 2**31 - 1]})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "number", "minimum": 40}, 40),
        ({"type": "number", "maximum": -1}, -1),
        ({"type": "number", "exclusiveMinimum": 2, "exclusiveMaximum": 3}, 2.5),
        ({"type": "integer", "maximum": -5, "multipleOf": 4}, -8),
        ({"type": "number"}, 1.5),
        (
            {"type": "object", "propertyNames": {"minLength": 9}, "additionalProperties": {"type": "null"}},
            {"k" * 9: None},
        ),
        ({"type": "object", "additionalProperties": False}, {}),
        ({"type": "array", "maxItems": 0}, []),
    ],
)
def test_a_value_within_limits(schema, value):
    assert value == answer_of(schema)


def contents_of(content, headers=None):
    """The contents and headers of the answer in the data, with what their numbers mean."""
    answer = {"description": "ok", "content": content, "headers": headers or {}}
    operation = {"operationId": "a", "responses": {"2XX": answer}}
    data, errors = sandbox_of(description({"/a": {"get": operation}}))
    assert [] == errors
    made = json.loads(data.text)
    answer = made["operations"][0]["answers"]["2XX"]
    values = made["values"]
    return [(each["m"], values[each.get("v", each.get("t", each.get("b")))]) for each in answer.get("c", ())], (
        values[answer["h"]] if "h" in answer else []
    )


def test_a_range_of_media_types_is_one_of_them():
    text = {"schema": {"type": "string", "example": "hello"}}
    found, _ = contents_of({"*/*": text, "image/*": text, "application/*": text, "text/*": text, "font/*": text})
    assert {"text/plain", "image/png", "application/json", "application/octet-stream"} == {name for name, _ in found}


def test_json_comes_first_and_text_is_text():
    found, _ = contents_of(
        {
            "text/plain": {"schema": {"type": "integer", "example": 5}},
            "application/vnd.a+json": {"schema": {"const": 7}},
        }
    )
    assert [("application/vnd.a+json", 7), ("text/plain", "5")] == found


def test_headers_have_values_that_a_header_can_have():
    headers = {
        "X-Example": {"schema": {"type": "integer"}, "example": 7},
        "X-Made": {"schema": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2}},
        "X-Object": {"schema": {"type": "object", "properties": {"a": {"const": True}}}},
        "X-Wrong": {"schema": {"type": "integer"}, "example": "x"},
        "X-Lines": {"schema": {"type": "string"}, "example": "a\r\nSet-Cookie: b=ü"},
        "Content-Type": {"schema": {"type": "string"}},
    }
    _, found = contents_of({}, headers)
    assert {
        "X-Example": "7",
        "X-Made": "a,a",
        "X-Object": "a,true",
        "X-Wrong": "1",
        "X-Lines": "aSet-Cookie: b=",
    } == dict(found)


def test_a_header_that_nothing_can_satisfy_is_an_error():
    document = answering({"type": "integer"})
    never = {"schema": {"allOf": [{"type": "string"}, {"type": "integer"}]}}
    document["paths"]["/it"]["get"]["responses"]["200"]["headers"] = {"X-Never": never}
    _, errors = sandbox_of(document)
    assert ["no value that the schema allows for the header X-Never"] == [each for each in errors if "X-Never" in each]


def test_an_event_that_is_not_valid_is_made_anew():
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    document = answering(schema)
    content = {"text/event-stream": {"schema": schema, "example": 'event: a\ndata: {"n": "x"}\n\n'}}
    document["paths"]["/it"]["get"]["responses"]["200"]["content"] = content
    data, _ = sandbox_of(document)
    assert [f'data: {{"n":{n}}}\n\n' for n in (1, 2, 3)] == json.loads(data.text)["values"]


def test_a_list_without_an_example_has_seven_items():
    item = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    schema = {"type": "object", "properties": {"data": {"type": "array", "items": item}}, "example": {"data": []}}
    operation = {
        "operationId": "list",
        "parameters": [{"name": "offset", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}},
        "x-pagination": {"kind": "offset", "items": "data", "parameter": "offset"},
    }
    data, errors = sandbox_of(description({"/a": {"get": operation}}))
    assert [] == errors
    made = json.loads(data.text)
    assert 7 == len({made["values"][each]["id"] for each in made["operations"][0]["page"]["seeds"]})


def test_new_ids_are_like_the_example_or_there_are_none():
    def kind(schema, example):
        item = {"type": "object", "required": ["id"], "properties": {"id": {**schema, "example": example}}}
        answer = {"200": {"description": "ok", "content": {"application/json": {"schema": item}}}}
        identified = [{"name": "id", "in": "path", "required": True, "schema": schema}]
        paths = {
            "/a": {"post": {"operationId": "make", "responses": answer}},
            "/a/{id}": {"parameters": identified, "get": {"operationId": "see", "responses": answer}},
        }
        made = json.loads(sandbox_of(description(paths))[0].text)
        return made["kinds"][0].get("new"), made["operations"][0].get("state", ["", 0])[0]

    assert ({"text": "pay_abc", "width": 4}, "create") == kind({"type": "string"}, "pay_abcdefg")
    assert ({"from": 70}, "create") == kind({"type": "integer"}, 70)
    assert ({"text": "ab-", "width": 1}, "create") == kind({"type": "string", "pattern": "^ab(-[0-9]+)?$"}, "ab")
    assert (None, "") == kind({"type": "string", "enum": ["only"]}, "only")


@pytest.mark.parametrize("content", [b"[]", b"5", b"{", b"\xff"])
def test_what_is_no_description(content):
    data, diagnostics = make_sandbox(PATH, content, read=lambda _path: None)
    assert data is None
    assert diagnostics


def test_files_of_the_project_are_read_and_no_others():
    document = answering({"$ref": "parts/a.json#/A"})
    content = json.dumps(document).encode()
    files = {PurePosixPath("parts/a.json"): b'{"A": {"const": 41}}'}
    data, diagnostics = make_sandbox(PATH, content, read=files.get)
    assert ((), [41]) == (diagnostics, json.loads(data.text)["values"])
    for other in ("https://a.example/x.json", "../x.json", "parts/b.json", "#/components/schemas/Nowhere"):
        outside = json.dumps(answering({"$ref": other})).encode()
        data, diagnostics = make_sandbox(PATH, outside, read=files.get)
        assert (None, 1) == (data, len(diagnostics))


def test_the_files_of_a_portal():
    """Their bytes are told apart by the data's digest, so that a worker forgets what another API's sandbox made."""
    data, _ = sandbox_of(answering({"const": "</script>"}))
    files = {str(each.path): each.content.decode() for each in portal_files(data, engine_sources())}
    assert ["sandbox-worker.js", "sandbox-engine.js", "sandbox-data.js", "sandbox.js"] == list(files)
    digest = hashlib.sha256(data.text.encode()).hexdigest()[:16]
    assert files["sandbox-data.js"].startswith(f'self.API_SANDBOX={{"digest":"{digest}","title":"T"')
    assert data.text[1:] in files["sandbox-data.js"]
    assert [] == [name for name, text in files.items() if "\nimport " in text or "\nexport " in text or "\n//" in text]
