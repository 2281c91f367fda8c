"""Requests to the sample policy, one for each thing that guards it, for gateways that no suite can be run on."""

import time
from dataclasses import replace

from themekit.gateway.requests import Request, Token

GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "scope": "payments:write",
    "tier": "gold",
}
CLIENT = ("x-forwarded-for", "203.0.113.7")


def token(**changes):
    said = {**GOOD, "exp": int(time.time()) + 600, **changes}
    return Token(tuple((name, value) for name, value in said.items() if value is not None), key="k1")


def ask(method="POST", target="/payments", *, said=None, headers=(CLIENT,), **options):
    given = token() if said is None else token(**said)
    return Request(method, target, "api.acme.example", "127.0.0.1", tuple(headers), token=given, **options)


def preflight(origin):
    headers = (CLIENT, ("origin", origin), ("access-control-request-method", "POST"))
    return replace(ask("OPTIONS", headers=headers), token=None)


def reads(name):
    return ask("GET", said={"sub": name, "scope": "payments:read"})


def probes():
    """One for each setting, made anew: their tokens hold for ten minutes, a whole run of the tests takes longer."""
    return [
        ask(),
        replace(ask(), token=None),
        ask(said={"exp": None}),
        ask(said={"exp": 1}),
        ask(said={"aud": "x"}),
        ask(said={"iss": "https://evil.example/"}),
        replace(ask(), token=replace(token(), is_genuine=False)),
        ask(said={"sub": ""}),
        ask(said={"scope": "xpayments:write"}),
        ask("DELETE", "/payments/p1", said={"tier": "silver"}),
        ask("DELETE", "/payments/search"),
        ask(headers=(("x-forwarded-for", "198.51.100.3"),)),
        ask(headers=(("x-forwarded-for", "198.51.100.3, 203.0.113.7"),)),
        ask(headers=(CLIENT, ("x_a", "1"))),
        ask(headers=(CLIENT, ("x-internal", "1"), ("x-consumer", "admin"))),
        ask(target="/payments%2f"),
        ask(target="/oauth/../payments"),
        ask(target="//payments"),
        ask(body_bytes=1025),
        replace(ask(), host="evil.example"),
        preflight("https://evil.example"),
        preflight("https://app.acme.example"),
        *[replace(ask("POST", "/oauth/token", headers=(("x-forwarded-for", "192.0.2.9"),)), token=None)] * 4,
        *[reads("mallory")] * 6,
        *[reads(f"other-{number}") for number in range(25)],
        reads("mallory"),
    ]
