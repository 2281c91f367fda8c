"""Answers as servers write them, and what is made of those that break off."""

import contextlib
import socket
import threading

import pytest

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


@pytest.mark.parametrize("data", [None, b"hello\r\n\r\n", b"HTTP/1.1 two hundred\r\n\r\n"])
def test_no_answer(data):
    with answering(data) as wire:
        assert None is wire.exchange(b"GET / HTTP/1.1\r\n\r\n")


def test_an_answer_to_head_has_no_body():
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n") as wire:
        answer = wire.exchange(b"HEAD / HTTP/1.1\r\n\r\n", has_body=False)
    assert (200, b"") == (answer.status, answer.body)
