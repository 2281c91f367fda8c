"""A description whose every text tries to leave the place where it stands, as far as the reader takes it."""

import json
import re

PAYLOADS = (
    '"""\nINJECT()\n"""',
    "'''\nINJECT()\n'''",
    '"+INJECT()+"',
    "'+INJECT()+'",
    '\\"+INJECT()+\\"',
    "\\",
    '\\"',
    "*/ INJECT(); /*",
    "${INJECT()} {INJECT()} {{INJECT()}} #{INJECT()} `INJECT()`",
    "\\u0022+INJECT()+\\u0022 \\N{QUOTATION MARK}",
    "# x\nINJECT()\n#",
    "x\rINJECT()\r\nINJECT()\x85INJECT()\u2028INJECT()\u2029INJECT()",
    "\u202eINJECT()\u202c \u2066x\u2069 \ufeff",
    ")\n\nINJECT()\n(",
    "]\nINJECT()\n[",
    "%(INJECT)s %s {0}",
    "</script><script>INJECT()</script> & < >",
    "class",
    "None",
    "self",
    "__init__",
    "1",
    "",
    " ",
    "\x9b\xad",
    "\U0001f600 ü \u00a0",
)
NAMES = ("class", "def", "self", "None", "print", "str", "int", "list", "dict", "bytes", "timeout", "headers", "extra")


def document():
    """The description as JSON text: each payload in each kind of place."""
    paths = {}
    for number, payload in enumerate(PAYLOADS):
        paths[f"/things{number}/" + re.sub(r"[^A-Za-z0-9'()+,;=!$&*._~-]", "", payload) + "/{id}"] = {
            "summary": payload,
            "description": payload,
            "get": _get(number, payload),
            "post": _post(number, payload),
        }
    names = {name: {"type": "string", "description": name} for name in NAMES}
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": " ".join(PAYLOADS),
                "version": PAYLOADS[0],
                "description": "\n".join(PAYLOADS),
                "license": {"name": PAYLOADS[0]},
            },
            "servers": [{"url": "https://example.com/" + "x", "description": PAYLOADS[0]}],
            "tags": [{"name": payload, "description": payload} for payload in PAYLOADS],
            "paths": paths,
            "x-webhook-signature": "timestamped-hmac-sha256",
            "webhooks": {
                payload: {
                    "post": {
                        "summary": payload,
                        "requestBody": {"content": {"application/json": {"schema": _schema(number, payload)}}},
                        "responses": {"200": {"description": payload}},
                    }
                }
                for number, payload in enumerate(PAYLOADS)
            },
            "components": {
                "securitySchemes": {
                    f"key{number}": {
                        "type": "apiKey",
                        "in": ("query", "cookie", "header")[number % 3],
                        "name": payload if number % 3 == 0 and payload else f"X-{number}",
                        "description": payload,
                    }
                    for number, payload in enumerate(PAYLOADS)
                }
                | {
                    "oauth": {
                        "type": "oauth2",
                        "description": PAYLOADS[0],
                        "flows": {
                            "clientCredentials": {"tokenUrl": f"/t{PAYLOADS[2]}", "scopes": {PAYLOADS[2]: PAYLOADS[0]}}
                        },
                    },
                    "http": {"type": "http", "scheme": "x'INJECT'"},
                },
                "schemas": {"Names": {"type": "object", "properties": names, "required": list(NAMES)}},
            },
        },
        ensure_ascii=True,
    )


def _docs(payload):
    return {"title": payload, "description": payload, "deprecated": True}


def _schema(number, payload):
    return {
        **_docs(payload),
        "type": "object",
        "required": [payload],
        "properties": {
            payload: {**_docs(payload), "type": "string", "default": payload, "examples": [payload], "pattern": "x"},
            f"enum{number}": {**_docs(payload), "enum": [*dict.fromkeys((payload, "a", *PAYLOADS))]},
            f"const{number}": {**_docs(payload), "const": payload},
            f"union{number}": {
                "oneOf": [
                    {"type": "object", "title": payload, "required": ["k"], "properties": {"k": {"const": payload}}},
                    {"type": "object", "required": ["k"], "properties": {"k": {"const": "other"}, payload: {}}},
                ],
                "discriminator": {"propertyName": "k"},
            },
            "names": {"$ref": "#/components/schemas/Names"},
        },
        "additionalProperties": {"type": "string", "format": "date-time", "description": payload},
        "example": {payload: payload},
    }


def _get(number, payload):
    places = ("query", "header", "cookie")
    return {
        **({"operationId": payload} if payload.strip() else {}),
        "tags": [payload],
        "summary": payload,
        "description": payload,
        "deprecated": number % 2 == 0,
        "security": [{f"key{number}": []}, {"oauth": [payload]}, {"http": []}],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "example": payload},
            *(
                {
                    "name": payload if place == "query" and payload else f"{place}-{number}",
                    "in": place,
                    "description": payload,
                    "schema": {"type": "string", "default": payload},
                    "example": payload,
                }
                for place in places
            ),
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in NAMES),
        ],
        "responses": {
            "200": {
                "description": payload,
                "headers": {f"X-{number}": {"description": payload, "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _schema(number, payload), "example": {payload: payload}}},
            },
            "4XX": {"description": payload, "content": {"application/json": {"schema": _schema(number, payload)}}},
        },
    }


def _post(number, payload):
    media_type = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")[number % 3]
    return {
        "operationId": f"post {payload} {number}",
        "tags": [payload],
        "summary": payload,
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "requestBody": {
            "required": True,
            "description": payload,
            "content": {
                media_type: {
                    "schema": _schema(number, payload),
                    "examples": {payload or "x": {"summary": payload, "value": {payload: payload}}},
                    "encoding": {payload: {"contentType": 'text/x"+INJECT()+"'}},
                }
            },
        },
        "responses": {"204": {"description": payload}},
    }
