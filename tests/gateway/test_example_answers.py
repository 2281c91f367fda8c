"""The examples of a description are found wherever it may have them, in other files too."""

from pathlib import PurePosixPath

from themekit.source.examples import ExampleAnswer, example_answers
from themekit.source.openapi import parse_openapi

API = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /own:
    get:
      operationId: own
      responses:
        '404': {description: no}
        '200': {description: yes, content: {application/json: {example: {id: 1}}}}
  /named:
    get:
      operationId: named
      responses:
        '201': {description: yes, content: {application/json: {examples: {a: {$ref: 'more.yaml#/shown'}}}}}
  /schema:
    get:
      operationId: schema
      responses: {'200': {$ref: 'more.yaml#/answer'}}
  /text:
    get:
      operationId: text
      responses: {'200': {description: yes, content: {text/csv: {example: "a,b"}}}}
  /nothing:
    delete: {operationId: nothing, responses: {'204': {description: gone}}}
  /only-faults:
    get: {operationId: faults, responses: {default: {description: x}}}
  /circle:
    get: {operationId: circle, responses: {'200': {$ref: '#/paths/~1circle/get/responses/200'}}}
"""
MORE = """\
shown: {value: [1]}
answer: {description: yes, content: {application/json: {schema: {$ref: '#/schema'}}}}
schema: {type: string, examples: [hello]}
"""


def test_examples_of_every_place():
    files = {PurePosixPath("api/a.yaml"): API.encode(), PurePosixPath("api/more.yaml"): MORE.encode()}
    path = PurePosixPath("api/a.yaml")
    api, diagnostics = parse_openapi(path, files[path], read=files.get)
    assert () == diagnostics
    found = {each.operation: each for each in example_answers(api, files[path], read=files.get)}
    assert {
        "own": ExampleAnswer("own", 200, "application/json", b'{"id": 1}'),
        "named": ExampleAnswer("named", 201, "application/json", b"[1]"),
        "schema": ExampleAnswer("schema", 200, "application/json", b'"hello"'),
        "text": ExampleAnswer("text", 200, "text/csv", b"a,b"),
        "nothing": ExampleAnswer("nothing", 204),
        "faults": ExampleAnswer("faults", 200),
        "circle": ExampleAnswer("circle", 200),
    } == found
