"""The pages on comparing gateways and on running them name what is made, and show JSON of the shape that is printed."""

import json

import yaml

from tests.docs.markdown_pages import code_words, handbook_page
from tests.gateway.sample_policy import changed, read_policy
from tests.gateway.test_envoy import CASES
from themekit.gateway.change import Area, Change, Risk
from themekit.gateway.changes_text import changes_json
from themekit.gateway.comparison import compare
from themekit.gateway.comparison_text import comparison_json
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.envoy.containers import BASE_IMAGE, WATCH_PORT, emit_containers
from themekit.gateway.envoy.monitoring.alerts import alerts
from themekit.gateway.envoy.monitoring.emit import emit_dashboard, emit_monitoring

REPORT, OPERATION = handbook_page("gateway-report"), handbook_page("gateway-operation")


def rows(page, head):
    return [row for table in page.tables() if table[0][0] == head for row in table[1:]]


def policy():
    found, _ = read_policy(changed(CASES["tls-and-tiers"]))
    return found


def shape(value):
    """Members, without values; of a list the first stands for all."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else type(value).__name__


def sample(title):
    (found,) = [block for block in REPORT.blocks if block.title == title]
    return json.loads(found.text)


def test_the_shape_of_a_report():
    shown = json.loads(comparison_json(compare(policy(), (GATEWAY,))))
    shown["features"] = [each for each in shown["features"] if each["name"] == "rates"]
    shown["answers"] = [each for each in shown["answers"] if each["reason"] == "wrong-audience"]
    assert shape(sample("gateway report --format json")) == shape(shown)


def test_the_shape_of_a_diff():
    change = Change(Area.BODIES, Risk.WEAKENS, "text", ("uploadFile",), "where")
    said = sample("gateway diff --format json")
    assert shape(said) == shape(json.loads(changes_json([change], old="a", new="b")))
    assert {each["risk"] for each in said["changes"]} <= set(Risk)
    assert {each["area"] for each in said["changes"]} <= set(Area)
    assert [str(risk) for risk in Risk] == [code_words(row[0])[0] for row in rows(REPORT, "class")]


def test_files():
    named = {name for row in rows(OPERATION, "file of `gateway/monitoring/`") for name in code_words(row[0])}
    made = (*emit_monitoring(policy()), *emit_dashboard(policy(), None))
    assert {artifact.path.name for artifact in made} == named
    files = emit_containers(policy(), GATEWAY.emit(policy()))
    emitted = {artifact.path.name: artifact.content.decode() for artifact in files}
    own = [(code_words(row[0])[0], row[1]) for row in rows(OPERATION, "file of `gateway/envoy/`")]
    assert {name for name, _ in own} == set(emitted)
    kinds = [each["kind"] for each in yaml.safe_load(emitted["kubernetes.json"])["items"]]
    assert ["List", *kinds] == code_words(dict(own)["kubernetes.json"])


def test_alerts_and_numbers():
    named = [name for row in rows(OPERATION, "alert") for name in code_words(row[0])]
    assert {each.name for each in alerts(policy())} == set(named)
    assert len(named) == len(set(named))
    text = " ".join(OPERATION.prose)
    assert f"port {WATCH_PORT}" in text
    assert f"BASE={BASE_IMAGE}@sha256" in text
