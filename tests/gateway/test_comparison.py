"""Gateways side by side: what a policy uses, what each can do of it, and what would have to be accepted."""

import json
from dataclasses import replace

import pytest
from markdown import markdown

from tests.gateway.sample_policy import changed, read_policy
from themekit.diagnostics import Reporter
from themekit.gateway import support
from themekit.gateway.comparison import compare
from themekit.gateway.comparison_text import WIDTH, comparison_json, comparison_markdown, comparison_text
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Reason
from themekit.gateway.support import NOT_EXPRESSIBLE, UNUSED_ACCEPTANCE, uses
from themekit.model.gateway import Exactness, Feature, Form, Gateway, Support


def gateway(name, *, weaker=(), no=(), answers=()):
    """One that can do all but what is named; of the weaker ones there is a form."""

    def supported(feature):
        if feature in weaker:
            return Support(feature, Exactness.WEAKER, f"{name} does `{feature}` | in part", (Form("part", "half"),))
        if feature in no:
            return Support(feature, Exactness.NO, f"{name} has no {feature}")
        return Support(feature, Exactness.EXACT)

    return Gateway(name, f"The gateway {name}", lambda _: (), tuple(map(supported, Feature)), answers)


def policy(**changes):
    found, diagnostics = read_policy(changed(changes))
    assert found is not None, diagnostics
    return found


STRICT = gateway("strict")
HALF = gateway("half", weaker=(Feature.SCOPES, Feature.RATES), answers=(("no-token", 403), ("strange", 418)))
POOR = gateway("poor", no=(Feature.CORS, Feature.QUOTAS))


def test_columns_say_what_is_to_be_done():
    found = compare(policy(), (GATEWAY, STRICT, HALF, POOR))
    assert [
        "can, with 1 accepted form",
        "can, exactly",
        "can, with 2 weaker forms to accept",
        "cannot: 1 thing without any form",
    ] == [each.verdict for each in found.columns]
    assert [True, False, False, False] == [each.is_target for each in found.columns]


def test_rows_are_what_the_policy_uses_or_everything():
    known = policy()
    used = [each.feature for each in uses(known)]
    assert used == [row.feature for row in compare(known, (STRICT,)).rows]
    everything = compare(known, (STRICT,), has_all=True).rows
    assert list(Feature) == [row.feature for row in everything]
    assert used == [row.feature for row in everything if row.is_used]


def test_what_is_not_used_costs_nothing():
    """A gateway without quotas is no worse for a policy that has none."""
    quotas = gateway("quotas", no=(Feature.QUOTAS,))
    (column,) = compare(policy(), (quotas,), has_all=True).columns
    assert "can, exactly" == column.verdict


def test_a_form_that_there_is_not_is_not_accepted():
    known = policy()
    other = replace(known, accepted=tuple(replace(each, form="ghost") for each in known.accepted))
    (column,) = compare(other, (GATEWAY,)).columns
    assert (0, 1) == (column.accepted, column.to_accept)


def test_what_a_gateway_cannot_do_of_this_very_policy(monkeypatch):
    """A build judges more than features: whatever it would refuse stands in the comparison, too."""

    def judge(alone, gateways):
        assert alone.targets == tuple(gateways)
        report = Reporter()
        report(NOT_EXPRESSIBLE, None, "`poor` cannot take 99 operations", hint="take `poor` out of `targets`")
        for _ in range(2):
            report(NOT_EXPRESSIBLE, None, "`poor` cannot do `timeouts`: 99 s", hint="or add to `accept`: {}")
        report(UNUSED_ACCEPTANCE, None, "no need")
        return (*report.diagnostics, *support.judge(alone, gateways))

    monkeypatch.setattr("themekit.gateway.comparison.judge", judge)
    found = compare(policy(), (POOR,))
    (column,) = found.columns
    assert ["`poor` cannot take 99 operations", "`poor` cannot do `timeouts`: 99 s"] == [
        each.message for each in column.problems
    ]
    assert (1, 2) == (column.to_accept, column.impossible)
    assert [Feature.TIMEOUTS] == [row.feature for row in found.rows if row.cells[0].has_problem]
    assert "\ntimeouts         exact *\n" in comparison_text(found)
    assert "\n*: not all that this policy asks of it" in comparison_text(found)
    assert "| `timeouts` | exact, **but not for this policy** |" in comparison_markdown(found, title="x")
    assert "  - `poor` cannot do `timeouts`: 99 s; a form of it can be accepted\n" in comparison_text(found)
    assert "cannot take 99 operations; nothing can be accepted\n" in comparison_markdown(found, title="x")
    assert [False, True] == [
        each["canBeAccepted"] for each in json.loads(comparison_json(found))["gateways"][0]["problems"]
    ]


def test_answers_that_differ_are_shown_where_they_can_be_met():
    found = {row.reason: row for row in compare(policy(), (GATEWAY, HALF)).answers}
    assert {"foreign-origin", "wrong-audience", "no-token", "strange"} == set(found)
    assert (401, (401, 403)) == (found["no-token"].status, found["no-token"].statuses)
    assert (None, (None, 418)) == (found["strange"].status, found["strange"].statuses)
    without = compare(policy(cors=None), (GATEWAY,))
    assert ["wrong-audience"] == [row.reason for row in without.answers]
    assert "foreign-origin" in {row.reason for row in compare(policy(cors=None), (GATEWAY,), has_all=True).answers}


@pytest.mark.parametrize("count", [1, 4, 9])
def test_text_fits_and_tells_every_gateway(count):
    columns = [gateway(f"gateway-{number}-of-a-vendor", weaker=(Feature.RATES,)) for number in range(count)]
    text = comparison_text(compare(policy(), columns))
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert all(f"{each.name}: can, with" in text for each in columns)
    assert count == text.count(", rates: ")
    assert f"[{count}] " in text


def test_reasons_stand_behind_their_marks():
    text = comparison_text(compare(policy(), (GATEWAY, HALF)))
    assert "weaker, accepted [2]" in text
    assert "[2] envoy, rates: each process of Envoy counts for itself; accepted as per-replica" in text
    assert "can be accepted as part: half" in text
    assert "[no-token]       401" in text
    assert "403, not 401" in text


def test_json_has_every_support():
    shown = json.loads(comparison_json(compare(policy(), (GATEWAY, POOR))))
    assert 1 == shown["version"]
    assert [("envoy", True), ("poor", False)] == [(each["name"], each["isTarget"]) for each in shown["gateways"]]
    rates = next(each for each in shown["features"] if each["name"] == "rates")
    assert {"form": "per-replica", "reason": "One replica"} == rates["support"]["envoy"]["accepted"]
    assert "exact" == rates["support"]["poor"]["exactness"]
    cors = next(each for each in shown["features"] if each["name"] == "cors")
    assert ("no", [], None) == tuple(cors["support"]["poor"][key] for key in ("exactness", "forms", "accepted"))
    answer = next(each for each in shown["answers"] if each["reason"] == Reason.AUDIENCE)
    assert {"envoy": 403, "poor": 401} == answer["statuses"]


def test_markdown_is_a_page_in_which_texts_stay_texts():
    reason = 'One <b>replica</b> | {{ brand.name }} [x](javascript:1) `c`\nand "more"'
    known = policy(accept=[{"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "R"}])
    known = replace(known, accepted=tuple(replace(each, reason=reason) for each in known.accepted))
    text = comparison_markdown(compare(known, (GATEWAY, HALF)), title="Gateways for a_b_c")
    assert text.startswith('---\ndescription: "')
    assert "{{" not in text
    html = markdown(text.partition("---\n\n")[2], extensions=["tables"])
    assert 3 == html.count("<table>")
    assert "<b>" not in html
    assert "<a " not in html
    assert "<h1>Gateways for a&#95;b&#95;c</h1>" in html
    assert len(uses(known)) + 1 == html.split("<table>")[2].count("<tr>")
