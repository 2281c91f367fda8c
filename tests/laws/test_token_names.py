"""Names of tokens in every casing: what is promised of them, for any ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.model import TokenId
from themekit.model.token_names import Casing, collisions_in, css_name, likeness, name_in, shared_casing

PART = st.text("aAbB19-_ ßéÉ²ıſ中ǅ", min_size=1, max_size=4).filter(lambda text: any(map(str.isalnum, text)))
IDS = st.lists(PART, min_size=1, max_size=3).map(lambda parts: TokenId(".".join(parts)))

EXAMPLES = [
    ("color.buttonBg.2xLarge", "color-button-bg-2x-large colorButtonBg2xLarge ColorButtonBg2xLarge"),
    ("color.primary.9", "color-primary-9 colorPrimary9 ColorPrimary9 color_primary_9 COLOR_PRIMARY_9"),
    ("space.1.5", "space-1-5 space1_5 Space1_5 space_1_5 SPACE_1_5"),
    ("HTMLText", "html-text htmlText HtmlText html_text HTML_TEXT"),
    ("color.brand.$root", "color-brand colorBrand ColorBrand color_brand COLOR_BRAND"),
    ("2xl", "2xl _2xl _2xl _2xl _2XL"),
    ("größe.Überschrift", "größe-überschrift größeÜberschrift GrößeÜberschrift größe_überschrift GRÖSSE_ÜBERSCHRIFT"),
    ("a.x²", "a-x² aXu00b2 AXu00b2 a_xu00b2 A_Xu00b2"),
]


@pytest.mark.parametrize(("token_id", "names"), EXAMPLES, ids=[str(index) for index in range(len(EXAMPLES))])
def test_examples_of_the_page(token_id, names):
    """The casings in the order of `Casing`."""
    found = [name_in(casing, TokenId(token_id)) for casing in Casing]
    assert names.split() == found[: len(names.split())]


@given(st.lists(IDS, unique=True, max_size=12))
def test_ids_have_names_of_their_own_or_are_reported(ids):
    """Injective or refused: without the ids that are reported, every name is one id's."""
    for casing in Casing:
        refused = {later for _, later in collisions_in(casing, ids)}
        kept = [token_id for token_id in ids if token_id not in refused]
        assert len(kept) == len({name_in(casing, token_id) for token_id in kept})
        assert all(name_in(casing, one) == name_in(casing, other) for one, other in collisions_in(casing, ids))


@given(IDS, IDS)
def test_ids_that_meet_in_any_casing_are_alike(one, other):
    """So that a reader need compare only names that are alike."""
    meets = [casing for casing in Casing if name_in(casing, one) == name_in(casing, other)]
    assert (meets[0] if meets else None) == shared_casing(one, other)
    assert not meets or likeness(css_name(one)) == likeness(css_name(other))


@given(IDS)
def test_every_name_is_an_identifier(token_id):
    """Unicode's, which Swift, Kotlin, Dart and JavaScript take; kebab-case is CSS's."""
    for casing in Casing:
        if casing is not Casing.KEBAB:
            assert name_in(casing, token_id).isidentifier()
