"""A sample of the full protocol in every run of the tests; `python tests/faults/inject.py --all` is the whole.

Each call of each command is spoilt once; which fault, and where in the run, changes from call to call.
"""

import pytest

from tests.faults.protocol import carried_out, plans, sample
from tests.faults.scenarios import SCENARIOS, made_scenario
from tests.faults.system_calls import why_not

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "strace works")]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_call_may_fail_or_be_the_last(workshop, name):
    """Each tree and bundle is old or new, whole; 0 means new; one line says why not; the next run mends."""
    scenario = made_scenario(name, workshop)
    outcomes = [carried_out(scenario, plan) for plan in sample(plans(scenario), SCENARIOS.index(name))]
    assert 8 <= len(outcomes)
    assert [] == [(each.plan.how, each.plan.call.text, each.end, each.faults) for each in outcomes if each.faults]
