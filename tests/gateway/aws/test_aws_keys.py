"""Keys are fetched over HTTPS from one address, kept for a while, and never guessed: from a real server."""

import contextlib
import http.server
import json
import ssl
import threading
import time

import pytest

from tests.gateway.aws.aws_samples import aws_policy
from tests.gateway.aws.certificates import server_files
from tests.gateway.aws.lambda_events import asked, installed, rest_event
from tests.gateway.aws.test_aws_authorizer import now_claims, operation_of, request
from tests.gateway.made_tokens import ISSUER, STRANGER, jwk, signed


class Keys(http.server.BaseHTTPRequestHandler):
    """Answers with what its server is told to."""

    def do_GET(self):
        self.server.asked += 1
        status, headers, content = self.server.answer
        if status is None:
            time.sleep(5)
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *_arguments):
        pass


def published(*keys):
    return 200, {"Content-Type": "application/json"}, json.dumps({"keys": keys}).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    certificate, key = server_files(tmp_path_factory.mktemp("keys"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    running.socket = context.wrap_socket(running.socket, server_side=True)
    running.certificate = certificate
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def ask(server, tmp_path, monkeypatch):
    """Asks the authorizer with a token; the time is that of the clock, and `later` seconds."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    server.asked, server.answer = 0, published(jwk())
    url = f"https://127.0.0.1:{server.server_address[1]}/jwks.json"
    policy = aws_policy("aws-rest", {"tokens.main.keys": None, "tokens.main.jwks": url})
    program = installed(policy, "aws-rest", tmp_path)
    operation = operation_of(policy, "createPayment")
    started = time.time()

    def status(later=0.0, **options):
        monkeypatch.setattr(program.time, "time", lambda: started + later)
        text = signed(now_claims(exp=int(started) + 100_000), **options)
        return asked(program, rest_event(operation, request(operation), text=f"Bearer {text}"))[0]

    return status


def test_keys_are_fetched_once_and_kept(ask, server):
    assert [0, 0, 0] == [ask(), ask(), ask(later=299)]
    assert 1 == server.asked
    assert 0 == ask(later=301)
    assert 2 == server.asked


def test_a_new_key_is_found_at_once_and_a_removed_one_is_forgotten(ask, server):
    assert 0 == ask()
    server.answer = published(jwk(STRANGER, key_id="k2"))
    assert 0 == ask(later=20, key=STRANGER, key_id="k2")
    assert 401 == ask(later=21)
    assert 2 == server.asked


def test_unknown_keys_do_not_make_it_ask_and_ask(ask, server):
    assert 0 == ask()
    assert [401] * 5 == [ask(later=16 + n, key=STRANGER, key_id=f"k{n + 5}") for n in range(5)]
    assert 2 == server.asked


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b""),
        (200, {}, b"no JSON"),
        (200, {}, b'{"keys": 7}'),
        (200, {}, b'{"keys": [7]}'),
        (200, {}, b'{"keys": []}'),
        (200, {}, b"[" * 300_000),
        (200, {}, json.dumps({"keys": [{**jwk(), "use": "enc"}]}).encode()),
        (200, {}, json.dumps({"keys": [{**jwk(), "n": 5}]}).encode()),
        (200, {}, json.dumps({"keys": [{"kid": "k1", "kty": "RSA"}]}).encode()),
        (302, {"Location": "/other"}, b""),
        (None, {}, b""),
    ],
)
def test_without_keys_nobody_is_let_in(ask, server, answer):
    """A server that is down, slow, or says something else; and one that sends elsewhere is not followed."""
    server.answer = answer
    start = time.perf_counter()
    assert ask() in {401, 403}
    assert time.perf_counter() - start < 4.5
    assert 1 == server.asked


def test_keys_of_before_do_for_an_hour(ask, server):
    assert 0 == ask()
    server.answer = (500, {}, b"")
    assert [0, 0] == [ask(later=400), ask(later=3599)]
    assert 401 == ask(later=3601)
    server.answer = published(jwk())
    assert 0 == ask(later=3700)


def test_a_server_without_a_certificate_that_is_known_is_not_believed(ask, server, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert 401 == ask()
    assert 0 == server.asked


def test_the_issuers_key_is_really_used(ask, server):
    server.answer = published(jwk(STRANGER))
    assert ISSUER != STRANGER
    assert 401 == ask()
