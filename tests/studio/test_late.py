"""What is loaded late is loaded once, whoever asks and however many, and a failure is everybody's."""

import asyncio

import pytest

from themekit.studio.late import Late, LateApp

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Made:
    def __init__(self):
        self.times = 0
        self.may_end = asyncio.Event()

    async def __call__(self):
        self.times += 1
        await self.may_end.wait()
        return self

    async def app(self, scope, _receive, send):
        await send(scope)


async def test_it_is_made_once_for_all_who_wait_and_only_when_somebody_does():
    made = Made()
    late = Late(made)
    await asyncio.sleep(0)
    assert (0, None) == (made.times, late.made)
    waiting = [asyncio.create_task(late.get()) for _ in range(3)]
    await asyncio.sleep(0)
    assert late.made is None
    waiting[0].cancel()
    made.may_end.set()
    assert [made, made] == [await each for each in waiting[1:]]
    assert (1, made) == (made.times, late.made)
    assert made is await late.get()


async def test_a_request_waits_for_the_app():
    made, sent = Made(), []
    late = Late(made)

    async def app():
        return (await late.get()).app

    async def send(message):
        sent.append(message)

    asking = asyncio.create_task(LateApp(app)({"type": "http"}, None, send))
    await asyncio.sleep(0)
    assert [] == sent
    made.may_end.set()
    await asking
    assert [{"type": "http"}] == sent


async def test_a_failure_is_raised_to_all():
    async def fail():
        raise LookupError("not installed")

    late = Late(fail)
    for _ in range(2):
        with pytest.raises(LookupError, match="not installed"):
            await late.get()
    assert late.made is None


async def test_what_is_not_there_at_the_end_is_given_up():
    late = Late(Made())
    waiting = asyncio.create_task(late.get())
    await asyncio.sleep(0)
    late.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert late.made is None
