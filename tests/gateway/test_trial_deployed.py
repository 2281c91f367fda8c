"""The suite against a gateway that was deployed, and does not behave."""

import contextlib
import socket
from collections import Counter

import pytest

from tests.gateway.sample_policy import read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.trial import wire as wires
from themekit.trial.attacking import MAX_SILENT, SILENT, Verdict
from themekit.trial.suite import Deployed, deployed_suite, place_of


@contextlib.contextmanager
def silent():
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_gateway_that_says_nothing_is_given_up(monkeypatch):
    """It was waited for 15 s at each of hundreds of attacks."""
    monkeypatch.setattr(wires, "TIMEOUT_S", 0.2)
    policy, _ = read_policy()
    with silent() as url:
        outcomes = list(deployed_suite(policy, (GATEWAY,), deployed=Deployed(url)).run())
    assert {Verdict.THROUGH: MAX_SILENT, Verdict.SKIPPED: len(outcomes) - MAX_SILENT} == Counter(
        each.verdict for each in outcomes
    )
    assert SILENT == outcomes[-1].reason


@pytest.mark.parametrize("url", ["http://user:hunter2@gateway.example", "https://hunter2@gateway.example/"])
def test_an_address_with_a_password_is_refused_and_not_shown(url):
    with pytest.raises(ValueError, match="user name") as refused:
        place_of(url)
    assert "hunter2" not in str(refused.value)
