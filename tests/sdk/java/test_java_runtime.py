"""The runtime over real connections: a program calls a scripted server, and both say what happened."""

import re

import pytest
from java_packages import HERE, compiled, java
from scripted_server import Seen, scripted_server

EXPECTED = {
    "retriesThenSucceeds": "t1[503, 429, 409, 200]4req_1",
    "givesUp": "ServerException5034",
    "postWithKeyIsRetried": "t1",
    "ownKeyIsSent": "t1",
    "patchIsNotRetried": "1",
    "connectionIsTriedAgain": "t1",
    "connectionFails": "2no answer: IOException",
    "retryAfterDate": "t1",
    "timeoutIsTotal": "no answer within 300 ms",
    "errorIsTyped": "NotFoundExceptionNonoxreq_142true",
    "missingCredentials": "this call needs credentials that the client was not given: one of [[key]]",
    "redirectToOther": "t1",
    "redirectToSame": "t1",
    "postIsNotRedirected": "302",
    "cursorPages": "t0t1t2t3t4t5t6",
    "offsetPages": "t0t1t2t3t4t5t6",
    "onePage": "2 true c2 t2",
    "events": 'Circle{"type":"circle","radius":1}Square{"type":"square","side":2}Unknown{"type":"hexagon","edge":"€"}2',
    "streamGoesOn": "7.08.0",
    "streamIsClosedFromOutside": "1 true",
    "lines": "a1ä2c3",
    "upload": "t1",
    "uploadOfStreamIsNotRepeated": "1",
    "uploadOfBytesIsRepeated": "sent",
    "download": "210000",
    "form": "some text ä",
    "parameters": "t1",
    "emptyPathIsRefused": '`id` must not be ""',
    "oneTokenForMany": "done",
    "tokenIsRenewedOnce": "[AuthenticationException2]",
    "bothCredentials": "false",
    "hooksChangeRequests": "t1",
    "cancellation": "true",
    "interruption": "[interruptedtrue]",
    "followingClientIsRefused": "refused",
    "closedClient": "the client is closed",
    "roundTrip": "true 9007199254740993newer2026-01-312026-01-31T12:00+02:00hi[[1.0, 2.5], []]ptruetruenullctruetrue"
    "[1, 2][unknown]falsetrue",
    "nullIsNotAbsent": '{"id":"n","size":1,"note":null,"count":5}{"id":"n","size":1,"count":null,"tags":["x"],'
    '"labels":{"k":"v"},'
    '"shape":{"type":"circle","radius":2}}',
    "requiredIsAsked": "`name` is required",
    "badJson": '..........."A😀\\ud800/"',
    "paramsShowNoValue": "ThingCreateParams[name]",
}


@pytest.fixture(scope="module")
def run(small_sdk, tmp_path_factory):
    """What the program printed, what the server saw, and what another server saw."""
    out = tmp_path_factory.mktemp("scenarios")
    assert "" == compiled([HERE / "scenarios" / "Scenarios.java"], out, classpath=str(small_sdk.classes))
    seen, other = Seen(), Seen()
    with scripted_server(other) as elsewhere, scripted_server(seen) as base:
        seen.other = elsewhere
        path = f"{small_sdk.classes}:{out}"
        printed = java("-Dfile.encoding=UTF-8", "-cp", path, "Scenarios", base)
    return dict(line.split("=", 1) for line in printed.splitlines()), seen, other


def test_every_scenario_ends_as_it_should(run):
    assert run[0] == EXPECTED


def test_a_key_is_kept_over_retries(run):
    keys = [each["headers"]["idempotency-key"] for each in run[1].of("post-key")]
    assert 2 == len(keys)
    assert 1 == len(set(keys))
    assert re.fullmatch(r"[0-9a-f-]{36}", keys[0])
    assert ["order-1"] == [each["headers"]["idempotency-key"] for each in run[1].of("own-key")]


def test_requests_say_who_sends_them(run):
    assert {"acme-sdk-java/1.2.3"} == {
        each["headers"]["user-agent"] for each in run[1].requests if each["path"] != "/v1/oauth/token"
    }


def test_credentials_never_go_to_another_origin(run):
    (redirected,) = run[2].requests
    assert "/v1/things/t2" == redirected["path"]
    assert set(redirected["headers"]) <= {"accept", "connection", "content-length", "host", "user-agent"}
    assert ["Bearer sk_secret"] * 2 == [each["headers"]["authorization"] for each in run[1].of("redirect-same")]


def test_tokens_are_fetched_one_at_a_time(run):
    tokens = [each for each in run[1].requests if each["path"] == "/v1/oauth/token"]
    assert 3 == len(tokens)  # one for eight calls, one for another client, one in place of a refused one
    assert {b"grant_type=client_credentials&scope=read%20write"} == {each["body"] for each in tokens}
    assert {"Basic dGhlJTIwaWQ6cyUzQWVjcmV0"} == {each["headers"]["authorization"] for each in tokens}
    used = [each["headers"]["authorization"] for each in run[1].of("renew")]
    assert used[0] == used[1] != used[2]
    assert 1 == len({each["headers"]["authorization"] for each in run[1].of("token-many")})


def test_parameters_are_written_by_their_styles(run):
    (request,) = run[1].of("parameters")
    assert "/v1/things/a%2Fb%20%C3%BC" == request["path"]
    assert "expand=a%2Cb,c&filter%5Bk%20y%5D=v%26" == request["query"]
    assert ("1,2", "session=s%201") == (request["headers"]["x-trace"], request["headers"]["cookie"])
    (both,) = run[1].of("both")
    assert ("key=k%26y", "Basic dTpw") == (both["query"], both["headers"]["authorization"])
    (form,) = run[1].of("form")
    assert b"name=a%20b%26c%3D%C3%BC&tags=x&tags=y" == form["body"]
    assert "authorization" not in form["headers"]


def test_a_multipart_body_has_its_parts_and_its_length(run):
    (request,) = run[1].of("upload")
    boundary = request["headers"]["content-type"].partition("boundary=")[2].encode()
    parts = [part.strip(b"\r\n") for part in request["body"].split(b"--" + boundary)[1:-1]]
    assert [b"evidence", b"content of the file", b"a", b"b", b'{"n":1}'] == [
        part.partition(b"\r\n\r\n")[2] for part in parts
    ]
    assert b'name="file"; filename="note' in parts[1]
    assert b"Content-Type: application/pdf" in parts[1]
    assert str(len(request["body"])) == request["headers"]["content-length"]


def test_a_stream_is_sent_once_and_bytes_again(run):
    assert [b"\x01\x02\x03"] == [each["body"] for each in run[1].of("once")]
    assert [b"bytes", b"bytes"] == [each["body"] for each in run[1].of("twice")]


def test_a_stream_goes_on_after_its_last_event(run):
    assert [None, "7"] == [each["headers"].get("last-event-id") for each in run[1].of("resume")]


def test_hooks_and_own_headers_are_sent(run):
    (request,) = run[1].of("hooks")
    assert ("1", "2") == (request["headers"]["x-own"], request["headers"]["x-hook"])
