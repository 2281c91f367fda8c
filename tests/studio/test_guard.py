"""The rules of the guard one by one, without a server; tests/e2e/preview/test_hostile_requests.py asks real ones."""

import asyncio

import pytest
from studio_caller import Caller, call

from themekit.studio.serving.guard import MAX_BODY_BYTES, Origins, PagesGuard, StudioGuard

ORIGINS = Origins(4100, 4200)
PAGES = {"host": "127.0.0.1:4200"}


async def echo(scope, receive, send):
    """Answers what it got; with headers that it had better not send."""
    body = b""
    if scope["method"] in {"POST", "PUT"}:
        message = await receive()
        body = message["body"]
        assert not message["more_body"]
    headers = [
        (b"Server", b"x"),
        (b"Access-Control-Allow-Origin", b"*"),
        (b"X-Frame-Options", b"ALLOW"),
        (b"x-own", b"1"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"in:" + scope["path"].encode() + body})


@pytest.fixture
def ask():
    return Caller(StudioGuard(echo, ORIGINS), ORIGINS)


def pages(target, method="GET", **headers):
    given = [(name.replace("_", "-"), value) for name, value in {**PAGES, **headers}.items()]
    return asyncio.run(call(PagesGuard(echo, ORIGINS), method, target, headers=given))


def test_secrets_are_long_and_never_printed():
    others = Origins(1, 2)
    assert 3 == len({others.token, others.cookie, others.secret})
    assert all(len(each) >= 43 for each in (others.token, others.cookie, others.secret))  # 256 bits in base64
    assert "Origins(studio_port=1, pages_port=2)" == repr(others)
    assert f"http://127.0.0.1:1/?token={others.token}" == others.first_url


def test_who_belongs_here_is_let_in(ask):
    answer = ask("POST", "/x", {"a": 1})
    assert (200, b'in:/x{"a": 1}') == (answer.status, answer.body)


def test_headers_are_the_guards(ask):
    answer = ask("GET", "/")
    names = [name for name, _ in answer.headers]
    assert len(names) == len(set(names))
    assert "server" not in names
    assert not any(name.startswith("access-control") for name in names)
    assert ("DENY", "1", "no-store", "same-origin", "?1") == tuple(
        answer.header(name)
        for name in ("x-frame-options", "x-own", "cache-control", "cross-origin-opener-policy", "origin-agent-cluster")
    )


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"host": None}, 400),
        ({"host": ""}, 400),
        ({"host": "127.0.0.1"}, 421),
        ({"host": "LOCALHOST:4100"}, 200),
        ({"host": "[::1]:4100"}, 400),
        ({"cookie": None}, 401),
        ({"cookie": "themekit-4100="}, 401),
        ({"cookie": f"themekit-4101={ORIGINS.cookie}"}, 401),
        ({"sec_fetch_site": None}, 200),
        ({"sec_fetch_site": "none"}, 200),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "odd"}, 403),
        ({"sec_fetch_dest": "embed"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:4100"}, 200),
        ({"origin": "HTTP://127.0.0.1:4100"}, 403),
        ({"upgrade": "h2c"}, 400),
        ({"content_length": "1", "transfer_encoding": "chunked"}, 400),
        ({"content_length": "+1"}, 400),
        ({"x_long": "a" * 17_000}, 431),
    ],
)
def test_one_header_decides(ask, changed, status):
    assert status == ask("GET", "/", **changed).status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/a/b-c_d.e", 200),
        ("/a//b", 400),
        ("/a/./b", 400),
        ("/../a", 400),
        ("/a/..", 400),
        ("/.git", 404),
        ("/a/.b", 404),
        ("/a\\b", 400),
        ("/a%2fb", 400),
        ("/a%25b", 400),
        ("/" + "a" * 5000, 414),
        ("/?" + "a" * 5000, 414),
        ("relative", 400),
    ],
)
def test_one_path_decides(ask, target, status):
    assert status == ask("GET", target).status


def test_bodies_have_a_limit(ask, monkeypatch):
    from themekit.studio.serving import guard

    assert 413 == ask("POST", "/", b"{}", content_length=str(MAX_BODY_BYTES + 1)).status
    monkeypatch.setattr(guard, "MAX_BODY_BYTES", 10)
    assert 413 == ask("POST", "/", b"[1, 2, 3, 4, 5]", content_length=None).status


def test_the_token_is_exchanged_at_the_door_only(ask):
    stranger = {"cookie": None, "sec_fetch_site": "none"}
    answer = ask("GET", f"/?token={ORIGINS.token}", **stranger)
    assert (303, "/", b"") == (answer.status, answer.header("location"), answer.body)
    assert f"themekit-4100={ORIGINS.cookie}; Path=/; HttpOnly; SameSite=Strict" == answer.header("set-cookie")
    assert 401 == ask("GET", f"/x?token={ORIGINS.token}", **stranger).status
    assert 401 == ask("HEAD", f"/?token={ORIGINS.token}", **stranger).status
    assert 401 == ask("GET", "/?token=%C3%A4", **stranger).status
    assert b"in:" not in ask("GET", "/", **stranger).body


def test_the_secret_opens_the_pages():
    answer = pages(f"/{ORIGINS.secret}/acme/")
    assert 200 == answer.status
    assert "x-frame-options" in dict(answer.headers)
    for target in ("/", "/acme/", f"/{ORIGINS.secret}", f"/{ORIGINS.secret}x/acme/", f"/{ORIGINS.token}/acme/"):
        assert 404 == pages(target).status
    assert 405 == pages(f"/{ORIGINS.secret}/", method="POST").status
    assert 403 == pages(f"/{ORIGINS.secret}/", origin="http://127.0.0.1:4100").status
    assert 403 == pages(f"/{ORIGINS.secret}/", sec_fetch_site="same-site", sec_fetch_dest="image").status


@pytest.mark.parametrize("guard", [StudioGuard, PagesGuard])
def test_web_sockets_are_refused_and_the_lifespan_passes(guard):
    sent = []
    passed = []

    async def app(scope, _receive, _send):
        passed.append(scope["type"])

    async def send(message):
        sent.append(message)

    asyncio.run(guard(app, ORIGINS)({"type": "websocket"}, None, send))
    asyncio.run(guard(app, ORIGINS)({"type": "lifespan"}, None, send))
    assert ([{"type": "websocket.close", "code": 1008}], ["lifespan"]) == (sent, passed)
