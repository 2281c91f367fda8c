"""The default colours of one mode, before references are followed, are what a brand's tokens say of them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.resolve.brands import brand
from themekit.model import Alias, Mode
from themekit.resolve import default_colors, resolve_tokens

COLORS = st.integers(0, (1 << 24) - 1).map(lambda number: f"#{number:06x}")
OWN = {"cta": {"$type": "color", "$value": "{color.primary.9}"}, "color": {"link": {"$value": "{color.primary.12}"}}}


@given(COLORS, st.none() | COLORS, st.sampled_from([{}, OWN]), st.sampled_from(list(Mode)))
def test_default_colours_are_as_among_all_tokens(primary, accent, own, mode):
    found = brand(primary, own, {} if accent is None else {"accent": accent})
    resolved = resolve_tokens(found)[0]
    index = resolved.modes.index(mode)
    as_written = {
        token.id: Alias(token.references[index]) if token.references[index] else token.values[index]
        for token in resolved
        if token.id.startswith("color.") and token.id not in {each.id for each in found.tokens}
    }
    assert as_written == default_colors(found, mode)
