"""Small descriptions made by going through the chapters of the specification, each a chapter's corners. All are valid.

Source: OpenAPI 3.0.4 and 3.1.1; JSON Schema 2020-12. Their generated tests are run: see `test_wild_calls.py`.
"""

from wild_documents import ID, INTEGER, NULL, STRING, answer, described, json_of, operation, query, thing, to

NUMBER = {"type": "number"}
BOOLEAN = {"type": "boolean"}
OBJECT = thing(a=STRING, b=INTEGER)
FREE = {"type": "object", "additionalProperties": INTEGER}
FILE = {"type": "string", "format": "binary"}


def of(schema, **more):
    return {"type": "array", "items": schema, **more}


def at(place, name, schema, **more):
    return {"name": name, "in": place, "schema": schema, **more}


def path(name, schema, **more):
    return at("path", name, schema, required=True, **more)


def header(name, schema, **more):
    return at("header", name, schema, **more)


def cookie(name, schema, **more):
    return at("cookie", name, schema, **more)


AWKWARD = {}

AWKWARD["path-level"] = described(
    {
        "get /things/{id}/{sub}": operation(
            answer(OBJECT),
            parameters=[
                {**ID, "schema": INTEGER, "description": "narrowed"},
                query("limit", {"type": "integer", "maximum": 5}),
            ],
        ),
        "put /things/{id}/{sub}": operation(answer(OBJECT), json_of(OBJECT)),
        "get /same/{id}": operation(
            answer(OBJECT), parameters=[ID, query("id", STRING), header("id", STRING), cookie("id", STRING)]
        ),
        "post /same/{id}": operation(
            answer(OBJECT), json_of(thing("id", id=STRING)), [ID, query("id", of(INTEGER), required=True)]
        ),
    }
)
SHARED = AWKWARD["path-level"]["paths"]["/things/{id}/{sub}"]
SHARED["parameters"] = [
    ID,
    path("sub", {"enum": ["a", "b/c", "d e"]}),
    query("limit", STRING),
    header("X-Tenant", STRING, required=True),
]
SHARED["summary"] = "Things"
SHARED["servers"] = [{"url": "/v2"}]


KINDS = {"text": STRING, "list": of(INTEGER, minItems=1), "object": thing("x", x=STRING, y=INTEGER), "map": FREE}
QUERIES = {
    ("form", True): KINDS,
    ("form", False): KINDS,
    ("spaceDelimited", False): ("list", "object"),
    ("spaceDelimited", True): ("list",),
    ("pipeDelimited", False): ("list", "object"),
    ("pipeDelimited", True): ("list",),
    ("deepObject", True): ("object", "map"),
}


def styles():
    """Every style of every place, with `explode` and without."""
    placed = [
        (f"/path/{style}/{explode}/{kind}/{{v}}", path("v", KINDS[kind], style=style, explode=explode))
        for style in ("simple", "label", "matrix")
        for explode in (True, False)
        for kind in KINDS
    ]
    placed += [
        (f"/query/{style}/{explode}/{kind}", query("v", KINDS[kind], style=style, explode=explode, required=True))
        for (style, explode), kinds in QUERIES.items()
        for kind in kinds
    ]
    placed += [
        (f"/{place}/{explode}/{kind}", at(place, "v", KINDS[kind], explode=explode, required=True))
        for place in ("header", "cookie")
        for explode in (True, False)
        for kind in ("text", "list", "object")
    ]
    other = query("other", of(STRING))
    return {f"get {where}": operation(answer(OBJECT), parameters=[each, other]) for where, each in placed}


AWKWARD["styles"] = described(styles())
AWKWARD["odd-parameters"] = described(
    {
        "get /a": operation(
            answer(OBJECT),
            parameters=[
                query("u", {"oneOf": [STRING, INTEGER, of(STRING)]}),
                query("n", {"type": ["string", "null"]}),
                query("nl", {"type": ["array", "null"], "items": {"type": ["integer", "null"]}}),
                query("b", of(BOOLEAN), required=True),
                query("d", {"type": "string", "format": "date"}, required=True),
                query("dt", of({"type": "string", "format": "date-time"}), required=True),
                query("by", {"type": "string", "format": "byte"}, required=True),
                query("bin", FILE),
                query("any", {}),
                query("c", {"const": "fixed"}, required=True),
                query("c2", {"const": 7}),
                query("e", {"type": "integer", "enum": [1, 2, -3]}, required=True),
                query("e2", of({"enum": ["a,b", "c|d", "e f", "&=?#"]}), explode=False, required=True),
                query("nested", thing(a=of(INTEGER), b=thing(c=STRING)), style="deepObject"),
                {
                    "name": "j",
                    "in": "query",
                    "required": True,
                    "content": json_of({"oneOf": [STRING, thing("x", x=INTEGER)]}),
                },
                query("f", {"type": "number", "default": 1e21}),
                query(
                    "big",
                    {"type": "integer", "format": "int64", "minimum": 9007199254740993, "maximum": 9007199254740995},
                    required=True,
                ),
                query("dec", {"type": "number", "format": "double", "minimum": 0.1, "maximum": 0.3}, required=True),
                query(" ", STRING),
                query("a[]", of(STRING), required=True),
                query("a[b]", STRING),
                query("$filter", STRING, required=True),
                query("@type", STRING),
                query("123", STRING),
                query("-", STRING),
                query("_", STRING),
                query("__", STRING),
                query("ünï", STRING, required=True),
                header("X-Date", {"type": "string", "format": "date-time"}, required=True),
                header("X-Bool", BOOLEAN, required=True),
                header("Content-Type", STRING),
                header("Authorization", STRING),
                header("Cookie", STRING),
                header("User-Agent", STRING),
                header("Content-Length", INTEGER),
                header("x.y", STRING),
                header("X-Enum", {"enum": ["a", "b"]}, required=True),
                cookie("c-k", STRING, required=True),
            ],
        ),
        "get /tpl/{a-b}/{a_b}/{aB}": operation(
            answer(OBJECT), parameters=[path(n, STRING) for n in ("a-b", "a_b", "aB")]
        ),
        "get /num/{n}/{d}/{b}": operation(
            answer(OBJECT),
            parameters=[path("n", NUMBER), path("d", {"type": "string", "format": "date"}), path("b", BOOLEAN)],
        ),
    }
)
AWKWARD["bodies"] = described(
    {
        "post /two": operation(
            answer(OBJECT),
            {
                "application/json": {"schema": OBJECT},
                "application/xml": {"schema": OBJECT},
                "application/x-www-form-urlencoded": {"schema": OBJECT},
                "text/plain": {"schema": STRING},
            },
        ),
        "post /formfirst": operation(
            answer(OBJECT),
            {
                "application/x-www-form-urlencoded": {"schema": OBJECT},
                "multipart/form-data": {"schema": thing(a=STRING, f=FILE)},
            },
        ),
        "post /form": operation(
            answer(OBJECT),
            {
                "application/x-www-form-urlencoded": {
                    "schema": thing(
                        "s",
                        "o",
                        "ao",
                        "m",
                        s=STRING,
                        i=of(INTEGER),
                        o=thing(x=thing(y=STRING), z=of(STRING)),
                        ao=of(thing(q=STRING)),
                        m={"type": "object", "additionalProperties": STRING},
                        e={"enum": ["a", "b"]},
                        n={"type": ["string", "null"]},
                        d={"type": "string", "format": "date-time"},
                        b=BOOLEAN,
                    ),
                    "encoding": {
                        "i": {"style": "pipeDelimited", "explode": False},
                        "o": {"style": "deepObject", "explode": True},
                        "m": {"contentType": "application/json"},
                    },
                }
            },
        ),
        "post /multi": operation(
            answer(OBJECT),
            {
                "multipart/form-data": {
                    "schema": thing(
                        "file",
                        "meta",
                        "fs",
                        file={"type": "string", "contentMediaType": "application/octet-stream"},
                        meta=OBJECT,
                        fs=of(FILE),
                        n=INTEGER,
                        b=BOOLEAN,
                        d={"type": "string", "format": "date"},
                        by={"type": "string", "format": "byte"},
                        objs=of(OBJECT),
                        any={},
                        u={"oneOf": [STRING, OBJECT]},
                        e={"enum": ["x", "y"]},
                        **{'weird "name"\r\nX: y': STRING, "nö": STRING},
                    ),
                    "encoding": {
                        "meta": {"contentType": "application/json", "headers": {"X-Part": {"schema": STRING}}},
                        "file": {"contentType": "image/png"},
                        "n": {"contentType": "text/plain"},
                    },
                }
            },
        ),
        "post /multiref": operation(answer(OBJECT), {"multipart/form-data": {"schema": to("Up")}}),
        "post /arr": operation(answer(of(OBJECT)), json_of(of(OBJECT))),
        "post /str": operation(answer(STRING), json_of(STRING)),
        "post /int": operation(answer(INTEGER), json_of(INTEGER)),
        "post /bool": operation(answer(BOOLEAN), json_of(BOOLEAN)),
        "post /enum": operation(answer({"enum": ["a", "b"]}), json_of({"enum": ["a", "b"]})),
        "post /map": operation(
            answer({"type": "object", "additionalProperties": OBJECT}),
            json_of({"type": "object", "additionalProperties": OBJECT}),
        ),
        "post /nullable": operation(
            answer({"type": ["object", "null"], "properties": {"a": STRING}}),
            json_of({"type": ["object", "null"], "properties": {"a": STRING}}),
        ),
        "post /null": operation(answer(NULL), json_of(NULL)),
        "post /union": operation(
            answer({"oneOf": [OBJECT, of(STRING), STRING, NULL]}),
            json_of({"oneOf": [OBJECT, of(STRING), STRING, NULL]}),
        ),
        "post /optional": {"requestBody": {"content": json_of(OBJECT)}, "responses": answer(OBJECT)},
        "post /date": operation(
            answer({"type": "string", "format": "date-time"}), json_of({"type": "string", "format": "date-time"})
        ),
        "post /bytes": operation(
            answer({"type": "string", "format": "byte"}), json_of({"type": "string", "format": "byte"})
        ),
        "delete /withbody": operation(answer(OBJECT), json_of(OBJECT)),
        "post /empty": operation(answer(OBJECT), {"application/json": {}}),
        "post /png": operation(answer(FILE, "image/png"), {"image/png": {"schema": FILE}}),
        "post /b64text": operation(
            answer(STRING, "text/plain"), {"text/plain": {"schema": {"type": "string", "contentEncoding": "base64"}}}
        ),
        "post /ndjson": operation(answer(OBJECT), {"application/x-ndjson": {"schema": OBJECT}}),
        "post /none": operation(answer(OBJECT), {}),
        "post /charset": operation(
            answer(OBJECT, "application/json; charset=utf-8"), {"application/json; charset=utf-8": {"schema": OBJECT}}
        ),
        "post /upper": operation(answer(OBJECT, "Application/JSON"), {"APPLICATION/JSON": {"schema": OBJECT}}),
        "post /yaml": operation(answer(OBJECT, "application/yaml"), {"application/yaml": {"schema": OBJECT}}),
    },
    {"Up": {"allOf": [thing("file", file=FILE), thing(tags=of(STRING), opt=to("Opt"))]}, "Opt": thing(k=STRING)},
)
AWKWARD["answers"] = described(
    {
        "get /range": operation(
            {
                "2XX": {"description": "", "content": json_of(OBJECT)},
                "4XX": {"description": "", "content": json_of(thing(code=INTEGER))},
                "5XX": {"description": ""},
            }
        ),
        "get /default": operation({"default": {"description": "", "content": json_of(OBJECT)}}),
        "get /mix": operation(
            {
                **answer(OBJECT),
                **answer(of(STRING), status="202"),
                "2XX": {"description": "", "content": {"text/plain": {"schema": STRING}}},
                "default": {
                    "description": "",
                    "content": {"application/problem+json": {"schema": thing(title=STRING)}},
                },
            }
        ),
        "get /lowercase": operation({"201": {"description": "", "content": json_of(OBJECT)}}),
        "get /redirect": operation(
            {"301": {"description": "", "headers": {"Location": {"schema": STRING, "required": True}}}}
        ),
        "get /notmod": operation({**answer(OBJECT), "304": {"description": ""}}),
        "get /info": operation({"101": {"description": ""}, **answer(OBJECT)}),
        "get /headers": operation(
            {
                "200": {
                    "description": "",
                    "headers": {
                        "X-N": {"required": True, "schema": INTEGER},
                        "X-A": {"schema": of(STRING), "explode": True},
                        "X-O": {"schema": OBJECT},
                        "X-D": {"schema": {"type": "string", "format": "date-time"}},
                        "X-J": {"content": json_of(OBJECT)},
                        "class": {"schema": STRING},
                        "Content-Type": {"schema": STRING},
                        "X-B": {"schema": BOOLEAN},
                        "X-E": {"schema": {"enum": ["q", "r"]}},
                    },
                    "content": json_of(OBJECT),
                }
            }
        ),
        "get /onlyheaders": operation(
            {"204": {"description": "", "headers": {"ETag": {"schema": STRING, "required": True}}}}
        ),
        "head /head": operation({"200": {"description": "", "headers": {"Content-Length": {"schema": INTEGER}}}}),
        "get /texts": operation(
            {
                "200": {
                    "description": "",
                    "content": {
                        "text/html": {"schema": STRING},
                        "application/json": {"schema": OBJECT},
                        "application/pdf": {},
                    },
                }
            }
        ),
        "get /same": operation(
            {
                "200": {
                    "description": "",
                    "content": {
                        "application/json": {"schema": OBJECT},
                        "application/vnd.x+json": {"schema": thing(other=STRING)},
                    },
                }
            }
        ),
        "get /any": operation({"200": {"description": "", "content": {"*/*": {"schema": OBJECT}}}}),
        "get /textstar": operation({"200": {"description": "", "content": {"text/*": {"schema": STRING}}}}),
        "get /sse": operation(
            {
                "200": {
                    "description": "",
                    "content": {
                        "text/event-stream": {
                            "schema": {
                                "oneOf": [thing("type", type={"const": "a"}), thing("type", type={"const": "b"})]
                            }
                        }
                    },
                }
            }
        ),
        "get /ssetext": operation({"200": {"description": "", "content": {"text/event-stream": {"schema": STRING}}}}),
        "get /ssenone": operation({"200": {"description": "", "content": {"text/event-stream": {}}}}),
        "get /lines": operation({"200": {"description": "", "content": {"application/jsonl": {"schema": of(STRING)}}}}),
        "get /nullbody": operation(answer({"type": ["string", "null"]})),
        "get /418": operation({"418": {"description": "", "content": json_of(OBJECT)}}),
        "post /no200": operation({"400": {"description": "bad"}, "default": {"description": "x"}}),
        "get /links": operation(
            {
                "200": {
                    "description": "",
                    "content": json_of(OBJECT),
                    "links": {
                        "self": {"operationId": "linked", "parameters": {"id": "$response.body#/a"}},
                        "other": {"operationRef": "#/paths/~1linked~1{id}/get"},
                    },
                }
            }
        ),
        "get /linked/{id}": operation(answer(OBJECT), parameters=[ID], operationId="linked"),
    }
)
AWKWARD["schema-31"] = described(
    {
        "post /a": operation(answer(to("A")), json_of(to("A"))),
        "post /b": operation(answer(to("Rec")), json_of(to("Rec"))),
        "post /c": operation(answer(to("Enums")), json_of(to("Enums"))),
        "post /d": operation(answer(to("Refs")), json_of(to("Refs"))),
    },
    {
        "A": thing(
            "tuple",
            "k",
            "lacks",
            "n",
            tuple={"type": "array", "prefixItems": [STRING, INTEGER], "minItems": 2, "items": False},
            tuple2={"type": "array", "prefixItems": [STRING], "items": INTEGER},
            k={"const": {"a": [1, None]}},
            kn={"const": None},
            kf={"const": 1.5},
            kt={"const": True},
            ki={"const": -7},
            ks={"const": "q\"'\\`${}"},
            n={"type": "null"},
            types={"type": ["string", "integer", "object", "array", "null", "boolean"]},
            cont={"type": "array", "contains": INTEGER},
            uneval={"type": "object", "properties": {"a": STRING}, "unevaluatedProperties": False},
            depreq={
                "type": "object",
                "properties": {"a": STRING, "b": STRING},
                "dependentRequired": {"a": ["b"]},
                "dependentSchemas": {"b": {"properties": {"c": INTEGER}}},
            },
            ifthen={
                "type": "object",
                "properties": {"t": {"enum": ["x", "y"]}},
                "if": {"properties": {"t": {"const": "x"}}},
                "then": {"properties": {"x": STRING}, "required": ["x"]},
                "else": {"properties": {"y": INTEGER}},
            },
            no={"not": {"type": "string"}},
            no2={"type": "string", "not": {"enum": ["a"]}},
            pp={"type": "object", "patternProperties": {"^S_": STRING, "^I_": INTEGER}, "additionalProperties": False},
            pn={"type": "object", "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": INTEGER},
            exmin={"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 2},
            mult={"type": "number", "multipleOf": 0.01},
            b64={"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            js={"type": "string", "contentMediaType": "application/json", "contentSchema": OBJECT},
            ex={"type": "string", "examples": ["one", "two"]},
            maxp={"type": "object", "minProperties": 1, "maxProperties": 2, "additionalProperties": INTEGER},
            anyfalse=False,
            anytrue=True,
        ),
        "Rec": {
            "allOf": [
                thing(
                    "name",
                    name=STRING,
                    kids=of(to("Rec")),
                    parent={"oneOf": [to("Rec"), NULL]},
                    map={"type": "object", "additionalProperties": to("Rec")},
                ),
                {"properties": {"extra": {"allOf": [to("Rec")], "description": "wrapped"}}},
            ]
        },
        "Enums": thing(
            "mixed",
            "dup",
            "empty",
            mixed={"enum": ["a", 1, 1.5, True, False, None, {"a": 1}, [1]]},
            dup={"enum": ["red", "Red", "RED", "r-e-d", "r_e_d"]},
            empty={"enum": ["", None]},
            nums={"type": "number", "enum": [1, 1.0e3, -0.5]},
            ints={"type": ["integer", "null"], "enum": [1, 2, None]},
            nul={"enum": [None]},
            bools={"type": "boolean", "enum": [True, False]},
            sym={
                "type": "string",
                "enum": [
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "<",
                    ">",
                    "<=",
                    ">=",
                    "=",
                    "!=",
                    "!",
                    "~",
                    "^",
                    "&",
                    "|",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    ".",
                    ":",
                    ";",
                    "?",
                    "@",
                    "#",
                    "$",
                    "\\",
                    "'",
                    '"',
                    "`",
                ],
            },
            digits={"type": "string", "enum": ["1", "01", "1.0", "1_0"]},
            nonstr={"type": "string", "enum": ["a\nb", "a\tb", "a b", "ａ"]},
            arr=of({"enum": ["x", "y"]}),
            vn={"enum": ["a", "b"], "x-enum-varnames": ["class", "class"]},
        ),
        "Refs": thing(
            "s",
            s={"$ref": "#/components/schemas/S", "description": "sibling", "default": "z"},
            nu={"anyOf": [to("S"), NULL]},
            narrowed={"$ref": "#/components/schemas/Obj", "required": ["a"], "properties": {"c": INTEGER}},
            ro={"$ref": "#/components/schemas/Obj", "readOnly": True},
            anc={"$ref": "#anch"},
            defs={"$ref": "#/components/schemas/Obj/$defs/In"},
            viaprop={"$ref": "#/components/schemas/Obj/properties/b"},
            viaitems={"$ref": "#/components/schemas/Obj/properties/list/items"},
        ),
        "S": {"type": "string", "minLength": 1},
        "Obj": {
            "type": "object",
            "properties": {
                "a": STRING,
                "b": {"$anchor": "anch", "type": "object", "properties": {"q": INTEGER}},
                "list": of(thing(w=STRING)),
            },
            "$defs": {"In": thing(deep={"$ref": "#/components/schemas/Obj"})},
        },
    },
)
AWKWARD["discriminators"] = described(
    {
        "post /a": operation(answer(to("Animal")), json_of(to("Animal"))),
        "post /b": operation(answer(to("Shape")), json_of(to("Shape"))),
        "get /c": operation(answer(of(to("Event")))),
        "post /v": operation(answer(to("Vehicle")), json_of(to("Vehicle"))),
        "post /n": operation(answer(to("Nested")), json_of(to("Nested"))),
        "post /num": operation(answer(to("Num")), json_of(to("Num"))),
    },
    {
        "Animal": {"oneOf": [to("Cat"), to("Dog"), to("big.Fish-1")], "discriminator": {"propertyName": "@type"}},
        "Cat": thing("@type", **{"@type": STRING, "meow": BOOLEAN}),
        "Dog": thing("@type", **{"@type": STRING, "bark": BOOLEAN}),
        "big.Fish-1": thing("@type", **{"@type": STRING}),
        "Shape": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": STRING, "area": NUMBER},
            "discriminator": {"propertyName": "kind", "mapping": {"sq": "Square", "ci": "#/components/schemas/Circle"}},
        },
        "Square": {"allOf": [to("Shape"), thing("side", side=NUMBER)]},
        "Circle": {"allOf": [to("Shape"), thing("r", r=NUMBER)]},
        "Ring": {"allOf": [to("Circle"), thing(inner=NUMBER)]},
        "Event": {
            "anyOf": [to("Made"), to("Gone"), to("Other")],
            "discriminator": {
                "propertyName": "type",
                "mapping": {
                    "made": "#/components/schemas/Made",
                    "gone.hard": "#/components/schemas/Gone",
                    "gone.soft": "#/components/schemas/Gone",
                },
            },
        },
        "Made": thing("type", type={"type": "string", "enum": ["made"]}, at={"type": "string", "format": "date-time"}),
        "Gone": thing("type", type={"type": "string", "enum": ["gone.hard", "gone.soft"]}),
        "Other": thing("type", type=STRING),
        "Vehicle": {"oneOf": [to("Car"), to("Truck")]},
        "Car": thing("wheels", wheels={"const": 4}, doors=INTEGER),
        "Truck": thing("wheels", "load", wheels={"const": 6}, load=NUMBER),
        "Nested": {
            "oneOf": [
                {"oneOf": [to("Cat"), to("Dog")], "discriminator": {"propertyName": "@type"}},
                {"allOf": [to("Vehicle")]},
                of(to("Animal")),
            ]
        },
        "Num": {"oneOf": [to("One"), to("Two")], "discriminator": {"propertyName": "v"}},
        "One": thing("v", v={"type": "integer", "enum": [1]}, a=STRING),
        "Two": thing("v", v={"type": "integer", "enum": [2]}, b=STRING),
    },
)
WORDS = (
    "abstract and any as assert bool boolean break byte case catch chan char const continue debugger exports declare "
    "def del do double elif else enum except export extends fallthrough false False final finally float for from "
    "function global go goto if implements in infer instanceof int is keyof lambda let long map match module namespace "
    "native never nil nonlocal not nonsealed non-sealed null number object of or override pass permits print private "
    "protected public raise range readonly record require satisfies sealed select set short static strictfp string "
    "struct super switch symbol synchronized this throw throws transient true True try type undefined unique unknown "
    "using var void volatile while with yield append len cap copy make panic recover error iota uint rune String "
    "Object Integer Map List Promise Array Date Symbol Record Partial Error Optional Stream Uri Path http json os io "
    "context time fmt dict list str bytes id hash repr typing dataclass Enum arguments eval then valueOf "
    "prototype hasOwnProperty main init test wait notify finalize equals clone get_class builder build "
).split()
TYPES = [word for word in WORDS if word.replace("_", "").isalnum()]


def named(number, word):
    """An operation whose tag and parameters are the word; every second one has it for its id, too."""
    found = operation(answer(to(word)), parameters=[query(word, STRING), query(f"x-{word}", STRING)], tags=[word])
    return {**found, "operationId": word} if number % 2 else found


AWKWARD["names"] = described(
    {
        **{
            f"get /w{number}/{word}": named(number, word)
            for number, word in enumerate(dict.fromkeys([*WORDS[::6], "module", "exports", "require", "test"]))
        },
        "post /all": operation(answer(to("AllWords")), json_of(to("AllWords")), operationId="all"),
    },
    {
        **{word: thing(word, **{word: STRING, f"and {word}": {"enum": [word, f"{word.upper()}_"]}}) for word in TYPES},
        "AllWords": thing(**{word: to(word) for word in TYPES}),
        "Foo-Bar": thing(a=STRING),
        "foo_bar": thing(b=STRING),
        "Foo.Bar": thing(c=STRING),
        "FooBar": thing(d=STRING),
        "FooBar2": thing(e=to("FooBar")),
        "1st": thing(a=STRING),
        "_": thing(a=STRING),
        "-": thing(a=STRING),
        "A" * 200: thing(a=STRING),
    },
)
AWKWARD["security-mixes"] = described(
    {
        "get /and": operation(answer(OBJECT), security=[{"k1": [], "k2": [], "b": []}]),
        "get /or": operation(answer(OBJECT), security=[{"k1": []}, {"b": []}, {"o": ["x"]}]),
        "get /none": operation(answer(OBJECT), security=[]),
        "get /opt": operation(answer(OBJECT), security=[{}, {"k1": []}]),
        "get /emptyobj": operation(answer(OBJECT), security=[{}]),
        "get /cookie": operation(answer(OBJECT), security=[{"c": []}]),
        "get /basic": operation(answer(OBJECT), security=[{"ba": []}]),
        "get /oauth": operation(answer(OBJECT), security=[{"o": ["x", "y"]}]),
        "get /two": operation(answer(OBJECT), security=[{"o": ["x"], "k2": []}, {"b": [], "c": []}]),
        "get /oidc": operation(answer(OBJECT), security=[{"id": []}]),
        "get /auth": operation(answer(OBJECT), security=[{"authcode": ["r"]}]),
        "get /qk": operation(answer(OBJECT), parameters=[query("key", STRING)], security=[{"q": []}]),
        "get /inherit": operation(answer(OBJECT)),
        "get /hk": operation(answer(OBJECT), security=[{"ha": []}]),
    },
    components={
        "securitySchemes": {
            "k1": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "k2": {"type": "apiKey", "in": "header", "name": "x-key-2"},
            "q": {"type": "apiKey", "in": "query", "name": "key"},
            "c": {"type": "apiKey", "in": "cookie", "name": "sess"},
            "b": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "ba": {"type": "http", "scheme": "basic"},
            "o": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "/token",
                        "refreshUrl": "/refresh",
                        "scopes": {"x": "X", "y": "Y"},
                    }
                },
            },
            "authcode": {
                "type": "oauth2",
                "flows": {
                    "authorizationCode": {
                        "authorizationUrl": "https://x.example/a",
                        "tokenUrl": "https://x.example/t",
                        "scopes": {"r": ""},
                    },
                    "implicit": {"authorizationUrl": "https://x.example/a", "scopes": {}},
                    "password": {"tokenUrl": "https://x.example/t", "scopes": {}},
                },
            },
            "id": {"type": "openIdConnect", "openIdConnectUrl": "https://x.example/.well-known/openid-configuration"},
            "ha": {"type": "apiKey", "in": "header", "name": "Authorization"},
        }
    },
    security=[{"b": []}],
    servers=[
        {
            "url": "{scheme}://{host}.example/{base}",
            "variables": {
                "scheme": {"default": "https", "enum": ["https", "http"]},
                "host": {"default": "api"},
                "base": {"default": "v1"},
            },
        }
    ],
)
AWKWARD["hooks"] = described(
    {
        "post /subs": {
            **operation(answer(OBJECT, status="201"), json_of(thing("url", url={"type": "string", "format": "uri"}))),
            "callbacks": {
                "onData": {"{$request.body#/url}?x={$request.query.x}": {"$ref": "#/components/pathItems/Cb"}},
                "class": {"http://x.example/{$url}": {"post": operation(answer(OBJECT), json_of(to("Ev")))}},
                "ref": {"$ref": "#/components/callbacks/CB"},
            },
        },
    },
    {
        "Ev": {"oneOf": [to("E1"), to("E2")], "discriminator": {"propertyName": "t"}},
        "E1": thing("t", t={"const": "E1"}),
        "E2": thing("t", t={"const": "E2"}, p=to("Ev")),
    },
    components={
        "pathItems": {
            "Cb": {
                "post": operation(answer(OBJECT), json_of(to("Ev"))),
                "put": operation(answer(OBJECT), json_of(OBJECT)),
            },
            "P": {"get": operation(answer(OBJECT), parameters=[ID]), "parameters": [query("x", STRING)]},
        },
        "callbacks": {"CB": {"{$request.body#/url}": {"delete": operation(answer(OBJECT))}}},
    },
    webhooks={
        "made": {"$ref": "#/components/pathItems/Cb"},
        "Made": {"post": operation(answer(OBJECT), json_of(to("E1")))},
        "class": {"post": operation(answer(OBJECT), json_of(of(to("Ev"))))},
        "ünï": {"post": operation(answer(OBJECT), json_of(STRING))},
        "nobody": {"post": operation(answer(OBJECT))},
        "form": {"post": operation(answer(OBJECT), {"application/x-www-form-urlencoded": {"schema": OBJECT}})},
    },
    **{"x-webhook-signature": "timestamped-hmac-sha256"},
)
AWKWARD["hooks"]["paths"]["/p/{id}"] = {"$ref": "#/components/pathItems/P"}
AWKWARD["objects"] = described(
    {
        "post /a": operation(answer(to("A")), json_of(to("A"))),
        "patch /a": operation(answer(to("A")), {"application/merge-patch+json": {"schema": to("A")}}),
    },
    {
        "A": thing(
            "closed",
            "open",
            "lacking",
            closed={**OBJECT, "additionalProperties": False},
            open={**OBJECT, "additionalProperties": True},
            typed={**thing("a", a=STRING), "additionalProperties": to("B")},
            mapn={"type": "object", "additionalProperties": {"type": ["integer", "null"]}},
            mapu={"type": "object", "additionalProperties": {"oneOf": [STRING, to("B")]}},
            mapm={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": of(to("B"))}},
            additional_properties=STRING,
            additionalProperties=STRING,
            extra=STRING,
            __dict__=STRING,
            raw={"type": "object", "additionalProperties": {}},
            ro={"type": "string", "readOnly": True},
            wo={"type": "string", "writeOnly": True},
            depr={"type": "string", "deprecated": True},
            defn={"type": "integer", "default": 5},
            defnull={"type": ["string", "null"], "default": None},
            defobj={"type": "object", "default": {"a": 1}},
            defarr=of(STRING, default=["x"]),
            all=to("C"),
            wide={"allOf": [to("B"), to("Cc"), {"required": ["zz"]}]},
            conflict={"allOf": [thing(x=STRING), thing(x={"type": ["string", "null"]})]},
            conflict2={
                "allOf": [thing(x={"type": "string", "format": "date"}), thing(x={"type": "string", "minLength": 2})]
            },
            enumnar={
                "allOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"type": "string", "enum": ["b", "c", "d"]}]
            },
            anyreq={
                "type": "object",
                "properties": {"p": STRING, "q": STRING},
                "anyOf": [{"required": ["p"]}, {"required": ["q"]}],
            },
            arrs={"allOf": [of(STRING), {"minItems": 1}]},
        ),
        "B": thing("id", id=STRING, c=to("C")),
        "C": {"allOf": [to("B"), thing(more=INTEGER)]},
        "Cc": {"type": "object", "required": ["w"], "properties": {"w": to("A")}},
    },
)
AWKWARD["v30"] = described(
    {
        "get /a": operation(
            answer(to("N")),
            parameters=[
                query("q", {"type": "string", "nullable": True}),
                query("ex", STRING, examples={"a": {"value": "x"}, "b": {"$ref": "#/components/examples/E"}}),
            ],
        ),
        "post /a": operation(
            answer(to("N")),
            {"application/json": {"schema": to("N"), "examples": {"e": {"$ref": "#/components/examples/E2"}}}},
        ),
        "get /A": operation(answer(to("N")), operationId="geta"),
        "get /x/{id}": operation(answer(to("N")), parameters=[ID], operationId="getA"),
        "get /x/{other}/y": operation(answer(to("N")), parameters=[{**ID, "name": "other"}], operationId="get_a"),
        "get /x/{third}/y/": operation(answer(to("N")), parameters=[{**ID, "name": "third"}]),
        "get /x/fixed": operation(answer(to("N"))),
    },
    {
        "N": thing(
            "a",
            "inv",
            a={"type": "string", "nullable": True},
            inv=STRING,
            excl={"type": "integer", "minimum": 0, "exclusiveMinimum": True},
            e={"type": "string", "nullable": True, "enum": ["a", None]},
            ro={"allOf": [to("M")], "readOnly": True, "nullable": True},
            anyo={"anyOf": [to("M"), STRING], "nullable": True},
            untyped={"nullable": True},
            arr={"type": "array", "nullable": True, "items": {"nullable": True, "type": "string"}},
            xml={"type": "string", "xml": {"attribute": True}},
            pw={"type": "string", "format": "password"},
            uu={"type": "string", "format": "uuid"},
            ip={"type": "string", "format": "ipv6"},
            host={"type": "string", "format": "hostname"},
            em={"type": "string", "format": "email"},
            uri={"type": "string", "format": "uri"},
            dur={"type": "string", "format": "duration"},
            time={"type": "string", "format": "time"},
            re={"type": "string", "format": "regex"},
            i8={"type": "integer", "format": "int8"},
            dec={"type": "number", "format": "decimal"},
            ch={"type": "string", "format": "char"},
        ),
        "M": thing(m=STRING, n=to("N")),
    },
    version="3.0.4",
    components={"examples": {"E": {"value": "yy"}, "E2": {"value": {"a": None, "inv": "q"}}}},
)

AWKWARD |= {
    "methods": described(
        {
            "trace /t": operation(answer(STRING, "text/plain")),
            "get /body": operation(answer(OBJECT), json_of(OBJECT)),
            "delete /body": operation(answer(OBJECT), json_of(OBJECT)),
            "head /body": operation(answer()),
            "get /form": operation(answer(OBJECT), {"application/x-www-form-urlencoded": {"schema": OBJECT}}),
            "get /stream": operation(
                {"200": {"description": "", "content": {"text/event-stream": {"itemSchema": OBJECT}}}}, json_of(OBJECT)
            ),
            "options /t": operation(answer(OBJECT)),
            "get /g204": operation(answer(status="204"), json_of(OBJECT)),
        }
    ),
    "members": described(
        {
            "post /a": operation(answer(to("A")), json_of(to("A"))),
            "get /lines": operation(
                {"200": {"description": "", "content": {"application/x-ndjson": {"schema": of(OBJECT)}}}}
            ),
            "post /n": operation(answer({"type": ["integer", "null"]}), json_of({"type": ["integer", "null"]})),
            "post /null": operation(answer(NULL), json_of(NULL)),
            "post /mapreq": operation(answer(to("M")), json_of(to("M"))),
        },
        {
            "A": {"allOf": [thing("own", own=STRING), {"required": ["late", "class"]}, {"required": ["later"]}]},
            "M": {"type": "object", "required": ["k"], "properties": {"a": STRING}, "additionalProperties": INTEGER},
            "Mm": {"type": "object", "required": ["q"], "additionalProperties": STRING},
            "P": {"type": "object", "properties": {"x": STRING}, "oneOf": [{"required": ["x"]}, {"required": ["y"]}]},
            "Q": thing(
                "p", p=to("P"), mm=to("Mm"), only={"type": "object", "required": ["z"]}, only2={"required": ["z"]}
            ),
        },
    ),
}
AWKWARD["members"]["paths"]["/q"] = {"post": operation(answer(to("Q")), json_of(to("Q")))}
