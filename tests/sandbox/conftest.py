import pytest

from tests.sandbox.sandbox_calls import SAMPLE, Caller
from themekit.trial.sandbox import read_sandbox, serving_data


@pytest.fixture(scope="session")
def sample_data():
    data, diagnostics = read_sandbox(SAMPLE, SAMPLE.parent)
    assert () == diagnostics
    return data


@pytest.fixture
def call(sample_data):
    """A sandbox of the sample API in which nothing was made yet."""
    with serving_data(sample_data) as base_url:
        yield Caller(base_url)
