"""Small descriptions for tests: of one schema, of a few operations, or drawn by chance."""

import json
from pathlib import PurePosixPath

from themekit.source.api import read_api

PATH = PurePosixPath("api/openapi.json")
INFO = {"title": "T", "version": "1"}


def read(document, files=(), *, path=PATH):
    """The model, or None, and what was reported; `files` are the project's other files."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    others = {PurePosixPath(name): text.encode() for name, text in dict(files).items()}
    model, found = read_api(path, content, read=others.get)
    assert (model is None) == any(each.is_error for each in found)
    return model, found


def described(paths=None, *, schemas=None, version="3.1.0", **members):
    """A whole description."""
    components = {"schemas": schemas or {}, **members.pop("components", {})}
    return {"openapi": version, "info": dict(INFO), "paths": paths or {}, "components": components, **members}


def answering(schema, **members):
    """An operation whose answer is the schema."""
    return {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}, **members}


def of_schemas(schemas, *, version="3.1.0"):
    """A description with one operation for each schema, which answers it."""
    paths = {
        f"/p{index}": {"get": answering({"$ref": f"#/components/schemas/{name}"}, operationId=f"op{index}")}
        for index, name in enumerate(schemas)
    }
    return described(paths, schemas=schemas, version=version)


def model_of(schemas, *, version="3.1.0"):
    """The model of these schemas, of which nothing is wrong."""
    model, found = read(of_schemas(schemas, version=version))
    assert [] == [each.message for each in found]
    return model


def type_of(schema, *, schemas=None, version="3.1.0"):
    """The type of one schema that stands in an answer, and the declarations by id."""
    document = described({"/a": {"get": answering(schema, operationId="a")}}, schemas=schemas, version=version)
    model, found = read(document)
    assert [] == [each.message for each in found]
    return model.operations[0].responses[0].contents[0].type, model.declarations()


NAMES = ("A", "B", "C", "D", "Error", "a-b", "aB")
VALUES = [None, True, False, -1, 0, 1, 2.5, "a", "B", "a b", "-a", "", "東京", "1", [1], {"a": 1}]
WORDS = ["id", "type", "a", "aB", "a_b", "x-y", "1", "+1", "$ref2", "名", "body"]
KINDS = "string integer number boolean array object null".split()
FORMATS = ["date", "date-time", "binary", "byte", "int32", "float", "uuid"]


def made_schema(chance, depth=3, *, is_component=False):
    """A schema of any kind, right or wrong, that refers to components by the names above; `chance` is a `Random`."""
    roll = chance.random()
    if roll < 0.25 and not is_component:
        return {"$ref": f"#/components/schemas/{chance.choice(NAMES)}"}
    if roll < 0.3:
        return chance.choice([True, False])
    if roll < 0.55 or not depth:
        return _some(chance, 0.25, _scalar_keywords(chance))

    def inner():
        return made_schema(chance, depth - 1)

    def several():
        return [inner() for _ in range(chance.randrange(4))]

    keywords = {
        "type": lambda: chance.choice(["object", "array", ["object", "null"]]),
        "properties": lambda: {chance.choice(WORDS): inner() for _ in range(chance.randrange(4))},
        "required": lambda: [chance.choice(WORDS)],
        "additionalProperties": inner,
        "items": inner,
        "prefixItems": several,
        "allOf": several,
        "oneOf": several,
        "anyOf": several,
        "$ref": lambda: f"#/components/schemas/{chance.choice(NAMES)}",
        "discriminator": lambda: {"propertyName": chance.choice(WORDS)},
        "not": inner,
        "nullable": lambda: chance.choice([True, False]),
        "title": lambda: chance.choice(["Good", "not, good", "1"]),
    }
    return _some(chance, chance.choice([0.1, 0.2, 0.4]), keywords)


def _scalar_keywords(chance):
    return {
        "type": lambda: chance.choice([*KINDS, chance.sample(KINDS, 2)]),
        "format": lambda: chance.choice(FORMATS),
        "enum": lambda: [chance.choice(VALUES) for _ in range(chance.randrange(5))],
        "const": lambda: chance.choice(VALUES),
        "nullable": lambda: chance.choice([True, False]),
        "description": lambda: chance.choice(["", "d", "*/"]),
        "maxLength": lambda: chance.randrange(5),
        "readOnly": lambda: chance.choice([True, False]),
    }


def _some(chance, share, keywords):
    return {key: make() for key, make in keywords.items() if chance.random() < share or key == "type"}


def made_components(chance):
    """Schemas by the names above."""
    return {name: made_schema(chance, is_component=True) for name in NAMES}
