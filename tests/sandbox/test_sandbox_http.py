"""What SDKs are tested against: the contract of `themekit.trial.sandbox`, over HTTP."""

import json

import pytest

PAYMENT = {"amount": 500, "currency": "EUR", "description": "Two cups"}
PAYMENTS = "/payments"


def test_an_operation_answers_its_authors_example(call):
    got = call("GET", "/payments/pay_7Hq2Lr9XcVb4Tn1K")
    assert (200, "pay_7Hq2Lr9XcVb4Tn1K", 1200) == (got.status, got.json["id"], got.json["amount"])
    assert "application/json" == got.headers["content-type"]
    assert "2026-10-01" == got.headers["api-version"]


def test_every_operation_answers_success(call, sample_data):
    """With the values that the description itself gives for parameters and bodies."""
    operations = json.loads(sample_data.text)["operations"]
    assert 54 == len(operations)
    for each in operations:
        path = each["path"]
        for parameter in each.get("parameters", ()):
            path = path.replace("{" + parameter["name"] + "}", str(parameter.get("example")))
        got = call(each["method"], path, prefer="code=200")
        assert got.status == 200, (each["id"], got)


@pytest.mark.parametrize("authorization", [None, "Bearer key_invalid", "Basic a2V5", "Bearer"])
def test_credentials_are_needed(call, authorization):
    got = call("GET", PAYMENTS, authorization=authorization)
    assert (401, "api_key_invalid") == (got.status, got.json["code"])
    assert got.headers["www-authenticate"].startswith("Bearer")


def test_any_of_the_alternatives_will_do(call):
    path = "/payments/pay_7Hq2Lr9XcVb4Tn1K"
    assert 200 == call("GET", path, authorization=None, publishable_key="pk_test_1").status
    assert 401 == call("GET", PAYMENTS, authorization=None, publishable_key="pk_test_1").status


def test_a_public_operation_needs_none(call):
    form = b"grant_type=client_credentials&client_id=app_5tG8nR2kWq&client_secret=s"
    sent = {"authorization": None, "content_type": "application/x-www-form-urlencoded"}
    got = call("POST", "/oauth/token", form, **sent)
    assert (200, "Bearer") == (got.status, got.json["token_type"])
    refused = call("POST", "/oauth/token", form + b"-invalid", **sent)
    assert (401, "invalid_client") == (refused.status, refused.json["error"])
    basic = {**sent, "authorization": "Basic YXBwOnNlY3JldA=="}
    assert 200 == call("POST", "/oauth/token", b"grant_type=client_credentials", **basic).status


def test_prefer_forces_a_described_answer(call):
    got = call("GET", "/payments/pay_7Hq2Lr9XcVb4Tn1K", prefer="code=404")
    assert (404, "resource_missing") == (got.status, got.json["code"])
    assert "code=404" == got.headers["preference-applied"]


def test_prefer_forces_an_answer_that_nobody_described(call):
    got = call("GET", PAYMENTS, prefer="code=418")
    assert (418, "application/problem+json", 418) == (got.status, got.headers["content-type"], got.json["status"])


def test_two_refusals_and_then_success(call):
    prefer = "code=429; times=2; run=a1"
    got = [call("GET", PAYMENTS, prefer=prefer) for _ in range(3)]
    assert [429, 429, 200] == [each.status for each in got]
    assert ["0", "0"] == [each.headers["retry-after"] for each in got[:2]]
    assert 429 == call("GET", PAYMENTS, prefer="code=429; times=2; run=a2").status, "another run counts for itself"


def test_another_example_by_its_name(call):
    assert "failed" not in call("GET", "/refunds/re_4Jd8Wm2QsKx6Pz0B").json["status"]
    assert call("GET", "/payments/pay_7Hq2Lr9XcVb4Tn1K", prefer="example=paymentFailedAttempt").json["last_error"]


def test_seven_items_page_by_page(call):
    ids, path = [], PAYMENTS + "?limit=3"
    while path:
        page = call("GET", path).json
        ids.append([each["id"] for each in page["data"]])
        assert page["has_more"] is (page["next_cursor"] is not None)
        path = f"{PAYMENTS}?limit=3&starting_after={page['next_cursor']}" if page["has_more"] else None
    assert [3, 3, 1] == [len(each) for each in ids]
    assert 7 == len({each for page in ids for each in page})


def test_what_was_created_is_there(call):
    made = call("POST", PAYMENTS, PAYMENT)
    assert (201, 500, "Two cups") == (made.status, made.json["amount"], made.json["description"])
    assert made.json["id"] != "pay_7Hq2Lr9XcVb4Tn1K"
    assert made.json == call("GET", f"{PAYMENTS}/{made.json['id']}").json
    listed = call("GET", PAYMENTS).json["data"]
    assert (7, made.json["id"]) == (len(listed), listed[0]["id"])


def test_what_was_changed_stays_changed(call):
    path = f"{PAYMENTS}/{call('POST', PAYMENTS, PAYMENT).json['id']}"
    assert "Three cups" == call("PATCH", path, {"description": "Three cups"}).json["description"]
    got = call("GET", path).json
    assert (500, "Three cups") == (got["amount"], got["description"])
    assert ("canceled", 500) == tuple(call("POST", f"{path}/cancel", {}).json[each] for each in ("status", "amount"))
    assert "canceled" == call("GET", path).json["status"]


def test_what_was_deleted_is_gone(call):
    made = call("POST", "/customers", {"email": "mara@example.com"}).json["id"]
    assert [200, 204, 404, 404] == [
        call(method, f"/customers/{made}").status for method in ("GET", "DELETE", "GET", "DELETE")
    ]
    assert made not in [each["id"] for each in call("GET", "/customers").json["data"]]


def test_an_example_of_the_description_outlives_its_deletion(call):
    """Tests of SDKs run in any order, with the ids that the description shows."""
    path = "/customers/cus_9Rt3Vn6YhLc1Mf5D"
    assert [204, 200] == [call(method, path).status for method in ("DELETE", "GET")]


def test_a_list_has_seven_items_though_an_example_of_it_was_deleted(call):
    """Tests of SDKs count them, in any order and at the same time."""
    first = call("GET", "/customers?limit=100").json["data"]
    gone = first[-1]["id"]
    assert [204, 404] == [call(method, f"/customers/{gone}").status for method in ("DELETE", "GET")]
    ids = [each["id"] for each in call("GET", "/customers?limit=100").json["data"]]
    assert len(first) == len(ids) == len(set(ids))
    assert gone not in ids


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"amount": "12", "currency": "EUR"}, "`amount` must be integer"),
        ({"currency": "EUR"}, "`amount` is required"),
        ({**PAYMENT, "colour": "red"}, "`colour` is unknown"),
        (b"{", "the body is no application/json"),
        (b"", "a body is required"),
    ],
)
def test_a_body_that_is_not_valid(call, body, said):
    got = call("POST", PAYMENTS, body, content_type="application/json")
    assert (400, said) == (got.status, got.json["detail"])


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "status=lost", "created_after=yesterday"])
def test_a_parameter_that_is_not_valid(call, query):
    got = call("GET", f"{PAYMENTS}?{query}")
    assert (400, query.partition("=")[0]) == (got.status, got.json["detail"].split("`")[1])


def test_another_media_type(call):
    assert 415 == call("POST", PAYMENTS, b"a", content_type="text/csv").status


def test_a_repeated_request_is_one(call):
    first, again = (call("POST", PAYMENTS, PAYMENT, idempotency_key="k1") for _ in range(2))
    assert first.json == again.json
    assert "true" == again.headers["idempotent-replayed"]
    assert 409 == call("POST", PAYMENTS, {**PAYMENT, "amount": 1}, idempotency_key="k1").status
    assert first.json["id"] != call("POST", PAYMENTS, PAYMENT, idempotency_key="k2").json["id"]


def test_a_stream_sends_three_events_and_ends(call):
    got = call("GET", "/events/stream", accept="text/event-stream")
    assert "text/event-stream" == got.headers["content-type"]
    assert 3 == got.content.count(b"\ndata: {")


def test_a_file_is_taken_and_given(call):
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndispute_evidence\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        b"%PDF\xff\x00\r\n--b--\r\n"
    )
    sent = {"content_type": "multipart/form-data; boundary=b"}
    got = call("POST", "/files", parts, **sent)
    assert (201, "dispute_evidence") == (got.status, got.json["purpose"])
    assert 400 == call("POST", "/files", parts.replace(b"purpose", b"porpoise"), **sent).status
    assert call("GET", f"/files/{got.json['id']}/content").content.startswith(b"%PDF-")


def test_head_is_get_without_a_body(call):
    got, whole = call("HEAD", PAYMENTS), call("GET", PAYMENTS)
    assert (200, b"", str(len(whole.content))) == (got.status, got.content, got.headers["content-length"])


def test_a_method_that_is_not_described(call):
    got = call("PUT", PAYMENTS, {})
    assert (405, "GET, POST, HEAD, OPTIONS") == (got.status, got.headers["allow"])
    asked = call("OPTIONS", PAYMENTS)
    assert (204, "GET, POST, HEAD, OPTIONS") == (asked.status, asked.headers["allow"])


def test_pages_of_this_machine_may_ask(call):
    ask = {"access_control_request_method": "POST", "access_control_request_headers": "authorization, x-a"}
    for origin in ("http://localhost:8000", "null", "http://127.0.0.1:1"):
        got = call("OPTIONS", PAYMENTS, origin=origin, **ask)
        assert (204, origin) == (got.status, got.headers["access-control-allow-origin"])
        assert "authorization, x-a" == got.headers["access-control-allow-headers"]
        assert origin == call("GET", PAYMENTS, origin=origin).headers["access-control-allow-origin"]


@pytest.mark.parametrize(
    "origin", ["https://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com"]
)
def test_pages_of_other_machines_may_not(call, origin):
    for got in (
        call("OPTIONS", PAYMENTS, origin=origin, access_control_request_method="POST"),
        call("GET", PAYMENTS, origin=origin),
    ):
        assert "access-control-allow-origin" not in got.headers


HOSTILE = {
    "a percent sign": ("GET", "/%ff", None, 400),
    "a path of nothing": ("GET", "/payments/%00", None, 400),
    "deep nesting": ("POST", PAYMENTS, b"[" * 200_000, 400),
    "deep objects": ("POST", PAYMENTS, b'{"metadata":' * 5_000 + b"1" + b"}" * 5_000, 400),
    "no UTF-8": ("POST", PAYMENTS, b'{"amount":1,"currency":"\xff"}', 400),
    "a prototype": ("POST", PAYMENTS, b'{"amount":500,"currency":"EUR","__proto__":{"x":1}}', 400),
    "a huge body": ("POST", PAYMENTS, b" " * (16 * 1024 * 1024 + 1), 413),
    "a broken form": ("POST", "/files", b"--b\r\nx", 415),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused(call, name):
    method, path, body, status = HOSTILE[name]
    got = call(method, path, body, content_type="application/json")
    assert status == got.status, got
    assert b"Traceback" not in got.content
    assert 200 == call("GET", PAYMENTS).status, "it still answers"
