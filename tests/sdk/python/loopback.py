"""A server on loopback that answers as a test says, byte by byte if need be."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Received:
    """A request as it came. `connection` counts connections from 0."""

    method: str
    target: str
    headers: dict
    body: bytes
    connection: int


@dataclass
class Loopback:
    """Answers each request with what `answer(request)` gives: bytes, or pieces of them with pauses between.

    A piece that is a number is a pause in seconds; None closes the connection.
    """

    answer: object = None
    requests: list = field(default_factory=list)
    connections: int = 0

    def __enter__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._thread.join(5)

    def _accept(self):
        while True:
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(one)
            number, self.connections = self.connections, self.connections + 1
            threading.Thread(target=self._serve, args=(one, number), daemon=True).start()

    def _serve(self, one, number):
        rest = b""
        try:
            while (request := _request(one, rest, number)) is not None:
                request, rest = request
                self.requests.append(request)
                answer = self.answer(request)
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    if piece is None:
                        one.shutdown(socket.SHUT_RDWR)
                        one.close()
                        return
                    if isinstance(piece, bytes):
                        one.sendall(piece)
                    else:
                        time.sleep(piece)
        except OSError:
            pass


def _request(one, rest, number):
    while b"\r\n\r\n" not in rest:
        data = one.recv(65536)
        if not data:
            return None
        rest += data
    head, _, rest = rest.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body, rest = _chunked(one, rest)
    else:
        length = int(headers.get("content-length", "0"))
        while len(rest) < length:
            rest += one.recv(65536)
        body, rest = rest[:length], rest[length:]
    return Received(method, target, headers, body, number), rest


def _chunked(one, rest):
    body = b""
    while True:
        while b"\r\n" not in rest:
            rest += one.recv(65536)
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        while len(rest) < length + 2:
            rest += one.recv(65536)
        body, rest = body + rest[:length], rest[length + 2 :]
        if not length:
            return body, rest


def answer(body=b"", status=200, headers=(), content_type="application/json"):
    """An answer with a length."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def chunks(*pieces, headers=(), content_type="text/event-stream", end=True):
    """An answer in chunks, each sent by itself."""
    lines = ["HTTP/1.1 200 X", "Transfer-Encoding: chunked", f"Content-Type: {content_type}", *headers, "", ""]
    yield "\r\n".join(lines).encode()
    for piece in pieces:
        yield piece if not isinstance(piece, bytes) else b"%x\r\n%b\r\n" % (len(piece), piece)
    if end:
        yield b"0\r\n\r\n"
