"""One mode alone is what it is among all of them, or is not given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resolve.brands import brand
from themekit.model import Mode
from themekit.resolve import resolve_mode, resolve_tokens

COLORS = st.integers(0, (1 << 24) - 1).map(lambda number: f"#{number:06x}")
OWN = {"cta": {"$type": "color", "$value": "{color.primary.9}"}, "gap": {"$type": "number", "$value": 3}}
ORDINARY = [mode for mode in Mode if not mode.is_high_contrast]


def of_mode(tokens, mode):
    index = tokens.modes.index(mode)
    return [(token.id, token.type, token.values[index], token.references[index]) for token in tokens]


@given(COLORS, st.none() | COLORS, st.sampled_from([{}, OWN]), st.sampled_from(ORDINARY))
def test_one_mode_is_as_among_all(primary, accent, own, mode):
    found = brand(primary, own, {} if accent is None else {"accent": accent})
    alone = resolve_mode(found, mode)
    assert (mode,) == alone.modes
    assert of_mode(resolve_tokens(found)[0], mode) == of_mode(alone, mode)


@pytest.mark.parametrize(
    "own",
    [
        {"cta": {"$type": "color", "$value": "{color.primari.9}"}},
        {"color": {"text": {"$type": "number", "$value": 1}}},
        {"a": {"$type": "color", "$value": "#000000", "$extensions": {"themekit": {"modes": {"dark": "{nobody}"}}}}},
    ],
)
def test_what_may_be_wrong_or_other_is_not_given(own):
    assert resolve_mode(brand(tokens=own), Mode.LIGHT) is None


def test_high_contrast_is_judged_with_all_modes():
    assert resolve_mode(brand(), Mode.DARK_CONTRAST) is None
