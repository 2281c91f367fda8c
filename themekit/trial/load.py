"""Load on a gateway: good requests at a fixed rate, whether or not the answers keep up.

Arrivals are not put off when answers are late (an open loop), so a slow answer does not hide those behind it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from themekit.gateway.attacks import Scene
from themekit.gateway.meaning import Context, decide
from themekit.trial.answering import answering_files
from themekit.trial.envoy import private_folder, running_envoy, running_files
from themekit.trial.envoy_files import on_loopback, sandbox_upstream
from themekit.trial.keys import fresh_keys
from themekit.trial.measuring import Load, cpu_s, percentile
from themekit.trial.signing import KeySigner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.gateway.attacks import Shot
    from themekit.gateway.meaning import BucketKey, Level
    from themekit.model.policy import Policy
    from themekit.trial.envoy import Envoy
    from themekit.trial.signing import Signer
    from themekit.trial.wire import Place

CONNECTIONS = 64
MAX_WAITING = 5000  # requests under way; more than that is an overload, and is counted as errors
CONSUMERS = 400
TIMEOUT_S = 10.0


class NothingToSend(Exception):  # noqa: N818 - the state, not a fault
    """No request is good by the policy; the message says so."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A gateway that runs, in front of a server that answers at once, and requests that it lets through."""

    policy: Policy
    envoy: Envoy
    upstream: Envoy
    messages: tuple[bytes, ...]
    notes: tuple[str, ...]


@contextmanager
def loaded_gateway(policy: Policy, *, rate: int, seconds: float) -> Iterator[Loaded]:
    """An Envoy with the policy and test keys. Raises EnvoyMissing, EnvoyFailed or NothingToSend."""
    keys = fresh_keys(policy)
    with private_folder() as folder, running_files(answering_files(), folder) as upstream:
        local = on_loopback(policy, sandbox_upstream(policy, upstream.port), port=0, keys=keys)
        messages = good_messages(local.policy, KeySigner(keys), rate=rate, count=max(1, int(rate * seconds)))
        with running_envoy(local.policy) as envoy:
            yield Loaded(local.policy, envoy, upstream, messages, local.notes)


def good_messages(policy: Policy, signer: Signer, *, rate: int, count: int) -> tuple[bytes, ...]:
    """So many requests, to be sent at this rate, that the policy lets through: all operations and many consumers."""
    scene = Scene(policy, time.time())
    shots = list(_shots(scene))
    levels: dict[BucketKey, Level] = {}
    made: dict[int, bytes] = {}
    found: list[bytes] = []
    misses = 0
    for number in cycle(range(len(shots))) if shots else ():
        if len(found) >= count or misses > len(shots):
            break
        now_s = scene.now_s + len(found) / rate
        decision = decide(policy, shots[number].request, context=Context(now_s, levels))
        if not decision.is_forwarded:
            misses += 1
            continue
        misses = 0
        levels |= dict(decision.spent)
        if number not in made:
            made[number] = _message(shots[number], signer)
        found.append(made[number])
    if len(found) < count:
        said = f"only {len(found)} of {count} requests" if found else "no request"
        raise NothingToSend(f"{said} would be let through at {rate} a second")
    return tuple(found)


def run_load(envoy: Envoy, messages: Sequence[bytes], *, rate: int) -> Load:
    """Send the requests at this rate, and wait for the answers."""
    return asyncio.run(send_all(envoy.place, messages, rate=rate, pid=envoy.pid))


async def send_all(place: Place, messages: Sequence[bytes], *, rate: int, pid: int) -> Load:
    """The same in a running loop."""
    pool = _Pool(place)
    try:
        for message in messages[: min(len(messages), CONNECTIONS // 4)]:
            await pool.send(message)
        began_cpu_s, began_s = cpu_s(pid), time.perf_counter()
        tasks = []
        for number, message in enumerate(messages):
            due_s = began_s + number / rate
            if (wait_s := due_s - time.perf_counter()) > 0:
                await asyncio.sleep(wait_s)
            tasks.append(asyncio.create_task(pool.measured(message, due_s)))
        await asyncio.gather(*tasks)
        seconds, used_s = time.perf_counter() - began_s, cpu_s(pid) - began_cpu_s
    finally:
        pool.close()
    times_ms = [each * 1000 for each in pool.times_s]
    p50, p90, p99 = (percentile(times_ms, share) for share in (0.5, 0.9, 0.99))
    errors = tuple(sorted(pool.errors.items()))
    return Load(len(messages), seconds, p50, p90, p99, max(times_ms, default=0.0), used_s / len(messages) * 1e6, errors)


def _shots(scene: Scene) -> Iterator[Shot]:
    """Rounds over all operations, each request of another consumer."""
    chosen = [each for each in scene.policy.operations if scene.path(each)]
    for _ in range(max(1, CONSUMERS // max(1, len(chosen)))):
        yield from map(scene.good_shot, chosen)


def _message(shot: Shot, signer: Signer) -> bytes:
    request = shot.request
    lines = [f"{request.method} {request.target} HTTP/1.1", f"Host: {request.host}"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    if request.token is not None:
        lines.append(f"Authorization: Bearer {signer.text(request.token, shot)}")
    if request.method in {"POST", "PUT", "PATCH"}:
        lines.append("Content-Length: 0")
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass(slots=True)
class _Pool:
    """Connections that are kept, at most so many; requests wait for one."""

    place: Place
    times_s: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    _free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))
    _waiting: int = 0

    async def measured(self, message: bytes, due_s: float) -> None:
        if self._waiting >= MAX_WAITING:
            self.errors["too many requests under way"] += 1
            return
        self._waiting += 1
        try:
            async with self._room:
                status = await asyncio.wait_for(self.send(message), TIMEOUT_S)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.errors[type(error).__name__] += 1
        else:
            self.times_s.append(time.perf_counter() - due_s)
            if not 200 <= status < 300:
                self.errors[str(status)] += 1
        finally:
            self._waiting -= 1

    async def send(self, message: bytes) -> int:
        """The status of the answer."""
        if self._free:
            reader, writer = self._free.pop()
        else:
            reader, writer = await asyncio.open_connection(self.place.host, self.place.port)
        try:
            writer.write(message)
            head = await reader.readuntil(b"\r\n\r\n")
            lowered = head.lower()
            start = lowered.find(b"content-length:")
            if start >= 0 and not message.startswith(b"HEAD "):
                await reader.readexactly(int(lowered[start + 15 : lowered.index(b"\r", start)]))
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in lowered:
            writer.close()
        else:
            self._free.append((reader, writer))
        return int(head[9:12])

    def close(self) -> None:
        for _, writer in self._free:
            writer.close()
