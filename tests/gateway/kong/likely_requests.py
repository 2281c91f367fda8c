"""Requests that an operation would take, but for at most two things: most of what is drawn is decided late."""

import time
from dataclasses import replace

from hypothesis import strategies as st

from tests.gateway.test_model_agrees import requests
from themekit.gateway.requests import Request, Token

CALLS = [
    ("GET", "/payments"),
    ("GET", "/payments/p1"),
    ("GET", "/payments/search"),
    ("POST", "/payments"),
    ("DELETE", "/payments/p1"),
    ("POST", "/oauth/token"),
    ("DELETE", "/payments/search"),
]
SAID = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "scope": "payments:read payments:write admin",
    "tier": "gold",
}
OTHER_CLAIMS = {
    "iss": [None, "https://id.acme.example", "https://evil.example/"],
    "aud": [None, "x", ("x", "https://api.acme.example"), ("x",), ""],
    "sub": [None, "", "a b", " a", "a ", "é", "a\tb", 7, ("alice",)],
    "exp": [None, -600, 600.5, "soon"],
    "nbf": [-60, 600, "now"],
    "scope": [
        None,
        "",
        "payments:read",
        "xpayments:write",
        ("payments:write",),
        "admin payments:write",
        " payments:read ",
    ],
    "tier": [None, "silver", ("gold",), ("silver", "gold"), "a\x7f", True],
}
OTHER_HEADERS = [
    ("x-consumer", "admin"),
    ("x-internal", "1"),
    ("x_a", "1"),
    ("x-themekit-counted", "somebody"),
    ("x-consumer-username", "admin"),
    ("origin", "https://app.acme.example"),
    ("origin", "https://evil.example"),
    ("access-control-request-method", "POST"),
]
ADDRESSES = ["203.0.113.7", "203.0.113.1", "198.51.100.3", "2001:db8::1", "198.51.100.3, 203.0.113.1", "nonsense", ""]
FAULTS = ["claim", "claim", "header", "address", "token", "request"]


@st.composite
def likely(draw):
    method, target = draw(st.sampled_from(CALLS))
    now_s = int(time.time())
    said = {**SAID, "sub": draw(st.sampled_from(["alice", "bob"])), "exp": now_s + 600}
    options, headers, address = {}, [], draw(st.sampled_from(["203.0.113.1, 203.0.113.1", "2001:db8::1"]))
    body, extra = 0, {}
    for fault in draw(
        st.lists(st.sampled_from(["claim", "claim", "header", "address", "token", "request"]), max_size=2)
    ):
        if fault == "claim":
            name = draw(st.sampled_from(sorted(OTHER_CLAIMS)))
            value = draw(st.sampled_from(OTHER_CLAIMS[name]))
            in_time = name in {"exp", "nbf"} and isinstance(value, int | float)
            said[name] = now_s + value if in_time else value
        elif fault == "header":
            headers.append(draw(st.sampled_from(OTHER_HEADERS)))
        elif fault == "address":
            address = draw(st.sampled_from(ADDRESSES))
        elif fault == "token":
            changes = [{"key": "k2"}, {"algorithm": "none"}, {"algorithm": "HS256"}, {"is_genuine": False}]
            options |= draw(st.sampled_from([*changes, {"is_well_formed": False}]))
        else:
            body = draw(st.sampled_from([0, 1024, 1025]))
            extra = draw(st.sampled_from([{}, {"host": "evil.example"}, {"method": "OPTIONS"}, {"token": None}]))
    token = Token(tuple((name, value) for name, value in said.items() if value is not None), **{"key": "k1", **options})
    given = (("x-forwarded-for", address), *dict.fromkeys(headers))
    request = Request(method, target, "api.acme.example", "127.0.0.1", given, body_bytes=body, token=token)
    return replace(request, **extra)


def drawn_requests():
    """Likely ones, and some of any kind."""
    return st.one_of(likely(), likely(), likely(), requests())
