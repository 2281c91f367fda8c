"""The page on tokens lists the default tokens as they are made, and says rightly how names, keys and modes work."""

from tests.docs.markdown_pages import code_words, handbook_page
from tests.docs.smallest import smallest_tokens
from themekit.model import Color, Mode, ResolvedToken, TokenId
from themekit.model.token_names import css_name
from themekit.render import css
from themekit.resolve.default_tokens import STEP_USES
from themekit.resolve.seeds import SCALES
from themekit.source.token_tree import GROUP_KEYS, TOKEN_KEYS
from themekit.source.token_values import TOKEN_TYPES

PAGE = handbook_page("tokens")


def default_tokens() -> dict[TokenId, ResolvedToken]:
    """Of the smallest brand; an alias has its target's type."""
    return {token.id: token for token in smallest_tokens()}


def table(first: str, second: str) -> list[list[str]]:
    """The rows of all tables with this head."""
    return [row for each in PAGE.tables() if each[0][:2] == [first, second] for row in each[1:]]


def listed() -> dict[str, tuple[str, str]]:
    """Type and last cell by id, `*` written out."""
    found = {}
    for ids, type_, use in table("id", "type"):
        for word in code_words(ids):
            for token_id in [word.replace("*", scale) for scale in SCALES] if "*" in word else [word]:
                assert token_id not in found, f"{token_id} stands twice"
                found[token_id] = (type_, use)
    return found


def test_the_default_tokens_stand_on_the_page_and_no_other_in_their_order():
    """Admonitions stand in pairs on the page, so their order is not compared."""
    expected = list(default_tokens())
    assert set(expected) == set(listed())
    plain = [token_id for token_id in expected if "admonition" not in token_id and not is_step(token_id)]
    assert plain == [token_id for token_id in listed() if token_id in set(plain)]


def is_step(token_id: str) -> bool:
    return token_id.split(".")[1] in SCALES


def test_types_are_right():
    assert {token_id: token.type for token_id, token in default_tokens().items()} == {
        token_id: type_ for token_id, (type_, _) in listed().items()
    }


def test_values_are_those_of_the_smallest_brand():
    """Where the last cell is code, it is the value."""
    for token_id, (_, use) in listed().items():
        value = default_tokens()[TokenId(token_id)].values[0]
        if use.startswith("`") and not isinstance(value, Color):
            assert css.text_of(value) == use.strip("`"), token_id


def test_uses_of_the_steps():
    uses = [use for ids, _, use in table("id", "type") if "`color.*." in ids]
    assert [*STEP_USES, "Text on solid", "Outline of solid"] == uses


def test_custom_properties_have_these_names():
    rows = table("id", "custom property")
    assert rows
    for token_id, name in rows:
        assert f"`--tk-{css_name(TokenId(token_id.strip('`')))}`" == name


def test_types_keys_and_modes_are_those_of_the_reader():
    assert set(TOKEN_TYPES) == {row[0].strip("`") for row in table("`$type`", "value")}
    rows = table("key", "on")
    on = {place: {row[0].strip("`") for row in rows if place in row[1]} for place in ("tokens", "groups")}
    assert set(TOKEN_KEYS) == on["tokens"]
    assert {key for key, types in GROUP_KEYS.items() if types} == on["groups"]
    assert [mode.value for mode in Mode] == [row[0].strip("`") for row in table("mode", "for")]
