"""Counts since the server was started, in the text form that Prometheus reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Metrics:
    """No label holds what a client sent: their number is bounded."""

    answers: Counter[int] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    sent_bytes: int = 0
    whole: int = 0
    broken: int = 0

    def text(self, *, running: int) -> str:
        """The page. Source: Prometheus, "Exposition formats", 0.0.4."""
        name = "themekit_downloads"
        lines = _family(f"{name}_answers_total", "counter", "Answers, by status.")
        lines += [f'{name}_answers_total{{status="{each}"}} {n}' for each, n in sorted(self.answers.items())]
        lines += _family(f"{name}_refusals_total", "counter", "Requests that were refused, by reason.")
        lines += [f'{name}_refusals_total{{reason="{each}"}} {n}' for each, n in sorted(self.refusals.items())]
        for key, kind, value, about in (
            ("sent_bytes_total", "counter", self.sent_bytes, "Bytes of files that were sent."),
            ("transfers_whole_total", "counter", self.whole, "Transfers that were sent to the end."),
            ("transfers_broken_total", "counter", self.broken, "Transfers that broke off."),
            ("transfers_running", "gauge", running, "Transfers that are being sent."),
        ):
            lines += [*_family(f"{name}_{key}", kind, about), f"{name}_{key} {value}"]
        return "\n".join(lines) + "\n"


def _family(name: str, kind: str, about: str) -> list[str]:
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}"]
