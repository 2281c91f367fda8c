"""Requests of any kind, and requests that an operation would take, but for at most two things."""

import string
import time
from dataclasses import replace

from hypothesis import strategies as st

from themekit.gateway.requests import Request, Token

segments = st.sampled_from(
    ["payments", "search", "p1", "oauth", "token", "", ".", "..", "%2e%2e", "%2f", "%70ayments", "a%20b", "%5C", "x;y"]
)
targets = st.one_of(
    st.sampled_from(["/payments", "/payments/p1", "/payments/search", "/oauth/token"]),
    st.lists(segments, max_size=4).map(lambda parts: "/" + "/".join(parts)),
).flatmap(lambda path: st.sampled_from([path, f"{path}?q=1", f"{path}?q=/../", f"{path}/"]))
scopes = st.lists(
    st.sampled_from(["payments:read", "payments:write", "admin", "xpayments:read", "payments:readx"]), max_size=3
)
addresses = st.sampled_from(["203.0.113.7", "198.51.100.3", "2001:db8::1", "nonsense", ""])


@st.composite
def tokens(draw):
    now_s = int(time.time())
    said = {
        "iss": draw(st.sampled_from(["https://id.acme.example/"] * 6 + ["https://id.acme.example", "", None])),
        "aud": draw(st.sampled_from(["https://api.acme.example"] * 6 + ["x", None, ("x", "https://api.acme.example")])),
        "sub": draw(
            st.text(string.ascii_lowercase, min_size=8, max_size=12) | st.sampled_from(["", None, "a b", " a"])
        ),
        "exp": draw(st.sampled_from([now_s + 600] * 6 + [now_s - 600, None])),
        "nbf": draw(st.sampled_from([None] * 6 + [now_s - 60, now_s + 600])),
        "scope": draw(scopes.map(" ".join) | scopes.map(tuple) | st.none()),
        "tier": draw(st.sampled_from(["gold", "silver", None, ("gold",)])),
    }
    return Token(
        claims=tuple((name, value) for name, value in said.items() if value is not None),
        key=draw(st.sampled_from(["k1"] * 6 + ["k2"])),
        algorithm=draw(st.sampled_from(["RS256"] * 6 + ["none", "HS256"])),
        is_genuine=draw(st.sampled_from([True] * 6 + [False])),
    )


@st.composite
def requests(draw):
    told = draw(st.lists(addresses, min_size=1, max_size=3).map(", ".join))
    headers = [("x-forwarded-for", told)]
    if draw(st.booleans()):
        headers.append(("origin", draw(st.sampled_from(["https://app.acme.example", "https://evil.example"]))))
    if draw(st.integers(0, 3)) == 0:
        headers.append(("access-control-request-method", draw(st.sampled_from(["GET", "POST", "DELETE", "PUT"]))))
    if draw(st.integers(0, 9)) == 0:
        headers.append(draw(st.sampled_from([("x_a", "1"), ("x-consumer", "admin"), ("x-internal", "1")])))
    return Request(
        method=draw(st.sampled_from(["GET", "GET", "POST", "POST", "DELETE", "OPTIONS", "PUT"])),
        target=draw(targets),
        host=draw(st.sampled_from(["api.acme.example"] * 8 + ["API.acme.example:80", "evil.example"])),
        source="127.0.0.1",
        headers=tuple(headers),
        body_bytes=draw(st.sampled_from([0, 0, 0, 10, 1024, 1025])),
        token=draw(st.none() | tokens() | tokens() | tokens()),
    )


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
    for fault in draw(st.lists(st.sampled_from(FAULTS), max_size=2)):
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
    """Three of four are likely ones, as most of any kind are for no operation and so decided early."""
    return st.one_of(likely(), likely(), likely(), requests())
