"""What comes or goes bit by bit: pages, events, lines, uploads, downloads, webhooks."""

import asyncio
import hashlib
import hmac
import io
import json
import time
from email.parser import BytesParser
from itertools import islice

import pytest
from loopback import answer, chunks


def page(data, **more):
    return answer(json.dumps({"data": [{"id": each} for each in data], **more}).encode())


def test_a_cursor_leads_to_the_end(client, server):
    pages = {
        "/things?limit=2": page("ab", has_more=True, next_cursor="x&y"),
        "/things?limit=2&after=x%26y": page("c", has_more=True, next_cursor="z"),
        "/things?limit=2&after=z": page("d", has_more=False, next_cursor="never"),
    }
    server.answer = lambda request: pages[request.target]
    assert ["a", "b", "c", "d"] == [each.id for each in client.things.iterate(limit=2)]


def test_a_page_is_asked_for_when_it_is_needed(client, server):
    server.answer = lambda _: page("ab", has_more=True, next_cursor=str(len(server.requests)))
    assert ["a", "b"] == [each.id for each in islice(client.things.iterate(), 2)]
    assert 1 == len(server.requests)


def test_a_list_that_leads_in_a_circle_ends(client, server):
    server.answer = lambda _: page("a", has_more=True, next_cursor="same")
    assert 2 == len(list(client.things.iterate()))


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("pages", ["/pages", "/pages?page=2", "/pages?page=3"]),
        ("offsets", ["/offsets", "/offsets?offset=2", "/offsets?offset=3"]),
    ],
)
def test_numbered_pages_and_offsets(client, server, resource, expected):
    bodies = [b'{"items": [1, 2]}', b'{"items": [3]}', b'{"items": []}']
    server.answer = lambda _: answer(bodies[len(server.requests) - 1])
    assert [1, 2, 3] == list(getattr(client, resource).iterate())
    assert expected == [each.target for each in server.requests]


def paged(kind, **more):
    """A client's iterator over `/things` by another kind of pagination."""
    import importlib

    operations = importlib.import_module("things_sdk._core.operations")
    options = importlib.import_module("things_sdk._core.options")
    module = importlib.import_module("things_sdk.resources.things")
    paging = operations.Paging(kind, items=("data",), item="Thing", **more)
    return lambda client: client._iterate(module._LIST, paging, {}, options.NO_OPTIONS)


def test_the_last_id(client, server):
    bodies = [page("ab"), page("c"), page("")]
    server.answer = lambda _: bodies[len(server.requests) - 1]
    found = paged("last-id", parameter="after", id_field="id")(client)
    assert ["a", "b", "c"] == [each.id for each in found]
    assert ["/things", "/things?after=b", "/things?after=c"] == [each.target for each in server.requests]


@pytest.mark.parametrize("target", ["/other?p=2", "{url}/other?p=2", "?p=2"])
def test_the_url_of_the_next_page(client, server, target):
    bodies = [page("a", next=target.format(url=server.url)), page("b", next=None)]
    server.answer = lambda _: bodies[len(server.requests) - 1]
    assert ["a", "b"] == [each.id for each in paged("next-url", next=("next",))(client)]
    assert "p=2" in server.requests[1].target
    assert "authorization" in server.requests[1].headers


def test_the_url_of_another_origin_gets_no_credentials(things, server):
    other = server.url.replace("127.0.0.1", "localhost")
    bodies = [page("a", next=f"{other}/x"), page("b")]
    server.answer = lambda _: bodies[len(server.requests) - 1]
    with things.Things(api_key="k", base_url=server.url, headers={"X-Secret": "1"}) as made:
        assert 2 == len(list(paged("next-url", next=("next",))(made)))
    assert {"authorization", "x-secret"} <= server.requests[0].headers.keys()
    assert not {"authorization", "x-secret"} & server.requests[1].headers.keys()


def test_link_headers(client, server):
    link = 'Link: </a?b=1,2>; rel="prev", </things?p=2>; title="x, \\"y"; rel="last next"'
    bodies = [answer(b'{"data": [{"id": "a"}]}', headers=[link]), page("b")]
    server.answer = lambda _: bodies[len(server.requests) - 1]
    assert ["a", "b"] == [each.id for each in paged("link-header")(client)]
    assert "/things?p=2" == server.requests[1].target


def test_asynchronous_pages(things, server):
    server.answer = lambda request: (
        page("b") if "after" in request.target else page("a", has_more=True, next_cursor="x")
    )

    async def main():
        async with things.AsyncThings(api_key="k", base_url=server.url) as client:
            return [each.id async for each in client.things.iterate()]

    assert ["a", "b"] == asyncio.run(main())


EVENTS = (
    "\ufeff: hello\r\n\r\n"
    'id: 1\r\nevent: shape\r\ndata: {"type": "circle",\r\ndata: "radius": 1}\r\n\r\n'
    'data:{"type":"square","side":2,"made":"2026-01-02"}\n\n'
    "retry: 5\nunknown: x\ndata\n\n"
    'id: 3\rdata: {"type": "ücircle"}\r\rdata: cut off'
).encode()


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_events_may_come_in_any_pieces(client, server, size):
    server.answer = lambda _: chunks(*(EVENTS[at : at + size] for at in range(0, len(EVENTS), size)))
    with client.events.stream() as stream:
        circle, square, empty, other = stream
    assert (1, 2, "2026-01-02") == (circle.radius, square.side, square.made.isoformat())
    assert ("", "ücircle", "3") == (empty, other.type, stream.last_event_id)


def test_done_ends_a_stream(client, server):
    server.answer = lambda _: chunks(b'data: {"type": "circle"}\n\ndata: [DONE]\n\ndata: {}\n\n', 5.0, end=False)
    start = time.monotonic()
    with client.events.stream() as stream:
        assert 1 == len(list(stream))
    assert time.monotonic() - start < 2


def test_a_broken_stream_goes_on_after_the_last_event(client, server):
    def respond(request):
        if request.headers.get("last-event-id") == "7":
            yield from chunks(b'id: 8\ndata: {"type": "circle", "radius": 2}\n\n')
        else:
            yield from chunks(b'id: 7\ndata: {"type": "circle", "radius": 1}\n\ndata: {"ty', end=False)
            yield None

    server.answer = respond
    with client.events.stream() as stream:
        assert [1, 2] == [each.radius for each in stream]
    assert 2 == len(server.requests)


def test_a_stream_that_stays_broken_is_an_error(things, client, server):
    server.answer = lambda _: [*chunks(b"data: {", end=False), None]
    with client.events.stream(max_retries=2) as stream, pytest.raises(things.ApiConnectionError):
        list(stream)
    assert 3 == len(server.requests)


def test_the_time_out_of_a_stream_is_for_each_piece(things, client, server):
    pieces = [b'data: {"type": "circle"}\n\n', 0.2] * 4
    server.answer = lambda _: chunks(*pieces)
    with client.events.stream(timeout=0.5) as stream:
        assert 4 == len(list(stream))
    server.answer = lambda _: chunks(pieces[0], 2.0, pieces[0])
    with client.events.stream(timeout=0.3, max_retries=0) as stream, pytest.raises(things.ApiTimeoutError):
        list(stream)


def test_leaving_a_stream_closes_its_connection(client, server):
    server.answer = lambda _: chunks(*[b'data: {"type": "circle"}\n\n', 0.02] * 500)
    with client.events.stream() as stream:
        next(stream)
    assert [] == client._transport._idle
    with pytest.raises(StopIteration):
        next(stream)


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_lines_of_json(client, server, size):
    content = '{"id": "a"}\r\n\n\x1e{"id": "ü"}\n{"id": "c"}'.encode()
    server.answer = lambda _: chunks(
        *(content[at : at + size] for at in range(0, len(content), size)), content_type="application/jsonl"
    )
    with client.lines.stream() as stream:
        assert ["a", "ü", "c"] == [each.id for each in stream]


def test_an_asynchronous_stream_can_be_cancelled(things, server):
    server.answer = lambda _: chunks(b'data: {"type": "circle"}\n\n', 5.0)

    async def main():
        async with things.AsyncThings(api_key="k", base_url=server.url) as client:
            async with await client.events.stream() as stream:
                first = await stream.__anext__()
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(stream.__anext__(), 0.2)
            assert [] == client._transport._idle
            return first.type

    assert "circle" == asyncio.run(main())


def parts(request):
    """The parts of a multipart body: name, file name, type, content."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + request.body)
    return [
        (
            each.get_param("name", header="content-disposition"),
            each.get_filename(),
            each.get("content-type"),
            each.get_payload(decode=True),
        )
        for each in message.get_payload()
    ]


def test_an_upload_of_fields_and_a_file(client, server, tmp_path):
    server.answer = lambda _: answer(b"", 204)
    path = tmp_path / "näme.pdf"
    path.write_bytes(b"%PDF" * 50_000)
    client.files.upload(purpose="p", meta={"a": 1}, labels=["x", "y"], file=path)
    [request] = server.requests
    assert str(len(request.body)) == request.headers["content-length"]
    found = parts(request)
    assert ("purpose", None, None, b"p") == found[0]
    assert ("meta", None, "application/json", b'{"a": 1}') == found[1]
    assert [b"x", b"y"] == [content for name, _, _, content in found if name == "labels"]
    assert ("application/octet-stream", b"%PDF" * 50_000) == found[-1][2:]


def test_a_file_has_the_name_and_type_it_is_given(things, client, server):
    server.answer = lambda _: answer(b"", 204)
    client.files.upload(purpose="p", file=things.Upload(b"x", name='a"b\r\nc.txt', content_type="text/plain"))
    assert ("file", "a%22b%0D%0Ac.txt", "text/plain", b"x") == parts(server.requests[0])[-1]


def test_an_open_file_is_sent_from_where_it_is(client, server):
    server.answer = lambda _: answer(b"", 204)
    file = io.BytesIO(b"skipped content")
    file.seek(8)
    client.files.upload(purpose="p", file=file)
    assert b"content" == parts(server.requests[0])[-1][3]


def test_a_stream_that_cannot_be_wound_back_is_sent_in_chunks(client, server):
    class Pipe:
        def __init__(self):
            self.left = [b"abc", b"def"]

        def read(self, _size=-1):
            return self.left.pop(0) if self.left else b""

    server.answer = lambda _: answer(b"", 204)
    client.files.upload(purpose="p", file=Pipe())
    [request] = server.requests
    assert "chunked" == request.headers["transfer-encoding"]
    assert b"abcdef" == parts(request)[-1][3]


def test_an_asynchronous_upload(things, server, tmp_path):
    server.answer = lambda _: answer(b"", 204)
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 1000)

    async def main():
        async with things.AsyncThings(api_key="k", base_url=server.url) as client:
            await client.files.upload(purpose="p", file=path)

    asyncio.run(main())
    assert path.read_bytes() == parts(server.requests[0])[-1][3]


def test_a_path_as_text_is_refused(client, server):
    with pytest.raises(TypeError, match="Path"):
        client.files.upload(purpose="p", file="/etc/passwd")
    assert [] == server.requests


def test_a_form(client, server):
    server.answer = lambda _: answer(b"", 204)
    client.forms.send(name="a b&c=ü", tags=["x", "y+z"])
    assert b"name=a+b%26c%3D%C3%BC&tags=x&tags=y%2Bz" == server.requests[0].body
    assert "application/x-www-form-urlencoded" == server.requests[0].headers["content-type"]


def test_a_download_is_a_stream_or_a_file(client, server, tmp_path):
    content = bytes(range(256)) * 2000
    server.answer = lambda _: answer(content, content_type="image/png")
    with client.files.download("f") as file:
        assert (content, "image/png") == (b"".join(file.iter_bytes()), file.content_type)
    with client.files.download("f") as file:
        file.save(tmp_path / "copy")
    assert content == (tmp_path / "copy").read_bytes()
    assert 1 == server.connections


def test_a_download_that_breaks_off_is_an_error(things, client, server):
    server.answer = lambda _: [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", None]
    with client.files.download("f") as file, pytest.raises(things.ApiConnectionError):
        file.read()


def test_an_asynchronous_download(things, server, tmp_path):
    server.answer = lambda _: answer(b"abc" * 100_000)

    async def main():
        made = things.AsyncThings(api_key="k", base_url=server.url)
        async with made as client, await client.files.download("f") as file:
            await file.save(tmp_path / "copy")

    asyncio.run(main())
    assert b"abc" * 100_000 == (tmp_path / "copy").read_bytes()


KEY = "s"


def signed(body, secret=KEY, at=None):
    at = int(time.time() if at is None else at)
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


@pytest.fixture
def verify(things):  # noqa: ARG001  # it is imported
    import importlib

    verified = importlib.import_module("things_sdk._core.webhooks").verified
    return lambda body, signature, secret="s": verified("Thing", body, signature, secret, 300)


def test_a_signed_webhook_is_typed(verify):
    body = b'{"id": "a"}'
    assert "a" == verify(body, signed(body)).id
    assert "a" == verify(body, signed(body), ["old", "s"]).id
    assert "a" == verify(body, f"{signed(body)},v1=00,v0=11").id


@pytest.mark.parametrize(
    "signature",
    [
        lambda: "",
        lambda: "t=1",
        lambda: "v1=0",
        lambda: "t=x,v1=0",
        lambda: signed(b"other"),
        lambda: signed(b'{"id": "a"}', "t"),
        lambda: signed(b'{"id": "a"}', at=1),
        lambda: "t=²,v1=ü",
    ],
    ids=["none", "no value", "no time", "no number", "other body", "other secret", "long ago", "other digits"],
)
def test_a_wrong_signature_is_refused(things, verify, signature):
    with pytest.raises(things.WebhookVerificationError):
        verify(b'{"id": "a"}', signature())


def test_an_empty_secret_verifies_nothing(things, verify):
    body = b"{}"
    for secret in ("", [], [""], ["s", ""]):
        with pytest.raises(things.WebhookVerificationError):
            verify(body, signed(body, ""), secret)
