"""Attacks carried out: each shot sent as bytes, the answer judged, and what came of all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import STRAY, Need
from themekit.gateway.attacks.judging import Seen
from themekit.trial.signing import CannotSign
from themekit.trial.wire import TIMEOUT_S, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from themekit.gateway.attacks import Attack, Shot
    from themekit.gateway.attacks.judging import Judge
    from themekit.trial.serving import Remembering
    from themekit.trial.signing import Signer
    from themekit.trial.wire import Place

AFTERMATH_S = 0.05  # for the second half of a smuggled request to reach the API
CHUNK_BYTES = 65_536
MAX_WIRES = 64


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


@dataclass(slots=True)
class Attacker:
    """Attacks one gateway. `api` is the server behind it, if it can be seen. `lacks` says why a need is not met."""

    place: Place
    judge: Judge
    signer: Signer
    api: Remembering | None = None
    lacks: dict[Need, str] = field(default_factory=dict)
    _wires: dict[str, Wire] = field(default_factory=dict)

    def run(self, attacks: Iterable[Attack], *, tell: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
        """The outcomes, one after another."""
        try:
            for attack in attacks:
                tell(f"{attack.operation}: {attack.name}")
                yield self._outcome(attack)
        finally:
            for wire in self._wires.values():
                wire.close()

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
                for _ in range(shot.times):
                    fault, expected, is_limited = self._shoot(shot)
                    is_reached |= is_limited
                    if fault:
                        seconds = time.monotonic() - began
                        return Outcome(attack.name, attack.operation, Verdict.THROUGH, expected, fault, "", seconds)
        except CannotSign as cannot:
            return Outcome(attack.name, attack.operation, Verdict.SKIPPED, reason=str(cannot))
        seconds = time.monotonic() - began
        if attack.limit and not is_reached:
            count = sum(shot.times for shot in attack.shots)
            reason = f"the limit was not reached by {count} requests in {seconds:.1f} s"
            return Outcome(attack.name, attack.operation, Verdict.SKIPPED, expected, "", reason, seconds)
        return Outcome(attack.name, attack.operation, Verdict.STOPPED, expected, expected, "", seconds)

    def _shoot(self, shot: Shot) -> tuple[str, str, bool]:
        """What is wrong, what was meant, and whether a limit was surely reached."""
        data = self._bytes(shot)
        if self.api is not None:
            self.api.taken()
        wire = self._wire(shot)
        began_s = time.time()
        try:
            answer = wire.exchange(data, has_body=shot.request.method != "HEAD")
        except TimeoutError:
            wire.close()
            return f"no answer in {TIMEOUT_S:g} s", "", False
        ended_s = time.time()
        if shot.is_alone:
            wire.close()
        if shot.after:
            time.sleep(AFTERMATH_S)
        got = None if self.api is None else self.api.taken()
        seen = Seen(0, (), got) if answer is None else Seen(answer.status, answer.headers, got)
        expected = self.judge.expect(shot.request, began_s=began_s, ended_s=ended_s)
        fault = self.judge.fault(expected, seen)
        self.judge.settle(expected, seen, began_s=began_s, ended_s=ended_s)
        return fault, self.judge.expected_text(expected), expected.is_limited

    def _wire(self, shot: Shot) -> Wire:
        source = shot.request.source if self.place.host.startswith("127.") else ""
        if shot.is_alone:
            return Wire(self.place, source)
        if source not in self._wires and len(self._wires) >= MAX_WIRES:
            self._wires.pop(next(iter(self._wires))).close()
        return self._wires.setdefault(source, Wire(self.place, source))

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
