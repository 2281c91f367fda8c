"""Small APIs made by hand, and one that holds hostile text wherever a description has any."""

from pathlib import PurePosixPath

from themekit.model.api import (
    ApiModel,
    Callback,
    Content,
    Flow,
    Group,
    Header,
    Link,
    Operation,
    Pagination,
    Parameter,
    Part,
    RequestBody,
    Requirement,
    Response,
    Scheme,
    Server,
    Webhook,
)
from themekit.model.api_types import (
    AliasType,
    Docs,
    EnumMember,
    EnumType,
    Field,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
    Variant,
)
from themekit.model.origin import Origin

TEXT = Primitive("string")
HOSTILE_LINES = (
    "</div></code></pre><script>alert(1)</script> {{ brand.name }} {% if x %} {% raw %} {% endraw %} `a` ```",
    "# Title",
    '\n=== "Tab"\n\n    code\n\n!!! note\n\n--8<-- "/etc/passwd"\n',
    "[x](javascript:alert(1)) ![p](http://a.example/p.png)",
    "<img src=x onerror=alert(1)> <a href='//b.example'>b</a> [TOC] *[HTML]: y\n\n[^1]: z\n",
    "<!-- c --> &lt;script&gt; \\ ' \" */ ${x}",
    "~~~",
    "{: .c onclick=alert(1) } Zxqlegal0nameqxZ \x02wzxhzdk:0\x03 \u2028 </dl>",
)
HOSTILE = "\n".join(HOSTILE_LINES)


def origin(pointer=""):
    return Origin(PurePosixPath("docs_src/api/openapi.yaml"), pointer)


def api_of(text="A text.", *, wire="name", operations=None, path="/things/{id}"):
    """An API with one of everything, in which every description is `text` and every name on the wire has `wire`."""
    docs = Docs(text, text, examples=(f'"{wire}"',) if wire == "name" else (), limits=(("pattern", text),))
    thing = ObjectType(
        "thing",
        ("thing",),
        (
            Field(wire, ("name",), TEXT, is_required=True, docs=docs),
            Field(f"{wire}2", ("kind",), Reference("kind"), access="read", docs=docs),
            Field(f"{wire}3", ("owner",), Nullable(Reference("owner")), docs=docs),
            Field(f"{wire}4", ("parts",), ListOf(Reference("thing")), docs=docs),
            Field(f"{wire}5", ("secret",), TEXT, access="write", docs=docs),
        ),
        extra=MapOf(TEXT),
        docs=docs,
        origin=origin("/components/schemas/Thing"),
    )
    kind = EnumType("kind", ("kind",), "string", (EnumMember('"red"', ("red",), text),), docs=docs)
    owner = UnionType(
        "owner",
        ("owner",),
        (Variant(("one",), Reference("thing"), (wire,)), Variant(("other",), Reference("person"))),
        discriminator=wire,
        docs=docs,
    )
    person = ObjectType("person", ("person",), (Field(wire, ("name",), Reference("label")),), docs=docs)
    label = AliasType("label", ("label",), ListOf(TEXT), docs=docs)
    example = (("one", '{"name": "x"}'), ("two", f'["{wire}"]' if wire == "name" else "[]"))
    body = Content("application/json", "json", Reference("thing"), examples=example)
    form = Content(
        "multipart/form-data",
        "multipart",
        Reference("thing"),
        parts=(Part(Field(wire, ("name",), Primitive("binary"), is_required=True, docs=docs), is_file=True),),
    )
    problem = Response("404", (Content("application/problem+json", "json", Reference("person")),), docs=docs)
    answer = Response(
        "200",
        (Content("application/json", "json", Reference("thing"), examples=example),),
        headers=(Header(f"X-{wire}", ("x",), TEXT, docs=docs),),
        links=(Link(wire, "getThing", ((wire, "$response.body#/id"),), text),),
        docs=docs,
    )
    one = Operation(
        "getThing",
        ("things",),
        ("get",),
        "GET",
        path,
        parameters=(
            Parameter("id", ("id",), "path", TEXT, is_required=True, style="simple", docs=docs),
            Parameter(wire, ("name",), "query", ListOf(TEXT), is_required=True, docs=docs),
            Parameter(f"X-{wire}", ("x",), "header", TEXT, is_required=True, docs=docs),
        ),
        responses=(answer, problem),
        security=((Requirement("key"), Requirement("oauth", ("read",))), ()),
        pagination=Pagination("cursor", ("data",), Reference("thing"), parameter=wire, next=("next", wire)),
        docs=Docs(text, text, is_deprecated=True),
        origin=origin("/paths/~1things~1{id}/get"),
    )
    two = Operation(
        "createThing",
        ("things",),
        ("create",),
        "POST",
        "/things",
        body=RequestBody((body, form), is_required=True, docs=docs),
        responses=(Response("201", docs=docs), problem),
        security=((Requirement("key"),),),
        idempotency="Idempotency-Key",
        callbacks=(Callback(("done",), "{$request.body#/url}", "POST", RequestBody((body,)), docs),),
        docs=Docs(text, text),
        origin=origin("/paths/~1things/post"),
    )
    schemes = (
        Scheme("key", ("key",), "api-key", "header", wire, docs=docs),
        Scheme(
            "oauth",
            ("oauth",),
            "oauth2",
            flows=(Flow("client-credentials", f"https://a.example/{text}", scopes=(("read", text),)),),
            docs=docs,
        ),
    )
    return ApiModel(
        text,
        text,
        docs,
        (Server("https://api.example.com/v1", text),),
        (Group(("things",), text, text),),
        (one, two) if operations is None else operations,
        (thing, kind, owner, person, label),
        schemes,
        (Webhook(("happened",), text, "POST", RequestBody((body,)), docs),),
    )
