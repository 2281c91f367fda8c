"""Small descriptions for tests, as JSON."""

import json
from pathlib import PurePosixPath

from themekit.sandbox.making import make_sandbox
from themekit.source.api import read_api

PATH = PurePosixPath("api.json")


def description(paths, version="3.1.0", **components):
    """A description of these paths."""
    whole = {"openapi": version, "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://a.example/v1"}]}
    return {**whole, "paths": paths, "components": components}


def answering(schema, version="3.1.0", media=None, **schemas):
    """A description with one operation that answers by this schema."""
    content = {"application/json": {"schema": schema, **(media or {})}}
    operation = {"operationId": "getIt", "responses": {"200": {"description": "ok", "content": content}}}
    return description({"/it": {"get": operation}}, version, schemas=schemas)


def sandbox_of(document):
    """The data, and messages of the errors; the model is the reader's."""
    content = json.dumps(document).encode()
    model, mistakes = read_api(PATH, content, read=lambda _path: None)
    data, diagnostics = make_sandbox(PATH, content, read=lambda _path: None, api=model)
    return data, [each.message for each in (*mistakes, *diagnostics) if each.is_error]


def answer_of(schema, version="3.1.0", **schemas):
    """The JSON body that was made for a schema."""
    data, _ = sandbox_of(answering(schema, version, **schemas))
    made = json.loads(data.text)
    return made["values"][made["operations"][0]["answers"]["200"]["c"][0]["v"]]
