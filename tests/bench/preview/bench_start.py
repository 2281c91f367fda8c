"""From `themekit preview` to its address, and to the first answer behind it: wall and processor time of the process.

    .venv/bin/python tests/bench/preview/bench_start.py [--rounds N]

The project is a new one of `themekit init`, and its store is empty the first time.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import machine

from tests.e2e.preview.previewing import Preview
from themekit.build.scaffold import write_scaffold


class Timed(Preview):
    """A preview that notes when its address was printed; the first answer is there when it is made."""

    def __init__(self, root: Path) -> None:
        self.began = time.monotonic()
        super().__init__(root)
        self.answered_s, self.answered_cpu_s = time.monotonic() - self.began, self.cpu_s()

    def cpu_s(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def first_url(self) -> str:
        """The address."""
        return self._first_url

    @first_url.setter
    def first_url(self, url: str) -> None:
        self._first_url = url
        self.address_s, self.address_cpu_s = time.monotonic() - self.began, self.cpu_s()


def main() -> None:
    """Measure, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    print(json.dumps(machine()))
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "shop")
        write_scaffold(root)
        for _ in range(parser.parse_args().rounds):
            running = Timed(root)
            found.append((running.address_s, running.address_cpu_s, running.answered_s, running.answered_cpu_s))
            running.close()
    address, address_cpu, answer, answer_cpu = (statistics.median(each) for each in zip(*found, strict=True))
    print(f"address after {address:.2f} s ({address_cpu:.2f} s CPU), answer after {answer:.2f} s ({answer_cpu:.2f} s)")


if __name__ == "__main__":
    main()
