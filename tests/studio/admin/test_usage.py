"""Live requests: counters to ticks, log lines to consumers, a stream for those who are logged in, no way to Envoy."""

import asyncio
import json
import time
from contextlib import contextmanager

import pytest
from admin_actors import PASSWORD
from hypothesis import given
from hypothesis import strategies as st
from policy_project import STRONGER, add_people, text_of, write_project
from studio_caller import Caller, FakeLive, call

from themekit.build.project import Project
from themekit.model import BrandId
from themekit.studio.admin import usage as usage_module
from themekit.studio.admin.admin import Admin
from themekit.studio.admin.compiling import Compiler
from themekit.studio.admin.counting import MAX_CONSUMERS, OTHERS, Consumers, Counts, counts_in, tick_between
from themekit.studio.admin.door import Door
from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.sessions import IDLE_S, Sessions
from themekit.studio.admin.usage import Usage
from themekit.studio.serving.guard import Origins, StudioGuard
from themekit.studio.serving.studio_app import studio_app

BASE = "/api/admin/usage"


def stats(**counters):
    """As Envoy answers."""
    names = {
        "requests": "http.api.downstream_rq_completed",
        "good": "http.api.downstream_rq_2xx",
        "bad": "http.api.downstream_rq_4xx",
        "token": "http.api.jwt_authn.denied",
        "rule": "http.api.rbac.access_.denied",
        "address": "http.api.rbac.addresses_.denied",
        "limit": "limit_reads.http_local_rate_limit.rate_limited",
    }
    quantiles = {
        "supported_quantiles": [0, 50, 95, 99],
        "computed_quantiles": [
            {"name": "x", "values": [{"cumulative": 9, "interval": value} for value in (0, 1.5, 8, 12.5)]}
        ],
    }
    found = [{"name": names[name], "value": value} for name, value in counters.items()]
    return {"stats": [*found, {"histograms": quantiles}]}


def line(consumer, status=200, **others):
    return json.dumps({"consumer": consumer, "status": status, **others}).encode() + b"\n"


def test_counters_are_read_by_name():
    counts = counts_in(stats(requests=9, good=5, bad=4, token=1, rule=2, address=3, limit=4))
    assert (9, 5, 4) == (counts.requests, dict(counts.statuses)["2xx"], dict(counts.statuses)["4xx"])
    assert {"token": 1, "rule": 5, "limit": 4} == dict(counts.refusals)
    assert {50: 1.5, 95: 8.0, 99: 12.5} == dict(counts.quantiles_ms)


@pytest.mark.parametrize("value", [None, [], {}, {"stats": 1}, {"stats": [1, {"name": 1}, {"histograms": []}]}])
def test_what_is_not_as_expected_counts_nothing(value):
    assert 0 == counts_in(value).requests


def test_a_quantile_without_requests_is_not_shown():
    value = stats(requests=1)
    value["stats"][-1]["histograms"]["computed_quantiles"][0]["values"][1]["interval"] = None
    assert {95: 8.0, 99: 12.5} == dict(counts_in(value).quantiles_ms)


def test_a_tick_is_what_is_new_and_a_restart_is_no_negative():
    before, after = counts_in(stats(requests=9, good=9)), counts_in(stats(requests=12, good=10))
    tick = tick_between(before, after, time_s=1.0, seconds=1.1)
    assert (3, 1) == (tick.requests, dict(tick.statuses)["2xx"])
    assert 9 == tick_between(after, before, time_s=1.0, seconds=1.0).requests
    assert 0 == tick_between(Counts(), Counts(), time_s=1.0, seconds=1.0).requests


@given(st.lists(st.tuples(st.sampled_from(["ann", "bob", ""]), st.sampled_from([200, 429]))), st.integers(1, 40))
def test_lines_in_pieces_count_as_whole_ones(requests, size):
    content = b"start.sh: says hello\n" + b"".join(line(name, status) for name, status in requests)
    pieces, whole = Consumers(), Consumers()
    whole.add(content)
    for start in range(0, len(content), size):
        pieces.add(content[start : start + size])
    assert (whole.requests, whole.refused) == (pieces.requests, pieces.refused)
    assert len(requests) == whole.requests.total()


def test_consumers_are_bounded_and_their_names_short():
    consumers = Consumers()
    for number in range(MAX_CONSUMERS + 50):
        consumers.add(line(f"user{number}"))
    consumers.add(line("x" * 5000, 403) + b"{not json}\n" + line(None) + line(7))
    assert MAX_CONSUMERS + 1 == len(consumers.requests)
    assert 53 == consumers.requests[OTHERS]
    assert (OTHERS, 53, 1) == consumers.top(1)[0]


class FakeHere:
    """A gateway that got three more requests each time somebody looks."""

    url = "http://127.0.0.1:1"
    tokens = (("main", "a.b.c"),)

    def __init__(self):
        self.looks = 0
        self.swapped = []
        self.refuses = ""

    def numbers(self, pattern):
        assert "downstream_rq" in pattern
        self.looks += 1
        return json.dumps(stats(requests=3 * self.looks, good=3 * self.looks)).encode()

    def new_log(self):
        return line("ann") + line("ann", 429)

    def swap(self, policy):
        self.swapped.append(policy.operations[0].max_body_bytes)
        return self.refuses


class Watchers:
    def __init__(self, root, users, sessions):
        self.here = FakeHere()
        self.is_left = False
        add_people(users)
        self.origins = Origins(4100, 4200)
        self.door = Door(root, 4100, users=users, sessions=sessions)
        self.usage = Usage(root, Compiler(root), begin=self.begin)
        self.admin = Admin(FakeLive(Project(root)), 4100, door=self.door, usage=self.usage)
        app = studio_app(self.admin.policies._live, self.origins, admin=self.admin)
        self.app = StudioGuard(app, self.origins)
        self.call = Caller(self.app, self.origins)

    @contextmanager
    def begin(self, _policy, _root):
        yield self.here
        self.is_left = True

    def headers(self, name="ann"):
        answer = self.call("POST", "/api/admin/login", {"name": name, "password": PASSWORD})
        cookie = f"{self.call.own['cookie']}; {answer.header('set-cookie').partition(';')[0]}"
        return {"cookie": cookie, "x_themekit_token": answer.json["token"]}

    def until(self, check):
        for _ in range(400):
            if check():
                return
            time.sleep(0.01)
        assert check()


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def kept(root):
    return kept_folder(root)


@pytest.fixture
def watchers(root, users, clock, monkeypatch):
    monkeypatch.setattr(usage_module, "TICK_S", 0.01)
    monkeypatch.setattr("themekit.studio.admin.api_usage.TICK_S", 0.01)
    made = Watchers(root, users, Sessions(clock))
    yield made
    made.admin.stop()
    assert made.usage.wait(10)


def test_a_gateway_is_started_looked_at_and_stopped(watchers):
    ann = watchers.headers()
    assert 202 == watchers.call("POST", f"{BASE}/start/acme", {}, **ann).status
    watchers.until(lambda: len(watchers.usage.ticks) > 2)
    shown = watchers.call("GET", BASE, **ann).json
    assert (True, "acme", 3) == (shown["isRunning"], shown["brand"], shown["ticks"][0]["requests"])
    ann_row = shown["consumers"][0]
    assert ("ann", ann_row["refused"] * 2) == (ann_row["name"], ann_row["requests"])
    assert 409 == watchers.call("POST", f"{BASE}/start/acme", {}, **ann).status
    stopped = watchers.call("POST", f"{BASE}/stop", {}, **ann).json
    assert (False, "", []) == (stopped["isRunning"], stopped["url"], stopped["tokens"])
    assert watchers.is_left
    assert ["gateway-started", "gateway-stopped"] == [
        each.entry.action for each in watchers.door.log.records() if each.entry.action.startswith("gateway")
    ][::2]


def test_a_policy_that_is_published_meanwhile_comes_into_force(watchers, root):
    ann = watchers.headers()
    watchers.call("POST", f"{BASE}/start/acme", {}, **ann)
    watchers.until(lambda: len(watchers.usage.ticks) > 0)
    file = root / "brands" / "acme" / "policy.json"
    file.write_text("{", encoding="utf-8")
    looks = watchers.here.looks
    watchers.until(lambda: watchers.here.looks > looks + 3)
    assert [] == watchers.here.swapped
    file.write_text(text_of(STRONGER), encoding="utf-8")
    watchers.until(lambda: watchers.here.swapped)
    assert [512] == watchers.here.swapped


@pytest.mark.parametrize("changes", [{"upstream": None}, {"targets": ["kong"]}])
def test_what_cannot_run_is_told(watchers, root, changes):
    (root / "brands" / "acme" / "policy.json").write_text(text_of(changes), encoding="utf-8")
    answer = watchers.call("POST", f"{BASE}/start/acme", {}, **watchers.headers())
    assert (409, "cannot-run") == (answer.status, answer.json["error"])


def test_a_gateway_that_ends_by_itself_is_told(watchers):
    watchers.here.numbers = lambda _pattern: (_ for _ in ()).throw(RuntimeError("Envoy has ended"))
    ann = watchers.headers()
    watchers.call("POST", f"{BASE}/start/acme", {}, **ann)
    assert watchers.usage.wait(10)
    shown = watchers.call("GET", BASE, **ann).json
    assert (False, "Envoy has ended") == (shown["isRunning"], shown["error"])


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", "/stream"), ("POST", "/start/acme"), ("POST", "/stop")]
)
def test_nobody_looks_or_starts_without_a_session(watchers, method, path):
    assert 401 == watchers.call(method, BASE + path, {}).status
    assert not watchers.usage.shown.is_running


@pytest.mark.parametrize("path", ["/start/acme", "/stop"])
def test_nothing_is_started_with_the_cookie_alone(watchers, path):
    headers = {**watchers.headers(), "x_themekit_token": None}
    assert 403 == watchers.call("POST", BASE + path, {}, **headers).status


@pytest.mark.parametrize("brand", ["nobody", "..%2fx", "_shared"])
def test_only_brands_are_started(watchers, brand):
    assert watchers.call("POST", f"{BASE}/start/{brand}", {}, **watchers.headers()).status in {400, 404}


def test_no_address_leads_to_envoy(watchers):
    """Its admin page can end it: nothing of a request reaches it."""
    ann = watchers.headers()
    for path in ("/quitquitquit", "/stats", "/config_dump", "/stream/stats", "/start/acme/stats"):
        assert watchers.call("GET", BASE + path, **ann).status in {404, 405}
    assert "admin" not in json.dumps(watchers.call("GET", BASE, **ann).json)


def streamed(watchers, headers):
    """The events of a stream, until the server ends it."""
    given = [(name.replace("_", "-"), value) for name, value in {**watchers.call.own, **headers}.items()]
    answer = asyncio.run(asyncio.wait_for(call(watchers.app, "GET", f"{BASE}/stream", headers=given), 20))
    assert "text/event-stream" in answer.header("content-type")
    return [json.loads(each.removeprefix(b"data: ")) for each in answer.body.split(b"\n\n") if each]


def test_a_stream_ends_with_its_session_and_keeps_none_alive(watchers, clock):
    ann = watchers.headers()
    watchers.call("POST", f"{BASE}/start/acme", {}, **ann)
    real, looks = watchers.door.is_in, []

    def is_in(request):
        looks.append(1)
        clock.wait(IDLE_S / 20)
        return real(request)

    watchers.door.is_in = is_in
    events = streamed(watchers, ann)
    assert 19 == len(events)
    times = [tick["time_s"] for event in events for tick in event["ticks"]]
    assert times == sorted(set(times))
    assert times


def test_a_stream_ends_with_the_preview(watchers):
    ann = watchers.headers()
    real = watchers.door.is_in

    def is_in(request):
        watchers.admin.stop()
        return real(request)

    watchers.door.is_in = is_in
    assert 1 == len(streamed(watchers, ann))


def test_a_real_gateway_counts_real_requests(root):
    """From Envoy's counters and its log to what is shown; and a published policy is in force a moment later."""
    pytest.importorskip("envoy", reason="the gateway is Envoy")
    from themekit.trial.wire import Place, Wire

    usage = Usage(root, Compiler(root))
    assert "" == usage.start(BrandId("acme"), usage.saved(BrandId("acme")))
    try:
        for _ in range(600):
            if usage.shown.tokens or usage.shown.error:
                break
            time.sleep(0.05)
        assert "" == usage.shown.error
        port = int(usage.shown.url.rpartition(":")[2])
        token = usage.shown.tokens[0][1]

        def get(*headers):
            lines = ["GET /payments HTTP/1.1", f"Host: {usage.shown.host}", "Connection: close", *headers, "", ""]
            with Wire(Place("127.0.0.1", port)) as wire:
                return wire.exchange("\r\n".join(lines).encode()).status

        assert [200] * 3 + [401] * 2 == [*(get(f"Authorization: Bearer {token}") for _ in range(3)), get(), get()]
        for _ in range(300):
            if 5 == sum(tick.requests for tick in usage.ticks) and usage.top:
                break
            time.sleep(0.05)
        assert 5 == sum(tick.requests for tick in usage.ticks)
        assert {"2xx": 3, "4xx": 2} == {
            name: total for name in ("2xx", "4xx") if (total := sum(dict(tick.statuses)[name] for tick in usage.ticks))
        }
        assert 2 == sum(dict(tick.refusals)["token"] for tick in usage.ticks)
        assert "tester" in [name for name, _, _ in usage.top]
        before = usage.shown.digest
        closed = text_of({"routes.read.access.scopes": [["nobody:has"]]})
        (root / "brands" / "acme" / "policy.json").write_text(closed, encoding="utf-8")
        for _ in range(300):
            if usage.shown.digest != before or usage.shown.error:
                break
            time.sleep(0.05)
        assert ("", 403) == (usage.shown.error, get(f"Authorization: Bearer {token}"))
    finally:
        usage.stop()
        assert usage.wait(20)
