"""The SDK of `runtime.yaml`, imported once, and a server that answers as a test says."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the modules beside this one

from loopback import Loopback
from python_sdk import ACME, imported, stamped, template_of, written

RUNTIME = Path(__file__).parent / "runtime.yaml"


@pytest.fixture(scope="session")
def things(tmp_path_factory):
    """The package `things_sdk`."""
    values = {**ACME, "client": "Things", "python-module": "things_sdk", "python-path": "things_sdk"}
    folder = written(stamped(template_of(RUNTIME), values), tmp_path_factory.mktemp("things"))
    return imported(folder, "things_sdk")


@pytest.fixture
def server():
    """A server; set `answer`."""
    with Loopback() as made:
        yield made


@pytest.fixture
def client(things, server, monkeypatch):
    """A synchronous client with a key, which does not pause for long."""
    import importlib

    exchange = importlib.import_module("things_sdk._core.exchange")
    monkeypatch.setattr(exchange, "_FIRST_PAUSE_S", 0.01)
    with things.Things(api_key="secret-key", base_url=server.url) as made:
        yield made
