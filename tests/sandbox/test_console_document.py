"""What the console offers of a description: inputs with values that are valid, and no text and no reference of it."""

import json
from pathlib import PurePosixPath

from tests.sandbox.sandbox_calls import SAMPLE
from themekit.sandbox.console import console_document
from themekit.source.api import read_api

PATH = PurePosixPath("docs_src/api/openapi.yaml")
SMALL = """openapi: 3.0.3
info: {title: Things, version: "1.0", description: Nobody reads this here.}
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, pattern: "^t_[0-9]{3}$", example: wrong}}
    post:
      parameters:
        - {name: limit, in: query, description: How many., schema: {type: integer, default: 5, example: 7}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: Idempotency-Key, in: header, required: true, schema: {type: string}}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {$ref: "#/components/schemas/Form"}
            encoding: {tags: {contentType: application/json}}
          application/json:
            schema: {$ref: "#/components/schemas/Form"}
            example: {name: mine}
      responses:
        "201": {description: Made., content: {text/csv: {}, application/json: {}}}
        "429": {description: Too many., content: {application/json: {}}}
      security: [{key: []}, {}]
components:
  securitySchemes: {key: {type: apiKey, in: query, name: k}}
  schemas:
    Form:
      allOf:
        - {type: object, required: [name], properties: {name: {type: string, description: "<b>bold</b>"}}}
        - {type: object, properties: {id: {type: string, readOnly: true}, tags: {type: array, items: {type: string}}}}
"""


def document(content):
    api, diagnostics = read_api(PATH, content, read=lambda _: None)
    assert api is not None, diagnostics
    return json.loads(console_document(PATH, content, read=lambda _: None, api=api))


def test_inputs_are_filled_and_say_nothing_of_the_description():
    made = document(SMALL.encode())
    operation = made["paths"]["/things/{id}"]["post"]
    by_name = {each["name"]: each for each in operation["parameters"]}
    assert ["id", "limit", "Idempotency-Key"] == list(by_name)
    assert by_name["id"]["example"].startswith("t_")
    assert {"name": "limit", "in": "query", "required": False, "schema": {"default": 5, "type": "integer"}} == (
        by_name["limit"]
    )
    assert by_name["Idempotency-Key"]["x-fresh"]
    content = operation["requestBody"]["content"]
    assert {"schema": {}, "example": {"name": "mine"}} == content["application/json"]
    form = content["multipart/form-data"]
    assert (["name"], {"name", "tags"}) == (form["schema"]["required"], set(form["schema"]["properties"]))
    assert "example" in form["schema"]["properties"]["name"]
    assert {"tags": {"contentType": "application/json"}} == form["encoding"]
    assert ["application/json", "text/csv"] == list(operation["responses"]["201"]["content"])
    assert {"description": ""} == operation["responses"]["429"]
    assert ([["key"], []], {"key": ["query", "k"]}) == (operation["x-security"], made["x-schemes"])
    text = json.dumps(made)
    assert not [word for word in ("Nobody", "How many", "bold", "Made.", "$ref") if word in text]


def test_an_operation_says_its_own_server():
    """The first one, with the defaults of its variables; those of the whole description are the brand's to say."""
    paths = {
        "/own": "servers: [{url: 'https://{r}.example/v2/', variables: {r: {default: eu}}}, {url: 'https://b.example'}]"
    }
    lines = "".join(f"  {path}: {{get: {{{more}, responses: {{}}}}}}\n" for path, more in paths.items())
    text = f"openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths:\n{lines}"
    made = document((text + "  /other: {get: {responses: {}}}\n").encode())["paths"]
    assert "https://eu.example/v2" == made["/own"]["get"]["x-server"]
    assert "x-server" not in made["/other"]["get"]


def test_every_operation_of_the_sample_is_there():
    made = document(SAMPLE.read_bytes())
    operations = [each for item in made["paths"].values() for each in item.values()]
    assert 54 == len(operations)
    filled = [each["requestBody"]["content"] for each in operations if "requestBody" in each]
    assert all("example" in media or "properties" in media["schema"] for each in filled for media in each.values())
