"""Processor time of an edit of a seed until its header, light mode and all modes are there; in alternation.

    .venv/bin/python tests/bench/preview/bench_first_look.py [--rounds N]

No colour comes twice. What is looked at by the seeds is what the preview does; recorded and resolved
is what it did before.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import machine

from themekit.build.brands import brand
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.studio.updating.events import encode_event
from themekit.studio.updating.first_look import first_look
from themekit.studio.updating.peek import Peek
from themekit.studio.updating.repaint import Told, glimpsed, page_steps, repaint
from themekit.studio.updating.shelf import Shelf

FILE = PurePosixPath("brands/acme/brand.json")
ACME = BrandId("acme")
WARM_UP = 4


class Measured:
    """A brand with so many tokens of its own, and the times of its edits by what they were for."""

    def __init__(self, tokens: int) -> None:
        self.own = {f"t{at}": {"$type": "color", "$value": f"#{at * 97 % (1 << 24):06x}"} for at in range(tokens)}
        self.host = MemoryHost({str(FILE): self.text("#0b5fff")})
        self.engine = Engine(self.host, MemoryStore(), code="bench")
        self.told = Told(ACME)
        self.told.begin(self.engine, turn=1)
        self.times_ms: dict[str, list[float]] = {}

    def text(self, color: str) -> str:
        """The brand's file."""
        return json.dumps({"name": "Acme", "color": {"primary": color}, "tokens": {"own": self.own}}, indent=2)

    def edit(self, color: str, *, by_seeds: bool) -> None:
        """One edit, as `Live` goes about it."""
        self.host.write(str(FILE), self.text(color))
        began = time.thread_time()
        if by_seeds:
            glimpsed(self.engine, self.told, tell=lambda *_: None)
            self.note("what the seed decides", began)
        began = time.thread_time()
        self.engine.forget([FILE])
        known = brand(Peek(self.engine), ACME) if by_seeds else self.engine.get(brand, ACME)
        assert known is not None
        self.note("read and looked at" if by_seeds else "read and recorded", began)
        looked = time.thread_time()
        look = first_look(known, self.told.rules, good=self.told.good if by_seeds else None)
        assert look is not None
        self.told.rules, patch = look
        encode_event({"kind": "sheet", **patch.as_json()})
        self.note("light, by the seeds" if by_seeds else "light, resolved", looked)
        rest = time.thread_time()
        repaint(self.engine, self.told, tell=lambda *_: None)
        self.note("all modes", rest)
        next(page_steps(self.told, Shelf(), tell=lambda *_: None))(self.engine)

    def note(self, what: str, since: float) -> None:
        """Keep a time."""
        self.times_ms.setdefault(what, []).append((time.thread_time() - since) * 1000)


def main() -> None:
    """Measure, and print medians and 90th percentiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24)
    rounds = parser.parse_args().rounds
    print(json.dumps(machine()))
    drawn = random.Random(1)
    for tokens in (0, 2000):
        measured = Measured(tokens)
        for number in range(2 * (rounds + WARM_UP)):
            measured.edit(f"#{drawn.randrange(1 << 24):06x}", by_seeds=number % 2 == 0)
        for what, times in measured.times_ms.items():
            kept = sorted(times[WARM_UP:])
            p90 = kept[round(0.9 * (len(kept) - 1))]
            print(f"{tokens:5} own tokens, {what:20} {statistics.median(kept):7.2f} ms CPU, 90 % {p90:7.2f}")


if __name__ == "__main__":
    main()
