"""Small descriptions whose requests are hard to make up, or whose answers are odd: their SDKs' own tests are run."""

from wild_documents import ID, INTEGER, NULL, STRING, answer, described, json_of, operation, query, thing, to

OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://login.example/token", "scopes": {}}}}

CALLED = {
    "numbers-as-tags": described(
        {"post /e": operation(answer(to("E")), json_of(to("E")))},
        {
            "E": {"oneOf": [to("A"), to("B")], "discriminator": {"propertyName": "v"}},
            "A": thing("v", v={"const": 1}, x=STRING),
            "B": thing("v", v={"const": 2}, x=INTEGER),
        },
    ),
    "children-with-constants": described(
        {"post /m": operation(answer(to("Animal")), json_of(to("Animal")))},
        {
            "Animal": {**thing("type", type=STRING), "discriminator": {"propertyName": "type"}},
            "Cat": {"allOf": [to("Animal"), thing(type={"const": "cat"}, lives=INTEGER)]},
            "Dog": {"allOf": [to("Animal"), thing(type={"enum": ["dog"]}, barks={"type": "boolean"})]},
        },
    ),
    "more-than-types": described(
        {
            "post /patterns": operation(
                answer(),
                json_of(
                    {
                        "type": "object",
                        "patternProperties": {"^[a-z]{2}$": INTEGER},
                        "minProperties": 1,
                        "additionalProperties": False,
                    }
                ),
            ),
            "post /tuples": operation(
                answer(),
                json_of(
                    thing("p", p={"type": "array", "prefixItems": [STRING, INTEGER], "minItems": 2, "items": False})
                ),
            ),
            "post /either": operation(
                answer(), json_of({**thing(a=STRING, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]})
            ),
            "post /example": operation(
                answer(), json_of(thing("a", a={"type": "string", "pattern": "^x-[0-9]{3}$"}), example={"a": "wrong"})
            ),
            "post /text": operation(answer(), {"text/plain": {"schema": {"enum": ["on", "off"]}}}),
            "put /text": operation(answer(), {"text/plain": {"schema": INTEGER}}),
            "put /image": operation(answer(), {"image/*": {}}),
        }
    ),
    "objects-in-paths": described(
        {
            f"get /{style}/{{id}}": operation(
                answer(), parameters=[{**ID, "style": style, "explode": True, "schema": thing(r=INTEGER, g=INTEGER)}]
            )
            for style in ("simple", "label", "matrix")
        }
        | {
            "get /deep": operation(
                answer(), parameters=[query("deep", thing(a=STRING), style="deepObject", required=True)]
            ),
            "get /%7Bfixed%7D/é/{id}": operation(answer(), parameters=[ID]),
        }
    ),
    "odd-answers": described(
        {
            "get /errors": operation({"404": {"description": ""}}),
            "get /moved": operation({"302": {"description": ""}}),
            "post /null": operation(answer(NULL)),
            "post /both": operation(
                {
                    "200": {
                        "description": "",
                        "content": {**json_of(thing(id=STRING)), "text/event-stream": {"schema": thing(id=STRING)}},
                    }
                },
                json_of(thing("stream", "q", stream={"type": "boolean"}, q=STRING)),
            ),
        }
    ),
    "tokens-of-another": described(
        {"get /a": operation(answer(thing(id=STRING)))},
        components={"securitySchemes": {"login": OAUTH}},
        security=[{"login": []}],
        servers=[{"url": "https://api.example/v1"}],
    ),
}
"""By name."""
