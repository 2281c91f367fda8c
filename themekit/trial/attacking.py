"""Attacks carried out: each shot sent as bytes, the answer judged, and what came of all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import STRAY, Need
from themekit.gateway.attacks.judging import Seen
from themekit.trial.serving import NUMBER
from themekit.trial.signing import CannotSign
from themekit.trial.wire import TIMEOUT_S, Wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.gateway.attacks import Attack, Shot
    from themekit.gateway.attacks.judging import Judge
    from themekit.trial.serving import Remembering
    from themekit.trial.signing import Signer
    from themekit.trial.wire import Answer, Place

AFTERMATH_S = 0.05  # for the second half of a smuggled request to reach the API
CHUNK_BYTES = 65_536
MAX_SOURCES = 20
ENOUGH = 50  # requests that none but a gateway with limits refuses; a burst need not go on
MAX_SILENT = 3  # attacks in a row: to wait for each of hundreds would take an hour
SILENT = f"the gateway did not answer {MAX_SILENT} times in a row"
BATCH = 16  # requests of a burst that are sent at once: one by one, a slow machine would never reach a limit


class Verdict(StrEnum):
    """What came of an attack."""

    STOPPED = "as meant"
    THROUGH = "not as meant"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An attack, what the policy means for it, what came, and why it was skipped if it was."""

    attack: str
    operation: str
    verdict: Verdict
    expected: str = ""
    got: str = ""
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Try:
    """What is wrong with an answer, what was meant, and whether a limit was surely reached."""

    fault: str
    expected: str
    is_limited: bool


@dataclass(slots=True)
class Attacker:
    """Attacks one gateway. `api` is the server behind it, if it can be seen. `lacks` says why a need is not met."""

    place: Place
    judge: Judge
    signer: Signer
    api: Remembering | None = None
    lacks: dict[Need, str] = field(default_factory=dict)
    _wires: dict[str, list[Wire]] = field(default_factory=dict)
    _silent: int = 0

    def run(self, attacks: Iterable[Attack]) -> Iterator[Outcome]:
        """The outcomes, one after another."""
        try:
            for attack in attacks:
                if self._silent == MAX_SILENT:
                    yield Outcome(attack.name, attack.operation, Verdict.SKIPPED, reason=SILENT)
                    continue
                yield self._outcome(attack)
        finally:
            self._close()

    def _outcome(self, attack: Attack) -> Outcome:
        began = time.monotonic()
        reason = attack.impossible or next(
            (self.lacks[need] for need in Need if need in attack.needs & set(self.lacks)), ""
        )
        if reason:
            return Outcome(attack.name, attack.operation, Verdict.SKIPPED, reason=reason)
        expected, is_reached = "", False
        try:
            for shot in attack.shots:
                left, limited = shot.times, 0
                while left and limited < ENOUGH:
                    tries = self._shoot(shot, min(left, BATCH))
                    left -= len(tries)
                    limited += sum(each.is_limited for each in tries)
                    for each in tries:
                        expected, is_reached = each.expected, is_reached or each.is_limited
                        if each.fault:
                            return self._through(attack, each, began)
        except CannotSign as cannot:
            return Outcome(attack.name, attack.operation, Verdict.SKIPPED, reason=str(cannot))
        seconds = time.monotonic() - began
        if attack.limit and not is_reached:
            count = sum(shot.times for shot in attack.shots)  # none of them ended early
            reason = f"the limit was not reached by {count} requests in {seconds:.1f} s"
            return Outcome(attack.name, attack.operation, Verdict.SKIPPED, expected, "", reason, seconds)
        return Outcome(attack.name, attack.operation, Verdict.STOPPED, expected, expected, "", seconds)

    def _through(self, attack: Attack, found: _Try, began: float) -> Outcome:
        seconds = time.monotonic() - began
        return Outcome(attack.name, attack.operation, Verdict.THROUGH, found.expected, found.fault, seconds=seconds)

    def _shoot(self, shot: Shot, count: int) -> list[_Try]:
        """What came of the shot, sent on so many connections at once."""
        if self.api is not None:
            self.api.taken()
        wires, data = self._wires_for(shot, count), self._bytes(shot)
        began_s = time.time()
        try:
            for wire in wires:
                wire.send(data)
            answers = [wire.answer(has_body=shot.request.method != "HEAD") for wire in wires]
        except TimeoutError:
            self._close()
            self._silent += 1
            return [_Try(f"no answer in {TIMEOUT_S:g} s", "", is_limited=False)]
        ended_s, self._silent = time.time(), 0
        if shot.is_alone:
            wires[0].close()
        if shot.after:
            time.sleep(AFTERMATH_S)
        return [self._judged(shot, seen, began_s, ended_s) for seen in self._seen(answers)]

    def _seen(self, answers: list[Answer | None]) -> Iterator[Seen]:
        """Each answer with the requests that reached the API for it: of several, those that the API numbered so.

        Nobody knows in which order several were served; those that were let through come first.
        """
        got = None if self.api is None else self.api.taken()
        for answer in sorted(answers, key=lambda each: each is None or each.status != 200):
            own = got
            if got is not None and len(answers) > 1:
                number = "" if answer is None else answer.value(NUMBER)
                own = {each: headers for each, headers in got.items() if str(each) == number}
            api = None if own is None else tuple(own.values())
            yield Seen(0, (), api) if answer is None else Seen(answer.status, answer.headers, api)

    def _judged(self, shot: Shot, seen: Seen, began_s: float, ended_s: float, /) -> _Try:
        expected = self.judge.expect(shot.request, began_s=began_s, ended_s=ended_s)
        fault = self.judge.fault(expected, seen)
        self.judge.settle(expected, seen, began_s=began_s, ended_s=ended_s)
        return _Try(fault, self.judge.expected_text(expected), is_limited=expected.is_limited)

    def _wires_for(self, shot: Shot, count: int) -> list[Wire]:
        is_near = self.place.host.startswith("127.") and shot.request.source.startswith("127.")
        source = shot.request.source if is_near else ""
        if shot.is_alone:
            return [Wire(self.place, source)]
        for _ in range(max(0, len(self._wires) - MAX_SOURCES)):
            for wire in self._wires.pop(next(iter(self._wires))):
                wire.close()
        kept = self._wires.setdefault(source, [])
        kept += [Wire(self.place, source) for _ in range(count - len(kept))]
        return kept[:count]

    def _close(self) -> None:
        for wire in (each for kept in self._wires.values() for each in kept):
            wire.close()

    def _bytes(self, shot: Shot) -> bytes:
        request = shot.request
        stray = "" if shot.stray is None else self.signer.text(shot.stray, shot)
        lines = [f"{request.method} {request.target} HTTP/1.1", f"Host: {request.host}"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        if request.token is not None:
            lines.append(f"Authorization: Bearer {self.signer.text(request.token, shot)}")
        if shot.is_alone and not shot.after:
            lines.append("Connection: close")
        body = b"x" * request.body_bytes
        if shot.is_chunked:
            pieces = [body[start : start + CHUNK_BYTES] for start in range(0, len(body), CHUNK_BYTES)]
            body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))
        elif body:
            lines.append(f"Content-Length: {len(body)}")
        text = "\r\n".join([*lines, "", ""]).replace(STRAY, stray)
        return text.encode("utf-8") + body + shot.after
