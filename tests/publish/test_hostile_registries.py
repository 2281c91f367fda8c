"""Registries that lie, send us elsewhere, answer garbage, or tell on what they were sent: an error, and soon."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_WR
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from time import sleep

import pytest

from tests.sdk.packages.small_projects import GO, JAVA, NPM, PYTHON, VERSION
from themekit.publish import requests
from themekit.publish.registries import publish_files, publish_npm, publish_python
from themekit.publish.requests import MAX_REFUSAL, Credentials, Registry, RegistryError
from themekit.sdk.packages import golang, maven, npm, pypi

TOKEN = "secret-0123456789-abcdef"  # noqa: S105 - of no registry
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", *, length: int | None = None, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body) if length is None else length}\r\n"
    return f"{head}{more}\r\n".encode() + body


@contextmanager
def registry(read: bytes, written: bytes = b"", *, pause_s: float = 0) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers every GET and every other request so; its address, and the first lines of requests.

    With a pause, it sends a byte at a time.
    """
    asked: list[bytes] = []

    class Answering(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                got = self.request.recv(65536)
                asked.append(got.partition(b"\r\n")[0])
                sent = read if got.startswith(b"GET") else written
                if not pause_s:
                    self.request.sendall(sent)
                for byte in sent if pause_s else b"":
                    self.request.sendall(bytes([byte]))
                    sleep(pause_s)
                self.request.shutdown(SHUT_WR)
                while self.request.recv(65536):
                    """What is left of the request: closing before would be a reset."""

    server = ThreadingTCPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(url: str, kind: str) -> None:
    to = Registry(url, Credentials(token=TOKEN))
    if kind == "npm":
        publish_npm(to, npm.tarball(NPM), dry_run=False)
    elif kind == "pypi":
        publish_python(to, pypi.distributions(PYTHON), dry_run=False)
    elif kind == "go":
        publish_files(to, golang.proxy(GO, version=f"v{VERSION}", folder=""), dry_run=False)
    else:
        of = maven.Coordinates("com.acme", "small", VERSION)
        publish_files(to, maven.repository(of, JAVA, jar_content=b"jar", folder=""), dry_run=False)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"1",
        b"{}",
        b'{"versions": null}',
        b'{"versions": []}',
        b'{"versions": {"1.2.3": "x"}}',
        b'{"versions": {"1.2.3": {"dist": null}}}',
        b'{"a":' + b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_package_of_npm_is_an_error(body: bytes) -> None:
    """No description, or one of a version that is not ours."""
    with (
        registry(answer(body)) as (url, _),
        pytest.raises(RegistryError, match=r"is no package|is there already, with other bytes"),
    ):
        send(url, "npm")


@pytest.mark.parametrize("kind", ["npm", "pypi", "maven", "go"])
@pytest.mark.parametrize(
    "sent",
    [
        b"garbage\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        answer(b"abc", length=1000),
    ],
)
def test_what_is_no_http_is_an_error(sent: bytes, kind: str) -> None:
    """Python's client has errors of its own for it, which are not of one kind."""
    with registry(sent) as (url, _), pytest.raises(RegistryError, match=r"^GET http://127\.0\.0\.1"):
        send(url, kind)


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then is a sign of life, and no answer."""
    monkeypatch.setattr(requests, "TOTAL_S", 0.5)
    with (
        registry(answer(b"x" * 1000), pause_s=0.05) as (url, _),
        pytest.raises(RegistryError, match="no whole answer within"),
    ):
        send(url, "pypi")


def test_an_answer_that_is_too_large_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of it would be taken for other bytes of this version."""
    monkeypatch.setattr(requests, "MAX_ANSWER", 10)
    with registry(answer(b"x" * 11)) as (url, _), pytest.raises(RegistryError, match="more than 10 bytes"):
        Registry(url).get("x", at_most=10)


def test_an_upload_is_not_sent_on() -> None:
    """Followed, a redirect becomes a GET without the package, and its 200 would say that it was published."""
    sent_on = answer(b"", "302 Found", more="Location: /ok\r\n")
    with registry(NOT_FOUND, sent_on) as (url, asked), pytest.raises(RegistryError, match="the registry answered 302"):
        send(url, "pypi")
    assert b"GET /ok HTTP/1.1" not in asked


@pytest.mark.parametrize("pad", [b"", b"a" * 285, b" " * (MAX_REFUSAL - 30)])
def test_no_part_of_a_secret_is_shown(pad: bytes) -> None:
    """Not where what is shown ends within it, either, and not where what is read does."""
    echo = answer(pad + f"Bearer {TOKEN} {TOKEN}".encode(), "400 Bad Request")
    with registry(NOT_FOUND, echo) as (url, _), pytest.raises(RegistryError) as refused:
        send(url, "npm")
    assert "secret" not in str(refused.value).split("answered", 1)[1]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Credentials(token=f"{TOKEN}\n"), "the token holds"),
        (Credentials(token=f"{TOKEN}€"), "the token holds"),
        (Credentials(user="me", password=f"{TOKEN}\r\nX: y"), "the password holds"),
        (Credentials(user="me", password=f"{TOKEN}\udcff"), "the password holds"),
    ],
)
def test_credentials_that_no_header_can_say(known: Credentials, reason: str) -> None:
    """Python's client shows the header that it refuses to send."""
    with pytest.raises(RegistryError, match=reason) as refused:
        Registry("https://registry.example", known)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["https://[", "https://a.example:x", "https://a.example/?token=x", "https://a.example/ x", "https://ä.example"],
)
def test_an_address_that_no_client_can_use(url: str) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(RegistryError, match="a registry"):
        Registry(url)


class Files:
    """A registry in memory."""

    url = "https://registry.example"

    def __init__(self, known: dict[str, bytes]) -> None:
        self.known = known

    def get(self, path: str, **_: object) -> bytes | None:
        return self.known.get(path)

    def put(self, path: str, content: bytes, **_: object) -> None:
        self.known[path] = content


def test_lists_are_joined_however_they_are_written() -> None:
    """The last line of a list may have no end, and other servers indent as they like."""
    go, java = "/acme.example/%21small/%40v/list", "/com/acme/small/maven-metadata.xml"
    files = Files({go: b"v1.0.0\nv1.1.0", java: b"<versions><version>1.0.0</version>\n\t<version>1.1.0</version>"})
    publish_files(files, golang.proxy(GO, version="v1.2.3", folder=""), dry_run=False)
    of = maven.Coordinates("com.acme", "small", VERSION)
    publish_files(files, maven.repository(of, JAVA, jar_content=b"jar", folder=""), dry_run=False)
    assert b"v1.0.0\nv1.1.0\nv1.2.3\n" == files.known[go]
    assert ["1.0.0", "1.1.0", "1.2.3"] == [
        line.partition("<version>")[2].partition("<")[0]
        for line in files.known[java].decode().splitlines()
        if "<version>" in line
    ]


@pytest.mark.parametrize("page", [b"<html>Sign in</html>", b"<versioning/>"])
def test_a_page_is_no_list_of_versions(page: bytes) -> None:
    """It would be put back as one."""
    files = Files({"/acme.example/%21small/%40v/list": page, "/com/acme/small/maven-metadata.xml": page})
    with pytest.raises(RegistryError, match="is no list of versions"):
        publish_files(files, golang.proxy(GO, version="v1.2.3", folder=""), dry_run=False)
    of = maven.Coordinates("com.acme", "small", VERSION)
    with pytest.raises(RegistryError, match="lists no version"):
        publish_files(files, maven.repository(of, JAVA, jar_content=b"jar", folder=""), dry_run=False)


def test_another_files_name_that_ends_alike_is_not_ours() -> None:
    """A registry that lists `x-NAME` does not have NAME."""
    first = pypi.distributions(PYTHON)[0]
    page = f'<a href="/x-{first.filename}#sha256={"0" * 64}">'.encode()
    files = Files({"simple/acme-small-sdk/": page})
    assert ["would publish"] == [each.state for each in publish_python(files, [first], dry_run=True)]


def test_a_good_registry_gets_the_package() -> None:
    """The server of these tests answers what npm reads."""
    body = json.dumps({"versions": {}}).encode()
    with registry(answer(body), answer(b"", "201 Created")) as (url, _):
        send(url, "npm")
