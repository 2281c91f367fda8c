"""What came of attacks, for people, programs and CI."""

import json
from xml.etree import ElementTree as ET

from themekit.trial.attacking import Outcome, Verdict
from themekit.trial.measuring import percentile
from themekit.trial.reporting import as_json, as_junit, table

OUTCOMES = (
    Outcome("good token", "list", Verdict.STOPPED, "the API's answer", "the API's answer", seconds=0.25),
    Outcome("scope <a> & \x1b[31mred", "list", Verdict.THROUGH, "403 missing-scope", "200, and the API was asked"),
    Outcome("burst over reads", "list", Verdict.SKIPPED, reason="bursts are sent with --with-limits only"),
)


def test_junit_is_well_formed_whatever_is_in_it():
    root = ET.fromstring(as_junit(OUTCOMES, "policy of a & b"))  # noqa: S314 - made here
    suite = root.find("testsuite")
    assert ("3", "1", "0", "1") == tuple(suite.get(name) for name in ("tests", "failures", "errors", "skipped"))
    assert ["testcase"] * 3 == [each.tag for each in suite]
    assert [[], ["failure"], ["skipped"]] == [[each.tag for each in case] for case in suite]
    assert "expected 403 missing-scope, got 200, and the API was asked" == suite[1][0].get("message")


def test_a_table_of_what_got_through():
    first, second, third = table(OUTCOMES).splitlines()
    assert ["attack", "operation", "expected", "got"] == first.split()
    assert second.endswith("403 missing-scope  200, and the API was asked")
    assert "\x1b" not in second
    assert "skipped 1, bursts are sent with --with-limits only: burst over reads" == third


def test_no_table_where_nothing_got_through():
    assert "" == table(OUTCOMES[:1])


def test_json_has_every_attack():
    found = [json.loads(line) for line in as_json(OUTCOMES).splitlines()]
    assert ["as meant", "not as meant", "skipped"] == [each["verdict"] for each in found]


def test_percentiles_are_of_the_nearest_rank():
    times = [float(number) for number in range(100, 0, -1)]
    assert (50.0, 99.0, 100.0, 0.0) == (
        percentile(times, 0.5),
        percentile(times, 0.99),
        percentile(times, 1),
        percentile([], 1),
    )
