"""Small descriptions of what stands in descriptions out there, each with one kind of trouble. All are valid OpenAPI."""

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NULL = {"type": "null"}
RESERVED = (
    "class new delete import default func range self None async await void package return type interface "
    "base credentials builder transport asynchronous client options call request response ctx s params body err"
).split()
MEMBERS = (
    "class def func new self this super return import package type interface int String object __proto__ constructor "
    "toString getClass hashCode model_config copy json keys items get"
).split()
ID = {"name": "id", "in": "path", "required": True, "schema": STRING}


def to(name, section="schemas"):
    return {"$ref": f"#/components/{section}/{name}"}


def thing(*required, **properties):
    return {"type": "object", "required": list(required), "properties": properties}


def json_of(schema, **more):
    return {"application/json": {"schema": schema, **more}}


def answer(schema=None, media="application/json", status="200"):
    return {status: {"description": "", **({"content": {media: {"schema": schema}}} if schema is not None else {})}}


def operation(answers=None, body=None, parameters=(), **more):
    return {
        "responses": answers or answer(STRING),
        **({"requestBody": {"required": True, "content": body}} if body else {}),
        **({"parameters": list(parameters)} if parameters else {}),
        **more,
    }


def described(paths, schemas=None, version="3.1.0", **more):
    """A description; `paths` maps `get /path` to operations."""
    found = {}
    for key, each in paths.items():
        method, _, path = key.partition(" ")
        found.setdefault(path, {})[method] = each
    components = {"schemas": schemas or {}, **more.pop("components", {})}
    return {
        "openapi": version,
        "info": {"title": "Wild", "version": "1"},
        "paths": found,
        "components": components,
        **more,
    }


def query(name, schema, **more):
    return {"name": name, "in": "query", "schema": schema, **more}


DOCUMENTS = {
    "type-arrays": described(
        {"post /a": operation(answer(to("A")), json_of(to("A")))},
        {
            "A": thing(
                "a",
                a={"type": ["string", "null"]},
                b={"type": ["string", "integer", "boolean"]},
                c={"type": ["array", "null"], "items": {"type": ["number", "null"]}},
                d={"type": ["object", "string"], "properties": {"x": INTEGER}},
                e={"type": ["null"]},
                f={"type": []},
                g={"type": ["string"], "enum": ["x", "y"]},
            )
        },
    ),
    "nullable-references": described(
        {"post /a": operation(answer(to("A")), json_of(to("A")))},
        {
            "A": thing(
                "b",
                b={"allOf": [to("B")], "nullable": True},
                c={"oneOf": [to("B")], "nullable": True, "description": "One"},
                d={"nullable": True, "enum": ["x", None], "type": "string"},
                e={"type": "array", "nullable": True, "items": {"allOf": [to("B")], "nullable": True}},
                f={"anyOf": [to("N"), {"type": "integer"}]},
            ),
            "B": thing("id", id=STRING),
            "N": {"type": "object", "nullable": True, "properties": {"z": STRING}},
        },
        version="3.0.3",
    ),
    "discriminator-mapping": described(
        {"post /pets": operation(answer(to("Pet")), json_of(to("Pet"))), "get /base": operation(answer(to("Base")))},
        {
            "Pet": {
                "oneOf": [to("Cat"), to("Dog"), to("Fish")],
                "discriminator": {
                    "propertyName": "pet-type",
                    "mapping": {
                        "kitten": "#/components/schemas/Cat",
                        "cat": "#/components/schemas/Cat",
                        "dog": "Dog",
                        "1": "#/components/schemas/Fish",
                    },
                },
            },
            "Cat": thing("pet-type", **{"pet-type": STRING, "lives": INTEGER}),
            "Dog": thing("pet-type", **{"pet-type": {"type": "string", "enum": ["dog"]}}),
            "Fish": {"allOf": [thing("pet-type", **{"pet-type": STRING}), thing(fins=INTEGER)]},
            "Base": {**thing("kind", kind=STRING), "discriminator": {"propertyName": "kind"}},
            "First": {"allOf": [to("Base"), thing(one=STRING)]},
            "Second": {"allOf": [to("First"), thing(two=to("Base"))]},
        },
    ),
    "all-of-with-siblings": described(
        {"put /a/{id}": operation(answer(to("A")), json_of(to("A")), [ID])},
        {
            "A": {
                "allOf": [to("B"), {"description": "Only words"}, {"required": ["own", "late"]}],
                "type": "object",
                "description": "With siblings",
                "properties": {"own": STRING, "base": {"type": "string", "maxLength": 3}},
                "additionalProperties": False,
            },
            "B": {**thing("base", base=STRING, late=INTEGER), "example": {"base": "x"}},
            "C": {"$ref": "#/components/schemas/A", "description": "A sibling of a reference", "deprecated": True},
            "D": thing(c=to("C")),
        },
    ),
    "maps-beside-members": described(
        {"post /a": operation(answer(to("A")), json_of(to("A"))), "get /m": operation(answer(to("M")))},
        {
            "A": {**thing("id", id=STRING, extra=INTEGER), "additionalProperties": to("B")},
            "B": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            "M": {"type": "object", "additionalProperties": {"type": "array", "items": to("A")}},
            "P": {**thing(a=STRING), "patternProperties": {"^x-": INTEGER, "^y-": STRING}},
            "Q": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}, "additionalProperties": to("P")},
        },
    ),
    "recursive-maps": described(
        {"post /tree": operation(answer(to("Tree")), json_of(to("Json")))},
        {
            "Tree": {"type": "object", "additionalProperties": to("Tree")},
            "List": {"type": "array", "items": to("List")},
            "Json": {
                "oneOf": [
                    STRING,
                    {"type": "number"},
                    {"type": "boolean"},
                    {"type": "array", "items": to("Json")},
                    {"type": "object", "additionalProperties": to("Json")},
                    NULL,
                ]
            },
            "Node": thing(
                "children", children={"type": "array", "items": to("Node")}, parent=to("Node"), list=to("List")
            ),
            "Mutual": thing(other=to("Other")),
            "Other": {"allOf": [to("Mutual"), thing(tree=to("Tree"), node=to("Node"))]},
        },
    ),
    "deep-objects": described(
        {
            "get /a": operation(
                parameters=[
                    query("filter", thing(a=STRING, b=INTEGER), style="deepObject", explode=True),
                    query("sort[]", {"type": "array", "items": STRING}, style="form", explode=True),
                    query("ids", {"type": "array", "items": INTEGER}, style="pipeDelimited", explode=False),
                    query("words", {"type": "array", "items": STRING}, style="spaceDelimited", explode=False),
                    query("any", {"type": "object", "additionalProperties": STRING}),
                    query("page[size]", INTEGER),
                    query("page[number]", INTEGER),
                    query("created.gte", {"type": "string", "format": "date-time"}),
                    query("raw", STRING, allowReserved=True),
                    query("empty", {"type": "boolean"}, allowEmptyValue=True),
                ]
            )
        }
    ),
    "cookies-and-headers": described(
        {
            "get /a": operation(
                parameters=[
                    {"name": "sid", "in": "cookie", "required": True, "schema": STRING},
                    {"name": "flags", "in": "cookie", "schema": {"type": "array", "items": STRING}},
                    {"name": "X-Request-ID", "in": "header", "schema": {"type": "string", "format": "uuid"}},
                    {"name": "x-numbers", "in": "header", "schema": {"type": "array", "items": INTEGER}},
                    {"name": "Accept", "in": "header", "schema": STRING},
                    {"name": "If-None-Match", "in": "header", "schema": STRING},
                    query("if-none-match", STRING),
                ],
                answers={
                    "200": {
                        "description": "",
                        "headers": {
                            "X-Rate-Limit": {"schema": INTEGER},
                            "Link": {"schema": STRING},
                            "x-objects": {"content": json_of(thing(a=STRING))},
                        },
                        "content": json_of(STRING),
                    },
                    "304": {"description": "Not modified"},
                },
            )
        }
    ),
    "multipart": described(
        {
            "post /files": operation(
                answer(to("File")),
                {
                    "multipart/form-data": {
                        "schema": thing(
                            "file",
                            file={"type": "string", "format": "binary"},
                            files={"type": "array", "items": {"type": "string", "format": "binary"}},
                            tags={"type": "array", "items": STRING},
                            meta=to("File"),
                            count=INTEGER,
                            image={"contentMediaType": "image/png", "type": "string"},
                        ),
                        "encoding": {
                            "meta": {"contentType": "application/json"},
                            "image": {"contentType": "image/png, image/*"},
                        },
                    }
                },
            ),
            "post /mixed": operation(answer(STRING), {"multipart/mixed": {"schema": thing(a=STRING)}}),
            "put /form": operation(
                answer(STRING),
                {
                    "application/x-www-form-urlencoded": {
                        "schema": thing("a", a=STRING, b={"type": "array", "items": INTEGER}, c=thing(d=STRING)),
                        "encoding": {"b": {"style": "spaceDelimited"}, "c": {"style": "deepObject", "explode": True}},
                    }
                },
            ),
        },
        {"File": thing("id", id=STRING)},
    ),
    "bytes": described(
        {
            "put /a/{id}": operation(answer(status="204"), {"application/octet-stream": {}}, [ID]),
            "get /a/{id}": operation(
                answer({"type": "string", "format": "binary"}, "application/pdf"), parameters=[ID]
            ),
            "post /image": operation(
                answer({}, "image/png"), {"image/*": {"schema": {"type": "string", "format": "binary"}}}
            ),
            "post /any": operation(answer({}, "*/*"), {"*/*": {"schema": {}}}),
            "post /b64": operation(
                answer(thing(data={"type": "string", "contentEncoding": "base64"})),
                json_of(thing("data", data={"type": "string", "format": "byte"})),
            ),
        }
    ),
    "texts": described(
        {
            "get /plain": operation(answer(STRING, "text/plain")),
            "get /csv": operation(answer(STRING, "text/csv; charset=utf-8")),
            "get /xml": operation(answer(thing(a=STRING), "application/xml")),
            "post /plain": operation(answer(INTEGER, "text/plain"), {"text/plain": {"schema": STRING}}),
            "post /xml": operation(answer(STRING), {"application/soap+xml": {"schema": thing(a=STRING)}}),
            "get /html": operation(answer(None)),
        }
    ),
    "no-content": described(
        {
            "delete /a/{id}": operation(answer(status="204"), parameters=[ID]),
            "post /b": operation({"202": {"description": "Later"}, "204": {"description": "Never"}}),
            "head /c": operation(answer()),
            "options /c": operation(answer()),
            "trace /c": operation(answer()),
            "patch /d": operation({"2XX": {"description": ""}}),
        }
    ),
    "default-answers": described(
        {
            "get /only": operation({"default": {"description": "", "content": json_of(STRING)}}),
            "get /both": operation({**answer(to("A")), "default": {"description": "", "content": json_of(to("E"))}}),
            "get /errors": operation(
                {
                    **answer(to("A")),
                    "4XX": {"description": "", "content": json_of(to("E"))},
                    "503": {"description": "", "content": {"text/plain": {"schema": STRING}}},
                }
            ),
            "get /many": operation({**answer(to("A")), **answer(to("E"), status="201"), **answer(status="204")}),
            "get /two": operation(
                {"200": {"description": "", "content": {**json_of(to("A")), "text/csv": {"schema": STRING}}}}
            ),
        },
        {"A": thing(a=STRING), "E": thing("message", message=STRING, error=STRING, status=INTEGER)},
    ),
    "odd-enumerations": described(
        {"post /a": operation(answer(to("A")), json_of(to("A")), [query("sort", to("Sort"))])},
        {
            "Sort": {
                "type": "string",
                "enum": ["-created", "created", "+name", "", " ", "a b", "a-b", "a_b", "A_B", "*"],
            },
            "Number": {"type": "integer", "enum": [0, -1, 1, 9007199254740993]},
            "Float": {"type": "number", "enum": [0.5, 1, -2.25, 1e100]},
            "Mixed": {"enum": ["a", 1, True, None, 1.5]},
            "Words": {
                "type": "string",
                "enum": ["class", "null", "None", "true", "default", "new", "func", "self", "1st"],
            },
            "Unicode": {"type": "string", "enum": ["日本語", "ünï", "Ünï", "é", "e", "😀", "\u0130"]},
            "Bool": {"type": "boolean", "enum": [True]},
            "Objects": {"enum": [{"a": 1}, [1, 2], "x"]},
            "Single": {"enum": ["one"]},
            "A": thing(
                "words",
                **{
                    name.lower(): to(name)
                    for name in "Sort Number Float Mixed Words Unicode Bool Objects Single".split()
                },
            ),
        },
    ),
    "empty-schemas": described(
        {"post /a": operation(answer({}), json_of({})), "post /b": operation(answer(to("A")), json_of(True))},
        {
            "A": thing(
                "a",
                a={},
                b=True,
                c={"description": "Anything"},
                d={"type": "array"},
                e={"type": "object"},
                f={"items": {}},
            ),
            "Empty": {"type": "object", "properties": {}, "additionalProperties": False},
            "Not": {"not": {}},
            "B": thing(empty=to("Empty"), nothing=to("Not"), all={"allOf": []}, any={"anyOf": []}),
        },
    ),
    "everything-inline": described(
        {
            "post /orders/{order}/items": operation(
                answer(
                    thing(
                        "items",
                        items={
                            "type": "array",
                            "items": thing(price=thing(amount=INTEGER, currency={"enum": ["EUR", "USD"]})),
                        },
                    )
                ),
                json_of(
                    thing(
                        "item",
                        item={
                            "oneOf": [
                                thing("sku", sku=STRING),
                                thing("ean", ean=STRING),
                                {"type": "array", "items": thing(x=STRING)},
                            ]
                        },
                        address=thing(lines={"type": "array", "items": {"type": "array", "items": STRING}}),
                    )
                ),
                [{**ID, "name": "order"}],
            )
        }
    ),
    "parameters-with-content": described(
        {
            "get /a/{key}": operation(
                parameters=[
                    {
                        "name": "where",
                        "in": "query",
                        "content": json_of(thing(a=STRING, b={"type": "array", "items": INTEGER})),
                    },
                    {"name": "X-Meta", "in": "header", "content": json_of(thing(a=STRING))},
                    {"name": "key", "in": "path", "required": True, "content": json_of(STRING)},
                    {"name": "t", "in": "query", "content": {"text/plain": {"schema": STRING}}},
                ]
            )
        }
    ),
    "paths": described(
        {
            "get /v1.0/a.b/{id}.json": operation(parameters=[ID]),
            "post /a/{id}:cancel": operation(parameters=[ID]),
            "get /a/{from}..{to}": operation(parameters=[{**ID, "name": "from"}, {**ID, "name": "to"}]),
            "get /": operation(),
            "get /trailing/": operation(),
            "get /a(b)'c,d;e=f": operation(),
            "get /~user/@me/$x": operation(),
            "get /m{id}": operation(parameters=[{**ID, "style": "matrix"}]),
            "get /l{id}": operation(
                parameters=[{**ID, "style": "label", "schema": {"type": "array", "items": STRING}}]
            ),
            "get /q?fixed=1": operation(),
            "get /{class}/{self}/{ctx}": operation(
                parameters=[{**ID, "name": name} for name in ("class", "self", "ctx")]
            ),
            "get /%7Bx%7D/é": operation(),
        }
    ),
    "vendor-media-types": described(
        {
            "post /a": operation(
                answer(to("A"), "application/vnd.api+json; charset=utf-8"),
                {
                    "application/vnd.acme.v2+json": {"schema": to("A")},
                    "application/merge-patch+json": {"schema": thing(a={"type": ["string", "null"]})},
                },
            ),
            "get /problem": operation(
                {
                    **answer(to("A")),
                    "400": {"description": "", "content": {"application/problem+json": {"schema": to("A")}}},
                }
            ),
            "get /events": operation(answer(to("A"), "text/event-stream")),
            "get /lines": operation(answer(to("A"), "application/x-ndjson")),
            "patch /x": operation(
                answer(STRING),
                {"application/json-patch+json": {"schema": {"type": "array", "items": thing("op", op=STRING)}}},
            ),
            "get /csv": operation(answer(STRING, "application/vnd.ms-excel")),
        },
        {"A": thing(a=STRING)},
    ),
    "long-names": described(
        {
            "get /" + "/".join(["very-long-segment"] * 12): operation(
                answer(to("Very" * 40)),
                operationId="getTheVeryLongThing" * 6,
                tags=["A tag that is longer than any class " * 4],
            )
        },
        {
            "Very" * 40: thing(**{"member" * 40: to("Very" * 40 + "Other"), "x" * 300: STRING}),
            "Very" * 40 + "Other": thing(a=STRING),
        },
    ),
    "unicode-names": described(
        {
            "get /größe/{größe}": operation(
                answer(to("Grösse")),
                parameters=[{**ID, "name": "größe"}, query("größer_als", INTEGER)],
                tags=["Größen"],
            ),
            "get /日本": operation(answer(to("B")), operationId="日本を取得", tags=["日本"]),
        },
        {
            "Grösse": thing(
                "größe", größe=INTEGER, **{"日本": STRING, "😀": STRING, "na\u00efve": STRING, "naive": STRING}
            ),
            "B": thing(Å=STRING, å=STRING),
        },
    ),
    "reserved-words": described(
        {
            f"get /{word}": operation(
                answer(to("Class")), operationId=word, tags=[word], parameters=[query(word, STRING)]
            )
            for word in RESERVED
        },
        {
            "Class": thing(
                "class",
                **dict.fromkeys(
                    MEMBERS,
                    STRING,
                ),
            )
        },
    ),
    "names-that-meet": described(
        {
            "get /user": operation(answer(to("User")), operationId="get_user"),
            "get /User": operation(answer(to("user")), operationId="getUser"),
            "get /users": operation(
                answer(to("USER")),
                operationId="get-user",
                parameters=[query("a-b", STRING), query("a_b", STRING), query("aB", STRING), query("a.b", STRING)],
            ),
        },
        {
            "User": thing(id=STRING, Id=STRING, ID=STRING, **{"i-d": STRING, "i_d": STRING}),
            "user": thing(a=STRING),
            "USER": thing(b=STRING),
            "UserResource": thing(c=to("User_")),
            "User_": thing(d=STRING),
        },
    ),
    "unions": described(
        {
            "post /a": operation(answer(to("U")), json_of(to("U"))),
            "get /b": operation(answer({"anyOf": [to("A"), to("B")]})),
        },
        {
            "U": {
                "anyOf": [
                    to("A"),
                    to("B"),
                    {"type": "array", "items": to("U")},
                    STRING,
                    INTEGER,
                    {"type": "string", "format": "date"},
                ]
            },
            "A": thing("kind", kind={"const": "a"}, u=to("U")),
            "B": thing("kind", kind={"const": "b"}, inner={"oneOf": [{"oneOf": [to("A"), NULL]}, STRING]}),
            "Same": {"oneOf": [to("A"), to("A"), thing(kind={"const": "a"})]},
            "Beside": {
                "type": "object",
                "properties": {"x": to("Same")},
                "oneOf": [{"required": ["x"]}, {"required": ["y"]}],
            },
            "Open": {"anyOf": [{"type": "string", "enum": ["a", "b"]}, STRING]},
            "C": thing(beside=to("Beside"), open=to("Open"), none={"oneOf": [NULL]}),
            "D": {"allOf": [to("C"), {"oneOf": [thing("p", p=STRING), thing("q", q=STRING)]}]},
        },
    ),
    "read-and-write": described(
        {
            "post /a": operation(answer(to("A")), json_of(to("A"))),
            "patch /a": operation(answer(to("A")), json_of(to("A"))),
        },
        {
            "A": thing(
                "id",
                "secret",
                id={"type": "string", "readOnly": True},
                secret={"type": "string", "writeOnly": True},
                inner={"allOf": [to("B")], "readOnly": True},
                list={"type": "array", "items": to("B")},
            ),
            "B": thing(
                "at",
                at={"type": "string", "format": "date-time", "readOnly": True},
                note={"type": "string", "writeOnly": True},
            ),
        },
    ),
    "formats-and-limits": described(
        {"post /a": operation(answer(to("A")), json_of(to("A")))},
        {
            "A": thing(
                "i64",
                i32={"type": "integer", "format": "int32", "default": -1},
                i64={"type": "integer", "format": "int64", "maximum": 9223372036854775807},
                u64={"type": "integer", "format": "uint64", "maximum": 18446744073709551615},
                f={"type": "number", "format": "float", "default": 1e-7},
                decimal={"type": "string", "format": "decimal"},
                whole={"type": "number", "multipleOf": 1.0},
                date={"type": "string", "format": "date", "example": "2024-02-30"},
                at={"type": "string", "format": "date-time", "default": "2024-01-01T00:00:00Z"},
                time={"type": "string", "format": "time"},
                odd={"type": "string", "format": 'x\ny"z'},
                pattern={"type": "string", "pattern": "^\\d+\\/[\"'`]*$", "default": "*/"},
                tuple={"type": "array", "prefixItems": [STRING, INTEGER], "items": False},
                old={"type": "array", "items": [STRING, INTEGER]},
                big={"type": "array", "items": STRING, "minItems": 2, "maxItems": 3, "uniqueItems": True},
            )
        },
    ),
    "definitions": described(
        {"post /a": operation(answer(to("A")), json_of(to("A")))},
        {
            "A": {
                "$defs": {
                    "Inner": thing(x=STRING),
                    "Anchored": {"$anchor": "here", "type": "object", "properties": {"y": INTEGER}},
                },
                "type": "object",
                "properties": {
                    "inner": {"$ref": "#/components/schemas/A/$defs/Inner"},
                    "anchored": {"$ref": "#here"},
                    "odd": {"$ref": "#/components/schemas/A/properties/inner"},
                    "deep": {"$ref": "#/paths/~1a/post/responses/200/content/application~1json/schema"},
                },
                "if": {"required": ["inner"]},
                "then": {"required": ["odd"]},
                "dependentRequired": {"deep": ["inner"]},
            }
        },
    ),
    "shared-components": described(
        {
            "post /a/{id}": {
                "parameters": [to("Id", "parameters"), to("Limit", "parameters")],
                "requestBody": to("Body", "requestBodies"),
                "responses": {"200": to("Ok", "responses"), "default": to("Error", "responses")},
                "callbacks": {"done": to("Done", "callbacks")},
            }
        },
        {"A": thing(a=STRING)},
        components={
            "parameters": {"Id": ID, "Limit": query("limit", INTEGER)},
            "requestBodies": {"Body": {"content": json_of(to("A"))}},
            "responses": {
                "Ok": {
                    "description": "",
                    "headers": {"X-A": to("A", "headers")},
                    "content": json_of(to("A")),
                    "links": {"Next": to("L", "links")},
                },
                "Error": {"description": "", "content": json_of(to("A"))},
            },
            "headers": {"A": {"schema": STRING}},
            "links": {"L": {"operationId": "post_a_id"}},
            "callbacks": {"Done": {"{$request.body#/url}": {"post": operation(answer(), json_of(to("A")))}}},
        },
    ),
    "security": described(
        {
            "get /both": operation(security=[{"basic": [], "key": []}, {"token": []}]),
            "get /public": operation(security=[]),
            "get /maybe": operation(security=[{}, {"oauth": ["read:all", "write"]}]),
            "get /openid": operation(security=[{"openid": []}]),
            "get /mtls": operation(security=[{"mtls": []}, {"digest": []}]),
        },
        components={
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "Basic"},
                "key": {"type": "apiKey", "in": "query", "name": "api-key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
                "token": {"type": "http", "scheme": "bearer"},
                "digest": {"type": "http", "scheme": "digest"},
                "mtls": {"type": "mutualTLS"},
                "openid": {
                    "type": "openIdConnect",
                    "openIdConnectUrl": "https://id.example/.well-known/openid-configuration",
                },
                "oauth": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": "https://id.example/token",
                            "scopes": {"read:all": "", "write": ""},
                        },
                        "authorizationCode": {"authorizationUrl": "/authorize", "tokenUrl": "/token", "scopes": {}},
                    },
                },
            }
        },
        security=[{"token": []}],
    ),
    "no-ids-and-no-tags": described(
        {
            f"{method} {path}": operation(answer(thing(a=STRING)), parameters=[ID] if "{" in path else [])
            for path in ("/things", "/things/{id}", "/things/{id}/parts", "/other-things/{id}")
            for method in ("get", "put", "post", "delete")
        }
    ),
    "servers": described(
        {
            "get /a": operation(),
            "post /upload": operation(servers=[{"url": "https://upload.example/v2"}]),
            "get /regional": operation(
                servers=[
                    {
                        "url": "https://{region}.example:{port}/v1/",
                        "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}, "port": {"default": "443"}},
                    }
                ]
            ),
            "get /relative": operation(servers=[{"url": "/other"}]),
        },
        servers=[{"url": "https://api.example/v1"}, {"url": "https://test.example/v1", "description": "Tests"}],
    ),
    "hooks-alone": {
        "openapi": "3.1.0",
        "info": {"title": "Wild", "version": "1"},
        "webhooks": {
            "order.paid": {"post": operation(answer(), json_of({"oneOf": [to("Paid"), to("Refunded")]}))},
            "Order Paid": {"post": operation(answer(), json_of(thing(id=STRING)))},
            "text": {"post": operation(answer(), {"text/plain": {"schema": STRING}})},
        },
        "components": {
            "schemas": {
                "Paid": thing("type", type={"const": "paid"}),
                "Refunded": thing("type", type={"const": "refunded"}),
            }
        },
    },
    "signed-hooks": described(
        {"get /a": operation()},
        webhooks={"paid": {"post": operation(answer(), json_of(thing(id=STRING)))}},
        **{"x-webhook-signature": "timestamped-hmac-sha256"},
    ),
    "nothing": {"openapi": "3.0.0", "info": {"title": "", "version": ""}, "paths": {}},
}
"""By name."""
