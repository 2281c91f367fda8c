"""Laws of the encoding: nothing is lost, nothing is confused, nothing but DecodingError comes out of rubbish."""

import contextlib
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from themekit.engine.encoding import DecodingError, decode, encode
from themekit.model import Artifact, Color, Mode, Slot

texts = st.text(st.characters())
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    texts,
    st.binary(),
    st.sampled_from(Mode),
    st.lists(st.text("ab./", min_size=1)).map(lambda parts: PurePosixPath(*parts)),
    st.builds(Slot, texts, texts),
    st.builds(Color, texts, st.tuples(*[st.floats(allow_nan=False)] * 3)),
    st.builds(Artifact, st.just(PurePosixPath("a")), st.binary(), texts),
)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)


def exact(value: object) -> str:
    """Tells apart what Python calls equal, such as 1, 1.0 and True."""
    return repr(value)


@given(values)
def test_round_trip(value):
    assert exact(value) == exact(decode(encode(value)))


@given(values, values)
def test_bytes_are_equal_only_for_equal_values(one, other):
    assert (exact(one) == exact(other)) is (encode(one) == encode(other))


@given(values, values)
def test_order_matters(one, other):
    assert (encode((one, other)) == encode((other, one))) is (exact(one) == exact(other))


@given(st.binary(max_size=60))
def test_rubbish_gives_a_value_or_a_decoding_error(data):
    with contextlib.suppress(DecodingError):
        decode(data)


@given(values, st.integers(0), st.binary(min_size=1, max_size=1))
def test_damage_gives_a_value_or_a_decoding_error(value, place, byte):
    data = encode(value)
    place %= len(data)
    with contextlib.suppress(DecodingError):
        decode(data[:place] + byte + data[place + 1 :])
