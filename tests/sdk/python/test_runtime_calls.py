"""One call of the runtime: requests, answers, errors, retries, redirects, time-outs, hooks, credentials."""

import asyncio
import copy
import dataclasses
import datetime as dt
import gc
import json
import pickle
import threading
import time

import pytest
from loopback import answer, chunks

OAUTH = {"client_id": "i", "client_secret": "hidden&"}
HIDDEN = {"query_key": "hidden-key", "username": "u", "password": "hidden-word"}
KEYS = {"username": "u", "password": "pä", "query_key": "k&y"}
THING = json.dumps({"id": "a"}).encode()


def statuses(server, *answers):
    """Answers one after the other; the last is for all that follow."""
    waiting = list(answers)
    server.answer = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def test_a_request_has_what_the_operation_says(client, server):
    server.answer = lambda _: answer(THING)
    client.things.update("a b/ü?", note=None, size=3, headers={"X-Own": "1"})
    [request] = server.requests
    assert ("PATCH", "/things/a%20b%2F%C3%BC%3F") == (request.method, request.target)
    assert {"note": None, "size": 3} == json.loads(request.body)
    assert ("Bearer secret-key", "application/json", "1") == tuple(
        request.headers[name] for name in ("authorization", "content-type", "x-own")
    )
    assert "acme-sdk-python/1.2.3" == request.headers["user-agent"]


def test_a_field_that_is_left_out_is_not_null(client, server):
    server.answer = lambda _: answer(THING)
    client.things.update("a")
    assert {} == json.loads(server.requests[0].body)


def test_queries_are_written_in_their_styles(client, server):
    server.answer = lambda _: answer(b'{"data": []}')
    since = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    client.things.list(limit=2, tags=["a,b", "c&d"], filter={"size": 1}, since=since)
    target = server.requests[0].target
    assert "/things?limit=2&tags=a%2Cb,c%26d&filter[size]=1&since=2026-01-02T03%3A04%3A05Z" == target


@pytest.mark.parametrize("bad", ["", ".", ".."])
def test_a_path_that_would_be_another_is_refused(client, server, bad):
    with pytest.raises(ValueError, match="thing_id"):
        client.things.retrieve(bad)
    assert [] == server.requests


def test_a_header_cannot_become_two(client, server):
    with pytest.raises(ValueError, match="X-Own"):
        client.things.list(headers={"X-Own": "a\r\nEvil: 1"})
    assert [] == server.requests


def test_every_shape_goes_there_and_back(client, server):
    sent = {
        "id": "a",
        "class": "c",
        "size": "huge",
        "note": None,
        "count": 9007199254740993,
        "ratio": 0.5,
        "born": "2026-02-03",
        "changed": "2026-02-03T04:05:06.123456Z",
        "content": "aGk=",
        "labels": {"x": "y"},
        "matrix": [[1, 2], []],
        "children": [{"id": "b", "extra_of_b": 1}],
        "parent": {"id": "p", "parent": None},
        "kind": "thing",
        "shape": {"type": "square", "side": 2, "made": "2026-01-01"},
        "amount": {"type": "circle", "radius": 1.5},
        "times": {"t": "2026-02-03T04:05:06Z"},
        "anything": [1, {"a": None}],
        "newer": {"than": "this"},
    }
    server.answer = lambda _: answer(json.dumps(sent).encode(), 201)
    thing = client.things.create(id="a")
    assert sent == thing.to_json()
    assert (dt.date(2026, 2, 3), b"hi", 9007199254740993) == (thing.born, thing.content, thing.count)
    assert ("Square", "Circle") == (type(thing.shape).__name__, type(thing.amount).__name__)
    assert ("huge", {"than": "this"}, "c") == (thing.size, thing.extra["newer"], thing.class_)
    assert thing.parent.parent is None
    server.answer = lambda _: answer(THING, 201)
    client.things.create(id="x", children=[thing], shape=thing.shape, anything={"k": thing})
    assert [sent] == json.loads(server.requests[-1].body)["children"]


def test_an_unknown_kind_of_a_union_is_kept(client, server):
    server.answer = lambda _: answer(b'{"id": "a", "shape": {"type": "hexagon", "sides": 6}}')
    thing = client.things.retrieve("a")
    assert ("hexagon", 6) == (thing.shape.type, thing.shape.sides)
    assert {"type": "hexagon", "sides": 6} == thing.to_json()["shape"]


def test_what_does_not_fit_its_type_is_kept(client, server):
    raw = {"id": 5, "born": "soon", "matrix": "none", "shape": 3, "children": [1], "times": []}
    server.answer = lambda _: answer(json.dumps(raw).encode())
    assert raw == client.things.retrieve("a").to_json()


def test_answers_are_frozen_and_know_their_head(client, server):
    server.answer = lambda _: answer(THING, headers=["Request-Id: req_1"])
    thing = client.things.retrieve("a")
    assert ("req_1", 200) == (thing.last_response.request_id, thing.last_response.status)
    with pytest.raises(AttributeError):
        thing.id = "b"


PROBLEM = {"type": "about:blank", "title": "No", "code": "bad", "hint": "try", "request_id": "req_2"}


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (402, "PaymentDeclinedError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (418, "ApiError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "ServerError"),
    ],
)
def test_errors_have_a_class_by_status(things, client, server, status, name):
    server.answer = lambda _: answer(json.dumps(PROBLEM).encode(), status, content_type="application/problem+json")
    with pytest.raises(things.ApiError) as caught:
        client.things.retrieve("a", max_retries=0)
    error = caught.value
    assert name == type(error).__name__
    assert (status, "bad", "try", "req_2") == (error.status, error.code, error.hint, error.request_id)
    assert ("Problem", "try") == (type(error.data).__name__, error.data.hint)
    assert f"GET /things/a answered {status}: bad: No (req_2)" == str(error)


def test_an_error_that_is_no_json_keeps_its_body(things, client, server):
    server.answer = lambda _: answer(b"<h1>no</h1>", 502, content_type="text/html")
    with pytest.raises(things.ServerError) as caught:
        client.things.retrieve("a", max_retries=0)
    assert (b"<h1>no</h1>", None) == (caught.value.body, caught.value.json)


def test_answers_and_errors_can_be_copied_and_pickled(things, client, server):
    raw = {"id": "a", "children": [{"id": "b"}], "shape": {"type": "new"}, "x": [1]}
    server.answer = lambda _: answer(json.dumps(raw).encode())
    thing = client.things.retrieve("a")
    for copied in (copy.deepcopy(thing), pickle.loads(pickle.dumps(thing)), dataclasses.replace(thing)):  # noqa: S301
        assert (thing, raw) == (copied, copied.to_json())
    server.answer = lambda _: answer(json.dumps(PROBLEM).encode(), 404)
    with pytest.raises(things.NotFoundError) as caught:
        client.things.retrieve("a")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (things.NotFoundError, 404, "bad", "try") == (type(error), error.status, error.code, error.hint)
    assert str(caught.value) == str(error)


def test_secrets_are_in_no_text(things, server):
    server.answer = lambda _: answer(b"", 401)
    with things.Things(**HIDDEN, base_url=server.url) as other:
        for call in (other.queries.retrieve, other.basics.retrieve):
            with pytest.raises(things.AuthenticationError) as caught:
                call()
            assert "hidden" not in f"{caught.value} {caught.value!r} {caught.value.headers!r}"
        assert "hidden" not in f"{other!r} {other._exchange.settings!r}"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_it_tries_again_after(client, server, status):
    statuses(server, answer(b"", status), answer(b"", status), answer(THING))
    assert "a" == client.things.retrieve("a").id
    assert 3 == len(server.requests)


def test_it_gives_up_after_the_retries(things, client, server):
    server.answer = lambda _: answer(b"", 503)
    with pytest.raises(things.ServerError):
        client.things.retrieve("a", max_retries=2)
    assert 3 == len(server.requests)


def test_a_write_without_a_key_is_sent_once(things, client, server):
    server.answer = lambda _: answer(b"", 503)
    with pytest.raises(things.ServerError):
        client.things.update("a")
    assert 1 == len(server.requests)


def test_the_idempotency_key_stays_over_retries(client, server):
    statuses(server, answer(b"", 503), [None], answer(THING, 201))
    client.things.create(id="a")
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert (3, 1) == (len(keys), len(set(keys)))
    client.things.create(id="b", idempotency_key="own")
    assert "own" == server.requests[-1].headers["idempotency-key"]
    client.things.create(id="c")
    assert server.requests[-1].headers["idempotency-key"] not in {*keys, "own"}


def test_a_conflict_in_progress_is_tried_again(client, server):
    statuses(server, answer(b'{"code": "idempotency_in_progress"}', 409), answer(THING, 201))
    assert "a" == client.things.create(id="a").id


def test_retry_after_wins(client, server):
    statuses(server, answer(b"", 429, ["Retry-After: 0.3"]), answer(THING))
    start = time.monotonic()
    client.things.retrieve("a")
    assert 0.3 <= time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [("7", 7, 7), ("9999", 60, 60), ("-5", 0.3, 0.7), ("soon", 0.3, 0.7), (None, 0.3, 0.7), ("1e9", 0.3, 0.7)],
)
def test_pauses(things, told, least, most):
    import importlib

    exchange = importlib.import_module("things_sdk._core.exchange")
    headers = things.Headers([("Retry-After", told)] if told else [])
    assert least <= exchange._pause_s(1, headers) <= most
    assert 6 <= exchange._pause_s(9, None) <= 10


def test_retry_after_may_be_a_date(things):
    import email.utils
    import importlib

    exchange = importlib.import_module("things_sdk._core.exchange")
    told = email.utils.formatdate(time.time() + 30, usegmt=True)
    assert 25 < exchange._pause_s(1, things.Headers([("Retry-After", told)])) <= 30


def test_a_closed_port_is_a_connection_error(things):
    closed = things.Things(api_key="k", base_url="http://127.0.0.1:9", max_retries=0)
    with closed as client, pytest.raises(things.ApiConnectionError) as caught:
        client.things.retrieve("a")
    assert 1 == caught.value.attempts


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nBad Header : x\r\n\r\n{}",
        b"",
    ],
)
def test_a_broken_answer_is_a_connection_error(things, client, server, raw):
    server.answer = lambda _: [raw, None]
    with pytest.raises(things.ApiConnectionError):
        client.things.retrieve("a", max_retries=0)


@pytest.mark.parametrize(
    "raw",
    [
        b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"id": "a"}',
        b'HTTP/1.0 200 OK\r\n\r\n{"id": "a"}',
        b'HTTP/1.1 200\nContent-Length: 11\n\n{"id": "a"}',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n{"id"\r\n6\r\n: "a"}\r\n0\r\nT: 1\r\n\r\n',
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_an_answer_may_come_in_any_pieces(client, server, raw, size):
    server.answer = lambda _: [*(raw[at : at + size] for at in range(0, len(raw), size)), None]
    assert "a" == client.things.retrieve("a", max_retries=0).id


def test_a_time_out_is_for_the_whole_attempt(things, client, server):
    """Each piece comes in time, all of them do not."""
    server.answer = lambda _: [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *([0.1, b"x"] * 30)]
    start = time.monotonic()
    with pytest.raises(things.ApiTimeoutError):
        client.things.retrieve("a", timeout=0.4, max_retries=0)
    assert 0.3 < time.monotonic() - start < 1.5


def test_connections_are_used_again(client, server):
    server.answer = lambda _: answer(THING)
    for _ in range(5):
        client.things.retrieve("a")
    assert 1 == server.connections


def test_a_connection_that_was_closed_meanwhile_is_not_used(client, server):
    server.answer = lambda request: [answer(THING), None] if request.connection == 0 else answer(THING)
    client.things.retrieve("a")
    time.sleep(0.1)
    client.things.update("a", max_retries=0)
    assert 2 == server.connections


def test_threads_share_a_client(client, server):
    server.answer = lambda request: answer(json.dumps({"id": request.target[-3:]}).encode())
    found = []
    work = [
        threading.Thread(target=lambda number=number: found.append((number, client.things.retrieve(f"{number}").id)))
        for number in range(100, 130)
    ]
    for each in work:
        each.start()
    for each in work:
        each.join()
    assert [(number, str(number)) for number in range(100, 130)] == sorted(found)


def test_hooks_see_every_attempt(things, server):
    statuses(server, answer(b"", 503, ["Retry-After: 0"]), answer(THING))
    seen = []

    def before(request):
        request.headers["X-Trace"] = str(len(seen))

    with things.Things(
        api_key="k",
        base_url=server.url,
        before_request=before,
        after_response=lambda request, response: seen.append((request.method, response.status)),
    ) as client:
        client.things.retrieve("a")
    assert [("GET", 503), ("GET", 200)] == seen
    assert ["0", "1"] == [request.headers["x-trace"] for request in server.requests]


def test_redirects_are_followed(client, server):
    statuses(server, answer(b"", 307, ["Location: /elsewhere?x=1"]), answer(THING))
    assert "a" == client.things.retrieve("a").id
    assert "/elsewhere?x=1" == server.requests[1].target
    assert "Bearer secret-key" == server.requests[1].headers["authorization"]


def test_credentials_do_not_follow_to_another_origin(client, server):
    other = server.url.replace("127.0.0.1", "localhost")
    statuses(server, answer(b"", 302, [f"Location: {other}/x"]), answer(THING))
    client.things.retrieve("a", headers={"X-Secret": "1", "Cookie": "c=1"})
    assert {"authorization", "x-secret", "cookie"} <= server.requests[0].headers.keys()
    assert not {"authorization", "x-secret", "cookie"} & server.requests[1].headers.keys()


def test_a_body_does_not_follow_to_another_origin(things, client, server):
    other = server.url.replace("127.0.0.1", "localhost")
    server.answer = lambda _: answer(b"", 307, [f"Location: {other}/x"])
    with pytest.raises(things.ApiError) as caught:
        client.things.update("a", size=1)
    assert (307, 1) == (caught.value.status, len(server.requests))


def test_endless_redirects_end(things, client, server):
    server.answer = lambda _: answer(b"", 302, ["Location: /again"])
    with pytest.raises(things.ApiError):
        client.things.retrieve("a")
    assert 6 == len(server.requests)


def test_without_credentials_nothing_is_sent(things, server, monkeypatch):
    monkeypatch.delenv("API_KEY", raising=False)
    with things.Things(base_url=server.url) as client:
        with pytest.raises(things.MissingCredentialsError, match="`api_key`"):
            client.things.list()
        with pytest.raises(things.MissingCredentialsError, match="`client_id` and `client_secret`"):
            client.secrets.retrieve()
    assert [] == server.requests


def test_the_key_may_come_from_the_environment(things, server, monkeypatch):
    monkeypatch.setenv("API_KEY", "from-there")
    server.answer = lambda _: answer(THING)
    with things.Things(base_url=server.url) as client:
        client.things.retrieve("a")
    assert "Bearer from-there" == server.requests[0].headers["authorization"]


def test_one_call_with_another_key(client, server):
    server.answer = lambda _: answer(THING)
    client.things.retrieve("a", api_key="other")
    client.things.retrieve("a")
    assert ["Bearer other", "Bearer secret-key"] == [each.headers["authorization"] for each in server.requests]


def test_basic_and_query_keys(things, server):
    server.answer = lambda _: answer(b"", 204)
    with things.Things(**KEYS, base_url=server.url) as client:
        client.basics.retrieve()
        client.queries.retrieve()
    assert "Basic dTpww6Q=" == server.requests[0].headers["authorization"]
    assert "/query?api_token=k%26y" == server.requests[1].target


@pytest.mark.parametrize(
    ("key", "options", "expected"),
    [
        ("sk_test_1", {}, "https://sandbox.acme.example/v1"),
        ("sk_live_1", {}, "https://api.acme.example/v1"),
        ("sk_live_1", {"environment": "sandbox"}, "https://sandbox.acme.example/v1"),
        ("sk_test_1", {"base_url": "https://own.example/"}, "https://own.example"),
    ],
)
def test_the_environment_follows_the_key(things, key, options, expected):
    with things.Things(api_key=key, **options) as client:
        assert expected == client._exchange.settings.base_url


def oauth(server, lifetime=3600, refused=()):
    """A server that gives tokens, and takes all but those that are refused."""
    given = []

    def respond(request):
        if request.target == "/oauth/token":
            given.append(f"t{len(given)}")
            return [0.05, answer(json.dumps({"access_token": given[-1], "expires_in": lifetime}).encode())]
        token = request.headers["authorization"].removeprefix("Bearer ")
        return answer(b"", 401 if token in refused or token not in given else 204, content_type="")

    server.answer = respond
    return given


def test_a_token_is_fetched_once_for_all_threads(things, server):
    given = oauth(server)
    with things.Things(**OAUTH, scopes=["a", "b"], base_url=server.url) as client:
        work = [threading.Thread(target=client.secrets.retrieve) for _ in range(8)]
        for each in work:
            each.start()
        for each in work:
            each.join()
    assert ["t0"] == given
    fetch = next(each for each in server.requests if each.target == "/oauth/token")
    assert b"grant_type=client_credentials&client_id=i&client_secret=hidden%26&scope=a+b" == fetch.body
    assert 8 == sum(each.headers.get("authorization") == "Bearer t0" for each in server.requests)


def test_a_token_url_that_begins_with_a_slash_is_seen_from_the_host(things, server):
    given = oauth(server)
    with things.Things(**OAUTH, base_url=f"{server.url}/v2", timeout=5, max_retries=0) as client:
        client.secrets.retrieve()
    assert ["t0"] == given
    assert "/oauth/token" == server.requests[0].target


def test_a_refused_token_is_fetched_again_once(things, server):
    given = oauth(server, refused={"t0"})
    with things.Things(**OAUTH, base_url=server.url) as client:
        client.secrets.retrieve()
        assert ["t0", "t1"] == given
    given = oauth(server, refused={"t0", "t1", "t2"})
    with things.Things(**OAUTH, base_url=server.url) as client, pytest.raises(things.AuthenticationError):
        client.secrets.retrieve()
    assert ["t0", "t1"] == given


def test_a_token_is_renewed_before_it_expires(things, server):
    given = oauth(server, lifetime=0.2)
    with things.Things(**OAUTH, base_url=server.url) as client:
        client.secrets.retrieve()
        client.secrets.retrieve()
        assert ["t0"] == given
        time.sleep(0.25)
        client.secrets.retrieve()
    assert ["t0", "t1"] == given


def test_a_refused_secret_is_a_typed_error(things, server):
    server.answer = lambda _: answer(b'{"error": "invalid_client", "error_description": "no"}', 401)
    made = things.Things(**OAUTH, base_url=server.url)
    with made as client, pytest.raises(things.AuthenticationError, match="invalid_client: no") as caught:
        client.secrets.retrieve()
    assert "hidden" not in str(caught.value)


def test_a_transport_of_ones_own(things):
    class Canned:
        status, headers = 200, things.Headers([("content-type", "application/json")])

        def __init__(self):
            self.left = [THING]

        def send(self, request, *, timeout, streams):
            self.seen = request.method, timeout.read, streams
            return self

        def read_chunk(self):
            return self.left.pop(0) if self.left else b""

        def close(self):
            pass

    transport = Canned()
    assert "a" == things.Things(api_key="k", transport=transport).things.retrieve("a", timeout=7).id
    assert ("GET", 7, False) == transport.seen


def test_asynchronous_calls_at_once_and_cancelled(things, server):
    server.answer = lambda _: [0.2, answer(THING)]

    async def main():
        async with things.AsyncThings(api_key="k", base_url=server.url) as client:
            start = time.monotonic()
            found = await asyncio.gather(*(client.things.retrieve("a") for _ in range(10)))
            assert time.monotonic() - start < 1.5
            slow = asyncio.ensure_future(client.things.retrieve("a"))
            await asyncio.sleep(0.05)
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
            await client.things.retrieve("a")
            with pytest.raises(things.ApiTimeoutError):
                await client.things.retrieve("a", timeout=0.1, max_retries=0)
        return found

    assert 10 == len(asyncio.run(main()))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_an_asynchronous_client_outlives_a_loop(things, server):
    """What it kept for the loop that is gone is not used; asyncio warns of it."""
    server.answer = lambda _: answer(THING)
    clients = [things.AsyncThings(api_key="k", base_url=server.url)]

    async def once():
        return await clients[0].things.retrieve("a")

    assert ["a", "a"] == [asyncio.run(once()).id for _ in range(2)]
    clients.clear()
    gc.collect()


def test_asynchronous_tokens_are_fetched_once(things, server):
    given = oauth(server)

    async def main():
        async with things.AsyncThings(**OAUTH, base_url=server.url) as client:
            await asyncio.gather(*(client.secrets.retrieve() for _ in range(8)))

    asyncio.run(main())
    assert ["t0"] == given


def test_a_chunked_body_of_json(client, server):
    server.answer = lambda _: chunks(b'{"id":', b' "a"}', content_type="application/json")
    assert "a" == client.things.retrieve("a").id
