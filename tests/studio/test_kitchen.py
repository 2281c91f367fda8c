"""One thread does all the work; what is urgent goes first; an exception comes back to who asked."""

import asyncio
import threading

import pytest

from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.studio.updating.kitchen import Kitchen, KitchenClosed, Rank

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def kitchen():
    opened = Kitchen(Engine(MemoryHost(), MemoryStore(), code="1"))
    yield opened
    opened.close()


async def test_the_order_is_by_rank_and_then_by_time(kitchen):
    order, begun, go = [], threading.Event(), threading.Event()

    def first(_engine):
        begun.set()
        go.wait()

    async def ask(name, rank):
        await kitchen.do(lambda _: order.append((name, threading.current_thread().name)), rank=rank)

    waiting = [asyncio.create_task(kitchen.do(first))]
    await asyncio.to_thread(begun.wait)
    for name, rank in (("calm", Rank.CALM), ("asked", Rank.ASKED), ("urgent", Rank.URGENT), ("more", Rank.URGENT)):
        waiting.append(asyncio.create_task(ask(name, rank)))
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(*waiting)
    assert [(name, "kitchen") for name in ("urgent", "more", "asked", "calm")] == order


async def test_an_exception_is_raised_where_the_work_was_asked_for(kitchen):
    with pytest.raises(ZeroDivisionError):
        await kitchen.do(lambda _: 1 / 0)
    assert 1 == await kitchen.do(lambda _: 1)


async def test_a_closed_kitchen_takes_no_work(kitchen):
    kitchen.close()
    with pytest.raises(KitchenClosed):
        await kitchen.do(lambda _: 1)
