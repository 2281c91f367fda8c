"""Changes of an SDK's public names: what breaks programs, and what they do not feel."""

import pytest

from themekit.sdk.changes.surface import surface_changes


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
        ("P.a: int", "P.a: int|P.b: int required", [("name-added", "major")]),
        ("P.a: int", "P.a: int|P.b: int", [("name-added", "minor")]),
    ],
)
def test_a_change_of_lines(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Lines are separated by `|` here."""
    found = surface_changes(old.split("|"), new.split("|"), language="python")
    assert expected == [(each.rule, each.level) for each in found]
    assert {"python"} >= {each.scope for each in found}


def test_overloads_are_one_name() -> None:
    """One more overload takes nothing away; one less does."""
    one, two = ["f(a: int) -> A"], ["f(a: int) -> A", "f(a: str) -> B"]
    assert ["minor"] == [each.level for each in surface_changes(one, two, language="java")]
    assert ["major"] == [each.level for each in surface_changes(two, one, language="java")]
