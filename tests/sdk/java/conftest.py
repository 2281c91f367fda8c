"""SDKs that several tests need are compiled once. Modules beside the tests are found by their own names."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


class Compiled:
    """A compiled SDK."""

    def __init__(self, api, folder):
        self.api, self.folder, self.classes = api, folder, folder / "classes"


def compiled_sdk(name, folder):
    import java_packages

    if java_packages.JAVAC is None:
        pytest.skip("there is no javac on this machine")
    api = java_packages.api_of(getattr(java_packages, name))
    java_packages.write(java_packages.template_of(api), folder)
    assert "" == java_packages.compiled(folder.rglob("*.java"), folder / "classes")
    return Compiled(api, folder)


@pytest.fixture(scope="session")
def small_sdk(tmp_path_factory):
    return compiled_sdk("SMALL", tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def sample_sdk(tmp_path_factory):
    return compiled_sdk("SAMPLE", tmp_path_factory.mktemp("sample"))
