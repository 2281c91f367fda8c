"""Laws of the reader: whatever is described, it never raises, and every model keeps what models promise."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.source.api.described import made_components, of_schemas, read
from tests.source.api.model_laws import broken_laws


@given(st.integers(0, 2**32), st.sampled_from(["3.0.3", "3.1.0"]))
@settings(max_examples=300)
def test_any_schemas_make_a_model_that_keeps_the_laws(seed, version):
    components = made_components(Random(seed))  # noqa: S311 - chance that can be repeated
    model, found = read(of_schemas(components, version=version))
    if model is not None:
        assert [] == broken_laws(model)
        assert len(components) == len(model.operations)
    assert (model, found) == read(of_schemas(components, version=version))
