"""Subscribers hear all that is sent while they listen, and those who do not read are given up."""

import asyncio
import json

import pytest

from themekit.studio.updating import events as events_module
from themekit.studio.updating.events import MAX_WAITING, Events

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


def data(chunk):
    return json.loads(chunk.decode().partition("data: ")[2])


async def test_all_hear_all():
    events = Events()
    first = {"kind": "state"}
    streams = [events.stream(lambda: first), events.stream(lambda: first, kinds=frozenset({"file"}))]
    assert [first] * 2 == [data(await anext(stream)) for stream in streams]
    events.send({"kind": "sheet", "path": "ü\n"})
    events.send({"kind": "file"})
    assert {"kind": "sheet", "path": "ü\n"} == data(await anext(streams[0]))
    assert {"kind": "file"} == data(await anext(streams[0]))
    assert {"kind": "file"} == data(await anext(streams[1]))
    events.end()
    assert [[], []] == [[chunk async for chunk in stream] for stream in streams]


async def test_a_line_break_in_a_value_does_not_end_the_event():
    events = Events()
    stream = events.stream(lambda: {"kind": "state", "text": "a\n\nb\r\u2028"})
    assert 1 == (await anext(stream)).count(b"data: ")


async def test_who_does_not_read_is_given_up():
    events = Events()
    slow = events.subscribe()
    for number in range(MAX_WAITING + 5):
        events.send({"kind": "sheet", "number": number})
    heard = []
    while (found := await slow.get()) is not None:
        heard.append(found)
    assert MAX_WAITING == len(heard)
    assert not events._subscriptions


async def test_a_stream_that_is_left_is_forgotten(monkeypatch):
    monkeypatch.setattr(events_module, "HEARTBEAT_S", 0.001)
    events = Events()
    stream = events.stream(lambda: {"kind": "state"})
    await anext(stream)
    assert b":\n\n" == await anext(stream)
    await stream.aclose()
    assert not events._subscriptions


async def test_nobody_joins_after_the_end():
    events = Events()
    events.end()
    assert await asyncio.wait_for(events.subscribe().get(), 10) is None


async def test_what_is_told_before_a_stream_begins_is_in_its_first_event():
    """Between the request and the first byte something may be told: it is in the state, or comes after it."""
    events, state = Events(), {"kind": "state", "serial": 1}
    stream = events.stream(state.copy)
    state["serial"] = 2
    events.send({"kind": "sheet", "serial": 2})
    assert {"kind": "state", "serial": 2} == data(await anext(stream))
    await stream.aclose()
