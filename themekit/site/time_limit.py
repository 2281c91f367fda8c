"""A limit to the CPU that a partner's page may take to render."""

from __future__ import annotations

import signal
import threading


class PartnerPageError(Exception):
    """A brand's own page that cannot be rendered within its limits."""

    def __init__(self, path: str, reason: str) -> None:
        """`path` as in the portal."""
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def limit_time(path: str | None, cpu_s: float) -> None:
    """Start (None: stop) the clock of a partner's page; not in the threads of `mkdocs serve`, which have no signals."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return

    def stop(number: int, frame: object) -> None:
        del number, frame
        raise PartnerPageError(path or "", f"it takes more than {cpu_s:.2g} s to render")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s)
