"""The attacks on a policy, carried out on a real Envoy in a thread of their own: one suite at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from themekit.studio.admin.release import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.model.policy import Policy

    Finished = Callable[[Trial], None]

EMBEDDED = "envoy"
MAX_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One attack's: "stopped", "through" or "skipped", and what is wrong if it got through."""

    verdict: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """How far a suite is. `error` says why it ended without a result."""

    brand: str
    number: int
    key: str
    total: int = 0
    stopped: int = 0
    through: int = 0
    skipped: int = 0
    is_over: bool = False
    error: str = ""


def attacked(policy: Policy) -> Iterator[Result | int]:
    """How many attacks there are, then the result of each. Raises RuntimeError where there is no Envoy."""
    try:
        from themekit.trial.attacking import Verdict  # noqa: PLC0415  # an extra brings what these need
        from themekit.trial.envoy import EnvoyFailed, EnvoyMissing  # noqa: PLC0415  # as above
        from themekit.trial.suite import embedded_suite  # noqa: PLC0415  # as above
    except ModuleNotFoundError as missing:
        raise RuntimeError(f'`{missing.name}` is not installed; type: pip install "themekit[gateway]"') from missing
    words = {Verdict.STOPPED: "stopped", Verdict.THROUGH: "through", Verdict.SKIPPED: "skipped"}
    try:
        with embedded_suite(policy) as suite:
            yield len(suite.attacks)
            for each in suite.run():
                fault = f"{each.operation}: {each.attack}: {each.got}" if each.verdict is Verdict.THROUGH else ""
                yield Result(words[each.verdict], fault)
    except (EnvoyMissing, EnvoyFailed) as error:
        raise RuntimeError(str(error)) from error


class Trials:
    """Of one Studio. `attack` is exchanged by tests."""

    def __init__(self, attack: Callable[[Policy], Iterator[Result | int]] = attacked) -> None:
        """Nothing runs yet."""
        self._attack = attack
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_ending = threading.Event()
        self.running: Running | None = None

    def start(self, begun: Running, policy: Policy, *, actor: str, finished: Finished) -> bool:
        """Begin; False if another suite runs. `finished` is called in the suite's thread."""
        with self._lock:
            if self._is_ending.is_set() or (self._thread is not None and self._thread.is_alive()):
                return False
            self.running = begun
            work = threading.Thread(
                target=self._run, args=(begun, policy, actor, finished), name="attacks", daemon=True
            )
            self._thread = work
            work.start()
            return True

    def stop(self) -> None:
        """End what runs, without a result."""
        self._is_ending.set()

    def wait(self, seconds: float) -> bool:
        """Until nothing runs; False if something still does then."""
        if self._thread is not None:
            self._thread.join(seconds)
            return not self._thread.is_alive()
        return True

    def _run(self, begun: Running, policy: Policy, actor: str, finished: Finished) -> None:
        now, faults = begun, []
        try:
            for each in self._attack(policy):
                if self._is_ending.is_set():
                    self.running = replace(now, is_over=True, error="the preview has ended")
                    return
                if isinstance(each, int):
                    now = replace(now, total=each)
                else:
                    faults += [each.fault] if each.fault else []
                    now = replace(now, **{each.verdict: getattr(now, each.verdict) + 1})
                self.running = now
            time = datetime.now(UTC).isoformat(timespec="seconds")
            counts = now.stopped, now.through, now.skipped
            finished(Trial(begun.key, time, actor, *counts, tuple(islice(faults, MAX_FAULTS))))
            self.running = replace(now, is_over=True)
        except Exception as error:  # noqa: BLE001  # it is told to whoever waits
            self.running = replace(now, is_over=True, error=str(error) or type(error).__name__)
