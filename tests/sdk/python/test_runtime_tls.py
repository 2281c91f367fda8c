"""TLS: certificates are checked, by the sync and the async client."""

import asyncio
import datetime as dt
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

x509 = pytest.importorskip("cryptography.x509", reason="the optional `cryptography` makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for `localhost` that nobody knows, in one file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b'{"id": "a"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Quiet(HTTPServer):
    def handle_error(self, *_):
        """A refused handshake is what a test is after."""


@pytest.fixture
def port(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Quiet(("127.0.0.1", 0), Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def call(things, port, *, host="localhost", trusted=None):
    transport = things.HttpTransport(ssl_context=trusted)
    with things.Things(api_key="k", base_url=f"https://{host}:{port}", transport=transport, max_retries=0) as client:
        return client.things.retrieve("a").id


async def async_call(things, port, *, host="localhost", trusted=None):
    made = things.AsyncHttpTransport(ssl_context=trusted)
    url = f"https://{host}:{port}"
    async with things.AsyncThings(api_key="k", base_url=url, transport=made, max_retries=0) as client:
        return (await client.things.retrieve("a")).id


def test_a_certificate_that_is_known_is_taken(things, port, certificate):
    trusted = ssl.create_default_context(cafile=certificate)
    assert "a" == call(things, port, trusted=trusted)
    assert "a" == asyncio.run(async_call(things, port, trusted=trusted))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_others_are_refused(things, port, certificate, host):
    """Nobody knows it, or it is for another host."""
    trusted = None if host == "localhost" else ssl.create_default_context(cafile=certificate)
    with pytest.raises(things.ApiConnectionError, match=r"(?i)certificate"):
        call(things, port, host=host, trusted=trusted)
    with pytest.raises(things.ApiConnectionError, match=r"(?i)certificate"):
        asyncio.run(async_call(things, port, host=host, trusted=trusted))
