"""Tokens kept as columns are the tokens that they would be as objects."""

import pytest

from themekit.model import Color, Dimension, ResolvedToken, ResolvedTokens, StrokeStyle, TargetOptions, TokenId
from themekit.model.token_columns import ColumnTokens, TokenColumns, columns_of, joined_modes
from themekit.render.losses import dashes_as_keyword

RED, WIDTH = Color("srgb", (1.0, 0.0, 0.0)), Dimension(1.0, "px")
IDS = [TokenId("a"), TokenId("b"), TokenId("c")]
COLUMNS = TokenColumns(IDS, ["color", "color", "dimension"], [RED, RED, WIDTH], [None, IDS[0], None], ["", "x", ""])
OBJECTS = ResolvedTokens(
    (
        ResolvedToken(IDS[0], "color", (RED,), (None,)),
        ResolvedToken(IDS[1], "color", (RED,), (IDS[0],), "x"),
        ResolvedToken(IDS[2], "dimension", (WIDTH,), (None,)),
    ),
    ("default",),
)


def test_they_are_seen_as_objects():
    tokens = ColumnTokens((COLUMNS,), ("default",))
    assert OBJECTS.tokens == tokens.tokens
    assert list(OBJECTS) == list(tokens)
    assert ((), ("default",)) == (tokens.groups, tokens.modes)
    assert OBJECTS.in_mode("default") == tokens.in_mode("default")
    assert OBJECTS.of("color") == tokens.of("color")
    assert OBJECTS.theme_modes == tokens.theme_modes


def test_they_are_equal_to_objects_on_either_side():
    tokens = ColumnTokens((COLUMNS,), ("default",))
    assert OBJECTS == tokens
    assert tokens == OBJECTS
    assert hash(OBJECTS) == hash(tokens)
    assert ColumnTokens((COLUMNS,), ("other",)) != OBJECTS
    assert tokens != COLUMNS


def test_objects_are_made_once_and_not_before():
    tokens = ColumnTokens((COLUMNS,), ("default",))
    assert COLUMNS is columns_of(tokens)
    assert tokens._made is None
    assert tokens.tokens is tokens.tokens


def test_no_tokens_are_none():
    assert () == ColumnTokens((TokenColumns([], [], [], [], []),), ("default",)).tokens


def test_columns_of_objects_are_those_that_they_would_be_made_of():
    assert COLUMNS == columns_of(OBJECTS)
    assert TokenColumns([], [], [], [], []) == columns_of(ResolvedTokens((), ("default",)))


def test_more_modes_have_no_columns():
    with pytest.raises(ValueError, match="too many"):
        columns_of(ResolvedTokens((), ("light", "dark")))


def test_they_do_not_change():
    tokens = ColumnTokens((COLUMNS,), ("default",))
    with pytest.raises(AttributeError, match="modes"):
        tokens.modes = ("other",)


def test_what_a_format_cannot_say_is_found_in_columns_without_objects():
    """A stroke with dashes is lost once, not again where another token is its alias, and a word is no loss."""
    strokes = [StrokeStyle(None, (WIDTH,), "round"), StrokeStyle("solid")]
    columns = TokenColumns(
        IDS, ["strokeStyle"] * 3, [strokes[0], strokes[0], strokes[1]], [None, IDS[0], None], [""] * 3
    )
    tokens = ColumnTokens((columns,), ("default",))
    (found,) = dashes_as_keyword(tokens, TargetOptions())
    assert (IDS[0],) == found.tokens
    assert tokens._made is None
    assert (found,) == dashes_as_keyword(ResolvedTokens(tokens.tokens, ("default",)), TargetOptions())
    assert () == dashes_as_keyword(ColumnTokens((COLUMNS,), ("default",)), TargetOptions())


def test_sets_of_the_same_tokens_are_modes_of_one():
    """What is said of a token is what the first one says."""
    dark = COLUMNS._replace(values=[RED, RED, Dimension(2.0, "px")], references=[None] * 3, descriptions=["y"] * 3)
    sets = [ColumnTokens((COLUMNS,), ("a",)), ColumnTokens((dark,), ("b",))]
    expected = ResolvedTokens(
        (
            ResolvedToken(IDS[0], "color", (RED, RED), (None, None)),
            ResolvedToken(IDS[1], "color", (RED, RED), (IDS[0], None), "x"),
            ResolvedToken(IDS[2], "dimension", (WIDTH, Dimension(2.0, "px")), (None, None)),
        ),
        ("light", "dark"),
    )
    assert expected == joined_modes(sets, ["light", "dark"])
    assert ResolvedTokens(OBJECTS.tokens, ("x",)) == joined_modes(sets[:1], ["x"])


@pytest.mark.parametrize("other", [{"types": ["color"] * 3}, {"ids": [*IDS[:2], TokenId("d")]}])
def test_sets_of_other_tokens_are_no_modes_of_one(other):
    assert (
        joined_modes([ColumnTokens((COLUMNS,), ("a",)), ColumnTokens((COLUMNS._replace(**other),), ("b",))], ["a", "b"])
        is None
    )
