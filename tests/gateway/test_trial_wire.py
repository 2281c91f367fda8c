"""Answers as servers write them, and what is made of those that break off."""

import contextlib
import socket
import threading
import time

import pytest

from themekit.trial import wire as wires
from themekit.trial.wire import Place, Wire


@contextlib.contextmanager
def answering(*answers):
    """A server that gives these bytes, one for each request; None closes the connection."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        left = list(answers)
        while left:
            connection, _ = server.accept()
            with connection:
                while left and connection.recv(65536):
                    answer = left.pop(0)
                    if answer is None:
                        break
                    connection.sendall(answer)
                    if b"close" in answer:
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        with Wire(Place("127.0.0.1", server.getsockname()[1])) as wire:
            yield wire
    finally:
        thread.join(5)
        server.close()


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BROKEN = {
    "a chunk of no size": (CHUNKED + b"2\r\nab\r\nzz\r\n", b"ab"),
    "a chunk of a size below none": (CHUNKED + b"-5\r\n", b""),
    "a size of a thousand digits": (CHUNKED + b"f" * 1000 + b"\r\n", b""),
    "a size that does not end": (CHUNKED + b"f" * 70_000, b""),
    "a length of a hundred digits": (HEAD + b"Content-Length: " + b"9" * 100 + b"\r\n\r\nabc", b"abc"),
    "a length below none": (HEAD + b"Content-Length: -5\r\n\r\nabc", b"abc"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_status_is_known_whatever_the_body(name, monkeypatch):
    """A chunk without a size ended `gateway test --against` with a traceback."""
    monkeypatch.setattr(wires, "BODY_S", 0.3)
    data, body = BROKEN[name]
    with answering(data) as wire:
        answer = wire.exchange(b"GET / HTTP/1.1\r\n\r\n")
        assert (200, body) == (answer.status, answer.body)
        assert wire._socket is None


def pouring(head, piece):
    """A server that sends the piece until nobody takes it."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with server, connection, contextlib.suppress(OSError):
            connection.recv(65536)
            connection.sendall(head)
            while True:
                connection.sendall(piece)

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


@pytest.mark.parametrize(
    ("head", "piece", "status"),
    [
        (CHUNKED, b"ffff\r\n" + b"a" * 65535 + b"\r\n", 200),
        (HEAD + b"\r\n", b"a" * 65536, 200),
        (HEAD, b"X-A: " + b"a" * 9000 + b"\r\n", None),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", None),
    ],
)
def test_an_answer_without_an_end_is_left(head, piece, status):
    began = time.monotonic()
    with Wire(Place("127.0.0.1", pouring(head, piece))) as wire:
        answer = wire.exchange(b"GET / HTTP/1.1\r\n\r\n")
    assert status == (None if answer is None else answer.status)
    assert answer is None or len(answer.body) <= wires.MAX_BODY_BYTES + wires.CHUNK
    assert time.monotonic() - began < 60


def test_a_head_that_does_not_come_is_not_waited_for_long(monkeypatch):
    """A byte now and then kept the attacker waiting for ever: each had a timeout of its own."""
    monkeypatch.setattr(wires, "TIMEOUT_S", 1.0)
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with server, connection, contextlib.suppress(OSError):
            while True:
                connection.sendall(b"H")
                time.sleep(0.2)

    threading.Thread(target=serve, daemon=True).start()
    with Wire(Place("127.0.0.1", server.getsockname()[1])) as wire, pytest.raises(TimeoutError):
        wire.exchange(b"GET / HTTP/1.1\r\n\r\n")


BODIES = {
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc": (200, b"abc"),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n": (200, b"abc"),
    b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc": (200, b"abc"),
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n": (201, b""),
    b"HTTP/1.1 204 No Content\r\n\r\n": (204, b""),
}


@pytest.mark.parametrize("data", BODIES)
def test_bodies(data):
    with answering(data) as wire:
        answer = wire.exchange(b"GET / HTTP/1.1\r\n\r\n")
    assert BODIES[data] == (answer.status, answer.body)


def test_a_connection_is_kept_and_opened_again():
    kept = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
    closed = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb"
    with answering(kept, closed, kept) as wire:
        assert [b"a", b"b", b"a"] == [wire.exchange(b"GET / HTTP/1.1\r\n\r\n").body for _ in range(3)]


@pytest.mark.parametrize(
    "data", [None, b"hello\r\n\r\n", b"HTTP/1.1 two hundred\r\n\r\n", b"HTTP/1.1 \xb2\xb2\xb2 x\r\n\r\n"]
)
def test_no_answer(data):
    with answering(data) as wire:
        assert None is wire.exchange(b"GET / HTTP/1.1\r\n\r\n")


def test_an_answer_to_head_has_no_body():
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n") as wire:
        answer = wire.exchange(b"HEAD / HTTP/1.1\r\n\r\n", has_body=False)
    assert (200, b"") == (answer.status, answer.body)
