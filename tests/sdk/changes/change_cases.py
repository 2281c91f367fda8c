"""Small changes of a small API, each with the level it asks for and the rule that says it.

A case is a name, what is set in the old description, what is set in the new one (by JSON pointer; None removes), the
level on the wire, and a rule that must be among those found. What is not named is as in `BASE`.

The families are those of oasdiff's rules as its documentation lists them: operations, parameters, bodies, responses,
headers, security, servers, types, limits, values, unions, in both directions.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from themekit.source.api import read_api

if TYPE_CHECKING:
    from themekit.model.api import ApiModel
    from themekit.model.api_change import Level

BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1.0.0"},
    "servers": [{"url": "https://api.example/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "tags": ["Things"],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
                    {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["name", "date"]}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "Page",
                        "headers": {
                            "X-Total": {"required": True, "schema": {"type": "integer"}},
                            "X-Hint": {"schema": {"type": "string"}},
                        },
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
                            }
                        },
                    },
                    "404": {"description": "None"},
                },
            },
            "post": {
                "operationId": "createThing",
                "tags": ["Things"],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingNew"}}},
                },
                "responses": {
                    "201": {
                        "description": "Made",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    }
                },
            },
        },
        "/things/{thing_id}": {
            "delete": {
                "operationId": "deleteThing",
                "tags": ["Things"],
                "parameters": [{"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"204": {"description": "Gone"}},
            }
        },
    },
    "webhooks": {
        "thing.made": {
            "post": {
                "operationId": "onThingMade",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
                "responses": {"200": {"description": "Taken"}},
            }
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer"},
            "oauth": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://api.example/token",
                        "scopes": {"read": "Read", "write": "Write"},
                    }
                },
            },
        },
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {
                    "id": {"type": "string", "readOnly": True},
                    "name": {"type": "string", "maxLength": 40},
                    "note": {"type": "string"},
                    "count": {"type": "integer", "minimum": 0},
                    "price": {"type": "number"},
                    "made": {"type": "string", "format": "date-time"},
                    "state": {"type": "string", "enum": ["new", "old"]},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "sizes": {"type": "array", "items": {"type": "integer"}, "maxItems": 5},
                    "shape": {"$ref": "#/components/schemas/Shape"},
                    "owner": {"type": ["string", "null"]},
                },
            },
            "ThingNew": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z]+$"},
                    "note": {"type": "string", "default": "none"},
                    "count": {"type": "integer", "minimum": 0, "maximum": 10, "multipleOf": 2},
                    "price": {"type": "number"},
                    "due": {"type": "string", "format": "date"},
                    "state": {"type": "string", "enum": ["new", "old"]},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "sizes": {"type": "array", "items": {"type": "integer"}, "minItems": 1},
                    "shape": {"$ref": "#/components/schemas/ShapeNew"},
                    "owner": {"type": ["string", "null"]},
                    "secret": {"type": "string", "writeOnly": True},
                },
            },
            "Shape": {
                "oneOf": [{"$ref": "#/components/schemas/Round"}, {"$ref": "#/components/schemas/Square"}],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"round": "#/components/schemas/Round", "square": "#/components/schemas/Square"},
                },
            },
            "ShapeNew": {
                "oneOf": [{"$ref": "#/components/schemas/RoundNew"}, {"$ref": "#/components/schemas/SquareNew"}]
            },
            "Round": {
                "type": "object",
                "required": ["kind", "radius"],
                "properties": {"kind": {"type": "string"}, "radius": {"type": "number"}},
            },
            "Square": {
                "type": "object",
                "required": ["kind", "side"],
                "properties": {"kind": {"type": "string"}, "side": {"type": "number"}},
            },
            "RoundNew": {"type": "object", "required": ["radius"], "properties": {"radius": {"type": "number"}}},
            "SquareNew": {"type": "object", "required": ["side"], "properties": {"side": {"type": "number"}}},
            "Event": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "thing": {"$ref": "#/components/schemas/Thing"}},
            },
        },
    },
}

Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One change."""

    name: str
    old: Settings
    new: Settings
    level: Level | None
    rule: str = ""


def described(settings: Settings) -> dict[str, Any]:
    """The base with these values set."""
    document = copy.deepcopy(BASE)
    for pointer, value in settings.items():
        *parents, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
        owner: Any = document
        for part in parents:
            owner = owner[int(part)] if isinstance(owner, list) else owner.setdefault(part, {})
        if isinstance(owner, list):
            owner[len(owner) if last == "-" else int(last) :][:1] = []
            if last == "-":
                owner.append(value)
            elif value is None:
                del owner[int(last)]
            else:
                owner[int(last)] = value
        elif value is None:
            owner.pop(last, None)
        else:
            owner[last] = value
    return document


def api(settings: Settings) -> ApiModel:
    """The API with these values set, which must be read without an error."""
    content = json.dumps(described(settings)).encode()
    found, diagnostics = read_api(PurePosixPath("openapi.json"), content, read=lambda _: None)
    assert found is not None, [each.message for each in diagnostics]
    return found


LIST = "/paths/~1things/get"
POST = "/paths/~1things/post"
BODY = f"{POST}/requestBody/content"
DELETE = "/paths/~1things~1{thing_id}/delete"
THING = "/components/schemas/Thing"
NEW = "/components/schemas/ThingNew"
ANSWER = f"{LIST}/responses/200"


def both(name: str, old: Settings, new: Settings, *, there: tuple[Level | None, str], back: tuple[Level | None, str]):
    """A change and its reverse."""
    return (
        Case(name, old, new, there[0], there[1]),
        Case(f"{name}, the other way", new, old, back[0], back[1]),
    )


NONE: Settings = {}
NO_CHANGE = (None, "")
OTHER = {
    "operationId": "countThings",
    "tags": ["Things"],
    "responses": {"200": {"description": "n", "content": {"application/json": {"schema": {"type": "integer"}}}}},
}
EXTRA = {"type": "object", "properties": {"a": {"type": "string"}}}


def _operations() -> tuple[Case, ...]:
    return (
        *both(
            "an operation",
            NONE,
            {"/paths/~1count": {"get": OTHER}},
            there=("minor", "operation-added"),
            back=("major", "operation-removed"),
        ),
        *both(
            "another method",
            NONE,
            {"/paths/~1things/head": OTHER},
            there=("minor", "operation-added"),
            back=("major", "operation-removed"),
        ),
        *both(
            "deprecation of an operation",
            NONE,
            {f"{LIST}/deprecated": True},
            there=("minor", "operation-deprecated"),
            back=("patch", "operation-undeprecated"),
        ),
        Case("a path parameter's name", NONE, _renamed_path(), "patch"),
        Case("a new summary", NONE, {f"{LIST}/summary": "Lists"}, "patch", "texts-changed"),
        Case("another description of a field", NONE, {f"{THING}/properties/name/description": "N"}, "patch"),
        Case("an example", NONE, {f"{THING}/properties/name/examples": ["a"]}, "patch"),
        Case("another title", NONE, {"/info/title": "Other"}, "patch"),
        Case("a tag's description", NONE, {"/tags": [{"name": "Things", "description": "T"}]}, "patch"),
        Case("nothing", NONE, NONE, None),
        *both(
            "an idempotency header",
            NONE,
            {f"{POST}/parameters": [{"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}]},
            there=("minor", "idempotency-changed"),
            back=("major", "parameter-removed"),
        ),
    )


def _renamed_path() -> Settings:
    operation = copy.deepcopy(BASE["paths"]["/things/{thing_id}"])
    operation["delete"]["parameters"][0]["name"] = "id"
    return {"/paths/~1things~1{thing_id}": None, "/paths/~1things~1{id}": operation}


def _parameters() -> tuple[Case, ...]:
    optional = {"name": "q", "in": "query", "schema": {"type": "string"}}
    at = f"{LIST}/parameters"
    return (
        *both(
            "an optional parameter",
            NONE,
            {f"{at}/-": optional},
            there=("minor", "parameter-added"),
            back=("major", "parameter-removed"),
        ),
        *both(
            "a required parameter",
            NONE,
            {f"{at}/-": {**optional, "required": True}},
            there=("major", "parameter-added-required"),
            back=("major", "parameter-removed"),
        ),
        *both(
            "a required header",
            NONE,
            {f"{at}/-": {**optional, "in": "header", "required": True}},
            there=("major", "parameter-added-required"),
            back=("major", "parameter-removed"),
        ),
        *both(
            "a cookie",
            NONE,
            {f"{at}/-": {**optional, "in": "cookie"}},
            there=("minor", "parameter-added"),
            back=("major", "parameter-removed"),
        ),
        *both(
            "a parameter's necessity",
            NONE,
            {f"{at}/0/required": True},
            there=("major", "parameter-became-required"),
            back=("minor", "parameter-became-optional"),
        ),
        *both(
            "a parameter's place",
            NONE,
            {f"{at}/1/in": "header"},
            there=("major", "parameter-removed"),
            back=("major", "parameter-removed"),
        ),
        Case("the case of a header", NONE, {f"{at}/2/name": "x-trace"}, "patch"),
        *both(
            "a list's style",
            {f"{at}/1/schema": {"type": "array", "items": {"type": "string"}}},
            {f"{at}/1/schema": {"type": "array", "items": {"type": "string"}}, f"{at}/1/explode": False},
            there=("major", "parameter-style-changed"),
            back=("major", "parameter-style-changed"),
        ),
        *both(
            "a parameter's maximum",
            NONE,
            {f"{at}/0/schema/maximum": 50},
            there=("major", "request-limit-narrower"),
            back=("minor", "request-limit-wider"),
        ),
        *both(
            "a parameter's minimum",
            NONE,
            {f"{at}/0/schema/minimum": 5},
            there=("major", "request-limit-narrower"),
            back=("minor", "request-limit-wider"),
        ),
        *both(
            "a parameter's default",
            {f"{at}/0/schema/default": 20},
            {f"{at}/0/schema/default": 50},
            there=("major", "request-default-changed"),
            back=("major", "request-default-changed"),
        ),
        *both(
            "a parameter's type",
            NONE,
            {f"{at}/0/schema": {"type": "string"}},
            there=("major", "request-type-changed"),
            back=("major", "request-type-changed"),
        ),
        *both(
            "a parameter's values",
            NONE,
            {f"{at}/1/schema/enum": ["name", "date", "size"]},
            there=("minor", "request-value-added"),
            back=("major", "request-value-removed"),
        ),
        *both(
            "values of a free parameter",
            NONE,
            {f"{at}/2/schema/enum": ["a", "b"]},
            there=("major", "request-type-narrowed"),
            back=("minor", "request-type-widened"),
        ),
        *both(
            "deprecation of a parameter",
            NONE,
            {f"{at}/0/deprecated": True},
            there=("minor", "deprecated"),
            back=("patch", "undeprecated"),
        ),
        *both(
            "a pattern of a path's parameter",
            NONE,
            {f"{DELETE}/parameters/0/schema/pattern": "^t_"},
            there=("major", "request-limit-narrower"),
            back=("minor", "request-limit-wider"),
        ),
        *both(
            "a format of a parameter",
            NONE,
            {f"{at}/2/schema/format": "uuid"},
            there=("major", "request-format-changed"),
            back=("minor", "request-format-changed"),
        ),
    )


def _bodies() -> tuple[Case, ...]:
    media = {"application/json": {"schema": EXTRA}}
    return (
        *both(
            "an optional body",
            NONE,
            {f"{DELETE}/requestBody": {"content": media}},
            there=("minor", "body-added"),
            back=("major", "body-removed"),
        ),
        *both(
            "a required body",
            NONE,
            {f"{DELETE}/requestBody": {"required": True, "content": media}},
            there=("major", "body-added-required"),
            back=("major", "body-removed"),
        ),
        *both(
            "a body's necessity",
            NONE,
            {f"{POST}/requestBody/required": False},
            there=("minor", "body-became-optional"),
            back=("major", "body-became-required"),
        ),
        *both(
            "another media type of a body",
            NONE,
            {f"{BODY}/application~1xml": {"schema": {"type": "object"}}},
            there=("minor", "request-media-type-added"),
            back=("major", "request-media-type-removed"),
        ),
        *both(
            "a body's only media type",
            NONE,
            {
                f"{BODY}/application~1json": None,
                f"{BODY}/application~1x-www-form-urlencoded": media["application/json"],
            },
            there=("major", "request-media-type-removed"),
            back=("major", "request-media-type-removed"),
        ),
        *both(
            "an upload",
            {BODY: {"multipart/form-data": {"schema": {"type": "object", "properties": {"f": {"type": "string"}}}}}},
            {
                BODY: {
                    "multipart/form-data": {
                        "schema": {"type": "object", "properties": {"f": {"type": "string", "format": "binary"}}}
                    }
                }
            },
            there=("major", "request-encoding-changed"),
            back=("major", "request-encoding-changed"),
        ),
    )


def _requests() -> tuple[Case, ...]:
    at = f"{NEW}/properties"

    def felt(name: str, old: Settings, new: Settings, *, narrower: str, wider: str) -> tuple[Case, ...]:
        return both(name, old, new, there=("major", narrower), back=("minor", wider))

    return (
        *both(
            "an optional field",
            NONE,
            {f"{at}/more": {"type": "string"}},
            there=("minor", "request-field-added"),
            back=("major", "request-field-removed"),
        ),
        *both(
            "a required field",
            NONE,
            {f"{at}/more": {"type": "string"}, f"{NEW}/required": ["name", "more"]},
            there=("major", "request-field-added-required"),
            back=("major", "request-field-removed"),
        ),
        *felt(
            "a field's necessity",
            NONE,
            {f"{NEW}/required": ["name", "note"]},
            narrower="request-field-became-required",
            wider="request-field-became-optional",
        ),
        *felt(
            "null of a field",
            NONE,
            {f"{at}/owner/type": "string"},
            narrower="request-not-nullable",
            wider="request-became-nullable",
        ),
        *felt(
            "a shorter maximum length",
            NONE,
            {f"{at}/name/maxLength": 20},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "a longer minimum length",
            NONE,
            {f"{at}/name/minLength": 2},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "a new minimum",
            NONE,
            {f"{at}/price/minimum": 0},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "a smaller maximum",
            NONE,
            {f"{at}/count/maximum": 5},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "an exclusive minimum",
            NONE,
            {f"{at}/price/exclusiveMinimum": 0},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "a multiple",
            NONE,
            {f"{at}/count/multipleOf": 4},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "more items at least",
            NONE,
            {f"{at}/sizes/minItems": 2},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        *felt(
            "unique items",
            NONE,
            {f"{at}/sizes/uniqueItems": True},
            narrower="request-limit-narrower",
            wider="request-limit-wider",
        ),
        Case("another pattern", NONE, {f"{at}/name/pattern": "^[a-f]+$"}, "major", "request-limit-changed"),
        *felt(
            "a value",
            NONE,
            {f"{at}/state/enum": ["new"]},
            narrower="request-value-removed",
            wider="request-value-added",
        ),
        *felt(
            "values of a free field",
            NONE,
            {f"{at}/note": {"type": "string", "default": "none", "enum": ["none", "a"]}},
            narrower="request-type-narrowed",
            wider="request-type-widened",
        ),
        *felt(
            "an integer for a number",
            NONE,
            {f"{at}/price/type": "integer"},
            narrower="request-type-narrowed",
            wider="request-type-widened",
        ),
        *felt(
            "32 bits for 64",
            NONE,
            {f"{at}/count/format": "int32"},
            narrower="request-type-narrowed",
            wider="request-type-widened",
        ),
        *felt(
            "a date for any text",
            {f"{at}/due": {"type": "string"}},
            NONE,
            narrower="request-type-narrowed",
            wider="request-type-widened",
        ),
        *felt(
            "a format",
            NONE,
            {f"{at}/secret/format": "uuid"},
            narrower="request-format-changed",
            wider="request-format-changed",
        ),
        Case("a text for a number", NONE, {f"{at}/price/type": "string"}, "major", "request-type-changed"),
        Case("a number for a truth", NONE, {f"{at}/price/type": "boolean"}, "major", "request-type-changed"),
        Case(
            "a list for one",
            NONE,
            {f"{at}/price": {"type": "array", "items": {"type": "number"}}},
            "major",
            "request-type-changed",
        ),
        *felt(
            "anything",
            {f"{at}/price": {}},
            {f"{at}/price": {"type": "number"}},
            narrower="request-type-narrowed",
            wider="request-type-widened",
        ),
        Case("other items of a list", NONE, {f"{at}/sizes/items/type": "string"}, "major", "request-type-changed"),
        Case(
            "other values of a map",
            NONE,
            {f"{at}/labels/additionalProperties/type": "integer"},
            "major",
            "request-type-changed",
        ),
        *both(
            "a variant",
            NONE,
            {"/components/schemas/ShapeNew/oneOf/-": EXTRA},
            there=("minor", "request-variant-added"),
            back=("major", "request-variant-removed"),
        ),
        Case("a variant's field", NONE, {"/components/schemas/RoundNew/properties/radius/type": "string"}, "major"),
        Case("another default", NONE, {f"{at}/note/default": "some"}, "major", "request-default-changed"),
        Case("a first default", NONE, {f"{at}/price/default": 1}, "minor", "request-default-changed"),
        *both(
            "further members",
            NONE,
            {f"{NEW}/additionalProperties": {"type": "string"}},
            there=("minor", "request-extra-added"),
            back=("major", "request-extra-removed"),
        ),
        *both(
            "deprecation of a field",
            NONE,
            {f"{at}/note/deprecated": True},
            there=("minor", "deprecated"),
            back=("patch", "undeprecated"),
        ),
        Case("a field that only answers have", NONE, {f"{at}/more": {"type": "string", "readOnly": True}}, "patch"),
        Case("a field that becomes read-only", NONE, {f"{at}/price/readOnly": True}, "major", "request-field-removed"),
        Case("a required field deep inside", NONE, _deep(), "major", "request-field-added-required"),
        Case(
            "the order of fields",
            NONE,
            {at: dict(reversed(BASE["components"]["schemas"]["ThingNew"]["properties"].items()))},
            "patch",
        ),
    )


def _deep() -> Settings:
    schema = {
        "type": "object",
        "required": ["radius", "unit"],
        "properties": {"radius": {"type": "number"}, "unit": {"type": "string"}},
    }
    return {"/components/schemas/RoundNew": schema}


def _answers() -> tuple[Case, ...]:
    at = f"{THING}/properties"

    def felt(name: str, old: Settings, new: Settings, *, wider: str, narrower: str) -> tuple[Case, ...]:
        return both(name, old, new, there=("major", wider), back=("patch", narrower))

    return (
        *both(
            "a field of an answer",
            NONE,
            {f"{at}/more": {"type": "string"}},
            there=("minor", "response-field-added"),
            back=("major", "response-field-removed"),
        ),
        Case(
            "a required field of an answer",
            NONE,
            {f"{at}/name": None, f"{THING}/required": ["id"]},
            "major",
            "response-field-removed",
        ),
        *felt(
            "the necessity of an answer's field",
            NONE,
            {f"{THING}/required": ["id"]},
            wider="response-field-became-optional",
            narrower="response-field-became-required",
        ),
        *felt(
            "null of an answer's field",
            NONE,
            {f"{at}/note/type": ["string", "null"]},
            wider="response-became-nullable",
            narrower="response-not-nullable",
        ),
        *felt(
            "a longer text in an answer",
            NONE,
            {f"{at}/name/maxLength": 80},
            wider="response-limit-wider",
            narrower="response-limit-narrower",
        ),
        *felt(
            "a smaller number in an answer",
            NONE,
            {f"{at}/count/minimum": -5},
            wider="response-limit-wider",
            narrower="response-limit-narrower",
        ),
        *felt(
            "more items in an answer",
            NONE,
            {f"{at}/sizes/maxItems": 9},
            wider="response-limit-wider",
            narrower="response-limit-narrower",
        ),
        *both(
            "a value in an answer",
            NONE,
            {f"{at}/state/enum": ["new", "old", "lost"]},
            there=("minor", "response-value-added"),
            back=("patch", "response-value-removed"),
        ),
        *felt(
            "a number for an integer",
            NONE,
            {f"{at}/count/type": "number"},
            wider="response-type-widened",
            narrower="response-type-narrowed",
        ),
        *felt(
            "any text for a time",
            NONE,
            {f"{at}/made": {"type": "string"}},
            wider="response-type-widened",
            narrower="response-type-narrowed",
        ),
        *felt(
            "any text for values",
            NONE,
            {f"{at}/state": {"type": "string"}},
            wider="response-type-widened",
            narrower="response-type-narrowed",
        ),
        *felt(
            "anything in an answer",
            NONE,
            {f"{at}/price": {}},
            wider="response-type-widened",
            narrower="response-type-narrowed",
        ),
        Case("a text for an answer's number", NONE, {f"{at}/price/type": "string"}, "major", "response-type-changed"),
        Case(
            "other items of an answer's list",
            NONE,
            {f"{at}/sizes/items/type": "string"},
            "major",
            "response-type-changed",
        ),
        Case(
            "other values of an answer's map",
            NONE,
            {f"{at}/labels/additionalProperties/type": "integer"},
            "major",
            "response-type-changed",
        ),
        *both(
            "a variant of an answer",
            NONE,
            {
                "/components/schemas/Star": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": {"type": "string"}},
                },
                "/components/schemas/Shape/oneOf/-": {"$ref": "#/components/schemas/Star"},
                "/components/schemas/Shape/discriminator/mapping/star": "#/components/schemas/Star",
            },
            there=("major", "response-variant-added"),
            back=("patch", "response-variant-removed"),
        ),
        Case("another discriminator", NONE, _other_discriminator(), "major", "response-discriminator-changed"),
        Case(
            "a field of a variant",
            NONE,
            {"/components/schemas/Round/properties/radius/type": "string"},
            "major",
            "response-type-changed",
        ),
        Case("a field that only requests have", NONE, {f"{at}/more": {"type": "string", "writeOnly": True}}, "patch"),
        *both(
            "deprecation of an answer's field",
            NONE,
            {f"{at}/note/deprecated": True},
            there=("minor", "deprecated"),
            back=("patch", "undeprecated"),
        ),
        Case("another name of a schema", NONE, _renamed_schema(), "patch"),
    )


def _other_discriminator() -> Settings:
    schemas = BASE["components"]["schemas"]
    found: Settings = {"/components/schemas/Shape/discriminator/propertyName": "type"}
    for name in ("Round", "Square"):
        properties = {"type": {"type": "string"}, **schemas[name]["properties"]}
        found[f"/components/schemas/{name}"] = {**schemas[name], "properties": properties, "required": ["type"]}
    return found


def _renamed_schema() -> Settings:
    text = json.dumps(BASE["paths"]).replace('schemas/Thing"', 'schemas/Item"')
    event = json.loads(json.dumps(BASE["components"]["schemas"]["Event"]).replace('schemas/Thing"', 'schemas/Item"'))
    return {
        "/paths": json.loads(text),
        "/components/schemas/Item": BASE["components"]["schemas"]["Thing"],
        "/components/schemas/Thing": None,
        "/components/schemas/Event": event,
    }


def _responses() -> tuple[Case, ...]:
    problem = {"description": "Bad", "content": {"application/problem+json": {"schema": EXTRA}}}
    return (
        *both(
            "an error's status",
            NONE,
            {f"{LIST}/responses/400": problem},
            there=("minor", "error-status-added"),
            back=("patch", "error-status-removed"),
        ),
        *both(
            "a success's status",
            NONE,
            {f"{POST}/responses/202": {"description": "Later"}},
            there=("minor", "success-status-added"),
            back=("major", "success-status-removed"),
        ),
        Case(
            "another status of success",
            NONE,
            {f"{DELETE}/responses/204": None, f"{DELETE}/responses/200": {"description": "Gone"}},
            "major",
            "success-status-removed",
        ),
        *both(
            "a media type of an answer",
            NONE,
            {f"{ANSWER}/content/text~1csv": {"schema": {"type": "string"}}},
            there=("minor", "response-media-type-added"),
            back=("major", "response-media-type-removed"),
        ),
        *both(
            "the body of an answer",
            NONE,
            {f"{DELETE}/responses/204": None, f"{DELETE}/responses/200": problem},
            there=("major", "success-status-removed"),
            back=("major", "success-status-removed"),
        ),
        *both(
            "a body where there was none",
            {f"{DELETE}/responses": {"200": {"description": "Gone"}}},
            {f"{DELETE}/responses": {"200": problem}},
            there=("minor", "response-body-added"),
            back=("major", "response-body-removed"),
        ),
        *both(
            "a required header of an answer",
            NONE,
            {f"{ANSWER}/headers/X-Total": None},
            there=("major", "response-header-removed"),
            back=("minor", "response-header-added"),
        ),
        *both(
            "an optional header of an answer",
            NONE,
            {f"{ANSWER}/headers/X-Hint": None},
            there=("minor", "response-header-removed"),
            back=("minor", "response-header-added"),
        ),
        Case(
            "a header's necessity",
            NONE,
            {f"{ANSWER}/headers/X-Total/required": False},
            "major",
            "response-header-became-optional",
        ),
        Case(
            "a header's type",
            NONE,
            {f"{ANSWER}/headers/X-Total/schema/type": "string"},
            "major",
            "response-type-changed",
        ),
        Case(
            "a list for an object",
            NONE,
            {f"{ANSWER}/content/application~1json/schema": EXTRA},
            "major",
            "response-type-changed",
        ),
    )


def _access() -> tuple[Case, ...]:
    oauth = {"/security": [{"key": []}, {"oauth": ["read"]}]}
    schemes = "/components/securitySchemes"
    return (
        *both(
            "another way in",
            NONE,
            oauth,
            there=("minor", "security-added"),
            back=("major", "security-tightened"),
        ),
        *both(
            "a scope",
            oauth,
            {"/security": [{"key": []}, {"oauth": ["read", "write"]}]},
            there=("major", "security-tightened"),
            back=("minor", "security-added"),
        ),
        *both(
            "a second credential",
            NONE,
            {"/security": [{"key": [], "oauth": []}]},
            there=("major", "security-tightened"),
            back=("minor", "security-added"),
        ),
        *both(
            "public",
            NONE,
            {f"{LIST}/security": []},
            there=("minor", "security-added"),
            back=("major", "security-tightened"),
        ),
        *both(
            "credentials that may be left out",
            NONE,
            {"/security": [{"key": []}, {}]},
            there=("minor", "security-added"),
            back=("major", "security-tightened"),
        ),
        Case(
            "a key in place of a bearer",
            NONE,
            {f"{schemes}/key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "major",
            "scheme-changed",
        ),
        Case(
            "a key elsewhere",
            {f"{schemes}/key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            {f"{schemes}/key": {"type": "apiKey", "in": "query", "name": "X-Key"}},
            "major",
            "scheme-changed",
        ),
        Case(
            "another address for tokens",
            oauth,
            {**oauth, f"{schemes}/oauth/flows/clientCredentials/tokenUrl": "https://api.example/t"},
            "major",
            "scheme-flows-changed",
        ),
        *both(
            "a server",
            NONE,
            {"/servers/-": {"url": "https://eu.api.example/v1"}},
            there=("minor", "server-added"),
            back=("major", "server-removed"),
        ),
        Case("another server", NONE, {"/servers/0/url": "https://api.example/v2"}, "major", "server-removed"),
        *both(
            "a webhook",
            NONE,
            {
                "/webhooks/thing.gone": BASE["webhooks"]["thing.made"]
                | {"post": {**BASE["webhooks"]["thing.made"]["post"], "operationId": "onThingGone"}}
            },
            there=("minor", "webhook-added"),
            back=("major", "webhook-removed"),
        ),
        *both(
            "a field of a webhook",
            NONE,
            {"/components/schemas/Event/properties/kind": {"type": "string"}},
            there=("minor", "response-field-added"),
            back=("major", "response-field-removed"),
        ),
        Case(
            "a webhook's type",
            NONE,
            {"/components/schemas/Event/properties/id/type": "integer"},
            "major",
            "response-type-changed",
        ),
    )


CASES: tuple[Case, ...] = (
    *_operations(),
    *_parameters(),
    *_bodies(),
    *_requests(),
    *_answers(),
    *_responses(),
    *_access(),
)
