"""A description in which every text tries to become Go code."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

from go_modules import api_of_content

from themekit.model.api import SchemeId, Server

PAYLOADS = (
    '"+INJECT()+"',
    "`+INJECT()+`",
    "\n}\nfunc init() { INJECT() }\nfunc x() {",
    "\r\nINJECT() //",
    "*/ INJECT() /*",
    "\\",
    '\\" + INJECT() + \\"',
    "\\u0022+INJECT()+\\u0022",
    '"""+INJECT()+"""',
    "${INJECT()}#{INJECT()}",
    "\u2028INJECT()\u2029",
    "\u202eINJECT()\u202c\u200f\u200b",
    "//go:build ignore\n\n//go:linkname x INJECT\n//line /etc/passwd:1",
    "\n\n# Heading\n\nOld Heading\n\n[link]: https://example.com\n\n    - code\n\n- item\n\n        code\n",
    "- one\n- two\n\n```go\nINJECT()\n```\n1. three\n``quoted''",
    "| a | b |\n|---|---|\n| `x` | INJECT() |",
    '`json:"x"` json:"y,omitempty"',
    "`+INJECT()+`\tTab,omitempty,string",
    "emoji \U0001f600 and ü, ß, 中文",
    "{INJECT()}]}; INJECT(); ({[",
)
_TEXT = """
    break type func map chan range string error nil len make new iota init main append int64 any _ extra lastResponse
    marshalJSON unmarshalJSON kept 0 - 默认 id ids url ctx params opts s context http json time io client option stream
    date response unknown payment fetch call goString body filename op opX linux windows test amd64 Body Extra scan
"""
NAMES = (*_TEXT.split(), "")


def following(index):
    return PAYLOADS[(index + 1) % len(PAYLOADS)]


def schemas():
    found = {}
    for index, payload in enumerate(PAYLOADS):
        after = following(index)
        found[f"Thing{index}"] = {
            "type": "object",
            "title": payload,
            "description": f"{payload} {after}",
            "required": [payload],
            "properties": {
                payload: {"type": "string", "description": after, "default": payload, "example": after},
                f"{payload}{after}": {"enum": [payload, after, f"x{payload}"], "description": payload},
                "constant": {"const": payload},
                "list": {"type": "array", "items": {"type": ["string", "null"], "enum": [payload, None]}},
                "union": {
                    "oneOf": [
                        {"$ref": f"#/components/schemas/Thing{(index + 1) % len(PAYLOADS)}"},
                        {"const": after},
                        {"type": "array", "items": {"type": "string", "format": "date-time"}},
                        {"type": "string", "format": "date"},
                    ]
                },
            },
            "additionalProperties": {"type": "string", "description": payload},
            "example": {payload: after},
        }
        found[f"Kind{index}"] = {"type": "object", "properties": {payload: {"type": "string"}}, "description": payload}
    found["Tagged"] = {
        "oneOf": [{"$ref": f"#/components/schemas/Kind{index}"} for index in range(len(PAYLOADS))],
        "discriminator": {
            "propertyName": PAYLOADS[0],
            "mapping": {payload: f"#/components/schemas/Kind{index}" for index, payload in enumerate(PAYLOADS)},
        },
    }
    words = {word: {"type": "string", "enum": list(NAMES)} for word in NAMES}
    found["Words"] = {"type": "object", "properties": words, "required": list(NAMES)}
    for word in "Client Option Error Date Stream Response Unknown New Ptr Null Items TestPages".split():
        found[word] = {"type": "object", "properties": {"words": {"$ref": "#/components/schemas/Words"}}}
        found["Words"]["properties"][f"of {word}"] = {"$ref": f"#/components/schemas/{word}"}
    return found


def operation(index, payload):
    after = following(index)
    thing = {"$ref": f"#/components/schemas/Thing{index}"}
    content = {"schema": thing, "examples": {payload: {"value": {payload: after, "union": after}}}}
    parameters = [
        {
            "name": payload,
            "in": "query",
            "required": True,
            "description": payload,
            "schema": {"type": "string", "default": after},
            "example": after,
        },
        {"name": "X-Header", "in": "header", "description": after, "schema": {"enum": [payload]}},
        {"name": "sid", "in": "cookie", "description": after, "schema": {"type": "string", "default": payload}},
    ]
    return {
        "operationId": payload,
        "summary": payload,
        "description": f"{after} {payload}",
        "tags": [payload],
        "deprecated": index % 3 == 0,
        "parameters": parameters,
        "requestBody": {"description": payload, "content": {"application/json": content}},
        "responses": {
            "200": {"description": payload, "content": {"application/json": content}},
            "201": {"description": payload, "content": {"application/json": {"schema": {"type": "string"}}}},
            "400": {"description": after, "content": {"application/json": content}},
        },
        "security": [{payload: []}],
    }


def word_operation(word, place):
    names = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in NAMES if name]
    return {
        "operationId": word or "none",
        "tags": [word or "none"],
        "parameters": [
            {"name": word or "id", "in": "path", "required": True, "schema": {"type": "string"}},
            *(names if place % 2 else []),
        ],
        "responses": {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Words"}}},
            }
        },
    }


def content():
    """The description, as JSON."""
    paths = {f"/{index}/'+INJECT()+'": {"post": operation(index, payload)} for index, payload in enumerate(PAYLOADS)}
    for place, word in enumerate(word for word in NAMES if word.isascii() or not word):
        paths[f"/words/{place}/{{{word or 'id'}}}"] = {"get": word_operation(word, place)}
    hook = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tagged"}}}}}
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": PAYLOADS[0],
            "version": PAYLOADS[1],
            "summary": PAYLOADS[2],
            "description": "\n".join(PAYLOADS),
            "license": {"name": PAYLOADS[2]},
        },
        "servers": [{"url": "https://example.com/'\"`${INJECT()}*/", "description": PAYLOADS[5]}],
        "tags": [{"name": payload, "description": payload} for payload in PAYLOADS],
        "paths": paths,
        "x-webhook-signature": "timestamped-hmac-sha256",
        "webhooks": {payload: {"post": hook} for payload in PAYLOADS},
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                payload: {"type": "apiKey", "in": "query", "name": payload, "description": payload}
                for payload in PAYLOADS
            },
        },
    }
    return json.dumps(document)


def hostile_api():
    """The API, with hostile texts even where the reader takes none."""
    api = api_of_content(PurePosixPath("hostile.json"), content().encode())
    schemes = tuple(
        replace(each, id=SchemeId(f"{each.id}{PAYLOADS[2]}"), wire=following(index), scheme=PAYLOADS[0])
        for index, each in enumerate(api.schemes)
    )
    operations = tuple(_worse(each, following(index)) for index, each in enumerate(api.operations))
    return replace(api, operations=operations, schemes=schemes, servers=(Server(PAYLOADS[1], PAYLOADS[2]),))


def _worse(given, payload):
    body = given.body and replace(
        given.body, contents=tuple(replace(each, media_type=payload) for each in given.body.contents)
    )
    security = tuple(
        tuple(replace(each, scheme=SchemeId(f"{each.scheme}{PAYLOADS[2]}")) for each in alternative)
        for alternative in given.security
    )
    return replace(
        given,
        path=f"{given.path}{payload}",
        parameters=tuple(
            each if each.place == "path" else replace(each, wire=f"{each.wire}{payload}") for each in given.parameters
        ),
        body=body,
        security=security,
        idempotency=payload,
        servers=(Server(f"https://example.com/{payload}", payload),),
    )
