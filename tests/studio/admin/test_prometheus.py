"""What a Prometheus recorded of a gateway elsewhere: asked of a real one, and nothing of credentials is shown."""

import json
import shutil
import subprocess
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from click.testing import CliRunner
from policy_project import write_project

from tests.gateway.sample_policy import read_policy
from themekit.cli.main import command as themekit
from themekit.gateway.envoy.monitoring.emit import emit_monitoring
from themekit.model import BrandId
from themekit.studio.admin.compiling import Compiler
from themekit.studio.admin.prometheus import NoAnswer, Prometheus, UnusableAddress, tick_in
from themekit.studio.admin.usage import Usage

CREDENTIALS = "ada:hunter2"
REQUESTS = "gateway_class:requests:rate5m"


def recorded(*series):
    result = [
        {"metric": {"__name__": name, **labels}, "value": [1_700_000_000.0, value]} for name, labels, value in series
    ]
    return {"status": "success", "data": {"resultType": "vector", "result": result}}


ANSWER = recorded(
    (REQUESTS, {"envoy_response_code_class": "2"}, "12"),
    (REQUESTS, {"envoy_response_code_class": "4"}, "0.2"),
    (REQUESTS, {"envoy_response_code_class": "5"}, "NaN"),
    ("gateway:latency_ms:p99_5m", {}, "81.5"),
    ("gateway:latency_ms:p50_5m", {}, "+Inf"),
)


@contextmanager
def answering(content, status=200):
    """A server that answers every GET so; the requests that it got, as path and headers."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            got.append((self.path, dict(self.headers)))
            body = content() if callable(content) else content
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, got
    finally:
        server.shutdown()
        server.server_close()


def test_rates_become_requests_and_what_is_no_number_counts_nothing():
    tick = tick_in(ANSWER, time_s=5.0)
    assert (5.0, 15.0, 183) == (tick.time_s, tick.seconds, tick.requests)
    assert {"1xx": 0, "2xx": 180, "3xx": 0, "4xx": 3, "5xx": 0} == dict(tick.statuses)
    assert ((99, 81.5),) == tick.quantiles_ms


@pytest.mark.parametrize("answer", [None, [], {}, {"data": 1}, {"data": {"result": [1, []]}}, recorded()])
def test_without_series_that_is_said(answer):
    with pytest.raises(NoAnswer, match="no recorded series"):
        tick_in(answer, time_s=0.0)


def test_credentials_are_sent_and_never_shown():
    with answering(json.dumps(ANSWER).encode()) as (port, got):
        prometheus = Prometheus.at(f"http://{CREDENTIALS}@127.0.0.1:{port}/monitoring/")
        assert 183 == prometheus.tick('acme"}', time_s=0.0).requests
    ((path, headers),) = got
    assert path.startswith("/monitoring/api/v1/query?query=%7B__name__%3D~")
    assert "gateway%3D%22acme%5C%22%7D%22" in path, "a name cannot end the question"
    assert f"Basic {b64encode(CREDENTIALS.encode()).decode()}" == headers["Authorization"]
    with pytest.raises(NoAnswer) as refused:
        prometheus.tick("acme", time_s=0.0)
    assert f"http://127.0.0.1:{port}/monitoring does not answer: ConnectionRefusedError" == str(refused.value)
    assert "hunter2" not in f"{prometheus!r} {prometheus} {refused.value.__cause__!r}"


@pytest.mark.parametrize(("content", "status"), [(b"no", 200), (b"{}", 302), (b"{}", 401), (b" " * (2 << 20), 200)])
def test_another_answer_is_none(content, status):
    with answering(content, status) as (port, _), pytest.raises(NoAnswer, match=f"http://127.0.0.1:{port} answers"):
        Prometheus.at(f"http://127.0.0.1:{port}").tick("acme", time_s=0.0)


@pytest.mark.parametrize(
    "url",
    [
        "prometheus:9090",
        "ftp://host",
        "http://",
        "http://host:port",
        "http://host/?query=up",
        "http://[",
        f"http://{CREDENTIALS}@prometheus.example",
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_credentials(url, tmp_path):
    with pytest.raises(UnusableAddress):
        Prometheus.at(url)
    (tmp_path / "brands").mkdir()
    done = CliRunner().invoke(themekit, ["preview", "--prometheus", url, "--project", str(tmp_path)])
    assert 2 == done.exit_code
    assert "hunter2" not in done.output


@contextmanager
def scraping(folder, exporter_port):
    """A real Prometheus with the rules that are emitted for a policy, all twenty times as often."""
    policy, _ = read_policy()
    files = {each.path.name: each.content.decode() for each in emit_monitoring(policy)}
    (folder / "rules.yml").write_text(files["rules.yml"].replace("interval: 30s", "interval: 1s"))
    job = {
        "job_name": "gateway",
        "scrape_interval": "500ms",
        "static_configs": [{"targets": [f"127.0.0.1:{exporter_port}"], "labels": {"gateway": "acme"}}],
    }
    config = {"global": {"evaluation_interval": "1s"}, "rule_files": ["rules.yml"], "scrape_configs": [job]}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    with answering(b"") as (free, _):
        pass
    arguments = (f"--web.listen-address=127.0.0.1:{free}", "--storage.tsdb.path=data", "--log.level=error")
    process = subprocess.Popen(["prometheus", "--config.file=prometheus.yml", *arguments], cwd=folder)
    try:
        yield f"http://127.0.0.1:{free}"
    finally:
        process.terminate()
        process.wait(20)


class Exporter:
    """Counters as Envoy exports them, ten requests a second since it began."""

    def __init__(self):
        self.began_s = time.monotonic()

    def __call__(self):
        count = int((time.monotonic() - self.began_s) * 10)
        labels = 'envoy_http_conn_manager_prefix="api"'
        lines = [f'envoy_http_downstream_rq_xx{{{labels},envoy_response_code_class="2"}} {count}']
        lines += [
            f'envoy_http_downstream_rq_time_bucket{{{labels},le="{limit}"}} {count}' for limit in ("25", "50", "+Inf")
        ]
        return "\n".join([*lines, ""]).encode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("prometheus") is None, reason="prometheus is not installed")
def test_live_requests_come_from_a_real_prometheus(tmp_path, monkeypatch):
    """The emitted rules record what is asked for, under the names and labels that are asked for."""
    root = tmp_path / "project"
    write_project(root)
    (tmp_path / "watch").mkdir()
    monkeypatch.setattr("themekit.studio.admin.usage.PAUSE_S", 0.5)
    with answering(Exporter()) as (port, _), scraping(tmp_path / "watch", port) as url:
        usage = Usage(root, Compiler(root), prometheus=Prometheus.at(url))
        assert "" == usage.start(BrandId("acme"), usage.saved(BrandId("acme")))
        end = time.monotonic() + 60
        while time.monotonic() < end and not any(each.requests and each.quantiles_ms for each in tuple(usage.ticks)):
            time.sleep(0.3)
        usage.stop()
        assert usage.wait(15)
    tick = usage.ticks[-1]
    assert 0 < tick.requests == dict(tick.statuses)["2xx"]
    assert 0 < dict(tick.quantiles_ms)[99] <= 25
    assert (False, "") == (usage.shown.is_running, usage.shown.url)
