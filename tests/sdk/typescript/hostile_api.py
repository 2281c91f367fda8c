"""A description in which every text tries to become code."""

import json
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from typescript_packages import api_of_content

from themekit.model.api import SchemeId, Server

HOSTILE = "hostile"

PAYLOADS = (
    '"+INJECT()+"',
    "'+INJECT()+'",
    "`+INJECT()+`",
    "${INJECT()}",
    "#{INJECT()}",
    "*/ INJECT(); /*",
    '"""+INJECT()+"""',
    "\n INJECT();\n",
    "\r\nINJECT();//",
    "\u2028INJECT();//\u2029",
    "\\u0022+INJECT()+\\u0022",
    "\\",
    '\\\\" + INJECT() + "',
    "\u202eINJECT()\u202c\u200f",
    "</script><script>INJECT()</script>",
    "@deprecated {@link INJECT()} @type {INJECT}",
    "// INJECT()\n",
    "*\\/ INJECT(); /*",
    "{INJECT()}",
    "]}; INJECT(); ({[",
)
WORDS = (
    "class",
    "constructor",
    "then",
    "__proto__",
    "toString",
    "delete",
    "await",
    "",
    "prototype",
    "0",
    "-",
    "默认",
    "client",
    "params",
    "options",
    "body",
    "headers",
    "signal",
)


def text(index):
    return PAYLOADS[index % len(PAYLOADS)]


def schemas():
    """An object, an enumeration, a union and constants for each payload."""
    found = {}
    for index, payload in enumerate(PAYLOADS):
        following = text(index + 1)
        found[f"Thing{index}"] = {
            "type": "object",
            "title": payload,
            "description": f"{payload} {following}",
            "required": [payload],
            "properties": {
                payload: {"type": "string", "description": following, "default": payload, "example": following},
                f"{payload}{following}": {"enum": [payload, following, f"x{payload}"], "description": payload},
                "constant": {"const": payload},
                "list": {"type": "array", "items": {"type": ["string", "null"], "enum": [payload, None]}},
                "union": {
                    "oneOf": [
                        {"$ref": f"#/components/schemas/Thing{(index + 1) % len(PAYLOADS)}"},
                        {"const": following},
                    ]
                },
            },
            "additionalProperties": {"type": "string", "description": payload},
            "example": {payload: following},
        }
    kinds = {
        f"Kind{index}": {"type": "object", "properties": {payload: {"type": "string"}}, "description": payload}
        for index, payload in enumerate(PAYLOADS)
    }
    tagged = {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in kinds],
        "discriminator": {
            "propertyName": PAYLOADS[0],
            "mapping": {PAYLOADS[index]: f"#/components/schemas/{name}" for index, name in enumerate(kinds)},
        },
    }
    words = {"type": "object", "properties": {word: {"type": "string"} for word in WORDS}, "required": list(WORDS)}
    return {**found, **kinds, "Tagged": tagged, "Words": words}


def operation(index, payload):
    following = text(index + 1)
    thing = {"$ref": f"#/components/schemas/Thing{index}"}
    parameters = [
        {
            "name": payload,
            "in": "query",
            "required": True,
            "description": payload,
            "schema": {"type": "string", "default": following},
            "example": following,
        },
        {"name": "X-Header", "in": "header", "description": following, "schema": {"enum": [payload]}},
        {"name": "sid", "in": "cookie", "description": following, "schema": {"type": "string", "default": payload}},
    ]
    content = {"schema": thing, "examples": {payload: {"value": {payload: following}}}}
    return {
        "operationId": payload,
        "summary": payload,
        "description": f"{following} {payload}",
        "tags": [payload],
        "deprecated": index % 3 == 0,
        "parameters": parameters,
        "requestBody": {"description": payload, "content": {"application/json": content}},
        "responses": {
            "200": {
                "description": payload,
                "content": {"application/json": content},
                "headers": {"X-A": {"description": payload, "schema": {"type": "string"}}},
            },
            "400": {"description": following, "content": {"application/json": content}},
        },
        "security": [{payload: []}],
    }


@cache
def hostile_content():
    """The description, as JSON."""
    paths = {}
    for index, payload in enumerate(PAYLOADS):
        paths[f"/{index}/'+INJECT()+'"] = {"post": operation(index, payload)}
    for word in WORDS:
        paths[f"/words/{len(paths)}/{{id}}"] = {
            "get": {
                "operationId": word,
                "tags": [word],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    *({"name": name, "in": "query", "schema": {"type": "string"}} for name in WORDS if name),
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Words"}}},
                    }
                },
            }
        }
    schemes = {
        payload: {"type": "apiKey", "in": "query", "name": payload, "description": payload} for payload in PAYLOADS
    }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": PAYLOADS[0],
            "version": PAYLOADS[1],
            "description": "\n".join(PAYLOADS),
            "license": {"name": PAYLOADS[2]},
        },
        "servers": [{"url": "https://example.com/'\"`${INJECT()}*/", "description": PAYLOADS[5]}],
        "tags": [{"name": payload, "description": payload} for payload in PAYLOADS],
        "paths": paths,
        "x-webhook-signature": "timestamped-hmac-sha256",
        "webhooks": {
            payload: {
                "post": {
                    "summary": payload,
                    "requestBody": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tagged"}}}
                    },
                }
            }
            for payload in PAYLOADS
        },
        "components": {"schemas": schemas(), "securitySchemes": schemes},
    }
    return json.dumps(document, ensure_ascii=False)


def hostile_api():
    """The API, with hostile texts even where the reader takes none."""
    api = api_of_content(PurePosixPath("api/hostile.json"), hostile_content().encode("utf-8"))
    operations = tuple(_worse(each, text(index)) for index, each in enumerate(api.operations))
    servers = (Server(f"https://example.com/{PAYLOADS[0]}{PAYLOADS[5]}", PAYLOADS[5]),)
    schemes = tuple(
        replace(each, id=SchemeId(f"{each.id}{PAYLOADS[9]}"), wire=text(index))
        for index, each in enumerate(api.schemes)
    )
    return replace(api, operations=operations, servers=servers, schemes=schemes)


def _worse(operation, payload):
    body = operation.body and replace(
        operation.body, contents=tuple(replace(each, media_type=payload) for each in operation.body.contents)
    )
    parameters = tuple(replace(each, wire=f"{each.wire}{payload}") for each in operation.parameters)
    return replace(
        operation,
        path=f"{operation.path}{payload}",
        parameters=parameters,
        body=body,
        idempotency=payload,
        servers=(Server(f"https://example.com/{payload}", payload),),
    )
