"""The bars: every body of every document is valid, and every operation answers a request that is valid by it."""

import json
from pathlib import Path

import pytest
from openapi_schema_validator import OAS30Validator, OAS31Validator, oas30_format_checker, oas31_format_checker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.sandbox.sample_requests import requests_of
from tests.sandbox.sandbox_calls import SAMPLE, SHARED, SPECS, Caller
from themekit.source.json_value import child_pointer, pointer_parts
from themekit.source.yaml_text import read_yaml
from themekit.trial.sandbox import read_sandbox, serving_data

DOCUMENTS = [SAMPLE, *SPECS]
pytestmark = pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)


def test_the_shared_documents_are_there(file):
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: only the sample is tried")
    assert file.is_file()


def test_every_body_is_valid_by_somebody_elses_validator(file):
    """Not the one that the bodies were made with: references, dialects and formats are read by another package."""
    data = made(file)
    checked = list(faults(file, data))
    assert [] == [fault for fault in checked if fault]
    assert len(checked) > 10


def test_every_operation_answers_a_valid_request(file):
    sent = requests_of(file)
    data, _ = read_sandbox(file, file.parent)
    with serving_data(data) as base_url:
        call = Caller(base_url)
        got = [(each, call.raw(each.method, each.path, each.body or None, each.headers)) for each in sent]
    assert [] == [(each.operation, answer.status, answer.content[:300]) for each, answer in got if answer.status >= 300]
    assert len(got) == data.operations


def made(file: Path):
    data, diagnostics = read_sandbox(file, file.parent)
    assert [] == [each.message for each in diagnostics if each.is_error]
    return json.loads(data.text)


def faults(file, data):
    """One for each JSON body, None if it is valid."""
    document = value_of(file)
    is_3_0 = document["openapi"].startswith("3.0")
    kind, checker = (OAS30Validator, oas30_format_checker) if is_3_0 else (OAS31Validator, oas31_format_checker)
    registry = Registry().with_resource("urn:d", DRAFT202012.create_resource(document))
    for operation in data["operations"]:
        place = f"/paths{child_pointer('', operation['path'])}/{operation['method'].lower()}/responses"
        for status, answer in operation["answers"].items():
            response, pointer = resolved(document, child_pointer(place, status))
            for content in answer.get("c", ()):
                media = response["content"].get(content["m"])
                if "v" not in content or media is None or "schema" not in media:
                    continue
                where = child_pointer(f"{pointer}/content", content["m"]) + "/schema"
                schema = {"$ref": f"urn:d#{where.replace('%', '%25').replace('{', '%7B').replace('}', '%7D')}"}
                validator = kind(schema, registry=registry, format_checker=checker)
                value = data["values"][content["v"]]
                yield next((f"{where}: {error.message[:200]}" for error in validator.iter_errors(value)), None)


def value_of(file):
    text = file.read_bytes()
    return json.loads(text) if file.suffix == ".json" else read_yaml(Path(file.name), text)[0].value


def resolved(document, pointer):
    """What is there, references followed, and where that is."""
    value = document
    for part in pointer_parts(pointer):
        value = value[part]
    if isinstance(value, dict) and "$ref" in value:
        return resolved(document, value["$ref"].removeprefix("#"))
    return value, pointer
