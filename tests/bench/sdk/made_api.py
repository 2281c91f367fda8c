"""A made OpenAPI description of any size, the same every time: lists, creation, unions, enums and nesting."""

from __future__ import annotations

from typing import Any

KINDS = ("string", "integer", "number", "boolean")
_TEXT = "Says what this is for, in a sentence of the usual length. It has `code`, and another sentence as people write."


def description(operations: int) -> dict[str, Any]:
    """An API of so many operations, five to a resource, with about six schemas to a resource."""
    resources = -(-operations // 5)
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": _problem()}
    for number in range(resources):
        schemas |= _schemas(number)
        paths |= _paths(number)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Made API", "version": "1.0.0", "description": _TEXT},
        "servers": [{"url": "https://api.example.com/v1"}],
        "security": [{"key": []}],
        "tags": [{"name": f"Resource {number}", "description": _TEXT} for number in range(resources)],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _paths(number: int) -> dict[str, Any]:
    name, tag = f"Thing{number}", f"Resource {number}"
    identifier = {
        "name": "thing_id",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "description": _TEXT,
    }
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}}
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}, "description": _TEXT}

    def operation(verb: str, answer: str, **more: Any) -> dict[str, Any]:
        return {
            "operationId": f"{verb}{name}",
            "tags": [tag],
            "summary": f"{verb.capitalize()} one",
            "description": _TEXT,
            "responses": {"200": _json(answer), "404": _json("Problem"), "429": _json("Problem")},
            **more,
        }

    body = {"required": True, "content": {"application/json": {"schema": _reference(f"{name}New")}}}
    return {
        f"/things-{number}": {
            "get": operation("list", f"{name}Page", parameters=[limit, cursor]),
            "post": operation("create", name, requestBody=body),
        },
        f"/things-{number}/{{thing_id}}": {
            "parameters": [identifier],
            "get": operation("get", name),
            "patch": operation("update", name, requestBody=body),
            "delete": operation("delete", name),
        },
    }


def _schemas(number: int) -> dict[str, Any]:
    name = f"Thing{number}"
    fields: dict[str, Any] = {
        f"field_{index}": {"type": KINDS[index % len(KINDS)], "description": _TEXT} for index in range(10)
    }
    fields |= {
        "state": {"type": "string", "enum": ["new", "active", "closed"]},
        "made_at": {"type": "string", "format": "date-time"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "parts": {"type": "array", "items": _reference(f"{name}Part")},
        "shape": _reference(f"{name}Shape"),
        "note": {"type": ["string", "null"], "description": _TEXT},
    }
    part = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "size": {"type": "number"}},
    }
    other = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "side": {"type": "number"}},
    }
    union = {
        "oneOf": [_reference(f"{name}Part"), _reference(f"{name}Other")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {
                "part": f"#/components/schemas/{name}Part",
                "other": f"#/components/schemas/{name}Other",
            },
        },
    }
    page = {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "array", "items": _reference(name)},
            "next_cursor": {"type": ["string", "null"]},
        },
    }
    return {
        name: {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, **fields}},
        f"{name}New": {"type": "object", "required": ["field_0"], "properties": fields},
        f"{name}Part": part,
        f"{name}Other": other,
        f"{name}Shape": union,
        f"{name}Page": page,
    }


def _problem() -> dict[str, Any]:
    return {"type": "object", "properties": {"title": {"type": "string"}, "status": {"type": "integer"}}}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(name: str) -> dict[str, Any]:
    return {"description": _TEXT, "content": {"application/json": {"schema": _reference(name)}}}
