"""Changes of an SDK's public names: what breaks programs, and what they do not feel."""

import pytest

from tests.sdk.changes.change_cases import BASE, OTHER, Settings, api
from themekit.model.api_change import largest
from themekit.plugins import languages
from themekit.sdk.changes.surface import surface_changes

ROUND = BASE["components"]["schemas"]["Round"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("p.create(a: int) -> P", "p.create(a: int) -> P", []),
        ("p.create(a: int) -> P", "p.make(a: int) -> P", [("name-removed", "major"), ("name-added", "minor")]),
        ("p.create(a: int) -> P", "p.create(a: str) -> P", [("signature-changed", "major")]),
        ("p.create(a: int) -> P", "p.create(a: int) -> Q", [("signature-changed", "major")]),
        ("p.create(a: int) -> P", "p.create(a: int, b: int = ...) -> P", [("signature-extended", "minor")]),
        ("p.create(a: int) -> P", "p.create(a: int, b: int) -> P", [("signature-changed", "major")]),
        ("p.create(a: int, b: int = ...) -> P", "p.create(a: int) -> P", [("signature-changed", "major")]),
        (
            "p.create(*, b: int = ...) -> P",
            "p.create(*, a: int = ..., b: int = ...) -> P",
            [("signature-extended", "minor")],
        ),
        (
            "p.create(a: int, b: int = ...) -> P",
            "p.create(a: int, c: int = ..., b: int = ...) -> P",
            [("signature-changed", "major")],
        ),
        ("create(p: { a: number }): P", "create(p: { a: number }, o?: O): P", [("signature-extended", "minor")]),
        (
            "create(f: (a: number) => void): P",
            "create(f: (a: number) => void, o?: O): P",
            [("signature-extended", "minor")],
        ),
        ("Thing.name: string", "Thing.name: number", [("signature-changed", "major")]),
        ("Thing.name string", "Thing.name string", []),
        ("P.a: int", "P.a: int; P.b: int required", [("name-added", "major")]),
        ("P.a: int required", "P.a: int", [("signature-extended", "minor")]),
        ("P.a: int", "P.a: int required", [("signature-changed", "major")]),
        ("P.a: string | undefined", "P.a: string", [("signature-extended", "minor")]),
        ("P.a: string", "P.a: string | undefined", [("signature-changed", "major")]),
        ("f(*, a: int) -> P", "f(*, a: int | None = None) -> P", [("signature-extended", "minor")]),
        ("f(*, a: int | None = None) -> P", "f(*, a: int) -> P", [("signature-changed", "major")]),
        ("f(p: X, o?: O): P", "f(p?: X, o?: O): P", [("signature-extended", "minor")]),
        ("f(a: str = ..., b: str = ...) -> P", "f(b: str = ..., a: str = ...) -> P", [("signature-changed", "major")]),
        ("P.a: int", "P.a: int; P.b: int", [("name-added", "minor")]),
    ],
)
def test_a_change_of_lines(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Lines are separated by `; ` here."""
    found = surface_changes(old.split("; "), new.split("; "), language="python")
    assert expected == [(each.rule, each.level) for each in found]
    assert {"python"} >= {each.scope for each in found}


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        (
            "the argument `q` is gone; the argument `n: int = 1` is new; the argument `b: B | None = None` is `b: B`",
            "list(self, *, b: B | None = None, q: str = ...) -> P",
            "list(self, *, b: B, n: int = 1) -> P",
        ),
        ("was `(a: A, *, q: str = ...) -> P`, is `(a: B, *) -> P`", "f(a: A, *, q: str = ...) -> P", "f(a: B, *) -> P"),
        ("was `(*, a: A) -> P`, is `(*, a: A) -> Q`", "f(*, a: A) -> P", "f(*, a: A) -> Q"),
        ("was `(a: A): P`, is `(a: B): P`", "f(a: A): P", "f(a: B): P"),
    ],
)
def test_arguments_with_names_are_told_of_one_by_one(expected: str, old: str, new: str) -> None:
    """A method of a dozen arguments is not written down twice for the one that changed."""
    (found,) = surface_changes([old], [new], language="python")
    assert expected == found.words


def test_overloads_are_one_name() -> None:
    """One more overload takes nothing away; one less does."""
    one, two = ["f(a: int) -> A"], ["f(a: int) -> A", "f(a: str) -> B"]
    assert ["minor"] == [each.level for each in surface_changes(one, two, language="java")]
    assert ["major"] == [each.level for each in surface_changes(two, one, language="java")]


CHANGES: list[tuple[str, Settings, Settings, dict[str, str]]] = [
    ("nothing", {}, {}, {}),
    (
        "another operationId",
        {},
        {"/paths/~1things/post/operationId": "makeThing"},
        dict.fromkeys(("go", "java", "python", "typescript"), "major"),
    ),
    (
        "another name of a schema",
        {"/components/schemas/Round": ROUND, "/components/schemas/Shape/oneOf/0/$ref": "#/components/schemas/Round"},
        {
            "/components/schemas/Ball": ROUND,
            "/components/schemas/Shape/oneOf/0/$ref": "#/components/schemas/Ball",
            "/components/schemas/Shape/discriminator/mapping/round": "#/components/schemas/Ball",
        },
        dict.fromkeys(("go", "java", "python", "typescript"), "major"),
    ),
    (
        "an optional field of a request",
        {},
        {"/components/schemas/ThingNew/properties/more": {"type": "string"}},
        dict.fromkeys(("go", "java", "python", "typescript"), "minor"),
    ),
    (
        "a required field of a request",
        {},
        {
            "/components/schemas/ThingNew/properties/more": {"type": "string"},
            "/components/schemas/ThingNew/required": ["name", "more"],
        },
        dict.fromkeys(("go", "java", "python", "typescript"), "major"),
    ),
    (
        "a field of an answer",
        {},
        {"/components/schemas/Thing/properties/more": {"type": "string"}},
        dict.fromkeys(("go", "java", "python", "typescript"), "minor"),
    ),
    (
        "an operation",
        {},
        {"/paths/~1count": {"get": OTHER}},
        dict.fromkeys(("go", "java", "python", "typescript"), "minor"),
    ),
    ("another description", {}, {"/components/schemas/Thing/properties/name/description": "N"}, {}),
    ("another path", {}, {"/paths/~1things": None, "/paths/~1items": BASE["paths"]["/things"]}, {}),
]


@pytest.mark.parametrize(("old", "new", "expected"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES])
def test_what_programs_in_each_language_feel(old: Settings, new: Settings, expected: dict[str, str]) -> None:
    """Names that only programs see break programs, though nothing on the wire changed; and the other way round."""
    before, after = api(old), api(new)
    found = {}
    for language in languages():
        changes = surface_changes(language.surface(before), language.surface(after), language=language.name)
        level = largest(tuple(each.level for each in changes))
        if level is not None:
            found[language.name] = level
    assert expected == found
