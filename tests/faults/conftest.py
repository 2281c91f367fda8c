"""The project of all these tests, rendered once; each scenario restores what it needs."""

import pytest


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    return tmp_path_factory.mktemp("faults").resolve()
